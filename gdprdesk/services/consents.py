"""Asking for consent, giving it, taking it back, and showing the proof: Article 7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarResult, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import ConsentTextRef, RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    Audience,
    ConsentMethod,
    Decision,
    Permission,
    StopReason,
    SubjectState,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import controller_of, find_record, find_subject
from gdprdesk.services.paging import Page, window
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import in_use
from gdprdesk.services.stop_list import lift, stop
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ConsentTextRow:
    """The words of one purpose, and how many say yes to it.

    Attributes:
        is_advertising: Whether letters or offers are sent to those who say yes.
    """

    ref: ConsentTextRef
    purpose: str
    name: str
    text: str
    version: str
    language: str
    channels: tuple[str, ...]
    icon: str
    yes: int
    is_advertising: bool


@dataclass(frozen=True, repr=False)
class ConsentRow:
    """Where one person stands on one purpose; no decision means she was never asked."""

    purpose: str
    name: str
    icon: str
    decision: Decision | None
    ref: RecordRef | None
    decided_on: date | None
    method: ConsentMethod | None
    channels: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class ConsentPersonRow:
    """One person in the list of a purpose."""

    subject_ref: SubjectRef
    name: str
    decision: Decision
    decided_on: date
    method: ConsentMethod
    ref: RecordRef


@dataclass(frozen=True, repr=False)
class ConsentProof:
    """What Article 7(1) asks to be shown: who said what to which words, when and how."""

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
) -> RecordRef:
    """Write down what a person said to the exact words she was asked with.

    A no and a withdrawal are as easy as a yes; the earlier decision stays as proof. Whoever says
    yes to letters again leaves the stop list, and an earlier objection to them is over.
    """
    subject = find_subject(work.session, subject_ref)
    text = _find_text(work.session, text_ref)
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
        ended_on=None if decision is Decision.GIVEN else day,
    )
    work.session.add(consent)
    _mind_the_stop_list(work, subject, consent)
    return consent.ref


@action("consent.withdraw", N_("Withdrawn consent"), of_restricted=True, needs=Permission.CONSENTS)
def withdraw_consent(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    purpose: str,
    method: ConsentMethod = ConsentMethod.ORALLY,
    evidence: str = "",
) -> RecordRef:
    """Take a consent back: Article 7(3)."""
    subject = find_subject(work.session, subject_ref)
    standing = _newest(work.session, subject.id, purpose)
    if standing is None or not standing.counts:
        raise DomainError(_("There is no yes to take back. Nothing was changed."))
    text = work.session.get_one(ConsentText, standing.text_id)
    return record_consent(
        work,
        subject_ref=subject_ref,
        text_ref=text.ref,
        decision=Decision.WITHDRAWN,
        method=method,
        channels=tuple(standing.channels),
        evidence=evidence,
    )


@action("consent_text.replace", N_("New consent text"), needs=Permission.REGISTER)
def replace_consent_text(
    work: UnitOfWork, *, text_ref: ConsentTextRef, text: str
) -> ConsentTextRef:
    """Ask with new words from now on. What was said to the old words stays as it was said."""
    old = _find_text(work.session, text_ref)
    if not text.strip():
        raise DomainError(_("Write the words that the person is asked with."))
    versions = work.session.scalar(
        select(func.count())
        .select_from(ConsentText)
        .where(ConsentText.purpose == old.purpose, ConsentText.language == old.language)
    )
    new = ConsentText(
        activity_id=old.activity_id,
        purpose=old.purpose,
        version=str((versions or 0) + 1),
        language=old.language,
        name=old.name,
        text=text.strip(),
        channels=old.channels,
        icon=old.icon,
    )
    old.replaced = True
    work.session.add(new)
    return new.ref


@query("consent_text.list", needs=Permission.CONSENTS)
def list_consent_texts(read: Session, *, language: str = "") -> tuple[ConsentTextRow, ...]:
    """Return the words in use, one for each purpose, in a language or that of the register."""
    wanted = language or controller_of(read).language
    yes = dict(
        read.execute(
            select(ConsentText.purpose, func.count())
            .join(Consent, Consent.text_id == ConsentText.id)
            .join(DataSubject, DataSubject.id == Consent.subject_id)
            .where(Consent.decision == Decision.GIVEN, Consent.ended_on.is_(None))
            .where(DataSubject.state == SubjectState.ACTIVE, in_use())
            .group_by(ConsentText.purpose)
        ).all()
    )
    texts = read.scalars(
        select(ConsentText)
        .join(ProcessingActivity, ProcessingActivity.id == ConsentText.activity_id)
        .where(ConsentText.replaced.is_(False), ConsentText.language == wanted)
        .order_by(ProcessingActivity.position, ConsentText.id)
    )
    return tuple(
        ConsentTextRow(
            text.ref,
            text.purpose,
            text.name,
            text.text,
            text.version,
            text.language,
            tuple(text.channels),
            text.icon,
            yes.get(text.purpose, 0),
            is_advertising(read, text.activity_id),
        )
        for text in texts
    )


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
    total = read.scalar(select(func.count()).select_from(found.subquery())) or 0
    start, count = window(offset, limit)
    rows = read.execute(found.order_by(DataSubject.sort_key).offset(start).limit(count))
    return Page(tuple(ConsentPersonRow(*row) for row in rows), total)


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
    )


def is_advertising(session: Session, activity_id: int) -> bool:
    """Return whether a processing sends letters or offers: its notice speaks to their readers."""
    activity = session.get_one(ProcessingActivity, activity_id)
    return Audience.NEWSLETTER in activity.audiences


def _mind_the_stop_list(work: UnitOfWork, subject: DataSubject, consent: Consent) -> None:
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


def _find_text(session: Session, ref: ConsentTextRef) -> ConsentText:
    text = session.scalar(select(ConsentText).where(ConsentText.ref == ref))
    if text is None:
        raise NotFoundError(_("This consent text is not in the register any more."))
    return text
