"""What the clean-up would take, before it is done: what is over, what waits and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity, RetentionRule
from gdprdesk.domain.base import ActivityRef, PersonalRecord, RecordRef, SubjectRef, kind_name
from gdprdesk.domain.due import Due, Waiting
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.retention import describe_rule
from gdprdesk.domain.terms import AtEnd, CleanUpMode, Permission, Reason
from gdprdesk.services.due import Found, find_due, leaves
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.holds import name_of_record
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import query

_SOON = timedelta(days=30)


@dataclass(frozen=True, repr=False)
class DueRow:
    """A record that is over, or only waits.

    Attributes:
        said: What people call it: "Order 2210".
        name: Of the person; empty if it belongs to nobody.
        at_end: What becomes of it.
        until: Its last day; nothing if it waits.
        reason: Why it waits; nothing if it is over.
        hold: The decision by which it is kept, if there is one.
    """

    ref: RecordRef
    kind: str
    said: str
    subject_ref: SubjectRef | None
    name: str
    at_end: AtEnd
    until: date | None = None
    reason: Reason | None = None
    hold: RecordRef | None = None


@dataclass(frozen=True, repr=False)
class DueGroup:
    """What is over in one activity, by its rule.

    Attributes:
        rule: The rule as a sentence.
        asks: Nothing of it leaves by itself: the owner decides about each.
    """

    activity_ref: ActivityRef
    activity: str
    icon: str
    rule: str
    asks: bool
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, repr=False)
class CleanUpView:
    """What the clean-up would take now.

    Attributes:
        due: What is over, group by group.
        waiting: What would be over, and why it stays.
        by_hand: What is over and lies on paper: somebody takes it out and shreds it.
        names: Of whom only the name is left; it goes without being asked about.
        people: How many people would leave with the last of their data.
        soon: How many records more will be over within thirty days.
        mode: Who starts it.
    """

    day: date
    due: tuple[DueGroup, ...]
    waiting: tuple[DueGroup, ...]
    by_hand: tuple[DueRow, ...]
    names: tuple[str, ...]
    people: int
    soon: int
    mode: CleanUpMode

    @property
    def records(self) -> int:
        """Return how many records leave without being asked about."""
        return sum(len(group.rows) for group in self.due if not group.asks)


@query("clean_up.show", needs=Permission.ERASE)
def show_clean_up(read: Session) -> CleanUpView:
    """Return what is over today and why, what waits, and how much comes within thirty days."""
    today = today_of(read)
    found = list(find_due(read, today))
    now = {item.record.ref for one in found for item in one.due}
    taken = {item.record.ref for one in found for item in one.due if item.leaves_unasked}
    later = find_due(read, today + _SOON)
    return CleanUpView(
        day=today,
        due=_groups(read, found, waiting=False),
        waiting=_groups(read, found, waiting=True),
        by_hand=tuple(
            _row(one, item.record, item.rule.at_end, until=item.until)
            for one in found
            for item in one.due
            if item.record.by_hand
        ),
        names=tuple(one.subject.name for one in found if one.is_over and one.subject),
        people=sum(leaves(one, taken) for one in found),
        soon=sum(
            item.record.ref not in now and not item.record.by_hand
            for one in later
            for item in one.due
        ),
        mode=controller_of(read).clean_up,
    )


@query("clean_up.count", needs=Permission.ERASE)
def count_due(read: Session) -> int:
    """Return how many records are over today, or are to be decided about; paper is no record."""
    return sum(
        sum(not item.record.by_hand for item in one.due) + one.is_over
        for one in find_due(read, today_of(read))
    )


def _groups(read: Session, found: Iterable[Found], *, waiting: bool) -> tuple[DueGroup, ...]:
    rows: dict[tuple[int, bool, RetentionRule], list[DueRow]] = defaultdict(list)
    for one in found:
        for item, row in _waiting_rows(one) if waiting else _due_rows(one):
            rows[item.record.activity_id, row.at_end is AtEnd.ASK, item.rule].append(row)
    law, today = law_of(read), today_of(read)
    ordered = read.scalars(select(ProcessingActivity).order_by(ProcessingActivity.position))
    places = {activity.id: (place, activity) for place, activity in enumerate(ordered)}
    return tuple(
        DueGroup(
            activity_ref=places[number][1].ref,
            activity=places[number][1].name,
            icon=places[number][1].icon,
            rule=describe_rule(rule, law, today),
            asks=asks,
            rows=tuple(some),
        )
        for (number, asks, rule), some in sorted(
            rows.items(), key=lambda group: (places[group[0][0]][0], group[0][1])
        )
    )


def _due_rows(one: Found) -> Iterator[tuple[Due, DueRow]]:
    for item in one.due:
        if not item.record.by_hand:
            yield item, _row(one, item.record, item.rule.at_end, until=item.until)


def _waiting_rows(one: Found) -> Iterator[tuple[Waiting, DueRow]]:
    holds = [record for record in one.records if isinstance(record, Hold)]
    for item in one.waiting:
        hold = next((hold.ref for hold in holds if hold.holds(item.record)), None)
        if hold is None and item.record.by_hand:  # a box that is still filled waits for nobody
            continue
        yield item, _row(one, item.record, AtEnd.ERASE, reason=item.reason, hold=hold)


def _row(one: Found, record: PersonalRecord, at_end: AtEnd, **said: Any) -> DueRow:
    return DueRow(
        ref=record.ref,
        kind=kind_name(type(record)),
        said=name_of_record(record),
        subject_ref=one.subject.ref if one.subject else None,
        name=one.subject.name if one.subject else "",
        at_end=at_end,
        **said,
    )
