"""The fields of a person that more than one form has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.domain.base import CompanyRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import ContactKind, SubjectKind, say
from gdprdesk.i18n import _
from gdprdesk.services.companies import list_companies
from gdprdesk.services.contacts import check_contact
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.company_form import new_company
from gdprdesk_ui.widgets import Button, Choice, FormField, row

NO_COMPANY = CompanyRef("")


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
