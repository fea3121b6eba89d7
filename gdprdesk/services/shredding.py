"""That paper was destroyed: what, how much, how and by whom. The log of it names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import EditionRef, PersonalRecord, RecordRef, SubjectRef
from gdprdesk.domain.erasure import ErasureCase, KeptRecord
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.law import PATIENT_JOURNAL
from gdprdesk.domain.papers import DestructionRecord, PaperFile
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission, Reason
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.destruction import may_destroy
from gdprdesk.services.entering import is_visible
from gdprdesk.services.erasure_preview import law_keeping, plan_of
from gdprdesk.services.finding import controller_of, find_record, records_of
from gdprdesk.services.law import law_name
from gdprdesk.services.patient_law import whom_to_ask
from gdprdesk.services.registry import action, query
from gdprdesk.services.staff_names import staff_name
from gdprdesk.store.unit_of_work import UnitOfWork

_LEAST_NAME = 3


@dataclass(frozen=True, repr=False)
class ShreddingRow:
    """That paper was destroyed; names nobody.

    Attributes:
        done_by: Who did it, by name.
        digitised_by: Who checked the scan, where paper went because it was scanned.
        subject_ref: Whose erasure it belongs to, by the number of the receipt.
    """

    ref: EditionRef
    done_on: date
    done_by: str
    what: str
    amount: str
    how: str
    digitised_by: str
    subject_ref: SubjectRef | None


@action("paper.shred", N_("Shredding"), undoable=False, needs=Permission.REGISTER)
def shred(
    work: UnitOfWork,
    *,
    what: str,
    amount: str,
    how: str,
    done_on: date | None = None,
    done_by: str = "",
    paper: RecordRef | None = None,
    subject_ref: SubjectRef | None = None,
    digitised_by: str = "",
) -> EditionRef:
    """Write down that paper was destroyed; if it was in the list, it leaves the list for good.

    Args:
        work: The transaction.
        what: What kind of paper it was, without naming anybody.
        amount: How many sheets or folders.
        how: How it was destroyed.
        done_on: When; today, if nothing is said.
        done_by: Who did it; without it, whoever has opened the register.
        paper: The folder or box it was.
        subject_ref: Whose erasure it belongs to, by the number of the receipt.
        digitised_by: Who checked the scan, where paper goes because it was scanned.

    Raises:
        DomainError: Something is not said or names somebody, the day has not come, or the paper
            has to be kept.
    """
    day = _done(done_on, work.today)
    said = _said(what, amount, how)
    if subject_ref is not None and _case(work.session, subject_ref) is None:
        raise NotFoundError(
            _("No erasure has this number. Nothing was saved. Look at its receipt again.")
        )
    file = find_record(work.session, PaperFile, paper) if paper is not None else None
    if file is not None:
        _may_go(work.session, file, is_scanned=is_visible(digitised_by))
        if file.to_on is not None and day < file.to_on:
            raise DomainError(
                _("There is newer paper in it than that day. Nothing was saved. Look at the day.")
            )
        subject = work.session.get(DataSubject, file.subject_id) if file.subject_id else None
        if subject is not None:
            _names_nobody(subject.name, said)
            if subject_ref is None and _case(work.session, subject.ref) is not None:
                subject_ref = subject.ref
        work.make_final()
        work.session.delete(file)
    record = DestructionRecord(
        done_on=day,
        done_by=" ".join(done_by.split()) or work.staff,
        what=said[0],
        amount=said[1],
        how=said[2],
        digitised_by=" ".join(digitised_by.split()),
        paper=paper,
        subject_ref=subject_ref,
    )
    work.session.add(record)
    return record.ref


@query("paper.shredded", needs=Permission.REGISTER)
def list_shredded(
    read: Session, *, subject_ref: SubjectRef | None = None
) -> tuple[ShreddingRow, ...]:
    """Return what was destroyed, the latest first; of all, or for the erasure of one person."""
    kind = DestructionRecord
    found = select(kind).order_by(kind.done_on.desc(), kind.id.desc())
    if subject_ref is not None:
        found = found.where(kind.subject_ref == subject_ref)
    return tuple(
        ShreddingRow(
            one.ref,
            one.done_on,
            staff_name(read, one.done_by),
            one.what,
            one.amount,
            one.how,
            one.digitised_by,
            one.subject_ref,
        )
        for one in read.scalars(found)
    )


def _done(day: date | None, today: date) -> date:
    if day is not None and day > today:
        raise DomainError(
            _("Nothing has been shredded on a day that has not come. Nothing was saved.")
        )
    return day or today


def _said(*texts: str) -> tuple[str, ...]:
    if not all(map(is_visible, texts)):
        raise DomainError(
            _(
                "Write what kind of paper it was, how much, and how it was destroyed. Nothing was "
                "saved."
            )
        )
    return tuple(" ".join(text.split()) for text in texts)


def _names_nobody(name: str, texts: Iterable[str]) -> None:
    """Refuse a line of the log in which a part of her name stands: the log outlives her."""
    hers = {word for word in re.findall(r"\w+", fold(name)) if len(word) >= _LEAST_NAME}
    if hers & {word for text in texts for word in re.findall(r"\w+", fold(text))}:
        raise DomainError(
            _(
                "The shredding log stays when the person has left, so it names nobody. Nothing was "
                "saved. Write what kind of paper it was."
            )
        )


def _case(session: Session, ref: SubjectRef) -> ErasureCase | None:
    return session.scalar(select(ErasureCase).where(ErasureCase.subject_ref == ref).limit(1))


def _may_go(session: Session, paper: PaperFile, *, is_scanned: bool) -> None:
    """Refuse what must be kept, unless a law holds it and it has been scanned and checked."""
    kept = _kept(session, paper)
    if kept is None:
        return
    if kept.until is None:
        raise DomainError(
            _(
                "This paper is kept by a decision. Nothing was saved. Decide again first, under "
                "Clean-up."
            )
        )
    if not is_scanned:
        key = str(law_keeping(session, kept))
        if key == PATIENT_JOURNAL and may_destroy(session, paper):
            return
        if key == PATIENT_JOURNAL:
            raise DomainError(
                _(
                    "This journal must be kept until {day} ({law}). Nothing was saved. {ask} It "
                    "may go earlier only by that decision, or if it has been scanned into her "
                    "journal: then write who has checked the scan."
                ).format(
                    day=_day(kept.until),
                    law=law_name(session, key),
                    ask=whom_to_ask(controller_of(session).country),
                )
            )
        raise DomainError(
            _(
                "This paper must be kept until {day} ({law}). Nothing was saved. It may go earlier "
                "only if it has been scanned: then write who has checked the scan."
            ).format(day=_day(kept.until), law=law_name(session, key))
        )


def _kept(session: Session, paper: PaperFile) -> KeptRecord | None:
    """Return why a paper stays even if the person it is about wants to be erased."""
    if paper.subject_id is None:
        holds = session.scalars(select(Hold).where(Hold.target == paper.ref))
        records: list[PersonalRecord] = [paper, *holds]
    else:
        records = records_of(session, session.get_one(DataSubject, paper.subject_id))
    plan = plan_of(session, records)
    found = next((one for one in plan.keep if one.record is paper), None)
    return None if found is None or found.reason is Reason.STILL_NEEDED else found


def _day(day: date) -> str:
    return format_day(day) if day < date.max else _("further notice")
