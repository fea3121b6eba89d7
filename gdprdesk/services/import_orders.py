"""Orders that come with a list of bookings: whether they are here already, and keeping them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, Channel
from gdprdesk.domain.text import fold
from gdprdesk.services.finding import activity_for
from gdprdesk.services.numbering import give_number
from gdprdesk.services.people_reading import OrderSeed
from gdprdesk.store.unit_of_work import UnitOfWork

_Place = tuple[str, date | None, time | None]


class KnownOrders:
    """The orders that are here, by what they are and when."""

    def __init__(self, read: Session, seeds: Iterable[OrderSeed]) -> None:
        days = [one.on for one in seeds if one.on is not None]
        columns = (Booking.what, Booking.wanted_on, Booking.wanted_at)
        there = Booking.wanted_on.between(min(days), max(days)) if days else Booking.id.is_(None)
        self._known = {
            (fold(what), on, at) for what, on, at in read.execute(select(*columns).where(there))
        }

    def has(self, seed: OrderSeed) -> bool:
        """Return whether the same thing is wanted at the same time already."""
        return seed.on is not None and _place(seed) in self._known


class OrderWriter:
    """Writes the orders of a list."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._activity = activity_for(work.session, Booking).id

    def add(self, seed: OrderSeed, subject: DataSubject | None) -> Booking:
        """Write down an order of a person, or of nobody."""
        done = seed.state is BookingState.COMPLETED
        booking = Booking(
            subject_id=subject.id if subject else None,
            activity_id=self._activity,
            recorded_on=self._work.today,
            number=give_number(self._work.session, Booking),
            what=seed.what,
            channel=Channel.WEB,
            state=seed.state,
            wanted_on=seed.on,
            wanted_at=seed.at,
            minutes=seed.minutes,
            completed_on=(seed.on or self._work.today) if done else None,
        )
        self._work.session.add(booking)
        return booking


def _place(seed: OrderSeed) -> _Place:
    return fold(seed.what), seed.on, seed.at
