"""The register as it was on a day: frozen, and compared with another day.

A snapshot is never changed and never removed: it is the proof of what applied, and names no
customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.differences import RowChange, compare
from gdprdesk.domain.editions import FrozenRow, RegisterSnapshot
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.entering import checked_name
from gdprdesk.services.finding import controller_of
from gdprdesk.services.freezing import KIND, KINDS, LABELS, digest_of, freeze_register
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

SHORTENING: Final = "log.shorten"
"""What lets old lines of the log go; what they prove of snapshots, its own line goes on proving."""


@dataclass(frozen=True, repr=False)
class SnapshotRow:
    """A snapshot as a list shows it.

    Attributes:
        name: Why it was taken.
        rows: How many rows it has.
        intact: Whether it is still what the log says was frozen.
    """

    ref: EditionRef
    name: str
    taken_on: date
    rows: int
    intact: bool


@dataclass(frozen=True, repr=False)
class FrozenView:
    """A row of a snapshot: what it is, its name, and each field with what it says."""

    kind: str
    name: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, repr=False)
class SnapshotDetail:
    """A snapshot with everything in it."""

    row: SnapshotRow
    rows: tuple[FrozenView, ...]


@dataclass(frozen=True, repr=False)
class Difference:
    """What changed from one snapshot to another; without a newer one, to the register of today."""

    older: SnapshotRow
    newer: SnapshotRow | None
    rows: tuple[RowChange, ...]


@action("snapshot.take", N_("New snapshot"), undoable=False, needs=Permission.REGISTER)
def take_snapshot(work: UnitOfWork, *, name: str) -> EditionRef:
    """Freeze the whole register as it is today; the log remembers its digest.

    Args:
        work: The transaction.
        name: Why it is taken: "For the yearly review".
    """
    spoken = controller_of(work.session).language
    with language(spoken):
        rows = freeze_register(work.session)
    snapshot = RegisterSnapshot(
        name=checked_name(name), taken_on=work.today, language=spoken, rows=rows
    )
    work.session.add(snapshot)
    work.mention(digest_of(rows))
    return snapshot.ref


@query("snapshot.list", needs=Permission.REGISTER)
def list_snapshots(read: Session) -> tuple[SnapshotRow, ...]:
    """Return every snapshot, the newest first."""
    found = read.scalars(select(RegisterSnapshot).order_by(RegisterSnapshot.id.desc()))
    return tuple(_row(read, one) for one in found)


@query("snapshot.show", needs=Permission.REGISTER)
def show_snapshot(read: Session, *, ref: EditionRef) -> SnapshotDetail:
    """Return everything a snapshot says."""
    snapshot = _find(read, ref)
    return SnapshotDetail(_row(read, snapshot), tuple(view_of(row) for row in snapshot.rows))


@query("snapshot.compare", needs=Permission.REGISTER)
def compare_snapshots(
    read: Session, *, older: EditionRef, newer: EditionRef | None = None
) -> Difference:
    """Return what changed between two snapshots, or since one: rows, their fields, their words.

    Raises:
        DomainError: The older one is the newer one.
    """
    before = _find(read, older)
    if newer is None:
        with language(before.language):
            rows = freeze_register(read)
        return Difference(_row(read, before), None, compare(before.rows, rows))
    after = _find(read, newer)
    if before.id >= after.id:
        raise DomainError(_("Choose an older snapshot first, and a newer one to compare it with."))
    changes = compare(before.rows, after.rows)
    return Difference(_row(read, before), _row(read, after), changes)


def view_of(row: FrozenRow) -> FrozenView:
    """Return a frozen row as it is shown, its labels in the language spoken."""
    lines = tuple(
        (field_label(key), text) for key, text in row["fields"].items() if key not in {KIND, "name"}
    )
    return FrozenView(kind_label(row), row["name"], lines)


def kind_label(row: FrozenRow) -> str:
    """Return what a frozen row is, in the language spoken."""
    return _(KINDS[row["fields"][KIND]])


def field_label(key: str) -> str:
    """Return what a field of a frozen row is called, in the language spoken.

    A snapshot of an older program may have a field that has no name any more.
    """
    return _(LABELS[key]) if key in LABELS else key


def _find(read: Session, ref: EditionRef) -> RegisterSnapshot:
    found = read.scalar(select(RegisterSnapshot).where(RegisterSnapshot.ref == ref))
    if found is None:
        raise NotFoundError(_("This snapshot is not in the register."))
    return found


def _row(read: Session, snapshot: RegisterSnapshot) -> SnapshotRow:
    return SnapshotRow(
        ref=snapshot.ref,
        name=snapshot.name,
        taken_on=snapshot.taken_on,
        rows=len(snapshot.rows),
        intact=is_intact(read, snapshot),
    )


def is_intact(read: Session, snapshot: RegisterSnapshot) -> bool:
    """Return whether the line of the log that froze it, or that stands for it, names its digest."""
    lines = select(AuditEntry.refs).where(
        AuditEntry.action.in_(["snapshot.take", SHORTENING]),
        AuditEntry.refs.contains(snapshot.ref),
    )
    digest = digest_of(snapshot.rows)
    return any(digest in refs for refs in read.scalars(lines))
