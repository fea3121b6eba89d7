"""What somebody who runs a booking system promises, as the two registers and notices say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Audience, FormField, Origin, RequestKind
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.instructions import (
    answer_instruction,
    carry_out_instruction,
    take_instruction,
)
from gdprdesk.services.reports.instructions import show_answer
from gdprdesk.services.served import (
    ControllerChanges,
    ServedDefaults,
    add_controller,
    end_controller,
    settle_controller,
    show_served_defaults,
)
from gdprdesk.services.today import show_today
from tests.builders import TODAY
from tests.journeys.conftest import Book, Books, new_register

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A register of its own, for what is done in it."""
    opened = new_register(tmp_path / "own.gdprdesk", "booking", "SE", "sv")
    yield opened
    opened.lock()


def test_003_12_13_the_customer_says_what_is_erased_and_is_answered(desk: Desk) -> None:
    salon = desk.run(add_controller, changes=ControllerChanges(name="Salong Saxen"))
    ref = desk.run(
        take_instruction,
        controller_ref=salon,
        kind=RequestKind.ERASE,
        scope="Radera konto 4711, men spara kvittona i sju år",
    )
    (waits,) = desk.ask(show_today).instructions
    assert (waits.controller, waits.due_on) == ("Salong Saxen", TODAY + timedelta(days=14))
    desk.run(carry_out_instruction, ref=ref, how="Kontot är raderat, kvittona sparas.")
    assert "Radera konto 4711" in desk.ask(show_answer, ref=ref).body
    desk.run(answer_instruction, ref=ref)
    assert desk.ask(show_today).instructions == ()


def test_003_7_when_the_contract_ends_the_data_go_back(desk: Desk) -> None:
    salon = desk.run(add_controller, changes=ControllerChanges(name="Salong Saxen"))
    desk.run(end_controller, controller_ref=salon)
    assert [one.name for one in desk.ask(show_today).to_settle] == ["Salong Saxen"]
    desk.run(settle_controller, controller_ref=salon, how="Lämnade som fil, sedan raderade")
    assert desk.ask(show_today).to_settle == ()
