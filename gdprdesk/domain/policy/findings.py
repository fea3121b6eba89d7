"""What is wrong with a policy: the findings, and the rules that are nothing but words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from gdprdesk.domain.policy.phrases import PhraseBook
from gdprdesk.domain.policy.text import PolicyText, Sentence


class FindingKind(StrEnum):
    """In what way a policy falls short."""

    MISSING = "missing"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    CONTRADICTION = "contradiction"
    UNLAWFUL = "unlawful"


class Severity(StrEnum):
    """How much it matters, worst first."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True)
class Rule:
    """One thing a policy is measured by: a row of resources/policy/rules.toml.

    Attributes:
        code: Its name.
        article: Of the regulation, such as "13(2)(a)".
        law: Another law by country, such as {"SE": "bokföringslagen 7 kap. 2 §"}.
        absent: What the text must say somewhere.
        says: What a sentence must not say.
        when: What the text must say for the rule to matter at all.
        within: What the section of the sentence says, so that the words mean this.
        beside: What another sentence says that does not agree with this one.
        near: Whether that other sentence stands in the same section, or is this very one.
        unless: What in this sentence or the next makes it right.
        unless_beside: What keeps a sentence from being that other one.
        unless_when: What keeps a sentence from being the one for which the rule matters.
        unless_text: What anywhere in the text makes it right.
    """

    code: str
    kind: FindingKind
    severity: Severity
    article: str
    law: Mapping[str, str] = field(default_factory=dict)
    absent: str = ""
    says: str = ""
    when: str = ""
    within: str = ""
    beside: str = ""
    near: bool = False
    unless: Sequence[str] = ()
    unless_beside: Sequence[str] = ()
    unless_when: Sequence[str] = ()
    unless_text: Sequence[str] = ()


@dataclass(frozen=True, repr=False)
class Finding:
    """Something wrong.

    Attributes:
        rule: What it was measured by.
        sentence: Where it is said; None where something is not said at all.
        beside: Another sentence that says otherwise.
        named: What the words about it name: an old authority, a number of years.
        source: Where a law that is named in the words is found.
    """

    rule: Rule
    sentence: Sentence | None = None
    beside: Sentence | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


class Reading:
    """A policy under the eyes of one who knows the language it is written in."""

    def __init__(self, text: PolicyText, book: PhraseBook) -> None:
        self.text = text
        self.book = book
        self.sentences = tuple(text.sentences)

    def saying(self, name: str, *, within: str = "") -> Iterator[Sentence]:
        """Walk the sentences that say a thing, in sections that say another."""
        for one in self.sentences:
            if self.book.says(name, one) and (not within or self.section_says(within, one)):
                yield one

    def first(self, name: str, *, within: str = "") -> Sentence | None:
        """Return the first sentence that says a thing."""
        return next(self.saying(name, within=within), None)

    def section_says(self, name: str, sentence: Sentence) -> bool:
        """Return whether the section of a sentence says a thing."""
        return self.book.section_says(name, self.text.sections[sentence.section])

    def says_any(self, names: Sequence[str], sentence: Sentence) -> bool:
        """Return whether a sentence says one of the things."""
        return any(self.book.says(name, sentence) for name in names)

    def around(self, sentence: Sentence, before: int = 1, after: int = 1) -> Sequence[Sentence]:
        """Return a sentence with its neighbours in the same section."""
        nearby = self.sentences[max(sentence.place - before, 0) : sentence.place + after + 1]
        return [one for one in nearby if one.section == sentence.section]

    def excused(self, sentence: Sentence, names: Sequence[str]) -> bool:
        """Return whether a sentence, or the one after it, says one of the things."""
        return any(self.says_any(names, one) for one in self.around(sentence, before=0))


def by_words(rule: Rule, reading: Reading) -> Iterator[Finding]:
    """Walk what a rule of words finds."""
    occasion = _occasion(rule, reading)
    if (rule.when and occasion is None) or any(map(reading.first, rule.unless_text)):
        return
    if rule.says:
        yield from _said(rule, reading)
    elif rule.absent:
        said = reading.saying(rule.absent, within=rule.within)
        if all(one.text.endswith("?") for one in said):  # a question is no answer
            yield Finding(rule, occasion)


def _occasion(rule: Rule, reading: Reading) -> Sentence | None:
    """Return the sentence that makes a rule matter, if only some sentence does."""
    said = reading.saying(rule.when) if rule.when else ()
    return next(
        (
            one
            for one in said
            if not reading.text.is_heading(one) and not reading.says_any(rule.unless_when, one)
        ),
        None,
    )


def _said(rule: Rule, reading: Reading) -> Iterator[Finding]:
    for sentence in reading.saying(rule.says, within=rule.within):
        if reading.excused(sentence, rule.unless):
            continue
        if not rule.beside:
            yield Finding(rule, sentence)
        elif other := _beside(rule, reading, sentence):
            yield Finding(rule, sentence, other if other is not sentence else None)
            return  # a contradiction is told once


def _beside(rule: Rule, reading: Reading, sentence: Sentence) -> Sentence | None:
    others = reading.around(sentence) if rule.near else reading.sentences
    return next(
        (
            one
            for one in others
            if reading.book.says(rule.beside, one)
            and (rule.near or one is not sentence)
            and not reading.says_any(rule.unless_beside, one)
        ),
        None,
    )
