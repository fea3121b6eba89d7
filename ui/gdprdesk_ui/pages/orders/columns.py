"""What the lists of orders and invoices show of each."""

from __future__ import annotations

from datetime import date

from gdprdesk.i18n import _, format_amount, format_day
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.invoices import InvoiceRow
from gdprdesk.services.organisation import PageNames
from gdprdesk_ui.models.cells import TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column
from gdprdesk_ui.pages.orders.words import invoice_pill, order_pill, wanted_words


def order_columns(names: PageNames, today: date) -> list[Column[BookingRow]]:
    """Return the columns of the orders, or of the bookings."""

    def what(row: BookingRow) -> TwoLineCell:
        parts = (row.who or _("Passer-by"), row.diet)
        return TwoLineCell(row.what, "  \N{MIDDLE DOT}  ".join(part for part in parts if part))

    def when(row: BookingRow) -> TextCell:
        return TextCell(wanted_words(row.wanted_on, row.wanted_at, today), tabular=True)

    def amount(row: BookingRow) -> TextCell:
        said = format_amount(row.total) if row.total else ""
        return TextCell(said, tabular=True, right=True)

    return [
        Column(_("Number"), lambda row: row.number, width=7),
        Column(names.either(_("Order"), _("Booking")), lambda row: row.what, cell=what),
        Column(
            names.either(_("Wanted"), _("When")), lambda row: when(row).text, cell=when, width=16
        ),
        Column(_("Total"), lambda row: amount(row).text, cell=amount, width=10, right=True),
        Column(
            _("State"),
            lambda row: order_pill(row, today).text,
            cell=lambda row: order_pill(row, today),
            width=17,
        ),
    ]


def invoice_columns(today: date) -> list[Column[InvoiceRow]]:
    """Return the columns of the invoices."""

    def due(row: InvoiceRow) -> TextCell:
        role = "danger" if row.is_overdue else "text"
        said = format_day(row.due_on, short=True, today=today)
        return TextCell(said, role, tabular=True)  # type: ignore[arg-type]

    def amount(row: InvoiceRow) -> TextCell:
        return TextCell(format_amount(row.total), tabular=True, right=True)

    def buyer(row: InvoiceRow) -> TwoLineCell:
        return TwoLineCell(row.buyer or _("Erased"), row.text)

    return [
        Column(_("Number"), lambda row: row.number, width=7),
        Column(_("Buyer"), lambda row: buyer(row).title, cell=buyer),
        Column(_("Pay by"), lambda row: due(row).text, cell=due, width=13),
        Column(_("Total"), lambda row: amount(row).text, cell=amount, width=10, right=True),
        Column(_("State"), lambda row: invoice_pill(row).text, cell=invoice_pill, width=14),
    ]
