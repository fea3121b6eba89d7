"""The log as a file: for a review, an authority, or somebody who asks who has read about her."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import Permission, say
from gdprdesk.exports.document import Cell, Column, Document, Kind, Section, Table
from gdprdesk.i18n import N_, _, language
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.finding import controller_of
from gdprdesk.services.log_listing import LogRow, list_log
from gdprdesk.services.paging import every_row
from gdprdesk.services.registry import action, query
from gdprdesk.services.reports.frame import report
from gdprdesk.store.unit_of_work import UnitOfWork


@query("report.log", needs=Permission.STAFF)
def log_report(
    read: Session,
    *,
    since: date | None = None,
    until: date | None = None,
    staff: str | None = None,
    subject_ref: SubjectRef | None = None,
    action: str | None = None,
    readings_only: bool = False,
    language_code: str = "",
) -> Document:
    """Return the log, or a part of it, the newest line first. Args as of `list_log`."""
    wanted = partial(
        list_log,
        read,
        since=since,
        until=until,
        staff=staff,
        subject_ref=subject_ref,
        action=action,
        readings_only=readings_only,
    )
    with language(language_code or controller_of(read).language):
        rows = [_cells(one) for one in every_row(wanted)]
        table = Table(_columns(), rows, name=_("The log"))
        title = _("The log of the register")
        return report(read, title=title, sections=[Section("", (table,))], landscape=True)


@action("export.audit", N_("Export"), undoable=False, needs=Permission.STAFF)
def export_log(
    work: UnitOfWork,
    *,
    to: Path,
    since: date | None = None,
    until: date | None = None,
    staff: str | None = None,
    subject_ref: SubjectRef | None = None,
    readings_only: bool = False,
    format: FileFormat = FileFormat.XLSX,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the log, or a part of it.

    Args:
        work: The transaction.
        to: The file.
        since: Not before this day.
        until: Not after this day.
        staff: Only by her, as the key file knows her.
        subject_ref: Only about this person.
        readings_only: Only what was read of the journal and of identity numbers.
        format: What it is saved as.
        language_code: The language of the file; without one, that of the business.
        overwrite: Whether a file of that name may be replaced.
    """
    if subject_ref is not None:
        work.mention(subject_ref)
    document = log_report(
        work.session,
        since=since,
        until=until,
        staff=staff,
        subject_ref=subject_ref,
        readings_only=readings_only,
        language_code=language_code,
    )
    return write_document(work, document, to, format, overwrite=overwrite)


def _columns() -> list[Column]:
    return [
        Column(_("Line"), Kind.NUMBER, weight=0.5),
        Column(_("When"), Kind.MOMENT, weight=1.2),
        Column(_("Who"), weight=1.2),
        Column(_("What"), weight=1.6),
        Column(_("About whom"), weight=2.4),
        Column(_("Why"), weight=1.4),
        Column(_("File"), weight=1.4),
    ]


def _cells(row: LogRow) -> list[Cell]:
    people = ", ".join(name or ref for ref, name in row.people)
    why = row.reason or row.purpose
    said = say(why) if why else ""
    return [row.number, row.at, row.staff, row.label, people, said, row.file_name or ""]
