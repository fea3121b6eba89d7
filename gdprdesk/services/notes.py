"""Notes, files and half-written forms about a person."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import ActivityRef, PersonalRecord, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import Attachment, Draft, WorkingNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Channel, FormField, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.entering import check_entered, read_entered_file
from gdprdesk.services.finding import (
    activity_for,
    find_activity,
    find_record,
    find_subject,
    staff_of,
)
from gdprdesk.services.form_fields import require_field
from gdprdesk.services.registry import action, query
from gdprdesk.services.sources import note_origin
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class AttachmentRow:
    """A file as a list shows it; size in bytes."""

    ref: RecordRef
    file_name: str
    media_type: str
    size: int
    recorded_on: date


@dataclass(frozen=True, repr=False)
class AttachmentContent:
    """A file with what is in it."""

    row: AttachmentRow
    content: bytes


@action("note.add", N_("New note"), needs=Permission.NOTES)
def add_note(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    text: str,
    channel: Channel = Channel.IN_PERSON,
    activity_ref: ActivityRef | None = None,
) -> RecordRef:
    """Write a note about a person. It is hers to see when she asks.

    It lives by the rule of the activity it is written for, such as that of a credit check.
    """
    if not text.strip():
        raise DomainError(_("Write the note first."))
    subject = find_subject(work.session, subject_ref)
    require_field(work.session, FormField.NOTES, subject.kind)
    note = WorkingNote(
        subject_id=subject.id,
        activity_id=_filed_under(work, subject, WorkingNote, activity_ref).id,
        recorded_on=work.today,
        text=text.strip(),
        channel=channel,
    )
    work.session.add(note)
    return note.ref


@action("note.update", N_("Changed note"), needs=Permission.NOTES)
def update_note(work: UnitOfWork, *, ref: RecordRef, text: str) -> None:
    """Change a note; an empty one goes away."""
    note = find_record(work.session, WorkingNote, ref)
    if text.strip():
        note.text = text.strip()
    else:
        work.session.delete(note)


@action("attachment.add", N_("New file"), needs=Permission.NOTES)
def add_attachment(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    path: Path,
    activity_ref: ActivityRef | None = None,
) -> RecordRef:
    """Put a copy of a file into the register. The file itself stays where it is.

    It lives by the rule of the activity it is kept for, such as that of a credit check.

    Raises:
        DomainError: It cannot be read, or is larger than 25 MB.
    """
    subject = find_subject(work.session, subject_ref)
    require_field(work.session, FormField.FILES, subject.kind)
    check_entered(path.name)
    content = read_entered_file(path)
    attachment = Attachment(
        subject_id=subject.id,
        activity_id=_filed_under(work, subject, Attachment, activity_ref).id,
        recorded_on=work.today,
        file_name=path.name,
        content=content,
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        size=len(content),
    )
    work.session.add(attachment)
    return attachment.ref


@action("attachment.remove", N_("Removed file"), needs=Permission.NOTES)
def remove_attachment(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take a file out of the register."""
    work.session.delete(find_record(work.session, Attachment, ref))


@query("attachment.list", needs=Permission.NOTES)
def list_attachments(read: Session, *, subject_ref: SubjectRef) -> tuple[AttachmentRow, ...]:
    """Return the files about a person, the newest first."""
    subject = find_subject(read, subject_ref)
    rows = read.execute(
        select(
            Attachment.ref,
            Attachment.file_name,
            Attachment.media_type,
            Attachment.size,
            Attachment.recorded_on,
        )
        .where(Attachment.subject_id == subject.id)
        .order_by(Attachment.id.desc())
    )
    return tuple(AttachmentRow(*row) for row in rows)


@query("attachment.read", needs=Permission.NOTES)
def read_attachment(read: Session, *, ref: RecordRef) -> AttachmentContent:
    """Return a file with what is in it."""
    one = find_record(read, Attachment, ref)
    row = AttachmentRow(one.ref, one.file_name, one.media_type, one.size, one.recorded_on)
    return AttachmentContent(row, one.content)


@action("draft.save", N_("Draft"), logged=False, undoable=False, of_restricted=True, needs=None)
def save_draft(
    work: UnitOfWork,
    *,
    form: str,
    entered: Mapping[str, Any],
    subject_ref: SubjectRef | None = None,
) -> None:
    """Keep what stands in a half-filled form, so that locking loses nothing. Empty forgets it."""
    subject = find_subject(work.session, subject_ref) if subject_ref else None
    draft = _draft(work.session, form, subject)
    if not entered:
        if draft is not None:
            work.session.delete(draft)
        return
    if draft is None:
        draft = Draft(
            subject_id=subject.id if subject else None,
            activity_id=activity_for(work.session, Draft).id,
            recorded_on=work.today,
            form=form,
            entered=dict(entered),
            saved_on=work.today,
            written_by=work.staff,
        )
        work.session.add(draft)
    draft.entered, draft.saved_on = dict(entered), work.today


@query("draft.load", needs=None)
def load_draft(
    read: Session, *, form: str, subject_ref: SubjectRef | None = None
) -> dict[str, Any]:
    """Return what stood in a form when it was left; empty if nothing did."""
    subject = find_subject(read, subject_ref) if subject_ref else None
    draft = _draft(read, form, subject)
    return dict(draft.entered) if draft else {}


def _filed_under(
    work: UnitOfWork, subject: DataSubject, kind: type[PersonalRecord], ref: ActivityRef | None
) -> ProcessingActivity:
    """Return the activity a record is for; if others gave the data, she is to be told."""
    if ref is None:
        return activity_for(work.session, kind, subject.kind)
    activity = find_activity(work.session, ref)
    note_origin(work, subject, activity)
    return activity


def _draft(session: Session, form: str, subject: DataSubject | None) -> Draft | None:
    owner = Draft.subject_id == subject.id if subject else Draft.subject_id.is_(None)
    hers = Draft.written_by == staff_of(session)
    return session.scalar(select(Draft).where(Draft.form == form, owner, hers))
