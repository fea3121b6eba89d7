"""What is to be done about a breach, in order: five answers, the report, word to the people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import BreachQuestion, BreachTask, say
from gdprdesk.i18n import _, format_day, format_moment, format_number, ngettext
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk.services.breach_words import protection_of, told_people
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.breach_answers import (
    AnswerForm,
    ConsequencesForm,
    MeasuresForm,
    RiskForm,
    WhatForm,
)
from gdprdesk_ui.dialogs.breach_data import DataForm
from gdprdesk_ui.dialogs.breach_people import ChoosePeople, ask_public_notice, ask_why_untold
from gdprdesk_ui.dialogs.breach_report import (
    FormToCopy,
    ReportForm,
    ask_why_unreported,
    send_rest,
)
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    Icon,
    Label,
    Line,
    clear,
    column,
    holder,
    row,
)
from gdprdesk_ui.widgets.buttons import ButtonKind

Verb = tuple[str, Callable[[], object]]

FORMS: dict[
    BreachQuestion, Callable[[PageContext, BreachDetail, Callable[[], object]], AnswerForm]
] = {
    BreachQuestion.WHAT: WhatForm,
    BreachQuestion.DATA: DataForm,
    BreachQuestion.CONSEQUENCES: ConsequencesForm,
    BreachQuestion.MEASURES: MeasuresForm,
    BreachQuestion.RISK: RiskForm,
}


@dataclass(frozen=True, repr=False)
class Step:
    """One of the things to do.

    Attributes:
        verbs: What its buttons say and do, the main one first.
    """

    key: str
    title: str
    sentence: str
    is_done: bool
    verbs: tuple[Verb, ...]


class StepsCard(Card):
    """The steps, the first that is not done with the primary button.

    Attributes:
        buttons: The main button of each step, by its key.
        more: The other buttons, by the key of their step.
        next_button: That of what comes next; None when all is done.
    """

    def __init__(self, context: PageContext, reread: Callable[[], BreachDetail | None]) -> None:
        super().__init__(spacing=12)
        self._context, self._reread = context, reread
        self._count = Label("", "small", "muted", keep=True)
        self._rows = column(spacing=12)
        self.buttons: dict[str, Button] = {}
        self.more: dict[str, list[Button]] = {}
        self.next_button: Button | None = None
        self.add(CardHeading(_("Do this"), self._count), self._rows)

    def show_breach(self, one: BreachDetail) -> None:
        """Show what is done and what comes next."""
        clear(self._rows)
        self.buttons, self.more, self.next_button = {}, {}, None
        steps = [*self._answers(one), *self._duties(one)]
        done = sum(step.is_done for step in steps)
        said = _("{done} of {all} done").format(done=done, all=len(steps))
        self._count.setText(said)
        first = next((step for step in steps if not step.is_done and step.verbs), None)
        for step in steps:
            if step is not steps[0]:
                self._rows.addWidget(Line())
            is_open = one.row.closed_on is None
            self._rows.addWidget(self._row(step, is_first=step is first, is_open=is_open))

    def answer(self, question: BreachQuestion) -> None:
        """Open the form of a question; when it is saved, that of the next one not answered."""
        one = self._reread()
        if one is not None:
            FORMS[question](self._context, one, self._go_on).open()

    def _go_on(self) -> None:
        one = self._reread()
        rest = [q for q in BreachQuestion if one is not None and q not in one.answered]
        if rest:
            self.answer(rest[0])

    def _row(self, step: Step, *, is_first: bool, is_open: bool) -> QWidget:
        sign = "circle-check" if step.is_done else "circle-dot" if is_first else "circle"
        icon = Icon(sign, "accent_text" if step.is_done else "warn_text" if is_first else "muted")
        icon.setAccessibleName(_("Done") if step.is_done else _("Not done"))
        words = column(
            Label(step.title, "strong", wrap=True),
            Label(step.sentence, "small", "muted"),
            spacing=2,
        )
        line = row(icon, words, spacing=12)
        line.setStretch(1, 1)
        for place, (verb, do) in enumerate(step.verbs if is_open else ()):
            kind: ButtonKind = (
                "link" if step.is_done or place else "primary" if is_first else "ghost"
            )
            button = Button(verb, kind, size="small", on_click=do)
            button.setAccessibleDescription(step.title)
            line.addWidget(button)
            if place:
                self.more.setdefault(step.key, []).append(button)
            else:
                self.buttons[step.key] = button
                self.next_button = button if is_first else self.next_button
        return holder(line)

    def _answers(self, one: BreachDetail) -> list[Step]:
        summaries = {
            BreachQuestion.WHAT: one.row.what,
            BreachQuestion.DATA: _data_words(one),
            BreachQuestion.CONSEQUENCES: f"{protection_of(one.encrypted)}. {one.consequences}",
            BreachQuestion.MEASURES: one.measures,
            BreachQuestion.RISK: _risk_words(one),
        }
        return [
            Step(
                question.value,
                say(question),
                " ".join(summaries[question].split()),
                question in one.answered,
                (
                    (
                        _("Change") if question in one.answered else _("Fill in"),
                        lambda question=question: self.answer(question),  # type: ignore[misc]
                    ),
                ),
            )
            for question in BreachQuestion
        ]

    def _duties(self, one: BreachDetail) -> Sequence[Step]:
        return [*self._report(one), self._people(one), *self._rest(one)]

    def _report(self, one: BreachDetail) -> list[Step]:
        context, row_ = self._context, one.row
        verbs: tuple[Verb, ...]
        form: Verb = (_("Open the form…"), lambda: FormToCopy(context, one).open())
        if row_.reported_at is not None:
            said = _("Reported {moment}").format(moment=format_moment(row_.reported_at))
            parts = (said, row_.authority_case)
            change = (_("Change"), lambda: ReportForm(context, one).open())
            sentence = "  \N{MIDDLE DOT}  ".join(part for part in parts if part)
            return [Step("report", _title(), sentence, is_done=True, verbs=(change, form))]
        if row_.not_reported:
            verbs = ((_("Change"), lambda: ask_why_unreported(context, one)), form)
            return [Step("report", _title(), row_.not_reported, is_done=True, verbs=verbs)]
        if not row_.clock.runs and row_.closed_on is None:
            said = _("Those you process the data for decide about it and report it.")
            return [Step("report", _title(), said, is_done=True, verbs=(form,))]
        verbs = (form, (_("Need not…"), lambda: ask_why_unreported(context, one)))
        said = _("We fill in the form. You send it in yourself.")
        shown = verbs[:1] if one.must_report and row_.risk else verbs
        return [Step("report", _title(), said, is_done=False, verbs=shown)]

    def _rest(self, one: BreachDetail) -> list[Step]:
        if one.row.supplement_due is None:
            return []
        title = say(BreachTask.SUPPLEMENT)
        if one.supplemented_on is not None:
            said = _("Sent {day}").format(day=format_day(one.supplemented_on))
            return [Step("rest", title, said, is_done=True, verbs=())]
        said = _("By {day}").format(day=format_day(one.row.supplement_due))
        verb = (_("Sent today"), lambda: send_rest(self._context, one, self.buttons["rest"]))
        return [Step("rest", title, said, is_done=False, verbs=(verb,))]

    def _people(self, one: BreachDetail) -> Step:
        context, title = self._context, say(BreachTask.TELL_PEOPLE)
        choose = (_("Choose people…"), lambda: ChoosePeople(context, one).open())
        if not one.must_tell and not one.chosen:
            judged = one.row.risk is not None
            said = _("Needed only when the risk is high.")
            return Step("people", title, said, is_done=judged, verbs=(choose,) if judged else ())
        done = BreachTask.TELL_PEOPLE not in one.row.tasks
        others = (
            (_("By a notice…"), lambda: ask_public_notice(context, one)),
            (_("Need not…"), lambda: ask_why_untold(context, one)),
        )
        verbs = (choose,) if done else (choose, *others)
        return Step("people", title, told_people(one), is_done=done, verbs=verbs)


def _title() -> str:
    return say(BreachTask.REPORT)


def _data_words(one: BreachDetail) -> str:
    if one.row.people is None:
        return _("The register proposes them.")
    people = ngettext("{count} person", "{count} people", one.row.people)
    return ": ".join(
        part
        for part in (people.format(count=format_number(one.row.people)), ", ".join(one.data))
        if part
    )


def _risk_words(one: BreachDetail) -> str:
    if one.row.risk is None:
        return _("By your answers: {risk}").format(risk=say(one.proposal.risk))
    return f"{say(one.row.risk)}. {one.risk_why}"
