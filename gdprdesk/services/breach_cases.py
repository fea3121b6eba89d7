"""The ready cases, forms and letters of breaches: resources/breaches, in three languages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gdprdesk.domain.breach_rules import ABOUT_DATA, ABOUT_LOSS
from gdprdesk.domain.terms import BreachFact, BreachKind
from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource

TEXTS = ("what", "cause", "whereabouts", "consequences", "measures")
"""The answers that a ready case begins."""


@dataclass(frozen=True, repr=False)
class CaseStep:
    """Something to do first, with the key it is ticked off by."""

    key: str
    words: str


@dataclass(frozen=True, repr=False)
class BreachCase:
    """Something that happens to a small business, in one language.

    Attributes:
        everything: Whether all the register is concerned until somebody says otherwise.
        effects: What it does to the data.
        texts: The answers to begin from, by field.
        steps: What to do first, in order.
        advice: What the people concerned can do themselves.
        asks: What decides how great the risk is.
    """

    kind: BreachKind
    icon: str
    everything: bool
    effects: tuple[str, ...]
    texts: Mapping[str, str]
    steps: tuple[CaseStep, ...]
    advice: tuple[str, ...]
    asks: tuple[BreachFact, ...]


def case_of(kind: BreachKind, language: str) -> BreachCase:
    """Return a ready case in a language."""
    row = next(one for one in _read("cases")["case"] if one["key"] == kind.value)
    return BreachCase(
        kind=kind,
        icon=row["icon"],
        everything=row["everything"],
        effects=tuple(row["effects"]),
        texts={field: row[field][language] for field in TEXTS},
        steps=tuple(CaseStep(one["key"], one["text"][language]) for one in row["step"]),
        advice=tuple(one[language] for one in row["advice"]),
        asks=(*ABOUT_LOSS[kind], *ABOUT_DATA),
    )


def ready_phrases(language: str) -> Callable[[str], str]:
    """Return how a ready text is said in another language; own words stay as they are."""
    book = _phrases()
    return lambda text: book.get(text, {}).get(language, text)


def is_ready_phrase(text: str) -> bool:
    """Return whether a text is as the case wrote it, so that every language can say it."""
    return text in _phrases()


def form_rows(country: str) -> Sequence[Mapping[str, Any]]:
    """Return the fields of the form of a country's authority, in its order."""
    return [row for row in _read("forms")["field"] if row["country"] == country]


def letter(name: str) -> Mapping[str, Any]:
    """Return a letter about a breach, every text in every language."""
    found: Mapping[str, Any] = _read("letters")[name]
    return found


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    return {
        row[field][language]: row[field]
        for row in _read("cases")["case"]
        for field in TEXTS
        for language in reversed(LANGUAGES)
    }


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource(f"breaches/{name}.toml").read_text("utf-8"))
