"""The end of a journal that the law binds: only by a decision, and exactly what that says.

In Sweden IVO decides (patientdatalagen chapter 8 section 4), and the decision is written down
here. In Norway the practice decides by the test of section 43 of the Health Personnel Act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, RecordRef, SubjectRef, kind_name
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.journal import DestructionDecision, DestructionTest, JournalFile, JournalNote
from gdprdesk.domain.papers import PaperFile
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.backup_catalogue import BackupCopyRow, list_copies
from gdprdesk.services.entering import is_visible
from gdprdesk.services.finding import activity_for, controller_of, find_subject, records_of
from gdprdesk.services.journal_end import is_of_journal
from gdprdesk.services.patient_law import whom_to_ask
from gdprdesk.services.registry import action, query
from gdprdesk.services.staff_names import staff_name
from gdprdesk.store.unit_of_work import UnitOfWork

AUTHORITY = "IVO"


@dataclass(frozen=True, repr=False)
class EntryRow:
    """A part of a journal that a decision can be about; what it says is not in it.

    Attributes:
        said: What it is: "Journal note", or which folder.
        on: The day it is about, or of its newest paper.
        author: Who wrote it or put it there; empty for paper.
    """

    ref: RecordRef
    said: str
    on: date
    author: str


@dataclass(frozen=True, repr=False)
class DestructionRow:
    """A decision on a journal.

    Attributes:
        entries: How many parts it is about; 0 is the whole journal.
    """

    ref: RecordRef
    granted: bool
    decided_on: date
    decided_by: str
    case_number: str
    why: str
    entries: int
    carried_out_on: date | None


@dataclass(frozen=True, repr=False)
class DestructionReceipt:
    """What was destroyed, and where it is still.

    Attributes:
        destroyed: How many records of each kind.
        papers: Where paper lies that is to be taken out, shredded and written in the log.
        copies: Backups in which it is still; it is destroyed there too when they can be reached.
    """

    destroyed: tuple[tuple[str, int], ...]
    papers: tuple[str, ...]
    copies: tuple[BackupCopyRow, ...]


@query("journal.parts", needs=Permission.ERASE)
def list_journal_parts(read: Session, *, subject_ref: SubjectRef) -> tuple[EntryRow, ...]:
    """Return what a person's journal consists of, the oldest first, without what it says."""
    parts = _parts(read, find_subject(read, subject_ref))
    return tuple(sorted((_row(read, one) for one in parts), key=lambda row: row.on))


@query("journal.decisions", needs=Permission.ERASE)
def list_decisions(read: Session, *, subject_ref: SubjectRef) -> tuple[DestructionRow, ...]:
    """Return what was decided about a person's journal, the latest first."""
    found = decisions_about(read, find_subject(read, subject_ref))
    return tuple(
        DestructionRow(
            one.ref,
            one.granted,
            one.decided_on,
            staff_name(read, one.decided_by) if one.test else one.decided_by,
            one.case_number,
            one.why,
            len(one.note_refs),
            one.carried_out_on,
        )
        for one in reversed(found)
    )


@action(
    "journal.record_order",
    N_("Authority's decision on a journal"),
    of_restricted=True,
    needs=Permission.ERASE,
)
def record_order(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    granted: bool,
    decided_on: date,
    case_number: str,
    refs: tuple[RecordRef, ...] = (),
    why: str = "",
) -> RecordRef:
    """Write down what IVO has decided about a journal, in Sweden.

    Args:
        work: The transaction.
        subject_ref: Whose journal.
        granted: Whether it is to be destroyed.
        decided_on: The day of the decision.
        case_number: The number that stands on it.
        refs: Which parts of the journal it is about; without any, the whole.
        why: What else is to be remembered of it.

    Raises:
        DomainError: It is not for IVO to decide here, the number or the day is missing or wrong,
            or a part is not in this journal.
    """
    subject = _bound(work.session, subject_ref, "SE")
    if not is_visible(case_number):
        raise DomainError(
            _(
                "Write the number that stands on IVO's decision. Nothing was saved. Without a "
                "decision nothing of this journal may be destroyed."
            )
        )
    if decided_on > work.today:
        raise DomainError(_("Nothing was decided on a day that has not come. Nothing was saved."))
    return _keep(
        work,
        subject,
        refs,
        granted=granted,
        decided_on=decided_on,
        decided_by=AUTHORITY,
        case_number=" ".join(case_number.split()),
        why=why.strip(),
    )


@action(
    "journal.decide", N_("Own decision on a journal"), of_restricted=True, needs=Permission.ERASE
)
def decide_destruction(
    work: UnitOfWork,
    *,
    subject_ref: SubjectRef,
    test: DestructionTest,
    why: str,
    refs: tuple[RecordRef, ...] = (),
) -> RecordRef:
    """Decide yourself about a journal, in Norway; the outcome follows from the test.

    Args:
        work: The transaction.
        subject_ref: Whose journal.
        test: What you have found.
        why: Your reasons, as they stand in the letter to whoever asked.
        refs: Which parts of the journal it is about; without any, the whole.

    Raises:
        DomainError: It is not for the practice to decide here, there are no reasons, or a part is
            not in this journal.
    """
    subject = _bound(work.session, subject_ref, "NO")
    if not is_visible(why):
        raise DomainError(
            _(
                "Write your reasons, as they stand in the letter. Nothing was saved. Whoever asked "
                "can appeal against a refusal, and then they are looked at."
            )
        )
    return _keep(
        work,
        subject,
        refs,
        granted=test.passes,
        decided_on=work.today,
        decided_by=work.staff,
        why=why.strip(),
        test=test.answers(),
    )


@action(
    "journal.destroy",
    N_("Destroyed what was decided"),
    undoable=False,
    of_restricted=True,
    needs=Permission.ERASE,
)
def destroy_journal(work: UnitOfWork, *, ref: RecordRef) -> DestructionReceipt:
    """Destroy exactly what a decision is about, for good, and in the backups too.

    A file that belongs to a note goes with it. Paper is taken out and shredded by somebody.

    Raises:
        DomainError: The decision does not allow it, or has been carried out.
    """
    decision = _find(work.session, ref)
    if not decision.granted:
        raise DomainError(
            _(
                "This decision says that the journal is to be kept. Nothing was destroyed. {ask}"
            ).format(ask=whom_to_ask(controller_of(work.session).country))
        )
    if decision.carried_out_on is not None:
        raise DomainError(_("This decision has been carried out. Nothing was changed."))
    subject = work.session.get_one(DataSubject, decision.subject_id)
    parts = _parts(work.session, subject)
    going = [one for one in parts if decision.covers(one)]
    notes = {one.ref for one in going}
    going += [
        one
        for one in parts
        if isinstance(one, JournalFile) and one.note_ref in notes and one not in going
    ]
    papers = [one.place for one in going if isinstance(one, PaperFile)]
    gone = [one for one in going if not isinstance(one, PaperFile)]
    for one in gone:
        work.erase_for_good(SubjectRef(one.ref))  # so that it goes from every copy too
        work.session.delete(one)
    decision.carried_out_on = work.today
    work.mention(subject.ref)
    work.make_final()
    return DestructionReceipt(
        destroyed=tuple(Counter(kind_name(type(one)) for one in gone).items()),
        papers=tuple(dict.fromkeys(papers)),
        copies=list_copies(work.session),
    )


def list_interrupted(read: Session, *, erased: AbstractSet[SubjectRef]) -> tuple[RecordRef, ...]:
    """Return the decisions of which a crash has prevented the end."""
    open_ones = select(DestructionDecision).where(
        DestructionDecision.granted, DestructionDecision.carried_out_on.is_(None)
    )
    begun: AbstractSet[str] = erased
    return tuple(
        one.ref
        for one in read.scalars(open_ones)
        if any(
            part.ref in begun and one.covers(part)
            for part in _parts(read, read.get_one(DataSubject, one.subject_id))
        )
    )


def decisions_about(session: Session, subject: DataSubject) -> Sequence[DestructionDecision]:
    """Return the decisions on a person's journal, the oldest first."""
    hers = select(DestructionDecision).where(DestructionDecision.subject_id == subject.id)
    return session.scalars(hers.order_by(DestructionDecision.id)).all()


def may_destroy(session: Session, record: PersonalRecord) -> bool:
    """Return whether a decision allows to destroy a part of a journal that the law binds."""
    hers = select(DestructionDecision).where(DestructionDecision.subject_id == record.subject_id)
    return any(one.covers(record) for one in session.scalars(hers))


def _bound(session: Session, ref: SubjectRef, country: str) -> DataSubject:
    """Return a person whose journal is bound by the law of a country."""
    subject, known = find_subject(session, ref), controller_of(session)
    if not known.patient_law.binds:
        raise DomainError(
            _(
                "The law on patients' records does not apply to you, so nobody has to decide about "
                "this journal. Nothing was saved. If she wants it gone, erase her on her page."
            )
        )
    if known.country != country:
        raise DomainError(
            _("{ask} Nothing was saved.").format(ask=whom_to_ask(known.country)),
        )
    return subject


def _keep(
    work: UnitOfWork, subject: DataSubject, refs: tuple[RecordRef, ...], **said: Any
) -> RecordRef:
    hers = {one.ref for one in _parts(work.session, subject)}
    if not hers or not hers.issuperset(refs):
        raise NotFoundError(
            _(
                "There is no such part in the journal of {name}. Nothing was saved. Look at the "
                "list of its entries again."
            ).format(name=subject.name)
        )
    decision = DestructionDecision(
        subject_id=subject.id,
        activity_id=activity_for(work.session, DestructionDecision).id,
        recorded_on=work.today,
        note_refs=list(dict.fromkeys(refs)),
        **said,
    )
    work.session.add(decision)
    return decision.ref


def _find(session: Session, ref: RecordRef) -> DestructionDecision:
    found = session.scalar(select(DestructionDecision).where(DestructionDecision.ref == ref))
    if found is None:
        raise NotFoundError(_("This decision is not in the register any more."))
    return found


def _parts(session: Session, subject: DataSubject) -> list[PersonalRecord]:
    return [one for one in records_of(session, subject) if is_of_journal(one)]


def _row(read: Session, part: PersonalRecord) -> EntryRow:
    said, on, by = _(type(part).called[0]).capitalize(), part.recorded_on, ""
    if isinstance(part, JournalNote):
        on, by = part.happened_on, part.written_by
    elif isinstance(part, JournalFile):
        by = part.added_by
    elif isinstance(part, PaperFile):
        said, on = f"{said} {part.box}", part.active_on()
    return EntryRow(part.ref, said, on, staff_name(read, by) if by else "")


def destroyed_in(read: Session, erased: Iterable[SubjectRef]) -> list[PersonalRecord]:
    """Return the parts of journals in an older copy that were destroyed since it was made."""
    gone: set[str] = set(erased)
    kinds: list[type[PersonalRecord]] = [JournalNote, JournalFile]
    return [one for kind in kinds for one in read.scalars(select(kind)) if one.ref in gone]
