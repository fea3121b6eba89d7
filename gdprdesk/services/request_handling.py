"""What is done about a request: who asks, more time, the decision and the answer."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import DataSubjectRequest, refusal_grounds
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ExtensionReason,
    IdentityCheck,
    Permission,
    Reason,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    say,
)
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.erasure_preview import plan_of
from gdprdesk.services.finding import controller_of, records_of
from gdprdesk.services.registry import action
from gdprdesk.services.request_rows import RequestRow, extendable_until, row_of
from gdprdesk.services.requests import (
    find_open_request,
    mark_answered,
    note_step,
    person_of,
    set_due_day,
)
from gdprdesk.store.unit_of_work import UnitOfWork

_DONE = {RequestDecision.GRANTED, RequestDecision.PARTLY}
_WITH_GROUND = {RequestDecision.REFUSED, RequestDecision.PARTLY}
_TELLS_NOTHING = {RefusalGround.UNFOUNDED, RefusalGround.IDENTITY, RefusalGround.NO_AUTHORITY}
"""Grounds that may be told to anybody: they do not say whether something is held about her."""
_TO_BE_SHOWN = {RefusalGround.UNFOUNDED, RefusalGround.COMPELLING}
"""Grounds that the business has to prove: Articles 12(5) and 21(1)."""


@action(
    "request.check_identity", N_("Identity checked"), of_restricted=True, needs=Permission.REGISTER
)
def check_identity(
    work: UnitOfWork,
    *,
    request_ref: RecordRef,
    how: IdentityCheck,
    note: str = "",
    on: date | None = None,
) -> RequestRow:
    """Write down how it was made sure who asks; a month that stood still goes on from then.

    A known person, an address the register has, or a call back is enough; never ask for a copy of
    an identity card.

    Raises:
        DomainError: It has been made sure already, or that day cannot be.
    """
    request = find_open_request(work.session, request_ref)
    if request.checked_on is not None:
        raise DomainError(
            _("It was made sure on {day} who asks. Nothing was changed.").format(
                day=format_day(request.checked_on)
            )
        )
    day = _day_between(on, request.doubted_on or request.received_on, work.today)
    request.identity, request.checked_on, request.checked_by = how, day, work.staff
    request.identity_note = note.strip()
    set_due_day(work, request)
    note_step(work, request, CaseStep.CHECKED, _said(say(how), note), on=day)
    return row_of(work.session, request)


@action(
    "request.doubt_identity",
    N_("Proof of identity asked for"),
    of_restricted=True,
    needs=Permission.REGISTER,
)
def doubt_identity(
    work: UnitOfWork, *, request_ref: RecordRef, why: str, on: date | None = None
) -> RequestRow:
    """Write down why it is doubted who asks, and when proof was asked for: Article 12(6).

    From then until the proof comes the month of the law stands still; the own promise does not.

    Raises:
        DomainError: No reason is given, it is known who asks, or the time to answer is over.
    """
    request = find_open_request(work.session, request_ref)
    if request.checked_on is not None or request.doubted_on is not None:
        raise DomainError(
            _(
                "It is known who asks, or proof has been asked for already. Nothing was changed: "
                "the time to answer stands still only once."
            )
        )
    if not why.strip():
        raise DomainError(
            _(
                "Write why you doubt who asks. Nothing was changed. Without a reason you may not "
                "ask for proof, and the time to answer does not stand still."
            )
        )
    day = _day_between(on, request.received_on, work.today)
    if day > request.due_on:
        raise DomainError(
            _(
                "The time to answer was over on {day}. Nothing was changed: asking for proof now "
                "gives no more time. Call back a number you have, and answer today."
            ).format(day=format_day(request.due_on))
        )
    request.doubted_on, request.doubt = day, why.strip()
    note_step(work, request, CaseStep.DOUBTED, why, on=day)
    return row_of(work.session, request)


@action(
    "request.check_authority",
    N_("Authority checked"),
    of_restricted=True,
    needs=Permission.REGISTER,
)
def check_authority(
    work: UnitOfWork, *, request_ref: RecordRef, how: str, on: date | None = None
) -> RequestRow:
    """Write down how it was made sure that whoever asks may act for the person.

    Such as a power of attorney seen, or by which law an authority may ask.

    Raises:
        DomainError: She asks herself, or it is not said how.
    """
    request = find_open_request(work.session, request_ref)
    if request.requester is Requester.SELF:
        raise DomainError(
            _("She asks herself, so nobody needs her authority. Nothing was changed.")
        )
    if not how.strip():
        raise DomainError(
            _(
                "Write what you have seen: the power of attorney, the paper that says who the "
                "guardian is, or the law by which an authority asks. Nothing was changed."
            )
        )
    day = _day_between(on, request.received_on, work.today)
    request.authority_on, request.authority = day, how.strip()
    note_step(work, request, CaseStep.AUTHORITY, how, on=day)
    return row_of(work.session, request)


@action("request.extend", N_("More time to answer"), of_restricted=True, needs=Permission.REGISTER)
def extend_request(
    work: UnitOfWork,
    *,
    request_ref: RecordRef,
    reason: ExtensionReason,
    note: str,
    told_on: date | None = None,
) -> RequestRow:
    """Take two months more, told within the first and with the reason: Article 12(3).

    The law then allows three months from receipt; the own promise stays where it is.

    Raises:
        DomainError: She was told too late or already, or it is not said why.
    """
    request = find_open_request(work.session, request_ref)
    if request.extended_on is not None:
        raise DomainError(
            _(
                "More time was taken on {day} already. Nothing was changed: the law gives it once. "
                "Answer by {due}."
            ).format(day=format_day(request.extended_on), due=format_day(request.due_on))
        )
    if not note.strip():
        raise DomainError(
            _(
                "Write why it takes longer, as you tell her. Nothing was changed: more time is "
                "only taken with a reason."
            )
        )
    day = _day_between(told_on, request.received_on, work.today)
    last = extendable_until(request, controller_of(work.session).country, day)
    if last is None or day > last:
        raise DomainError(
            _(
                "More time can only be taken within the first month, and that was over on {day}. "
                "Nothing was changed. Answer as soon as you can, with what you have, and say when "
                "the rest comes."
            ).format(day=format_day(last or request.due_on))
        )
    request.extended_on, request.extension, request.extension_note = day, reason, note.strip()
    set_due_day(work, request)
    note_step(work, request, CaseStep.EXTENDED, _said(say(reason), note), on=day)
    return row_of(work.session, request)


@action("request.decide", N_("Decided request"), of_restricted=True, needs=Permission.REGISTER)
def decide_request(
    work: UnitOfWork,
    *,
    request_ref: RecordRef,
    decision: RequestDecision,
    refusal: RefusalGround | None = None,
    note: str = "",
    erasable_on: date | None = None,
) -> RequestRow:
    """Write down what becomes of a request; until it is answered that can be decided anew.

    Args:
        work: The transaction.
        request_ref: An open request.
        decision: Done, done in part, refused, or taken back. That nothing is held is found out by
            searching: `answer_nothing_held`.
        refusal: On which ground it is refused, or a part of it.
        note: Why, as it stands in the answer.
        erasable_on: From when what is refused can be erased; by the law that holds it, if nothing
            is said.

    Raises:
        DomainError: It is not known yet who asks or whether he may, the ground is missing or
            belongs to another right, or an erasure is said to be done that is not.
    """
    request = find_open_request(work.session, request_ref)
    _check_decision(request, decision, refusal, note)
    if decision in _DONE or (refusal is not None and refusal not in _TELLS_NOTHING):
        require_known_asker(request)
    if erasable_on is not None and erasable_on <= work.today:
        raise DomainError(
            _(
                "What can be erased from {day} on can be erased now. Nothing was saved. Erase it, "
                "or write a day to come."
            ).format(day=format_day(erasable_on))
        )
    request.decision, request.refusal = decision, refusal
    request.refusal_note = note.strip() if refusal else ""
    request.erasable_on = erasable_on or _held_until(work.session, request)
    said = " \N{EN DASH} ".join(say(one) for one in (decision, refusal) if one is not None)
    note_step(work, request, CaseStep.DECIDED, _said(said, note))
    return row_of(work.session, request)


@action("request.answer", N_("Answered request"), of_restricted=True, needs=Permission.REGISTER)
def answer_request(
    work: UnitOfWork, *, request_ref: RecordRef, answered_by: Channel, on: date | None = None
) -> RequestRow:
    """Write down how and when the answer went; the request is closed then.

    Raises:
        DomainError: Nothing has been decided, or that day is before it came or has not come.
    """
    request = find_open_request(work.session, request_ref)
    if request.decision is None:
        raise DomainError(
            _(
                "It is not decided yet what becomes of this request. Nothing was changed. Decide "
                "first: done, done in part, refused or taken back."
            )
        )
    mark_answered(work, request, answered_by, on)
    return row_of(work.session, request)


@action("request.note", N_("Remark"), of_restricted=True, needs=Permission.REGISTER)
def add_request_note(work: UnitOfWork, *, request_ref: RecordRef, text: str) -> None:
    """Write a remark into the history of a request.

    Raises:
        DomainError: There is nothing in it.
    """
    request = find_open_request(work.session, request_ref)
    if not text.strip():
        raise DomainError(_("Write the remark first. Nothing was saved."))
    note_step(work, request, CaseStep.NOTE, text)


def require_known_asker(request: DataSubjectRequest, identity: IdentityCheck | None = None) -> None:
    """Refuse to hand out or change anything before it is known that whoever asks may.

    Args:
        request: What is asked for.
        identity: How it is made sure just now who asks, if she asks herself.

    Raises:
        DomainError: It is not known who asks, or whether he may act for her.
    """
    if request.needs_authority:
        raise DomainError(
            _(
                "It is not known yet whether {asker} may ask for her. Nothing was handed out or "
                "changed. Look at the power of attorney or the law first, and write it down."
            ).format(asker=request.asker)
        )
    herself = request.requester is Requester.SELF
    if herself and request.checked_on is None and identity is None:
        raise DomainError(
            _(
                "It is not known yet who asks. Nothing was handed out or changed. Say how you made "
                "sure: you know her, she wrote from an address you have, or you called her back."
            )
        )


def _check_decision(
    request: DataSubjectRequest,
    decision: RequestDecision,
    refusal: RefusalGround | None,
    note: str,
) -> None:
    if decision is RequestDecision.NOTHING_HELD:
        raise DomainError(
            _("That nothing is held is found out by searching. Nothing was saved. Search first.")
        )
    if decision is RequestDecision.GRANTED and _is_to_be_erased(request):
        raise DomainError(
            _(
                "She has not been erased. Nothing was saved. Erase her on her page: that answers "
                "the request, and its receipt is the answer."
            )
        )
    if (refusal is not None) != (decision in _WITH_GROUND):
        raise DomainError(
            _(
                "A refusal, also of a part, needs its ground, and nothing else has one. Nothing "
                "was saved."
            )
        )
    if refusal is not None and refusal not in refusal_grounds(request.kind):
        raise DomainError(
            _(
                "The ground \N{LEFT DOUBLE QUOTATION MARK}{ground}\N{RIGHT DOUBLE QUOTATION MARK} "
                "does not belong to such a request. Nothing was saved. Choose another one."
            ).format(ground=say(refusal))
        )
    if refusal in _TO_BE_SHOWN and not note.strip():
        raise DomainError(
            _("Write why: it is you who has to show that this is so. Nothing was saved.")
        )


def _is_to_be_erased(request: DataSubjectRequest) -> bool:
    return request.kind is RequestKind.ERASE and request.subject_id is not None


def _held_until(session: Session, request: DataSubjectRequest) -> date | None:
    """Return the day after the last one on which a law holds something of her."""
    subject = person_of(session, request)
    if subject is None or request.refusal is not RefusalGround.LAW_OBLIGES:
        return None
    kept = plan_of(session, records_of(session, subject)).keep
    days = [one.until for one in kept if one.reason is Reason.LAW_OBLIGES and one.until]
    last = max(days, default=date.max)
    return None if last == date.max else last + timedelta(days=1)


def _day_between(wanted: date | None, first: date, today: date) -> date:
    day = wanted or today
    if not first <= day <= today:
        raise DomainError(
            _(
                "This day cannot be right: it must be from {first} to {today}. Nothing was saved. "
                "Look at the day again."
            ).format(first=format_day(first), today=format_day(today))
        )
    return day


def _said(term: str, note: str) -> str:
    return f"{term}: {note.strip()}" if note.strip() else term
