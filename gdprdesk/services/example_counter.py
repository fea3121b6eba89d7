"""Who calls a made-up business and what about, and the gift cards it has sold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import cycle
from typing import Any

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Channel, Direction
from gdprdesk.services.calls import add_call
from gdprdesk.services.gift_cards import sell_gift_card, use_gift_card
from gdprdesk.store.unit_of_work import UnitOfWork

Happening = Callable[[UnitOfWork], object]

_CALLED = (95, 60, 33, 14, 6, 2)  # days ago, all within the life of a call
FIRST_CALL = _CALLED[0]
_SOLD, _USED = 70, 20
_NOBODYS = 3  # every third call is of a number that nobody in the register has
_TIMES = (time(8, 40), time(11, 5), time(14, 30), time(16, 15))


def happenings(
    book: Mapping[str, Any], customers: Sequence[int], people: Mapping[int, SubjectRef], today: date
) -> Iterator[tuple[date, Happening]]:
    """Yield what happens on which day at the telephone and at the counter.

    Args:
        book: What the made-up business is made of.
        customers: Who is in the register since the first call, by their place in it.
        people: The refs of those who are in it on the day.
        today: The last day.
    """
    callers, times = cycle(customers), cycle(_TIMES)
    for place, (days, words) in enumerate(zip(_CALLED, cycle(book["calls"]), strict=False)):
        known = next(callers) if customers and place % _NOBODYS else None
        happens = partial(
            _call,
            people=people,
            caller=known,
            number=book["strangers_number"],
            words=words,
            at=next(times),
        )
        yield today - timedelta(days=days), happens
    for amount in book.get("cards", ()):
        yield today - timedelta(days=_SOLD), partial(_sell, Decimal(amount))
    if book.get("cards"):
        yield today - timedelta(days=_USED), _use


def _call(
    work: UnitOfWork,
    *,
    people: Mapping[int, SubjectRef],
    caller: int | None,
    number: str,
    words: str,
    at: time,
) -> None:
    out = at > time(16)
    add_call(
        work,
        number=number if caller is None else "",
        summary=words,
        channel=Channel.SMS if at < time(9) else Channel.PHONE,
        direction=Direction.OUT if out else Direction.IN,
        called_at=at,
        minutes=None if at < time(9) else 4,
        subject_ref=None if caller is None else people[caller],
    )


def _sell(amount: Decimal, work: UnitOfWork) -> None:
    sell_gift_card(work, amount=amount)


def _use(work: UnitOfWork) -> None:
    use_gift_card(work, number="1001", amount=Decimal(180))
