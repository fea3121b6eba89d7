"""One picture, recording or reference in the grid: what it is, and whether it may be shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gdprdesk.domain.terms import MediaKind, say
from gdprdesk.i18n import _
from gdprdesk.services.media_view import MediaRow
from gdprdesk_ui.painting import paint_icon, paint_pill
from gdprdesk_ui.theme import color, font, scaled
from gdprdesk_ui.tokens import TILE_RADIUS, Token, Tone

_WIDTH, _PICTURE, _FOOT = 216, 140, 84
SIGNS = {
    MediaKind.PHOTO: "image",
    MediaKind.AUDIO: "megaphone",
    MediaKind.VIDEO: "video",
    MediaKind.TEXT: "message-square",
}


def state_of(row: MediaRow) -> tuple[str, Tone]:
    """Return in a few words whether something may be shown, and how pressing that is."""
    if row.wrong:
        return _("To take down"), "danger"
    if row.shown:
        return _("Published"), "accent"
    if row.allowed:
        return _("May be shown"), "info"
    return _("May not be shown"), "neutral"


class MediaTile(QAbstractButton):
    """A small picture with its name under it; a press opens its page.

    Args:
        row: What it shows.
        preview: The small picture as JPEG; empty without one.
    """

    def __init__(self, row: MediaRow, preview: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._pixmap = QPixmap()
        if preview:
            self._pixmap.loadFromData(preview)
        self._tone: Tone
        self._state, self._tone = state_of(row)
        self.setAccessibleName(", ".join((row.title, say(row.kind), *row.names, self._state)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(_WIDTH), scaled(_PICTURE + _FOOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge: Token = "accent" if self.hasFocus() else "border_btn"
        width = 2 if self.hasFocus() else 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            path = QPainterPath()
            path.addRoundedRect(box, TILE_RADIUS, TILE_RADIUS)
            painter.setClipPath(path)
            painter.fillPath(path, color("hover" if self.underMouse() else "surface"))
            self._paint_picture(
                painter, QRectF(box.left(), box.top(), box.width(), scaled(_PICTURE))
            )
            self._paint_words(painter, box)
            painter.setClipping(False)
            painter.setPen(QPen(color(edge), width))
            painter.drawPath(path)

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, color("sunken"))
        if self._pixmap.isNull():
            size = scaled(36)
            at = box.center() - QPointF(size / 2, size / 2)
            paint_icon(painter, SIGNS[self.row.kind], "muted", at, size)
            return
        shown = QRectF(self._pixmap.rect())
        ratio = max(box.width() / shown.width(), box.height() / shown.height())
        part = QRectF(0, 0, box.width() / ratio, box.height() / ratio)
        part.moveCenter(shown.center())
        painter.drawPixmap(box, self._pixmap, part)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        left, room = box.left() + scaled(12), int(box.width() - scaled(24))
        top = box.top() + scaled(_PICTURE + 8)
        said = ((self.row.title, "strong", "text"), (", ".join(self.row.names), "small", "muted"))
        for words, kind, tint in said:
            painter.setFont(font(kind))  # type: ignore[arg-type]
            painter.setPen(color(tint))  # type: ignore[arg-type]
            metrics = QFontMetrics(painter.font())
            elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(left, top + metrics.ascent()), elided)
            top += metrics.height() + 1
        paint_pill(painter, QPointF(left, top + scaled(14)), self._state, self._tone, slim=True)
