"""The journal as the person it is about is given it: every entry, what was corrected, who signed.

It is opened by one reading, with its line in the log, before a page of it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, ReadReason, say
from gdprdesk.exports.document import Block, Document, Fields, Paragraph, Section
from gdprdesk.i18n import N_, _, format_day, format_moment, language
from gdprdesk.services.files import ExportReceipt, FileFormat, write_document
from gdprdesk.services.finding import controller_of, find_client
from gdprdesk.services.handing import name_for_log
from gdprdesk.services.journal_files import JournalFileRow
from gdprdesk.services.journal_reading import OpenJournal, OpenNote, open_journal
from gdprdesk.services.registry import reading
from gdprdesk.services.reports.frame import report
from gdprdesk.store.reading import Reading


@reading("journal.report", N_("Read journal"), needs=Permission.JOURNAL_READ)
def journal_report(
    look: Reading, *, subject_ref: SubjectRef, reason: ReadReason, language_code: str = ""
) -> Document:
    """Show a person's whole journal as it would be printed; in the log first.

    Args:
        look: The reading.
        subject_ref: Whose journal.
        reason: Why it is read.
        language_code: The language of the headings; without one, hers.
    """
    return _document(look, find_client(look.session, subject_ref), reason, language_code)


@reading("journal.export", N_("Export"), needs=Permission.JOURNAL_READ)
def export_journal(
    look: Reading,
    *,
    subject_ref: SubjectRef,
    to: Path,
    reason: ReadReason = ReadReason.REQUEST,
    format: FileFormat = FileFormat.PDF,  # noqa: A002  (the word the user types)
    language_code: str = "",
    overwrite: bool = False,
) -> ExportReceipt:
    """Save a person's whole journal to a file, for herself; it is no longer sealed then.

    Drafts are in it, and said to be such. The files themselves are saved one by one, or all of
    them with the copy of everything about her.
    """
    subject = find_client(look.session, subject_ref)
    look.note_file(name_for_log(look.session, to.name))  # its line is kept before anything opens
    document = _document(look, subject, reason, language_code)
    return write_document(look, document, to, format, overwrite=overwrite, guarded=True)


def _document(
    look: Reading, subject: DataSubject, reason: ReadReason, language_code: str
) -> Document:
    session = look.session
    opened = open_journal(look, subject, reason)
    with language(language_code or subject.language or controller_of(session).language):
        return _report(session, opened)


def _report(session: Session, opened: OpenJournal) -> Document:
    sections = [part for note in _first(opened) for part in _entry(opened, note)]
    if opened.files:
        sections.append(Section(_("Files of the journal as a whole"), (_files(opened.files),)))
    if not sections:
        sections = [Section(_("Journal"), (Paragraph(_("Nothing has been written in it.")),))]
    return report(session, title=_("Journal"), subtitle=opened.name, sections=sections)


def _first(opened: OpenJournal) -> Iterator[OpenNote]:
    """Walk the entries that are about no other, the oldest first."""
    known = {one.row.ref for one in opened.notes}
    for one in reversed(opened.notes):
        if one.row.about not in known:
            yield one


def _entry(opened: OpenJournal, note: OpenNote, level: int = 1) -> Iterator[Section]:
    """Walk an entry and, beside it, all that was added to it or corrects it."""
    row = note.row
    title = _("{kind}, {day}").format(kind=say(row.kind), day=format_day(row.happened_on))
    blocks: list[Block] = [Fields(tuple(_lines(note))), *_paragraphs(note.text)]
    if note.files:
        blocks.append(_files(note.files))
    yield Section(title, blocks, level=1 if level == 1 else 2)
    for one in _about(opened, row.ref):
        yield from _entry(opened, one, level=2)


def _about(opened: OpenJournal, ref: RecordRef) -> Iterator[OpenNote]:
    return (one for one in reversed(opened.notes) if one.row.about == ref)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(part) for part in text.splitlines() if part.strip())


def _lines(note: OpenNote) -> Iterator[tuple[str, str]]:
    row = note.row
    yield _("Written by"), _("{name}, {moment}").format(name=row.author, moment=_at(row.written_at))
    if row.signed_at is not None:
        moment = _at(row.signed_at)
        yield _("Signed by"), _("{name}, {moment}").format(name=row.signer, moment=moment)
    else:
        yield _("Signed by"), _("Not signed: a draft")
    if row.corrected:
        yield _("Corrected"), _("Yes, see the correction below. This is the text as it was.")
    if row.minutes is not None:
        yield _("Took"), _("{count} minutes").format(count=row.minutes)
    if row.booking:
        yield _("Booking"), row.booking


def _at(moment: str) -> str:
    return format_moment(datetime.fromisoformat(moment)) if moment else _("an unknown day")


def _files(files: tuple[JournalFileRow, ...]) -> Fields:
    said = _("added {day} by {name}")
    return Fields(
        tuple(
            (one.file_name, said.format(day=format_day(one.added_on), name=one.added_by))
            for one in files
        )
    )
