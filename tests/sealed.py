"""What is sealed once more inside the file of a register, written and read past the log."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.identity import IdentityNumber
from gdprdesk.domain.journal import JournalFile, JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, NumberKind
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY

NUMBER = "850101-2382"


def write_journal(desk: Desk, subject_ref: SubjectRef, words: str, day: date = TODAY) -> None:
    """Put a note and a picture in somebody's journal."""
    with UnitOfWork(desk._vault, desk._clock) as work:
        subject = _subject(work.session, subject_ref)
        about: dict[str, Any] = {
            "subject_id": subject.id,
            "activity_id": work.session.scalars(select(ProcessingActivity.id)).first(),
            "recorded_on": day,
        }
        text = work.seal(subject, Area.JOURNAL, words)
        work.session.add(JournalNote(text=text, happened_on=day, **about))
        picture = words.encode() * 2000
        work.session.add(
            JournalFile(
                file_name=work.seal(subject, Area.JOURNAL, "picture.png"),
                content=work.seal(subject, Area.JOURNAL, picture),
                media_type="image/png",
                size=len(picture),
                **about,
            )
        )
        work.commit("journal.write")


def write_number(desk: Desk, subject_ref: SubjectRef) -> None:
    """Give somebody an identity number."""
    with UnitOfWork(desk._vault, desk._clock) as work:
        subject = _subject(work.session, subject_ref)
        work.session.add(
            IdentityNumber(
                subject_id=subject.id,
                activity_id=work.session.scalars(select(ProcessingActivity.id)).first() or 0,
                recorded_on=TODAY,
                kind=NumberKind.PERSONNUMMER,
                number=work.seal(subject, Area.GUARDED, NUMBER),
                shown="850101-****",
                digest="",
                why="",
            )
        )
        work.commit("identity.write")


def read_sealed(desk: Desk, subject_ref: SubjectRef) -> list[str]:
    """Return what is sealed of somebody: numbers, notes, and pictures by their size."""
    sealer = desk._vault.sealer
    with Session(desk._vault.reader) as read:
        subject = _subject(read, subject_ref)
        numbers = read.scalars(select(IdentityNumber.number))
        said = [sealer.open(subject, Area.GUARDED, one).decode() for one in numbers]
        if sealer.holds_journal:
            notes = read.scalars(select(JournalNote.text).order_by(JournalNote.id))
            said += [sealer.open(subject, Area.JOURNAL, one).decode() for one in notes]
            pictures = read.scalars(select(JournalFile.content).order_by(JournalFile.id))
            said += [str(len(sealer.open(subject, Area.JOURNAL, one))) for one in pictures]
        return said


def _subject(session: Session, ref: SubjectRef) -> DataSubject:
    return session.scalars(select(DataSubject).where(DataSubject.ref == ref)).one()
