"""Who comes along with a group: lines of its order, portions rather than names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.i18n import _
from gdprdesk.services.order_taking import GuestEntry
from gdprdesk_ui.widgets import Button, IconButton, Label, clear, column, row


class GuestRow(QWidget):
    """One line about guests.

    Signals:
        touched: Something was typed.
        unwanted: The line is to go.
    """

    touched = Signal()
    unwanted = Signal()

    def __init__(self, entry: GuestEntry) -> None:
        super().__init__()
        self.text, self.note = QLineEdit(entry.text), QLineEdit(entry.note)
        self.text.setPlaceholderText(_("Such as “3 gluten-free”"))
        self.note.setPlaceholderText(_("Remark"))
        self.text.setAccessibleName(_("Guests or portions"))
        self.note.setAccessibleName(_("Remark"))
        remove = IconButton("x", _("Remove the line"), on_click=self.unwanted.emit)
        for edit in (self.text, self.note):
            edit.textEdited.connect(self.touched)
        line = row(self.text, self.note, remove, spacing=6)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        self.setLayout(line)

    def entry(self) -> GuestEntry:
        """Return what was typed."""
        return GuestEntry(self.text.text().strip(), self.note.text().strip())


class GuestLines(QWidget):
    """Any number of lines; none to begin with.

    Signals:
        touched: Something was typed or taken away.
        added: There is a new line; its row.

    Attributes:
        lines: The lines, from the top.
        add_button: Adds an empty line.
    """

    touched = Signal()
    added = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[GuestRow] = []
        self.add_button = Button("", "link", "users", on_click=self._add_empty)
        self._hint = Label(
            _("Portions rather than names. These lines belong to the order and make nobody a "
              "person in the register."),
            "small",
            "muted",
            wrap=True,
        )  # fmt: skip
        self._rows = column(spacing=6)
        self.setLayout(column(self._rows, self._hint, row(self.add_button, None), spacing=6))
        self._settle()

    def entries(self) -> tuple[GuestEntry, ...]:
        """Return the lines in which something was written."""
        return tuple(one for line in self.lines if (one := line.entry()) != GuestEntry(""))

    def entered(self) -> list[dict[str, Any]]:
        """Return the lines as a draft keeps them."""
        return [asdict(entry) for entry in self.entries()]

    def show_entries(self, entries: Sequence[GuestEntry]) -> None:
        """Show these lines."""
        clear(self._rows)
        self.lines = []
        for entry in entries:
            self._add(entry)
        self._settle()

    def _add_empty(self) -> None:
        self._add(GuestEntry("")).text.setFocus()
        self._settle()

    def _add(self, entry: GuestEntry) -> GuestRow:
        line = GuestRow(entry)
        line.touched.connect(self.touched)
        line.unwanted.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._rows.addWidget(line)
        self.added.emit(line)
        return line

    def _remove(self, line: GuestRow) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.deleteLater()
        self._settle()
        self.add_button.setFocus()
        self.touched.emit()

    def _settle(self) -> None:
        self._hint.setVisible(bool(self.lines))
        self.add_button.setText(_("Add a line") if self.lines else _("Guests of a group…"))
