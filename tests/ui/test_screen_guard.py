"""A journal is left out of a shared screen, with every window that opens over it."""

import pytest
from PySide6.QtWidgets import QWidget

from gdprdesk_ui.main_window import Identity, MainWindow
from gdprdesk_ui.pages.page import Page, PageSpec
from gdprdesk_ui.pages.settings import computer
from gdprdesk_ui.pages.settings.computer import ComputerCard
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.screen_guard import CAN_HIDE, ScreenGuard, hide_window


@pytest.fixture
def hidden(monkeypatch):
    """The windows that are hidden, by their number."""
    kept: set[int] = set()

    def hide(number: int, hidden: bool) -> None:
        (kept.add if hidden else kept.discard)(number)

    monkeypatch.setattr(ScreenGuard.__init__, "__defaults__", (hide, None))
    return kept


@pytest.fixture
def window(desk, theme, show, clock, hidden):
    pages = [
        PageSpec("today", "Today", "sun", Page),
        PageSpec("secret", "Secret", "book-open", Page, guarded=True),
    ]
    made = MainWindow(
        desk,
        pages=pages,
        identity=Identity("Kafé Lind", "Maja Lind", "Owner"),
        theme=theme,
        clock=clock,
        preferences=Preferences(),
    )
    yield show(made)
    made.close()


def number(widget: QWidget) -> int:
    return widget.windowHandle().winId()


def test_only_guarded_pages_are_hidden(window, hidden) -> None:
    assert number(window) not in hidden
    window.open_page("secret")
    assert number(window) in hidden
    window.go_back()
    assert number(window) not in hidden


def test_a_window_that_opens_over_a_journal_is_hidden_too(window, hidden, show) -> None:
    window.open_page("secret")
    form = show(QWidget())
    assert number(form) in hidden
    window.open_page("today")
    assert not hidden


def test_whoever_wants_to_show_her_journals_can(window, hidden) -> None:
    window.open_page("secret")
    window.context.preferences.change(hide_from_sharing=False)
    assert not hidden
    window.context.preferences.change(hide_from_sharing=True)
    assert number(window) in hidden


def test_it_is_on_from_the_beginning_and_the_setting_turns_it_off(
    context, monkeypatch, show
) -> None:
    monkeypatch.setattr(computer, "CAN_HIDE", True)
    card = show(ComputerCard(context))
    card.refresh()
    assert card.unshared.isChecked()
    card.unshared.click()
    assert not context.preferences.settings.hide_from_sharing


@pytest.mark.skipif(CAN_HIDE, reason="this system can")
def test_linux_is_said_to_be_unable(context, show, words_of) -> None:
    card = show(ComputerCard(context))
    card.refresh()
    assert not card.unshared.isVisible()
    assert context.preferences.settings.hide_from_sharing  # for the day it runs elsewhere
    assert "Linux does not let a program hide itself." in words_of(card)
    hide_window(1, True)  # and nothing happens


@pytest.fixture
def words_of():
    def said(widget: QWidget) -> str:
        from gdprdesk_ui.widgets import Label  # noqa: PLC0415

        return " ".join(one.text() for one in widget.findChildren(Label))

    return said
