"""From nothing to a filled register, for each country and language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import LegalBasis
from gdprdesk.i18n import language
from gdprdesk.services.activities import list_activities, show_activity
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.onboarding import Business, propose
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.organisation import (
    list_missing_of_organisation,
    show_organisation,
    show_page_names,
    update_organisation,
)
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.sources import add_source, list_sources
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.templates import TRADES, extras_of, usual_extras
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, person


@contextmanager
def opened(folder: Path, business: Business) -> Iterator[Desk]:
    desk, _recovery = Desk.create(folder, business=business, password=PASSWORD, limits=CHEAP)
    try:
        yield desk
    finally:
        desk.lock()


@pytest.mark.parametrize("country", ["SE", "NO"])
@pytest.mark.parametrize("said", ["sv", "nb", "en"])
def test_what_is_proposed_is_what_the_register_has(folder: Path, country: str, said: str) -> None:
    business = Business("Kafé", country=country, language=said, extras=extras_of("cafe"))
    proposed = propose(business, TODAY)
    with opened(folder, business) as desk:
        rows = desk.ask(list_activities)
        assert [row.name for row in rows] == [one.name for one in proposed]
        assert len(rows) == 20
        assert desk.ask(list_subjects).total == 0
        assert desk.undo_label is None
        shown = desk.ask(show_organisation)
        assert (shown.country, shown.currency) == (country, {"SE": "SEK", "NO": "NOK"}[country])
        countries = {one.country for one in desk.ask(list_recipients)}
        assert countries <= {country, "US", "IE"}
        # What is left to her is the agreements that only she can have.
        lacks = {sentence for row in rows for sentence in row.lacks}
        assert lacks == {"A processor agreement is missing"}
        assert desk.check().ok


def test_what_she_does_not_have_is_left_out(folder: Path) -> None:
    business = Business("Kafé", extras=("photos",), left_out=("enquiries",))
    with opened(folder, business) as desk:
        keys = {row.name for row in desk.ask(list_activities)}
        assert "Nyhetsbrev" not in keys
        assert "Frågor via telefon, e-post och Messenger" not in keys
        assert "Foto på webb och sociala medier" in keys
        assert "Mailchimp (Intuit)" not in {one.name for one in desk.ask(list_recipients)}
        assert {one.purpose for one in desk.ask(list_consent_texts)} == {"photo", "diet"}


def test_an_own_period_is_hers_but_not_where_a_law_says(folder: Path) -> None:
    business = Business("Kafé", rules={"orders": 6, "invoices": 1})
    by_key = {one.key: one for one in propose(business, TODAY)}
    assert by_key["orders"].months == 24
    assert by_key["invoices"].months is None
    with opened(folder, business) as desk:
        orders, _enquiries, _calls, invoices, *_rest = desk.ask(list_activities)
        assert desk.ask(show_activity, activity_ref=orders.ref).rule.count == 6
        assert desk.ask(show_activity, activity_ref=invoices.ref).rule.law == "bookkeeping"


def test_what_is_usual_in_the_trade_is_there_but_no_cameras() -> None:
    assert Business("Kafé").has == ("newsletter", "photos", "staff", "website")
    assert Business("Massage", trade="therapy").has == (
        "shop",
        "testimonials",
        "newsletter",
        "staff",
        "website",
    )
    assert not any("cameras" in usual_extras(trade) for trade in TRADES)
    assert Business("Kafé", extras=()).has == ()


def test_a_long_period_is_kept_with_its_reason(folder: Path) -> None:
    dealer = Business("Maskin", trade="dealer", country="NO", language="en")
    customers = propose(dealer, TODAY)[0]
    assert (customers.months, customers.legal_basis) == (180, LegalBasis.LEGITIMATE_INTEREST)
    assert "machine" in customers.reason
    assert len(customers.weighed) == 4
    own = replace(dealer, rules={"customers": 48}, reasons={"customers": "The usual guarantee"})
    with opened(folder, own) as desk:
        row = desk.ask(list_activities)[0]
        rule = desk.ask(show_activity, activity_ref=row.ref).rule
        assert (rule.count, rule.reason, row.missing) == (48, "The usual guarantee", ())


def test_what_is_watched_is_judged_before_it_is_agreed_to() -> None:
    cameras = Business("Kafé", extras=("cameras",), language="en")
    (one,) = (one for one in propose(cameras, TODAY) if one.key == "cameras")
    assert one.weighed
    assert one.risk
    orders = propose(cameras, TODAY)[0]
    assert (orders.weighed, orders.risk, orders.reason) == ((), "", "")


@pytest.mark.parametrize(
    ("trade", "names"),
    [
        ("cafe", {"sv": ("Personer", "Beställningar"), "nb": ("Personer", "Bestillinger")}),
        ("therapy", {"sv": ("Klienter", "Bokningar"), "nb": ("Klienter", "Timeavtaler")}),
        ("dealer", {"nb": ("Kunder", "Ordrer"), "en": ("Customers", "Orders")}),
    ],
)
def test_pages_are_named_by_the_trade_in_the_language_of_the_window(
    folder: Path, trade: str, names: dict[str, tuple[str, str]]
) -> None:
    with opened(folder, Business("Kafé", trade=trade, language="en")) as desk:
        for said, expected in names.items():
            with language(said):
                pages = desk.ask(show_page_names)
            assert (pages.people, pages.orders) == expected


def test_what_article_30_asks_of_the_business_is_said_and_hinders_nothing(folder: Path) -> None:
    with opened(folder, Business("Kafé", language="en")) as desk:
        lacks = desk.ask(list_missing_of_organisation)
        assert lacks[:2] == (
            "The org. number of the business is missing",
            "The address of the business is missing",
        )
        assert len(lacks) == 4  # why there is no data protection officer is in the template
        assert "data protection officer" in desk.ask(show_organisation).officer


def test_a_row_left_out_is_asked_for_before_anything_is_written(folder: Path) -> None:
    refused = pytest.raises(DomainError, match="does not say why you keep this")
    with opened(folder, Business("Kafé", left_out=("orders",))) as desk, refused:
        desk.run(add_booking, what="Tårta")


@pytest.mark.parametrize(
    ("business", "sentence"),
    [
        (Business(" "), "name of the business"),
        (Business("Kafé", trade="smith"), "no template"),
        (Business("Kafé", language="de"), "no template"),
        (Business("Kafé", org_number="556036-0794"), "check digit"),
        (Business("Kafé", extras=("testimonials",)), "no such extra"),
    ],
)
def test_a_register_that_cannot_be_filled_is_not_made(
    folder: Path, business: Business, sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        Desk.create(folder, business=business, password=PASSWORD, limits=CHEAP)
    assert not list(folder.parent.iterdir())
    with opened(folder, Business("Kafé")) as desk:
        assert desk.ask(list_activities)


@pytest.mark.parametrize("last_month", range(1, 13))
def test_a_financial_year_may_end_in_any_month(last_month: int) -> None:
    business = Business("Kafé", country="NO", year_ends_in=last_month)
    assert len(propose(business, TODAY)) == 18


def test_a_sole_trader_may_give_her_own_number(desk: Desk) -> None:
    desk.run(update_organisation, org_number="8803200016")
    assert desk.ask(show_organisation).org_number == "880320-0016"


def test_what_the_program_itself_needs_is_never_left_out(folder: Path) -> None:
    needed = [one.key for one in propose(CAFE, TODAY) if one.is_needed]
    assert needed == ["requests", "register_log"]
    with opened(folder, Business("Kafé", left_out=("requests",))) as desk:
        who = person(desk, "Karin Ek")
        desk.run(add_source, subject_ref=who, source="Bolagsverket")
        assert len(desk.ask(list_sources)) == 1
