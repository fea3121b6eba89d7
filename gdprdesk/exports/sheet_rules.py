"""What fits on a sheet of Excel: names, letters, digits, widths and heights."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
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
_NARROWEST = 8.0
_LONGEST_WORD = 16.0
_FILTER_BUTTON = 4.0
_SMALLER = 1.15
_SHEET_WIDTH = 190.0  # characters: a page on its side stays readable
_LOOKED_AT, _LETTERS_LOOKED_AT = 2_000, 1_000  # rows and letters, to find how wide a column is


def column_widths(table: Table, titles: Sequence[str]) -> list[float]:
    """Return the widths of the columns, in characters.

    Each is as wide as what it says, within limits. If that is wider than a page can show, the
    columns get room for their longest word, and share the rest by how much they have to say.
    """
    natural, least, lengths = [], [], []
    for index, (column, title) in enumerate(zip(table.columns, titles, strict=True)):
        cells = [row[index] for row in table.rows[:_LOOKED_AT]]
        texts = [cell[:_LETTERS_LOOKED_AT] for cell in cells if isinstance(cell, str)]
        fixed = max(_WIDTHS.get(column.kind, _NARROWEST), _longest(title.split()) + _FILTER_BUTTON)
        natural.append(max(fixed, min(_longest(_lines(texts)), _WIDEST)))
        least.append(max(fixed, min(_longest(_words(texts)), _LONGEST_WORD)))
        lengths.append(_longest(texts))
    if sum(natural) <= _SHEET_WIDTH:
        return natural
    wishes = [
        math.sqrt(length) if width > floor else 0.0
        for length, width, floor in zip(lengths, natural, least, strict=True)
    ]
    unit = max(_SHEET_WIDTH - sum(least), 0.0) / (sum(wishes) or 1.0)
    return [
        min(floor + unit * wish, width)
        for floor, wish, width in zip(least, wishes, natural, strict=True)
    ]


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a cell of a width, in characters."""
    letters = max(int(width * _SMALLER), 1)  # the text is smaller than what widths are counted in
    if len(text) <= letters and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(line, letters)) or 1 for line in text.split("\n"))


def pieces(text: str) -> Iterator[str]:
    """Yield the text in as many cells as it takes."""
    if len(text) <= _PIECE or len(text.encode("utf-16-le")) // 2 <= _LETTERS_OF_CELL:
        yield text
        return
    parts = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    for part in parts[:-1]:
        yield part + " " + _("(continued in the row below)")
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


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts for line in text.split("\n"))


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in text.split())


def _shortened(name: str, ending: str) -> str:
    while len((name + ending).encode("utf-16-le")) // 2 > _LETTERS_OF_NAME:
        name = name[:-1]
    return name.rstrip(" '") + ending
