"""How the business goes, in figures: worked out by hand, and naming nobody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    BookingState,
    Channel,
    ConsentMethod,
    Decision,
    Permission,
    RequestKind,
)
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.figures import (
    count_consents,
    count_orders,
    count_people_by_activity,
    count_requests,
    sum_income,
)
from gdprdesk.services.files import FileFormat
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.services.register_files import export_overview
from gdprdesk.services.reports.overview import overview_report
from gdprdesk.services.requests import open_request
from tests.builders import TODAY, Clock, delivered, invoiced, order, person
from tests.roles import as_role
from tests.texts import read_pdf

NOVEMBER = 10  # of the months, from 0
CAME: dict[str, Any] = {"received_on": TODAY, "channel": Channel.EMAIL}


def test_orders_are_counted_by_the_month_they_are_for(desk: Desk) -> None:
    order(desk, wanted_on=date(2026, 12, 24))
    order(desk, wanted_on=date(2026, 12, 31))
    order(desk)  # no day: the month it was taken in
    order(desk, wanted_on=date(2027, 1, 1))
    order(desk, wanted_on=date(2025, 11, 3))
    gone = order(desk, wanted_on=TODAY)
    desk.run(set_booking_state, ref=gone, state=BookingState.CANCELLED)
    missed = order(desk, wanted_on=TODAY)
    desk.run(set_booking_state, ref=missed, state=BookingState.NO_SHOW)
    months = desk.ask(count_orders, year=2026)
    assert [one.month for one in months] == [*range(1, 13)]
    assert [one.orders for one in months] == [0] * 10 + [2, 2]
    assert [one.before for one in months] == [0] * 10 + [1, 0]
    assert [one.missed for one in months] == [0] * 10 + [1, 0]


def test_what_was_sold_is_by_invoice_or_handed_out(desk: Desk) -> None:
    karin = person(desk)
    delivered(desk, karin)  # 400, paid
    delivered(desk, karin, paid_on=None)  # 400, not paid
    invoiced(desk, karin, paid_on=None)  # 400 by an invoice that is not paid
    invoiced(desk, karin)  # 400 by one that is
    order(desk, karin)  # nothing sold yet
    months = desk.ask(sum_income, year=2026)
    assert (months[NOVEMBER].paid, months[NOVEMBER].unpaid) == (Decimal(800), Decimal(800))
    assert sum(one.paid + one.unpaid for one in months) == Decimal(1600)
    assert all(one.paid == 0 for one in desk.ask(sum_income, year=2025))


def test_an_invoice_still_counts_when_its_buyer_is_erased(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    assert desk.ask(sum_income, year=2026)[NOVEMBER].paid == Decimal(400)
    assert desk.ask(count_orders, year=2026)[NOVEMBER].orders == 0


def test_people_by_what_their_data_are_kept_for(desk: Desk) -> None:
    karin = person(desk, email="karin@example.com")
    invoiced(desk, karin)
    order(desk, person(desk, "Anders Nyberg"))
    rows = {one.activity: one for one in desk.ask(count_people_by_activity)}
    books = next(one for name, one in rows.items() if "bokföring" in name.lower())
    # An invoice of 2026 is kept through 2033: bokföringslagen 7 kap. 2 §.
    assert (books.soon, books.next_year, books.later, books.open) == (0, 0, 1, 0)
    orders = next(one for name, one in rows.items() if "eställning" in name)
    # An order is kept for 24 months: until November 2028.
    assert (orders.soon, orders.next_year, orders.later, orders.open) == (0, 0, 2, 0)


def test_consents_by_what_people_said_last(desk: Desk) -> None:
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    for name, decisions in (
        ("Karin Holm", [Decision.GIVEN]),
        ("Anders Nyberg", [Decision.GIVEN, Decision.WITHDRAWN]),
        ("Eva Lind", [Decision.REFUSED]),
        ("Johan Ek", [Decision.REFUSED, Decision.GIVEN]),
    ):
        ref = person(desk, name, email=f"{name[0].lower()}@example.com")
        for said in decisions:
            desk.run(
                record_consent,
                subject_ref=ref,
                text_ref=text.ref,
                decision=said,
                method=ConsentMethod.ORALLY,
            )
    (row,) = desk.ask(count_consents)
    assert (row.given, row.withdrawn, row.refused) == (2, 1, 1)


def test_requests_in_time_late_and_open(desk: Desk, clock: Clock) -> None:
    karin, anders = person(desk), person(desk, "Anders Nyberg")
    desk.run(open_request, kind=RequestKind.ACCESS, subject_ref=karin, **CAME)
    desk.run(open_request, kind=RequestKind.RECTIFY, subject_ref=anders, **CAME)
    found = {one.kind: one for one in desk.ask(count_requests, year=2026)}
    assert (found[RequestKind.ACCESS].open, found[RequestKind.RECTIFY].open) == (1, 1)
    clock.move(days=40)
    late = {one.kind: one for one in desk.ask(count_requests, year=2026)}
    access = late[RequestKind.ACCESS]
    assert (access.on_time, access.late, access.open) == (0, 1, 0)
    assert desk.ask(count_requests, year=2027) == ()


def test_the_year_in_pictures_names_nobody(desk: Desk, tmp_path: Path) -> None:
    karin = person(desk, email="karin@example.com")
    invoiced(desk, karin)
    delivered(desk, karin, wanted_on=TODAY)
    desk.run(open_request, kind=RequestKind.ACCESS, subject_ref=karin, **CAME)
    pdf, book = tmp_path / "year.pdf", tmp_path / "year.xlsx"
    for to in (pdf, book):
        wanted = FileFormat(to.suffix[1:])
        desk.run(export_overview, year=2026, to=to, format=wanted, language_code="en")
    said = read_pdf(pdf)
    for word in ("The year 2026 in pictures", "Income by month", "800.00", "Requests from people"):
        assert word in said, word
    for word in ("Karin", "Holm", "karin@", "Prinsess"):
        assert word not in said
    sheets = openpyxl.load_workbook(book).worksheets
    assert sum(len(sheet._charts) for sheet in sheets) >= 4


def test_an_earlier_year_has_no_figures_of_today(desk: Desk) -> None:
    order(desk, person(desk), wanted_on=date(2025, 3, 1))
    names = [
        one.heading for one in desk.ask(overview_report, year=2025, language_code="en").sections
    ]
    assert names == ["Orders and visits by month", "Income by month", ""]
    for year in (2017, 2027):
        with pytest.raises(DomainError, match="2018 to 2026"):
            desk.ask(overview_report, year=year)


def test_what_she_may_not_see_is_not_drawn(desk: Desk, clock: Clock) -> None:
    invoiced(desk, person(desk))
    with as_role(desk, clock, (Permission.REGISTER, Permission.INVOICES)) as hers:
        made = hers.ask(overview_report, year=2026, language_code="en")
        assert [one.heading for one in made.sections] == [""]
