"""Search or do: one field that finds people, orders, pages and actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.theme import color, scaled
from gdprdesk_ui.widgets.fields import SearchField
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import Line, column, row
from gdprdesk_ui.widgets.tables import EntryList

Finder = Callable[[str], Sequence[Section]]
"""Returns what matches the words; the key of each entry is the function that opens or does it."""

WIDTH, TOP, GREATEST_LIST = 600, 96, 440


class CommandPalette(QWidget):
    """Lies over its parent until something is chosen or Escape is pressed.

    Signals:
        closed: It is gone; the focus is back where it was.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, find: Finder) -> None:
        super().__init__(parent)
        self._over, self._find = parent, find
        self._came_from: QWidget | None = None
        self.field = SearchField(_("Search or do"), pause_ms=60)
        self.field.setProperty("kind", "bare")
        self.results = EntryList(_("Found"))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = Label("", "body", "muted")
        self.nothing.setContentsMargins(20, 12, 20, 12)
        self.frame = QFrame(self)
        self.frame.setProperty("kind", "overlay")
        head = row(self.field, Label(_("Esc"), "caption", "muted", keep=True), spacing=8)
        head.setContentsMargins(10, 0, 18, 0)
        self.frame.setLayout(
            column(head, Line(), self.nothing, self.results, spacing=0, margins=(1, 1, 1, 8))
        )
        self.field.searched.connect(self._search)
        self.field.left_down.connect(lambda: self.results.move_choice(+1))
        self.field.returnPressed.connect(self._do)
        self.field.installEventFilter(self)
        self.results.opened.connect(self._do)
        self.results.entry_chosen.connect(self._announce)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it, empty, over everything else."""
        self._came_from = self.window().focusWidget()
        self.field.clear()
        self._search("")
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self._settle()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Put it away and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()
        self.closed.emit()

    def _search(self, words: str) -> None:
        sections = [section for section in self._find(words.strip()) if section.entries]
        self.results.show_sections(sections)
        self.results.setVisible(bool(sections))
        self.nothing.setVisible(not sections)
        self.nothing.setText(_("No hits for “{words}”").format(words=words))
        self.results.choose_first()
        self._settle()

    def _settle(self) -> None:
        height = min(self.results.content_height(), scaled(GREATEST_LIST))
        self.results.setFixedHeight(min(height, max(120, self.height() - TOP * 2)))
        self.frame.setFixedWidth(min(scaled(WIDTH), self.width() - 48))
        self.frame.adjustSize()
        self.frame.move((self.width() - self.frame.width()) // 2, TOP)

    def _do(self) -> None:
        entry = self.results.current()
        if entry is not None:
            self.dismiss()
            entry.key()

    def _announce(self, entry: Entry | None) -> None:
        if entry is not None and self.isVisible():
            said = QAccessibleAnnouncementEvent(self, entry.spoken())
            QAccessible.updateAccessibility(said)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.results.move_choice(+1 if forward else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.frame.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
            self._settle()
        if watched is self.field and isinstance(event, QKeyEvent) and _is_up(event):
            self.results.move_choice(-1)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("scrim"))


def _is_up(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Up
