"""What leaves today because its day has come, and what stays all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gdprdesk.domain.activities import RetentionRule, Rules
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.law import Law
from gdprdesk.domain.retention import Relation, kept_of_person, kept_until
from gdprdesk.domain.terms import AtEnd, Reason, Unit

_SHORTEST_MONTH = 28


@dataclass(frozen=True, repr=False)
class Due:
    """A record whose last day has passed: which day, and by which rule."""

    record: PersonalRecord
    until: date
    rule: RetentionRule

    @property
    def leaves_unasked(self) -> bool:
        """Whether it leaves without a decision of the owner, or a hand that takes it out."""
        return self.rule.at_end is not AtEnd.ASK and not self.record.by_hand


@dataclass(frozen=True, repr=False)
class Waiting:
    """A record whose own rule would let it go, which rule that is, and why it stays."""

    record: PersonalRecord
    reason: Reason
    rule: RetentionRule


def due_of_person(
    records: Iterable[PersonalRecord],
    rules: Mapping[int, Rules],
    law: Law,
    relation: Relation,
    today: date,
) -> tuple[list[Due], list[Waiting]]:
    """Return which records of a person are over today, and which only wait for something."""
    due: list[Due] = []
    waiting: list[Waiting] = []
    records = list(records)
    found = kept_of_person(records, rules, law, relation, today)
    for record, kept in found.items():
        if record.accompanies or kept.rule is None:
            continue
        if kept.until is not None and kept.is_over(today):
            due.append(Due(record, kept.until, kept.rule))
        elif kept.reason is not None and (not kept.held or _is_held(record, records)):
            own = kept_until(record, rules[record.activity_id], law, relation, today)
            if own.is_over(today):
                waiting.append(Waiting(record, kept.reason, kept.rule))
    return due, waiting


def _is_held(record: PersonalRecord, all_of_her: Iterable[PersonalRecord]) -> bool:
    """Return whether a record is kept by decision."""
    return any(other.holds(record) for other in all_of_her)


def latest_start(rule: RetentionRule, law: Law, today: date) -> date:
    """Return a day so late that whatever starts after it cannot be over today.

    A little later than need be: it only spares looking at records that are too young.
    """
    count, unit = rule.most or rule.count, rule.unit
    months = {Unit.DAYS: 0, Unit.MONTHS: count, Unit.YEARS: 12 * count}[unit]
    days = count if unit is Unit.DAYS else months * _SHORTEST_MONTH
    if rule.law is not None:
        days = min(days, law.row(rule.law, today).months * _SHORTEST_MONTH)
    return today - timedelta(days=min(days, today.toordinal() - 1))
