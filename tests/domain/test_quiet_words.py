"""Words that tell of health, faith and the like: found where they are meant, and nowhere else."""

from __future__ import annotations

import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.quiet_words import find_quiet_words, own_rules, rules_of
from gdprdesk.domain.terms import QuietKind
from gdprdesk.resources import resource

LISTED = tomllib.loads(resource("words/quiet.toml").read_text("utf-8"))
RULES = rules_of({QuietKind(kind): words for kind, words in LISTED.items()})


def test_every_kind_of_article_nine_has_words_and_none_stands_twice() -> None:
    assert set(LISTED) == {kind.value for kind in QuietKind} - {"own"}
    for words in LISTED.values():
        assert all(word == word.casefold() for word in words)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Hon är sjukskriven igen", QuietKind.HEALTH, "sjukskriven"),
        ("Hentes når hun er frisk etter kreft", QuietKind.HEALTH, "kreft"),
        ("Ligger på sjukhus till fredag", QuietKind.HEALTH, "på sjukhus"),
        ("Comes in a wheelchair", QuietKind.HEALTH, "wheelchair"),
        ("Ingen marsipan, ALLERGISK", QuietKind.DIET, "ALLERGISK"),
        ("must be nut-free", QuietKind.DIET, "nut free"),
        ("Familjen är muslimsk", QuietKind.RELIGION, "muslimsk"),
        ("Hun er jødisk", QuietKind.RELIGION, "jødisk"),
        ("Hon är flykting", QuietKind.ORIGIN, "flykting"),
        ("Fagorganisert, vil ha rabatt", QuietKind.UNION, "Fagorganisert"),
        ("Röstar på Sverigedemokraterna", QuietKind.POLITICS, "Sverigedemokraterna"),
        ("De er et lesbisk par", QuietKind.SEXUALITY, "lesbisk"),
    ],
)
def test_a_word_that_tells_of_somebody_is_found(text: str, kind: QuietKind, word: str) -> None:
    assert find_quiet_words(text, RULES) == {kind: (word,)}


@pytest.mark.parametrize(
    "text",
    [
        "Levereras till Sjukhusgatan 4",
        "Cancerforskargatan 2 och Sykehusveien 9",
        "Halsband i marsipan",
        "Judo-klubbens avslutning",
        "Tårta med rosa marsipan",
        "Inlagd gurka och blind bakad botten",
        "Romkake og arabica-kaffe til rommet",
        "same cake as last year",
        "Kräftskiva, kreps og krefter",
        "Konfirmasjonskake og doptårta",
        "Homogen smet, muslin over",
        "Till vänster i hallen, høyre dør",
        "Fackelblomster och fackman från unionen",
        "Turkos glasyr, persikor, kristall",
        "Kari Kristensen, Judit och Israel",
        "Sykkel og psyched",
        "Moderat sött, liberal med grädde",
        "Feberfri personal",
    ],
)
def test_a_word_that_only_looks_like_it_is_not(text: str) -> None:
    assert find_quiet_words(text, RULES) == {}


def test_a_word_is_said_once_and_as_it_was_written() -> None:
    found = find_quiet_words("Gravid. Är gravid, GRAVIDA", RULES)
    assert found == {QuietKind.HEALTH: ("Gravid", "GRAVIDA")}


def test_a_letter_with_a_loose_accent_is_the_same_letter() -> None:
    assert find_quiet_words("A\u030angest", RULES) == {QuietKind.HEALTH: ("Ångest",)}


def test_an_own_word_is_found_with_its_endings_but_a_short_one_only_whole() -> None:
    rules = own_rules(["besvärlig", "sur", "aldrig mer", "  "])
    assert find_quiet_words("En besvärliga kund, aldrig mer!", rules) == {
        QuietKind.OWN: ("besvärliga", "aldrig mer")
    }
    assert find_quiet_words("Surdeg, surt", rules) == {}


@given(st.text(max_size=200))
def test_whatever_is_written_only_words_of_the_text_are_told(text: str) -> None:
    plain = unicodedata.normalize("NFC", text)
    for words in find_quiet_words(text, RULES).values():
        assert all(part in plain for word in words for part in word.split())
