"""Erasing again, in an older copy of the register, whoever has been erased since it was made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.clock import Clock, today
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import SubjectState
from gdprdesk.services.erasure import confirm_clean, erase_subject
from gdprdesk.services.erasure_preview import plan_of
from gdprdesk.services.finding import records_of
from gdprdesk.services.registry import about
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk.store.vault import Vault

_AT_ONCE = 500  # names in one question


def erase_again(vault: Vault, clock: Clock, erased: Sequence[SubjectRef]) -> tuple[SubjectRef, ...]:
    """Erase in an opened copy who is in the ledger, and clean its pages; return who that was.

    Each of them is planned again, by the rules and the records of the copy: what a law still
    obliges to keep stays, as it does in the register itself.
    """
    refs = list_to_erase(vault, clock, erased)
    for ref in refs:
        with UnitOfWork(vault, clock) as work:
            erase_subject(work, subject_ref=ref)
            work.commit(about(erase_subject).name)
    if refs:
        vault.clean_pages(anyway=True)
        with UnitOfWork(vault, clock) as work:
            confirm_clean(work)
            work.commit(about(confirm_clean).name)
        vault.truncate()
    return refs


def list_to_erase(
    vault: Vault, clock: Clock, erased: Sequence[SubjectRef]
) -> tuple[SubjectRef, ...]:
    """Return who of the erased is in an opened copy with something that nothing obliges to keep."""
    asked = {"now": clock(), "today": today(clock), "folder": vault.folder}
    found: list[SubjectRef] = []
    with Session(vault.reader, info=asked) as read:
        for start in range(0, len(erased), _AT_ONCE):
            some = DataSubject.ref.in_(erased[start : start + _AT_ONCE])
            found += [
                one.ref for one in read.scalars(select(DataSubject).where(some)) if _goes(read, one)
            ]
    return tuple(found)


def _goes(read: Session, subject: DataSubject) -> bool:
    return subject.state is not SubjectState.HELD or bool(
        plan_of(read, records_of(read, subject)).erase
    )
