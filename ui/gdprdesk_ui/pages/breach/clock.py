"""The clock of a breach: a ring that empties, and by when it is reported."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdprdesk.i18n import _, format_moment, format_weekday
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk.services.breach_words import clock_words
from gdprdesk_ui.pages.breaches.words import tone_of
from gdprdesk_ui.theme import color, font, scaled
from gdprdesk_ui.tokens import Token
from gdprdesk_ui.widgets import Card, Icon, Label, column, row

_SIZE, _WIDTH, _FULL = 164, 12, 360 * 16
_TOP = 90 * 16


class ClockRing(QWidget):
    """How many hours are left, as a ring and as a number."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._hours, self._words, self._under = 0, 72, "", ""
        self._tint: Token = "warn"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_clock(self, left: int, hours: int, words: str, under: str, tint: Token) -> None:
        """Show how much is left of how much, what stands in the middle and what under it."""
        self._left, self._hours, self._words, self._under = left, hours, words, under
        self._tint = tint
        self.setAccessibleName(f"{words} {under}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(_SIZE), scaled(_SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = scaled(_WIDTH)
            inset = width / 2 + 1
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            rings: tuple[tuple[Token, float], ...] = (
                ("border", 1.0),
                (self._tint, self._left / self._hours),
            )
            for tint, part in rings:
                pen = QPen(color(tint), width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawArc(box, _TOP, -round(_FULL * part))
            painter.setPen(color("text"))
            painter.setFont(font("display"))
            middle = QRectF(self.rect())
            painter.drawText(
                middle.adjusted(0, 0, 0, -scaled(18)), Qt.AlignmentFlag.AlignCenter, self._words
            )
            painter.setPen(color("muted"))
            painter.setFont(font("small"))
            painter.drawText(
                middle.adjusted(0, scaled(40), 0, 0), Qt.AlignmentFlag.AlignCenter, self._under
            )


class ClockCard(Card):
    """How much time is left to report, and by when; or how it ended."""

    def __init__(self) -> None:
        super().__init__(spacing=12)
        self.ring = ClockRing()
        self.caption = Label(_("To be reported by"), "small", "muted")
        self.sentence = Label("", "strong", wrap=True)
        self.hint = Label("", "small", "muted", wrap=True)
        for label in (self.caption, self.sentence, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._done = Icon("circle-check", "accent_text", 32)
        self.add(row(None, self.ring, None), row(None, self._done, None))
        self.add(column(self.caption, self.sentence, self.hint, spacing=4))

    def show_breach(self, one: BreachDetail) -> None:
        """Show how the clock of a breach stands."""
        clock = one.row.clock
        self.ring.setVisible(clock.runs)
        self.caption.setVisible(clock.runs)
        self._done.setVisible(not clock.runs)
        if not clock.runs:
            self.sentence.setText(clock_words(one.row))
            at = one.row.reported_at
            self.hint.setText(format_moment(at) if at else one.row.not_reported)
            self.hint.setVisible(bool(self.hint.text()))
            return
        count = clock.over if clock.is_late else clock.left
        tint: Token = "danger" if tone_of(one.row) == "danger" else "warn"
        under = _("late") if clock.is_late else _("of {hours} left").format(hours=clock.hours)
        words = _("{count} h").format(count=count)
        self.ring.show_clock(clock.left, clock.hours, words, under, tint)
        due = clock.due_at.astimezone()
        self.sentence.setText(f"{format_weekday(due.date())} {due:%H:%M}")
        self.hint.setText(
            _("If it is unlikely that anybody is harmed you need not, but write why.")
        )
        self.hint.show()
