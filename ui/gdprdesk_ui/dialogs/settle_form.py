"""The end of a contract with a business that is served: its data went back or were deleted."""

from __future__ import annotations

from gdprdesk.i18n import _
from gdprdesk.services.served import ControllerRow, settle_controller
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.widgets import Choice, DateField, FormField, TextArea, all_right, required


class SettleForm(KeptForm):
    """What became of the data, how it can be shown, and when.

    Attributes:
        what: Returned, deleted, or both: as the customer chose.
        how: How it can be shown.
    """

    def __init__(self, context: PageContext, one: ControllerRow) -> None:
        super().__init__(
            context,
            _("The data of {name}").format(name=one.name),
            _("The customer chooses: its data go back to it, or are deleted. Article 28(3)(g)."),
            draft=f"settle:{one.ref}",
            verb=_("It is done"),
        )
        self._one = one
        both, deleted = _("Returned, and deleted here"), _("Deleted")
        self.what = Choice([("both", both), ("deleted", deleted)])
        self._words = {"both": both, "deleted": deleted}
        self.how, self.day = TextArea(lines=4), DateField()
        self._fields = (
            FormField(_("What was done"), self.what),
            FormField(
                _("How it can be shown"),
                self.how,
                check=required(self.how.toPlainText, _("Write how it can be shown.")),
                hint=_("What was deleted where, backups too, and when the last copy runs out."),
            ),
            FormField(_("On which day"), self.day, check=self._wrong_day),
        )
        for field in self._fields:
            self.body.addWidget(field)
        controls = {"what": self.what, "how": self.how, "day": self.day}
        self.begin(controls, {"what": "both", "day": context.today.isoformat()})
        self.verb_button.clicked.connect(self._save)
        self.how.setFocus()

    def _wrong_day(self) -> str | None:
        day = self.day.day()
        if day is None:
            return self.day.problem() or _("Choose a day.")
        if not (self._one.ended_on or day) <= day <= self.context.today:
            return _("Choose a day from the end of the service until today.")
        return None

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        desk, ref, day = self.context.desk, self._one.ref, self.day.day()
        how = f"{self._words[self.what.value()]}. {text_of(self.how)}"
        self.keep(
            lambda _progress: desk.run(settle_controller, controller_ref=ref, how=how, on=day),
            lambda _none: self.end(_("The contract is settled")),
        )


def settle(context: PageContext, one: ControllerRow) -> SettleForm:
    """Write down what became of the data of a business that is no longer served."""
    form = SettleForm(context, one)
    form.open()
    return form
