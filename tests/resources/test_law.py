"""The dated rows of the law, checked by hand against its text."""

import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.law import ReferenceKind
from gdprdesk.domain.retention import describe_rule
from gdprdesk.domain.terms import Start, Unit
from gdprdesk.i18n import LANGUAGES, language
from gdprdesk.resources import resource
from gdprdesk.services.law import (
    authority,
    authority_name,
    deadline_row,
    law_changes,
    law_in,
    references,
)

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
COUNTRIES = ("SE", "NO")
BOOKS = (*COUNTRIES, "EU")


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
        ("NO", 12, "appointments", date(2026, 11, 21), date(2031, 12, 31)),
        # From the last entry, and from the reading, whenever the financial year ends.
        ("SE", 6, "patient_journal", date(2026, 11, 21), date(2036, 11, 21)),
        ("SE", 6, "journal_log", date(2024, 2, 29), date(2029, 2, 28)),
        ("NO", 6, "patient_journal", date(2026, 11, 21), date(2036, 11, 21)),
    ],
)
def test_a_law_keeps_until_its_last_day(country, year_ends_in, key, day, last) -> None:
    assert law_in(country, year_ends_in).keep_until(key, day, TODAY) == last


def test_a_law_that_was_shortened_still_says_what_it_said() -> None:
    invoice = date(2009, 5, 1)
    assert law_in("SE", 12).keep_until("bookkeeping", invoice, date(2010, 12, 31)) == date(
        2019, 12, 31
    )
    assert law_in("SE", 12).keep_until("bookkeeping", invoice, date(2011, 1, 1)) == date(
        2016, 12, 31
    )
    assert law_in("NO", 12).row("bookkeeping", date(2014, 1, 31)).months == 120
    assert law_in("NO", 12).row("bookkeeping", date(2014, 2, 1)).months == 60


def test_a_period_from_the_day_itself_is_said_with_what_starts_it() -> None:
    rule = RetentionRule(Start.LAST_JOURNAL_ENTRY, 10, Unit.YEARS, "patient_journal")
    with language("en"):
        assert describe_rule(rule, law_in("SE", 12), TODAY) == (
            "10 years after the last entry in the journal (the Swedish Patient Data Act)"
        )


def test_only_the_norwegian_journal_has_no_number_of_its_own() -> None:
    loose = [row for country in COUNTRIES for row in law_in(country, 12).rows if not row.fixed]
    assert [(row.country, row.key) for row in loose] == [("NO", "patient_journal")]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_period_says_where_it_is_written(country) -> None:
    for row in law_in(country, 12).rows:
        assert row.country == country
        assert "§" in row.source or "kap." in row.source or "forskriften" in row.source


@pytest.mark.parametrize("country", BOOKS)
def test_every_row_is_dated_sourced_and_named_in_every_language(country) -> None:
    for table, rows in book(country).items():
        for row in rows:
            assert row["valid_from"] <= row.get("valid_to", date.max), row
            assert row["source"].strip()
            if table != "authority":
                name = row.get("name") or row["label"]
                assert set(name) == set(LANGUAGES), row
                assert all(said == said.strip() != "" for said in name.values())


@pytest.mark.parametrize("country", BOOKS)
def test_on_no_day_two_rows_say_the_same_thing(country) -> None:
    for rows in book(country).values():
        of_key = defaultdict(list)
        for row in rows:
            of_key[row["key"]].append(row)
        for same in of_key.values():
            same.sort(key=lambda row: row["valid_from"])
            for earlier, later in pairwise(same):
                assert earlier["valid_to"] < later["valid_from"], later


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
        assert set(row["label"]) == set(LANGUAGES)
        assert all(label.startswith(str(row["rate"])) for label in row["label"].values())
        kinds[row["key"]].append(row)
    for rows in kinds.values():
        for earlier, later in pairwise(rows):
            assert earlier["valid_to"] + timedelta(days=1) == later["valid_from"]
        assert "valid_to" not in rows[-1]


@pytest.mark.parametrize(
    ("country", "day", "name", "address", "email"),
    [
        (
            "SE",
            TODAY,
            "Integritetsskyddsmyndigheten (IMY)",
            "Box 8114, 104 20 Stockholm",
            "imy@imy.se",
        ),
        (
            "SE",
            date(2020, 12, 31),
            "Datainspektionen",
            "Box 8114, 104 20 Stockholm",
            "datainspektionen@datainspektionen.se",
        ),
        (
            "NO",
            TODAY,
            "Datatilsynet",
            "Postboks 458 Sentrum, 0105 Oslo",
            "postkasse@datatilsynet.no",
        ),
    ],
)
def test_the_authority_of_a_day_can_be_written_to(country, day, name, address, email) -> None:
    found = authority(country, day)
    assert (found.name, found.address, found.email) == (name, address, email)
    assert found.web.startswith("https://")
    assert found.phone.replace("-", "").replace(" ", "").isdigit()


def test_the_authority_is_called_what_it_is_called_now() -> None:
    assert authority_name("SE") == authority("SE", TODAY).name
    assert authority_name("NO") == "Datatilsynet"
    with pytest.raises(DomainError, match="No data protection authority"):
        authority("SE", date(1973, 6, 30))


@pytest.mark.parametrize(
    ("country", "key", "months", "days", "hours"),
    [
        ("SE", "answer", 1, 0, 0),
        ("NO", "answer", 1, 0, 0),
        ("SE", "extension", 3, 0, 0),
        ("NO", "source_notice", 1, 0, 0),
        ("NO", "breach", 0, 0, 72),
        ("SE", "breach_supplement", 0, 28, 0),
    ],
)
def test_within_what_time_something_is_done(country, key, months, days, hours) -> None:
    row = deadline_row(country, key, TODAY)
    assert (row.months, row.days, row.hours) == (months, days, hours)


@pytest.mark.parametrize(
    ("country", "key", "day"),
    [
        ("NO", "breach_supplement", TODAY),
        ("SE", "answer", date(2018, 5, 24)),
        ("SE", "other", TODAY),
    ],
)
def test_no_deadline_is_a_sentence_and_no_guess(country, key, day) -> None:
    with pytest.raises(DomainError, match="No legal period is known"):
        deadline_row(country, key, day)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_spelling_stands_for_one_thing(country) -> None:
    known = references(country)
    spellings = [said for one in known for said in one.said]
    assert all(one.said for one in known)
    assert [said for said, times in Counter(spellings).items() if times > 1] == []
    assert all(said == said.lower().strip() != "" for said in spellings)
    keys = Counter(one.key for one in known)
    assert max(keys.values()) == 1


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_is_repealed_leads_to_what_applies_now(country) -> None:
    by_key = {one.key: one for one in references(country)}
    for one in by_key.values():
        assert one.applies_on(TODAY) == (one.replaced_by is None), one.key
        latest = one
        while latest.replaced_by:
            earlier, latest = latest, by_key[latest.replaced_by]
            assert earlier.valid_from < latest.valid_from, earlier.key
            assert earlier.kind is latest.kind, earlier.key
        assert latest.applies_on(TODAY), one.key


@pytest.mark.parametrize(
    ("country", "said", "last_day", "now"),
    [
        ("SE", "personuppgiftslagen", date(2018, 5, 24), "gdpr"),
        ("SE", "pul", date(2018, 5, 24), "gdpr"),
        ("SE", "datainspektionen", date(2020, 12, 31), "data_protection_authority"),
        ("SE", "personuppgiftsombud", date(2018, 5, 24), "data_protection_officer"),
        ("SE", "2003:389", date(2022, 6, 2), "cookies"),
        ("SE", "kameraövervakningslagen", date(2018, 7, 31), "camera"),
        ("SE", "sosfs 2008:14", date(2017, 2, 28), "patient_regulations"),
        ("SE", "privacy shield", date(2020, 7, 15), "data_privacy_framework"),
        ("NO", "14. april 2000", date(2018, 7, 19), "personal_data_act"),
        ("NO", "2-7b", date(2024, 12, 31), "cookies"),
        ("NO", "fylkesmannen", date(2020, 12, 31), "county_governor"),
        ("NO", "95/46", date(2018, 5, 24), "gdpr"),
    ],
)
def test_old_names_are_known_with_their_last_day_and_what_came_instead(
    country, said, last_day, now
) -> None:
    (found,) = (one for one in references(country) if said in one.said)
    assert (found.valid_to, found.replaced_by) == (last_day, now)


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("SE", "imy"),
        ("SE", "dataskyddsombud"),
        ("SE", "dataskyddslagen"),
        ("SE", "patientdatalagen"),
        ("NO", "personvernombud"),
        # The acts of 2000 and 2003 had the names that those of today have.
        ("NO", "personopplysningsloven"),
        ("NO", "ekomloven"),
        ("NO", "datatilsynet"),
    ],
)
def test_names_of_today_are_not_old(country, said) -> None:
    (found,) = (one for one in references(country) if said in one.said)
    assert found.applies_on(TODAY)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_rule_that_has_no_period_can_be_cited(country) -> None:
    by_key = {one.key: one for one in references(country)}
    for key in ("identity_number", "email_marketing", "cookies", "camera", "processor_agreement"):
        assert by_key[key].applies_on(TODAY)
        assert by_key[key].kind is ReferenceKind.LAW
    assert (
        by_key["identity_number"].source
        == {
            "SE": "Lag (2018:218) 3 kap. 10 §",
            "NO": "Personopplysningsloven § 12",
        }[country]
    )


def test_the_year_tells_which_rows_of_the_law_changed() -> None:
    found = law_changes("SE", date(2026, 1, 1), date(2026, 12, 31))
    assert [(one.on, one.begins, one.name["en"][:3]) for one in found] == [
        (date(2026, 3, 31), False, "12%"),
        (date(2026, 4, 1), True, "6% "),
    ]
    found = law_changes("NO", date(2024, 12, 31), date(2025, 1, 1))
    assert [(one.on, one.begins, one.name["nb"]) for one in found] == [
        (date(2024, 12, 31), False, "ekomloven av 2003"),
        (date(2025, 1, 1), True, "ekomloven"),
    ]


def test_what_both_countries_share_and_who_the_authority_is_are_among_the_changes() -> None:
    for country in COUNTRIES:
        found = law_changes(country, date(2023, 7, 10), date(2023, 7, 10))
        assert [one.key for one in found] == ["data_privacy_framework"]
    new_name = law_changes("SE", date(2021, 1, 1), date(2021, 1, 1))
    assert {one.name["en"] for one in new_name} >= {"Integritetsskyddsmyndigheten (IMY)"}
    assert law_changes("NO", date(2026, 1, 1), date(2026, 12, 31)) == ()
