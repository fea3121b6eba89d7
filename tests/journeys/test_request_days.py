"""Every day of 2026 to 2029 on which somebody may ask, in both countries, against the almanac.

Nothing here counts as the program does: weekdays are counted from 1 January 2026, a Thursday,
months by walking one day at a time, and the holidays are written down by hand from the almanacs
(Easter on 5 April 2026, 28 March 2027, 16 April 2028, 1 April 2029 and 21 April 2030).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.terms import Channel, ExtensionReason, RequestKind
from gdprdesk.services.deadlines import answer_deadline
from gdprdesk.services.onboarding import Business
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.request_handling import extend_request
from gdprdesk.services.request_rows import make_row
from gdprdesk.services.requests import open_request, requests_due
from tests.builders import CHEAP, PASSWORD, Clock

pytestmark = pytest.mark.journey

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)
WEEK = ("thu", "fri", "sat", "sun", "mon", "tue", "wed")  # from the first day on
YEARS = range(2026, 2031)
EASTER = {  # Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday
    2026: ((4, 2), (4, 3), (4, 6), (5, 14), (5, 25)),
    2027: ((3, 25), (3, 26), (3, 29), (5, 6), (5, 17)),
    2028: ((4, 13), (4, 14), (4, 17), (5, 25), (6, 5)),
    2029: ((3, 29), (3, 30), (4, 2), (5, 10), (5, 21)),
    2030: ((4, 18), (4, 19), (4, 22), (5, 30), (6, 10)),
}
SWEDISH = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))
NORWEGIAN = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
HOLIDAYS = {
    "SE": {
        date(year, *day) for year in YEARS for day in (*SWEDISH, *EASTER[year][1:4])
    },  # Midsummer Day and All Saints' Day are Saturdays anyway
    "NO": {date(year, *day) for year in YEARS for day in (*NORWEGIAN, *EASTER[year])},
}

# From the page of figures, and others worked out with the almanac: received, due in Sweden, in
# Norway.
BY_HAND = [
    (date(2026, 11, 21), date(2026, 12, 21), date(2026, 12, 21)),
    (date(2027, 1, 31), date(2027, 3, 1), date(2027, 3, 1)),  # 28 February is a Sunday
    (date(2026, 8, 31), date(2026, 9, 30), date(2026, 9, 30)),
    (date(2026, 7, 1), date(2026, 8, 3), date(2026, 8, 3)),  # 1 August is a Saturday
    (date(2026, 12, 6), date(2027, 1, 7), date(2027, 1, 6)),  # Epiphany is Swedish
    (date(2027, 2, 25), date(2027, 3, 25), date(2027, 3, 30)),  # Maundy Thursday is Norwegian
    (date(2027, 4, 17), date(2027, 5, 17), date(2027, 5, 18)),  # and so is 17 May
    (date(2026, 11, 24), date(2026, 12, 24), date(2026, 12, 24)),  # an eve is no holiday
    (date(2026, 11, 25), date(2026, 12, 28), date(2026, 12, 28)),
    (date(2028, 1, 31), date(2028, 2, 29), date(2028, 2, 29)),
    (date(2028, 5, 6), date(2028, 6, 7), date(2028, 6, 6)),  # Sweden's national day, a Tuesday
    (date(2029, 2, 28), date(2029, 3, 28), date(2029, 3, 28)),
    (date(2029, 3, 1), date(2029, 4, 3), date(2029, 4, 3)),  # Easter Sunday, then the Monday
    (date(2029, 12, 1), date(2030, 1, 2), date(2030, 1, 2)),
]


def days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += DAY


def weekday(day: date) -> str:
    return WEEK[(day - FIRST).days % 7]


def months_later(received_on: date, months: int) -> date:
    """Walk into the month that many months on; to its day of that number, or else its last."""
    day, begun = received_on, 0
    while begun < months:
        day += DAY
        begun += day.day == 1
    while day.day < received_on.day and (day + DAY).day != 1:
        day += DAY
    return day


def open_day(country: str, day: date) -> date:
    while weekday(day) in {"sat", "sun"} or day in HOLIDAYS[country]:
        day += DAY
    return day


def case(received_on: date, promise: int | None, *, extended: bool = False) -> DataSubjectRequest:
    return DataSubjectRequest(
        subject_id=None,
        activity_id=1,
        recorded_on=received_on,
        number=1,
        kind=RequestKind.ACCESS,
        received_on=received_on,
        channel=Channel.EMAIL,
        due_on=received_on,
        promised_on=received_on + DAY * promise if promise else None,
        asker="Vera",
        extended_on=received_on if extended else None,
    )


def test_the_table_is_whole() -> None:
    every = list(days())
    assert (len(every), weekday(date(2026, 11, 22)), weekday(LAST)) == (1461, "sun", "mon")
    assert [weekday(date(year, *EASTER[year][0])) for year in YEARS] == ["thu"] * 5
    assert [weekday(date(year, *EASTER[year][4])) for year in YEARS] == ["mon"] * 5


@pytest.mark.parametrize("country", ["SE", "NO"])
@pytest.mark.parametrize("promise", [None, 10, 28, 30])
def test_each_request_is_due_by_the_almanac_and_never_after_the_promise(
    country: str, promise: int | None
) -> None:
    for received_on in days():
        row = make_row(case(received_on, promise), None, country, received_on)
        unmoved = months_later(received_on, 1)
        law = open_day(country, unmoved)
        promised = received_on + DAY * promise if promise else law
        assert row.law_due_on == row.extendable_until == law, received_on
        assert row.due_on == min(law, promised), received_on
        assert row.target_on == min(unmoved, promised), received_on
        assert row.due_on <= promised
        assert row.days_left == (row.due_on - received_on).days


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_each_extended_request_is_due_three_months_after_it_came(country: str) -> None:
    for received_on in days():
        row = make_row(case(received_on, 30, extended=True), None, country, received_on)
        assert row.law_due_on == open_day(country, months_later(received_on, 3)), received_on
        assert row.due_on == received_on + DAY * 30


@pytest.mark.parametrize(("received_on", "swedish", "norwegian"), BY_HAND)
def test_the_hand_and_the_program_say_the_same(
    received_on: date, swedish: date, norwegian: date
) -> None:
    assert answer_deadline("SE", received_on).legal == swedish
    assert answer_deadline("NO", received_on).legal == norwegian


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_what_is_overdue_stands_before_all_else(country: str, folder: Path, clock: Clock) -> None:
    clock.go_to(date(2026, 7, 1))
    business = Business("Lind", trade="cafe", country=country, language="sv")
    desk, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    desk.run(update_organisation, answer_days=30)
    said: dict[str, Any] = {
        "kind": RequestKind.ACCESS,
        "channel": Channel.WEB,
        "received_on": desk.today,
    }
    row = desk.run(open_request, asker="Vera", **said)
    assert (row.target_on, row.due_on, row.law_due_on) == (
        date(2026, 7, 31),
        date(2026, 7, 31),
        date(2026, 8, 3),
    )
    clock.go_to(date(2026, 7, 31))
    assert not desk.ask(requests_due).overdue
    clock.go_to(date(2026, 8, 1))
    assert [one.breaks_law for one in desk.ask(requests_due).overdue] == [False]
    desk.run(
        extend_request, request_ref=row.ref, reason=ExtensionReason.NUMBER, note="Många på en gång"
    )
    clock.go_to(date(2026, 10, 2))
    assert [one.breaks_law for one in desk.ask(requests_due).overdue] == [True]
    desk.lock()
