"""Whether each purpose a policy speaks of has its own legal basis and its own period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gdprdesk.domain.policy.findings import Finding, Reading, Rule
from gdprdesk.domain.policy.keeping import states_end
from gdprdesk.domain.policy.text import Section, Sentence

Covers = Callable[[Section], bool]


def without_basis(rule: Rule, purposes: Sequence[str], reading: Reading) -> Iterator[Finding]:
    """Walk the purposes beside which no legal basis is named, where others have one."""

    def covers(section: Section) -> bool:
        return reading.book.section_says("basis", section)

    yield from _uncovered(rule, purposes, reading, covers)


def without_end(rule: Rule, purposes: Sequence[str], reading: Reading) -> Iterator[Finding]:
    """Walk the purposes of which it is not said how long data are kept, where others have it."""

    def covers(section: Section) -> bool:
        return any(states_end(reading, one) for one in section.sentences)

    if any(states_end(reading, one) for one in reading.saying("all_data")):
        return  # one period for all there is
    yield from _uncovered(rule, purposes, reading, covers)


def _uncovered(
    rule: Rule, purposes: Sequence[str], reading: Reading, covers: Covers
) -> Iterator[Finding]:
    text = reading.text
    if not any(map(covers, text.sections)):
        return  # nobody has one: that is another finding
    for purpose in purposes:
        said = reading.saying(purpose)
        spoken_of = [one for one in said if not _only_named(reading, one)]
        chapters = (text.chapter(one.section) for one in spoken_of)
        if spoken_of and not any(covers(section) for chapter in chapters for section in chapter):
            yield Finding(rule, min(spoken_of, key=text.is_heading))


def _only_named(reading: Reading, sentence: Sentence) -> bool:
    """Return whether a purpose is named as one there is not, or as what others get data for."""
    heading = reading.text.sections[sentence.section].sentences[0]
    is_of_others = reading.book.says("recipients_heading", heading)
    return is_of_others or reading.book.says("negated", sentence)
