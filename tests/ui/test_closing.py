"""Closing or handing over the business in the window: the list and its ticks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.closing import Ending
from gdprdesk.services.closing import show_closing
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.closing_step import StepForm
from gdprdesk_ui.pages.closing import ClosingPage
from tests.builders import TODAY
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("settings")
        yield made


@pytest.fixture
def page(window, qtbot):
    window.page().ending.list_button.click()
    qtbot.waitUntil(lambda: isinstance(window.page(), ClosingPage))
    return window.page()


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_a_step_is_done_with_a_note_and_open_again(desk, window, page, qtbot) -> None:
    assert nameless(page) == []
    assert page.progress.value() == 0
    page.lines["books"].done_button.click()
    form = dialog(qtbot, window, StepForm)
    assert nameless(form) == []
    form.day.set_day(TODAY + timedelta(days=1))
    click(qtbot, form.verb_button)
    assert form._fields[1].sentence.text() == "This day has not come yet."
    form.day.set_day(TODAY)
    form.note.setPlainText("Hos byrån")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.progress.value() == 1)
    assert "Hos byrån" in said(page.lines["books"])
    page.lines["books"].undo_button.click()
    qtbot.waitUntil(lambda: page.progress.value() == 0)
    assert desk.ask(show_closing).done == 0


def test_it_is_handed_over_instead_and_saved(desk, window, page, qtbot, tmp_path) -> None:
    assert "transfer" not in page.lines
    click(qtbot, page.chips.buttons[Ending.HAND_OVER])
    assert page.ending is Ending.HAND_OVER
    assert "transfer" in page.lines
    to = tmp_path / "list.pdf"
    ask.next_answer(to)
    click(qtbot, page.save_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "list.pdf is saved")
    assert "Lämna över registret" in " ".join(read_pdf(to).split())


def test_a_step_goes_where_it_is_done(window, page, qtbot) -> None:
    page.lines["erase"].go_button.click()
    qtbot.waitUntil(lambda: window.page() is not page)


def test_every_look(desk, every_look, context, show) -> None:
    page = show(ClosingPage(context))
    page.refresh()
    page.grab()


def test_writing_is_not_lost(desk, window, page, qtbot) -> None:
    page.lines["books"].done_button.click()
    form = dialog(qtbot, window, StepForm)
    write(form.note, "x")
    click(qtbot, form.cancel_button)
    assert desk.ask(show_closing).done == 0
