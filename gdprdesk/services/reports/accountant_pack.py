"""The accountant's pack on paper and as a workbook: what was sold, how it was paid, by account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.money import by_rate
from gdprdesk.domain.terms import Permission, say
from gdprdesk.domain.vouchers import Voucher
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section, Table
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.accounts import accounts_of
from gdprdesk.services.bookkeeping import Books, gather_books, period_of
from gdprdesk.services.bookkeeping_vouchers import vouchers_of
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.accountant import totals_by_rate
from gdprdesk.services.reports.frame import report
from gdprdesk.services.reports.pack_remarks import remarks_of
from gdprdesk.services.standing import only_stored

_ZERO = Decimal("0.00")


@query("report.accountant_pack", needs=Permission.INVOICES)
def accountant_pack_report(
    read: Session,
    *,
    year: int,
    month: int | None = None,
    with_names: bool = False,
    paid_orders: bool = True,
    from_elsewhere: bool = False,
    language_code: str = "",
) -> Document:
    """Return what the accountant gets of a financial year, or of a month of a calendar year.

    Invoices issued here with their payments, orders paid without an invoice, gift cards sold, the
    totals by VAT rate and, in Sweden, by account. No diets, no order notes, nothing of what was
    ordered; names only if asked for.

    Args:
        read: The open register.
        year: The year in which the financial year ends; with a month, the calendar year.
        month: The month, if not the whole financial year.
        with_names: Whether buyers are named.
        paid_orders: Whether orders that were paid without an invoice belong to it.
        from_elsewhere: Whether invoices whose original another system keeps belong to it.
        language_code: The language; without one, that of the business.

    Raises:
        DomainError: This is no year or month, or a rate of VAT has no account.
    """
    controller = controller_of(read)
    with language(language_code or controller.language):
        period = period_of(read, year, month)
        books = gather_books(read, period, paid_orders=paid_orders, from_elsewhere=from_elsewhere)
        sections = [
            Section(_("Invoices"), (_invoices(books, with_names=with_names),)),
            Section(_("Paid without an invoice"), (_orders(books, with_names=with_names),)),
            Section(_("Totals by VAT rate"), (totals_by_rate(books.sold),)),
        ]
        if controller.country == "SE":
            vouchers = vouchers_of(read, books, with_names=False)
            sections.append(Section(_("By account"), (_accounts(read, vouchers),)))
        left = [Paragraph(one, muted=True) for one in remarks_of(read, books)]
        sections += [Section(_("Left to the accountant"), left)] if left else []
        return report(
            read,
            title=_("For the accountant"),
            subtitle=_("{name}, org. number {number}, {first} to {last}").format(
                name=controller.name,
                number=controller.org_number or "-",
                first=format_day(period.first, short=True),
                last=format_day(period.last, short=True),
            ),
            sections=sections,
            landscape=True,
        )


def _invoices(books: Books, *, with_names: bool) -> Table:
    def row(one: Invoice) -> list[Cell]:
        net, vat = _sums(one)
        shown = one.subject_id is None or one.subject_id in books.names
        buyer: list[Cell] = [one.buyer_name if shown else only_stored()] if with_names else []
        return [one.issued_on, one.number, *buyer, net, vat, net + vat, one.paid_on]

    return _table(
        [
            Column(_("Date"), Kind.DAY),
            Column(_("Number")),
            *([Column(_("Customer"), weight=2.0)] if with_names else []),
        ],
        [row(one) for one in books.invoices],
        Column(_("Paid"), Kind.DAY),
        name=_("Invoices"),
    )


def _orders(books: Books, *, with_names: bool) -> Table:
    def row(one: Booking) -> list[Cell]:
        net, vat = _sums(one)
        name = books.names.get(one.subject_id or 0, "")
        buyer: list[Cell] = [name] if with_names else []
        way = say(one.paid_by) if one.paid_by else _("not written down")
        return [one.paid_on, one.number, *buyer, net, vat, net + vat, way]

    return _table(
        [
            Column(_("Date"), Kind.DAY),
            Column(_("Order number")),
            *([Column(_("Customer"), weight=2.0)] if with_names else []),
        ],
        [row(one) for one in books.orders],
        Column(_("Paid by")),
        name=_("Paid without an invoice"),
    )


def _table(
    first: Sequence[Column], rows: Sequence[list[Cell]], last: Column, *, name: str
) -> Table:
    """Return a table of sales with net, VAT and gross, and their sums below."""
    at = len(first)
    sums = [sum((_amount(row[at + one]) for row in rows), _ZERO) for one in range(3)]
    money = [Column(title, Kind.MONEY) for title in (_("Net"), _("VAT"), _("Gross"))]
    return Table(
        columns=[*first, *money, last],
        rows=rows,
        total=[_("Total") if one == 1 else None for one in range(at)] + [*sums, None],
        name=name,
    )


def _amount(cell: Cell) -> Decimal:
    return cell if isinstance(cell, Decimal) else _ZERO


def _sums(one: Invoice | Booking) -> tuple[Decimal, Decimal]:
    sums = by_rate(one.lines).values()
    return sum((net for net, _v in sums), _ZERO), sum((vat for _n, vat in sums), _ZERO)


def _accounts(read: Session, vouchers: Iterable[Voucher]) -> Table:
    debit, credit = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    for voucher in vouchers:
        for number, amount in voucher.rows:
            (debit if amount > 0 else credit)[number] += abs(amount)
    names = accounts_of(read).names()
    rows: list[list[Cell]] = [
        [number, names.get(number, ""), debit[number] or None, credit[number] or None]
        for number in sorted({*debit, *credit})
    ]
    return Table(
        columns=[
            Column(_("Account")),
            Column(_("Name"), weight=3.0),
            Column(_("Debit"), Kind.MONEY),
            Column(_("Credit"), Kind.MONEY),
        ],
        rows=rows,
        total=[None, _("Total"), sum(debit.values(), _ZERO), sum(credit.values(), _ZERO)],
        name=_("By account"),
    )
