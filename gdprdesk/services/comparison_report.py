"""What is to be done after a comparison, as a list to work through: addresses, and no names."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from gdprdesk.domain.list_comparison import Finding
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section, Table
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.finding import controller_of
from gdprdesk.services.newsletter_comparison import Comparison
from gdprdesk.services.registry import action, query
from gdprdesk.services.reports.frame import report
from gdprdesk.store.unit_of_work import UnitOfWork

_LISTED = (Finding.LEFT, *(one for one in Finding if one.there), Finding.BOUNCED, Finding.MISSING)


@query("report.comparison", needs=Permission.EXPORT_ALL)
def comparison_report(
    read: Session, *, comparison: Comparison, language_code: str = ""
) -> Document:
    """Return what is to be done about each address; of the others only how many there are."""
    with language(language_code or controller_of(read).language):
        sections = [_counts(comparison), *(_listed(comparison, one) for one in _LISTED)]
        return report(
            read,
            title=_("{list} compared with {tool}").format(
                list=comparison.title, tool=comparison.tool.label
            ),
            sections=[one for one in sections if one is not None],
        )


@action("export.comparison", N_("Export"), undoable=False, needs=Permission.EXPORT_ALL)
def export_comparison(
    work: UnitOfWork,
    *,
    comparison: Comparison,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save what is to be done after a comparison, to work through and then to shred."""
    document = comparison_report(work.session, comparison=comparison, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


def _counts(comparison: Comparison) -> Section:
    rows: list[list[Cell]] = [
        [one.label, count, one.advice] for one, count in comparison.counts.items() if count
    ]
    columns = (
        Column(_("What was found"), weight=2),
        Column(_("Count"), Kind.NUMBER),
        Column(_("What to do"), weight=3),
    )
    said = _("When all is done, shred this list or delete the file.")
    return Section("", (Table(columns, rows, name=_("Overview")), Paragraph(said, muted=True)))


def _listed(comparison: Comparison, finding: Finding) -> Section | None:
    found = comparison.of(finding)
    if not found:
        return None
    columns = [Column(_("Done"), weight=0.5), Column(_("E-mail"), weight=3)]
    rows: list[list[Cell]] = [["[  ]", one.email] for one in found]
    if finding is Finding.LEFT:
        columns.append(Column(_("Left on"), Kind.DAY))
        for row, one in zip(rows, found, strict=True):
            row.append(one.left_on)
    return Section(finding.label, (Paragraph(finding.advice), Table(columns, rows)))
