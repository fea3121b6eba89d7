"""A field to sign in, with a finger, a pen or the mouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdprdesk_ui.theme import color, scaled
from gdprdesk_ui.tokens import LIGHT, Token

_WIDTH, _SHARPER, _AROUND = 2.6, 2, 12
_NEAR = 1.5
_INK, _PAPER, _LINE = (QColor(LIGHT[token]) for token in ("text", "surface", "border_btn"))
_TOUCHES = {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd}


class SignaturePad(QWidget):
    """What is drawn here becomes a picture. The strokes are smoothed; each can be taken back.

    Signals:
        changed: Something was drawn or taken back.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._strokes: list[list[QPointF]] = []
        self._draws = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn; a single dot is nothing."""
        return not any(len(stroke) > 1 for stroke in self._strokes)

    def undo(self) -> None:
        """Take back the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        """Take back everything."""
        self._strokes.clear()
        self._draws = False
        self._tell()

    def png(self) -> bytes:
        """Return the drawing as PNG, dark on white, no larger than what was drawn."""
        path = self._path()
        around = path.boundingRect().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        size = (around.size() * _SHARPER).toSize()
        image = QImage(size, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(_SHARPER, _SHARPER)
            painter.translate(-around.topLeft())
            painter.strokePath(path, _pen(_INK))
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(content.data())

    def sizeHint(self) -> QSize:
        return QSize(scaled(520), scaled(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(240), scaled(110))

    def event(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES and isinstance(event, QTouchEvent):
            points = event.points()
            if points:  # one finger signs; a hand that rests on the screen does not
                self._take(points[0].position(), begins=event.type() is QEvent.Type.TouchBegin)
            self._draws = event.type() is not QEvent.Type.TouchEnd
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._draws = True
            self._take(event.position(), begins=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._draws:
            self._take(event.position(), begins=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._draws and event.button() is Qt.MouseButton.LeftButton:
            self._take(event.position(), begins=False)
            self._draws = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge: Token = "accent" if self.hasFocus() else "border_strong"
            painter.setPen(QPen(color(edge), 2 if self.hasFocus() else 1.4))
            painter.setBrush(_PAPER)  # as the picture that is kept, by day and by night
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
            line = self.height() * 0.76
            painter.setPen(QPen(_LINE, 1.2))
            painter.drawLine(QPointF(24, line), QPointF(self.width() - 24, line))
            painter.strokePath(self._path(), _pen(_INK))

    def _take(self, point: QPointF, *, begins: bool) -> None:
        inside = QPointF(
            min(max(point.x(), 0.0), self.width()), min(max(point.y(), 0.0), self.height())
        )
        if begins or not self._strokes:
            self._strokes.append([inside])
        elif (inside - self._strokes[-1][-1]).manhattanLength() >= _NEAR:
            self._strokes[-1].append(inside)
        self._tell()

    def _path(self) -> QPainterPath:
        """Return the strokes as one path, each point rounded off towards the next."""
        path = QPainterPath()
        for stroke in self._strokes:
            path.moveTo(stroke[0])
            for point, then in pairwise(stroke):
                path.quadTo(point, (point + then) / 2)
            path.lineTo(stroke[-1])
        return path

    def _tell(self) -> None:
        self.update()
        self.changed.emit()


def _pen(ink: QColor) -> QPen:
    return QPen(
        ink, _WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
