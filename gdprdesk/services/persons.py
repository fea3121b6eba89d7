"""One person with everything: the page of a person, and why it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity, Rules
from gdprdesk.domain.base import (
    ActivityRef,
    CompanyRef,
    PersonalRecord,
    RecordRef,
    SubjectRef,
    kind_name,
)
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.calls import Call
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.law import Law
from gdprdesk.domain.notes import Attachment, WorkingNote
from gdprdesk.domain.papers import CameraClip, Disclosure, PaperFile
from gdprdesk.domain.retention import (
    describe_rules,
    held_until,
    kept_of_person,
    last_entry,
    rules_about,
)
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import (
    BookingState,
    Channel,
    ConsentMethod,
    ContactKind,
    Decision,
    LegalBasis,
    Permission,
    SubjectKind,
    SubjectState,
)
from gdprdesk.services.consents import ConsentRow, consents_of
from gdprdesk.services.erasure_cases import erasure_waits
from gdprdesk.services.finding import (
    controller_of,
    find_subject,
    records_of,
    relation_to,
    rules_of,
    today_of,
)
from gdprdesk.services.law import law_of
from gdprdesk.services.permissions import answer
from gdprdesk.services.registry import query
from gdprdesk.services.restriction import Standing, show_standing


@dataclass(frozen=True, repr=False)
class ContactRow:
    """A way to reach a person."""

    ref: RecordRef
    kind: ContactKind
    value: str


@dataclass(frozen=True, repr=False)
class WhyRow:
    """Why some of her data are kept, and until when; no day while that is open.

    Attributes:
        is_law: Whether a law says how long.
        by_decision: Whether some of it is kept by a decision of the owner.
    """

    activity_ref: ActivityRef
    activity: str
    legal_basis: LegalBasis
    period: str
    until: date | None
    is_law: bool
    by_decision: bool


@dataclass(frozen=True, repr=False)
class HistoryRow:
    """Something that happened between her and the business.

    Attributes:
        kind: Which kind of record it is: "booking", "invoice", "consent" and so on.
        title: What it is about, in the user's own words.
        purpose: For a consent: the key of what it is for.
    """

    ref: RecordRef
    kind: str
    on: date
    title: str
    number: str = ""
    total: Decimal | None = None
    state: BookingState | None = None
    paid_on: date | None = None
    due_on: date | None = None
    is_unpaid: bool = False
    decision: Decision | None = None
    channel: Channel | None = None
    size: int = 0
    purpose: str = ""
    method: ConsentMethod | None = None


@dataclass(frozen=True, repr=False)
class PersonFile:
    """What the page of a person shows: everything of it that whoever looks may see.

    Attributes:
        last_on: The day she and the business last had to do with each other, as far as it shows.
        relation_ended_on: The day the relation ended; nothing while it goes on.
        erasure_waits: She is erased as soon as her order is finished.
        standing: Whether her data are only stored for now, and whether she gets advertising.
        currency: What the amounts of the history are in.
        place: Which number she has in the list of all, from 1, and `of` how many there are.
    """

    ref: SubjectRef
    name: str
    kind: SubjectKind
    language: str | None
    company: str
    company_ref: CompanyRef | None
    registered_on: date
    last_on: date
    relation_ended_on: date | None
    contacts: tuple[ContactRow, ...]
    consents: tuple[ConsentRow, ...]
    why: tuple[WhyRow, ...]
    history: tuple[HistoryRow, ...]
    erasure_waits: bool
    standing: Standing
    currency: str
    place: int
    of: int
    previous: SubjectRef | None
    next: SubjectRef | None


@query("subject.show", needs=Permission.PEOPLE)
def show_subject(read: Session, *, subject_ref: SubjectRef) -> PersonFile:
    """Return one person with everything: how to reach her, consents, why it is kept, history."""
    subject = find_subject(read, subject_ref)
    records = records_of(read, subject)
    since = subject.registered_on or today_of(read)
    company = read.get(Company, subject.company_id) if subject.company_id else None
    order = (DataSubject.sort_key, DataSubject.id)
    here = (subject.sort_key, subject.id)
    active = select(DataSubject.ref).where(DataSubject.state == SubjectState.ACTIVE)
    before = active.where(tuple_(*order) < tuple_(*here))
    after = active.where(tuple_(*order) > tuple_(*here))
    return PersonFile(
        ref=subject.ref,
        name=subject.name,
        kind=subject.kind,
        language=subject.language,
        company=company.name if company else "",
        company_ref=company.ref if company else None,
        registered_on=since,
        last_on=relation_to(read, subject, records).last_on,
        relation_ended_on=subject.relation_ended_on,
        contacts=tuple(
            ContactRow(one.ref, one.kind, one.value)
            for one in records
            if isinstance(one, ContactDetail)
        ),
        consents=answer(read, consents_of, (), subject_ref=subject_ref),
        why=why_kept(read, subject, records),
        history=tuple(sorted(_history(read, records), key=lambda row: row.on, reverse=True)),
        currency=controller_of(read).currency,
        erasure_waits=erasure_waits(read, subject_ref),
        standing=show_standing(read, subject_ref=subject_ref),
        place=_count(read, before) + 1,
        of=_count(read, active),
        previous=read.scalar(before.order_by(*(one.desc() for one in order)).limit(1)),
        next=read.scalar(after.order_by(*order).limit(1)),
    )


def why_kept(
    read: Session, subject: DataSubject, records: list[PersonalRecord]
) -> tuple[WhyRow, ...]:
    """Return each activity that holds something about her, with its ground and its last day."""
    rules, law, today = rules_of(read), law_of(read), today_of(read)
    found = kept_of_person(records, rules, law, relation_to(read, subject, records), today)
    held = {one.ref for one in records if any(other.holds(one) for other in records)}
    entered = last_entry(records, today)
    rows = []
    for activity in read.scalars(select(ProcessingActivity).order_by(ProcessingActivity.position)):
        kept = {one: until for one, until in found.items() if one.activity_id == activity.id}
        days = [until.until for until in kept.values()]
        is_law = any(until.held for until in kept.values()) or any(
            held_until(one, rules[activity.id], law, today, entered)
            for one in kept
            if one.ref in held
        )
        if days:
            own = _counting(kept, rules[activity.id], law, today)
            period = own if is_law else tuple(replace(rule, law=None) for rule in own)
            rows.append(
                WhyRow(
                    activity_ref=activity.ref,
                    activity=activity.name,
                    legal_basis=activity.legal_basis,
                    period=describe_rules(period, law, today),
                    until=None if None in days else max(day for day in days if day),
                    is_law=is_law,
                    by_decision=any(one.ref in held for one in kept),
                )
            )
    return tuple(rows)


def _counting(records: Iterable[PersonalRecord], rules: Rules, law: Law, today: date) -> Rules:
    """Return each rule that counts for some of the records of an activity, once."""
    every = (rule for one in records for rule in rules_about(one, rules, law, today))
    return tuple(dict.fromkeys(every))


def _history(read: Session, records: Iterable[PersonalRecord]) -> Iterable[HistoryRow]:
    texts = {text.id: text for text in read.scalars(select(ConsentText))}
    for one in records:
        kind = kind_name(type(one))
        if isinstance(one, Booking):
            yield HistoryRow(
                one.ref,
                kind,
                one.active_on(),
                one.what,
                number=one.number,
                total=one.total,
                state=one.state,
                paid_on=one.paid_on,
                is_unpaid=one.is_unpaid,
                channel=one.channel,
            )
        elif isinstance(one, Invoice):
            yield HistoryRow(
                one.ref,
                kind,
                one.issued_on,
                ", ".join(line["text"] for line in one.lines),
                number=one.number,
                total=one.total,
                paid_on=one.paid_on,
                due_on=one.due_on,
                is_unpaid=one.paid_on is None,
            )
        elif isinstance(one, Consent):
            text = texts[one.text_id]
            yield HistoryRow(
                one.ref,
                kind,
                one.decided_on,
                text.name,
                decision=one.decision,
                purpose=text.purpose,
                method=one.method,
            )
        else:
            yield from _other_rows(one, kind)


def _other_rows(one: PersonalRecord, kind: str) -> Iterable[HistoryRow]:
    if isinstance(one, Call):
        title = one.summary or one.number
        yield HistoryRow(one.ref, kind, one.called_on, title, channel=one.channel)
    elif isinstance(one, GiftCard):
        yield HistoryRow(
            one.ref, kind, one.sold_on, "", number=one.number, total=Decimal(one.amount)
        )
    elif isinstance(one, WorkingNote):
        yield HistoryRow(one.ref, kind, one.recorded_on, one.text, channel=one.channel)
    elif isinstance(one, Attachment):
        yield HistoryRow(one.ref, kind, one.recorded_on, one.file_name, size=one.size)
    elif isinstance(one, PaperFile):
        yield HistoryRow(one.ref, kind, one.active_on(), f"{one.box}, {one.what}")
    elif isinstance(one, Disclosure):
        title = f"{one.to_whom}, {one.what}"
        yield HistoryRow(one.ref, kind, one.disclosed_on, title, channel=one.channel)
    elif isinstance(one, CameraClip):
        yield HistoryRow(one.ref, kind, one.recorded_on, f"{one.camera}, {one.why}")


def _count(read: Session, people: Select[SubjectRef]) -> int:
    return read.scalar(select(func.count()).select_from(people.subquery())) or 0
