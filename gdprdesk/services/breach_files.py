"""Saving what is written about breaches: the form, the log, the letters."""

from __future__ import annotations

from pathlib import Path

from gdprdesk.domain.base import BreachRef, ControllerRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission
from gdprdesk.exports import PDF
from gdprdesk.i18n import N_, _
from gdprdesk.services.breach_letters import show_breach_letter
from gdprdesk.services.breach_people import list_concerned
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.handing import hand_out_files
from gdprdesk.services.registry import action
from gdprdesk.services.reports.breach import (
    breach_letter_report,
    breach_report,
    breaches_report,
    letter_document,
)
from gdprdesk.store.unit_of_work import UnitOfWork


@action("export.breach", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_breach(
    work: UnitOfWork,
    *,
    breach_ref: BreachRef,
    to: Path,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save everything about a breach: what the authority asks for, the judgement, what was done."""
    work.mention(breach_ref)
    document = breach_report(work.session, breach_ref=breach_ref, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.breaches", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_breaches(
    work: UnitOfWork,
    *,
    to: Path,
    format: FileFormat = FileFormat.XLSX,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save the log of all breaches, also those that were not reported."""
    document = breaches_report(work.session, language_code=language_code)
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.breach_letter", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_breach_letter(
    work: UnitOfWork,
    *,
    breach_ref: BreachRef,
    to: Path,
    subject_ref: SubjectRef | None = None,
    controller_ref: ControllerRef | None = None,
    format: FileFormat = FileFormat.PDF,  # noqa: A002
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save a letter about a breach: to a person, to a business served, or a notice to all."""
    work.mention(breach_ref)
    for one in (subject_ref, controller_ref):
        if one is not None:
            work.mention(one)
    document = breach_letter_report(
        work.session,
        breach_ref=breach_ref,
        subject_ref=subject_ref,
        controller_ref=controller_ref,
        language_code=language_code,
    )
    return write_document(work, document, to, format, overwrite=overwrite)


@action("export.breach_letters", N_("Export"), undoable=False, needs=Permission.REGISTER)
def export_breach_letters(
    work: UnitOfWork, *, breach_ref: BreachRef, to: Path, overwrite: bool = False
) -> ExportReceipt:
    """Save a letter to each person chosen who was not told yet: a PDF each, in a zip.

    The files are numbered; each letter is in the language of its reader.

    Raises:
        DomainError: Nobody is chosen who is still to be told.
    """
    untold = [one for one in list_concerned(work.session, breach_ref=breach_ref) if not one.told_on]
    if not untold:
        raise DomainError(
            _("Nobody is chosen who is still to be told. Nothing was saved. Choose people first.")
        )
    work.mention(breach_ref)
    letters = []
    for number, row in enumerate(untold, 1):
        work.mention(row.subject_ref)
        written = show_breach_letter(
            work.session, breach_ref=breach_ref, subject_ref=row.subject_ref
        )
        content = PDF.render(letter_document(work.session, written))
        letters.append((f"{number:04d}.pdf", content))
    return hand_out_files(work, letters, to, len(letters), overwrite=overwrite, guarded=True)
