"""Identity numbers on the page of a person; the way from there and from Today to the journal."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.terms import ReadReason
from gdprdesk.services.identity_numbers import add_number, list_numbers
from gdprdesk.services.onboarding import Business
from gdprdesk.services.order_taking import add_booking
from gdprdesk_ui.dialogs.number_form import NumberForm, ReadForm
from gdprdesk_ui.pages.journal import ClientJournalPage
from tests.builders import CHEAP, PASSWORD, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, write

NUMBER = "19850101-1236"


@pytest.fixture
def desk(folder, clock):
    made, _recovery = Desk.create(
        folder,
        business=Business(name="Samtalsrum Norr", trade="therapy", contact="Lena Norr"),
        password=PASSWORD,
        limits=CHEAP,
        clock=clock,
    )
    yield made
    made.lock()


@pytest.fixture
def ingrid(desk):
    return person(desk, "Ingrid Dahl")


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as shown:
        yield shown


@pytest.fixture
def page(window, ingrid):
    window.open_page("person", subject_ref=ingrid)
    return window.page()


def read_lines(desk):
    asked = select(AuditEntry.reason).where(AuditEntry.action == "number.read")
    return desk.ask(lambda read: read.scalars(asked).all())


def test_a_number_is_written_down_with_its_reason_and_shown_masked(
    window, page, desk, ingrid, qtbot
) -> None:
    click(qtbot, page.numbers.add_button)
    form = dialog(qtbot, window, NumberForm)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form._number_field.sentence.text() == "Write the number."
    write(form.number, "850101-1237")
    write(form.why, "The insurer asks for it")
    assert "probably mistyped" in form._number_field.sentence.text()
    form.number.clear()
    write(form.number, "850101-1236")
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.numbers.lines) == 1)
    assert page.numbers.lines[0].value.text() == "850101-****"
    assert desk.ask(list_numbers, subject_ref=ingrid)[0].why == "The insurer asks for it"
    assert desk.ask(lambda read: read.scalars(select(Draft)).all()) == []
    assert nameless(page) == []


def test_it_is_shown_with_a_line_in_the_log_and_hidden_again(
    window, page, desk, ingrid, qtbot
) -> None:
    desk.run(add_number, subject_ref=ingrid, number=NUMBER, why="The insurer asks for it")
    qtbot.waitUntil(lambda: len(page.numbers.lines) == 1)
    line = page.numbers.lines[0]
    click(qtbot, line.show_button)
    form = dialog(qtbot, window, ReadForm)
    assert nameless(form) == []
    assert read_lines(desk) == []
    form.reason.set_value(ReadReason.CLAIM)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: line.value.text() == NUMBER)
    assert read_lines(desk) == ["claim"]
    line._hide.timeout.emit()  # half a minute is over
    assert line.value.text() == "850101-****"
    click(qtbot, line.show_button)
    click(qtbot, dialog(qtbot, window, ReadForm).verb_button)
    qtbot.waitUntil(lambda: line.value.text() == NUMBER)
    window.open_page("today")
    assert line.value.text() == "850101-****"


def test_it_is_changed_removed_and_brought_back(window, page, desk, ingrid, qtbot) -> None:
    desk.run(add_number, subject_ref=ingrid, number=NUMBER, why="The insurer asks for it")
    qtbot.waitUntil(lambda: len(page.numbers.lines) == 1)
    click_once_shown(qtbot, lambda: page.numbers.lines[0].change_button)
    form = dialog(qtbot, window, NumberForm)
    form.why.setPlainText("The tax office asks for it")
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    qtbot.waitUntil(
        lambda: desk.ask(list_numbers, subject_ref=ingrid)[0].why == "The tax office asks for it"
    )
    qtbot.waitUntil(lambda: window.operations.wait(0))
    click_once_shown(qtbot, lambda: page.numbers.lines[0].remove_button)
    qtbot.waitUntil(lambda: page.numbers.lines == [])


def test_the_same_number_of_two_people_is_told(window, page, desk, qtbot) -> None:
    other = person(desk, "I. Dahl")
    desk.run(add_number, subject_ref=other, number=NUMBER, why="The insurer asks for it")
    click(qtbot, page.numbers.add_button)
    form = dialog(qtbot, window, NumberForm)
    write(form.number, NUMBER)
    write(form.why, "The insurer asks for it")
    assert "written down twice" in form.same.text()
    assert form.same.isVisible()
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.numbers.lines) == 1)
    assert "same number" in page.numbers.lines[0].also.text()


def test_the_way_to_the_journal(window, page, desk, ingrid, qtbot) -> None:
    click(qtbot, page.journal_button)
    assert isinstance(window.page(), ClientJournalPage)
    desk.run(
        add_booking,
        subject_ref=ingrid,
        what="Samtal",
        wanted_on=desk.today,
        wanted_at=time(11),
    )
    window.open_page("today")
    today = window.page()
    line = today.orders.lines[0]
    assert nameless(today) == []
    click(qtbot, line.note_button)
    assert isinstance(window.page(), ClientJournalPage)
