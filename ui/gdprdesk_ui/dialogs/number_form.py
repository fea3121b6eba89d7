"""An identity number is written down, or read: each with its reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ReadReason, say
from gdprdesk.i18n import _
from gdprdesk.services.identity_numbers import (
    NumberRow,
    add_number,
    change_number,
    find_same_number,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import (
    Choice,
    FormField,
    Label,
    TextArea,
    all_right,
    required,
)


class NumberForm(FormDialog):
    """A number and why it must be known. It is kept in no draft, which is not sealed as it is.

    Attributes:
        number: The number, in any way of writing it.
        why: Why the business must know it.
        same: That somebody else here has it already.
    """

    def __init__(
        self, context: PageContext, subject_ref: SubjectRef, known: NumberRow | None = None
    ) -> None:
        super().__init__(
            context,
            _("Change identity number") if known else _("Identity number"),
            _("It may be kept only where it is clearly needed. The reason is kept with it."),
            verb=_("Save"),
        )
        self._subject, self._known = subject_ref, known
        self.number = QLineEdit()
        self.number.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.why = TextArea(lines=3)
        self.why.setPlainText(known.why if known else "")
        self.same = Label("", "small", "warn", wrap=True)
        self.same.hide()
        missing = _("Write the number.")
        self._number_field = FormField(
            _("Number"),
            self.number,
            check=None if known else required(self.number.text, missing),
            hint=_("Leave it empty to keep {number}.").format(number=known.shown) if known else "",
        )
        self._why_field = FormField(
            _("Why you must know it"),
            self.why,
            check=required(self.why.toPlainText, _("Write why you must know it.")),
        )
        for part in (self._number_field, self.same, self._why_field):
            self.body.addWidget(part)
        self.number.editingFinished.connect(self._look)
        self.verb_button.clicked.connect(self._save)
        self.number.setFocus()

    def _look(self) -> None:
        """Say if somebody else has this number, before it is saved."""
        number = self.number.text().strip()
        also: tuple[SubjectRef, ...] = ()
        if number:
            try:
                also = self.context.desk.ask(find_same_number, number=number)
            except DomainError as error:
                self._number_field.show_error(str(error))
        others = [one for one in also if one != self._subject]
        self.same.setText(_("Somebody here has this number already. Is she written down twice?"))
        self.same.setVisible(bool(others))

    def _save(self) -> None:
        if not all_right([self._number_field, self._why_field]):
            return
        number, why = self.number.text().strip(), self.why.toPlainText().strip()
        desk, subject, known = self.context.desk, self._subject, self._known

        def save() -> None:
            if known is None:
                desk.run(add_number, subject_ref=subject, number=number, why=why)
            else:
                desk.run(change_number, ref=known.ref, number=number, why=why)

        self.context.save(
            lambda _progress: save(),
            lambda _none: self._tell(),
            self.verb_button,
            refused=self._number_field.show_error,
        )

    def _tell(self) -> None:
        self.context.toast(_("The number is kept"), undoable=True)
        self.accept()


class ReadForm(FormDialog):
    """Why a number is read; the answer stands in the log before it is shown.

    Attributes:
        reason: Why.
    """

    def __init__(self, context: PageContext, do: Callable[[ReadReason], object]) -> None:
        super().__init__(
            context,
            _("Show the number?"),
            _("The log keeps that you have read it, when and why. It is shown for 30 seconds."),
            verb=_("Show it"),
        )
        self._do = do
        self.reason = Choice([(one, say(one)) for one in ReadReason])
        self.reason.set_value(ReadReason.IDENTITY)
        self.body.addWidget(FormField(_("Why do you read it?"), self.reason))
        self.verb_button.clicked.connect(self._show)
        self.reason.setFocus()

    def _show(self) -> None:
        reason = self.reason.value()
        self.accept()
        self._do(reason)
