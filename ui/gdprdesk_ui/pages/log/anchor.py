"""Comparing the foot of an old paper with the log."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.services.log_anchors import verify_anchor
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Banner, FormField, all_right


class AnchorForm(FormDialog):
    """Asks for what stands at the foot of a paper, and says what it proves.

    Attributes:
        number: The number of the line.
        characters: The twelve characters after it.
        answer: What the paper proves; hidden until it is known.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context,
            _("Check an old paper"),
            _("At the foot of each report stands “Log”, a number and 12 characters."),
            verb=_("Compare"),
        )
        self.number, self.characters = QLineEdit(), QLineEdit()
        self._fields = (
            FormField(_("Number"), self.number, check=self._number_problem),
            FormField(_("The 12 characters"), self.characters),
        )
        self.answer = Banner("info", "")
        self.answer.hide()
        for one in (*self._fields, self.answer):
            self.body.addWidget(one)
        self.cancel_button.setText(_("Close"))
        self.verb_button.clicked.connect(self._compare)

    def _number_problem(self) -> str | None:
        said = self.number.text().strip()
        if not said.isdecimal() or len(said) > 15:  # noqa: PLR2004  (no log is as long)
            return _("Write the number that stands after “Log”.")
        return None

    def _compare(self) -> None:
        if not all_right(self._fields):
            return
        number, characters = int(self.number.text().strip()), self.characters.text()
        try:
            said = self.context.desk.ask(verify_anchor, number=number, characters=characters)
        except DomainError as error:
            self._fields[1].show_error(str(error))
            return
        self._fields[1].show_error("")
        self.answer.setProperty("tone", "accent" if said.fits else "danger")
        self.answer.style().polish(self.answer)
        title = _("The paper fits") if said.fits else _("The paper does not fit")
        self.answer.set_words(title, said.sentence)
        self.answer.show()


def check_paper(context: PageContext) -> AnchorForm:
    """Ask what stands at the foot of an old paper."""
    form = AnchorForm(context)
    form.open()
    return form
