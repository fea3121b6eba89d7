"""The list for the accountant: the invoices of a financial year, and nothing she need not see."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.money import Line, by_rate
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section, Table
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.bookkeeping import financial_year, issued_between
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.standing import in_use, only_stored


@query("report.accountant", needs=Permission.INVOICES)
def accountant_report(read: Session, *, year: int, language_code: str = "") -> Document:
    """Return the invoices of the financial year that ends in a calendar year.

    Date, number, text, net, VAT, gross, paid; the customer stands only where the invoice names
    her, for bookkeeping needs it there, and also when she has been erased: the law that holds the
    invoice holds its buyer. Whose data are only stored for now stands there without her name. No
    notes, no diets, no consents.

    Raises:
        DomainError: This is no year.
    """
    controller = controller_of(read)
    with language(language_code or controller.language):
        first, last = financial_year(controller, year)
        invoices = issued_between(read, first, last)
        hidden = only_stored_people(read, invoices)
        return report(
            read,
            title=_("Invoice list"),
            subtitle=_("{name}, org. number {number}, financial year {first} to {last}").format(
                name=controller.name,
                number=controller.org_number or "-",
                first=format_day(first, short=True),
                last=format_day(last, short=True),
            ),
            sections=[
                Section(_("Invoices"), (_invoices(invoices, hidden), *_open(invoices))),
                Section(_("Totals by VAT rate"), (totals_by_rate(_lines(invoices)),)),
            ],
            landscape=True,
        )


def only_stored_people(read: Session, invoices: Iterable[Invoice]) -> set[int]:
    """Return the keys of the people on these invoices whose data are only stored for now."""
    people = {one.subject_id for one in invoices}
    stored = read.scalars(select(DataSubject.id).where(~in_use()))
    return {one for one in stored if one in people}


def _invoices(invoices: Iterable[Invoice], hidden: AbstractSet[int]) -> Table:
    rows: list[list[Cell]] = []
    for one in invoices:
        net, vat = _sums([one])
        text = ", ".join(line["text"] for line in one.lines)
        buyer = only_stored() if one.subject_id in hidden else one.buyer_name
        rows.append([one.issued_on, one.number, text, buyer, net, vat, net + vat, one.paid_on])
    net, vat = _sums(invoices)
    return Table(
        columns=[
            Column(_("Date"), Kind.DAY, weight=1.0),
            Column(_("Number"), weight=0.8),
            Column(_("Text"), weight=3.4),
            Column(_("Customer"), weight=2.0),
            Column(_("Net"), Kind.MONEY, weight=1.1),
            Column(_("VAT"), Kind.MONEY, weight=1.1),
            Column(_("Gross"), Kind.MONEY, weight=1.2),
            Column(_("Paid"), Kind.DAY, weight=1.0),
        ],
        rows=rows,
        total=[None, None, _("Total"), None, net, vat, net + vat, None],
        name=_("Invoices"),
    )


def totals_by_rate(lines: Iterable[Line]) -> Table:
    """Return net, VAT and gross of what was sold, by the rate of VAT."""
    sums = by_rate(lines)
    rows: list[list[Cell]] = [
        [f"{rate.normalize():f} %", net, vat, net + vat] for rate, (net, vat) in sums.items()
    ]
    zero = Decimal("0.00")
    net = sum((one for one, _vat in sums.values()), zero)
    vat = sum((one for _net, one in sums.values()), zero)
    return Table(
        columns=[
            Column(_("VAT rate")),
            Column(_("Net"), Kind.MONEY),
            Column(_("VAT"), Kind.MONEY),
            Column(_("Gross"), Kind.MONEY),
        ],
        rows=rows,
        total=[_("Total"), net, vat, net + vat],
        name=_("Totals by VAT rate"),
    )


def _open(invoices: Iterable[Invoice]) -> tuple[Paragraph, ...]:
    elsewhere = sorted({one.original_in for one in invoices if one.original_in})
    if not elsewhere:
        return ()
    said = _("The originals of some of these invoices are kept in {systems}.")
    return (Paragraph(said.format(systems=", ".join(elsewhere)), muted=True),)


def _lines(invoices: Iterable[Invoice]) -> list[Line]:
    return [line for one in invoices for line in one.lines]


def _sums(invoices: Iterable[Invoice]) -> tuple[Decimal, Decimal]:
    sums = by_rate(line for one in invoices for line in one.lines).values()
    zero = Decimal("0.00")
    return sum((net for net, _v in sums), zero), sum((vat for _n, vat in sums), zero)
