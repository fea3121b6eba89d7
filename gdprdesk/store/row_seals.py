"""The seals that tie each row about a person to the line of the log that changed it last.

Rows are read as they lie in the file, so that a seal written today is the same when another version
of the program reads it, and so that what is no day or no number can be looked at too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import inspect

from gdprdesk.domain.audit import seal, sealed_kinds
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.i18n import _
from gdprdesk.store.audit_chain import Ask

SealedKind = type[DataSubject | PersonalRecord]
Row = tuple[str, dict[str, Any]]
"""The ref of a row, and all that it says."""

_AT_ONCE = 500
_PUT = (
    "INSERT INTO row_seal (ref, seq, mac) VALUES (?, ?, ?) "
    "ON CONFLICT (ref) DO UPDATE SET seq = excluded.seq, mac = excluded.mac"
)


def seal_rows(ask: Ask, key: bytes, seq: int, rows: Iterable[tuple[SealedKind, int]]) -> None:
    """Seal some rows, given by kind and number, as they are in the file now."""
    numbers: defaultdict[SealedKind, list[int]] = defaultdict(list)
    for kind, number in rows:
        numbers[kind].append(number)
    for kind, wanted in numbers.items():
        for start in range(0, len(wanted), _AT_ONCE):
            some = ", ".join(map(str, wanted[start : start + _AT_ONCE]))
            _put(ask, key, seq, kind, rows_of(ask, kind, f"WHERE id IN ({some})"))


def seal_everything(ask: Ask, key: bytes, seq: int) -> set[str]:
    """Seal every row there is, for a register of an earlier version; returns their refs."""
    done: set[str] = set()
    for kind in sealed_kinds():
        done |= _put(ask, key, seq, kind, rows_of(ask, kind))
    return done


def renew_seals(ask: Ask, key: bytes, seq: int, through: int) -> set[str]:
    """Tie to a new line of the log the rows whose own line is about to go; returns their refs.

    Args:
        ask: Of the register.
        key: The key of the log.
        seq: The number of the new line.
        through: The number of the last line that goes.

    Raises:
        DomainError: A row is not as that line left it: what shows that must not go.
    """
    old = "SELECT ref, seq, mac FROM row_seal WHERE seq <= ?"
    seals = {ref: (own, mac) for ref, own, mac in ask(old, (through,))}
    done: set[str] = set()
    for kind in sealed_kinds():
        table = table_of(kind)
        where = f"WHERE ref IN (SELECT ref FROM row_seal WHERE seq <= {through:d})"  # noqa: S608
        rows = list(rows_of(ask, kind, where))
        for ref, values in rows:
            own, mac = seals.pop(ref)
            if seal(key, own, table, values.items()) != mac:
                raise _not_as_it_was()
        done |= _put(ask, key, seq, kind, rows)
    if seals:
        raise _not_as_it_was()
    return done


@contextmanager
def keeping_seal(ask: Ask, key: bytes, kind: SealedKind, number: int) -> Iterator[None]:
    """Change how a row is written and not what it says, such as under another key.

    It stays tied to its line of the log; one that was changed outside the program stays found out.

    Args:
        ask: Of the register.
        key: The key of its log.
        kind: The kind of the row.
        number: Its number.
    """
    where = f"WHERE id = {number:d}"
    ((ref, values),) = rows_of(ask, kind, where)
    found = ask("SELECT seq, mac FROM row_seal WHERE ref = ?", (ref,)).fetchone()
    seq, mac = found or (0, b"")
    was_right = seal(key, seq, table_of(kind), values.items()) == mac
    yield
    if was_right:
        _put(ask, key, seq, kind, rows_of(ask, kind, where))


def break_seals(ask: Ask, refs: Iterable[str]) -> None:
    """Take away the seals of rows that are gone."""
    gone = [(ref,) for ref in refs]
    if gone:
        ask("DELETE FROM row_seal WHERE ref = ?", gone)


def rows_of(ask: Ask, kind: SealedKind, where: str = "") -> Iterator[Row]:
    """Walk the rows of a kind as they are in the file, some or all."""
    names = [column.name for column in inspect(kind).local_table.columns]
    listed = ", ".join(f'"{name}"' for name in names)
    asked = f'SELECT {listed} FROM "{table_of(kind)}" {where}'  # noqa: S608  (words of our own)
    for row in ask(asked):
        values = dict(zip(names, row, strict=True))
        yield values["ref"], values


def table_of(kind: SealedKind) -> str:
    """Return the table of a kind."""
    return str(inspect(kind).local_table)


def _put(ask: Ask, key: bytes, seq: int, kind: SealedKind, rows: Iterable[Row]) -> set[str]:
    table = table_of(kind)
    seals = [(ref, seq, seal(key, seq, table, values.items())) for ref, values in rows]
    if seals:
        ask(_PUT, seals)
    return {ref for ref, _seq, _mac in seals}


def _not_as_it_was() -> DomainError:
    return DomainError(
        _(
            "The oldest lines of the log could not be let go of, although their time is over: "
            "something they tell of was changed outside the program. Let the register be checked."
        )
    )
