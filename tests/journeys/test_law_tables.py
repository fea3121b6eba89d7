"""Every start day of a year, leap day included, in both countries, against a table made by hand.

The year runs from 1 March 2023, a Wednesday, through 29 February 2024. The holidays are from the
almanacs of 2023 and 2024 (Easter on 9 April 2023 and 31 March 2024), those on a Sunday left out.
Nothing here counts as the program does: due days are found by walking one day at a time.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gdprdesk.services.deadlines import answer_deadline, notice_deadline
from gdprdesk.services.law import law_in

pytestmark = pytest.mark.journey

FIRST, LAST = date(2023, 3, 1), date(2024, 2, 29)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
START_DAYS = [FIRST + DAY * number for number in range(366)]
WEEKDAYS = ("wed", "thu", "fri", "sat", "sun", "mon", "tue")  # from the first day on

CHRISTMAS = {date(2023, 12, 25), date(2023, 12, 26), date(2024, 1, 1)}
HOLIDAYS = {
    "SE": {
        date(2023, 4, 7),
        date(2023, 4, 10),
        date(2023, 5, 1),
        date(2023, 5, 18),
        date(2023, 6, 6),
        date(2023, 6, 24),
        date(2023, 11, 4),
        *CHRISTMAS,
        date(2024, 1, 6),
        date(2024, 3, 29),
        date(2024, 4, 1),
        date(2024, 5, 1),
        date(2024, 5, 9),
        date(2024, 6, 6),
    },
    "NO": {
        date(2023, 4, 6),
        date(2023, 4, 7),
        date(2023, 4, 10),
        date(2023, 5, 1),
        date(2023, 5, 17),
        date(2023, 5, 18),
        date(2023, 5, 29),
        *CHRISTMAS,
        date(2024, 3, 28),
        date(2024, 3, 29),
        date(2024, 4, 1),
        date(2024, 5, 1),
        date(2024, 5, 9),
        date(2024, 5, 17),
        date(2024, 5, 20),
    },
}

# The last day a law holds what belongs to a start day: (month the financial year ends in, first
# day of the next financial year, held until before that day, held until from it on).
HELD = {
    ("SE", "bookkeeping"): [
        (12, date(2024, 1, 1), date(2030, 12, 31), date(2031, 12, 31)),
        (6, date(2023, 7, 1), date(2030, 12, 31), date(2031, 12, 31)),
        (1, date(2024, 2, 1), date(2031, 12, 31), date(2032, 12, 31)),
        (2, date(2024, 3, 1), date(2031, 12, 31), date(2032, 12, 31)),
    ],
    ("NO", "bookkeeping"): [
        (12, date(2024, 1, 1), date(2028, 12, 31), date(2029, 12, 31)),
        (6, date(2023, 7, 1), date(2028, 6, 30), date(2029, 6, 30)),
        (1, date(2024, 2, 1), date(2029, 1, 31), date(2030, 1, 31)),
        # From the leap day on which the financial year ended to the end of a February.
        (2, date(2024, 3, 1), date(2029, 2, 28), date(2030, 2, 28)),
    ],
    ("NO", "bookkeeping_secondary"): [
        (12, date(2024, 1, 1), date(2027, 6, 30), date(2028, 6, 30)),
        (6, date(2023, 7, 1), date(2026, 12, 31), date(2027, 12, 31)),
        (2, date(2024, 3, 1), date(2027, 8, 31), date(2028, 8, 31)),
    ],
    ("NO", "attendance"): [(12, date(2024, 1, 1), date(2027, 6, 30), date(2028, 6, 30))],
    ("SE", "attendance"): [
        (12, date(2024, 1, 1), date(2025, 12, 31), date(2026, 12, 31)),
        (6, date(2023, 7, 1), date(2025, 12, 31), date(2026, 12, 31)),
    ],
}

# Worked out one by one with the almanac: received, due in Sweden, due in Norway.
BY_HAND = [
    (date(2023, 3, 6), date(2023, 4, 6), date(2023, 4, 11)),  # Maundy Thursday is Norwegian
    (date(2023, 3, 7), date(2023, 4, 11), date(2023, 4, 11)),  # Good Friday to Easter Monday
    (date(2023, 4, 1), date(2023, 5, 2), date(2023, 5, 2)),
    (date(2023, 4, 17), date(2023, 5, 17), date(2023, 5, 19)),  # 17 May, then Ascension Day
    (date(2023, 4, 29), date(2023, 5, 29), date(2023, 5, 30)),  # Whit Monday is Norwegian
    (date(2023, 5, 6), date(2023, 6, 7), date(2023, 6, 6)),  # Sweden's national day
    (date(2023, 5, 23), date(2023, 6, 23), date(2023, 6, 23)),  # Midsummer's Eve is no holiday
    (date(2023, 11, 23), date(2023, 12, 27), date(2023, 12, 27)),  # Saturday to the 26th
    (date(2023, 11, 30), date(2024, 1, 2), date(2024, 1, 2)),
    (date(2024, 1, 29), date(2024, 2, 29), date(2024, 2, 29)),
    (date(2024, 1, 31), date(2024, 2, 29), date(2024, 2, 29)),
    (date(2024, 2, 28), date(2024, 3, 28), date(2024, 4, 2)),
    (date(2024, 2, 29), date(2024, 4, 2), date(2024, 4, 2)),
]


def weekday(day: date) -> str:
    return WEEKDAYS[(day - FIRST).days % 7]


def a_month_later(received_on: date) -> date:
    """Walk until the number of the day comes again, or a whole month has gone by without it."""
    day, months_begun = received_on, 0
    while True:
        day += DAY
        if day.day == received_on.day:
            return day
        months_begun += day.day == 1
        if months_begun == 2:
            return day - DAY


def first_open_day(country: str, day: date) -> date:
    while weekday(day) in {"sat", "sun"} or day in HOLIDAYS[country]:
        day += DAY
    return day


def test_the_year_is_the_one_of_the_table() -> None:
    assert (START_DAYS[0], START_DAYS[-1], len(START_DAYS)) == (FIRST, LAST, 366)
    assert date(2024, 2, 29) in START_DAYS
    assert weekday(date(2024, 2, 29)) == "thu"
    assert not [day for found in HOLIDAYS.values() for day in found if weekday(day) == "sun"]


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_each_request_of_a_year_is_due_on_the_day_of_the_almanac(country: str) -> None:
    for received_on in START_DAYS:
        unmoved = a_month_later(received_on)
        due = answer_deadline(country, received_on, promise_days=30)
        assert due.legal == first_open_day(country, unmoved), received_on
        assert due.promise == received_on + DAY * 30
        assert due.target == min(unmoved, due.promise), received_on
        told = notice_deadline(country, received_on)
        assert (told.target, told.legal) == (unmoved, due.legal), received_on


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_each_extended_request_of_a_year_is_due_three_months_after_it_came(country: str) -> None:
    # Three months are one month thrice for all days that the shortest month on the way has.
    for received_on in (day for day in START_DAYS if day.day <= 28):
        unmoved = a_month_later(a_month_later(a_month_later(received_on)))
        due = answer_deadline(country, received_on, extended=True)
        assert due.legal == first_open_day(country, unmoved), received_on


@pytest.mark.parametrize(("received_on", "swedish", "norwegian"), BY_HAND)
def test_the_days_that_move_are_where_the_hand_put_them(
    received_on: date, swedish: date, norwegian: date
) -> None:
    assert answer_deadline("SE", received_on).legal == swedish
    assert answer_deadline("NO", received_on).legal == norwegian


@pytest.mark.parametrize(("country", "key"), HELD)
def test_each_voucher_of_a_year_is_released_on_the_day_of_the_table(country: str, key: str) -> None:
    for year_ends_in, next_year, before, after in HELD[country, key]:
        law = law_in(country, year_ends_in)
        for day in START_DAYS:
            expected = before if day < next_year else after
            assert law.keep_until(key, day, TODAY) == expected, (year_ends_in, day)
        assert law.keep_until(key, next_year, TODAY) == after
