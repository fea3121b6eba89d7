"""How the business goes, in figures alone: months, purposes and kinds, and nobody's name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.retention import kept_of_person
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, Decision, Permission, RequestKind, SubjectState
from gdprdesk.services.finding import records_of_many, relation_to, rules_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import query
from gdprdesk.services.requests import list_requests

_AT_ONCE = 200
_MONTHS = range(1, 13)


@dataclass(frozen=True, repr=False)
class MonthOfOrders:
    """How many orders and visits were for a month, and for the same of the year before.

    Attributes:
        missed: Of how many nobody came.
    """

    month: int
    orders: int
    before: int
    missed: int


@dataclass(frozen=True, repr=False)
class MonthOfIncome:
    """What was sold in a month with VAT: by invoice, or handed out without one."""

    month: int
    paid: Decimal
    unpaid: Decimal


@dataclass(frozen=True, repr=False)
class PeopleOfActivity:
    """Of how many people something is kept for a purpose, by the year in which it ends.

    Attributes:
        soon: This year, or it is over already.
        next_year: Next year.
        later: After that.
        open: While something goes on, such as a yes that counts.
    """

    activity: str
    soon: int
    next_year: int
    later: int
    open: int


@dataclass(frozen=True, repr=False)
class ConsentsOfPurpose:
    """How many people said what last, about one purpose."""

    name: str
    given: int
    withdrawn: int
    refused: int


@dataclass(frozen=True, repr=False)
class RequestsOfKind:
    """How many requests of a kind came in a year, and whether they were answered in time."""

    kind: RequestKind
    on_time: int
    late: int
    open: int


@query("figures.orders", needs=Permission.ORDERS)
def count_orders(read: Session, *, year: int) -> tuple[MonthOfOrders, ...]:
    """Return how many orders there were for each month; a cancelled one is none."""
    day = func.coalesce(Booking.wanted_on, Booking.recorded_on)
    found = select(day, Booking.state).where(
        day.between(date(year - 1, 1, 1), date(year, 12, 31)),
        Booking.state != BookingState.CANCELLED,
    )
    orders: Counter[tuple[int, int]] = Counter()
    missed: Counter[int] = Counter()
    for on, state in read.execute(found):
        orders[on.year, on.month] += 1
        missed[on.month] += state is BookingState.NO_SHOW and on.year == year
    return tuple(
        MonthOfOrders(month, orders[year, month], orders[year - 1, month], missed[month])
        for month in _MONTHS
    )


@query("figures.income", needs=Permission.INVOICES)
def sum_income(read: Session, *, year: int) -> tuple[MonthOfIncome, ...]:
    """Return what was sold in each month: what was invoiced, and what was handed out without."""
    paid: defaultdict[int, Decimal] = defaultdict(Decimal)
    unpaid: defaultdict[int, Decimal] = defaultdict(Decimal)
    for on, amount, is_paid in _sold(read, date(year, 1, 1), date(year, 12, 31)):
        (paid if is_paid else unpaid)[on.month] += amount
    return tuple(MonthOfIncome(month, paid[month], unpaid[month]) for month in _MONTHS)


def _sold(read: Session, first: date, last: date) -> Iterator[tuple[date, Decimal, bool]]:
    for invoice in read.scalars(select(Invoice).where(Invoice.issued_on.between(first, last))):
        yield invoice.issued_on, invoice.total, invoice.paid_on is not None
    alone = select(Booking).where(
        Booking.completed_on.between(first, last),
        Booking.state == BookingState.COMPLETED,
        Booking.invoice_ref.is_(None),
    )
    for booking in read.scalars(alone):
        yield booking.completed_on or last, booking.total, booking.paid_on is not None


@query("figures.people", needs=Permission.PEOPLE)
def count_people_by_activity(read: Session) -> tuple[PeopleOfActivity, ...]:
    """Return of how many people something is kept for each purpose, and until which year."""
    year = today_of(read).year
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for ends in _ends(read):
        for activity, until in ends.items():
            counted[activity][_group(until, year)] += 1
    named = read.execute(select(ProcessingActivity.id, ProcessingActivity.name))
    names = {number: name for number, name in named}  # noqa: C416  (rows, not pairs)
    rows = [
        PeopleOfActivity(names[number], one["soon"], one["next"], one["later"], one["open"])
        for number, one in counted.items()
    ]
    return tuple(sorted(rows, key=lambda one: one.activity))


def _ends(read: Session) -> Iterator[dict[int, date | None]]:
    """Walk the people: for each activity the last day of what is kept for it; none while open."""
    rules, law, today = rules_of(read), law_of(read), today_of(read)
    active = select(DataSubject.id).where(DataSubject.state == SubjectState.ACTIVE)
    ids = read.scalars(active.order_by(DataSubject.id)).all()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        records = records_of_many(read, some)
        people = read.scalars(select(DataSubject).where(DataSubject.id.in_(some)))
        for subject in people:
            own = records[subject.id]
            relation = relation_to(read, subject, own)
            kept = kept_of_person(own, rules, law, relation, today)
            yield _last({record: one.until for record, one in kept.items()})


def _last(until: dict[PersonalRecord, date | None]) -> dict[int, date | None]:
    found: dict[int, date | None] = {}
    for record, day in until.items():
        number = record.activity_id
        known = found.get(number, date.min)
        found[number] = None if day is None or known is None else max(day, known)
    return found


def _group(until: date | None, year: int) -> str:
    if until is None:
        return "open"
    return "soon" if until.year <= year else "next" if until.year == year + 1 else "later"


@query("figures.consents", needs=Permission.CONSENTS)
def count_consents(read: Session) -> tuple[ConsentsOfPurpose, ...]:
    """Return how many people say yes, took it back or said no, for each purpose."""
    said = (
        select(ConsentText.purpose, ConsentText.name, Consent.subject_id, Consent.decision)
        .join(Consent, Consent.text_id == ConsentText.id)
        .join(DataSubject, DataSubject.id == Consent.subject_id)
        .where(DataSubject.state == SubjectState.ACTIVE)
        .order_by(Consent.decided_on, Consent.id)
    )
    names: dict[str, str] = {}
    last: dict[tuple[str, int | None], Decision] = {}
    for purpose, name, subject, decision in read.execute(said):
        names[purpose] = name
        last[purpose, subject] = decision
    counted = Counter((purpose, decision) for (purpose, _subject), decision in last.items())
    rows = [
        ConsentsOfPurpose(
            name,
            counted[purpose, Decision.GIVEN],
            counted[purpose, Decision.WITHDRAWN],
            counted[purpose, Decision.REFUSED],
        )
        for purpose, name in names.items()
    ]
    return tuple(sorted(rows, key=lambda one: one.name))


@query("figures.requests", needs=Permission.REGISTER)
def count_requests(read: Session, *, year: int) -> tuple[RequestsOfKind, ...]:
    """Return how many requests came in a year and how many were answered by the day of the law."""
    counted: Counter[tuple[RequestKind, str]] = Counter()
    for row in list_requests(read):
        if row.received_on.year != year:
            continue
        if row.answered_on is None:
            state = "late" if row.breaks_law else "open"
        else:
            state = "late" if row.answered_on > row.law_due_on else "on_time"
        counted[row.kind, state] += 1
    return tuple(
        RequestsOfKind(kind, *(counted[kind, state] for state in ("on_time", "late", "open")))
        for kind in RequestKind
        if any(counted[kind, state] for state in ("on_time", "late", "open"))
    )
