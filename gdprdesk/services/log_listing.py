"""The log as people read it: who did what when, and about whom, as far as one may know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ExportPurpose, Permission, ReadReason, SubjectState
from gdprdesk.services.log_findings import action_label
from gdprdesk.services.paging import Page, window
from gdprdesk.services.permissions import may
from gdprdesk.services.registry import READINGS, query
from gdprdesk.services.staff_names import staff_name

_AT_ONCE = 500


@dataclass(frozen=True, repr=False)
class LogRow:
    """A line of the log, as a list shows it.

    Attributes:
        number: Of the line.
        at: When, in UTC.
        staff: What people call whoever did it.
        action: What was done: "booking.add".
        label: What people call that, in the language spoken.
        people: Whom it was about, of those who are still in the register: ref and name, which is
            looked up now and stands nowhere in the log; without a name if her data are only
            stored or about to be erased. Empty for who may not see people.
        refs: How many rows it names in all.
        reason: Why something guarded was read.
        is_reading: Whether something guarded was read, and nothing changed.
        purpose: What a file that was written is for; nothing for what is no export.
        file_name: What it was called, without its folder and without anybody's name.
    """

    number: int
    at: datetime
    staff: str
    action: str
    label: str
    people: tuple[tuple[SubjectRef, str], ...]
    refs: int
    reason: ReadReason | None
    is_reading: bool
    purpose: ExportPurpose | None
    file_name: str | None


@query("log.list", needs=Permission.STAFF)
def list_log(
    read: Session,
    *,
    since: date | None = None,
    until: date | None = None,
    staff: str | None = None,
    subject_ref: SubjectRef | None = None,
    action: str | None = None,
    readings_only: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> Page[LogRow]:
    """Return the lines of the log, the newest first.

    Args:
        read: The register.
        since: Not before this day.
        until: Not after this day.
        staff: Only by her, as the key file knows her.
        subject_ref: Only about this person.
        action: Only this, such as "export.person", or all of a kind: "export.".
        readings_only: Only what was read of the journal and of identity numbers.
        offset: How many lines to skip.
        limit: How many at most.
    """
    wanted = list(_conditions(since, until, staff, subject_ref, action, readings=readings_only))
    start, count = window(offset, limit)
    total = read.scalar(select(func.count()).select_from(AuditEntry).where(*wanted)) or 0
    lines = select(AuditEntry).where(*wanted).order_by(AuditEntry.id.desc())
    entries = read.scalars(lines.offset(start).limit(count)).all()
    refs = {one.id: json.loads(one.refs) for one in entries}
    names = _names(read, {ref for named in refs.values() for ref in named})
    return Page(tuple(_row(read, one, refs[one.id], names) for one in entries), total)


def _conditions(
    since: date | None,
    until: date | None,
    staff: str | None,
    subject_ref: SubjectRef | None,
    action: str | None,
    *,
    readings: bool,
) -> Iterable[ColumnElement[bool]]:
    if since is not None:
        yield AuditEntry.at >= _begin(since)
    if until is not None:
        yield AuditEntry.at < _begin(until + timedelta(days=1))
    if staff is not None:
        yield AuditEntry.staff == staff
    if subject_ref is not None:
        yield AuditEntry.refs.contains(f'"{subject_ref}"', autoescape=True)
    if action is not None:
        exact = AuditEntry.action == action
        yield AuditEntry.action.startswith(action, autoescape=True) if action[-1:] == "." else exact
    if readings:
        yield AuditEntry.action.in_(list(READINGS))


def _begin(day: date) -> str:
    """Return when a day begins by the clock on the wall, as the log writes moments."""
    return datetime(day.year, day.month, day.day).astimezone().astimezone(UTC).isoformat()


def _names(read: Session, refs: set[str]) -> dict[str, str]:
    """Return what the people among some refs are called, for who may see people."""
    if not may(read, Permission.PEOPLE):
        return {}
    is_shown = DataSubject.restricted_on.is_(None) & (DataSubject.state == SubjectState.ACTIVE)
    people = select(DataSubject.ref, case((is_shown, DataSubject.name), else_=""))
    wanted, found = sorted(refs), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = DataSubject.ref.in_(wanted[start : start + _AT_ONCE])
        found |= dict(read.execute(people.where(some)).all())
    return found


def _row(read: Session, entry: AuditEntry, refs: list[str], names: Mapping[str, str]) -> LogRow:
    return LogRow(
        number=entry.id,
        at=datetime.fromisoformat(entry.at),
        staff=staff_name(read, entry.staff),
        action=entry.action,
        label=action_label(entry.action),
        people=tuple((SubjectRef(ref), names[ref]) for ref in refs if ref in names),
        refs=len(refs),
        reason=entry.reason,
        is_reading=entry.action in READINGS,
        purpose=entry.purpose,
        file_name=entry.file_name,
    )
