"""A company that orders: new, or changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.base import CompanyRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.services.companies import CompanyRow, add_company, list_companies, update_company
from gdprdesk.services.contacts import check_org_number
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import FormField, all_right, required


class CompanyForm(FormDialog):
    """Name, org. number and address of a company.

    Args:
        context: The open register.
        then: Called with the company when it is saved.
        known: The company to change; without it, a new one.
    """

    def __init__(
        self,
        context: PageContext,
        then: Callable[[CompanyRef], object],
        known: CompanyRow | None = None,
    ) -> None:
        title = known.name if known else _("New company")
        super().__init__(context, title, verb=_("Save"))
        self._then, self._known = then, known
        self.name, self.org_number, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = (
            FormField(_("Name"), self.name, check=required(self.name.text, _("Write a name."))),
            FormField(
                _("Org. number"),
                self.org_number,
                check=self._org_number_problem,
                hint=_("A sole trader is a person: add her as a person, without the number."),
                optional=True,
            ),
            FormField(_("Address"), self.address, optional=True),
        )
        for field in self._fields:
            self.body.addWidget(field)
        form = f"company:{known.ref}" if known else "company"
        self._draft = DraftKeeper(context, form, self._entered, self)
        self._show(known, self._draft.follow(None))
        for edit in (self.name, self.org_number, self.address):
            edit.textEdited.connect(self._draft.touch)
        self.verb_button.clicked.connect(self._save)
        self.rejected.connect(self._draft.forget)
        self.name.setFocus()

    def _show(self, known: CompanyRow | None, draft: dict[str, str]) -> None:
        self.name.setText(draft.get("name", known.name if known else ""))
        self.org_number.setText(draft.get("org_number", known.org_number if known else ""))
        self.address.setText(draft.get("address", known.address if known else ""))

    def _entered(self) -> dict[str, str]:
        return {
            "name": self.name.text(),
            "org_number": self.org_number.text(),
            "address": self.address.text(),
        }

    def _org_number_problem(self) -> str | None:
        try:
            self.context.desk.ask(check_org_number, value=self.org_number.text())
        except DomainError as error:
            return str(error)
        return None

    def _save(self) -> None:
        if all_right(self._fields):
            entered = self._entered()
            self.context.save(lambda _progress: self._write(entered), self._end, self.verb_button)

    def _write(self, entered: dict[str, str]) -> CompanyRef:
        if self._known is None:
            return self.context.desk.run(add_company, **entered)
        self.context.desk.run(update_company, company_ref=self._known.ref, **entered)
        return self._known.ref

    def _end(self, ref: CompanyRef) -> None:
        self._draft.forget()
        self.accept()
        self._then(ref)


def new_company(context: PageContext, then: Callable[[CompanyRef], object]) -> CompanyForm:
    """Ask for a new company."""
    form = CompanyForm(context, then)
    form.open()
    return form


def edit_company(context: PageContext, company_ref: CompanyRef) -> CompanyForm | None:
    """Change what is known of a company; nothing if it is gone."""
    found = (one for one in context.desk.ask(list_companies) if one.ref == company_ref)
    known = next(found, None)
    if known is None:
        return None
    form = CompanyForm(context, lambda _ref: None, known)
    form.open()
    return form
