"""Everything about one person, in a file for herself: Articles 15 and 20."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import LANGUAGES, _, current_language, ngettext
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.persons import show_subject
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.saved_file import SavedFile
from gdprdesk_ui.widgets import (
    Choice,
    FormField,
    Label,
    PasswordField,
    Switch,
    all_right,
    clear,
    row,
)

LANGUAGE_NAMES = {"sv": "Svenska", "nb": "Norsk bokmål", "en": "English"}


class GiveCopy(FormDialog):
    """As what, in which language and how guarded; then where to.

    Attributes:
        kind: zip, pdf or json.
        protect: Whether the zip has a password.
        saved: What was said when the file was saved; None before.
    """

    def __init__(self, context: PageContext, subject_ref: SubjectRef) -> None:
        person = context.desk.ask(show_subject, subject_ref=subject_ref)
        super().__init__(
            context,
            _("A copy for {name}").format(name=person.name),
            _("Everything the register holds about this person, to be handed over."),
            verb=_("Save…"),
        )
        self._subject_ref, self._name = subject_ref, person.name
        self.saved: SavedFile | None = None
        self.kind = Choice(
            [
                ("zip", _("A folder packed as zip: to read, for programs, and all files")),
                ("pdf", _("A PDF to read")),
                ("json", _("A JSON file for programs")),
            ]
        )
        self.language = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.language.set_value(person.language or current_language())
        self.protect = Switch(_("Protect with a password"))
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
        self._guard = row(Label(_("Protect with a password")), None, self.protect)
        self.body.addWidget(FormField(_("As what"), self.kind))
        self.body.addWidget(FormField(_("Language"), self.language))
        self.body.addLayout(self._guard)
        self.body.addWidget(self._password_field)
        self.body.addWidget(self._repeat_field)
        self.kind.picked.connect(lambda _kind: self._show_guard())
        self.protect.toggled.connect(lambda _on: self._show_guard())
        self._show_guard()
        self.verb_button.clicked.connect(self._save)

    def _is_guarded(self) -> bool:
        return self.kind.value() == "zip" and self.protect.isChecked()

    def _show_guard(self) -> None:
        self.protect.setEnabled(self.kind.value() == "zip")
        for field in (self._password_field, self._repeat_field):
            field.setVisible(self._is_guarded())

    def _password_problem(self) -> str | None:
        if self._is_guarded() and not self.password.text():
            return _("Write a password, or turn the protection off.")
        return None

    def _repeat_problem(self) -> str | None:
        if self._is_guarded() and self.repeat.text() != self.password.text():
            return _("This is not the same password. Write it once more.")
        return None

    def _save(self) -> None:
        if not all_right((self._password_field, self._repeat_field)):
            return
        ending = self.kind.value()
        suggestion = _("Copy for {name}").format(name=_as_file_name(self._name)) + f".{ending}"
        kinds = {"zip": _("Zip folder"), "pdf": "PDF", "json": "JSON"}
        title = _("Where to save the copy")
        to = ask.choose_file_to_save(self, title, suggestion, [(kinds[ending], [ending])])
        if to is not None:
            self._write(to)

    def _write(self, to: Path) -> None:
        desk, subject_ref = self.context.desk, self._subject_ref
        language = self.language.value()
        password = self.password.text() if self._is_guarded() else None
        self.context.save(
            lambda _progress: desk.run(
                export_person,
                subject_ref=subject_ref,
                to=to,
                language_code=language,
                password=password,
                overwrite=True,  # the file dialog has asked
            ),
            self._end,
            self.verb_button,
            refused=self._tell,
        )

    def _tell(self, sentence: str) -> None:
        if self._is_guarded() and len(self.password.text()) < 10:  # noqa: PLR2004
            self._password_field.show_error(sentence)
        else:
            ask.tell_error(self, sentence)

    def _end(self, receipt: ExportReceipt) -> None:
        guarded = self._is_guarded()
        clear(self.body)
        said = ngettext("{count} record is in it.", "{count} records are in it.", receipt.rows)
        words = [said.format(count=receipt.rows)]
        if guarded:
            words.append(_("Nobody can open it without the password, not even you."))
        self.saved = SavedFile(receipt.path, " ".join(words))
        self.body.addWidget(self.saved)
        self.body.addStretch(1)
        self.title.setText(_("The copy is saved"))
        self.sentence.hide()
        self.verb_button.hide()
        self.cancel_button.setText(_("Close"))
        self.cancel_button.setFocus()


def _as_file_name(name: str) -> str:
    """Return a name without what no file name may hold."""
    return "".join(" " if letter in '\\/:*?"<>|' else letter for letter in name).strip(" .")


def give_copy(context: PageContext, subject_ref: SubjectRef) -> GiveCopy:
    """Ask how a person is to have her copy, and save it."""
    form = GiveCopy(context, subject_ref)
    form.open()
    return form
