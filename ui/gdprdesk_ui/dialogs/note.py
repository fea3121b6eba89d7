"""A note about a person, to be read and changed."""

from __future__ import annotations

from gdprdesk.domain.base import SubjectRef
from gdprdesk.i18n import _
from gdprdesk.services.notes import update_note
from gdprdesk.services.persons import HistoryRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.quiet_warning import QuietStrip
from gdprdesk_ui.widgets import Button, TextArea


class NoteForm(FormDialog):
    """The whole text of a note.

    Attributes:
        text: What it says.
        quiet: What is better not kept of anybody.
        remove_button: Takes the note away.
    """

    def __init__(self, context: PageContext, subject_ref: SubjectRef, note: HistoryRow) -> None:
        super().__init__(context, _("Note"), verb=_("Save"))
        self._note = note
        self.text = TextArea(lines=8)
        self.text.setAccessibleName(_("Note"))
        self.quiet = QuietStrip(context)
        self.quiet.watch(self.text)
        self.body.addWidget(self.text)
        self.body.addWidget(self.quiet)
        self.remove_button = Button(_("Remove"), "danger", "trash-2", on_click=self._remove)
        self.verbs.insertWidget(0, self.remove_button)
        self._draft = DraftKeeper(context, f"note:{note.ref}", self._entered, self)
        self.text.setPlainText(self._draft.follow(subject_ref).get("text", note.title))
        self.text.textChanged.connect(self._draft.touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)
        self.text.setFocus()

    def _entered(self) -> dict[str, str]:
        text = self.text.toPlainText()
        return {"text": text} if text != self._note.title else {}

    def _save(self) -> None:
        self._write(self.text.toPlainText(), _("The note is saved"))

    def _remove(self) -> None:
        self._write("", _("The note is removed"))

    def _write(self, text: str, words: str) -> None:
        desk, ref = self.context.desk, self._note.ref
        self.context.save(
            lambda _progress: desk.run(update_note, ref=ref, text=text),
            lambda _none: self._end(words),
            self.verb_button,
        )

    def _end(self, words: str) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(words, undoable=True)


def edit_note(context: PageContext, subject_ref: SubjectRef, note: HistoryRow) -> NoteForm:
    """Show a note to be changed."""
    form = NoteForm(context, subject_ref, note)
    form.open()
    return form
