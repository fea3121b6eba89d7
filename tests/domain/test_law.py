"""Until when a law holds a bookkeeping record, in Sweden and in Norway."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.law import CountsFrom, Law, LawRow, month_end, months_after
from tests.builders import TODAY
from tests.domain.records import NAMES, law

days = st.dates(date(1995, 1, 1), date(2100, 1, 1))
months = st.integers(1, 12)


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2024, 2, date(2024, 2, 29)),
        (2026, 2, date(2026, 2, 28)),
        (2100, 2, date(2100, 2, 28)),
        (2026, 12, date(2026, 12, 31)),
        (2026, 13, date(2027, 1, 31)),
        (2026, 14 + 12, date(2028, 2, 29)),
        (9999, 14, date(9999, 2, 28)),
    ],
)
def test_the_end_of_a_month(year: int, month: int, last: date) -> None:
    assert month_end(year, month) == last


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 11, 21), 1, date(2026, 12, 21)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 120, date(2036, 8, 31)),
        (date(9999, 12, 31), 12, date(9999, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_period_from_the_day_itself_asks_for_no_financial_year() -> None:
    row = LawRow("log", "SE", 60, CountsFrom.DAY, date(2000, 1, 1), "test", NAMES)
    for month in range(1, 13):
        known = Law([row], "SE", month)
        assert known.keep_until("log", date(2026, 11, 21), TODAY) == date(2031, 11, 21)
        assert known.keep_until("log", date(2024, 2, 29), TODAY) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("day", "year_ends_in", "until"),
    [
        # The financial year is the calendar year: ended in 2026, so through 2033.
        (date(2026, 1, 1), 12, date(2033, 12, 31)),
        (date(2026, 12, 31), 12, date(2033, 12, 31)),
        # It ends in June: until then it ended in 2026, from July on it ends in 2027.
        (date(2026, 6, 30), 6, date(2033, 12, 31)),
        (date(2026, 7, 1), 6, date(2034, 12, 31)),
        # It ends on the leap day.
        (date(2024, 2, 29), 2, date(2031, 12, 31)),
        (date(2024, 3, 1), 2, date(2032, 12, 31)),
    ],
)
def test_sweden_holds_through_the_seventh_calendar_year(
    day: date, year_ends_in: int, until: date
) -> None:
    assert law("SE", year_ends_in).keep_until("bookkeeping", day, TODAY) == until


@pytest.mark.parametrize(
    ("day", "year_ends_in", "until"),
    [
        (date(2026, 1, 1), 12, date(2031, 12, 31)),
        (date(2026, 6, 30), 6, date(2031, 6, 30)),
        (date(2026, 7, 1), 6, date(2032, 6, 30)),
        # Five years after a leap day the month has 28 days, and the other way round.
        (date(2024, 2, 29), 2, date(2029, 2, 28)),
        (date(2023, 2, 28), 2, date(2028, 2, 29)),
    ],
)
def test_norway_holds_for_five_years_from_the_financial_years_own_end(
    day: date, year_ends_in: int, until: date
) -> None:
    assert law("NO", year_ends_in).keep_until("bookkeeping", day, TODAY) == until


@given(days, months)
def test_sweden_never_holds_less_than_seven_years_nor_more_than_nine(day: date, month: int) -> None:
    until = law("SE", month).keep_until("bookkeeping", day, TODAY)
    assert (until.month, until.day) == (12, 31)
    assert 7 <= until.year - day.year <= 8
    assert law("NO", month).keep_until("bookkeeping", day, TODAY) < until


@given(days, days, months, st.sampled_from(["SE", "NO"]))
def test_what_is_later_is_never_held_shorter(
    one: date, other: date, month: int, country: str
) -> None:
    early, late = sorted((one, other))
    known = law(country, month)
    until = known.keep_until("bookkeeping", early, TODAY)
    assert early <= until <= known.keep_until("bookkeeping", late, TODAY)


def test_the_row_of_the_day_is_the_one_that_counts() -> None:
    rows = [
        LawRow(
            "x",
            "SE",
            12,
            CountsFrom.CALENDAR_YEAR,
            date(2000, 1, 1),
            "old",
            NAMES,
            date(2010, 1, 1),
        ),
        LawRow("x", "SE", 24, CountsFrom.CALENDAR_YEAR, date(2010, 1, 2), "new", NAMES),
    ]
    known = Law(rows, "SE", 12)
    assert known.row("x", date(2010, 1, 1)).source == "old"
    assert known.row("x", date(2010, 1, 2)).source == "new"


@pytest.mark.parametrize(
    ("key", "country", "day"),
    [("other", "SE", TODAY), ("bookkeeping", "DK", TODAY), ("bookkeeping", "SE", date(1980, 1, 1))],
)
def test_no_row_is_a_sentence_and_no_guess(key: str, country: str, day: date) -> None:
    with pytest.raises(DomainError, match="No legal period is known"):
        law(country).row(key, day)


def test_a_year_that_ends_in_another_month_makes_no_hold_shorter() -> None:
    changed_on = date(2026, 11, 21)
    moved = replace(law("NO", 11), earlier=((changed_on, 12),))
    assert moved.keep_until("bookkeeping", changed_on, TODAY) == date(2031, 12, 31)
    assert moved.keep_until("bookkeeping", date(2026, 11, 22), TODAY) == date(2031, 11, 30)
    corrected = replace(law("NO", 6), earlier=((changed_on, 12),))
    assert corrected.keep_until("bookkeeping", changed_on, TODAY) == date(2032, 6, 30)
