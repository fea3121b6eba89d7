"""While she is on the phone: known, called back, or answered in writing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    CallOutcome,
    CaseStep,
    Channel,
    ContactKind,
    ErasureGround,
    IdentityCheck,
    Permission,
    RequestKind,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import find_subject
from gdprdesk.services.registry import action, query
from gdprdesk.services.request_handling import check_identity
from gdprdesk.services.request_rows import RequestRow, row_of
from gdprdesk.services.requests import find_request, note_step, open_request
from gdprdesk.store.unit_of_work import UnitOfWork

_SHOWN = 2
_WRITTEN = (ContactKind.EMAIL, ContactKind.ADDRESS)


@action("request.by_phone", N_("New request"), of_restricted=True, needs=Permission.PEOPLE)
def answer_call(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    kind: RequestKind,
    outcome: CallOutcome,
    wish: str = "",
    erasure_ground: ErasureGround | None = None,
    again: bool = False,
) -> RequestRow:
    """Open the request of somebody on the phone, and say how it goes on.

    Args:
        work: The transaction.
        subject_ref: Who she says she is.
        kind: What she asks for.
        outcome: You know her; you call back the number that is here; or the answer goes to the
            address that is here, never to one she says now.
        wish: What she said.
        erasure_ground: Why she may have it erased, if that is known.
        again: She asks for the same although an open request of hers does so already.

    Raises:
        DomainError: There is no number to call back, or no address to write to.
    """
    subject = find_subject(work.session, subject_ref)
    number = _masked(_first(work.session, subject, ContactKind.PHONE))
    address = next(filter(None, (_first(work.session, subject, one) for one in _WRITTEN)), "")
    if outcome is CallOutcome.CALL_BACK and not number:
        raise DomainError(
            _(
                "There is no number of {name} here to call back. Nothing was saved. Answer to the "
                "address that is here, or ask her to come by."
            ).format(name=subject.name)
        )
    if outcome is CallOutcome.LETTER and not address:
        raise DomainError(
            _(
                "There is no address of {name} here to write to. Nothing was saved. Call back the "
                "number that is here, or ask her to come by."
            ).format(name=subject.name)
        )
    row = open_request(
        work,
        kind=kind,
        received_on=work.today,
        channel=Channel.PHONE,
        subject_ref=subject_ref,
        reply_to=address if outcome is CallOutcome.LETTER else "",
        wish=wish,
        erasure_ground=erasure_ground,
        again=again,
    )
    if outcome is CallOutcome.KNOWN:
        return check_identity(work, request_ref=row.ref, how=IdentityCheck.KNOWN_PERSON)
    if outcome is CallOutcome.LETTER:
        return check_identity(work, request_ref=row.ref, how=IdentityCheck.KNOWN_ADDRESS)
    request = find_request(work.session, row.ref)
    note_step(work, request, CaseStep.CALL_BACK, number)
    return row_of(work.session, request)


@query("request.call_back_number", needs=Permission.PEOPLE)
def show_call_back_number(read: Session, *, subject_ref: SubjectRef) -> str:
    """Return the number to call a person back on, all but its ends hidden; nothing without one.

    So that nobody reads it out to whoever is on the phone.
    """
    return _masked(_first(read, find_subject(read, subject_ref), ContactKind.PHONE))


def _first(session: Session, subject: DataSubject, kind: ContactKind) -> str:
    known = select(ContactDetail.value).where(
        ContactDetail.subject_id == subject.id, ContactDetail.kind == kind
    )
    return session.scalar(known.order_by(ContactDetail.id).limit(1)) or ""


def _masked(number: str) -> str:
    """Return a number with a dot for each digit but the first and the last two."""
    places = [place for place, sign in enumerate(number) if sign.isdecimal()]
    hidden = set(places[_SHOWN:-_SHOWN])
    return "".join("\N{BULLET}" if place in hidden else sign for place, sign in enumerate(number))
