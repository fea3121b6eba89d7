"""Values and texts that nobody else may see: copied with care, never into a history."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.clipboard import copy_guarded, guarded_clipboard, guarded_mime
from gdprdesk_ui.theme import color
from gdprdesk_ui.tokens import Kind, Role
from gdprdesk_ui.widgets.fields import TextArea
from gdprdesk_ui.widgets.label import Label


class GuardedText(Label):
    """One guarded value, such as an identity number.

    It can have the focus; Ctrl+C and its menu copy all of it. It cannot be marked with the mouse,
    which on Linux would put it where any program reads it.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = "body",
        role: Role = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, kind, role, keep=True, tabular=True, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContentsMargins(6, 3, 6, 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(color("accent"), 2))
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def copy(self) -> None:
        """Copy the value; it is gone from the clipboard in ten seconds."""
        copy_guarded(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return the menu of the right mouse button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(_("Copy for 10 seconds"), menu)
        action.triggered.connect(self.copy)
        menu.addAction(action)
        return menu


class GuardedArea(TextArea):
    """Several lines of guarded text, to read or to write. What is copied from it goes again."""

    def createMimeDataFromSelection(self) -> QMimeData:
        # A line end of Qt's own stands between the paragraphs of a selection.
        text = self.textCursor().selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n")
        guarded_clipboard().watch(text)
        return guarded_mime(text)
