"""The orders and the invoices, each in a table, and what is said where there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.bookings import BookingFilter, BookingRow, list_bookings, sum_owed
from gdprdesk.services.invoices import InvoiceRow, list_invoices
from gdprdesk.services.organisation import PageNames, show_organisation
from gdprdesk.services.paging import Page as RowPage
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.models.paged_table import PagedTableModel
from gdprdesk_ui.pages.orders.columns import invoice_columns, order_columns
from gdprdesk_ui.pages.orders.list_words import nothing_found, orders_words, owed_words
from gdprdesk_ui.widgets import Chips, EmptyState, SearchField, Table

INVOICES = "invoices"


def list_chips(names: PageNames, *, with_orders: bool, with_invoices: bool) -> Chips:
    """Return the choice of which orders are listed, or the invoices."""
    orders = [
        (BookingFilter.OPEN.value, _("To do")),
        (BookingFilter.UNPAID.value, _("Unpaid")),
        (BookingFilter.DONE.value, _("Done")),
        (BookingFilter.ALL.value, _("All")),
    ]
    invoices = [(INVOICES, _("Invoices"))]
    return Chips(
        [*(orders if with_orders else []), *(invoices if with_invoices else [])],
        names.either(_("Which orders"), _("Which bookings")),
    )


class OrderLists(QStackedWidget):
    """Which orders or invoices are found by what is typed and chosen above them.

    Signals:
        opened: One is opened; its ref.
        looked_at: Another row is chosen; the row, or None.

    Attributes:
        orders: The orders found.
        invoices: The invoices found.
        no_hit: Shown when nothing was found.
    """

    opened = Signal(str)
    looked_at = Signal(object)

    def __init__(self, context: PageContext, search: SearchField, chips: Chips) -> None:
        super().__init__()
        self._context, self._search, self._chips = context, search, chips
        names = context.names
        self._order_model = PagedTableModel[BookingRow](
            order_columns(names, context.today), self._fetch_orders, self
        )
        self._invoice_model = PagedTableModel[InvoiceRow](
            invoice_columns(context.today), self._fetch_invoices, self
        )
        self.orders = Table(self._order_model, names.orders)
        self.invoices = Table(self._invoice_model, _("Invoices"))
        self.no_hit = EmptyState("search", "", "")
        for widget in (self.orders, self.invoices, self.no_hit):
            self.addWidget(widget)
        for table in (self.orders, self.invoices):
            table.opened.connect(lambda chosen: self.opened.emit(chosen.ref))
            table.row_chosen.connect(self.looked_at)

    def has_invoices(self) -> bool:
        """Return whether invoices are wanted, and not orders."""
        return self._chips.key() == INVOICES

    def table(self) -> Table:
        """Return the table of what is wanted."""
        return self.invoices if self.has_invoices() else self.orders

    def reload(self) -> None:
        """Read what is wanted again, from its first row."""
        self.table().mark(self._search.text())
        self._model().reload()

    def choose(self, ref: RecordRef | None) -> bool:
        """Choose one that is among the first; return whether it is."""
        model = self._model()
        for number in range(min(model.rowCount(), model.PAGE)):
            shown = model.row(number)
            if shown is not None and shown.ref == ref:
                self.table().selectRow(number)
                return True
        return False

    def show_found(self) -> str:
        """Show the table, or that nothing was found; return what the foot says of it."""
        names, found = self._context.names, self._model().rowCount()
        self.setCurrentWidget(self.table() if found else self.no_hit)
        self.no_hit.set_words(*nothing_found(names, self._search.text()))
        if self.has_invoices():
            said = ngettext("{count} invoice", "{count} invoices", found)
            return said.format(count=format_number(found))
        if self._chips.key() == BookingFilter.UNPAID.value and found:
            currency = self._context.desk.ask(show_organisation).currency
            owed = self._context.desk.ask(sum_owed)
            return owed_words(names, owed, currency, self._context.today)
        return orders_words(names, found)

    def count_chips(self) -> None:
        """Say on the choices how many orders wait to be done, and to be paid."""
        for key, words in (
            (BookingFilter.OPEN, _("To do")),
            (BookingFilter.UNPAID, _("Unpaid")),
        ):
            count = self._context.desk.ask(list_bookings, show=key, limit=0).total
            said = f"{words} {format_number(count)}" if count else words
            self._chips.buttons[key.value].set_text(said)

    def _model(self) -> PagedTableModel[BookingRow] | PagedTableModel[InvoiceRow]:
        return self._invoice_model if self.has_invoices() else self._order_model

    def _fetch_orders(self, offset: int, limit: int) -> RowPage[BookingRow]:
        return self._context.desk.ask(
            list_bookings,
            show=BookingFilter(self._chips.key()),
            search=self._search.text(),
            offset=offset,
            limit=limit,
        )

    def _fetch_invoices(self, offset: int, limit: int) -> RowPage[InvoiceRow]:
        return self._context.desk.ask(
            list_invoices, search=self._search.text(), offset=offset, limit=limit
        )
