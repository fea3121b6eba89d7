"""From what a copy says to the values of a record, each checked to be what its column holds."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints, is_typeddict

from sqlalchemy import Column

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.money import Line

_LONGEST_NUMBER = 20


def read_columns(
    kind: type[PersonalRecord], columns: list[Column[Any]], said: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values of a record's columns; one that is missing keeps its default.

    Raises:
        ValueError: Something is not what its column holds; names the column.
    """
    hints, values = get_type_hints(kind), {}
    for column in columns:
        if column.key in said:
            (shape,) = get_args(hints[column.key])
            try:
                values[column.key] = read_value(said[column.key], shape)
            except (ValueError, TypeError, InvalidOperation):
                raise ValueError(column.key) from None
        elif not column.nullable and column.default is None:
            raise ValueError(column.key)
    return values


def read_value(said: Any, shape: Any) -> Any:
    """Return a value of JSON as a column holds it.

    Raises:
        ValueError: It is something else.
    """
    if isinstance(shape, NewType):
        shape = shape.__supertype__
    if shape is Any or (said is None and types.NoneType in get_args(shape)):
        return said
    origin, parts = get_origin(shape), get_args(shape)
    if origin in {Union, types.UnionType}:
        return read_value(said, next(one for one in parts if one is not types.NoneType))
    if origin is list:
        return [read_value(one, parts[0]) for one in _of(said, list)]
    if origin is dict:
        return {key: read_value(one, parts[1]) for key, one in _of(said, dict).items()}
    return _fields(said, shape) if is_typeddict(shape) else _single(said, shape)


def _single(said: Any, shape: type) -> Any:
    if issubclass(shape, Enum):
        return shape(said)
    if shape in {date, time}:
        return shape.fromisoformat(_of(said, str))
    return _of(said, shape)


def _fields(said: Any, shape: Any) -> dict[str, Any]:
    hints = get_type_hints(shape)
    if set(_of(said, dict)) != set(hints):
        raise ValueError
    parts = {key: read_value(said[key], hint) for key, hint in hints.items()}
    for key, one in parts.items():
        if one is None:
            continue
        if key == "on" or key.endswith("_on"):
            date.fromisoformat(one)
        if shape is Line and key != "text":
            number = Decimal(one)
            if not number.is_finite() or len(one) > _LONGEST_NUMBER:
                raise ValueError
    return parts


def _of(said: Any, kind: type) -> Any:
    if type(said) is not kind:
        raise ValueError
    return said
