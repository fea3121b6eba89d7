"""How the columns of a list were recognised, and remembering it for the next time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.columns import Field
from gdprdesk.i18n import _
from gdprdesk.services.import_mappings import (
    Suggestion,
    delete_mapping,
    rename_mapping,
    save_mapping,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import Banner, Button, Label, column, row

Columns = Callable[[], tuple[tuple[str, ...], tuple[Field, ...]]]


class MatchingBar(QWidget):
    """Says which program a list is from, and keeps what its columns hold under a name.

    Attributes:
        said: How the columns were recognised, to be shown above them; hidden if only guessed.
        name: What the matching is called.
        keep_button: Remembers it, or writes it anew.
        forget_button: Forgets the one that was remembered.
        problem: Says why it cannot be remembered.
    """

    def __init__(self, context: PageContext, suggested: Suggestion, columns: Columns) -> None:
        super().__init__()
        self._context, self._columns = context, columns
        self._saved: RecordRef | None = suggested.saved_ref
        self.said = Banner("info", _recognised(suggested))
        self.problem = Banner("danger", "")
        self.name = QLineEdit(suggested.name if suggested.saved_ref else "")
        label = Label(_("Remember this matching as"), "small", "muted", keep=True)
        label.setBuddy(self.name)
        self.name.setAccessibleName(label.text())
        self.keep_button = Button(_("Remember"), size="small", on_click=self._keep)
        self.forget_button = Button(_("Forget"), size="small", on_click=self._forget)
        inside = row(label, self.name, self.keep_button, self.forget_button)
        self.setLayout(column(self.problem, inside, spacing=10))
        self.problem.hide()
        if not suggested.name:
            self.said.hide()
        if self._saved is None:
            self.forget_button.hide()

    def _keep(self) -> None:
        desk, name, saved = self._context.desk, self.name.text(), self._saved
        headings, fields = self._columns()

        def keep(_progress: object) -> RecordRef:
            if saved is not None:
                desk.run(rename_mapping, ref=saved, name=name)
            return desk.run(save_mapping, name=name, headings=headings, fields=fields)

        self._do(keep, self._kept)

    def _kept(self, ref: RecordRef) -> None:
        self._saved = ref
        self.forget_button.show()
        self._say(_("Remembered: a list with the same headings is matched like this."))

    def _forget(self) -> None:
        saved, desk = self._saved, self._context.desk
        if saved is not None:
            self._do(lambda _progress: desk.run(delete_mapping, ref=saved), self._forgotten)

    def _forgotten(self, _nothing: None) -> None:
        self._saved = None
        self.name.clear()
        self.forget_button.hide()
        self._say(_("Forgotten: the next list is matched as it looks."))

    def _do(self, call: Callable[..., object], then: Callable[..., object]) -> None:
        self.problem.hide()
        self._context.save(call, then, self.keep_button, refused=self._tell)

    def _say(self, words: str) -> None:
        self.said.set_words(words)
        self.said.show()

    def _tell(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()


def _recognised(suggested: Suggestion) -> str:
    if suggested.saved_ref is not None:
        return _("Matched as last time: {name}.").format(name=suggested.name)
    return _("Recognised: {name}.").format(name=suggested.name)
