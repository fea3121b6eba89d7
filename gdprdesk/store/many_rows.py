"""Many new rows of a kind written at once, without an object for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from sqlalchemy import Dialect, func, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from gdprdesk.domain.base import Entity, new_ref
from gdprdesk.domain.subjects import DataSubject

Columns = Mapping[str, Any]
"""What a row says, by the names of its columns."""
_OWN = ("id", "ref")
_AT_ONCE = 1000


@dataclass(slots=True, repr=False, eq=False)
class NewRow:
    """A row that was written past the session.

    Attributes:
        key: By which it is found in the file.
        ref: Empty if its kind has none.
        subject_id: Whom it is about; nothing if it is about nobody.
    """

    kind: type[Entity]
    key: tuple[Any, ...]
    ref: str
    subject_id: int | None

    @property
    def id(self) -> int:
        """Return the number that is its key."""
        number: int = self.key[0]
        return number


def restored(kind: type[Entity], key: tuple[Any, ...], said: Columns) -> NewRow:
    """Return what is to be remembered of a row that was written as it had been before."""
    return NewRow(kind, key, said.get("ref", ""), _whom(kind, key[0], said))


def write_rows(session: Session, kind: type[Entity], rows: Iterable[Columns]) -> Iterator[NewRow]:
    """Write new rows, in their order; what they do not say is as in any new one of their kind.

    Args:
        session: Of a transaction in which nobody else writes; what waits in it is written first.
        kind: One whose rows have a number as key, and a ref.
        rows: What each says; all of them say the same columns.
    """
    left = iter(rows)
    first = next(left, None)
    if first is None:
        return
    session.flush()
    connection = session.connection()
    number = connection.scalar(select(func.max(inspect(kind).primary_key[0]))) or 0
    form = _Form(kind, first, connection.dialect)
    left = chain((first,), left)
    while some := list(islice(left, _AT_ONCE)):
        refs = [new_ref() for _ in some]
        connection.exec_driver_sql(form.statement, form.filled(some, number, refs))
        for ref, said in zip(refs, some, strict=True):
            number += 1
            yield NewRow(kind, (number,), ref, _whom(kind, number, said))


class _Form:
    """The statement that writes rows of a kind, and their values as the file holds them."""

    def __init__(self, kind: type[Entity], first: Columns, dialect: Dialect) -> None:
        example, attributes = kind(**first), inspect(kind).column_attrs
        columns = {one.key: one.columns[0] for one in attributes}
        writers = {name: _writer(column.type, dialect) for name, column in columns.items()}
        usual = [name for name in columns if name not in first and name not in _OWN]
        self._said = [(name, writers[name]) for name in first]
        self._same = [writers[name](getattr(example, name)) for name in usual]
        listed = ", ".join(f'"{columns[name].name}"' for name in (*_OWN, *first, *usual))
        places = ", ".join("?" * len(columns))
        table = inspect(kind).local_table
        self.statement = f'INSERT INTO "{table}" ({listed}) VALUES ({places})'  # noqa: S608

    def filled(
        self, rows: Sequence[Columns], last: int, refs: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Return the values of some rows, which get the next numbers."""
        by_column = [[write(row[name]) for row in rows] for name, write in self._said]
        numbers = range(last + 1, last + 1 + len(rows))
        same = ([value] * len(rows) for value in self._same)
        return list(zip(numbers, refs, *by_column, *same, strict=True))


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """Return what makes of a value what the file holds, as for any row."""
    return kind.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _whom(kind: type[Entity], number: int, said: Columns) -> int | None:
    about: int | None = said.get("subject_id")
    return number if kind is DataSubject else about
