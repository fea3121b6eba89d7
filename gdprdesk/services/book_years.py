"""Which financial years hold something to book, and which of them is handed over next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.terms import Permission
from gdprdesk.services.bookkeeping import period_of, year_end_of
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.registry import query


@dataclass(frozen=True, repr=False)
class BookYear:
    """A financial year.

    Attributes:
        ends_in: The calendar year in which it ends, by which it is asked for.
        months: The first day of each of its months that has begun.
        is_over: Whether its last day has passed.
    """

    ends_in: int
    months: tuple[date, ...]
    is_over: bool


@dataclass(frozen=True, repr=False)
class BookYears:
    """The financial years to choose from, the latest first; never none.

    Attributes:
        years: Those with something to book; the running one if there is nothing yet.
        usual: What the accountant wants next: the last year that is over, if any is.
    """

    years: tuple[BookYear, ...]
    usual: int


@query("accounts.years", needs=Permission.INVOICES)
def show_book_years(read: Session) -> BookYears:
    """Return the financial years with something to book, and the one that is handed over next."""
    controller, today = controller_of(read), today_of(read)
    running = year_end_of(controller, today)
    found = {year_end_of(controller, day) for day in _days(read)} or {running}
    years = tuple(_year(read, one, today) for one in sorted(found, reverse=True))
    over = next((one for one in years if one.is_over), years[0])
    return BookYears(years, over.ends_in)


def _days(read: Session) -> Iterator[date]:
    """Walk the days on which anything was invoiced, paid or sold."""
    for column in (Invoice.issued_on, Invoice.paid_on, Booking.paid_on, GiftCard.sold_on):
        yield from filter(None, read.scalars(select(column).distinct()))


def _year(read: Session, ends_in: int, today: date) -> BookYear:
    period = period_of(read, ends_in, None)
    count = period.first.year * 12 + period.first.month - 1
    months = (date(one // 12, one % 12 + 1, 1) for one in range(count, count + 12))
    return BookYear(ends_in, tuple(one for one in months if one <= today), period.last < today)
