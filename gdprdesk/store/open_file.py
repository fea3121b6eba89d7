"""The encrypted file of a register that is open: who reads and writes in it, and who may not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from gdprdesk.domain.errors import InUseError
from gdprdesk.i18n import _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.store.cleaning import clean_pages, file_residue
from gdprdesk.store.engine import (
    FAULTS,
    connect,
    in_plain_words,
    in_use,
    open_reader,
    open_writer,
    truncate_wal,
)
from gdprdesk.store.faults import gone

_LONGEST_READ = 5.0  # seconds


class OpenFile:
    """The file of a register, opened with its vault key.

    Attributes:
        is_over: Another file has its place or is about to, since the keys were changed: it has to
            be locked and opened again.
    """

    def __init__(self, file: Path, key: bytes) -> None:
        self._file, self._opened_with = file, key
        self._identity = file.stat()
        self._barred = self.is_over = False
        self._writer, self._reader = open_writer(file, key), open_reader(file, key)

    @property
    def writer(self) -> Engine:
        """Return the engine of the unit of work, and of nothing else."""
        self._must_not_be_over()
        return self._writer

    @property
    def reader(self) -> Engine:
        """Return the engine of the queries."""
        self._must_not_be_over()
        return self._reader

    def still_there(self) -> None:
        """Refuse to go on if nothing may be written now, or would be written into nothing.

        Raises:
            GoneError: The file was renamed or deleted: SQLite would not notice.
            InUseError: The keys are being changed.
        """
        self._must_not_be_over()
        if self._barred:
            raise _changing()
        try:
            found = self._file.stat()
        except OSError:
            raise gone() from None
        if not os.path.samestat(found, self._identity):
            raise gone()

    @contextmanager
    def barred(self) -> Iterator[Callable[[], None]]:
        """Let nobody write meanwhile: what somebody wants to save is refused with a sentence.

        Yields what lets go of the file, so that another can take its place; then the vault is over.

        Raises:
            InUseError: Somebody writes just now, or reads when it is to be let go of.
        """
        with in_plain_words(*FAULTS), closing(connect(self._file, self._opened_with)) as guard:
            self._barred = True

            def leave() -> None:
                guard.execute("ROLLBACK")
                self._must_be_unread()
                truncate_wal(guard)
                self.is_over = True
                self.close()
                guard.close()

            try:
                guard.execute("BEGIN IMMEDIATE")
                yield leave
            finally:
                self._barred = self.is_over

    def clean_pages(self, progress: Progress = SILENT, *, anyway: bool = False) -> None:
        """Rewrite every page if an erasure waits for it: nothing deleted is left in the file.

        Whatever stops it, it still waits, and is done the next time.

        Args:
            progress: Told how far it has come.
            anyway: Also if none waits, since ordinary changes leave free pages too.

        Raises:
            InUseError: Somebody reads or writes just now; it still waits.
            NoSpaceError: Rewriting needs free space of twice the size of the file.
        """
        self.still_there()
        clean_pages(self._file, self._opened_with, progress, anyway=anyway)

    def truncate(self) -> None:
        """Leave nothing beside the file, since a copy without that would silently be older.

        To be called when the program is idle. Does nothing while somebody reads.
        """
        self.still_there()
        with in_plain_words(*FAULTS), closing(connect(self._file, self._opened_with)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            with suppress(InUseError):
                truncate_wal(connection)

    def file_residue(self) -> int:
        """Return how many pages outside the tables could still hold something deleted.

        Counts free pages and frames of the write-ahead log; 0 after `clean_pages`.
        """
        return file_residue(self._file, self._opened_with)

    def close(self) -> None:
        """Let go of every connection."""
        self._reader.dispose()
        self._writer.dispose()

    def _must_not_be_over(self) -> None:
        if self.is_over:
            raise InUseError(
                _(
                    "The keys of the register were changed, so it was locked. Nothing is lost. "
                    "Open it again with your password."
                )
            )

    def _must_be_unread(self) -> None:
        """Wait for whoever reads a page just now."""
        pools = [one.pool for one in (self._reader, self._writer)]
        last = time.monotonic() + _LONGEST_READ
        while any(isinstance(one, QueuePool) and one.checkedout() for one in pools):
            if time.monotonic() > last:
                raise in_use()
            time.sleep(_LONGEST_READ / 100)


def _changing() -> InUseError:
    return InUseError(
        _(
            "The keys of the register are being changed, so nothing can be saved just now. What "
            "was saved before is safe. Wait until it is done, and open the register again."
        )
    )
