"""What a command answers: a value for programs and words for people, written at the very end."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from types import NoneType
from typing import TYPE_CHECKING, Any

from gdprdesk.exports import JSON_TABLE, Document
from gdprdesk.services.paging import Page

if TYPE_CHECKING:  # imported when people read the answer
    from gdprdesk.cli.screen import Screen

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, repr=False)
class Answer:
    """The outcome of a command.

    Attributes:
        value: What `--json` prints.
        show: Prints the same for people.
        complaint: A sentence for standard error; then the program ends with 1.
        notice: A sentence for standard error when only a program reads the answer.
        then: What is to be done once the answer is written, such as opening the window.
    """

    value: Any
    show: Callable[[Screen], None]
    complaint: str = ""
    notice: str = ""
    then: Callable[[], int] | None = None


def answer_of(value: Any) -> Answer:
    """Return the answer that any result of the core is."""
    if isinstance(value, Page):
        plain_value: Any = listed(value.rows, value.total)
    else:
        plain_value = listed(value) if isinstance(value, tuple) else plain(value)
    return Answer(plain_value, lambda screen: screen.value(value))


def answer_with(value: Any, words: str) -> Answer:
    """Return an answer that is one sentence for people."""
    return Answer(value, lambda screen: screen.words(words))


def listed(rows: Any, total: int | None = None) -> dict[str, Any]:
    """Return a list as every command gives it: its rows, and how many there are in all."""
    plain_rows = [plain(row) for row in rows]
    return {"rows": plain_rows, "total": len(plain_rows) if total is None else total}


def to_json(value: Any) -> str:
    """Return a value as one line of JSON that cannot steer a terminal, whatever people are called.

    JSON itself escapes what lies below the space; this escapes the control characters above too.
    """
    text = json.dumps(plain(value), ensure_ascii=False, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: Any) -> Any:
    """Return a result of the core as JSON knows it: ISO days, decimals as text, terms by name."""
    for kinds, form in _FORMS:
        if isinstance(value, kinds):
            return form(value)
    if dataclasses.is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_FORMS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Enum, lambda term: term.value),
    ((str, int, float, NoneType), lambda value: value),
    ((date, time), lambda moment: moment.isoformat()),
    ((Decimal, PurePath), str),
    (bytes, lambda content: base64.b64encode(content).decode()),
    (Document, lambda document: json.loads(JSON_TABLE.render(document))),
    (Mapping, lambda mapping: {str(plain(key)): plain(one) for key, one in mapping.items()}),
    ((list, tuple, AbstractSet), lambda values: [plain(one) for one in values]),
)
