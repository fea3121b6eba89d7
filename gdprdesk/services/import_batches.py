"""Imports that were made, and taking back the whole of one, also days later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import (
    CompanyRef,
    PersonalRecord,
    RecordRef,
    SubjectRef,
    kind_name,
    personal_kinds,
)
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.importing import ImportBatch, MadeRecord
from gdprdesk.domain.subjects import Company, DataSubject
from gdprdesk.domain.terms import Permission, SubjectState
from gdprdesk.i18n import N_, _, format_day
from gdprdesk.services.registry import ACTIONS, about, action, query
from gdprdesk.store.hiding import hiding
from gdprdesk.store.unit_of_work import UnitOfWork

_REMEMBERED = timedelta(days=366)
_AT_ONCE = 400
E = TypeVar("E")


@dataclass(frozen=True, repr=False)
class Made:
    """What an import made: new people, new companies, and records beside those of new people."""

    people: tuple[SubjectRef, ...] = ()
    companies: tuple[CompanyRef, ...] = ()
    records: tuple[tuple[str, RecordRef], ...] = ()


@dataclass(frozen=True, repr=False)
class BatchRow:
    """An import as the list shows it.

    Attributes:
        file: What the list was called; empty if it is not known.
        added: How many people it made.
        merged: How many people got something by it.
        orders: How many orders it made.
    """

    ref: RecordRef
    made_on: date
    file: str
    added: int
    merged: int
    orders: int


@dataclass(frozen=True, repr=False)
class Staying:
    """Something that an import made and that stays: whose it is, and why, as a sentence."""

    name: str
    why: str


@dataclass(frozen=True, repr=False)
class TakeBackPlan:
    """What goes when an import is taken back, and what stays.

    Attributes:
        people: How many people go, with all that the import wrote about them.
        records: How many contact details, notes and orders of others go.
        companies: How many companies go.
        stays: What was changed or used since.
    """

    people: int
    records: int
    companies: int
    stays: tuple[Staying, ...]


def write_batch(work: UnitOfWork, file: str, counts: Mapping[str, int], made: Made) -> RecordRef:
    """Write down what an import made; what was imported more than a year ago is forgotten."""
    for old in work.session.scalars(
        select(ImportBatch).where(ImportBatch.made_on < work.today - _REMEMBERED)
    ):
        work.session.delete(old)
    batch = ImportBatch(
        made_on=work.today,
        file=file.strip(),
        counts=dict(counts),
        people=list(made.people),
        companies=list(made.companies),
        records=[MadeRecord(kind=kind, ref=ref) for kind, ref in made.records],
    )
    work.session.add(batch)
    return batch.ref


@query("import.batches", needs=Permission.EXPORT_ALL)
def list_imports(read: Session) -> tuple[BatchRow, ...]:
    """Return the imports of the last year, the latest first."""
    return tuple(
        BatchRow(
            one.ref,
            one.made_on,
            one.file,
            one.counts.get("added", 0),
            one.counts.get("merged", 0),
            one.counts.get("orders", 0),
        )
        for one in read.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()))
    )


@query("import.preview_take_back", needs=Permission.EXPORT_ALL)
def preview_take_back(read: Session, *, ref: RecordRef) -> TakeBackPlan:
    """Return what would go if an import were taken back, and what stays and why.

    Raises:
        NotFoundError: There is no such import, or it was taken back.
        DomainError: The log does not go back so far, so that nobody can tell what was used since.
    """
    return _Undoing(read, _find(read, ref)).plan()


@action("import.take_back", N_("Took an import back"), needs=Permission.EXPORT_ALL)
def take_back_import(work: UnitOfWork, *, ref: RecordRef) -> TakeBackPlan:
    """Take out what an import made, but for what was changed or used since.

    Whom the import said want no letters get none: a no stays a no. Who was erased meanwhile stays
    erased.

    Raises:
        NotFoundError: There is no such import, or it was taken back.
        DomainError: The log does not go back so far, so that nobody can tell what was used since.
    """
    batch = _find(work.session, ref)
    undoing = _Undoing(work.session, batch)
    plan = undoing.plan()
    undoing.take_out()
    work.session.delete(batch)
    return plan


class _Undoing:
    """Works out what of an import may go."""

    def __init__(self, session: Session, batch: ImportBatch) -> None:
        self._session = session
        self._since = _touched_since(session, batch)
        self._stays: list[Staying] = []
        self._guardians = _guardians(session)
        people = list(_found(session, DataSubject, batch.people))
        self._about = _records_about(session, [one.id for one in people])
        self._people = [one for one in people if self._may_go(one)]
        self._beside = list(self._records_beside(batch))
        self._companies = list(self._companies_to_go(batch))

    def plan(self) -> TakeBackPlan:
        """Return it for the user to look at."""
        return TakeBackPlan(
            len(self._people), len(self._beside), len(self._companies), tuple(self._stays)
        )

    def take_out(self) -> None:
        """Delete what may go: the records first, then the people, then their companies."""
        hers = (record for one in self._people for record in self._about.get(one.id, ()))
        for some in ((*hers, *self._beside), self._people, self._companies):
            for entity in some:
                self._session.delete(entity)
            self._session.flush()

    def _may_go(self, subject: DataSubject) -> bool:
        if subject.state is not SubjectState.ACTIVE:
            return False
        why = self._why_used(subject.ref)
        if not why and not all(record.logged for record in self._about.get(subject.id, ())):
            why = _("A form about her is half filled in.")
        if not why and subject.restricted_on is not None:
            why = _("Her data are only stored for now.")
        if not why and subject.ref in self._guardians:
            why = _("She is a child's guardian.")
        if why:
            self._stays.append(Staying(subject.name, why))
        return not why

    def _records_beside(self, batch: ImportBatch) -> Iterator[PersonalRecord]:
        """Walk what may go of what the import wrote about people who were here before."""
        for kind in personal_kinds():
            refs = [one["ref"] for one in batch.records if one["kind"] == kind_name(kind)]
            for record in _found(self._session, kind, refs):
                owner = record.subject_id
                subject = self._session.get(DataSubject, owner) if owner is not None else None
                why = self._why_used(record.ref)
                if not why and subject is not None and subject.restricted_on is not None:
                    why = _("Her data are only stored for now.")
                if why:
                    self._stays.append(Staying(subject.name if subject else "", why))
                elif subject is None or subject.state is SubjectState.ACTIVE:
                    yield record

    def _companies_to_go(self, batch: ImportBatch) -> Iterator[Company]:
        """Walk the companies that nothing points to any more when the rest has gone."""
        going = {one.id for one in self._people}
        for company in _found(self._session, Company, batch.companies):
            staff = set(
                self._session.scalars(
                    select(DataSubject.id).where(DataSubject.company_id == company.id)
                )
            )
            if self._why_used(company.ref) or staff - going or _has_records(self._session, company):
                continue
            yield company

    def _why_used(self, ref: str) -> str:
        touched = self._since.get(ref)
        if touched is None:
            return ""
        name, day = touched
        known = ACTIONS.get(name)
        what = _(about(known).label) if known else _("Changed")
        return _("{what}, {day}.").format(what=what, day=format_day(day))


def _found(session: Session, kind: type[E], refs: Sequence[str]) -> Iterator[E]:
    ref: Any = getattr(kind, "ref")  # noqa: B009  (each kind that an import makes has one)
    for start in range(0, len(refs), _AT_ONCE):
        yield from session.scalars(select(kind).where(ref.in_(refs[start : start + _AT_ONCE])))


def _guardians(session: Session) -> set[SubjectRef | None]:
    """Return who of the register says yes or no for a child, also for whoever may not see that."""
    with hiding(session, ()):
        return set(session.scalars(select(Guardian.guardian_ref)))


def _records_about(session: Session, people: Sequence[int]) -> dict[int, list[PersonalRecord]]:
    found: dict[int, list[PersonalRecord]] = {}
    for kind in personal_kinds():
        for start in range(0, len(people), _AT_ONCE):
            some = kind.subject_id.in_(people[start : start + _AT_ONCE])
            for record in session.scalars(select(kind).where(some)):
                if record.subject_id is not None:
                    found.setdefault(record.subject_id, []).append(record)
    return found


def _has_records(session: Session, company: Company) -> bool:
    """Return whether an order, an invoice or the like belongs to a company."""
    kinds = (kind for kind in personal_kinds() if "company_id" in inspect(kind).columns)
    return any(
        session.scalar(select(kind.id).where(inspect(kind).columns["company_id"] == company.id))
        for kind in kinds
    )


def _touched_since(session: Session, batch: ImportBatch) -> dict[str, tuple[str, date]]:
    """Return what was last done with each record after an import, and when, by the log."""
    touched: dict[str, tuple[str, date]] = {}
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())):
        refs = json.loads(entry.refs)
        if batch.ref in refs:
            return touched
        if entry.reason is None:
            for ref in refs:
                touched.setdefault(ref, (entry.action, date.fromisoformat(entry.at[:10])))
    raise DomainError(
        _(
            "The log does not go back to this import, so nobody can tell what was used since. "
            "Nothing was taken back. Erase the people one by one instead."
        )
    )


def _find(session: Session, ref: RecordRef) -> ImportBatch:
    found = session.scalar(select(ImportBatch).where(ImportBatch.ref == ref))
    if found is None:
        raise NotFoundError(_("There is no such import any more. Nothing was changed."))
    return found
