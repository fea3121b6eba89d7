"""The first time of a new colleague: her one-time code, and a password that she chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.door import Door
from gdprdesk.i18n import _, format_day
from gdprdesk_ui.calls import perform
from gdprdesk_ui.dialogs.new_password import NewPassword
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import Button, FormField, required, row


class AcceptPage(CardPage):
    """Takes the one-time code and a new password.

    Signals:
        opened: The register is open; the desk.
        back_wanted: It is somebody else who opens it.

    Attributes:
        code: The code she was told, with or without its dashes.
        new: The password she chooses.
        open_button: Opens the register.
        back_button: Leads back.
    """

    opened = Signal(object)
    back_wanted = Signal()

    def __init__(
        self,
        folder: Path,
        staff: str,
        door: Door,
        operations: Operations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self._staff, self._door, self._operations = folder, staff, door, operations
        slot = next(one for one in door.staff(folder) if one.id == staff)
        self.title.setText(_("Welcome, {name}").format(name=slot.name))
        until = slot.invited_until
        self.sentence.setText(
            _(
                "Type the code you were told, and choose a password that only you know. The code "
                "works until {day}."
            ).format(day=format_day(until) if until else "")
        )
        self.code, self.new = QLineEdit(), NewPassword(lambda: (folder.stem, slot.name))
        self._code_field = FormField(
            _("One-time code"),
            self.code,
            check=required(self.code.text, _("Write the code you were told.")),
        )
        self.open_button = Button(
            _("Choose it and open"), "primary", "lock-open", size="large", on_click=self.open
        )
        self.back_button = Button(_("Back"), "link", "arrow-left", on_click=self.back_wanted.emit)
        for edit in (self.code, self.new.password.edit, self.new.again.edit):
            edit.returnPressed.connect(self.open)
        self.card.add(
            self._code_field, 14, self.new, 18, self.open_button, 12, row(self.back_button, None)
        )

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the page opens."""
        return self.code

    def open(self) -> None:
        """Open the register if everything is right."""
        right = [self.new.is_right(), self._code_field.is_right()]
        if not all(right) or not self.open_button.isEnabled():
            return
        code, password = self.code.text(), self.new.text()
        perform(
            self._operations,
            self,
            lambda _progress: self._door.accept(
                self.folder, staff=self._staff, code=code, new_password=password
            ),
            self.opened.emit,
            doing=_("Opening …"),
            button=self.open_button,
            refused=self._code_field.show_error,
        )
