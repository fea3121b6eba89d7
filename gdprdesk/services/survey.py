"""Looking whether the answers of a survey are as anonymous as was promised; nothing is stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.survey import SurveyColumn, find_traces
from gdprdesk.exports.mailing_file import render_mailing
from gdprdesk.exports.target import write_file
from gdprdesk.i18n import _
from gdprdesk.imports import Grid

_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True, repr=False)
class SurveyCheck:
    """What was found in the answers of a survey.

    Attributes:
        grid: The answers, kept in memory only.
        columns: Those that tell whose an answer is.
        answers: How many answers there are.
    """

    grid: Grid
    columns: tuple[SurveyColumn, ...]
    answers: int


def check_survey(grid: Grid) -> SurveyCheck:
    """Return which columns of a survey tell, or can tell, whose an answer is."""
    found = find_traces(grid.header, grid.rows, grid.first_row_number)
    answers = sum(any(cell.strip() for cell in row) for row in grid.rows)
    return SurveyCheck(grid, found, answers)


def save_cleaned(
    check: SurveyCheck, to: Path, *, keep: Collection[int] = (), overwrite: bool = False
) -> int:
    """Save the answers without the columns that tell whose they are; return how many are left out.

    Args:
        check: What was found.
        to: A file that ends in .csv or .xlsx.
        keep: Columns, counted from 0, that stay all the same.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        DomainError: The file must end otherwise, is there already, or nothing would be left.
    """
    suffix = to.suffix.casefold()
    if suffix not in _SUFFIXES:
        said = _("The name of the file must end in {suffix}. Nothing was saved.")
        raise DomainError(said.format(suffix=" / ".join(_SUFFIXES)))
    out = {one.place for one in check.columns} - set(keep)
    staying = [place for place in range(len(check.grid.header)) if place not in out]
    if not staying:
        raise DomainError(_("No column would be left, so there is no copy. Nothing was saved."))
    heading = [check.grid.header[place] for place in staying]
    rows = ([row[place] for place in staying] for row in check.grid.rows if any(row))
    write_file(to, render_mailing(heading, rows, suffix), overwrite=overwrite)
    return len(out)
