"""What an action changed, so that it can be taken back as long as the register is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, inspect, update
from sqlalchemy.orm import Session

from gdprdesk.domain.base import Entity


@dataclass(frozen=True, repr=False)
class Before:
    """A row as it was before an action; no values if it did not exist."""

    kind: type[Entity]
    key: tuple[Any, ...]
    values: dict[str, Any] | None


class Recorder:
    """Notes the rows of one action as they were.

    Erasing writes nothing here: what was erased never comes back.
    """

    def __init__(self) -> None:
        self._before: dict[tuple[type[Entity], int], tuple[Entity, dict[str, Any] | None]] = {}

    def note(self, session: Session) -> None:
        """Remember what the session is about to write."""
        for entity in session.new:
            self._before.setdefault((type(entity), id(entity)), (entity, None))
        for entity in (*session.dirty, *session.deleted):
            place = (type(entity), id(entity))
            if place not in self._before:
                self._before[place] = (entity, _old_values(entity))

    def result(self) -> tuple[Before, ...]:
        """Return the rows as they were, in the order in which they were first touched."""
        return tuple(
            Before(type(entity), inspect(entity).identity or (), values)
            for entity, values in self._before.values()
        )


def put_back(session: Session, rows: tuple[Before, ...]) -> tuple[Entity, ...]:
    """Write the rows as they were. Returns those that live, to be indexed and logged again."""
    for row in reversed(rows):
        mapper = inspect(row.kind)
        here = [
            column == value for column, value in zip(mapper.primary_key, row.key, strict=True)
        ]
        if row.values is None:
            session.execute(delete(row.kind).where(*here))
        elif session.get(row.kind, row.key) is None:
            session.execute(insert(row.kind).values(row.values))
        else:
            session.execute(update(row.kind).where(*here).values(row.values))
    session.expire_all()
    found = (session.get(row.kind, row.key) for row in rows)
    return tuple(entity for entity in found if entity is not None)


def _old_values(entity: Entity) -> dict[str, Any]:
    state = inspect(entity)
    values = {}
    for column in state.mapper.column_attrs:
        history = state.get_history(column.key, passive=True)  # type: ignore[arg-type]
        old = history.deleted or history.unchanged
        values[column.key] = old[0] if old else getattr(entity, column.key)
    return values
