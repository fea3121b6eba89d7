"""The letters of a request: choose one, read it, mail it or save it to print."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from gdprdesk.domain.terms import LetterKind, say
from gdprdesk.i18n import _
from gdprdesk.services.files import ExportReceipt
from gdprdesk.services.letters import export_letter, letter_text, letters_of
from gdprdesk.services.request_rows import RequestRow
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import WIDE, FormDialog
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.saved_file import tell_saved
from gdprdesk_ui.widgets import Button, Choice, FormField, TextArea, row


class LetterForm(FormDialog):
    """The letter that fits now, as it will read, with room for own words.

    Attributes:
        letter: Which letter.
        language: What it is written in; first hers.
        own_words: What the owner adds.
        text: As it reads.
        copy_button: Puts it on the clipboard, to paste into a mail.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        title = _("Letter in request {number}").format(number=one.number)
        super().__init__(context, title, verb=_("Save as PDF…"), width=WIDE)
        self.one = one
        fitting = context.desk.ask(letters_of, request_ref=one.ref)
        self.letter = Choice([(each, say(each)) for each in fitting])
        hers = [("", _("Her language")), *LANGUAGE_NAMES.items()]
        self.language = Choice(hers)
        self.own_words = TextArea(lines=2)
        self.text = TextArea(lines=16)
        self.text.setReadOnly(True)
        self.copy_button = Button(_("Copy the text"), icon_name="copy", on_click=self._copy)
        self.body.addLayout(
            row(
                FormField(_("Letter"), self.letter),
                FormField(_("Language"), self.language),
                spacing=12,
            )
        )
        self.body.addWidget(FormField(_("Your own words"), self.own_words, optional=True))
        self.body.addWidget(FormField(_("As it reads"), self.text))
        self.verbs.insertWidget(0, self.copy_button)
        self.letter.picked.connect(lambda _value: self._show())
        self.language.picked.connect(lambda _value: self._show())
        self.own_words.textChanged.connect(self._show)
        self.verb_button.clicked.connect(self._save)
        self._show()
        self.letter.setFocus()

    def _show(self) -> None:
        said = self.context.desk.ask(
            letter_text,
            request_ref=self.one.ref,
            letter=self.letter.value(),
            language_code=self.language.value() or None,
            own_words=self.own_words.toPlainText(),
        )
        self.text.setPlainText(f"{said.subject}\n\n{said.body}")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.context.toast(_("The letter is on the clipboard"))

    def _save(self) -> None:
        letter: LetterKind = self.letter.value()
        suggestion = _("Request {number}.pdf").format(number=self.one.number)
        filters = [(_("PDF"), ["pdf"])]
        path: Path | None = ask.choose_file_to_save(self, _("Save the letter"), suggestion, filters)
        if path is not None:
            self.context.save(
                lambda _operation: self.context.desk.run(
                    export_letter,
                    request_ref=self.one.ref,
                    letter=letter,
                    to=path,
                    language_code=self.language.value() or None,
                    own_words=self.own_words.toPlainText(),
                    overwrite=True,
                ),
                self._end,
                self.verb_button,
            )

    def _end(self, receipt: ExportReceipt) -> None:
        self.accept()
        tell_saved(self.context, receipt.path)


def write_letter(context: PageContext, one: RequestRow) -> LetterForm:
    """Show the letters that fit a request as it stands."""
    form = LetterForm(context, one)
    form.open()
    return form
