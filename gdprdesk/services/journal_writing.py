"""Writing in the journal: a draft, its signature, and what is added to it or corrected later.

A signed entry is never changed. A draft is sealed like the rest, so that what is half written is
never in the file as plain text; nothing of this can be taken back with Undo but a thrown away
draft, which comes back as sealed as it was.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, NoteKind, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import activity_for, find_record, find_subject
from gdprdesk.services.registry import action
from gdprdesk.services.staff_names import staff_name
from gdprdesk.store.unit_of_work import UnitOfWork

_LONGEST_VISIT = 24 * 60


@action("journal.write", N_("Journal note"), undoable=False, needs=Permission.JOURNAL_WRITE)
def write_note(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    text: str,
    ref: RecordRef | None = None,
    happened_on: date | None = None,
    minutes: int | None = None,
    booking_ref: RecordRef | None = None,
) -> RecordRef:
    """Write a draft of a journal entry, or go on with one of your own.

    Args:
        work: The unit of work.
        subject_ref: Whose journal.
        text: All of what it says.
        ref: The draft to go on with; without it a new one is begun.
        happened_on: The day of the visit; without it that of the booking, or today.
        minutes: How long it took.
        booking_ref: The booking it belongs to.

    Raises:
        DomainError: There is no text, the draft is somebody else's or signed, the booking is
            somebody else's, or the day is yet to come.
    """
    subject = find_subject(work.session, subject_ref)
    note = _new(work, subject, text) if ref is None else _own_draft(work, ref, subject)
    if ref is not None:
        _seal(work, note, subject, text)
    if booking_ref is not None:
        _link(work, note, subject, booking_ref)
    if happened_on is not None:
        note.happened_on = _been(work, happened_on)
    if minutes is not None:
        note.minutes = _checked_minutes(minutes)
    return note.ref


@action("journal.link", N_("Booking of a note"), undoable=False, needs=Permission.JOURNAL_WRITE)
def link_note(work: UnitOfWork, *, ref: RecordRef, booking_ref: RecordRef | None = None) -> None:
    """Say to which booking your own draft belongs, or that it belongs to none."""
    note = _own_draft(work, ref)
    if booking_ref is None:
        note.booking_ref = None
    else:
        subject = work.session.get_one(DataSubject, note.subject_id)
        _link(work, note, subject, booking_ref)


@action("journal.sign", N_("Signed note"), undoable=False, needs=Permission.JOURNAL_WRITE)
def sign_note(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Sign a draft: from then on it is locked, and what is wrong is corrected by a new entry.

    Raises:
        DomainError: It is signed already.
    """
    note = find_record(work.session, JournalNote, ref)
    if note.signed_at is not None:
        raise DomainError(
            _("This entry is signed already, by {name}. Nothing was changed.").format(
                name=staff_name(work.session, note.signed_by)
            )
        )
    _sign(work, note)


@action("journal.correct", N_("Correction"), undoable=False, needs=Permission.JOURNAL_WRITE)
def correct_note(work: UnitOfWork, *, ref: RecordRef, text: str, sign: bool = True) -> RecordRef:
    """Correct a signed entry by a new one. The old one stays to be read, with who wrote it when.

    Args:
        work: The unit of work.
        ref: What is wrong.
        text: What is right instead.
        sign: Whether it is signed at once; otherwise it is a draft.

    Raises:
        DomainError: There is no text, or what is wrong is only a draft.
    """
    return _about(work, ref, NoteKind.CORRECTION, text, sign=sign)


@action("journal.add", N_("Addendum"), undoable=False, needs=Permission.JOURNAL_WRITE)
def add_to_note(work: UnitOfWork, *, ref: RecordRef, text: str, sign: bool = True) -> RecordRef:
    """Add to a signed entry by a new one.

    Raises:
        DomainError: There is no text, or what is added to is only a draft.
    """
    return _about(work, ref, NoteKind.ADDENDUM, text, sign=sign)


@action("journal.discard", N_("Thrown away draft"), needs=Permission.JOURNAL_WRITE)
def discard_draft(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Throw away a draft of your own with its files. What is signed stays.

    Raises:
        DomainError: It is signed, or somebody else's.
    """
    note = _own_draft(work, ref)
    for file in work.session.scalars(select(JournalFile).where(JournalFile.note_ref == ref)):
        work.session.delete(file)
    work.session.delete(note)


def own_draft_refused(work: UnitOfWork, note: JournalNote) -> DomainError | None:
    """Return why an entry may not be changed by whoever does this; nothing if it may."""
    if note.signed_at is not None:
        return DomainError(
            _(
                "This entry is signed, so it stays as it is. Nothing was changed. Write a "
                "correction instead: both can then be read."
            )
        )
    if note.written_by != work.staff:
        return DomainError(
            _(
                "This draft was begun by {name}, so only {name} goes on with it. Nothing was "
                "changed. You can sign it, or write an entry of your own."
            ).format(name=staff_name(work.session, note.written_by))
        )
    return None


def _own_draft(work: UnitOfWork, ref: RecordRef, subject: DataSubject | None = None) -> JournalNote:
    note = find_record(work.session, JournalNote, ref)
    if subject is not None and note.subject_id != subject.id:
        raise DomainError(_("This entry is in somebody else's journal. Nothing was changed."))
    if refused := own_draft_refused(work, note):
        raise refused
    return note


def _new(work: UnitOfWork, subject: DataSubject, text: str) -> JournalNote:
    note = JournalNote(
        subject_id=subject.id,
        activity_id=activity_for(work.session, JournalNote).id,
        recorded_on=work.today,
        happened_on=work.today,
        text=work.seal(subject, Area.JOURNAL, _written(text)),
        written_by=work.staff,
        written_at=work.now.isoformat(),
    )
    work.session.add(note)
    return note


def _seal(work: UnitOfWork, note: JournalNote, subject: DataSubject, text: str) -> None:
    note.text = work.seal(subject, Area.JOURNAL, _written(text))
    note.written_at = work.now.isoformat()


def _written(text: str) -> str:
    if not is_visible(text):
        raise DomainError(_("Write the note first."))
    return text.strip()


def _sign(work: UnitOfWork, note: JournalNote) -> None:
    note.signed_by, note.signed_at = work.staff, work.now.isoformat()


def _about(work: UnitOfWork, ref: RecordRef, kind: NoteKind, text: str, *, sign: bool) -> RecordRef:
    """Write an entry about another, dated today: the journal is kept from its last entry."""
    about = find_record(work.session, JournalNote, ref)
    if about.signed_at is None:
        raise DomainError(
            _(
                "This entry is still a draft. Nothing was saved. Change the draft itself, or sign "
                "it first."
            )
        )
    subject = work.session.get_one(DataSubject, about.subject_id)
    note = _new(work, subject, text)
    note.kind, note.about = kind, about.ref
    if sign:
        _sign(work, note)
    return note.ref


def _link(
    work: UnitOfWork, note: JournalNote, subject: DataSubject, booking_ref: RecordRef
) -> None:
    booking = find_record(work.session, Booking, booking_ref)
    if booking.subject_id != subject.id:
        raise DomainError(_("This booking is somebody else's. Nothing was saved."))
    if note.booking_ref != booking.ref and booking.wanted_on is not None:
        note.happened_on = min(booking.wanted_on, work.today)
    note.booking_ref = booking.ref


def _been(work: UnitOfWork, day: date) -> date:
    if day > work.today:
        raise DomainError(
            _(
                "The journal tells of what has been, and this day is yet to come. Nothing was "
                "saved. Look at the day again."
            )
        )
    return day


def _checked_minutes(minutes: int) -> int:
    if not 0 < minutes <= _LONGEST_VISIT:
        raise DomainError(_("Say how long it took in minutes, from 1 to 1440. Nothing was saved."))
    return minutes
