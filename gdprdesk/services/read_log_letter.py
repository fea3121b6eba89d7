"""The log extract for one person: shown, and saved to print or to mail."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, SubjectState
from gdprdesk.exports.document import Document
from gdprdesk.i18n import N_, language
from gdprdesk.services.files import ExportReceipt, FileFormat, save_content, write_document
from gdprdesk.services.finding import controller_of
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.read_log import EXTRACT, readings_of
from gdprdesk.services.registry import action, query
from gdprdesk.services.reports.read_log import read_log_document, read_log_text
from gdprdesk.store.unit_of_work import UnitOfWork


@query("report.read_log", needs=Permission.REGISTER)
def read_log_report(
    read: Session,
    *,
    subject_ref: SubjectRef,
    with_names: bool = False,
    language_code: str = "",
) -> Document:
    """Return who has read what about a person, as she is told it, in her language.

    Args:
        read: The open register.
        subject_ref: Who; also somebody who has been erased.
        with_names: Whether it names those who read; the law asks only for the unit and the time.
        language_code: sv, nb or en; without one hers, else that of the business.
    """
    name, code = _addressed(read, subject_ref)
    with language(language_code or code):
        rows = readings_of(read, subject_ref)
        return read_log_document(read, rows, name=name, with_names=with_names)


@action(
    EXTRACT,
    N_("Log extract for a person"),
    undoable=False,
    of_restricted=True,
    needs=Permission.REGISTER,
)
def export_read_log(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    to: Path,
    format: LetterFormat = LetterFormat.PDF,  # noqa: A002  (the word the user types)
    with_names: bool = False,
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save who has read what about a person: as PDF to print, or as text to mail.

    Args:
        work: The transaction.
        subject_ref: Who; also somebody who has been erased.
        to: The file.
        format: What it is saved as.
        with_names: Whether it names those who read; the law asks only for the unit and the time.
        language_code: sv, nb or en; without one hers, else that of the business.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        DomainError: The file cannot be written there.
    """
    session = work.session
    name, code = _addressed(session, subject_ref)
    with language(language_code or code):
        rows = readings_of(session, subject_ref)
        if format is LetterFormat.PDF:
            document = read_log_document(session, rows, name=name, with_names=with_names)
            receipt = write_document(work, document, to, FileFormat.PDF, overwrite=overwrite)
        else:
            text = read_log_text(session, rows, name=name, with_names=with_names)
            receipt = save_content(
                work, text.encode(), to, ".txt", overwrite=overwrite, rows=len(rows)
            )
    work.mention(subject_ref)
    return receipt


def _addressed(read: Session, ref: SubjectRef) -> tuple[str, str]:
    """Return the name of a person and her language; no name of somebody who was erased."""
    subject = read.scalar(select(DataSubject).where(DataSubject.ref == ref))
    business = controller_of(read).language
    if subject is None or subject.state is not SubjectState.ACTIVE:
        return "", business
    return subject.name, subject.language or business
