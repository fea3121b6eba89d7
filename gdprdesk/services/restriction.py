"""Only storing somebody's data for a time, and using them again: Article 18."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    HoldGround,
    Permission,
    RequestKind,
    RestrictionGround,
    say,
)
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.finding import find_subject, records_of
from gdprdesk.services.holds import Decision, place_hold, show_review_days
from gdprdesk.services.registry import action, query
from gdprdesk.services.request_rows import RequestRow, row_of
from gdprdesk.services.requests import (
    find_open_request,
    find_request,
    note_step,
    open_request,
    person_of,
)
from gdprdesk.services.telling import note_recipients
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class Standing:
    """What may be done with a person's data.

    Attributes:
        restricted_on: Since when they are only stored; nothing if they are used as usual.
        review_on: When it is to be looked at again.
        request_ref: The latest request in which that was done.
        objected_on: Since when she gets no advertising; nothing if she may.
    """

    restricted_on: date | None
    ground: RestrictionGround | None
    why: str
    review_on: date | None
    request_ref: RecordRef | None
    objected_on: date | None


@action("restriction.place", N_("Only stored for now"), of_restricted=True, needs=Permission.PEOPLE)
def restrict_person(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    ground: RestrictionGround,
    why: str,
    request_ref: RecordRef | None = None,
    channel: Channel = Channel.PHONE,
    review_on: date | None = None,
) -> RequestRow:
    """Only store everything about a person from now on; returns the request she made.

    Nothing of hers is changed, sent, listed for others or cleaned up until it is lifted. Those who
    got her data are then to be told: Article 19.

    Args:
        work: The transaction.
        subject_ref: Whose data.
        ground: For which of the four reasons of Article 18(1).
        why: What she said.
        request_ref: Her open request; without it her open one of this kind, or a new one.
        channel: How a new request came.
        review_on: When to look at it again; in three months, if nothing is said.

    Raises:
        DomainError: They are only stored already, it is not said why, or the request is not hers.
    """
    subject = find_subject(work.session, subject_ref)
    request = request_for(work, subject, RequestKind.RESTRICT, request_ref, channel)
    place_restriction(work, subject, request, ground=ground, why=why, review_on=review_on)
    return row_of(work.session, request)


@action(
    "restriction.lift", N_("Used again as before"), of_restricted=True, needs=Permission.REGISTER
)
def lift_restriction(
    work: UnitOfWork, *, subject_ref: SubjectRef, told_on: date | None = None, why: str = ""
) -> None:
    """Use a person's data again as before, once she has been told so: Article 18(3).

    Args:
        work: The transaction.
        subject_ref: Whose data.
        told_on: The day she was told.
        why: Why the reason for it is gone.

    Raises:
        DomainError: They are not restricted, or she has not been told.
    """
    subject = find_subject(work.session, subject_ref)
    since = subject.restricted_on
    if since is None:
        raise DomainError(
            _("The data of {name} are used as usual. Nothing was changed.").format(
                name=subject.name
            )
        )
    if told_on is None or not since <= told_on <= work.today:
        raise DomainError(
            _(
                "Tell {name} first that her data are used again, and write down the day: from "
                "{since} until today. Nothing was changed. The law asks for it (Article 18(3))."
            ).format(name=subject.name, since=format_day(since))
        )
    for hold in _holds(work.session, subject):
        work.session.delete(hold)
    subject.restricted_on = subject.restriction = None
    request = _restricting_request(work.session, subject)
    if request is not None:
        told = _("She was told on {day}.").format(day=format_day(told_on))
        note_step(work, request, CaseStep.LIFTED, " ".join(filter(None, (why.strip(), told))))


@query("restriction.show", needs=Permission.PEOPLE)
def show_standing(read: Session, *, subject_ref: SubjectRef) -> Standing:
    """Return what may be done with a person's data: only stored, no advertising, or as usual."""
    subject = find_subject(read, subject_ref)
    hold = next(iter(_holds(read, subject)), None) if subject.restricted_on else None
    request = _restricting_request(read, subject) if subject.restricted_on else None
    return Standing(
        restricted_on=subject.restricted_on,
        ground=subject.restriction,
        why=hold.why if hold else "",
        review_on=hold.review_on if hold else None,
        request_ref=request.ref if request else None,
        objected_on=subject.objected_on,
    )


def place_restriction(
    work: UnitOfWork,
    subject: DataSubject,
    request: DataSubjectRequest,
    *,
    ground: RestrictionGround,
    why: str,
    review_on: date | None = None,
) -> None:
    """Only store everything about a person from now on, as one of her requests asks for.

    Raises:
        DomainError: They are only stored already, or it is not said why.
    """
    if subject.restricted_on is not None:
        raise DomainError(
            _("The data of {name} are only stored since {day}. Nothing was changed.").format(
                name=subject.name, day=format_day(subject.restricted_on)
            )
        )
    day = review_on or show_review_days(work.session).usual
    place_hold(work, subject.id, None, Decision(HoldGround.RESTRICTION, why, day))
    subject.restricted_on, subject.restriction = work.today, ground
    note_recipients(work, request, records_of(work.session, subject))
    note_step(work, request, CaseStep.RESTRICTED, f"{say(ground)}. {why.strip()}")


def request_for(
    work: UnitOfWork,
    subject: DataSubject,
    kind: RequestKind,
    request_ref: RecordRef | None,
    channel: Channel,
) -> DataSubjectRequest:
    """Return a person's request that is named, her open one of a kind, or a new one.

    Raises:
        DomainError: The one that is named is somebody else's, or has been answered.
    """
    if request_ref is not None:
        request = find_open_request(work.session, request_ref)
        if person_of(work.session, request) is not subject:
            raise DomainError(
                _(
                    "Request {number} is not about {name}. Nothing was changed. Choose a request "
                    "of hers."
                ).format(number=request.number, name=subject.name)
            )
        return request
    waiting = select(DataSubjectRequest).where(
        DataSubjectRequest.subject_id == subject.id,
        DataSubjectRequest.kind == kind,
        DataSubjectRequest.answered_on.is_(None),
    )
    found = work.session.scalars(waiting.order_by(DataSubjectRequest.id)).first()
    if found is not None:
        return found
    made = open_request(
        work, kind=kind, received_on=work.today, channel=channel, subject_ref=subject.ref
    )
    return find_request(work.session, made.ref)


def _holds(session: Session, subject: DataSubject) -> list[Hold]:
    """Return the decisions that keep everything about a person while her data are only stored."""
    placed = select(Hold).where(
        Hold.subject_id == subject.id,
        Hold.target.is_(None),
        Hold.ground == HoldGround.RESTRICTION,
    )
    return list(session.scalars(placed))


def _restricting_request(session: Session, subject: DataSubject) -> DataSubjectRequest | None:
    """Return the latest request of a person in which her data were restricted."""
    hers = select(DataSubjectRequest).where(DataSubjectRequest.subject_id == subject.id)
    found = [
        one
        for one in session.scalars(hers.order_by(DataSubjectRequest.id))
        if any(step["what"] == CaseStep.RESTRICTED.value for step in one.steps)
    ]
    return found[-1] if found else None
