"""Paper as reports: what lies where, what was shredded. The log of shredding names nobody."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section
from gdprdesk.i18n import _, language
from gdprdesk.services.finding import controller_of
from gdprdesk.services.papers import PaperRow, list_papers
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.shredding import ShreddingRow, list_shredded
from gdprdesk.services.templates import phrase_book


@query("report.papers", needs=Permission.REGISTER)
def papers_report(read: Session, *, language_code: str = "") -> Document:
    """Return the list of paper: where it lies, what it is, from when until when, how long it stays.

    To lay into the cabinet; what is to be shredded stands first.
    """
    owner = controller_of(read)
    code = language_code or owner.language
    with language(code):
        phrase = phrase_book(owner.trade, code)
        papers = list_papers(read)
        columns = (
            Column(_("Where"), weight=1.6),
            Column(_("Folder or box"), weight=1.2),
            Column(_("What is in it"), weight=1.8),
            Column(_("Whom it is about"), weight=1.4),
            Column(_("Oldest paper"), Kind.DAY),
            Column(_("Newest paper"), Kind.DAY),
            Column(_("Processing"), weight=1.6),
            Column(_("Kept until"), Kind.DAY),
            Column(_("To do"), weight=1.1),
        )
        rows = [
            [
                one.place,
                one.box,
                one.what,
                one.name,
                one.from_on,
                one.to_on,
                phrase(one.activity),
                one.until,
                _to_do(one),
            ]
            for one in papers
        ]
        table = without_empty(columns, rows)
        said = table if rows else Paragraph(_("No paper is in the list."))
        return report(
            read,
            title=_("List of paper"),
            sections=[Section(_("Paper"), (said,))],
            landscape=True,
        )


@query("report.shredding", needs=Permission.REGISTER)
def shredding_report(read: Session, *, language_code: str = "") -> Document:
    """Return the log of shredding: when, what, how much, how and by whom, and for which erasure."""
    with language(language_code or controller_of(read).language):
        columns = (
            Column(_("When"), Kind.DAY),
            Column(_("What"), weight=2),
            Column(_("How much"), weight=1.2),
            Column(_("How"), weight=1.6),
            Column(_("By whom"), weight=1.2),
            Column(_("Scan checked by"), weight=1.4),
            Column(_("For the erasure"), weight=2),
        )
        rows = [_shredded(one) for one in list_shredded(read)]
        said = without_empty(columns, rows) if rows else Paragraph(_("Nothing was shredded yet."))
        return report(
            read,
            title=_("Shredding log"),
            sections=[
                Section(_("Shredded"), (said,)),
                Section(
                    "",
                    (
                        Paragraph(
                            _("The log names nobody. An erasure stands here by its number."),
                            muted=True,
                        ),
                    ),
                ),
            ],
            landscape=True,
        )


def _to_do(one: PaperRow) -> str:
    return _("Shred it") if one.is_due else ""


def _shredded(one: ShreddingRow) -> list[Cell]:
    return [
        one.done_on,
        one.what,
        one.amount,
        one.how,
        one.done_by,
        one.digitised_by,
        one.subject_ref or "",
    ]
