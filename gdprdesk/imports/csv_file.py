"""CSV and TSV as spreadsheet programs, web shops and old cash registers write them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from gdprdesk.i18n import _
from gdprdesk.imports.encoding import find_encoding
from gdprdesk.imports.source import (
    SAVE_AS,
    FileFormat,
    Grid,
    Limits,
    column_letter,
    empty,
    refusal,
)
from gdprdesk.imports.table import gather, lay_out
from gdprdesk.jobs import Progress

_SEPARATORS = ";,\t|"
_TOLD = re.compile(r'"?sep=([^\w\s"]|\t)"?\r?\n?', re.IGNORECASE)
_SAMPLE_ROWS = 200
_SAMPLE_LETTERS = 200_000
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BINARY_SHARE = 0.01
_UNREADABLE = "\ufffd"


def read_csv(content: bytes, *, limits: Limits, progress: Progress, heading: bool = True) -> Grid:
    """Return the list in a text file; encoding and separator are found by what is in it.

    Raises:
        UnreadableFileError: it is no text, a quotation mark is never closed, it is too large,
            or there is no row in it.
    """
    encoding = find_encoding(content)
    text = _decode(content, encoding)
    first_line = text.split("\n", 1)[0] + "\n"
    told = _TOLD.fullmatch(first_line)
    if told:
        text = text[len(first_line) :]
    separator = told[1] if told else find_separator(text)
    widths: list[int] = []
    records = _records(
        text,
        separator,
        skipped_lines=1 if told else 0,
        widths=widths,
        longest=limits.cell_characters,
    )
    rows = gather(records, limits=limits, progress=progress, total=text.count("\n") + 1)
    layout = lay_out(rows, heading=heading)
    if layout is None:
        raise empty(_("There is no list in the file: it is empty, or has nothing but a heading."))
    first = layout.first_row_number
    width = widths[max(first - 2, 0)]
    numbered = list(enumerate(layout.rows, start=first))
    return Grid(
        header=layout.header,
        rows=layout.rows,
        first_row_number=first,
        file_format=FileFormat.CSV,
        encoding=encoding,
        separator=separator,
        lost_cells=tuple(
            f"{column_letter(column)}{number}"
            for number, row in numbered
            for column, cell in enumerate(row)
            if _UNREADABLE in cell
        ),
        ragged_rows=tuple(
            number for number, row in numbered if any(row) and widths[number - 1] != width
        ),
    )


def find_separator(text: str) -> str:
    """Return what stands between the columns: what cuts most lines into equally many cells."""
    sample = text[:_SAMPLE_LETTERS]
    best, best_fit = _SEPARATORS[0], (0.0, 0)
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        try:
            widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if any(row))
        except csv.Error:
            continue
        if widths[1] == widths.total():
            continue
        width, rows = max(widths.items(), key=lambda found: (found[0] > 1) * found[1])
        fit = (rows / widths.total(), width)
        if fit > best_fit:
            best, best_fit = separator, fit
    return best


def _decode(content: bytes, encoding: str) -> str:
    errors = "strict" if encoding.startswith("utf-16") else "replace"
    try:
        text = content.decode(encoding, errors=errors)
    except UnicodeDecodeError as error:
        raise refusal(_("The text in the file is damaged."), _(SAVE_AS)) from error
    text = text.rstrip("\x1a")  # old programs end a file so
    controls = len(_BINARY.findall(text))
    if "\x00" in text or controls > _BINARY_SHARE * len(text):
        raise refusal(_("This file is not a list that can be read."), _(SAVE_AS))
    return text


def _records(
    text: str, separator: str, *, skipped_lines: int, widths: list[int], longest: int
) -> Iterator[list[str]]:
    """Walk the rows and note how many cells each has."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            begins = reader.line_num + 1
            widths.append(len(row))
            yield row
    except csv.Error as error:
        if '"' not in _line(text, begins):
            raise refusal(
                _("A cell in line {line} of the file holds more than {characters} letters.").format(
                    line=begins + skipped_lines, characters=longest
                ),
                _("Shorten it, and try again."),
            ) from error
        raise refusal(
            _(
                "A quotation mark in line {line} of the file is never closed, or stands where "
                "none can be."
            ).format(line=begins + skipped_lines),
            _("Remove it, or save the list as .xlsx, and try again."),
        ) from error


def _line(text: str, number: int) -> str:
    """Return a line of a text, counted from 1 as the reader of rows counts them."""
    return next(islice(io.StringIO(text, newline=""), number - 1, None), "")
