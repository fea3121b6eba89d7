"""One order in the calendar: when, what, whose, and how far it has come."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gdprdesk.domain.terms import BookingState, say
from gdprdesk.i18n import _, format_weekday
from gdprdesk.services.order_calendar import OrderSlot
from gdprdesk.services.reports.week import slot_time
from gdprdesk_ui.painting import paint_icon, paint_text
from gdprdesk_ui.theme import color, font, scaled
from gdprdesk_ui.tokens import Token, Tone, ink, soft

MOVING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
"""The keys that move through the calendar, from one order or hour to another."""

_RADIUS, _BAR, _SIGN, _TWO = 5, 3, 12, 2
_SIGNS: dict[BookingState, tuple[Tone, str]] = {
    BookingState.ENQUIRY: ("info", "message-circle"),
    BookingState.CONFIRMED: ("accent", ""),
    BookingState.COMPLETED: ("neutral", "check"),
    BookingState.CANCELLED: ("neutral", "ban"),
    BookingState.NO_SHOW: ("warn", "user-x"),
}
_LATE: tuple[Tone, str] = ("danger", "clock")
_EDGES: dict[Tone, Token] = {
    "neutral": "border_strong",
    "accent": "accent",
    "info": "info",
    "warn": "warn",
    "danger": "danger",
}


class SlotButton(QAbstractButton):
    """An order; Enter or a click opens it, the arrows lead to the next.

    Signals:
        moved: A key that moves through the calendar was pressed.
    """

    moved = Signal(Qt.Key)

    def __init__(self, slot: OrderSlot, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.slot = slot
        late = slot.state is BookingState.CONFIRMED and slot.day < today
        self._tone: Tone
        self._tone, self._sign = _LATE if late else _SIGNS[slot.state]
        self._state = _("Not fetched") if late else say(slot.state)
        self._is_chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.spoken())
        self.setToolTip(self.spoken().replace(", ", "\n"))

    def spoken(self) -> str:
        """Return all of it in words: when, what, whose, where, how far it has come."""
        slot = self.slot
        parts = (
            format_weekday(slot.day),
            slot_time(slot),
            slot.title,
            slot.who,
            slot.practitioner,
            slot.room,
            self._state,
            _("Paid") if slot.is_paid else "",
        )
        return ", ".join(part for part in parts if part)

    def choose(self, *, chosen: bool) -> None:
        """Show that it is the one that stands beside the calendar, or not."""
        self._is_chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVING and not event.modifiers():
            self.moved.emit(Qt.Key(event.key()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = self.hasFocus() or self._is_chosen
            edge = QPen(color("text" if chosen else _EDGES[self._tone]), 2 if chosen else 1)
            if self.slot.state is BookingState.ENQUIRY and not chosen:
                edge.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(edge)
            painter.setBrush(color("hover" if self.underMouse() else soft(self._tone)))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
            painter.setClipRect(box)
            painter.fillRect(QRectF(box.left(), box.top(), _BAR, box.height()), edge.color())
            self._paint_words(painter, box.adjusted(_BAR + scaled(5), 0, -scaled(5), 0))

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        """Paint as many lines as there is room for, the most needed first."""
        strong, plain = font("caption", tabular=True), font("caption")
        plain.setWeight(QFont.Weight.Normal)
        leading = QFontMetrics(strong).height()
        tint = ink(self._tone)
        right = 0
        if self._sign and box.width() > scaled(_SIGN * 2):
            right = scaled(_SIGN + 4)
            at = QPointF(box.right() - scaled(_SIGN), box.top() + scaled(4))
            paint_icon(painter, self._sign, tint, at, scaled(_SIGN))
        room = max(1, int(box.height() // leading))
        lines = self._lines(room, QFontMetrics(strong), box.width() - right)
        top = box.top() + max(0.0, min((box.height() - leading * len(lines)) / 2, scaled(3)))
        for number, (line, drawn) in enumerate(lines):
            width = box.width() - (right if number == 0 else 0)
            place = QRectF(box.left(), top + number * leading, width, leading)
            paint_text(painter, place, line, strong if drawn else plain, tint=tint)

    def _lines(self, room: int, metrics: QFontMetrics, width: float) -> list[tuple[str, bool]]:
        """Return what is painted line by line, and whether it is strong.

        Where it stands says when it is, so the time goes first where not all has room.
        """
        slot = self.slot
        at = f"{slot.at:%H:%M}" if slot.at else ""
        timed = f"{at} {slot.title}".strip()
        if room == 1:
            fits = metrics.horizontalAdvance(timed) <= width
            with_who = ", ".join(part for part in (timed, slot.who) if part)
            return [(with_who if fits else slot.title, True)]
        where = ", ".join(part for part in (slot.practitioner, slot.room) if part)
        whole = f"{slot_time(slot)} {slot.title}".strip()
        if metrics.horizontalAdvance(whole) <= width or room == _TWO:
            first = whole if metrics.horizontalAdvance(whole) <= width else slot.title
            lines = [(first, True)]
        else:
            lines = [(slot_time(slot) or slot.title, True)]
            lines += [(slot.title, True)] if slot.at else []
        lines += [(slot.who, False), (where, False)]
        return [line for line in lines if line[0]][:room]
