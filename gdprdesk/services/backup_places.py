"""Where copies of the register are made: sticks and folders, and when each wants one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.backups import BackupCopy, BackupPlace
from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import BackupSchedule, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import folder_of, today_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.backup import must_be_place
from gdprdesk.store.copy_faults import at_place
from gdprdesk.store.media import mark_medium, medium_of, on_same_disk
from gdprdesk.store.migrations import BACKUPS
from gdprdesk.store.places import synced_by
from gdprdesk.store.unit_of_work import UnitOfWork

OWN = BACKUPS
"""The folder in the register where it is kept before an update; it goes where the register goes."""
BESIDE = ".."
"""The folder that the register is in, where a register is that was replaced by a copy."""


@dataclass(frozen=True, repr=False)
class BackupPlaceRow:
    """A place of the list.

    Attributes:
        folder: Where it was last found.
        reachable: It can be read now, and is the stick that was meant.
        automatic: The program itself keeps the register there before an update.
        copies: How many copies are there, as far as is known.
        last_at: When the latest of them was made.
        notes: What the owner should know: on the same disk, in a synchronised folder.
    """

    ref: EditionRef
    name: str
    folder: Path
    schedule: BackupSchedule
    reachable: bool
    automatic: bool
    copies: int
    last_at: datetime | None
    notes: tuple[str, ...]


@action("backup.add_place", N_("New place for backups"), needs=Permission.BACKUPS)
def add_backup_place(
    work: UnitOfWork,
    *,
    folder: Path,
    name: str = "",
    schedule: BackupSchedule = BackupSchedule.BY_HAND,
) -> EditionRef:
    """Say where copies of the register are made, and when.

    Raises:
        DomainError: The folder is not there, cannot be written, or is a place already.
    """
    place = folder.expanduser().absolute()
    known = work.session.scalars(select(BackupPlace.folder))
    if str(place) in known:
        raise DomainError(_("Copies are made there already. Nothing was changed."))
    with at_place(place, 0):
        must_be_place(folder_of(work.session), place)
        medium = mark_medium(place)
    made = BackupPlace(
        folder=str(place), name=name.strip() or place.name, schedule=schedule, medium=medium
    )
    work.session.add(made)
    return made.ref


@action("backup.change_place", N_("Changed place for backups"), needs=Permission.BACKUPS)
def change_backup_place(
    work: UnitOfWork,
    *,
    place_ref: EditionRef,
    name: str | None = None,
    schedule: BackupSchedule | None = None,
    folder: Path | None = None,
) -> None:
    """Call a place otherwise, change when copies are made there, or say where the stick is now."""
    place = find_place(work.session, place_ref)
    if name is not None:
        place.name = name.strip() or place.name
    if schedule is not None:
        place.schedule = schedule
    if folder is not None:
        moved = folder.expanduser().absolute()
        with at_place(moved, 0):
            must_be_place(folder_of(work.session), moved)
            if place.medium and medium_of(moved) not in {place.medium, ""}:
                raise DomainError(
                    _("This is another stick or disk. Nothing was changed. Add it as a new place.")
                )
            place.medium = mark_medium(moved)
        place.folder = str(moved)


@query("backup.places", needs=Permission.BACKUPS)
def list_backup_places(read: Session) -> tuple[BackupPlaceRow, ...]:
    """Return where copies are made, in the order the places were added."""
    present = (
        select(BackupCopy.place_id, func.count(), func.max(BackupCopy.made_at))
        .where(BackupCopy.gone_on.is_(None))
        .group_by(BackupCopy.place_id)
    )
    known = {number: (count, last) for number, count, last in read.execute(present)}
    return tuple(
        _place_row(read, one, *known.get(one.id, (0, None)))
        for one in read.scalars(select(BackupPlace).order_by(BackupPlace.id))
    )


def list_places_due(read: Session, *, locking: bool) -> tuple[EditionRef, ...]:
    """Return the places that want a copy now and can be reached.

    Args:
        read: The session.
        locking: The register is about to be locked.
    """
    return tuple(
        one.ref
        for one in read.scalars(select(BackupPlace))
        if _is_due(read, one, locking=locking) and is_reachable(read, one)
    )


def notes_on(register: Path, place: Path) -> tuple[str, ...]:
    """Return what the owner should know about a place for copies, as sentences."""
    notes = []
    if on_same_disk(register, place):
        notes.append(
            _(
                "It is on the same disk as the register: if that disk breaks or the computer is "
                "stolen, both are gone. Make copies on a stick or another disk too."
            )
        )
    service = synced_by(place)
    if service:
        notes.append(
            _(
                "It is in a folder that {service} synchronises. The copies are encrypted, but that "
                "service keeps older versions in which an erased person is still there."
            ).format(service=service)
        )
    return tuple(notes)


def find_place(read: Session, ref: EditionRef) -> BackupPlace:
    """Return a place by its ref."""
    place = read.scalar(select(BackupPlace).where(BackupPlace.ref == ref))
    if place is None:
        raise NotFoundError(_("No copies are made there any more. Nothing was changed."))
    return place


def name_of(place: BackupPlace) -> str:
    """Return what people call a place."""
    if place.folder == BESIDE:
        return _("beside the register, replaced by a backup")
    return place.name or _("the register's own folder, before an update")


def path_of(read: Session, place: BackupPlace) -> Path:
    """Return where a place was last found."""
    return Path(os.path.normpath(folder_of(read) / place.folder))


def is_reachable(read: Session, place: BackupPlace) -> bool:
    """Return whether a place can be read now, and is the stick that was meant."""
    path = path_of(read, place)
    return path.is_dir() and (not place.medium or medium_of(path) == place.medium)


def _is_due(read: Session, place: BackupPlace, *, locking: bool) -> bool:
    wanted = {BackupSchedule.DAILY, *([BackupSchedule.AT_LOCK] if locking else [])}
    if place.schedule not in wanted:
        return False
    newest = select(BackupCopy).where(BackupCopy.gone_on.is_(None), BackupCopy.place_id == place.id)
    last = read.scalar(newest.order_by(BackupCopy.made_at.desc()).limit(1))
    if last is None:
        return True
    made_on = datetime.fromisoformat(last.made_at).astimezone().date()
    if place.schedule is BackupSchedule.DAILY and made_on >= today_of(read):
        return False
    changed = select(AuditEntry.id).where(
        AuditEntry.at > last.made_at, AuditEntry.action.not_like("backup.%")
    )
    return read.scalar(changed.limit(1)) is not None


def _place_row(
    read: Session, place: BackupPlace, copies: int, last_at: str | None
) -> BackupPlaceRow:
    path = path_of(read, place)
    automatic = place.folder in {OWN, BESIDE}
    return BackupPlaceRow(
        ref=place.ref,
        name=name_of(place),
        folder=path,
        schedule=place.schedule,
        reachable=is_reachable(read, place),
        automatic=automatic,
        copies=copies,
        last_at=datetime.fromisoformat(last_at) if last_at else None,
        notes=() if automatic else notes_on(folder_of(read), path),
    )
