"""What an erasure would take and keep, and what is to be done elsewhere, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, RecordRef, SubjectRef, counted, kind_name
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.erasure import CardLine, ErasurePlan, KeptRecord, plan_erasure
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.law import PATIENT_JOURNAL
from gdprdesk.domain.proofs import StopEntry
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.retention import law_holding
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Permission, Reason, SubjectState
from gdprdesk.i18n import _, format_money
from gdprdesk.services.backup_catalogue import BackupCopyRow, list_copies
from gdprdesk.services.erasure_outside import OutsideRow, outside_tasks
from gdprdesk.services.erasure_proofs import ProofRow, last_day_of, proofs_of
from gdprdesk.services.finding import (
    controller_of,
    find_any_subject,
    find_subject,
    now_of,
    records_of,
    rules_of,
    today_of,
)
from gdprdesk.services.journal_end import journal_warning
from gdprdesk.services.law import law_name, law_of
from gdprdesk.services.media_people import names_of, people_in, picture_of
from gdprdesk.services.patient_law import whom_to_ask
from gdprdesk.services.registry import query
from gdprdesk.services.subjects import first_contact


@dataclass(frozen=True, repr=False)
class ErasedRow:
    """A record that goes."""

    kind: str
    ref: RecordRef


@dataclass(frozen=True, repr=False)
class ErasedGroup:
    """The records of one kind that go: "6 orders", from when until when."""

    kind: str
    said: str
    first_on: date
    last_on: date


@dataclass(frozen=True, repr=False)
class KeptRow:
    """A record that stays: which, why, until when, and what of it stays.

    Attributes:
        said: What people call it: "Invoice 1041".
        law: The name of the law that obliges, if one does.
        fields: What it says, named as people read it.
    """

    kind: str
    ref: RecordRef
    said: str
    reason: Reason
    until: date | None
    law: str
    fields: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Namesake:
    """Somebody else of the same name, and what tells her apart."""

    ref: SubjectRef
    facts: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class ConsentedRow:
    """A consent that she has taken back, and how many records rest on it alone."""

    purpose: str
    name: str
    records: int


@dataclass(frozen=True, repr=False)
class SharedPicture:
    """A picture that goes although others are in it, too: who, as far as they may be named."""

    ref: RecordRef
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class ErasurePreview:
    """The decision shown before it is carried out; nothing has been erased yet.

    Attributes:
        facts: What tells her from somebody of the same name.
        namesakes: Who else bears it.
        proofs: What is left of consents and requests, and until when.
        stopped_until: The last day her addresses are on the stop list; nothing if they are not
            put there.
        copies: The backups in which she still is.
        released: How many orders and invoices stay with the company she is a contact of.
        cards: Which gift cards stay without her, each a sentence.
        consented: What could be erased alone, because she has taken back her consent to it.
        shared: Pictures that go for everybody in them, unless she is made unrecognisable first.
        requested: She has asked for it, and waits for an answer.
        restricted: She has asked before that her data are only stored.
        due_at: When a staged erasure would be carried out.
        journal_goes: What it means that her journal goes, to be read before it is decided; empty
            if none goes.
        journal_stays: Who decides on the end of her journal, where a law keeps it; empty if none
            does.
    """

    ref: SubjectRef
    name: str
    facts: tuple[str, ...]
    namesakes: tuple[Namesake, ...]
    erase: tuple[ErasedRow, ...]
    groups: tuple[ErasedGroup, ...]
    keep: tuple[KeptRow, ...]
    proofs: tuple[ProofRow, ...]
    stopped_until: date | None
    released: int
    cards: tuple[str, ...]
    outside: tuple[OutsideRow, ...]
    copies: tuple[BackupCopyRow, ...]
    consented: tuple[ConsentedRow, ...]
    shared: tuple[SharedPicture, ...]
    requested: bool
    restricted: bool
    waits: bool
    due_at: datetime
    journal_goes: str
    journal_stays: str


@query("erasure.preview", needs=Permission.ERASE)
def preview_erasure(read: Session, *, subject_ref: SubjectRef) -> ErasurePreview:
    """Show what an erasure would take and keep, and what is to be done elsewhere."""
    subject = find_subject(read, subject_ref)
    records = records_of(read, subject)
    plan = plan_of(read, records)
    return ErasurePreview(
        ref=subject_ref,
        name=subject.name,
        facts=_facts(records),
        namesakes=tuple(_namesakes(read, subject)),
        erase=tuple(ErasedRow(kind_name(type(one)), one.ref) for one in plan.erase),
        groups=tuple(_groups(plan.erase)),
        keep=tuple(_kept_row(read, one) for one in plan.keep),
        proofs=proofs_of(read, plan.erase),
        stopped_until=last_day_of(read, StopEntry) if _can_be_stopped(records) else None,
        released=sum(one.belongs_to_company() for one in plan.release),
        cards=tuple(_say_numbers(read, plan)),
        outside=outside_tasks(read, subject, records, plan.erase),
        copies=list_copies(read),
        consented=tuple(_consented(read, records)),
        shared=tuple(_shared(read, subject, plan.erase)),
        requested=any(wants_erasure(one) for one in records),
        restricted=subject.restricted_on is not None,
        waits=plan.waits,
        due_at=now_of(read) + timedelta(hours=controller_of(read).undo_hours),
        journal_goes=journal_warning(plan.erase),
        journal_stays=_who_decides(read, plan),
    )


@query("erasure.outside", needs=Permission.ERASE)
def list_outside_tasks(read: Session, *, subject_ref: SubjectRef) -> tuple[OutsideRow, ...]:
    """Return what to look for at others while it is still known; nothing once she is erased."""
    subject = find_any_subject(read, subject_ref)
    if subject.state is SubjectState.HELD:
        return ()
    records = records_of(read, subject)
    return outside_tasks(read, subject, records, plan_of(read, records).erase)


def plan_of(session: Session, records: list[PersonalRecord]) -> ErasurePlan:
    """Return what goes of these records today and what stays."""
    return plan_erasure(records, rules_of(session), law_of(session), today_of(session))


def card_lines(plan: ErasurePlan) -> list[CardLine]:
    """Return the gift cards that stay, each with what is left on it."""
    return [CardLine(left=str(card.left)) for card in _cards_of(plan)]


def say_cards(session: Session, cards: Iterable[CardLine]) -> tuple[str, ...]:
    """Return what became of gift cards with money on them, a sentence for each, without number."""
    said = _("A gift card with {left} on it stays, by its number and without her name.")
    currency = controller_of(session).currency
    return tuple(said.format(left=format_money(Decimal(one["left"]), currency)) for one in cards)


def _cards_of(plan: ErasurePlan) -> list[GiftCard]:
    return [one for one in plan.release if isinstance(one, GiftCard)]


def _say_numbers(session: Session, plan: ErasurePlan) -> Iterator[str]:
    """Walk what becomes of gift cards with money on them, while it is known whose they are."""
    said = _("Gift card {number} has {left} left. It stays, by its number and without her name.")
    currency = controller_of(session).currency
    for one in _cards_of(plan):
        yield said.format(number=one.number, left=format_money(one.left, currency))


def _who_decides(session: Session, plan: ErasurePlan) -> str:
    bound = any(law_keeping(session, one) == PATIENT_JOURNAL for one in plan.keep)
    return whom_to_ask(controller_of(session).country) if bound else ""


def law_keeping(session: Session, kept: KeptRecord) -> str | None:
    """Return the key of the law because of which something stays, if it is one."""
    if kept.reason is not Reason.LAW_OBLIGES or kept.until is None:
        return None
    rules = rules_of(session)[kept.record.activity_id]
    return law_holding(kept.record, rules, law_of(session), today_of(session))


def _kept_row(session: Session, kept: KeptRecord) -> KeptRow:
    record = kept.record
    kind = type(record)
    obliged = law_keeping(session, kept)
    said = _(kind.called[0]).capitalize()
    number = getattr(record, "number", "")
    return KeptRow(
        kind=kind_name(kind),
        ref=record.ref,
        said=f"{said} {number}".strip(),
        reason=kept.reason,
        until=kept.until if kept.until and kept.until < date.max else None,
        law=law_name(session, obliged) if obliged else "",
        fields=tuple(_(label) for label in kind.labels.values()),
    )


def _groups(records: Iterable[PersonalRecord]) -> Iterator[ErasedGroup]:
    by_kind: dict[type[PersonalRecord], list[PersonalRecord]] = {}
    for record in records:
        by_kind.setdefault(type(record), []).append(record)
    for kind, some in by_kind.items():
        days = [one.active_on() for one in some]
        yield ErasedGroup(kind_name(kind), counted(kind, len(some)), min(days), max(days))


def _facts(records: list[PersonalRecord]) -> tuple[str, ...]:
    contacts = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS)
    facts = [first_contact(records, kind) for kind in contacts]
    orders = [one for one in records if isinstance(one, Booking)]
    if orders:
        facts.append(max(orders, key=Booking.active_on).what)
    return tuple(fact for fact in facts if fact)


def resting_on(
    session: Session, records: list[PersonalRecord], purpose: str
) -> list[PersonalRecord]:
    """Return what of these records may be kept only because of a consent, without its proof."""
    asked = select(ConsentText.activity_id).where(ConsentText.purpose == purpose)
    activities = set(session.scalars(asked))
    return [
        one
        for one in plan_of(session, records).erase
        if one.activity_id in activities and not one.proves_others()
    ]


def wants_erasure(record: PersonalRecord) -> bool:
    """Return whether it is her own request for this, which waits for an answer."""
    return isinstance(record, DataSubjectRequest) and record.wants_erasure


def _namesakes(session: Session, subject: DataSubject) -> Iterator[Namesake]:
    same = select(DataSubject).where(
        DataSubject.sort_key == subject.sort_key,
        DataSubject.id != subject.id,
        DataSubject.state == SubjectState.ACTIVE,
    )
    for other in session.scalars(same.order_by(DataSubject.id)):
        yield Namesake(other.ref, _facts(records_of(session, other)))


def _consented(session: Session, records: list[PersonalRecord]) -> Iterator[ConsentedRow]:
    said = [one for one in records if isinstance(one, Consent)]
    texts = {one.text_id: session.get_one(ConsentText, one.text_id) for one in said}
    counting = {texts[one.text_id].purpose for one in said if one.counts}
    names = {text.purpose: text.name for text in texts.values()}
    for purpose, name in names.items():
        count = len(resting_on(session, records, purpose))
        if count and purpose not in counting:
            yield ConsentedRow(purpose, name, count)


def _shared(
    session: Session, subject: DataSubject, erased: Iterable[PersonalRecord]
) -> Iterator[SharedPicture]:
    for media in filter(None, (picture_of(session, one) for one in erased)):
        others = [one for one in people_in(session, media) if one is not subject]
        if others:
            yield SharedPicture(media.ref, media.title, names_of(others))


def _can_be_stopped(records: Iterable[PersonalRecord]) -> bool:
    return any(isinstance(one, ContactDetail) and one.normal for one in records)
