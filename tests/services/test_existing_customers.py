"""Letters to existing customers: an exception of its own, and one no ends it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.list_comparison import Finding
from gdprdesk.domain.mailing_lists import MailingTool, Sheet
from gdprdesk.domain.terms import ConsentMethod, Decision, LegalBasis, RestrictionGround
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.disclosures import list_disclosures
from gdprdesk.services.existing_customers import (
    add_existing_customer,
    export_existing_customers,
    list_existing_customers,
    opt_out,
    uses_the_exception,
)
from gdprdesk.services.merging import merge_people
from gdprdesk.services.newsletter import list_readers
from gdprdesk.services.newsletter_comparison import compare_list, take_over_comparison
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.onboarding import Business
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.stop_list import check_stop
from gdprdesk.services.templates import usual_extras
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person

BOUGHT = TODAY - timedelta(days=20)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock):
    """The register of a cafe that writes to its customers."""
    business = Business(
        name="Kafé Lind",
        trade="cafe",
        contact="Maja Lind",
        extras=(*usual_extras("cafe"), "customer_letters"),
    )
    made, _key = Desk.create(
        tmp_path / "cafe.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made
    made.lock()


def customer(desk: Desk, name: str, email: str) -> tuple[SubjectRef, RecordRef]:
    ref = person(desk, name, email=email)
    return ref, add(desk, ref)


def add(desk: Desk, ref: SubjectRef) -> RecordRef:
    return desk.run(
        add_existing_customer, subject_ref=ref, bought="Tårta", bought_on=BOUGHT, told_on=BOUGHT
    )


def test_a_customer_gets_letters_and_is_no_reader(desk: Desk, tmp_path: Path) -> None:
    customer(desk, "Åsa Öberg", "asa@example.com")
    (row,) = desk.ask(list_existing_customers)
    assert (row.name, row.email, row.bought, row.reached) == (
        "Åsa Öberg",
        "asa@example.com",
        "Tårta",
        True,
    )
    assert desk.ask(list_readers).readers == ()
    path = tmp_path / "kunder.csv"
    receipt = desk.run(export_existing_customers, tool=MailingTool.MAILCHIMP, to=path)
    assert (receipt.readers, receipt.left_path) == (1, None)
    assert path.read_text().splitlines()[1] == "asa@example.com,Åsa,Öberg"
    (handed,) = desk.ask(list_disclosures)
    assert handed.basis is LegalBasis.LEGITIMATE_INTEREST


def test_a_no_counts_at_once_and_stops_her_address(desk: Desk, tmp_path: Path) -> None:
    _asa, ref = customer(desk, "Åsa Öberg", "asa@example.com")
    customer(desk, "Bo Ek", "bo@example.com")
    desk.run(opt_out, ref=ref)
    reached = {one.name: one.reached for one in desk.ask(list_existing_customers)}
    assert reached == {"Åsa Öberg": False, "Bo Ek": True}
    assert desk.ask(check_stop, value="asa@example.com").found
    path = tmp_path / "kunder.csv"
    receipt = desk.run(export_existing_customers, tool=MailingTool.MAILERLITE, to=path)
    assert receipt.left_path is not None
    assert receipt.left_path.read_text().split() == ["Email", "asa@example.com"]
    with pytest.raises(DomainError, match="has said no on"):
        desk.run(opt_out, ref=ref)


def test_nobody_says_no_tomorrow(desk: Desk) -> None:
    _asa, ref = customer(desk, "Åsa Öberg", "asa@example.com")
    with pytest.raises(DomainError, match="day has not come"):
        desk.run(opt_out, ref=ref, on=TODAY + timedelta(days=1))


def test_whoever_has_said_no_gets_none_as_a_customer(desk: Desk) -> None:
    objects, _ref = customer(desk, "Åsa Öberg", "asa@example.com")
    desk.run(object_to_marketing, subject_ref=objects)
    refuses, _ref = customer(desk, "Bo Ek", "bo@example.com")
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=refuses,
        text_ref=texts["newsletter"],
        decision=Decision.REFUSED,
        method=ConsentMethod.ORALLY,
    )
    assert [one.reached for one in desk.ask(list_existing_customers)] == [False, False]
    for ref in (objects, refuses):
        with pytest.raises(DomainError, match="has said no to letters"):
            add(desk, ref)


def test_the_law_asks_for_a_sale_and_for_telling_in_time(desk: Desk) -> None:
    ref = person(desk, "Åsa Öberg", email="asa@example.com")

    def write(**said: Any) -> None:
        given: dict[str, Any] = {"bought": "Tårta", "bought_on": BOUGHT, "told_on": BOUGHT, **said}
        desk.run(add_existing_customer, subject_ref=ref, **given)

    with pytest.raises(DomainError, match="Write what she bought"):
        write(bought=" ")
    with pytest.raises(DomainError, match="told too late"):
        write(told_on=BOUGHT + timedelta(days=1))
    with pytest.raises(DomainError, match="day has not come"):
        write(bought_on=TODAY + timedelta(days=1))
    assert desk.ask(list_existing_customers) == ()


def test_it_ends_a_year_after_the_sale(desk: Desk, clock: Clock) -> None:
    customer(desk, "Åsa Öberg", "asa@example.com")
    clock.move(days=340)
    desk.run(carry_out_clean_up)
    assert len(desk.ask(list_existing_customers)) == 1
    clock.move(days=10)
    desk.run(carry_out_clean_up)
    assert desk.ask(list_existing_customers) == ()


def test_the_list_of_the_program_knows_customers(desk: Desk) -> None:
    customer(desk, "Åsa Öberg", "asa@example.com")
    customer(desk, "Bo Ek", "bo@example.com")
    rows = (("asa@example.com", "active", ""), ("bo@example.com", "unsubscribed", "2026-11-20"))
    sheets = (Sheet("subscribers", ("email", "status", "unsubscribed_at"), rows),)
    comparison = desk.ask(compare_list, sheets=sheets)
    assert [one.finding for one in comparison.rows] == [Finding.LEFT, Finding.ALIKE]
    assert desk.run(take_over_comparison, comparison=comparison).withdrawn == 1
    reached = {one.name: one.reached for one in desk.ask(list_existing_customers)}
    assert reached == {"Åsa Öberg": True, "Bo Ek": False}


def test_without_the_row_that_says_why_nothing_is_written_down(desk: Desk, tmp_path: Path) -> None:
    assert desk.ask(uses_the_exception)
    business = Business(name="Kafé Ek", trade="cafe", contact="Bo Ek")
    plain, _key = Desk.create(
        tmp_path / "plain.gdprdesk", business=business, password=PASSWORD, limits=CHEAP
    )
    assert not plain.ask(uses_the_exception)
    ref = person(plain, "Åsa Öberg", email="asa@example.com")
    with pytest.raises(DomainError, match="does not say why you keep this"):
        add(plain, ref)
    plain.lock()


def test_a_no_counts_for_all_of_her_when_she_stood_there_twice(desk: Desk) -> None:
    first, no = customer(desk, "Åsa Öberg", "asa@example.com")
    second, _yes = customer(desk, "Asa Oberg", "a.oberg@example.com")
    desk.run(opt_out, ref=no)
    desk.run(merge_people, keep_ref=second, other_ref=first)
    (row,) = desk.ask(list_existing_customers)
    assert (row.opted_out_on, row.reached) == (TODAY, False)


def test_whose_data_are_only_stored_since_a_list_is_taken_off_it(
    desk: Desk, tmp_path: Path
) -> None:
    karin, _ref = customer(desk, "Karin Holm", "karin@example.se")
    customer(desk, "Bo Ek", "bo@example.se")
    tool = MailingTool.MAILCHIMP
    desk.run(export_existing_customers, tool=tool, to=tmp_path / "1.csv")
    desk.run(restrict_person, subject_ref=karin, ground=RestrictionGround.ACCURACY, why="Fel namn")
    told = desk.run(export_existing_customers, tool=tool, to=tmp_path / "2.csv")
    assert (told.readers, told.left) == (1, 1)
    assert told.left_path is not None
    assert "karin@example.se" in told.left_path.read_text()
    other = desk.run(export_existing_customers, tool=MailingTool.MAILERLITE, to=tmp_path / "3.csv")
    assert other.left == 0  # it has never had her
