"""The figures of a table as bars: rectangles and words on paper, sharp at every size.

Every scale begins at nothing, and every bar says its figure where there is room.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gdprdesk.exports.cells import heading
from gdprdesk.exports.chart_colours import COLOURS, DARK
from gdprdesk.exports.document import Cell, Chart, ChartKind, Table
from gdprdesk.exports.pages import Area, Strip, Text
from gdprdesk.exports.typeset import (
    FIGURES,
    HAIRLINE,
    INK,
    MEDIUM,
    MUTED,
    REGULAR,
    Style,
    printable,
    wrap,
)
from gdprdesk.i18n import format_number

_LABEL = Style(REGULAR, 7.8, 10.5, INK)
_LEGEND = Style(MEDIUM, 7.8, 10.5, INK)
_FIGURE = Style(FIGURES, 7.2, 9.5, INK)
_SCALE = Style(FIGURES, 7.2, 9.5, MUTED)
_ON_DARK = Style(FIGURES, 7.2, 9.5, "#FFFFFF")

_HEIGHT = 118.0  # points: of upright bars
_LEGEND_HEIGHT, _SQUARE, _GAP = 17.0, 7.0, 5.0
_STEPS = 4  # about so many lines across
_FULL = 0.68  # of its place is as wide as a group of bars
_ROW, _BAR = 19.0, 11.0  # points: of lying bars
_LEAST_NAMES, _MOST_NAMES = 60.0, 0.34


def draw(table: Table, chart: Chart, width: float, currency: str) -> Strip:
    """Return the drawing of a table's figures, as wide as the text."""
    drawing = (
        _Rows(table, chart, width)
        if chart.kind is ChartKind.ROWS
        else _Upright(table, chart, width)
    )
    legend = [printable(heading(table.columns[one], currency)) for one in chart.columns]
    names = list(_legend(legend, drawing.colours)) if len(legend) > 1 else []
    below = _LEGEND_HEIGHT if names else 0.0
    areas = [part for part in names if isinstance(part, Area)]
    texts = [part for part in names if isinstance(part, Text)]
    for part in drawing.parts():
        if isinstance(part, Area):
            areas.append(Area(part.x, part.down + below, part.width, part.height, part.colour))
        else:
            down = part.down + below
            texts.append(Text(part.x, part.text, part.style, right=part.right, down=down))
    return Strip(drawing.height + below + 6.0, texts, areas=areas)


def scale(highest: float) -> tuple[float, float]:
    """Return a round top for the highest figure and the step of the lines across.

    A step is 1, 2 or 5 or one of these with noughts; figures are never cut.
    """
    if highest <= 1:
        return 1.0, 1.0
    power = 10 ** math.floor(math.log10(highest / _STEPS))
    step = next(one * power for one in (1, 2, 5, 10) if highest / (one * power) <= _STEPS + 1e-9)
    step = max(step, 1.0)
    return math.ceil(highest / step - 1e-9) * step, step


class _Bars:
    """The figures that are drawn: a row for each name, and its figures."""

    def __init__(self, table: Table, chart: Chart, width: float) -> None:
        self.width = width
        self.names = [printable(str(row[0] or "")) for row in table.rows]
        self.figures = [[_value(row[one]) for one in chart.columns] for row in table.rows]
        self.colours = COLOURS[: len(chart.columns)]

    def said(self, figure: float) -> str:
        """Return a figure as a bar says it: an amount without its decimals."""
        return format_number(round(figure))


class _Upright(_Bars):
    """Bars that stand, beside each other or on top of each other."""

    height = _HEIGHT + 14.0

    def __init__(self, table: Table, chart: Chart, width: float) -> None:
        super().__init__(table, chart, width)
        self._is_stacked = chart.kind is ChartKind.STACKED
        sums = [sum(row) if self._is_stacked else max(row) for row in self.figures]
        self._top, self._step = scale(max(sums, default=0.0))
        lines = [self._step * one for one in range(round(self._top / self._step) + 1)]
        self._lines = lines
        self._left = max(_SCALE.width(self.said(one)) for one in lines) + 6.0

    def parts(self) -> Iterator[Area | Text]:
        for line in self._lines:
            y = self._y(line)
            colour = INK if line == 0 else HAIRLINE
            yield Area(self._left, y - 0.2, self.width - self._left, 0.5, colour)
            yield Text(
                self._left - 4.0, self.said(line), _SCALE, right=True, down=y - _SCALE.leading / 2
            )
        place = (self.width - self._left) / max(1, len(self.figures))
        for number, (name, row) in enumerate(zip(self.names, self.figures, strict=True)):
            left = self._left + number * place
            short = _fitting(name, place - 2.0)
            x = left + (place - _LABEL.width(short)) / 2
            yield Text(x, short, _LABEL, down=_HEIGHT + 3.0)
            yield from (
                self._stack(row, left, place) if self._is_stacked else self._group(row, left, place)
            )

    def _y(self, figure: float) -> float:
        return 10.0 + (_HEIGHT - 10.0) * (1 - figure / self._top)

    def _group(self, row: Sequence[float], left: float, place: float) -> Iterator[Area | Text]:
        width = place * _FULL / max(1, len(row))
        begin = left + place * (1 - _FULL) / 2
        for number, figure in enumerate(row):
            x, y = begin + number * width, self._y(figure)
            if figure > 0:
                yield Area(x, y, max(width - 1.0, 0.6), self._y(0) - y, self.colours[number])
            room = width + place * (1 - _FULL) / len(row)
            yield from self._label(figure, x + width / 2, room, y)

    def _stack(self, row: Sequence[float], left: float, place: float) -> Iterator[Area | Text]:
        width = place * _FULL
        x, under = left + (place - width) / 2, 0.0
        for figure, colour in zip(row, self.colours, strict=True):
            if figure > 0:
                y = self._y(under + figure)
                yield Area(x, y, width, self._y(under) - y, colour)
            under += max(figure, 0.0)
        yield from self._label(under, left + place / 2, place, self._y(under))

    def _label(self, figure: float, middle: float, room: float, y: float) -> Iterator[Text]:
        """Say the figure above its bar, where it does not touch the next."""
        said = self.said(figure)
        wide = _FIGURE.width(said)
        if figure > 0 and wide <= room:
            yield Text(middle - wide / 2, said, _FIGURE, down=y - _FIGURE.leading - 0.5)


class _Rows(_Bars):
    """Bars that lie, one part after the other, under each other."""

    def __init__(self, table: Table, chart: Chart, width: float) -> None:
        super().__init__(table, chart, width)
        widest = max((_LABEL.width(one) for one in self.names), default=0.0)
        most = width * _MOST_NAMES
        self._left = min(max(widest, _LEAST_NAMES), most) + 8.0
        self._names = [wrap(one, _LABEL, self._left - 8.0)[:2] for one in self.names]
        highest = max((sum(row) for row in self.figures), default=0.0)
        ends = max((_FIGURE.width(self.said(sum(row))) for row in self.figures), default=0.0)
        self._per_unit = (width - self._left - ends - 6.0) / (highest or 1.0)
        self._tops = [0.0]
        for lines in self._names:
            self._tops.append(self._tops[-1] + max(_ROW, len(lines) * _LABEL.leading + 4.0))
        self.height = self._tops[-1]

    def parts(self) -> Iterator[Area | Text]:
        yield Area(self._left - 0.6, 0.0, 0.6, self.height, INK)
        for number, (row, lines) in enumerate(zip(self.figures, self._names, strict=True)):
            middle = (self._tops[number] + self._tops[number + 1]) / 2
            top = middle - len(lines) * _LABEL.leading / 2
            for line, text in enumerate(lines):
                down = top + line * _LABEL.leading
                yield Text(self._left - 8.0, text, _LABEL, right=True, down=down)
            yield from self._parts_of(row, middle)

    def _parts_of(self, row: Sequence[float], middle: float) -> Iterator[Area | Text]:
        x = self._left
        for figure, colour in zip(row, self.colours, strict=True):
            width = max(figure, 0.0) * self._per_unit
            if width:
                yield Area(x, middle - _BAR / 2, width, _BAR, colour)
            said = self.said(figure)
            if len(row) > 1 and _FIGURE.width(said) + 4.0 <= width:
                style = _ON_DARK if colour in DARK else _FIGURE
                at = x + (width - style.width(said)) / 2
                yield Text(at, said, style, down=middle - style.leading / 2)
            x += width
        yield Text(x + 4.0, self.said(sum(row)), _FIGURE, down=middle - _FIGURE.leading / 2)


def _legend(names: Sequence[str], colours: Sequence[str]) -> Iterator[Area | Text]:
    x = 0.0
    for name, colour in zip(names, colours, strict=True):
        yield Area(x, (_LEGEND.leading - _SQUARE) / 2, _SQUARE, _SQUARE, colour)
        yield Text(x + _SQUARE + _GAP, name, _LEGEND)
        x += _SQUARE + _GAP + _LEGEND.width(name) + 16.0


def _value(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | Decimal) else 0.0


def _fitting(name: str, width: float) -> str:
    """Return as much of a name as fits under its bar."""
    while len(name) > 1 and _LABEL.width(name) > width:
        name = name[:-1].rstrip(" .")
    return name
