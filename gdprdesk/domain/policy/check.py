"""A policy against everything it is measured by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.law import LawReference
from gdprdesk.domain.policy.findings import Finding, Reading, Rule, Severity, by_words
from gdprdesk.domain.policy.headings import gaps
from gdprdesk.domain.policy.keeping import KeepingLimits, keeping
from gdprdesk.domain.policy.names import LawNames, outdated, unknown_laws
from gdprdesk.domain.policy.phrases import PhraseBook
from gdprdesk.domain.policy.purposes import without_basis, without_end
from gdprdesk.domain.policy.text import PolicyText

_ORDER = list(Severity)


@dataclass(frozen=True)
class Standard:
    """What a policy in one language for one country is measured by on one day.

    Attributes:
        rules: Each by its code.
        book: What the language says about each thing.
        purposes: Names of phrases that each speak of one purpose.
        limits: What the law says of periods.
        references: Laws, authorities and roles, old and new.
        laws: How to tell a law from another word.
        today: The day.
    """

    rules: Mapping[str, Rule]
    book: PhraseBook
    purposes: Sequence[str]
    limits: KeepingLimits
    references: Sequence[LawReference]
    laws: LawNames
    today: date


def check(text: PolicyText, standard: Standard) -> list[Finding]:
    """Return everything that is wrong with a policy: the gravest first, then as it is read."""
    rules, reading = standard.rules, Reading(text, standard.book)
    found: list[Finding] = []
    for rule in rules.values():
        found += by_words(rule, reading)
    found += keeping(rules, standard.limits, reading)
    found += without_basis(rules["purpose_basis"], standard.purposes, reading)
    found += without_end(rules["purpose_period"], standard.purposes, reading)
    found += outdated(rules, standard.references, standard.today, reading)
    found += unknown_laws(rules["unknown_law"], standard.laws, standard.references, reading)
    found += gaps(rules["number_missing"], rules["number_repeated"], reading)
    return sorted(found, key=_rank)


def _rank(finding: Finding) -> tuple[int, int]:
    place = finding.sentence.place if finding.sentence else -1
    return _ORDER.index(finding.rule.severity), place
