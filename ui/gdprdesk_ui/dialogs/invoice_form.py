"""An invoice made of an order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _, format_money
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.invoices import (
    InvoiceSuggestion,
    issue_invoice,
    show_invoice,
    suggest_invoice,
)
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui import ask
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.draft import DraftKeeper
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import DateField, FormField, TextArea, all_right, required, row


class InvoiceForm(FormDialog):
    """Number, address and day of payment, filled in as the register knows them.

    Args:
        context: The open register.
        order: What the invoice is for.
        suggested: What it says unless something else is wanted.
        then: Called with the invoice when it is made.

    Attributes:
        number: The next number, or another.
        address: Where the buyer lives.
        due: The day it is to be paid.
        elsewhere: The original is kept in another system; no law holds this copy then.
        original_in: What that system is called.
    """

    def __init__(
        self,
        context: PageContext,
        order: BookingRow,
        suggested: InvoiceSuggestion,
        then: Callable[[RecordRef], object],
    ) -> None:
        total = format_money(order.total, context.desk.ask(show_organisation).currency)
        super().__init__(
            context,
            context.names.either(
                _("Invoice for order {number}"), _("Invoice for booking {number}")
            ).format(number=order.number),
            _("{buyer}, {total}").format(buyer=suggested.buyer, total=total),
            verb=_("Note it") if suggested.system else _("Make the invoice"),
        )
        self._system = suggested.system
        self._order, self._then = order, then
        self.number = QLineEdit(suggested.number)
        self.address = TextArea(lines=2)
        self.address.setPlainText(suggested.buyer_address)
        self.due = DateField(suggested.due_on)
        self.elsewhere = QCheckBox(_("The original is kept in another system"))
        self.original_in = QLineEdit()
        self.original_in.setPlaceholderText(_("Such as Fortnox or Visma"))
        self._build()
        self._keep_draft(context)
        self.verb_button.clicked.connect(self._save)
        self.number.setFocus()

    def _build(self) -> None:
        self._number_field = FormField(
            _("Number"),
            self.number,
            check=required(self.number.text, _("Write a number.")),
            hint=_("Invoices are written in {system}. Write the number it has there.").format(
                system=self._system
            )
            if self._system
            else "",
        )
        self._original_field = FormField(
            _("What it is called"),
            self.original_in,
            check=self._original_problem,
            hint=_("Then bookkeeping law holds the original there, not this copy."),
        )
        self._due_field = FormField(_("Pay by"), self.due, check=self._due_problem)
        self.body.addLayout(row(self._number_field, self._due_field, spacing=12))
        self.body.addWidget(FormField(_("Address"), self.address, optional=True))
        self.body.addWidget(self.elsewhere)
        self.body.addWidget(self._original_field)
        self.elsewhere.toggled.connect(self._original_field.setVisible)
        self.elsewhere.setVisible(not self._system)

    def _keep_draft(self, context: PageContext) -> None:
        order = self._order
        self._draft = DraftKeeper(context, f"invoice:{order.ref}", self._entered, self)
        entered = self._draft.follow(order.subject_ref)
        self.number.setText(entered.get("number", self.number.text()))
        self.address.setPlainText(entered.get("address", self.address.toPlainText()))
        self.due.edit.setText(entered.get("due", self.due.edit.text()))
        self.original_in.setText(entered.get("original_in", ""))
        self.elsewhere.setChecked(bool(self.original_in.text()))
        self._original_field.setVisible(self.elsewhere.isChecked())
        for edit in (self.number, self.original_in):
            edit.textEdited.connect(self._draft.touch)
        self.address.textChanged.connect(self._draft.touch)
        self.due.changed.connect(self._draft.touch)
        self.rejected.connect(self._draft.forget)

    def _entered(self) -> dict[str, str]:
        return {
            "number": self.number.text(),
            "address": self.address.toPlainText(),
            "due": self.due.edit.text(),
            "original_in": self.original_in.text() if self.elsewhere.isChecked() else "",
        }

    def _due_problem(self) -> str | None:
        if not self.due.edit.text().strip():
            return _("Write the day it is to be paid.")
        return self.due.problem()

    def _original_problem(self) -> str | None:
        if self.elsewhere.isChecked() and not self.original_in.text().strip():
            return _("Write what the other system is called.")
        return None

    def _save(self) -> None:
        if not all_right((self._number_field, self._due_field, self._original_field)):
            return
        entered, due, order_ref = self._entered(), self.due.day(), self._order.ref
        self.context.save(
            lambda _progress: self.context.desk.run(
                issue_invoice,
                booking_ref=order_ref,
                number=entered["number"],
                buyer_address=entered["address"],
                due_on=due,
                original_in=entered["original_in"],
            ),
            self._end,
            self.verb_button,
            self._tell,
        )

    def _tell(self, sentence: str) -> None:
        self._number_field.show_error(sentence)
        self._number_field.set_focus()

    def _end(self, ref: RecordRef) -> None:
        self._draft.forget()
        self.accept()
        number = self.context.desk.ask(show_invoice, ref=ref).row.number
        said = _("Invoice {number} is noted") if self._system else _("Invoice {number} is made")
        self.context.toast(said.format(number=number), undoable=True)
        self._then(ref)


def make_invoice(
    context: PageContext, order: BookingRow, then: Callable[[RecordRef], object]
) -> InvoiceForm | None:
    """Make an invoice of an order; nothing if it has no prices or no buyer, and says so."""
    try:
        suggested = context.desk.ask(suggest_invoice, booking_ref=order.ref)
    except DomainError as error:
        ask.tell_error(context.window, str(error))
        return None
    form = InvoiceForm(context, order, suggested, then)
    form.open()
    return form
