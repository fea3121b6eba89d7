"""Copies of an open register: written beside their place, read again, and only then a copy.

What is prepared lies in the folder of the register, encrypted as everything there; the place of
the copies gets one file, which grows under another name until it was opened and compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from glob import escape
from pathlib import Path

from gdprdesk.domain.errors import DamagedError, DiskError, DomainError, GoneError, NoSpaceError
from gdprdesk.i18n import _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.store import keys as key_file
from gdprdesk.store import ledger as ledger_file
from gdprdesk.store.archive import (
    SUFFIX,
    Facts,
    Manifest,
    describe,
    open_archive,
    write_archive,
)
from gdprdesk.store.copy_faults import at_place, unread
from gdprdesk.store.engine import FAULTS, connect, copy_pages, driver, in_plain_words
from gdprdesk.store.facts import check_copy, facts_of
from gdprdesk.store.files import PART, replace_file, sync_folder
from gdprdesk.store.keys import Keyring
from gdprdesk.store.vault import Vault

LEDGER_SUFFIX = ".erased.ledger"
_PREPARED, _READ_BACK = "copy" + PART, "check" + PART


@dataclass(frozen=True)
class WrittenCopy:
    """A copy that was read again and is whole.

    Attributes:
        size: In bytes.
        manifest: What it says of itself.
        facts: What was found in it.
    """

    path: Path
    size: int
    manifest: Manifest
    facts: Facts


def make_copy(vault: Vault, place: Path, now: datetime, progress: Progress = SILENT) -> WrittenCopy:
    """Make a copy of an open register in a folder, while others go on working in it.

    Args:
        vault: The register.
        place: The folder; it is not made.
        now: The moment of the copy, in UTC.
        progress: Is told how far it is, and may stop it.

    Raises:
        DomainError: The place has no room, is gone, may not be written or gives back something
            else than was written to it. Nothing is left there; register and older copies are whole.
    """
    vault.still_there()
    file = vault.folder / key_file.REGISTER_FILE
    with at_place(place, file.stat().st_size):
        must_be_place(vault.folder, place)
        _remove_halves(vault.folder, place)
        target = _free_name(place, vault.folder.stem, now)
    with _workspace(vault.folder, _PREPARED) as prepared:
        _must_have_room(vault.folder, 2 * file.stat().st_size)
        with in_plain_words(*FAULTS):
            _snapshot(file, vault.key, prepared / key_file.REGISTER_FILE, progress)
            _lay_beside(vault, prepared, vault.keys)
        facts = _facts(vault, prepared, vault.key)
        made = _store(vault, prepared, target, _Origin(now, facts, vault.key), progress)
    with at_place(place, 0):
        lay_ledger(vault, place)
    return made


def change_copy(
    vault: Vault,
    path: Path,
    change: Callable[[Vault], bool],
    progress: Progress = SILENT,
) -> Facts:
    """Open a copy, change something in it, and put it back in its place as one step.

    A copy of an earlier version is brought to this one if it has to be changed. At every moment
    the old copy or the new one is whole in its place.

    Args:
        vault: The register it is a copy of.
        path: The copy.
        change: Changes the opened copy and cleans its pages; returns whether it has changed any.
        progress: Is told how far it is, and may stop it.

    Returns:
        What the copy holds now.

    Raises:
        DomainError: It cannot be read or written, or is another register's.
    """
    if path.is_dir():
        return _change_register(vault, path, change)
    with _workspace(vault.folder, _PREPARED) as prepared:
        with at_place(path.parent, 0), open_archive(path) as archive:
            _must_have_room(vault.folder, 3 * path.stat().st_size)
            before = archive.manifest
            if before.register_id != vault.register_id:
                raise foreign(path)
            archive.unpack(prepared, progress)
        keys = vault.keys_of(prepared)
        with in_plain_words(*FAULTS):
            _lay_beside(vault, prepared, keys)
        changed = _changed(vault, prepared, keys, change)
        facts = _facts(vault, prepared, keys.vault)
        if changed:
            made = replace(facts, log_lines=before.facts.log_lines, log_head=before.facts.log_head)
            _store(vault, prepared, path, _Origin(before.made_at, made, keys.vault), progress)
    return facts


def verify_copy(vault: Vault, path: Path, progress: Progress = SILENT) -> WrittenCopy:
    """Open a copy and look whether it is whole and of this register.

    Raises:
        DomainError: It is not, or it cannot be read.
    """
    with _workspace(vault.folder, _READ_BACK) as folder, at_place(path.parent, 0):
        size = path.stat().st_size
        _must_have_room(vault.folder, size)
        with open_archive(path) as archive:
            manifest = archive.manifest
            if manifest.register_id != vault.register_id:
                raise foreign(path)
            archive.unpack(folder, progress)
            facts = check_copy(archive, folder, vault.keys_of(folder).vault, progress)
    return WrittenCopy(path, size, manifest, facts)


def lay_ledger(vault: Vault, place: Path) -> None:
    """Lay the ledger of the erased beside the copies, for whoever puts an older one back."""
    ledger = vault.folder / ledger_file.FILE
    beside = place / (vault.folder.stem + LEDGER_SUFFIX)
    if ledger.is_file() and not (beside.is_file() and beside.read_bytes() == ledger.read_bytes()):
        replace_file(beside, ledger.read_bytes())


def must_be_place(register: Path, place: Path) -> None:
    """Refuse a place that is no folder, or that would be lost with the register itself."""
    if not place.is_dir():
        raise GoneError(
            _(
                "The folder “{place}” is not there. No copy was made; your register is whole. "
                "Connect the stick or disk, or choose another folder."
            ).format(place=place)
        )
    if place.resolve().is_relative_to(register.resolve()):
        raise DomainError(
            _(
                "This folder lies inside the register, so the copy would be lost together with "
                "it. No copy was made. Choose a folder on a stick or another disk."
            )
        )


def foreign(path: Path) -> DamagedError:
    """Return that a copy is another register's."""
    said = _("“{name}” is a backup of another register. Nothing was changed. Choose another file.")
    return DamagedError(said.format(name=path.name))


def _changed(vault: Vault, folder: Path, keys: Keyring, change: Callable[[Vault], bool]) -> bool:
    opened = Vault.open_with_keys(folder, vault.staff, keys)
    try:
        return change(opened)
    finally:
        opened.lock()


def _change_register(vault: Vault, folder: Path, change: Callable[[Vault], bool]) -> Facts:
    """Change a register that a copy has replaced and that still lies in a folder of its own."""
    keys = vault.keys_of(folder)
    with in_plain_words(*FAULTS):
        _lay_beside(vault, folder, keys)
    _changed(vault, folder, keys, change)
    return _facts(vault, folder, keys.vault)


@dataclass(frozen=True, repr=False)
class _Origin:
    """When a copy was first made, what it is to hold, and what opens it."""

    made_at: datetime
    facts: Facts
    key: bytes


def _store(
    vault: Vault, prepared: Path, target: Path, origin: _Origin, progress: Progress
) -> WrittenCopy:
    """Write what is prepared as one file, read it again, and give it its name."""
    described = partial(describe, origin.key, vault.register_id, origin.made_at, origin.facts)
    part = target.with_name(target.name + PART)
    try:
        with at_place(target.parent, (prepared / key_file.REGISTER_FILE).stat().st_size):
            part.unlink(missing_ok=True)
            write_archive(part, prepared, described, progress)
        try:
            written = verify_copy(vault, part, progress)
        except DamagedError:
            raise unread(target.parent) from None
        with at_place(target.parent, 0):
            part.replace(target)
            sync_folder(target.parent)
    finally:
        _try_to_remove(part)
    return replace(written, path=target)


def _snapshot(file: Path, key: bytes, to: Path, progress: Progress) -> None:
    try:
        copy_pages(file, key, to, key, progress)
    except driver.Error as error:  # which carries no code from here
        raise DiskError(
            _(
                "The copy could not be prepared: the disk of the register is full or could not "
                "be written. No copy was made; your register and your earlier copies are "
                "whole. Check the disk and its space, and try again."
            )
        ) from error


def _lay_beside(vault: Vault, folder: Path, keys: Keyring) -> None:
    """Put the ledger of the register beside a copy of its file, and its key file if that fits."""
    fitting = (key_file.FILE,) if keys.vault == vault.key else ()
    for name in (*fitting, ledger_file.FILE):
        own = vault.folder / name
        if own.is_file():
            replace_file(folder / name, own.read_bytes())


def _facts(vault: Vault, folder: Path, key: bytes) -> Facts:
    erased = tuple(line.ref for line in vault.ledger.lines())
    with (
        in_plain_words(*FAULTS),
        closing(connect(folder / key_file.REGISTER_FILE, key)) as connection,
    ):
        return facts_of(connection, erased)


@contextmanager
def _workspace(register: Path, name: str) -> Iterator[Path]:
    folder = register / name
    with in_plain_words(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _must_have_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise NoSpaceError(
            _(
                "The disk of the register has no room to prepare the copy: {size} MB are needed. "
                "No copy was made; your register and your earlier copies are whole. Free some "
                "space and try again."
            ).format(size=-(-needed // 1_000_000))
        )


def _free_name(place: Path, name: str, now: datetime) -> Path:
    """Return a name in a folder that no file has: nothing is ever overwritten."""
    base = f"{name}-{now.astimezone():%Y-%m-%d-%H%M}"
    target, number = place / (base + SUFFIX), 1
    while target.exists():
        number += 1
        target = place / f"{base}-{number}{SUFFIX}"
    return target


def _remove_halves(register: Path, place: Path) -> None:
    """Remove what a crash left of this register's copies."""
    for half in place.glob(f"{escape(register.stem)}-*{SUFFIX}{PART}"):
        half.unlink(missing_ok=True)


def _try_to_remove(part: Path) -> None:
    """Remove a half copy if its stick is still there."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return
