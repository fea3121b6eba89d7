"""Everything about one person, in a file for herself: Articles 15 and 20."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import RequestKind, say
from gdprdesk.i18n import LANGUAGES, _, current_language, ngettext
from gdprdesk.services.copy_files import CopyFormat, export_person
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.persons import show_subject
from gdprdesk.services.requests import list_requests
from gdprdesk.services.third_parties import others_named
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.others_named import OthersNamed
from gdprdesk_ui.dialogs.password_guard import PasswordGuard
from gdprdesk_ui.dialogs.saved_file import SavedFile
from gdprdesk_ui.widgets import (
    Choice,
    FormField,
    Label,
    Switch,
    clear,
    row,
)

LANGUAGE_NAMES = {"sv": "Svenska", "nb": "Norsk bokmål", "en": "English"}
_WIDTH = 600


class GiveCopy(FormDialog):
    """Who else is named, as what, in which language and how guarded; then where to.

    Attributes:
        kind: zip, pdf, json, csv, ics or vcf.
        portable: Whether it is only what she gave herself: Article 20.
        request: Which open request of hers it answers; nothing for none.
        given_to: Who gets it, where that is somebody else.
        guard: The password of a zip.
        others: Other people named in her records, each to be left or masked.
        saved: What was said when the file was saved; None before.
    """

    def __init__(
        self, context: PageContext, subject_ref: SubjectRef, request_ref: RecordRef | None = None
    ) -> None:
        person = context.desk.ask(show_subject, subject_ref=subject_ref)
        super().__init__(
            context,
            _("A copy for {name}").format(name=person.name),
            _("Everything the register holds about this person, to be handed over."),
            verb=_("Save…"),
            width=_WIDTH,
        )
        self._subject_ref, self._name = subject_ref, person.name
        self.saved: SavedFile | None = None
        self.others = OthersNamed(context.desk.ask(others_named, subject_ref=subject_ref))
        self.kind = Choice(
            [
                ("zip", _("Everything packed as zip: to read, for programs, and all files")),
                ("pdf", _("Only a PDF to read")),
                ("json", _("Only a JSON file for programs")),
                ("csv", _("Only tables (CSV)")),
                ("ics", _("Only orders and visits for a calendar")),
                ("vcf", _("Only contact details for an address book")),
            ]
        )
        self.language = Choice([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.language.set_value(person.language or current_language())
        self.portable = Switch(_("Only what she gave us herself"))
        self._add_request(request_ref)
        self.guard = PasswordGuard()
        self.body.addWidget(self.others)
        self.body.addWidget(self._request_field)
        self.body.addWidget(self._given_to_field)
        self.body.addWidget(FormField(_("As what"), self.kind))
        self.body.addWidget(FormField(_("Language"), self.language))
        self.body.addLayout(
            row(Label(_("Only what she gave us herself, to take along")), None, self.portable)
        )
        self.body.addWidget(self.guard)
        self.kind.picked.connect(lambda _kind: self._show_guard())
        self.request.picked.connect(lambda _ref: self._show_request())
        self._show_guard()
        self._show_request()
        self.verb_button.clicked.connect(self._save)

    def _add_request(self, request_ref: RecordRef | None) -> None:
        rows = self.context.desk.ask(list_requests, open_only=True, subject_ref=self._subject_ref)
        self._requests = {one.ref: one for one in rows}
        words = _("{number}: {kind}")
        none: tuple[RecordRef | None, str] = (None, _("None"))
        self.request = Choice[RecordRef | None](
            [
                none,
                *((r.ref, words.format(number=r.number, kind=say(r.kind))) for r in rows),
            ]
        )
        asked = (RequestKind.ACCESS, RequestKind.PORT)
        usual = next((one.ref for one in rows if one.kind in asked), None)
        self.request.set_value(request_ref if request_ref in self._requests else usual)
        self._request_field = FormField(_("Which request it answers"), self.request)
        self._request_field.setVisible(bool(rows))
        self.given_to = QLineEdit()
        self._given_to_field = FormField(
            _("Who gets it, if not she herself"), self.given_to, optional=True
        )

    def _show_guard(self) -> None:
        self.guard.offer(possible=self.kind.value() == "zip")

    def _show_request(self) -> None:
        chosen = self.request.value()
        self._given_to_field.setVisible(chosen is not None)
        if chosen is not None:
            self.portable.setChecked(self._requests[chosen].kind is RequestKind.PORT)

    def _save(self) -> None:
        if not (self.others.is_right() and self.guard.is_right()):
            return
        ending = self.kind.value()
        suggestion = _("Copy for {name}").format(name=_as_file_name(self._name)) + f".{ending}"
        title = _("Where to save the copy")
        to = ask.choose_file_to_save(self, title, suggestion, [(ending.upper(), [ending])])
        if to is not None:
            self._write(to)

    def _write(self, to: Path) -> None:
        desk, subject_ref = self.context.desk, self._subject_ref
        kind, language = CopyFormat(self.kind.value()), self.language.value()
        password = self.guard.text()
        masked, portable = self.others.masked(), self.portable.isChecked()
        request_ref, given_to = self.request.value(), self.given_to.text()
        self.context.save(
            lambda _progress: desk.run(
                export_person,
                subject_ref=subject_ref,
                to=to,
                format=kind,
                language_code=language,
                password=password,
                masked=masked,
                portable=portable,
                request_ref=request_ref,
                given_to=given_to,
                overwrite=True,  # the file dialog has asked
            ),
            self._end,
            self.verb_button,
            refused=self.guard.tell,
        )

    def _end(self, receipt: ExportReceipt) -> None:
        guarded = self.guard.is_on()
        noted = self.request.value() is not None
        clear(self.body)
        said = ngettext("{count} record is in it.", "{count} records are in it.", receipt.rows)
        words = [said.format(count=receipt.rows)]
        if guarded:
            words.append(_("Nobody can open it without the password, not even you."))
        if noted:
            words.append(_("The request says that it was made."))
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


def give_copy(
    context: PageContext, subject_ref: SubjectRef, request_ref: RecordRef | None = None
) -> GiveCopy:
    """Ask how a person is to have her copy, for a request of hers or without one, and save it."""
    form = GiveCopy(context, subject_ref, request_ref)
    form.open()
    return form
