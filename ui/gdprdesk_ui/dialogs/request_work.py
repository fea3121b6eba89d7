"""What is done about a request itself: put right, only store, stop advertising, weigh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.terms import RequestDecision, RestrictionGround, say
from gdprdesk.i18n import _
from gdprdesk.services.corrections import (
    CorrectableRow,
    correct_name,
    correct_record,
    list_correctable,
)
from gdprdesk.services.objections import (
    object_to_marketing,
    object_to_processing,
    weigh_objection,
)
from gdprdesk.services.request_rows import RequestRow
from gdprdesk.services.restriction import lift_restriction, restrict_person
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.case_form import CaseForm, day_problem
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Choice, DateField, FormField, TextArea, all_right, required

_ASKED_FOR = [one for one in RestrictionGround if one is not RestrictionGround.OBJECTION]


class CorrectionForm(CaseForm):
    """What was wrong, and what is right; the old value stays in the request.

    Attributes:
        what: Which part of her data.
        new: What is right.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _("Both values stay in the request. Who got the old one is then to be told.")
        super().__init__(context, one, _("Put something right"), sentence, step="correction")
        rows = context.desk.ask(list_correctable, request_ref=one.ref)
        self._rows = {_key(row): row for row in rows}
        self.what = self.ask(
            "what",
            _("What was wrong"),
            Choice([(key, _words(row)) for key, row in self._rows.items()]),
        )
        new = QLineEdit()
        right = required(new.text, _("Write what is right."))
        self.new = self.ask("new", _("What is right"), new, check=right)
        self.what.picked.connect(lambda _key: self._show_value())
        self.start()
        if not self.new.text():
            self._show_value()

    def _show_value(self) -> None:
        self.new.setText(self._rows[self.what.value()].value)
        self.new.selectAll()

    def carry_out(self) -> Callable[[], Any]:
        desk, ref, new = self.context.desk, self.one.ref, self.new.text()
        row = self._rows[self.what.value()]
        record: RecordRef | None = row.record_ref
        if record is None:
            return lambda: desk.run(correct_name, request_ref=ref, new=new)
        return lambda: desk.run(
            correct_record, request_ref=ref, record_ref=record, column=row.column, new=new
        )

    def said(self) -> str:
        """Return what is said when it is done."""
        return _("It is put right")


class RestrictionForm(CaseForm):
    """For which reason her data are only stored from now on.

    Attributes:
        ground: One of the reasons of Article 18(1).
        why: What she said.
    """

    def __init__(self, context: PageContext, one: RequestRow, subject_ref: SubjectRef) -> None:
        sentence = _(
            "Nothing of hers is changed, sent or cleaned up until you lift it. She stands in no "
            "list for others."
        )
        super().__init__(context, one, _("Only store her data"), sentence, step="restriction")
        self._subject = subject_ref
        grounds = [(each, f"{say(each)} ({each.article})") for each in _ASKED_FOR]
        self.ground = self.ask("ground", _("Because"), Choice(grounds))
        why = TextArea(lines=3)
        said = required(why.toPlainText, _("Write what she said."))
        self.why = self.ask("why", _("What she said"), why, check=said)
        self.start()

    def carry_out(self) -> Callable[[], Any]:
        ground, why = self.ground.value(), self.why.toPlainText()
        return lambda: self.context.desk.run(
            restrict_person,
            subject_ref=self._subject,
            ground=ground,
            why=why,
            request_ref=self.one.ref,
        )

    def said(self) -> str:
        """Return what is said when it is done."""
        return _("Her data are only stored now")


class ObjectionForm(CaseForm):
    """What she objects to: advertising, which always ends, or something that is weighed.

    Attributes:
        to: What she objects to.
        why: What she said.
    """

    def __init__(self, context: PageContext, one: RequestRow, subject_ref: SubjectRef) -> None:
        sentence = _(
            "Advertising ends at once, always. Anything else rests while you weigh her reasons "
            "against yours."
        )
        super().__init__(context, one, _("What does she object to?"), sentence, step="objection")
        self._subject = subject_ref
        self.to = self.ask(
            "to",
            _("She objects to"),
            Choice([("advertising", _("Advertising")), ("interest", _("Something else we do"))]),
        )
        self.why = self.ask("why", _("What she said"), TextArea(lines=3), check=self._missing)
        self.start()

    def _missing(self) -> str | None:
        weighed = self.to.value() == "interest" and not self.why.toPlainText().strip()
        return _("Write what she said: it is what you weigh.") if weighed else None

    def carry_out(self) -> Callable[[], Any]:
        desk, why, ref = self.context.desk, self.why.toPlainText(), self.one.ref
        subject = self._subject
        if self.to.value() == "advertising":
            return lambda: desk.run(
                object_to_marketing, subject_ref=subject, request_ref=ref, evidence=why
            )
        return lambda: desk.run(object_to_processing, subject_ref=subject, why=why, request_ref=ref)


class WeighingForm(CaseForm):
    """What came of weighing an objection.

    Attributes:
        outcome: Whether she is right.
        reasons: What was weighed against what.
    """

    def __init__(self, context: PageContext, one: RequestRow) -> None:
        sentence = _(
            "You may go on only for compelling reasons of your own, or for a claim: Article 21(1)."
        )
        super().__init__(context, one, _("Weigh the objection"), sentence, step="weighing")
        outcomes = [
            (RequestDecision.GRANTED, _("She is right: we stop")),
            (RequestDecision.REFUSED, _("Our reasons are compelling: we go on")),
        ]
        self.outcome = self.ask("outcome", _("Outcome"), Choice(outcomes))
        reasons = TextArea(lines=4)
        said = required(reasons.toPlainText, _("Write what you weighed."))
        self.reasons = self.ask("reasons", _("What was weighed against what"), reasons, check=said)
        self.start()

    def carry_out(self) -> Callable[[], Any]:
        outcome, reasons = self.outcome.value(), self.reasons.toPlainText()
        return lambda: self.context.desk.run(
            weigh_objection, request_ref=self.one.ref, outcome=outcome, reasons=reasons
        )


class LiftForm(FormDialog):
    """When she was told that her data are used again: the law asks for it first.

    Attributes:
        day: When.
        why: Why the reason is gone.
    """

    def __init__(self, context: PageContext, subject_ref: SubjectRef, name: str) -> None:
        title = _("Use the data of {name} again").format(name=name)
        sentence = _("Tell her first: Article 18(3). The letter for it is in her request.")
        super().__init__(context, title, sentence, verb=_("Use again"))
        self._ref = subject_ref
        self.day, self.why = DateField(context.today), QLineEdit()
        self._field = FormField(
            _("She was told on"), self.day, check=lambda: day_problem(self.day, context)
        )
        self.body.addWidget(self._field)
        self.body.addWidget(FormField(_("Why the reason is gone"), self.why))
        self.verb_button.clicked.connect(self._save)
        self.day.edit.setFocus()

    def _save(self) -> None:
        if all_right([self._field]):
            ref, day, why = self._ref, self.day.day(), self.why.text()
            self.context.save(
                lambda _operation: self.context.desk.run(
                    lift_restriction, subject_ref=ref, told_on=day, why=why
                ),
                lambda _none: self._end(),
                self.verb_button,
                refused=self._field.show_error,
            )

    def _end(self) -> None:
        self.accept()
        self.context.toast(_("Her data are used again as before"), undoable=True)


def ask_lift(context: PageContext, subject_ref: SubjectRef, name: str) -> LiftForm:
    """Ask when a person was told that her data are used again."""
    form = LiftForm(context, subject_ref, name)
    form.open()
    return form


def _key(row: CorrectableRow) -> str:
    return f"{row.record_ref or ''}.{row.column}"


def _words(row: CorrectableRow) -> str:
    return f"{row.said}, {row.label}: {row.value}" if row.value else f"{row.said}, {row.label}"
