"""Invoices: what bookkeeping law holds, and whether they are paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BookingState, PaidBy
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.companies import add_company
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.invoices import (
    issue_invoice,
    list_invoices,
    set_invoice_paid,
    show_invoice,
    show_invoice_system,
    suggest_invoice,
)
from gdprdesk.services.order_changes import set_booking_paid
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.subjects import update_subject
from tests.builders import TODAY, Clock, delivered, invoiced, order, person


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    return person(desk, address="Storgatan 9")


def test_buyer_and_lines_are_copied_to_the_letter(desk: Desk, karin: SubjectRef) -> None:
    booking = delivered(desk, karin, paid_on=None)
    ref = desk.run(issue_invoice, booking_ref=booking)
    desk.run(update_subject, subject_ref=karin, name="Karin Berg")
    shown = desk.ask(show_invoice, ref=ref)
    assert shown.lines == desk.ask(show_booking, ref=booking).lines
    assert (shown.row.buyer, shown.buyer_address) == ("Karin Holm", "Storgatan 9")
    assert (shown.row.net, shown.row.vat, shown.row.total) == (
        Decimal("357.14"),
        Decimal("42.86"),
        Decimal("400.00"),
    )
    assert (shown.row.issued_on, shown.row.due_on) == (TODAY, TODAY + timedelta(days=30))
    assert desk.ask(show_booking, ref=booking).row.invoice_number == "1"


def test_numbers_follow_each_other(desk: Desk, karin: SubjectRef) -> None:
    for number in ("", "100", "F-7", ""):
        invoiced(desk, karin, number=number)
    assert [row.number for row in desk.ask(list_invoices).rows] == ["101", "F-7", "100", "1"]


def test_the_number_of_an_erased_copy_is_not_given_again(desk: Desk, karin: SubjectRef) -> None:
    invoiced(desk, karin, number="100", original_in="Fortnox")
    desk.run(erase_subject, subject_ref=karin)
    invoiced(desk, person(desk, "Anna"))
    assert [row.number for row in desk.ask(list_invoices).rows] == ["101"]


def test_a_number_that_is_typed_does_not_turn_the_counting_back(
    desk: Desk, karin: SubjectRef
) -> None:
    for number in ("100", "7", "9" * 20, ""):
        invoiced(desk, karin, number=number)
    assert desk.ask(list_invoices).rows[0].number == "101"
    with pytest.raises(DomainError, match="at most 20"):
        invoiced(desk, karin, number="9" * 21)


def test_a_taken_number_is_refused(desk: Desk, karin: SubjectRef) -> None:
    invoiced(desk, karin, number="F-7")
    with pytest.raises(DomainError, match="already an invoice with this number"):
        invoiced(desk, karin, number=" F-7 ")
    assert desk.ask(list_invoices).total == 1


def test_an_order_is_invoiced_once(desk: Desk, karin: SubjectRef) -> None:
    booking = order(desk, karin)
    desk.run(issue_invoice, booking_ref=booking)
    with pytest.raises(DomainError, match="already has an invoice"):
        desk.run(issue_invoice, booking_ref=booking)


def test_an_invoice_needs_lines_and_a_buyer(desk: Desk, karin: SubjectRef) -> None:
    with pytest.raises(DomainError, match="no lines with prices"):
        desk.run(issue_invoice, booking_ref=order(desk, karin, lines=()))
    with pytest.raises(DomainError, match="needs a buyer"):
        desk.run(issue_invoice, booking_ref=order(desk))
    assert desk.ask(list_invoices).total == 0


def test_the_buyer_of_a_company_order_is_the_company(desk: Desk, karin: SubjectRef) -> None:
    hotel = desk.run(add_company, name="Hotell Sjön", org_number="556036-0793", address="Sjön 1")
    booking = order(desk, karin, company_ref=hotel)
    shown = desk.ask(show_invoice, ref=desk.run(issue_invoice, booking_ref=booking))
    assert (shown.row.buyer, shown.buyer_address, shown.buyer_org_number) == (
        "Hotell Sjön",
        "Sjön 1",
        "556036-0793",
    )


def test_a_cancelled_order_is_not_invoiced(desk: Desk, karin: SubjectRef) -> None:
    booking = order(desk, karin, state=BookingState.CANCELLED)
    with pytest.raises(DomainError, match="came to nothing"):
        desk.run(issue_invoice, booking_ref=booking)
    assert desk.ask(list_invoices).total == 0


def test_no_invoice_is_due_before_it_is_made(desk: Desk, karin: SubjectRef) -> None:
    booking = order(desk, karin)
    with pytest.raises(DomainError, match="due before it is made"):
        desk.run(issue_invoice, booking_ref=booking, due_on=TODAY - timedelta(days=1))
    ref = desk.run(issue_invoice, booking_ref=booking, due_on=TODAY)
    assert desk.ask(show_invoice, ref=ref).row.due_on == TODAY


def test_unpaid_and_overdue(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    ref = invoiced(desk, karin, paid_on=None, due_on=date(2026, 12, 1))
    paid = invoiced(desk, karin)
    assert [row.ref for row in desk.ask(list_invoices, unpaid=True).rows] == [ref]
    clock.go_to(date(2026, 12, 1))
    assert not desk.ask(show_invoice, ref=ref).row.is_overdue
    clock.go_to(date(2026, 12, 2))
    assert desk.ask(show_invoice, ref=ref).row.is_overdue
    assert not desk.ask(show_invoice, ref=paid).row.is_overdue
    desk.run(set_invoice_paid, ref=ref, paid_on=date(2026, 12, 2))
    assert not desk.ask(show_invoice, ref=ref).row.is_overdue
    assert desk.ask(list_invoices, unpaid=True).total == 0


def test_nobody_pays_before_there_is_an_invoice(desk: Desk, karin: SubjectRef) -> None:
    ref = invoiced(desk, karin, paid_on=None)
    with pytest.raises(DomainError, match="before it was made"):
        desk.run(set_invoice_paid, ref=ref, paid_on=TODAY - timedelta(days=1))
    with pytest.raises(DomainError, match="has not come"):
        desk.run(set_invoice_paid, ref=ref, paid_on=TODAY + timedelta(days=1))
    desk.run(set_invoice_paid, ref=ref, paid_on=TODAY)
    desk.run(set_invoice_paid, ref=ref, paid_on=None)
    assert desk.ask(show_invoice, ref=ref).row.paid_on is None


def test_an_order_that_was_paid_makes_a_paid_invoice(desk: Desk, karin: SubjectRef) -> None:
    ref = desk.run(issue_invoice, booking_ref=delivered(desk, karin))
    assert desk.ask(show_invoice, ref=ref).row.paid_on == TODAY


def test_an_order_that_is_paid_otherwise_pays_its_invoice(desk: Desk, karin: SubjectRef) -> None:
    booking = delivered(desk, karin, paid_on=None)
    ref = desk.run(issue_invoice, booking_ref=booking)
    desk.run(set_booking_paid, ref=booking, paid_on=TODAY, paid_by=PaidBy.SWISH)
    assert desk.ask(show_invoice, ref=ref).row.paid_on == TODAY
    desk.run(set_booking_paid, ref=booking, paid_on=None)
    assert desk.ask(show_invoice, ref=ref).row.paid_on is None


def test_a_long_list_comes_in_pages(desk: Desk, karin: SubjectRef) -> None:
    for _again in range(3):
        invoiced(desk, karin)
    page = desk.ask(list_invoices, offset=1, limit=1)
    assert (page.total, [row.number for row in page.rows]) == (3, ["2"])


def test_an_erased_buyer_is_in_no_list_but_found_by_the_number(
    desk: Desk, karin: SubjectRef
) -> None:
    ref = invoiced(desk, karin, number="F-70")
    invoiced(desk, person(desk, "Anders Nyberg"), number="F-71")
    desk.run(erase_subject, subject_ref=karin)
    listed = {row.number: row for row in desk.ask(list_invoices).rows}
    held = listed["F-70"]
    assert (held.buyer, held.text, held.subject_ref) == ("", "", None)
    assert (held.total, listed["F-71"].buyer) == (Decimal("400.00"), "Anders Nyberg")
    for words, numbers in (("holm", []), ("f-7", ["F-71"]), ("F-70", ["F-70"])):
        page = desk.ask(list_invoices, search=words)
        assert ([row.number for row in page.rows], page.total) == (numbers, len(numbers))
    assert desk.ask(show_invoice, ref=ref).row.buyer == "Karin Holm"


def test_what_an_invoice_would_say_is_suggested(desk: Desk, karin: SubjectRef) -> None:
    booking = order(desk, karin)
    suggested = desk.ask(suggest_invoice, booking_ref=booking)
    issued = desk.ask(show_invoice, ref=desk.run(issue_invoice, booking_ref=booking))
    assert (suggested.number, suggested.buyer, suggested.buyer_address, suggested.due_on) == (
        issued.row.number,
        issued.row.buyer,
        issued.buyer_address,
        issued.row.due_on,
    )
    with pytest.raises(DomainError, match="already has an invoice"):
        desk.ask(suggest_invoice, booking_ref=booking)


def test_invoices_are_found_by_number_and_buyer(desk: Desk, karin: SubjectRef) -> None:
    invoiced(desk, karin, number="F-7")
    invoiced(desk, person(desk, "Anders Nyberg"), number="F-8")

    def found(words: str) -> list[str]:
        return [row.number for row in desk.ask(list_invoices, search=words).rows]

    assert found("f-7") == ["F-7"]
    assert found("nyberg") == ["F-8"]
    assert found("f-") == ["F-8", "F-7"]
    assert found("zlatan") == []


def test_an_invoice_leads_to_its_buyer(desk: Desk, karin: SubjectRef) -> None:
    ref = invoiced(desk, karin)
    assert desk.ask(show_invoice, ref=ref).row.subject_ref == karin


def test_an_invoice_keeps_the_financial_year_it_was_written_in(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    desk.run(update_organisation, year_ends_in=6)
    invoiced(desk, karin)
    desk.run(update_organisation, year_ends_in=12)
    (kept,) = desk.run(erase_subject, subject_ref=karin).keep
    assert kept["until"] == "2034-12-31"
    clock.move(days=1)
    later = person(desk, "Olle Ek", address="Storgatan 10")
    invoiced(desk, later, paid_on=clock.now.date())
    (kept,) = desk.run(erase_subject, subject_ref=later).keep
    assert kept["until"] == "2033-12-31"


def test_where_another_system_writes_invoices_nothing_is_counted_here(
    desk: Desk, karin: SubjectRef
) -> None:
    assert desk.ask(show_invoice_system) == ""
    row = next(one for one in desk.ask(list_activities) if one.name == "Fakturor och bokföring")
    said = ActivityChanges(system_of_record="Fortnox")
    desk.run(update_activity, activity_ref=row.ref, changes=said)
    assert desk.ask(show_invoice_system) == "Fortnox"
    with pytest.raises(DomainError, match="Fortnox"):
        invoiced(desk, karin)
    assert desk.ask(show_invoice, ref=invoiced(desk, karin, number="88")).row.number == "88"
