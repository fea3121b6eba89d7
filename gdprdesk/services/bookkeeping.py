"""What of a time belongs into the books: invoices, payments, orders paid at once, gift cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.accounts import AccountUse
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
from gdprdesk.domain.vouchers import Voucher, move, paid_into, sale
from gdprdesk.i18n import _
from gdprdesk.services.accounts import accounts_of
from gdprdesk.services.finding import controller_of
from gdprdesk.services.permissions import may
from gdprdesk.services.standing import in_use

_YEARS = range(1900, 2200)
_MONTHS = range(1, 13)
_SOLD = (BookingState.CONFIRMED, BookingState.COMPLETED, BookingState.NO_SHOW)


@dataclass(frozen=True, repr=False)
class Period:
    """The days that are looked at, and the financial year they are in."""

    first: date
    last: date
    year: tuple[date, date]


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
        cancelled: How many orders were paid in it and are cancelled, so that they are no sales.
        stopped: How many gift cards were stopped in it with money on them, and stay sold.
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
    cancelled: int = 0
    stopped: int = 0
    by_card: Mapping[RecordRef, Decimal] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
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
    ends_in = year if month <= controller.year_ends_in else year + 1
    return Period(date(year, month, 1), month_end(year, month), financial_year(controller, ends_in))


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
    cards = list(read.scalars(select(GiftCard))) if paid_orders else []
    mine = [one for one in issued if from_elsewhere or one.is_original()]
    taken = [one for one in orders if from_elsewhere or one.paid_by is not PaidBy.INVOICE]
    return Books(
        period,
        mine,
        [one for one in paid if from_elsewhere or one.is_original()],
        taken,
        [one for one in cards if first <= one.sold_on <= last],
        len(issued) - len(mine) + len(orders) - len(taken),
        paid_orders and not may(read, Permission.ORDERS),
        len(off),
        sum(
            one.voided_on is not None and first <= one.voided_on <= last and one.unused > 0
            for one in cards
        ),
        _by_card(read),
        _names(read),
        _ways(read),
    )


def vouchers_of(read: Session, books: Books, *, with_names: bool) -> list[Voucher]:
    """Return the vouchers of what was gathered, by day.

    Their texts are Swedish, as all of Swedish bookkeeping: the number of the invoice or order, and
    only if asked for the name, never what was ordered.

    Raises:
        DomainError: A line has a rate of VAT that Swedish bookkeeping does not know.
    """
    accounts, named = accounts_of(read), books.names if with_names else {}

    def said(what: str, number: str, owner: int | None, name: str = "") -> str:
        may_say = with_names and (owner is None or owner in named)
        shown = (name or named.get(owner or 0, "")) if may_say else ""
        return f"{what} {number} {shown}".strip()

    vouchers = [
        sale(
            one.issued_on,
            said("Faktura", one.number, one.subject_id, one.buyer_name),
            one.lines,
            accounts,
            rest=AccountUse.RECEIVABLES,
        )
        for one in books.invoices
    ]
    for one in books.paid:
        way = paid_into(books.ways.get(one.ref, PaidBy.TRANSFER))
        text = said("Betalning faktura", one.number, one.subject_id, one.buyer_name)
        day = one.paid_on or books.period.last
        by_card = min(books.by_card.get(one.ref, Decimal(0)), one.total)
        vouchers += [
            move(day, text, amount, accounts, to=to, source=AccountUse.RECEIVABLES)
            for amount, to in ((by_card, AccountUse.GIFT_CARDS), (one.total - by_card, way))
            if amount
        ]
    for order in books.orders:
        by_card = min(books.by_card.get(order.ref, Decimal(0)), order.total)
        vouchers.append(
            sale(
                order.paid_on or books.period.last,
                said("Order", order.number, order.subject_id),
                order.lines,
                accounts,
                into={AccountUse.GIFT_CARDS: by_card} if by_card > 0 else {},
                rest=paid_into(order.paid_by),
            )
        )
    for card in books.cards:
        text = said("Presentkort", card.number, None)
        amount = Decimal(card.amount)
        vouchers.append(
            move(
                card.sold_on,
                text,
                amount,
                accounts,
                to=AccountUse.UNKNOWN,
                source=AccountUse.GIFT_CARDS,
            )
        )
    return sorted((one for one in vouchers if one.rows), key=lambda one: one.day)


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


def _names(read: Session) -> dict[int, str]:
    """Return the names that may be said; none of whoever is about to be erased."""
    asked = select(DataSubject.id, DataSubject.name, DataSubject.state).where(in_use())
    return {
        number: "" if state is SubjectState.STAGED else name
        for number, name, state in read.execute(asked)
    }


def _by_card(read: Session) -> dict[RecordRef, Decimal]:
    found = defaultdict[RecordRef, Decimal](Decimal)
    for (uses,) in read.execute(select(GiftCard.uses)):
        for use in uses:
            if use["booking"] is not None:
                found[use["booking"]] += Decimal(use["amount"])
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
