"""Signs that are painted both by widgets and by the cells of tables and lists."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from gdprdesk_ui.theme import color, font, look, pixmap, scaled
from gdprdesk_ui.tokens import AVATARS_DARK, AVATARS_LIGHT, TILE_RADIUS, Token, Tone, ink, soft

PILL_HEIGHT, SLIM_PILL_HEIGHT, PILL_ICON = 24, 19, 13
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def paint_icon(painter: QPainter, name: str, tint: Token, at: QPointF, size: int) -> None:
    """Paint an icon, sharp on any screen. `at` is its upper left corner."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPoint(round(at.x()), round(at.y())), pixmap(name, tint, size, ratio))


def paint_separator(painter: QPainter, left: float, right: float, y: float) -> None:
    """Paint a line one device pixel thin, at every scale of the screen."""
    to_device = painter.deviceTransform()
    on_device = to_device.map(QPointF(left, y))
    snapped = QPointF(on_device.x(), ceil(on_device.y() - 0.01))
    back, _invertible = to_device.inverted()
    thin = 1 / painter.device().devicePixelRatioF()
    painter.fillRect(QRectF(left, back.map(snapped).y(), right - left, thin), color("border"))


def pill_width(text: str, icon: str | None = None) -> int:
    """Return how wide a pill is with its icon."""
    width = QFontMetrics(font("caption")).horizontalAdvance(text) + scaled(18)
    return width + (scaled(PILL_ICON + 4) if icon else 0)


def paint_pill(
    painter: QPainter,
    at: QPointF,
    text: str,
    tone: Tone = "neutral",
    icon: str | None = None,
    *,
    slim: bool = False,
) -> None:
    """Paint a rounded label. `at` is the middle of its left edge; slim between two lines."""
    width, height = pill_width(text, icon), scaled(SLIM_PILL_HEIGHT if slim else PILL_HEIGHT)
    box = QRectF(at.x(), at.y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(soft(tone)))
    painter.drawRoundedRect(box, height / 2, height / 2)
    x = box.left() + scaled(9)
    if icon:
        size = scaled(PILL_ICON)
        paint_icon(painter, icon, ink(tone), QPointF(x, box.center().y() - size / 2), size)
        x += scaled(PILL_ICON + 4)
    painter.setPen(color(ink(tone)))
    painter.setFont(font("caption"))
    painter.drawText(QRectF(x, box.top(), box.right() - x, height), _LEFT, text)
    painter.restore()


def paint_tile(
    painter: QPainter, box: QRectF, icon: str, *, ground: Token, tint: Token, size: int
) -> None:
    """Paint an icon on a tinted, rounded ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(ground))
    painter.drawRoundedRect(box, TILE_RADIUS, TILE_RADIUS)
    paint_icon(painter, icon, tint, box.center() - QPointF(size / 2, size / 2), size)
    painter.restore()


def initials(name: str) -> str:
    """Return the first letters of the first two words of a name."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def paint_avatar(painter: QPainter, box: QRectF, name: str) -> None:
    """Paint the initials of a name on a ground that the name itself chooses."""
    pairs = AVATARS_DARK if look().dark else AVATARS_LIGHT
    ground, letters = pairs[sum(map(ord, name)) % len(pairs)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawEllipse(box)
    drawn = font("strong")
    drawn.setPixelSize(max(1, int(box.height() * 0.38)))
    drawn.setWeight(QFont.Weight.DemiBold)
    painter.setFont(drawn)
    painter.setPen(QColor(letters))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


def paint_text(
    painter: QPainter, box: QRectF, text: str, drawn: QFont, *, tint: Token, needle: str = ""
) -> float:
    """Paint one line, cut with an ellipsis if need be, and mark what was searched for.

    Returns:
        The width of what was painted.
    """
    metrics = QFontMetrics(drawn)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.save()
    painter.setFont(drawn)
    start = shown.lower().find(needle.lower()) if needle else -1
    painter.setPen(color(tint))
    if start < 0:
        painter.drawText(box, _LEFT, shown)
    else:
        before = metrics.horizontalAdvance(shown[:start])
        wide = metrics.horizontalAdvance(shown[start : start + len(needle)])
        mark = QRectF(box.left() + before, box.top(), wide, box.height())
        _paint_mark(painter, mark, metrics)
        painter.drawText(box, _LEFT, shown)
        painter.setPen(color("mark_text"))
        painter.setClipRect(mark)
        painter.drawText(box, _LEFT, shown)
    painter.restore()
    return float(metrics.horizontalAdvance(shown))


def _paint_mark(painter: QPainter, box: QRectF, metrics: QFontMetrics) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("mark"))
    top = box.top() + (box.height() - metrics.height()) / 2
    painter.drawRoundedRect(QRectF(box.left() - 1, top, box.width() + 2, metrics.height()), 3, 3)
    painter.restore()
