"""How long everything is kept, with the law that says so next to the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from gdprdesk.domain.terms import LegalBasis, Permission, say
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section
from gdprdesk.i18n import _, language
from gdprdesk.services.activities import ActivityDetail, every_activity
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.activity_words import Phrase, basis_words
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.templates import phrase_book


@query("report.retention", needs=Permission.REGISTER)
def retention_report(read: Session, *, language_code: str = "") -> Document:
    """Return how long the data of each purpose are kept, which law says so, and what happens then.

    A purpose beside the main one has a row of its own.
    """
    owner = controller_of(read)
    code = language_code or owner.language
    with language(code):
        phrase = phrase_book(owner.trade, code)
        rows = [row for one in every_activity(read) for row in _rows(read, one, phrase)]
        table = replace(without_empty(_columns(), rows), name=_("Retention"))
        longest = Paragraph(
            _("A record is kept as long as any purpose of its processing needs it."), muted=True
        )
        title = _("How long data are kept")
        return report(read, title=title, sections=[Section("", (table, longest))], landscape=True)


def _columns() -> list[Column]:
    return [
        Column(_("Processing"), weight=1.5),
        Column(_("Purpose"), weight=2.2),
        Column(_("Legal basis"), weight=1.3),
        Column(_("Kept for"), weight=2.2, mandatory=True),
        Column(_("The law that says so"), weight=1.8),
        Column(_("Why so long"), weight=3.0),
        Column(_("When the time is over"), weight=1.1),
        Column(_("Kept in"), weight=1.0),
        Column(_("To be reviewed"), Kind.DAY, weight=0.8),
    ]


def _rows(read: Session, one: ActivityDetail, phrase: Phrase) -> Iterator[list[Cell]]:
    own = (one.purpose, one.legal_basis, one.rule.law, one.rule.reason)
    further = (
        (said["purpose"], LegalBasis(said["legal_basis"]), said["law"], "")
        for said in one.further_purposes
    )
    for (purpose, basis, law, reason), period in zip((own, *further), one.periods, strict=True):
        yield [
            phrase(one.name),
            phrase(purpose),
            basis_words(basis),
            period,
            _law(read, law) if law else "",
            phrase(reason),
            say(one.rule.at_end),
            phrase(one.system_of_record) or _("This register"),
            one.review_due_on,
        ]


def _law(read: Session, key: str) -> str:
    """Return where a law is written."""
    return law_of(read).row(key, today_of(read)).source
