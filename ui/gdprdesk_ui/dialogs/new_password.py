"""A new password, typed twice, with a word on how good it is."""

from __future__ import annotations

import itertools

from PySide6.QtWidgets import QWidget

from gdprdesk.door import password_advice, password_problem
from gdprdesk.i18n import _
from gdprdesk_ui.widgets import FormField, Label, PasswordField, all_right, column


class NewPassword(QWidget):
    """Two fields that must agree.

    Attributes:
        password: The new password.
        again: The same again.
        advice: How good it is, as it is typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.password, self.again = PasswordField(), PasswordField()
        self.advice = Label("", "small", "muted", wrap=True)
        self._fields = (
            FormField(
                _("New password"),
                self.password,
                check=lambda: password_problem(self.password.text()),
            ),
            FormField(_("The same again"), self.again, check=self._differs),
        )
        self.password.edit.textChanged.connect(self._advise)
        self.setLayout(column(self._fields[0], 6, self.advice, 14, self._fields[1], spacing=0))
        self._advise("")
        eyes = (self.password.eye, self.again.eye)
        for before, after in itertools.pairwise((self.password.edit, self.again.edit, *eyes)):
            QWidget.setTabOrder(before, after)

    def text(self) -> str:
        """Return the password."""
        return self.password.text()

    def first_focus(self) -> QWidget:
        """Return where the cursor begins."""
        return self.password.edit

    def is_right(self) -> bool:
        """Check both fields now and show what is wrong."""
        return all_right(self._fields)

    def _advise(self, text: str) -> None:
        self.advice.setText(password_advice(text))

    def _differs(self) -> str | None:
        if self.again.text() == self.password.text():
            return None
        return _("The two passwords differ. Write the same one twice.")
