"""What was handed out and camera clips in the window: promises 002.18, 002.21, 004.9 and 000.7."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import LegalBasis
from gdprdesk.services.clips import list_clips
from gdprdesk.services.disclosures import list_disclosures
from gdprdesk.services.onboarding import Business
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.disclosure_form import ClipForm, DisclosureForm, ProlongForm
from gdprdesk_ui.pages.disclosures import DisclosuresPage
from tests.builders import CHEAP, PASSWORD, TODAY, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, save_as, write


@pytest.fixture
def desk(folder, clock):
    """The register of a dealer with cameras."""
    business = Business(
        name="Bagges AS", trade="dealer", country="NO", language="nb", extras=("cameras",)
    )
    made, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made
    made.lock()


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("recipients")
        yield made


@pytest.fixture
def page(window, qtbot):
    click(qtbot, window.page().log_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), DisclosuresPage))
    return window.page()


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def kept(window, page, qtbot) -> None:
    """Keep a clip as a person does."""
    click(qtbot, page.clip_button)
    form = dialog(qtbot, window, ClipForm)
    write(form.camera, "Port 2")
    form.begins.setText("2026-11-20 18:40")
    form.ends.setText("2026-11-20 18:55")
    form.why.setPlainText("Innbrudd")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.clips) == 1)


def test_what_is_handed_out_needs_its_law(desk, window, page, qtbot, tmp_path) -> None:
    person(desk)
    assert page.empty.isVisible()
    assert nameless(page) == []
    click(qtbot, page.new_button)
    form = dialog(qtbot, window, DisclosureForm)
    assert nameless(form) == []
    assert not form.clip.isVisible()
    write(form.whom, "Politiet")
    form.what.setPlainText("Navn og telefon")
    form.day.set_day(TODAY + timedelta(days=1))
    click(qtbot, form.verb_button)
    sentences = [field.sentence.text() for field in form._fields]
    assert "Write which law or decision demands it." in sentences
    assert "This day has not come yet." in sentences
    write(form.law, "Straffeprosessloven § 210")
    form.day.set_day(date(2026, 11, 3))
    form.person.choose(form.person._rows("Karin")[0])
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.lines) == 1)
    (one,) = desk.ask(list_disclosures)
    assert (one.to_whom, one.law, one.name, one.disclosed_on, one.basis) == (
        "Politiet",
        "Straffeprosessloven § 210",
        "Karin Holm",
        date(2026, 11, 3),
        LegalBasis.LEGAL_OBLIGATION,
    )
    to = tmp_path / "log.pdf"
    click(qtbot, page.pdf_button)
    save_as(qtbot, window, to)
    qtbot.waitUntil(lambda: window.toast.words.text() == "log.pdf is saved")
    assert "Straffeprosessloven § 210" in " ".join(read_pdf(to).split())
    click_once_shown(qtbot, lambda: page.lines[0].remove_button)
    qtbot.waitUntil(page.empty.isVisible)


def test_on_another_ground_no_law_is_asked_for(desk, window, page, qtbot) -> None:
    click(qtbot, page.new_button)
    form = dialog(qtbot, window, DisclosureForm)
    write(form.whom, "Regnskapsføreren")
    form.what.setPlainText("Fakturaer for oktober")
    form.basis.set_value(LegalBasis.CONTRACT)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_disclosures)) == 1)


def test_a_clip_is_kept_and_handed_out_and_deleted(desk, window, page, qtbot) -> None:
    kept(window, page, qtbot)
    (clip,) = desk.ask(list_clips)
    assert clip.release_on == TODAY + timedelta(days=30)
    click_once_shown(qtbot, lambda: page.clips[0].hand_out_button)
    form = dialog(qtbot, window, DisclosureForm)
    assert form.clip.value() == clip.ref
    write(form.whom, "Politiet")
    write(form.law, "Sak 17")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "handed out to Politiet" in said(page))
    assert desk.ask(list_disclosures)[0].clip == clip.ref
    click_once_shown(qtbot, lambda: page.clips[0].longer_button)
    form = dialog(qtbot, window, ProlongForm)
    assert nameless(form) == []
    form.until.set_day(date(2029, 1, 1))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert "at most a year" in form.problem.title.text()
    qtbot.waitUntil(form.verb_button.isEnabled)
    form.until.set_day(date(2027, 1, 1))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_clips)[0].release_on == date(2027, 1, 1))
    ask.next_answer(None)
    click_once_shown(qtbot, lambda: page.clips[0].deleted_button)
    assert len(desk.ask(list_clips)) == 1
    ask.next_answer(True)
    click_once_shown(qtbot, lambda: page.clips[0].deleted_button)
    qtbot.waitUntil(lambda: desk.ask(list_clips) == ())


def test_a_clip_says_under_its_fields_what_is_wrong(desk, window, page, qtbot) -> None:
    click(qtbot, page.clip_button)
    form = dialog(qtbot, window, ClipForm)
    assert nameless(form) == []
    form.begins.setText("in the evening")
    form.ends.setText("2026-11-20 18:55")
    form.until.set_day(date(2026, 11, 19))
    click(qtbot, form.verb_button)
    sentences = {field.sentence.text() for field in form._fields}
    assert {
        "Write which camera it is.",
        "Write day and time like this: 2026-11-21 18:40.",
        "Write why it is kept.",
        "The last day comes before the clip itself ends.",
    } <= sentences
    form.begins.setText("2026-11-20 19:00")
    click(qtbot, form.verb_button)
    assert form._fields[3].sentence.text() == "The clip ends before it begins."
    assert desk.ask(list_clips) == ()


def test_today_asks_to_delete_a_clip_in_time(desk, window, page, qtbot, clock) -> None:
    kept(window, page, qtbot)
    clock.move(days=25)
    window.navigate("today")
    row = next(one for one in window.page().tasks.rows if "Port 2" in said(one))
    click(qtbot, row.button)
    qtbot.waitUntil(lambda: isinstance(window.page(), DisclosuresPage))


def test_every_look(desk, every_look, context, show) -> None:
    page = show(DisclosuresPage(context))
    page.refresh()
    page.grab()
