"""A reason in own words that the law asks for."""

from __future__ import annotations

from collections.abc import Callable

from gdprdesk.i18n import _
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import FormField, TextArea, all_right, required


class ReasonForm(KeptForm):
    """A text, and what is done with it.

    Args:
        context: The open register.
        title: What is decided.
        sentence: What that means.
        label: What is asked for.
        missing: What is said when nothing was written.
        draft: The name its draft is kept under.
        known: What was written before.
        do: Saves it; on the worker.

    Attributes:
        why: Own words.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        sentence: str,
        *,
        label: str,
        missing: str,
        draft: str,
        known: str,
        do: Callable[[str], object],
    ) -> None:
        super().__init__(context, title, sentence, draft=draft, verb=_("Save"))
        self.why = TextArea(lines=4)
        self._do = do
        self._fields = [FormField(label, self.why, check=required(self.why.toPlainText, missing))]
        self.body.addWidget(self._fields[0])
        self.begin({"why": self.why}, {"why": known})
        self.verb_button.clicked.connect(self._save)
        self.why.setFocus()

    def _save(self) -> None:
        if all_right(self._fields):
            why = text_of(self.why)
            self.keep(
                lambda _progress: self._do(why), lambda _none: self.end(_("It is written down"))
            )
