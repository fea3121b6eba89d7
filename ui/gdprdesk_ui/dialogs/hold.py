"""Deciding that something is kept although its day has come: on which ground, and how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QRadioButton

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import HoldGround, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.holds import (
    Decision,
    HoldRow,
    hold_person,
    lift_hold,
    renew_hold,
    show_review_days,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import DateField, FormField, TextArea, all_right, column, holder, required


class HoldForm(FormDialog):
    """The ground, the reason in own words, and the day on which it is decided again.

    Args:
        context: The open register.
        title: What is to be kept.
        sentence: What that means.
        decided: What to do with the decision; the form is closed by `accept`.
        renewed: The decision that is taken again; its ground stays.

    Attributes:
        grounds: The few reasons there are.
        why: Own words.
        review: When to decide again.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        sentence: str,
        decided: Callable[[Decision, HoldForm], object],
        renewed: HoldRow | None = None,
    ) -> None:
        super().__init__(context, title, sentence, verb=_("Keep"))
        self._decided = decided
        self._days = context.desk.ask(show_review_days)
        self.grounds = {ground: QRadioButton(say(ground)) for ground in HoldGround}
        chosen = renewed.ground if renewed else HoldGround.CLAIM
        self.grounds[chosen].setChecked(True)
        choices = holder(column(*self.grounds.values(), spacing=0))
        choices.setEnabled(renewed is None)
        self.why = TextArea(lines=3)
        self.why.setPlainText(renewed.why if renewed else "")
        self.review = DateField(self._days.usual)
        latest = format_day(self._days.latest, short=True, today=context.today)
        self._fields = [
            FormField(
                _("Why, in your own words"),
                self.why,
                check=required(self.why.toPlainText, _("Write why it is to be kept.")),
                hint=_("It is shown here, and in what she gets if she asks for her data."),
            ),
            FormField(
                _("Decide again on"),
                self.review,
                check=self._problem,
                hint=_("At the latest {day}.").format(day=latest),
            ),
        ]
        for part in (FormField(_("Reason"), choices), *self._fields):
            self.body.addWidget(part)
        self.verb_button.clicked.connect(self._decide)
        self.why.setFocus()

    def _problem(self) -> str | None:
        day = self.review.day()
        wrong = self.review.problem()
        if wrong or day is None:
            return wrong or _("Choose a day.")
        if not self.context.today < day <= self._days.latest:
            return _("Choose a day within a year.")
        return None

    def _decide(self) -> None:
        day = self.review.day()
        if all_right(self._fields) and day is not None:
            ground = next(one for one, button in self.grounds.items() if button.isChecked())
            self._decided(Decision(ground, self.why.toPlainText().strip(), day), self)


def ask_decision(context: PageContext, title: str, then: Callable[[Decision], object]) -> HoldForm:
    """Ask why something stays that would leave now."""

    def decided(decision: Decision, form: HoldForm) -> None:
        form.accept()
        then(decision)

    sentence = _("It stays until you decide again, and the protocol says that you kept it.")
    form = HoldForm(context, title, sentence, decided)
    form.open()
    return form


def ask_hold_person(context: PageContext, subject_ref: SubjectRef, name: str) -> HoldForm:
    """Ask why everything about a person is kept, and keep it."""

    def decided(decision: Decision, form: HoldForm) -> None:
        context.save(
            lambda _progress: context.desk.run(
                hold_person, subject_ref=subject_ref, decision=decision
            ),
            lambda _ref: _kept(context, form, decision.review_on),
            form.verb_button,
        )

    title = _("Keep everything about {name}").format(name=name)
    sentence = _("Nothing about her leaves, by a rule or an erasure, until you decide again.")
    form = HoldForm(context, title, sentence, decided)
    form.open()
    return form


def ask_to_renew(context: PageContext, hold: HoldRow) -> HoldForm:
    """Ask until when something is kept on."""

    def decided(decision: Decision, form: HoldForm) -> None:
        context.save(
            lambda _progress: context.desk.run(
                renew_hold, ref=hold.ref, review_on=decision.review_on, why=decision.why
            ),
            lambda _none: _kept(context, form, decision.review_on),
            form.verb_button,
        )

    title = _("Keep on: {what}").format(what=what_is_held(hold))
    form = HoldForm(context, title, _("Is the reason still there?"), decided, hold)
    form.open()
    return form


def lift(context: PageContext, hold: HoldRow) -> None:
    """Let the rules decide again."""
    words = _("The rules decide again about {what}").format(what=hold.said)
    context.save(
        lambda _progress: context.desk.run(lift_hold, ref=hold.ref),
        lambda _none: context.toast(words, undoable=True),
    )


def what_is_held(hold: HoldRow) -> str:
    """Return what is kept, and about whom."""
    return ", ".join(part for part in (hold.said, hold.name) if part)


def _kept(context: PageContext, form: HoldForm, until: date) -> None:
    form.accept()
    day = format_day(until, short=True, today=context.today)
    context.toast(_("Is kept; decide again {day}").format(day=day), undoable=True)
