"""The ready-made register of a trade: resources/templates, in three languages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from gdprdesk.i18n import LANGUAGES
from gdprdesk.resources import resource

TRADES = ("cafe",)
EXTRAS = ("newsletter", "photos", "staff", "website", "cameras")

Rows = list[Mapping[str, Any]]


def template(trade: str) -> Mapping[str, Any]:
    """Return the template of a trade as it is written, every text in every language."""
    return _read(trade)


def activities_of(trade: str, extras: tuple[str, ...]) -> Rows:
    """Return the activities of a business of this trade that has these extras."""
    return [one for one in _read(trade)["activity"] if one.get("extra", "") in (*extras, "")]


def recipients_of(trade: str, country: str) -> Rows:
    """Return the recipients a business in a country has: those there, and those abroad."""
    return [
        one
        for one in _read(trade)["recipient"]
        if one["country"] == country or one["country"] not in {"SE", "NO"}
    ]


def phrase_book(trade: str, language: str) -> Callable[[str], str]:
    """Return how a text of the template is said in another language; own words stay as they are.

    So a register kept in Swedish is printed in English, as long as nobody rewrote its rows.
    """
    book = _phrases(trade)
    return lambda text: book.get(text, {}).get(language, text)


@cache
def _phrases(trade: str) -> Mapping[str, Mapping[str, str]]:
    return {
        said[language]: said for said in _texts(_read(trade)) for language in reversed(LANGUAGES)
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
    return tomllib.loads(resource(f"templates/{trade}.toml").read_text("utf-8"))
