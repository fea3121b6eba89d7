"""Asking about many people at once: one value however many they are, and no needless question."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, column, func, inspect, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, personal_kinds

Kinds = tuple[type[PersonalRecord], ...]


def one_of(key: Any, numbers: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a key is one of some numbers.

    Args:
        key: The column.
        numbers: Any number of them; the question is the same, so it is made ready only once.
    """
    listed = func.json_each(json.dumps(list(numbers))).table_valued(column("value", Integer))
    found: ColumnElement[bool] = key.in_(select(listed.c.value))
    return found


def kinds_about(session: Session, subject_ids: Iterable[int]) -> list[type[PersonalRecord]]:
    """Return of which kinds there may be a record about some people: of no other is there one.

    Whoever asks still has to be asked for each kind what she may see of it.
    """
    if session.autoflush:
        session.flush()
    kinds = tuple(personal_kinds())
    ask = session.connection().exec_driver_sql
    there = ask(_statement(kinds), (json.dumps(list(subject_ids)),))
    return [kinds[number] for (number,) in there]


@cache
def _statement(kinds: Kinds) -> str:
    tables = (inspect(kind).local_table for kind in kinds)
    looks = (
        f"SELECT {number} WHERE EXISTS "  # noqa: S608  (words of our own)
        f'(SELECT 1 FROM "{table}" WHERE subject_id IN (SELECT number FROM people))'
        for number, table in enumerate(tables)
    )
    listed = "WITH people(number) AS (SELECT value FROM json_each(?)) "
    return listed + " UNION ALL ".join(looks)
