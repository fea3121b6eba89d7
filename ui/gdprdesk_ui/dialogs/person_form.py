"""A new person, with a warning while typing when she may be in the register already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import CompanyRef, SubjectRef
from gdprdesk.domain.terms import ContactKind, Origin, SubjectKind
from gdprdesk.domain.terms import FormField as Field
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.sources import show_usual_origin
from gdprdesk.services.stop_list import explain_stops
from gdprdesk.services.subjects import DuplicateRow, find_duplicates, register_subject
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.person_fields import (
    NO_COMPANY,
    CompanyChoice,
    ContactField,
    OriginField,
    kind_choice,
)
from gdprdesk_ui.widgets import Banner, Button, FormField, all_right, required

_WITH_COMPANY = frozenset({SubjectKind.COMPANY_CONTACT, SubjectKind.SUPPLIER})
DUPLICATES_AFTER_MS = 250


class PersonForm(FormDialog):
    """Name, what she is to the business, and how to reach her.

    Args:
        context: The open register.
        then: Called with the person when she is saved.
        name: What the name begins with.

    Attributes:
        warning: Says who may be the same person, with a button that opens her page.
        stopped: Says that the address or number is on the stop list; she comes in all the same.
    """

    def __init__(
        self, context: PageContext, then: Callable[[SubjectRef], object], name: str = ""
    ) -> None:
        super().__init__(context, _("New person"), verb=_("Save"))
        self._then = then
        self._same: tuple[DuplicateRow, ...] = ()
        self.name = QLineEdit()
        self.kind = kind_choice(self._pick_kind)
        self.phone = ContactField(context, ContactKind.PHONE)
        self.email = ContactField(context, ContactKind.EMAIL)
        self.address = ContactField(context, ContactKind.ADDRESS)
        self.company = CompanyChoice(context, self._touch)
        self.origin = OriginField(self._touch)
        self._usual_origin = context.desk.ask(show_usual_origin)
        self.open_button = Button(_("Open"), size="small", on_click=self._open_duplicate)
        self.warning = Banner("warn", "", buttons=[self.open_button], icon_name="users")
        self.warning.hide()
        self.stopped = Banner("info", "", icon_name="ban")
        self.stopped.hide()
        self._company_field = FormField(_("Company"), self.company, optional=True)
        name_check = required(self.name.text, _("Write a name."))
        self._fields = (
            FormField(_("Name"), self.name, check=name_check),
            self.phone,
            self.email,
            self.address,
            FormField(_("What the person is to you"), self.kind),
            self._company_field,
        )
        for widget in (self._fields[0], self.warning, self.stopped, *self._fields[1:], self.origin):
            self.body.addWidget(widget)
        self._soon = QTimer(self, singleShot=True, interval=DUPLICATES_AFTER_MS)
        self._soon.timeout.connect(self._look_for_duplicates)
        self._draft = DraftKeeper(context, "person", self._entered, self)
        self._show(self._draft.follow(None) or {"name": name})
        for edit in (self.name, self.phone.edit, self.email.edit, self.address.edit):
            edit.textEdited.connect(self._touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)
        self.name.setFocus()

    def _show(self, entered: dict[str, Any]) -> None:
        self.name.setText(entered.get("name", ""))
        self.phone.edit.setText(entered.get("phone", ""))
        self.email.edit.setText(entered.get("email", ""))
        self.address.edit.setText(entered.get("address", ""))
        self.kind.set_value(SubjectKind(entered.get("kind", SubjectKind.CUSTOMER)))
        self.company.set_ref(CompanyRef(entered.get("company_ref", NO_COMPANY)))
        origin = Origin(entered.get("origin", self._usual_origin))
        self.origin.show_value(origin, entered.get("source", ""))
        self._show_fields(self.kind.value())
        self._look_for_duplicates()

    def _entered(self) -> dict[str, Any]:
        texts = {
            "name": self.name.text(),
            "phone": self.phone.edit.text(),
            "email": self.email.edit.text(),
            "address": self.address.edit.text(),
        }
        if not any(text.strip() for text in texts.values()):
            return {}
        origin, source = self.origin.value()
        return {
            **texts,
            "kind": self.kind.value().value,
            "company_ref": self.company.ref(),
            "origin": origin.value,
            "source": source,
        }

    def _touch(self) -> None:
        self._soon.start()
        self._draft.touch()

    def _pick_kind(self, kind: SubjectKind) -> None:
        origin, source = self.origin.value()
        if origin is self._usual_origin and not source:
            self._usual_origin = self.context.desk.ask(show_usual_origin, of=kind)
            self.origin.show_value(self._usual_origin, "")
        self._show_fields(kind)
        self._touch()

    def _show_fields(self, kind: SubjectKind) -> None:
        """Show what the register keeps of such people."""
        kept = self.context.desk.ask(allowed_fields, of=kind)
        self.phone.setVisible(Field.PHONE in kept)
        self.email.setVisible(Field.EMAIL in kept)
        self.address.setVisible(Field.ADDRESS in kept)
        self._company_field.setVisible(Field.COMPANY in kept and kind in _WITH_COMPANY)

    def _look_for_duplicates(self) -> None:
        self._same = self.context.desk.ask(
            find_duplicates,
            name=self.name.text(),
            email=self.email.edit.text(),
            phone=self.phone.edit.text(),
        )
        stopped = self.context.desk.ask(
            explain_stops, email=self.email.edit.text(), phone=self.phone.edit.text()
        )
        self.stopped.setVisible(bool(stopped))
        self.stopped.set_words(stopped)
        self.warning.setVisible(bool(self._same))
        if self._same:
            first, more = self._same[0], len(self._same) - 1
            title = _("{name} is in the register already").format(name=first.name)
            also = ngettext("and {count} more", "and {count} more", more).format(count=more)
            shared = _("The same: {what}").format(what=first.shared)
            self.warning.set_words(title, f"{shared} {also}" if more else shared)
            self.open_button.setAccessibleDescription(first.name)

    def _open_duplicate(self) -> None:
        known = self._same[0].ref
        self.reject()
        self.context.open_page("person", subject_ref=known)

    def _save(self) -> None:
        if not all_right((*self._fields, *self.origin.fields)):
            return
        entered, kind = self._entered(), self.kind.value()
        company = NO_COMPANY if self._company_field.isHidden() else self.company.ref()
        origin, source = self.origin.value()
        self.context.save(
            lambda _progress: self.context.desk.run(
                register_subject,
                name=entered["name"],
                phone=entered["phone"],
                email=entered["email"],
                address=entered["address"],
                kind=kind,
                company_ref=company or None,
                origin=origin,
                source=source,
            ),
            self._end,
            self.verb_button,
        )

    def _end(self, ref: SubjectRef) -> None:
        name = " ".join(self.name.text().split())
        self._draft.forget()
        self.accept()
        self.context.toast(_("{name} is in the register now").format(name=name), undoable=True)
        self._then(ref)


def new_person(
    context: PageContext,
    name: str = "",
    then: Callable[[SubjectRef], object] | None = None,
) -> PersonForm:
    """Ask for a new person, and open her page when she is saved if nothing else is to be done."""
    form = PersonForm(
        context, then or (lambda ref: context.open_page("person", subject_ref=ref)), name
    )
    form.open()
    return form
