"""What a trading company with suppliers promises, as its new register and notices say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import EEA
from gdprdesk.domain.terms import AtEnd, Audience, Channel, LegalBasis, Origin, Start, Unit
from gdprdesk.services.disclosures import hand_out, list_disclosures
from gdprdesk.services.files import FileFormat
from gdprdesk.services.notice import publish_notice, show_notice
from gdprdesk.services.paper_files import export_disclosures
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.sources import add_source, list_sources
from gdprdesk.services.subjects import register_subject
from tests.builders import TODAY
from tests.journeys.conftest import Book, Books, new_register
from tests.texts import read_pdf

pytestmark = pytest.mark.journey

RELATION = ("Köp och leverans", "Kunder och kontaktpersoner", "Leverantörer")


@pytest.fixture
def book(book_of: Books) -> Book:
    return book_of("shop", "SE", "sv")


def test_004_1_12_few_are_let_in_and_see_what_they_need(book: Book) -> None:
    assert any("Bara några få har behörighet" in one for one in book.row("Kunder").measures)
    needed = "Var och en ser bara det hon behöver i sitt arbete"
    assert needed in book.row("Köp").measures
    assert needed in book.row("Leverantörer").measures


def test_004_2_contacts_at_suppliers_are_people_too(book: Book) -> None:
    suppliers = book.row("Leverantörer")
    assert "Kontaktpersoner hos leverantörer" in suppliers.subjects
    assert "Leverantörer och deras kontaktpersoner" in book.notice(Audience.SUPPLIERS)


@pytest.mark.parametrize("name", ["Kreditupplysning", "Uppgifter ur offentliga register"])
def test_004_3_what_comes_from_registers_says_so(book: Book, name: str) -> None:
    row = book.row(name)
    assert row.collected_from is Origin.OTHER
    assert "register" in row.sources
    assert row.sources in book.notice(Audience.CUSTOMERS)


def test_004_3_whom_a_register_told_of_is_to_know_within_a_month(folder: Path) -> None:
    desk = new_register(folder, "shop", "SE", "sv")
    who = desk.run(register_subject, name="Karin Holm")
    desk.run(add_source, subject_ref=who, source="Kreditupplysning", obtained_on=TODAY)
    (task,) = desk.ask(list_sources)
    assert task.due_on == date(2026, 12, 21)
    desk.lock()


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Köp", "Vad de har köpt och när"),
        ("Köp", "Hur de har betalat"),
        ("Kunder", "Adress, telefon och e-post"),
        ("Kundkonto", "Hur kontot används: sidor, sökningar och varukorgar"),
        ("Kunder", "Historik: vad vi har sagt och kommit överens om"),
        ("Erbjudanden till kunder", "Vilken grupp av kunder de hör till"),
    ],
)
def test_004_4_purchase_payment_address_profile_usage_history(
    book: Book, name: str, category: str
) -> None:
    assert category in [one["text"] for one in book.row(name).categories]


def test_004_5_five_purposes_have_a_basis_and_a_clock_each(book: Book) -> None:
    orders, account = book.row("Köp"), book.row("Kundkonto")
    assert orders.legal_basis is LegalBasis.CONTRACT
    assert orders.further_purposes[0]["purpose"].startswith("Statistik")
    assert account.further_purposes[0]["purpose"].startswith("Utveckling")
    assert book.row("Erbjudanden till kunder").purpose.startswith("Marknadsföring")
    assert book.row("Fakturor").legal_basis is LegalBasis.LEGAL_OBLIGATION
    assert (len(orders.periods), len(account.periods)) == (2, 2)


def test_004_6_profiling_is_said_with_the_way_to_object(book: Book) -> None:
    offers = book.row("Erbjudanden till kunder")
    assert "delar in kunder" in offers.profiling
    assert "artikel 21.2" in offers.objection
    assert offers.screening is not None
    assert not offers.automated_decision
    assert "Inget program säger ja eller nej." in " ".join(book.row("Kreditupplysning").statements)


def test_004_6_a_credit_report_has_a_short_life(book: Book) -> None:
    credit = book.row("Kreditupplysning").rule
    assert (credit.start, credit.count, credit.unit) == (Start.RECORDED, 3, Unit.MONTHS)


def test_004_7_sub_suppliers_work_for_our_purposes_only(book: Book) -> None:
    only = "Underleverantörer får använda uppgifterna bara för våra ändamål, aldrig för egna."
    assert only in book.row("Kunder").statements
    assert only in book.notice(Audience.CUSTOMERS)


def test_004_8_what_leaves_the_eea_names_country_and_safeguard(book: Book) -> None:
    known = book.desk.ask(list_recipients)
    outside = [one for one in known if one.outside_eea]
    assert outside
    assert all(one.country not in EEA and one.mechanism for one in outside)
    (statistics,) = (one for one in known if one.name.startswith("Google Analytics"))
    (part,) = statistics.sub_processors
    assert part["country"] == "US"
    assert "Data Privacy Framework" in part["service"]


def test_004_9_what_a_law_or_a_decision_demands_is_handed_out_and_noted(book: Book) -> None:
    disclosure = book.row("Uppgifter som lag eller beslut kräver")
    assert "skriver upp vad, till vem, när och varför" in disclosure.basis_note
    assert {"Skatteverket", "Polisen", "Kronofogdemyndigheten"} == {
        one.name for one in disclosure.recipients
    }


def test_004_10_invoices_stay_as_long_as_the_law_says(book: Book) -> None:
    assert book.row("Fakturor").rule.law == "bookkeeping"


@pytest.mark.parametrize("name", RELATION)
def test_004_11_while_the_relation_lasts_and_36_months_at_most(book: Book, name: str) -> None:
    rule = book.row(name).rule
    assert (rule.start, rule.count, rule.unit, rule.law) == (
        Start.RELATION_ENDED,
        36,
        Unit.MONTHS,
        None,
    )
    assert rule.reason


def test_004_11_purchases_become_figures_when_the_time_is_over(book: Book) -> None:
    orders = book.row("Köp")
    assert orders.rule.at_end is AtEnd.ANONYMISE
    assert "siffror för varje månad" in orders.deidentification


def test_004_13_processing_is_logged_and_samples_are_looked_at(book: Book) -> None:
    assert any("granskar vi ett urval" in one for one in book.row("Kunder").measures)


def test_004_14_the_encryption_is_a_recognised_one(book: Book) -> None:
    (said,) = (one for one in book.row("Kunder").measures if one.startswith("Erkänd kryptering"))
    assert "AES-256" in said
    assert said in book.printed()


@pytest.mark.parametrize("purpose", ["newsletter", "sms_offers"])
def test_004_15_a_consent_is_chosen_and_can_be_taken_back(book: Book, purpose: str) -> None:
    assert "ångra mig" in book.asked(purpose)


def test_004_16_nobody_must_give_data_but_without_them_it_may_fail(book: Book) -> None:
    duty = book.row("Köp").duty
    assert duty.startswith("Ingen måste handla hos oss. Men utan namn")
    assert duty in book.notice(Audience.CUSTOMERS)


def test_004_17_to_see_correct_and_erase_is_what_requests_are_for(book: Book) -> None:
    assert "se, rätta eller radera" in book.row("Begäranden").purpose


def test_004_18_the_officer_is_called_what_the_law_calls_her(book: Book) -> None:
    assert "dataskyddsombud" in book.printed()
    for audience in (Audience.CUSTOMERS, Audience.SUPPLIERS):
        assert "personuppgiftsombud" not in book.notice(audience)


def test_004_19_who_is_concerned_is_told_of_major_changes(book: Book, folder: Path) -> None:
    assert any("talar vi om det" in one for one in book.row("Kunder").statements)
    desk = new_register(folder, "shop", "SE", "sv")
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    (version,) = desk.ask(show_notice, audience=Audience.CUSTOMERS).versions
    assert (version.number, version.made_on, version.told_on) == (1, TODAY, None)
    desk.lock()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A register of its own, for what is done in it."""
    opened = new_register(tmp_path / "own.gdprdesk", "shop", "SE", "sv")
    yield opened
    opened.lock()


def test_004_9_what_was_handed_out_says_by_which_decision(desk: Desk, tmp_path: Path) -> None:
    desk.run(
        hand_out,
        to_whom="Kronofogdemyndigheten",
        what="Adress till en gäldenär",
        basis=LegalBasis.LEGAL_OBLIGATION,
        law="Utsökningsbalken 4 kap. 15 §",
        channel=Channel.EMAIL,
    )
    assert [one.law for one in desk.ask(list_disclosures)] == ["Utsökningsbalken 4 kap. 15 §"]
    target = tmp_path / "log.pdf"
    desk.run(export_disclosures, to=target, format=FileFormat.PDF)
    assert "Utsökningsbalken 4 kap. 15 §" in " ".join(read_pdf(target).split())
