"""How to reach a person, and who she is: shown, or changed in place."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from gdprdesk.domain.base import CompanyRef, RecordRef
from gdprdesk.domain.terms import ContactKind, SubjectKind, say
from gdprdesk.i18n import LANGUAGES, _
from gdprdesk.services.contacts import ContactEntry
from gdprdesk.services.persons import ContactRow, PersonFile
from gdprdesk.services.subjects import update_subject
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.company_form import edit_company
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.give_copy import LANGUAGE_NAMES
from gdprdesk_ui.dialogs.person_fields import CompanyChoice, ContactField, kind_choice
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    Choice,
    Fact,
    FormField,
    IconButton,
    all_right,
    clear,
    column,
    holder,
    required,
    row,
)

_ADDED = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS)


def _rank(one: ContactRow) -> int:
    """Return where a contact detail stands: phones first, then as ContactKind lists them."""
    return list(ContactKind).index(one.kind)


class ContactLine(QWidget):
    """A field for one contact detail, and a button that takes it away."""

    def __init__(self, field: ContactField, ref: RecordRef | None, value: str) -> None:
        super().__init__()
        self.field, self.ref = field, ref
        field.edit.setText(value)
        self.remove_button = IconButton("x", _("Remove {what}").format(what=say(field.kind)))
        line = row(field, self.remove_button, spacing=4)
        line.setStretch(0, 1)
        self.setLayout(line)

    def entry(self) -> ContactEntry:
        """Return what is entered."""
        return ContactEntry(self.field.kind, self.field.edit.text(), self.ref)


class ContactEditor(QWidget):
    """The fields of a person; half-filled ones are kept until saved or left.

    Attributes:
        name: Her name.
        lines: Her contact details.
        add_buttons: One more of a kind.
        save_button: Saves all of it at once.
        cancel_button: Leaves it as it was.

    Signals:
        saved: What was entered is in the register now.
    """

    saved = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._person: PersonFile | None = None
        self.name = QLineEdit()
        self.lines: list[ContactLine] = []
        self._draft = DraftKeeper(context, "contacts", self._entered, self)
        self.kind = kind_choice(lambda _kind: self._draft.touch())
        self.company = CompanyChoice(context, self._draft.touch)
        self.language: Choice[str] = Choice(
            [("", _("As the register")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)]
        )
        self._name_field = FormField(
            _("Name"), self.name, check=required(self.name.text, _("Write a name."))
        )
        self._rows = column(spacing=10)
        self.add_buttons = {
            kind: Button(say(kind), "ghost", "plus", size="small", on_click=partial(self.add, kind))
            for kind in _ADDED
        }
        self.cancel_button = Button(_("Cancel"))
        self.save_button = Button(_("Save"), "primary")
        self.name.textEdited.connect(self._draft.touch)
        self.language.picked.connect(lambda _code: self._draft.touch())
        inside = column(
            self._name_field,
            self._rows,
            row(*self.add_buttons.values(), None, spacing=4),
            FormField(_("What the person is to you"), self.kind),
            FormField(_("Company"), self.company, optional=True),
            FormField(_("Written to in"), self.language),
            row(None, self.cancel_button, self.save_button),
            spacing=12,
        )
        self.setLayout(inside)

    def load(self, person: PersonFile) -> bool:
        """Turn to a person and return whether half-filled fields of hers are waiting."""
        entered = self._draft.follow(person.ref)
        self._fill(person, entered)
        return bool(entered)

    def fill(self, person: PersonFile) -> None:
        """Show what is known of a person."""
        self._fill(person, {})

    def _fill(self, person: PersonFile, entered: dict[str, Any]) -> None:
        self._person = person
        self.name.setText(entered.get("name", person.name))
        self.kind.set_value(SubjectKind(entered.get("kind", person.kind)))
        self.company.set_ref(CompanyRef(entered.get("company_ref", person.company_ref or "")))
        self.language.set_value(entered.get("language", person.language or ""))
        clear(self._rows)
        self.lines.clear()
        sorted_contacts = sorted(person.contacts, key=_rank)
        known = [[one.kind.value, one.value, one.ref] for one in sorted_contacts]
        for kind, value, ref in entered.get("contacts", known):
            self._append(ContactKind(kind), value, ref)

    def add(self, kind: ContactKind) -> None:
        """Add an empty field of a kind."""
        self._append(kind, "", None).field.set_focus()
        self._draft.touch()

    def _append(self, kind: ContactKind, value: str, ref: RecordRef | None) -> ContactLine:
        line = ContactLine(ContactField(self._context, kind), ref, value)
        line.field.edit.textEdited.connect(self._draft.touch)
        line.remove_button.clicked.connect(partial(self._remove, line))
        self.lines.append(line)
        self._rows.addWidget(line)
        return line

    def _remove(self, line: ContactLine, _clicked: bool = False) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._draft.touch()

    def _entered(self) -> dict[str, Any]:
        entries = [line.entry() for line in self.lines]
        return {
            "name": self.name.text(),
            "kind": self.kind.value().value,
            "company_ref": self.company.ref(),
            "language": self.language.value(),
            "contacts": [[one.kind.value, one.value, one.ref] for one in entries],
        }

    def forget(self) -> None:
        """Let go of what was entered."""
        self._draft.forget()

    def save(self) -> None:
        """Save all fields at once, if they are right."""
        person = self._person
        fields = [self._name_field, *(line.field for line in self.lines)]
        if person is None or not all_right(fields):
            return
        name, kind = self.name.text(), self.kind.value()
        company, language = self.company.ref(), self.language.value()
        contacts = tuple(line.entry() for line in self.lines)
        self._context.save(
            lambda _progress: self._context.desk.run(
                update_subject,
                subject_ref=person.ref,
                name=name,
                kind=kind,
                company_ref=company,
                language=language,
                contacts=contacts,
            ),
            lambda _none: self.saved.emit(),
            self.save_button,
        )


class ContactCard(Card):
    """Phone numbers, addresses and the company of a person; `Change` turns them into fields.

    Attributes:
        edit_button: Begins to change them.
        editor: The fields.
        company_button: Shows the company, if she has one.
    """

    def __init__(self, context: PageContext) -> None:
        self.edit_button = Button(_("Change"), "link", "pencil", on_click=self.edit)
        super().__init__(CardHeading(_("Contact details"), self.edit_button))
        self._context = context
        self._person: PersonFile | None = None
        self.company_button = Button("", "link", "building-2", on_click=self._open_company)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(20)
        self._facts.setVerticalSpacing(10)
        self._shown = holder(column(self._facts, row(self.company_button, None), spacing=10))
        self.editor = ContactEditor(context)
        self.editor.cancel_button.clicked.connect(self._leave)
        self.editor.save_button.clicked.connect(self.editor.save)
        self.editor.saved.connect(self._leave)
        self.add(self._shown, self.editor)
        self.editor.hide()

    def show_person(self, person: PersonFile) -> None:
        """Show a person; if her fields were left half-filled, go on with them."""
        other = self._person is None or self._person.ref != person.ref
        self._person = person
        self._show_facts(person)
        if other:
            self._turn(to_fields=self.editor.load(person))

    def is_editing(self) -> bool:
        """Return whether the fields are shown."""
        return not self.editor.isHidden()

    def edit(self) -> None:
        """Turn the details into fields."""
        if self._person is not None and not self.is_editing():
            self.editor.fill(self._person)
            self._turn(to_fields=True)
            self.editor.name.setFocus()

    def _leave(self) -> None:
        self.editor.forget()
        self._turn(to_fields=False)
        self.edit_button.setFocus()

    def _turn(self, *, to_fields: bool) -> None:
        self.editor.setVisible(to_fields)
        self._shown.setVisible(not to_fields)
        self.edit_button.setVisible(not to_fields)

    def _show_facts(self, person: PersonFile) -> None:
        clear(self._facts)
        for number, one in enumerate(sorted(person.contacts, key=_rank)):
            fact = Fact(say(one.kind), one.value, wrap=True)
            self._facts.addWidget(fact, number // 2, number % 2)
        if not person.contacts:
            self._facts.addWidget(Fact(_("Nothing yet"), _("Add a phone number or address.")), 0, 0)
        self.company_button.setText(person.company)
        self.company_button.setVisible(bool(person.company))

    def _open_company(self) -> None:
        if self._person is not None and self._person.company_ref is not None:
            edit_company(self._context, self._person.company_ref)
