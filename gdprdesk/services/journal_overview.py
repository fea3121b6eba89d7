"""The journals of a practice: whose there are, who can read them, and what was done with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, ReadReason, SubjectState
from gdprdesk.i18n import _
from gdprdesk.services.finding import find_client
from gdprdesk.services.paging import Page, window
from gdprdesk.services.permissions import permissions_of_staff
from gdprdesk.services.registry import ACTIONS, READINGS, about, query
from gdprdesk.services.staff_names import staff_name

_AREA = "journal."
_MOST_REFS = 200


@dataclass(frozen=True, repr=False)
class JournalRow:
    """A journal as a list shows it: whose, when last, how much."""

    subject_ref: SubjectRef
    name: str
    last_on: date
    entries: int
    drafts: int


@dataclass(frozen=True, repr=False)
class ReaderRow:
    """A member of staff, and whether she can read the journal."""

    staff_id: str
    name: str
    can_read: bool


@dataclass(frozen=True, repr=False)
class JournalEvent:
    """One line of the log about a journal.

    Attributes:
        at: When, in UTC as ISO text.
        who: What whoever did it is called.
        what: What was done, in the language spoken.
        is_reading: Whether something was read and not written.
        reason: Why it was read, if that was asked.
    """

    at: str
    who: str
    what: str
    is_reading: bool
    reason: ReadReason | None


@query("journal.clients", needs=Permission.JOURNAL_READ)
def list_journals(read: Session, *, offset: int = 0, limit: int = 50) -> Page[JournalRow]:
    """Return one page of those who have a journal, whose entry is the latest first.

    Args:
        read: The open register.
        offset: How many rows come before the page.
        limit: How many rows the page has.
    """
    last = func.max(JournalNote.happened_on)
    drafts = func.count().filter(JournalNote.signed_at.is_(None))
    wanted = (
        select(DataSubject.ref, DataSubject.name, last, func.count(), drafts)
        .join(JournalNote, JournalNote.subject_id == DataSubject.id)
        .where(DataSubject.state != SubjectState.STAGED)
        .group_by(DataSubject.id)
    )
    total = read.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    start, count = window(offset, limit)
    found = read.execute(wanted.order_by(last.desc(), DataSubject.id).offset(start).limit(count))
    return Page(tuple(JournalRow(*row) for row in found), total)


@query("journal.whose", needs=Permission.JOURNAL_READ)
def name_in_journal(read: Session, *, subject_ref: SubjectRef) -> str:
    """Return whose journal it is, also of somebody in whose journal nothing stands yet."""
    return find_client(read, subject_ref).name


@query("journal.readers", needs=Permission.JOURNAL_READ)
def list_readers(read: Session) -> tuple[ReaderRow, ...]:
    """Return who works with the register now, those who can read the journal first."""
    staff = read.scalars(select(StaffMember).where(StaffMember.left_on.is_(None)))
    rows = [
        ReaderRow(
            one.staff_id,
            one.name,
            Permission.JOURNAL_READ in permissions_of_staff(read, one.staff_id),
        )
        for one in staff
    ]
    return tuple(sorted(rows, key=lambda row: (not row.can_read, row.name)))


@query("journal.events", needs=Permission.JOURNAL_READ)
def list_journal_events(
    read: Session, *, subject_ref: SubjectRef, limit: int = 20
) -> tuple[JournalEvent, ...]:
    """Return who has read a person's journal or written in it, the latest first.

    Args:
        read: The open register.
        subject_ref: Whose journal.
        limit: How many at most.
    """
    subject = find_client(read, subject_ref)
    refs: list[str] = [subject.ref]
    for kind in (JournalNote, JournalFile):
        own = select(kind.ref).where(kind.subject_id == subject.id).order_by(kind.id.desc())
        refs += read.scalars(own.limit(_MOST_REFS))
    named = or_(*(AuditEntry.refs.contains(ref) for ref in refs))
    entries = read.scalars(
        select(AuditEntry)
        .where(AuditEntry.action.startswith(_AREA), named)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return tuple(
        JournalEvent(
            at=one.at,
            who=staff_name(read, one.staff),
            what=_said(one.action),
            is_reading=one.action in READINGS,
            reason=one.reason,
        )
        for one in entries
    )


def _said(action: str) -> str:
    known = ACTIONS.get(action) or READINGS.get(action)
    return _(about(known).label) if known else action
