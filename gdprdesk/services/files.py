"""Writing reports and copies to files. Each is logged: who took what out of the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from gdprdesk.domain.base import RecipientRef, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission
from gdprdesk.exports import FORMATS, Document
from gdprdesk.exports.document import Table
from gdprdesk.i18n import N_, _
from gdprdesk.services.agreements import read_agreement
from gdprdesk.services.handing import ExportReceipt as _Receipt
from gdprdesk.services.handing import hand_out
from gdprdesk.services.notes import read_attachment
from gdprdesk.services.registry import action
from gdprdesk.services.reports.accountant import accountant_report
from gdprdesk.services.reports.agreement import agreement_report
from gdprdesk.services.reports.orders import day_sheet, invoice_report
from gdprdesk.services.reports.processors import processors_report, recipients_report
from gdprdesk.services.reports.proofs import consent_report, receipt_report
from gdprdesk.services.reports.register import public_report, register_report
from gdprdesk.services.reports.retention import retention_report
from gdprdesk.services.reports.served import processor_register_report
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import UnitOfWork

ExportReceipt = _Receipt  # what every export here returns
_KEYS = {one.key: one for one in FORMATS}


class FileFormat(StrEnum):
    """What a report can be saved as."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "md"


class RegisterExport(Protocol):
    """Saves a report on the whole register."""

    def __call__(
        self,
        work: UnitOfWork,
        /,
        *,
        to: Path,
        format: FileFormat = FileFormat.XLSX,  # noqa: A002  (the word the user types)
        language_code: str = "",
        overwrite: bool = False,
    ) -> ExportReceipt:
        """Write it in a language, or in that of the business."""
        ...


def export_of(name: str, build: Callable[..., Document], words: str) -> RegisterExport:
    """Return an action that saves a report on the whole register."""

    def export(
        work: UnitOfWork,
        *,
        to: Path,
        format: FileFormat = FileFormat.XLSX,  # noqa: A002
        language_code: str = "",
        overwrite: bool = False,
    ) -> ExportReceipt:
        document = build(work.session, language_code=language_code)
        return write_document(work, document, to, format, overwrite=overwrite)

    export.__name__, export.__doc__ = f"export_{name}", words
    return action(f"export.{name}", N_("Export"), undoable=False, needs=Permission.REGISTER)(export)


export_register = export_of(
    "register",
    register_report,
    "Save the record of processing, for the authority: one sheet, or one PDF.",
)
export_processor_register = export_of(
    "processor_register",
    processor_register_report,
    "Save the record of what is processed for others: Article 30(2).",
)
export_processors = export_of(
    "processors",
    processors_report,
    "Save the list of processors with their agreements.",
)
export_recipients = export_of(
    "recipients",
    recipients_report,
    "Save the list of everybody who gets personal data.",
)
export_retention = export_of(
    "retention",
    retention_report,
    "Save how long everything is kept, with the law that says so.",
)
export_public = export_of(
    "public",
    public_report,
    "Save what anybody who asks may know of the record of processing.",
)


@action("export.agreement", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_agreement(
    work: UnitOfWork,
    *,
    recipient_ref: RecipientRef,
    to: Path,
    format: FileFormat = FileFormat.DOCX,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save a processor agreement, filled in and ready to sign."""
    work.mention(recipient_ref)
    document = agreement_report(
        work.session, recipient_ref=recipient_ref, language_code=language_code
    )
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.agreement_file", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_agreement_file(
    work: UnitOfWork, *, recipient_ref: RecipientRef, to: Path, overwrite: bool = False
) -> ExportReceipt:
    """Save a copy of an agreement that is kept in the register."""
    work.mention(recipient_ref)
    one = read_agreement(work.session, recipient_ref=recipient_ref)
    kind = Path(one.name).suffix.removeprefix(".").casefold()
    return hand_out(work, one.content, to, kind, 1, overwrite=overwrite)


@action("export.accountant", N_("Export"), undoable=False, needs=Permission.INVOICES)
def export_accountant(
    work: UnitOfWork,
    *,
    year: int,
    to: Path,
    format: FileFormat = FileFormat.XLSX,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the list of invoices of a financial year for the accountant."""
    document = accountant_report(work.session, year=year, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.day_sheet", N_("Export"), undoable=False, needs=Permission.ORDERS)
def export_day_sheet(
    work: UnitOfWork,
    *,
    to: Path,
    day: date | None = None,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the orders of a day for the kitchen."""
    document = day_sheet(work.session, day=day, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite, guarded=True)


@action("export.invoice", N_("Export"), undoable=False, needs=Permission.INVOICES)
def export_invoice(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    to: Path,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save an invoice as PDF, to send to the buyer."""
    work.mention(ref)
    document = invoice_report(work.session, ref=ref, language_code=language_code)
    return write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)


@action("export.consent", N_("Export"), undoable=False, needs=Permission.CONSENTS)
def export_consent(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    to: Path,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the proof of one consent as PDF."""
    work.mention(ref)
    document = consent_report(work.session, ref=ref, language_code=language_code)
    return write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)


@action("export.receipt", N_("Export"), undoable=False, needs=Permission.ERASE)
def export_receipt(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    to: Path,
    language_code: str = "",
    purpose: str | None = None,
    with_name: bool = False,
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the receipt of an erasure as PDF; for herself with her name, while it is known."""
    work.mention(subject_ref)
    document = receipt_report(
        work.session,
        subject_ref=subject_ref,
        language_code=language_code,
        purpose=purpose,
        with_name=with_name,
    )
    return write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)


@action("export.attachment", N_("Export"), undoable=False, needs=Permission.NOTES)
def export_attachment(
    work: UnitOfWork, *, ref: RecordRef, to: Path, overwrite: bool = False
) -> ExportReceipt:
    """Save a copy of a file that is in the register."""
    work.mention(ref)
    one = read_attachment(work.session, ref=ref)
    kind = Path(one.row.file_name).suffix.removeprefix(".")
    return hand_out(work, one.content, to, kind, 1, overwrite=overwrite, guarded=True)


def write_document(
    work: UnitOfWork | Reading,
    document: Document,
    to: Path,
    wanted: FileFormat,
    *,
    overwrite: bool,
    guarded: bool = False,
) -> ExportReceipt:
    """Write a report to a file, and return what to tell about it.

    Args:
        work: The action or reading that writes it.
        document: What it says.
        to: The file.
        wanted: What it is saved as; with a password the file may be a zip that holds this.
        overwrite: Whether a file of that name may be replaced.
        guarded: Whether it holds what nobody else may read, such as names beside diets.

    Raises:
        DomainError: The name of the file says another format, or it cannot be written there.
    """
    chosen = _KEYS[wanted.value]
    _check_ending(work, to, chosen.suffix)
    tables = (
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    )
    rows = len(first.rows) if (first := next(tables, None)) else 0
    content = chosen.render(document)
    return hand_out(work, content, to, chosen.key, rows, overwrite=overwrite, guarded=guarded)


def save_content(
    work: UnitOfWork,
    content: bytes,
    to: Path,
    suffix: str,
    *,
    overwrite: bool,
    rows: int = 0,
    guarded: bool = False,
    remarks: tuple[str, ...] = (),
) -> ExportReceipt:
    """Write to a file what is made elsewhere, such as a letter as text.

    Raises:
        DomainError: The name of the file ends otherwise, or it cannot be written there.
    """
    _check_ending(work, to, suffix)
    kind = suffix.removeprefix(".")
    return hand_out(
        work, content, to, kind, rows, overwrite=overwrite, guarded=guarded, remarks=remarks
    )


def _check_ending(work: UnitOfWork | Reading, to: Path, suffix: str) -> None:
    may_be_packed = work.handing.password is not None
    if to.suffix.casefold() not in {suffix, ".zip" if may_be_packed else suffix}:
        said = _("The name of the file must end in {suffix}. Nothing was saved.")
        raise DomainError(said.format(suffix=suffix))
