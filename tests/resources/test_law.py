"""The dated figures of the law, checked by hand against its text."""

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource
from gdprdesk.services.law import law_in

TODAY = date(2026, 11, 21)
COUNTRIES = ("SE", "NO")


def book(country):
    return tomllib.loads(resource(f"law/{country.lower()}.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("country", "year_ends_in", "key", "day", "last"),
    [
        # The seventh year after the calendar year in which the financial year ended.
        ("SE", 12, "bookkeeping", date(2026, 11, 21), date(2033, 12, 31)),
        ("SE", 6, "bookkeeping", date(2026, 3, 1), date(2033, 12, 31)),
        ("SE", 6, "bookkeeping", date(2026, 7, 1), date(2034, 12, 31)),
        ("SE", 12, "attendance", date(2026, 11, 21), date(2028, 12, 31)),
        # Five, or three and a half, years after the end of the financial year itself.
        ("NO", 12, "bookkeeping", date(2026, 11, 21), date(2031, 12, 31)),
        ("NO", 6, "bookkeeping", date(2026, 6, 30), date(2031, 6, 30)),
        ("NO", 12, "bookkeeping_secondary", date(2026, 11, 21), date(2030, 6, 30)),
        ("NO", 12, "attendance", date(2026, 11, 21), date(2030, 6, 30)),
    ],
)
def test_a_law_keeps_until_its_last_day(country, year_ends_in, key, day, last) -> None:
    assert law_in(country, year_ends_in).keep_until(key, day, TODAY) == last


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_period_says_whose_it_is_where_it_is_written_and_what_people_call_it(country) -> None:
    for row in book(country)["row"]:
        assert row["country"] == country
        assert "§" in row["source"] or "kap." in row["source"]
        assert set(row["name"]) == set(LANGUAGES)
        assert all(name.strip() for name in row["name"].values())
        assert row["valid_from"] <= row.get("valid_to", date.max)


@pytest.mark.parametrize(
    ("country", "key", "day", "rate"),
    [
        ("SE", "food", date(2026, 3, 31), 12),
        ("SE", "food", date(2026, 4, 1), 6),
        ("SE", "food", date(2027, 12, 31), 6),
        ("SE", "food", date(2028, 1, 1), 12),
        ("SE", "serving", date(2026, 4, 1), 12),
        ("SE", "standard", TODAY, 25),
        ("NO", "food", TODAY, 15),
        ("NO", "standard", TODAY, 25),
        ("NO", "low", TODAY, 12),
        ("NO", "none", TODAY, 0),
    ],
)
def test_one_rate_of_vat_applies_on_a_day(country, key, day, rate) -> None:
    rows = [row for row in book(country)["vat"] if row["key"] == key]
    valid = [row for row in rows if row["valid_from"] <= day <= row.get("valid_to", day)]
    assert [row["rate"] for row in valid] == [rate]


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_rates_of_a_kind_of_sale_follow_each_other_without_a_gap(country) -> None:
    kinds = defaultdict(list)
    for row in book(country)["vat"]:
        assert row["country"] == country
        assert set(row["label"]) == set(LANGUAGES)
        assert all(label.startswith(str(row["rate"])) for label in row["label"].values())
        kinds[row["key"]].append(row)
    for rows in kinds.values():
        for earlier, later in pairwise(rows):
            assert earlier["valid_to"] + timedelta(days=1) == later["valid_from"]
        assert "valid_to" not in rows[-1]


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_authority_can_be_written_to(country) -> None:
    authority = book(country)["authority"]
    assert authority["name"].strip()
    assert any(character.isdigit() for character in authority["address"])
    assert authority["web"].startswith("https://")
