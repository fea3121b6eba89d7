"""Whom a breach concerns, and that they were told: Article 34."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import (
    ActivityRef,
    BreachRef,
    PersonalRecord,
    SubjectRef,
    personal_kinds,
)
from gdprdesk.domain.breaches import Breach, BreachNotice
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import BreachFact, Channel, ContactKind, Permission, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.breach_finding import find_breach, find_open_breach
from gdprdesk.services.breach_log import untold_of
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import activity_for, find_activity, find_subject
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

MOST_LETTERS = 2_000
"""How many people are told one by one; for more a public notice is fair: Article 34(3)(c)."""


@dataclass(frozen=True, repr=False)
class ConcernedActivity:
    """A row of the register whose data a breach may concern.

    Attributes:
        people: How many people there are data about.
        special: Whether Article 9 guards some of the data.
        chosen: Whether the breach concerns it.
    """

    ref: ActivityRef
    name: str
    subjects: tuple[str, ...]
    categories: tuple[str, ...]
    special: bool
    people: int
    chosen: bool


@dataclass(frozen=True, repr=False)
class ConcernedData:
    """What rows of the register say of the data a breach concerns: whose, which, of how many."""

    groups: tuple[str, ...]
    data: tuple[str, ...]
    people: int
    special: bool


@dataclass(frozen=True, repr=False)
class ConcernedRow:
    """A person a breach concerns.

    Attributes:
        told_on: When she was told; nothing while she was not.
    """

    subject_ref: SubjectRef
    name: str
    email: str
    phone: str
    told_on: date | None
    told_by: Channel | None


@query("breach.activities", needs=Permission.REGISTER)
def list_concerned_activities(
    read: Session, *, breach_ref: BreachRef
) -> tuple[ConcernedActivity, ...]:
    """Return the rows of the register whose data a breach may concern, with how many people."""
    chosen = set(find_breach(read, breach_ref).activities)
    people = _people_by_activity(read)
    return tuple(
        ConcernedActivity(
            ref=one.ref,
            name=one.name,
            subjects=tuple(one.subjects),
            categories=tuple(category["text"] for category in one.categories),
            special=any(category["special"] for category in one.categories),
            people=people.get(one.id, 0),
            chosen=one.ref in chosen,
        )
        for one in read.scalars(select(ProcessingActivity).order_by(ProcessingActivity.id))
    )


@query("breach.proposed", needs=Permission.REGISTER)
def propose_concerned(
    read: Session, *, activity_refs: tuple[ActivityRef, ...] = ()
) -> ConcernedData:
    """Return whose data and which, and of how many people, the rows of the register name."""
    return _named_by(read, [find_activity(read, one) for one in dict.fromkeys(activity_refs)])


@action("breach.concern", N_("Changed breach"), needs=Permission.REGISTER)
def concern_activities(
    work: UnitOfWork, *, breach_ref: BreachRef, activity_refs: tuple[ActivityRef, ...]
) -> None:
    """Say which rows of the register a breach concerns: groups, data and number follow from them.

    What the rows said before gives way; own words about data and groups stay.
    """
    breach = find_open_breach(work.session, breach_ref)
    before = [find_activity(work.session, ActivityRef(one)) for one in _known(work.session, breach)]
    after = [find_activity(work.session, one) for one in dict.fromkeys(activity_refs)]
    said, found = _named_by(work.session, before), _named_by(work.session, after)
    breach.groups = _exchanged(breach.groups, said.groups, found.groups)
    breach.data = _exchanged(breach.data, said.data, found.data)
    breach.people = found.people
    facts = [one for one in breach.facts if one != BreachFact.SENSITIVE]
    breach.facts = [*facts, *([BreachFact.SENSITIVE.value] if found.special else [])]
    breach.activities = [one.ref for one in after]


def _known(session: Session, breach: Breach) -> Sequence[str]:
    """Return the rows it concerned that are still in the register."""
    found = select(ProcessingActivity.ref).where(ProcessingActivity.ref.in_(breach.activities))
    return session.scalars(found).all()


def _named_by(session: Session, rows: Sequence[ProcessingActivity]) -> ConcernedData:
    people = _people_in([one.id for one in rows])
    return ConcernedData(
        groups=tuple(dict.fromkeys(text for one in rows for text in one.subjects)),
        data=tuple(dict.fromkeys(one["text"] for row in rows for one in row.categories)),
        people=session.scalar(select(func.count()).select_from(people.subquery())) or 0,
        special=any(one["special"] for row in rows for one in row.categories),
    )


def _exchanged(said: Sequence[str], before: Sequence[str], after: Sequence[str]) -> list[str]:
    own = [text for text in said if text not in before]
    return list(dict.fromkeys((*after, *own)))


def _people_by_activity(read: Session) -> dict[int, int]:
    """Return of how many people there is a record of each activity, in one question."""
    pairs = union(*(select(kind.activity_id, kind.subject_id) for kind in _kinds())).subquery()
    shown = select(DataSubject.id).where(DataSubject.state == SubjectState.ACTIVE)
    counted = (
        select(pairs.c.activity_id, func.count())
        .where(pairs.c.subject_id.in_(shown))
        .group_by(pairs.c.activity_id)
    )
    return dict(read.execute(counted).all())


def _people_in(activity_ids: Sequence[int]) -> Select[int]:
    """Return the people in the register of whom there is a record of these activities."""
    records = union(
        *(select(kind.subject_id).where(kind.activity_id.in_(activity_ids)) for kind in _kinds())
    ).subquery()
    return select(DataSubject.id).where(
        DataSubject.state == SubjectState.ACTIVE, DataSubject.id.in_(select(records))
    )


def _kinds() -> list[type[PersonalRecord]]:
    """Return the kinds of record a breach can concern: not that somebody was told of one."""
    return [one for one in personal_kinds() if one is not BreachNotice]


@query("breach.people", needs=Permission.REGISTER)
def list_concerned(read: Session, *, breach_ref: BreachRef) -> tuple[ConcernedRow, ...]:
    """Return the people chosen for a breach, by name; those not told first."""
    breach = find_breach(read, breach_ref)
    pairs = read.execute(
        select(BreachNotice, DataSubject)
        .join(DataSubject, DataSubject.id == BreachNotice.subject_id)
        .where(BreachNotice.breach == breach.ref, DataSubject.state == SubjectState.ACTIVE)
        .order_by(BreachNotice.told_on.is_not(None), DataSubject.sort_key, DataSubject.id)
    ).all()
    mail = _first_contacts(read, breach, ContactKind.EMAIL)
    phone = _first_contacts(read, breach, ContactKind.PHONE)
    return tuple(
        ConcernedRow(
            subject_ref=subject.ref,
            name=subject.name,
            email=mail.get(subject.id, ""),
            phone=phone.get(subject.id, ""),
            told_on=notice.told_on,
            told_by=notice.told_by,
        )
        for notice, subject in pairs
    )


def _first_contacts(read: Session, breach: Breach, kind: ContactKind) -> dict[int, str]:
    found = (
        select(ContactDetail.subject_id, ContactDetail.value)
        .join(BreachNotice, BreachNotice.subject_id == ContactDetail.subject_id)
        .where(BreachNotice.breach == breach.ref, ContactDetail.kind == kind)
        .order_by(ContactDetail.id.desc())
    )
    return {number: value for number, value in read.execute(found) if number is not None}


@action(
    "breach.choose_people",
    N_("Chose whom a breach concerns"),
    of_restricted=True,
    needs=Permission.REGISTER,
)
def choose_people(
    work: UnitOfWork,
    *,
    breach_ref: BreachRef,
    subject_refs: tuple[SubjectRef, ...] = (),
    of_activities: bool = False,
) -> int:
    """Choose people whom a breach concerns, so that each is told; returns how many were added.

    Args:
        work: The transaction.
        breach_ref: Which breach.
        subject_refs: These people.
        of_activities: Everybody of whom there are data in the rows of the register it concerns.

    Raises:
        DomainError: They are too many for letters one by one.
    """
    breach = find_open_breach(work.session, breach_ref)
    ids = {find_subject(work.session, one).id for one in subject_refs}
    if of_activities:
        rows = [
            find_activity(work.session, ActivityRef(r)).id for r in _known(work.session, breach)
        ]
        ids |= set(work.session.scalars(_people_in(rows)))
    known = select(BreachNotice.subject_id).where(BreachNotice.breach == breach.ref)
    ids -= set(work.session.scalars(known))
    if len(ids) > MOST_LETTERS:
        raise DomainError(
            _(
                "These are {count} people. Nothing was saved. Tell so many by a public notice: "
                "Article 34(3)."
            ).format(count=len(ids))
        )
    activity_id = activity_for(work.session, BreachNotice).id
    work.session.add_all(
        BreachNotice(
            subject_id=number,
            activity_id=activity_id,
            recorded_on=work.today,
            breach=breach.ref,
        )
        for number in sorted(ids)
    )
    return len(ids)


@action(
    "breach.leave_out", N_("Left out of a breach"), of_restricted=True, needs=Permission.REGISTER
)
def leave_out(
    work: UnitOfWork, *, breach_ref: BreachRef, subject_refs: tuple[SubjectRef, ...]
) -> None:
    """Take people off who were chosen by mistake: the breach does not concern them."""
    breach = find_open_breach(work.session, breach_ref)
    for notice in _notices(work.session, breach, subject_refs):
        work.session.delete(notice)


@action(
    "breach.tell_people",
    N_("Told the people concerned"),
    of_restricted=True,
    needs=Permission.REGISTER,
)
def tell_people(
    work: UnitOfWork,
    *,
    breach_ref: BreachRef,
    by: Channel = Channel.EMAIL,
    on: date | None = None,
    subject_refs: tuple[SubjectRef, ...] = (),
) -> None:
    """Write down that people were told of a breach, how, and when if not today.

    Args:
        work: The transaction.
        breach_ref: Which breach.
        by: How.
        on: The day.
        subject_refs: These; without them everybody chosen who was not told yet.

    Raises:
        DomainError: Nobody was chosen, or the day has not come or is before it became known.
    """
    breach = find_open_breach(work.session, breach_ref)
    day = _told_day(work, breach, on)
    notices = _notices(work.session, breach, subject_refs)
    if not notices:
        raise DomainError(
            _("Nobody is chosen who is still to be told. Nothing was saved. Choose people first.")
        )
    for notice in notices:
        if notice.told_on is None or subject_refs:
            notice.told_on, notice.told_by = day, by
    work.session.flush()
    if not untold_of(work.session, breach):
        breach.people_told_on, breach.not_told = day, ""
        breach.told_how = breach.told_how or _("Each by a message of her own")


@action(
    "breach.tell_publicly",
    N_("Told the people concerned"),
    of_restricted=True,
    needs=Permission.REGISTER,
)
def tell_publicly(
    work: UnitOfWork, *, breach_ref: BreachRef, how: str, on: date | None = None
) -> None:
    """Write down that the people were told by a public notice: Article 34(3)(c).

    Raises:
        DomainError: It does not say where and why, or the day has not come or is before it
            became known.
    """
    breach = find_open_breach(work.session, breach_ref)
    day = _told_day(work, breach, on)
    if not is_visible(how):
        raise DomainError(
            _(
                "Write where the notice stands, and why not everybody was written to. "
                "Nothing was saved."
            )
        )
    breach.people_told_on, breach.told_how, breach.not_told = day, how.strip(), ""
    for notice in _notices(work.session, breach, ()):
        notice.told_on = notice.told_on or day


@action("breach.need_not_tell", N_("Need not be told"), needs=Permission.REGISTER)
def leave_untold(work: UnitOfWork, *, breach_ref: BreachRef, why: str) -> None:
    """Write down why the people need not be told: Article 34(3)(a) and (b).

    Raises:
        DomainError: There is no reason in own words, which the authority would ask for.
    """
    breach = find_open_breach(work.session, breach_ref)
    if not is_visible(why):
        raise DomainError(
            _("Write in your own words why they need not be told. Nothing was saved.")
        )
    breach.not_told, breach.people_told_on, breach.told_how = why.strip(), None, ""


def _told_day(work: UnitOfWork, breach: Breach, on: date | None) -> date:
    day = on or work.today
    if day > work.today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if day < datetime.fromisoformat(breach.known_at).astimezone().date():
        raise DomainError(told_too_early())
    return day


def told_too_early() -> str:
    """Return what is said when somebody is told before it became known."""
    return _("Nobody can have been told before you learnt of it. Nothing was saved.")


def _notices(
    session: Session, breach: Breach, subject_refs: Sequence[SubjectRef]
) -> Sequence[BreachNotice]:
    """Return the notices of some people, or of everybody chosen."""
    found = (
        select(BreachNotice)
        .join(DataSubject, DataSubject.id == BreachNotice.subject_id)
        .where(BreachNotice.breach == breach.ref, DataSubject.state == SubjectState.ACTIVE)
    )
    if subject_refs:
        found = found.where(DataSubject.ref.in_(subject_refs))
    return session.scalars(found).all()
