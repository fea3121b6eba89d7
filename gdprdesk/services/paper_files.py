"""Saving the logs of paper, of what was handed out, of instructions, and the closing list."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import ControllerRef, RecordRef
from gdprdesk.domain.closing import Ending
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_
from gdprdesk.services.files import ExportReceipt, FileFormat, export_of, write_document
from gdprdesk.services.registry import action
from gdprdesk.services.reports.closing import closing_report
from gdprdesk.services.reports.disclosures import disclosures_report
from gdprdesk.services.reports.instructions import (
    answer_report,
    instructions_report,
    settlement_report,
)
from gdprdesk.services.reports.papers import papers_report, shredding_report
from gdprdesk.store.unit_of_work import UnitOfWork

export_papers = export_of(
    "papers", papers_report, "Save the list of paper, to lay into the cabinet."
)
export_shredding = export_of(
    "shredding", shredding_report, "Save the log of shredding, which names nobody."
)
export_disclosures = export_of(
    "disclosures",
    disclosures_report,
    "Save what was handed out, and the camera clips that are kept.",
)
export_instructions = export_of(
    "instructions", instructions_report, "Save the instructions of businesses that are served."
)


@action("export.closing", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_closing(
    work: UnitOfWork,
    *,
    to: Path,
    ending: Ending = Ending.CLOSE,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the list of closing or handing over the business."""
    document = closing_report(work.session, ending=ending, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.instruction_answer", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_answer(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the answer to an instruction as a letter."""
    work.mention(ref)
    document = answer_report(work.session, ref=ref, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.settlement", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_settlement(
    work: UnitOfWork,
    *,
    controller_ref: ControllerRef,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the certificate that the data of a business went back or were deleted."""
    work.mention(controller_ref)
    document = settlement_report(
        work.session, controller_ref=controller_ref, language_code=language_code
    )
    return write_document(work, document, to, format, overwrite=overwrite)
