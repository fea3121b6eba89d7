"""How wide the columns of a table on paper are."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from gdprdesk.exports.document import Column, Kind
from gdprdesk.exports.typeset import Style

_WORD_AT_MOST = 0.3  # of the whole width: a longer word may be broken
_TITLE_AT_MOST = 70.0  # points: a longer one goes over several lines
_TEXT_AT_LEAST = 28.0  # points, where there is too little room for whole words
_MEASURED = 400


def column_widths(
    columns: Sequence[Column],
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: float,
    gutter: float,
    styles: tuple[Style, Style, Style],
) -> list[float]:
    """Return the widths of the columns, in points, which fill the width with gutters between.

    Each column is as wide as its weight says, if its longest word fits. Where words do not all fit
    they are broken first; a number or a day only where even that is not enough.

    Args:
        columns: The columns.
        titles: What stands above them.
        rows: The cells as they are shown.
        width: Of the table.
        gutter: Between two columns.
        styles: Of the titles, of figures and of text.
    """
    room = width - gutter * (len(columns) - 1)
    title_style, figure_style, text_style = styles
    needed, unbreakable = [], []
    for index, column in enumerate(columns):
        cells = [row[index] for row in rows]
        title = title_style.width(titles[index])
        if title > _TITLE_AT_MOST:
            title = _widest(titles[index].split(), title_style)
        if column.kind is Kind.TEXT:
            words = {word for cell in cells for word in cell.split()}
            needed.append(max(title, min(_widest(words, text_style), room * _WORD_AT_MOST)))
            unbreakable.append(min(needed[-1], _TEXT_AT_LEAST))
        else:
            unbreakable.append(_widest(set(cells), figure_style))
            needed.append(max(title, unbreakable[-1]))
    least = needed if sum(needed) <= room else unbreakable
    return _shared(room, least, [column.weight for column in columns])


def _widest(texts: Iterable[str], style: Style) -> float:
    """Return the width of the widest text; of many only the longest are measured."""
    longest = heapq.nlargest(_MEASURED, texts, key=len)
    return max((style.width(text) for text in longest), default=0.0)


def _shared(room: float, needed: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Share the room by weight, except for columns that need more than their share."""
    if sum(needed) >= room:
        return [room * share / sum(needed) for share in needed]
    widths = list(needed)
    free = set(range(len(needed)))
    while free:
        left = room - sum(widths[i] for i in range(len(widths)) if i not in free)
        unit = left / sum(weights[i] for i in free)
        tight = {i for i in free if needed[i] > unit * weights[i]}
        if not tight:
            for i in free:
                widths[i] = unit * weights[i]
            break
        free -= tight
    return widths
