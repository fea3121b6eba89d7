"""A new register of any of the five trades says all that the law asks for, before any work is done.

Five trades, two countries, three languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Audience, Channel, FormField, HoldGround
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.activities import list_activities
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.holds import Decision, hold_person
from gdprdesk.services.invoices import issue_invoice
from gdprdesk.services.law import COUNTRIES
from gdprdesk.services.notes import add_attachment, add_note, save_draft
from gdprdesk.services.notice import list_audiences, show_notice
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.organisation import list_missing_of_organisation, show_organisation
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.served import show_served_defaults
from gdprdesk.services.sources import add_source
from gdprdesk.services.subjects import register_subject
from gdprdesk.services.templates import TRADES
from tests.builders import CAKE, TODAY
from tests.journeys.conftest import Book, Books, new_register

pytestmark = pytest.mark.journey

A_YEAR = Decision(HoldGround.CLAIM, "An invoice in dispute", date(2027, 6, 30))


@pytest.fixture(params=product(TRADES, COUNTRIES, LANGUAGES), ids="-".join)
def book(request: pytest.FixtureRequest, book_of: Books) -> Book:
    return book_of(*request.param)


@pytest.fixture
def new(book: Book) -> Desk:
    return book.desk


def test_nothing_is_missing_in_any_row_or_about_the_business(new: Desk) -> None:
    assert {one.name: one.missing for one in new.ask(list_activities) if one.missing} == {}
    assert new.ask(list_missing_of_organisation) == ()
    assert new.check().ok


def test_it_speaks_one_language_and_says_why_there_is_no_officer(new: Desk) -> None:
    business = new.ask(show_organisation)
    none = {"sv": "inget dataskyddsombud", "nb": "ikke personvernombud", "en": "no data protection"}
    assert none[business.language] in business.officer
    names = [one.name for one in new.ask(list_activities)]
    assert len(names) == len(set(names)) > 12
    foreign = {"sv": "æø", "nb": "äö", "en": "åäöæø"}[business.language]
    assert not any(letter in name.casefold() for letter in foreign for name in names)


def test_every_row_answers_what_a_person_may_ask(book: Book) -> None:
    for row in book.rows():
        said = (row.basis_note, row.sources, row.duty, row.responsible, row.period)
        assert all(one.strip() for one in said), row.row.name
        assert any(letter.isdigit() for letter in row.period), row.period
        assert len(row.periods) == 1 + len(row.further_purposes)


def test_what_leaves_the_eea_has_its_safeguard(new: Desk) -> None:
    outside = [one for one in new.ask(list_recipients) if one.outside_eea]
    assert all(one.mechanism for one in outside)
    assert all(one.used_in for one in new.ask(list_recipients))


def test_every_consent_is_asked_for_in_every_language(new: Desk) -> None:
    asked = {}
    for said in LANGUAGES:
        texts = new.ask(list_consent_texts, language=said)
        assert all("Lind & co" in one.text and "maja@example.com" in one.text for one in texts)
        asked[said] = {one.purpose for one in texts}
    assert asked["sv"] == asked["nb"] == asked["en"] >= {"newsletter"}


def test_no_notice_lacks_anything_the_law_asks_for(new: Desk) -> None:
    audiences = new.ask(list_audiences)
    assert {Audience.CUSTOMERS, Audience.STAFF, Audience.WEB} <= {*audiences, Audience.CUSTOMERS}
    for audience in audiences:
        assert new.ask(show_notice, audience=audience).gaps == ()


@pytest.fixture(params=TRADES)
def own(request: pytest.FixtureRequest, folder: Path) -> Iterator[Desk]:
    """A register that a test may write in."""
    desk = new_register(folder, request.param, "SE", "en")
    yield desk
    desk.lock()


def test_what_the_forms_ask_for_has_a_place_in_the_register(own: Desk, tmp_path: Path) -> None:
    """A record of each kind is written; where the register has no place, a sentence says so."""
    allowed = own.ask(allowed_fields)
    assert {FormField.PHONE, FormField.EMAIL, FormField.NOTES, FormField.FILES} <= allowed
    who = own.run(register_subject, name="Karin Holm", phone="0701740645")
    own.run(add_note, subject_ref=who, text="Called", channel=Channel.PHONE)
    scanned = tmp_path / "scan.pdf"
    scanned.write_bytes(b"%PDF-1.4")
    own.run(add_attachment, subject_ref=who, path=scanned)
    own.run(save_draft, form="note", entered={"text": "Half"}, subject_ref=who)
    order = own.run(add_booking, subject_ref=who, what="One", lines=(CAKE,))
    own.run(issue_invoice, booking_ref=order, number="F-2041")
    own.run(hold_person, subject_ref=who, decision=A_YEAR)
    own.run(add_source, subject_ref=who, source="A public register", obtained_on=TODAY)
    if FormField.DIET not in allowed:
        with pytest.raises(DomainError, match="The register says that you do not keep"):
            own.run(add_booking, subject_ref=who, what="One", diet="Nuts")


def test_an_operator_has_a_register_of_those_it_serves(book_of: Books) -> None:
    for country, said in product(COUNTRIES, LANGUAGES):
        usual = book_of("booking", country, said).desk.ask(show_served_defaults)
        assert usual.categories
        assert usual.measures
        assert usual.recipients
    assert not book_of("cafe", "SE", "sv").desk.ask(show_served_defaults).categories
