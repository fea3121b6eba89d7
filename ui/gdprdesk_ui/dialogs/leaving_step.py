"""A step of somebody's leaving: when it was done, and what to remember of it."""

from __future__ import annotations

from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import _
from gdprdesk.services.staff_leaving import LeavingRow, tick_leaving
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import DateField, FormField, TextArea, all_right


class LeavingStepForm(KeptForm):
    """A day and a note.

    Attributes:
        note: What was handed in, which account was closed.
        day: When.
    """

    def __init__(self, context: PageContext, staff_ref: RecordRef, step: LeavingRow) -> None:
        super().__init__(
            context,
            step.title,
            step.text,
            draft=f"leaving:{staff_ref}:{step.key}",
            verb=_("It is done"),
        )
        self._ref, self._step = staff_ref, step
        self.note, self.day = TextArea(lines=3), DateField()
        hint = _("Such as what was handed in.")
        self._fields = (
            FormField(_("Note"), self.note, hint=hint, optional=True),
            FormField(_("On which day"), self.day, check=self._wrong_day),
        )
        for field in self._fields:
            self.body.addWidget(field)
        known = {"note": step.note, "day": (step.done_on or context.today).isoformat()}
        self.begin({"note": self.note, "day": self.day}, known)
        self.verb_button.clicked.connect(self._save)
        self.note.setFocus()

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        return _("This day has not come yet.") if day > self.context.today else None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref, key = self.context.desk, self._ref, self._step.key
        note, day = text_of(self.note), self.day.day()
        self.keep(
            lambda _progress: desk.run(tick_leaving, staff_ref=ref, key=key, note=note, on=day),
            lambda _none: self.end(_("The step is done")),
        )


def do_leaving_step(context: PageContext, staff_ref: RecordRef, step: LeavingRow) -> None:
    """Write down that a step is done."""
    LeavingStepForm(context, staff_ref, step).open()
