"""What was seen of how a processor keeps its word, and on which day."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk.services.agreements import see_evidence
from gdprdesk.services.recipients import RecipientRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import DateField, FormField, TextArea, all_right, required


class EvidenceForm(KeptForm):
    """A text and a day.

    Attributes:
        what: What was seen.
        day: When; today at the beginning.
    """

    def __init__(self, context: PageContext, one: RecipientRow) -> None:
        super().__init__(
            context,
            _("What you have seen"),
            _("{name}: does it keep its word?").format(name=one.name),
            draft=f"evidence:{one.ref}",
            verb=_("Save"),
        )
        self._one = one
        self.what, self.day = TextArea(lines=3), DateField()
        self._fields = (
            FormField(
                _("What you have seen"),
                self.what,
                check=required(
                    self.what.toPlainText, _("Write what you have seen, such as a log or a letter.")
                ),
                hint=_("Such as: asked for a customer of last year, nothing was there any more."),
            ),
            FormField(_("On which day"), self.day, check=self._wrong_day),
        )
        for field in self._fields:
            self.body.addWidget(field)
        self.begin({"what": self.what, "day": self.day}, {"day": self.context.today.isoformat()})
        self.verb_button.clicked.connect(self._save)
        self.what.setFocus()

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is not None and day > self.context.today:
            return _("Nobody has seen this on a day that has not come.")
        return self.day.problem()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref = self.context.desk, self._one.ref
        what, day = text_of(self.what), self.day.day()
        self.keep(
            lambda _progress: desk.run(see_evidence, recipient_ref=ref, what=what, seen_on=day),
            lambda _none: self.end(_("It is written down")),
        )


def see_something(context: PageContext, one: RecipientRow) -> EvidenceForm:
    """Write down what was seen of how a processor keeps its word."""
    form = EvidenceForm(context, one)
    form.open()
    return form
