"""How long a record is kept, and how a rule is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.law import CountsFrom, Law
from gdprdesk.domain.terms import Start, Unit, say
from gdprdesk.i18n import _, current_language, ngettext


@dataclass(frozen=True, repr=False)
class Kept:
    """Until when something is kept; no day while that is open."""

    until: date | None
    held: bool = False


def held_until(record: PersonalRecord, rule: RetentionRule, law: Law, today: date) -> date | None:
    """Return the last day a law holds a record; without end while its period has not begun."""
    if rule.law is None or not record.is_original():
        return None
    day = record.started_on(rule.start)
    return date.max if day is None else law.keep_until(rule.law, day, today)


def kept_until(
    record: PersonalRecord, rule: RetentionRule, law: Law, last_activity: date, today: date
) -> Kept:
    """Return the last day a rule lets a record live, law before own limit.

    Args:
        record: What is kept.
        rule: That of its activity.
        law: That of the controller.
        last_activity: When the person and the business last had to do with each other.
        today: The day that is asked for.
    """
    held = held_until(record, rule, law, today)
    if held is not None:
        return Kept(None if held == date.max else held, held=True)
    start = last_activity if rule.start is Start.LAST_ACTIVITY else record.started_on(rule.start)
    if start is not None and rule.start is Start.FINANCIAL_YEAR_END:
        start = law.year_end(start)
    return Kept(None if start is None else rule.after(start))


def last_activity(records: Iterable[PersonalRecord], since: date) -> date:
    """Return the last day that the records of a person speak of."""
    return max((record.active_on() for record in records), default=since)


def person_kept_until(
    records: Iterable[PersonalRecord],
    rules: Mapping[int, RetentionRule],
    law: Law,
    since: date,
    today: date,
) -> date | None:
    """Return when the last record of a person leaves, and her name with it; nothing if open."""
    known = list(records)
    latest = last_activity(known, since)
    days = [
        kept_until(record, rules[record.activity_id], law, latest, today).until for record in known
    ]
    return None if None in days else max((day for day in days if day), default=None)


def describe_rule(rule: RetentionRule, law: Law, today: date) -> str:
    """Return a rule as a sentence in the language spoken."""
    if rule.law is not None:
        row = law.row(rule.law, today)
        name = row.name[current_language()]
        if row.counts_from is CountsFrom.CALENDAR_YEAR:
            return _(
                "{count} years after the end of the calendar year in which the financial year "
                "ended ({law})"
            ).format(count=row.months // 12, law=name)
        return _("{period} after the end of the financial year ({law})").format(
            period=_period(row.months, Unit.MONTHS), law=name
        )
    if rule.count == 0:
        return _("Until {event}").format(event=say(rule.start))
    return _("{period} after {event}").format(
        period=_period(rule.count, rule.unit), event=say(rule.start)
    )


def _period(count: int, unit: Unit) -> str:
    if unit is Unit.MONTHS and count % 12 == 0 and count > 24:  # noqa: PLR2004
        count, unit = count // 12, Unit.YEARS
    said = {
        Unit.DAYS: ngettext("{count} day", "{count} days", count),
        Unit.MONTHS: ngettext("{count} month", "{count} months", count),
        Unit.YEARS: ngettext("{count} year", "{count} years", count),
    }
    return said[unit].format(count=count)
