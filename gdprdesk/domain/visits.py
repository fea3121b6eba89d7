"""When visits come again, and when two of them are at the same time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, time, timedelta

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Every
from gdprdesk.i18n import _

_DAYS = {Every.WEEK: 7, Every.TWO_WEEKS: 14}
_MINUTES_OF_HOUR = 60


def repeat_days(
    first: date, every: Every, *, times: int, until: date | None = None, series: Iterable[date] = ()
) -> tuple[date, ...]:
    """Return on which days something comes again after its first day.

    A month counts on the calendar: from 31 January to 28 February, and on to 31 March, also if it
    goes on from the day in February.

    Args:
        first: The day it begins with, which is not among them.
        every: How often.
        times: How many times again, at most.
        until: The last day it may come again; nothing for no such day.
        series: Days on which it comes already, so that the last day of a short month is known.
    """
    day = max((one.day for one in series), default=0) if _ends_month(first) else 0
    days = (_later(first, every, number, max(day, first.day)) for number in range(1, times + 1))
    return tuple(day for day in days if until is None or day <= until)


def overlap(at: time, minutes: int, other_at: time, other_minutes: int) -> bool:
    """Return whether two visits of one day have a minute in common."""
    start, other = _minute_of(at), _minute_of(other_at)
    return start < other + max(other_minutes, 1) and other < start + max(minutes, 1)


def ends_at(at: time, minutes: int) -> time:
    """Return when a visit is over by the clock on the wall."""
    hours, rest = divmod(_minute_of(at) + minutes, _MINUTES_OF_HOUR)
    return time(hours % 24, rest)


def minutes_between(start: time, end: time) -> int:
    """Return how long a visit is.

    Raises:
        DomainError: It ends before it begins.
    """
    minutes = _minute_of(end) - _minute_of(start)
    if minutes <= 0:
        raise DomainError(
            _("A visit cannot end before it begins. Nothing was saved. Look at the times again.")
        )
    return minutes


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _later(first: date, every: Every, number: int, day: int) -> date:
    if every in _DAYS:
        return first + timedelta(days=_DAYS[every] * number)
    years, month = divmod(first.month - 1 + number, 12)
    year, month = first.year + years, month + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def _minute_of(at: time) -> int:
    return at.hour * _MINUTES_OF_HOUR + at.minute
