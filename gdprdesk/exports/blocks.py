"""The parts of a document to groups of strips: headings, text, labelled lines, tables, cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from gdprdesk.exports.cells import heading, shown
from gdprdesk.exports.columns import column_widths
from gdprdesk.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Section,
    Table,
)
from gdprdesk.exports.pages import Group, Strip, Text
from gdprdesk.exports.typeset import (
    BOX,
    FIGURES,
    HAIRLINE,
    INK,
    MEDIUM,
    MUTED,
    REGULAR,
    SEMIBOLD,
    SPRUCE,
    STRONG_FIGURES,
    Style,
    printable,
    unknown_letters,
    wrap,
)
from gdprdesk.i18n import _, format_money

_TITLE = Style(SEMIBOLD, 17, 22)
_SECTION = Style(SEMIBOLD, 12, 16)
_CARD = Style(SEMIBOLD, 10.5, 15, SPRUCE)
_BODY = Style(REGULAR, 8.6, 12.2)
_NOTE = Style(REGULAR, 8, 11, MUTED)
_STRONG = Style(SEMIBOLD, 8.6, 12.2)
_LABEL = Style(MEDIUM, 8.6, 12.2, MUTED)
_HEADER = Style(SEMIBOLD, 8, 11, MUTED)
_FIGURES = Style(FIGURES, 8.6, 12.2)
_STRONG_FIGURES = Style(STRONG_FIGURES, 8.6, 12.2)
_CODE = Style(SEMIBOLD, 15, 24, INK, spacing=2.2)

_PAD = 2.6  # points above and below the text of a row
_GUTTER = 8.0  # points between columns
_LABEL_AT_LEAST = 36 * mm
_KEPT_WHOLE = 8  # lines of a paragraph that are never parted
_NUMBERS = (Kind.MONEY, Kind.NUMBER)
_NOTHING = "–"  # noqa: RUF001 - a dash is what people write


class Story:
    """A document as groups of strips of a width, in points."""

    def __init__(self, document: Document, width: float) -> None:
        self._document = document
        self._width = width
        self._unknown: set[str] = set()

    def groups(self) -> Iterator[Group]:
        """Yield the groups from the title to the last note."""
        yield self._running(self._document.title, _TITLE, glued=True)
        if self._document.subtitle:
            yield self._running(self._document.subtitle, _NOTE, above=1.0)
        for section in self._document.sections:
            yield from self._section(section)
        if self._unknown:
            yield self._running(
                _(
                    "The font of this document lacks {count} of its characters. They are shown as"
                    " {box}; saved as Excel or JSON they are whole."
                ).format(count=len(self._unknown), box=BOX),
                _NOTE,
                above=14.0,
            )

    def _section(self, section: Section) -> Iterator[Group]:
        above = 18.0
        if section.heading:
            lines = self._lines(section.heading, _SECTION, self._width)
            strips = _strips(lines, _SECTION, outline=" ".join(lines))
            yield Group(strips, above=above, glued=bool(section.blocks))
            above = 5.0
        for block in section.blocks:
            yield from self._block(block, above)
            above = 9.0

    def _block(self, block: Block, above: float) -> Iterator[Group]:
        if isinstance(block, Paragraph):
            yield from self._paragraph(block, above)
        elif isinstance(block, Fields):
            strips = self._labelled(block.lines)
            if strips:
                yield Group(strips, above=above)
        elif not block.rows:
            yield self._running(_("There is nothing to list here."), _NOTE, above=above)
        elif block.cards:
            yield from self._cards(block, above)
        else:
            yield from self._table(block, above)

    def _paragraph(self, paragraph: Paragraph, above: float) -> Iterator[Group]:
        style = _BODY
        if paragraph.code:
            style = _CODE
        elif paragraph.strong:
            style = _STRONG
        elif paragraph.muted:
            style = _NOTE
        strips = _strips(self._lines(paragraph.text, style, self._width), style)
        if len(strips) <= _KEPT_WHOLE:
            yield Group(strips, above=above)
            return
        yield Group(strips[:3], above=above)
        yield from (Group([strip]) for strip in strips[3:-3])
        yield Group(strips[-3:])

    def _cards(self, table: Table, above: float) -> Iterator[Group]:
        for number, row in enumerate(table.rows, start=1):
            name = f"{number}  {self._shown(row[0], table.columns[0].kind)}"
            head = _strips(self._lines(name, _CARD, self._width), _CARD)
            continued = _("{heading} (continued)").format(heading=name)
            again = _strips(self._lines(continued, _CARD, self._width), _CARD)
            pairs = self._pairs(table.columns[1:], row[1:])
            yield Group([*head, Strip(3.0)], above=above, glued=True)
            yield Group(self._labelled(pairs), header=[*again, Strip(3.0)])
            above = 13.0
        if table.total is not None:
            pairs = self._pairs(table.columns, table.total)
            present = [(label, text) for label, text in pairs if text != _NOTHING]
            yield Group(self._labelled(present, _STRONG), above=above)

    def _pairs(self, columns: Sequence[Column], row: Sequence[Cell]) -> list[tuple[str, str]]:
        return [
            (column.title, self._shown(cell, column.kind) or _NOTHING)
            for column, cell in zip(columns, row, strict=True)
        ]

    def _shown(self, cell: Cell, kind: Kind) -> str:
        """Return a cell that stands by itself: an amount says its currency."""
        if kind is Kind.MONEY and isinstance(cell, int | Decimal):
            return format_money(Decimal(cell), self._document.currency)
        return shown(cell, kind)

    def _labelled(self, pairs: Sequence[tuple[str, str]], style: Style = _BODY) -> list[Strip]:
        widest = max((_LABEL.width(printable(label)) for label, _text in pairs), default=0.0)
        column = min(max(widest + _GUTTER, _LABEL_AT_LEAST), self._width * 0.38)
        strips: list[Strip] = []
        for label, text in pairs:
            cells = (
                (self._lines(label, _LABEL, column - _GUTTER), _LABEL, 0.0, False),
                (self._lines(text, style, self._width - column), style, column, False),
            )
            strips.extend(_row(cells, rule=HAIRLINE))
        return strips

    def _table(self, table: Table, above: float) -> Iterator[Group]:
        titles = [printable(heading(column, self._document.currency)) for column in table.columns]
        shown_rows = [
            [shown(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
            for row in (*table.rows, *((table.total,) if table.total is not None else ()))
        ]
        widths = column_widths(
            table.columns,
            titles,
            shown_rows,
            width=self._width,
            gutter=_GUTTER,
            styles=(_HEADER, _FIGURES, _BODY),
        )
        header = self._columns(
            table.columns, titles, widths, [_HEADER] * len(widths), rule=INK, rule_width=0.8
        )
        yield Group(header, above=above, glued=True)
        for row, texts in zip(table.rows, shown_rows, strict=False):
            styles = [_FIGURES if _is_figure(cell) else _BODY for cell in row]
            strips = self._columns(table.columns, texts, widths, styles)
            before_total = table.total is not None and row is table.rows[-1]
            yield Group(strips, glued=before_total, header=header)
        if table.total is not None:
            styles = [_STRONG_FIGURES if _is_figure(cell) else _STRONG for cell in table.total]
            strips = self._columns(
                table.columns, shown_rows[-1], widths, styles, rule=INK, rule_width=0.8
            )
            yield Group(strips, header=header)

    def _columns(
        self,
        columns: Sequence[Column],
        texts: Sequence[str],
        widths: Sequence[float],
        styles: Sequence[Style],
        *,
        rule: str = HAIRLINE,
        rule_width: float = 0.4,
    ) -> list[Strip]:
        x = 0.0
        cells = []
        for column, text, width, style in zip(columns, texts, widths, styles, strict=True):
            right = column.kind in _NUMBERS
            lines = self._lines(text, style, width)
            cells.append((lines, style, x + width if right else x, right))
            x += width + _GUTTER
        return _row(cells, rule=rule, rule_width=rule_width)

    def _running(
        self, text: str, style: Style, *, above: float = 0.0, glued: bool = False
    ) -> Group:
        return Group(_strips(self._lines(text, style, self._width), style), above, glued)

    def _lines(self, text: str, style: Style, width: float) -> list[str]:
        """Return the text in lines, and note which of its characters the font lacks."""
        drawn = printable(text)
        if BOX in drawn:
            self._unknown |= unknown_letters(text)
        return wrap(drawn, style, width)


_Lines = tuple[Sequence[str], Style, float, bool]
"""Lines of a cell, how they look, where they begin or end, and whether they end there."""


def _strips(lines: Sequence[str], style: Style, outline: str = "") -> list[Strip]:
    return [
        Strip(style.leading, (Text(0, line, style),), outline=outline if index == 0 else "")
        for index, line in enumerate(lines)
    ]


def _row(cells: Sequence[_Lines], *, rule: str, rule_width: float = 0.4) -> list[Strip]:
    """Return the strips of a row: one for each line of its longest cell."""
    count = max((len(lines) for lines, *_rest in cells), default=1)
    leading = max((style.leading for _lines, style, *_rest in cells), default=_BODY.leading)
    strips = []
    for index in range(count):
        texts = [
            Text(x, lines[index], style, right)
            for lines, style, x, right in cells
            if index < len(lines) and lines[index]
        ]
        first, last = index == 0, index == count - 1
        strips.append(
            Strip(
                leading + _PAD * (first + last),
                texts,
                above=_PAD if first else 0.0,
                rule=rule if last else "",
                rule_width=rule_width,
            )
        )
    return strips


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, int | Decimal | date)
