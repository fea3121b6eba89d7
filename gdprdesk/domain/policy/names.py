"""Laws, authorities and roles a policy names that are not there any more, or never were."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.law import LawReference, ReferenceKind
from gdprdesk.domain.policy.findings import Finding, Reading, Rule
from gdprdesk.domain.policy.text import Sentence, plain
from gdprdesk.i18n import current_language

_SHORTEST_NAME = 8
_CODES = {
    ReferenceKind.AUTHORITY: "old_authority",
    ReferenceKind.LAW: "old_law",
    ReferenceKind.ROLE: "old_role",
}


@dataclass(frozen=True)
class LawNames:
    """How the laws of a language are told from other words.

    Attributes:
        endings: What their names end in: "lagen".
        known: Names of laws there are, beside those of the law book.
        others: Endings of words that are no laws: "bolagen".
    """

    endings: Collection[str]
    known: Collection[str]
    others: Collection[str]


def outdated(
    rules: Mapping[str, Rule], references: Sequence[LawReference], today: date, reading: Reading
) -> Iterator[Finding]:
    """Walk the names that were right once, unless the sentence says itself that they are old."""
    by_key = {one.key: one for one in references}
    for reference in references:
        if reference.valid_to >= today:
            continue
        successor = _successor(reference, by_key, today)
        for sentence in reading.sentences:
            if not _names(reference, sentence) or reading.excused(sentence, ["formerly"]):
                continue
            is_law = reference.kind is ReferenceKind.LAW  # a new act may keep the old name
            if not is_law and successor is not reference and _names(successor, sentence):
                continue
            old, new = (one.name[current_language()] for one in (reference, successor))
            rule, source = rules[_CODES[reference.kind]], successor.source if is_law else ""
            yield Finding(rule, sentence, named={"old": old, "new": new}, source=source)
            break


def unknown_laws(
    rule: Rule, laws: LawNames, references: Sequence[LawReference], reading: Reading
) -> Iterator[Finding]:
    """Walk the names that sound like a law and are none that is known, each once."""
    if not laws.endings:
        return
    known = {plain(name) for name in laws.known}
    known |= {name for one in references for name in one.said}
    sounding = re.compile(rf"(?<![\w-])\w+(?:{'|'.join(laws.endings)})(?=s?(?!\w))")
    for sentence in reading.sentences:
        for name in sounding.findall(sentence.plain):
            is_other = len(name) < _SHORTEST_NAME or name.endswith(tuple(laws.others))
            if name not in known and not is_other:
                known.add(name)
                yield Finding(rule, sentence, named={"name": name})


def _successor(
    reference: LawReference, by_key: Mapping[str, LawReference], today: date
) -> LawReference:
    """Return what applies today in place of an old name, however often it was replaced."""
    while reference.valid_to < today and reference.replaced_by:
        reference = by_key[reference.replaced_by]
    return reference


def _names(reference: LawReference, sentence: Sentence) -> bool:
    """Return whether a sentence has one of the spellings, in the genitive too."""
    return any(
        re.search(rf"(?<![\w-]){re.escape(said)}(?:'?s)?(?![\w])", sentence.plain)
        for said in map(plain, reference.said)
    )
