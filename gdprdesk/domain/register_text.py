"""What people write in a register of their own, as the terms that ours knows.

Every function takes the words of the languages it understands as a value, folded: see
resources/imports/register_columns.toml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.terms import AtEnd, LegalBasis, RecipientRole, SpecialCondition, Start, Unit
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _

T = TypeVar("T")
Phrases = Sequence[tuple[str, T]]
_Span = tuple[int, int | None, Unit]

_ARTICLE_6 = re.compile(r"(?<!\d)6\D{0,14}?1(?!\d)\D{0,20}?(?<![a-z])([a-f])(?![a-z])")
_BETWEEN_ITEMS = re.compile(r"[\n;•▪]+")
_COMMA = re.compile(r",(?![^(]*\))\s+")
_COMMA_BEFORE_CAPITAL = re.compile(r", (?=[^\W\d_a-zåäöæøéü])")
_BULLET = re.compile(r"^[\s\-–—*·]+")  # noqa: RUF001 - people begin a point with any of them
_LONGEST_YEARS = 100
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, eq=False)
class Words:
    """The words of all languages a register may be written in, folded; the longest first.

    Attributes:
        nothing: What people write in a cell for "none".
        yes: What they write for "yes, there is".
        special: Beginnings of words for data that Article 9 guards.
        units: Days, months or years, and how many of them a word means: a week is seven days.
        period: Finds "24 months", "3-4 år": groups least, most, unit.
        until: Words before what ends a time that is no number.
        after: Words that only tie a time to what it counts from.
    """

    nothing: frozenset[str]
    yes: frozenset[str]
    special: tuple[str, ...]
    units: Mapping[str, tuple[Unit, int]]
    numbers: Mapping[str, int]
    period: re.Pattern[str]
    until: tuple[str, ...]
    after: frozenset[str]
    starts: Phrases[Start]
    bases: Phrases[LegalBasis]
    conditions: Phrases[SpecialCondition]
    roles: Phrases[RecipientRole]
    laws: Phrases[str]
    countries: Mapping[str, str]

    def says_nothing(self, text: str) -> bool:
        """Return whether a cell only says that there is nothing."""
        plain = fold(text).strip(" .*")
        return not plain or plain in self.nothing

    def says_yes(self, text: str) -> bool:
        """Return whether a cell only says that there is something."""
        return fold(text).strip(" .*") in self.yes


def split_items(text: str, *, begin_large: bool = False) -> list[str]:
    """Return the items of a list as people write it: in lines, or with ; or , between them.

    Args:
        text: The list.
        begin_large: Each item begins with a capital, so that one may hold a comma itself.
    """
    parts = _BETWEEN_ITEMS.split(text)
    if len([part for part in parts if part.strip()]) == 1:
        parts = (_COMMA_BEFORE_CAPITAL if begin_large else _COMMA).split(text)
    items = (_BULLET.sub("", part).strip().rstrip(",") for part in parts)
    return list(dict.fromkeys(item for item in items if item))


def split_details(text: str) -> tuple[str, str]:
    """Return a name and what stands in the parentheses at its end; those may hold others."""
    if not text.endswith(")"):
        return text, ""
    depth = 0
    for place in range(len(text) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth == 0:
            return text[:place].strip(), text[place + 1 : -1].strip()
    return text, ""


def read_bases(text: str, words: Words) -> list[LegalBasis]:
    """Return the legal bases a text names, in its order: by letter of Article 6(1) or by word."""
    folded = fold(text)
    letters = [list(LegalBasis)["abcdef".index(one)] for one in _ARTICLE_6.findall(folded)]
    return list(dict.fromkeys(letters or _in_order(folded, words.bases)))


def read_conditions(text: str, words: Words) -> list[SpecialCondition]:
    """Return the conditions of Article 9(2) a text names, in its order."""
    return _in_order(fold(text), words.conditions)


def read_role(text: str, words: Words) -> RecipientRole | None:
    """Return what a recipient is said to be."""
    return next(iter(_in_order(fold(text), words.roles)), None)


def read_countries(text: str, words: Words) -> list[str]:
    """Return the countries a text names, as ISO codes."""
    codes = set(words.countries.values())
    found = [code for code in re.findall(r"\b[A-Z]{2}\b", text) if code in codes]
    folded = fold(text)
    for name, code in words.countries.items():
        if name in folded and re.search(rf"\b{re.escape(name)}\b", folded):
            found.append(code)
    return list(dict.fromkeys(found))


def read_period(text: str, words: Words) -> tuple[RetentionRule, str]:
    """Return the rule a text means, and what of it was not understood, as a sentence.

    What cannot be a rule becomes 24 months after which the owner is asked, with the text as its
    reason: nothing is lost, and nothing is erased by a guess.
    """
    if words.says_nothing(text):
        return _asking(text), _("It does not say how long the data are kept.") + _meanwhile()
    folded = fold(text)
    law = next((key for name, key in words.laws if name in folded), None)
    start = next((start for name, start in words.starts if name in folded), None)
    spans = [_span(found, words) for found in words.period.finditer(folded)]
    if any(span is None for span in spans):
        said = _("“{text}” cannot be how long the data are kept.")
        return _asking(text), said.format(text=text) + _meanwhile()
    if spans:
        return _counted(text, [span for span in spans if span], start, law, words)
    if start is not None and any(word in folded for word in words.until):
        return RetentionRule(start, 0, Unit.MONTHS, law), ""
    said = _("“{text}” is no number of days, months or years.")
    return _asking(text), said.format(text=text) + _meanwhile()


def _counted(
    text: str, spans: Sequence[_Span], start: Start | None, law: str | None, words: Words
) -> tuple[RetentionRule, str]:
    """Return the rule of a text that names a time; if it names several, the longest."""
    count, most, unit = max(spans, key=_days)
    counted = start or (Start.FINANCIAL_YEAR_END if law else Start.RECORDED)
    if len(set(map(_days, spans))) > 1:
        said = _("“{text}” names several times. The longest was taken; look at it again.")
        rule = RetentionRule(counted, count, unit, law, AtEnd.ASK, most, text)
        return rule, said.format(text=text)
    reason = text if law is None and _says_more(fold(text), words) else ""
    rule = RetentionRule(counted, count, unit, law, most=most, reason=reason)
    if start is None and law is None:
        said = _("“{text}” does not say from when. It counts from the day it was written down.")
        return rule, said.format(text=text)
    return rule, ""


def _meanwhile() -> str:
    return " " + _("It was set to 24 months, and you are asked before anything goes.")


def _asking(text: str) -> RetentionRule:
    return RetentionRule(Start.RECORDED, 24, Unit.MONTHS, at_end=AtEnd.ASK, reason=text.strip())


def _span(found: re.Match[str], words: Words) -> _Span | None:
    """Return a time in whole units; nothing if it is none at all or longer than a century."""
    unit, times = words.units[found["unit"]]
    ends = [_number(found[end], words) * times for end in ("least", "most") if found[end]]
    if unit is Unit.YEARS and any(end.denominator > 1 for end in ends):
        unit, ends = Unit.MONTHS, [end * 12 for end in ends]
    least, most = math.ceil(min(ends)), math.ceil(max(ends))
    in_a_year = {Unit.DAYS: 366, Unit.MONTHS: 12, Unit.YEARS: 1}[unit]
    if not 0 < least <= most <= _LONGEST_YEARS * in_a_year:
        return None
    return least, most if most > least else None, unit


def _number(typed: str, words: Words) -> Fraction:
    if typed in words.numbers:
        return Fraction(words.numbers[typed])
    return Fraction(typed.replace(",", "."))


def _days(span: _Span) -> int:
    count, most, unit = span
    begins = date(2001, 1, 1)
    return (RetentionRule(Start.RECORDED, count, unit, most=most).after(begins) - begins).days


def _says_more(folded: str, words: Words) -> bool:
    """Return whether a text says more than a time, what it counts from, and a law."""
    rest = words.period.sub(" ", folded)
    for phrases in (words.starts, words.laws):
        known = next((name for name, _term in phrases if name in rest), None)
        rest = rest.replace(known, " ") if known else rest
    return any(word not in words.after for word in _LONG_WORD.findall(rest))


def _in_order(folded: str, phrases: Phrases[T]) -> list[T]:
    """Return the terms whose words are in a text, in its order; a longer phrase hides a shorter."""
    found: list[tuple[int, T]] = []
    for phrase, term in phrases:
        place = _place(folded, phrase)
        if place >= 0:
            found.append((place, term))
            folded = folded[:place] + " " * len(phrase) + folded[place + len(phrase) :]
    return list(dict.fromkeys(term for _place_of, term in sorted(found, key=lambda one: one[0])))


def _place(folded: str, phrase: str) -> int:
    """Return where a phrase begins a word in a text; -1 if nowhere."""
    if phrase not in folded:  # quicker than to look for every phrase as a pattern
        return -1
    found = re.search(rf"(?<![^\W\d_]){re.escape(phrase)}", folded)
    return found.start() if found else -1


def longest_first(phrases: Iterable[tuple[str, T]]) -> tuple[tuple[str, T], ...]:
    """Return phrases folded, the longest first, each once."""
    folded = {fold(phrase): term for phrase, term in phrases}
    return tuple(sorted(folded.items(), key=lambda one: -len(one[0])))


def period_pattern(
    units: Iterable[str], numbers: Iterable[str], ranges: Iterable[str]
) -> re.Pattern[str]:
    """Return what finds a time in a folded text: "24 months", "3-4 ar", "deux ans"."""
    number = rf"\d+(?:[.,]\d+)?|{_one_of(numbers)}"
    return re.compile(
        rf"(?<![\w.,])(?P<least>{number})"
        rf"(?:\s*(?:{_one_of(ranges)})\s*(?P<most>{number}))?"
        rf"[\s-]*(?P<unit>{_one_of(units)})(?![^\W\d_])"
    )


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
