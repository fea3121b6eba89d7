"""By when to answer, to tell and to report: Regulation (EEC, Euratom) No 1182/71, pure.

A period in months begins the day after what starts it and ends on the day of the same number, or on
the last day of a month that has no such day (Art. 3(2)(c)). If that is a Saturday, a Sunday or a
public holiday, it ends with the next working day (Art. 3(4)). The Regulation applies in Norway
through the EEA Agreement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gdprdesk.domain.law import months_after

IsHoliday = Callable[[date], bool]
"""Whether a day is a formal public holiday: never the eve of one."""

_SATURDAY = 5


@dataclass(frozen=True)
class Deadline:
    """By when something must be done.

    Attributes:
        target: The day to work towards: that of the month unmoved, or of the own promise.
        legal: The last day the law allows, moved past weekend and holidays.
        promise: The last day by the own promise, never moved; nothing without one.
    """

    target: date
    legal: date
    promise: date | None = None


def is_working_day(day: date, is_holiday: IsHoliday) -> bool:
    """Return whether a day is neither Saturday, Sunday nor public holiday (Art. 2(2))."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def next_working_day(day: date, is_holiday: IsHoliday) -> date:
    """Return the day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, is_holiday):
        day += timedelta(days=1)
    return day


def answer_deadline(
    received_on: date,
    months: int,
    is_holiday: IsHoliday,
    promise_days: int | None = None,
    paused_days: int = 0,
) -> Deadline:
    """Return by when a request is answered (Art. 12(3) GDPR).

    Args:
        received_on: The day it came; not counted.
        months: One; three where it was extended. An extension too counts from receipt, is told
            within the first month, and moves the law's day only.
        is_holiday: The public holidays of the country.
        promise_days: Within how many days the business itself promises to answer.
        paused_days: How many days were spent waiting for proof of who asks (Art. 12(6)); they
            move the law's day, never the promise.
    """
    unmoved = months_after(received_on, months) + timedelta(days=paused_days)
    legal = next_working_day(unmoved, is_holiday)
    if promise_days is None:
        return Deadline(unmoved, legal)
    promise = received_on + timedelta(days=promise_days)
    return Deadline(min(unmoved, promise), legal, promise)


def notice_deadline(
    obtained_on: date, months: int, is_holiday: IsHoliday, contact_on: date | None = None
) -> Deadline:
    """Return by when a person is told that data about her came from others (Art. 14(3) GDPR).

    Args:
        obtained_on: The day the data came; not counted.
        months: One.
        is_holiday: The public holidays of the country.
        contact_on: The day of the first letter or call to her, or of the first disclosure, which
            may come earlier and then counts.
    """
    unmoved = months_after(obtained_on, months)
    legal = next_working_day(unmoved, is_holiday)
    first = contact_on or legal
    return Deadline(min(unmoved, first), min(legal, first))


def breach_deadline(known_at: datetime, hours: int) -> datetime:
    """Return the moment by which a breach is reported (Art. 33(1) GDPR).

    By the clock, weekends and holidays included, and past a change to or from summer time.

    Args:
        known_at: When it became known, with its time zone.
        hours: 72.
    """
    return (known_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(known_at.tzinfo)
