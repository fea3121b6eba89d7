"""How far erasures have come: the receipt of each, which names nobody, and the latest of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.erasure import CopyLine, ErasureCase, KeptLine
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.proofs import Proof
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    ErasureGround,
    ErasureState,
    IdentityCheck,
    Permission,
    SubjectState,
)
from gdprdesk.i18n import N_, _
from gdprdesk.services.erasure_outside import OutsideDone, done_at_others
from gdprdesk.services.erasure_preview import plan_of, say_cards
from gdprdesk.services.erasure_proofs import last_day_of
from gdprdesk.services.finding import find_any_subject, records_of, today_of
from gdprdesk.services.law import law_name
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork

_AT_ONCE = 500


@dataclass(frozen=True, repr=False)
class ErasureReceipt:
    """How far an erasure has come; names nobody.

    Attributes:
        erased: How many records of each kind went, or are to go.
        purpose: The consent whose data alone were erased; empty if it was everything about her.
        searched: How many records of each kind about others were looked through for traces of her;
            empty if they were not.
        found: How many traces there were, `to_mask` how many of these are still to be masked, and
            `masked` in how many places that was done.
        proofs: How many proofs are left of consents and requests, `proofs_until` their last day.
        cards: Which gift cards stay by their number, each a sentence.
        until: The last day of this receipt itself; nothing while something of hers is kept.
        warned: What was read about the end of her journal before it was decided, word by word;
            empty if there was none. `warned_by` read it.
    """

    ref: SubjectRef
    state: ErasureState
    asked_at: datetime
    due_at: datetime
    erased: tuple[tuple[str, int], ...]
    keep: tuple[KeptLine, ...]
    outside: tuple[OutsideDone, ...]
    copies: tuple[CopyLine, ...]
    deleted_at: datetime | None
    cleaned_at: datetime | None
    ground: ErasureGround | None
    checked: IdentityCheck | None
    purpose: str
    searched: tuple[tuple[str, int], ...]
    found: int
    to_mask: int
    masked: int
    proofs: int
    proofs_until: date | None
    cards: tuple[str, ...]
    until: date | None
    warned: str
    warned_by: str


@dataclass(frozen=True, repr=False)
class ErasureRow:
    """An erasure in the list of the latest; the name only while it can be undone.

    Attributes:
        came_back: It waits, but she has given something new since: the owner decides.
    """

    ref: SubjectRef
    name: str
    state: ErasureState
    due_at: datetime
    records: int
    came_back: bool


@query("erasure.receipt", needs=Permission.ERASE)
def show_receipt(
    read: Session, *, subject_ref: SubjectRef, purpose: str | None = None
) -> ErasureReceipt:
    """Return how far the erasure of a person has come, or of what rests on one consent of hers."""
    return receipt_of(read, must_have_case(read, subject_ref, purpose))


@query("erasure.list", needs=Permission.ERASE)
def list_erasures(read: Session, *, state: ErasureState | None = None) -> tuple[ErasureRow, ...]:
    """Return the erasures of people, the latest first; all or those that have come so far."""
    whole = select(ErasureCase).where(ErasureCase.purpose.is_(None))
    cases = whole.order_by(ErasureCase.id.desc())
    if state is not None:
        cases = cases.where(ErasureCase.state == state)
    open_states = [ErasureState.STAGED, ErasureState.WAITING]
    named = select(DataSubject.ref, DataSubject.name).where(
        DataSubject.ref.in_(
            select(ErasureCase.subject_ref).where(ErasureCase.state.in_(open_states))
        )
    )
    names = dict(read.execute(named).all())
    return tuple(
        ErasureRow(
            ref=case.subject_ref,
            name=names.get(case.subject_ref, ""),
            state=case.state,
            due_at=datetime.fromisoformat(case.due_at),
            records=sum(case.erased.values()),
            came_back=case.state is ErasureState.WAITING and came_back(read, case),
        )
        for case in read.scalars(cases)
    )


@action(
    "erasure.confirm_clean",
    N_("Erasure"),
    undoable=False,
    of_restricted=True,
    needs=Permission.ERASE,
)
def confirm_clean(work: UnitOfWork) -> None:
    """Write on each receipt that no page of the file holds a trace, if the vault says so."""
    if work.session.scalars(select(RegisterState.pages_unclean)).one():
        return
    for case in work.session.scalars(_unconfirmed()):
        case.cleaned_at = work.now.isoformat()


@action(
    "erasure.task_done",
    N_("Done elsewhere"),
    undoable=False,
    of_restricted=True,
    needs=Permission.ERASE,
)
def complete_outside_task(
    work: UnitOfWork, *, subject_ref: SubjectRef, recipient: str, done_on: date | None = None
) -> None:
    """Write down that the owner has erased the person at a recipient's or in a channel too.

    Args:
        work: The transaction.
        subject_ref: Whose erasure it is.
        recipient: The name of the recipient, or the key of the channel: "email".
        done_on: When it was done; today if nothing is said.

    Raises:
        DomainError: There is nothing to do there, or the day has not come.
    """
    case = must_have_case(work.session, subject_ref)
    if all(one["recipient"] != recipient for one in case.outside):
        raise DomainError(
            _("Nothing was to be erased at this recipient. Nothing was changed. Look at the name.")
        )
    day = done_on or work.today
    if day > work.today:
        raise DomainError(_("That day has not come. Nothing was saved. Look at the day again."))
    case.outside = [
        {**one, "done_on": one["done_on"] or day.isoformat()}
        if one["recipient"] == recipient
        else one
        for one in case.outside
    ]


def list_unfinished(
    read: Session, *, erased: AbstractSet[SubjectRef], now: datetime
) -> tuple[SubjectRef, ...]:
    """Return whose erasure has something left that can be done now.

    Whose time to undo is out; whose order is finished, or whose law has let go; and who is in the
    ledger of the erased, but whose deletion a crash has prevented.
    """
    interrupted = list(_still_there(read, sorted(erased)))
    open_states = [ErasureState.STAGED, ErasureState.WAITING, ErasureState.HELD]
    open_cases = select(ErasureCase).where(ErasureCase.state.in_(open_states))
    due = [case.subject_ref for case in read.scalars(open_cases) if _is_due(read, case, now)]
    return tuple(dict.fromkeys([*interrupted, *due]))


def erasure_waits(session: Session, ref: SubjectRef) -> bool:
    """Return whether a person is to be erased as soon as her order is finished."""
    case = find_case(session, ref)
    return case is not None and case.state is ErasureState.WAITING


def came_back(session: Session, case: ErasureCase) -> bool:
    """Return whether a person whose erasure waits has given something new since she asked.

    An order she makes herself is not blocked, and it is not erased behind her back: the owner
    decides.
    """
    asked_on = datetime.fromisoformat(case.asked_at).astimezone().date()
    subject = find_any_subject(session, case.subject_ref)
    return any(
        one.recorded_on > asked_on for one in records_of(session, subject) if not one.accompanies
    )


def is_cleaning_due(read: Session) -> bool:
    """Return whether a receipt still waits for the pages of the file to be cleaned."""
    return read.scalar(_unconfirmed().limit(1)) is not None


def close_case(work: UnitOfWork, ref: SubjectRef) -> None:
    """Write on an erasure that waits that the person has left by the rules of the register."""
    case = find_case(work.session, ref)
    if case is not None and case.state is ErasureState.WAITING:
        case.state, case.kept, case.masks = ErasureState.DONE, [], []
        case.deleted_at, case.cleaned_at = case.deleted_at or work.now.isoformat(), None
        case.until = last_day_of(work.session, Proof)


def find_case(session: Session, ref: SubjectRef, purpose: str | None = None) -> ErasureCase | None:
    """Return the latest erasure of a person, or of what rests on one consent of hers."""
    return session.scalar(
        select(ErasureCase)
        .where(ErasureCase.subject_ref == ref, ErasureCase.purpose.is_not_distinct_from(purpose))
        .order_by(ErasureCase.id.desc())
        .limit(1)
    )


def must_have_case(session: Session, ref: SubjectRef, purpose: str | None = None) -> ErasureCase:
    """Return the latest erasure of a person.

    Raises:
        NotFoundError: There is none.
    """
    case = find_case(session, ref, purpose)
    if case is None:
        raise NotFoundError(_("Nobody has asked to erase this person."))
    return case


def receipt_of(session: Session, case: ErasureCase) -> ErasureReceipt:
    """Return what an erasure can show for itself."""
    proofs = session.scalars(select(Proof.until).where(Proof.subject_ref == case.subject_ref)).all()
    return ErasureReceipt(
        ref=case.subject_ref,
        state=case.state,
        asked_at=datetime.fromisoformat(case.asked_at),
        due_at=datetime.fromisoformat(case.due_at),
        erased=tuple(sorted(case.erased.items())),
        keep=tuple(_named(session, line) for line in case.kept),
        outside=done_at_others(case.outside),
        copies=tuple(case.copies),
        deleted_at=datetime.fromisoformat(case.deleted_at) if case.deleted_at else None,
        cleaned_at=datetime.fromisoformat(case.cleaned_at) if case.cleaned_at else None,
        ground=case.ground,
        checked=case.checked,
        purpose=case.purpose or "",
        searched=tuple(sorted(case.searched.items())),
        found=case.found,
        to_mask=len(case.masks),
        masked=case.masked,
        proofs=len(proofs),
        proofs_until=max(proofs, default=None),
        cards=say_cards(session, case.cards),
        until=case.until,
        warned=case.warned,
        warned_by=case.warned_by,
    )


def _unconfirmed() -> Select[ErasureCase]:
    return select(ErasureCase).where(
        ErasureCase.deleted_at.is_not(None), ErasureCase.cleaned_at.is_(None)
    )


def _still_there(read: Session, erased: Sequence[SubjectRef]) -> Iterator[SubjectRef]:
    for start in range(0, len(erased), _AT_ONCE):
        some = DataSubject.ref.in_(erased[start : start + _AT_ONCE])
        here = select(DataSubject.ref).where(some, DataSubject.state != SubjectState.HELD)
        yield from read.scalars(here)


def _is_due(read: Session, case: ErasureCase, now: datetime) -> bool:
    if case.state is ErasureState.STAGED:
        return datetime.fromisoformat(case.due_at) <= now
    if case.state is ErasureState.HELD and not _may_let_go(case, today_of(read)):
        return False
    subject = find_any_subject(read, case.subject_ref)
    plan = plan_of(read, records_of(read, subject))
    if case.state is ErasureState.HELD:
        return bool(plan.erase)
    return not plan.waits and not came_back(read, case)


def _may_let_go(case: ErasureCase, today: date) -> bool:
    """Return whether something kept is over, or has no day of its own such as an open claim."""
    days = [line["until"] for line in case.kept]
    return any(day is None or day < today.isoformat() for day in days)


def _named(session: Session, line: KeptLine) -> KeptLine:
    """Return a line with its law as people call it, in the language spoken now."""
    key = line["law"]
    return {**line, "law": law_name(session, key) if key else None}
