"""Putting a copy of a register back: unpacked and checked beside its place, moved there when whole.

Nothing is ever replaced: a register that is there already is moved aside first.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import (
    DamagedError,
    DomainError,
    GoneError,
    NoSpaceError,
)
from gdprdesk.domain.permissions import EVERYTHING, built_in
from gdprdesk.domain.terms import BuiltInRole, ErasureState, Permission
from gdprdesk.i18n import _, format_day
from gdprdesk.jobs import Progress
from gdprdesk.store import keys as key_file
from gdprdesk.store import ledger as ledger_file
from gdprdesk.store.archive import Archive, Facts, newer_copy, open_archive
from gdprdesk.store.backup import LEDGER_SUFFIX
from gdprdesk.store.copy_faults import at_place
from gdprdesk.store.copy_keys import CopyKeys, Opening, open_copy_keys
from gdprdesk.store.engine import FAULTS, connect, in_plain_words
from gdprdesk.store.facts import audit_key_of, check_copy, facts_of, log_holds
from gdprdesk.store.faults import damaged
from gdprdesk.store.files import PART, RESTORED, finish_replacing, replace_file, sync_folder
from gdprdesk.store.keys import Keyring, Keys
from gdprdesk.store.lock_file import LockFile
from gdprdesk.store.media import FoundLedger, ledgers_in
from gdprdesk.store.migrations import BACKUPS, newest
from gdprdesk.store.places import refuse_network
from gdprdesk.store.rotation import write_anew
from gdprdesk.store.switching import NEXT
from gdprdesk.store.vault import OPENER, SUFFIX, Vault


@dataclass(frozen=True)
class LogLine:
    """A line of a log that the copy does not have; names nobody."""

    at: str
    action: str


class UnpackedCopy:
    """A copy that was unpacked beside its place and is whole.

    Attributes:
        manifest: What it says of itself.
        facts: What was found in it.
        warnings: What the owner should know about the ledgers that were found, as sentences.
        gone: Of whom the register that is there holds nothing any more.
    """

    def __init__(self, folder: Path, archive: Archive, keys: CopyKeys) -> None:
        self._folder, self._keys, self._staff = folder, keys.then, keys.staff
        self._today = keys.today
        self._opens_there = (keys.today or keys.then).vault
        self.backup, self.manifest = archive.path, archive.manifest
        self.facts: Facts = archive.manifest.facts
        self.warnings: tuple[str, ...] = ()
        self.gone: frozenset[SubjectRef] = frozenset()

    def check(self, archive: Archive, progress: Progress) -> None:
        """Refuse a copy that is damaged, or that this program does not know all of."""
        with (
            in_plain_words(*FAULTS),
            closing(connect(self._folder / key_file.REGISTER_FILE, self._keys.vault)) as connection,
        ):
            if connection.execute("PRAGMA user_version").fetchone()[0] > newest():
                raise newer_copy()
        self.facts = check_copy(archive, self._folder, self._keys.vault, progress)

    def take_newer_keys(self, register: Path, progress: Progress) -> None:
        """Let today's passwords open the register, and none that was changed since the copy.

        If the keys were changed since, the copy is written anew under today's.
        """
        newer, of_copy = register / key_file.FILE, self._folder / key_file.FILE
        try:
            today, then = Keys(newer), Keys(of_copy)
        except DomainError:  # no register is there, or only what is left of one
            return
        reads = today.opens_journal_of(then)  # or the notes could never be read again
        if not today.is_signed_with(self._keys.vault):
            reads |= None not in {self._keys.journal, self._today and self._today.journal}
            if self._today is None or not reads:
                self.warnings = (*self.warnings, _opened_as_it_was())
                return
            self._write_under(self._today, progress)
        if reads:
            replace_file(of_copy, newer.read_bytes())

    def _write_under(self, keys: Keyring, progress: Progress) -> None:
        with self.opened() as vault:
            write_anew(vault, keys, self._folder / NEXT, progress)
        with in_plain_words(OSError):
            (self._folder / NEXT).replace(self._folder / key_file.REGISTER_FILE)
        self._keys = keys

    @contextmanager
    def opened(self) -> Iterator[Vault]:
        """Open the copy where it was unpacked; nobody else knows of it."""
        vault = Vault.open_with_keys(self._folder, self._staff, self._keys)
        try:
            yield vault
        finally:
            vault.lock()

    def take_in_ledgers(self, vault: Vault, register: Path, places: tuple[Path, ...]) -> None:
        """Add to the ledger of the copy whoever is in another one that can be found.

        Looked through are the register that is replaced, the folder of the copy, and the places
        of copies that the copy itself knows.
        """
        warnings = []
        own = register / ledger_file.FILE
        own_is_whole = False
        known_until = self.manifest.made_at.astimezone().date()
        for ledger in self._ledgers(register, places):
            whole, last_on = vault.ledger.take_in(ledger.content)
            own_is_whole |= whole and ledger.path == own
            known_until = max(known_until, ledger.made_on or known_until, last_on or known_until)
            if not whole and self._is_ours(ledger.path, register):
                said = _(
                    "The ledger of the erased in {path} was changed outside the program. Only what "
                    "stands before the change was used: look at your receipts of erasures."
                )
                warnings.append(said.format(path=ledger.path))
        cases = self._erased_in(register)
        for ref, day in cases or ():
            if ref not in vault.ledger.refs():
                vault.ledger.append(ref, day)
        if cases is None and not own_is_whole:
            said = _(
                "No register was there to ask who has been erased. Erasures until {day} are known "
                "from the copies, and are carried out again. Whoever was erased later is back: "
                "look at your receipts, and erase them once more."
            )
            warnings.append(said.format(day=format_day(known_until)))
        self.warnings = (*self.warnings, *warnings)

    def compare(self, register: Path) -> tuple[Facts, tuple[LogLine, ...]] | None:
        """Return what the register that is there holds, and its log since the copy.

        Returns:
            Nothing if there is none, or if it cannot be read any more.
        """
        with suppress(DomainError), self._read(register) as now:
            said = self.manifest.facts
            is_later = log_holds(now, audit_key_of(now, self._opens_there), said)
            since = self.manifest.made_at.isoformat()
            rows = now.execute("SELECT id, at, action FROM audit_entry ORDER BY id").fetchall()
            lines = tuple(
                LogLine(at, action)
                for number, at, action in rows
                if (number > said.log_lines if is_later and said.log_lines else at > since)
            )
            return facts_of(now, ()), lines
        return None

    def may_replace(self, register: Path) -> bool:
        """Return whether whoever restores looks after the backups of the register that is there.

        Otherwise an older copy could give back what somebody may not do any more. Where that
        register cannot be read, only whoever made it and the printed recovery key may.
        """
        if self._staff == key_file.RECOVERY or not _is_register(register):
            return True
        with suppress(DomainError), self._read(register) as now:
            if not now.execute("PRAGMA table_info(staff_member)").fetchall():
                return True  # of a version in which nobody had a role
            return Permission.BACKUPS in _permissions(now, self._staff)
        return self._staff == key_file.OWNER

    def put_in(self, register: Path, aside: Path | None) -> None:
        """Give the copy its name, once the register that is there has another.

        Raises:
            InUseError: That register is open.
        """
        ready = register.with_name(register.name + RESTORED)
        with in_plain_words(OSError):
            # as it was before an update, and before the erased were taken out
            shutil.rmtree(self._folder / BACKUPS, ignore_errors=True)
            replace_file(self._folder / OPENER, self.manifest.register_id.encode())
            self._folder.rename(ready)
            if aside is not None:
                register.rename(aside)
            ready.rename(register)
            sync_folder(register.parent)

    def _ledgers(self, register: Path, places: tuple[Path, ...]) -> Iterator[FoundLedger]:
        own = register / ledger_file.FILE
        with suppress(OSError):
            yield FoundLedger(own, own.read_bytes())
        folders = (self.backup.parent, register / BACKUPS, *places)
        for folder in dict.fromkeys(one.absolute() for one in folders):
            with suppress(OSError):
                yield from ledgers_in(folder, self.manifest.register_id)

    def _erased_in(self, register: Path) -> tuple[tuple[SubjectRef, date], ...] | None:
        """Return who has a receipt in the register that is there; nothing if it cannot be read."""
        asked = "SELECT subject_ref, deleted_at FROM erasure_case WHERE deleted_at IS NOT NULL"
        with suppress(DomainError), self._read(register) as now:
            columns = {row[1] for row in now.execute("PRAGMA table_info(erasure_case)")}
            if "purpose" in columns:  # of what rested on a consent alone; she is still there
                asked += " AND purpose IS NULL"
            done = now.execute(f"{asked} AND state = ?", [ErasureState.DONE.name])
            self.gone = frozenset(SubjectRef(ref) for ref, _at in done)
            return tuple(
                (SubjectRef(ref), datetime.fromisoformat(at).date())
                for ref, at in now.execute(asked)
            )
        return None

    @contextmanager
    def _read(self, register: Path) -> Iterator[Any]:
        """Open the register that is there; an empty file, as a full disk leaves it, is damaged."""
        file = register / key_file.REGISTER_FILE
        with in_plain_words(*FAULTS):
            if not file.stat().st_size:
                raise damaged()
            with closing(connect(file, self._opens_there)) as now:
                yield now

    def _is_ours(self, path: Path, register: Path) -> bool:
        """Return whether a ledger surely is of this register, by its place or its name."""
        stem = path.name.removesuffix(LEDGER_SUFFIX)
        named = path.name.endswith(LEDGER_SUFFIX) and self.backup.name.startswith(f"{stem}-")
        return path.parent == register or named or path.suffix != ".ledger"


@contextmanager
def unpacked(
    backup: Path, register: Path, opening: Opening, progress: Progress
) -> Iterator[UnpackedCopy]:
    """Unpack a copy beside the place of its register, and take it away again if it stays there.

    Args:
        backup: The copy.
        register: The folder it is to be put in; if a register is there, it must be the same.
        opening: The password or the recovery key.
        progress: Is told how far it is.

    Raises:
        WrongPasswordError: The password or key opens nothing here.
        DamagedError: It is damaged, only half there, another register's, or no backup.
        NewerVersionError: A newer program made it.
        DomainError: There is no room, or the place will not do.
    """
    if not backup.is_file():
        said = _("There is no backup at {place}. Nothing was changed. Choose another file.")
        raise GoneError(said.format(place=backup))
    _must_be_place(register)
    folder = register.with_name(register.name + PART)
    with at_place(backup.parent, 0), open_archive(backup) as archive:
        _must_be_the_same(archive, register)
        with in_plain_words(OSError):
            shutil.rmtree(folder, ignore_errors=True)  # of a crash at this very place
            _must_have_room(register.parent, backup)
            folder.mkdir(mode=0o700)
        try:
            keys = open_copy_keys(archive, folder, register, opening)
            archive.unpack(folder, progress)
            copy = UnpackedCopy(folder, archive, keys)
            copy.check(archive, progress)
            copy.take_newer_keys(register, progress)
            yield copy
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _permissions(register: Any, staff: str) -> frozenset[Permission]:
    hers = "SELECT role FROM staff_member WHERE staff_id = ? AND left_on IS NULL"
    found = register.execute(hers, [staff]).fetchone()
    if found is None:  # whoever made it is written down when she unlocks it for the first time
        known = register.execute("SELECT 1 FROM staff_member WHERE staff_id = ?", [staff])
        return EVERYTHING if staff == key_file.OWNER and not known.fetchone() else frozenset()
    if found[0] in {*BuiltInRole}:
        return built_in(BuiltInRole(found[0]), has_journal=True)
    own = "SELECT permissions FROM role WHERE ref = ?"
    (given,) = register.execute(own, found).fetchone() or ("[]",)
    return frozenset(map(Permission, json.loads(given)))


def _opened_as_it_was() -> str:
    return _(
        "The backup is from before the keys were changed, and only the passwords of that time open "
        "it: also those of people who have left since. Remove them, and change the keys again."
    )


def _must_be_place(register: Path) -> None:
    with in_plain_words(OSError):
        if register.suffix != SUFFIX:
            raise DomainError(
                _("Choose a folder whose name ends in .gdprdesk. Nothing was changed.")
            )
        if register.exists() and not _is_register(register):
            raise DomainError(
                _(
                    "There is something else at {place}. Nothing was changed. Choose a new name "
                    "that ends in .gdprdesk."
                ).format(place=register)
            )
        finish_replacing(register)
        refuse_network(register)
        register.parent.mkdir(parents=True, exist_ok=True)


def _is_register(folder: Path) -> bool:
    """Return whether it is a register, or what a broken disk has left of one: its ledger counts."""
    left = (key_file.FILE, key_file.REGISTER_FILE, ledger_file.FILE)
    return any((folder / name).is_file() for name in left)


def _must_be_the_same(archive: Archive, register: Path) -> None:
    with suppress(DamagedError):  # a register without its keys can only be replaced
        if Keys(register / key_file.FILE).register_id != archive.manifest.register_id:
            raise _foreign_to(archive.path, register)


def _foreign_to(backup: Path, register: Path) -> DomainError:
    """Return that a copy is of another register than the one it is to replace."""
    said = _(
        "“{name}” is a backup of another register than {place}. Nothing was changed. Choose "
        "another file, or a new name for the folder."
    )
    return DomainError(said.format(name=backup.name, place=register))


def _must_have_room(place: Path, backup: Path) -> None:
    needed = 4 * backup.stat().st_size  # the copy, and what cleaning its pages takes
    if shutil.disk_usage(place).free < needed:
        raise NoSpaceError(
            _(
                "There is no room to put the copy back at {place}: {size} MB are needed. Nothing "
                "was changed. Free some space and try again."
            ).format(place=place, size=-(-needed // 1_000_000))
        )


def place_aside(register: Path, now: datetime) -> Path | None:
    """Return where a register that is there will be moved; nothing if there is none.

    Raises:
        InUseError: It is open.
    """
    if not register.exists():
        return None
    if _is_register(register):
        with in_plain_words(OSError):
            LockFile(register, "").release()
    base = f"{register.stem}-before-{now.astimezone():%Y-%m-%d-%H%M}"
    aside, number = register.with_name(base + SUFFIX), 1
    while aside.exists():
        number += 1
        aside = register.with_name(f"{base}-{number}{SUFFIX}")
    return aside
