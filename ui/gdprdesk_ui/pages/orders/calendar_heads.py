"""What stands above the columns of the calendar: days to open, or who receives visitors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gdprdesk.i18n import _, format_number, format_weekday, ngettext
from gdprdesk_ui.pages.orders.calendar_grid import CalendarGrid, GridColumn
from gdprdesk_ui.painting import paint_text
from gdprdesk_ui.theme import color, font, scaled
from gdprdesk_ui.tokens import Token


class DayHead(QAbstractButton):
    """The head of a column: its day, or a person or room, and what is special about it."""

    def __init__(self, column: GridColumn, parent: QWidget, *, today: date, opens: bool) -> None:
        super().__init__(parent)
        self.column = column
        self._is_today = column.day == today
        self.setEnabled(opens)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self._spoken(opens=opens))
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(_("Open the day"))

    def _spoken(self, *, opens: bool) -> str:
        count = len(self.column.slots)
        parts = (
            format_weekday(self.column.day) if opens else self.column.title,
            self.column.sentence,
            _("today") if self._is_today and opens else "",
            ngettext("{count} order", "{count} orders", count).format(count=format_number(count)),
        )
        return ", ".join(part for part in parts if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(3, 2, -3, -2)
        marked = self._is_today and self.isEnabled()
        ground: Token = "accent_soft" if marked else "hover"
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if marked or (self.isEnabled() and self.underMouse()) or self.hasFocus():
                painter.setPen(color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(color(ground))
                painter.drawRoundedRect(box, 6, 6)
            inner = box.adjusted(scaled(6), scaled(3), -scaled(4), -scaled(3))
            height = QFontMetrics(font("strong")).height()
            tint: Token = "accent_text" if marked else "text"
            title = QRectF(inner.left(), inner.top(), inner.width(), height)
            paint_text(painter, title, self.column.title, font("strong", tabular=True), tint=tint)
            below = QRectF(inner.left(), inner.top() + height, inner.width(), height)
            said = self.column.sentence
            paint_text(painter, below, said, font("caption"), tint="danger_text")


class CalendarHeads(QWidget):
    """The heads of all columns, each as wide as its column.

    Signals:
        opened: A day was chosen.
    """

    opened = Signal(object)

    def __init__(self, grid: CalendarGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.heads: list[DayHead] = []

    def show_columns(self, columns: Sequence[GridColumn], today: date, *, open_days: bool) -> None:
        """Show other heads; those of days can be opened."""
        for head in self.heads:
            head.hide()
            head.deleteLater()
        self.heads = [DayHead(one, self, today=today, opens=open_days) for one in columns]
        for head in self.heads:
            head.clicked.connect(lambda _on=False, day=head.column.day: self.opened.emit(day))
            head.show()
        self.updateGeometry()
        self.place()

    def sizeHint(self) -> QSize:
        has_sentence = any(one.column.sentence for one in self.heads)
        lines = 2 if has_sentence else 1
        return QSize(scaled(400), QFontMetrics(font("strong")).height() * lines + scaled(14))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put each head above its column."""
        for number, head in enumerate(self.heads):
            left, right = self._grid.left_of(number), self._grid.left_of(number + 1)
            head.setGeometry(left, 0, right - left, self.height())
