"""Reading the journal. Each function here leaves one line in the log before anything is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, ReadReason, SubjectState
from gdprdesk.domain.text import finder_of, search_words
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import find_client, find_record
from gdprdesk.services.journal import NoteRow, notes_by_ref, notes_of, rows_of_notes
from gdprdesk.services.journal_files import JournalFileRow, files_of, rows_of_files
from gdprdesk.services.registry import reading
from gdprdesk.store.reading import Reading, Wanted

MOST_FOUND = 200
"""A search shows so many entries at most: whoever needs more searches for more."""
_AROUND = 60  # letters shown on each side of what was found


@dataclass(frozen=True, repr=False)
class OpenNote:
    """An entry that was opened: what it says, and the files that belong to it."""

    row: NoteRow
    text: str
    files: tuple[JournalFileRow, ...]


@dataclass(frozen=True, repr=False)
class OpenJournal:
    """A whole journal that was opened.

    Attributes:
        notes: The entries, the latest day first.
        files: The files that belong to no entry.
    """

    subject_ref: SubjectRef
    name: str
    notes: tuple[OpenNote, ...]
    files: tuple[JournalFileRow, ...]


@dataclass(frozen=True, repr=False)
class NoteFound:
    """An entry in which something was found: the words around the first place.

    Attributes:
        around: The words; what was sought stands from `start` to `end`.
    """

    row: NoteRow
    around: str
    start: int
    end: int


@reading("journal.read", N_("Read journal"), needs=Permission.JOURNAL_READ)
def read_journal(look: Reading, *, subject_ref: SubjectRef, reason: ReadReason) -> OpenJournal:
    """Show all of a person's journal; that it was read is one line in the log, written first.

    Raises:
        DomainError: The line cannot be kept, or the journal is closed to you.
    """
    subject = find_client(look.session, subject_ref)
    return open_journal(look, subject, reason)


@reading("journal.read_note", N_("Read journal note"), needs=Permission.JOURNAL_READ)
def read_note(look: Reading, *, ref: RecordRef, reason: ReadReason) -> OpenNote:
    """Show one entry of a journal; that it was read is in the log first.

    Raises:
        DomainError: The line cannot be kept, or the journal is closed to you.
    """
    note = find_record(look.session, JournalNote, ref)
    subject = look.session.get_one(DataSubject, note.subject_id)
    files = [one for one in files_of(look.session, subject) if one.note_ref == ref]
    return _opened(look, subject, [note], files, reason).notes[0]


@reading("journal.search", N_("Searched journals"), needs=Permission.JOURNAL_READ)
def search_journal(
    look: Reading, *, text: str, subject_ref: SubjectRef | None = None
) -> tuple[NoteFound, ...]:
    """Search what journals say, in memory only, and show where it was found, the latest day first.

    At most 200 entries are shown.

    The log names those in whose journals it was found, since only their words are shown; of a
    search in one journal it names her in any case. What was searched for is kept nowhere.

    Args:
        look: The reading.
        text: Words; an entry is found in which all of them stand, also as parts of longer ones.
        subject_ref: In whose journal; without it, in all.

    Raises:
        DomainError: Nothing was searched for, or the line cannot be kept.
    """
    words = search_words(text)
    if not words:
        raise DomainError(_("Type a word to search for."))
    sought = (
        select(JournalNote.ref, JournalNote.subject_id, JournalNote.text)
        .join(DataSubject, DataSubject.id == JournalNote.subject_id)
        .where(DataSubject.state != SubjectState.STAGED)
        .order_by(JournalNote.happened_on.desc(), JournalNote.id.desc())
    )
    of = []
    if subject_ref is not None:
        of = [find_client(look.session, subject_ref)]
        sought = sought.where(JournalNote.subject_id == of[0].id)
    finders = [finder_of(word) for word in words]
    found = look.search(
        sought, lambda said: all(one.search(said) for one in finders), of=of, most=MOST_FOUND
    )
    rows = rows_of_notes(look.session, notes_by_ref(look.session, list(found)))
    return tuple(_found(row, found[row.ref], finders[0]) for row in rows)


def open_journal(look: Reading, subject: DataSubject, reason: ReadReason) -> OpenJournal:
    """Open all of a person's journal with one line in the log."""
    session = look.session
    return _opened(look, subject, notes_of(session, subject), files_of(session, subject), reason)


def _opened(
    look: Reading,
    subject: DataSubject,
    notes: list[JournalNote],
    files: list[JournalFile],
    reason: ReadReason,
) -> OpenJournal:
    wanted: list[Wanted] = [
        *((note, "text") for note in notes),
        *((file, "file_name") for file in files),
    ]
    said = [str(one) for one in look.reveal(wanted, of=[subject], reason=reason)]
    texts, names = said[: len(notes)], said[len(notes) :]
    known = {file.ref: name for file, name in zip(files, names, strict=True)}
    rows = rows_of_files(look.session, files, known)
    opened = zip(rows_of_notes(look.session, notes), texts, strict=True)
    return OpenJournal(
        subject_ref=subject.ref,
        name=subject.name,
        notes=tuple(
            OpenNote(row, text, tuple(one for one in rows if one.note_ref == row.ref))
            for row, text in opened
        ),
        files=tuple(one for one in rows if one.note_ref is None),
    )


def _found(row: NoteRow, text: str, finder: re.Pattern[str]) -> NoteFound:
    place = finder.search(text)
    start, end = place.span() if place else (0, 0)
    begin = max(0, start - _AROUND)
    return NoteFound(row, text[begin : end + _AROUND], start - begin, end - begin)
