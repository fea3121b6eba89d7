"""The ready-made registers of the trades: complete, in three languages, true to their own rules."""

import re
import string
import tomllib
from collections import Counter

import pytest

from gdprdesk.domain.activities import EEA, RetentionRule
from gdprdesk.domain.base import personal_kinds
from gdprdesk.domain.terms import (
    AtEnd,
    Audience,
    FormField,
    LegalBasis,
    Origin,
    RecipientRole,
    RiskCriterion,
    SpecialCondition,
    Start,
    Unit,
)
from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource
from gdprdesk.services.law import law_in
from gdprdesk.services.templates import (
    EXTRAS,
    TRADES,
    activities_of,
    extras_of,
    recipients_of,
    template,
)

COUNTRIES = ("SE", "NO")
GROUPS = {"customers", "suppliers", "staff", "premises", "web", "rights"}
LEFT_BY_ERASURES = {"Proof", "StopEntry"}
# Without the row that says why, nothing of it may be written down: an exception is nobody's duty.
ONLY_WHERE_USED = {"ExistingCustomer", "Media", "Appearance"}
BOUND_BY_ITS_TEXT = "Consent"
WHERE_PEOPLE_ARE_SHOWN = {"Media", "Appearance"}
WEIGHED = ("purpose", "necessity", "balance", "outcome")
UNUSUAL_MONTHS = 36
LONGEST_IN_NAVIGATION = 14  # letters that have room beside the number of things waiting
# Letters and words that a text of one language cannot hold, but for the names of authorities.
FOREIGN = {
    "sv": re.compile(r"[æøÆØ]|\b(?:ikke|og|hva|noe|bare|opplysninger?)\b"),
    "nb": re.compile(r"[äöÄÖ]|\b(?:inte|och|vad|bara|uppgifter)\b"),
    "en": re.compile(r"\b(?:och|inte|ikke|og|vi|för|hos)\b"),
}
AUTHORITIES = ("Försäkringskassan",)


def texts(value, path=""):
    if isinstance(value, list):
        for one in value:
            yield from texts(one, path)
    elif isinstance(value, dict) and set(LANGUAGES) & set(value):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, f"{path}.{key}")


def purposes(row):
    """The purposes of an activity, its own first: each with basis, note and rule."""
    return [row, *row.get("further", ())]


@pytest.fixture(params=TRADES)
def trade(request):
    return request.param


@pytest.fixture
def rows(trade):
    return template(trade)["activity"]


def test_what_may_be_chosen_is_what_some_trade_has() -> None:
    assert {extra for trade in TRADES for extra in extras_of(trade)} == set(EXTRAS)


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


def test_words_that_belong_to_another_language_stay_out(trade) -> None:
    for _path, said in texts(template(trade)):
        for code, foreign in FOREIGN.items():
            text = said[code]
            for name in AUTHORITIES:
                text = text.replace(name, "")
            assert not foreign.search(text), said[code]


def test_what_is_printed_of_a_trade_is_there(trade) -> None:
    written = template(trade)
    for key in ("name", "description", "responsible", "officer"):
        assert set(written[key]) == set(LANGUAGES), key
    pages = written["pages"]
    assert set(pages) == {"people", "orders", "orders_icon", "order", "visits", "usual_vat"}
    names = [*pages["people"].values(), *pages["orders"].values()]
    assert max(map(len, names)) <= LONGEST_IN_NAVIGATION
    used = {row["extra"] for row in written["activity"] if "extra" in row}
    assert used == set(extras_of(trade))


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_an_activity_points_at_exists(trade, country) -> None:
    recipients = Counter(row["key"] for row in recipients_of(trade, country))
    assert set(recipients.values()) == {1}
    pointed = set()
    for row in activities_of(trade, EXTRAS):
        assert set(row["recipients"]) <= set(recipients), row["key"]
        pointed |= set(row["recipients"])
    assert pointed == set(recipients)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_recipient_is_in_the_country_of_the_business_or_abroad(trade, country) -> None:
    (other,) = set(COUNTRIES) - {country}
    for row in recipients_of(trade, country):
        assert re.fullmatch("[A-Z]{2}", row["country"]), row["key"]
        assert row["country"] != other, row["key"]
        assert (row["country"] not in EEA) == ("mechanism" in row), row["key"]


def test_a_law_is_one_the_program_knows(trade, rows) -> None:
    known = {row.key for country in COUNTRIES for row in law_in(country, 12).rows}
    for row in rows:
        for purpose in purposes(row):
            assert purpose["rule"].get("law") in {None, *known}, row["key"]


def test_every_word_of_the_regulation_is_one_the_program_knows(trade, rows) -> None:
    for row in rows:
        for purpose in purposes(row):
            LegalBasis(purpose["legal_basis"])
            rule = purpose["rule"]
            assert set(rule) <= {"start", "count", "unit", "law", "at_end", "most", "reason"}
            AtEnd(rule.get("at_end", "erase"))
            assert RetentionRule(Start(rule["start"]), rule["count"], Unit(rule["unit"])).count > 0
            assert rule.get("most", rule["count"] + 1) > rule["count"], row["key"]
        assert row["group"] in GROUPS
        Origin(row.get("collected_from", "person"))
        if "special_condition" in row:
            SpecialCondition(row["special_condition"])
        for criterion in row.get("screening", {}).get("criteria", ()):
            RiskCriterion(criterion)
        for field in row.get("fields", ()):
            FormField(field)
    for row in template(trade)["recipient"]:
        RecipientRole(row["role"])


def test_every_key_is_used_once(trade, rows) -> None:
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    asked = [row["key"] for row in template(trade)["consent_text"]]
    assert len(asked) == len(set(asked))


def test_each_kind_of_record_belongs_to_one_activity_every_business_has(trade, rows) -> None:
    always = {kind for row in activities_of(trade, ()) for kind in row["kinds"]}
    everywhere = {kind for row in rows for kind in row["kinds"]}
    assert always == everywhere - ONLY_WHERE_USED
    known = {kind.__name__ for kind in personal_kinds()} - {BOUND_BY_ITS_TEXT} - ONLY_WHERE_USED
    if not any("diet" in row.get("fields", ()) for row in rows):
        known -= {"DietNote"} - always  # no form of this trade asks for a diet
    if "JournalNote" not in always:
        known -= {"JournalNote", "JournalFile", "DestructionDecision"}
    assert always == {*known, *LEFT_BY_ERASURES}


def test_pictures_belong_to_one_activity_where_people_are_shown(trade, rows) -> None:
    shown = [text["activity"] for text in template(trade)["consent_text"] if text["channels"]]
    holding = [row["key"] for row in rows if set(row["kinds"]) >= WHERE_PEOPLE_ARE_SHOWN]
    assert holding == shown


def test_forms_have_their_fields_where_contact_details_and_orders_belong(rows) -> None:
    for row in rows:
        if {"ContactDetail", "Booking"} & set(row["kinds"]):
            assert row.get("fields"), row["key"]


def test_no_row_lacks_what_article_30_asks_for(rows) -> None:
    for row in rows:
        for field in ("name", "sources", "responsible"):
            assert row[field], row["key"]
        for field in ("subjects", "categories", "measures"):
            assert row[field], row["key"]
        for purpose in purposes(row):
            assert purpose["purpose"], row["key"]
            assert purpose["basis_note"], row["key"]


def test_every_row_says_to_whom_and_whether_she_must_give_the_data(trade, rows) -> None:
    of_the_trade = template(trade)["audiences"]
    assert of_the_trade == [one for one in Audience if one in of_the_trade]
    for row in rows:
        assert row["audiences"], row["key"]
        assert set(row["audiences"]) <= set(of_the_trade)
        assert row["duty"], row["key"]
    assert {one for row in rows for one in row["audiences"]} == set(of_the_trade)


def test_an_interest_of_our_own_has_been_weighed_and_can_be_objected_to(rows) -> None:
    for row in rows:
        weighed = any(one["legal_basis"] == "legitimate_interest" for one in purposes(row))
        assert weighed == ("assessment" in row), row["key"]
        assert not weighed or "objection" in row, row["key"]
        if weighed:
            assert tuple(row["assessment"]) == WEIGHED, row["key"]


def test_sensitive_data_have_a_condition_and_nothing_else_has(rows) -> None:
    for row in rows:
        special = any(category.get("special") for category in row["categories"])
        assert special == ("special_condition" in row), row["key"]


def test_risk_has_been_looked_at_where_people_are_watched_judged_or_ill(rows) -> None:
    for row in rows:
        risky = {"camera", "special_condition", "profiling", "automated_decision"} & set(row)
        assert not risky or row["screening"]["conclusion"], row["key"]
        assert not risky or row["screening"]["criteria"], row["key"]


def test_a_camera_is_described_and_its_film_is_gone_when_the_rule_says(rows) -> None:
    for row in rows:
        watched = "camera" in row
        assert watched == (row.get("extra") == "cameras"), row["key"]
        if watched:
            camera = row["camera"]
            assert set(camera) == {"number", "places", "days", "sign", "sound"}
            assert camera["sign"]
            assert (camera["days"], "days") == (row["rule"]["count"], row["rule"]["unit"])
            assert row["legal_basis"] == "legitimate_interest"


def test_a_website_names_its_cookies(rows) -> None:
    for row in rows:
        asks = row["group"] == "web" and row["legal_basis"] == "consent"
        assert "cookies" in row or not asks, row["key"]  # a site may have necessary ones only
        for cookie in row.get("cookies", ()):
            assert set(cookie) == {"name", "owner", "life", "purpose", "basis"}


def test_an_unusual_period_says_why(rows) -> None:
    months = {Unit.DAYS: 1 / 30, Unit.MONTHS: 1, Unit.YEARS: 12}
    for row in rows:
        for purpose in purposes(row):
            rule = purpose["rule"]
            length = rule.get("most", rule["count"]) * months[Unit(rule["unit"])]
            if "law" not in rule and length > UNUSUAL_MONTHS:
                assert rule["reason"], row["key"]


def test_every_business_has_a_place_for_what_everyone_may_ask_for(trade) -> None:
    always = {row["key"] for row in activities_of(trade, ())}
    assert {"invoices", "requests", "stop_list", "register_log"} <= always


def test_a_business_with_staff_has_their_pay_employment_and_applicants(trade) -> None:
    keys = {row["key"] for row in activities_of(trade, ("staff",))}
    assert {"pay", "employment", "applicants"} <= keys


def test_every_icon_is_in_the_program(trade, rows) -> None:
    for row in [*rows, *template(trade)["consent_text"]]:
        assert resource(f"icons/{row['icon']}.svg").is_file(), row["icon"]


def test_a_consent_text_names_the_business_and_belongs_to_a_consent(trade, rows) -> None:
    by_consent = {
        row["key"]
        for row in rows
        if row.get("special_condition") == "explicit_consent"
        or any(one["legal_basis"] == "consent" for one in purposes(row))
    }
    for row in template(trade)["consent_text"]:
        assert row["activity"] in by_consent
        assert row["version"] == "1"
        for code in LANGUAGES:
            named = {field for _, field, _, _ in string.Formatter().parse(row["text"][code])}
            assert named - {None} == {"organisation", "contact"}


def test_whoever_is_asked_for_a_yes_has_words_to_say_it_with(trade, rows) -> None:
    asked = {row["activity"] for row in template(trade)["consent_text"]}
    for row in rows:
        on_the_page = "cookies" in row
        if row["legal_basis"] == "consent" and not on_the_page:
            assert row["key"] in asked, row["key"]


ONE_YEAR = {"sv": "ett år", "nb": "ett år", "en": "one "}
PROMISED = {
    (7, "days"): {"sv": "sju dagar", "nb": "sju dager", "en": "seven days"},
    (12, "months"): ONE_YEAR,
    (10, "years"): {"sv": "tio år", "nb": "ti år", "en": "ten years"},
}


def test_a_consent_text_promises_what_the_rule_does(trade, rows) -> None:
    by_key = {row["key"]: row for row in rows}
    for text in template(trade)["consent_text"]:
        rules = [one["rule"] for one in purposes(by_key[text["activity"]])]
        said = [PROMISED.get((rule["count"], rule["unit"]), {}) for rule in rules]
        for code in LANGUAGES:
            words = text["text"][code].replace("\n", " ")
            assert any(one and one[code] in words for one in said), text["key"]


def test_a_row_of_the_trade_takes_the_place_of_the_shared_one() -> None:
    shared = tomllib.loads(resource("templates/shared.toml").read_text("utf-8"))
    theirs = {row["key"]: row for row in shared["activity"]}
    own = {row["key"]: row for row in template("therapy")["activity"]}
    assert own["enquiries"]["recipients"] != theirs["enquiries"]["recipients"]
    assert own["employment"]["purpose"] == theirs["employment"]["purpose"]
    services = {row["key"]: row["name"]["sv"] for row in recipients_of("therapy", "SE")}
    assert services["newsletter_service"] == "MailerLite"
    assert services["accountant"] == "Redovisningsbyrån"


AGREEMENT_FIELDS = {
    "controller",
    "org_number",
    "processor",
    "service",
    "data",
    "country",
    "sub_processors",
    "day",
}


def test_the_agreement_has_every_part_of_article_28() -> None:
    written = tomllib.loads(resource("templates/agreement.toml").read_text("utf-8"))
    points = [point for section in written["section"] for point in section.get("article", ())]
    assert sorted(points) == [f"28(3)({letter})" for letter in "abcdefgh"]
    for code in LANGUAGES:
        words = "".join(section["text"][code] for section in written["section"])
        named = {field for _, field, _, _ in string.Formatter().parse(words)} - {None}
        assert named == AGREEMENT_FIELDS
        assert all(section["title"][code] for section in written["section"])
        assert 600 < len(words.split()) < 1200  # one or two pages
