"""What comes out of a customer list, and how much of it is taken in at most."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import N_, _

SAVE_AS = N_(
    "Open it in Excel or another spreadsheet program, save it as .xlsx or CSV, and try again."
)
_MEGABYTE = 1024 * 1024
_ALPHABET = 26


class FileFormat(StrEnum):
    """The kinds of list that can be read."""

    XLSX = "xlsx"
    CSV = "csv"
    VCARD = "vcard"
    CALENDAR = "calendar"
    JSON = "json"


@dataclass(frozen=True)
class Limits:
    """How large a list may be, so that no file can fill the memory or take for ever.

    Attributes:
        file_bytes: size of the file itself.
        unpacked_bytes: what the parts of a workbook claim to be together when unpacked.
        ratio: how many times larger than packed a part of a workbook may be.
        entries: parts in a workbook.
        rows: the last row that may hold something, heading included.
        columns: the last column that may hold something.
        cells: cells that hold something.
        cell_characters: letters in one cell; Excel itself allows 32,767.
        characters: letters in all cells together.
        memory_bytes: address space of the process that reads, where the system can limit it.
        seconds: how long the reading may take.
    """

    file_bytes: int = 50 * _MEGABYTE
    unpacked_bytes: int = 200 * _MEGABYTE
    ratio: int = 200
    entries: int = 2_000
    rows: int = 100_000
    columns: int = 200
    cells: int = 2_000_000
    cell_characters: int = 100_000
    characters: int = 50_000_000
    memory_bytes: int = 2048 * _MEGABYTE
    seconds: float = 120


USUAL_LIMITS = Limits()


@dataclass(frozen=True, repr=False)
class Grid:
    """A list as it stands in the file: every cell as text, every row as long as the heading.

    Attributes:
        header: the words above the columns; all empty if the list has no heading.
        rows: the rows below the heading, empty ones included, so that they can be counted.
        first_row_number: the number that a spreadsheet program shows beside `rows[0]`; of an
            address book the cards are counted from 1.
        file_format: what the file turned out to be, whatever its name says.
        sheet: the sheet that was read; empty for CSV.
        other_sheets: the other visible sheets of the workbook.
        encoding: how the letters of a CSV file were written; empty for a workbook.
        separator: what stands between the columns of a CSV file; empty for a workbook.
        number_columns: columns with numbers stored as numbers, where a leading zero is lost.
        lost_cells: cells such as "C12" that hold an error (#REF!) or letters nobody can read; of an
            address book the numbers of such cards.
        ragged_rows: numbers of the CSV rows with more or fewer cells than the heading.
        fields: what each column holds, where the file itself says so: a calendar.
        left_out: what of the file is left out, each a sentence.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row_number: int
    file_format: FileFormat
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    number_columns: tuple[int, ...] = ()
    lost_cells: tuple[str, ...] = ()
    ragged_rows: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def column_label(self, index: int) -> str:
        """Return what to call a column: its heading, or "Column C" if it has none."""
        heading = self.header[index].strip()
        return heading or _("Column {letter}").format(letter=column_letter(index))


def column_letter(index: int) -> str:
    """Return the letters a spreadsheet program shows above a column counted from 0: A, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


class EmptyListError(UnreadableFileError):
    """There is no row in it: it is empty, or has nothing but a heading."""


def refusal(*sentences: str) -> UnreadableFileError:
    """Return the error that tells why a file is not read and that nothing came of it."""
    return UnreadableFileError(" ".join([*sentences, _("Nothing was taken in.")]))


def empty(sentence: str) -> EmptyListError:
    """Return the error for a list of nobody."""
    return EmptyListError(str(refusal(sentence)))


def damaged() -> UnreadableFileError:
    """Return the error for a workbook that is broken inside."""
    return refusal(
        _("The workbook is damaged or was not written by a spreadsheet program."), _(SAVE_AS)
    )
