"""How a request is shown: as a row of the list, and with everything about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.deadlines import Deadline
from gdprdesk.domain.requests import (
    Correction,
    DataSubjectRequest,
    Masking,
    RequestStep,
    ToldRecipient,
)
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ErasureGround,
    ExtensionReason,
    IdentityCheck,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    RequestTask,
    SubjectState,
    say,
)
from gdprdesk.services.deadlines import answer_deadline
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.staff_names import staff_name

_WORK: dict[RequestKind, tuple[RequestTask, tuple[CaseStep, ...]]] = {
    RequestKind.ACCESS: (RequestTask.COPY, (CaseStep.COPY,)),
    RequestKind.RECTIFY: (RequestTask.CORRECT, (CaseStep.CORRECTED,)),
    RequestKind.ERASE: (RequestTask.ERASE, (CaseStep.ERASED,)),
    RequestKind.RESTRICT: (RequestTask.RESTRICT, (CaseStep.RESTRICTED,)),
    RequestKind.PORT: (RequestTask.TAKE_ALONG, (CaseStep.COPY,)),
    RequestKind.OBJECT: (RequestTask.OBJECTION, (CaseStep.OBJECTED, CaseStep.WEIGHED)),
    RequestKind.COMPLAINT: (RequestTask.COMPLAINT, (CaseStep.NOTE,)),
}
_NOTHING_DONE = {
    RequestDecision.REFUSED,
    RequestDecision.NOTHING_HELD,
    RequestDecision.TAKEN_BACK,
}


@dataclass(frozen=True, repr=False)
class RequestRow:
    """A request as a list shows it.

    Attributes:
        subject_ref: Whose data it is about; nothing if she is not in the register.
        name: Of whom; of somebody not in the register, as she is called in the request.
        asker: Who asks for her, or she herself if she is not in the register.
        due_on: The day to answer by: that of the law, or of the own promise if that is earlier.
        law_due_on: The last day the law allows, moved past weekend and holidays, with extension
            and pause.
        target_on: The day to work towards: nothing is moved past a weekend.
        promised_on: The last day by the own promise, which nothing moves; nothing without one.
        days_left: Until `due_on`, below zero when it is overdue; nothing once it is answered.
        is_overdue: Whether `due_on` has passed without an answer.
        breaks_law: Whether the day of the law has passed too.
        is_paused: Whether proof of who asks is waited for, so that the law's month stands still.
        needs_identity: Whether it is to be made sure yet who asks.
        needs_authority: Whether it is to be made sure yet that whoever asks may.
        extendable_until: The last day to tell her that it takes longer; nothing once it is told.
        untold: How many recipients are still to be told: Article 19.
    """

    ref: RecordRef
    number: int
    kind: RequestKind
    subject_ref: SubjectRef | None
    name: str
    requester: Requester
    asker: str
    reply_to: str
    wish: str
    channel: Channel
    received_on: date
    due_on: date
    law_due_on: date
    target_on: date
    promised_on: date | None
    days_left: int | None
    is_open: bool
    is_overdue: bool
    breaks_law: bool
    is_paused: bool
    needs_identity: bool
    needs_authority: bool
    extendable_until: date | None
    extended_on: date | None
    erasure_ground: ErasureGround | None
    decision: RequestDecision | None
    answered_on: date | None
    answered_by: Channel | None
    untold: int


@dataclass(frozen=True, repr=False)
class StepRow:
    """One thing that happened in a request.

    Attributes:
        said: What it was, in the language spoken.
    """

    on: date
    what: CaseStep
    said: str
    by: str
    note: str


@dataclass(frozen=True, repr=False)
class TaskRow:
    """What is to be done about a request, and when it was; no day while it is not."""

    task: RequestTask
    done_on: date | None


@dataclass(frozen=True, repr=False)
class RequestFile:
    """Everything about one request.

    Attributes:
        row: As the list shows it.
        tasks: What is to be done, in order, each with the day on which it was.
        searched: How many records of each kind were looked through.
    """

    row: RequestRow
    checked_on: date | None
    checked_by: str
    identity: IdentityCheck | None
    identity_note: str
    doubted_on: date | None
    doubt: str
    authority_on: date | None
    authority: str
    extension: ExtensionReason | None
    extension_note: str
    refusal: RefusalGround | None
    refusal_note: str
    erasable_on: date | None
    tasks: tuple[TaskRow, ...]
    corrections: tuple[Correction, ...]
    masked: tuple[Masking, ...]
    told: tuple[ToldRecipient, ...]
    searched: tuple[tuple[str, int], ...]
    steps: tuple[StepRow, ...]


def row_of(read: Session, request: DataSubjectRequest) -> RequestRow:
    """Return a request as the list shows it."""
    subject = read.get(DataSubject, request.subject_id) if request.subject_id else None
    return make_row(request, subject, controller_of(read).country, today_of(read))


def make_row(
    request: DataSubjectRequest, subject: DataSubject | None, country: str, today: date
) -> RequestRow:
    """Return a request about a person as the list shows it; nobody is named who is hidden."""
    legal = legal_days(request, country, today)
    promised = request.promised_on
    due_on = min(legal.legal, promised or legal.legal)
    late = request.is_open and today > due_on
    hidden = subject is not None and subject.state is not SubjectState.ACTIVE
    known = subject.name if subject else request.asker if _asks_herself(request) else ""
    return RequestRow(
        ref=request.ref,
        number=request.number,
        kind=request.kind,
        subject_ref=subject.ref if subject else None,
        name="" if hidden else known,
        requester=request.requester,
        asker="" if hidden else request.asker,
        reply_to="" if hidden else request.reply_to,
        wish="" if hidden else request.wish,
        channel=request.channel,
        received_on=request.received_on,
        due_on=due_on,
        law_due_on=legal.legal,
        target_on=min(legal.target, promised or legal.target),
        promised_on=promised,
        days_left=(due_on - today).days if request.is_open else None,
        is_open=request.is_open,
        is_overdue=late,
        breaks_law=late and today > legal.legal,
        is_paused=request.is_paused,
        needs_identity=_needs_identity(request),
        needs_authority=request.is_open and request.needs_authority,
        extendable_until=extendable_until(request, country, today),
        extended_on=request.extended_on,
        erasure_ground=request.erasure_ground,
        decision=request.decision,
        answered_on=request.answered_on,
        answered_by=request.answered_by,
        untold=sum(one["told_on"] is None for one in request.told),
    )


def file_of(read: Session, one: DataSubjectRequest) -> RequestFile:
    """Return everything about a request."""
    return RequestFile(
        row=row_of(read, one),
        checked_on=one.checked_on,
        checked_by=staff_name(read, one.checked_by) if one.checked_by else "",
        identity=one.identity,
        identity_note=one.identity_note,
        doubted_on=one.doubted_on,
        doubt=one.doubt,
        authority_on=one.authority_on,
        authority=one.authority,
        extension=one.extension,
        extension_note=one.extension_note,
        refusal=one.refusal,
        refusal_note=one.refusal_note,
        erasable_on=one.erasable_on,
        tasks=tuple(_tasks(one)),
        corrections=tuple(one.corrections),
        masked=tuple(one.masked),
        told=tuple(one.told),
        searched=tuple(sorted(one.searched.items())),
        steps=tuple(_step_row(read, step) for step in one.steps),
    )


def legal_days(request: DataSubjectRequest, country: str, today: date) -> Deadline:
    """Return by when the law wants a request answered, extension and pause included.

    While proof of who asks is waited for, as if it came today.
    """
    return answer_deadline(
        country,
        request.received_on,
        extended=request.extended_on is not None,
        paused_days=request.paused_days(today),
    )


def extendable_until(request: DataSubjectRequest, country: str, today: date) -> date | None:
    """Return the last day to tell her that it takes longer: the law's first month."""
    if not request.is_open or request.extended_on is not None:
        return None
    return legal_days(request, country, today).legal


def _asks_herself(request: DataSubjectRequest) -> bool:
    return request.requester is Requester.SELF


def _needs_identity(request: DataSubjectRequest) -> bool:
    return request.is_open and _asks_herself(request) and request.checked_on is None


def _tasks(request: DataSubjectRequest) -> Iterator[TaskRow]:
    if _asks_herself(request):
        yield TaskRow(RequestTask.IDENTITY, request.checked_on)
    else:
        yield TaskRow(RequestTask.AUTHORITY, request.authority_on)
    if request.decision not in _NOTHING_DONE:
        task, steps = _WORK[request.kind]
        yield TaskRow(task, _last_day(request, *steps))
    if request.told:
        days = [one["told_on"] for one in request.told]
        done = None if None in days else max(day for day in days if day)
        yield TaskRow(RequestTask.TELL, date.fromisoformat(done) if done else None)
    decided = _last_day(request, CaseStep.DECIDED) if request.decision else None
    yield TaskRow(RequestTask.DECIDE, decided)
    yield TaskRow(RequestTask.ANSWER, request.answered_on)


def _last_day(request: DataSubjectRequest, *what: CaseStep) -> date | None:
    days = [one["on"] for one in request.steps if one["what"] in what]
    return date.fromisoformat(max(days)) if days else None


def _step_row(read: Session, step: RequestStep) -> StepRow:
    what = CaseStep(step["what"])
    by = staff_name(read, step["by"])
    return StepRow(date.fromisoformat(step["on"]), what, say(what), by, step["note"])
