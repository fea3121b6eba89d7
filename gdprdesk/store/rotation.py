"""New keys: the register is written anew under a key that whoever has left does not know.

What is sealed in the file once more is sealed anew too: the identity numbers always, the journal if
whoever does it holds its key.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, SubjectRef, personal_kinds, sealed_columns
from gdprdesk.domain.errors import DiskError, DomainError, NoSpaceError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area
from gdprdesk.i18n import _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.store.archive import Facts
from gdprdesk.store.engine import (
    FAULTS,
    connect,
    copy_pages,
    driver,
    in_plain_words,
    truncate_wal,
)
from gdprdesk.store.facts import facts_of
from gdprdesk.store.faults import damaged
from gdprdesk.store.files import sync_file
from gdprdesk.store.integrity import checks_of_file, run_checks
from gdprdesk.store.keys import REGISTER_FILE, Keyring
from gdprdesk.store.row_seals import keeping_seal
from gdprdesk.store.sealing import Sealer
from gdprdesk.store.switching import NEXT, remove_next, switch
from gdprdesk.store.vault import Vault


def change_keys(
    vault: Vault, now: datetime, note: Callable[[Vault], None], progress: Progress = SILENT
) -> Keyring:
    """Write an open register anew under new keys, which everybody in its key file is given.

    Until the very end the register stays as it was, and is read by whoever likes; what is to be
    saved meanwhile is refused. After that it has to be locked and opened again.

    Args:
        vault: The register.
        now: The moment, in UTC.
        note: Writes down in the new file what was done.
        progress: Is told how far it is; may stop it until the new keys count.

    Returns:
        The new keys; the journal key among them is new if it was held.

    Raises:
        DomainError: It could not be done; the register and its keys are as they were. If the
            vault `is_over` all the same, it is finished when the register is opened again.
    """
    vault.still_there()
    vault.key_file().must_be_trusted(vault.keys)
    new = vault.keys.renewed(journal=True)
    try:
        with vault.barred() as leave:
            write_anew(vault, new, vault.folder / NEXT, progress, note)
            leave()
            switch(vault.folder, vault.key_file(), new, now)
    except BaseException:
        if not vault.is_over:
            with suppress(DomainError):  # it is taken away when the register is opened next
                remove_next(vault.folder)
        raise
    return new


def write_anew(
    vault: Vault,
    keys: Keyring,
    to: Path,
    progress: Progress = SILENT,
    note: Callable[[Vault], None] | None = None,
) -> None:
    """Write the file of an open register once more, under other keys; safe on the disk on return.

    Args:
        vault: The register, in which nobody writes meanwhile.
        keys: The keys of the new file.
        to: The new file, in the folder of the register.
        progress: Is told how far it is, and may stop it.
        note: Writes something in the new file at the end.

    Raises:
        DomainError: There is no room, what is sealed cannot be opened, or the new file is not what
            it should be.
    """
    file = vault.folder / REGISTER_FILE
    _must_have_room(file)
    with in_plain_words(*FAULTS):
        remove_next(vault.folder)
        _copy(file, vault.key, to, keys.vault, progress)
        with vault.beside(to, keys) as beside:
            with Session(beside.writer) as session, session.begin():
                seal_anew(session, vault.keys, keys, vault.audit_key, progress)
            if _facts(file, vault.key) != _facts(to, keys.vault):
                raise damaged()
            if note is not None:
                note(beside)
        _must_be_whole(to, keys.vault, progress)
        sync_file(to)


@dataclass
class _Person:
    """Whose words are sealed anew: by her ref, with her key."""

    ref: SubjectRef
    sealing_key: bytes | None


def seal_anew(
    session: Session,
    before: Keyring,
    after: Keyring,
    audit_key: bytes,
    progress: Progress = SILENT,
) -> None:
    """Seal anew all that is sealed with keys that are another now; the log still knows each row.

    Raises:
        DomainError: It is sealed with a key that is not held.
    """
    changed = {Area.GUARDED}
    if before.journal != after.journal:
        changed.add(Area.JOURNAL)
    columns = [
        (kind, name, column.area)
        for kind in personal_kinds()
        for name, column in sealed_columns(kind)
        if column.area in changed
    ]
    holders = _holders(session, {kind for kind, _name, _area in columns})
    old, new, ask = Sealer(before), Sealer(after), session.connection().exec_driver_sql
    for done, (subject_id, ref, key) in enumerate(holders):
        progress.step(done, len(holders), _("Sealing anew …"))
        was = _Person(ref, key)
        now = _Person(ref, None if Area.JOURNAL in changed else key)
        for kind, name, area in columns:
            column = getattr(kind, name)
            rows = select(kind.id, column).where(kind.subject_id == subject_id, column.is_not(None))
            for row_id, sealed in session.execute(rows).all():
                fresh = new.seal(now, area, old.open(was, area, sealed))
                with keeping_seal(ask, audit_key, kind, row_id):
                    session.execute(update(kind).where(kind.id == row_id).values({name: fresh}))
        if now.sealing_key != key:
            hers = update(DataSubject).where(DataSubject.id == subject_id)
            with keeping_seal(ask, audit_key, DataSubject, subject_id):
                session.execute(hers.values(sealing_key=now.sealing_key))


def _holders(
    session: Session, kinds: set[type[PersonalRecord]]
) -> list[tuple[int, SubjectRef, bytes | None]]:
    """Return of whom anything is sealed: row, ref and key of each."""
    found = {
        one
        for kind in kinds
        for one in session.scalars(select(kind.subject_id).distinct())
        if one is not None
    }
    people = select(DataSubject.id, DataSubject.ref, DataSubject.sealing_key)
    return [
        (row_id, ref, key)
        for row_id, ref, key in session.execute(people.order_by(DataSubject.id))
        if key is not None or row_id in found
    ]


def _copy(file: Path, key: bytes, to: Path, to_key: bytes, progress: Progress) -> None:
    try:
        copy_pages(file, key, to, to_key, progress)
    except driver.Error as error:  # which carries no code from here
        raise DiskError(
            _(
                "The register could not be written anew: the disk is full or could not be written. "
                "The keys were not changed; your register is whole. Check the disk and its space, "
                "and try again."
            )
        ) from error


def _facts(file: Path, key: bytes) -> Facts:
    with closing(connect(file, key)) as connection:
        return facts_of(connection, ())


def _must_be_whole(file: Path, key: bytes, progress: Progress) -> None:
    with closing(connect(file, key)) as connection:
        truncate_wal(connection)
    if not all(one.ok for one in run_checks(checks_of_file(lambda: connect(file, key)), progress)):
        raise damaged()


def _must_have_room(file: Path) -> None:
    needed = 2 * file.stat().st_size  # the new file, and what is sealed anew once more beside it
    if shutil.disk_usage(file).free < needed:
        raise NoSpaceError(
            _(
                "The disk has no room to write the register anew: {size} MB are needed. The keys "
                "were not changed; your register is whole. Free some space and try again."
            ).format(size=-(-needed // 1_000_000))
        )
