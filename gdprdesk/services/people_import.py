"""Taking in a customer list: read, reviewed, and only then saved, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, RecordRef, SubjectRef, kind_name
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Origin, Permission, StopReason, SubjectKind
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.finding import activity_for, controller_of, find_subject
from gdprdesk.services.import_batches import Made, write_batch
from gdprdesk.services.import_orders import OrderWriter
from gdprdesk.services.people_reading import Choice, ImportRow, RowState
from gdprdesk.services.people_review import ImportReview
from gdprdesk.services.registry import action
from gdprdesk.services.sources import collecting_activity, note_origin
from gdprdesk.services.stop_list import stopped
from gdprdesk.services.unsubscribing import unsubscribe
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
            writer.merge(row, _who_may_change(work.session, row.known_ref))
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


def _who_may_change(session: Session, ref: SubjectRef) -> DataSubject:
    subject = find_subject(session, ref)
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
    return {row.number for row in rows if row.can_be_taken and erased.isdisjoint(row.normals)}


class _Writer:
    """Adds and completes people without asking the file once for each of them."""

    def __init__(self, work: UnitOfWork, kind: SubjectKind) -> None:
        self._work = work
        self._session = work.session
        self._kind = kind
        self._today = work.today
        self._language = controller_of(work.session).language
        self._filed: dict[tuple[type[PersonalRecord], SubjectKind], int] = {}
        self._companies = {
            fold(company.name): company for company in work.session.scalars(select(Company))
        }
        self._waiting: list[tuple[DataSubject | None, ImportRow]] = []
        self._new: list[DataSubject] = []
        self._customers: dict[str, DataSubject] = {}
        self._new_companies: list[Company] = []
        self._beside: list[PersonalRecord] = []
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
        subject = DataSubject(name="", sort_key="", registered_on=self._today, kind=self._kind)
        subject.rename(row.name, self._language)
        if row.company:
            subject.company_id = self._company(row).id
            subject.kind = SubjectKind.COMPANY_CONTACT
        self._session.add(subject)
        self._new.append(subject)
        self._waiting.append((subject, row))
        self._customers |= {normal: subject for _kind, normal in row.normals}

    def merge(self, row: ImportRow, subject: DataSubject) -> None:
        """Add to a person what the row knows and the register does not."""
        self._waiting.append((subject, row))

    def finish(self) -> None:
        """Write the contact details, notes and orders, once every person has her place."""
        self._session.flush()
        written = select(ContactDetail.subject_id, ContactDetail.value)
        known = {(owner, value) for owner, value in self._session.execute(written)}
        new = {subject.id for subject in self._new}
        ordering = (
            OrderWriter(self._work) if any(row.order for _who, row in self._waiting) else None
        )
        for subject, row in self._waiting:
            made: list[PersonalRecord] = []
            if subject is not None:
                made += self._about(subject, row, known)
            if row.order and ordering:
                made.append(ordering.add(row.order, subject))
                self.orders += 1
            self._session.add_all(made)
            if subject is None or subject.id not in new:
                self._beside += made

    def note_origin(self, work: UnitOfWork, origin: Origin | None, source: str) -> None:
        """Start the task to tell each new person where her data came from."""
        collecting = {
            kind: collecting_activity(self._session, ContactDetail, kind)
            for kind in {subject.kind for subject in self._new}
        }
        for subject in self._new:
            note_origin(work, subject, collecting[subject.kind], origin, source)

    def _activity(self, kind: type[PersonalRecord], subject: DataSubject) -> int:
        """Return the key of the activity a record belongs to, looked up once."""
        key = kind, subject.kind
        if key not in self._filed:
            self._filed[key] = activity_for(self._session, kind, subject.kind).id
        return self._filed[key]

    def note_batch(self, work: UnitOfWork, file: str, receipt: ImportReceipt) -> RecordRef | None:
        """Write down what was made, so that all of it can be taken back; nothing if nothing was."""
        if not (self._new or self._beside or self._new_companies):
            return None
        told = {key: count for key, count in asdict(receipt).items() if key != "ref"}
        made = Made(
            people=tuple(one.ref for one in self._new),
            companies=tuple(one.ref for one in self._new_companies),
            records=tuple((kind_name(type(one)), one.ref) for one in self._beside),
        )
        return write_batch(work, file, told, made)

    def _about(
        self, subject: DataSubject, row: ImportRow, known: set[tuple[int | None, str]]
    ) -> Iterator[PersonalRecord]:
        for kind, value, normal in row.contacts:
            if (subject.id, value) not in known:
                known.add((subject.id, value))
                yield self._detail(subject, kind, value, normal)
        for text in row.notes:
            yield WorkingNote(
                subject_id=subject.id,
                activity_id=self._activity(WorkingNote, subject),
                recorded_on=self._today,
                text=text,
            )

    def _detail(
        self, subject: DataSubject, kind: ContactKind, value: str, normal: str
    ) -> ContactDetail:
        return ContactDetail(
            subject_id=subject.id,
            activity_id=self._activity(ContactDetail, subject),
            recorded_on=self._today,
            kind=kind,
            value=value,
            normal=normal,
        )

    def _company(self, row: ImportRow) -> Company:
        key = fold(row.company)
        if key not in self._companies:
            self._companies[key] = Company(name=row.company, org_number=row.org_number)
            self._session.add(self._companies[key])
            self._new_companies.append(self._companies[key])
            self._session.flush()
        return self._companies[key]
