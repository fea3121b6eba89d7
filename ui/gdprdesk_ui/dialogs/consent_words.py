"""New words to ask with; those who have answered keep the words they were asked with."""

from __future__ import annotations

from gdprdesk.domain.base import ConsentTextRef
from gdprdesk.i18n import _
from gdprdesk.services.consent_texts import ConsentTextRow, replace_consent_text
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.widgets import FormField, TextArea, all_right

_WIDTH = 560


class ConsentWordsForm(FormDialog):
    """The next version of the words of a purpose, in one language.

    Attributes:
        words: The words to ask with from now on.
    """

    def __init__(self, context: PageContext, text: ConsentTextRow) -> None:
        super().__init__(
            context,
            _("New words for “{purpose}”").format(purpose=text.name),
            _("Whoever has answered keeps the words she was asked with, as proof."),
            verb=_("Ask with these words"),
            width=_WIDTH,
        )
        self._text = text
        self.words = TextArea(lines=12)
        self._field = FormField(LANGUAGE_NAMES[text.language], self.words, check=self._problem)
        self.body.addWidget(self._field)
        form = f"consent_words:{text.purpose}:{text.language}"
        self._draft = DraftKeeper(context, form, self._entered, self)
        self.words.setPlainText(self._draft.follow(None).get("text", text.text))
        self.words.textChanged.connect(self._draft.touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)
        self.words.setFocus()

    def _entered(self) -> dict[str, str]:
        words = self.words.toPlainText()
        return {"text": words} if words.strip() != self._text.text else {}

    def _problem(self) -> str | None:
        words = self.words.toPlainText().strip()
        if not words:
            return _("Write the words that the person is asked with.")
        return _("These are the words in use now.") if words == self._text.text else None

    def _save(self) -> None:
        if all_right([self._field]):
            desk, ref, words = self.context.desk, self._text.ref, self.words.toPlainText()
            self.context.save(
                lambda _progress: desk.run(replace_consent_text, text_ref=ref, text=words),
                self._end,
                self.verb_button,
            )

    def _end(self, _ref: ConsentTextRef) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(_("From now on you ask with the new words"), undoable=True)


def change_words(context: PageContext, text: ConsentTextRow) -> ConsentWordsForm:
    """Ask for the next version of the words of a purpose."""
    form = ConsentWordsForm(context, text)
    form.open()
    return form
