"""The same order again, once or week after week: each is an order of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Every, FormField, Permission
from gdprdesk.domain.visits import repeat_days
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import controller_of, find_record
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.holidays import is_public_holiday
from gdprdesk.services.numbering import give_number
from gdprdesk.services.order_clashes import Clash, clashes_of
from gdprdesk.services.order_taking import require_order_fields
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

MOST_TIMES = 104


@dataclass(frozen=True, repr=False)
class RepeatDay:
    """A day on which an order would come again.

    Attributes:
        is_holiday: It is a public holiday.
        is_taken: The series has an order on that day already.
        clashes: Who or what is booked then already.
    """

    day: date
    is_holiday: bool
    is_taken: bool
    clashes: tuple[Clash, ...]


@query("booking.plan_repeats", needs=Permission.ORDERS)
def plan_repeats(
    read: Session,
    *,
    ref: RecordRef,
    every: Every,
    times: int = MOST_TIMES,
    until: date | None = None,
) -> tuple[RepeatDay, ...]:
    """Return on which days an order would come again, before anything is saved.

    Args:
        read: The open register.
        ref: The order; its day begins the series.
        every: How often.
        times: How many times again.
        until: The last day.

    Raises:
        DomainError: It has no day, or there would be none or too many.
    """
    booking = find_record(read, Booking, ref)
    country = controller_of(read).country
    taken = set(read.scalars(_days_of_series(booking)))
    return tuple(
        RepeatDay(day, is_public_holiday(country, day), day in taken, _clashes(read, booking, day))
        for day in _planned(booking, every, times, until, taken)
    )


@action("booking.repeat_series", N_("Repeated order"), needs=Permission.ORDERS)
def repeat_in_series(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    every: Every,
    times: int = MOST_TIMES,
    until: date | None = None,
    skipped: tuple[date, ...] = (),
) -> tuple[RecordRef, ...]:
    """Take the same order again and again: each with its own number, tied to the first.

    Days on which the series has an order already, and those skipped, get none. A special diet is
    asked for anew each time.

    Raises:
        DomainError: The order has no day, or no day is left, or there would be too many.
    """
    booking = find_record(work.session, Booking, ref)
    taken = set(work.session.scalars(_days_of_series(booking)))
    planned = _planned(booking, every, times, until, taken)
    days = [day for day in planned if day not in taken and day not in skipped]
    if not days:
        raise DomainError(
            _("No day is left to repeat it on. Nothing was saved. Choose a later day.")
        )
    if booking.series_ref is None:
        booking.series_ref = booking.ref
    return tuple(_again(work, booking, day, booking.wanted_at).ref for day in days)


@action("booking.repeat", N_("Repeated order"), needs=Permission.ORDERS)
def repeat_booking(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    wanted_on: date | None = None,
    wanted_at: time | None = None,
) -> RecordRef:
    """Take the same order again, for another day. Its special diet is asked for anew."""
    old = find_record(work.session, Booking, ref)
    require_order_fields(work.session, old, "", wanted_at)
    again = _again(work, old, wanted_on, wanted_at)
    again.series_ref = None
    return again.ref


def _again(work: UnitOfWork, old: Booking, day: date | None, at: time | None) -> Booking:
    booking = Booking(
        subject_id=old.subject_id,
        activity_id=old.activity_id,
        recorded_on=work.today,
        number=give_number(work.session, Booking),
        what=old.what,
        first_name=old.first_name,
        note=old.note if FormField.ORDER_NOTE in allowed_fields(work.session) else "",
        lines=old.lines,
        guests=old.guests,
        channel=old.channel,
        wanted_on=day,
        wanted_at=at,
        minutes=old.minutes,
        practitioner=old.practitioner,
        room=old.room,
        series_ref=old.series_ref,
        company_id=old.company_id,
    )
    work.session.add(booking)
    return booking


def _planned(
    booking: Booking, every: Every, times: int, until: date | None, series: Iterable[date | None]
) -> tuple[date, ...]:
    if booking.wanted_on is None:
        raise DomainError(
            _("An order without a day cannot be repeated. Write its day first. Nothing was saved.")
        )
    if not 1 <= times <= MOST_TIMES:
        raise DomainError(
            _("An order can be repeated between 1 and {most} times. Nothing was saved.").format(
                most=MOST_TIMES
            )
        )
    if until is not None and until <= booking.wanted_on:
        raise DomainError(
            _(
                "The last day is not after the day of the order, so there is nothing to repeat. "
                "Nothing was saved. Choose a later day."
            )
        )
    known = [one for one in series if one is not None]
    return repeat_days(booking.wanted_on, every, times=times, until=until, series=known)


def _days_of_series(booking: Booking) -> Select[Any]:
    tied = Booking.series_ref == booking.series_ref
    return select(Booking.wanted_on).where(tied, Booking.series_ref.is_not(None))


def _clashes(read: Session, booking: Booking, day: date) -> tuple[Clash, ...]:
    if booking.wanted_at is None:
        return ()
    return clashes_of(
        read,
        day,
        booking.wanted_at,
        booking.minutes,
        practitioner=booking.practitioner,
        room=booking.room,
    )
