"""People: written down, changed, found by whatever part of them is remembered."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import CompanyRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import Channel, ContactKind, SubjectKind
from gdprdesk.i18n import language
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.companies import add_company, list_companies, update_company
from gdprdesk.services.contacts import ContactEntry, check_contact, check_org_number
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.notes import add_note, save_draft
from gdprdesk.services.onboarding import Business
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import (
    add_contact,
    find_duplicates,
    list_subjects,
    update_contact,
    update_subject,
)
from tests.builders import (
    CHEAP,
    PASSWORD,
    TODAY,
    Clock,
    delivered,
    invoiced,
    order,
    person,
)


def found(desk: Desk, search: str) -> list[str]:
    return [row.name for row in desk.ask(list_subjects, search=search).rows]


@pytest.fixture
def norwegian(tmp_path, clock: Clock) -> Any:
    """The open register of a Norwegian cafe."""
    business = Business(name="Kafé Fjord", country="NO", language="nb", org_number="974760673")
    place = tmp_path / "norsk.gdprdesk"
    opened, _key = Desk.create(place, business=business, password=PASSWORD, limits=CHEAP)
    yield opened
    opened.lock()


def test_a_person_with_everything(desk: Desk) -> None:
    ref = person(
        desk, "  Karin   Holm ", email="Karin@Example.com", phone="0701740645", address="Gatan 1"
    )
    (row,) = desk.ask(list_subjects).rows
    assert (row.ref, row.name, row.kind) == (ref, "Karin Holm", SubjectKind.CUSTOMER)
    assert (row.email, row.phone) == ("Karin@example.com", "070-174 06 45")
    assert (row.last_on, row.kept_until) == (TODAY, TODAY.replace(year=2028))


@pytest.mark.parametrize(
    "typed", ["0701740645", "+46 70 174 06 45", "070-174 06 45", "0046701740645"]
)
def test_one_number_however_it_is_typed(desk: Desk, typed: str) -> None:
    ref = person(desk, phone=typed)
    assert desk.ask(show_subject, subject_ref=ref).contacts[0].value == "070-174 06 45"
    for other in ("0701740645", "+46701740645"):
        assert [row.ref for row in desk.ask(find_duplicates, phone=other)] == [ref]


def test_a_form_can_ask_how_a_contact_would_be_kept(desk: Desk) -> None:
    asked = {"0701740645": "070-174 06 45", " ": ""}
    for typed, kept in asked.items():
        assert desk.ask(check_contact, kind=ContactKind.PHONE, value=typed) == kept
    with pytest.raises(DomainError, match="e-mail address like this"):
        desk.ask(check_contact, kind=ContactKind.EMAIL, value="karin")
    assert desk.ask(check_org_number, value="") == ""


def test_all_contacts_are_given_at_once(desk: Desk) -> None:
    ref = person(desk, phone="0701740645", email="karin@example.com")
    mail, phone = desk.ask(show_subject, subject_ref=ref).contacts
    contacts = (
        ContactEntry(ContactKind.PHONE, "0701740646", phone.ref),
        ContactEntry(ContactKind.ADDRESS, "Storgatan 9"),
        ContactEntry(ContactKind.OTHER, " "),
    )
    desk.run(update_subject, subject_ref=ref, contacts=contacts)
    shown = desk.ask(show_subject, subject_ref=ref).contacts
    assert [one.value for one in shown] == ["070-174 06 46", "Storgatan 9"]
    assert mail.ref not in {one.ref for one in shown}


def test_a_foreign_number_keeps_its_country(desk: Desk) -> None:
    ref = person(desk, phone="+47 22 12 34 56")
    assert desk.ask(show_subject, subject_ref=ref).contacts[0].value == "+47 22 12 34 56"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "x" * 201}, "at most 200 letters"),
        ({"name": "Karin", "phone": "070"}, "like this: 070-174 06 45"),
        ({"name": "Karin", "phone": "ring mig"}, "like this: 070-174 06 45"),
        ({"name": "Karin", "email": "karin@"}, "like this: name@example.com"),
        ({"name": "Karin", "email": "karin example.com"}, "like this: name@example.com"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_no_trace(
    desk: Desk, given: dict[str, str], sentence: str
) -> None:
    lines = desk.ask(lambda read: read.scalar(select(func.count()).select_from(AuditEntry)))
    with language("en"), pytest.raises(DomainError, match=sentence):
        person(desk, **given)
    assert desk.ask(list_subjects).total == 0
    assert lines == desk.ask(lambda read: read.scalar(select(func.count()).select_from(AuditEntry)))


def test_a_norwegian_number_is_asked_for_in_norway(norwegian: Desk) -> None:
    with pytest.raises(DomainError, match="22 12 34 56"):
        person(norwegian, phone="1")
    ref = person(norwegian, phone="22123456")
    assert norwegian.ask(show_subject, subject_ref=ref).contacts[0].value == "22 12 34 56"


def test_a_person_is_changed_and_the_search_follows(desk: Desk) -> None:
    hotel = desk.run(add_company, name="Hotell Sjön")
    ref = person(desk, phone="0701740645")
    desk.run(update_subject, subject_ref=ref, name="Karin Berg", company_ref=hotel, language="en")
    desk.run(update_subject, subject_ref=ref, kind=SubjectKind.COMPANY_CONTACT)
    assert (found(desk, "holm"), found(desk, "berg")) == ([], ["Karin Berg"])
    shown = desk.ask(show_subject, subject_ref=ref)
    assert (shown.company, shown.language, shown.kind) == (
        "Hotell Sjön",
        "en",
        SubjectKind.COMPANY_CONTACT,
    )
    desk.run(update_subject, subject_ref=ref, company_ref=CompanyRef(""), language="")
    assert desk.ask(show_subject, subject_ref=ref).company == ""
    assert desk.ask(show_subject, subject_ref=ref).language is None


def test_contacts_are_added_corrected_and_taken_away(desk: Desk) -> None:
    ref = person(desk)
    number = desk.run(add_contact, subject_ref=ref, kind=ContactKind.PHONE, value="0701740645")
    desk.run(update_contact, ref=number, value="0701740646")
    assert (found(desk, "0645"), found(desk, "0646")) == ([], ["Karin Holm"])
    with pytest.raises(DomainError, match="phone number like this"):
        desk.run(update_contact, ref=number, value="inget")
    with pytest.raises(DomainError, match="number or address first"):
        desk.run(add_contact, subject_ref=ref, kind=ContactKind.PHONE, value=" ")
    desk.run(update_contact, ref=number, value=" ")
    assert desk.ask(show_subject, subject_ref=ref).contacts == ()


def test_who_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="not in the register any more"):
        desk.ask(show_subject, subject_ref=SubjectRef("nobody"))


def test_a_shared_number_never_makes_two_people_one(desk: Desk) -> None:
    karin, kim = person(desk, phone="0701740645"), person(desk, "Kim Holm", phone="0701740645")
    assert karin != kim
    assert desk.ask(list_subjects).total == 2
    rows = desk.ask(find_duplicates, name="kim  holm", phone="+46701740645")
    assert [(row.name, row.shared) for row in rows] == [
        ("Karin Holm", "070-174 06 45"),
        ("Kim Holm", "070-174 06 45"),
    ]
    assert desk.ask(find_duplicates, name="Kim Berg", phone="trasig") == ()


@pytest.mark.parametrize(
    "search",
    ["björk", "bjork", "Bjørk", "åsa bj", "asa", "bj åsa", "174 06", "0645", "+46 70",
     "asa@sol", "solsidan.example", "blå tårta", "tarta", "1001", "marsipan"],
)  # fmt: skip
def test_she_is_found_by_any_part(desk: Desk, search: str) -> None:
    person(desk, "Bo Ek", phone="0731112233", email="bo@example.com")
    asa = person(desk, "Åsa Björk", phone="0701740645", email="asa@solsidan.example")
    order(desk, asa, what="Blå tårta", lines=())
    desk.run(add_note, subject_ref=asa, text="Älskar marsipan", channel=Channel.PHONE)
    assert found(desk, search) == ["Åsa Björk"]


@pytest.mark.parametrize("search", ["ork", "99", "asa ek", '"', "*", "OR", "åsa NOT bo", "()"])
def test_what_is_nowhere_finds_nobody(desk: Desk, search: str) -> None:
    person(desk, "Åsa Björk", phone="0701740645")
    person(desk, "Bo Ek")
    assert found(desk, search) == []


@pytest.mark.parametrize(
    "search",
    ["\N{ACUTE ACCENT}", "¨", "`", "\u0301", "\0", "\u200b", "\udcff", "-", "()", '"*"', "?!"],
)
def test_what_is_no_word_finds_nobody(desk: Desk, search: str) -> None:
    asa = person(desk, "Åsa Björk")
    invoiced(desk, asa)
    assert found(desk, search) == []
    assert desk.ask(list_bookings, search=search).total == 0
    assert desk.ask(list_invoices, search=search).total == 0
    assert found(desk, f"{search} Åsa") == ["Åsa Björk"]


def test_how_a_record_is_built_is_no_word_about_a_person(desk: Desk) -> None:
    asa = person(desk, "Åsa Björk")
    order(desk, asa, what="Kalas", lines=(LineEntry("Mandelbulle", "731", "45", "12"),))
    assert found(desk, "mandel") == ["Åsa Björk"]
    for search in ("net", "vat", "price", "quantity", "rate", "text", "731", "true"):
        assert found(desk, search) == []


def test_nobody_is_found_by_her_health_or_by_a_draft(desk: Desk) -> None:
    asa = person(desk, "Åsa Björk", phone="0701740645")
    order(desk, asa, diet="gluten")
    desk.run(save_draft, form="note", entered={"text": "halvfärdig"}, subject_ref=asa)
    assert (found(desk, "gluten"), found(desk, "halvfärdig")) == ([], [])
    assert found(desk, "+46 70 174") == ["Åsa Björk"]


def test_norwegian_letters_are_found_from_a_swedish_keyboard_and_back(desk: Desk) -> None:
    for name in ("Bjørn Sæther", "Björn Säther"):
        person(desk, name)
    assert len(found(desk, "björn")) == len(found(desk, "bjørn")) == 2
    assert found(desk, "sæt") == ["Bjørn Sæther"]


NAMES = ["Zara", "Åsa", "Ärla", "Örjan", "Anna"]


def test_swedish_order(desk: Desk) -> None:
    for name in NAMES:
        person(desk, name)
    assert found(desk, "") == ["Anna", "Zara", "Åsa", "Ärla", "Örjan"]


def test_norwegian_order(norwegian: Desk) -> None:
    for name in ("Zara", "Åse", "Ærlig", "Øyvind", "Anna"):
        person(norwegian, name)
    assert found(norwegian, "") == ["Anna", "Zara", "Ærlig", "Øyvind", "Åse"]


def test_a_long_list_comes_in_pages(desk: Desk) -> None:
    for number in range(7):
        person(desk, f"Person {number}")
    pages = [desk.ask(list_subjects, offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [page.total for page in pages] == [7, 7, 7]
    assert [row.name[-1] for page in pages for row in page.rows] == list("0123456")


def test_a_list_of_one_kind(desk: Desk) -> None:
    person(desk, "Anna")
    person(desk, "Leverantören", kind=SubjectKind.SUPPLIER)
    rows = desk.ask(list_subjects, kind=SubjectKind.SUPPLIER).rows
    assert [row.name for row in rows] == ["Leverantören"]


def test_the_page_of_a_person(desk: Desk, clock: Clock) -> None:
    anna, karin, ziv = (person(desk, name) for name in ("Anna", "Karin", "Ziv"))
    clock.move(days=3)
    delivered(desk, karin, note="Ring")
    invoiced(desk, karin, paid_on=None)
    shown = desk.ask(show_subject, subject_ref=karin)
    assert (shown.previous, shown.next, shown.place, shown.of) == (anna, ziv, 2, 3)
    assert (shown.registered_on, shown.last_on) == (TODAY, desk.today)
    assert [row.kind for row in shown.history] == ["booking", "booking", "invoice"]
    why = {row.activity: row for row in shown.why}
    assert set(why) == {"Beställningar och bokningar", "Fakturor och bokföring"}
    assert why["Fakturor och bokföring"].until == TODAY.replace(2033, 12, 31)
    assert why["Fakturor och bokföring"].is_law


def test_rows_show_nobody_by_accident(desk: Desk) -> None:
    ref = person(desk)
    for shown in (desk.ask(list_subjects), desk.ask(show_subject, subject_ref=ref)):
        assert "Karin" not in repr(shown)


def test_companies_and_their_people(desk: Desk) -> None:
    hotel = desk.run(add_company, name="Hotell Sjön AB", org_number="5560360793", address="Sjön 1")
    person(desk, "Anna", company_ref=hotel, kind=SubjectKind.COMPANY_CONTACT)
    (row,) = desk.ask(list_companies)
    assert (row.name, row.org_number, row.address, row.contacts) == (
        "Hotell Sjön AB",
        "556036-0793",
        "Sjön 1",
        1,
    )
    desk.run(update_company, company_ref=hotel, name="Sjön AB", org_number="", address="")
    assert desk.ask(list_companies)[0].name == "Sjön AB"
    assert desk.ask(list_subjects).rows[0].company == "Sjön AB"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("556036-0794", "check digit"), ("123", "check digit"), ("880320-0016", "sole trader")],
)
def test_an_org_number_that_is_wrong_or_a_person(desk: Desk, number: str, sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        desk.run(add_company, name="Bolaget", org_number=number)
    assert desk.ask(list_companies) == ()


def test_a_norwegian_org_number(norwegian: Desk) -> None:
    assert norwegian.ask(check_org_number, value="974760673") == "974 760 673"
    norwegian.run(add_company, name="Fjord AS", org_number="974 760 673")
    assert norwegian.ask(list_companies)[0].org_number == "974 760 673"
    with pytest.raises(DomainError, match="check digit"):
        norwegian.run(add_company, name="Fjord AS", org_number="974760674")
