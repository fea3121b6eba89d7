"""The fields of a person that more than one form has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import CompanyRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ContactKind, Origin, SubjectKind, say
from gdprdesk.domain.terms import FormField as Field
from gdprdesk.i18n import _
from gdprdesk.services.companies import list_companies
from gdprdesk.services.contacts import check_contact
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.company_form import new_company
from gdprdesk_ui.widgets import Button, Choice, FormField, column, row

NO_COMPANY = CompanyRef("")


def hide_what_is_not_kept(context: PageContext, fields: Mapping[Field, QWidget]) -> None:
    """Hide the fields that no purpose in the register needs."""
    allowed = context.desk.ask(allowed_fields)
    for field, widget in fields.items():
        if field not in allowed:
            widget.hide()


class ContactField(FormField):
    """A phone number, e-mail address, street or other way to reach a person, checked on leaving."""

    def __init__(self, context: PageContext, kind: ContactKind, *, label: str = "") -> None:
        self.edit = QLineEdit()
        self._context, self.kind = context, kind
        super().__init__(label or say(kind), self.edit, check=self._problem)

    def _problem(self) -> str | None:
        try:
            self._context.desk.ask(check_contact, kind=self.kind, value=self.edit.text())
        except DomainError as error:
            return str(error)
        return None


class CompanyChoice(QWidget):
    """The company a person works at, or a new one.

    Attributes:
        choice: The companies in the register.
        new_button: Asks for a new company and chooses it.
    """

    def __init__(self, context: PageContext, changed: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self.choice: Choice[CompanyRef] = Choice(self._choices())
        self.choice.picked.connect(lambda _ref: changed())
        self.new_button = Button(_("New company…"), size="small", on_click=self._add)
        line = row(self.choice, self.new_button)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFocusProxy(self.choice)

    def ref(self) -> CompanyRef:
        """Return the company; an empty ref for none."""
        return self.choice.value()

    def set_ref(self, ref: CompanyRef) -> None:
        """Choose a company; one that is gone meanwhile is none."""
        known = self._choices()
        self.choice.set_choices(known)
        self.choice.set_value(ref if ref in dict(known) else NO_COMPANY)

    def _choices(self) -> Sequence[tuple[CompanyRef, str]]:
        companies = self._context.desk.ask(list_companies)
        return [(NO_COMPANY, _("No company")), *((one.ref, one.name) for one in companies)]

    def _add(self) -> None:
        new_company(self._context, self._take)

    def _take(self, ref: CompanyRef) -> None:
        self.set_ref(ref)
        self._changed()


def kind_choice(picked: Callable[[SubjectKind], object]) -> Choice[SubjectKind]:
    """Return a choice of what a person is to the business."""
    choice = Choice([(kind, say(kind)) for kind in SubjectKind])
    choice.picked.connect(picked)
    return choice


class OriginField(QWidget):
    """Whether data come from the person herself or from somebody else, and then from where.

    Attributes:
        choice: Herself, or somebody else.
        source: Where they come from, if not from her.
        fields: Both, to be checked before saving.
    """

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self.choice: Choice[Origin] = Choice([(one, say(one)) for one in Origin])
        self.source = QLineEdit()
        hint = _("She has to be told within a month. It then stands on Today until it is done.")
        self.fields = (
            FormField(_("Where the data come from"), self.choice),
            FormField(_("From where"), self.source, check=self._problem, hint=hint),
        )
        self.setLayout(column(*self.fields, spacing=12))
        self.choice.picked.connect(self._show_source)
        self.choice.picked.connect(lambda _origin: changed())
        self.source.textEdited.connect(lambda _text: changed())

    def value(self) -> tuple[Origin, str]:
        """Return whether it was somebody else, and who."""
        origin = self.choice.value()
        return origin, self.source.text() if origin is Origin.OTHER else ""

    def show_value(self, origin: Origin, source: str) -> None:
        """Choose where the data come from."""
        self.choice.set_value(origin)
        self.source.setText(source)
        self._show_source(origin)

    def _show_source(self, origin: Origin) -> None:
        self.fields[1].setVisible(origin is Origin.OTHER)

    def _problem(self) -> str | None:
        if self.choice.value() is Origin.PERSON or self.source.text().strip():
            return None
        return _("Write where the data come from, such as a public register.")
