"""Saving what others must not read: what it is for, whether it has a password, and where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.handing import Handing, usual_purpose
from gdprdesk.domain.spoken import spoken_password
from gdprdesk.domain.terms import ExportPurpose, say
from gdprdesk.i18n import _
from gdprdesk.services.files import ExportReceipt
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.saved_file import SavedFile
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    FormField,
    Label,
    PasswordField,
    Switch,
    all_right,
    clear,
    row,
)

_WIDTH = 560
_OWN_PASSWORD = {"xlsx", "pdf", "zip"}


@dataclass(frozen=True)
class Saving:
    """What is saved, and how.

    Attributes:
        title: What the dialog is called.
        name: What the file is called, without its ending.
        action: The name of the action, such as "export.people".
        kinds: As what it can be saved: endings and what they are called.
        guarded: Whether it holds what others must not read, so that a password is suggested.
        write: Writes it to a file, as one of the kinds.
        purpose: What it is for, where that was chosen before; it is not asked again.
    """

    title: str
    name: str
    action: str
    kinds: Sequence[tuple[str, str]]
    guarded: bool
    write: Callable[[Path, str], ExportReceipt]
    purpose: ExportPurpose | None = None


class SaveGuarded(FormDialog):
    """What for, as what, with which password; then where to.

    Attributes:
        purpose: What the file is for, as the log says it.
        kind: As what it is saved.
        protect: Whether it has a password; preselected where others must not read it.
        unguarded: Warns that anybody can read it.
        saved: What was said when the file was saved; None before.
    """

    def __init__(self, context: PageContext, saving: Saving) -> None:
        super().__init__(
            context,
            saving.title,
            _("The log says what the file is for and what it is called, but names nobody."),
            verb=_("Save…"),
            width=_WIDTH,
        )
        self._saving = saving
        self.saved: SavedFile | None = None
        self.purpose = Choice([(one, say(one)) for one in ExportPurpose])
        self.purpose.set_value(saving.purpose or usual_purpose(saving.action))
        self.purpose.setEnabled(saving.purpose is None)
        self.kind = Choice(list(saving.kinds))
        self.protect = Switch(_("Protect with a password"))
        self.protect.setChecked(saving.guarded)
        self.unguarded = Banner(
            "warn",
            _("Without a password whoever gets hold of the file can read it."),
            _("Hand it over in person, or turn the password on."),
            icon_name="lock-open",
        )
        self.password, self.repeat = PasswordField(), PasswordField()
        self._password_field = FormField(
            _("Password of the file"),
            self.password,
            check=self._password_problem,
            hint=_("At least 10 letters or digits. Give it in another way than the file itself."),
        )
        self._repeat_field = FormField(
            _("The password once more"), self.repeat, check=self._repeat_problem
        )
        self.suggest_button = Button(_("Suggest one that can be said"), on_click=self._suggest)
        self._build()

    def _build(self) -> None:
        self.body.addWidget(FormField(_("What it is for"), self.purpose))
        self.body.addWidget(FormField(_("As what"), self.kind))
        self.body.addLayout(row(Label(_("Protect with a password")), None, self.protect))
        for one in (self.unguarded, self._password_field, self._repeat_field):
            self.body.addWidget(one)
        self.body.addLayout(row(self.suggest_button, None))
        self.body.addStretch(1)
        self.protect.toggled.connect(lambda _on: self._show_guard())
        self.verb_button.clicked.connect(self._save)
        self._show_guard()

    def _show_guard(self) -> None:
        is_on = self.protect.isChecked()
        for field in (self._password_field, self._repeat_field, self.suggest_button):
            field.setVisible(is_on)
        self.unguarded.setVisible(not is_on and self._saving.guarded)

    def _suggest(self) -> None:
        """Fill in a password and show it, to be written down."""
        words = spoken_password()
        for field in (self.password, self.repeat):
            field.edit.setText(words)
            field.edit.setEchoMode(QLineEdit.EchoMode.Normal)

    def _password_problem(self) -> str | None:
        if self.protect.isChecked() and not self.password.text():
            return _("Write a password, or turn the protection off.")
        return None

    def _repeat_problem(self) -> str | None:
        if self.protect.isChecked() and self.repeat.text() != self.password.text():
            return _("This is not the same password. Write it once more.")
        return None

    def _save(self) -> None:
        if not all_right((self._password_field, self._repeat_field)):
            return
        kind, is_on = self.kind.value(), self.protect.isChecked()
        ending = kind if kind in _OWN_PASSWORD or not is_on else "zip"
        title, name = _("Save the file"), f"{self._saving.name}.{ending}"
        to = ask.choose_file_to_save(self, title, name, [(ending.upper(), [ending])])
        if to is None:
            return
        password = self.password.text() if is_on else None
        handing, desk = Handing(self.purpose.value(), password), self.context.desk

        def write(_progress: object) -> ExportReceipt:
            with desk.handing_out(handing):
                return self._saving.write(to, kind)

        self.context.save(write, self._end, self.verb_button, refused=self._tell)

    def _tell(self, sentence: str) -> None:
        if self.protect.isChecked() and len(self.password.text()) < 10:  # noqa: PLR2004
            self._password_field.show_error(sentence)
        else:
            ask.tell_error(self, sentence)

    def _end(self, receipt: ExportReceipt) -> None:
        clear(self.body)
        words = list(receipt.remarks)
        if receipt.protected:
            words.append(_("Nobody can open it without the password, not even you."))
        self.saved = SavedFile(receipt.path, " ".join(words))
        self.body.addWidget(self.saved)
        self.body.addStretch(1)
        self.title.setText(_("The file is saved"))
        self.sentence.hide()
        self.verb_button.hide()
        self.cancel_button.setText(_("Close"))
        self.cancel_button.setFocus()


def save_guarded(context: PageContext, saving: Saving) -> SaveGuarded:
    """Ask what a file is for and how it is guarded, and save it."""
    form = SaveGuarded(context, saving)
    form.open()
    return form
