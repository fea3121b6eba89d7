"""From nothing to a filled register, for each country and language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.services.activities import list_activities, show_activity
from gdprdesk.services.bookings import add_booking
from gdprdesk.services.consents import list_consent_texts
from gdprdesk.services.onboarding import Business, propose
from gdprdesk.services.organisation import show_organisation, update_organisation
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.templates import EXTRAS
from tests.builders import CHEAP, PASSWORD, TODAY


@contextmanager
def opened(folder: Path, business: Business) -> Iterator[Desk]:
    desk, _recovery = Desk.create(folder, business=business, password=PASSWORD, limits=CHEAP)
    try:
        yield desk
    finally:
        desk.lock()


@pytest.mark.parametrize("country", ["SE", "NO"])
@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_what_is_proposed_is_what_the_register_has(
    folder: Path, country: str, language: str
) -> None:
    business = Business("Kafé", country=country, language=language, extras=EXTRAS)
    proposed = propose(business, TODAY)
    with opened(folder, business) as desk:
        rows = desk.ask(list_activities)
        assert [row.name for row in rows] == [one.name for one in proposed]
        assert len(rows) == 17
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
        orders, _enquiries, invoices, *_rest = desk.ask(list_activities)
        assert desk.ask(show_activity, activity_ref=orders.ref).rule.count == 6
        assert desk.ask(show_activity, activity_ref=invoices.ref).rule.law == "bookkeeping"


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
    assert len(propose(business, TODAY)) == 16


def test_a_sole_trader_may_give_her_own_number(desk: Desk) -> None:
    desk.run(update_organisation, org_number="8803200016")
    assert desk.ask(show_organisation).org_number == "880320-0016"
