"""Taking in a customer list: read, reviewed, and only then saved, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.columns import Field, guess_columns, is_identity_number
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Origin, SubjectKind, SubjectState
from gdprdesk.domain.text import fold
from gdprdesk.i18n import N_, _
from gdprdesk.imports.source import Grid
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.contacts import normalise, org_number
from gdprdesk.services.entering import check_entered, checked_name, is_visible
from gdprdesk.services.finding import activity_for, controller_of, find_subject
from gdprdesk.services.people_columns import remarks, taken_columns
from gdprdesk.services.registry import action, query
from gdprdesk.services.sources import collecting_activity, note_origin
from gdprdesk.store.unit_of_work import UnitOfWork

_SAMPLE = 50
_MOST_SHOWN = 200
Contacts = tuple[tuple[ContactKind, str, str], ...]


class RowState(StrEnum):
    """What the review found about a row."""

    NEW = "new"
    DUPLICATE = "duplicate"
    WRONG = "wrong"


class Choice(StrEnum):
    """What is to become of a row that may be somebody already here."""

    ADD = "add"
    MERGE = "merge"
    SKIP = "skip"


@dataclass(frozen=True, repr=False)
class ImportRow:
    """A row of the list after the review.

    Attributes:
        number: What a spreadsheet program shows beside it.
        contacts: Kind, as people read it, as it is compared.
        reason: Why it is wrong, or whom it may be a duplicate of, as a sentence.
        known_ref: The person already in the register it may be.
        choice: What is suggested: people who only share an address or number stay two people.
    """

    number: int
    state: RowState
    name: str
    contacts: Contacts
    company: str = ""
    org_number: str = ""
    note: str = ""
    reason: str = ""
    known_ref: SubjectRef | None = None
    choice: Choice = Choice.ADD


@dataclass(frozen=True, repr=False)
class ImportReview:
    """What would come of a list; nothing has been saved.

    Attributes:
        fields: What each column was taken for.
        remarks: What was left out of the whole list, and why.
    """

    fields: tuple[Field, ...]
    rows: tuple[ImportRow, ...]
    remarks: tuple[str, ...]

    def count(self, state: RowState) -> int:
        """Return how many rows were found to be so."""
        return sum(row.state is state for row in self.rows)


@dataclass(frozen=True, repr=False)
class ImportReceipt:
    """How many people a list added, and to how many it added something."""

    added: int
    merged: int
    skipped: int
    wrong: int


@dataclass(repr=False)
class _Known:
    """The people that rows are compared with; grows by the rows that come before."""

    by_contact: dict[str, list[tuple[str, SubjectRef | None, int]]] = field(default_factory=dict)
    by_name: dict[str, list[tuple[str, SubjectRef | None, int]]] = field(default_factory=dict)


@query("import.review")
def review_list(
    read: Session, *, grid: Grid, fields: tuple[Field, ...] | None = None
) -> ImportReview:
    """Return what would come of a list: new people, possible duplicates, wrong rows with reasons.

    Args:
        read: The open register.
        grid: The list as it stands in the file.
        fields: What each column holds, one for each; without it, as it looks.

    Raises:
        DomainError: No column holds names.
    """
    chosen = fields or guess_columns(grid.header, grid.rows[:_SAMPLE])
    named = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY}
    if not named & set(chosen):
        raise DomainError(_("Say which column holds the names. Nothing was saved."))
    country, known, taken = controller_of(read).country, _known(read), taken_columns(read, chosen)
    rows = []
    for number, cells in enumerate(grid.rows, grid.first_row_number):
        if any(cell.strip() for cell in cells):
            row = _reviewed(number, _entries(taken, cells), country, known)
            rows.append(row)
            _remember(known, row)
    return ImportReview(chosen, tuple(rows), tuple(remarks(grid, chosen, taken)))


@action("import.people", N_("Import"))
def import_people(
    work: UnitOfWork,
    *,
    review: ImportReview,
    choices: Mapping[int, Choice] | None = None,
    origin: Origin | None = None,
    source: str = "",
    progress: Progress = SILENT,
) -> ImportReceipt:
    """Save what was reviewed, all of it or nothing; wrong rows stay out.

    Args:
        work: The unit of work.
        review: What was shown and approved.
        choices: By row number, where the user decided otherwise than was suggested.
        origin: Whom it comes from, if not as the register says; who is new is told: Article 14.
        source: Where it comes from.
        progress: Told after every row; may stop it, and then nothing is saved.
    """
    decided = choices or {}
    taken = {Choice.ADD: 0, Choice.MERGE: 0, Choice.SKIP: 0}
    good = [row for row in review.rows if row.state is not RowState.WRONG]
    writer = _Writer(work)
    for done, row in enumerate(good, 1):
        progress.step(done, len(good))
        choice = decided.get(row.number, row.choice)
        if choice is Choice.MERGE and row.known_ref is None:
            choice = Choice.SKIP
        taken[choice] += 1
        if choice is Choice.ADD:
            writer.add(row)
        elif choice is Choice.MERGE and row.known_ref is not None:
            writer.merge(row, find_subject(work.session, row.known_ref))
    writer.finish()
    writer.note_origin(work, origin, source)
    wrong = len(review.rows) - len(good)
    return ImportReceipt(taken[Choice.ADD], taken[Choice.MERGE], taken[Choice.SKIP], wrong)


class _Writer:
    """Writes rows; asks for what is the same for all of them only once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._today = work.today
        self._language = controller_of(work.session).language
        self._contacts = activity_for(work.session, ContactDetail).id
        self._notes = activity_for(work.session, WorkingNote).id
        self._companies = {
            fold(company.name): company for company in work.session.scalars(select(Company))
        }
        self._waiting: list[tuple[DataSubject, ImportRow]] = []
        self._new: list[DataSubject] = []

    def add(self, row: ImportRow) -> None:
        """Add the person of a row."""
        subject = DataSubject(name="", sort_key="", registered_on=self._today)
        subject.rename(row.name, self._language)
        if row.company:
            subject.company_id = self._company(row).id
            subject.kind = SubjectKind.COMPANY_CONTACT
        self._session.add(subject)
        self._new.append(subject)
        self._waiting.append((subject, row))

    def merge(self, row: ImportRow, subject: DataSubject) -> None:
        """Add to a person what the row knows and the register does not."""
        self._waiting.append((subject, row))

    def finish(self) -> None:
        """Write the contact details and notes, once every person has her place in the file."""
        self._session.flush()
        written = select(ContactDetail.subject_id, ContactDetail.value)
        known = {(owner, value) for owner, value in self._session.execute(written)}
        for subject, row in self._waiting:
            for kind, value, normal in row.contacts:
                if (subject.id, value) not in known:
                    known.add((subject.id, value))
                    self._session.add(self._detail(subject, kind, value, normal))
            if row.note:
                self._session.add(
                    WorkingNote(
                        subject_id=subject.id,
                        activity_id=self._notes,
                        recorded_on=self._today,
                        text=row.note,
                    )
                )

    def note_origin(self, work: UnitOfWork, origin: Origin | None, source: str) -> None:
        """Start the task to tell each new person where her data came from."""
        activity = collecting_activity(self._session, ContactDetail)
        for subject in self._new:
            note_origin(work, subject, activity, origin, source)

    def _detail(
        self, subject: DataSubject, kind: ContactKind, value: str, normal: str
    ) -> ContactDetail:
        return ContactDetail(
            subject_id=subject.id,
            activity_id=self._contacts,
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
            self._session.flush()
        return self._companies[key]


def _entries(fields: tuple[Field, ...], cells: tuple[str, ...]) -> dict[Field, list[str]]:
    entries: dict[Field, list[str]] = {}
    for one, cell in zip(fields, cells, strict=True):
        value = " ".join(cell.split())
        if value:
            entries.setdefault(one, []).append(value)
    return entries


def _reviewed(
    number: int, entries: dict[Field, list[str]], country: str, known: _Known
) -> ImportRow:
    company = _first(entries, Field.COMPANY)
    parts = (_first(entries, Field.FIRST_NAME), _first(entries, Field.LAST_NAME))
    name = _first(entries, Field.NAME) or " ".join(part for part in parts if part) or company
    try:
        contacts = tuple(_contacts(entries, country))
        number_of_company = org_number(_first(entries, Field.ORG_NUMBER), country)
        row = ImportRow(
            number,
            RowState.NEW,
            _checked_name(name),
            contacts,
            company=company,
            org_number=number_of_company,
            note="\n".join(entries.get(Field.NOTE, [])),
        )
        check_entered(row)
    except DomainError as error:
        shown = "".join(letter for letter in name if letter.isprintable())[:_MOST_SHOWN]
        return ImportRow(number, RowState.WRONG, shown, (), reason=str(error))
    return _compared(row, known)


def _contacts(
    entries: dict[Field, list[str]], country: str
) -> Iterator[tuple[ContactKind, str, str]]:
    for value in entries.get(Field.EMAIL, []):
        yield (ContactKind.EMAIL, *normalise(ContactKind.EMAIL, value, country))
    for value in entries.get(Field.PHONE, []):
        yield (ContactKind.PHONE, *normalise(ContactKind.PHONE, value, country))
    town = " ".join((*entries.get(Field.POSTCODE, []), *entries.get(Field.CITY, [])))
    address = ", ".join(part for part in (*entries.get(Field.ADDRESS, []), town) if part)
    if address:
        yield (ContactKind.ADDRESS, address, "")
    for value in entries.get(Field.CUSTOMER_NUMBER, []):
        yield (ContactKind.OTHER, _("Customer number {number}").format(number=value), "")


def _checked_name(name: str) -> str:
    if not is_visible(name):
        raise DomainError(_("The row has no name."))
    if is_identity_number(name):
        raise DomainError(_("Where the name should be, there is a personal identity number."))
    return checked_name(name)


def _compared(row: ImportRow, known: _Known) -> ImportRow:
    same_name = known.by_name.get(fold(row.name), [])
    shared = [
        one for _kind, _value, normal in row.contacts for one in known.by_contact.get(normal, [])
    ]
    for name, ref, number in shared:
        if fold(name) == fold(row.name):
            return _duplicate(row, name, ref, number, Choice.MERGE if ref else Choice.SKIP)
    if shared:
        return _duplicate(row, *shared[0], Choice.ADD)
    if same_name:
        return _duplicate(row, *same_name[0], Choice.ADD)
    return row


def _duplicate(
    row: ImportRow, name: str, ref: SubjectRef | None, number: int, choice: Choice
) -> ImportRow:
    where = (
        _("{name} is in the register already.").format(name=name)
        if ref
        else _("{name} is also in row {number}.").format(name=name, number=number)
    )
    return ImportRow(
        row.number,
        RowState.DUPLICATE,
        row.name,
        row.contacts,
        company=row.company,
        org_number=row.org_number,
        note=row.note,
        reason=where,
        known_ref=ref,
        choice=choice,
    )


def _known(read: Session) -> _Known:
    known = _Known()
    active = DataSubject.state == SubjectState.ACTIVE
    for name, ref in read.execute(select(DataSubject.name, DataSubject.ref).where(active)):
        known.by_name.setdefault(fold(name), []).append((name, ref, 0))
    contacts = (
        select(DataSubject.name, DataSubject.ref, ContactDetail.normal)
        .join(ContactDetail, ContactDetail.subject_id == DataSubject.id)
        .where(active, ContactDetail.normal != "")
    )
    for name, ref, normal in read.execute(contacts):
        known.by_contact.setdefault(normal, []).append((name, ref, 0))
    return known


def _remember(known: _Known, row: ImportRow) -> None:
    if row.state is RowState.WRONG:
        return
    entry = (row.name, None, row.number)
    known.by_name.setdefault(fold(row.name), []).append(entry)
    for _kind, _value, normal in row.contacts:
        if normal:
            known.by_contact.setdefault(normal, []).append(entry)


def _first(entries: dict[Field, list[str]], one: Field) -> str:
    return next(iter(entries.get(one, [])), "")
