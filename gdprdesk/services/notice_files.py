"""Saving a privacy notice: for the website, to print, to mend in Word."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.terms import Audience, Permission
from gdprdesk.i18n import N_
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.registry import action
from gdprdesk.services.reports.notice import notice_report
from gdprdesk.store.unit_of_work import UnitOfWork


class NoticeFormat(StrEnum):
    """What a notice can be saved as."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "md"


@action("export.notice", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_notice(
    work: UnitOfWork,
    *,
    to: Path,
    audience: Audience = Audience.CUSTOMERS,
    language_code: str = "",
    version: EditionRef | None = None,
    format: NoticeFormat = NoticeFormat.HTML,  # noqa: A002
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the privacy notice for an audience as it is today, or a version of it word for word."""
    document = notice_report(
        work.session, audience=audience, language_code=language_code, version=version
    )
    if version is not None:
        work.mention(version)
    return write_document(work, document, to, FileFormat(format.value), overwrite=overwrite)
