"""Rows of text to a grid: the limits while reading, and where the list begins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from gdprdesk.domain.columns import recognised
from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import _
from gdprdesk.imports.source import Limits, column_letter, refusal
from gdprdesk.jobs import Progress

LAST_ROW_OF_A_SHEET = 1_048_576
_HEADING_WITHIN = 20
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠]|(?:0\d+|\d{12,})$)")  # noqa: RUF001
_VALUE = re.compile(r"\S+@\S+\.\S+|\+?(?:[\s\-/().]*\d){5,}[\s\-/().]*")
_REPORT_EVERY = 500


def clean(cell: str) -> str:
    """Return a cell without what only some program needed: margins, marks, its way to say å."""
    if cell.isascii() and cell.isalnum():
        return cell
    text = cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", unicodedata.normalize("NFC", text)).strip()
    if written_as_formula := _FORMULA_TEXT.fullmatch(text):
        return written_as_formula[1]
    return text[1:] if _GUARDED.match(text) else text


def too_many_rows(limits: Limits) -> UnreadableFileError:
    """Return the error for a list that goes on for too long."""
    return refusal(
        _("The list has more than {rows} rows.").format(rows=limits.rows),
        _("Divide it into several files, or delete what stands far below the list."),
    )


class _Gatherer:
    """The rows so far, and what is left of each limit."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[tuple[str, ...]] = []
        self._limits = limits
        self._cells = limits.cells
        self._characters = limits.characters

    def add(self, number: int, row: Sequence[str]) -> None:
        """Add a row, or refuse it; empty rows are added once something follows them."""
        cells = [clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if number > (self._limits.rows if cells else LAST_ROW_OF_A_SHEET):
            raise too_many_rows(self._limits)
        if not cells:
            return
        self._count(number, cells)
        self.rows.extend([()] * (number - 1 - len(self.rows)))
        self.rows.append(tuple(cells))

    def _count(self, number: int, cells: list[str]) -> None:
        limits = self._limits
        if len(cells) > limits.columns:
            raise refusal(
                _("Row {row} has more than {columns} columns.").format(
                    row=number, columns=limits.columns
                ),
                _("Keep only the columns about your customers, and try again."),
            )
        lengths = [len(cell) for cell in cells]
        if max(lengths) > limits.cell_characters:
            raise refusal(
                _("The cell {cell} holds more than {characters} letters.").format(
                    cell=f"{column_letter(lengths.index(max(lengths)))}{number}",
                    characters=limits.cell_characters,
                ),
                _("Shorten it, and try again."),
            )
        self._cells -= sum(map(bool, lengths))
        self._characters -= sum(lengths)
        if self._cells < 0 or self._characters < 0:
            raise refusal(
                _("The list holds too much to be taken in at once."),
                _("Divide it into several files, or leave out columns you do not need."),
            )


def gather(
    rows: Iterable[Sequence[str]], *, limits: Limits, progress: Progress, total: int
) -> list[tuple[str, ...]]:
    """Return the rows without their empty ends, so that row n of the file is item n - 1.

    Raises:
        UnreadableFileError: the list goes beyond a limit.
    """
    gatherer = _Gatherer(limits)
    for number, row in enumerate(rows, start=1):
        if number % _REPORT_EVERY == 0:
            progress.step(min(number, total), total)
        gatherer.add(number, row)
    return gatherer.rows


def find_heading(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which row holds the headings, or None if the list begins with its first customer.

    Among the first twenty rows it is the one with the most words we know as headings, if there
    are two of them; else the first row with two texts that are no address, number or day.
    """
    top = list(islice(rows, _HEADING_WITHIN))
    known = [recognised(row) for row in top]
    if known and max(known) > 1:
        return known.index(max(known))
    filled = [index for index, row in enumerate(top) if any(row)]
    for index in filled:
        texts = [cell for cell in top[index] if cell]
        if any(map(_VALUE.fullmatch, texts)):
            return None
        if len(texts) > 1 or known[index]:
            return index
    return None


class Layout(NamedTuple):
    """A list cut at its heading; every row is as long as the longest."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row_number: int


def lay_out(rows: Sequence[tuple[str, ...]], *, heading: bool = True) -> Layout | None:
    """Return heading and rows, or None if there is no row below the heading.

    Args:
        rows: The list.
        heading: Look for the headings of a customer list; without it every row is one of the list.
    """
    place = find_heading(rows) if heading else None
    if place is None:
        first = next((index for index, row in enumerate(rows) if row), len(rows))
        above: tuple[str, ...] = ()
    else:
        first = place + 1
        above = rows[place]
    body = rows[first:]
    if not any(body):
        return None
    width = max(map(len, [above, *body]))
    empty = ("",) * width
    padded = tuple((row + empty)[:width] if row else empty for row in body)
    return Layout((above + empty)[:width], padded, first + 1)
