"""The journal as anybody may list it who may read it: when, by whom, in what state; not what.

What the entries say is sealed, and shown only by the readings in `journal_reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import NoteKind, Permission, SubjectState
from gdprdesk.services.finding import find_client, today_of
from gdprdesk.services.registry import query
from gdprdesk.services.staff_names import staff_name

DRAFT_DAYS = 3
"""After so many days an unsigned draft stands on the first page."""


@dataclass(frozen=True, repr=False)
class NoteRow:
    """An entry in a journal as a list shows it; what it says is not in it.

    Attributes:
        name: Whose journal it is.
        about: The entry it is added to or corrects.
        minutes: How long the visit or call took; nothing if it was not said.
        booking: The number of the booking it belongs to; empty if to none.
        written_by: Who wrote it, by her key; `author` is what she is called.
        written_at: When it was last written, in UTC as ISO text.
        signer: Who signed it; empty while it is a draft.
        signed_at: When, in UTC as ISO text; nothing while it is a draft.
        files: How many files belong to it.
        corrected: Whether a signed correction of it was written.
    """

    ref: RecordRef
    subject_ref: SubjectRef
    name: str
    kind: NoteKind
    about: RecordRef | None
    happened_on: date
    minutes: int | None
    booking_ref: RecordRef | None
    booking: str
    written_by: str
    author: str
    written_at: str
    signer: str
    signed_at: str | None
    files: int
    corrected: bool

    @property
    def is_signed(self) -> bool:
        """Whether it is signed, and so never changed any more."""
        return self.signed_at is not None


@query("journal.list", needs=Permission.JOURNAL_READ)
def list_notes(read: Session, *, subject_ref: SubjectRef) -> tuple[NoteRow, ...]:
    """Return the entries of a person's journal, the latest day first, without what they say."""
    return rows_of_notes(read, notes_of(read, find_client(read, subject_ref)))


@query("journal.drafts", needs=Permission.JOURNAL_READ)
def list_drafts(read: Session, *, days: int = DRAFT_DAYS) -> tuple[NoteRow, ...]:
    """Return the drafts that nobody has signed for some days, the oldest first.

    Args:
        read: The open register.
        days: How long ago they were begun, at least.
    """
    until = today_of(read) - timedelta(days=days)
    return _rows(
        read,
        JournalNote.signed_at.is_(None),
        JournalNote.recorded_on <= until,
        order=(JournalNote.recorded_on, JournalNote.id),
    )


def notes_of(session: Session, subject: DataSubject) -> list[JournalNote]:
    """Return the entries of a person's journal, the latest day first; what they say is sealed."""
    asked = select(JournalNote).where(JournalNote.subject_id == subject.id)
    latest_first = JournalNote.happened_on.desc(), JournalNote.id.desc()
    return list(session.scalars(asked.order_by(*latest_first)))


def notes_by_ref(session: Session, refs: list[RecordRef]) -> list[JournalNote]:
    """Return entries in the order in which they are named."""
    known = {
        note.ref: note
        for some in _parts(refs)
        for note in session.scalars(select(JournalNote).where(_among(some)))
    }
    return [known[ref] for ref in refs]


def rows_of_notes(session: Session, notes: Iterable[JournalNote]) -> tuple[NoteRow, ...]:
    """Return entries as a list shows them, in the order given."""
    refs = [one.ref for one in notes]
    known = {row.ref: row for some in _parts(refs) for row in _rows(session, _among(some))}
    return tuple(known[ref] for ref in refs)


def _rows(
    session: Session, *wanted: ColumnElement[bool], order: tuple[Any, ...] = ()
) -> tuple[NoteRow, ...]:
    asked = (
        select(JournalNote, DataSubject.ref, DataSubject.name, Booking.number)
        .join(DataSubject, DataSubject.id == JournalNote.subject_id)
        .outerjoin(Booking, Booking.ref == JournalNote.booking_ref)
        .where(DataSubject.state != SubjectState.STAGED, *wanted)
        .order_by(*order)
    )
    found = session.execute(asked).all()
    refs = [note.ref for note, *_of in found]
    files, corrected = _files_with(session, refs), _corrected(session, refs)
    staff = {one for note, *_of in found for one in (note.written_by, note.signed_by)}
    called = {one: staff_name(session, one) for one in staff if one}
    return tuple(
        NoteRow(
            ref=note.ref,
            subject_ref=subject_ref,
            name=name,
            kind=note.kind,
            about=note.about,
            happened_on=note.happened_on,
            minutes=note.minutes,
            booking_ref=note.booking_ref if number else None,
            booking=number or "",
            written_by=note.written_by,
            author=called.get(note.written_by, ""),
            written_at=note.written_at,
            signer=called.get(note.signed_by, ""),
            signed_at=note.signed_at,
            files=files.get(note.ref, 0),
            corrected=note.ref in corrected,
        )
        for note, subject_ref, name, number in found
    )


def _files_with(session: Session, refs: list[RecordRef]) -> dict[RecordRef, int]:
    asked = select(JournalFile.note_ref, func.count()).group_by(JournalFile.note_ref)
    return {
        ref: count
        for some in _parts(refs)
        for ref, count in session.execute(asked.where(JournalFile.note_ref.in_(some)))
        if ref
    }


def _corrected(session: Session, refs: list[RecordRef]) -> set[RecordRef]:
    asked = select(JournalNote.about).where(
        JournalNote.kind == NoteKind.CORRECTION, JournalNote.signed_at.is_not(None)
    )
    return {
        ref
        for some in _parts(refs)
        for ref in session.scalars(asked.where(JournalNote.about.in_(some)))
        if ref
    }


def _among(refs: list[RecordRef]) -> ColumnElement[bool]:
    return JournalNote.ref.in_(refs)


def _parts(refs: list[RecordRef]) -> Iterator[list[RecordRef]]:
    at_once = 500
    return (refs[start : start + at_once] for start in range(0, len(refs), at_once))
