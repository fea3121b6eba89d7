"""What may be entered at all: checked at the one door that every action goes through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _

_LONGEST_TEXT = 10_000
_LONGEST_NAME = 200
_LARGEST_FILE = 25 << 20
_YEARS = range(1900, 2101)
# Control characters but tab and newline, and halves of letters that no file can hold.
_NOT_KEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def check_entered(value: Any) -> None:
    """Refuse what no register should hold, in a value or in any part of it.

    Args:
        value: A text, a day, a path, or what is made of such: a list, a mapping, a dataclass.

    Raises:
        DomainError: A text is longer than 10,000 letters or has signs that cannot be kept, or a
            day is before 1900 or after 2100.
    """
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, date):
        _check_day(value)
    elif isinstance(value, PurePath):
        _check_path(value)
    else:
        for part in _parts(value):
            check_entered(part)


def checked_name(name: str) -> str:
    """Return a name with single spaces.

    Raises:
        DomainError: There is nothing to be seen in it, or it is too long.
    """
    name = " ".join(name.split())
    if not is_visible(name):
        raise DomainError(_("Enter a name."))
    if len(name) > _LONGEST_NAME:
        raise DomainError(_("The name is too long. Write it in at most 200 letters."))
    return name


def is_visible(text: str) -> bool:
    """Return whether there is anything to be seen in a text."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)


def read_entered_file(path: Path) -> bytes:
    """Return what is in a file that is to be kept in the register.

    Raises:
        DomainError: It cannot be read, or is larger than 25 MB.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise DomainError(
                _("This file is larger than 25 MB. Nothing was saved. Choose a smaller one.")
            )
        return path.read_bytes()
    except OSError:
        raise DomainError(
            _("This file cannot be read. Nothing was saved. Is it still there?")
        ) from None


def _parts(value: Any) -> Iterable[Any]:
    if value is None or isinstance(value, int):
        return ()
    if isinstance(value, tuple | list | set | frozenset):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, name) for name in _names_of(type(value))]
    if isinstance(value, Mapping):
        return (part for pair in value.items() for part in pair)
    return ()


@cache
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _check_text(text: str) -> None:
    if len(text) > _LONGEST_TEXT:
        raise DomainError(
            _("This text is too long. Nothing was saved. Write it in at most 10,000 letters.")
        )
    if _NOT_KEPT.search(text):
        raise DomainError(
            _(
                "This text has signs in it that cannot be shown or kept. Nothing was saved. "
                "Type it instead of pasting it."
            )
        )


def _check_day(day: date) -> None:
    if day.year not in _YEARS:
        raise DomainError(
            _("The year {year} cannot be right. Nothing was saved. Look at the day again.").format(
                year=day.year
            )
        )


def _check_path(path: PurePath) -> None:
    if "\0" in str(path):
        raise DomainError(_("No file can be called this. Nothing was saved. Choose another name."))
