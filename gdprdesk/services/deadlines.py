"""By when to answer, to tell and to report in a country."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from gdprdesk.domain import deadlines
from gdprdesk.domain.deadlines import Deadline
from gdprdesk.services.holidays import is_public_holiday
from gdprdesk.services.law import deadline_row


def answer_deadline(
    country: str,
    received_on: date,
    *,
    promise_days: int | None = None,
    extended: bool = False,
    paused_days: int = 0,
) -> Deadline:
    """Return by when a request is answered, by the law and by the own promise."""
    row = deadline_row(country, "extension" if extended else "answer", received_on)
    return deadlines.answer_deadline(
        received_on, row.months, partial(is_public_holiday, country), promise_days, paused_days
    )


def notice_deadline(country: str, obtained_on: date, contact_on: date | None = None) -> Deadline:
    """Return by when a person is told that data about her came from others."""
    row = deadline_row(country, "source_notice", obtained_on)
    return deadlines.notice_deadline(
        obtained_on, row.months, partial(is_public_holiday, country), contact_on
    )


def breach_deadline(country: str, known_at: datetime) -> datetime:
    """Return the moment by which a breach that became known is reported."""
    row = deadline_row(country, "breach", known_at.date())
    return deadlines.breach_deadline(known_at, row.hours)
