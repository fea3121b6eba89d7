"""The ready cases, forms and letters of breaches: whole, and the same in every language."""

import re

import pytest

from gdprdesk.domain.breach_rules import blanks_of
from gdprdesk.domain.terms import BreachEffect, BreachKind
from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource
from gdprdesk.services.breach_cases import (
    TEXTS,
    case_of,
    form_rows,
    is_ready_phrase,
    letter,
    ready_phrases,
)
from gdprdesk.services.breach_forms import _VALUES

FIELD = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("kind", BreachKind)
def test_a_case_says_the_same_in_every_language(kind) -> None:
    cases = [case_of(kind, code) for code in LANGUAGES]
    assert len({tuple(step.key for step in one.steps) for one in cases}) == 1
    assert len({len(one.advice) for one in cases}) == 1
    for field in TEXTS:
        texts = [one.texts[field] for one in cases]
        assert len(set(texts)) == len(LANGUAGES)
        assert len({len(blanks_of(text)) for text in texts}) == 1
        for code, text in zip(LANGUAGES, texts, strict=True):
            assert text == text.strip() != ""
            assert text.endswith(".")
            assert is_ready_phrase(text)
            assert {ready_phrases(code)(other) for other in texts} == {text}
    assert [BreachEffect(one) for one in cases[0].effects]
    assert resource(f"icons/{cases[0].icon}.svg").is_file()


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_a_form_asks_nothing_twice_and_only_what_is_known(country) -> None:
    rows = form_rows(country)
    held = [row["holds"] for row in rows]
    assert len(set(held)) == len(held)
    assert set(held) <= set(_VALUES)
    for row in rows:
        assert set(row["heading"]) == set(LANGUAGES)
        assert all(said == said.strip() != "" for said in row["heading"].values())
    # Article 33(3): nature, groups and number, contact, consequences, measures.
    asked = {"what", "groups", "people", "data", "contact", "consequences", "measures"}
    assert asked <= set(held)


@pytest.mark.parametrize("name", ["person", "controller"])
def test_a_letter_has_the_same_fields_in_every_language(name) -> None:
    written = letter(name)
    assert set(written["subject"]) == set(LANGUAGES)
    said = [field for part in written["part"] for field in FIELD.findall(part["text"]["en"])]
    for part in written["part"]:
        assert len({tuple(sorted(FIELD.findall(text))) for text in part["text"].values()}) == 1
        assert set(part.get("heading", part["text"])) == set(LANGUAGES)
    # Article 34(2): what happened, the contact, the consequences, the measures.
    assert {"what", "contact", "consequences", "measures"} <= set(said)
