"""What a thing to do is, wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gdprdesk_ui.tokens import Tone

BETWEEN = "  \N{MIDDLE DOT}  "
_EACH = 3

R = TypeVar("R")


@dataclass(frozen=True, repr=False)
class Task:
    """Something to do.

    Attributes:
        verb: What the button says.
        do: What it does.
        deadline: How long there is, or how late it is; shown in the tone.
    """

    icon: str
    title: str
    sentence: str
    verb: str
    do: Callable[[], object]
    tone: Tone = "neutral"
    deadline: str = ""


def few(
    rows: Sequence[R], each: Callable[[R], Task], together: Callable[[int], Task]
) -> Iterator[Task]:
    """Return a task for each row, or one for them all when they are more than a few."""
    if len(rows) > _EACH:
        yield together(len(rows))
    else:
        yield from map(each, rows)
