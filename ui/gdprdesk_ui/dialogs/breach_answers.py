"""The five answers about a breach: each a form of its own that loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.breach_rules import ABOUT_LOSS
from gdprdesk.domain.terms import (
    BreachEffect,
    BreachFact,
    BreachKind,
    BreachQuestion,
    BreachRisk,
    say,
)
from gdprdesk.i18n import _
from gdprdesk.services.breach_log import BreachDetail
from gdprdesk.services.breach_words import clock_words
from gdprdesk.services.breaches import BreachAnswers, answer_breach
from gdprdesk.services.served import list_controllers
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.box_list import BoxList, RadioList
from gdprdesk_ui.dialogs.entered import Controls, text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.moment_field import MomentField
from gdprdesk_ui.widgets import (
    Choice,
    FormField,
    Label,
    ListRow,
    TextArea,
    all_right,
    column,
    holder,
    required,
)

WIDTH = 640
YES, NO, UNKNOWN = "yes", "no", "unknown"


class AnswerForm(KeptForm):
    """One of the five answers.

    Args:
        context: The open register.
        one: The breach.
        question: Which answer it is.
        then: What comes after it is saved, such as the next question.
    """

    def __init__(
        self,
        context: PageContext,
        one: BreachDetail,
        question: BreachQuestion,
        then: Callable[[], object],
    ) -> None:
        step = _("Step {step} of {steps}").format(
            step=list(BreachQuestion).index(question) + 1, steps=len(BreachQuestion)
        )
        super().__init__(
            context,
            say(question),
            f"{step}  \N{MIDDLE DOT}  {clock_words(one.row)}",
            draft=f"breach:{one.row.ref}:{question.value}",
            verb=_("Save and go on"),
            width=WIDTH,
        )
        self.one, self._then = one, then
        self.fields: Sequence[FormField] = ()
        self.verb_button.clicked.connect(self._save)

    def fill(
        self, fields: Sequence[FormField], controls: Controls, known: Mapping[str, Any]
    ) -> None:
        """Show the fields with what is known, or with what was typed before."""
        self.fields = fields
        for field in fields:
            self.body.addWidget(field)
        self.begin(controls, known)
        fields[0].set_focus()

    def answers(self) -> BreachAnswers:
        """Return what was answered."""
        raise NotImplementedError

    def _save(self) -> None:
        if not all_right(self.fields):
            return
        desk, ref, answers = self.context.desk, self.one.row.ref, self.answers()
        self.keep(
            lambda _progress: desk.run(answer_breach, breach_ref=ref, answers=answers),
            lambda _none: self._saved(),
        )

    def _saved(self) -> None:
        self.end(_("It is written down"))
        self._then()


def no_names() -> str:
    """Return what stands under every text that leaves the house."""
    return _("Write how many and what, but nobody's name: the authority gets this text.")


class WhatForm(AnswerForm):
    """What has happened, when it became known, and where the data are now.

    Attributes:
        kind: What kind of breach it is.
        known: When it became known.
        began: When it began.
        ended: When it ended.
        what: What has happened.
        cause: How it could happen.
        whereabouts: Where the data are now.
    """

    def __init__(self, context: PageContext, one: BreachDetail, then: Callable[[], object]) -> None:
        super().__init__(context, one, BreachQuestion.WHAT, then)
        self.kind = Choice([(kind, say(kind)) for kind in BreachKind])
        self.known, self.began, self.ended = MomentField(), MomentField(), MomentField()
        self.what, self.cause, self.whereabouts = (TextArea(lines=3) for _place in range(3))
        no_day = _("Write when you learnt of it.")
        fields = [
            FormField(_("Kind"), self.kind),
            FormField(
                _("When did you learn of it?"),
                self.known,
                check=lambda: self.known.problem() or (None if self.known.moment() else no_day),
                hint=_("The clock runs from then."),
            ),
            FormField(
                _("What has happened?"),
                self.what,
                check=required(self.what.toPlainText, _("Write what has happened.")),
                hint=f"{no_names()} {_blank_words()}",
            ),
            FormField(_("How could it happen?"), self.cause),
            FormField(_("Where are the data now?"), self.whereabouts),
            FormField(_("When did it begin?"), self.began, check=self.began.problem, optional=True),
            FormField(_("When did it end?"), self.ended, check=self.ended.problem, optional=True),
        ]
        controls = {
            "kind": self.kind,
            "known": self.known,
            "began": self.began,
            "ended": self.ended,
            "what": self.what,
            "cause": self.cause,
            "whereabouts": self.whereabouts,
        }
        moments = {"known": one.row.clock.known_at, "began": one.began_at, "ended": one.ended_at}
        known = {
            **{name: at.isoformat() if at else "" for name, at in moments.items()},
            "kind": one.row.kind,
            "what": one.row.what,
            "cause": one.cause,
            "whereabouts": one.whereabouts,
        }
        self.fill(fields, controls, known)

    def answers(self) -> BreachAnswers:
        return BreachAnswers(
            kind=self.kind.value(),
            known_at=self.known.moment(),
            began_at=self.began.moment(),
            ended_at=self.ended.moment(),
            what=text_of(self.what),
            cause=text_of(self.cause),
            whereabouts=text_of(self.whereabouts),
        )


class ConsequencesForm(AnswerForm):
    """Whether anybody can read it, what speaks for a small risk, and what may follow.

    Attributes:
        readable: Whether the data can be read.
        facts: What speaks for a small risk.
        effects: What it did to the data.
        consequences: What may follow.
    """

    def __init__(self, context: PageContext, one: BreachDetail, then: Callable[[], object]) -> None:
        super().__init__(context, one, BreachQuestion.CONSEQUENCES, then)
        self.readable = Choice(
            [
                (UNKNOWN, _("I do not know")),
                (NO, _("No: it is encrypted, and the key or password is safe")),
                (YES, _("Yes, or the password may be known")),
            ]
        )
        asked = list(ABOUT_LOSS[one.row.kind])
        if context.desk.ask(list_controllers):
            asked.append(BreachFact.FOR_OTHERS)
        self.facts = BoxList([(fact, say(fact)) for fact in asked])
        self.effects = BoxList([(effect, say(effect)) for effect in BreachEffect])
        self.consequences = TextArea(lines=4)
        fields = [
            FormField(_("Can anybody read the data?"), self.readable),
            FormField(_("Tick what is true"), self.facts),
            FormField(_("What happened to the data?"), self.effects),
            FormField(
                _("What may follow for the people?"),
                self.consequences,
                check=required(self.consequences.toPlainText, _("Write what may follow.")),
                hint=no_names(),
            ),
        ]
        controls = {
            "readable": self.readable,
            "facts": self.facts,
            "effects": self.effects,
            "consequences": self.consequences,
        }
        readable = {None: UNKNOWN, True: NO, False: YES}[one.encrypted]
        known = {
            "readable": readable,
            "facts": [str(fact) for fact in one.facts],
            "effects": [str(effect) for effect in one.effects],
            "consequences": one.consequences,
        }
        self.fill(fields, controls, known)

    def answers(self) -> BreachAnswers:
        readable = self.readable.value()
        others = [fact for fact in self.one.facts if fact not in self.facts.boxes]
        return BreachAnswers(
            encrypted=None if readable == UNKNOWN else readable == NO,
            unknown_protection=readable == UNKNOWN,
            facts=(*others, *self.facts.ticked()),
            effects=self.effects.ticked(),
            consequences=text_of(self.consequences),
        )


class MeasuresForm(AnswerForm):
    """What was done and what is planned, beside what is ticked off already.

    Attributes:
        measures: What was done and is planned.
    """

    def __init__(self, context: PageContext, one: BreachDetail, then: Callable[[], object]) -> None:
        super().__init__(context, one, BreachQuestion.MEASURES, then)
        self.measures = TextArea(lines=7)
        fields = [
            FormField(
                _("What have you done, and what do you plan?"),
                self.measures,
                check=required(self.measures.toPlainText, _("Write what was done.")),
                hint=f"{no_names()} {_blank_words()}",
            )
        ]
        self.fill(fields, {"measures": self.measures}, {"measures": one.measures})
        if one.deeds:
            self.body.addWidget(Label(_("Done so far"), "strong"))
            for deed in one.deeds:
                self.body.addWidget(ListRow("check", deed.what, tint="accent_text", wrap=True))

    def answers(self) -> BreachAnswers:
        return BreachAnswers(measures=text_of(self.measures))


class RiskForm(AnswerForm):
    """How great the risk is: what the program proposes and why, and what the owner decides.

    Attributes:
        risk: How great it is judged; as proposed, at the beginning.
        why: Why it is judged so.
    """

    def __init__(self, context: PageContext, one: BreachDetail, then: Callable[[], object]) -> None:
        super().__init__(context, one, BreachQuestion.RISK, then)
        self.risk = RadioList([(risk, say(risk)) for risk in BreachRisk])
        self.why = TextArea(lines=4)
        self.body.addWidget(_proposal(one))
        fields = [
            FormField(_("Your judgement"), self.risk, hint=_risk_words()),
            FormField(
                _("Why?"),
                self.why,
                check=required(self.why.toPlainText, _("Write why you judge it so.")),
                hint=_("The authority may ask for it: Article 33(5)."),
            ),
        ]
        known = {
            "risk": str(one.row.risk or one.proposal.risk),
            "why": one.risk_why or _reasons(one),
        }
        self.fill(fields, {"risk": self.risk, "why": self.why}, known)

    def answers(self) -> BreachAnswers:
        return BreachAnswers(risk=self.risk.value(), risk_why=text_of(self.why))


def _blank_words() -> str:
    return _("Fill in what stands in square brackets.")


def _risk_words() -> str:
    return _(
        "Unlikely: the authority need not be told, but write why. Otherwise it must be told. "
        "If people may be harmed badly, they have to be told too."
    )


def _reasons(one: BreachDetail) -> str:
    return " ".join(f"{reason.words}." for reason in one.proposal.reasons)


def _proposal(one: BreachDetail) -> QWidget:
    title = _("By your answers: {risk}").format(risk=say(one.proposal.risk))
    rows = [
        ListRow(
            "check" if reason.lowers else "triangle-alert",
            reason.words,
            tint="accent_text" if reason.lowers else "warn_text",
        )
        for reason in one.proposal.reasons
    ]
    return holder(column(Label(title, "strong", wrap=True), *rows, spacing=6))
