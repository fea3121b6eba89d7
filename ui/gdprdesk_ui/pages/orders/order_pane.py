"""One order: what, whose, when, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import BookingState, PaidBy, Permission, say
from gdprdesk.i18n import _, format_day, ngettext
from gdprdesk.services.bookings import BookingDetail, show_booking
from gdprdesk.services.calls import list_calls
from gdprdesk.services.invoices import show_invoice_system
from gdprdesk.services.order_changes import list_pay_ways
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.invoice_form import make_invoice
from gdprdesk_ui.dialogs.order_days import ask_order_paid
from gdprdesk_ui.dialogs.order_form import change_order
from gdprdesk_ui.dialogs.order_join import join_order
from gdprdesk_ui.dialogs.order_repeat import repeat_order
from gdprdesk_ui.dialogs.order_slip import print_slip
from gdprdesk_ui.dialogs.order_visit import hours_of
from gdprdesk_ui.pages.orders.deeds import cancel, confirm, hand_out, note_no_show, pay_today
from gdprdesk_ui.pages.orders.pane import Pane
from gdprdesk_ui.pages.orders.words import order_pill, paid_words, wanted_words
from gdprdesk_ui.widgets import Banner, Button, Fact, Label, column, row

_OPEN = frozenset({BookingState.ENQUIRY, BookingState.CONFIRMED})
_FALLEN = frozenset({BookingState.CANCELLED, BookingState.NO_SHOW})
_COMMONEST = 3


class OrderPane(Pane):
    """An order and its verbs.

    Attributes:
        hand_out_button: It was fetched, or the visit is over.
        confirm_button: It is to be made, or made after all.
        paid_button: It was paid, on a day and in a way to be said.
        way_buttons: It was paid today, in this way: the commonest.
        no_show_button: Nobody came.
        invoice_button: Make an invoice of it, or look at the one it has.
        change_button: Change what it says.
        repeat_button: The same again, once or week after week.
        slip_button: A slip of it for the customer, the shop or the kitchen.
        join_button: It is somebody's after all, and she wants it on her page.
        cancel_button: It is not wanted any more.
        cancel_later_button: Nor are the later ones of its series.
        person_button: Opens the page of whose order it is, if that is a person.
    """

    def __init__(self, context: PageContext, currency: str) -> None:
        either = context.names.either
        self.hand_out_button = Button(
            either(_("Handed out"), _("Done")), icon_name="check", on_click=self._hand_out
        )
        self.paid_button = Button(_("Paid…"), icon_name="banknote", on_click=self._pay)
        self.confirm_button = Button("", icon_name="calendar-check", on_click=self._confirm)
        self.no_show_button = Button(
            either(_("Not fetched"), _("Did not come")), icon_name="user-x", on_click=self._miss
        )
        self.invoice_button = _small("", "receipt-text", self._invoice)
        self.change_button = _small(_("Change…"), "pencil", self.change)
        self.repeat_button = _small(_("Repeat…"), "repeat", self._repeat)
        self.slip_button = _small(_("Print slip…"), "printer", self._slip)
        self.join_button = _small(_("On her page…"), "user-plus", self._join)
        off = either(_("Cancel the order"), _("Cancel the booking"))
        self.cancel_button = _small(off, "ban", self._cancel, "danger")
        self.cancel_later_button = _small("", "ban", self._cancel_later, "danger")
        super().__init__(
            context,
            (self.hand_out_button, self.confirm_button, self.paid_button, self.no_show_button),
            more=(
                *(self.invoice_button, self.change_button, self.repeat_button),
                *(self.slip_button, self.join_button),
            ),
            dangerous=(self.cancel_button, self.cancel_later_button),
        )
        self._currency = currency
        ways = context.desk.ask(list_pay_ways) if context.may(list_pay_ways) else ()
        self._ways = ways[:_COMMONEST]
        self._order: BookingDetail | None = None
        self.way_buttons: dict[PaidBy, Button] = {}
        self.person_button: Button | None = None
        self.set_empty(empty=True)
        context.leave_out(Permission.INVOICES, self.invoice_button)
        context.leave_out(Permission.PEOPLE, self.join_button)

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
        shown, today, either = order.row, self.context.today, self.context.names.either
        self.person_button = None
        title = either(_("Order {number}"), _("Booking {number}")).format(number=shown.number)
        self.begin(title, order_pill(shown, today))
        self.body.addWidget(Label(shown.what, "strong", wrap=True))
        if shown.diet:
            self.body.addWidget(
                Banner("warn", _("Special diet"), shown.diet, icon_name="triangle-alert")
            )
        self._add_facts(order)
        self._add_ways(order)
        if order.guests:
            said = (", ".join(filter(None, (one["text"], one["note"]))) for one in order.guests)
            self.body.addWidget(Fact(_("Guests"), "\n".join(said), wrap=True))
        if shown.note:
            self.body.addWidget(Fact(_("Note"), shown.note, wrap=True))
        self._add_calls(order)
        self.add_lines(order.lines, self._currency)
        self._offer(order)

    def _add_facts(self, order: BookingDetail) -> None:
        shown, today, names = order.row, self.context.today, self.context.names
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
            row(
                Fact(names.either(_("Wanted"), _("When")), wanted),
                Fact(_("How it came"), say(order.channel)),
                spacing=16,
            )
        )
        if hours := hours_of(shown):
            self.body.addWidget(Fact(_("Visit"), hours, wrap=True))
        if order.later:
            again = ngettext("{count} more comes", "{count} more come", order.later)
            self.body.addWidget(Fact(_("Repeated"), again.format(count=order.later)))
        taken = format_day(order.recorded_on, short=True, today=today)
        self.body.addLayout(
            row(Fact(_("Taken"), taken), Fact(_("Paid"), paid_words(shown, today)), spacing=16)
        )
        if order.kept_until is not None:
            until = format_day(order.kept_until, short=True, today=today)
            self.body.addWidget(Fact(_("Kept until"), until))

    def _add_calls(self, order: BookingDetail) -> None:
        """Lead to the calls and messages it was about."""
        for one in self.context.desk.ask(list_calls, booking_ref=order.row.ref).rows:
            day = format_day(one.on, short=True, today=self.context.today)
            said = _("{how}, {day}").format(how=say(one.channel), day=day)
            see = partial(self.context.open_page, "calls", ref=one.ref)
            self.body.addLayout(row(Button(said, "link", "phone", on_click=see), None))

    def _add_ways(self, order: BookingDetail) -> None:
        """Offer the ways to pay that are used most: one click, today."""
        self.way_buttons = {}
        if not self._can_be_paid(order) or order.row.paid_on is not None:
            return
        for way in self._ways:
            button = Button(say(way), size="small")
            button.setAccessibleDescription(_("Paid today"))
            button.clicked.connect(partial(self._pay_by, way, button))
            self.way_buttons[way] = button
        said = Label(_("Paid today by"), "small", "muted")
        ways = row(*self.way_buttons.values(), None, spacing=6)
        self.body.addLayout(column(said, ways, spacing=4))

    def _can_be_paid(self, order: BookingDetail) -> bool:
        shown = order.row
        return shown.state not in _FALLEN and shown.total > 0 and not shown.is_invoiced

    def _offer(self, order: BookingDetail) -> None:
        shown, state = order.row, order.row.state
        has_come = shown.wanted_on is None or shown.wanted_on <= self.context.today
        self.hand_out_button.setVisible(state is BookingState.CONFIRMED)
        self.no_show_button.setVisible(state is BookingState.CONFIRMED and has_come)
        self.confirm_button.setVisible(state is not BookingState.CONFIRMED)
        again = state is not BookingState.ENQUIRY
        self.confirm_button.setText(_("Open again") if again else _("Confirm"))
        self.paid_button.setVisible(self._can_be_paid(order))
        buyer = shown.subject_ref is not None or order.company_ref is not None
        can_be_billed = state not in _FALLEN and shown.total > 0
        self.invoice_button.setText(
            _("Show the invoice") if shown.is_invoiced else self._invoice_words()
        )
        self.invoice_button.setVisible(shown.is_invoiced or (buyer and can_be_billed))
        self.join_button.setVisible(shown.subject_ref is None and order.company_ref is None)
        self.cancel_button.setVisible(state in _OPEN)
        both = ngettext(
            "Cancel it and the later one", "Cancel it and the {count} later ones", order.later
        )
        self.cancel_later_button.setText(both.format(count=order.later))
        self.cancel_later_button.setVisible(state in _OPEN and order.later > 0)

    def _invoice_words(self) -> str:
        if not self.context.may(show_invoice_system):
            return ""
        system = self.context.desk.ask(show_invoice_system)
        return _("Invoiced in {system}…").format(system=system) if system else _("Make invoice…")

    def _hand_out(self) -> None:
        if self._order is not None:
            hand_out(self.context, self._order.row, self.hand_out_button)

    def _confirm(self) -> None:
        if self._order is not None:
            confirm(self.context, self._order.row, self.confirm_button)

    def _miss(self) -> None:
        if self._order is not None:
            note_no_show(self.context, self._order.row, self.no_show_button)

    def _cancel(self) -> None:
        if self._order is not None:
            cancel(self.context, self._order.row, self.cancel_button)

    def _cancel_later(self) -> None:
        if self._order is not None:
            cancel(self.context, self._order.row, self.cancel_later_button, later=True)

    def _pay(self) -> None:
        if self._order is not None:
            ask_order_paid(self.context, self._order.row)

    def _pay_by(self, way: PaidBy, button: Button) -> None:
        if self._order is not None:
            pay_today(self.context, self._order.row, button, way)

    def _repeat(self) -> None:
        if self._order is not None:
            repeat_order(self.context, self._order.row, self._show)

    def _join(self) -> None:
        if self._order is not None:
            join_order(self.context, self._order.row)

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


def _small(
    words: str, icon: str, do: Callable[[], object], kind: Literal["plain", "danger"] = "plain"
) -> Button:
    return Button(words, kind, icon, size="small", on_click=do)
