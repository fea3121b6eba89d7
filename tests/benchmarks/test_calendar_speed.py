"""How long a week of the calendar takes among 20,000 orders, beside the bare driver.

Only the ratio is asserted; the figures are printed (pytest -s).
"""

from __future__ import annotations

import statistics
import time as clock_time
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.base import new_ref
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.terms import BookingState, Channel
from gdprdesk.services.finding import activity_for
from gdprdesk.services.order_calendar import show_order_calendar, week_of
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, person

pytestmark = [pytest.mark.slow, pytest.mark.spoils]  # the rows are put in by hand

ORDERS, DAYS = 20_000, 700
TIMES_THE_DRIVER = 45  # real days, times and words, holidays and frozen rows beside bare tuples


def median(work: Callable[[], object], times: int = 15) -> float:
    """Return the middle of some runs, in seconds, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        begun = clock_time.perf_counter()
        work()
        taken.append(clock_time.perf_counter() - begun)
    return statistics.median(taken)


def test_a_week_among_twenty_thousand_orders(desk: Desk, clock: Clock, record_property) -> None:
    person(desk)
    with UnitOfWork(desk._vault, clock) as work:
        activity = activity_for(work.session, Booking).id
        rows = [_row(number, activity) for number in range(ORDERS)]
        work.session.execute(insert(Booking), rows)
        work.commit("booking.add")
    monday, sunday = week_of(TODAY)
    found = list(desk.ask(show_order_calendar, since=monday, until=sunday).slots)
    assert len(found) == len(desk.ask(_bare, since=monday, until=sunday))
    assert len(found) > ORDERS / DAYS * 6
    ours = median(lambda: desk.ask(show_order_calendar, since=monday, until=sunday))
    bare = median(lambda: desk.ask(_bare, since=monday, until=sunday))
    record_property("week_milliseconds", ours * 1000)
    print(f"\nweek: {ours * 1000:.1f} ms, bare driver: {bare * 1000:.1f} ms")  # noqa: T201
    assert ours < TIMES_THE_DRIVER * bare


def _row(number: int, activity: int) -> dict[str, object]:
    return {
        "ref": new_ref(),
        "activity_id": activity,
        "subject_id": 1 if number % 3 else None,
        "recorded_on": TODAY,
        "number": str(5000 + number),
        "what": f"Tårta {number}",
        "first_name": "",
        "guests": [],
        "note": "",
        "lines": [],
        "channel": Channel.PHONE,
        "state": BookingState.CANCELLED if number % 20 == 0 else BookingState.CONFIRMED,
        "wanted_on": TODAY + timedelta(days=number % DAYS - DAYS // 2),
        "wanted_at": time(8 + number % 9, 15 * (number % 4)),
        "practitioner": "",
        "room": "",
    }


_ASKED = """
SELECT b.ref, b.number, b.what, coalesce(c.name, s.name, b.first_name), b.wanted_on, b.wanted_at,
    b.minutes, b.practitioner, b.room, b.state, b.channel, b.paid_on, b.invoice_ref, s.restricted_on
FROM booking b LEFT JOIN data_subject s ON s.id = b.subject_id
    LEFT JOIN company c ON c.id = b.company_id
WHERE b.wanted_on BETWEEN ? AND ? AND b.state != 'CANCELLED'
ORDER BY b.wanted_on, b.wanted_at IS NOT NULL, b.wanted_at, b.id
"""


def _bare(read: Session, *, since: date, until: date) -> list[tuple[object, ...]]:
    """Ask the driver the same of the same week, for bare tuples."""
    driver = read.connection().connection.driver_connection
    assert driver is not None
    days = (since.isoformat(), until.isoformat())
    found: list[tuple[object, ...]] = driver.execute(_ASKED, days).fetchall()
    return found
