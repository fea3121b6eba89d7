"""Telling people that data about them came from somebody else: Article 14."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import PersonalRecord, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.sources import SourceNotice
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    Channel,
    Origin,
    Permission,
    SourceException,
    SubjectKind,
    SubjectState,
    say,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.deadlines import notice_deadline
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import (
    activity_for,
    controller_of,
    find_activity_for,
    find_record,
    find_subject,
    today_of,
)
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class SourceRow:
    """That a person is to be told where her data came from, or was.

    Attributes:
        due_on: The last day to tell her.
        told_on: When that was done, or when it was written down why not.
        why: How she was told, or why she need not be.
        is_late: Whether the day has passed and nothing was done.
    """

    ref: RecordRef
    subject_ref: SubjectRef
    name: str
    source: str
    obtained_on: date
    due_on: date
    told_on: date | None
    exception: SourceException | None
    why: str
    is_late: bool


@query("source.list", needs=Permission.PEOPLE)
def list_sources(
    read: Session, *, subject_ref: SubjectRef | None = None, open_only: bool = True
) -> tuple[SourceRow, ...]:
    """Return who is to be told where her data came from, the nearest day first.

    Args:
        read: The open register.
        subject_ref: Only about this person.
        open_only: Leave out what is settled.
    """
    found = (
        select(SourceNotice, DataSubject)
        .join(DataSubject, DataSubject.id == SourceNotice.subject_id)
        .where(DataSubject.state == SubjectState.ACTIVE)
        .order_by(SourceNotice.due_on, SourceNotice.id)
    )
    if subject_ref is not None:
        found = found.where(DataSubject.id == find_subject(read, subject_ref).id)
    if open_only:
        found = found.where(SourceNotice.told_on.is_(None))
    today = today_of(read)
    return tuple(_row(notice, subject, today) for notice, subject in read.execute(found))


@query("source.usual", needs=Permission.PEOPLE)
def show_usual_origin(read: Session, *, of: SubjectKind = SubjectKind.CUSTOMER) -> Origin:
    """Return whether the data of new people come from themselves or not, by the register."""
    return Origin.OTHER if collecting_activity(read, ContactDetail, of) else Origin.PERSON


@action("source.add", N_("New source"), needs=Permission.PEOPLE)
def add_source(
    work: UnitOfWork, *, subject_ref: SubjectRef, source: str, obtained_on: date | None = None
) -> RecordRef:
    """Write down that data about a person came from somebody else, so that she is told in time.

    Args:
        work: The transaction.
        subject_ref: Whom they are about.
        source: Where they came from: a public register, a credit check.
        obtained_on: When they came; today, if nothing is said.
    """
    subject = find_subject(work.session, subject_ref)
    came_on = _not_later(obtained_on, work.today)
    return start_notice(work, subject, source, came_on).ref


@action("source.contacted", N_("First contact"), needs=Permission.PEOPLE)
def set_first_contact(work: UnitOfWork, *, ref: RecordRef, on: date) -> None:
    """Write down when she is first written to, called, or her data passed on: then she is told.

    Article 14(3)(b) and (c); a later day than that of the month changes nothing.
    """
    notice = _open_notice(work, ref)
    if on < notice.obtained_on:
        raise DomainError(_("The first contact cannot come before the data. Nothing was changed."))
    country = controller_of(work.session).country
    notice.due_on = notice_deadline(country, notice.obtained_on, on).legal


@action("source.told", N_("Told where data came from"), of_restricted=True, needs=Permission.PEOPLE)
def mark_told(
    work: UnitOfWork, *, ref: RecordRef, how: Channel = Channel.EMAIL, on: date | None = None
) -> None:
    """Write down that a person was told where her data came from, how, and when if not today."""
    notice = _open_notice(work, ref)
    told_on = _not_later(on, work.today)
    if told_on < notice.obtained_on:
        raise DomainError(_("She cannot have been told before the data came. Nothing was changed."))
    notice.told_on, notice.why = told_on, say(how)


@action("source.exception", N_("Need not be told"), of_restricted=True, needs=Permission.PEOPLE)
def excuse_notice(
    work: UnitOfWork, *, ref: RecordRef, exception: SourceException, why: str
) -> None:
    """Write down why a person need not be told: Article 14(5).

    Raises:
        DomainError: There is no reason in own words, which the authority would ask for.
    """
    notice = _open_notice(work, ref)
    if not is_visible(why):
        raise DomainError(
            _("Write in your own words why she need not be told. Nothing was changed.")
        )
    notice.told_on, notice.exception, notice.why = work.today, exception, why.strip()


@action("source.reopen", N_("To be told after all"), needs=Permission.PEOPLE)
def reopen_notice(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take back that a person was told, or need not be: the day to tell her stands again."""
    notice = find_record(work.session, SourceNotice, ref)
    notice.told_on, notice.exception, notice.why = None, None, ""


def start_notice(
    work: UnitOfWork, subject: DataSubject, source: str, obtained_on: date
) -> SourceNotice:
    """Start the task to tell a person where her data came from.

    Raises:
        DomainError: It does not say where from.
    """
    notice = SourceNotice(subject_id=subject.id, **_task(work, source, obtained_on))
    work.session.add(notice)
    return notice


def note_origin(
    work: UnitOfWork,
    subject: DataSubject,
    activity: ProcessingActivity | None,
    origin: Origin | None = None,
    source: str = "",
) -> None:
    """Start the task for data that came from somebody else, by what is said or by the register.

    Args:
        work: The transaction.
        subject: Whom the data are about.
        activity: What they were written down for; its row says whom they come from, and whence.
        origin: Whom they come from, where that is said.
        source: Where from; without it as the row says.
    """
    whence = _whence(activity, origin, source)
    if whence is None:
        return
    known = select(SourceNotice.source).where(
        SourceNotice.subject_id == subject.id, SourceNotice.told_on.is_(None)
    )
    if " ".join(whence.split()) not in set(work.session.scalars(known)):
        start_notice(work, subject, whence, work.today)


def note_origin_of_new(
    work: UnitOfWork,
    people: Iterable[int],
    activity: ProcessingActivity | None,
    origin: Origin | None = None,
    source: str = "",
) -> None:
    """Start the task for people who are new, as `note_origin` does for one.

    Args:
        work: The transaction.
        people: Their keys.
        activity: What their data were written down for.
        origin: Whom they come from, where that is said.
        source: Where from; without it as the row says.
    """
    whence = _whence(activity, origin, source)
    if whence is None:
        return
    task = _task(work, whence, work.today)
    work.add_many(SourceNotice, [{"subject_id": one, **task} for one in people])


def collecting_activity(
    session: Session, kind: type[PersonalRecord], of: SubjectKind = SubjectKind.CUSTOMER
) -> ProcessingActivity | None:
    """Return the activity that a kind belongs to, if its data come from somebody else."""
    found = find_activity_for(session, kind, of)
    return found if found is not None and found.collected_from is Origin.OTHER else None


def _whence(activity: ProcessingActivity | None, origin: Origin | None, source: str) -> str | None:
    """Return where data come from; nothing if from herself."""
    if origin is None:
        origin = Origin.PERSON if activity is None else activity.collected_from
    if origin is Origin.PERSON and not source.strip():
        return None
    return source or (activity.sources if activity else "")


def _task(work: UnitOfWork, source: str, obtained_on: date) -> dict[str, Any]:
    """Return what a task to tell somebody says, but for whom."""
    if not is_visible(source):
        raise DomainError(_("Write where the data about her came from. Nothing was saved."))
    country = controller_of(work.session).country
    return {
        "activity_id": activity_for(work.session, SourceNotice).id,
        "recorded_on": work.today,
        "source": " ".join(source.split()),
        "obtained_on": obtained_on,
        "due_on": notice_deadline(country, obtained_on).legal,
    }


def _open_notice(work: UnitOfWork, ref: RecordRef) -> SourceNotice:
    notice = find_record(work.session, SourceNotice, ref)
    if notice.told_on is not None:
        raise DomainError(
            _("This is settled already. Take it back first, if it was wrong. Nothing was changed.")
        )
    return notice


def _not_later(day: date | None, today: date) -> date:
    if day is not None and day > today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    return day or today


def _row(notice: SourceNotice, subject: DataSubject, today: date) -> SourceRow:
    return SourceRow(
        ref=notice.ref,
        subject_ref=subject.ref,
        name=subject.name,
        source=notice.source,
        obtained_on=notice.obtained_on,
        due_on=notice.due_on,
        told_on=notice.told_on,
        exception=notice.exception,
        why=notice.why,
        is_late=notice.told_on is None and notice.due_on < today,
    )
