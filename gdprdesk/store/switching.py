"""Putting a file under new keys in the place of the register's file, so that a crash loses neither.

The new file is whole on the disk before the key file changes, which is one step. From then on the
key file remembers the keys before, until the new file has its name. So whoever opens the register
after a crash finds one of these:

    The key file of before: the new file does not count, whole or not, and is taken away.
    A key file that remembers the keys before: the new file is given its name, if it has not got it.
    The same, but the new file is damaged or gone, as no crash leaves it: the key file of before,
    which lies beside it until the end, is put back.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gdprdesk.domain.errors import DamagedError, GoneError
from gdprdesk.jobs import SILENT
from gdprdesk.store.engine import FAULTS, connect, guard_file, in_plain_words
from gdprdesk.store.faults import damaged
from gdprdesk.store.files import replace_file, sync_folder
from gdprdesk.store.integrity import checks_of_file, run_checks
from gdprdesk.store.keys import FILE, REGISTER_FILE, Keyring, Keys, Limits

NEXT = REGISTER_FILE + ".next"
"""The file that is to be the register's, under new keys."""

_BEFORE = FILE + ".before"
_BESIDE = ("-wal", "-shm", "-journal")  # what the database keeps beside a file


def switch(folder: Path, keys: Keys, new: Keyring, now: datetime) -> None:
    """Let the new keys and the new file count from now on.

    Args:
        folder: The register; nobody else reads or writes in it.
        keys: Its key file.
        new: The keys of the new file, which is whole and safe on the disk.
        now: The moment, in UTC.
    """
    with in_plain_words(OSError):
        replace_file(folder / _BEFORE, (folder / FILE).read_bytes())
    keys.rotate(new, now)
    _give_name(folder)
    keys.forget_previous(new)
    remove_next(folder)


def finish_switch(folder: Path, held: Keyring, limits: Limits | None) -> Keyring:
    """Finish what a crash interrupted, or take it back; return the keys that open the register.

    Args:
        folder: The register, which nobody else has open.
        held: What whoever opens it holds by the key file.
        limits: What the key file may ask of this computer.

    Raises:
        DamagedError: Neither the register nor the new file opens with any of the keys.
    """
    if held.previous is not None:
        if _opens(folder / REGISTER_FILE, held.vault):
            Keys(folder / FILE, limits).forget_previous(held)
        elif _is_whole(folder / NEXT, held.vault):
            _give_name(folder)
            Keys(folder / FILE, limits).forget_previous(held)
        else:
            _take_back(folder, held.previous, limits)
            held = held.previous
    remove_next(folder)
    return replace(held, previous=None)


def remove_next(folder: Path) -> None:
    """Take away what does not count, or does no more."""
    with in_plain_words(OSError):
        for name in (NEXT, *(NEXT + end for end in _BESIDE), _BEFORE):
            (folder / name).unlink(missing_ok=True)


def _give_name(folder: Path) -> None:
    """Put the new file in the place of the register's; what lies beside that is the old one's."""
    with in_plain_words(OSError):
        for end in _BESIDE:
            (folder / (REGISTER_FILE + end)).unlink(missing_ok=True)
        sync_folder(folder)  # or a power cut might bring it back beside the new file
        (folder / NEXT).replace(folder / REGISTER_FILE)
        sync_folder(folder)


def _take_back(folder: Path, previous: Keyring, limits: Limits | None) -> None:
    before = folder / _BEFORE
    if not (before.is_file() and _opens(folder / REGISTER_FILE, previous.vault)):
        raise damaged()
    Keys(before, limits).verify(previous.vault)
    with in_plain_words(OSError):
        before.replace(folder / FILE)
        sync_folder(folder)


def _opens(file: Path, key: bytes) -> bool:
    with suppress(DamagedError, GoneError), in_plain_words(*FAULTS):
        guard_file(file)
        with closing(connect(file, key)) as connection:
            connection.execute("SELECT 1 FROM register_state").fetchone()
        return True
    return False


def _is_whole(file: Path, key: bytes) -> bool:
    if not _opens(file, key):
        return False
    return all(one.ok for one in run_checks(checks_of_file(lambda: connect(file, key)), SILENT))
