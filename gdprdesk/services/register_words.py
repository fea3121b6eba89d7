"""The words of registers kept elsewhere: resources/imports/register_columns.toml, and our own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from gdprdesk.domain.register_columns import RegisterField
from gdprdesk.domain.register_text import Words, longest_first, period_pattern
from gdprdesk.domain.terms import LegalBasis, RecipientRole, SpecialCondition, Start, Unit, say
from gdprdesk.domain.text import fold
from gdprdesk.i18n import LANGUAGES, _, country_codes, language
from gdprdesk.resources import resource
from gdprdesk.services.law import law_in

E = TypeVar("E", bound=Enum)

_ASIDE = re.compile(r"\([^()]*\)")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SHORTEST_BEGINNING = 8
_MONTHS_OF_YEAR = range(1, 13)
_UNITS = {
    "days": (Unit.DAYS, 1),
    "weeks": (Unit.DAYS, 7),
    "months": (Unit.MONTHS, 1),
    "years": (Unit.YEARS, 1),
}


def field_of(heading: str) -> RegisterField | None:
    """Return what a column holds by its heading, or by how the heading begins."""
    letters = _letters(heading)
    known = _headings()
    if letters in known:
        return known[letters]
    beginnings = (
        word for word in known if len(word) >= _SHORTEST_BEGINNING and letters.startswith(word)
    )
    longest = max(beginnings, key=len, default=None)
    return known[longest] if longest else None


@cache
def register_words(country: str) -> Words:
    """Return the words a register may be written in, with the laws of a country."""
    said = _book()["words"]
    units = {fold(word): _UNITS[unit] for unit, words in said["units"].items() for word in words}
    numbers = {fold(word): int(n) for n, words in said["numbers"].items() for word in words}
    ranges = [fold(word) for word in said["between"]["range"]]
    nothing = {*said["nothing"], *(own for text in said["own_nothing"] for own in _own(text))}
    return Words(
        nothing=frozenset(map(fold, nothing)),
        yes=frozenset(map(fold, said["yes"])),
        special=tuple(map(fold, said["special"])),
        units=units,
        numbers=numbers,
        period=period_pattern(units, numbers, ranges),
        until=tuple(map(fold, said["between"]["until"])),
        after=frozenset(map(fold, said["between"]["after"])),
        starts=_phrases(Start, said["starts"]),
        bases=_phrases(LegalBasis, said["bases"]),
        conditions=_phrases(SpecialCondition, said["conditions"]),
        roles=_phrases(RecipientRole, said["roles"]),
        laws=longest_first(_laws(country)),
        countries=_countries(said["countries"]),
    )


def own_texts(key: str) -> frozenset[str]:
    """Return what our own export writes for something, folded, in every language."""
    return frozenset(fold(own) for text in _book()["words"][key] for own in _own(text))


@cache
def own_bases() -> tuple[tuple[str, LegalBasis], ...]:
    """Return how our own export names each legal basis, in every language."""
    named = []
    for code in LANGUAGES:
        with language(code):
            said = _("{basis}, Article {article}")
            named += [(said.format(basis=say(one), article=one.article), one) for one in LegalBasis]
    return tuple(named)


def match_own(template: str, text: str) -> Mapping[str, str] | None:
    """Return the fields of a sentence that our own export has made, in whichever language.

    Args:
        template: The sentence in English, with its fields in braces.
        text: What stands in the file.
    """
    for pattern in _patterns(template):
        if found := pattern.fullmatch(text):
            return found.groupdict()
    return None


def is_own_heading(headings: Iterable[str]) -> bool:
    """Return whether all headings of a table are those of our own export."""
    return set(map(_letters, filter(None, headings))) <= _own_headings()


def without_mark(text: str) -> str | None:
    """Return a text of our own export that goes on in the row below; nothing if it does not."""
    for mark in (f" {own}" for said in _book()["words"]["own_continued"] for own in _own(said)):
        if text.endswith(mark):
            return text.removesuffix(mark)
    return None


def said_terms(kind: type[E]) -> tuple[tuple[str, E], ...]:
    """Return what the terms of a kind are called in every language, folded, the longest first."""
    return _phrases(kind, {})


def read_day(text: str) -> date | None:
    """Return a day as a sheet has it (2026-11-22) or as our export writes it (22 nov. 2026)."""
    text = text.strip()
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})\.? ([^\W\d_]+)\.? (\d{4})", text):
        day, year = int(found[1]), int(found[3])
        month = _months().get(fold(found[2])[:3], 0)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _book() -> Mapping[str, Any]:
    return tomllib.loads(resource("imports/register_columns.toml").read_text("utf-8"))


@cache
def _headings() -> Mapping[str, RegisterField]:
    known: dict[str, RegisterField] = {}
    for key, words in _book()["columns"].items():
        own = (said for text in words["own"] for said in _own(text))
        others = (text for code, texts in words.items() if code != "own" for text in texts)
        for heading in (*own, *others):
            known.setdefault(_letters(heading), RegisterField(key))
    return known


@cache
def _own_headings() -> frozenset[str]:
    titles = (text for words in _book()["columns"].values() for text in words["own"])
    return frozenset(_letters(said) for text in titles for said in _own(text))


def _letters(heading: str) -> str:
    return _NO_LETTERS.sub("", fold(_ASIDE.sub("", heading)))


def _own(text: str) -> Iterator[str]:
    """Walk a text of the program in all its languages."""
    for code in LANGUAGES:
        with language(code):
            yield _(text)


@cache
def _patterns(template: str) -> tuple[re.Pattern[str], ...]:
    fields = re.compile(r"\\\{(\w+)\\\}")
    return tuple(
        re.compile(fields.sub(r"(?P<\1>.+)", re.escape(said)), re.DOTALL | re.IGNORECASE)
        for said in _own(template)
    )


def _phrases(kind: type[E], words: Mapping[str, list[str]]) -> tuple[tuple[str, E], ...]:
    """Return the phrases for the terms of a kind, with what the program itself calls them."""
    listed = [(phrase, kind(key)) for key, phrases in words.items() for phrase in phrases]
    for code in LANGUAGES:
        with language(code):
            listed += [(say(term), term) for term in kind]
    return longest_first(listed)


def _laws(country: str) -> Iterator[tuple[str, str]]:
    for row in law_in(country, 12).rows:
        for name in row.name.values():
            yield name, row.key


def _countries(words: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415  (heavy, seldom)

    known = {fold(word): code for code, said in words.items() for word in said}
    for code in ("sv", "nb", "en", "fr"):
        territories = Locale.parse(code).territories
        for territory in country_codes():
            known.setdefault(fold(territories.get(territory, territory)), territory)
    return known


@cache
def _months() -> Mapping[str, int]:
    from babel.dates import get_month_names  # noqa: PLC0415

    return {
        fold(get_month_names("wide", "format", locale=code)[month])[:3]: month
        for code in LANGUAGES
        for month in _MONTHS_OF_YEAR
    }
