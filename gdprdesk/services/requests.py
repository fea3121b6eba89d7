"""What people ask for about their own data: opened, listed, answered, and never forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.requests import DataSubjectRequest, RequestStep
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ErasureGround,
    IdentityCheck,
    Permission,
    RequestDecision,
    Requester,
    RequestKind,
    SubjectState,
    say,
)
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.finding import (
    activity_for,
    controller_of,
    find_any_subject,
    find_record,
    find_subject,
    today_of,
)
from gdprdesk.services.numbering import give_case_number
from gdprdesk.services.registry import action, query
from gdprdesk.services.request_rows import (
    RequestFile,
    RequestRow,
    StepRow,
    TaskRow,
    file_of,
    legal_days,
    make_row,
    row_of,
)
from gdprdesk.store.unit_of_work import UnitOfWork

__all__ = ["RequestFile", "RequestRow", "StepRow", "TaskRow"]

_SOON = 7
"""So many days before its day a request is due soon."""


@dataclass(frozen=True, repr=False)
class RequestsDue:
    """The open requests that want something today; each stands in the first list it fits.

    Attributes:
        overdue: Their day has passed, by the law or by the own promise.
        soon: To be answered within seven days.
        waiting: It is not known yet who asks, or proof of it is waited for.
        later: The others.
        to_tell: Recipients are still to be told of what was done, answered or not: Article 19.
    """

    overdue: tuple[RequestRow, ...] = ()
    soon: tuple[RequestRow, ...] = ()
    waiting: tuple[RequestRow, ...] = ()
    later: tuple[RequestRow, ...] = ()
    to_tell: tuple[RequestRow, ...] = ()

    @property
    def open(self) -> int:
        """Return how many wait for an answer."""
        return len(self.overdue) + len(self.soon) + len(self.waiting) + len(self.later)


@action("request.open", N_("New request"), of_restricted=True, needs=None)
def open_request(
    work: UnitOfWork,
    *,
    kind: RequestKind,
    received_on: date,
    channel: Channel,
    subject_ref: SubjectRef | None = None,
    requester: Requester = Requester.SELF,
    asker: str = "",
    reply_to: str = "",
    wish: str = "",
    erasure_ground: ErasureGround | None = None,
    refers_to: RecordRef | None = None,
    again: bool = False,
) -> RequestRow:
    """Write down what somebody asks for about a person's data; from then on its days count.

    Args:
        work: The transaction.
        kind: What is asked for.
        received_on: The day it came; not counted in the month.
        channel: How it came.
        subject_ref: Whose data it is about; nothing if nobody of the register.
        requester: Who asks: she herself, or somebody for her.
        asker: The name of whoever asks, if that is not a person of the register.
        reply_to: Where the answer goes, if not to an address the register has of her.
        wish: What was written or said.
        erasure_ground: Why she may have it erased, if that is known.
        refers_to: An earlier request that this one goes back to; an answered one is not reopened.
        again: She asks for the same although an open request of hers does so already.

    Raises:
        DomainError: It came on a day that has not come, nobody asks, she has been erased, or an
            open request of hers asks for the same.
    """
    asker = " ".join(asker.split())
    _check_received(received_on, work.today)
    subject = _asked_about(work.session, subject_ref)
    _check_asker(subject, requester, asker)
    if not again:
        _check_not_open_yet(work.session, subject, kind, asker)
    earlier = find_request(work.session, refers_to) if refers_to else None
    promise = controller_of(work.session).answer_days
    request = DataSubjectRequest(
        subject_id=subject.id if subject else None,
        activity_id=activity_for(work.session, DataSubjectRequest).id,
        recorded_on=work.today,
        number=give_case_number(work.session),
        kind=kind,
        received_on=received_on,
        channel=channel,
        due_on=received_on,
        promised_on=received_on + timedelta(days=promise) if promise else None,
        requester=requester,
        asker=asker,
        reply_to=reply_to.strip(),
        wish=wish.strip(),
        erasure_ground=erasure_ground if kind is RequestKind.ERASE else None,
    )
    set_due_day(work, request)
    work.session.add(request)
    note_step(work, request, CaseStep.OPENED, on=received_on)
    if earlier is not None:
        note_step(work, request, CaseStep.REFERS, str(earlier.number))
    work.session.flush()
    return row_of(work.session, request)


@query("request.list", needs=Permission.REGISTER)
def list_requests(
    read: Session, *, open_only: bool = False, subject_ref: SubjectRef | None = None
) -> tuple[RequestRow, ...]:
    """Return the requests: the open ones by the day to answer by, then the others, newest first.

    Args:
        read: The open register.
        open_only: Leave out what is answered.
        subject_ref: Only about this person.
    """
    found = _requests()
    if open_only:
        found = found.where(DataSubjectRequest.answered_on.is_(None))
    if subject_ref is not None:
        found = found.where(DataSubject.id == find_subject(read, subject_ref).id)
    country, today = controller_of(read).country, today_of(read)
    rows = [make_row(one, subject, country, today) for one, subject in read.execute(found)]
    waiting = sorted((row for row in rows if row.is_open), key=lambda row: (row.due_on, row.number))
    answered = sorted(
        (row for row in rows if row.answered_on),
        key=lambda row: (row.answered_on or row.received_on, row.number),
        reverse=True,
    )
    return (*waiting, *answered)


@query("request.show", needs=Permission.REGISTER)
def show_request(read: Session, *, request_ref: RecordRef) -> RequestFile:
    """Return everything about one request."""
    return file_of(read, find_request(read, request_ref))


@query("request.due", needs=Permission.REGISTER)
def requests_due(read: Session) -> RequestsDue:
    """Return the open requests by how much they press, and of whom others are to be told."""
    rows = list_requests(read)
    still = [row for row in rows if row.is_open]
    overdue = [row for row in still if row.is_overdue]
    near = [row for row in still if not row.is_overdue and (row.days_left or 0) <= _SOON]
    rest = [row for row in still if row not in overdue and row not in near]
    waiting = [row for row in rest if row.needs_identity or row.needs_authority]
    return RequestsDue(
        overdue=tuple(overdue),
        soon=tuple(near),
        waiting=tuple(waiting),
        later=tuple(row for row in rest if row not in waiting),
        to_tell=tuple(row for row in rows if row.untold),
    )


def find_request(session: Session, ref: RecordRef) -> DataSubjectRequest:
    """Return a request; not of a person who is about to be erased."""
    return find_record(session, DataSubjectRequest, ref)


def find_open_request(session: Session, ref: RecordRef) -> DataSubjectRequest:
    """Return a request that waits for an answer.

    Raises:
        DomainError: It has been answered; a new one may refer to it.
    """
    request = find_request(session, ref)
    if not request.is_open:
        raise DomainError(
            _(
                "Request {number} has been answered, so it stays as it is. Nothing was changed. "
                "Open a new request that refers to it."
            ).format(number=request.number)
        )
    return request


def person_of(session: Session, request: DataSubjectRequest) -> DataSubject | None:
    """Return whose data a request is about; nobody if she is not in the register."""
    return session.get(DataSubject, request.subject_id) if request.subject_id else None


def note_step(
    work: UnitOfWork,
    request: DataSubjectRequest,
    what: CaseStep,
    note: str = "",
    *,
    on: date | None = None,
) -> None:
    """Write into the history of a request what happened; today, if no day is said."""
    day = (on or work.today).isoformat()
    step = RequestStep(on=day, what=what.value, by=work.staff, note=note.strip())
    request.steps = [*request.steps, step]


def set_due_day(work: UnitOfWork, request: DataSubjectRequest) -> None:
    """Count anew the last day the law allows; the own promise stays as it is."""
    country = controller_of(work.session).country
    request.due_on = legal_days(request, country, work.today).legal


def close_request(
    work: UnitOfWork,
    *,
    request_ref: RecordRef,
    decision: RequestDecision,
    answered_by: Channel,
    on: date | None = None,
    identity: IdentityCheck | None = None,
    note: str = "",
) -> RequestRow:
    """Decide and answer a request in one, as what was done about it does by itself.

    Args:
        work: The transaction.
        request_ref: An open request.
        decision: How it ended.
        answered_by: How she is told.
        on: The day she is told; today, if nothing is said.
        identity: How it was made sure who asks, if that was not written down yet.
        note: A remark for the history.
    """
    request = find_open_request(work.session, request_ref)
    if identity is not None and request.checked_on is None:
        request.identity, request.checked_on = identity, work.today
        request.checked_by = work.staff
        note_step(work, request, CaseStep.CHECKED, say(identity))
    request.decision = decision
    note_step(work, request, CaseStep.DECIDED, note or say(decision))
    mark_answered(work, request, answered_by, on)
    return row_of(work.session, request)


def mark_answered(
    work: UnitOfWork, request: DataSubjectRequest, answered_by: Channel, on: date | None
) -> None:
    """Write down that the answer went, and how.

    Raises:
        DomainError: That day is before it came, or has not come.
    """
    day = on or work.today
    if not request.received_on <= day <= work.today:
        raise DomainError(
            _(
                "The answer cannot have gone on {day}: the request came on {received}, and today "
                "is {today}. Nothing was saved. Look at the day again."
            ).format(
                day=format_day(day),
                received=format_day(request.received_on),
                today=format_day(work.today),
            )
        )
    request.answered_on, request.answered_by = day, answered_by
    set_due_day(work, request)
    note_step(work, request, CaseStep.ANSWERED, say(answered_by), on=day)


def _asked_about(session: Session, ref: SubjectRef | None) -> DataSubject | None:
    """Return whose data it is about: not somebody who has been erased, of whom only law holds."""
    if ref is None:
        return None
    if find_any_subject(session, ref).state is SubjectState.HELD:
        raise NotFoundError(
            _(
                "This person has been erased already; only what a law holds is left of her. "
                "Nothing was saved. Open the request with her name but without choosing her, and "
                "send her the receipt of the erasure: it says what is held until when."
            )
        )
    return find_subject(session, ref)


def _check_received(day: date, today: date) -> None:
    if day > today:
        raise DomainError(
            _(
                "A request cannot have come on {day}, which has not come yet. Nothing was saved. "
                "Look at the day again: the time to answer counts from it."
            ).format(day=format_day(day))
        )


def _check_asker(subject: DataSubject | None, requester: Requester, asker: str) -> None:
    if requester is not Requester.SELF and not asker:
        raise DomainError(
            _(
                "Write the name of whoever asks for her. Nothing was saved. It is needed to make "
                "sure that he or she may."
            )
        )
    if subject is None and not asker:
        raise DomainError(
            _(
                "It does not say who asks. Nothing was saved. Choose the person, or write her name "
                "if she is not in the register."
            )
        )


def _check_not_open_yet(
    session: Session, subject: DataSubject | None, kind: RequestKind, asker: str
) -> None:
    """Refuse the same wish of the same person while she waits for the answer to the first."""
    waiting = select(DataSubjectRequest).where(
        DataSubjectRequest.answered_on.is_(None), DataSubjectRequest.kind == kind
    )
    for one in session.scalars(waiting):
        same = one.subject_id == subject.id if subject else fold(one.asker) == fold(asker)
        if same and fold(one.asker) == fold(asker):
            raise DomainError(
                _(
                    "The same is asked for in request {number}, to be answered by {day}. Nothing "
                    "was saved. Answer that one, or say that this is another wish."
                ).format(number=one.number, day=format_day(row_of(session, one).due_on))
            )


def _requests() -> Select[DataSubjectRequest, DataSubject]:
    return select(DataSubjectRequest, DataSubject).outerjoin(
        DataSubject, DataSubject.id == DataSubjectRequest.subject_id
    )
