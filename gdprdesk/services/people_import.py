"""Taking in a customer list: read, reviewed, and only then saved, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import (
    CompanyRef,
    Entity,
    PersonalRecord,
    RecordRef,
    SubjectRef,
    kind_name,
)
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import Origin, Permission, StopReason, SubjectKind
from gdprdesk.domain.text import fold, sort_key
from gdprdesk.i18n import N_, _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.finding import activity_for, controller_of, must_be_here, people_by_ref
from gdprdesk.services.import_batches import Made, write_batch
from gdprdesk.services.import_orders import order_rows
from gdprdesk.services.people_reading import Choice, ImportRow, RowState
from gdprdesk.services.people_review import ImportReview, contacts_leaving
from gdprdesk.services.registry import action
from gdprdesk.services.sources import collecting_activity, note_origin_of_new
from gdprdesk.services.stop_list import stopped
from gdprdesk.services.unsubscribing import unsubscribe
from gdprdesk.store.many_rows import Columns, NewRow
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class ImportReceipt:
    """How many people a list added, and to how many it added something.

    Attributes:
        stopped: Who stayed out by the stop list, or because letters do not reach her.
        unsubscribed: Of how many it was written down that they want no letters.
        orders: How many orders came with it.
        ref: By which the whole import can be taken back; nothing if nothing was written.
    """

    added: int
    merged: int
    skipped: int
    wrong: int
    stopped: int = 0
    unsubscribed: int = 0
    orders: int = 0
    ref: RecordRef | None = None


@action(
    "import.people", N_("Import"), of_restricted=True, needs=Permission.EXPORT_ALL
)  # only to take a yes to letters back
def import_people(
    work: UnitOfWork,
    *,
    review: ImportReview,
    choices: Mapping[int, Choice] | None = None,
    origin: Origin | None = None,
    source: str = "",
    file: str = "",
    progress: Progress = SILENT,
) -> ImportReceipt:
    """Save what was reviewed, all of it or nothing; wrong and stopped rows stay out.

    The stop list is looked in once more, whatever was decided before: who was erased does not come
    back with a list. Whoever the list says has unsubscribed gets no letters from here either.

    Args:
        work: The unit of work.
        review: What was shown and approved.
        choices: By row number, where the user decided otherwise than was suggested.
        origin: Whom it comes from, if not as the register says; who is new is told: Article 14.
        source: Where it comes from.
        file: What the list is called, so that the import is known again.
        progress: Told after every row; may stop it, and then nothing is saved.
    """
    decided = choices or {}
    taken = {Choice.ADD: 0, Choice.MERGE: 0, Choice.SKIP: 0}
    wrong = sum(row.state is RowState.WRONG for row in review.rows)
    good = [row for row in review.rows if row.state is not RowState.WRONG]
    may_come = _may_come(work.session, good)
    known = people_by_ref(work.session, (row.known_ref for row in good if row.known_ref))
    writer = _Writer(work, SubjectKind.SUBSCRIBER if review.of_readers else SubjectKind.CUSTOMER)
    said_no: dict[str, date] = {}
    for done, row in enumerate(good, 1):
        progress.step(done, len(good))
        choice = decided.get(row.number, row.choice)
        if choice is Choice.MERGE and row.known_ref is None:
            choice = Choice.SKIP
        if row.said_no_on and (choice is not Choice.SKIP or row.state is RowState.UNSUBSCRIBED):
            said_no |= dict.fromkeys(row.emails, row.said_no_on)
        if row.number not in may_come:
            continue
        taken[choice] += 1
        if choice is Choice.ADD:
            writer.add(row)
        elif choice is Choice.MERGE and row.known_ref is not None:
            writer.merge(row, _must_take_more(known, row.known_ref))
    writer.finish()
    writer.note_origin(work, origin, source)
    unsubscribe(work, said_no, source.strip() or _("It stands so in an imported list."))
    unsubscribed = sum(row.state is RowState.UNSUBSCRIBED for row in good)
    receipt = ImportReceipt(
        writer.people,
        taken[Choice.MERGE],
        taken[Choice.SKIP],
        wrong,
        stopped=len(good) - len(may_come) - unsubscribed,
        unsubscribed=unsubscribed,
        orders=writer.orders,
    )
    return replace(receipt, ref=writer.note_batch(work, file, receipt))


def _must_take_more(known: Mapping[SubjectRef, DataSubject], ref: SubjectRef) -> DataSubject:
    """Return one of those known, if she is still there and something may be added to her."""
    subject = must_be_here(known.get(ref))
    if subject.restricted_on is not None:
        raise DomainError(
            _(
                "The data of {name} are only stored for now, so nothing may be added to them. "
                "Nothing was saved. Read the list once more."
            ).format(name=subject.name)
        )
    return subject


def _may_come(session: Session, rows: Sequence[ImportRow]) -> set[int]:
    """Return the numbers of the rows that the user may take in, by the stop list of this moment."""
    stops = stopped(session, (one for row in rows for one in row.normals))
    erased = {
        normal
        for normal, found in stops.items()
        if any(one.reason is StopReason.ERASED for one in found)
    }
    leaving = contacts_leaving(session)
    return {
        row.number
        for row in rows
        if row.can_be_taken
        and erased.isdisjoint(row.normals)
        and leaving.isdisjoint(normal for _kind, normal in row.normals)
    }


@dataclass(slots=True, eq=False, repr=False)
class _Person:
    """Whom a row is about: somebody of the register, or somebody who gets her key at the end."""

    kind: SubjectKind
    id: int = 0
    ref: str = ""


class _Writer:
    """Adds and completes people without asking the file once for each of them."""

    def __init__(self, work: UnitOfWork, kind: SubjectKind) -> None:
        self._work = work
        self._session = work.session
        self._kind = kind
        self._today = work.today
        self._language = controller_of(work.session).language
        self._filed: dict[tuple[type[PersonalRecord], SubjectKind], int] = {}
        self._waiting: list[tuple[_Person | None, ImportRow]] = []
        self._new: dict[_Person, ImportRow] = {}
        self._customers: dict[str, _Person] = {}
        self._new_companies: list[NewRow] = []
        self._beside: list[NewRow] = []
        self._merges = False
        self.orders = 0

    @property
    def people(self) -> int:
        """How many people are new."""
        return len(self._new)

    def add(self, row: ImportRow) -> None:
        """Add the person of a row; a booking may be of nobody, or of whoever has one above."""
        if row.order and not row.name:
            self._waiting.append((None, row))
            return
        if row.order:
            above = (self._customers.get(normal) for _kind, normal in row.normals)
            known = next(filter(None, above), None)
            if known is not None:
                self._waiting.append((known, row))
                return
        person = _Person(SubjectKind.COMPANY_CONTACT if row.company else self._kind)
        self._new[person] = row
        self._waiting.append((person, row))
        self._customers |= {normal: person for _kind, normal in row.normals}

    def merge(self, row: ImportRow, subject: DataSubject) -> None:
        """Add to a person what the row knows and the register does not."""
        self._merges = True
        self._waiting.append((_Person(subject.kind, subject.id), row))

    def finish(self) -> None:
        """Write everybody who is new, and then the contact details, notes and orders."""
        self._write_people(self._write_companies())
        for kind, rows in (
            (ContactDetail, self._details()),
            (WorkingNote, self._notes()),
            (Booking, self._bookings()),
        ):
            self._write(kind, rows)

    def _write_companies(self) -> dict[str, int]:
        """Write the companies that are new, and return the keys of all, by their folded names."""
        known = {
            fold(name): number
            for number, name in self._session.execute(select(Company.id, Company.name))
        }
        wanted: dict[str, ImportRow] = {}
        for row in self._new.values():
            if row.company and fold(row.company) not in known:
                wanted.setdefault(fold(row.company), row)
        said = [{"name": row.company, "org_number": row.org_number} for row in wanted.values()]
        self._new_companies = self._work.add_many(Company, said)
        return known | {
            name: company.id for name, company in zip(wanted, self._new_companies, strict=True)
        }

    def _write_people(self, companies: Mapping[str, int]) -> None:
        said = (
            {
                "name": row.name,
                "sort_key": sort_key(row.name, self._language),
                "registered_on": self._today,
                "kind": person.kind,
                "company_id": companies[fold(row.company)] if row.company else None,
            }
            for person, row in self._new.items()
        )
        for person, row in zip(self._new, self._work.add_many(DataSubject, said), strict=True):
            person.id, person.ref = row.id, row.ref

    def _write(self, kind: type[Entity], rows: Iterable[tuple[_Person | None, Columns]]) -> None:
        """Write records, and remember those that are not about somebody new."""
        whose: list[_Person | None] = []

        def said() -> Iterator[Columns]:
            for person, columns in rows:
                whose.append(person)
                yield columns

        written = self._work.add_many(kind, said())
        self._beside += [
            row for person, row in zip(whose, written, strict=True) if person not in self._new
        ]

    def note_origin(self, work: UnitOfWork, origin: Origin | None, source: str) -> None:
        """Start the task to tell each new person where her data came from."""
        for kind in dict.fromkeys(person.kind for person in self._new):
            collecting = collecting_activity(self._session, ContactDetail, kind)
            people = [person.id for person in self._new if person.kind is kind]
            note_origin_of_new(work, people, collecting, origin, source)

    def _activity(self, kind: type[PersonalRecord], of: SubjectKind) -> int:
        """Return the key of the activity a record belongs to, looked up once."""
        key = kind, of
        if key not in self._filed:
            self._filed[key] = activity_for(self._session, kind, of).id
        return self._filed[key]

    def note_batch(self, work: UnitOfWork, file: str, receipt: ImportReceipt) -> RecordRef | None:
        """Write down what was made, so that all of it can be taken back; nothing if nothing was."""
        if not (self._new or self._beside or self._new_companies):
            return None
        told = {key: count for key, count in asdict(receipt).items() if key != "ref"}
        made = Made(
            people=tuple(SubjectRef(one.ref) for one in self._new),
            companies=tuple(CompanyRef(one.ref) for one in self._new_companies),
            records=tuple((kind_name(one.kind), RecordRef(one.ref)) for one in self._beside),
        )
        return write_batch(work, file, told, made)

    def _details(self) -> Iterator[tuple[_Person, Columns]]:
        """Walk what is to be written of how people are reached, but for what is known already."""
        known: set[tuple[int | None, str]] = set()
        if self._merges:
            written = select(ContactDetail.subject_id, ContactDetail.value)
            known = {(owner, value) for owner, value in self._session.execute(written)}
        for person, row in self._of_somebody():
            for kind, value, normal in row.contacts:
                if (person.id, value) not in known:
                    known.add((person.id, value))
                    said = {"kind": kind, "value": value, "normal": normal}
                    yield person, self._about(ContactDetail, person) | said

    def _notes(self) -> Iterator[tuple[_Person, Columns]]:
        for person, row in self._of_somebody():
            for text in row.notes:
                yield person, self._about(WorkingNote, person) | {"text": text}

    def _bookings(self) -> Iterator[tuple[_Person | None, Columns]]:
        seeds = [(person, row.order) for person, row in self._waiting if row.order]
        self.orders = len(seeds)
        written = order_rows(self._work, [(seed, who.id if who else None) for who, seed in seeds])
        return zip((who for who, _seed in seeds), written, strict=True)

    def _of_somebody(self) -> Iterator[tuple[_Person, ImportRow]]:
        return ((person, row) for person, row in self._waiting if person is not None)

    def _about(self, kind: type[PersonalRecord], person: _Person) -> dict[str, Any]:
        return {
            "subject_id": person.id,
            "activity_id": self._activity(kind, person.kind),
            "recorded_on": self._today,
        }
