"""The password of a file that is handed over: whether it has one, and which."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.spoken import spoken_password
from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    FormField,
    Label,
    PasswordField,
    Switch,
    all_right,
    column,
    row,
)

_SHORTEST = 10


class PasswordGuard(QWidget):
    """A switch, the password twice, one that can be said, and a warning where there is none.

    Signals:
        turned: Something came or went, so that there is more or less to show.

    Attributes:
        protect: Whether the file has a password.
        unguarded: Warns that anybody can read it.
        password: And `repeat`: what is typed.
        suggest_button: Fills in a password that can be said, and shows it.
    """

    turned = Signal()

    def __init__(self, *, protected: bool = False) -> None:
        super().__init__()
        self._can_have_one, self._warns = True, True
        self.protect = Switch(_("Protect with a password"))
        self.protect.setChecked(protected)
        self.unguarded = Banner(
            "warn",
            _("Without a password whoever gets hold of the file can read it."),
            _("Hand it over in person, or turn the password on."),
            icon_name="lock-open",
        )
        self.password, self.repeat = PasswordField(), PasswordField()
        self.password_field = FormField(
            _("Password of the file"),
            self.password,
            check=self._password_problem,
            hint=_("At least 10 letters or digits. Give it in another way than the file itself."),
        )
        self.repeat_field = FormField(
            _("The password once more"), self.repeat, check=self._repeat_problem
        )
        self.suggest_button = Button(_("Suggest one that can be said"), on_click=self._suggest)
        self.setLayout(
            column(
                row(Label(_("Protect with a password")), None, self.protect),
                self.unguarded,
                self.password_field,
                self.repeat_field,
                row(self.suggest_button, None),
                spacing=14,
            )
        )
        self.protect.toggled.connect(lambda _on: self._turn())
        self._turn()

    def offer(self, *, possible: bool = True, warns: bool = True) -> None:
        """Say whether such a file can have a password, and whether one is warned without it."""
        self._can_have_one, self._warns = possible, warns
        self.protect.setEnabled(possible)
        self._turn()

    def is_on(self) -> bool:
        """Return whether the file gets a password."""
        return self._can_have_one and self.protect.isChecked()

    def is_right(self) -> bool:
        """Return whether there is nothing to mend, and say under the fields what there is."""
        return all_right((self.password_field, self.repeat_field))

    def text(self) -> str | None:
        """Return the password; nothing if the file gets none."""
        return self.password.text() if self.is_on() else None

    def tell(self, sentence: str) -> None:
        """Say why the file was not saved: under the password if that was too short."""
        if self.is_on() and len(self.password.text()) < _SHORTEST:
            self.password_field.show_error(sentence)
        else:
            ask.tell_error(self, sentence)

    def _turn(self) -> None:
        for part in (self.password_field, self.repeat_field, self.suggest_button):
            part.setVisible(self.is_on())
        self.unguarded.setVisible(self._warns and not self.is_on())
        self.turned.emit()

    def _suggest(self) -> None:
        """Fill in a password and show it, to be written down."""
        words = spoken_password()
        for field in (self.password, self.repeat):
            field.edit.setText(words)
            field.edit.setEchoMode(QLineEdit.EchoMode.Normal)

    def _password_problem(self) -> str | None:
        if self.is_on() and not self.password.text():
            return _("Write a password, or turn the protection off.")
        return None

    def _repeat_problem(self) -> str | None:
        if self.is_on() and self.repeat.text() != self.password.text():
            return _("This is not the same password. Write it once more.")
        return None
