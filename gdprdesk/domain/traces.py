"""Finding one person in what was written about others: by name, telephone and e-mail.

What can hardly mean anybody else is called sure. The rest is only worth a look: the owner decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from gdprdesk.domain.names import (
    WORD,
    NameParts,
    any_alike,
    forms,
    heard,
    is_also_word,
    parts_of,
    plain,
)

_BETWEEN_NAMES = re.compile(r"[ \t]?[-\N{NON-BREAKING HYPHEN}]?|,? ?|\n")
_AFTER_INITIAL = re.compile(r"\.?[ \t]?-?")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;\n])[\s\"'\N{RIGHT DOUBLE QUOTATION MARK}(\-]*$")
_BETWEEN_DIGITS = r"[ \t\N{NO-BREAK SPACE}.()/\-\N{EN DASH}]{0,3}"
_HYPHENS = "-\N{NON-BREAKING HYPHEN}"
_LONG = 7  # so many letters of a family name say enough, even if they are spelt otherwise
_NO_COMMON_WORD = 5  # so many say enough where they are not written as a name
_SHORTEST = 4  # what is shorter is not looked for in other spellings


class _Match(IntEnum):
    INITIAL = 1
    ALIKE = 2
    EXACT = 3


@dataclass(frozen=True, repr=False)
class Sought:
    """Who is looked for.

    Attributes:
        phones: Her numbers, only digits, without the code of the country and without its 0.
        emails: Her addresses.
        only_hers: Parts of her name, folded, that nobody else in the register bears.
        widespread: Parts that so many bear that alone they point at nobody.
    """

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    only_hers: frozenset[str] = frozenset()
    widespread: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> NameParts:
        """Return her name taken apart."""
        return parts_of(self.name)

    @cached_property
    def given_forms(self) -> dict[str, str]:
        """Return every form of her given names, each with the name it is a form of."""
        return {form: one for one in self.parts.given for form in forms(one, family=False)}

    @cached_property
    def family_forms(self) -> dict[str, str]:
        """Return every form of her family name, each with the part it is a form of."""
        return {form: one for one in self.parts.family for form in forms(one, family=True)}

    def may_begin(self, folded: str) -> bool:
        """Return whether one of her names begins with the sound that a word begins with."""
        begins = folded[:2]
        if begins not in self._begin:
            names = (*self.parts.given, *self.parts.family)
            sounds = {heard(one)[:1] for one in names}
            self._begin[begins] = heard(begins)[:1] in sounds
        return self._begin[begins]

    @cached_property
    def _begin(self) -> dict[str, bool]:
        return {}


@dataclass(frozen=True)
class Span:
    """Where somebody is meant in a text, and whether it can hardly be anybody else."""

    start: int
    end: int
    sure: bool


@dataclass(frozen=True, repr=False)
class _Word:
    start: int
    end: int
    said: str

    @cached_property
    def folded(self) -> str:
        return plain(self.said)

    @property
    def is_name(self) -> bool:
        """Whether it is written as names are."""
        return self.said[0].isupper()

    @property
    def is_initial(self) -> bool:
        return self.is_name and len(self.said) == 1


def names_in(text: str, who: Sought) -> tuple[Span, ...]:
    """Return where a text speaks of somebody, from its beginning; no two lie over each other."""
    spans = [*_numbers_in(text, who.phones), *_emails_in(text, who.emails)]
    for span in _Names(text, who).spans():
        if not any(span.start < one.end and one.start < span.end for one in spans):
            spans.append(span)
    return tuple(sorted(spans, key=lambda span: span.start))


def masked(text: str, spans: Iterable[Span], words: str) -> str:
    """Return a text with other words in the place of some spans."""
    for span in sorted(spans, key=lambda one: one.start, reverse=True):
        text = text[: span.start] + words + text[span.end :]
    return text


def _numbers_in(text: str, phones: Iterable[str]) -> Iterator[Span]:
    gap = _BETWEEN_DIGITS
    for phone in phones:
        abroad = rf"(?:\+|00){gap}\d{{1,3}}{gap}(?:0{gap})?"
        number = rf"(?<!\d)(?:{abroad}|0{gap})?{gap.join(phone)}(?!\d)"
        for found in re.finditer(number, text):
            yield Span(found.start(), found.end(), sure=True)


def _emails_in(text: str, emails: Iterable[str]) -> Iterator[Span]:
    for email in emails:
        address = rf"(?<![\w.+-]){re.escape(email)}(?![\w-])"
        for found in re.finditer(address, text, re.IGNORECASE):
            yield Span(found.start(), found.end(), sure=True)


class _Names:
    """One text, word by word, and what of her name stands in it."""

    def __init__(self, text: str, who: Sought) -> None:
        self._text, self._who = text, who
        self._words = [_Word(one.start(), one.end(), one.group()) for one in WORD.finditer(text)]
        self._given = [self._match(word, who.given_forms) for word in self._words]
        self._family = [self._match(word, who.family_forms) for word in self._words]
        initials = {part[0] for part in who.parts.given}
        for index, word in enumerate(self._words):
            if word.is_initial and word.folded in initials:
                self._given[index] = _Match.INITIAL

    def spans(self) -> Iterator[Span]:
        """Walk where she is named."""
        index = 0
        while index < len(self._words):
            if not self._is_part(index):
                index += 1
                continue
            run = range(index, self._end_of(index))
            sure = self._judge(run)
            if sure is not None:
                yield Span(self._words[run[0]].start, self._words[run[-1]].end, sure)
            index = run.stop

    def _match(self, word: _Word, known: dict[str, str]) -> _Match | None:
        if word.folded in known:
            return _Match.EXACT
        if len(word.folded) < _SHORTEST or not self._who.may_begin(word.folded):
            return None
        spelt = [one for one in set(known.values()) if len(one) >= _SHORTEST]
        return _Match.ALIKE if any_alike(word.folded, spelt) else None

    def _is_part(self, index: int) -> bool:
        return bool(self._given[index] or self._family[index])

    def _end_of(self, start: int) -> int:
        """Return after which word a name ends; one unknown middle name may stand in it."""
        end = start + 1
        while end < len(self._words) and self._joined(end):
            if self._is_part(end):
                end += 1
            elif (
                self._words[end].is_name
                and end + 1 < len(self._words)
                and self._joined(end + 1)
                and self._family[end + 1]
            ):
                end += 2
            else:
                break
        return end

    def _joined(self, index: int) -> bool:
        """Return whether a word stands so close to the one before that they may be one name."""
        before = self._words[index - 1]
        allowed = _AFTER_INITIAL if before.is_initial else _BETWEEN_NAMES
        return allowed.fullmatch(self._between(index)) is not None

    def _between(self, index: int) -> str:
        return self._text[self._words[index - 1].end : self._words[index].start]

    def _judge(self, run: range) -> bool | None:
        """Return whether it is surely she who is named; nothing if it is not worth a look."""
        own = [index for index in run if self._is_part(index)]
        given = max((self._given[index] or 0 for index in own), default=0)
        family = max((self._family[index] or 0 for index in own), default=0)
        if len(own) > 1 and given and family:
            return self._judge_both(run, given, family)
        if family:
            return self._judge_family(run, family)
        return self._judge_given(run, given)

    def _judge_both(self, run: range, given: int, family: int) -> bool | None:
        words = [self._words[index] for index in run]
        if given == _Match.INITIAL:
            return self._is_only_hers(run) if family == _Match.EXACT else None
        exact = given == family == _Match.EXACT and all(map(self._is_part, run))
        only_words = all(not word.is_name and is_also_word(word.folded) for word in words)
        return exact and not only_words and not self._is_hyphened(run)

    def _judge_family(self, run: range, match: int) -> bool | None:
        word = self._words[run[0]]
        if self._is_widespread(word) or self._is_mere_word(run[0]) or self._names_another(run[0]):
            return None
        if match != _Match.EXACT:
            return False if word.is_name and len(word.folded) >= _LONG else None
        if not word.is_name and len(word.folded) < _NO_COMMON_WORD:
            return None
        doubtful = is_also_word(word.folded) or self._follows_name(run[0]) or self._is_hyphened(run)
        return self._is_only_hers(run) and not doubtful

    def _judge_given(self, run: range, match: int) -> bool | None:
        word = self._words[run[0]]
        alone = match == _Match.EXACT and word.is_name and self._is_only_hers(run)
        if not alone or self._is_mere_word(run[0]) or self._is_hyphened(run):
            return None
        after = run.stop
        goes_on = after < len(self._words) and self._words[after].is_name and self._joined(after)
        return None if goes_on or self._names_another(run[0]) else False

    def _is_only_hers(self, run: range) -> bool:
        known = self._who.given_forms | self._who.family_forms
        return any(known.get(self._words[one].folded) in self._who.only_hers for one in run)

    def _is_widespread(self, word: _Word) -> bool:
        return self._who.family_forms.get(word.folded, word.folded) in self._who.widespread

    def _is_mere_word(self, index: int) -> bool:
        """Return whether it is a word of the language, and nothing shows that a name is meant."""
        word = self._words[index]
        return is_also_word(word.folded) and (not word.is_name or self._opens_sentence(index))

    def _opens_sentence(self, index: int) -> bool:
        return _SENTENCE_ENDS.search(self._text[: self._words[index].start]) is not None

    def _follows_name(self, index: int) -> bool:
        """Return whether a word written as a name stands right before: it may be another's."""
        return index > 0 and self._words[index - 1].is_name and self._joined(index)

    def _names_another(self, index: int) -> bool:
        """Return whether a given name or initial that is not hers stands right before."""
        if not self._follows_name(index):
            return False
        return self._words[index - 1].is_initial or not self._opens_sentence(index - 1)

    def _is_hyphened(self, run: range) -> bool:
        """Return whether it is only half of a double name."""
        before = run[0] > 0 and self._between(run[0]) in _HYPHENS
        after = run.stop < len(self._words) and self._between(run.stop) in _HYPHENS
        follows = after and self._words[run.stop].is_name
        return (before and self._words[run[0] - 1].is_name) or follows
