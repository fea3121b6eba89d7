"""A new register of any of the five trades says all that the law asks for, before any work is done.

Five trades, two countries, three languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Channel, FormField, HoldGround
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.activities import ActivityDetail, list_activities, show_activity
from gdprdesk.services.bookings import add_booking
from gdprdesk.services.consents import list_consent_texts
from gdprdesk.services.form_fields import allowed_fields
from gdprdesk.services.holds import Decision, hold_person
from gdprdesk.services.invoices import issue_invoice
from gdprdesk.services.law import COUNTRIES
from gdprdesk.services.notes import add_attachment, add_note, save_draft
from gdprdesk.services.onboarding import Business
from gdprdesk.services.organisation import list_missing_of_organisation, show_organisation
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.served import show_served_defaults
from gdprdesk.services.sources import add_source
from gdprdesk.services.subjects import register_subject
from gdprdesk.services.templates import TRADES, extras_of
from tests.builders import CAKE, CHEAP, PASSWORD, TODAY

pytestmark = pytest.mark.journey

Registers = Callable[[str, str, str], Desk]
A_YEAR = Decision(HoldGround.CLAIM, "An invoice in dispute", date(2027, 6, 30))
OWN_NUMBERS = {"SE": "556036-0793", "NO": "923609016"}


@pytest.fixture(scope="module")
def register_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registers]:
    """The new register of a trade, country and language, made once; no test changes it."""
    opened: dict[tuple[str, str, str], Desk] = {}

    def made(*wanted: str) -> Desk:
        trade, country, said = wanted
        if wanted not in opened:
            folder = tmp_path_factory.mktemp("new") / "new.gdprdesk"
            opened[trade, country, said] = new_register(folder, trade, country, said)
        return opened[trade, country, said]

    yield made
    for desk in opened.values():
        desk.lock()


def new_register(folder: Path, trade: str, country: str, said: str) -> Desk:
    business = Business(
        "Lind & co",
        trade=trade,
        country=country,
        language=said,
        org_number=OWN_NUMBERS[country],
        address="Storgatan 1",
        contact="Maja Lind",
        email="maja@example.com",
        extras=extras_of(trade),
    )
    desk, _recovery = Desk.create(folder, business=business, password=PASSWORD, limits=CHEAP)
    return desk


@pytest.fixture(params=product(TRADES, COUNTRIES, LANGUAGES), ids="-".join)
def new(request: pytest.FixtureRequest, register_of: Registers) -> Desk:
    return register_of(*request.param)


def rows(desk: Desk) -> list[ActivityDetail]:
    return [desk.ask(show_activity, activity_ref=one.ref) for one in desk.ask(list_activities)]


def test_nothing_is_missing_in_any_row_or_about_the_business(new: Desk) -> None:
    assert {one.name: one.missing for one in new.ask(list_activities) if one.missing} == {}
    assert new.ask(list_missing_of_organisation) == ()
    assert new.check().ok


def test_it_speaks_one_language_and_says_why_there_is_no_officer(new: Desk) -> None:
    business = new.ask(show_organisation)
    none = {"sv": "inget dataskyddsombud", "nb": "ikke personvernombud", "en": "no data protection"}
    assert none[business.language] in business.officer
    names = [one.name for one in new.ask(list_activities)]
    assert len(names) == len(set(names)) >= 14
    foreign = {"sv": "æø", "nb": "äö", "en": "åäöæø"}[business.language]
    assert not any(letter in name.casefold() for letter in foreign for name in names)


def test_every_row_answers_what_a_person_may_ask(new: Desk) -> None:
    for row in rows(new):
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
    own.run(issue_invoice, booking_ref=order)
    own.run(hold_person, subject_ref=who, decision=A_YEAR)
    own.run(add_source, subject_ref=who, source="A public register", obtained_on=TODAY)
    if FormField.DIET not in allowed:
        with pytest.raises(DomainError, match="The register says that you do not keep"):
            own.run(add_booking, subject_ref=who, what="One", diet="Nuts")


def test_an_operator_has_a_register_of_those_it_serves(register_of: Registers) -> None:
    for country, said in product(COUNTRIES, LANGUAGES):
        usual = register_of("booking", country, said).ask(show_served_defaults)
        assert usual.categories
        assert usual.measures
        assert usual.recipients
    assert not register_of("cafe", "SE", "sv").ask(show_served_defaults).categories
