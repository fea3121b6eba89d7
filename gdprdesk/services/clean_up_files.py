"""Saving the protocol of a clean-up."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.registry import action
from gdprdesk.services.reports.clean_up import clean_up_report
from gdprdesk.store.unit_of_work import UnitOfWork


@action("export.clean_up", N_("Export"), undoable=False, needs=Permission.ERASE)
def export_clean_up(
    work: UnitOfWork,
    *,
    ref: EditionRef,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the protocol of a clean-up: what left by which rule, and nobody's name."""
    work.mention(ref)
    document = clean_up_report(work.session, ref=ref, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)
