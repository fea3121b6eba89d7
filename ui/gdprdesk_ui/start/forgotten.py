"""The password is forgotten: open the register with the printed key and choose another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.door import Door
from gdprdesk.i18n import _
from gdprdesk_ui.calls import perform
from gdprdesk_ui.dialogs.new_password import NewPassword
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import Button, FormField, required, row


class ForgottenPage(CardPage):
    """Takes the recovery key and a new password.

    Signals:
        opened: The register is open; the desk.
        back_wanted: The password came back to mind.

    Attributes:
        key: The recovery key, typed as printed or without its dashes.
        new: The new password.
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
        self.title.setText(_("Forgot your password?"))
        self.sentence.setText(
            _("Type the recovery key you printed for {name}, and choose a new password.").format(
                name=folder.stem
            )
        )
        self.key, self.new = QLineEdit(), NewPassword(lambda: (folder.stem,))
        missing = _("Write the key from the printed sheet.")
        self._key_field = FormField(
            _("Recovery key"), self.key, check=required(self.key.text, missing)
        )
        self.open_button = Button(
            _("Open and change password"), "primary", size="large", on_click=self.open
        )
        self.back_button = Button(_("Back"), "link", "arrow-left", on_click=self.back_wanted.emit)
        for edit in (self.key, self.new.password.edit, self.new.again.edit):
            edit.returnPressed.connect(self.open)
        self.card.add(
            self._key_field, 14, self.new, 18, self.open_button, 12, row(self.back_button, None)
        )

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the page opens."""
        return self.key

    def open(self) -> None:
        """Open the register if everything is right."""
        right = [self.new.is_right(), self._key_field.is_right()]
        if not all(right) or not self.open_button.isEnabled():
            return
        key, password = self.key.text(), self.new.text()
        perform(
            self._operations,
            self,
            lambda _progress: self._door.unlock_with_recovery_key(
                self.folder, staff=self._staff, recovery_key=key, new_password=password
            ),
            self.opened.emit,
            doing=_("Opening …"),
            button=self.open_button,
            refused=self._key_field.show_error,
        )
