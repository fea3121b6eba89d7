"""How long copies are kept: twelve daily, ten weekly, nine monthly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.backups import DAILY, MONTHLY, WEEKLY, kept_until

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
made = st.lists(
    st.integers(0, 500 * 24).map(lambda hours: FIRST + timedelta(hours=hours)),
    min_size=1,
    max_size=60,
    unique=True,
)


def at(day: str, hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


@pytest.mark.parametrize(
    ("earlier", "copy", "until"),
    [
        # alone, it is the latest of its month: nine months, its own the first
        ([], "2026-11-21", "2027-07-31"),
        ([], "2026-12-31", "2027-08-31"),
        ([], "2026-05-02", "2027-01-31"),
        ([], "2026-06-30", "2027-02-28"),
        ([], "2027-06-30", "2028-02-29"),
    ],
)
def test_the_latest_of_a_month_is_kept_for_nine_months(
    earlier: list[str], copy: str, until: str
) -> None:
    assert kept_until([at(copy)])[at(copy)] == date.fromisoformat(until)


def test_a_month_by_hand() -> None:
    days = {
        "2026-11-18": "2026-11-29",  # a Wednesday: twelve days, its own the first
        "2026-11-22": "2027-01-24",  # a Sunday: the week of 18 January is the tenth
        "2026-11-23": "2027-01-31",  # a Monday, and alone in its week
        "2026-11-30": "2027-07-31",  # ends the month
        "2026-12-02": "2026-12-13",
        "2026-12-03": "2027-08-31",
    }
    found = kept_until([at(day) for day in days])
    assert {one.date().isoformat(): until.isoformat() for one, until in found.items()} == days


def test_an_earlier_copy_of_the_same_day_goes_the_next() -> None:
    morning, evening = at("2026-11-21", 8), at("2026-11-21", 18)
    assert kept_until([morning, evening])[morning] == date(2026, 11, 21)


@given(made)
def test_there_are_never_more_than_the_rotation_says(moments: list[datetime]) -> None:
    until = kept_until(moments)
    today = max(moments).date()
    kept = [one for one in moments if until[one] >= today and one.date() < today]
    assert len(kept) <= DAILY + WEEKLY + MONTHLY
    assert max(until.values()) >= today  # the newest always is among them
    assert all(last <= one.date() + timedelta(days=9 * 31) for one, last in until.items())


@given(made, st.integers(1, 24 * 40))
def test_a_later_copy_never_makes_an_earlier_one_stay_longer(
    moments: list[datetime], hours: int
) -> None:
    before = kept_until(moments)
    after = kept_until([*moments, max(moments) + timedelta(hours=hours)])
    assert all(after[one] <= until for one, until in before.items())


@given(made)
def test_what_is_kept_is_kept_day_by_day_as_at_once(moments: list[datetime]) -> None:
    known: set[datetime] = set()
    for moment in sorted(moments):
        known.add(moment)
        until = kept_until(known)
        known = {one for one in known if until[one] >= moment.date()}
    at_once = kept_until(moments)
    today = max(moments).date()
    assert known == {one for one in moments if at_once[one] >= today}
