"""The formal public holidays, against the acts that name them and Easter worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from gdprdesk.services.holidays import is_public_holiday

YEARS = range(2018, 2061)
SATURDAY, SUNDAY = 5, 6

# Days of the same date every year, and days from Easter Sunday.
SAME_DATE = {
    "SE": [(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)],
    "NO": [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)],
}
FROM_EASTER = {"SE": [-2, 0, 1, 39, 49], "NO": [-3, -2, 0, 1, 39, 49, 50]}


def easter(year: int) -> date:
    """Return Easter Sunday: the first Sunday after the ecclesiastical full moon of spring."""
    golden = year % 19
    century = year // 100
    corrected = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + corrected + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)


def saturday_from(first: date) -> date:
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7)


def by_the_act(country: str, year: int) -> Iterator[date]:
    yield from (date(year, month, day) for month, day in SAME_DATE[country])
    yield from (easter(year) + timedelta(days=number) for number in FROM_EASTER[country])
    if country == "SE":
        yield saturday_from(date(year, 6, 20))
        yield saturday_from(date(year, 10, 31))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2018, date(2018, 4, 1)),
        (2019, date(2019, 4, 21)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
    ],
)
def test_easter_is_worked_out_as_the_almanac_has_it(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_each_day_of_many_years_is_a_holiday_if_the_act_says_so(country: str) -> None:
    expected = {day for year in YEARS for day in by_the_act(country, year)}
    day = date(YEARS[0], 1, 1)
    while day.year in YEARS:
        if day.weekday() != SUNDAY:
            assert is_public_holiday(country, day) == (day in expected), (country, day)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("SE", date(2026, 6, 19)),  # Midsummer's Eve
        ("SE", date(2026, 12, 24)),
        ("SE", date(2026, 12, 31)),
        ("SE", date(2026, 4, 2)),  # Maundy Thursday
        ("SE", date(2026, 4, 4)),  # Holy Saturday
        ("SE", date(2026, 5, 25)),  # Whit Monday, a holiday until 2004
        ("NO", date(2026, 12, 24)),
        ("NO", date(2026, 12, 31)),
        ("NO", date(2026, 6, 20)),
        ("NO", date(2026, 1, 6)),
    ],
)
def test_an_eve_is_no_public_holiday(country: str, day: date) -> None:
    assert not is_public_holiday(country, day)
