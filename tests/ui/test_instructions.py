"""Instructions of those served, and the end of a contract, in the window: 003.12 and 003.13."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from gdprdesk.services.instructions import list_instructions
from gdprdesk.services.served import (
    ControllerChanges,
    add_controller,
    end_controller,
    list_controllers,
)
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.instruction_form import AnswerForm, CarriedOutForm, InstructionForm
from gdprdesk_ui.dialogs.settle_form import SettleForm
from tests.builders import TODAY
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, save_as


@pytest.fixture
def salon(desk):
    """A business that is served."""
    changes = ControllerChanges(name="Salong Klipp", contact="eva@klipp.example")
    return desk.run(add_controller, changes=changes)


@pytest.fixture
def window(desk, salon, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("register", controller_ref=salon)
        yield made


def sheet(window):
    return window.page().served.sheet


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def shows(window, verb: str) -> bool:
    """Return whether the first instruction is there to be gone on with by this verb."""
    lines = sheet(window).instructions.lines
    return bool(lines) and lines[0].next_button.isVisible() and lines[0].next_button.text() == verb


def taken(window, qtbot) -> None:
    """Write an instruction down as a person does."""
    click_once_shown(qtbot, lambda: sheet(window).instructions.new_button)
    form = dialog(qtbot, window, InstructionForm)
    assert nameless(form) == []
    form.due.set_day(TODAY - timedelta(days=1))
    click(qtbot, form.verb_button)
    sentences = {field.sentence.text() for field in form._fields}
    assert "It cannot be due before it came." in sentences
    assert "Write what is to be done, and with whose data." in sentences
    form.scope.setPlainText("Radera konto 4711")
    form.due.set_day(TODAY + timedelta(days=14))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: shows(window, "What was done…"))


def test_an_instruction_goes_from_taken_to_answered(desk, window, qtbot, tmp_path) -> None:
    taken(window, qtbot)
    assert nameless(window.page()) == []
    click_once_shown(qtbot, lambda: sheet(window).instructions.lines[0].next_button)
    form = dialog(qtbot, window, CarriedOutForm)
    assert nameless(form) == []
    form.day.set_day(TODAY + timedelta(days=1))
    form.how.setPlainText("Raderat, kvitton sparas")
    click(qtbot, form.verb_button)
    assert form._fields[1].sentence.text() == "Choose a day from when it came until today."
    form.day.set_day(TODAY)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_instructions)[0].done_on == TODAY)
    window.navigate("today")
    row = next(one for one in window.page().tasks.rows if "Salong Klipp" in said(one))
    click(qtbot, row.button)
    form = dialog(qtbot, window, AnswerForm)
    assert nameless(form) == []
    click(qtbot, form.copy_button)
    assert "Raderat, kvitton sparas" in QApplication.clipboard().text()
    to = tmp_path / "answer.pdf"
    click(qtbot, form.letter_button)
    save_as(qtbot, window, to)
    qtbot.waitUntil(lambda: to.exists() and window.toast.words.text() == "answer.pdf is saved")
    assert "Radera konto 4711" in " ".join(read_pdf(to).split())
    form.activateWindow()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_instructions)[0].answered_on == TODAY)


def test_an_answered_instruction_is_read_and_opened_again(desk, window, qtbot) -> None:
    taken(window, qtbot)
    click_once_shown(qtbot, lambda: sheet(window).instructions.lines[0].next_button)
    form = dialog(qtbot, window, CarriedOutForm)
    form.how.setPlainText("Raderat")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: shows(window, "Answer…"))
    click_once_shown(qtbot, lambda: sheet(window).instructions.lines[0].next_button)
    click(qtbot, dialog(qtbot, window, AnswerForm).verb_button)
    qtbot.waitUntil(lambda: shows(window, "Answer"))
    click_once_shown(qtbot, lambda: sheet(window).instructions.lines[0].next_button)
    form = dialog(qtbot, window, AnswerForm)
    assert not form.cancel_button.isVisible()
    click(qtbot, form.verb_button)
    click_once_shown(qtbot, lambda: sheet(window).instructions.lines[0].reopen_button)
    qtbot.waitUntil(lambda: desk.ask(list_instructions)[0].answered_on is None)


def test_an_ended_contract_waits_on_today_until_it_is_settled(
    desk, salon, window, qtbot, tmp_path
) -> None:
    desk.run(end_controller, controller_ref=salon, ended_on=TODAY)
    window.navigate("today")
    row = next(one for one in window.page().tasks.rows if "Salong Klipp" in said(one))
    click(qtbot, row.button)
    qtbot.waitUntil(lambda: "return or delete its data" in said(sheet(window)))
    (banner,) = sheet(window).settling
    next(one for one in banner.findChildren(type(window.page().new_button))).click()
    form = dialog(qtbot, window, SettleForm)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form._fields[1].sentence.text() == "Write how it can be shown."
    form.how.setPlainText("Logg 77")
    form.day.set_day(TODAY - timedelta(days=1))
    click(qtbot, form.verb_button)
    assert form._fields[2].sentence.text().startswith("Choose a day from the end of the service")
    form.day.set_day(TODAY)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Logg 77" in said(sheet(window)))
    (one,) = desk.ask(list_controllers)
    assert one.settled_how == "Returned, and deleted here. Logg 77"
    again, certificate = (
        one for one in sheet(window).settling[0].findChildren(type(window.page().new_button))
    )
    to = tmp_path / "certificate.pdf"
    ask.next_answer(to)
    certificate.click()
    qtbot.waitUntil(lambda: window.toast.words.text() == "certificate.pdf is saved")
    assert "Logg 77" in " ".join(read_pdf(to).split())
    assert not sheet(window).instructions.new_button.isVisible()
    again.click()
    qtbot.waitUntil(lambda: desk.ask(list_controllers)[0].settled_on is None)
