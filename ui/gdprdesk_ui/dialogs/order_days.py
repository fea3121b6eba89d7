"""On which day an order or an invoice was paid, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from gdprdesk.domain.terms import PaidBy, say
from gdprdesk.i18n import _, format_money
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.invoices import InvoiceRow, set_invoice_paid
from gdprdesk.services.order_changes import list_pay_ways, set_booking_paid
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Choice, DateField, FormField


class PaidForm(FormDialog):
    """On which day something was paid; no day takes the payment back.

    Args:
        context: The open register.
        title: What was paid.
        amount: How much, in words.
        paid_on: The day known so far.
        paid_by: How, as far as it is known.
        ways: How it can be paid; nothing where nobody asks.
        write: Writes the day down, and how, on the worker thread.
        said: What is said afterwards.

    Attributes:
        day: The day.
        way: How.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        amount: str,
        *,
        paid_on: date | None,
        paid_by: PaidBy | None = None,
        ways: Sequence[PaidBy] = (),
        write: Callable[[date | None, PaidBy | None], None],
        said: Callable[[date | None], str],
    ) -> None:
        super().__init__(context, title, amount, verb=_("Save"))
        self._write, self._said = write, said
        self.day = DateField(paid_on or context.today)
        hint = _("Leave it empty if it is not paid.") if paid_on else ""
        self._field = FormField(_("Paid on"), self.day, check=self.day.problem, hint=hint)
        said_ways = [(way, say(way)) for way in ways]
        self.way = Choice[PaidBy | None]([(None, _("Not said")), *said_ways])
        self.way.set_value(paid_by if paid_by in ways else None)
        self.body.addWidget(self._field)
        if ways:
            self.body.addWidget(FormField(_("How"), self.way))
        self.verb_button.clicked.connect(self._save)
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    def _save(self) -> None:
        if self._field.is_right():
            day, way = self.day.day(), self.way.value()
            self.context.save(
                lambda _progress: self._write(day, way), partial(self._end, day), self.verb_button
            )

    def _end(self, day: date | None, _nothing: object) -> None:
        self.accept()
        self.context.toast(self._said(day), undoable=True)


def ask_order_paid(context: PageContext, row: BookingRow) -> PaidForm:
    """Ask on which day an order was paid."""
    either, desk = context.names.either, context.desk

    def said(day: date | None) -> str:
        paid = either(_("Order {number} is paid"), _("Booking {number} is paid"))
        not_paid = either(_("Order {number} is not paid"), _("Booking {number} is not paid"))
        return (paid if day else not_paid).format(number=row.number)

    title = either(_("Order {number}"), _("Booking {number}")).format(number=row.number)
    form = PaidForm(
        context,
        title,
        _amount(context, row),
        paid_on=row.paid_on,
        paid_by=row.paid_by,
        ways=desk.ask(list_pay_ways),
        write=lambda day, way: desk.run(set_booking_paid, ref=row.ref, paid_on=day, paid_by=way),
        said=said,
    )
    form.open()
    return form


def ask_invoice_paid(context: PageContext, row: InvoiceRow) -> PaidForm:
    """Ask on which day an invoice was paid."""

    def said(day: date | None) -> str:
        words = _("Invoice {number} is paid") if day else _("Invoice {number} is not paid")
        return words.format(number=row.number)

    title = _("Invoice {number}").format(number=row.number)
    form = PaidForm(
        context,
        title,
        _amount(context, row),
        paid_on=row.paid_on,
        write=lambda day, _way: context.desk.run(set_invoice_paid, ref=row.ref, paid_on=day),
        said=said,
    )
    form.open()
    return form


def _amount(context: PageContext, row: BookingRow | InvoiceRow) -> str:
    return format_money(row.total, context.desk.ask(show_organisation).currency)
