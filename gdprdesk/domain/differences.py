"""What changed between two frozen registers, row by row, field by field, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from gdprdesk.domain.editions import FrozenRow

_PIECES = re.compile(r"\n|[^\S\n]*[^\s]+")


class Change(StrEnum):
    """What became of a row, a field or some words of it."""

    SAME = "same"
    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class WordChange:
    """Some words of a text and what became of them."""

    text: str
    change: Change


@dataclass(frozen=True)
class FieldChange:
    """A field that says something else than before, by its key; empty where it said nothing."""

    field: str
    before: str
    after: str
    words: tuple[WordChange, ...]


@dataclass(frozen=True)
class RowChange:
    """A row that came, went or changed.

    Attributes:
        row: As it is, or as it last was.
        was_called: Its name before, if it has another one now.
    """

    row: FrozenRow
    change: Change
    fields: tuple[FieldChange, ...] = ()
    was_called: str = ""


def compare(older: Sequence[FrozenRow], newer: Sequence[FrozenRow]) -> tuple[RowChange, ...]:
    """Return the rows that changed, came or went; a row is known by its ref, not by its name."""
    before = {row["ref"]: row for row in older}
    after = {row["ref"]: row for row in newer}
    changed = (_compared(before[ref], row) for ref, row in after.items() if ref in before)
    return (
        *(one for one in changed if one.fields),
        *(RowChange(row, Change.ADDED) for ref, row in after.items() if ref not in before),
        *(RowChange(row, Change.GONE) for ref, row in before.items() if ref not in after),
    )


def compare_texts(before: str, after: str) -> tuple[WordChange, ...]:
    """Return a text in pieces: the words that stayed, that went and that came, in their order.

    Without the words that came it is the text before, without those that went the text after.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[WordChange] = []
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(WordChange("".join(old[i:j]), Change.SAME))
            continue
        if i < j:
            found.append(WordChange("".join(old[i:j]), Change.GONE))
        if k < n:
            found.append(WordChange("".join(new[k:n]), Change.ADDED))
    return tuple(found)


def _compared(before: FrozenRow, after: FrozenRow) -> RowChange:
    renamed = before["name"] if before["name"] != after["name"] else ""
    return RowChange(after, Change.CHANGED, tuple(_fields(before, after)), renamed)


def _fields(before: FrozenRow, after: FrozenRow) -> Iterator[FieldChange]:
    keys = dict.fromkeys((*after["fields"], *before["fields"]))
    for key in keys:
        old, new = before["fields"].get(key, ""), after["fields"].get(key, "")
        if old != new:
            yield FieldChange(key, old, new, compare_texts(old, new))
