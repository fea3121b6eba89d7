"""Judging the risk by the nine criteria: Article 35."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from gdprdesk.domain.terms import RiskCriterion, say
from gdprdesk.i18n import _
from gdprdesk.services.activities import ActivityDetail
from gdprdesk.services.assessments import advise_on_screening, screen_risk
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.wrapped_box import WrappedBox
from gdprdesk_ui.widgets import (
    Banner,
    FormField,
    GroupHeading,
    TextArea,
    all_right,
    column,
    required,
)

_WIDTH = 640


class ScreeningForm(KeptForm):
    """Nine boxes, what follows from those ticked, and the conclusion.

    Attributes:
        boxes: A box for each criterion.
        advice: What follows from so many of them; hidden while nothing does.
        conclusion: What is concluded, and why.
    """

    def __init__(self, context: PageContext, activity: ActivityDetail) -> None:
        super().__init__(
            context,
            _("Judge the risk"),
            _("{name}: could it harm people? Tick what is so.").format(name=activity.row.name),
            draft=f"screening:{activity.row.ref}",
            verb=_("Save"),
            width=_WIDTH,
        )
        self._activity = activity
        self._ticks = {one: WrappedBox(say(one)) for one in RiskCriterion}
        self.boxes: dict[RiskCriterion, QCheckBox] = {
            one: tick.box for one, tick in self._ticks.items()
        }
        self.advice = Banner("warn", "", icon_name="triangle-alert")
        self.conclusion = TextArea(lines=4)
        self._field = FormField(
            _("What you conclude"),
            self.conclusion,
            check=required(
                self.conclusion.toPlainText,
                _("Write what you conclude about the risk, and why."),
            ),
            hint=_("Such as: no high risk, because few people and no sensitive data."),
        )
        self.body.addWidget(GroupHeading(_("Signs of high risk")))
        self.body.addLayout(column(*self._ticks.values(), spacing=8))
        self.body.addWidget(self.advice)
        self.body.addWidget(self._field)
        self._begin(activity)
        self.verb_button.clicked.connect(self._save)
        next(iter(self.boxes.values())).setFocus()

    def _begin(self, activity: ActivityDetail) -> None:
        known = activity.screening
        met = known.criteria if known else ()
        controls = {one.value: box for one, box in self.boxes.items()}
        said = {one.value: one in met for one in self.boxes}
        self.begin(
            {**controls, "conclusion": self.conclusion},
            {**said, "conclusion": known.conclusion if known else ""},
        )
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._advise())
        self._advise()

    def _met(self) -> tuple[RiskCriterion, ...]:
        return tuple(one for one, box in self.boxes.items() if box.isChecked())

    def _advise(self) -> None:
        words = self.context.desk.ask(advise_on_screening, criteria=self._met())
        self.advice.set_words(words)
        self.advice.setVisible(bool(words))

    def _save(self) -> None:
        if not all_right([self._field]):
            return
        desk, ref = self.context.desk, self._activity.row.ref
        said, met = text_of(self.conclusion), self._met()
        self.keep(
            lambda _progress: desk.run(
                screen_risk, activity_ref=ref, conclusion=said, criteria=met
            ),
            lambda _none: self.end(_("The risk is judged")),
        )


def judge(context: PageContext, activity: ActivityDetail) -> ScreeningForm:
    """Judge the risk of a row of the register."""
    form = ScreeningForm(context, activity)
    form.open()
    return form
