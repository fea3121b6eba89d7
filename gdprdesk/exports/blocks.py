"""The parts of a document to groups of strips: headings, text, labelled lines, tables, cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from reportlab.lib.units import mm

from gdprdesk.exports import letterhead
from gdprdesk.exports.charts import draw
from gdprdesk.exports.columns import column_widths
from gdprdesk.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Picture,
    Points,
    Section,
    Table,
)
from gdprdesk.exports.pages import Group, Strip, Text, picture_strip
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
_INDENT = 11.0
_BETWEEN = 22.0  # points between two columns of labelled lines
_TWO_COLUMNS_FROM = 200 * mm  # so wide is the text of a page on its side


class Story:
    """A document as groups of strips of a width, in points."""

    def __init__(self, document: Document, width: float) -> None:
        self._document = document
        self._width = width
        self._body = letterhead.BODY if document.letter else _BODY
        self._strong = letterhead.STRONG if document.letter else _STRONG
        self._unknown: set[str] = set()

    def groups(self) -> Iterator[Group]:
        """Yield the groups from the title to the last note."""
        if self._document.letter:
            yield letterhead.letter_head(self._document.letter, self._width)
        title = letterhead.SUBJECT if self._document.letter else _TITLE
        yield self._running(self._document.title, title, glued=True)
        if self._document.subtitle:
            yield self._running(self._document.subtitle, _NOTE, above=1.0)
        for section in self._document.sections:
            yield from self._section(section)
        if self._unknown and not self._document.letter:
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
        if isinstance(block, Picture) and (strip := picture_strip(block, self._width)):
            yield Group([strip], above=above, glued=True)
            yield self._running(block.text, _NOTE, above=1.0)
        elif isinstance(block, Paragraph):
            yield from self._paragraph(block, above)
        elif isinstance(block, Points):
            yield from self._points(block, above)
        elif isinstance(block, Fields):
            if block.lines:
                (strips,) = self._labelled([block.lines])
                yield Group(strips, above=above)
        elif not block.rows:
            yield self._running(nothing_to_list(), _NOTE, above=above)
        elif block.cards:
            yield from self._cards(block, above)
        else:
            if block.chart is not None:
                drawing = draw(block, block.chart, self._width, self._document.currency)
                yield Group([drawing], above=above, glued=True)
            yield from self._table(block, above)

    def _paragraph(self, paragraph: Paragraph, above: float) -> Iterator[Group]:
        style = self._body
        if paragraph.code:
            style = _CODE
        elif paragraph.strong:
            style = self._strong
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
            lines = self._lines(item, self._body, self._width - _INDENT)
            yield Group(_strips(lines, self._body, x=_INDENT, mark=points.mark), above=above)
            above = 2.0

    def _cards(self, table: Table, above: float) -> Iterator[Group]:
        currency = self._document.currency
        cards = [card_lines(table.columns[1:], row[1:], currency) for row in table.rows]
        for number, strips in enumerate(self._labelled(cards), start=1):
            name = card_title(number, table, currency)
            head = _strips(self._lines(name, _CARD, self._width), _CARD)
            continued = _("{heading} (continued)").format(heading=name)
            again = _strips(self._lines(continued, _CARD, self._width), _CARD)
            yield Group([*head, Strip(3.0)], above=above, glued=bool(strips))
            if strips:
                yield Group(strips, header=[*again, Strip(3.0)])
            above = 13.0
        total = total_lines(table, currency)
        if total:
            (strips,) = self._labelled([total], _STRONG)
            yield Group(strips, above=above)

    def _labelled(
        self, cards: Sequence[Sequence[tuple[str, str]]], style: Style = _BODY
    ) -> list[list[Strip]]:
        """Return the labelled lines of each card. On a wide page two stand beside each other where
        that is shorter; all cards, which have the same labels, are alike.
        """  # noqa: D205 - one thought
        whole = self._width
        half = (whole - _BETWEEN) / 2 if whole >= _TWO_COLUMNS_FROM else whole
        labels = {printable(label) for lines in cards for label, _text in lines}
        widest = max(map(_LABEL.width, labels), default=0.0)
        column = min(max(widest + _GUTTER, _LABEL_AT_LEAST), half * 0.38)
        alone, beside = (
            [[self._labelled_line(line, style, column, width) for line in lines] for lines in cards]
            for width in (whole, half)
        )
        paired = _paired(alone, beside) if half < whole else set()
        return [
            list(_stacked(lines, halves, paired, half + _BETWEEN))
            for lines, halves in zip(alone, beside, strict=True)
        ]

    def _labelled_line(
        self, line: tuple[str, str], style: Style, column: float, width: float
    ) -> _Labelled:
        label, text = line
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

_Labelled = tuple[_Lines, _Lines]
"""A label and what it says."""


def _strips(
    lines: Sequence[str], style: Style, *, outline: str = "", x: float = 0.0, mark: str = ""
) -> list[Strip]:
    """Return a strip for each line; the first is in the outline and has the mark before it."""
    strips = [Strip(style.leading, (Text(x, line, style),)) for line in lines]
    texts = (Text(0, mark, style), *strips[0].texts) if mark else strips[0].texts
    return [Strip(style.leading, texts, outline=outline), *strips[1:]]


def _stacked(
    alone: Sequence[_Labelled], beside: Sequence[_Labelled], paired: set[int], across: float
) -> Iterator[Strip]:
    """Yield the labelled lines of a card, those that are paired beside the one before them."""
    for index, cells in enumerate(alone):
        if index in paired:
            continue
        both: Sequence[_Lines] = cells
        if index + 1 in paired:
            moved = ((lines, look, x + across, end) for lines, look, x, end in beside[index + 1])
            both = (*beside[index], *moved)
        yield from _row(both, rule=HAIRLINE)


def _paired(
    alone: Sequence[Sequence[_Labelled]], beside: Sequence[Sequence[_Labelled]]
) -> set[int]:
    """Return which lines stand beside the one before them, so that all cards are least high.

    Args:
        alone: The lines of each card over the whole width.
        beside: The same over half of it.
    """
    best: list[tuple[float, set[int]]] = [(0.0, set())]
    for last in range(len(alone[0])):
        height, paired = best[last]
        choice = (height + sum(_height(card[last]) for card in alone), paired)
        if last:
            height, paired = best[last - 1]
            height += sum(max(_height(card[last - 1]), _height(card[last])) for card in beside)
            choice = min((height, paired | {last}), choice, key=lambda one: one[0])
        best.append(choice)
    return best[-1][1]


def _height(cells: _Labelled) -> float:
    return max(len(lines) * style.leading for lines, style, *_rest in cells) + 2 * _PAD


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
                together=count * leading + 2 * _PAD if first else 0.0,
            )
        )
    return strips


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, int | Decimal | date)
