"""What fits on a sheet of Excel: names, letters, digits, widths and heights."""

from __future__ import annotations

import bisect
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
_MOST_LINES = 31  # of a cell: Excel knows no higher rows
_LINES_OF_PIECE = _MOST_LINES - 2  # the last two say that it goes on
_STEPS = 30  # halvings
_EXACT_DIGITS = 15  # Excel counts in binary floating point
_WIDTHS = {Kind.DAY: 12.0, Kind.MOMENT: 17.0, Kind.MONEY: 13.0, Kind.NUMBER: 9.0}
_WIDEST = 48.0
_NARROWEST = 8.0
_LONGEST_WORD = 14.0
_FILTER_BUTTON = 3.0
_SMALLER = 1.15
_PAGE_WIDTH = 235.0  # characters on a page on its side: letters of six points and a half
_WIDEST_PAGE = 280.0  # with smaller letters nobody can read it
_AIR = 1.2  # at least so much more than the longest words need, for those with much to say
_LOOKED_AT, _LETTERS_LOOKED_AT = 2_000, 1_000  # rows and letters, to find how wide a column is


def column_widths(table: Table, titles: Sequence[str]) -> list[float]:
    """Return the widths of the columns, in characters.

    Each is as wide as what it says, within limits. If that is wider than the pages can show, the
    columns get room for their longest word, and share the rest by how much they have to say, so
    that no row is higher than it must be.
    """
    natural, least, lengths = [], [], []
    for index, (column, title) in enumerate(zip(table.columns, titles, strict=True)):
        cells = [row[index] for row in table.rows[:_LOOKED_AT]]
        texts = [cell[:_LETTERS_LOOKED_AT] for cell in cells if isinstance(cell, str)]
        title_width = _longest(title.split()) / _SMALLER + _FILTER_BUTTON
        fixed = max(_WIDTHS.get(column.kind, _NARROWEST), title_width)
        natural.append(max(fixed, min(_longest(_lines(texts)), _WIDEST)))
        least.append(max(fixed, min(_longest(_words(texts)), _LONGEST_WORD)))
        lengths.append(math.hypot(*map(len, texts)))  # a long text counts more than many short ones
    pages = pages_across(least)
    room = min(max(_PAGE_WIDTH * pages, sum(least) * _AIR), _WIDEST_PAGE * pages)
    return natural if sum(natural) <= room else _shared(room, natural, least, lengths)


def pages_across(widths: Sequence[float]) -> int:
    """Return on how many pages beside each other columns can still be read."""
    return max(math.ceil(sum(widths) / _WIDEST_PAGE), 1)


def _shared(
    room: float, natural: Sequence[float], least: Sequence[float], lengths: Sequence[float]
) -> list[float]:
    """Share the room by how long the texts are, within limits for each column."""
    widths, low, high = list(least), 0.0, room
    for _step in range(_STEPS):
        middle = (low + high) / 2
        widths = [
            min(max(floor, length * middle), width)
            for floor, length, width in zip(least, lengths, natural, strict=True)
        ]
        low, high = (middle, high) if sum(widths) < room else (low, middle)
    return widths


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a cell of a width, in characters."""
    letters = _letters(width)
    if len(text) <= letters and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(line, letters)) or 1 for line in text.split("\n"))


def pieces(text: str, width: float) -> Iterator[str]:
    """Yield the text in as many cells of a width, in characters, as it takes to show all of it."""
    if fits_in_cell(text) and line_count(text, width) <= _MOST_LINES:
        yield text
        return
    while text:
        end = _letters_of_piece(text, width)
        piece, text = text[:end], text[end:]
        yield f"{piece} {_('(continued in the row below)')}" if text else piece


def fits_in_cell(text: str) -> bool:
    """Tell whether a cell can hold all of a text."""
    return len(text) <= _PIECE or len(text.encode("utf-16-le")) // 2 <= _LETTERS_OF_CELL


def _letters_of_piece(text: str, width: float) -> int:
    """Return how much of a text fits in a cell, up to the end of a word if that is near."""
    most = min(_letters(width) * _LINES_OF_PIECE, _PIECE)
    if len(text) <= most and line_count(text, width) <= _LINES_OF_PIECE:
        return len(text)
    fitting = bisect.bisect_right(
        range(1, most), _LINES_OF_PIECE, key=lambda count: line_count(text[:count], width)
    )
    end = max(fitting, 1)
    at_word = max(text.rfind(" ", end // 2, end), text.rfind("\n", end // 2, end)) + 1
    return at_word or end


def _letters(width: float) -> int:
    """Return how many letters a line holds: they are smaller than what widths are counted in."""
    return max(int(width * _SMALLER), 1)


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
