"""A page with one card in the middle of rings: unlock and its neighbours."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.theme import NEW_LOOK, color, scaled
from gdprdesk_ui.widgets import Card, Icon, Label, Logo, column, holder, row, scrolling
from gdprdesk_ui.widgets.layout import Item

CARD_WIDTH = 432
_FIRST_RING, _LAST_RING, _GAP = 230, 1600, 90
_CENTRE = 0.47  # of the height


class _Rings(QWidget):
    """Rings around the card, fainter outwards."""

    def paintEvent(self, event: QPaintEvent) -> None:
        centre = QPointF(self.width() / 2, self.height() * _CENTRE)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, radius in enumerate(range(_FIRST_RING, _LAST_RING, _GAP)):
                tint = QColor(color("accent"))
                tint.setAlpha(max(6, 26 - 3 * number))
                painter.setPen(QPen(tint, 1.2))
                painter.drawEllipse(centre, radius, radius)


class CardPage(QWidget):
    """The logo, a title, a sentence, and what stands in the card under them.

    Attributes:
        title: What the page is about.
        sentence: What to do.
        card: Where a page puts its fields and buttons.
        card_width: How wide the card is, at 100 %.
        foot: Where a page adds sentences under the card.
    """

    card_width: ClassVar[int] = CARD_WIDTH

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "page")
        self.sentence = Label("", "body", "muted", wrap=True)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.card = Card(
            row(None, Logo(56), None), 14, self.title, 4, self.sentence, 22, padding=28, spacing=0
        )
        self.foot = column(spacing=6)
        self.add_to_foot(
            _("Encrypted on this computer. Nothing is sent over the internet."), "shield-check"
        )
        self._column = holder(column(None, self.card, 18, self.foot, None, spacing=0))
        rings = _Rings()
        rings.setLayout(row(None, self._column, None, margins=(24, 24, 24, 24)))
        self.setLayout(column(scrolling(rings)))
        self._measure()

    def add_to_foot(self, sentence: str, icon_name: str = "") -> None:
        """Add a quiet sentence under the card."""
        sign: list[Item] = [Icon(icon_name, "accent_text", 16)] if icon_name else []
        self.foot.addLayout(row(None, *sign, Label(sentence, "small", "muted"), None))

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        self._column.setFixedWidth(scaled(self.card_width))
