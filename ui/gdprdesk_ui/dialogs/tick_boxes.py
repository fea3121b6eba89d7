"""Which of some terms apply: a box for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from gdprdesk.domain.terms import say

T = TypeVar("T", bound=StrEnum)
_ACROSS = 2


class TickBoxes(QWidget, Generic[T]):
    """Boxes in two columns.

    Signals:
        changed: One was ticked or unticked.

    Attributes:
        boxes: The boxes by term.
    """

    changed = Signal()

    def __init__(self, terms: Iterable[T]) -> None:
        super().__init__()
        self.boxes: dict[T, QCheckBox] = {one: QCheckBox(say(one)) for one in terms}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for place, box in enumerate(self.boxes.values()):
            box.clicked.connect(self.changed)
            grid.addWidget(box, *divmod(place, _ACROSS))
            grid.setColumnStretch(place % _ACROSS, 1)
        self.setLayout(grid)

    def ticked(self) -> tuple[T, ...]:
        """Return the terms that are ticked."""
        return tuple(one for one, box in self.boxes.items() if box.isChecked())

    def entered(self) -> list[str]:
        """Return what is ticked, as plain values."""
        return [one.value for one in self.ticked()]

    def show_entered(self, value: Sequence[str]) -> None:
        """Show what was ticked before."""
        for one, box in self.boxes.items():
            box.setChecked(one.value in value)
