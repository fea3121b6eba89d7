"""The scan of a signed form: found by the code at its foot, kept with the answer it proves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Decision, say
from gdprdesk.i18n import _
from gdprdesk.jobs import Progress
from gdprdesk.services.consent_forms import FormRow, attach_form, find_form, record_form
from gdprdesk.services.guardians import list_guardians
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.channel_boxes import ChannelBoxes
from gdprdesk_ui.dialogs.consent import AnswerField
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Choice,
    DateField,
    EmptyState,
    FormField,
    Label,
    all_right,
    column,
    hide_unless,
)

_SCANS = ["pdf", "jpg", "jpeg", "png"]


class FormAnswer(QWidget):
    """What is ticked on a form: the answer, each place by itself, who signed and when.

    Attributes:
        answer: Yes, no, or not confirmed: neither is ticked, or it is not signed.
        channels: The places that are ticked; to the others she says no.
        who: Who signed it for a child.
        day: The day on it.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.answer, self.channels = AnswerField(), ChannelBoxes()
        self.who: Choice[str] = Choice([("", "")])
        self.day = DateField(context.today)
        self._who = FormField(_("Who signed it"), self.who)
        self._where = FormField(
            _("Which places are ticked"),
            self.channels,
            check=self._channel_problem,
            hint=_("What is not ticked is a no to that place."),
        )
        self._answer = FormField(
            _("What is ticked?"),
            self.answer,
            check=self._answer_problem,
            hint=_("Not confirmed: neither is ticked, or nobody has signed it."),
        )
        self._day = FormField(_("Day on the form"), self.day, check=self._day_problem)
        self._fields = (self._answer, self._where, self._day)
        self.setLayout(column(self._who, *self._fields, spacing=14))

    def ask_about(self, form: FormRow) -> None:
        """Ask what stands on the form of somebody."""
        self.channels.offer(form.places)
        self._where.setVisible(bool(form.places))
        today = self._context.today
        guardians = self._context.desk.ask(list_guardians, subject_ref=form.subject_ref)
        names = [one.name for one in guardians if one.name and today < one.of_age_on]
        herself = ("", _("{name} herself").format(name=form.name))
        self.who.set_choices([*((one, one) for one in names), herself])
        self._who.setVisible(bool(names))

    def is_right(self) -> bool:
        """Say what is missing, and return whether nothing is."""
        return all_right(self._fields)

    def said(self) -> dict[str, Any]:
        """Return it as the register takes it."""
        return {
            "decision": self.answer.answer(),
            "channels": self.channels.ticked(),
            "decided_on": self.day.day(),
            "given_by": self.who.value(),
        }

    def _answer_problem(self) -> str | None:
        return None if self.answer.answer() else _("Choose what is ticked.")

    def _channel_problem(self) -> str | None:
        is_yes = self.answer.answer() is Decision.GIVEN
        if is_yes and self.channels.boxes and not self.channels.ticked():
            return _("Tick at least one place, or the answer is no.")
        return None

    def _day_problem(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Write the day it was said.")
        return _("This day has not come yet.") if day > self._context.today else None


class ScanForm(FormDialog):
    """Takes the scan of a form that was signed by hand.

    Args:
        context: The open register.
        known: The answer it belongs to; without it, the code on the form says whose it is.

    Attributes:
        code: The code at the foot of the form.
        whose: Whose form it is.
        written: What is written down of it already.
        other_button: The form says something else than what is written down.
        answer: What stands on the form, where that is not written down yet.
        drop: Where the scan is dropped, with a button to choose it.
        path: The scan; nothing before it was chosen.
        problem: What the register refused, and what to do about it.
    """

    def __init__(self, context: PageContext, known: RecordRef | None = None) -> None:
        super().__init__(
            context,
            _("Signed form"),
            _("The scan is kept in the register as the proof of her answer."),
            verb=_("Keep the scan"),
        )
        self._consent = known
        self._form: FormRow | None = None
        self.path: Path | None = None
        self.problem = Banner("danger", "")
        self.code = QLineEdit()
        self._code = FormField(
            _("Code at the foot of the form"),
            self.code,
            check=self._code_problem,
            hint=_("Such as ABCD-EFGH-IJKL-MNOP."),
        )
        hide_unless(known is None, self._code)
        self.whose, self.written = Label("", "strong", wrap=True), Label("", "small", wrap=True)
        self.other_button = Button(
            _("The form says something else"), "link", on_click=self._ask_anew
        )
        self.answer = FormAnswer(context)
        self.choose_button = Button(_("Choose a file…"), on_click=self._choose)
        self.drop = EmptyState(
            "file-check",
            _("Drop the scan here"),
            _("A PDF, JPEG or PNG. Of a photo only the picture is kept, not where it was taken."),
            [self.choose_button],
            takes_files=True,
        )
        told = (self.whose, self.written, self.other_button, self.answer)
        for part in (self.problem, self._code, *told, self.drop):
            self.body.addWidget(part)
        for part in (self.problem, *told):
            part.hide()
        self.drop.dropped.connect(self.take)
        self.code.editingFinished.connect(self._look_up)
        self.verb_button.clicked.connect(self._save)
        self.verb_button.setEnabled(False)
        (self.choose_button if known else self.code).setFocus()

    def take(self, path: Path) -> None:
        """Take a scan; it is read when it is kept."""
        self.path = path
        self.drop.set_words(path.name, _("Drop another one to replace it."))
        self.verb_button.setEnabled(True)

    def _choose(self) -> None:
        path = ask.choose_file_to_open(
            self.context.window, _("Choose the scan"), [(_("Scan"), _SCANS)]
        )
        if path is not None:
            self.take(path)

    def _look_up(self) -> None:
        """Find whose form it is, and say so, and what is written down, before anything is kept."""
        before = self._form
        self._form = None if self._code_problem() else self._found()
        form = self._form
        for part in (self.whose, self.written, self.other_button):
            part.setVisible(form is not None)
        if form is None:
            self._consent = None
            self.answer.hide()
        elif form != before:
            self._consent = None if form.is_signed else form.consent_ref
            self.whose.setText(_("{name}, {purpose}").format(name=form.name, purpose=form.title))
            self.written.setText(_said(form))
            self.answer.ask_about(form)
            self.answer.setVisible(self._consent is None)
        self.other_button.setVisible(self._consent is not None)

    def _ask_anew(self) -> None:
        """Write down what stands on the form as a new answer; the other stays as proof."""
        self._consent = None
        self.other_button.hide()
        self.answer.show()
        self.answer.answer.setFocus()

    def _found(self) -> FormRow:
        return self.context.desk.ask(find_form, code=self.code.text())

    def _code_problem(self) -> str | None:
        try:
            self._found()
        except DomainError as error:
            return str(error)
        return None

    def _save(self) -> None:
        if not self._code.isHidden():
            if not self._code.is_right():
                return
            self._look_up()
        desk, ref, form, path = self.context.desk, self._consent, self._form, self.path
        if path is None:
            return
        if ref is not None:
            self._keep(lambda job: desk.run(attach_form, ref=ref, path=path, progress=job))
        elif form is not None and self.answer.is_right():
            said: dict[str, Any] = {
                **self.answer.said(),
                "subject_ref": form.subject_ref,
                "text_ref": form.text_ref,
            }
            self._keep(lambda job: desk.run(record_form, path=path, progress=job, **said))

    def _keep(self, keep: Callable[[Progress], object]) -> None:
        self.problem.hide()
        self.context.save(keep, lambda _done: self._end(), self.verb_button, self._tell)

    def _tell(self, sentence: str) -> None:
        self.problem.set_words(sentence)
        self.problem.show()

    def _end(self) -> None:
        self.accept()
        self.context.toast(_("The signed form is kept"), undoable=True)


def _said(form: FormRow) -> str:
    """Return what is written down of a form, and what becomes of the scan."""
    if form.decision is None:
        return _("Her answer is not written down yet. Write what stands on the form.")
    places = f": {', '.join(form.channels)}" if form.channels else ""
    said = f"{say(form.decision)}{places}"
    if form.is_signed:
        return _("Written down and signed: {answer}. This form is kept as a new answer.").format(
            answer=said
        )
    return _("Written down: {answer}. The scan is kept with it.").format(answer=said)


def keep_scan(context: PageContext, known: RecordRef | None = None) -> ScanForm:
    """Take the scan of a form that was signed by hand."""
    form = ScanForm(context, known)
    form.open()
    return form
