"""Where orders of one day stand that overlap: beside each other, each as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """A place among those beside each other.

    Attributes:
        number: From the left, from 0.
        of: How many stand beside each other.
    """

    number: int
    of: int


def lanes(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """Return the lane of each span of minutes, which are sorted by when they begin.

    Two in the same lane never overlap. All that overlap, also by way of a third, are equally wide.
    """
    found: list[Lane] = []
    ends: list[int] = []  # of the last in each lane of the group
    numbers: list[int] = []

    def close() -> None:
        found.extend(Lane(number, len(ends)) for number in numbers)
        ends.clear()
        numbers.clear()

    for begin, end in spans:
        if ends and begin >= max(ends):
            close()
        free = next((number for number, last in enumerate(ends) if last <= begin), len(ends))
        if free == len(ends):
            ends.append(end)
        else:
            ends[free] = end
        numbers.append(free)
    close()
    return found
