"""Several things of which some are true, or just one: a box or a button for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

from gdprdesk_ui.widgets import column

V = TypeVar("V", bound=str)


class BoxList(QWidget, Generic[V]):
    """Boxes under each other.

    Signals:
        changed: One was ticked or unticked.

    Attributes:
        boxes: The boxes by what they stand for.
    """

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[V, str]], ticked: Iterable[V] = ()) -> None:
        super().__init__()
        self.boxes: dict[V, QCheckBox] = {}
        for value, words in choices:
            box = QCheckBox(words.replace("&", "&&"))
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.clicked.connect(self.changed)
            self.boxes[value] = box
        self.setLayout(column(*self.boxes.values(), spacing=6))
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))
        self.tick(ticked)

    def tick(self, values: Iterable[V]) -> None:
        """Tick these and no others."""
        chosen = set(values)
        for value, box in self.boxes.items():
            box.setChecked(value in chosen)

    def ticked(self) -> tuple[V, ...]:
        """Return what is ticked."""
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def entered(self) -> list[str]:
        """Return what is ticked, as plain values."""
        return [str(value) for value in self.ticked()]

    def show_entered(self, value: Iterable[str]) -> None:
        """Show what was ticked before."""
        chosen = set(value)
        self.tick(one for one in self.boxes if str(one) in chosen)


class RadioList(QWidget, Generic[V]):
    """Buttons under each other, of which one is chosen.

    Signals:
        changed: Another one was chosen.

    Attributes:
        buttons: The buttons by what they stand for.
    """

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[V, str]]) -> None:
        super().__init__()
        self.buttons: dict[V, QRadioButton] = {}
        for value, words in choices:
            button = QRadioButton(words.replace("&", "&&"))
            button.clicked.connect(self.changed)
            self.buttons[value] = button
        self.setLayout(column(*self.buttons.values(), spacing=2))
        self.choose(choices[0][0])

    def choose(self, value: V) -> None:
        """Choose one."""
        self.buttons[value].setChecked(True)
        self.setFocusProxy(self.buttons[value])

    def value(self) -> V:
        """Return what is chosen."""
        return next(value for value, button in self.buttons.items() if button.isChecked())

    def entered(self) -> str:
        """Return what is chosen, as a plain value."""
        return str(self.value())

    def show_entered(self, value: str) -> None:
        """Show what was chosen before."""
        self.choose(next(one for one in self.buttons if str(one) == value))
