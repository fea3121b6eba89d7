"""What a working day brings besides: orders that come again, of nobody, of groups, and missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import BookingState, Channel, Every, PaidBy
from gdprdesk.services.example_people import PersonPlan
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.order_repeats import repeat_in_series
from gdprdesk.services.order_taking import GuestEntry, add_booking
from gdprdesk.services.organisation import update_organisation
from gdprdesk.store.unit_of_work import UnitOfWork

Words = Mapping[str, Any]
Happening = Callable[[UnitOfWork, Words, SubjectRef], None]

_AT = time(10)
_WAYS = {
    "SE": (PaidBy.SWISH, PaidBy.CARD, PaidBy.SWISH, PaidBy.CASH),
    "NO": (PaidBy.VIPPS, PaidBy.CARD, PaidBy.VIPPS, PaidBy.CASH),
}


def happenings(words: Words, open_day: Callable[[date], date], today: date) -> Iterator[
    tuple[date, Happening]
]:  # fmt: skip
    """Yield what happens on which day, as far as a made-up business has words for it.

    Args:
        words: What is ordered, by the kind of order.
        open_day: Returns a day on which the business is open.
        today: The last day.
    """
    for key, days, happens in (
        ("walk_in", 4, _walk_in),
        ("missed", 3, _miss),
        ("group", 2, _group),
        ("series", 1, _series),
    ):
        if key in words:
            yield open_day(today - timedelta(days=days)), happens


def comes_again(people: Sequence[PersonPlan]) -> int:
    """Return the place of the first customer who stays and orders for herself."""
    return next(
        place
        for place, person in enumerate(people)
        if person.ended_on is None and person.company is None
    )


def open_rooms(work: UnitOfWork, words: Words) -> None:
    """Say which rooms there are, if there are any."""
    if "rooms" in words:
        update_organisation(work, rooms=tuple(words["rooms"]))


def visit_of(words: Words, staff: str, place: int) -> dict[str, Any]:
    """Return how long a visit is, with whom and where; nothing where there are no visits."""
    if "rooms" not in words:
        return {}
    rooms, lengths = words["rooms"], words["minutes"]
    return {
        "minutes": lengths[place % len(lengths)],
        "practitioner": staff,
        "room": rooms[place % len(rooms)],
    }


def way_of(country: str, place: int) -> PaidBy:
    """Return how an order was paid, one after another."""
    ways = _WAYS[country]
    return ways[place % len(ways)]


def _walk_in(work: UnitOfWork, words: Words, _who: SubjectRef) -> None:
    """Sell something to somebody who says no more than her first name."""
    ref = add_booking(
        work,
        what=words["walk_in"],
        first_name=words["first_name"],
        lines=(_line(words["walk_in"], words),),
        channel=Channel.PHONE,
        wanted_on=work.today,
        wanted_at=_AT,
    )
    set_booking_state(work, ref=ref, state=BookingState.COMPLETED)
    set_booking_paid(work, ref=ref, paid_on=work.today, paid_by=PaidBy.CARD)


def _miss(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    ref = add_booking(
        work,
        what=words["missed"],
        subject_ref=who,
        lines=(_line(words["missed"], words),),
        channel=Channel.SMS,
        wanted_on=work.today,
        wanted_at=_AT,
        **visit_of(words, work.staff, 0),
    )
    set_booking_state(work, ref=ref, state=BookingState.NO_SHOW)


def _group(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    add_booking(
        work,
        what=words["group"],
        subject_ref=who,
        lines=(_line(words["group"], words),),
        guests=tuple(GuestEntry(**line) for line in words["guests"]),
        channel=Channel.EMAIL,
        wanted_on=work.today + timedelta(days=7),
        wanted_at=_AT,
    )


def _series(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    ref = add_booking(
        work,
        what=words["series"],
        subject_ref=who,
        lines=(_line(words["series"], words),),
        channel=Channel.IN_PERSON,
        wanted_on=work.today + timedelta(days=7),
        wanted_at=time(13),
        **visit_of(words, work.staff, 1),
    )
    repeat_in_series(work, ref=ref, every=Every.TWO_WEEKS, times=3)


def _line(what: str, words: Words) -> LineEntry:
    return LineEntry(what, "1", words["price"], words["rate"])
