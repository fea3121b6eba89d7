"""XLSX as Excel, LibreOffice, Numbers and programs on the web write it."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import _
from gdprdesk.imports.cells import as_text
from gdprdesk.imports.package import check_package
from gdprdesk.imports.source import (
    FileFormat,
    Grid,
    Limits,
    column_letter,
    damaged,
    empty,
    refusal,
)
from gdprdesk.imports.table import Layout, gather, lay_out
from gdprdesk.jobs import Cancelled, Progress

_ERROR, _NUMBER = "e", "n"


def read_xlsx(
    path: Path, *, sheet: str | None, limits: Limits, progress: Progress, heading: bool = True
) -> Grid:
    """Return the list in a workbook: of the named sheet, else of the first that holds one.

    Hidden sheets are not looked at. Formulas give the value they had when the file was saved.

    Raises:
        UnreadableFileError: the workbook is damaged, made to harm, too large, has no such
            sheet, or no list in any.
    """
    with path.open("rb") as opened, _nothing_else_escapes():
        with zipfile.ZipFile(opened) as packed:
            total = check_package(packed, limits)
        workbook = openpyxl.load_workbook(opened, read_only=True, data_only=True, keep_links=False)
        visible = {s.title: s for s in workbook.worksheets if s.sheet_state == "visible"}
        for title in _asked_for(sheet, list(visible)):
            reading = _SheetReading(visible[title])
            rows = gather(reading.rows(), limits=limits, progress=progress, total=total)
            if layout := lay_out(rows, heading=heading):
                return reading.grid(layout, other_sheets=tuple(t for t in visible if t != title))
    raise empty(_("There is no list in the workbook: it is empty, or has nothing but a heading."))


def _asked_for(sheet: str | None, visible: list[str]) -> list[str]:
    """Return the sheets to look at."""
    if sheet is None:
        return visible
    if sheet not in visible:
        raise refusal(
            _("The workbook has no sheet named {sheet} that can be seen.").format(sheet=sheet),
            _("It has: {sheets}.").format(sheets=", ".join(visible)),
        )
    return [sheet]


class _SheetReading:
    """One walk through a sheet, and what was noticed on the way."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._with_numbers: set[int] = set()
        self._lost: list[tuple[int, int]] = []

    def rows(self) -> Iterator[list[str]]:
        """Walk the rows as text, whatever size the sheet claims to have."""
        self._sheet.reset_dimensions()
        for number, row in enumerate(self._sheet.iter_rows(), start=1):
            yield [
                self._text(cell, number, column) if cell.value is not None else ""
                for column, cell in enumerate(row)
            ]

    def grid(self, layout: Layout, *, other_sheets: tuple[str, ...]) -> Grid:
        """Return what was read."""
        return Grid(
            header=layout.header,
            rows=layout.rows,
            first_row_number=layout.first_row_number,
            file_format=FileFormat.XLSX,
            sheet=self._sheet.title,
            other_sheets=other_sheets,
            number_columns=tuple(sorted(self._with_numbers)),
            lost_cells=tuple(
                f"{column_letter(column)}{number}"
                for number, column in self._lost
                if number >= layout.first_row_number
            ),
        )

    def _text(self, cell: Any, number: int, column: int) -> str:
        is_number = cell.data_type == _NUMBER
        text = (
            None
            if cell.data_type == _ERROR
            else as_text(cell.value, cell.number_format if is_number else "")
        )
        if text is None:
            self._lost.append((number, column))
            return ""
        if is_number:
            self._with_numbers.add(column)
        return text


@contextmanager
def _nothing_else_escapes() -> Iterator[None]:
    """Make one error of all that the libraries may raise when a file is not what it claims."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what the library leaves out: charts, pictures
            yield
    except (UnreadableFileError, Cancelled, MemoryError):
        raise
    except Exception as error:
        raise damaged() from error
