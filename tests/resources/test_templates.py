"""The ready-made register of a trade: complete, in three languages, and true to its own rules."""

import re
import string
from collections import Counter

import pytest

from gdprdesk.domain.activities import EEA, RetentionRule
from gdprdesk.domain.base import personal_kinds
from gdprdesk.domain.terms import LegalBasis, RecipientRole, SpecialCondition, Start, Unit
from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource
from gdprdesk.services.law import law_in
from gdprdesk.services.templates import EXTRAS, TRADES, activities_of, recipients_of, template

COUNTRIES = ("SE", "NO")
GROUPS = {"customers", "staff", "premises", "web", "rights"}
BOUND_BY_ITS_TEXT = "Consent"


def texts(value, path=""):
    if isinstance(value, list):
        for one in value:
            yield from texts(one, path)
    elif isinstance(value, dict) and set(LANGUAGES) & set(value):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, f"{path}.{key}")


@pytest.fixture(params=TRADES)
def trade(request):
    return request.param


@pytest.fixture
def rows(trade):
    return template(trade)["activity"]


def test_every_text_is_said_in_every_language(trade) -> None:
    for path, said in texts(template(trade)):
        assert set(said) - {"special"} == set(LANGUAGES), path
        for code in LANGUAGES:
            assert said[code] == said[code].strip() != "", path


def test_no_sentence_is_left_in_another_language(trade) -> None:
    for path, said in texts(template(trade)):
        if len(said["en"].split()) > 5 and not path.endswith(".name"):
            assert len({said[code] for code in LANGUAGES}) == len(LANGUAGES), said


def test_a_text_is_always_said_the_same_way(trade) -> None:
    book: dict[str, dict[str, str]] = {}
    for _path, said in texts(template(trade)):
        triple = {code: said[code] for code in LANGUAGES}
        for text in triple.values():
            assert book.setdefault(text, triple) == triple


def test_words_that_belong_to_the_other_language_stay_out(trade) -> None:
    for _path, said in texts(template(trade)):
        assert not re.search("[æøÆØ]", said["sv"]), said["sv"]
        assert not re.search("[äöÄÖ]", said["nb"].replace("Försäkringskassan", "")), said["nb"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_an_activity_points_at_exists(trade, country) -> None:
    recipients = Counter(row["key"] for row in recipients_of(trade, country))
    assert set(recipients.values()) == {1}
    duties = {row.key for row in law_in(country, 12).rows}
    pointed = set()
    for row in activities_of(trade, EXTRAS):
        assert set(row["recipients"]) <= set(recipients), row["key"]
        assert row["rule"].get("law") in {None, *duties}, row["key"]
        pointed |= set(row["recipients"])
    assert pointed == set(recipients)


def test_every_word_of_the_regulation_is_one_the_program_knows(trade, rows) -> None:
    for row in rows:
        rule = row["rule"]
        LegalBasis(row["legal_basis"])
        assert RetentionRule(Start(rule["start"]), rule["count"], Unit(rule["unit"])).count > 0
        assert rule["at_end"] == "erase"
        assert row["group"] in GROUPS
        assert row.get("extra", EXTRAS[0]) in EXTRAS
        if "special_condition" in row:
            SpecialCondition(row["special_condition"])
    for row in template(trade)["recipient"]:
        RecipientRole(row["role"])


def test_every_key_is_used_once(trade, rows) -> None:
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    asked = [row["key"] for row in template(trade)["consent_text"]]
    assert len(asked) == len(set(asked))


def test_each_kind_of_record_belongs_to_one_activity_every_business_has(trade, rows) -> None:
    always = [kind for row in activities_of(trade, ()) for kind in row["kinds"]]
    assert sorted(always) == sorted(kind for row in rows for kind in row["kinds"])
    known = {kind.__name__ for kind in personal_kinds()} - {BOUND_BY_ITS_TEXT}
    assert sorted(always) == sorted(known)


def test_no_row_lacks_what_article_30_asks_for(rows) -> None:
    for row in rows:
        for field in ("purpose", "basis_note", "sources", "responsible", "subjects"):
            assert row[field], row["key"]
        assert row["categories"], row["key"]
        assert row["measures"], row["key"]


def test_sensitive_data_have_a_condition_and_nothing_else_has(rows) -> None:
    for row in rows:
        special = any(category.get("special") for category in row["categories"])
        assert special == ("special_condition" in row), row["key"]


def test_a_recipient_outside_the_eea_has_a_safeguard(trade) -> None:
    for row in template(trade)["recipient"]:
        assert (row["country"] not in EEA) == ("mechanism" in row), row["key"]


def test_every_icon_is_in_the_program(trade, rows) -> None:
    for row in [*rows, *template(trade)["consent_text"]]:
        assert resource(f"icons/{row['icon']}.svg").is_file(), row["icon"]


def test_a_consent_text_names_the_business_and_belongs_to_a_consent(trade, rows) -> None:
    by_consent = {row["key"] for row in rows if row["legal_basis"] == "consent"}
    for row in template(trade)["consent_text"]:
        assert row["activity"] in by_consent
        assert row["version"] == "1"
        for code in LANGUAGES:
            named = {field for _, field, _, _ in string.Formatter().parse(row["text"][code])}
            assert named - {None} == {"organisation", "contact"}


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ("diet", {"sv": "sju dagar", "nb": "sju dager", "en": "seven days"}),
        ("newsletter", {"sv": "ett år", "nb": "ett år", "en": "one more year"}),
        ("sms_offers", {"sv": "ett år", "nb": "ett år", "en": "one more year"}),
        ("photo", {"sv": "ett år", "nb": "ett år", "en": "one year"}),
    ],
)
def test_a_consent_text_promises_what_the_rule_does(asked, period) -> None:
    row = next(row for row in template("cafe")["consent_text"] if row["key"] == asked)
    rules = {one["key"]: one["rule"] for one in template("cafe")["activity"]}
    rule = rules[row["activity"]]
    days = (7, "days") if asked == "diet" else (12, "months")
    assert (rule["count"], rule["unit"]) == days
    for code in LANGUAGES:
        assert period[code] in row["text"][code].replace("\n", " ")
