"""When visits come again, and when two of them meet."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.terms import Every
from gdprdesk.domain.visits import ends_at, overlap, repeat_days

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("first", "every", "times", "until", "expected"),
    [
        (date(2026, 11, 28), Every.WEEK, 2, None, ["2026-12-05", "2026-12-12"]),
        (date(2026, 11, 28), Every.TWO_WEEKS, 2, None, ["2026-12-12", "2026-12-26"]),
        (date(2027, 1, 31), Every.MONTH, 3, None, ["2027-02-28", "2027-03-31", "2027-04-30"]),
        (date(2028, 1, 31), Every.MONTH, 1, None, ["2028-02-29"]),
        (date(2026, 12, 15), Every.MONTH, 104, date(2027, 2, 15), ["2027-01-15", "2027-02-15"]),
        (date(2026, 12, 15), Every.WEEK, 104, date(2026, 12, 21), []),
    ],
)
def test_the_days_are_those_of_the_calendar(
    first: date, every: Every, times: int, until: date | None, expected: list[str]
) -> None:
    found = repeat_days(first, every, times=times, until=until)
    assert [day.isoformat() for day in found] == expected


@given(DAYS, st.sampled_from(Every), st.integers(1, 104), st.none() | DAYS)
def test_no_day_is_outside_and_the_rhythm_is_kept(
    first: date, every: Every, times: int, until: date | None
) -> None:
    found = repeat_days(first, every, times=times, until=until)
    assert len(found) <= times
    assert all(first < day for day in found)
    assert until is None or all(day <= until for day in found)
    assert list(found) == sorted(set(found))
    for number, day in enumerate(found, 1):
        if every is Every.MONTH:
            months = (day.year - first.year) * 12 + day.month - first.month
            is_last = (day + timedelta(days=1)).day == 1
            assert months == number
            assert day.day == first.day or (is_last and day.day < first.day)
        else:
            assert (day - first).days == number * (7 if every is Every.WEEK else 14)


@pytest.mark.parametrize(
    ("at", "minutes", "other", "other_minutes", "meet"),
    [
        (time(10), 60, time(10, 30), 30, True),
        (time(10), 60, time(11), 60, False),
        (time(11), 60, time(10), 60, False),
        (time(10), 0, time(10), 0, True),
        (time(10), 0, time(9), 60, False),
        (time(9), 120, time(10), 0, True),
    ],
)
def test_visits_meet_when_they_share_a_minute(
    at: time, minutes: int, other: time, other_minutes: int, *, meet: bool
) -> None:
    assert overlap(at, minutes, other, other_minutes) is meet


@given(st.times(), st.integers(0, 1440), st.times(), st.integers(0, 1440))
def test_meeting_is_mutual(at: time, minutes: int, other: time, other_minutes: int) -> None:
    assert overlap(at, minutes, other, other_minutes) == overlap(other, other_minutes, at, minutes)


def test_a_visit_ends_by_the_clock_on_the_wall() -> None:
    assert ends_at(time(14, 30), 75) == time(15, 45)
    assert ends_at(time(23, 30), 60) == time(0, 30)
