"""What fits on a sheet of Excel: names, letters, digits, widths and heights."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import Kind, Table
from gdprdesk.i18n import _

_LETTERS_OF_CELL = 32_767  # counted as UTF-16
_PIECE = 16_000  # characters: fits whatever they are
_LETTERS_OF_NAME = 31
_EXACT_DIGITS = 15  # Excel counts in binary floating point
_WIDTHS = {Kind.DAY: 12.0, Kind.MOMENT: 17.0, Kind.MONEY: 13.0, Kind.NUMBER: 9.0}
_WIDEST = 48.0
_SHEET_WIDTH = 160.0  # characters: a page on its side stays readable
_LOOKED_AT = 2_000  # rows, to find how wide a column is


def column_widths(table: Table, titles: Sequence[str]) -> list[float]:
    """Return the widths of the columns, in characters."""
    widths = []
    for index, (column, title) in enumerate(zip(table.columns, titles, strict=True)):
        words = max((len(word) for word in title.split()), default=0) * 1.15 + 4  # filter button
        cells = [row[index] for row in table.rows[:_LOOKED_AT]]
        texts = [cell for cell in cells if isinstance(cell, str)]
        lines = (len(line) for text in texts for line in text[:1000].split("\n"))
        widths.append(min(max(words, _WIDTHS.get(column.kind, 0.0), *lines, 8), _WIDEST))
    over = sum(widths) - _SHEET_WIDTH
    if over > 0:
        spare = [
            max(width - 14.0, 0.0) if column.kind is Kind.TEXT else 0.0
            for width, column in zip(widths, table.columns, strict=True)
        ]
        share = min(over / (sum(spare) or 1.0), 1.0)
        widths = [width - more * share for width, more in zip(widths, spare, strict=True)]
    return widths


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a cell of a width, in characters."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(line, max(int(width), 1))) or 1 for line in text.split("\n"))


def pieces(text: str) -> Iterator[str]:
    """Yield the text in as many cells as it takes."""
    if len(text) <= _PIECE or len(text.encode("utf-16-le")) // 2 <= _LETTERS_OF_CELL:
        yield text
        return
    parts = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    for part in parts[:-1]:
        yield f"{part} {_('(continued in the row below)')}"
    yield parts[-1]


def is_exact(number: int | Decimal) -> bool:
    """Tell whether Excel can hold the number without changing it."""
    exact = Decimal(number)
    return (
        exact.is_finite()
        and len(exact.normalize().as_tuple().digits) <= _EXACT_DIGITS
        and abs(exact.adjusted()) < _EXACT_DIGITS
    )


def wall_clock(day: date) -> datetime:
    """Return a moment as the clock on the wall shows it: Excel knows no time zones."""
    if isinstance(day, datetime):
        return day.astimezone().replace(tzinfo=None)
    return datetime.combine(day, time())


def printed(text: str, length: int) -> str:
    """Return a text for the head or foot of a printed page, which holds 255 characters in all."""
    line = clean(text).replace("\n", " ").replace("&", "&&")
    if len(line) <= length:
        return line
    short = line[: length - 1]
    odd = (len(short) - len(short.rstrip("&"))) % 2  # one of a pair would be a command
    return f"{short[: len(short) - odd]}…"


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel allows and no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\\s]+", " ", clean(wanted)).strip(" '") or "1"
    if plain.casefold() == "history":  # Excel keeps this name to itself
        plain = f"{plain}_"
    name, count = _shortened(plain, ""), 1
    while name.casefold() in taken:
        count += 1
        name = _shortened(plain, f" ({count})")
    taken.add(name.casefold())
    return name


def _shortened(name: str, ending: str) -> str:
    while len((name + ending).encode("utf-16-le")) // 2 > _LETTERS_OF_NAME:
        name = name[:-1]
    return name.rstrip(" '") + ending
