"""What is to be done when: the orders and visits of some days, by day, time, person and room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.diet_words import tells_of_health
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import BookingState, Channel, Permission, SubjectState
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.holidays import holiday_name
from gdprdesk.services.permissions import may
from gdprdesk.services.registry import query
from gdprdesk.services.staff_names import staff_name
from gdprdesk.services.standing import only_stored
from gdprdesk.store.hiding import hiding

MOST_DAYS = 400
"""So many days are looked at together: a year, and what a month of it has at both ends."""


@dataclass(frozen=True, repr=False)
class OrderSlot:
    """An order or a visit as a calendar shows it. A cancelled one stands in the list only.

    Attributes:
        title: What it is about.
        who: The person or company, or what a passer-by called herself; empty for whoever may not
            see people.
        at: The time of the day; nothing if only the day is known.
        minutes: How long it takes; nothing if nobody has said.
        practitioner: The name of who receives the visitor; empty for anybody.
        is_paid: It was paid, or has an invoice.
    """

    ref: RecordRef
    number: str
    title: str
    who: str
    day: date
    at: time | None
    minutes: int | None
    practitioner: str
    room: str
    state: BookingState
    channel: Channel
    is_paid: bool
    is_restricted: bool


@dataclass(frozen=True, repr=False)
class CalendarDay:
    """A day of the calendar.

    Attributes:
        holiday: What the public holiday is called; empty for any other day.
        slots: What has no time first, then by time.
    """

    day: date
    holiday: str
    slots: tuple[OrderSlot, ...]


@dataclass(frozen=True, repr=False)
class OrderCalendar:
    """Some days one after the other, each with its orders."""

    days: tuple[CalendarDay, ...]

    @property
    def slots(self) -> Iterator[OrderSlot]:
        """Walk all orders, day by day."""
        for one in self.days:
            yield from one.slots


@query("orders.calendar", needs=Permission.ORDERS)
def show_order_calendar(read: Session, *, since: date, until: date) -> OrderCalendar:
    """Return the orders and visits of some days.

    Args:
        read: The open register.
        since: The first day.
        until: The last day.

    Raises:
        DomainError: The last day is before the first, or there are more than 400 days.
    """
    _check(since, until)
    names: dict[str, str] = {}
    found: dict[date, list[OrderSlot]] = defaultdict(list)
    with_people = may(read, Permission.PEOPLE)
    for row in read.execute(_wanted(since, until)):
        if row.practitioner not in names:
            names[row.practitioner] = staff_name(read, row.practitioner) if row.practitioner else ""
        found[row.wanted_on].append(
            _slot(row, names[row.practitioner], with_people=with_people),
        )
    country = controller_of(read).country
    every = (since + timedelta(days=number) for number in range((until - since).days + 1))
    return OrderCalendar(
        tuple(CalendarDay(day, holiday_name(country, day), tuple(found[day])) for day in every)
    )


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of the week a day is in: ISO 8601."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def harmless_titles(read: Session, slots: Iterable[OrderSlot]) -> dict[RecordRef, str]:
    """Return what may be said of orders where others read it.

    It is nothing where the text tells what a guest must not eat, or of health in another way.
    """
    diets: dict[RecordRef | None, list[str]] = defaultdict(list)
    for ref, text in _diets(read, select(DietNote.booking_ref, DietNote.text)):
        diets[ref].append(text)
    return {
        one.ref: "" if tells_of_health(one.title, diets[one.ref]) else one.title for one in slots
    }


def harmless_texts(read: Session, ref: RecordRef, texts: Iterable[str]) -> list[str]:
    """Return what may be said of one order where others read it; nothing in place of the rest."""
    asked = select(DietNote.booking_ref, DietNote.text).where(DietNote.booking_ref == ref)
    diets = [text for _ref, text in _diets(read, asked)]
    return ["" if tells_of_health(one, diets) else one for one in texts]


def _diets(read: Session, asked: Select[Any, str]) -> list[tuple[Any, str]]:
    with hiding(read, ()):  # also for whoever may not see them: she is told no word of it
        return [(ref, text) for ref, text in read.execute(asked)]


def _check(since: date, until: date) -> None:
    if until < since:
        raise DomainError(
            _("The last day is before the first. Nothing was shown or saved. Turn them round.")
        )
    if (until - since).days >= MOST_DAYS:
        raise DomainError(
            _(
                "That is more than {days} days. Nothing was shown or saved. Take a year at a time."
            ).format(days=MOST_DAYS)
        )


def _wanted(since: date, until: date) -> Select[*tuple[Any, ...]]:
    """Return the columns a calendar shows, and no more: a week is looked at again and again."""
    not_hidden: ColumnElement[bool] = (
        DataSubject.id.is_(None)
        | (DataSubject.state == SubjectState.ACTIVE)
        | Booking.company_id.is_not(None)
    )
    return (
        select(
            Booking.ref,
            Booking.number,
            Booking.what,
            func.coalesce(Company.name, DataSubject.name, Booking.first_name).label("who"),
            Booking.wanted_on,
            Booking.wanted_at,
            Booking.minutes,
            Booking.practitioner,
            Booking.room,
            Booking.state,
            Booking.channel,
            Booking.paid_on,
            Booking.invoice_ref,
            DataSubject.restricted_on,
        )
        .outerjoin(DataSubject, DataSubject.id == Booking.subject_id)
        .outerjoin(Company, Company.id == Booking.company_id)
        .where(Booking.wanted_on.between(since, until))
        .where(Booking.state != BookingState.CANCELLED, not_hidden)
        .order_by(Booking.wanted_on, Booking.wanted_at.is_not(None), Booking.wanted_at, Booking.id)
    )


def _slot(row: Any, practitioner: str, *, with_people: bool) -> OrderSlot:
    is_restricted = row.restricted_on is not None
    who = only_stored() if is_restricted else row.who
    return OrderSlot(
        ref=row.ref,
        number=row.number,
        title=row.what,
        who=who if with_people else "",
        day=row.wanted_on,
        at=row.wanted_at,
        minutes=row.minutes,
        practitioner=practitioner,
        room=row.room,
        state=row.state,
        channel=row.channel,
        is_paid=row.paid_on is not None or row.invoice_ref is not None,
        is_restricted=is_restricted,
    )
