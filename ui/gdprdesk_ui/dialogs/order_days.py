"""Short questions about an order: for which day it is repeated, on which day it was paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import _, format_money
from gdprdesk.services.bookings import BookingRow, repeat_booking, set_booking_paid, show_booking
from gdprdesk.services.invoices import InvoiceRow, set_invoice_paid
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.dialogs.wanted import Wanted
from gdprdesk_ui.widgets import DateField, FormField, all_right


class RepeatForm(FormDialog):
    """The same order again, for another day.

    Attributes:
        wanted: The day and the time.
    """

    def __init__(
        self, context: PageContext, row: BookingRow, then: Callable[[RecordRef], object]
    ) -> None:
        title = _("Repeat order {number}").format(number=row.number)
        super().__init__(context, title, row.what, verb=_("Repeat"))
        self._ref, self._then = row.ref, then
        self.wanted = Wanted(lambda: None)
        self.wanted.show_moment(None, row.wanted_at)
        self.body.addWidget(self.wanted)
        self.verb_button.clicked.connect(self._save)
        self.wanted.day.setFocus()

    def _save(self) -> None:
        if not all_right(self.wanted.fields):
            return
        ref, day, at = self._ref, self.wanted.day.day(), self.wanted.time.time()
        self.context.save(
            lambda _progress: self.context.desk.run(
                repeat_booking, ref=ref, wanted_on=day, wanted_at=at
            ),
            self._end,
            self.verb_button,
        )

    def _end(self, ref: RecordRef) -> None:
        self.accept()
        number = self.context.desk.ask(show_booking, ref=ref).row.number
        self.context.toast(_("Order {number} is saved").format(number=number), undoable=True)
        self._then(ref)


class PaidForm(FormDialog):
    """On which day something was paid; no day takes the payment back.

    Args:
        context: The open register.
        title: What was paid.
        amount: How much, in words.
        paid_on: The day known so far.
        write: Writes the day down, on the worker thread.
        said: What is said afterwards.

    Attributes:
        day: The day.
    """

    def __init__(
        self,
        context: PageContext,
        title: str,
        amount: str,
        *,
        paid_on: date | None,
        write: Callable[[date | None], None],
        said: Callable[[date | None], str],
    ) -> None:
        super().__init__(context, title, amount, verb=_("Save"))
        self._write, self._said = write, said
        self.day = DateField(paid_on or context.today)
        hint = _("Leave it empty if it is not paid.") if paid_on else ""
        self._field = FormField(_("Paid on"), self.day, check=self.day.problem, hint=hint)
        self.body.addWidget(self._field)
        self.verb_button.clicked.connect(self._save)
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    def _save(self) -> None:
        if self._field.is_right():
            day = self.day.day()
            self.context.save(
                lambda _progress: self._write(day), partial(self._end, day), self.verb_button
            )

    def _end(self, day: date | None, _nothing: object) -> None:
        self.accept()
        self.context.toast(self._said(day), undoable=True)


def repeat_order(
    context: PageContext, row: BookingRow, then: Callable[[RecordRef], object]
) -> RepeatForm:
    """Ask for which day an order is repeated."""
    form = RepeatForm(context, row, then)
    form.open()
    return form


def ask_order_paid(context: PageContext, row: BookingRow) -> PaidForm:
    """Ask on which day an order was paid."""

    def said(day: date | None) -> str:
        words = _("Order {number} is paid") if day else _("Order {number} is not paid")
        return words.format(number=row.number)

    title = _("Order {number}").format(number=row.number)
    form = PaidForm(
        context,
        title,
        _amount(context, row),
        paid_on=row.paid_on,
        write=lambda day: context.desk.run(set_booking_paid, ref=row.ref, paid_on=day),
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
        write=lambda day: context.desk.run(set_invoice_paid, ref=row.ref, paid_on=day),
        said=said,
    )
    form.open()
    return form


def _amount(context: PageContext, row: BookingRow | InvoiceRow) -> str:
    return format_money(row.total, context.desk.ask(show_organisation).currency)
