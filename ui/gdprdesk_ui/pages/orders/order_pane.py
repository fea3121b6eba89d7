"""One order: what, whose, when, and what can be done with it."""

from __future__ import annotations

from functools import partial

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import BookingState, Permission, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.bookings import BookingDetail, show_booking
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.invoice_form import make_invoice
from gdprdesk_ui.dialogs.order_days import ask_order_paid, repeat_order
from gdprdesk_ui.dialogs.order_form import change_order
from gdprdesk_ui.dialogs.order_slip import print_slip
from gdprdesk_ui.pages.orders.deeds import cancel, confirm, hand_out
from gdprdesk_ui.pages.orders.pane import Pane
from gdprdesk_ui.pages.orders.words import order_pill, wanted_words
from gdprdesk_ui.widgets import Banner, Button, Fact, Label, row

_OPEN = frozenset({BookingState.ENQUIRY, BookingState.CONFIRMED})


class OrderPane(Pane):
    """An order and its verbs.

    Attributes:
        hand_out_button: It was fetched.
        paid_button: It was paid, on a day to be said.
        confirm_button: It is to be made, or made after all.
        invoice_button: Make an invoice of it, or look at the one it has.
        change_button: Change what it says.
        repeat_button: The same again for another day.
        slip_button: A slip of it for the customer, the shop or the kitchen.
        cancel_button: It is not wanted any more.
        person_button: Opens the page of whose order it is, if that is a person.
    """

    def __init__(self, context: PageContext, currency: str) -> None:
        self.hand_out_button = Button(_("Handed out"), icon_name="check", on_click=self._hand_out)
        self.paid_button = Button(_("Paid…"), icon_name="banknote", on_click=self._pay)
        self.confirm_button = Button("", icon_name="calendar-check", on_click=self._confirm)
        self.invoice_button = Button("", icon_name="receipt-text", on_click=self._invoice)
        self.change_button = Button(_("Change…"), icon_name="pencil", on_click=self.change)
        self.repeat_button = Button(_("Repeat…"), icon_name="repeat", on_click=self._repeat)
        self.slip_button = Button(_("Print slip…"), icon_name="printer", on_click=self._slip)
        self.cancel_button = Button(_("Cancel the order"), "danger", "ban", on_click=self._cancel)
        super().__init__(
            context,
            (
                self.hand_out_button,
                self.confirm_button,
                self.paid_button,
                self.invoice_button,
                self.change_button,
                self.repeat_button,
                self.slip_button,
            ),
            dangerous=self.cancel_button,
        )
        self._currency = currency
        self._order: BookingDetail | None = None
        self.person_button: Button | None = None
        self.set_empty(empty=True)
        context.leave_out(Permission.INVOICES, self.invoice_button)

    def show_ref(self, ref: RecordRef | None) -> bool:
        """Show an order, or none; return whether there is one."""
        try:
            order = self.context.desk.ask(show_booking, ref=ref) if ref else None
        except NotFoundError:
            order = None
        self._order = order
        if order is None:
            self.set_empty(empty=True)
        else:
            self._fill(order)
        return order is not None

    def change(self) -> None:
        """Change what the order says."""
        if self._order is not None:
            change_order(self.context, self._order.row.ref)

    def _fill(self, order: BookingDetail) -> None:
        shown, today = order.row, self.context.today
        self.person_button = None
        self.begin(_("Order {number}").format(number=shown.number), order_pill(shown, today))
        self.body.addWidget(Label(shown.what, "strong", wrap=True))
        if shown.diet:
            self.body.addWidget(
                Banner("warn", _("Special diet"), shown.diet, icon_name="triangle-alert")
            )
        self._add_facts(order)
        if order.row.note:
            self.body.addWidget(Fact(_("Note"), order.row.note, wrap=True))
        self.add_lines(order.lines, self._currency)
        self._offer(order)

    def _add_facts(self, order: BookingDetail) -> None:
        shown, today = order.row, self.context.today
        if shown.subject_ref is not None:
            self.person_button = Button(
                shown.who,
                "link",
                "user",
                on_click=partial(self.context.open_page, "person", subject_ref=shown.subject_ref),
            )
            self.body.addLayout(row(self.person_button, None))
        else:
            self.body.addWidget(Fact(_("Who"), shown.who or _("Passer-by")))
        wanted = wanted_words(shown.wanted_on, shown.wanted_at, today) or _("Not said")
        self.body.addLayout(
            row(Fact(_("Wanted"), wanted), Fact(_("How it came"), say(order.channel)), spacing=16)
        )
        taken = format_day(order.recorded_on, short=True, today=today)
        paid = format_day(shown.paid_on, short=True, today=today) if shown.paid_on else _("No")
        self.body.addLayout(row(Fact(_("Taken"), taken), Fact(_("Paid"), paid), spacing=16))

    def _offer(self, order: BookingDetail) -> None:
        shown, state = order.row, order.row.state
        self.hand_out_button.setVisible(state is BookingState.CONFIRMED)
        self.confirm_button.setVisible(state is not BookingState.CONFIRMED)
        again = state in {BookingState.COMPLETED, BookingState.CANCELLED}
        self.confirm_button.setText(_("Open again") if again else _("Confirm"))
        can_be_paid = state is not BookingState.CANCELLED and shown.total > 0
        self.paid_button.setVisible(can_be_paid and not shown.is_invoiced)
        buyer = shown.subject_ref is not None or order.company_ref is not None
        self.invoice_button.setText(
            _("Show the invoice") if shown.is_invoiced else _("Make invoice…")
        )
        self.invoice_button.setVisible(shown.is_invoiced or (buyer and can_be_paid))
        self.cancel_button.setVisible(state in _OPEN)

    def _hand_out(self) -> None:
        if self._order is not None:
            hand_out(self.context, self._order.row, self.hand_out_button)

    def _confirm(self) -> None:
        if self._order is not None:
            confirm(self.context, self._order.row, self.confirm_button)

    def _cancel(self) -> None:
        if self._order is not None:
            cancel(self.context, self._order.row, self.cancel_button)

    def _pay(self) -> None:
        if self._order is not None:
            ask_order_paid(self.context, self._order.row)

    def _repeat(self) -> None:
        if self._order is not None:
            repeat_order(self.context, self._order.row, self._show)

    def _invoice(self) -> None:
        if self._order is None:
            return
        if self._order.invoice_ref is not None:
            self._show(self._order.invoice_ref)
        else:
            make_invoice(self.context, self._order.row, self._show)

    def _show(self, ref: RecordRef) -> None:
        self.context.open_page("orders", ref=ref)

    def _slip(self) -> None:
        if self._order is not None:
            print_slip(self.context, self._order.row.ref, self._order.row.number)
