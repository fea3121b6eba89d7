"""Cleaning the file of a register, so that no page holds anything deleted."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from gdprdesk.domain.errors import InUseError, NoSpaceError
from gdprdesk.i18n import _
from gdprdesk.jobs import Progress
from gdprdesk.store.engine import FAULTS, PAGE_SIZE, connect, in_plain_words, truncate_wal

_WAL_HEADER, _FRAME_HEADER = 32, 24  # bytes, in SQLite's write-ahead log


def clean_pages(file: Path, key: bytes, progress: Progress, *, anyway: bool) -> None:
    """Rewrite every page if an erasure waits for it: nothing deleted is left in the file.

    Whatever stops it, it still waits, and is done the next time.

    Args:
        file: The file of an open register.
        key: Its vault key.
        progress: Told how far it has come.
        anyway: Also if none waits, since ordinary changes leave free pages too.

    Raises:
        InUseError: Somebody reads or writes just now; it still waits.
        NoSpaceError: Rewriting needs free space of twice the size of the file.
    """
    with in_plain_words(*FAULTS), closing(connect(file, key)) as connection:
        asked = connection.execute("SELECT pages_unclean FROM register_state").fetchone()[0]
        if not (asked or anyway):
            return
        _must_have_room(file)
        connection.execute("PRAGMA busy_timeout = 1000")  # a page is read in less
        seen = _changes_by_others(connection)
        steps = (truncate_wal, _write_anew, truncate_wal)
        for done, step in enumerate(steps):
            progress.step(done, len(steps) + 1, _("Cleaning the file …"))
            step(connection)
        progress.step(len(steps), len(steps) + 1)
        connection.execute("BEGIN IMMEDIATE")
        if _changes_by_others(connection) != seen:  # perhaps another erasure: clean again
            connection.execute("ROLLBACK")
            raise InUseError(_("The register was written to meanwhile; it is cleaned later."))
        connection.execute("UPDATE register_state SET pages_unclean = 0")
        connection.execute("COMMIT")
        truncate_wal(connection)


def file_residue(file: Path, key: bytes) -> int:
    """Return how many pages outside the tables could still hold something deleted.

    Counts free pages and frames of the write-ahead log; 0 after `clean_pages`.
    """
    with in_plain_words(*FAULTS), closing(connect(file, key)) as connection:
        free: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
        wal = file.with_name(file.name + "-wal")
        size = wal.stat().st_size if wal.exists() else 0
    return free + max(0, size - _WAL_HEADER) // (PAGE_SIZE + _FRAME_HEADER)


def _must_have_room(file: Path) -> None:
    needed = 2 * file.stat().st_size  # the file as new pages, and those once more in the log
    if shutil.disk_usage(file).free < needed:
        raise NoSpaceError(
            _(
                "What was erased is gone from the register, but traces of it stay in the file "
                "until it is cleaned, and that needs {size} MB of free space. Free some space; "
                "the file is then cleaned the next time the register is opened."
            ).format(size=-(-needed // 1_000_000))
        )


def _write_anew(connection: Any) -> None:
    """Copy what is there into new pages; only that cleans the gaps in them."""
    connection.execute("VACUUM")


def _changes_by_others(connection: Any) -> int:
    """Return a number that changes when another connection has written."""
    number: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return number
