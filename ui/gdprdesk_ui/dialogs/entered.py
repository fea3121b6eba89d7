"""What stands in the controls of a form, as plain values that a draft can keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk_ui.widgets import Choice, DateField, TextArea

Controls = Mapping[str, QWidget]
"""The controls of a form by the names under which a draft keeps what stands in them."""


@runtime_checkable
class Composed(Protocol):
    """A control that is made of several, and says itself what stands in it."""

    changed: SignalInstance

    def entered(self) -> Any:
        """Return what was entered, as plain values."""

    def show_entered(self, value: Any) -> None:
        """Show what was entered before."""


def read_entered(controls: Controls) -> dict[str, Any]:
    """Return what stands in every control."""
    return {name: _read(control) for name, control in controls.items()}


def show_entered(controls: Controls, entered: Mapping[str, Any]) -> None:
    """Show what was entered before; what is not named stays as it is."""
    for name, control in controls.items():
        if name in entered:
            _show(control, entered[name])


def listen(controls: Controls, do: Callable[[], object]) -> None:
    """Call `do` whenever something is entered."""
    for control in controls.values():
        if isinstance(control, Composed | DateField):
            control.changed.connect(do)
        elif isinstance(control, Choice):
            control.picked.connect(lambda _value: do())
        elif isinstance(control, QCheckBox):
            control.clicked.connect(lambda _on: do())
        elif isinstance(control, QLineEdit):
            control.textEdited.connect(lambda _text: do())
        elif isinstance(control, TextArea):
            control.textChanged.connect(do)


def lines_of(edit: QLineEdit | TextArea) -> tuple[str, ...]:
    """Return what stands on each line, without those that are empty."""
    typed = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def text_of(edit: QLineEdit | TextArea) -> str:
    """Return a text of one paragraph or more, without blanks around its lines."""
    return "\n".join(lines_of(edit))


def _read(control: QWidget) -> Any:
    if isinstance(control, Choice):
        return control.value()
    if isinstance(control, DateField):
        day = control.day()
        return day.isoformat() if day else ""
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, TextArea):
        return control.toPlainText()
    return control.entered() if isinstance(control, Composed) else None


def _show(control: QWidget, value: Any) -> None:
    if isinstance(control, Choice):
        control.set_value(value)
    elif isinstance(control, DateField):
        control.set_day(date.fromisoformat(value) if value else None)
    elif isinstance(control, QCheckBox):
        control.setChecked(value)
    elif isinstance(control, QLineEdit):
        control.setText(value)
        control.setCursorPosition(0)  # a long text is read from its beginning
    elif isinstance(control, TextArea):
        control.setPlainText(value)
    elif isinstance(control, Composed):
        control.show_entered(value)
