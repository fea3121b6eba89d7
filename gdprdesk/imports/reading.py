"""A customer list to a grid, read by a process of its own that can be stopped at any time.

In a frozen application the program that starts must call `multiprocessing.freeze_support()`
before anything else, since the reading process is that same program started again.
"""

from __future__ import annotations

import json
import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import _, current_language
from gdprdesk.imports.child import GRID, REFUSED, gone, read_and_send
from gdprdesk.imports.source import SAVE_AS, USUAL_LIMITS, FileFormat, Grid, Limits, refusal
from gdprdesk.jobs import SILENT, Progress

_TICK = 0.1


def read_grid(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits = USUAL_LIMITS,
    progress: Progress = SILENT,
) -> Grid:
    """Read a customer list from XLSX, CSV or TSV, whatever the name of the file says.

    The file is parsed in another process, which may use so much memory and time and no more;
    nothing of it is written anywhere on the way.

    Args:
        path: the file the user chose.
        sheet: which sheet of a workbook; None takes the first visible one that holds a list.
        limits: how large the list may be.
        progress: asked ten times a second whether to go on.

    Raises:
        UnreadableFileError: why the file cannot be read, and what to do, in a sentence.
        Cancelled: the user stopped it.
    """
    _check_file(path, limits)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=read_and_send,
        args=(theirs, str(path), sheet, limits, current_language()),
        daemon=True,
    )
    with ours:
        child.start()
        theirs.close()
        try:
            return _receive(ours, limits, progress)
        finally:
            child.kill()
            child.join()
            child.close()


def _check_file(path: Path, limits: Limits) -> None:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refusal(_("This is a folder, not a file."), _("Choose the list itself."))
        path.open("rb").close()
    except FileNotFoundError as error:
        raise refusal(_("The file is not there any more.")) from error
    except OSError as error:
        raise gone() from error
    if size == 0:
        raise refusal(_("The file is empty."))
    if size > limits.file_bytes:
        raise refusal(
            _("The file is larger than {size} MB.").format(size=limits.file_bytes // 1024**2),
            _("Copy the list alone into a new file, or divide it, and try again."),
        )


def _receive(connection: Connection, limits: Limits, progress: Progress) -> Grid:
    """Return the grid, letting the user stop meanwhile."""
    latest = time.monotonic() + limits.seconds
    done, total = 0, 0
    while True:
        progress.step(done, total)
        if time.monotonic() > latest:
            raise refusal(_("The list takes too long to read."), _(SAVE_AS))
        if not connection.poll(_TICK):
            continue
        try:
            kind, content = json.loads(connection.recv_bytes())
        except (EOFError, ConnectionError) as error:
            raise refusal(  # the process died: of too little memory, or of what is in the file
                _("The list is damaged, or needs more memory than this computer can give."),
                _("Save it as CSV in Excel, or divide it into several files, and try again."),
            ) from error
        if kind == GRID:
            return _as_grid(content)
        if kind == REFUSED:
            raise UnreadableFileError(content)
        done, total = content


def _as_grid(content: dict[str, Any]) -> Grid:
    """Return the grid that was sent; JSON has lists where we have tuples."""
    frozen = {key: _frozen(value) for key, value in content.items()}
    return Grid(**{**frozen, "file_format": FileFormat(content["file_format"])})


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
