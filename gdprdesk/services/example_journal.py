"""What a made-up therapist writes after each visit of the last months: nothing of it is true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.journal import JournalNote
from gdprdesk.exports import PDF
from gdprdesk.exports.document import Paragraph, Section
from gdprdesk.services.finding import find_subject
from gdprdesk.services.journal_files import keep_file
from gdprdesk.services.journal_writing import (
    add_to_note,
    correct_note,
    sign_note,
    write_note,
)
from gdprdesk.services.reports.frame import report
from gdprdesk.store.unit_of_work import UnitOfWork

_SINCE = timedelta(days=200)
_FORGOTTEN = timedelta(days=12)
_EACH = 6
_SHEET, _CORRECTED, _ADDED = 1, 2, 4


def write_visit(
    work: UnitOfWork,
    words: Mapping[str, Any],
    subject_ref: SubjectRef,
    booking_ref: RecordRef,
    today: date,
) -> None:
    """Write in the journal after a visit; one of the last days is left unsigned.

    Args:
        work: The unit of work of that day.
        words: What there is to write.
        subject_ref: Who was there.
        booking_ref: The visit.
        today: The day on which the example ends.
    """
    if work.today < today - _SINCE:
        return
    number = work.session.scalar(select(func.count()).select_from(JournalNote)) or 0
    note = write_note(
        work,
        subject_ref=subject_ref,
        text=words["visits"][number % len(words["visits"])],
        minutes=words["minutes"],
        booking_ref=booking_ref,
    )
    if number % _EACH == _SHEET:
        _add_sheet(work, words, subject_ref, note)
    if work.today > today - _FORGOTTEN and not _is_a_draft_left(work, note):
        return
    sign_note(work, ref=note)
    if number % _EACH == _CORRECTED:
        correct_note(work, ref=note, text=words["correction"])
    elif number % _EACH == _ADDED:
        add_to_note(work, ref=note, text=words["addendum"])


def _is_a_draft_left(work: UnitOfWork, but: RecordRef) -> bool:
    asked = select(JournalNote.id).where(JournalNote.signed_at.is_(None), JournalNote.ref != but)
    return work.session.scalar(asked.limit(1)) is not None


def _add_sheet(
    work: UnitOfWork, words: Mapping[str, Any], subject_ref: SubjectRef, note: RecordRef
) -> None:
    """Add what a client takes home, as a PDF that is made in memory."""
    exercise = Section("", (Paragraph(words["exercise"]),))
    content = PDF.render(report(work.session, title=words["sheet"], sections=[exercise]))
    subject = find_subject(work.session, subject_ref)
    keep_file(work, subject, f"{words['sheet']}.pdf", content, note)
