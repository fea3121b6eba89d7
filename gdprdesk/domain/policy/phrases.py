"""The words that a policy is searched for: phrases of a language, and how it writes a period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gdprdesk.domain.policy.text import Section, Sentence

_WHOLE_WORD = r"(?<![\w])(?:{})(?!\w)"
_GAP = r"\b.{0,70}?\b"
_BETWEEN_WORDS = r"\W{1,3}"


@dataclass(frozen=True)
class Period:
    """A period that a sentence names, in months; of a range the upper end."""

    months: float
    said: str


class PhraseBook:
    """Everything one language may say about a thing, under the name of the thing.

    A phrase is written as it is read. `*` stands for any ending or beginning of a word, ` ... ` for
    a few words in between, `(a|b)` for a choice, `(a )?` for what may be left out, ` ?` for what is
    written as one word or two. What stands between two `/` is a regular expression.
    """

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]],
        numbers: Mapping[str, float],
        units: Mapping[str, float],
    ) -> None:
        self._phrases = {name: _expression(said) for name, said in phrases.items()}
        self._periods = _period_expression(numbers, units)
        self._numbers, self._units = numbers, units
        self.says = cache(self._says)

    def _says(self, name: str, sentence: Sentence) -> bool:
        """Return whether a sentence says a thing."""
        return self._phrases[name].search(sentence.plain) is not None

    def any_says(self, name: str, sentences: Iterable[Sentence]) -> bool:
        """Return whether one of the sentences says a thing."""
        return any(self.says(name, one) for one in sentences)

    def section_says(self, name: str, section: Section) -> bool:
        """Return whether a section says a thing anywhere."""
        return self.any_says(name, section.sentences)

    def periods(self, sentence: Sentence) -> Iterator[Period]:
        """Walk the periods in a sentence: "seven years", "3-4 months", "36 mån"."""
        for found in self._periods.finditer(sentence.plain):
            amount = self._amount(found["upper"] or found["amount"]) + (0.5 if found["half"] else 0)
            yield Period(amount * self._units[found["unit"]], found[0])

    def _amount(self, said: str) -> float:
        return self._numbers[said] if said in self._numbers else float(said.replace(",", "."))


def _expression(said: Sequence[str]) -> re.Pattern[str]:
    """Return what finds one of the phrases; nothing, if a language has none."""
    if not said:
        return re.compile(r"(?!)")
    return re.compile(_WHOLE_WORD.format("|".join(map(_translated, said))))


def _translated(phrase: str) -> str:
    """Return a phrase as a regular expression."""
    if phrase.startswith("/"):
        return phrase[1:-1]
    parts = (
        part.replace(".", r"\.")
        .replace("*", r"\w*")
        .replace(" ?", r"\W{0,3}")
        .replace(" ", _BETWEEN_WORDS)
        for part in phrase.split(" ... ")
    )
    return _GAP.join(parts)


def _period_expression(numbers: Mapping[str, float], units: Mapping[str, float]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    forms = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    amount = rf"\d{{1,3}}(?:[.,]\d)?|{words}"
    return re.compile(
        rf"(?<![\w.,/-])(?P<amount>{amount})"
        r"(?P<half>(?: (?:och|og|and))? (?:ett|et|a|en)? ?hal[vf]t?)?"
        rf"(?: ?(?:-|till?|to|or|eller|och|og) ?(?P<upper>{amount}))?"
        rf"(?: ?\(\w+\))?[ -]?(?:hele?|hela|full|whole|kalender|calendar )? ?"
        rf"(?P<unit>{forms})(?!\w)"
    )
