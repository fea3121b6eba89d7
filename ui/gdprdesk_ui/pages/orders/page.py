"""The orders, and the invoices made from them: a list, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, cast

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.bookings import (
    BookingFilter,
    BookingRow,
    list_bookings,
    show_booking,
)
from gdprdesk.services.invoices import InvoiceRow, list_invoices, show_invoice
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.order_form import new_order
from gdprdesk_ui.pages.orders.calendar_view import CalendarView, Span
from gdprdesk_ui.pages.orders.invoice_pane import InvoicePane
from gdprdesk_ui.pages.orders.list_words import (
    hint_words,
    no_invoices,
    no_orders,
)
from gdprdesk_ui.pages.orders.lists import INVOICES, OrderLists, list_chips
from gdprdesk_ui.pages.orders.order_pane import OrderPane
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    IconButton,
    Label,
    Line,
    PageHeading,
    SearchField,
    Surface,
    column,
    holder,
    row,
)

LIST: Literal["list"] = "list"


class OrdersPage(Page):
    """Which orders are open, unpaid, done; which invoices there are; and one of them at a time.

    Where there is little room the chosen one takes the place of the list.

    Attributes:
        search: What is looked for.
        chips: Which orders, or the invoices.
        views: Whether they stand in a list, or in the calendar of a day or week.
        calendar: The day or week.
        lists: The orders or the invoices found.
        order_pane: The order chosen.
        invoice_pane: The invoice chosen.
        new_button: Takes an order.
        calls_button: Opens the calls and messages, cards_button the gift cards.
        sheet_button: Opens the day sheet to be printed.
        empty: Shown while there is no order at all.
    """

    scrolls = False
    changed_kinds = frozenset({Booking, DietNote, Invoice, DataSubject, Company, ErasureCase})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: RecordRef | None = None
        self._is_alone = False
        self._orders_shown = context.may(list_bookings)
        self._invoices_shown = context.may(list_invoices)
        currency = context.desk.ask(show_organisation).currency
        names = context.names
        self.new_button = Button(
            names.either(_("New order"), _("New booking")), "primary", "plus", on_click=self._new
        )
        self.calls_button, self.cards_button = _beside_orders(context)
        self.sheet_button = Button(_("Day sheet…"), icon_name="printer", on_click=self._sheet)
        self.search = SearchField(
            names.either(_("Number, order or name …"), _("Number, booking or name …"))
        )
        self.chips = list_chips(
            names, with_orders=self._orders_shown, with_invoices=self._invoices_shown
        )
        self.lists = OrderLists(context, self.search, self.chips)
        self.order_pane = OrderPane(context, currency)
        self.invoice_pane = InvoicePane(context, currency)
        self.views = Chips(
            [(LIST, _("List")), ("day", _("Day")), ("week", _("Week"))], _("How they are shown")
        )
        self.calendar = CalendarView(context)
        self._count = Label("", "small", "muted")
        self._build()
        self.search.searched.connect(lambda _words: self._turn())
        self.search.left_down.connect(lambda: self.lists.table().setFocus())
        self.search.returnPressed.connect(self._open_current)
        self.chips.chosen.connect(lambda _key: self._turn())
        self.views.chosen.connect(lambda _key: self._turn_view())
        self.calendar.opened.connect(self._open_in_calendar)
        self.calendar.begun.connect(self._new)
        self.calendar.turned_to.connect(self._open_day)
        self.calendar.read.connect(self._calendar_read)
        self.lists.opened.connect(self._open)
        self.lists.looked_at.connect(self._look_at)

    def _build(self) -> None:
        names = self.context.names
        name = names.orders if self._orders_shown else _("Invoices")
        beside = (self.calls_button, self.cards_button, self.sheet_button, self.new_button)
        heading = PageHeading(name, "", [self.views, 8, *beside])
        filters = row(self.search, self.chips, spacing=12)
        filters.setStretch(0, 4)
        filters.setStretch(1, 7)
        self._filters = holder(filters)
        self._shown = QStackedWidget()
        self._panes = QStackedWidget()
        for widget in (self.lists, self.calendar):
            self._shown.addWidget(widget)
        for pane in (self.order_pane, self.invoice_pane):
            self._panes.addWidget(pane)
        self._left = Surface()
        self._hint = Label(hint_words(names, is_calendar=False), "small", "muted")
        foot = row(self._count, None, self._hint, margins=(16, 8, 16, 10))
        self._left.setLayout(column(self._shown, Line(), foot, spacing=0))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left)
        split.addWidget(self._panes)
        split.setStretchFactor(0, 1)
        split.setSizes([716, 328])
        split.setChildrenCollapsible(False)
        top = column(heading, self._filters, spacing=16, margins=(28, 22, 28, 16))
        box = column(top, Line(), split, spacing=0)
        box.setStretch(2, 1)
        self.first_button = Button(
            names.either(_("Take an order"), _("Make a booking")),
            "primary",
            "plus",
            on_click=self._new,
        )
        self.empty = no_orders(names, self.first_button) if self._orders_shown else no_invoices()
        first_beside = _beside_orders(self.context)
        heading = PageHeading(name, "", first_beside)
        inside = column(heading, self.empty, spacing=16, margins=(28, 22, 28, 28))
        inside.setStretch(1, 1)
        self._states = QStackedWidget()
        self._states.addWidget(holder(box))
        self._states.addWidget(holder(inside))
        self.setLayout(column(self._states, spacing=0))
        parts = (*beside, *first_beside, self.first_button, self._hint, self.views)
        self.context.leave_out(Permission.ORDERS, *parts)

    def arrive(
        self,
        *,
        show: str = "",
        ref: RecordRef | None = None,
        new: bool = False,
        subject_ref: SubjectRef | None = None,
        view: str = "",
        day: date | None = None,
    ) -> None:
        """Show some orders, or one.

        Args:
            show: open, unpaid, done, all or invoices.
            ref: An order or an invoice.
            new: Ask for a new order.
            subject_ref: Whose order that is.
            view: list, day or week; some orders stand in a list.
            day: Which day, or a day of the week.
        """
        if show in self.chips.buttons:
            self.chips.choose(show)
            self.views.choose(LIST)
        if view in self.views.buttons and self._orders_shown:
            self.views.choose(view)
        if day is not None and self._is_calendar():
            self.calendar.look_at(self._span(), day)
        self._is_alone = ref is not None
        if ref is not None:
            self._find_place(ref)
        self._arrange()
        if new and self._orders_shown:
            new_order(self.context, self._show_new, subject_ref)

    def refresh(self) -> None:
        ask_desk = self.context.desk.ask
        is_any = self._orders_shown and ask_desk(list_bookings, limit=0).total > 0
        is_any = is_any or (self._invoices_shown and ask_desk(list_invoices, limit=0).total > 0)
        self._states.setCurrentIndex(0 if is_any else 1)
        if self._orders_shown:
            self.lists.count_chips()
        self._read()

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        found: dict[Command, Callable[[], object]] = {Command.FIND: self._find}
        if self._orders_shown:
            found |= {Command.NEW: self._new, Command.PRINT: self._sheet}
        if self._is_calendar() and self._left.isVisibleTo(self):
            found[Command.EXPORT] = self.calendar.save
        if self._ref is not None and self._is_invoices():
            found[Command.EXPORT] = self.invoice_pane.save
        elif self._ref is not None:
            found[Command.EDIT] = self.order_pane.change
        return found

    def first_focus(self) -> QWidget | None:
        if self._states.currentIndex():
            return self.first_button
        if self._is_calendar() and self._left.isVisibleTo(self):
            return self.calendar.first_focus()
        return self.search if self._left.isVisibleTo(self) else self._pane().back_button

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        self._arrange()

    # which list, which pane

    def _is_invoices(self) -> bool:
        return not self._is_calendar() and self.lists.has_invoices()

    def _is_calendar(self) -> bool:
        return self._orders_shown and self.views.key() != LIST

    def _span(self) -> Span:
        return cast("Span", self.views.key())

    def _pane(self) -> OrderPane | InvoicePane:
        return self.invoice_pane if self._is_invoices() else self.order_pane

    def _arrange(self) -> None:
        """Show list and pane beside each other, or one of them."""
        has_room = self.breadth >= Breadth.FULL
        is_beside = has_room and not (self._is_calendar() and self._ref is None)
        self._left.setVisible(has_room or not self._is_alone)
        self._panes.setVisible(is_beside or self._is_alone)
        for pane in (self.order_pane, self.invoice_pane):
            pane.back_button.setVisible(not has_room)

    def _find_place(self, ref: RecordRef) -> None:
        """Turn to the list in which an order or an invoice is.

        Raises:
            NotFoundError: It is neither.
        """
        if self._orders_shown and self._is_order(ref):
            if self._is_invoices():
                self.chips.choose(BookingFilter.ALL.value)
        else:
            self.context.desk.ask(show_invoice, ref=ref)
            self.chips.choose(INVOICES)
        self._ref = ref

    def _is_order(self, ref: RecordRef) -> bool:
        try:
            self.context.desk.ask(show_booking, ref=ref)
        except NotFoundError:
            return False
        return True

    # reading

    def _turn(self) -> None:
        """Show another list, or other words: from its first row."""
        self._ref = None
        self._read()

    def _read(self) -> None:
        """Read the list again. What was chosen stays, even when it has left the list by it."""
        if self._is_calendar():
            self._read_calendar()
            return
        table = self.lists.table()
        with QSignalBlocker(table):
            self.lists.reload()
            if not self.lists.choose(self._ref):
                if self._pane().show_ref(self._ref):
                    table.setCurrentIndex(QModelIndex())
                else:
                    first = table.current()
                    self._ref = first.ref if first is not None else None
        self._pane().show_ref(self._ref)
        self._count.setText(self.lists.show_found())
        self._shown.setCurrentWidget(self.lists)
        self._panes.setCurrentWidget(self._pane())

    def _read_calendar(self) -> None:
        if not self.order_pane.show_ref(self._ref):
            self._ref = None
        self.calendar.refresh()
        self._shown.setCurrentWidget(self.calendar)
        self._panes.setCurrentWidget(self.order_pane)
        self._arrange()

    def _calendar_read(self) -> None:
        self.calendar.choose(self._ref)
        self._count.setText(self.calendar.count_words())

    def _turn_view(self) -> None:
        """Show the list, a day or a week."""
        is_calendar, is_week = self._is_calendar(), self.views.key() == "week"
        self._ref = None
        self._filters.setVisible(not is_calendar)
        self.sheet_button.setText(_("Week sheet…") if is_week else _("Day sheet…"))
        self._hint.setText(hint_words(self.context.names, is_calendar=is_calendar))
        if is_calendar:
            self.calendar.look_at(self._span())
        self._read()
        self._arrange()

    # doing

    def _look_at(self, chosen: BookingRow | InvoiceRow | None) -> None:
        self._ref = chosen.ref if chosen else None
        self._pane().show_ref(self._ref)

    def _open(self, ref: RecordRef) -> None:
        if self.breadth >= Breadth.FULL:
            first = next(one for one in self._pane().buttons if one.isVisibleTo(self))
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.context.open_page("orders", show=self.chips.key(), ref=ref)

    def _open_in_calendar(self, ref: RecordRef) -> None:
        """Show an order beside the calendar; once more, and it is gone again."""
        if self.breadth < Breadth.FULL:
            self.context.open_page("orders", view=self.views.key(), ref=ref)
            return
        self._ref = None if ref == self._ref else ref
        self.order_pane.show_ref(self._ref)
        self.calendar.choose(self._ref)
        self._arrange()

    def _open_day(self, day: date) -> None:
        self.calendar.look_at("day", day)
        self.views.choose("day")

    def _open_current(self) -> None:
        self._read()
        if self._ref is not None:
            self._open(self._ref)

    def _show_new(self, ref: RecordRef) -> None:
        self._ref = ref
        if self._is_calendar():
            wanted = self.context.desk.ask(show_booking, ref=ref).row.wanted_on
            self.calendar.look_at(self._span(), wanted)
        else:
            self.chips.choose(BookingFilter.OPEN.value)
            self._ref = ref
        self.refresh()

    def _new(self) -> None:
        if self._is_calendar():
            grid = self.calendar.grid
            new_order(self.context, self._show_new, day=grid.day(), at=grid.hour())
        else:
            new_order(self.context, self._show_new)

    def _sheet(self) -> None:
        if self._is_calendar():
            report = "week_sheet" if self._span() == "week" else "day_sheet"
            self.context.open_page("reports", report=report, day=self.calendar.grid.day())
        else:
            self.context.open_page("reports", report="day_sheet")

    def _find(self) -> None:
        self.views.choose(LIST)
        self.search.setFocus()
        self.search.selectAll()


def _beside_orders(context: PageContext) -> tuple[IconButton, IconButton]:
    """Return the buttons that open the calls and messages, and the gift cards."""
    return (
        IconButton("phone", _("Calls and messages"), on_click=lambda: context.open_page("calls")),
        IconButton("gift", _("Gift cards"), on_click=lambda: context.open_page("gift_cards")),
    )
