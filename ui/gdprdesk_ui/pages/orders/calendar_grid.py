"""The hours of some days: orders where they belong, and a cursor that walks through both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import _, format_weekday
from gdprdesk.services.order_calendar import OrderSlot
from gdprdesk_ui.pages.orders.lanes import lanes
from gdprdesk_ui.pages.orders.slot_button import MOVING, SlotButton
from gdprdesk_ui.painting import paint_separator
from gdprdesk_ui.theme import ch, color, font, scaled

_OPENS, _CLOSES = 8, 18
"""The hours that are shown even if nothing is to be done in them."""

_SHORTEST = 30
"""Minutes: so high is an order of which nobody has said how long it takes."""

_HOUR, _LINE, _GAP = 50, 26, 3
_DAY = 24 * 60


@dataclass(frozen=True, repr=False)
class GridColumn:
    """A day, or what one of those who work here does on it.

    Attributes:
        title: What stands above it.
        sentence: What stands under that, such as a holiday.
    """

    day: date
    title: str
    sentence: str
    slots: tuple[OrderSlot, ...]


@dataclass(frozen=True)
class Stop:
    """Where the cursor can stand in a column: at an order, or at an hour in which none begins.

    Attributes:
        minute: Since midnight; nothing above the hours.
    """

    minute: int | None
    button: SlotButton | None


class CalendarGrid(QWidget):
    """Hours down the side, columns beside each other.

    The arrow keys walk through orders and free hours, Enter opens an order or begins a new one.

    Signals:
        opened: An order was clicked, or Enter was pressed on it.
        begun: A new order is wanted at the day and hour of the cursor.
        turned: The cursor went beyond the first (-1) or the last (+1) column.
        stood: The cursor stands elsewhere.
    """

    opened = Signal(object)
    begun = Signal()
    turned = Signal(int)
    stood = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[GridColumn, ...] = ()
        self._buttons: list[list[SlotButton]] = []
        self._now: datetime | None = None
        self._first, self._last = _OPENS, _CLOSES
        self._at, self._stop = 0, Stop(_OPENS * 60, None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Calendar"))

    # what is shown

    def show_columns(self, columns: Sequence[GridColumn], now: datetime) -> None:
        """Show other days; the cursor stays at its hour."""
        had_focus = self._holds_focus()
        for button in (one for column in self._buttons for one in column):
            button.hide()
            button.deleteLater()
        self._columns, self._now = tuple(columns), now
        slots = [one for column in columns for one in column.slots if one.at]
        begins = [_minute(one.at) for one in slots if one.at]
        ends = [_end(one) for one in slots]
        self._first = min([_OPENS, *(minute // 60 for minute in begins)])
        self._last = max([_CLOSES, *(-(-minute // 60) for minute in ends)])
        self._buttons = [[self._button(one) for one in column.slots] for column in columns]
        today = next((n for n, one in enumerate(columns) if one.day == now.date()), 0)
        self._at = min(self._at, len(columns) - 1) if columns else today
        minute = self._stop.minute
        self._stop = Stop(minute if minute is not None else self._first * 60, None)
        self.updateGeometry()
        self._place()
        self._stand(self._at, self._nearest(self._at, self._stop.minute), focus=had_focus)

    def stand_on(self, day: date) -> None:
        """Put the cursor on a day."""
        days = [one.day for one in self._columns]
        if day in days:
            at = days.index(day)
            self._stand(at, self._nearest(at, self._stop.minute), focus=self._holds_focus())

    def choose(self, ref: RecordRef | None) -> None:
        """Show which order stands beside the calendar."""
        for button in self.slots():
            button.choose(chosen=button.slot.ref == ref)

    def slots(self) -> list[SlotButton]:
        """Return all orders shown, column by column."""
        return [one for column in self._buttons for one in column]

    def day(self) -> date:
        """Return the day the cursor is on."""
        return self._columns[self._at].day

    def hour(self) -> time | None:
        """Return the time the cursor is at; none above the hours."""
        minute = self._stop.minute
        return None if minute is None else time(minute // 60, minute % 60)

    def target(self) -> QWidget:
        """Return what has the focus when the cursor has it."""
        return self._stop.button or self

    def _button(self, slot: OrderSlot) -> SlotButton:
        today = self._now.date() if self._now else slot.day
        button = SlotButton(slot, today, self)
        button.clicked.connect(lambda: self._open(button))
        button.moved.connect(self._move)
        button.show()
        return button

    def _open(self, button: SlotButton) -> None:
        at = next(n for n, column in enumerate(self._buttons) if button in column)
        self._stand(at, self._stop_of(button), focus=True)
        self.opened.emit(button.slot.ref)

    # where everything is

    @property
    def gutter(self) -> int:
        """Return how wide the hours at the side are."""
        return ch(5, "caption") + scaled(18)

    def left_of(self, number: int) -> int:
        """Return where a column begins, from the left."""
        room = self.width() - self.gutter
        return self.gutter + round(room * number / max(1, len(self._columns)))

    def sizeHint(self) -> QSize:
        hours = self._last - self._first
        return QSize(scaled(480), self._top() + hours * scaled(_HOUR) + scaled(10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def now_line(self) -> int | None:
        """Return how far down it is now, if one of the days is today."""
        if self._now is None or self._now.date() not in {one.day for one in self._columns}:
            return None
        return self._y(self._now.hour * 60 + self._now.minute)

    def _top(self) -> int:
        """Return where the hours begin: under what has a day but no time."""
        untimed = (sum(one.at is None for one in column.slots) for column in self._columns)
        rows = max(untimed, default=0)
        return rows * scaled(_LINE) + scaled(10 if rows else 6)

    def _hour_height(self) -> float:
        hours = self._last - self._first
        return max(float(scaled(_HOUR)), (self.height() - self._top() - scaled(10)) / hours)

    def _y(self, minute: int) -> int:
        return self._top() + round((minute / 60 - self._first) * self._hour_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        for number, column in enumerate(self._buttons):
            left = self.left_of(number) + _GAP
            width = self.left_of(number + 1) - left - _GAP
            untimed = [one for one in column if one.slot.at is None]
            for place, button in enumerate(untimed):
                top = scaled(4) + place * scaled(_LINE)
                button.setGeometry(left, top, width, scaled(_LINE) - 2)
            timed = [one for one in column if one.slot.at is not None]
            spans = [(_minute(one.slot.at), _end(one.slot)) for one in timed]
            for button, (begin, end), lane in zip(timed, spans, lanes(spans), strict=True):
                x = left + round(width * lane.number / lane.of)
                right = left + round(width * (lane.number + 1) / lane.of)
                top = self._y(begin)
                button.setGeometry(x, top, right - x - 1, self._y(end) - top - 1)

    # the cursor

    def _stops(self, number: int) -> list[Stop]:
        """Return where the cursor can stand in a column, from above to below."""
        column = self._buttons[number]
        begun = {one.slot.at.hour for one in column if one.slot.at}
        free = [Stop(hour * 60, None) for hour in range(self._first, self._last)]
        stops = [one for one in free if one.minute is not None and one.minute // 60 not in begun]
        stops += [self._stop_of(one) for one in column]
        return sorted(stops, key=lambda one: -1 if one.minute is None else one.minute)

    @staticmethod
    def _stop_of(button: SlotButton) -> Stop:
        return Stop(_minute(button.slot.at) if button.slot.at else None, button)

    def _nearest(self, number: int, minute: int | None) -> Stop:
        wanted = -60 if minute is None else minute
        return min(
            self._stops(number),
            key=lambda one: abs((-60 if one.minute is None else one.minute) - wanted),
        )

    def _move(self, key: Qt.Key) -> None:
        stops = self._stops(self._at)
        place = stops.index(self._stop) if self._stop in stops else 0
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if key == Qt.Key.Key_Down else -1
            place = max(0, min(place + step, len(stops) - 1))
            self._stand(self._at, stops[place], focus=True)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to(0 if key == Qt.Key.Key_Home else len(self._columns) - 1)
        else:
            self._go_to(self._at + (1 if key == Qt.Key.Key_Right else -1))

    def _go_to(self, number: int) -> None:
        if 0 <= number < len(self._columns):
            self._stand(number, self._nearest(number, self._stop.minute), focus=True)
            return
        self._at = 0 if number > 0 else len(self._columns) - 1
        self.turned.emit(1 if number > 0 else -1)

    def _stand(self, number: int, stop: Stop, *, focus: bool) -> None:
        """Put the cursor somewhere: that alone is reached by the tabulator key."""
        self._at, self._stop = number, stop
        for button in self.slots():
            here = button is stop.button
            button.setFocusPolicy(_REACHED if here else Qt.FocusPolicy.ClickFocus)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if stop.button else _REACHED)
        self._say()
        if focus:
            self.target().setFocus(Qt.FocusReason.OtherFocusReason)
            self.stood.emit()
        self.update()

    def _say(self) -> None:
        """Let a screen reader say on which day and hour the cursor is."""
        if not self._columns or self._stop.button is not None:
            self.setAccessibleName(_("Calendar"))
            return
        column, at = self._columns[self._at], self.hour()
        said = [format_weekday(column.day)]
        said += [column.title] if column.day == self._beside() else []
        said += [f"{at:%H:%M}" if at else "", _("free")]
        self.setAccessibleName(", ".join(part for part in said if part))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _beside(self) -> date | None:
        """Return the day that has several columns, if it has."""
        days = [one.day for one in self._columns]
        return days[0] if len(days) > 1 and days[0] == days[-1] else None

    def _holds_focus(self) -> bool:
        return self.hasFocus() or any(one.hasFocus() for one in self.slots())

    def cursor_box(self) -> QRect:
        """Return where the cursor is drawn."""
        if self._stop.button is not None:
            return self._stop.button.geometry()
        left = self.left_of(self._at)
        top = self._y(self._stop.minute or 0)
        bottom = self._y((self._stop.minute or 0) + 60)
        return QRect(left, top, self.left_of(self._at + 1) - left, bottom - top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVING and not event.modifiers():
            self._move(Qt.Key(event.key()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.begun.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._columns:
            self._point(event.position())
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._columns:
            self._point(event.position())
            self.begun.emit()

    def _point(self, at: QPointF) -> None:
        room = max(1, self.width() - self.gutter)
        number = int((at.x() - self.gutter) / room * len(self._columns))
        number = max(0, min(number, len(self._columns) - 1))
        hour = self._first + int((at.y() - self._top()) / self._hour_height())
        hour = max(self._first, min(hour, self._last - 1))
        self._stand(number, Stop(hour * 60, None), focus=True)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            self._paint_today(painter)
            self._paint_hours(painter)
            for number in range(1, len(self._columns)):
                painter.fillRect(QRectF(self.left_of(number), 0, 1, self.height()), color("border"))
            if self._columns and self._stop.button is None:
                self._paint_cursor(painter)
            self._paint_now(painter)

    def _paint_today(self, painter: QPainter) -> None:
        if self._now is None or self._beside():
            return
        for number, column in enumerate(self._columns):
            if column.day == self._now.date() and len(self._columns) > 1:
                left, right = self.left_of(number), self.left_of(number + 1)
                painter.fillRect(QRect(left, 0, right - left, self.height()), color("sunken"))

    def _paint_hours(self, painter: QPainter) -> None:
        drawn = font("caption", tabular=True)
        painter.setFont(drawn)
        painter.setPen(color("muted"))
        height = QFontMetrics(drawn).height()
        for hour in range(self._first, self._last + 1):
            y = self._y(hour * 60)
            paint_separator(painter, self.gutter, self.width(), y)
            if hour < self._last:
                box = QRectF(0, y - height / 2 + scaled(2), self.gutter - scaled(8), height)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{hour:02}:00")

    def _paint_cursor(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(
            color("accent" if self.hasFocus() else "border_btn"), 2 if self.hasFocus() else 1
        )
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.cursor_box()).adjusted(2, 2, -2, -2), 5, 5)

    def _paint_now(self, painter: QPainter) -> None:
        y = self.now_line()
        if y is None or self._now is None or not self._top() <= y <= self.height():
            return
        for number, column in enumerate(self._columns):
            if column.day == self._now.date():
                left, right = self.left_of(number), self.left_of(number + 1)
                painter.fillRect(QRectF(left, y - 1, right - left, 2), color("danger"))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("danger"))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.drawEllipse(QPointF(left + 1, y), scaled(4), scaled(4))


_REACHED = Qt.FocusPolicy.StrongFocus


def _minute(at: time | None) -> int:
    return at.hour * 60 + at.minute if at else 0


def _end(slot: OrderSlot) -> int:
    """Return until when an order is drawn; what lasts beyond midnight ends there."""
    return min(_minute(slot.at) + max(slot.minutes or 0, _SHORTEST), _DAY)
