"""From the signature of an action or query to what can be typed for it."""

from __future__ import annotations

import dataclasses
import inspect
import json
from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, NewType, cast, get_args, get_origin, get_type_hints, is_typeddict

from gdprdesk.i18n import _
from gdprdesk.services.registry import ByField

BETWEEN = ";"
_TOO_LARGE = 10**9
_NEVER_TYPED = {
    "progress",
    "password",
    "signature",
}  # a password on a command line is seen by everybody


@dataclass(frozen=True)
class Typed:
    """A parameter that can be typed.

    Attributes:
        read: From what is typed to the value.
        many: Whether the option may be given several times.
        shape: What stands for the value in the help.
    """

    name: str
    required: bool
    default: Any
    read: Callable[[str], Any]
    many: bool
    shape: str
    is_switch: bool = False


def parameters(function: Callable[..., Any]) -> Iterator[inspect.Parameter]:
    """Walk what a user may say to an action or query, each with what it is."""
    for parameter in _declared(function):
        if _is_by_field(parameter.annotation):
            hints = get_type_hints(parameter.annotation)
            for one in inspect.signature(parameter.annotation).parameters.values():
                yield one.replace(annotation=hints[one.name])
        else:
            yield parameter


def _declared(function: Callable[..., Any]) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(function)
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        if name not in _NEVER_TYPED:
            yield parameter.replace(annotation=hints[name])


def _is_by_field(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, ByField)


def can_be_typed(function: Callable[..., Any]) -> bool:
    """Return whether everything that must be said to a function can be typed."""
    return all(
        _reader(_inner(one.annotation)[0]) is not None
        for one in parameters(function)
        if one.default is one.empty
    )


def add_choice(
    command: ArgumentParser, option: str, kind: type[StrEnum], words: str, **how: Any
) -> None:
    """Give a command an option that is one of a few terms."""
    command.add_argument(
        option, type=kind, choices=list(kind), metavar="|".join(kind), help=words, **how
    )


def add_options(command: ArgumentParser, function: Callable[..., Any]) -> None:
    """Give a command an option for each parameter of a function."""
    for parameter in parameters(function):
        typed = _typed(parameter, parameter.annotation)
        if typed is None:
            continue
        option = "--" + typed.name.replace("_", "-")
        common: dict[str, Any] = {"dest": _kept_as(typed.name), "required": typed.required}
        if typed.is_switch:
            command.add_argument(
                option, action=BooleanOptionalAction, default=typed.default, **common
            )
            continue
        command.add_argument(
            option,
            type=typed.read,
            action="append" if typed.many else "store",
            default=None,
            metavar=typed.shape,
            help=_("may be given several times") if typed.many else None,
            **common,
        )


def collect(function: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that were typed for a function; those not typed keep their defaults."""
    said = {}
    for parameter in _declared(function):
        kind = parameter.annotation
        if _is_by_field(kind):
            said[parameter.name] = kind(**_given(inspect.signature(kind).parameters, given))
        else:
            said |= _given((parameter.name,), given)
    return said


def _given(names: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed for some parameters; what may be several is a tuple."""
    typed = {name: one for name in names if (one := given.get(_kept_as(name))) is not None}
    return {name: tuple(one) if isinstance(one, list) else one for name, one in typed.items()}


def _kept_as(name: str) -> str:
    """Return where an argument of a function is kept apart from who opens the register, and how."""
    return f"said.{name}"


def _typed(parameter: inspect.Parameter, hint: Any) -> Typed | None:
    inner, many = _inner(hint)
    read = _reader(inner)
    if read is None:
        return None
    required = parameter.default is parameter.empty
    default = None if required else parameter.default
    shape = _shape(inner)
    return Typed(parameter.name, required, default, read, many, shape, is_switch=inner is bool)


def _inner(hint: Any) -> tuple[Any, bool]:
    """Return what one value is, and whether there may be several."""
    if NoneType in get_args(hint):
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    return hint, False


def _reader(kind: Any) -> Callable[[str], Any] | None:
    """Return how a value is read from what is typed; nothing if that cannot be done."""
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    if kind in _READERS:
        return _READERS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(_term, kind)
    if get_origin(kind) is Mapping and get_args(kind)[0] is str:
        return _mapping
    fields = _fields(kind)
    readers = [_reader(_inner(hint)[0]) for hint in fields.values()]
    if readers and all(readers) and not any(_inner(hint)[1] for hint in fields.values()):
        return partial(parts, kind)
    return None


def _fields(kind: Any) -> dict[str, Any]:
    if is_typeddict(kind) or dataclasses.is_dataclass(kind):
        return get_type_hints(kind)
    return {}


def _shape(kind: Any) -> str:
    if isinstance(kind, NewType):
        return _shape(kind.__supertype__) if kind.__supertype__ is not str else "REF"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(one.value) for one in kind)
    if fields := _fields(kind):
        return BETWEEN.join(fields).upper()
    return _SHAPES.get(kind, "TEXT")


def _term(kind: type[Enum], typed: str) -> Enum:
    try:
        return kind(typed)
    except ValueError:
        words = ", ".join(str(one.value) for one in kind)
        raise ArgumentTypeError(_("choose one of these: {words}").format(words=words)) from None


def parts(kind: Any, typed: str) -> Any:
    """Return a value of several fields, typed with a semicolon between them."""
    fields, typed_parts = _fields(kind), [part.strip() for part in typed.split(BETWEEN)]
    optional = [
        one.name
        for one in (dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ())
        if one.default is not dataclasses.MISSING
    ]
    if not len(fields) - len(optional) <= len(typed_parts) <= len(fields):
        said = _("write it with a semicolon between the parts: {shape}")
        raise ArgumentTypeError(said.format(shape=_shape(kind)))
    values = {}
    for (name, hint), part in zip(fields.items(), typed_parts, strict=False):
        read = _reader(_inner(hint)[0])
        values[name] = read(part) if read else part
    return cast(Callable[..., Any], kind)(**values)


def _mapping(typed: str) -> Mapping[str, Any]:
    try:
        value = json.loads(typed)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ArgumentTypeError(_('write it as JSON, such as {"name": "Åsa"}'))
    return value


def day(typed: str) -> date:
    """Return the day that was typed."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(_("write the day like this: 2026-11-22")) from None


def moment(typed: str) -> datetime:
    """Return the moment that was typed, by the clock on the wall where it names no time zone."""
    try:
        return datetime.fromisoformat(typed).astimezone()
    except (ValueError, OverflowError):
        raise ArgumentTypeError(_("write the moment like this: 2026-11-22T14:30")) from None


def clock_time(typed: str) -> time:
    """Return the time of day that was typed."""
    try:
        return time.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(_("write the time like this: 14:30")) from None


def whole(typed: str) -> int:
    """Return the whole number that was typed, not below zero."""
    try:
        number = int(typed)
    except ValueError:
        number = -1
    if not 0 <= number < _TOO_LARGE:
        raise ArgumentTypeError(_("write a whole number")) from None
    return number


def amount(typed: str) -> Decimal:
    """Return the amount that was typed, with a point or a comma."""
    try:
        found = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ArgumentTypeError(_("write the amount like this: 250.00"))
    return found


def _truth(typed: str) -> bool:
    words = {"yes": True, "true": True, "no": False, "false": False}
    if typed.casefold() not in words:
        raise ArgumentTypeError(_("write yes or no"))
    return words[typed.casefold()]


def text(typed: str) -> str:
    """Return the text that was typed, if the terminal sent letters."""
    try:
        typed.encode()
    except UnicodeEncodeError:
        raise ArgumentTypeError(_("some of its letters cannot be read")) from None
    return typed


_READERS: dict[Any, Callable[[str], Any]] = {
    str: text,
    int: whole,
    bool: _truth,
    date: day,
    datetime: moment,
    Decimal: amount,
    time: clock_time,
    Path: Path,
}
_SHAPES = {
    date: "YYYY-MM-DD",
    datetime: "YYYY-MM-DDTHH:MM",
    time: "HH:MM",
    Decimal: "AMOUNT",
    int: "N",
    Path: "PATH",
}
