"""Objecting to advertising, which ends it at once, and to an interest of our own: Article 21."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ConsentMethod,
    Permission,
    RefusalGround,
    RequestDecision,
    RequestKind,
    RestrictionGround,
    StopReason,
    say,
)
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.consent_texts import is_advertising
from gdprdesk.services.consents import withdraw_consent
from gdprdesk.services.finding import find_subject, records_of
from gdprdesk.services.registry import action
from gdprdesk.services.request_handling import require_known_asker
from gdprdesk.services.request_rows import RequestRow, row_of
from gdprdesk.services.requests import find_open_request, note_step
from gdprdesk.services.restriction import place_restriction, request_for
from gdprdesk.services.stop_list import stop
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class AdvertisingReceipt:
    """What ended when she said no to letters and offers, and what is kept all the same.

    Attributes:
        ended: What she had said yes to, by name.
        stays: The processings that still hold something about her, by name.
    """

    ended: tuple[str, ...]
    stays: tuple[str, ...]


@action("consent.unsubscribe", N_("Unsubscribed"), of_restricted=True, needs=Permission.CONSENTS)
def unsubscribe(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    method: ConsentMethod = ConsentMethod.ORALLY,
    evidence: str = "",
) -> AdvertisingReceipt:
    """Take back every yes to letters and offers; it is no request, and nothing is erased.

    Raises:
        DomainError: She has said yes to none.
    """
    subject = find_subject(work.session, subject_ref)
    ended = end_advertising(work, subject, method, evidence)
    if not ended:
        raise DomainError(
            _(
                "{name} gets no letters or offers by what is written here. Nothing was changed. If "
                "something still reaches her, take her out where it is sent from."
            ).format(name=subject.name)
        )
    return _receipt(work.session, subject, ended)


@action(
    "objection.to_advertising", N_("No advertising"), of_restricted=True, needs=Permission.CONSENTS
)
def object_to_marketing(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    request_ref: RecordRef | None = None,
    method: ConsentMethod = ConsentMethod.ORALLY,
    evidence: str = "",
) -> AdvertisingReceipt:
    """Send a person no advertising any more: nothing is weighed, it ends at once (Art. 21(2)-(3)).

    Only a new yes of hers ends it. With the request in which she asked, that is decided too.

    Raises:
        DomainError: She has objected already, or the request is not hers.
    """
    subject = find_subject(work.session, subject_ref)
    if subject.objected_on is not None:
        raise DomainError(
            _("{name} gets no advertising since {day}. Nothing was changed.").format(
                name=subject.name, day=format_day(subject.objected_on)
            )
        )
    request = None
    if request_ref is not None:
        request = request_for(work, subject, RequestKind.OBJECT, request_ref, Channel.PHONE)
    ended = end_advertising(work, subject, method, evidence)
    subject.objected_on = work.today
    details = select(ContactDetail).where(ContactDetail.subject_id == subject.id)
    stop(work, work.session.scalars(details), StopReason.UNSUBSCRIBED)
    if request is not None:
        note_step(work, request, CaseStep.OBJECTED, ", ".join(ended))
        if request.kind is RequestKind.OBJECT:
            request.decision = RequestDecision.GRANTED
            note_step(work, request, CaseStep.DECIDED, say(RequestDecision.GRANTED))
    return _receipt(work.session, subject, ended)


@action("objection.to_interest", N_("Objection"), of_restricted=True, needs=Permission.PEOPLE)
def object_to_processing(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    why: str,
    request_ref: RecordRef | None = None,
    channel: Channel = Channel.PHONE,
) -> RequestRow:
    """Write down that a person objects to an interest of yours; her data rest while you weigh it.

    Article 21(1) and, for the time of weighing, 18(1)(d).

    Raises:
        DomainError: They are only stored already, or it is not said why.
    """
    subject = find_subject(work.session, subject_ref)
    request = request_for(work, subject, RequestKind.OBJECT, request_ref, channel)
    place_restriction(work, subject, request, ground=RestrictionGround.OBJECTION, why=why)
    return row_of(work.session, request)


@action("objection.weigh", N_("Weighed objection"), of_restricted=True, needs=Permission.REGISTER)
def weigh_objection(
    work: UnitOfWork, *, request_ref: RecordRef, outcome: RequestDecision, reasons: str
) -> RequestRow:
    """Decide on an objection to an interest of yours: it is granted, unless yours is compelling.

    Her data rest until the restriction is lifted, after telling her, or until she is erased.

    Args:
        work: The transaction.
        request_ref: The open objection.
        outcome: Granted, or refused for compelling reasons.
        reasons: What was weighed against what.

    Raises:
        DomainError: It is no objection, the outcome is another, no reasons are given, or it is not
            known yet who asks.
    """
    request = find_open_request(work.session, request_ref)
    _check_outcome(request, outcome, reasons)
    require_known_asker(request)
    refused = outcome is RequestDecision.REFUSED
    request.decision = outcome
    request.refusal = RefusalGround.COMPELLING if refused else None
    request.refusal_note = reasons.strip() if refused else ""
    note_step(work, request, CaseStep.WEIGHED, reasons)
    note_step(work, request, CaseStep.DECIDED, say(outcome))
    return row_of(work.session, request)


def _check_outcome(request: DataSubjectRequest, outcome: RequestDecision, reasons: str) -> None:
    if request.kind is not RequestKind.OBJECT:
        raise DomainError(
            _("Request {number} is no objection. Nothing was changed.").format(
                number=request.number
            )
        )
    if outcome not in {RequestDecision.GRANTED, RequestDecision.REFUSED}:
        raise DomainError(
            _("An objection is granted, or refused for compelling reasons. Nothing was changed.")
        )
    if not reasons.strip():
        raise DomainError(
            _(
                "Write what you weighed: her reasons against yours. Nothing was changed. It is you "
                "who has to show that yours are compelling."
            )
        )


def end_advertising(
    work: UnitOfWork, subject: DataSubject, method: ConsentMethod, evidence: str
) -> tuple[str, ...]:
    """Take back every yes to letters and offers; returns the names of what she had agreed to."""
    said = (
        select(Consent, ConsentText)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.subject_id == subject.id)
        .order_by(Consent.id)
    )
    ended = []
    for consent, text in work.session.execute(said).all():
        if consent.counts and is_advertising(work.session, consent.activity_id):
            withdraw_consent(
                work,
                subject_ref=subject.ref,
                purpose=text.purpose,
                method=method,
                evidence=evidence,
            )
            ended.append(text.name)
    return tuple(ended)


def _receipt(session: Session, subject: DataSubject, ended: tuple[str, ...]) -> AdvertisingReceipt:
    held = {one.activity_id for one in records_of(session, subject) if not one.accompanies}
    names = select(ProcessingActivity.name).where(ProcessingActivity.id.in_(held))
    stays = session.scalars(names.order_by(ProcessingActivity.position))
    return AdvertisingReceipt(ended, tuple(stays))
