"""Whether the law on patients' records applies, and what the answer changes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from gdprdesk.domain.terms import PatientLaw, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.patient_law import (
    LawEffect,
    answer_patient_law,
    patient_law_effects,
    show_patient_law,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    Choice,
    FormField,
    Label,
    TextArea,
    all_right,
    clear,
    column,
    required,
    row,
)


class PatientLawCard(Card):
    """The question, what follows from each answer, and why it was answered so.

    Attributes:
        answer: Yes, no or unsure.
        why: Why, in own words.
        effects: What the answer that is picked changes, a line for each.
        save_button: Saves.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            CardHeading(_("Does the law on patients' records apply to you?")),
            padding=20,
            spacing=14,
        )
        self._context = context
        self._shown: PatientLaw | None = None
        self.answer = Choice([(one, say(one)) for one in PatientLaw])
        self.answer.picked.connect(lambda _value: self._show_effects())
        self.why = TextArea(lines=2)
        self.effects: list[Label] = []
        self._list: QVBoxLayout = column(spacing=6)
        self._said = Label("", "small", "muted", wrap=True)
        self.save_button = Button(_("Save"), "primary", on_click=self.save)
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        self._reason = FormField(
            _("Why"),
            self.why,
            check=required(self.why.toPlainText, _("Write why.")),
            hint=_("What kind of work you do, and who has told you."),
        )
        self.add(
            FormField(_("Answer"), self.answer),
            self._list,
            self._reason,
            self._said,
            self.problem,
            row(None, self.save_button),
        )

    def refresh(self) -> None:
        """Show what is in the register; nothing where no journal is kept, or to whom it is not."""
        may_see = self._context.may(show_patient_law)
        view = self._context.desk.ask(show_patient_law) if may_see else None
        self.setVisible(view is not None)
        if view is None:
            return
        if self._shown is not view.answer:
            self.answer.set_value(view.answer)
            self._shown = view.answer
        if not text_of(self.why):
            self.why.setPlainText(view.why)
        day = format_day(view.answered_on) if view.answered_on else ""
        self._said.setText(
            _("Answered on {day}").format(day=day)
            if day
            else _("Not answered yet. Until then it is as if it applied.")
        )
        self._show_effects()

    def _show_effects(self) -> None:
        found = self._context.desk.ask(patient_law_effects, answer=self.answer.value())
        clear(self._list)
        self.effects = [Label(_words(one), "small", wrap=True) for one in found]
        for label in self.effects:
            self._list.addWidget(label)

    def save(self) -> None:
        """Save the answer with its reason."""
        if not all_right([self._reason]):
            return
        self.problem.hide()
        desk, answer, why = self._context.desk, self.answer.value(), text_of(self.why)
        self._context.save(
            lambda _progress: desk.run(answer_patient_law, answer=answer, why=why),
            lambda _done: self._context.toast(_("The answer is saved"), undoable=True),
            self.save_button,
            refused=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()


def _words(one: LawEffect) -> str:
    """Return an effect with where it stands, and whether that was read."""
    source = one.source
    if source and not one.read:
        source = _("{source}, as others tell it").format(source=source)
    text = f"\N{BULLET} {one.text}"
    return f"{text} ({source})" if source else text
