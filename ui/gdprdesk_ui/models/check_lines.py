"""Lines to be ticked: what, whose, and what is said of it at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gdprdesk_ui.models.entries import Index
from gdprdesk_ui.painting import paint_icon, paint_separator, paint_text
from gdprdesk_ui.theme import color, font, scaled
from gdprdesk_ui.tokens import ROLES, Role, Token

LINE_HEIGHT = 40
_ROOT = QModelIndex()
_BOX, _EDGE = 18, 16
_SHARES = (0.34, 0.62)


@dataclass(frozen=True, repr=False)
class CheckLine:
    """One line.

    Attributes:
        key: What the page knows it by.
        what: What it is: "Order 2210".
        whom: Whose it is; empty for nobody's.
        end: What is said of it: its last day, or why it stays.
        role: In which colour that is said.
        ticked: Whether its box is ticked; nothing for a line without a box.
    """

    key: Any
    what: str
    whom: str
    end: str
    role: Role = "muted"
    ticked: bool | None = None

    def spoken(self) -> str:
        """Return what a screen reader says; the tick it says by itself."""
        return ", ".join(part for part in (self.what, self.whom, self.end) if part)


class CheckLineModel(QAbstractListModel):
    """Lines of which at first only some are shown. A tick is only asked for: the page decides.

    Signals:
        turned: The box of a line was to be ticked, or not any more; its key.

    Attributes:
        LINE: The role that returns the line.
    """

    turned = Signal(object, bool)
    LINE = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[CheckLine] = ()
        self._shown = 0

    def show_lines(self, lines: Sequence[CheckLine], shown: int) -> None:
        """Show other lines, at most so many; the same ones are only painted anew."""
        same = [one.key for one in lines] == [one.key for one in self._lines]
        if same and shown == self._shown:
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
            return
        self.beginResetModel()
        self._lines, self._shown = lines, shown
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else min(len(self._lines), self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == self.LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken()
        if role == Qt.ItemDataRole.CheckStateRole and line.ticked is not None:
            return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        line = self._lines[index.row()]
        self.turned.emit(line.key, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self._lines[index.row()].ticked is not None:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found


class CheckLineDelegate(QStyledItemDelegate):
    """Paints such lines in three columns; a click anywhere in a line turns its box.

    Args:
        shares: Where the second and the third column begin, as shares of the line.
        parent: The list.
    """

    def __init__(self, parent: QObject, shares: tuple[float, float] = _SHARES) -> None:
        super().__init__(parent)
        self._shares = shares

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(100), scaled(LINE_HEIGHT))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        line: CheckLine = index.data(CheckLineModel.LINE)
        if isinstance(event, QMouseEvent) and line.ticked is not None:
            if event.type() == QEvent.Type.MouseButtonRelease:
                wanted = Qt.CheckState.Unchecked if line.ticked else Qt.CheckState.Checked
                return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
            return True
        return super().editorEvent(event, model, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        line: CheckLine = index.data(CheckLineModel.LINE)
        states = QStyle.StateFlag
        here = bool(option.state & states.State_HasFocus and option.state & states.State_Selected)
        if here or option.state & states.State_MouseOver:
            painter.fillRect(box, color("sel" if here else "hover"))
        if index.row():
            paint_separator(painter, box.left() + _EDGE, box.right(), box.top())
        left = box.left() + _EDGE
        if line.ticked is not None:
            _paint_box(painter, QPointF(left, box.center().y()), ticked=line.ticked)
            left += scaled(_BOX + 12)
        _paint_words(painter, box.adjusted(left - box.left(), 0, -_EDGE, 0), line, self._shares)


def _paint_words(
    painter: QPainter, box: QRectF, line: CheckLine, shares: tuple[float, float]
) -> None:
    gap, left, right = scaled(12), box.left(), box.right()
    whom, end = (left + (right - left) * share for share in shares)
    body, small = font("body"), font("small", tabular=line.role == "muted")
    tint: Token = "muted" if line.ticked is False else "text"
    columns = (
        (left, whom if line.whom else end, line.what),
        (whom, end, line.whom),
    )
    for begins, ends, words in columns:
        if words:
            place = QRectF(begins, box.top(), ends - begins - gap, box.height())
            paint_text(painter, place, words, body, tint=tint)
    wide = min(QFontMetrics(small).horizontalAdvance(line.end) + 1, right - end)
    place = QRectF(right - wide, box.top(), wide, box.height())
    paint_text(painter, place, line.end, small, tint=ROLES[line.role])


def _paint_box(painter: QPainter, at: QPointF, *, ticked: bool) -> None:
    size = scaled(_BOX)
    square = QRectF(at.x() + 0.5, at.y() - size / 2 + 0.5, size - 1, size - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("accent" if ticked else "border_strong"), 1))
    painter.setBrush(color("accent" if ticked else "surface"))
    painter.drawRoundedRect(square, 5, 5)
    painter.restore()
    if ticked:
        inner = size - 4
        paint_icon(painter, "check", "on_accent", QPointF(at.x() + 2, at.y() - inner / 2), inner)
