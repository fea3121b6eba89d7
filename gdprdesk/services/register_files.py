"""Saving what tells how the register is kept: snapshots, differences, the year, letters."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import EditionRef, RecordRef
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.registry import action
from gdprdesk.services.reports.overview import overview_report
from gdprdesk.services.reports.snapshot import difference_report, snapshot_report
from gdprdesk.services.reports.source_letter import source_letter
from gdprdesk.services.reports.year import year_report
from gdprdesk.store.unit_of_work import UnitOfWork


@action("export.snapshot", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_snapshot(
    work: UnitOfWork,
    *,
    ref: EditionRef,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the register as it was frozen on a day."""
    work.mention(ref)
    document = snapshot_report(work.session, ref=ref, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.difference", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_difference(
    work: UnitOfWork,
    *,
    older: EditionRef,
    to: Path,
    newer: EditionRef | None = None,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save what changed in the register from one snapshot to another, or until today."""
    work.mention(older)
    document = difference_report(
        work.session, older=older, newer=newer, language_code=language_code
    )
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.year", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_year(
    work: UnitOfWork,
    *,
    year: int,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the yearly check: one page to sign."""
    document = year_report(work.session, year=year, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.overview", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_overview(
    work: UnitOfWork,
    *,
    year: int,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save a year in pictures, with the figures beside them: no person is in it."""
    document = overview_report(work.session, year=year, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.source_letter", N_("Export"), undoable=False, needs=Permission.PEOPLE)
def export_source_letter(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    to: Path,
    format: FileFormat = FileFormat.DOCX,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the letter that tells a person where her data came from."""
    work.mention(ref)
    document = source_letter(work.session, ref=ref, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)
