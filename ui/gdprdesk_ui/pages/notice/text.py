"""A notice to read: its headings, paragraphs, lists and tables, in the letters of the window."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from gdprdesk.domain.notice import Form, Line, Part
from gdprdesk.i18n import _
from gdprdesk_ui.theme import NEW_LOOK, color, font, scaled
from gdprdesk_ui.tokens import Kind, Token

_LINE = 125.0  # per cent of the height of the letters
_LABELS = 30  # per cent of the width
_POINT = "\N{BULLET}\N{EN SPACE}"
_TABLES = {Form.FIELD, Form.HEAD, Form.ROW}


class NoticeText(QTextBrowser):
    """A notice as people read it. What stands in it can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._title = self._subtitle = ""
        self.setAccessibleName(_("The notice"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_parts(self, title: str, subtitle: str, parts: Sequence[Part]) -> None:
        """Show a notice; if it is in the same language, it stays scrolled to where it was."""
        at = self.verticalScrollBar().value() if title == self._title else 0
        self._title, self._subtitle, self._parts = title, subtitle, tuple(parts)
        self._write()
        self.verticalScrollBar().setValue(at)

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK and self._parts:
            self._write()
        return super().event(event)

    def _write(self) -> None:
        self.clear()
        self.document().setDefaultFont(font("body"))
        self.document().setDocumentMargin(scaled(4))
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setBlockFormat(_block(0, 2))
        cursor.insertText(self._title, _letters("page"))
        _paragraph(cursor, self._subtitle, _letters("small", "muted"), _block(0, 14))
        for part in self._parts:
            if part.heading:
                first = part.level == 1
                kind: Kind = "title" if first else "heading"
                _paragraph(cursor, part.heading, _letters(kind), _block(22 if first else 16, 6))
            for tables, lines in groupby(part.lines, key=lambda line: line.form in _TABLES):
                _write_lines(cursor, list(lines), tables=tables)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _write_lines(cursor: QTextCursor, lines: list[Line], *, tables: bool) -> None:
    if tables:
        for is_field, some in groupby(lines, key=lambda line: line.form is Form.FIELD):
            _table(cursor, list(some), labelled=is_field)
        return
    for line in lines:
        if line.form is Form.POINT:
            _paragraph(cursor, f"{_POINT}{line.said}", _letters("body"), _point())
        elif line.form is Form.SMALL:
            _paragraph(cursor, line.said, _letters("small", "muted"), _block(6, 4))
        else:
            _paragraph(cursor, line.said, _letters("body"), _block(2, 6))


def _paragraph(
    cursor: QTextCursor, text: str, letters: QTextCharFormat, shape: QTextBlockFormat
) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(shape, letters)
    cursor.insertText(text, letters)


def _table(cursor: QTextCursor, lines: list[Line], *, labelled: bool) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    columns = len(lines[0].cells)
    cursor.insertTable(len(lines), columns, _shape(columns, labelled=labelled))
    for line in lines:
        for number, text in enumerate(line.cells):
            quiet = line.form is Form.HEAD or (labelled and number == 0)
            letters = _letters("small", "muted") if quiet else _letters("body")
            cursor.setBlockFormat(_block(0, 0))
            cursor.insertText(text, letters)
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)


def _shape(columns: int, *, labelled: bool) -> QTextTableFormat:
    shape = QTextTableFormat()
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    shape.setBorder(0)
    shape.setCellPadding(scaled(3 if labelled else 5))
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if labelled:
        widths = (_LABELS, 100 - _LABELS)
        shape.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, one) for one in widths]
        )
    else:
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.VariableLength, 0)] * columns)
    return shape


def _block(above: int, below: int) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(scaled(above))
    shape.setBottomMargin(scaled(below))
    return shape


def _point() -> QTextBlockFormat:
    """Return the shape of a point: what follows its sign stands under its first letter."""
    shape = _block(2, 2)
    hang = QFontMetricsF(font("body")).horizontalAdvance(_POINT)
    shape.setLeftMargin(scaled(6) + hang)
    shape.setTextIndent(-hang)
    return shape


def _letters(kind: Kind, tint: Token = "text") -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFont(font(kind))
    letters.setForeground(QColor(color(tint)))
    return letters
