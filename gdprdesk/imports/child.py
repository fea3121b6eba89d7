"""The process that reads a list: whatever the file does to it, the program lives on."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import _, use_language
from gdprdesk.imports.csv_file import read_csv
from gdprdesk.imports.json_list import read_json
from gdprdesk.imports.sniff import recognise
from gdprdesk.imports.source import SAVE_AS, FileFormat, Grid, Limits, refusal
from gdprdesk.jobs import SILENT, Progress

_OF_PEOPLE = {FileFormat.CALENDAR, FileFormat.JSON}
STEP, CONTENT, REFUSED = "step", "content", "refused"


def parse(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits,
    progress: Progress = SILENT,
    heading: bool = True,
) -> Grid:
    """Return the list in a file, read here and now.

    Raises:
        UnreadableFileError: the file cannot be read or goes beyond a limit.
    """
    file_format = recognise(path)
    if file_format is FileFormat.CSV:
        return read_csv(path.read_bytes(), limits=limits, progress=progress, heading=heading)
    if file_format is FileFormat.VCARD:
        if not heading:  # people are wanted nowhere but in a customer list
            raise refusal(_("This is an address book (vCard), not a list."), _(SAVE_AS))
        from gdprdesk.imports.vcard_file import read_vcards  # noqa: PLC0415  (heavy, seldom)

        return read_vcards(path.read_bytes(), limits=limits, progress=progress)
    if file_format in _OF_PEOPLE and not heading:
        raise refusal(_("This is a calendar or a file for programs, not a list."), _(SAVE_AS))
    if file_format is FileFormat.CALENDAR:
        from gdprdesk.imports.calendar_file import read_calendar  # noqa: PLC0415

        return read_calendar(path.read_bytes(), limits=limits, progress=progress)
    if file_format is FileFormat.JSON:
        return read_json(path.read_bytes(), limits=limits, progress=progress)
    from gdprdesk.imports.xlsx_file import read_xlsx  # noqa: PLC0415

    return read_xlsx(path, sheet=sheet, limits=limits, progress=progress, heading=heading)


def read_and_send(  # noqa: PLR0917  (a process is given no names)
    connection: Connection,
    path: str,
    sheet: str | None,
    heading: bool,
    limits: Limits,
    language: str,
) -> None:
    """Read a list and send it, or the sentence that refuses it, through the pipe."""

    def read(progress: Progress) -> Any:
        grid = parse(Path(path), sheet=sheet, limits=limits, progress=progress, heading=heading)
        return vars(grid)

    send(connection, read, limits, language)


def send(
    connection: Connection, read: Callable[[Progress], Any], limits: Limits, language: str
) -> None:
    """Send what is read, or the sentence that refuses it, through the pipe as JSON.

    JSON, and not Python's own pickles: what comes from this process has been near the file, and
    a pickle could make the program run anything.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which ends this
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a trace could show a customer on the screen
    _confine(limits)
    use_language(language)
    teller = _Teller(connection)
    try:
        teller.tell(CONTENT, read(teller))
    except UnreadableFileError as refused:
        teller.tell(REFUSED, str(refused))
    except OSError:
        teller.tell(REFUSED, str(gone()))


def gone() -> UnreadableFileError:
    """Return the error for a file that was there a moment ago."""
    return refusal(
        _("The file cannot be opened: another program may be using it, or it was moved."),
        _("Close it in other programs, and try again."),
    )


class _Teller:
    """A progress that speaks through the pipe."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def step(self, done: int, total: int, text: str = "") -> None:  # noqa: ARG002
        """Tell how far the reading is."""
        self.tell(STEP, [done, total])

    def tell(self, kind: str, content: Any) -> None:
        """Send one message."""
        self._connection.send_bytes(json.dumps([kind, content], ensure_ascii=False).encode())


def _confine(limits: Limits) -> None:
    """Let this process have so much memory and time, and leave no picture of itself behind.

    Windows has no such limits, and macOS not all of them: there the limits of size and the clock
    of the program must do.
    """
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, int(limits.seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
