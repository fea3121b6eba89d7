"""An instruction of a business that is served: taken, carried out, answered."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from gdprdesk.domain.base import ControllerRef
from gdprdesk.domain.terms import RequestKind, say
from gdprdesk.i18n import _
from gdprdesk.services.instructions import (
    USUAL_TIME,
    InstructionRow,
    answer_instruction,
    carry_out_instruction,
    take_instruction,
)
from gdprdesk.services.paper_files import export_answer
from gdprdesk.services.reports.instructions import show_answer
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.widgets import (
    Button,
    Choice,
    DateField,
    FormField,
    TextArea,
    all_right,
    required,
    row,
)

_WIDTH = 600


class InstructionForm(KeptForm):
    """What a business wants done, and by when."""

    def __init__(self, context: PageContext, controller: ControllerRef, name: str) -> None:
        super().__init__(
            context,
            _("New instruction"),
            _("{name} asks you to do something with its people's data.").format(name=name),
            draft=f"instruction:{controller}",
            verb=_("Save"),
        )
        self._controller = controller
        self.kind = Choice([(one, say(one)) for one in RequestKind])
        self.scope = TextArea(lines=4)
        self.received, self.due = DateField(), DateField()
        self._fields = (
            FormField(_("About"), self.kind),
            FormField(
                _("What is to be done"),
                self.scope,
                check=required(
                    self.scope.toPlainText, _("Write what is to be done, and with whose data.")
                ),
                hint=_("Say whose data by a number of the customer, where there is one."),
            ),
            FormField(_("Received"), self.received, check=self._wrong_received),
            FormField(
                _("To do by"),
                self.due,
                check=self._wrong_due,
                hint=_("As the agreement says. The customer itself has a month to answer."),
            ),
        )
        for field in self._fields:
            self.body.addWidget(field)
        today = context.today
        usual = {
            "kind": RequestKind.ERASE,
            "received": today.isoformat(),
            "due": (today + USUAL_TIME).isoformat(),
        }
        controls = {
            "kind": self.kind,
            "scope": self.scope,
            "received": self.received,
            "due": self.due,
        }
        self.begin(controls, usual)
        self.verb_button.clicked.connect(self._save)
        self.scope.setFocus()

    def _wrong_received(self) -> str | None:
        day = self.received.day()
        if day is None:
            return self.received.problem() or _("Choose a day.")
        return _("This day has not come yet.") if day > self.context.today else None

    def _wrong_due(self) -> str | None:
        day, came = self.due.day(), self.received.day()
        if day is None:
            return self.due.problem() or _("Choose a day.")
        return _("It cannot be due before it came.") if came and day < came else None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk = self.context.desk
        said: dict[str, Any] = {
            "controller_ref": self._controller,
            "kind": RequestKind(self.kind.value()),
            "scope": text_of(self.scope),
            "received_on": self.received.day(),
            "due_on": self.due.day(),
        }
        self.keep(
            lambda _progress: desk.run(take_instruction, **said),
            lambda _ref: self.end(_("The instruction is saved")),
        )


class CarriedOutForm(KeptForm):
    """What was done for an instruction, or why it could not be."""

    def __init__(self, context: PageContext, one: InstructionRow) -> None:
        super().__init__(
            context,
            _("What was done"),
            _("Instruction {number} of {name}: {scope}").format(
                number=one.number, name=one.controller, scope=one.scope
            ),
            draft=f"instruction_done:{one.ref}",
            verb=_("Save"),
        )
        self._one = one
        self.how, self.day = TextArea(lines=4), DateField()
        self._fields = (
            FormField(
                _("What was done"),
                self.how,
                check=required(
                    self.how.toPlainText, _("Write what was done, or why it could not be.")
                ),
                hint=_("And what could not be done, and why: the customer is told these words."),
            ),
            FormField(_("On which day"), self.day, check=self._wrong_day),
        )
        for field in self._fields:
            self.body.addWidget(field)
        known = {"how": one.done_how, "day": (one.done_on or context.today).isoformat()}
        self.begin({"how": self.how, "day": self.day}, known)
        self.verb_button.clicked.connect(self._save)
        self.how.setFocus()

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        if not self._one.received_on <= day <= self.context.today:
            return _("Choose a day from when it came until today.")
        return None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref = self.context.desk, self._one.ref
        how, day = text_of(self.how), self.day.day()
        self.keep(
            lambda _progress: desk.run(carry_out_instruction, ref=ref, how=how, on=day),
            lambda _none: self.end(_("It is written down; now answer the customer")),
        )


class AnswerForm(FormDialog):
    """The answer to the business, to send by mail or as a letter.

    Attributes:
        text: The mail; it may be changed before it is copied.
        copy_button: Copies it.
        letter_button: Saves it as a letter.
    """

    def __init__(self, context: PageContext, one: InstructionRow) -> None:
        answer = context.desk.ask(show_answer, ref=one.ref)
        to = _("To {name}").format(name=answer.to or one.controller)
        verb = _("Close") if one.answered_on else _("It is answered")
        super().__init__(context, answer.subject, to, verb=verb, width=_WIDTH)
        self._one = one
        self.text = TextArea(lines=12)
        self.text.setAccessibleName(_("Answer"))
        self.text.setPlainText(answer.body)
        self.copy_button = Button(_("Copy the text"), icon_name="copy", on_click=self._copy)
        self.letter_button = Button(
            _("Save as a letter…"), icon_name="file-text", on_click=self._save_letter
        )
        self.body.addWidget(self.text)
        self.body.addLayout(row(self.copy_button, self.letter_button, None))
        self.verb_button.clicked.connect(self._answered)
        self.cancel_button.setVisible(one.answered_on is None)
        self.text.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText(_("Copied"))

    def _save_letter(self) -> None:
        name = _("Answer {number} to {name}").format(
            number=self._one.number, name=self._one.controller
        )
        save_report(self.context, name, export_answer, ref=self._one.ref)

    def _answered(self) -> None:
        if self._one.answered_on is not None:
            self.accept()
            return
        desk, ref = self.context.desk, self._one.ref
        self.context.save(
            lambda _progress: desk.run(answer_instruction, ref=ref),
            lambda _none: self._told(),
            self.verb_button,
        )

    def _told(self) -> None:
        self.accept()
        words = _("Instruction {number} is answered").format(number=self._one.number)
        self.context.toast(words, undoable=True)


def take(context: PageContext, controller: ControllerRef, name: str) -> InstructionForm:
    """Write down what a business wants done."""
    form = InstructionForm(context, controller, name)
    form.open()
    return form


def go_on_with(context: PageContext, one: InstructionRow) -> FormDialog:
    """Do the next step of an instruction: write what was done, or answer; or look at the answer."""
    form = CarriedOutForm(context, one) if one.done_on is None else AnswerForm(context, one)
    form.open()
    return form
