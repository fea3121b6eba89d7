"""What is printed at the counter: the day sheet and an invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.money import Line, by_rate
from gdprdesk.domain.terms import BookingState, Permission
from gdprdesk.exports.document import (
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, format_money, language
from gdprdesk.services.bookings import BookingRow, list_bookings
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.invoices import paid_before, show_invoice
from gdprdesk.services.organisation import show_page_names
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.standing import only_stored

_ALL = 10_000


@query("report.day_sheet", needs=Permission.ORDERS)
def day_sheet(read: Session, *, day: date | None = None, language_code: str = "") -> Document:
    """Return what is to be baked and handed out on a day, with diets, for the kitchen wall."""
    controller = controller_of(read)
    with language(language_code or controller.language):
        wanted, either = day or today_of(read), show_page_names(read).either
        found = list_bookings(read, day=wanted, limit=_ALL).rows
        rows = [
            _day_row(row, controller.currency)
            for row in found
            if row.state is not BookingState.CANCELLED
        ]
        table = Table(
            columns=[
                Column(_("Time"), weight=0.7),
                Column(either(_("Order"), _("Booking")), weight=3.0),
                Column(_("For"), weight=1.8),
                Column(_("Note"), weight=2.2),
                Column(_("Special diet"), weight=1.5),
                Column(_("To pay"), weight=1.2),
            ],
            rows=rows,
            name=_("Day sheet"),
        )
        warning = Paragraph(
            _("Put this sheet in the shredder when the day is over: it has names and diets."),
            muted=True,
        )
        title = either(_("Orders {day}"), _("Bookings {day}")).format(day=format_day(wanted))
        return report(
            read, title=title, sections=[Section(_("Day sheet"), (table, warning))], landscape=True
        )


@query("report.invoice", needs=Permission.INVOICES)
def invoice_report(read: Session, *, ref: RecordRef, language_code: str = "") -> Document:
    """Return an invoice as it is sent to the buyer."""
    controller = controller_of(read)
    with language(language_code or controller.language):
        detail = show_invoice(read, ref=ref)
        row, currency = detail.row, controller.currency
        seller = ", ".join(
            part
            for part in (
                controller.name,
                controller.address,
                controller.org_number,
                controller.email,
                controller.phone,
            )
            if part
        )
        head = Fields(
            (
                (_("Invoice number"), row.number),
                (_("Date"), format_day(row.issued_on)),
                (_("Due"), format_day(row.due_on)),
                (_("Buyer"), row.buyer),
                *(((_("Address"), detail.buyer_address),) if detail.buyer_address else ()),
                *(
                    ((_("Org. number"), detail.buyer_org_number),)
                    if detail.buyer_org_number
                    else ()
                ),
                (_("Seller"), seller),
            )
        )
        rows: list[list[Cell]] = [
            [line["text"], line["quantity"], f"{line['rate']} %", _net(line), _vat(line)]
            for line in detail.lines
        ]
        table = Table(
            columns=[
                Column(_("Text"), weight=4.0),
                Column(_("Quantity"), weight=1.0),
                Column(_("VAT rate"), weight=1.0),
                Column(_("Net"), Kind.MONEY, weight=1.3),
                Column(_("VAT"), Kind.MONEY, weight=1.3),
            ],
            rows=rows,
            total=[_("Total"), None, None, row.net, row.vat],
        )
        rates = Fields(
            tuple(
                (
                    _("VAT {rate} % of {net}").format(
                        rate=f"{rate.normalize():f}", net=format_money(net, currency)
                    ),
                    format_money(vat, currency),
                )
                for rate, (net, vat) in by_rate(detail.lines).items()
            )
        )
        left = row.total - paid_before(read, row.ref, row.issued_on)
        pay = Paragraph(
            _("To pay: {amount}").format(amount=format_money(left, currency)), strong=True
        )
        title = _("Invoice {number}").format(number=row.number)
        return report(
            read,
            title=title,
            sections=[Section(title, (head,)), Section(_("Lines"), (table, rates, pay))],
        )


def _day_row(row: BookingRow, currency: str) -> list[Cell]:
    # What she must not eat stays on the sheet, without her name: it guards her (Article 18(2)).
    paid = row.paid_on is not None or row.is_invoiced
    return [
        row.wanted_at.strftime("%H:%M") if row.wanted_at else "",
        f"{row.number}  {row.what}",
        only_stored() if row.is_restricted else row.who,
        "" if row.is_restricted else row.note,
        row.diet,
        _("Paid") if row.paid_on else _("Invoice") if paid else format_money(row.to_pay, currency),
    ]


def _net(line: Line) -> Decimal:
    return Decimal(line["net"])


def _vat(line: Line) -> Decimal:
    return Decimal(line["vat"])
