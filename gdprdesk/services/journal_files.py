"""Photos, recordings and papers in the journal: sealed like what is written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, Permission, ReadReason
from gdprdesk.i18n import N_, _
from gdprdesk.imports.journal_file import take_file
from gdprdesk.services.entering import check_entered, read_entered_file
from gdprdesk.services.finding import activity_for, find_record, find_subject
from gdprdesk.services.handing import ExportReceipt, hand_out, name_for_log
from gdprdesk.services.journal_writing import own_draft_refused
from gdprdesk.services.registry import action, reading
from gdprdesk.services.staff_names import staff_name
from gdprdesk.store.reading import Reading
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class JournalFileRow:
    """A file in a journal; `size` in bytes, `note_ref` the entry it belongs to, if to one."""

    ref: RecordRef
    note_ref: RecordRef | None
    file_name: str
    media_type: str
    size: int
    added_on: date
    added_by: str


@dataclass(frozen=True, repr=False)
class JournalFileContent:
    """A file in a journal with what is in it."""

    row: JournalFileRow
    content: bytes


@action(
    "journal.add_file", N_("File in the journal"), undoable=False, needs=Permission.JOURNAL_WRITE
)
def add_file(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    path: Path,
    note_ref: RecordRef | None = None,
) -> RecordRef:
    """Put a photo, a recording or a PDF into a journal. The file itself stays where it is.

    Of a photo only the picture is kept, not where and with which phone it was taken.

    Args:
        work: The unit of work.
        subject_ref: Whose journal.
        path: The file.
        note_ref: The draft of your own it belongs to; without it, the journal as a whole.

    Raises:
        DomainError: It cannot be read, is larger than 25 MB or of another kind, or the entry is
            signed or somebody else's.
    """
    subject = find_subject(work.session, subject_ref)
    if note_ref is not None:
        _check_draft(work, note_ref, subject)
    check_entered(path.name)
    return keep_file(work, subject, path.name, read_entered_file(path), note_ref)


def keep_file(
    work: UnitOfWork,
    subject: DataSubject,
    name: str,
    content: bytes,
    note_ref: RecordRef | None = None,
) -> RecordRef:
    """Put into a journal what was read or made in memory.

    Raises:
        DomainError: It is neither a photo, a recording nor a PDF.
    """
    taken = take_file(content)
    name = PurePath(name).with_suffix(taken.suffix).name
    file = JournalFile(
        subject_id=subject.id,
        activity_id=activity_for(work.session, JournalFile).id,
        recorded_on=work.today,
        file_name=work.seal(subject, Area.JOURNAL, name),
        content=work.seal(subject, Area.JOURNAL, taken.content),
        media_type=taken.media_type,
        size=len(taken.content),
        note_ref=note_ref,
        added_by=work.staff,
    )
    work.session.add(file)
    return file.ref


@action("journal.remove_file", N_("Removed file"), undoable=False, needs=Permission.JOURNAL_WRITE)
def remove_file(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take a file out again, as long as it belongs to a draft of your own.

    Raises:
        DomainError: It belongs to what is signed, to somebody else's draft, or to none.
    """
    file = find_record(work.session, JournalFile, ref)
    if file.note_ref is None:
        raise DomainError(
            _(
                "This file is a part of the journal as it is, like what is signed. Nothing was "
                "changed. Write an entry that says what is wrong with it."
            )
        )
    if refused := own_draft_refused(work, find_record(work.session, JournalNote, file.note_ref)):
        raise refused
    work.session.delete(file)


@reading("journal.read_file", N_("Read file"), needs=Permission.JOURNAL_READ)
def read_file(look: Reading, *, ref: RecordRef, reason: ReadReason) -> JournalFileContent:
    """Show a file of a journal; that it was opened is in the log first."""
    file = find_record(look.session, JournalFile, ref)
    subject = look.session.get_one(DataSubject, file.subject_id)
    wanted = [(file, "file_name"), (file, "content")]
    name, content = look.reveal(wanted, of=[subject], reason=reason)
    return JournalFileContent(row_of_file(look.session, file, str(name)), bytes_of(content))


@reading("journal.export_file", N_("Export"), needs=Permission.JOURNAL_READ)
def export_journal_file(
    look: Reading, *, ref: RecordRef, to: Path, reason: ReadReason, overwrite: bool = False
) -> ExportReceipt:
    """Save a copy of a file of a journal; it is no longer sealed then."""
    file = find_record(look.session, JournalFile, ref)
    subject = look.session.get_one(DataSubject, file.subject_id)
    look.note_file(name_for_log(look.session, to.name))  # its line is kept before it is opened
    wanted = [(file, "file_name"), (file, "content")]
    name, content = look.reveal(wanted, of=[subject], reason=reason)
    kind = Path(str(name)).suffix.removeprefix(".")
    return hand_out(look, bytes_of(content), to, kind, 1, overwrite=overwrite, guarded=True)


def files_of(session: Session, subject: DataSubject) -> list[JournalFile]:
    """Return the files of a person's journal, the newest first; names and contents are sealed."""
    asked = select(JournalFile).where(JournalFile.subject_id == subject.id)
    return list(session.scalars(asked.order_by(JournalFile.id.desc())))


def row_of_file(session: Session, file: JournalFile, name: str) -> JournalFileRow:
    """Return a file as a list shows it, by a name that was opened."""
    return JournalFileRow(
        ref=file.ref,
        note_ref=file.note_ref,
        file_name=name,
        media_type=file.media_type,
        size=file.size,
        added_on=file.recorded_on,
        added_by=staff_name(session, file.added_by),
    )


def rows_of_files(
    session: Session, files: list[JournalFile], names: Mapping[RecordRef, str]
) -> tuple[JournalFileRow, ...]:
    """Return files as a list shows them, by names that were opened."""
    return tuple(row_of_file(session, one, names[one.ref]) for one in files)


def bytes_of(content: str | bytes) -> bytes:
    """Return a file that was opened.

    Raises:
        TypeError: It is text.
    """
    if isinstance(content, str):
        raise TypeError("a file is no text")
    return content


def _check_draft(work: UnitOfWork, ref: RecordRef, subject: DataSubject) -> None:
    note = find_record(work.session, JournalNote, ref)
    if note.subject_id != subject.id:
        raise DomainError(_("This entry is in somebody else's journal. Nothing was changed."))
    if refused := own_draft_refused(work, note):
        raise refused
