"""Asking for consent, giving it, taking it back, and showing the proof: Article 7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarResult, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import ConsentTextRef, RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    ConsentMethod,
    Decision,
    Permission,
    SignedAs,
    StopReason,
    SubjectState,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.consent_channels import of_age_of
from gdprdesk.services.consent_texts import find_text, is_advertising, list_consent_texts
from gdprdesk.services.finding import find_record, find_subject, today_of
from gdprdesk.services.guardians import check_guardian
from gdprdesk.services.paging import Page, window
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import in_use
from gdprdesk.services.stop_list import lift, stop
from gdprdesk.store.unit_of_work import UnitOfWork

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_DRAWING = 1 << 20


@dataclass(frozen=True, repr=False)
class ConsentRow:
    """Where one person stands on one purpose; no decision means she was never asked.

    Attributes:
        channels: Where what she agreed to may be shown.
        counts: Whether it is a yes that counts today: what was said for a child counts no more
            once she is 18.
        given_by: Who said it for her; empty if she did so herself.
        is_signed: Whether a signature or a scanned form is kept with it.
        confirmed_on: The day she confirmed it from her own address.
    """

    purpose: str
    name: str
    icon: str
    decision: Decision | None
    ref: RecordRef | None
    decided_on: date | None
    method: ConsentMethod | None
    channels: tuple[str, ...]
    counts: bool = False
    given_by: str = ""
    is_signed: bool = False
    confirmed_on: date | None = None


@dataclass(frozen=True, repr=False)
class ConsentPersonRow:
    """One person in the list of a purpose; `counts` if hers is a yes that counts today."""

    subject_ref: SubjectRef
    name: str
    decision: Decision
    decided_on: date
    method: ConsentMethod
    ref: RecordRef
    channels: tuple[str, ...] = ()
    counts: bool = False


@dataclass(frozen=True, repr=False)
class ConsentProof:
    """What Article 7(1) asks to be shown: who said what to which words, when and how.

    Attributes:
        given_by: Who said it for her; empty if she did so herself.
        signed: Her signature as a picture, or the signed form, and `signed_type` which.
    """

    subject_ref: SubjectRef
    name: str
    purpose: str
    title: str
    text: str
    version: str
    language: str
    decision: Decision
    decided_on: date
    method: ConsentMethod
    channels: tuple[str, ...]
    evidence: str
    ended_on: date | None
    given_by: str = ""
    confirmed_on: date | None = None
    signed: bytes | None = None
    signed_type: SignedAs | None = None


@action("consent.record", N_("Consent"), of_restricted=True, needs=Permission.CONSENTS)
def record_consent(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    text_ref: ConsentTextRef,
    decision: Decision,
    method: ConsentMethod,
    channels: tuple[str, ...] = (),
    evidence: str = "",
    decided_on: date | None = None,
    given_by: str = "",
    confirmed_on: date | None = None,
    signature: bytes = b"",
) -> RecordRef:
    """Write down what a person said to the exact words she was asked with.

    A no and a withdrawal are as easy as a yes; the earlier decision stays as proof. Whoever says
    yes to letters again leaves the stop list, and an earlier objection to them is over.

    Args:
        work: The transaction.
        subject_ref: Who was asked.
        text_ref: The exact words.
        decision: What was answered.
        method: How.
        channels: Where what she agrees to may be shown, as the words call it.
        evidence: Where the proof is.
        decided_on: The day; without one, today.
        given_by: Who said it for a child: one of her guardians.
        confirmed_on: The day she confirmed it from her own address.
        signature: What she drew with finger or mouse, as PNG; empty without one.

    Raises:
        DomainError: The day cannot be, there is nothing to take back, the words name no such
            place, or whoever says yes for her may not.
    """
    subject = find_subject(work.session, subject_ref)
    text = find_text(work.session, text_ref)
    day = decided_on or work.today
    if day > work.today:
        raise DomainError(_("A consent cannot be given on a day that has not come."))
    standing = _newest(work.session, subject.id, text.purpose)
    if standing is not None and day < standing.decided_on:
        raise DomainError(
            _("Something was said after that day, and that is what counts. Nothing was saved.")
        )
    if decision is Decision.WITHDRAWN and (standing is None or not standing.counts):
        raise DomainError(_("There is no yes to take back. Nothing was changed."))
    if decision is Decision.PENDING and standing is not None and standing.counts:
        raise DomainError(_("She says yes already, so there is nothing to confirm."))
    _check_places(text, channels)
    guardian = check_guardian(
        work.session, subject, given_by, purpose=text.purpose, decision=decision, day=day
    )
    if standing is not None and standing.ended_on is None:
        standing.ended_on = day
    consent = Consent(
        subject_id=subject.id,
        activity_id=text.activity_id,
        recorded_on=work.today,
        text_id=text.id,
        decision=decision,
        method=method,
        decided_on=day,
        channels=list(channels),
        evidence=evidence.strip(),
        ended_on=None if decision in {Decision.GIVEN, Decision.PENDING} else day,
        given_by=guardian,
        confirmed_on=confirmed_on,
        signed=_checked_drawing(signature) or None,
        signed_type=SignedAs.PNG if signature else None,
    )
    work.session.add(consent)
    mind_the_stop_list(work, subject, consent)
    return consent.ref


@action("consent.withdraw", N_("Withdrawn consent"), of_restricted=True, needs=Permission.CONSENTS)
def withdraw_consent(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    purpose: str,
    channels: tuple[str, ...] = (),
    method: ConsentMethod = ConsentMethod.ORALLY,
    evidence: str = "",
) -> RecordRef:
    """Take a consent back, for all places or for some of them: Article 7(3).

    Of a part taken back, what is left is written as a new answer; the old one stays as proof.

    Args:
        work: The transaction.
        subject_ref: Whose.
        purpose: What it was given for.
        channels: The places it is taken back for; without any, it is taken back for all.
        method: How she said so.
        evidence: Where the proof of that is.
    """
    subject = find_subject(work.session, subject_ref)
    standing = _newest(work.session, subject.id, purpose)
    if standing is None or not standing.counts:
        raise DomainError(_("There is no yes to take back. Nothing was changed."))
    if unknown := set(channels) - set(standing.channels):
        raise DomainError(
            _("There is no yes for {place} to take back. Nothing was changed.").format(
                place=", ".join(sorted(unknown))
            )
        )
    left = tuple(one for one in standing.channels if one not in channels)
    is_part = bool(channels and left)
    text = work.session.get_one(ConsentText, standing.text_id)
    given_by, confirmed_on = standing.given_by, standing.confirmed_on
    ref = record_consent(
        work,
        subject_ref=subject_ref,
        text_ref=text.ref,
        decision=Decision.GIVEN if is_part else Decision.WITHDRAWN,
        method=method,
        channels=left if is_part else tuple(standing.channels),
        evidence=evidence,
        confirmed_on=confirmed_on if is_part else None,
    )
    if is_part:  # what is left was said by whoever said all of it
        find_record(work.session, Consent, ref).given_by = given_by
    return ref


@query("consent.of_person", needs=Permission.CONSENTS)
def consents_of(read: Session, *, subject_ref: SubjectRef) -> tuple[ConsentRow, ...]:
    """Return where a person stands on every purpose: yes, no, or not asked."""
    subject = find_subject(read, subject_ref)
    said = (
        select(ConsentText.purpose, Consent)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.subject_id == subject.id)
        .order_by(Consent.id)
    )
    latest: dict[str, Consent] = dict(read.execute(said).all())
    today, grown = today_of(read), of_age_of(read, subject)
    rows = []
    for text in list_consent_texts(read):
        newest = latest.get(text.purpose)
        rows.append(
            ConsentRow(
                purpose=text.purpose,
                name=text.name,
                icon=text.icon,
                decision=newest.decision if newest else None,
                ref=newest.ref if newest else None,
                decided_on=newest.decided_on if newest else None,
                method=newest.method if newest else None,
                channels=tuple(newest.channels) if newest else (),
                counts=newest is not None and newest.counts_on(today, grown),
                given_by=newest.given_by if newest else "",
                is_signed=newest is not None and newest.signed_type is not None,
                confirmed_on=newest.confirmed_on if newest else None,
            )
        )
    return tuple(rows)


@query("consent.list", needs=Permission.CONSENTS)
def list_consents(
    read: Session,
    *,
    purpose: str,
    decision: Decision | None = None,
    offset: int = 0,
    limit: int = 50,
) -> Page[ConsentPersonRow]:
    """Return one page of what people last said to a purpose, by name.

    Whoever's data are only stored is left out: she is neither written to nor shown.
    """
    newest = (
        select(func.max(Consent.id))
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(ConsentText.purpose == purpose)
        .group_by(Consent.subject_id)
    )
    found = (
        select(
            DataSubject.ref,
            DataSubject.name,
            Consent.decision,
            Consent.decided_on,
            Consent.method,
            Consent.ref,
            Consent.channels,
            Consent.ended_on.is_(None) & (Consent.decision == Decision.GIVEN),
        )
        .join(DataSubject, DataSubject.id == Consent.subject_id)
        .where(
            Consent.id.in_(newest),
            DataSubject.state == SubjectState.ACTIVE,
            in_use(),
        )
    )
    if decision is not None:
        found = found.where(Consent.decision == decision)
    if decision is Decision.GIVEN:
        found = found.where(Consent.ended_on.is_(None))
    total = read.scalar(select(func.count()).select_from(found.subquery())) or 0
    start, count = window(offset, limit)
    rows = read.execute(found.order_by(DataSubject.sort_key).offset(start).limit(count))
    return Page(
        tuple(
            ConsentPersonRow(*row[:6], channels=tuple(row.channels), counts=bool(row[7]))
            for row in rows
        ),
        total,
    )


@query("consent.prove", needs=Permission.CONSENTS)
def prove_consent(read: Session, *, ref: RecordRef) -> ConsentProof:
    """Return the proof of one decision."""
    consent = find_record(read, Consent, ref)
    text = read.get_one(ConsentText, consent.text_id)
    person = read.get_one(DataSubject, consent.subject_id)
    return ConsentProof(
        subject_ref=person.ref,
        name=person.name,
        purpose=text.purpose,
        title=text.name,
        text=text.text,
        version=text.version,
        language=text.language,
        decision=consent.decision,
        decided_on=consent.decided_on,
        method=consent.method,
        channels=tuple(consent.channels),
        evidence=consent.evidence,
        ended_on=consent.ended_on,
        given_by=consent.given_by,
        confirmed_on=consent.confirmed_on,
        signed=consent.signed,
        signed_type=consent.signed_type,
    )


def _check_places(text: ConsentText, channels: tuple[str, ...]) -> None:
    """Refuse a place that the words do not name."""
    if unknown := set(channels) - set(text.channels):
        raise DomainError(
            _("She was not asked about this: {places}. Nothing was saved.").format(
                places=", ".join(sorted(unknown))
            )
        )


def mind_the_stop_list(work: UnitOfWork, subject: DataSubject, consent: Consent) -> None:
    """Put whoever says no to all letters on the stop list, and take off whoever says yes anew."""
    if not is_advertising(work.session, consent.activity_id):
        return
    if consent.decision is Decision.GIVEN:
        if subject.objected_on is not None and consent.decided_on >= subject.objected_on:
            subject.objected_on = None
        lift(work, _contacts(work.session, subject))
    elif consent.decision is Decision.WITHDRAWN or consent.method is ConsentMethod.UNSUBSCRIBED:
        work.session.flush()
        said = select(Consent).where(Consent.subject_id == subject.id)
        yes = [one for one in work.session.scalars(said) if one.counts]
        if not any(is_advertising(work.session, one.activity_id) for one in yes):
            stop(work, _contacts(work.session, subject), StopReason.UNSUBSCRIBED)


def _contacts(session: Session, subject: DataSubject) -> ScalarResult[ContactDetail]:
    return session.scalars(select(ContactDetail).where(ContactDetail.subject_id == subject.id))


def _newest(session: Session, subject_id: int, purpose: str) -> Consent | None:
    return session.scalar(
        select(Consent)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.subject_id == subject_id, ConsentText.purpose == purpose)
        .order_by(Consent.id.desc())
        .limit(1)
    )


def _checked_drawing(signature: bytes) -> bytes:
    """Return a signature as it was drawn.

    Raises:
        DomainError: It is no PNG, or larger than a drawing is.
    """
    if signature and (not signature.startswith(_PNG) or len(signature) > _LARGEST_DRAWING):
        raise DomainError(_("This is no drawn signature. Nothing was saved. Ask her to sign anew."))
    return signature
