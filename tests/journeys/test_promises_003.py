"""What somebody who runs a booking system promises, as the two registers and notices say it."""

from __future__ import annotations

import pytest

from gdprdesk.domain.terms import Audience, FormField, Origin
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.served import ServedDefaults, show_served_defaults
from tests.journeys.conftest import Book, Books

pytestmark = pytest.mark.journey


@pytest.fixture
def book(book_of: Books) -> Book:
    return book_of("booking", "SE", "sv")


@pytest.fixture
def served(book: Book) -> ServedDefaults:
    return book.desk.ask(show_served_defaults)


def test_003_1_forms_have_only_the_fields_that_a_purpose_needs(book: Book) -> None:
    customers, support = book.row("Företagskunder"), book.row("Support")
    assert FormField.DIET not in customers.fields
    assert support.fields == (FormField.NOTES, FormField.FILES)
    assert book.desk.ask(allowed_fields) == {*customers.fields, *support.fields}


def test_003_2_each_customer_chooses_its_own_fields(served: ServedDefaults) -> None:
    assert any("de fält som kunden själv har valt" in one for one in served.categories)


def test_003_3_a_personal_number_is_chosen_and_has_its_reason(served: ServedDefaults) -> None:
    assert any("personnummer" in one and "varför" in one for one in served.categories)
    assert any(one.startswith("Personnummer visas bara delvis") for one in served.measures)


def test_003_4_facebook_and_google_give_name_and_mail_and_no_more(book: Book) -> None:
    accounts = book.row("Konton")
    assert accounts.collected_from is Origin.OTHER
    assert {"Meta (inloggning med Facebook)", "Google (inloggning med Google)"} <= {
        one.name for one in accounts.recipients
    }
    assert any("bara namn och e-post" in one for one in accounts.statements)


def test_003_5_a_booking_is_whole(served: ServedDefaults) -> None:
    (said,) = (one for one in served.categories if one.startswith("Lagra bokningar"))
    assert "tid, tjänst, person eller sak som bokas, pris och meddelanden" in said


def test_003_6_nothing_is_shared_between_customers(book: Book, served: ServedDefaults) -> None:
    assert "En egen databas för varje kund. Inget delas mellan kunder" in served.measures
    apart = "Det som kunderna lagrar om sina egna kunder finns inte i det här registret."
    assert apart in book.row("Företagskunder").statements
    assert "hör till kundens register, inte till vårt" in " ".join(book.row("Support").statements)


def test_003_7_the_customer_owns_its_data(book: Book) -> None:
    owned = "Kunden äger sina uppgifter. Vi säljer dem aldrig."
    assert owned in book.row("Företagskunder").statements
    assert owned in book.notice(Audience.CUSTOMERS)


def test_003_8_passwords_cannot_be_read_or_there_are_two_steps(
    book: Book, served: ServedDefaults
) -> None:
    strong = next(one for one in served.measures if one.startswith("Starka lösenord"))
    assert "aldrig att läsa" in strong
    assert "inloggning i två steg" in strong
    assert strong in book.row("Konton").measures


def test_003_9_rights_follow_function_and_department(served: ServedDefaults) -> None:
    assert any("varje funktion och avdelning" in one for one in served.measures)


def test_003_10_journals_are_guarded_once_more_and_reading_is_logged(
    book: Book, served: ServedDefaults
) -> None:
    (journals,) = (one for one in served.measures if one.startswith("Journaler"))
    assert "Varje läsning loggas med skäl" in journals
    assert "stickprov" in journals
    assert any("Stickprov varje kvartal" in one for one in book.row("Säkerhetslogg").measures)


@pytest.mark.parametrize("promise", ["hämta sina uppgifter och bokningar", "be att kontot raderas"])
def test_003_11_12_my_account_gives_an_extract_and_erases(book: Book, promise: str) -> None:
    (said,) = (one for one in book.row("Konton").statements if promise in one)
    assert said in book.notice(Audience.CUSTOMERS)


def test_003_13_the_customer_decides_what_of_a_booking_is_erased(book: Book) -> None:
    (said,) = book.row("Begäranden").statements
    assert "Kunden säger vad som ska raderas och vad bokföringslagen kräver" in said


def test_003_14_no_cookie_follows_anybody(book: Book) -> None:
    website = book.row("Webbplats")
    assert [one["name"] for one in website.cookies] == ["session"]
    none = "Vi använder inga kakor som spårar, varken våra egna eller andras."
    assert none in website.statements
    assert none in book.notice(Audience.WEB)
