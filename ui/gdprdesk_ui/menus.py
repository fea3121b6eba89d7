"""The menu bar: every command has its place in it and its shortcut."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QPlainTextEdit,
    QWidget,
)

from gdprdesk.i18n import _
from gdprdesk_ui.pages.page import Command
from gdprdesk_ui.theme import Scheme, Theme
from gdprdesk_ui.widgets.sidebar import Destination

NUMBERED = 9
"""So many destinations have a shortcut, Ctrl+1 to Ctrl+9."""


@dataclass(frozen=True)
class Item:
    """A line of a menu.

    Attributes:
        text: What it says; "…" when more questions follow.
        keys: Its shortcut, "" for none. Ctrl is Command on a Mac.
        do: What it does.
        command: It is only there for pages that have this command.
        chosen: For a choice of one: whether it is this one.
    """

    text: str
    keys: str
    do: Callable[[], object]
    command: Command | None = None
    chosen: bool | None = None


SEPARATOR = Item("", "", lambda: None)


class MenuBar(QMenuBar):
    """Native on a Mac; elsewhere out of the way until Alt is pressed.

    Attributes:
        lines: The actions by the text they were made with.
        alt_alone: Whether Alt was pressed and nothing else since, not even by a shortcut.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._of_page: dict[Command, QAction] = {}
        self.lines: dict[str, QAction] = {}
        self.alt_alone = False
        self.setVisible(sys.platform == "darwin")
        window.setMenuBar(self)

    def add_menu(self, title: str, items: Sequence[Item]) -> None:
        """Add a menu. Its shortcuts work while the bar is hidden."""
        menu = self.addMenu(title)
        choice = QActionGroup(menu)
        for item in items:
            if item is SEPARATOR:
                menu.addSeparator()
                continue
            action = QAction(item.text, menu)
            action.setShortcut(QKeySequence(item.keys))
            action.triggered.connect(partial(self._do, item.do))
            if item.chosen is not None:
                action.setCheckable(True)
                action.setChecked(item.chosen)
                choice.addAction(action)
            if item.command is not None:
                self._of_page[item.command] = action
                action.setEnabled(False)
            menu.addAction(action)
            self._window.addAction(action)
            self.lines[item.text] = action

    def _do(self, do: Callable[[], object], _checked: bool = False) -> None:
        self.alt_alone = False
        do()

    def offer(self, commands: Mapping[Command, object]) -> None:
        """Enable what the page shown now can do."""
        for command, action in self._of_page.items():
            action.setEnabled(command in commands)

    def toggle(self) -> None:
        """Show the bar, or hide it again."""
        if sys.platform != "darwin":
            self.setVisible(self.isHidden())
            if self.isVisible():
                self.setActiveAction(self.actions()[0])


class FieldUndo(QObject):
    """Lets Undo reach the register when the field with the cursor has nothing to take back.

    A field keeps Ctrl+Z for itself even then. It is asked first, and only the one field that has
    the focus.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo) and not _can(watched, "undo")
        redo = event.matches(QKeySequence.StandardKey.Redo) and not _can(watched, "redo")
        if undo or redo:
            event.ignore()
        return undo or redo


def _can(field: QObject, what: str) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if what == "undo" else field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() if what == "undo" else document.isRedoAvailable()
    return False


class Shell(Protocol):
    """What the menus can make the window do."""

    def run_command(self, command: Command) -> None:
        """Do something on the page."""

    def open_page(self, key: str, **arguments: Any) -> None:
        """Open a page."""

    def navigate(self, key: str) -> None:
        """Go to a destination."""

    def go_back(self) -> None:
        """Return to the page before."""

    def search(self) -> None:
        """Search or do."""

    def undo(self) -> None:
        """Take back the last action."""

    def redo(self) -> None:
        """Do it again."""

    def lock(self) -> None:
        """Lock the register."""

    def close(self) -> bool:
        """Leave."""
        ...


def fill(
    bar: MenuBar,
    shell: Shell,
    theme: Theme,
    places: Sequence[Destination],
    pages: frozenset[str],
) -> None:
    """Fill the bar. What has no page in this program is not offered."""
    bar.add_menu(_("File"), _file_items(shell, pages))
    bar.add_menu(_("Edit"), _edit_items(shell))
    bar.add_menu(_("Go"), [*_go_items(shell), SEPARATOR, *_place_items(shell, places)])
    bar.add_menu(_("View"), _view_items(theme))
    if "help" in pages:
        bar.add_menu(_("Help"), [Item(_("Help"), "F1", partial(shell.open_page, "help"))])


def _of_page(shell: Shell, text: str, keys: str, command: Command) -> Item:
    return Item(text, keys, partial(shell.run_command, command), command)


def _file_items(shell: Shell, pages: frozenset[str]) -> list[Item]:
    new_person = Item(_("New person"), "Ctrl+Shift+N", partial(shell.open_page, "people", new=True))
    settings = Item(_("Settings"), "Ctrl+,", partial(shell.open_page, "settings"))
    return [
        _of_page(shell, _("New"), "Ctrl+N", Command.NEW),
        *([new_person] if "people" in pages else []),
        _of_page(shell, _("Print…"), "Ctrl+P", Command.PRINT),
        _of_page(shell, _("Export…"), "Ctrl+E", Command.EXPORT),
        SEPARATOR,
        *([settings] if "settings" in pages else []),
        Item(_("Lock"), "Ctrl+L", shell.lock),
        Item(_("Quit"), "Ctrl+Q", shell.close),
    ]


def _edit_items(shell: Shell) -> list[Item]:
    return [
        Item(_("Undo"), "Ctrl+Z", shell.undo),
        Item(_("Redo"), "Ctrl+Shift+Z", shell.redo),
        SEPARATOR,
        _of_page(shell, _("Edit"), "F2", Command.EDIT),
        _of_page(shell, _("Erase…"), "Del", Command.ERASE),
        _of_page(shell, _("Find on the page"), "Ctrl+F", Command.FIND),
    ]


def _go_items(shell: Shell) -> list[Item]:
    return [
        Item(_("Search or do"), "Ctrl+K", shell.search),
        Item(_("Back"), "Alt+Left", shell.go_back),
        _of_page(shell, _("Previous"), "Alt+Up", Command.PREVIOUS),
        _of_page(shell, _("Next"), "Alt+Down", Command.NEXT),
    ]


def _place_items(shell: Shell, places: Sequence[Destination]) -> list[Item]:
    return [
        Item(
            place.title,
            f"Ctrl+{number}" if number <= NUMBERED else "",
            partial(shell.navigate, place.key),
        )
        for number, place in enumerate(places, start=1)
    ]


def _view_items(theme: Theme) -> list[Item]:
    schemes = [
        (Scheme.SYSTEM, _("As the computer")),
        (Scheme.LIGHT, _("Light")),
        (Scheme.DARK, _("Dark")),
    ]
    return [
        Item(_("Larger text"), "Ctrl++", partial(theme.enlarge, +1)),
        Item(_("Smaller text"), "Ctrl+-", partial(theme.enlarge, -1)),
        Item(_("Usual text size"), "Ctrl+0", partial(theme.enlarge, 0)),
        SEPARATOR,
        *[
            Item(words, "", partial(theme.use, scheme=scheme), chosen=theme.scheme is scheme)
            for scheme, words in schemes
        ],
    ]
