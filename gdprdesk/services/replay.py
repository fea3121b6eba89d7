"""Erasing again, in an older copy of the register, whoever has been erased since it was made."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from gdprdesk.clock import Clock, today
from gdprdesk.domain.base import SubjectRef, kind_name, personal_kinds
from gdprdesk.domain.permissions import EVERYTHING
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import SubjectState
from gdprdesk.services.destruction import destroy_journal, destroyed_in
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_cases import confirm_clean
from gdprdesk.services.erasure_preview import plan_of
from gdprdesk.services.finding import find_any_subject, records_of
from gdprdesk.services.registry import about
from gdprdesk.services.traces import Trace, mask_traces, search_traces
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk.store.vault import Vault

_AT_ONCE = 500  # names in one question


def erase_again(
    vault: Vault,
    clock: Clock,
    erased: Sequence[SubjectRef],
    register: Vault | None = None,
    gone: AbstractSet[SubjectRef] = frozenset(),
) -> tuple[SubjectRef, ...]:
    """Erase in an opened copy who is in the ledger, and clean its pages; return who that was.

    Each of them is planned again, by the rules and the records of the copy: what a law still
    obliges to keep stays, as it does in the register itself. What others' records say of her is
    masked where it has been masked in the register; without that, where it can hardly mean
    anybody else.

    Args:
        vault: The copy.
        clock: What time it is.
        erased: Who is in the ledger.
        register: The open register that it is a copy of, if there is one.
        gone: Of whom the register holds nothing any more, if it is not open: a claim on them in
            the copy was settled since.
    """
    gone = _gone_from(register, erased) if register else gone
    refs = list_to_erase(vault, clock, erased, gone)
    for ref in refs:
        with UnitOfWork(vault, clock) as work:
            if ref in gone:
                _drop_claims(work.session, ref)
            mask_traces(work.session, *_masks(work.session, ref, register))
            erase_subject(work, subject_ref=ref)
            work.commit(about(erase_subject).name, of_restricted=True)
    if refs:
        vault.clean_pages(anyway=True)
        with UnitOfWork(vault, clock) as work:
            confirm_clean(work)
            work.commit(about(confirm_clean).name)
        vault.truncate()
    return refs


def destroy_again(vault: Vault, clock: Clock, erased: Sequence[SubjectRef]) -> int:
    """Destroy in an opened copy what of journals was destroyed by decision since it was made.

    Args:
        vault: The copy.
        clock: What time it is.
        erased: Who and what is in the ledger.

    Returns:
        How many entries that were.
    """
    with UnitOfWork(vault, clock) as work:
        going = destroyed_in(work.session, erased)
        for one in going:
            work.session.delete(one)
        if going:
            work.make_final()
            work.commit(about(destroy_journal).name, of_restricted=True)
    if going:
        vault.clean_pages(anyway=True)
        vault.truncate()
    return len(going)


def list_to_erase(
    vault: Vault,
    clock: Clock,
    erased: Sequence[SubjectRef],
    gone: AbstractSet[SubjectRef] = frozenset(),
) -> tuple[SubjectRef, ...]:
    """Return who of the erased is in an opened copy with something that nothing obliges to keep."""
    asked = {
        "now": clock(),
        "today": today(clock),
        "folder": vault.folder,
        "permissions": EVERYTHING,
    }
    found: list[SubjectRef] = []
    with Session(vault.reader, info=asked) as read:
        for start in range(0, len(erased), _AT_ONCE):
            some = DataSubject.ref.in_(erased[start : start + _AT_ONCE])
            found += [
                one.ref
                for one in read.scalars(select(DataSubject).where(some))
                if one.ref in gone or _goes(read, one)
            ]
    return tuple(found)


def _gone_from(register: Vault, erased: Sequence[SubjectRef]) -> frozenset[SubjectRef]:
    """Return of whom of the erased an open register holds nothing any more."""
    here: set[SubjectRef] = set()
    with Session(register.reader) as read:
        for start in range(0, len(erased), _AT_ONCE):
            some = DataSubject.ref.in_(erased[start : start + _AT_ONCE])
            for ref, former in read.execute(
                select(DataSubject.ref, DataSubject.former_refs).where(some)
            ):
                here |= {ref, *former}
    return frozenset(erased) - here


def _goes(read: Session, subject: DataSubject) -> bool:
    return subject.state is not SubjectState.HELD or bool(
        plan_of(read, records_of(read, subject)).erase
    )


def _drop_claims(session: Session, ref: SubjectRef) -> None:
    """Take out what only a claim or a decision keeps: in the register that is over."""
    subject = find_any_subject(session, ref)
    plan = plan_of(session, records_of(session, subject)).without_waiting()
    for kept in plan.keep:
        if kept.until is None:
            session.delete(kept.record)
    session.flush()


def _masks(
    session: Session, ref: SubjectRef, register: Vault | None
) -> tuple[DataSubject, tuple[str, ...]]:
    """Return a person of a copy, and where others' records there speak of her."""
    subject = find_any_subject(session, ref)
    if subject.state is SubjectState.HELD:  # her name is gone already
        return subject, ()
    found = search_traces(session, subject)
    if register is None:
        return subject, found.advised
    with Session(register.reader) as now:
        open_ones = (one for one in found.traces if not one.held)
        return subject, tuple(one.ref for one in open_ones if _is_masked(session, now, one))


def _is_masked(then: Session, now: Session, trace: Trace) -> bool:
    """Return whether the register itself does not say any more what a copy says of her."""
    kind = next(one for one in personal_kinds() if kind_name(one) == trace.kind)
    asked = select(inspect(kind).columns[trace.column]).where(kind.ref == trace.record)
    there = now.execute(asked).first()
    return trace.sure if there is None else there != then.execute(asked).first()
