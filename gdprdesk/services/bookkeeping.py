"""What of a time belongs into the books: invoices, payments, orders paid at once, gift cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.law import month_end
from gdprdesk.domain.money import Line
from gdprdesk.domain.organisation import Organisation
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, PaidBy, Permission, SubjectState
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.numbering import FIRST, last_number
from gdprdesk.services.order_taking import all_paid_by_cards
from gdprdesk.services.permissions import may
from gdprdesk.services.standing import in_use
from gdprdesk.store.hiding import hiding

_YEARS = range(1900, 2200)
_MONTHS = range(1, 13)
_SOLD = (BookingState.CONFIRMED, BookingState.COMPLETED, BookingState.NO_SHOW)


@dataclass(frozen=True, repr=False)
class Period:
    """The days that are looked at, and the financial year they are in."""

    first: date
    last: date
    year: tuple[date, date]

    def has(self, day: date | None) -> bool:
        """Return whether a day is one of these."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, repr=False)
class Books:
    """What of a period belongs into the books.

    Attributes:
        period: Which days.
        invoices: Those issued in it.
        paid: Those paid in it, whenever they were issued.
        orders: Those paid in it without an invoice.
        cards: Gift cards sold in it.
        elsewhere: How many invoices and orders are left out, since another system has them.
        hides_orders: Whether whoever asks may not see orders, so that these are missing.
        cancelled: Orders that were paid in it and are cancelled, so that they are no sales.
        stopped: Gift cards that were stopped in it with money on them.
        run_out: Gift cards that ran out in it with money on them.
        loose: What was used in it of gift cards for no order that is in the register: the number
            of the card, the day and the amount.
        unwanted: Invoices among these whose orders were cancelled, so that they need a credit note.
        gone: How many orders of these days are not in the register any more.
        by_card: What of each order and each invoice was paid with gift cards, by its ref.
        names: Of people that may be named, by their keys.
        ways: How each invoice was paid, by its ref, where its order says it.
    """

    period: Period
    invoices: Sequence[Invoice]
    paid: Sequence[Invoice]
    orders: Sequence[Booking]
    cards: Sequence[GiftCard]
    elsewhere: int
    hides_orders: bool
    cancelled: Sequence[Booking] = ()
    stopped: Sequence[GiftCard] = ()
    run_out: Sequence[GiftCard] = ()
    loose: Sequence[tuple[str, date, Decimal]] = ()
    unwanted: Sequence[Invoice] = ()
    gone: int = 0
    by_card: Mapping[RecordRef, Decimal] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    ways: Mapping[RecordRef, PaidBy] = field(default_factory=dict)

    @property
    def sold(self) -> Iterator[Line]:
        """Walk the lines of everything that was sold."""
        yield from (line for one in self.invoices for line in one.lines)
        yield from (line for one in self.orders for line in one.lines)


def financial_year(controller: Organisation, year: int) -> tuple[date, date]:
    """Return the first and the last day of the financial year that ends in a calendar year.

    Raises:
        DomainError: This is no year.
    """
    if year not in _YEARS:
        raise DomainError(_("Write the financial year with four digits, such as 2026."))
    last = month_end(year, controller.year_ends_in)
    return month_end(year - 1, controller.year_ends_in) + timedelta(days=1), last


def year_end_of(controller: Organisation, day: date) -> int:
    """Return the calendar year in which the financial year of a day ends."""
    return day.year if day.month <= controller.year_ends_in else day.year + 1


def period_of(read: Session, year: int, month: int | None) -> Period:
    """Return a financial year by the year in which it ends, or a month of a calendar year.

    Raises:
        DomainError: This is no year, or no month.
    """
    controller = controller_of(read)
    if month is None:
        days = financial_year(controller, year)
        return Period(*days, days)
    if month not in _MONTHS:
        raise DomainError(_("A month is a number from 1 to 12. Nothing was saved."))
    first = date(year, month, 1)
    days = financial_year(controller, year_end_of(controller, first))
    return Period(first, month_end(year, month), days)


def issued_between(read: Session, first: date, last: date) -> list[Invoice]:
    """Return the invoices of some days, the first and the last included."""
    found = select(Invoice).where(Invoice.issued_on >= first, Invoice.issued_on <= last)
    return list(read.scalars(found.order_by(Invoice.issued_on, Invoice.id)))


def gather_books(
    read: Session, period: Period, *, paid_orders: bool, from_elsewhere: bool
) -> Books:
    """Return what of a period belongs into the books.

    Args:
        read: The open register.
        period: Which days.
        paid_orders: Whether orders that were paid without an invoice belong to it; not, where the
            daily report of a cash register holds them already.
        from_elsewhere: Whether invoices of another system belong to it, which books them itself.
    """
    first, last = period.first, period.last
    issued = issued_between(read, first, last)
    paid = read.scalars(
        select(Invoice).where(Invoice.paid_on >= first, Invoice.paid_on <= last)
    ).all()
    orders = _paid_orders(read, first, last, _SOLD) if paid_orders else []
    off = _paid_orders(read, first, last, (BookingState.CANCELLED,)) if paid_orders else []
    cards = list(read.scalars(select(GiftCard).order_by(GiftCard.id))) if paid_orders else []
    with_money = [one for one in cards if one.unused > 0]
    mine = [one for one in issued if from_elsewhere or one.is_original()]
    taken = [one for one in orders if from_elsewhere or one.paid_by is not PaidBy.INVOICE]
    return Books(
        period,
        mine,
        [one for one in paid if from_elsewhere or one.is_original()],
        taken,
        [one for one in cards if period.has(one.sold_on)],
        elsewhere=len(issued) - len(mine) + len(orders) - len(taken),
        hides_orders=paid_orders and not may(read, Permission.ORDERS),
        cancelled=[one for one in off if from_elsewhere or one.paid_by is not PaidBy.INVOICE],
        stopped=[one for one in with_money if period.has(one.voided_on)],
        run_out=[one for one in with_money if _ran_out(one, period, today_of(read))],
        loose=list(_loose(read, cards, period)),
        unwanted=_unwanted(read, mine),
        gone=_count_gone(read, period) if paid_orders else 0,
        by_card=_by_card(read),
        names=_names(read),
        ways=_ways(read),
    )


def _paid_orders(
    read: Session, first: date, last: date, states: Sequence[BookingState]
) -> list[Booking]:
    asked = select(Booking).where(
        Booking.paid_on >= first,
        Booking.paid_on <= last,
        Booking.invoice_ref.is_(None),
        Booking.state.in_(states),
    )
    return list(read.scalars(asked.order_by(Booking.paid_on, Booking.id)))


def _unwanted(read: Session, invoices: Sequence[Invoice]) -> list[Invoice]:
    asked = select(Booking.invoice_ref).where(Booking.state == BookingState.CANCELLED)
    with hiding(read, ()):  # also for whoever sees no orders
        refs = set(read.scalars(asked.where(Booking.invoice_ref.is_not(None))))
    return [one for one in invoices if one.ref in refs]


def _ran_out(card: GiftCard, period: Period, today: date) -> bool:
    """Return whether nobody can pay with a card any more since a day of a time."""
    until = card.valid_until
    return card.voided_on is None and until is not None and until < today and period.has(until)


def _loose(
    read: Session, cards: Iterable[GiftCard], period: Period
) -> Iterator[tuple[str, date, Decimal]]:
    """Walk what was used of cards in a time for no order, or for one that has left since."""
    orders = set(read.scalars(select(Booking.ref)))
    for card in cards:
        for use in card.uses:
            day = date.fromisoformat(use["on"])
            if use["booking"] not in orders and period.has(day):
                yield card.number, day, Decimal(use["amount"])


def _count_gone(read: Session, period: Period) -> int:
    """Return how many numbers of a time are not those of orders any more.

    Numbers are counted up, so those of a time are between the one before it and the one after it.
    """
    asked = select(Booking.number, Booking.recorded_on).order_by(Booking.id)
    known = [(int(number), day) for number, day in read.execute(asked) if number.isdecimal()]
    since = max((number for number, day in known if day < period.first), default=None)
    until = min((number for number, day in known if day > period.last), default=None)
    if since is None:
        since = FIRST[Booking] - 1
    if until is None:
        until = last_number(read, Booking) + 1
    here = sum(since < number < until for number, _day in known)
    return max(until - since - 1 - here, 0)


def _names(read: Session) -> dict[int, str]:
    """Return the names that may be said; none of whoever is about to be erased."""
    asked = select(DataSubject.id, DataSubject.name, DataSubject.state).where(in_use())
    return {
        number: "" if state is SubjectState.STAGED else name
        for number, name, state in read.execute(asked)
    }


def _by_card(read: Session) -> dict[RecordRef, Decimal]:
    found = all_paid_by_cards(read)
    asked = select(Booking.ref, Booking.invoice_ref).where(Booking.invoice_ref.is_not(None))
    for booking_ref, invoice_ref in read.execute(asked):
        if booking_ref in found and invoice_ref is not None:
            found[invoice_ref] += found[booking_ref]
    return found


def _ways(read: Session) -> dict[RecordRef, PaidBy]:
    asked = select(Booking.invoice_ref, Booking.paid_by)
    return {
        ref: way
        for ref, way in read.execute(asked.where(Booking.invoice_ref.is_not(None)))
        if ref and way and way is not PaidBy.INVOICE
    }
