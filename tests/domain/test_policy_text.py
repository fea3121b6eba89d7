"""From a pasted policy to sections and sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.policy.text import parse


def sentences(text: str) -> list[str]:
    return [one.text for one in parse(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi sparar namn. Vi raderar det.", ["Vi sparar namn.", "Vi raderar det."]),
        ("Namn, t.ex. Åsa, sparas. Nr. 4 gäller.", ["Namn, t.ex. Åsa, sparas.", "Nr. 4 gäller."]),
        ("Fakturor (f.eks. kvitteringer) lagres, jf. Bokføringsloven.", None),
        ("Den trådte i kraft 5. mai 2026.", None),
        ("Läs mer på www.exempel.se. Mejla oss!", ["Läs mer på www.exempel.se.", "Mejla oss!"]),
        ('Vi säger "ja." Du säger nej.', ['Vi säger "ja.', "Du säger nej."]),
        (
            "Vi sparar dina\nuppgifter i tolv\nmånader.",
            ["Vi sparar dina uppgifter i tolv månader."],
        ),
        ("Dina person-\nuppgifter raderas.", ["Dina personuppgifter raderas."]),
        ("Dina per\u00adson\u00aduppgifter\u00a0raderas.", ["Dina personuppgifter raderas."]),
        ("**Viktigt:** läs [vår sida](https://x.example).", ["Viktigt: läs vår sida."]),
        ("Kakan _ga sätts.", None),
        ("- namn\n- telefon, se\n  nedan\n* e-post", ["namn", "telefon, se nedan", "e-post"]),
        ("| Ändamål | Tid |\n|---|---|\n| Order | 7 år |", ["Ändamål | Tid", "Order | 7 år"]),
        ("Storgatan 1\n352 30 Växjö\nSverige", ["Storgatan 1", "352 30 Växjö", "Sverige"]),
    ],
)
def test_sentences(text, expected) -> None:
    assert sentences(text) == (expected or [text])


def test_what_is_searched_is_plain() -> None:
    (one,) = parse("Vi  sparar \u201dNAMN\u201d \u2013 inget\u00a0mer\u2019s.").sentences
    assert one.plain == 'vi sparar "namn" - inget mer\'s.'


def test_lines_of_lists_and_rows_are_brief() -> None:
    found = parse("Du har rätt att\n- få veta\n\n| a | b |\n\nVi svarar snart.").sentences
    assert [one.brief for one in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Policy\nText.\n## 2. Namn\nMer.\n### 2.1 Sms\nMer.", [((), 1), ((2,), 2), ((2, 1), 3)]),
        (
            "Policy\n\n1. Vem\nVi.\n\n2) Vad\nNamn.\n\n§ 3 Tid\nÅr.",
            [((1,), 2), ((2,), 2), ((3,), 2)],
        ),
        ("Hur länge?\nEtt år.", [((), 2)]),
        ("Vi sparar namn.\n\nDina rättigheter\nDu får klaga.", [((), 0), ((), 2)]),
        ("Kontakta oss:\nhej@exempel.se", [((), 0)]),
        ("Detta är 2 uppgifter\noch mer än så.", [((), 0)]),
    ],
)
def test_headings(text, expected) -> None:
    found = [(one.number, one.level) for one in parse(text).sections]
    assert found[-len(expected) :] == expected


def test_a_chapter_is_all_that_stands_under_a_heading_below_the_title() -> None:
    text = parse("# Policy\nInledning.\n## Brev\nText.\n### Tid\nEtt år.\n## Kakor\nInga.")
    assert [one.sentences[0].text for one in text.chapter(2)] == ["Brev", "Tid"]
    assert [one.sentences[0].text for one in text.chapter(1)] == ["Brev", "Tid"]
    assert [one.sentences[0].text for one in text.chapter(3)] == ["Kakor"]


@given(st.text("abÅæ .,:;!?#|-*1\n\t\u00ad\u201c(", max_size=200))
def test_no_word_is_lost_and_every_sentence_knows_its_place(text) -> None:
    parsed = parse(text)
    found = list(parsed.sentences)
    assert [one.place for one in found] == list(range(len(found)))
    assert all(one in parsed.sections[one.section].sentences for one in found)
    letters = re.sub(r"[^abÅæ]", "", text)
    assert re.sub(r"[^abÅæ]", "", "".join(one.text for one in found)) == letters
