"""A checker for a privacy policy that is there already: what it lacks, and how to put it right."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.law import CountsFrom
from gdprdesk.domain.policy.check import Standard, check
from gdprdesk.domain.policy.findings import Finding, FindingKind, Rule, Severity
from gdprdesk.domain.policy.keeping import KeepingLimits
from gdprdesk.domain.policy.names import LawNames
from gdprdesk.domain.policy.phrases import PhraseBook
from gdprdesk.domain.policy.text import PolicyText, parse
from gdprdesk.domain.policy.words import severity_label, words_about
from gdprdesk.domain.terms import Permission, cite
from gdprdesk.exports.document import Column, Document, Paragraph, Section, Table
from gdprdesk.i18n import LANGUAGES, _, ngettext
from gdprdesk.i18n import language as spoken
from gdprdesk.resources import resource
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import law_in, references
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report

MOST_CHARACTERS = 200_000
_LONGEST_QUOTE = 300
_LEAST_COMMON = 0.12
_BOOKKEEPING = ("bookkeeping", "bookkeeping_secondary")
_ANY_MONTH = 12


@dataclass(frozen=True, repr=False)
class FindingRow:
    """Something wrong with a policy, in the words of the user.

    Attributes:
        code: Which finding it is.
        kind: In what way the text falls short.
        severity: How much it matters.
        title: What is wrong, in a few words.
        quote: The sentence of the text; empty where something is missing.
        beside: Another sentence of it that says otherwise; mostly empty.
        why: Why that is wrong.
        how: How to put it right.
        article: Where the law says so.
    """

    code: str
    kind: FindingKind
    severity: Severity
    title: str
    quote: str
    beside: str
    why: str
    how: str
    article: str


@dataclass(frozen=True, repr=False)
class PolicyReport:
    """What was found in a policy.

    Attributes:
        language: The language it is written in: sv, nb or en.
        country: Whose law it was held against: SE or NO.
        sentences: How many sentences were read.
        findings: The gravest first, then in the order of the text.
    """

    language: str
    country: str
    sentences: int
    findings: tuple[FindingRow, ...]


@query("policy.check", needs=Permission.REGISTER)
def check_policy(read: Session, *, text: str, language: str = "") -> PolicyReport:
    """Return what is missing, unclear, outdated or wrong in a privacy policy that you have."""
    country = controller_of(read).country
    return check_text(text, code=language, country=country, today=today_of(read))


@query("report.policy", needs=Permission.REGISTER)
def policy_report(
    read: Session, *, text: str, language: str = "", language_code: str = ""
) -> Document:
    """Return what was found in a privacy policy that you have, to print.

    Args:
        read: The register.
        text: The policy.
        language: The language it is written in; found by its words if not given.
        language_code: The language of the report.
    """
    with spoken(language_code or controller_of(read).language):
        found = check_policy(read, text=text, language=language)
        return report(read, title=_("Check of a privacy policy"), sections=_sections(found))


def check_text(text: str, *, today: date, code: str = "", country: str = "") -> PolicyReport:
    """Return what is wrong with a policy, without a register.

    Args:
        text: The policy, as it is read or marked as in Markdown.
        today: The day whose law it is held against.
        code: The language it is written in; found by its words if not given.
        country: SE or NO; told by the language, and in English by what it names, if not given.

    Raises:
        DomainError: It is empty, too long, in another language, or about something else.
    """
    parsed = _parsed(text)
    code = code or _language_of(parsed)
    country = country or _country_of(parsed, code)
    standard = _standard(code, country, today)
    if not standard.book.any_says("personal_data", parsed.sentences):
        raise DomainError(
            _(
                "This text says nothing about personal data, so it is hardly a privacy policy."
                " Nothing was checked. Paste the whole policy."
            )
        )
    found = tuple(_row(one, country) for one in check(parsed, standard))
    return PolicyReport(code, country, len(list(parsed.sentences)), found)


def _parsed(text: str) -> PolicyText:
    if len(text) > MOST_CHARACTERS:
        raise DomainError(
            _("The text is too long to be a privacy policy. Nothing was checked. Paste less of it.")
        )
    parsed = parse(text)
    if not parsed.sections:
        raise DomainError(_("There is no text to check. Paste the policy, or choose its file."))
    return parsed


def _language_of(text: PolicyText) -> str:
    """Return the language whose common words the text has most of."""
    words = [word.strip(".,:;!?()\"'") for one in text.sentences for word in one.plain.split()]
    share = {
        code: sum(word in common for word in words) / len(words)
        for code in LANGUAGES
        for common in [frozenset(_words_of(code)["common"])]
    }
    best = max(share, key=lambda code: share[code])
    if share[best] < _LEAST_COMMON:
        raise DomainError(
            _(
                "The text does not look like Swedish, Norwegian or English, so it was not checked."
                " Choose its language if it is one of them."
            )
        )
    return best


def _country_of(text: PolicyText, code: str) -> str:
    told = {_words_of(one).get("country"): one for one in LANGUAGES}
    by_language = next((country for country, one in told.items() if country and one == code), "")
    if by_language:
        return by_language
    book = _book(code)
    return "NO" if book.any_says("norway", text.sentences) else "SE"


def _row(finding: Finding, country: str) -> FindingRow:
    rule = finding.rule
    title, why, how = words_about(rule.code, finding.named)
    article = _("Article {article} of the GDPR").format(article=cite(rule.article))
    return FindingRow(
        code=rule.code,
        kind=rule.kind,
        severity=rule.severity,
        title=title,
        quote=_quoted(finding.sentence.text if finding.sentence else ""),
        beside=_quoted(finding.beside.text if finding.beside else ""),
        why=why,
        how=how,
        article="; ".join(filter(None, (finding.source, rule.law.get(country), article))),
    )


def _quoted(sentence: str) -> str:
    if len(sentence) <= _LONGEST_QUOTE:
        return sentence
    return sentence[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _sections(found: PolicyReport) -> list[Section]:
    count = len(found.findings)
    said = ngettext("{count} thing to put right.", "{count} things to put right.", count)
    summary = said.format(count=count) if count else _("Nothing to put right was found.")
    advice = _("This is a check of words by a program, and no legal advice.")
    sections = [Section("", (Paragraph(summary, strong=True), Paragraph(advice, muted=True)))]
    for severity in Severity:
        rows = [one for one in found.findings if one.severity is severity]
        if rows:
            table = Table(columns=_columns(), rows=[_cells(one) for one in rows], cards=True)
            sections.append(Section(severity_label(severity), (table,)))
    return sections


def _columns() -> list[Column]:
    return [
        Column(_("Finding"), weight=1.6),
        Column(_("The text says"), weight=2.4),
        Column(_("Why it matters"), weight=2.4),
        Column(_("How to put it right"), weight=2.4),
        Column(_("Law"), weight=1.2),
    ]


def _cells(row: FindingRow) -> list[str]:
    quotes = [f"“{one}”" for one in (row.quote, row.beside) if one]
    return [row.title, " ".join(quotes), row.why, row.how, row.article]


def _standard(code: str, country: str, today: date) -> Standard:
    shared, own = _rules(), _words_of(code)
    laws = own.get("laws", {})
    return Standard(
        rules={row["code"]: _rule(row) for row in shared["rule"]},
        book=_book(code),
        purposes=shared["purposes"],
        limits=_limits(country, today),
        references=references(country),
        laws=LawNames(laws.get("endings", ()), laws.get("known", ()), laws.get("others", ())),
        today=today,
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    kind, severity = FindingKind(row["kind"]), Severity(row["severity"])
    return Rule(**{**row, "kind": kind, "severity": severity})


def _limits(country: str, today: date) -> KeepingLimits:
    law = law_in(country, _ANY_MONTH)
    rows = [row for row in law.rows if row.key in _BOOKKEEPING and row.applies_on(today)]
    shared = _rules()["limits"]
    return KeepingLimits(
        bookkeeping=[row.months for row in rows],
        from_calendar_year=rows[0].counts_from is CountsFrom.CALENDAR_YEAR,
        long=shared["long_months"],
        after_relation=shared["after_relation_months"],
        marketing_after_relation=shared["marketing_after_relation_months"],
    )


@cache
def _book(code: str) -> PhraseBook:
    """Return the phrases of a language, with those that are the same in every language."""
    shared, own = _rules()["phrases"], _words_of(code)
    names = shared.keys() | own["phrases"].keys()
    phrases = {one: [*shared.get(one, ()), *own["phrases"].get(one, ())] for one in names}
    return PhraseBook(phrases, own["numbers"], own["units"])


def _rules() -> Mapping[str, Any]:
    return _read("rules")


def _words_of(code: str) -> Mapping[str, Any]:
    return _read(code)


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource(f"policy/{name}.toml").read_text("utf-8"))
