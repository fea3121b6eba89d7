"""Where the register is in a sheet that somebody else has made: below titles, or on its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.i18n import _
from gdprdesk.imports import Grid, column_letter, read_grid
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.register_words import field_of, is_own_heading

_HEADING_WITHIN = 40
_LABELS_WITHIN = 3
_LEAST_KNOWN = 2
_LEAST_LABELS = 3
_MOST_SHEETS = 12
_NAMING = {RegisterField.NAME, RegisterField.PURPOSE}


@dataclass(frozen=True, repr=False)
class SheetRow:
    """A row of a register as it stands in the file, with the number beside it there."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class RegisterSheet:
    """A register as it stands in a file.

    Attributes:
        headings: What stands above the columns, or beside the fields of a card.
        rows: The rows that say something.
        around: What stands above and below the table, line by line.
        sheet: The sheet it was found in; empty for CSV.
        other_sheets: The other sheets, which were not taken.
        lost_cells: Cells that nobody can read.
    """

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    around: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    lost_cells: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[RegisterField, ...]:
        """Return what each column seems to hold."""
        return tuple(field_of(heading) or RegisterField.IGNORE for heading in self.headings)

    def column_label(self, index: int) -> str:
        """Return what to call a column: its heading, or "Column C" if it has none."""
        heading = " ".join(self.headings[index].split())
        return heading or _("Column {letter}").format(letter=column_letter(index))


def read_register(
    path: Path, *, sheet: str | None = None, progress: Progress = SILENT
) -> RegisterSheet:
    """Read a register from XLSX or CSV: a table, or a card with a label beside each field.

    Without a sheet the first that looks like a register is taken: many workbooks begin with one
    that only explains.

    Raises:
        UnreadableFileError: The file cannot be read; says why, and what to do.
        Cancelled: The user stopped it.
    """
    first = find_register(read_grid(path, sheet=sheet, progress=progress, heading=False))
    if sheet is not None or _NAMING & set(first.fields):
        return first
    for other in first.other_sheets[:_MOST_SHEETS]:
        found = find_register(read_grid(path, sheet=other, progress=progress, heading=False))
        if _NAMING & set(found.fields):
            return found
    return first


def find_register(grid: Grid) -> RegisterSheet:
    """Return the register in a grid that was read with every row.

    The heading is the row with the most words we know; if a column has more of them, the sheet is
    a card. Where neither is known the first row with two texts is taken for the heading.
    """
    rows = [SheetRow(grid.first_row_number + n, cells) for n, cells in enumerate(grid.rows)]
    rows = [row for row in rows if any(row.cells)]
    counts = [_known(row.cells) for row in rows[:_HEADING_WITHIN]]
    best = max(counts, default=0)
    labels = [_known([row.cells[column] for row in rows]) for column in _columns(rows)]
    most_labels = max(labels, default=0)
    if most_labels > best and most_labels >= _LEAST_LABELS:
        return _of_card(grid, rows, labels.index(most_labels))
    if best >= _LEAST_KNOWN:
        place = counts.index(best)
    else:
        filled = (n for n, row in enumerate(rows) if sum(map(bool, row.cells)) > 1)
        place = next(filled, 0)
    end = _end_of_table(rows, place)
    around = (*rows[:place], *rows[end:])
    return RegisterSheet(
        headings=rows[place].cells if rows else (),
        rows=tuple(rows[place + 1 : end]),
        around=tuple(_line(row.cells) for row in around),
        sheet=grid.sheet,
        other_sheets=grid.other_sheets,
        lost_cells=grid.lost_cells,
    )


def _of_card(grid: Grid, rows: Sequence[SheetRow], column: int) -> RegisterSheet:
    """Return a card as a table of one row; a line without a label goes on with the field above."""
    labels: list[str] = []
    texts: list[list[str]] = []
    around: list[str] = []
    for row in rows:
        label, said = row.cells[column], [cell for cell in row.cells[column + 1 :] if cell]
        if label:
            labels.append(label)
            texts.append(said)
        elif texts:
            texts[-1] += said
        else:
            around.append(_line(row.cells))
    cells = tuple("\n".join(dict.fromkeys(said)) for said in texts)
    return RegisterSheet(
        headings=tuple(labels),
        rows=(SheetRow(rows[0].number, cells),),
        around=tuple(around),
        sheet=grid.sheet,
        other_sheets=grid.other_sheets,
        lost_cells=grid.lost_cells,
    )


def _known(cells: Sequence[str]) -> int:
    """Return how many different things the cells would be headings of."""
    return len({field_of(cell) for cell in cells if cell} - {None})


def _columns(rows: Sequence[SheetRow]) -> range:
    return range(min(_LABELS_WITHIN, len(rows[0].cells) if rows else 0))


def _end_of_table(rows: Sequence[SheetRow], place: int) -> int:
    """Return where the table ends: below our own, after an empty row, the business is told of."""
    if rows and is_own_heading(rows[place].cells):
        for end in range(place + 1, len(rows)):
            if rows[end].number > rows[end - 1].number + 1:
                return end
    return len(rows)


def _line(cells: Sequence[str]) -> str:
    return " · ".join(cell for cell in cells if cell)
