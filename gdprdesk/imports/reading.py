"""A customer list to a grid, read by a process of its own that can be stopped at any time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gdprdesk.i18n import N_
from gdprdesk.imports.apart import Advice, read_apart
from gdprdesk.imports.child import read_and_send
from gdprdesk.imports.source import SAVE_AS, USUAL_LIMITS, FileFormat, Grid, Limits
from gdprdesk.jobs import SILENT, Progress

_OF_A_LIST = Advice(
    choose=N_("Choose the list itself."),
    divide=N_("Copy the list alone into a new file, or divide it, and try again."),
    slow=(N_("The list takes too long to read."), SAVE_AS),
    died=(
        N_("The list is damaged, or needs more memory than this computer can give."),
        N_("Save it as CSV in Excel, or divide it into several files, and try again."),
    ),
)


def read_grid(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits = USUAL_LIMITS,
    progress: Progress = SILENT,
    heading: bool = True,
) -> Grid:
    """Read a customer list from XLSX, CSV, TSV or vCard, whatever the name of the file says.

    The file is parsed in another process, which may use so much memory and time and no more;
    nothing of it is written anywhere on the way.

    Args:
        path: the file the user chose.
        sheet: which sheet of a workbook; None takes the first visible one that holds a list.
        limits: how large the list may be.
        progress: asked ten times a second whether to go on.
        heading: look for the headings of a customer list; without it the grid has every row.

    Raises:
        UnreadableFileError: why the file cannot be read, and what to do, in a sentence.
        Cancelled: the user stopped it.
    """
    content = read_apart(
        read_and_send, path, sheet, heading, limits=limits, progress=progress, advice=_OF_A_LIST
    )
    return _as_grid(content)


def _as_grid(content: dict[str, Any]) -> Grid:
    """Return the grid that was sent; JSON has lists where we have tuples."""
    frozen = {key: _frozen(value) for key, value in content.items()}
    return Grid(**{**frozen, "file_format": FileFormat(content["file_format"])})


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
