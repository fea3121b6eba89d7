"""The made-up people of the example register can be mistaken for nobody who exists."""

import tomllib
from datetime import date
from decimal import Decimal

import phonenumbers
import pytest
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from gdprdesk.domain.terms import ContactKind, SubjectKind
from gdprdesk.resources import resource
from gdprdesk.services.contacts import normalise, org_number
from gdprdesk.services.example_book import BOOKS, example_book
from gdprdesk.services.example_people import list_companies
from gdprdesk.services.templates import TRADES, template

PEOPLE = ("women", "men", "last_names", "streets", "evidence")
WORDS = ("occasions", "order_notes", "notes", "enquiries")
# What the Swedish authority keeps free for fiction; in Norway 49 is in no use.
FREE = {
    "SE": ["+46701740", "+46313900", "+46406280", "+468465004", "+46980319"],
    "NO": ["+474900"],
}


def digits(number: str) -> str:
    return "".join(one for one in number if one.isdigit())


@pytest.fixture(params=[(one, country) for one in TRADES for country in BOOKS], ids="-".join)
def demo(request):
    return example_book(*request.param)


def test_there_is_enough_of_everything_and_nothing_twice(demo) -> None:
    for name in (*PEOPLE, *WORDS, *(["diets"] if "diets" in demo else [])):
        assert len(demo[name]) >= 5, name
        assert len(set(demo[name])) == len(demo[name]), name
        assert all(text == text.strip() != "" for text in demo[name]), name
    assert len(demo["evidence"]) == 5  # one for each way to say yes
    assert len(demo["women"]) * len(demo["last_names"]) > 2000
    letters = "".join(demo["women"] + demo["men"] + demo["last_names"])
    wanted = "åäöÅÄÖ" if demo["country"] == "SE" else "åæøÅØ"
    assert set(wanted) <= set(letters)
    assert "picture" not in demo or resource(f"demo/{demo['picture']}").is_file()
    assert len({one["text"] for one in demo["product"]}) == len(demo["product"]) >= 10


@pytest.mark.parametrize("trade", TRADES)
def test_both_languages_have_the_same_parts(trade) -> None:
    first, second = (example_book(trade, country) for country in BOOKS)
    assert first.keys() == second.keys()
    assert first["organisation"].keys() == second["organisation"].keys()
    for name in ("product", "company", "supplier", *WORDS):
        if name != "product" or trade != "cafe":
            assert len(first.get(name, ())) == len(second.get(name, ())), name


@pytest.mark.parametrize("country", BOOKS)
def test_no_two_trades_sell_say_or_know_the_same(country) -> None:
    for name in ("product", "company"):
        said = [
            one["text" if name == "product" else "name"]
            for trade in TRADES
            for one in example_book(trade, country)[name]
        ]
        assert len(set(said)) == len(said), name


@pytest.mark.parametrize("trade", TRADES)
def test_people_are_asked_only_what_the_register_of_the_trade_asks(trade) -> None:
    book = example_book(trade, "SE")
    asked = [one["purpose"] for one in book["consent"]]
    asked += [book["needed"]] if "needed" in book else []
    asked += ["diet"] if "diets" in book else []
    known = {one["key"]: one for one in template(trade)["consent_text"]}
    assert set(asked) <= set(known)
    assert "newsletter" in asked or "subscriber" not in book["people"]
    assert set(book["people"]) <= {one.value for one in SubjectKind}
    assert ("supplier" in book["people"]) == ("supplier" in book)


def test_every_phone_number_is_one_that_reaches_nobody(demo) -> None:
    country = demo["country"]
    ranges = [(one["first"], one["last"]) for one in demo["phone_ranges"]]
    for number in [demo["organisation"]["phone"], *(end for pair in ranges for end in pair)]:
        _read, normal = normalise(ContactKind.PHONE, number, country)
        assert normal.startswith(tuple(FREE[country])), number
        assert phonenumbers.is_valid_number(phonenumbers.parse(normal)) == (country == "SE")
    for first, last in ranges:
        assert 0 < int(digits(last)) - int(digits(first)) < 1000


def test_every_address_is_at_a_domain_for_examples(demo) -> None:
    assert set(demo["domains"]) <= {"example.se", "example.no", "example.com"}
    assert demo["organisation"]["email"].partition("@")[2] in demo["domains"]


def test_every_org_number_is_right_and_in_a_series_not_in_use(demo) -> None:
    checker, country = (swedish, "SE") if demo["country"] == "SE" else (norwegian, "NO")
    companies = (demo["organisation"], *list_companies(demo))
    numbers = [one["org_number"] for one in companies]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert checker.is_valid(number)
        assert org_number(number, country)
        compact = digits(number)
        assert compact[2:6] == "9999" if country == "SE" else compact[0] == "3"


def test_every_price_is_an_amount_with_a_rate_of_today(demo) -> None:
    book = tomllib.loads(resource(f"law/{demo['country'].lower()}.toml").read_text("utf-8"))
    today = date(2026, 11, 21)
    known = {
        row["key"]
        for row in book["vat"]
        if row["valid_from"] <= today <= row.get("valid_to", today)
    }
    for product in demo["product"]:
        assert Decimal(product["price"]) > 0
        assert product["price"] == f"{Decimal(product['price']):.2f}"
        assert product["vat"] in known


def test_no_note_says_what_the_record_promises_never_to_write(demo) -> None:
    forbidden = (
        "allergi",
        "sjukdom",
        "sykdom",
        "muslim",
        "kristen",
        "parti",
        "cancer",
        "kreft",
        "smärta",
        "smerte",
        "depress",
        "ångest",
        "angst",
        "diagnos",
    )
    for text in (*demo["notes"], *demo["order_notes"]):
        assert not any(word in text.casefold() for word in forbidden), text
