"""A new password, typed twice or suggested, with a word on how good it is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from gdprdesk.door import password_advice, password_problem, suggest_passphrase
from gdprdesk.i18n import _, current_language
from gdprdesk_ui.widgets import Button, FormField, Label, PasswordField, all_right, column, row


class NewPassword(QWidget):
    """Two fields that must agree.

    Attributes:
        password: The new password.
        again: The same again.
        advice: How good it is, as it is typed.
        suggest_button: Fills in five random words and shows them.
    """

    def __init__(
        self, known: Callable[[], Iterable[str]] = tuple, parent: QWidget | None = None
    ) -> None:
        """Args are the names that no password may be built on, and the parent."""
        super().__init__(parent)
        self._known = known
        self.password, self.again = PasswordField(), PasswordField()
        self.advice = Label("", "small", "muted", wrap=True)
        self._fields = (
            FormField(
                _("New password"),
                self.password,
                check=lambda: password_problem(self.password.text(), self._known()),
            ),
            FormField(_("The same again"), self.again, check=self._differs),
        )
        self.password.edit.textChanged.connect(self._advise)
        self.suggest_button = Button(_("Suggest five words"), "link", on_click=self._suggest)
        advised = row(self.suggest_button, None)
        self.setLayout(
            column(self._fields[0], 6, self.advice, 2, advised, 8, self._fields[1], spacing=0)
        )
        self._advise("")
        rest = (self.suggest_button, self.password.eye, self.again.eye)
        for before, after in itertools.pairwise((self.password.edit, self.again.edit, *rest)):
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

    def _suggest(self) -> None:
        words = suggest_passphrase(current_language())
        self.password.show_text(words)
        self.again.show_text(words)
        self.password.edit.setFocus()  # so that a screen reader says the words

    def _advise(self, text: str) -> None:
        self.advice.setText(password_advice(text, self._known()))

    def _differs(self) -> str | None:
        if self.again.text() == self.password.text():
            return None
        return _("The two passwords differ. Write the same one twice.")
