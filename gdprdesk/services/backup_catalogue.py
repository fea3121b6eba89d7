"""Which copies of the register there are, and whom they still hold: the catalogue.

The catalogue is in the register and says what should be there. What is there is looked at by
`services.backups`, which writes down here what it has found or done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from gdprdesk.domain.backups import BackupCopy, BackupPlace, kept_until
from gdprdesk.domain.base import EditionRef, SubjectRef
from gdprdesk.domain.erasure import CopyLine, ErasureCase
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BackupSchedule, Permission
from gdprdesk.i18n import N_, ngettext
from gdprdesk.services.backup_places import BESIDE, OWN, find_place, is_reachable, name_of, path_of
from gdprdesk.services.finding import today_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class BackupCopyRow:
    """A copy of the list.

    Attributes:
        path: Where it was last found.
        size: In bytes.
        counts: How many rows each table has.
        erased_lines: How many of the erased, the first first, are gone from it.
        until: The last day it is kept.
        gone_on: When it was taken away or found to be gone.
        automatic: The program itself made it, and it is lost with the register.
    """

    ref: EditionRef
    place_ref: EditionRef
    place: str
    file: str
    path: Path
    made_at: datetime
    size: int
    counts: Mapping[str, int]
    erased_lines: int
    until: date
    gone_on: date | None
    reachable: bool
    automatic: bool


@dataclass(frozen=True, repr=False)
class LastCopy:
    """The newest copy that was read again and found whole.

    Attributes:
        days: How many days ago it was made.
    """

    days: int
    made_at: datetime
    place: str


@dataclass(frozen=True, repr=False)
class CopyNote:
    """What was found in a copy, to be written in the catalogue."""

    file: str
    made_at: datetime
    size: int
    counts: Mapping[str, int]
    erased_lines: int


@action(
    "backup.remove_place", N_("Removed place for backups"), undoable=False, needs=Permission.BACKUPS
)
def remove_backup_place(
    work: UnitOfWork, *, place_ref: EditionRef, copies_destroyed: bool = False
) -> None:
    """Make no more copies at a place.

    Its copies must be gone, or whoever is erased later would stay in them without anybody knowing.

    Args:
        work: The unit of work.
        place_ref: The place.
        copies_destroyed: The owner says that the stick or its copies do not exist any more.

    Raises:
        DomainError: Copies are left there, as far as is known.
    """
    place = find_place(work.session, place_ref)
    left = work.session.scalars(_present().where(BackupCopy.place_id == place.id)).all()
    if left and not copies_destroyed:
        said = ngettext(
            "One copy is still on {place}. Nothing was changed. Delete it there first, or say that "
            "it does not exist any more: whoever is erased later must not stay in it.",
            "{count} copies are still on {place}. Nothing was changed. Delete them there first, or "
            "say that they do not exist any more: whoever is erased later must not stay in them.",
            len(left),
        )
        raise DomainError(said.format(count=len(left), place=name_of(place)))
    for copy in left:
        copy.gone_on = work.today
    work.session.flush()
    note_on_receipts(work)
    work.session.execute(delete(BackupCopy).where(BackupCopy.place_id == place.id))
    work.session.delete(place)


@action("backup.note", N_("Backup"), undoable=False, needs=Permission.BACKUPS)
def note_copies(
    work: UnitOfWork,
    *,
    copies: Sequence[CopyNote],
    place_ref: EditionRef | None = None,
    gone: Sequence[str] = (),
) -> None:
    """Write in the catalogue what was found at a place or made there.

    Args:
        work: The unit of work.
        copies: What is there and was not, or is not as it was.
        place_ref: The place; the register's own folder if nothing is said.
        gone: The files that are not there any more.
    """
    place = find_place(work.session, place_ref) if place_ref else _own_place(work)
    here = select(BackupCopy).where(BackupCopy.place_id == place.id)
    known = {one.file: one for one in work.session.scalars(here)}
    for note in copies:
        before = known.get(note.file)
        if before is None or before.made_at != note.made_at.isoformat():
            known[note.file] = _new_copy(work, place, note)
        else:
            before.size, before.counts = note.size, dict(note.counts)
            before.erased_lines, before.gone_on = note.erased_lines, None
    for file in gone:
        known[file].gone_on = known[file].gone_on or work.today
    work.session.flush()
    _say_until(work.session.scalars(here.where(BackupCopy.gone_on.is_(None))).all())
    note_on_receipts(work)


def note_aside(work: UnitOfWork, register: Path) -> None:
    """Write in the catalogue that the register that was replaced is still there, beside this."""
    asked = select(BackupPlace).where(BackupPlace.folder == BESIDE)
    place = work.session.scalar(asked) or _new_place(work, BESIDE)
    note = CopyNote(register.name, work.now, 0, {}, 0)
    copy = _new_copy(work, place, note)
    copy.until = kept_until([work.now.astimezone()])[work.now.astimezone()]


@action("backup.erased", N_("Erasure in backups"), undoable=False, needs=Permission.BACKUPS)
def note_on_receipts(work: UnitOfWork) -> None:
    """Write on the receipts of erasures in which copies she is erased too, and until when not."""
    changed = _lines_to_change(work.session, work.erased)
    for case, lines in changed:
        case.copies = lines


@action("backup.reopen", N_("Erasure in backups"), undoable=False, needs=Permission.BACKUPS)
def look_again_for(work: UnitOfWork, *, subject_ref: SubjectRef) -> None:
    """Let every copy be looked through again: what was kept of an erased person has gone."""
    before = work.erased.index(subject_ref) if subject_ref in work.erased else 0
    for copy in work.session.scalars(_present()):
        copy.erased_lines = min(copy.erased_lines, before)


@query("backup.copies", needs=Permission.BACKUPS)
def list_copies(
    read: Session, *, place_ref: EditionRef | None = None, also_gone: bool = False
) -> tuple[BackupCopyRow, ...]:
    """Return the copies of the register, the newest first."""
    places = {one.id: one for one in read.scalars(select(BackupPlace))}
    reachable = {one.id: is_reachable(read, one) for one in places.values()}
    copies = select(BackupCopy).order_by(BackupCopy.made_at.desc(), BackupCopy.id.desc())
    if not also_gone:
        copies = copies.where(BackupCopy.gone_on.is_(None))
    if place_ref is not None:
        copies = copies.where(BackupCopy.place_id == find_place(read, place_ref).id)
    return tuple(
        _copy_row(read, one, places[one.place_id], reachable=reachable[one.place_id])
        for one in read.scalars(copies)
    )


@query("backup.last", needs=Permission.BACKUPS)
def last_good_copy(read: Session) -> LastCopy | None:
    """Return the newest copy outside the register that was read again; nothing if there is none."""
    newest = (
        select(BackupCopy, BackupPlace)
        .join(BackupPlace, BackupPlace.id == BackupCopy.place_id)
        .where(BackupCopy.gone_on.is_(None), BackupPlace.folder.not_in([OWN, BESIDE]))
        .order_by(BackupCopy.made_at.desc())
        .limit(1)
    )
    found = read.execute(newest).first()
    if found is None:
        return None
    copy, place = found
    made_at = datetime.fromisoformat(copy.made_at)
    days = (today_of(read) - made_at.astimezone().date()).days
    return LastCopy(max(days, 0), made_at, name_of(place))


@query("backup.overdue", needs=Permission.BACKUPS)
def list_overdue_copies(read: Session) -> tuple[BackupCopyRow, ...]:
    """Return the copies whose last day is over but that could not be reached to be taken away."""
    today = today_of(read)
    return tuple(one for one in list_copies(read) if one.until < today and not one.reachable)


def copy_lines(read: Session) -> tuple[CopyLine, ...]:
    """Return the copies in which somebody who is in the register now may be, for her preview."""
    places = {one.id: name_of(one) for one in read.scalars(select(BackupPlace))}
    return tuple(
        CopyLine(
            file=one.file, place=places[one.place_id], done_on=None, until=one.until.isoformat()
        )
        for one in read.scalars(_present().order_by(BackupCopy.made_at))
    )


def receipts_wait(read: Session, erased: Sequence[SubjectRef]) -> bool:
    """Return whether a receipt does not say yet what has become of somebody in the copies."""
    return bool(_lines_to_change(read, erased))


def _present() -> Select[BackupCopy]:
    return select(BackupCopy).where(BackupCopy.gone_on.is_(None))


def _own_place(work: UnitOfWork) -> BackupPlace:
    asked = select(BackupPlace).where(BackupPlace.folder == OWN)
    return work.session.scalar(asked) or _new_place(work, OWN)


def _new_place(work: UnitOfWork, folder: str) -> BackupPlace:
    """Make a place of the program's own, which moves with the register."""
    place = BackupPlace(folder=folder, name="", schedule=BackupSchedule.BY_HAND)
    work.session.add(place)
    work.session.flush()
    return place


def _new_copy(work: UnitOfWork, place: BackupPlace, note: CopyNote) -> BackupCopy:
    made = BackupCopy(
        place_id=place.id,
        file=note.file,
        made_at=note.made_at.isoformat(),
        size=note.size,
        counts=dict(note.counts),
        erased_lines=note.erased_lines,
        until=date.max,
    )
    work.session.add(made)
    return made


def _say_until(copies: Iterable[BackupCopy]) -> None:
    """Give each copy its last day, which never comes later than was said before."""
    made = {one: datetime.fromisoformat(one.made_at).astimezone() for one in copies}
    days = kept_until(made.values())
    for copy, at in made.items():
        copy.until = min(copy.until, days[at])


def _lines_to_change(
    read: Session, erased: Sequence[SubjectRef]
) -> list[tuple[ErasureCase, list[CopyLine]]]:
    copies = read.execute(
        select(BackupCopy, BackupPlace)
        .join(BackupPlace, BackupPlace.id == BackupCopy.place_id)
        .order_by(BackupCopy.made_at)
    ).all()
    if not copies:
        return []
    numbers = {ref: number for number, ref in enumerate(erased, 1)}
    since = min(copy.made_at for copy, _place in copies)
    cases = select(ErasureCase).where(ErasureCase.deleted_at >= since)
    found = []
    for case in read.scalars(cases):
        lines = _lines_of(case, numbers.get(case.subject_ref), copies, today_of(read))
        if lines != case.copies:
            found.append((case, lines))
    return found


def _lines_of(
    case: ErasureCase,
    number: int | None,
    copies: Iterable[tuple[BackupCopy, BackupPlace]],
    today: date,
) -> list[CopyLine]:
    """Return what the receipt says about each copy that was made before she was erased."""
    said = {(line["file"], line["place"]): line for line in case.copies}
    for copy, place in copies:
        deleted_at = case.deleted_at or ""
        gone_before = copy.gone_on and copy.gone_on.isoformat() < deleted_at[:10]
        if copy.made_at > deleted_at or gone_before:
            continue
        key = (copy.file, name_of(place))
        before = said.get(key, CopyLine(file=key[0], place=key[1], done_on=None, until=None))
        done = copy.gone_on or (today if number and copy.erased_lines >= number else None)
        said[key] = CopyLine(
            file=key[0],
            place=key[1],
            done_on=before["done_on"] or (done.isoformat() if done else None),
            until=None if done or before["done_on"] else copy.until.isoformat(),
        )
    return list(said.values())


def _copy_row(
    read: Session, copy: BackupCopy, place: BackupPlace, *, reachable: bool
) -> BackupCopyRow:
    return BackupCopyRow(
        ref=copy.ref,
        place_ref=place.ref,
        place=name_of(place),
        file=copy.file,
        path=path_of(read, place) / copy.file,
        made_at=datetime.fromisoformat(copy.made_at),
        size=copy.size,
        counts=copy.counts,
        erased_lines=copy.erased_lines,
        until=copy.until,
        gone_on=copy.gone_on,
        reachable=reachable,
        automatic=place.folder in {OWN, BESIDE},
    )
