"""On which day an order or an invoice was paid, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QLineEdit

from gdprdesk.domain.terms import PaidBy, say
from gdprdesk.i18n import _, format_money
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.gift_cards import pay_with_card
from gdprdesk.services.invoices import InvoiceRow, set_invoice_paid
from gdprdesk.services.order_changes import list_pay_ways, set_booking_paid
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.form_dialog import FormDialog
from gdprdesk_ui.widgets import Choice, DateField, FormField, all_right


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
        card: The number of the gift card, where it is paid with one.
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
        write: Callable[[date | None, PaidBy | None, str], object],
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
        self.card = QLineEdit()
        self._card_field = FormField(
            _("Number of the card"),
            self.card,
            check=self._no_card,
            hint=_("What is left on it is taken. The rest is still to be paid."),
        )
        if ways:
            self.body.addWidget(FormField(_("How"), self.way))
            self.body.addWidget(self._card_field)
            self._ask_for_card()
            self.way.picked.connect(lambda _way: self._ask_for_card())
        self.verb_button.clicked.connect(self._save)
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    @property
    def _by_card(self) -> bool:
        return self.way.value() is PaidBy.GIFT_CARD and self.day.day() is not None

    def _ask_for_card(self) -> None:
        self._card_field.setVisible(self.way.value() is PaidBy.GIFT_CARD)

    def _no_card(self) -> str | None:
        missing = self._by_card and not self.card.text().strip()
        return _("Write the number of the card.") if missing else None

    def _save(self) -> None:
        if all_right([self._field, self._card_field]):
            day, way, card = self.day.day(), self.way.value(), self.card.text()
            self.context.save(
                lambda _progress: self._write(day, way, card if self._by_card else ""),
                partial(self._end, day),
                self.verb_button,
                self._card_field.show_error if self._by_card else None,
            )

    def _end(self, day: date | None, rest: object) -> None:
        self.accept()
        said = _("{amount} is still to be paid").format(amount=rest) if rest else self._said(day)
        self.context.toast(said, undoable=True)


def ask_order_paid(context: PageContext, row: BookingRow) -> PaidForm:
    """Ask on which day an order was paid."""
    either, desk = context.names.either, context.desk

    def said(day: date | None) -> str:
        paid = either(_("Order {number} is paid"), _("Booking {number} is paid"))
        not_paid = either(_("Order {number} is not paid"), _("Booking {number} is not paid"))
        return (paid if day else not_paid).format(number=row.number)

    def pay(day: date | None, way: PaidBy | None, card: str) -> str:
        if not card:
            desk.run(set_booking_paid, ref=row.ref, paid_on=day, paid_by=way)
            return ""
        rest = desk.run(pay_with_card, ref=row.ref, number=card)
        return format_money(rest, desk.ask(show_organisation).currency) if rest else ""

    title = either(_("Order {number}"), _("Booking {number}")).format(number=row.number)
    form = PaidForm(
        context,
        title,
        _amount(context, row.to_pay or row.total),
        paid_on=row.paid_on,
        paid_by=row.paid_by,
        ways=desk.ask(list_pay_ways),
        write=pay,
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
        _amount(context, row.total),
        paid_on=row.paid_on,
        write=lambda day, _way, _card: context.desk.run(set_invoice_paid, ref=row.ref, paid_on=day),
        said=said,
    )
    form.open()
    return form


def _amount(context: PageContext, amount: Decimal) -> str:
    return format_money(amount, context.desk.ask(show_organisation).currency)
