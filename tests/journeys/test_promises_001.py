"""What a therapist with a web shop promises, as her new register, print and notices say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Audience, LegalBasis, RecipientRole, Start, Unit
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.files import FileFormat
from gdprdesk.services.notice import compare_notices, publish_notice, show_notice
from gdprdesk.services.paper_files import export_papers
from gdprdesk.services.papers import PaperChanges, add_paper, list_papers
from tests.builders import TODAY, person
from tests.journeys.conftest import Book, Books, new_register
from tests.texts import read_pdf

pytestmark = pytest.mark.journey


@pytest.fixture
def book(book_of: Books) -> Book:
    return book_of("therapy", "SE", "sv")


def test_001_1_a_personal_number_is_written_only_with_a_reason(book: Book) -> None:
    clients = book.row("Klientregister")
    assert "Personnummer, när det finns ett skäl" in [one["text"] for one in clients.categories]
    assert "dataskyddslagen 3 kap. 10 §" in clients.basis_note
    assert any("visas inte förrän" in one for one in clients.measures)
    assert "Vi frågar inte efter personnummer i webbutiken." in book.row("Köp").statements


def test_001_2_service_and_bookkeeping_are_two_purposes_with_two_clocks(book: Book) -> None:
    clients, invoices = book.row("Klientregister"), book.row("Fakturor")
    assert clients.legal_basis is LegalBasis.CONTRACT
    assert len(clients.periods) == 2
    assert (invoices.legal_basis, invoices.rule.law) == (
        LegalBasis.LEGAL_OBLIGATION,
        "bookkeeping",
    )


def test_001_3_bookings_come_from_the_client_through_qlickboka(book: Book) -> None:
    bookings = book.row("Bokningar")
    assert "i bokningssystemet" in bookings.sources
    assert book.recipient("Qlickboka").role is RecipientRole.PROCESSOR
    assert "Qlickboka" in {one.name for one in bookings.recipients}


def test_001_4_the_chain_of_a_payment_is_named(book: Book) -> None:
    got = {one.name: one.gets for one in book.row("Fakturor").recipients}
    assert {"Fortnox", "Banken och Swish"} <= got.keys()
    assert "kvittot" in got["Zettle från PayPal (tidigare iZettle)"]


def test_001_5_seven_years_are_counted_from_the_calendar_year(book: Book) -> None:
    assert "7 år efter utgången av det kalenderår då räkenskapsåret avslutades" in book.printed()


def test_001_6_free_material_tips_and_offers_are_asked_for_apart(book: Book) -> None:
    downloads = book.row("Gratismaterial")
    assert downloads.legal_basis is LegalBasis.CONTRACT
    assert [one["legal_basis"] for one in downloads.further_purposes] == ["consent", "consent"]
    purposes = {one.purpose for one in book.desk.ask(list_consent_texts)}
    assert {"tips", "campaigns", "newsletter"} <= purposes
    assert "Materialet får jag även om jag säger nej" in book.asked("tips")
    assert "även om jag säger nej till erbjudanden" in book.asked("campaigns")


def test_001_7_one_click_is_enough_to_stop(book: Book) -> None:
    assert any("Ett klick i varje brev" in one for one in book.row("Gratismaterial").measures)
    for purpose in ("newsletter", "tips", "campaigns"):
        assert "ångra mig" in book.asked(purpose)


def test_001_8_testimonials_are_shown_with_approval_in_four_forms(book: Book) -> None:
    shown = book.row("Omdömen")
    assert "Text, bild, ljud och film" in [one["text"] for one in shown.categories]
    (text,) = (one for one in book.desk.ask(list_consent_texts) if one.purpose == "testimonial")
    assert text.channels == ("Webbplatsen", "Instagram", "Facebook", "Tryck")
    assert "Jag har sett och godkänt det som ska visas" in text.text


def test_001_9_a_testimonial_goes_when_it_is_replaced_or_withdrawn(book: Book) -> None:
    shown = book.row("Omdömen")
    assert shown.rule.start is Start.CONSENT_WITHDRAWN
    (replaced,) = shown.further_purposes
    assert (replaced["start"], replaced["count"], replaced["unit"]) == ("replaced", 1, "months")


@pytest.mark.parametrize("name", ["Loopia", "Smode", "MailerLite", "Paloma", "Qlickboka"])
def test_001_10_12_who_stores_it_for_her_is_a_processor(book: Book, name: str) -> None:
    known = book.recipient(name)
    assert (known.role, known.needs_agreement) == (RecipientRole.PROCESSOR, True)
    assert known.used_in
    assert name in book.printed()


def test_001_11_stripe_gets_the_purchase(book: Book) -> None:
    stripe = book.recipient("Stripe")
    assert stripe.used_in == ("Köp i webbutiken",)
    assert "belopp" in stripe.gets
    assert "Stripe" in book.notice(Audience.CUSTOMERS)


def test_001_12_the_yes_to_the_newsletter_names_its_sender(book: Book) -> None:
    assert "MailerLite" in book.asked("newsletter")
    assert "listan Tips" in book.asked("tips")
    assert "listan Erbjudanden" in book.asked("campaigns")


def test_001_13_journal_and_memory_notes_have_two_lives(book: Book) -> None:
    journal, notes = book.row("Journal"), book.row("Minnesanteckningar")
    assert (journal.rule.start, journal.rule.count, journal.rule.unit) == (
        Start.LAST_JOURNAL_ENTRY,
        10,
        Unit.YEARS,
    )
    assert journal.rule.reason
    assert (notes.rule.count, notes.rule.unit) == (6, Unit.MONTHS)
    assert any("signerad anteckning" in one for one in journal.measures)


def test_001_14_paper_lies_in_a_locked_cabinet_with_a_list(book: Book) -> None:
    paper = book.row("Journaler på papper")
    assert paper.system_of_record == "Låst arkivskåp"
    assert any("vilken pärm" in one for one in paper.measures)


def test_001_15_the_client_register_is_her_own_from_the_first_visit(book: Book) -> None:
    clients = book.row("Klientregister")
    assert "från första besöket" in clients.purpose
    assert clients.system_of_record == ""
    assert clients.further_purposes[0]["purpose"].startswith("Fråga hur det har gått")


def test_001_17_who_has_her_journal_erased_is_told_what_is_lost(book: Book) -> None:
    (said,) = (one for one in book.row("Journal").statements if "raderad" in one)
    assert "ingen historik" in said
    assert said in book.printed()
    assert said in book.notice(Audience.CLIENTS)


def test_001_18_assistant_and_accountant_see_less(book: Book) -> None:
    never = "Assistenten och redovisningen kan aldrig öppna journalen."
    assert never in book.row("Journal").statements
    assert any("Assistenten ser namn" in one for one in book.row("Klientregister").measures)
    assert "Redovisningsbyrån" not in {one.name for one in book.row("Klientregister").recipients}


def test_001_19_nothing_is_sold_rented_or_swapped(book: Book) -> None:
    never = "Vi säljer, hyr ut eller byter aldrig uppgifter om klienter."
    assert never in book.row("Klientregister").statements
    assert never in book.printed()
    assert never in book.notice(Audience.CLIENTS)


def test_001_20_a_complaint_goes_to_the_authority_of_today(book: Book, book_of: Books) -> None:
    notice = book.notice(Audience.CLIENTS)
    assert "Integritetsskyddsmyndigheten" in notice
    assert "Datainspektionen" not in notice
    assert "Datatilsynet" in book_of("therapy", "NO", "nb").notice(Audience.CLIENTS)


def test_001_21_requests_have_an_address(book: Book) -> None:
    assert "maja@example.com" in book.notice(Audience.CLIENTS)
    assert "rätta eller radera" in book.row("Begäranden").purpose


def test_001_22_each_version_of_the_notice_has_its_day_and_its_difference(folder: Path) -> None:
    desk = new_register(folder, "therapy", "SE", "sv")
    first = desk.run(publish_notice, audience=Audience.CLIENTS)
    clients = desk.ask(list_activities)[0]
    changes = ActivityChanges(statements=("Vi ringer aldrig efter klockan sex.",))
    desk.run(update_activity, activity_ref=clients.ref, changes=changes)
    assert not desk.ask(show_notice, audience=Audience.CLIENTS).is_published
    second = desk.run(publish_notice, audience=Audience.CLIENTS)
    between = desk.ask(compare_notices, older=first, newer=second)
    assert [one.number for one in (between.older, between.newer) if one] == [1, 2]
    assert between.older.made_on == TODAY
    (part,) = between.parts
    assert "Vi ringer aldrig efter klockan sex." in str(part.sentences)
    assert "Vi säljer, hyr ut eller byter aldrig" in str(part.sentences)
    assert desk.ask(show_notice, audience=Audience.CLIENTS).is_published
    desk.lock()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A register of its own, for what is done in it."""
    opened = new_register(tmp_path / "own.gdprdesk", "therapy", "SE", "sv")
    yield opened
    opened.lock()


def test_001_14_each_folder_has_its_place_its_days_and_its_last_day(
    desk: Desk, tmp_path: Path
) -> None:
    rows = {one.name: one.ref for one in desk.ask(list_activities)}
    row = next(ref for name, ref in rows.items() if name.startswith("Journaler på papper"))
    changes = PaperChanges(
        place="Låst arkivskåp",
        box="Pärm H",
        what="Journal 2014 till 2016",
        activity_ref=row,
        subject_ref=person(desk),
        from_on=date(2014, 3, 1),
        to_on=date(2016, 11, 20),
    )
    desk.run(add_paper, changes=changes)
    (folder,) = desk.ask(list_papers)
    assert folder.until == date(2026, 11, 20)  # ten years after the last entry
    assert folder.until < TODAY
    assert folder.is_due
    target = tmp_path / "list.pdf"
    desk.run(export_papers, to=target, format=FileFormat.PDF)
    text = " ".join(read_pdf(target).split())
    for said in ("Låst arkivskåp", "Pärm H", "Karin Holm", "20 nov. 2026"):
        assert said in text
