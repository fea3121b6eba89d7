"""What an action changed, so that it can be taken back as long as the register is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, inspect, select, tuple_
from sqlalchemy.orm import Session

from gdprdesk.domain.base import Entity, PersonalRecord
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.store.many_rows import NewRow, restored

_AT_ONCE = 500
Key = tuple[Any, ...]
"""By which a row is found in the file."""


@dataclass(frozen=True, repr=False)
class Before:
    """A row as it was before an action.

    Attributes:
        values: Every column; nothing if the row did not exist.
        changed: The columns that the action changed.
    """

    kind: type[Entity]
    key: Key
    values: dict[str, Any] | None
    changed: frozenset[str] = frozenset()


class Written(NamedTuple):
    """A row of which something was really changed, or that is gone."""

    kind: type[DataSubject | PersonalRecord]
    id: int
    ref: str
    gone: bool = False


class Recorder:
    """Notes the rows of one action as they were."""

    def __init__(self) -> None:
        self._before: dict[Entity | NewRow, dict[str, Any] | None] = {}
        self._changed: dict[Entity, set[str]] = {}

    def note(self, session: Session) -> None:
        """Remember what the session is about to write."""
        for entity in session.new:
            self._before.setdefault(entity, None)
        for entity in (*session.dirty, *session.deleted):
            if entity not in self._before:
                self._before[entity] = _old_values(entity)
            self._changed.setdefault(entity, set()).update(_changed_columns(entity))

    def note_inserted(self, row: NewRow) -> None:
        """Remember a row that was written past the session: it did not exist."""
        self._before.setdefault(row, None)

    def written(self, kinds: Iterable[type[DataSubject | PersonalRecord]]) -> Iterator[Written]:
        """Walk the rows of some kinds of which something was really changed."""
        of_these = tuple(kinds)
        wanted: dict[type[Any], type[DataSubject | PersonalRecord]] = {one: one for one in of_these}
        for one, values in self._before.items():
            if isinstance(one, NewRow):
                if kind := wanted.get(one.kind):
                    yield Written(kind, one.id, one.ref)
            elif isinstance(one, of_these):
                gone = inspect(one).deleted
                if values is None or self._changed.get(one) or gone:
                    yield Written(type(one), one.id, str(one.ref), gone)

    def result(self) -> tuple[Before, ...]:
        """Return the rows as they were, in the order in which they were first touched."""
        return tuple(
            Before(one.kind, one.key, values)
            if isinstance(one, NewRow)
            else Before(
                type(one),
                inspect(one).identity or (),
                values,
                frozenset(self._changed.get(one, ())),
            )
            for one, values in self._before.items()
        )


def put_back(session: Session, rows: Sequence[Before]) -> Iterator[NewRow]:
    """Write the rows as they were, the last first. Yields those that had been deleted."""
    for (kind, is_new), alike in groupby(
        reversed(rows), lambda row: (row.kind, row.values is None)
    ):
        left = iter(alike)
        while some := list(islice(left, _AT_ONCE)):
            there = _there(session, kind, [row.key for row in some])
            if is_new:
                _take_out(session, kind, there)
            else:
                yield from _restore(session, kind, some, there)


def _take_out(session: Session, kind: type[Entity], there: Mapping[Key, Entity]) -> None:
    if kind is DataSubject:  # a half-written form about her goes with her
        people = [key[0] for key in there]
        session.execute(delete(Draft).where(Draft.subject_id.in_(people)))
    for entity in there.values():
        session.delete(entity)
    session.flush()


def _restore(
    session: Session, kind: type[Entity], rows: Sequence[Before], there: Mapping[Key, Entity]
) -> Iterator[NewRow]:
    for is_gone, alike in groupby(rows, lambda row: row.key not in there):
        if is_gone:
            gone = [(row.key, row.values or {}) for row in alike]
            session.execute(insert(kind), [values for _key, values in gone])
            yield from (restored(kind, key, values) for key, values in gone)
            continue
        for row in alike:
            entity, was = there[row.key], row.values or {}
            for column in row.changed:
                getattr(entity, column)  # what is not read now could not be put back in its turn
                setattr(entity, column, was[column])
            session.flush()


def _there(session: Session, kind: type[Entity], keys: Sequence[Key]) -> dict[Key, Entity]:
    """Return those rows of a kind that there are, in the order of their keys as they are given."""
    columns = inspect(kind).primary_key
    found = session.scalars(select(kind).where(tuple_(*columns).in_(keys)))
    by_key = {inspect(one).identity or (): one for one in found}
    return {key: by_key[key] for key in keys if key in by_key}


def _changed_columns(entity: Entity) -> Iterator[str]:
    state = inspect(entity)
    if not state.modified:
        return
    for column in state.mapper.column_attrs:
        if state.attrs[column.key].history.has_changes():
            yield column.key


def _old_values(entity: Entity) -> dict[str, Any]:
    state = inspect(entity)
    if not state.modified:
        return {one.key: getattr(entity, one.key) for one in state.mapper.column_attrs}
    values = {}
    for column in state.mapper.column_attrs:
        old = state.attrs[column.key].history.deleted
        values[column.key] = old[0] if old else getattr(entity, column.key)
    return values
