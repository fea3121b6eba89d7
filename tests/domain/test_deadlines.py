"""By when to answer, to tell and to report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.deadlines import (
    Deadline,
    IsHoliday,
    answer_deadline,
    breach_deadline,
    is_working_day,
    next_working_day,
    notice_deadline,
)

DAY = timedelta(days=1)
SWEDISH = frozenset(
    {
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
        date(2027, 1, 6),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 6),
    }
)


def swedish(day: date) -> bool:
    return day in SWEDISH


def never(day: date) -> bool:
    return False


days = st.dates(date(2018, 5, 25), date(2090, 1, 1))
holidays = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20).map(
    lambda found: found.__contains__
)
days_near = st.dates(date(2025, 11, 1), date(2026, 12, 31))
promises = st.none() | st.integers(1, 90)


@pytest.mark.parametrize(
    ("received_on", "promise_days", "expected"),
    [
        (date(2026, 11, 21), None, Deadline(date(2026, 12, 21), date(2026, 12, 21))),
        # 31 January 2027: February has no such day, its last one is a Sunday.
        (date(2027, 1, 31), None, Deadline(date(2027, 2, 28), date(2027, 3, 1))),
        (date(2026, 8, 31), None, Deadline(date(2026, 9, 30), date(2026, 9, 30))),
        (date(2026, 7, 1), None, Deadline(date(2026, 8, 1), date(2026, 8, 3))),
        # The promise of 30 days comes first and stays where it falls.
        (
            date(2026, 7, 1),
            30,
            Deadline(date(2026, 7, 31), date(2026, 8, 3), date(2026, 7, 31)),
        ),
        # A promise that ends on a Sunday ends on that Sunday.
        (
            date(2026, 11, 21),
            8,
            Deadline(date(2026, 11, 29), date(2026, 12, 21), date(2026, 11, 29)),
        ),
        # One of 45 days leaves the month of the law as the target.
        (
            date(2026, 11, 21),
            45,
            Deadline(date(2026, 12, 21), date(2026, 12, 21), date(2027, 1, 5)),
        ),
        # Christmas Day is a Friday: past it, Saturday and Sunday. Christmas Eve is a working day.
        (date(2026, 11, 25), None, Deadline(date(2026, 12, 25), date(2026, 12, 28))),
        (date(2026, 11, 24), None, Deadline(date(2026, 12, 24), date(2026, 12, 24))),
        # Good Friday, weekend, Easter Monday.
        (date(2027, 2, 26), None, Deadline(date(2027, 3, 26), date(2027, 3, 30))),
        # The leap day, to and from.
        (date(2028, 1, 31), None, Deadline(date(2028, 2, 29), date(2028, 2, 29))),
        (date(2028, 2, 29), None, Deadline(date(2028, 3, 29), date(2028, 3, 29))),
    ],
)
def test_a_request_is_answered_within_a_month(
    received_on: date, promise_days: int | None, expected: Deadline
) -> None:
    assert answer_deadline(received_on, 1, swedish, promise_days) == expected


def test_an_extension_counts_three_months_from_receipt_and_leaves_the_promise() -> None:
    assert answer_deadline(date(2027, 1, 31), 3, swedish).legal == date(2027, 4, 30)
    assert answer_deadline(date(2026, 10, 6), 3, swedish).legal == date(2027, 1, 7)
    promised = answer_deadline(date(2027, 1, 31), 3, swedish, 30)
    assert promised == Deadline(date(2027, 3, 2), date(2027, 4, 30), date(2027, 3, 2))


@pytest.mark.parametrize(
    ("contact_on", "expected"),
    [
        (None, Deadline(date(2027, 2, 28), date(2027, 3, 1))),
        # She is told in the first letter, even on a day when nobody works.
        (date(2027, 2, 7), Deadline(date(2027, 2, 7), date(2027, 2, 7))),
        (date(2027, 3, 20), Deadline(date(2027, 2, 28), date(2027, 3, 1))),
    ],
)
def test_a_person_is_told_of_other_sources_within_a_month_or_at_first_contact(
    contact_on: date | None, expected: Deadline
) -> None:
    assert notice_deadline(date(2027, 1, 31), 1, swedish, contact_on) == expected


class Stockholm(tzinfo):
    """Summer time until 25 October 2026 at three; made here since Windows has no such table."""

    def dst(self, dt: datetime | None) -> timedelta:
        assert dt is not None
        ends = datetime(2026, 10, 25, 2 if dt.fold else 3)  # noqa: DTZ001
        return timedelta(hours=dt.replace(tzinfo=None) < ends)

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return timedelta(hours=1) + self.dst(dt)

    def tzname(self, dt: datetime | None) -> str:
        return "CEST" if self.dst(dt) else "CET"


def test_72_hours_run_by_the_clock_past_weekend_and_summer_time() -> None:
    friday = datetime(2026, 11, 20, 17, 15, tzinfo=UTC)
    assert breach_deadline(friday, 72) == datetime(2026, 11, 23, 17, 15, tzinfo=UTC)
    # The night of 25 October 2026 has an hour more: the third day ends an hour earlier by the
    # clock on the wall.
    known_at = datetime(2026, 10, 24, 18, 0, tzinfo=Stockholm())
    due = breach_deadline(known_at, 72)
    assert due == datetime(2026, 10, 27, 16, 0, tzinfo=UTC)
    assert due.replace(tzinfo=None) == datetime(2026, 10, 27, 17, 0)  # noqa: DTZ001


@given(st.datetimes(datetime(2018, 5, 25), datetime(2090, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_the_moment_is_the_same_everywhere(moment: datetime, offset: int) -> None:
    known_at = moment.replace(tzinfo=timezone(timedelta(hours=offset)))
    due = breach_deadline(known_at, 72)
    assert due - known_at == timedelta(days=3)
    assert due.utcoffset() == known_at.utcoffset()


@given(days_near, st.sampled_from([1, 3]), holidays, promises)
def test_the_legal_day_is_the_first_working_day_from_the_unmoved_one(
    received_on: date, months: int, is_holiday: IsHoliday, promise: int | None
) -> None:
    unmoved = answer_deadline(received_on, months, never).target
    due = answer_deadline(received_on, months, is_holiday, promise)
    assert is_working_day(due.legal, is_holiday)
    assert unmoved <= due.legal
    between = (unmoved + DAY * number for number in range((due.legal - unmoved).days))
    assert not any(is_working_day(day, is_holiday) for day in between)


@given(days, st.sampled_from([1, 3]))
def test_the_unmoved_day_has_the_same_number_or_is_the_last_of_its_month(
    received_on: date, months: int
) -> None:
    unmoved = answer_deadline(received_on, months, never).target
    passed = (unmoved.year - received_on.year) * 12 + unmoved.month - received_on.month
    assert passed == months
    assert unmoved.day == received_on.day or (unmoved + DAY).day == 1


@given(days_near, days_near, holidays)
def test_what_comes_later_is_never_due_earlier(
    one: date, other: date, is_holiday: IsHoliday
) -> None:
    early, late = sorted((one, other))
    first = answer_deadline(early, 1, is_holiday)
    last = answer_deadline(late, 1, is_holiday)
    assert first.target <= last.target
    assert first.legal <= last.legal
    assert first.legal < answer_deadline(early, 3, is_holiday).legal


@given(days_near, holidays, st.integers(1, 90))
def test_a_promise_never_moves_and_never_gives_more_time(
    received_on: date, is_holiday: IsHoliday, promise_days: int
) -> None:
    without = answer_deadline(received_on, 1, is_holiday)
    due = answer_deadline(received_on, 1, is_holiday, promise_days)
    assert due.promise == received_on + DAY * promise_days
    assert due.legal == without.legal
    assert due.target == min(without.target, due.promise)


@given(days_near, holidays)
def test_a_working_day_is_its_own_next_one(day: date, is_holiday: IsHoliday) -> None:
    found = next_working_day(day, is_holiday)
    assert (found == day) == is_working_day(day, is_holiday)
    assert next_working_day(found, is_holiday) == found
