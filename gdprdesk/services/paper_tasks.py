"""The paper somebody has to take out and shred when a person is erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.papers import PaperFile
from gdprdesk.domain.retention import held_until, last_entry
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _
from gdprdesk.services.finding import rules_of, today_of
from gdprdesk.services.law import law_of


@dataclass(frozen=True, repr=False)
class PaperTask:
    """What is to be done with paper when a person is erased.

    Attributes:
        place: Where it lies; names nobody.
        task: What is to be done there, fit for a receipt that names nobody.
        look_for: The folder or box, and what it is; may name her.
    """

    place: str
    task: str
    look_for: tuple[str, ...]


def paper_tasks(
    read: Session, subject: DataSubject, records: Sequence[PersonalRecord]
) -> tuple[PaperTask, ...]:
    """Return which paper is to be taken out and shredded for the erasure of a person.

    Her own folders, and the boxes in which paper of many people lies and hers may be; not what a
    law still holds.

    Args:
        read: The open register.
        subject: The person.
        records: What of hers the erasure is about.
    """
    own = [one for one in records if isinstance(one, PaperFile)]
    entered = last_entry(records, today_of(read))
    found = [_task(one, subject) for one in own if not _is_held(read, one, entered)]
    return (*found, *(_task(one, subject) for one in _shared(read, records)))


def _shared(read: Session, records: Sequence[PersonalRecord]) -> Iterator[PaperFile]:
    """Walk the boxes of what she has records of, filled while she had to do with the business."""
    told = [one for one in records if not one.accompanies and not isinstance(one, PaperFile)]
    if not told:
        return
    days = [one.active_on() for one in told]
    kept_for = {one.activity_id for one in told}
    boxes = select(PaperFile).where(
        PaperFile.subject_id.is_(None), PaperFile.activity_id.in_(kept_for)
    )
    for box in read.scalars(boxes.order_by(PaperFile.place, PaperFile.id)):
        began = box.from_on is None or box.from_on <= max(days)
        ended = box.to_on is not None and box.to_on < min(days)
        if began and not ended and not _is_held(read, box):
            yield box


def _is_held(read: Session, paper: PaperFile, entered: date | None = None) -> bool:
    rules, today = rules_of(read)[paper.activity_id], today_of(read)
    until = held_until(paper, rules, law_of(read), today, entered)
    return until is not None and until >= today


def _task(paper: PaperFile, subject: DataSubject) -> PaperTask:
    """Return what is to be done.

    What stands on her own folder goes with her and is only looked for before; the box of many
    stays in the list, and is named as long as it does not say her name.
    """
    words = fold(subject.name).split()
    said = _("Look for her paper in {box}, take it out and shred it").format(box=paper.box)
    if any(word in fold(paper.box) for word in words):
        said = _("Look for her paper, take it out and shred it")
    if paper.subject_id is not None:
        said = _("Take out her paper and shred it")
    return PaperTask(paper.place, said, (paper.box, paper.what))
