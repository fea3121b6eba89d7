"""The log in the window: filtered, handed out, compared with a paper, and checked each month."""

from __future__ import annotations

from datetime import date

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import ReadReason, Verdict
from gdprdesk.services.breach_log import list_breaches
from gdprdesk.services.journal_reading import read_note
from gdprdesk.services.journal_writing import write_note
from gdprdesk.services.log_sample import list_samples_due
from gdprdesk.services.onboarding import Business
from gdprdesk.services.sample_view import list_samples
from gdprdesk_ui.dialogs.read_log_form import ReadLogForm
from gdprdesk_ui.pages.log.anchor import AnchorForm
from tests.builders import CHEAP, PASSWORD, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, save_as, write

MONTH = date(2026, 10, 1)


@pytest.fixture
def desk(folder, clock):
    clock.go_to(date(2026, 10, 5))
    made, _recovery = Desk.create(
        folder,
        business=Business(name="Samtalsrum Norr", trade="therapy", contact="Lena Norr"),
        password=PASSWORD,
        limits=CHEAP,
        clock=clock,
    )
    ingrid = person(made, "Ingrid Dahl")
    note = made.run(write_note, subject_ref=ingrid, text="Sömnen är bättre")
    for _visit in range(2):
        made.read(read_note, ref=note, reason=ReadReason.CARE)
    person(made, "Åsa Berg")
    clock.go_to(date(2026, 11, 3))
    yield made
    made.lock()


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as shown:
        yield shown


@pytest.fixture
def log(window):
    window.open_page("log")
    return window.page()


def labels(page):
    return [page.model.row_at(number).label for number in range(page.model.rowCount())]


def test_readings_are_shown_alone_and_of_one_person(qtbot, log) -> None:
    everything = log.model.rowCount()
    log.kind.choose("readings")
    log.kind.chosen.emit("readings")
    qtbot.waitUntil(lambda: log.model.rowCount() == 2)
    log.table.selectRow(0)
    qtbot.waitUntil(log.person_button.isEnabled)
    log.kind.choose("all")
    log.kind.chosen.emit("all")
    assert log.model.rowCount() == everything
    assert nameless(log) == []


def test_the_extract_is_saved_with_the_person_of_a_line(qtbot, window, log, tmp_path) -> None:
    log.kind.choose("readings")
    log.kind.chosen.emit("readings")
    log.table.selectRow(0)
    click(qtbot, log.extract_button)
    form = dialog(qtbot, window, ReadLogForm)
    assert "Ingrid Dahl" in form.title.text()
    assert nameless(form) == []
    to = tmp_path / "logg.pdf"
    click(qtbot, form.verb_button)
    save_as(qtbot, window, to)
    assert to.read_bytes().startswith(b"%PDF")


def test_a_paper_that_does_not_fit_is_said(qtbot, window, log) -> None:
    click(qtbot, log.paper_button)
    form = dialog(qtbot, window, AnchorForm)
    assert nameless(form) == []
    write(form.number, "3")
    write(form.characters, "0123456789ab")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.answer.isVisible)
    assert form.answer.property("tone") == "danger"


def test_a_month_is_checked_in_the_window(qtbot, window, desk) -> None:
    window.open_page("log_check", month=MONTH)
    page = window.page()
    click(qtbot, page.draw_button)
    qtbot.waitUntil(lambda: len(page.cards) == 2)
    assert page.alone.isVisible()
    assert nameless(page) == []
    first, second = page.cards
    first.verdict.set_value(Verdict.OK)
    click(qtbot, page.sign_button)
    assert page.problem.text() == "Choose what you think of each reading."
    second.verdict.set_value(Verdict.NOT_OK)
    write(second.words, "Ingen vård")
    write(page.conclusion, "En läsning utan skäl")
    click(qtbot, page.sign_button)
    qtbot.waitUntil(lambda: desk.ask(list_samples_due) == ())
    (done,) = desk.ask(list_samples)
    assert (done.conclusion, done.signed_by) == ("En läsning utan skäl", "Lena Norr")
    qtbot.waitUntil(page.breach_button.isVisible)
    click(qtbot, page.breach_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_breaches)) == 1)


def test_half_a_check_is_gone_on_with_later(qtbot, window, desk) -> None:
    window.open_page("log_check", month=MONTH)
    page = window.page()
    click(qtbot, page.draw_button)
    qtbot.waitUntil(lambda: len(page.cards) == 2)
    page.cards[0].verdict.set_value(Verdict.OK)
    page.cards[1].verdict.set_value(Verdict.ASK)  # and no words yet
    click(qtbot, page.keep_button)
    qtbot.waitUntil(lambda: desk.ask(list_samples)[0].left == 1)
    assert page.cards[1].verdict.value() is Verdict.ASK


def test_the_journal_shows_its_whole_log(qtbot, window, desk) -> None:
    ref = person(desk, "Kim Ek")
    window.open_page("client_journal", subject_ref=ref)
    page = window.page()
    page.side.log_button.click()
    form = dialog(qtbot, window, ReadLogForm)
    assert "Kim Ek" in form.title.text()
