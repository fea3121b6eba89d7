"""The password is forgotten: open the register with the printed key and choose another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.door import Door, password_problem
from gdprdesk.i18n import _
from gdprdesk_ui.calls import perform
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import Button, FormField, PasswordField, all_right, required, row


class ForgottenPage(CardPage):
    """Takes the recovery key and a new password.

    Signals:
        opened: The register is open; the desk.
        back_wanted: The password came back to mind.

    Attributes:
        key: The recovery key, typed as printed or without its dashes.
        password: The new password.
        again: The same again.
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
        self.key, self.password, self.again = QLineEdit(), PasswordField(), PasswordField()
        missing = _("Write the key from the printed sheet.")
        self._key_field = FormField(
            _("Recovery key"), self.key, check=required(self.key.text, missing)
        )
        self._password_field = FormField(
            _("New password"),
            self.password,
            check=lambda: password_problem(self.password.text()),
            hint=_("At least 10 characters. Four ordinary words in a row are easy to remember."),
        )
        self._again_field = FormField(_("The same again"), self.again, check=self._differs)
        self.open_button = Button(
            _("Open and change password"), "primary", size="large", on_click=self.open
        )
        self.back_button = Button(_("Back"), "link", "arrow-left", on_click=self.back_wanted.emit)
        for edit in (self.key, self.password.edit, self.again.edit):
            edit.returnPressed.connect(self.open)
        fields = (self._key_field, 14, self._password_field, 14, self._again_field)
        self.card.add(*fields, 18, self.open_button, 12, row(self.back_button, None))

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the page opens."""
        return self.key

    def open(self) -> None:
        """Open the register if everything is right."""
        if not (
            all_right((self._key_field, self._password_field, self._again_field))
            and self.open_button.isEnabled()
        ):
            return
        key, password = self.key.text(), self.password.text()
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

    def _differs(self) -> str | None:
        if self.again.text() == self.password.text():
            return None
        return _("The two passwords differ. Write the same one twice.")
