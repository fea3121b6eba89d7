"""Paper in the locked cabinet: what lies where, when its time is over, and that it was shredded.

A clean-up or an erasure cannot shred. What is over stays in the list until somebody has taken it
out, destroyed it and written that down; the log of it names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import ActivityRef, PersonalRecord, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.papers import PaperFile
from gdprdesk.domain.retention import Kept, Relation, kept_of_person
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.due import find_by_hand
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import (
    activity_for,
    find_activity,
    find_record,
    find_subject,
    records_of_many,
    relation_to,
    rules_of,
    today_of,
)
from gdprdesk.services.law import law_of
from gdprdesk.services.registry import ByField, action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_LEAST_NAME = 3


@dataclass(frozen=True, repr=False)
class PaperRow:
    """A folder or box of paper.

    Attributes:
        from_on: The day of the oldest paper, to_on that of the newest; nothing while it is filled.
        name: Of the person it is about; empty if it is about many.
        until: The last day it is kept; nothing while that is open.
        kept_by_law: Whether a law says how long.
        is_due: Whether it is to be taken out and shredded.
        journal: Whether it is a journal on paper, or part of one.
    """

    ref: RecordRef
    place: str
    box: str
    what: str
    from_on: date | None
    to_on: date | None
    activity_ref: ActivityRef
    activity: str
    subject_ref: SubjectRef | None
    name: str
    until: date | None
    kept_by_law: bool
    is_due: bool
    journal: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class PaperChanges(ByField):
    """What is known of a folder or box; what is not given stays.

    Attributes:
        still_filled: Paper is still put into it, so that it has no newest day.
        about_many: It is about nobody in particular after all.
        journal: It is a journal on paper, or part of one.
    """

    place: str | None = None
    box: str | None = None
    what: str | None = None
    activity_ref: ActivityRef | None = None
    subject_ref: SubjectRef | None = None
    from_on: date | None = None
    to_on: date | None = None
    still_filled: bool = False
    about_many: bool = False
    journal: bool | None = None


@action("paper.add", N_("New paper"), needs=Permission.REGISTER)
def add_paper(work: UnitOfWork, *, changes: PaperChanges) -> RecordRef:
    """Write down where paper lies, what it is, from when until when, and what it is kept for.

    Raises:
        DomainError: It does not say where, which box or what, or a day is out of order.
    """
    paper = PaperFile(
        subject_id=None,
        activity_id=activity_for(work.session, PaperFile).id,
        recorded_on=work.today,
        place="",
        box="",
        what="",
    )
    _change(work, paper, changes)
    work.session.add(paper)
    return paper.ref


@action("paper.update", N_("Changed paper"), needs=Permission.REGISTER)
def update_paper(work: UnitOfWork, *, ref: RecordRef, changes: PaperChanges) -> None:
    """Change what is known of a folder or box; what is not given stays.

    Raises:
        DomainError: It does not say where, which box or what, or a day is out of order.
    """
    _change(work, find_record(work.session, PaperFile, ref), changes)


@action("paper.remove", N_("Removed paper"), needs=Permission.REGISTER)
def remove_paper(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take out of the list what was never there; what was destroyed is written down instead."""
    work.session.delete(find_record(work.session, PaperFile, ref))


@query("paper.list", needs=Permission.REGISTER)
def list_papers(
    read: Session,
    *,
    subject_ref: SubjectRef | None = None,
    due_only: bool = False,
    journals_only: bool = False,
) -> tuple[PaperRow, ...]:
    """Return the paper there is, place by place, or only what is to be shredded.

    Args:
        read: The open register.
        subject_ref: Only about this person.
        due_only: Only what is over.
        journals_only: Only journals on paper: whose lies where.
    """
    if due_only:
        refs = [item.record.ref for _who, item in find_by_hand(read, today_of(read))]
        wanted = select(PaperFile).where(PaperFile.ref.in_(refs))
    else:
        wanted = select(PaperFile)
    if journals_only:
        wanted = wanted.where(PaperFile.journal)
    if subject_ref is not None:
        wanted = wanted.where(PaperFile.subject_id == find_subject(read, subject_ref).id)
    papers = read.scalars(wanted).all()
    people = _people(read, papers)
    shown = [one for one in papers if one.subject_id is None or one.subject_id in people]
    rows = _rows(read, shown, people)
    return tuple(sorted(rows, key=lambda row: (not row.is_due, row.place, row.box)))


@query("paper.usual_row", needs=Permission.REGISTER)
def show_usual_row(read: Session) -> ActivityRef:
    """Return the row of the register that paper belongs to when nothing else is said."""
    return activity_for(read, PaperFile).ref


@query("paper.places", needs=Permission.REGISTER)
def list_places(read: Session) -> tuple[str, ...]:
    """Return the places where paper lies, to choose from."""
    return tuple(read.scalars(select(PaperFile.place).distinct().order_by(PaperFile.place)))


def _change(work: UnitOfWork, paper: PaperFile, changes: PaperChanges) -> None:
    for field in ("place", "box", "what"):
        value = getattr(changes, field)
        if value is not None:
            setattr(paper, field, " ".join(value.split()))
    if not all(map(is_visible, (paper.place, paper.box, paper.what))):
        raise DomainError(
            _(
                "Write where the paper lies, in which folder or box, and what it is. Nothing was "
                "saved."
            )
        )
    if changes.activity_ref is not None:
        paper.activity_id = find_activity(work.session, changes.activity_ref).id
    if changes.subject_ref is not None:
        paper.subject_id = find_subject(work.session, changes.subject_ref).id
    elif changes.about_many:
        paper.subject_id = None
    if changes.journal is not None:
        paper.journal = changes.journal
    oldest = changes.from_on or paper.from_on
    newest = None if changes.still_filled else changes.to_on or paper.to_on
    paper.from_on, paper.to_on = oldest, newest
    if any(day is not None and day > work.today for day in (oldest, newest)):
        raise DomainError(_("No paper is from a day that has not come. Nothing was saved."))
    if oldest is not None and newest is not None and newest < oldest:
        raise DomainError(
            _("The newest paper is older than the oldest. Nothing was saved. Look at the days.")
        )


def _people(read: Session, papers: Iterable[PaperFile]) -> dict[int, DataSubject]:
    """Return the people some papers are about, but nobody who is hidden."""
    ids = {one.subject_id for one in papers if one.subject_id is not None}
    active = DataSubject.state == SubjectState.ACTIVE
    found = read.scalars(select(DataSubject).where(DataSubject.id.in_(ids), active))
    return {one.id: one for one in found}


def _rows(
    read: Session, papers: Sequence[PaperFile], people: dict[int, DataSubject]
) -> list[PaperRow]:
    kept = _kept_days(read, papers, people)
    activities = {one.id: one for one in read.scalars(select(ProcessingActivity))}
    today = today_of(read)
    return [
        PaperRow(
            ref=one.ref,
            place=one.place,
            box=one.box,
            what=one.what,
            from_on=one.from_on,
            to_on=one.to_on,
            activity_ref=activities[one.activity_id].ref,
            activity=activities[one.activity_id].name,
            subject_ref=people[one.subject_id].ref if one.subject_id else None,
            name=people[one.subject_id].name if one.subject_id else "",
            until=kept[one.ref].until,
            kept_by_law=kept[one.ref].held,
            is_due=kept[one.ref].is_over(today),
            journal=one.journal,
        )
        for one in papers
    ]


def _kept_days(
    read: Session, papers: Sequence[PaperFile], people: dict[int, DataSubject]
) -> dict[RecordRef, Kept]:
    rules, law, today = rules_of(read), law_of(read), today_of(read)
    found: dict[RecordRef, Kept] = {}
    records = records_of_many(read, people)
    for number, subject in people.items():
        relation = relation_to(read, subject, records[number])
        kept = kept_of_person(records[number], rules, law, relation, today)
        found |= {one.ref: kept[one] for one in records[number] if isinstance(one, PaperFile)}
    holds = read.scalars(select(Hold).where(Hold.subject_id.is_(None))).all()
    for paper in papers:
        if paper.subject_id is None:
            own: list[PersonalRecord] = [paper, *(one for one in holds if one.target == paper.ref)]
            relation = Relation(paper.active_on(), paper.active_on())
            found[paper.ref] = kept_of_person(own, rules, law, relation, today)[paper]
    return found
