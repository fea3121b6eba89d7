"""Who else gets personal data: processors with their agreements, and everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from gdprdesk.domain.recipients import Evidence, SubProcessor
from gdprdesk.domain.terms import Permission, RecipientRole, say
from gdprdesk.exports.document import Cell, Column, Document, Kind, Section
from gdprdesk.i18n import _, format_country, format_day, language
from gdprdesk.services.finding import controller_of
from gdprdesk.services.recipients import RecipientRow, list_recipients
from gdprdesk.services.registry import query
from gdprdesk.services.reports.activity_words import Phrase, listed
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.templates import phrase_book


@query("report.processors", needs=Permission.REGISTER)
def processors_report(read: Session, *, language_code: str = "") -> Document:
    """Return the processors: what they get, their agreements, and what was seen of their keeping.

    Article 28 and 30(1)(d).
    """
    owner = controller_of(read)
    with language(language_code or owner.language):
        found = [one for one in list_recipients(read) if one.role is RecipientRole.PROCESSOR]
        return _report(read, _("Processors"), found, language_code, agreements=True)


@query("report.recipients", needs=Permission.REGISTER)
def recipients_report(read: Session, *, language_code: str = "") -> Document:
    """Return everybody who gets personal data, in whatever role: Article 30(1)(d)."""
    owner = controller_of(read)
    with language(language_code or owner.language):
        found = list_recipients(read)
        return _report(read, _("Recipients"), found, language_code, agreements=False)


def _report(
    read: Session, title: str, found: Sequence[RecipientRow], code: str, *, agreements: bool
) -> Document:
    """Return a list of recipients; `agreements` says whether the law asks for one with each."""
    owner = controller_of(read)
    phrase = phrase_book(owner.trade, code or owner.language)
    rows = [_row(one, phrase) for one in found]
    table = replace(without_empty(_columns(agreements=agreements), rows), cards=True, name=title)
    return report(read, title=title, sections=[Section("", (table,))], landscape=True)


def _columns(*, agreements: bool) -> list[Column]:
    return [
        Column(_("Name"), weight=1.4, mandatory=True),
        Column(_("Role"), weight=1.0),
        Column(_("Service"), weight=1.6),
        Column(_("Gets"), weight=2.0),
        Column(_("Country"), weight=0.9),
        Column(_("Safeguard outside the EEA"), weight=1.6, mandatory=True),
        Column(_("Agreement of"), Kind.DAY, weight=0.9, mandatory=agreements),
        Column(_("Agreement until"), Kind.DAY, weight=0.9),
        Column(_("File of the agreement"), weight=1.2),
        Column(_("To be looked through"), Kind.DAY, weight=0.9),
        Column(_("Sub-processors"), weight=1.8),
        Column(_("Deletes after"), weight=1.0),
        Column(_("Evidence seen"), weight=1.6),
        Column(_("Contact for privacy"), weight=1.2),
        Column(_("To do there at an erasure"), weight=1.8),
        Column(_("Gets data of"), weight=1.8),
    ]


def _row(one: RecipientRow, phrase: Phrase) -> list[Cell]:
    abroad = phrase(one.mechanism) or _("no safeguard is given")
    return [
        phrase(one.name),
        say(one.role),
        phrase(one.service),
        phrase(one.gets),
        format_country(one.country),
        abroad if one.outside_eea else _("Not needed"),
        one.agreement_on or (_("missing") if one.needs_agreement else None),
        one.agreement_until,
        one.agreement_name,
        one.review_on,
        sub_processor_words(one.sub_processors, phrase),
        phrase(one.deletes_after),
        "\n".join(_evidence(seen) for seen in one.evidence),
        one.contact,
        phrase(one.task),
        listed(map(phrase, one.used_in)),
    ]


def sub_processor_words(others: Sequence[SubProcessor], phrase: Phrase) -> str:
    """Return whom a processor uses in its turn, where, and what for."""
    said = (
        (phrase(one["name"]), format_country(one["country"]), phrase(one["service"]))
        for one in others
    )
    return "; ".join(f"{name} ({listed(rest)})" for name, *rest in said)


def _evidence(seen: Evidence) -> str:
    return f"{format_day(date.fromisoformat(seen['seen_on']), short=True)}: {seen['what']}"
