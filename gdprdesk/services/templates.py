"""The ready-made register of a trade: resources/templates, in three languages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource
from gdprdesk.services.law import COUNTRIES

Rows = list[Mapping[str, Any]]

OWN = "own"
"""The country of a recipient that is wherever the business is."""


TRADES = ("cafe", "therapy", "dealer", "booking", "shop")
EXTRAS = (
    "newsletter",
    "customer_letters",
    "photos",
    "staff",
    "website",
    "cameras",
    "shop",
    "testimonials",
)
_SELDOM = {"cameras", "customer_letters"}
"""What a business of any trade may have besides."""


def template(trade: str) -> Mapping[str, Any]:
    """Return the template of a trade with its shared rows, every text in every language."""
    return _read(trade)


def extras_of(trade: str) -> tuple[str, ...]:
    """Return what a business of this trade may have besides, in the order it is asked for."""
    return tuple(_read(trade)["extras"])


def usual_extras(trade: str) -> tuple[str, ...]:
    """Return what most businesses of this trade have besides: all of it but cameras."""
    return tuple(one for one in extras_of(trade) if one not in _SELDOM)


def activities_of(trade: str, extras: tuple[str, ...]) -> Rows:
    """Return the activities of a business of this trade that has these extras."""
    return [one for one in _read(trade)["activity"] if one.get("extra", "") in (*extras, "")]


def recipients_of(trade: str, country: str) -> Rows:
    """Return the recipients a business in a country has: those there, and those abroad."""
    elsewhere = {one for one in COUNTRIES if one != country}
    return [
        {**one, "country": country} if one["country"] == OWN else one
        for one in _read(trade)["recipient"]
        if one["country"] not in elsewhere
    ]


def systems() -> Rows:
    """Return the outside systems that can be picked as recipients."""
    rows: Rows = _written("systems")["system"]
    return rows


def agreement() -> Mapping[str, Any]:
    """Return the processor agreement, every text in every language."""
    return _written("agreement")


def closing() -> Mapping[str, Any]:
    """Return the list of closing or handing over the business, every text in every language."""
    return _written("closing")


def leaving_list() -> Mapping[str, Any]:
    """Return what to see to when somebody quits, every text in every language."""
    return _written("leaving")


def phrase_book(trade: str, language: str) -> Callable[[str], str]:
    """Return how a text of the template is said in another language; own words stay as they are.

    So a register kept in Swedish is printed in English, as long as nobody rewrote its rows.
    """
    book = _phrases(trade)
    return lambda text: book.get(text, {}).get(language, text)


def is_of_template(trade: str, text: str) -> bool:
    """Return whether a text is as the template wrote it, so that every language can say it."""
    return text in _phrases(trade)


def in_language(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a part of a row with its texts in one language; what is no text stays as it is."""
    return {
        field: value[language] if isinstance(value, Mapping) else value
        for field, value in row.items()
    }


@cache
def _phrases(trade: str) -> Mapping[str, Mapping[str, str]]:
    return {
        said[language]: said
        for said in (*_texts(systems()), *_texts(_read(trade)))
        for language in reversed(LANGUAGES)
    }


def _texts(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Mapping):
        if set(LANGUAGES) <= set(value):
            yield value
        else:
            for one in value.values():
                yield from _texts(one)


@cache
def _read(trade: str) -> Mapping[str, Any]:
    own, shared = _written(trade), _written("shared")
    activities = _activities(own, shared)
    pointed = {key for row in activities for key in row["recipients"]}
    kept = {row["key"] for row in activities}
    return {
        **own,
        "activity": activities,
        "recipient": [
            row for row in _overridden(own, shared, "recipient") if row["key"] in pointed
        ],
        "consent_text": [
            row for row in _overridden(own, shared, "consent_text") if row["activity"] in kept
        ],
    }


def _activities(own: Mapping[str, Any], shared: Mapping[str, Any]) -> Rows:
    """Return the own rows that `uses` does not name, and then those it names, in its order."""
    known = {row["key"]: row for row in (*shared["activity"], *own["activity"])}
    first = [row["key"] for row in own["activity"] if row["key"] not in own["uses"]]
    return [
        {
            "responsible": own["responsible"],
            **known[key],
            "audiences": [
                one for one in known[key].get("audiences", ()) if one in own["audiences"]
            ],
        }
        for key in (*first, *own["uses"])
    ]


def _overridden(own: Mapping[str, Any], shared: Mapping[str, Any], kind: str) -> Rows:
    """Return shared rows and own ones; an own key takes the place of every shared row of it."""
    mine = own.get(kind, [])
    keys = {row["key"] for row in mine}
    return [*(row for row in shared[kind] if row["key"] not in keys), *mine]


@cache
def _written(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource(f"templates/{name}.toml").read_text("utf-8"))
