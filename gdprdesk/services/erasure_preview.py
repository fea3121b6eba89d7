"""What an erasure would take and keep, and what is to be done elsewhere, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from gdprdesk.domain.activities import Rules
from gdprdesk.domain.base import PersonalRecord, RecordRef, SubjectRef, counted, kind_name
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.erasure import ErasurePlan, KeptRecord, plan_erasure
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ContactKind, Reason
from gdprdesk.i18n import _
from gdprdesk.services.finding import (
    controller_of,
    find_subject,
    now_of,
    records_of,
    rules_of,
    today_of,
)
from gdprdesk.services.law import law_name, law_of
from gdprdesk.services.recipients import recipients_by_activity
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
class OutsideRow:
    """What the owner has to do at somebody else's, and what to look for there."""

    recipient: str
    task: str
    look_for: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class ErasurePreview:
    """The decision shown before it is carried out; nothing has been erased yet.

    Attributes:
        facts: What tells her from somebody of the same name.
        released: How many orders and invoices stay with the company she is a contact of.
        due_at: When a staged erasure would be carried out.
    """

    ref: SubjectRef
    name: str
    facts: tuple[str, ...]
    erase: tuple[ErasedRow, ...]
    groups: tuple[ErasedGroup, ...]
    keep: tuple[KeptRow, ...]
    released: int
    outside: tuple[OutsideRow, ...]
    waits: bool
    due_at: datetime


@query("erasure.preview")
def preview_erasure(read: Session, *, subject_ref: SubjectRef) -> ErasurePreview:
    """Show what an erasure would take and keep, and what is to be done elsewhere."""
    subject = find_subject(read, subject_ref)
    records = records_of(read, subject)
    plan = plan_of(read, records)
    return ErasurePreview(
        ref=subject_ref,
        name=subject.name,
        facts=_facts(records),
        erase=tuple(ErasedRow(kind_name(type(one)), one.ref) for one in plan.erase),
        groups=tuple(_groups(plan.erase)),
        keep=tuple(_kept_row(read, one) for one in plan.keep),
        released=sum(not one.accompanies for one in plan.release),
        outside=outside_tasks(read, subject, records),
        waits=plan.waits,
        due_at=now_of(read) + timedelta(hours=controller_of(read).undo_hours),
    )


def plan_of(session: Session, records: list[PersonalRecord]) -> ErasurePlan:
    """Return what goes of these records today and what stays."""
    return plan_erasure(records, rules_of(session), law_of(session), today_of(session))


def law_holding(rules: Rules) -> str | None:
    """Return the key of the law that obliges to keep what these rules are about, if one does."""
    return next((rule.law for rule in rules if rule.law is not None), None)


def _kept_row(session: Session, kept: KeptRecord) -> KeptRow:
    record = kept.record
    kind = type(record)
    by_law = kept.reason is Reason.LAW_OBLIGES and kept.until is not None
    obliged = law_holding(rules_of(session)[record.activity_id]) if by_law else None
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


def outside_tasks(
    session: Session, subject: DataSubject, records: list[PersonalRecord]
) -> tuple[OutsideRow, ...]:
    """Return what the owner has to do at each recipient who may have data of her."""
    recipients = recipients_by_activity(session)
    contacts = (ContactKind.EMAIL, ContactKind.PHONE)
    known = (*(first_contact(records, kind) for kind in contacts), subject.name)
    found = {
        recipient.name: OutsideRow(
            recipient.name, recipient.task, tuple(one for one in known if one)
        )
        for activity_id in sorted({record.activity_id for record in records})
        for recipient in recipients.get(activity_id, [])
        if recipient.task
    }
    return tuple(found.values())
