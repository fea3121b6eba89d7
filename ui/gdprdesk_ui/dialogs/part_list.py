"""Several things of one kind in a form, such as cookies: each a small card of its own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk_ui.dialogs.entered import listen, read_entered, show_entered
from gdprdesk_ui.widgets import Button, Card, IconButton, Label, column, row
from gdprdesk_ui.widgets.layout import Item


@dataclass(frozen=True)
class PartField:
    """One field of each thing.

    Attributes:
        key: What its value is called.
        label: What a person reads above it.
        make: Makes the control.
        share: How much of the line it takes.
    """

    key: str
    label: str
    make: Callable[[], QWidget] = QLineEdit
    share: int = 1


class Part(Card):
    """The fields of one thing, and a button that takes it away.

    Signals:
        changed: Something was entered.
        unwanted: The button was pressed.

    Attributes:
        controls: Its controls by their keys.
    """

    changed = Signal()
    unwanted = Signal()

    def __init__(self, lines: Sequence[Sequence[PartField]], remove: str) -> None:
        super().__init__(padding=12, spacing=8, sunken=True)
        self.controls: dict[str, QWidget] = {}
        self.remove_button = IconButton("trash-2", remove, on_click=self.unwanted.emit)
        for number, fields in enumerate(lines):
            line = row(*(self._field(one) for one in fields), spacing=10)
            for place, one in enumerate(fields):
                line.setStretch(place, one.share)
            if number == 0:
                line.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignBottom)
            self.box.addLayout(line)
        listen(self.controls, self.changed.emit)

    def says_something(self) -> bool:
        """Return whether anything was typed; what is chosen is always something."""
        typed = (one.text() for one in self.controls.values() if isinstance(one, QLineEdit))
        return any(text.strip() for text in typed)

    def _field(self, one: PartField) -> Item:
        control = one.make()
        self.controls[one.key] = control
        typed_in = control.focusProxy() or control
        typed_in.setAccessibleName(one.label)
        label = Label(one.label, "caption", "muted")
        label.setBuddy(typed_in)
        return column(label, control, spacing=3)


class PartList(QWidget):
    """Cards under each other, and a button for one more.

    Args:
        lines: The fields, line by line.
        add: What the button for one more says.
        remove: What the button that takes one away says.
        check: Finds what is wrong with one of them.

    Signals:
        changed: Something was entered, added or taken away.

    Attributes:
        parts: The cards.
        add_button: One more.
    """

    changed = Signal()

    def __init__(
        self,
        lines: Sequence[Sequence[PartField]],
        *,
        add: str,
        remove: str,
        check: Callable[[Mapping[str, Any]], str | None],
    ) -> None:
        super().__init__()
        self._lines, self._remove, self._check = lines, remove, check
        self.parts: list[Part] = []
        self.add_button = Button(add, icon_name="plus", size="small", on_click=self._add_one)
        self._box = column(spacing=8)
        self.setLayout(column(self._box, row(self.add_button, None), spacing=8))

    def entered(self) -> list[dict[str, Any]]:
        """Return what was entered in each card; cards with no text at all are left out."""
        return [read_entered(part.controls) for part in self.parts if part.says_something()]

    def show_entered(self, value: Sequence[Mapping[str, Any]]) -> None:
        """Show what was entered before."""
        for part in [*self.parts]:
            self._take_away(part)
        for one in value:
            show_entered(self._add().controls, one)

    def problem(self) -> str | None:
        """Return what is wrong with the first that is: a check for a FormField."""
        return next(filter(None, map(self._check, self.entered())), None)

    def _add_one(self) -> None:
        part = self._add()
        next(iter(part.controls.values())).setFocus()
        self.changed.emit()

    def _add(self) -> Part:
        part = Part(self._lines, self._remove)
        part.changed.connect(self.changed)
        part.unwanted.connect(lambda: self._drop(part))
        self.parts.append(part)
        self._box.addWidget(part)
        return part

    def _drop(self, part: Part) -> None:
        self._take_away(part)
        self.add_button.setFocus()
        self.changed.emit()

    def _take_away(self, part: Part) -> None:
        self.parts.remove(part)
        self._box.removeWidget(part)
        part.hide()
        part.deleteLater()
