"""Somebody else who gets personal data: a supplier, an authority, the agreement with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.activities import EEA
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.terms import RecipientRole, say
from gdprdesk.domain.text import sort_key
from gdprdesk.i18n import _, country_codes, current_language, format_country
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.recipients import (
    RecipientChanges,
    RecipientRow,
    add_recipient,
    update_recipient,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Choice, DateField, FormField, TextArea, all_right, required

_WIDTH = 560


class RecipientForm(FormDialog):
    """Who it is, what they get, where, and what the law asks for in between.

    Args:
        context: The open register.
        then: Called with the recipient when it is saved.
        known: The recipient to change; without it, a new one.

    Attributes:
        agreement: The day of the processor agreement; asked of processors only.
        mechanism: What makes a transfer lawful; asked outside the EEA only.
    """

    def __init__(
        self,
        context: PageContext,
        then: Callable[[RecipientRef], object],
        known: RecipientRow | None = None,
    ) -> None:
        title = known.name if known else _("New recipient")
        super().__init__(context, title, verb=_("Save"), width=_WIDTH)
        self._then, self._known = then, known
        self.name, self.service = QLineEdit(), QLineEdit()
        self.gets, self.task = TextArea(lines=2), TextArea(lines=2)
        self.mechanism = TextArea(lines=2)
        self.role = Choice([(one, say(one)) for one in RecipientRole])
        self.country = Choice(_countries())
        self.agreement = DateField()
        self._build()
        self._draft = DraftKeeper(
            context, f"recipient:{known.ref}" if known else "recipient", self._entered, self
        )
        self._before = _as_entered(known) if known else self._blank()
        self._show({**self._before, **self._draft.follow(None)})
        self._listen()
        wanted = self.agreement if known and known.needs_agreement else self.name
        wanted.setFocus()

    def _build(self) -> None:
        name = FormField(_("Name"), self.name, check=required(self.name.text, _("Enter a name.")))
        self._agreement = FormField(
            _("Day of the processor agreement"),
            self.agreement,
            check=self.agreement.problem,
            hint=_("Whoever handles data for you does it under an agreement: Article 28."),
            optional=True,
        )
        self._mechanism = FormField(
            _("What makes it lawful to send data there"),
            self.mechanism,
            hint=_("Such as an adequacy decision or standard contractual clauses: Articles 44-49."),
            optional=True,
        )
        self._fields = (name, self._agreement)
        for part in (
            name,
            FormField(_("In what role"), self.role),
            self._agreement,
            FormField(_("What they do for you"), self.service, optional=True),
            FormField(_("What they get"), self.gets, optional=True),
            FormField(_("In which country"), self.country),
            self._mechanism,
            FormField(
                _("What you do there when a person is erased"),
                self.task,
                hint=_("Empty if there is nothing to do."),
                optional=True,
            ),
        ):
            self.body.addWidget(part)

    def _listen(self) -> None:
        for choice in (self.role, self.country):
            choice.picked.connect(lambda _value: self._show_asked())
            choice.picked.connect(lambda _value: self._draft.touch())
        for edit in (self.name, self.service):
            edit.textEdited.connect(self._draft.touch)
        for area in (self.gets, self.task, self.mechanism):
            area.textChanged.connect(self._draft.touch)
        self.agreement.changed.connect(self._draft.touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)

    def _blank(self) -> dict[str, Any]:
        home = self.context.desk.ask(show_organisation).country
        texts = dict.fromkeys(("name", "service", "gets", "mechanism", "task"), "")
        return {**texts, "role": RecipientRole.PROCESSOR.value, "country": home, "agreement_on": ""}

    def _show(self, entered: dict[str, Any]) -> None:
        self.name.setText(entered["name"])
        self.service.setText(entered["service"])
        self.gets.setPlainText(entered["gets"])
        self.mechanism.setPlainText(entered["mechanism"])
        self.task.setPlainText(entered["task"])
        self.role.set_value(RecipientRole(entered["role"]))
        self.country.set_value(entered["country"])
        day = entered["agreement_on"]
        self.agreement.set_day(date.fromisoformat(day) if day else None)
        self._show_asked()

    def _show_asked(self) -> None:
        """Ask only what this role and this country ask for."""
        self._agreement.setVisible(self.role.value() is RecipientRole.PROCESSOR)
        self._mechanism.setVisible(self.country.value() not in EEA)

    def _filled(self) -> dict[str, Any]:
        day = self.agreement.day()
        return {
            "name": self.name.text(),
            "service": self.service.text(),
            "gets": self.gets.toPlainText(),
            "mechanism": self.mechanism.toPlainText(),
            "task": self.task.toPlainText(),
            "role": self.role.value().value,
            "country": self.country.value(),
            "agreement_on": day.isoformat() if day else "",
        }

    def _entered(self) -> dict[str, Any]:
        filled = self._filled()
        return filled if filled != self._before else {}

    def _save(self) -> None:
        if all_right(self._fields):
            said = {
                **self._filled(),
                "role": self.role.value(),
                "agreement_on": self.agreement.day(),
            }
            self.context.save(lambda _progress: self._write(said), self._end, self.verb_button)

    def _write(self, said: dict[str, Any]) -> RecipientRef:
        if self._known is None:
            return self.context.desk.run(add_recipient, **said)
        ref = self._known.ref
        changes = RecipientChanges(agreement_ended=said["agreement_on"] is None, **said)
        self.context.desk.run(update_recipient, recipient_ref=ref, changes=changes)
        return ref

    def _end(self, ref: RecipientRef) -> None:
        self._draft.forget()
        self.accept()
        self.context.toast(_("The recipient is saved"), undoable=True)
        self._then(ref)


def _as_entered(known: RecipientRow) -> dict[str, Any]:
    return {
        "name": known.name,
        "service": known.service,
        "gets": known.gets,
        "mechanism": known.mechanism,
        "task": known.task,
        "role": known.role.value,
        "country": known.country,
        "agreement_on": known.agreement_on.isoformat() if known.agreement_on else "",
    }


def _countries() -> list[tuple[str, str]]:
    named = [(code, format_country(code)) for code in country_codes()]
    return sorted(named, key=lambda one: sort_key(one[1], current_language()))


def new_recipient(context: PageContext, then: Callable[[RecipientRef], object]) -> RecipientForm:
    """Ask for a new recipient."""
    form = RecipientForm(context, then)
    form.open()
    return form


def edit_recipient(context: PageContext, known: RecipientRow) -> RecipientForm:
    """Change what is known of a recipient."""
    form = RecipientForm(context, lambda _ref: None, known)
    form.open()
    return form
