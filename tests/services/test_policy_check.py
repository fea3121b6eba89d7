"""The checker of a policy: silent on a good one, one finding for each thing put in or left out."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.policy.findings import FindingKind, Severity
from gdprdesk.domain.policy.words import words_about
from gdprdesk.exports import PDF
from gdprdesk.i18n import LANGUAGES, language
from gdprdesk.imports.policy_text import policy_text
from gdprdesk.resources import resource
from gdprdesk.services.policy_check import (
    MOST_CHARACTERS,
    PolicyReport,
    check_policy,
    check_text,
    policy_report,
)
from tests.texts import read_pdf

POLICIES = Path(__file__).parent.parent / "data/policies"
GOOD = {
    "sv": policy_text(POLICIES / "good_sv.md"),
    "nb": policy_text(POLICIES / "good_nb.txt"),
    "en": policy_text(POLICIES / "good_en.html"),
}
TODAY = date(2026, 11, 22)
RULES = tomllib.loads(resource("policy/rules.toml").read_text("utf-8"))


def checked(text: str, code: str = "", country: str = "") -> PolicyReport:
    return check_text(text, today=TODAY, code=code, country=country)


def codes(text: str, code: str = "") -> list[str]:
    return [one.code for one in checked(text, code).findings]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_good_policy_has_no_findings(code) -> None:
    found = checked(GOOD[code])
    assert found.language == code
    assert [(one.code, one.quote) for one in found.findings] == []


def lines_of(name: str) -> list[tuple[str, str]]:
    """Return every line of a file that there is for each language, with its language."""
    return [
        (code, line)
        for code in LANGUAGES
        for line in (POLICIES / f"{name}_{code}.txt").read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize(("code", "line"), lines_of("wrong"))
def test_one_thing_said_wrongly_is_one_finding_that_quotes_it(code, line) -> None:
    expected, sentence = line.split(": ", 1)
    (found,) = checked(f"{GOOD[code]}\n\n{sentence}\n").findings
    assert found.code == expected
    assert sentence.startswith(found.quote)


@pytest.mark.parametrize(("code", "line"), lines_of("right"))
def test_what_only_sounds_wrong_is_no_finding(code, line) -> None:
    assert codes(f"{GOOD[code]}\n\n{line}\n") == []


@pytest.mark.parametrize(
    ("expected", "code", "heading", "sentence"),
    [
        ("number_repeated", "nb", "11. Endringer", "Vi sier fra."),
        ("number_missing", "nb", "13. Endringer", "Vi sier fra."),
        ("", "nb", "12. Endringer", "Vi sier fra."),
        ("", "sv", "Kakor för reklam", "Vi har inga."),
    ],
)
def test_headings_are_counted_and_say_nothing_by_themselves(
    expected, code, heading, sentence
) -> None:
    assert codes(f"{GOOD[code]}\n\n{heading}\n{sentence}\n") == [expected] * bool(expected)


LEFT_OUT = [
    ("controller", "sv", "är personuppgiftsansvarig", "finns här"),
    ("controller", "en", "The controller is Birch", "Birch"),
    ("interest", "sv", ": vårt intresse av att kunna svara dig", ""),
    ("safeguard", "en", "; the transfer rests on the EU-US Data Privacy Framework", ""),
    ("right_access", "sv", "få veta vilka uppgifter vi har om dig och få en kopia", ""),
    ("right_access", "nb", "innsyn og til å få en kopi", "det"),
    ("right_access", "en", "access your data and get a copy", ""),
    ("right_rectify", "sv", "få felaktiga uppgifter rättade", ""),
    ("right_rectify", "nb", "få uriktige opplysninger rettet og å", ""),
    ("right_rectify", "en", "have wrong data corrected", ""),
    ("right_erase", "sv", "få uppgifter raderade när ingen lag kräver att vi sparar dem", ""),
    ("right_erase", "nb", "slettet når vi ikke er pålagt å beholde dem", ""),
    ("right_erase", "en", "have data erased, unless a law makes us keep them", ""),
    ("right_restrict", "sv", "begära att vi begränsar användningen", ""),
    ("right_restrict", "nb", "be oss begrense behandlingen", ""),
    ("right_restrict", "en", "have the processing restricted", ""),
    ("right_object", "nb", "protestere mot det som bygger på berettiget interesse", ""),
    ("right_object", "en", "object to what rests on legitimate interest", ""),
    (
        "right_port",
        "sv",
        "flytta uppgifter du har lämnat till någon annan i ett maskinläsbart format",
        "",
    ),
    ("right_port", "nb", "kan du ta med deg i et maskinlesbart format", ""),
    ("right_port", "en", "receive what you gave us in a machine-readable form", ""),
    ("complaint", "en", "You may complain to the", "There is the"),
    (
        "complaint_authority",
        "sv",
        "Integritetsskyddsmyndigheten, Box 8114, 104 20 Stockholm, imy.se",
        "den som har tillsyn",
    ),
    (
        "complaint_authority",
        "nb",
        "Datatilsynet, Postboks 458 Sentrum, 0105 Oslo, datatilsynet.no",
        "myndigheten",
    ),
    (
        "complaint_authority",
        "en",
        "Swedish Authority for Privacy Protection (IMY), imy.se",
        "authority",
    ),
    ("duty", "nb", "Det er frivillig, men uten navn og adresse kan vi ikke levere.", "Velg selv."),
    ("automated", "sv", "Vi fattar inga automatiserade beslut och gör ingen profilering.", ""),
    ("automated", "nb", "Vi tar ingen automatiserte avgjørelser og driver ikke profilering.", ""),
    (
        "automated",
        "en",
        "t make automated decisions, and there is no profiling.",
        "",
    ),
    (
        "cookie_consent",
        "sv",
        "Statistikkakor sätts först när du har sagt ja i kakrutan, och du kan ändra dig där.",
        "Kakor används för statistik.",
    ),
]


@pytest.mark.parametrize(("code", "spoken", "said", "instead"), LEFT_OUT)
def test_one_thing_left_out_is_one_finding(code, spoken, said, instead) -> None:
    assert said in GOOD[spoken]
    assert codes(GOOD[spoken].replace(said, instead)) == [code]


def test_nothing_but_a_greeting_lacks_everything() -> None:
    missing = {row["code"] for row in RULES["rule"] if "absent" in row and "when" not in row}
    assert set(codes("Vi värnar om din integritet.", "sv")) == (missing | {"retention"})


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_can_be_told_in_every_language(code) -> None:
    named = dict.fromkeys(("period", "old", "new", "name", "number"), "named")
    with language(code):
        for row in RULES["rule"]:
            assert all(len(one) > 10 for one in words_about(row["code"], named))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_thing_a_rule_asks_for_can_be_said_in_every_language(code) -> None:
    own = tomllib.loads(resource(f"policy/{code}.toml").read_text("utf-8"))["phrases"]
    one = ("absent", "says", "when", "within", "beside")
    many = ("unless", "unless_beside", "unless_when", "unless_text")
    asked = {row[key] for row in RULES["rule"] for key in one if key in row}
    asked |= {name for row in RULES["rule"] for key in many for name in row.get(key, ())}
    assert asked | set(RULES["purposes"]) <= own.keys() | RULES["phrases"].keys()


def test_the_language_and_the_country_are_found() -> None:
    assert [checked(GOOD[code]).country for code in ("sv", "nb", "en")] == ["SE", "NO", "SE"]
    norwegian = GOOD["en"].replace("Sweden", "Norway")
    assert checked(norwegian).country == "NO"
    assert checked(GOOD["sv"], country="NO").country == "NO"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no text"),
        (" \n\t\n", "no text"),
        ("Diese Erklärung beschreibt, wie wir mit personenbezogenen Daten umgehen.", "Swedish"),
        ("Vispa ägg och socker pösigt. Vänd ner mjölet och grädda i en halvtimme.", "hardly"),
        ("uppgift " * MOST_CHARACTERS, "too long"),
    ],
)
def test_what_is_no_policy_is_refused_with_a_sentence(text, words) -> None:
    with pytest.raises(DomainError, match=words):
        checked(text)


def test_a_long_sentence_is_quoted_in_part() -> None:
    long = "Uppgifterna raderas efter en tid, " + "och efter det " * 60 + "är de borta."
    (found,) = checked(f"{GOOD['sv']}\n\n{long}\n").findings
    assert found.quote.startswith("Uppgifterna raderas efter en tid")
    assert found.quote.endswith(" …")
    assert len(found.quote) < 310


def test_the_gravest_stand_first_and_each_says_how_to_put_it_right() -> None:
    found = checked(policy_text(POLICIES / "faulty_dealer_nb.txt")).findings
    order = [list(Severity).index(one.severity) for one in found]
    assert order == sorted(order)
    assert {one.kind for one in found} == set(FindingKind)
    assert all(one.title and one.why and one.how and one.article for one in found)
    ten = next(one for one in found if one.code == "bookkeeping_number")
    assert ten.title == "Bookkeeping law does not say “10 år”"
    assert ten.article == "bokføringsloven § 13; Article 5(1)(e) of the GDPR"


def test_a_register_knows_the_country_and_prints_the_report(desk: Desk) -> None:
    text = GOOD["nb"] + "\nBilag lagres i fem år etter bokføringsloven.\n"
    assert checked(text).findings == ()
    (found,) = desk.ask(check_policy, text=text).findings
    assert (found.code, found.quote[:10]) == ("bookkeeping_number", "Bilag lagr")
    printed = read_pdf(PDF.render(desk.ask(policy_report, text=text, language_code="en")))
    for words in ("Check of a privacy policy", "1 thing to put right.", "Must be put right"):
        assert words in printed
    assert "Bilag lagres i fem år etter bokføringsloven." in " ".join(printed.split())
    good = desk.ask(policy_report, text=GOOD["sv"], language="sv", language_code="en")
    assert "Nothing to put right was found." in read_pdf(PDF.render(good))
