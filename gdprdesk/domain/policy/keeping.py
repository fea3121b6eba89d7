"""How long a policy says that data are kept: not at all, vaguely, or longer than a law carries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from gdprdesk.domain.policy.findings import Finding, Reading, Rule
from gdprdesk.domain.policy.phrases import Period
from gdprdesk.domain.policy.text import Sentence

_A_YEAR = 12
_NEARBY, _REASON = 4, 2  # sentences


@dataclass(frozen=True)
class KeepingLimits:
    """What the law of a country says of periods, in months.

    Attributes:
        bookkeeping: The periods that bookkeeping law knows, the ordinary one first.
        from_calendar_year: Whether they count from the end of a calendar year, which the number
            alone does not say.
        long: From here on a period needs a reason of its own.
        after_relation: So long after a relation data may be kept without one.
        marketing_after_relation: The same for marketing.
    """

    bookkeeping: Collection[float]
    from_calendar_year: bool
    long: float
    after_relation: float
    marketing_after_relation: float


def keeping(
    rules: Mapping[str, Rule], limits: KeepingLimits, reading: Reading
) -> Iterator[Finding]:
    """Walk what is wrong with the periods of a policy."""
    vague = list(_vague(rules["retention_vague"], reading))
    yield from vague
    if not vague and not any(states_end(reading, one) for one in reading.sentences):
        yield Finding(rules["retention"])
    for sentence in reading.sentences:
        periods = [one for one in reading.book.periods(sentence) if one.months > 0]
        if periods and _speaks_of_keeping(reading, sentence):
            yield from _wrong_number(rules, limits, reading, sentence, periods)


def states_end(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says when data go: after a period, or when something happens."""
    if _names_event(reading, sentence):
        return True
    return any(reading.book.periods(sentence)) and _speaks_of_keeping(reading, sentence)


def _names_event(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence says what ends the keeping; that nobody needs it is no event."""
    return reading.book.says("until", sentence) and not reading.book.says("needless", sentence)


def _speaks_of_keeping(reading: Reading, sentence: Sentence) -> bool:
    book = reading.book
    if book.says("not_keeping", sentence):
        return False
    heading = reading.text.sections[sentence.section].sentences[0]
    lead_in = reading.around(sentence, after=0)
    return (
        book.any_says("keeping", lead_in)
        or book.says("keeping", heading)
        or (sentence.brief and reading.section_says("keeping", sentence))
    )


def _vague(rule: Rule, reading: Reading) -> Iterator[Finding]:
    """Walk what gives no number: never right, or right only where numbers stand nearby.

    A period of bookkeeping law says nothing of what is no bookkeeping.
    """
    book = reading.book
    for sentence in reading.sentences:
        is_told = any(book.periods(sentence)) or _names_event(reading, sentence)
        if is_told or book.says("bookkeeping_law", sentence):
            continue
        nearby = reading.around(sentence, before=_NEARBY, after=_NEARBY)
        others = (one for one in nearby if not book.says("bookkeeping_law", one))
        if book.says("vague", sentence) or (
            book.says("vague_alone", sentence)
            and not any(states_end(reading, one) for one in others)
        ):
            yield Finding(rule, sentence)


def _wrong_number(
    rules: Mapping[str, Rule],
    limits: KeepingLimits,
    reading: Reading,
    sentence: Sentence,
    periods: list[Period],
) -> Iterator[Finding]:
    book = reading.book
    longest = max(periods, key=lambda one: one.months)
    named = {"period": longest.said}
    has_reason = book.any_says("reason", reading.around(sentence, after=_REASON))
    if lawful := [one for one in periods if one.months in limits.bookkeeping]:
        if _is_counted_badly(limits, reading, sentence):
            yield Finding(rules["bookkeeping_count"], sentence, named={"period": lawful[0].said})
    elif book.says("bookkeeping_law", sentence) and longest.months > _A_YEAR:
        yield Finding(rules["bookkeeping_number"], sentence, named=named)
    elif longest.months >= limits.long and not has_reason:
        yield Finding(rules["retention_long"], sentence, named=named)
    elif book.says("relation_end", sentence) and not has_reason:
        about_marketing = book.any_says("marketing", reading.around(sentence))
        most = limits.marketing_after_relation if about_marketing else limits.after_relation
        if longest.months > most:
            yield Finding(rules["retention_after"], sentence, named=named)


def _is_counted_badly(limits: KeepingLimits, reading: Reading, sentence: Sentence) -> bool:
    if not limits.from_calendar_year or reading.first("bookkeeping") is None:
        return False
    return not reading.book.any_says("year_end", reading.around(sentence))
