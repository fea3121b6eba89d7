"""What a café in Växjö promises, as its new register, its print and its notices say it.

What it promises to do is in test_cafe.py. Each test is one item of the policy, by its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import Category
from gdprdesk.domain.terms import (
    Audience,
    Channel,
    FormField,
    LegalBasis,
    Origin,
    RiskCriterion,
    SpecialCondition,
    Start,
    SubjectKind,
    Unit,
)
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.disclosures import hand_out
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.files import FileFormat
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.paper_files import export_disclosures, export_shredding
from gdprdesk.services.papers import PaperChanges, add_paper, list_papers
from gdprdesk.services.shredding import list_shredded, shred
from gdprdesk.services.today import show_today
from tests.builders import TODAY, delivered, person
from tests.journeys.conftest import Book, Books, new_register
from tests.texts import read_pdf

pytestmark = pytest.mark.journey


@pytest.fixture
def book(book_of: Books) -> Book:
    return book_of("cafe", "SE", "sv")


def test_000_1_enquiries_and_bookings_are_rows_of_their_own(book: Book) -> None:
    orders, enquiries = book.row("Beställningar och bokningar"), book.row("Frågor")
    assert "Namn" in [one["text"] for one in orders.categories]
    assert "Kontaktpersoner hos företag" in orders.subjects
    assert "Frågan och svaret" in [one["text"] for one in enquiries.categories]


def test_000_2_how_they_reach_us_is_written_down_and_where_to_erase(book: Book) -> None:
    for way in ("telefon", "sms", "e-post", "Messenger", "i kaféet"):
        assert way in book.row("Beställningar").sources
    for place in ("Webbhotellet", "Meta"):
        assert book.recipient(place).task


def test_000_3_only_the_fields_that_are_needed(book: Book) -> None:
    fields = set(book.row("Beställningar").fields)
    assert {FormField.PHONE, FormField.EMAIL, FormField.DIET} <= fields
    for row in book.rows():
        assert FormField.DIET not in row.fields or row.name == "Beställningar och bokningar"
    suppliers = book.desk.ask(allowed_fields, of=SubjectKind.SUPPLIER)
    assert FormField.PHONE in suppliers
    assert FormField.OTHER_CONTACT not in suppliers


def test_000_4_the_interest_is_weighed_and_dated(book: Book) -> None:
    questions = book.row("Frågor")
    assert questions.legal_basis is LegalBasis.LEGITIMATE_INTEREST
    weighed = questions.assessment
    assert weighed is not None
    assert all((weighed.purpose, weighed.necessity, weighed.balance, weighed.outcome))
    assert (weighed.decided_on.year, weighed.decided_by) == (2026, "Maja Lind")
    assert "säger till" in questions.objection


def test_000_5_a_company_is_invoiced_with_its_number(book: Book) -> None:
    assert FormField.COMPANY in book.row("Beställningar").fields
    said = [one["text"] for one in book.row("Fakturor").categories]
    assert any(one.startswith("Organisationsnummer") for one in said)


def test_000_7_nobody_gets_it_but_the_bookkeeping_and_who_got_it_is_noted(book: Book) -> None:
    got = {one.name for one in book.row("Fakturor").recipients}
    assert {"Spiris (tidigare Visma eEkonomi)", "Redovisningsbyrån"} <= got
    said = [one["text"] for one in book.row("Begäranden").categories]
    assert "Vad vi har lämnat ut, till vem och varför" in said


def test_000_8_what_the_bookkeeping_act_holds_is_held_by_its_name(book: Book) -> None:
    invoices = book.row("Fakturor")
    assert invoices.rule.law == "bookkeeping"
    assert invoices.period.startswith("7 years")
    assert "7 år efter utgången av det kalenderår" in book.printed()


def test_000_9_after_a_time_is_a_number(book: Book) -> None:
    orders = book.row("Beställningar").rule
    assert (orders.start, orders.count, orders.unit) == (Start.LAST_ACTIVITY, 24, Unit.MONTHS)
    assert all(one.rule.law or one.rule.count for one in book.rows())


def test_000_10_a_photo_needs_a_yes_for_each_channel(book: Book) -> None:
    photos = book.row("Foto")
    assert photos.legal_basis is LegalBasis.CONSENT
    assert "för varje plats" in photos.basis_note
    assert "Lind & co" in book.asked("photo")


def test_000_11_what_others_have_shown_openly_may_be_shown_again(book: Book) -> None:
    reposts = book.row("Inlägg och omdömen")
    assert reposts.legal_basis is LegalBasis.LEGITIMATE_INTEREST
    assert reposts.collected_from is Origin.OTHER
    assert reposts.assessment is not None
    assert "samma dag" in reposts.objection


@pytest.mark.parametrize("measure", ["Lösenord på alla skärmar", "Larmad", "dokumentförstöraren"])
def test_000_12_13_14_screens_alarm_and_shredder_are_measures(book: Book, measure: str) -> None:
    assert any(measure in one for one in book.row("Beställningar").measures)
    assert measure in book.printed()


def test_000_15_16_nothing_sensitive_but_allergies_and_those_for_a_week(book: Book) -> None:
    (never,) = (one for one in book.row("Beställningar").statements if "aldrig ner" in one)
    assert never.startswith("Utöver allergier")
    diet = book.row("Specialkost")
    assert diet.categories == (Category(text="Allergier och specialkost", special=True),)
    assert diet.special_condition is SpecialCondition.EXPLICIT_CONSENT
    assert (diet.rule.count, diet.rule.unit) == (7, Unit.DAYS)
    assert diet.screening is not None
    assert diet.screening.criteria == (RiskCriterion.SENSITIVE,)
    assert "allergi" in book.asked("diet")


def test_000_17_18_the_newsletter_goes_through_mailchimp_and_ends_by_a_link(book: Book) -> None:
    newsletter = book.row("Nyhetsbrev")
    (mailchimp,) = newsletter.recipients
    assert mailchimp.name == "Mailchimp (Intuit)"
    assert mailchimp.outside_eea
    assert "Data Privacy Framework" in mailchimp.mechanism
    assert any("Länk i varje brev" in one for one in newsletter.measures)
    assert "länken i varje brev" in book.asked("newsletter")


def test_000_18_whoever_has_said_no_is_remembered_by_a_code_and_told_so(book: Book) -> None:
    stops = book.row("Spärrlista")
    assert stops.period.startswith("3 years")
    assert any("kod" in one["text"] for one in stops.categories)
    assert "går inte att läsa" in stops.deidentification
    for audience in (Audience.CUSTOMERS, Audience.NEWSLETTER):
        assert "blivit raderad" in book.notice(audience)


def test_000_19_every_cookie_has_its_name_owner_life_and_ground(book: Book) -> None:
    website = book.row("Webbplats")
    assert "Sista delen av ip-adressen" in website.deidentification
    assert {"cookie_consent", "_pk_id"} <= {one["name"] for one in website.cookies}
    for cookie in website.cookies:
        assert all(cookie.values())
        assert cookie["name"] in book.printed()
        assert cookie["name"] in book.notice(Audience.WEB)


def test_000_20_who_asks_to_see_or_erase_is_answered(book: Book) -> None:
    assert "se, rätta eller radera" in book.row("Begäranden").purpose


def test_000_22_the_law_that_refuses_an_erasure_is_in_the_notice(book: Book) -> None:
    assert "bokföringslagen" in book.notice(Audience.CUSTOMERS)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A register of its own, for what is done in it."""
    opened = new_register(tmp_path / "own.gdprdesk", "cafe", "SE", "sv")
    yield opened
    opened.lock()


def test_000_14_paper_is_shredded_and_the_log_says_what_when_and_who(
    desk: Desk, tmp_path: Path
) -> None:
    karin = person(desk)
    delivered(desk, karin)
    changes = PaperChanges(
        place="Låst skåp",
        box="Pärm 1",
        what="Beställningslappar",
        to_on=TODAY - timedelta(days=900),
    )
    paper = desk.run(add_paper, changes=changes)
    desk.run(carry_out_clean_up)
    assert [one.box for one in desk.ask(show_today).papers] == ["Pärm 1"]
    how: dict[str, Any] = {"what": "Beställningslappar", "how": "Strimlare", "done_by": "Maja"}
    desk.run(shred, paper=paper, amount="1 pärm", **how)
    desk.run(erase_subject, subject_ref=karin)
    desk.run(shred, subject_ref=karin, amount="2 lappar", **how)
    assert desk.ask(list_papers) == ()
    assert [one.subject_ref for one in desk.ask(list_shredded)] == [karin, None]
    target = tmp_path / "log.pdf"
    desk.run(export_shredding, to=target, format=FileFormat.PDF)
    text = " ".join(read_pdf(target).split())
    assert "2 lappar" in text
    assert "Karin" not in text


def test_000_7_who_else_gets_it_is_in_the_log(desk: Desk, tmp_path: Path) -> None:
    desk.run(
        hand_out,
        to_whom="Ekonomikonsult i Olofström",
        what="Fakturor för oktober",
        basis=LegalBasis.CONTRACT,
        channel=Channel.EMAIL,
    )
    target = tmp_path / "log.pdf"
    desk.run(export_disclosures, to=target, format=FileFormat.PDF)
    assert "Ekonomikonsult i Olofström" in " ".join(read_pdf(target).split())
