"""Whose data are over, found without reading what everybody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union, union_all
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import Rules
from gdprdesk.domain.base import (
    PersonalDate,
    PersonalRecord,
    RecordRef,
    personal_columns,
    personal_kinds,
)
from gdprdesk.domain.bookings import NOBODYS_DAYS, Booking
from gdprdesk.domain.consents import CONFIRMS_WITHIN, Consent
from gdprdesk.domain.due import Due, Waiting, due_of_person, latest_start
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.law import Law
from gdprdesk.domain.retention import Relation, name_kept_until
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import Decision, Start, SubjectKind, SubjectState
from gdprdesk.services.finding import find_activity_for, records_of_many, relation_to, rules_of
from gdprdesk.services.law import law_of

_AT_ONCE = 200


@dataclass(frozen=True, repr=False)
class Found:
    """Somebody of whom something is over, or would be.

    Attributes:
        subject: The person; nothing if it is an order of a company or of nobody.
        records: Everything about her.
        is_over: She herself is over: nothing is kept about her but her name.
    """

    subject: DataSubject | None
    relation: Relation
    records: Sequence[PersonalRecord]
    due: Sequence[Due]
    waiting: Sequence[Waiting]
    is_over: bool = False


@dataclass(frozen=True)
class _Rulebook:
    """What decides, and where there is anything to decide about.

    Attributes:
        starts: For each activity the last day from which its rule can be over today.
        kinds: The kinds there are records of, each with the activities they belong to: far fewer
            than there could be.
    """

    rules: dict[int, Rules]
    law: Law
    today: date
    starts: dict[int, date]
    kinds: dict[type[PersonalRecord], list[int]]


def find_due(read: Session, today: date) -> Iterator[Found]:
    """Walk everybody who has something that is over on a day, or that only waits for something.

    Whoever is about to be erased, or has been, is not among them.
    """
    book = _rulebook(read, today)
    yield from _people(read, book)
    yield from _nameless(read, book)
    yield from _nobodies(read, book)


def find_by_hand(read: Session, today: date) -> Iterator[tuple[DataSubject | None, Due]]:
    """Walk what is over and has to be taken out by somebody, with the person it is about."""
    book = _rulebook(read, today, by_hand=True)
    for one in chain(_people(read, book), _nameless(read, book)):
        yield from ((one.subject, item) for item in one.due if item.record.by_hand)


def leaves(one: Found, taken: AbstractSet[RecordRef]) -> bool:
    """Return whether nothing is left of a person when some records are taken.

    What a company ordered through her stays with the company, without her.
    """
    if one.subject is None or any(isinstance(record, Hold) for record in one.records):
        return False
    own = [record for record in one.records if not record.accompanies and not record.outlives_her()]
    gone = any(record.ref in taken for record in one.records)
    return one.is_over or (gone and all(record.ref in taken for record in own))


def _rulebook(read: Session, today: date, *, by_hand: bool = False) -> _Rulebook:
    rules, law = rules_of(read), law_of(read)
    starts = {number: latest_start(one[0], law, today) for number, one in rules.items()}
    used = _kinds_in_use(read)
    kinds = {kind: used[kind] for kind in used if kind.by_hand or not by_hand}
    return _Rulebook(rules, law, today, starts, kinds)


def _people(read: Session, book: _Rulebook) -> Iterator[Found]:
    ids = sorted(_candidates(read, book))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        records = records_of_many(read, some)
        active = select(DataSubject).where(
            DataSubject.id.in_(some), DataSubject.state == SubjectState.ACTIVE
        )
        for subject in read.scalars(active.order_by(DataSubject.sort_key)):
            own = records[subject.id]
            relation = relation_to(read, subject, own)
            due, waiting = due_of_person(own, book.rules, book.law, relation, book.today)
            if due or waiting:
                yield Found(subject, relation, own, due, waiting)


def _nameless(read: Session, book: _Rulebook) -> Iterator[Found]:
    """Walk what belongs to nobody, or to a company of which no contact is known."""
    holds = read.scalars(select(Hold).where(Hold.subject_id.is_(None))).all()
    for kind in book.kinds:
        over = or_(_may_be_over(kind, book), *_leaves_by_itself(kind, book.today))
        loose = select(kind).where(kind.subject_id.is_(None), over)
        for record in read.scalars(loose):
            ended = None if record.belongs_to_company() else record.active_on()
            relation = Relation(record.active_on(), ended)
            own = [record, *(one for one in holds if one.target == record.ref)]
            due, waiting = due_of_person(own, book.rules, book.law, relation, book.today)
            if due or waiting:
                yield Found(None, relation, own, due, waiting)


def _nobodies(read: Session, book: _Rulebook) -> Iterator[Found]:
    """Walk people of whom only the name is left: it goes as how to reach them would."""
    filed: dict[int, list[SubjectKind]] = defaultdict(list)
    for kind in SubjectKind:
        activity = find_activity_for(read, ContactDetail, kind)
        if activity is not None:  # without a place for it there is no rule either
            filed[activity.id].append(kind)
    for number, kinds in filed.items():
        yield from _only_named(read, book, kinds, book.rules[number])


def _only_named(
    read: Session, book: _Rulebook, kinds: list[SubjectKind], rules: Rules
) -> Iterator[Found]:
    day = latest_start(rules[0], book.law, book.today)
    since = func.coalesce(DataSubject.active_on, DataSubject.registered_on)
    alone = select(DataSubject).where(
        DataSubject.state == SubjectState.ACTIVE, DataSubject.kind.in_(kinds), since <= day
    )
    for kind in _own_kinds():
        alone = alone.where(~select(kind.id).where(kind.subject_id == DataSubject.id).exists())
    people = read.scalars(alone.order_by(DataSubject.sort_key)).all()
    records = records_of_many(read, [one.id for one in people])
    for subject in people:
        own = records[subject.id]
        relation = relation_to(read, subject, own)
        held = any(isinstance(one, Hold) for one in own)
        if not held and name_kept_until(rules, relation) < book.today:
            yield Found(subject, relation, own, (), (), is_over=True)


def _candidates(read: Session, book: _Rulebook) -> set[int]:
    """Return the keys of people of whom something is old enough to be looked at."""
    ended = set(
        read.scalars(select(DataSubject.id).where(DataSubject.relation_ended_on.is_not(None)))
    )
    used = {number for numbers in book.kinds.values() for number in numbers}
    lately = {
        book.starts[number]: _active_after(read, book.starts[number], book)
        for number in used
        if book.rules[number][0].start is Start.LAST_ACTIVITY
    }
    found: set[int] = set()
    for kind in book.kinds:
        old = select(kind.subject_id, kind.activity_id).where(_may_be_over(kind, book)).distinct()
        for subject, number in read.execute(old):
            start = book.rules[number][0].start
            goes_on = start is Start.RELATION_ENDED and subject not in ended
            was_here = start is Start.LAST_ACTIVITY and subject in lately[book.starts[number]]
            if subject is not None and not goes_on and not was_here:
                found.add(subject)
        for over in _leaves_by_itself(kind, book.today):
            found |= {one for one in read.scalars(select(kind.subject_id).where(over)) if one}
    return found


def _active_after(read: Session, day: date, book: _Rulebook) -> set[int]:
    """Return the keys of people who had to do with the business after a day, for certain."""
    asked = [select(kind.subject_id).where(_every_day_after(kind, day)) for kind in book.kinds]
    return {one for one in read.scalars(union(*asked)) if one is not None} if asked else set()


def _may_be_over(kind: type[PersonalRecord], book: _Rulebook) -> ColumnElement[bool]:
    """Return what is so of every record of a kind that is over, and of few others."""
    ended = [getattr(kind, kind.clock[kind.cut_short]).is_not(None)] if kind.cut_short else []
    return or_(
        *ended,
        *(
            and_(
                kind.activity_id == number,
                or_(
                    *(
                        getattr(kind, column) <= book.starts[number]
                        for column in _starting_days(kind, book.rules[number][0].start)
                    )
                ),
            )
            for number in book.kinds[kind]
        ),
    )


def _leaves_by_itself(kind: type[PersonalRecord], today: date) -> Iterator[ColumnElement[bool]]:
    """Yield what is so of what has a last day of its own that may have passed.

    Such are the orders of nobody, and sign-ups that were never confirmed.
    """
    if issubclass(kind, Consent):
        asked_before = kind.decided_on < today - CONFIRMS_WITHIN
        yield and_(kind.decision == Decision.PENDING, kind.ended_on.is_(None), asked_before)
    if issubclass(kind, Booking):
        day = today - timedelta(days=NOBODYS_DAYS)
        of_nobody = and_(kind.subject_id.is_(None), kind.company_id.is_(None))
        yield and_(of_nobody, kind.recorded_on < day)


def _starting_days(kind: type[PersonalRecord], start: Start) -> list[str]:
    """Return the columns one of which is the day from which a rule counts."""
    by_clock = kind.started_on is PersonalRecord.started_on
    if by_clock and start not in {Start.LAST_ACTIVITY, Start.RELATION_ENDED}:
        return [kind.clock.get(start, "recorded_on")]
    return _days_of(kind)


def _every_day_after(kind: type[PersonalRecord], day: date) -> ColumnElement[bool]:
    columns = [getattr(kind, column) for column in _days_of(kind)]
    return and_(*(column.is_(None) | (column > day) for column in columns))


def _days_of(kind: type[PersonalRecord]) -> list[str]:
    return [name for name, type_ in personal_columns(kind) if isinstance(type_, PersonalDate)]


def _kinds_in_use(read: Session) -> dict[type[PersonalRecord], list[int]]:
    kinds = {kind.__name__: kind for kind in _own_kinds()}
    asked = (select(literal(name), kind.activity_id).distinct() for name, kind in kinds.items())
    found: dict[type[PersonalRecord], list[int]] = defaultdict(list)
    for name, number in read.execute(union_all(*asked)):
        found[kinds[name]].append(number)
    return found


def _own_kinds() -> Iterator[type[PersonalRecord]]:
    return (kind for kind in personal_kinds() if not kind.accompanies)
