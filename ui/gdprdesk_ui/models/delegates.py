"""Paint the cells of tables and the lines of lists."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gdprdesk_ui.models.cells import Cell, TextCell, paint_two_lines
from gdprdesk_ui.models.entries import Entry, EntryModel, Index
from gdprdesk_ui.models.paged_table import PagedTableModel
from gdprdesk_ui.painting import paint_avatar, paint_icon, paint_separator, paint_text
from gdprdesk_ui.theme import color, font, scaled
from gdprdesk_ui.tokens import ROW_HEIGHT, L, M, Token, ink, soft

HEADING_HEIGHT, ENTRY_HEIGHT, ONE_LINE_HEIGHT, RAIL_HEIGHT = 36, 50, 40, 58


def _is(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


class CellDelegate(QStyledItemDelegate):
    """Paints any `Cell`, with the ground of its row, a separator, and a mark at a chosen row.

    Attributes:
        needle: What was searched for; it is marked wherever it stands.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.needle = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(100), scaled(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        chosen = _is(option, QStyle.StateFlag.State_Selected)
        hovered = _is(option, QStyle.StateFlag.State_MouseOver)
        ground: Token = "sel" if chosen else "hover" if hovered else "surface"
        painter.fillRect(box, color(ground))
        paint_separator(painter, box.left(), box.right(), box.bottom() - 1)
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), color("accent"))
        cell: Cell | None = index.data(PagedTableModel.CELL)
        if cell is None:
            right = index.data(Qt.ItemDataRole.TextAlignmentRole) is not None
            cell = TextCell(index.data() or "", right=right)
        cell.paint(painter, box.adjusted(L, 0, -M, 0), self.needle)


class EntryDelegate(QStyledItemDelegate):
    """Paints entries under their headings, each a rounded row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry | None = index.data(EntryModel.ENTRY)
        if entry is None:
            return QSize(scaled(100), scaled(HEADING_HEIGHT))
        return QSize(scaled(100), scaled(ENTRY_HEIGHT if entry.detail else ONE_LINE_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        entry: Entry | None = index.data(EntryModel.ENTRY)
        if entry is None:
            words = box.adjusted(scaled(20), scaled(8), 0, 0)
            paint_text(painter, words, index.data(), font("group"), tint="muted")
            return
        inner = box.adjusted(8, 1, -8, -1)
        chosen = _is(option, QStyle.StateFlag.State_Selected)
        if chosen or _is(option, QStyle.StateFlag.State_MouseOver):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("sel" if chosen else "hover"))
            painter.drawRoundedRect(inner, 8, 8)
            painter.restore()
        self._paint_entry(painter, inner, entry, chosen=chosen)

    def _paint_entry(self, painter: QPainter, box: QRectF, entry: Entry, *, chosen: bool) -> None:
        middle = box.center().y()
        if entry.avatar:
            size = scaled(30)
            circle = QRectF(box.left() + scaled(12), middle - size / 2, size, size)
            paint_avatar(painter, circle, entry.avatar)
            left = circle.right() + scaled(12)
        else:
            size = scaled(18)
            if entry.icon:
                tint = "accent_text" if chosen and entry.tone == "neutral" else _icon_tint(entry)
                corner = QPointF(box.left() + scaled(12), middle - size / 2)
                paint_icon(painter, entry.icon, tint, corner, size)
            left = box.left() + scaled(42 if entry.icon else 12)
        right = _paint_end(painter, box, entry)
        words = QRectF(left, box.top(), right - left - scaled(8), box.height())
        if entry.detail:
            pill, tone = entry.pill or ("", "neutral")
            paint_two_lines(painter, words, entry.title, entry.detail, pill=pill, tone=tone)
        else:
            paint_text(painter, words, entry.title, font("body"), tint="text")


def _icon_tint(entry: Entry) -> Token:
    return "muted" if entry.tone == "neutral" else ink(entry.tone)


def _paint_end(painter: QPainter, box: QRectF, entry: Entry) -> float:
    """Paint what stands to the right and return where it begins."""
    right = box.right() - scaled(12)
    if entry.end_icon:
        name, tone = entry.end_icon
        size = scaled(16)
        right -= size
        paint_icon(painter, name, ink(tone), QPointF(right, box.center().y() - size / 2), size)
    if entry.end:
        drawn = font("small", tabular=True)
        wide = QFontMetrics(drawn).horizontalAdvance(entry.end)
        right -= wide
        words = QRectF(right, box.top(), wide + 1, box.height())
        paint_text(painter, words, entry.end, drawn, tint="muted")
    return right


class RailDelegate(QStyledItemDelegate):
    """Paints a history: icons on a rail, days to the right, a heading for each month."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = index.data(EntryModel.ENTRY) is None
        return QSize(scaled(100), scaled(34 if heading else RAIL_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        entry: Entry | None = index.data(EntryModel.ENTRY)
        if entry is None:
            words = box.adjusted(0, scaled(8), 0, 0)
            paint_text(painter, words, index.data(), font("caption"), tint="muted")
            return
        if _is(option, QStyle.StateFlag.State_Selected):
            painter.fillRect(box, color("sel"))
        x, y, radius = box.left() + scaled(18), box.top() + scaled(26), scaled(16)
        self._paint_rail(painter, box, index, QPointF(x, y), radius)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(soft(entry.tone)))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.restore()
        size = scaled(16)
        corner = QPointF(x - size / 2, y - size / 2)
        paint_icon(painter, entry.icon or "circle", ink(entry.tone), corner, size)
        line = QRectF(x + scaled(30), y - scaled(20), 0, scaled(40))
        first_line = QRectF(box.left(), y - scaled(19), box.width(), scaled(20))
        line.setRight(_paint_end(painter, first_line, entry))
        pill, tone = entry.pill or ("", "neutral")
        paint_two_lines(painter, line, entry.title, entry.detail, pill=pill, tone=tone)

    @staticmethod
    def _paint_rail(painter: QPainter, box: QRectF, index: Index, at: QPointF, radius: int) -> None:
        def goes_on(row: int) -> bool:
            near = index.sibling(row, 0)
            return near.isValid() and near.data(EntryModel.ENTRY) is not None

        painter.save()
        painter.setPen(QPen(color("border"), 1.4))
        if goes_on(index.row() - 1):
            painter.drawLine(QPointF(at.x(), box.top()), QPointF(at.x(), at.y() - radius - 1))
        if goes_on(index.row() + 1):
            painter.drawLine(QPointF(at.x(), at.y() + radius + 1), QPointF(at.x(), box.bottom()))
        painter.restore()
