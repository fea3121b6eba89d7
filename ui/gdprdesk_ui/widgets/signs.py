"""Small painted signs: icon, tile, avatar, pill, logo. They follow the scheme and the text size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gdprdesk_ui.painting import (
    PILL_HEIGHT,
    paint_avatar,
    paint_icon,
    paint_pill,
    paint_tile,
    pill_width,
)
from gdprdesk_ui.theme import color, icon, scaled
from gdprdesk_ui.tokens import Token, Tone, ink, soft


class _Sign(QWidget):
    """A square sign of a fixed size that grows with the text."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(self._size), scaled(self._size))


class Icon(_Sign):
    """An icon beside a text that says the same."""

    def __init__(
        self, name: str, tint: Token = "muted", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(size, parent)
        self.set_icon(name, tint)

    def set_icon(self, name: str, tint: Token = "muted") -> None:
        """Show another icon."""
        icon(name)  # an unknown name fails here, not while painting
        self._name = name
        self._tint: Token = tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_icon(painter, self._name, self._tint, QPointF(0, 0), self.width())


class IconTile(_Sign):
    """An icon on a tinted tile: the only fill of colour in lists."""

    def __init__(
        self,
        name: str,
        tone: Tone = "neutral",
        size: int = 36,
        icon_size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(size, parent)
        icon(name)
        self._name, self._icon_size = name, icon_size
        self._ground: Token = soft(tone)
        self._tint: Token = ink(tone)

    def set_colours(self, ground: Token, tint: Token) -> None:
        """Change the colours, where the tile stands on a tinted ground."""
        self._ground, self._tint = ground, tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_tile(
                painter,
                QRectF(self.rect()),
                self._name,
                ground=self._ground,
                tint=self._tint,
                size=scaled(self._icon_size),
            )


class Avatar(_Sign):
    """The initials of a person."""

    def __init__(self, name: str, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(size, parent)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_avatar(painter, QRectF(self.rect()), self._name)


class Pill(QLabel):
    """A word or two on a rounded ground, with an icon where the tone matters."""

    def __init__(
        self,
        text: str,
        tone: Tone = "neutral",
        icon_name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_pill(text, tone, icon_name)

    def set_pill(self, text: str, tone: Tone = "neutral", icon_name: str | None = None) -> None:
        """Say something else."""
        if icon_name:
            icon(icon_name)
        self._tone: Tone = tone
        self._icon = icon_name
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.text(), self._icon), scaled(PILL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            middle = QPointF(0, self.height() / 2)
            paint_pill(painter, middle, self.text(), self._tone, self._icon)


class Logo(_Sign):
    """The sign of the program, drawn so that it is sharp at any size."""

    def __init__(self, size: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(size, parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.width() / 32, self.height() / 32)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(QRectF(0, 0, 32, 32), 9, 9)
            pen = QPen(color("on_accent"), 2.4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(11.6, 6.6, 8.8, 8.8))
            shoulder = QPainterPath(QPointF(7.2, 25.4))
            shoulder.cubicTo(7.2, 18.6, 17, 17.6, 19.4, 19.6)
            painter.drawPath(shoulder)
            painter.drawPolyline([QPointF(17, 23), QPointF(20, 26), QPointF(26, 19)])
