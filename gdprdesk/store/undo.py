"""What an action changed, so that it can be taken back as long as the register is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, inspect
from sqlalchemy.orm import Session

from gdprdesk.domain.base import Entity
from gdprdesk.domain.notes import Draft
from gdprdesk.domain.subjects import DataSubject


@dataclass(frozen=True, repr=False)
class Before:
    """A row as it was before an action.

    Attributes:
        values: Every column; nothing if the row did not exist.
        changed: The columns that the action changed.
    """

    kind: type[Entity]
    key: tuple[Any, ...]
    values: dict[str, Any] | None
    changed: frozenset[str] = frozenset()


class Recorder:
    """Notes the rows of one action as they were."""

    def __init__(self) -> None:
        self._before: dict[Entity, dict[str, Any] | None] = {}
        self._changed: dict[Entity, set[str]] = {}

    def note(self, session: Session) -> None:
        """Remember what the session is about to write."""
        for entity in session.new:
            self._before.setdefault(entity, None)
        for entity in (*session.dirty, *session.deleted):
            if entity not in self._before:
                self._before[entity] = _old_values(entity)
            self._changed.setdefault(entity, set()).update(_changed_columns(entity))

    def note_inserted(self, entity: Entity) -> None:
        """Remember a row that was written past the session: it did not exist."""
        self._before.setdefault(entity, None)

    def written(self) -> Iterator[Entity]:
        """Walk the rows of which something was really changed."""
        for entity, values in self._before.items():
            if values is None or self._changed.get(entity) or inspect(entity).deleted:
                yield entity

    def result(self) -> tuple[Before, ...]:
        """Return the rows as they were, in the order in which they were first touched."""
        return tuple(
            Before(
                type(entity),
                inspect(entity).identity or (),
                values,
                frozenset(self._changed.get(entity, ())),
            )
            for entity, values in self._before.items()
        )


def put_back(session: Session, rows: tuple[Before, ...]) -> Iterator[Entity]:
    """Write the rows as they were, the last first. Yields those that had been deleted."""
    for row in reversed(rows):
        entity = session.get(row.kind, row.key)
        if row.values is None:
            if isinstance(entity, DataSubject):  # a half-written form about her goes with her
                session.execute(delete(Draft).where(Draft.subject_id == entity.id))
            if entity is not None:
                session.delete(entity)
        elif entity is None:
            session.execute(insert(row.kind).values(row.values))
            yield session.get_one(row.kind, row.key)
        else:
            for column in row.changed:
                getattr(entity, column)  # what is not read now could not be put back in its turn
                setattr(entity, column, row.values[column])
        session.flush()


def _changed_columns(entity: Entity) -> Iterator[str]:
    state = inspect(entity)
    for column in state.mapper.column_attrs:
        if state.attrs[column.key].history.has_changes():
            yield column.key


def _old_values(entity: Entity) -> dict[str, Any]:
    state = inspect(entity)
    values = {}
    for column in state.mapper.column_attrs:
        old = state.attrs[column.key].history.deleted
        values[column.key] = old[0] if old else getattr(entity, column.key)
    return values
