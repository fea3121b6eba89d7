"""A list of lines that is as high as what it shows, inside a page that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QScrollArea, QWidget

from gdprdesk.i18n import _, format_number
from gdprdesk_ui.models.check_lines import (
    LINE_HEIGHT,
    CheckLine,
    CheckLineDelegate,
    CheckLineModel,
)
from gdprdesk_ui.theme import NEW_LOOK, scaled
from gdprdesk_ui.widgets import Button, column, row

_SHOWN = 6
"""How many lines are shown before all of them are asked for."""


class LineView(QListView):
    """The lines themselves. Space turns a box, Enter opens whom a line is about.

    Signals:
        opened: Enter on a line; its key.
    """

    opened = Signal(object)

    def __init__(self, name: str, model: CheckLineModel) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CheckLineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the lines, so that only the page scrolls."""
        self.setFixedHeight(self.model().rowCount() * scaled(LINE_HEIGHT))

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self.fit()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(CheckLineModel.LINE).key)
        else:
            super().keyPressEvent(event)
            self._keep_in_view()

    def _keep_in_view(self) -> None:
        """Scroll the page to the line that the keys have come to."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside and self.currentIndex().isValid():
            line = self.visualRect(self.currentIndex()).center()
            middle = inside.mapFromGlobal(self.viewport().mapToGlobal(line))
            area.ensureVisible(middle.x(), middle.y(), 0, scaled(LINE_HEIGHT))


class CheckList(QWidget):
    """A few lines, and a button that shows all of them.

    Signals:
        turned: A box is to be ticked, or not any more; the key of its line.
        opened: Whom a line is about is to be shown; its key.

    Attributes:
        view: The lines.
        more_button: Shows all of them.
    """

    turned = Signal(object, bool)
    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model = CheckLineModel(self)
        self.view = LineView(name, self.model)
        self._lines: Sequence[CheckLine] = ()
        self._all = False
        self.more_button = Button("", "link", on_click=self._show_all)
        self.more_button.setAccessibleDescription(name)
        self.model.turned.connect(self.turned)
        self.view.opened.connect(self.opened)
        self._foot = row(self.more_button, None, margins=(16, 2, 16, 0))
        self.setLayout(column(self.view, self._foot, spacing=0))

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show other lines, or the same ones as they are now."""
        self._lines = lines
        count = len(lines)
        all_of_them = self._all or count <= _SHOWN + 2  # a button for one or two saves nothing
        self.model.show_lines(lines, count if all_of_them else _SHOWN)
        self.more_button.setText(_("Show all {count}").format(count=format_number(count)))
        self.more_button.setVisible(not all_of_them)

    def _show_all(self) -> None:
        self._all = True
        line = self.view.currentIndex().row()
        self.show_lines(self._lines)
        self.view.setFocus()
        self.view.setCurrentIndex(self.model.index(max(line, 0)))
