"""Somebody else who gets personal data: a supplier, an authority, the agreement with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.activities import EEA
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.recipients import SubProcessor
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
from gdprdesk_ui.dialogs.entered import text_of
from gdprdesk_ui.dialogs.kept_form import KeptForm
from gdprdesk_ui.dialogs.part_list import PartField, PartList
from gdprdesk_ui.widgets import Choice, DateField, FormField, TextArea, all_right, required

_WIDTH = 600
_TEXTS = ("name", "service", "gets", "mechanism", "task", "contact", "deletes_after")


class RecipientForm(KeptForm):
    """Who it is, what they get, where, and what the law asks for in between.

    Args:
        context: The open register.
        then: Called with the recipient when it is saved.
        known: The recipient to change; without it, a new one.

    Attributes:
        agreement: The day of the processor agreement; asked of processors only.
        until: Its last day; empty if it runs on.
        review: When it is to be looked through.
        mechanism: What makes a transfer lawful; asked outside the EEA only.
        others: Whom a processor uses in its turn.
    """

    def __init__(
        self,
        context: PageContext,
        then: Callable[[RecipientRef], object],
        known: RecipientRow | None = None,
    ) -> None:
        super().__init__(
            context,
            known.name if known else _("New recipient"),
            draft=f"recipient:{known.ref}" if known else "recipient",
            verb=_("Save"),
            width=_WIDTH,
        )
        self._then, self._known = then, known
        self._home = context.desk.ask(show_organisation).country
        self.name, self.service, self.contact = QLineEdit(), QLineEdit(), QLineEdit()
        self.deletes_after = QLineEdit()
        self.gets, self.task = TextArea(lines=2), TextArea(lines=2)
        self.mechanism = TextArea(lines=2)
        self.role = Choice([(one, say(one)) for one in RecipientRole])
        self.country = self._countries()
        self.agreement, self.until, self.review = DateField(), DateField(), DateField()
        self.others = self._sub_processors()
        self._fields = self._build()
        self.begin(self._controls_by_name(), _as_entered(known) if known else self._blank())
        self._show_asked()
        for choice in (self.role, self.country):
            choice.picked.connect(lambda _value: self._show_asked())
        self.verb_button.clicked.connect(self._save)
        wanted = self.agreement if known and known.needs_agreement else self.name
        wanted.setFocus()

    def _build(self) -> tuple[FormField, ...]:
        fields = (*self._who(), *self._of_processors(), *self._also())
        for field in fields:
            self.body.addWidget(field)
        return fields

    def _who(self) -> tuple[FormField, ...]:
        self._mechanism = FormField(
            _("What makes it lawful to send data there"),
            self.mechanism,
            hint=_("Such as an adequacy decision or standard contractual clauses: Articles 44-49."),
            optional=True,
        )
        return (
            FormField(_("Name"), self.name, check=required(self.name.text, _("Enter a name."))),
            FormField(_("In what role"), self.role),
            FormField(_("What they do for you"), self.service, optional=True),
            FormField(_("What they get"), self.gets, optional=True),
            FormField(_("In which country"), self.country),
            self._mechanism,
        )

    def _of_processors(self) -> tuple[FormField, ...]:
        self._asked_of_processors = (
            FormField(
                _("Day of the processor agreement"),
                self.agreement,
                check=self.agreement.problem,
                hint=_("Whoever handles data for you does it under an agreement: Article 28."),
                optional=True,
            ),
            FormField(
                _("Last day of the agreement"),
                self.until,
                check=self._wrong_end,
                hint=_("Empty if it runs on."),
                optional=True,
            ),
            FormField(
                _("Look it through by"), self.review, check=self.review.problem, optional=True
            ),
            FormField(
                _("It deletes after"),
                self.deletes_after,
                hint=_("As it says itself, such as: 3 to 4 months."),
                optional=True,
            ),
            FormField(
                _("Whom it uses in its turn"),
                self.others,
                check=self.others.problem,
                optional=True,
            ),
        )
        return self._asked_of_processors

    def _also(self) -> tuple[FormField, ...]:
        return (
            FormField(
                _("Contact for privacy"),
                self.contact,
                hint=_("An address of the business, not of one of its people."),
                optional=True,
            ),
            FormField(
                _("What you do there when a person is erased"),
                self.task,
                hint=_("Empty if there is nothing to do."),
                optional=True,
            ),
        )

    def _sub_processors(self) -> PartList:
        return PartList(
            [
                [
                    PartField("name", _("Name")),
                    PartField("country", _("In which country"), self._countries),
                ],
                [PartField("service", _("What they do for you"))],
            ],
            add=_("Another one"),
            remove=_("Take this one away"),
            check=_wrong_other,
        )

    def _countries(self) -> Choice[str]:
        named = [(code, format_country(code)) for code in country_codes()]
        named.sort(key=lambda one: sort_key(one[1], current_language()))
        choice = Choice(named)
        choice.set_value(self._home)
        return choice

    def _controls_by_name(self) -> dict[str, QWidget]:
        return {
            **{name: getattr(self, name) for name in _TEXTS},
            "role": self.role,
            "country": self.country,
            "agreement_on": self.agreement,
            "agreement_until": self.until,
            "review_on": self.review,
            "sub_processors": self.others,
        }

    def _blank(self) -> dict[str, Any]:
        return {"role": RecipientRole.PROCESSOR, "country": self._home}

    def _show_asked(self) -> None:
        """Ask only what this role and this country ask for."""
        for field in self._asked_of_processors:
            field.setVisible(self.role.value() is RecipientRole.PROCESSOR)
        self._mechanism.setVisible(self.country.value() not in EEA)

    def _wrong_end(self) -> str | None:
        begun, ends = self.agreement.day(), self.until.day()
        if ends is not None and begun is None:
            return _("Say from which day the agreement applies, too.")
        if ends is not None and begun is not None and ends < begun:
            return _("The agreement ends before it begins. Look at the days again.")
        return self.until.problem()

    def _save(self) -> None:
        if not all_right(self._fields):
            return
        texts = {name: text_of(getattr(self, name)) for name in _TEXTS}
        said: dict[str, Any] = {
            **texts,
            "role": self.role.value(),
            "country": self.country.value(),
            "agreement_on": self.agreement.day(),
            "agreement_until": self.until.day(),
            "review_on": self.review.day(),
            "sub_processors": tuple(map(_other, self.others.entered())),
        }
        self.keep(lambda _progress: self._write(said), self._end)

    def _write(self, said: dict[str, Any]) -> RecipientRef:
        if self._known is None:
            return self.context.desk.run(add_recipient, **said)
        ref = self._known.ref
        changes = RecipientChanges(
            agreement_ended=said["agreement_on"] is None,
            no_end=said["agreement_until"] is None,
            no_review=said["review_on"] is None,
            **said,
        )
        self.context.desk.run(update_recipient, recipient_ref=ref, changes=changes)
        return ref

    def _end(self, ref: RecipientRef) -> None:
        self.end(_("The recipient is saved"))
        self._then(ref)


def _as_entered(known: RecipientRow) -> dict[str, Any]:
    days = ("agreement_on", "agreement_until", "review_on")
    return {
        **{name: getattr(known, name) for name in _TEXTS},
        **{name: day.isoformat() if (day := getattr(known, name)) else "" for name in days},
        "role": known.role,
        "country": known.country,
        "sub_processors": known.sub_processors,
    }


def _other(said: Mapping[str, Any]) -> SubProcessor:
    return SubProcessor(name=said["name"], country=said["country"], service=said["service"])


def _wrong_other(one: Mapping[str, Any]) -> str | None:
    return None if one["name"].strip() else _("Enter a name.")


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
