"""How phrases and periods are found in a sentence."""

from __future__ import annotations

import pytest

from gdprdesk.domain.policy.phrases import PhraseBook
from gdprdesk.domain.policy.text import Sentence, plain

NUMBERS = {"en": 1, "tre": 3, "sju": 7, "tolv": 12}
UNITS = {"år": 12, "månader": 1, "dagar": 0.033}


def sentence(text: str) -> Sentence:
    return Sentence(text, plain(text), 0, 0)


def says(phrase: str, text: str) -> bool:
    return PhraseBook({"it": [phrase]}, NUMBERS, UNITS).says("it", sentence(text))


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("samtyck*", "Ditt SAMTYCKE gäller.", True),
        ("samtyck*", "Utan osamtycke.", False),
        ("efter en tid", "Raderas efter  en\u00a0tid.", True),
        ("efter en tid", "Raderas efter en tidig vår.", False),
        ("(dela|lämna) ut", "Vi får lämna ut det.", True),
        ("tredje ?part*", "till tredjeparter", True),
        ("tredje ?part*", "till tredje part", True),
        ("utan (ditt )?samtycke", "utan samtycke", True),
        ("utan (ditt )?samtycke", "utan ditt samtycke", True),
        ("aldrig ... hälsa", "aldrig om ras, religion eller hälsa", True),
        ("aldrig ... hälsa", "aldrig" + " eller" * 20 + " hälsa", False),
        ("*undersökning*", "en kundundersökning", True),
        ("e.g.", "e.g. names", True),
        (r"/§ ?(?:18|19)(?!\d)/", "lagens § 18", True),
        (r"/§ ?(?:18|19)(?!\d)/", "lagens § 180", False),
    ],
)
def test_phrases(phrase, text, expected) -> None:
    assert says(phrase, text) is expected


def test_what_a_language_has_no_words_for_is_never_said() -> None:
    assert not PhraseBook({"it": []}, NUMBERS, UNITS).says("it", sentence("vad som helst"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i 7 år", [84]),
        ("i sju år", [84]),
        ("i sju (7) år", [84]),
        ("i 3-4 månader", [4]),
        ("i 3 \N{EN DASH} 4 månader", [4]),
        ("i 3,5 år", [42]),
        ("i tre och ett halvt år", [42]),
        ("tre till tolv månader", [12]),
        ("efter 30 dagar eller tolv månader", [pytest.approx(0.99), 12]),
        ("den 5 maj 2018 års lag", []),
        ("2018 år", []),
        ("du är 18-åring", []),
    ],
)
def test_periods(text, expected) -> None:
    book = PhraseBook({}, NUMBERS, UNITS)
    assert [one.months for one in book.periods(sentence(text))] == expected
