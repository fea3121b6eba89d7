"""The parts of a document to groups of strips: headings, text, labelled lines, tables, cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from gdprdesk.exports.columns import column_widths
from gdprdesk.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
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
from gdprdesk.exports.wording import (
    card_lines,
    card_title,
    nothing_to_list,
    shown_rows,
    titles,
    total_lines,
)
from gdprdesk.i18n import _

_TITLE = Style(SEMIBOLD, 17, 22)
_SECTION = Style(SEMIBOLD, 12, 16)
_PART = Style(SEMIBOLD, 9.8, 13.5)
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
_POINT, _INDENT = "•", 11.0
_BETWEEN = 22.0  # points between two columns of labelled lines
_PAIR = 2
_TWO_COLUMNS_FROM = 200 * mm  # so wide is the text of a page on its side


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
        above, style = (18.0, _SECTION) if section.level == 1 else (12.0, _PART)
        if section.heading:
            lines = self._lines(section.heading, style, self._width)
            strips = _strips(lines, style, outline=" ".join(lines) if section.level == 1 else "")
            yield Group(strips, above=above, glued=bool(section.blocks))
            above = 5.0
        for block in section.blocks:
            yield from self._block(block, above)
            above = 9.0

    def _block(self, block: Block, above: float) -> Iterator[Group]:
        if isinstance(block, Paragraph):
            yield from self._paragraph(block, above)
        elif isinstance(block, Points):
            yield from self._points(block, above)
        elif isinstance(block, Fields):
            strips = self._labelled(block.lines)
            if strips:
                yield Group(strips, above=above)
        elif not block.rows:
            yield self._running(nothing_to_list(), _NOTE, above=above)
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

    def _points(self, points: Points, above: float) -> Iterator[Group]:
        for item in points.items:
            lines = self._lines(item, _BODY, self._width - _INDENT)
            yield Group(_strips(lines, _BODY, x=_INDENT, mark=_POINT), above=above)
            above = 2.0

    def _cards(self, table: Table, above: float) -> Iterator[Group]:
        currency = self._document.currency
        for number, row in enumerate(table.rows, start=1):
            name = card_title(number, table, currency)
            head = _strips(self._lines(name, _CARD, self._width), _CARD)
            continued = _("{heading} (continued)").format(heading=name)
            again = _strips(self._lines(continued, _CARD, self._width), _CARD)
            lines = card_lines(table.columns[1:], row[1:], currency)
            yield Group([*head, Strip(3.0)], above=above, glued=True)
            yield Group(self._labelled(lines), header=[*again, Strip(3.0)])
            above = 13.0
        if table.total is not None:
            yield Group(self._labelled(total_lines(table, currency), _STRONG), above=above)

    def _labelled(self, pairs: Sequence[tuple[str, str]], style: Style = _BODY) -> list[Strip]:
        """Return labelled lines; on a wide page two beside each other where that is shorter."""
        whole = self._width
        half = (whole - _BETWEEN) / 2 if whole >= _TWO_COLUMNS_FROM else whole
        widest = max((_LABEL.width(printable(label)) for label, _text in pairs), default=0.0)
        column = min(max(widest + _GUTTER, _LABEL_AT_LEAST), half * 0.38)
        alone = [self._label_and_text(pair, style, column, whole) for pair in pairs]
        if half == whole:
            return [strip for cells in alone for strip in _row(cells, rule=HAIRLINE)]
        left = [self._label_and_text(pair, style, column, half) for pair in pairs]
        strips: list[Strip] = []
        for first, count in _shortest([_height(c) for c in alone], [_height(c) for c in left]):
            cells = alone[first]
            if count == _PAIR:
                cells = (*left[first], *_moved(left[first + 1], half + _BETWEEN))
            strips.extend(_row(cells, rule=HAIRLINE))
        return strips

    def _label_and_text(
        self, pair: tuple[str, str], style: Style, column: float, width: float
    ) -> tuple[_Lines, ...]:
        label, text = pair
        return (
            (self._lines(label, _LABEL, column - _GUTTER), _LABEL, 0.0, False),
            (self._lines(text, style, width - column), style, column, False),
        )

    def _table(self, table: Table, above: float) -> Iterator[Group]:
        heads = [printable(title) for title in titles(table, self._document.currency)]
        texts_of_rows = shown_rows(table)
        widths = column_widths(
            table.columns,
            heads,
            texts_of_rows,
            width=self._width,
            gutter=_GUTTER,
            styles=(_HEADER, _FIGURES, _BODY),
        )
        header = self._columns(
            table.columns, heads, widths, [_HEADER] * len(widths), rule=INK, rule_width=0.8
        )
        yield Group(header, above=above, glued=True)
        for number, (row, texts) in enumerate(zip(table.rows, texts_of_rows, strict=False), 1):
            styles = [_FIGURES if _is_figure(cell) else _BODY for cell in row]
            strips = self._columns(table.columns, texts, widths, styles)
            before_total = table.total is not None and number == len(table.rows)
            yield Group(strips, glued=before_total, header=header)
        if table.total is not None:
            styles = [_STRONG_FIGURES if _is_figure(cell) else _STRONG for cell in table.total]
            strips = self._columns(
                table.columns, texts_of_rows[-1], widths, styles, rule=INK, rule_width=0.8
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


def _strips(
    lines: Sequence[str], style: Style, *, outline: str = "", x: float = 0.0, mark: str = ""
) -> list[Strip]:
    """Return a strip for each line; the first is in the outline and has the mark before it."""
    strips = [Strip(style.leading, (Text(x, line, style),)) for line in lines]
    texts = (Text(0, mark, style), *strips[0].texts) if mark else strips[0].texts
    return [Strip(style.leading, texts, outline=outline), *strips[1:]]


def _height(cells: Sequence[_Lines]) -> float:
    return max(len(lines) * style.leading for lines, style, *_rest in cells) + 2 * _PAD


def _moved(cells: Sequence[_Lines], by: float) -> Iterator[_Lines]:
    return ((lines, style, x + by, right) for lines, style, x, right in cells)


def _shortest(alone: Sequence[float], half: Sequence[float]) -> list[tuple[int, int]]:
    """Return which rows stand alone and which in pairs, in order, so that all is least high.

    Args:
        alone: How high each is over the whole width.
        half: How high each is over half of it.

    Returns:
        The first of each row, and how many are in it: one or two.
    """
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, len(alone) + 1):
        height, rows = best[end - 1]
        choices = [(height + alone[end - 1], [*rows, (end - 1, 1)])]
        if end >= _PAIR:
            height, rows = best[end - _PAIR]
            choices.insert(0, (height + max(half[end - 2 : end]), [*rows, (end - 2, _PAIR)]))
        best.append(min(choices, key=lambda choice: choice[0]))
    return best[-1][1]


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
