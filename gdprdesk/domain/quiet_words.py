"""Words that had better not stand in what is written of somebody: Article 9, and an own list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gdprdesk.domain.terms import QuietKind

_WORD = re.compile(r"\w+")
# A street is named after a hospital, and nobody is ill for living there.
_PLACES = (
    *("gatan", "gata", "gaten", "gate", "vägen", "väg", "vegen", "veien", "vei", "stigen"),
    *("torget", "torg", "plats", "platsen", "plass", "plassen", "parken", "backen", "bakken"),
)
_LEAST_BEGINNING = 4


@dataclass(frozen=True)
class WordRule:
    """One word, or some in a row; the last may be only how a word begins."""

    kind: QuietKind
    parts: tuple[str, ...]
    begins: bool = False

    def fits(self, words: tuple[str, ...]) -> bool:
        """Return whether as many words as it has parts are the ones it is about."""
        *whole, last = self.parts
        if list(words[:-1]) != whole:
            return False
        if not self.begins:
            return words[-1] == last
        return words[-1].startswith(last) and not words[-1].endswith(_PLACES)


def rules_of(said: Mapping[QuietKind, Iterable[str]]) -> tuple[WordRule, ...]:
    """Return the rules of a list: "word", "beginning*", "two words"."""
    return tuple(
        WordRule(kind, tuple(_words(one.removesuffix("*"))), one.endswith("*"))
        for kind, every in said.items()
        for one in every
    )


def own_rules(own: Iterable[str]) -> tuple[WordRule, ...]:
    """Return the rules of an own list: a word of some length is found with any ending it takes."""
    parts = (tuple(_words(one)) for one in own)
    return tuple(
        WordRule(QuietKind.OWN, words, len(words[-1]) >= _LEAST_BEGINNING)
        for words in parts
        if words
    )


def find_quiet_words(text: str, rules: Iterable[WordRule]) -> Mapping[QuietKind, tuple[str, ...]]:
    """Return the words of a text that a rule is about, as they are written there, by their kind."""
    written = _WORD.findall(unicodedata.normalize("NFC", text))
    folded = tuple(word.casefold() for word in written)
    by_length = _by_length(rules)
    found: dict[QuietKind, dict[str, str]] = {}
    for place in range(len(folded)):
        for length, of_length in by_length.items():
            run = folded[place : place + length]
            for rule in of_length if len(run) == length else ():
                if rule.fits(run):
                    said = " ".join(written[place : place + length])
                    found.setdefault(rule.kind, {}).setdefault(said.casefold(), said)
    return {kind: tuple(words.values()) for kind, words in found.items()}


def _by_length(rules: Iterable[WordRule]) -> dict[int, list[WordRule]]:
    sorted_out: dict[int, list[WordRule]] = {}
    for rule in rules:
        sorted_out.setdefault(len(rule.parts), []).append(rule)
    return sorted_out


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFC", text).casefold()
    return (found.group() for found in _WORD.finditer(plain))
