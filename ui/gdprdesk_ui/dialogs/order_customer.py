"""Whose order it is: somebody known, somebody new, a company, or a passer-by."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gdprdesk.domain.base import CompanyRef, SubjectRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import ContactKind
from gdprdesk.domain.terms import FormField as Field
from gdprdesk.i18n import _
from gdprdesk.services.companies import CompanyRow, list_companies
from gdprdesk.services.order_taking import Newcomer
from gdprdesk.services.persons import PersonFile, show_subject
from gdprdesk.services.subjects import list_subjects
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.person_fields import ContactField, hide_what_is_not_kept
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Card,
    EntryList,
    FormField,
    IconTile,
    Label,
    SearchField,
    all_right,
    clear,
    column,
    required,
    row,
)

_PEOPLE, _COMPANIES = 4, 2
_NEWCOMER, _PASSER_BY = "new", "passer-by"


@dataclass(frozen=True, repr=False)
class Customer:
    """Whose order it is; nobody at all for a passer-by, who may have said a first name."""

    subject_ref: SubjectRef | None = None
    company_ref: CompanyRef | None = None
    newcomer: Newcomer | None = None
    first_name: str = ""


class _Search(SearchField):
    """A search in a form: Enter takes the first match instead of saving the form."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.text().strip():
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


class CustomerField(QWidget):
    """A number or a name with the matches under it; then who was chosen, with a way back.

    Args:
        context: The open register.
        only_people: Neither a company nor a passer-by can be chosen.

    Signals:
        changed: Somebody else was chosen, or something was typed about somebody new.

    Attributes:
        search: Where one types; Down goes to the matches, Enter takes the first.
        matches: People, companies, and a new person by what was typed.
        for_company: Whether the order is that of the company the person works at.
        name: phone: email: What is asked of somebody new.
        change_button: Takes the choice back.
    """

    changed = Signal()

    def __init__(self, context: PageContext, *, only_people: bool = False) -> None:
        super().__init__()
        self._context, self._only_people = context, only_people
        self._person: PersonFile | None = None
        self._company: CompanyRow | None = None
        self._is_new, self._first_name = False, ""
        self.search = _Search(_("Phone number or name"))
        self.matches = EntryList(_("People and companies found"), "rows")
        self.matches.setMinimumHeight(0)
        self._passer_by = Label(
            _("Leave it empty for somebody passing by."), "small", "muted", wrap=True
        )
        self.change_button = Button(_("Somebody else"), "link", on_click=self.forget)
        self._head_box = row(spacing=10)
        self._head = QWidget()
        self._head.setLayout(self._head_box)
        self.for_company = QCheckBox()
        self.for_company.toggled.connect(lambda _on: self.changed.emit())
        self._newcomer = self._newcomer_card()
        self.setLayout(
            column(
                self.search,
                self.matches,
                self._passer_by,
                self._head,
                self.for_company,
                self._newcomer,
                spacing=6,
            )
        )
        self.setFocusProxy(self.search)
        self.search.searched.connect(self._find)
        self.search.left_down.connect(self._enter_matches)
        self.search.returnPressed.connect(self._take_first)
        self.matches.opened.connect(lambda entry: self._take(entry.key))
        self._show()

    def _newcomer_card(self) -> Card:
        self.name = QLineEdit()
        self.phone = ContactField(self._context, ContactKind.PHONE)
        self.email = ContactField(self._context, ContactKind.EMAIL)
        name_check = required(self.name.text, _("Write a name."))
        self._fields = (FormField(_("Name"), self.name, check=name_check), self.phone, self.email)
        for edit in (self.name, self.phone.edit, self.email.edit):
            edit.textEdited.connect(lambda _text: self.changed.emit())
        hide_what_is_not_kept(self._context, {Field.PHONE: self.phone, Field.EMAIL: self.email})
        reach = row(self.phone, self.email, spacing=12)
        return Card(self._fields[0], reach, sunken=True)

    # what was chosen

    def customer(self) -> Customer:
        """Return whose order it is."""
        if self._is_new:
            newcomer = Newcomer(
                self.name.text().strip(),
                self.phone.edit.text().strip(),
                self.email.edit.text().strip(),
            )
            return Customer(newcomer=newcomer)
        if self._company is not None:
            return Customer(company_ref=self._company.ref)
        if self._person is None:
            return Customer(first_name=self._first_name)
        company = self._person.company_ref if self.for_company.isChecked() else None
        return Customer(self._person.ref, company)

    def show_customer(self, customer: Customer) -> None:
        """Show whose order it is; somebody who is gone meanwhile is nobody."""
        self._person, self._company, self._is_new = None, None, customer.newcomer is not None
        self._first_name = customer.first_name
        if customer.subject_ref is not None:
            with suppress(NotFoundError):
                self._person = self._context.desk.ask(
                    show_subject, subject_ref=customer.subject_ref
                )
        if customer.subject_ref is None and customer.company_ref is not None:
            companies = self._context.desk.ask(list_companies)
            self._company = next((c for c in companies if c.ref == customer.company_ref), None)
        self.for_company.setChecked(customer.company_ref is not None)
        if customer.newcomer is not None:
            self.name.setText(customer.newcomer.name)
            self.phone.edit.setText(customer.newcomer.phone)
            self.email.edit.setText(customer.newcomer.email)
        self._show()

    def forget(self) -> None:
        """Take the choice back."""
        self.show_customer(Customer())
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def problem(self) -> str | None:
        """Return what is wrong with the choice."""
        if self.search.isHidden() or not self.search.text().strip():
            return None
        return _("Choose somebody from the list, or empty the field for somebody passing by.")

    def is_right(self) -> bool:
        """Check what was typed about somebody new, and show what is wrong."""
        return not self._is_new or all_right(self._fields)

    # finding

    def _find(self, words: str) -> None:
        entries = self._entries(words)
        self.matches.show_sections([Section("", tuple(entries))])
        self.matches.setFixedHeight(self.matches.content_height() if entries else 0)
        self.matches.setVisible(bool(entries))
        is_open = not entries and not self.search.isHidden()
        self._passer_by.setVisible(is_open and not self._only_people)

    def _entries(self, words: str) -> list[Entry]:
        said = " ".join(words.split())
        if not said:
            return []
        is_name = not any(letter.isdigit() for letter in said)
        only_name = Entry(
            _("Only a first name: {words}").format(words=said),
            _("Not in the register; leaves after 30 days"),
            icon="user",
            key=_PASSER_BY,
        )
        passing = [only_name] if is_name and not self._only_people else []
        if not self._context.may(list_subjects):
            return passing
        people = self._context.desk.ask(list_subjects, search=words, limit=_PEOPLE).rows
        return [
            *(
                Entry(one.name, one.phone or one.email, avatar=one.name, key=one.ref)
                for one in people
            ),
            *([] if self._only_people else self._companies(said)),
            Entry(_("New person: {words}").format(words=said), icon="user-plus", key=_NEWCOMER),
            *passing,
        ]

    def _companies(self, words: str) -> list[Entry]:
        needle = words.casefold()
        found = [
            one
            for one in self._context.desk.ask(list_companies)
            if needle in one.name.casefold() or needle in one.org_number
        ]
        return [
            Entry(one.name, one.org_number, icon="building-2", key=one)
            for one in found[:_COMPANIES]
        ]

    def _enter_matches(self) -> None:
        if self.matches.isVisible():
            self.matches.setFocus(Qt.FocusReason.OtherFocusReason)
            self.matches.choose_first()

    def _take_first(self) -> None:
        entries = self._entries(self.search.text())
        if entries:
            self._take(entries[0].key)

    def _take(self, key: object) -> None:
        typed = " ".join(self.search.text().split())
        if key == _NEWCOMER:
            is_number = any(letter.isdigit() for letter in typed)
            newcomer = Newcomer("", phone=typed) if is_number else Newcomer(typed)
            self.show_customer(Customer(newcomer=newcomer))
            (self.name if is_number else self.phone.edit).setFocus()
        elif key == _PASSER_BY:
            self.show_customer(Customer(first_name=typed))
            self.change_button.setFocus()
        elif isinstance(key, CompanyRow):
            self.show_customer(Customer(company_ref=key.ref))
            self.change_button.setFocus()
        else:
            ref = SubjectRef(str(key))
            person = self._context.desk.ask(show_subject, subject_ref=ref)
            self.show_customer(Customer(ref, person.company_ref))
            self.change_button.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        person, company = self._person, self._company
        is_open = person is None and company is None and not (self._is_new or self._first_name)
        self.search.setVisible(is_open)
        if not is_open:
            self.search.clear()
        self.matches.setVisible(False)
        self._passer_by.setVisible(is_open and not self._only_people)
        self._head.setVisible(not is_open)
        self._newcomer.setVisible(self._is_new)
        works_at = person.company if person is not None else ""
        self.for_company.setVisible(bool(works_at))
        self.for_company.setText(
            _("The order is for {company}").format(company=works_at.replace("&", "&&"))
        )
        self._head_box.removeWidget(self.change_button)
        clear(self._head_box)
        sign: QWidget
        if person is not None:
            sign, title, detail = Avatar(person.name, 34), person.name, _reached(person)
        elif company is not None:
            sign, title, detail = IconTile("building-2"), company.name, company.org_number
        elif self._first_name:
            sign, title = IconTile("user"), self._first_name
            detail = _("Not in the register; leaves after 30 days")
        else:
            sign, title, detail = IconTile("user-plus", "accent"), _("New person"), ""
        lines = [Label(title, "strong"), *([Label(detail, "small", "muted")] if detail else [])]
        self._head_box.addWidget(sign)
        self._head_box.addLayout(column(*lines, spacing=1), 1)
        self._head_box.addWidget(self.change_button)


def _reached(person: PersonFile) -> str:
    """Return the first way to reach a person, a phone number rather than another."""
    ways = sorted(person.contacts, key=lambda one: one.kind is not ContactKind.PHONE)
    return ways[0].value if ways else ""
