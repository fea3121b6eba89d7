"""Orders that come with a list of bookings: whether they are here already, and keeping them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.terms import BookingState, Channel
from gdprdesk.domain.text import fold
from gdprdesk.services.finding import activity_for
from gdprdesk.services.numbering import give_numbers
from gdprdesk.services.people_reading import OrderSeed
from gdprdesk.store.many_rows import Columns
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


def order_rows(
    work: UnitOfWork, seeds: Sequence[tuple[OrderSeed, int | None]]
) -> Iterator[Columns]:
    """Walk what is to be written of orders, each of a person by her key or of nobody.

    They get the next numbers, in their order.
    """
    if not seeds:
        return
    usual = {
        "activity_id": activity_for(work.session, Booking).id,
        "recorded_on": work.today,
        "channel": Channel.WEB,
    }
    numbers = give_numbers(work.session, Booking, len(seeds))
    for (seed, subject_id), number in zip(seeds, numbers, strict=True):
        done = seed.state is BookingState.COMPLETED
        yield {
            **usual,
            "subject_id": subject_id,
            "number": number,
            "what": seed.what,
            "state": seed.state,
            "wanted_on": seed.on,
            "wanted_at": seed.at,
            "minutes": seed.minutes,
            "completed_on": (seed.on or work.today) if done else None,
        }


def _place(seed: OrderSeed) -> _Place:
    return fold(seed.what), seed.on, seed.at
