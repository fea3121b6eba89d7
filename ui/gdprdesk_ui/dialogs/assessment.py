"""Weighing a legitimate interest in four steps: Article 6(1)(f)."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from gdprdesk.i18n import _
from gdprdesk.services.activities import ActivityDetail
from gdprdesk.services.assessments import weigh_interest
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import FormField, TextArea, all_right, required

_WIDTH = 640


class AssessmentForm(KeptForm):
    """What the interest is, why it needs this, what it means for people, and what follows.

    It begins with what was concluded before; that stays in the register beside the new one.

    Attributes:
        steps: The four texts by the names of the action.
        decided_by: Who concludes it; empty for the contact for privacy.
    """

    def __init__(self, context: PageContext, activity: ActivityDetail) -> None:
        super().__init__(
            context,
            _("Weigh the interest"),
            _("{name}: does your interest outweigh that of the people?").format(
                name=activity.row.name
            ),
            draft=f"assessment:{activity.row.ref}",
            verb=_("Save"),
            width=_WIDTH,
        )
        self._activity = activity
        self.steps = {
            name: TextArea(lines=3) for name in ("purpose", "necessity", "balance", "outcome")
        }
        self.decided_by = QLineEdit()
        self._fields = self._build()
        known = activity.assessment
        self.begin(
            {**self.steps, "decided_by": self.decided_by},
            {name: getattr(known, name) if known else "" for name in self.steps},
        )
        self.verb_button.clicked.connect(self._save)
        self.steps["purpose"].setFocus()

    def _build(self) -> list[FormField]:
        asked = {
            "purpose": (
                _("What you want to achieve"),
                _("The interest itself, such as finding an old order again."),
            ),
            "necessity": (
                _("Why it cannot be done with less"),
                _("Fewer data, a shorter time, or without names."),
            ),
            "balance": (
                _("What it means for the people"),
                _("What they expect, what could harm them, and what protects them."),
            ),
            "outcome": (
                _("What you conclude"),
                _("Whose interest weighs more, and on what condition."),
            ),
        }
        fields = []
        for name, (label, hint) in asked.items():
            check = required(self.steps[name].toPlainText, _("Write this step, too."))
            fields.append(FormField(label, self.steps[name], check=check, hint=hint))
        by = FormField(_("Who decides"), self.decided_by, optional=True)
        for field in (*fields, by):
            self.body.addWidget(field)
        return fields

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref = self.context.desk, self._activity.row.ref
        said = {name: text_of(edit) for name, edit in self.steps.items()}
        by = self.decided_by.text()
        self.keep(
            lambda _progress: desk.run(weigh_interest, activity_ref=ref, decided_by=by, **said),
            lambda _none: self.end(_("The interest is weighed")),
        )


def weigh(context: PageContext, activity: ActivityDetail) -> AssessmentForm:
    """Weigh the legitimate interest behind a row of the register."""
    form = AssessmentForm(context, activity)
    form.open()
    return form
