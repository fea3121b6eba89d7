"""The year in pictures: how the business goes and how it keeps its promises, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission, say
from gdprdesk.exports.document import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Document,
    Kind,
    Paragraph,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, format_short_month, language
from gdprdesk.services.figures import (
    ConsentsOfPurpose,
    MonthOfIncome,
    MonthOfOrders,
    PeopleOfActivity,
    RequestsOfKind,
    count_consents,
    count_orders,
    count_people_by_activity,
    count_requests,
    sum_income,
)
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.permissions import answer, may
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report

_FIRST_YEAR = 2018
_NO_MONTHS: tuple[MonthOfOrders, ...] = ()
_NO_INCOME: tuple[MonthOfIncome, ...] = ()
_NO_PEOPLE: tuple[PeopleOfActivity, ...] = ()
_NO_CONSENTS: tuple[ConsentsOfPurpose, ...] = ()
_NO_REQUESTS: tuple[RequestsOfKind, ...] = ()


@query("report.overview", needs=Permission.REGISTER)
def overview_report(read: Session, *, year: int, language_code: str = "") -> Document:
    """Return a year in pictures with the figures beside them; no person is in it.

    What whoever asks may not see is not in it.

    Raises:
        DomainError: The year has not come, or is too long ago.
    """
    today = today_of(read)
    if not _FIRST_YEAR <= year <= today.year:
        raise DomainError(
            _("Write a year from {first} to {last}.").format(first=_FIRST_YEAR, last=today.year)
        )
    controller = controller_of(read)
    with language(language_code or controller.language):
        tables = [*_business(read, year), *_people(read, year), *_requests(read, year)]
        note = _("What has been erased is not counted, but for its invoices.")
        return report(
            read,
            title=_("The year {year} in pictures").format(year=year),
            subtitle=_("{name}, as of {day}").format(name=controller.name, day=format_day(today)),
            sections=[
                *(Section(one.name, (one,)) for one in tables),
                Section("", (Paragraph(note, muted=True),)),
            ],
        )


def _business(read: Session, year: int) -> Iterator[Table]:
    orders = answer(read, count_orders, _NO_MONTHS, year=year)
    if orders:
        rows: list[list[Cell]] = [
            [_month(one.month), one.orders, one.before, one.missed] for one in orders
        ]
        columns = [
            Column(_("Month"), weight=1.4),
            Column(str(year), Kind.NUMBER),
            Column(str(year - 1), Kind.NUMBER),
            Column(_("Of these nobody came"), Kind.NUMBER),
        ]
        yield _drawn(_("Orders and visits by month"), columns, rows, ChartKind.BARS, (1, 2))
    if not may(read, Permission.ORDERS):  # what was handed out without an invoice is an order
        return
    income = answer(read, sum_income, _NO_INCOME, year=year)
    if income:
        sums: list[list[Cell]] = [
            [_month(one.month), one.paid, one.unpaid, one.paid + one.unpaid] for one in income
        ]
        columns = [
            Column(_("Month"), weight=1.4),
            Column(_("Paid"), Kind.MONEY),
            Column(_("Not paid yet"), Kind.MONEY),
            Column(_("Total with VAT"), Kind.MONEY),
        ]
        yield _drawn(_("Income by month"), columns, sums, ChartKind.STACKED, (1, 2))


def _people(read: Session, year: int) -> Iterator[Table]:
    this = today_of(read).year
    if year == this:  # until when something is kept is known of today alone
        people = answer(read, count_people_by_activity, _NO_PEOPLE)
        rows: list[list[Cell]] = [
            [one.activity, one.soon, one.next_year, one.later, one.open] for one in people
        ]
        columns = [
            Column(_("What it is kept for"), weight=3.0),
            Column(_("Until {year}").format(year=this), Kind.NUMBER),
            Column(_("Until {year}").format(year=this + 1), Kind.NUMBER),
            Column(_("Longer"), Kind.NUMBER),
            Column(_("No end yet"), Kind.NUMBER),
        ]
        if rows:
            name = _("People by what their data are kept for, and until when")
            yield _drawn(name, columns, rows, ChartKind.ROWS, (1, 2, 3, 4), summed=False)
        consents: list[list[Cell]] = [
            [one.name, one.given, one.withdrawn, one.refused]
            for one in answer(read, count_consents, _NO_CONSENTS)
        ]
        columns = [
            Column(_("Consent"), weight=3.0),
            Column(_("Yes"), Kind.NUMBER),
            Column(_("Taken back"), Kind.NUMBER),
            Column(_("No"), Kind.NUMBER),
        ]
        if consents:
            name = _("Consents by what people said last")
            yield _drawn(name, columns, consents, ChartKind.ROWS, (1, 2, 3), summed=False)


def _requests(read: Session, year: int) -> Iterator[Table]:
    rows: list[list[Cell]] = [
        [say(one.kind), one.on_time, one.late, one.open]
        for one in answer(read, count_requests, _NO_REQUESTS, year=year)
    ]
    columns = [
        Column(_("Request"), weight=3.0),
        Column(_("In time"), Kind.NUMBER),
        Column(_("Late"), Kind.NUMBER),
        Column(_("Not answered yet"), Kind.NUMBER),
    ]
    if rows:
        name = _("Requests from people, and whether they were answered in time")
        yield _drawn(name, columns, rows, ChartKind.ROWS, (1, 2, 3))


def _drawn(
    name: str,
    columns: list[Column],
    rows: list[list[Cell]],
    kind: ChartKind,
    drawn: tuple[int, ...],
    *,
    summed: bool = True,
) -> Table:
    """Return a table that is drawn, with a total where its rows add up."""
    total: list[Cell] | None = [_("Total"), *(_sum(rows, n) for n in range(1, len(columns)))]
    return Table(columns, rows, total if summed else None, name=name, chart=Chart(kind, drawn))


def _sum(rows: list[list[Cell]], number: int) -> Cell:
    figures = [row[number] for row in rows]
    return sum(one for one in figures if isinstance(one, int | Decimal))


def _month(month: int) -> str:
    return format_short_month(date(2024, month, 1))
