"""The clock of a breach: when it became known, by when it is reported, how much is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BreachRisk
from gdprdesk.i18n import _
from gdprdesk.services.deadlines import breach_deadline
from gdprdesk.services.finding import controller_of
from gdprdesk.services.law import deadline_row

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, repr=False)
class BreachClock:
    """How much of the time to report a breach is left: Article 33(1).

    Attributes:
        known_at: When it became known.
        due_at: By when it is reported.
        hours: How many hours the law gives.
        left: How many whole hours are left, never more than there are; 0 when it is over.
        over: How many whole hours it is over.
        runs: Whether it still counts: neither reported nor written down why not.
        is_late: Whether it runs and is over.
        was_late: Whether it was reported after its time.
    """

    known_at: datetime
    due_at: datetime
    hours: int
    left: int
    over: int
    runs: bool
    is_late: bool
    was_late: bool


def clock_of(read: Session, breach: Breach, now: datetime, *, for_others: bool) -> BreachClock:
    """Return how the clock of a breach stands at a moment."""
    known_at = datetime.fromisoformat(breach.known_at)
    country = controller_of(read).country
    due_at = breach_deadline(country, known_at)
    reported = moment_of(breach.reported_at)
    runs = not (reported or breach.not_reported or breach.closed_on or for_others)
    return BreachClock(
        known_at=known_at,
        due_at=due_at,
        hours=deadline_row(country, "breach", known_at.date()).hours,
        left=max((due_at - now) // _HOUR, 0),
        over=max((now - due_at) // _HOUR, 0),
        runs=runs,
        is_late=runs and now > due_at,
        was_late=reported is not None and reported > due_at,
    )


def from_risk(read: Session, breach: Breach) -> BreachRisk:
    """Return the least risk that the law of the day it became known wants reported."""
    day = datetime.fromisoformat(breach.known_at).date()
    return BreachRisk(deadline_row(controller_of(read).country, "breach", day).from_risk)


def moment_of(kept: str | None) -> datetime | None:
    """Return a moment as it is reckoned with; nothing for nothing."""
    return datetime.fromisoformat(kept) if kept else None


def kept_moment(moment: datetime) -> str:
    """Return a moment as it is kept, in UTC; without a time zone it is by the wall's clock."""
    return moment.astimezone(UTC).isoformat()


def not_after(moment: datetime, now: datetime) -> datetime:
    """Return a moment that has come.

    Raises:
        DomainError: It has not.
    """
    if moment.astimezone() > now:
        raise DomainError(
            _(
                "This moment has not come yet. Nothing was saved. "
                "Look at the day and the time again."
            )
        )
    return moment
