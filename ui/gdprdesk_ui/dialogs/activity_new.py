"""A new row of the register: what it is called, what for, on what ground, how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import ActivityRef
from gdprdesk.domain.terms import LegalBasis, Start, Unit, say
from gdprdesk.i18n import N_, _
from gdprdesk.services.activities import register_activity
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.rule_field import RuleField
from gdprdesk_ui.widgets import Choice, FormField, TextArea, all_right, required

GROUPS = {
    "customers": N_("Customers"),
    "suppliers": N_("Suppliers"),
    "staff": N_("Staff"),
    "premises": N_("Premises"),
    "web": N_("Website"),
    "rights": N_("Rights and safety"),
}
"""The headings of the register, in their order."""

_WIDTH = 640
_USUAL = (Start.LAST_ACTIVITY, "24", Unit.MONTHS)


class NewActivityForm(FormDialog):
    """What a row of the register cannot do without; the page then says what it still lacks."""

    def __init__(self, context: PageContext, then: Callable[[ActivityRef], object]) -> None:
        super().__init__(
            context,
            _("New processing"),
            _("One purpose for which you hold data about people."),
            verb=_("Save"),
            width=_WIDTH,
        )
        self._then = then
        self.name, self.purpose = QLineEdit(), TextArea(lines=2)
        self.basis = Choice([(one, say(one)) for one in LegalBasis])
        self.basis.set_value(LegalBasis.CONTRACT)
        self.group = Choice([(key, _(name)) for key, name in GROUPS.items()])
        self.rule = RuleField(ranged=False)
        self._fields = (
            FormField(
                _("What it is called"),
                self.name,
                check=required(self.name.text, _("Write what it is called.")),
            ),
            FormField(
                _("What it is for"),
                self.purpose,
                check=required(self.purpose.toPlainText, _("Write what it is for.")),
            ),
            FormField(_("Legal basis"), self.basis),
            FormField(_("Kept for"), self.rule, check=self.rule.problem),
            FormField(_("Under which heading"), self.group),
        )
        for field in self._fields:
            self.body.addWidget(field)
        self._draft = DraftKeeper(context, "activity", self._entered, self)
        self._show(self._draft.follow(None))
        self._listen()
        self.name.setFocus()

    def _listen(self) -> None:
        self.name.textEdited.connect(self._draft.touch)
        self.purpose.textChanged.connect(self._draft.touch)
        self.rule.changed.connect(self._draft.touch)
        for choice in (self.basis, self.group):
            choice.picked.connect(lambda _value: self._draft.touch())
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)

    def _show(self, entered: dict[str, Any]) -> None:
        self.rule.show_rule(*_USUAL)
        if entered:
            self.name.setText(entered["name"])
            self.purpose.setPlainText(entered["purpose"])
            self.basis.set_value(LegalBasis(entered["basis"]))
            self.group.set_value(entered["group"])
            self.rule.show_rule(Start(entered["start"]), entered["count"], Unit(entered["unit"]))

    def _entered(self) -> dict[str, Any]:
        name, purpose = self.name.text(), self.purpose.toPlainText()
        if not name.strip() and not purpose.strip():
            return {}
        return {
            "name": name,
            "purpose": purpose,
            "basis": self.basis.value().value,
            "group": self.group.value(),
            "start": self.rule.start.value().value,
            "count": self.rule.count.text(),
            "unit": self.rule.unit.value().value,
        }

    def _save(self) -> None:
        rule = self.rule.rule()
        if not all_right(self._fields) or rule is None:
            return
        desk, name, purpose = self.context.desk, self.name.text(), self.purpose.toPlainText()
        basis, group = self.basis.value(), self.group.value()
        self.context.save(
            lambda _progress: desk.run(
                register_activity,
                name=name,
                purpose=purpose,
                legal_basis=basis,
                start=rule.start,
                count=rule.count,
                unit=rule.unit,
                group=group,
            ),
            self._end,
            self.verb_button,
        )

    def _end(self, ref: ActivityRef) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(_("The processing is in the register now"), undoable=True)
        self._then(ref)


def new_activity(context: PageContext, then: Callable[[ActivityRef], object]) -> NewActivityForm:
    """Ask for a new row of the register."""
    form = NewActivityForm(context, then)
    form.open()
    return form
