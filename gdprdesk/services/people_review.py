"""A customer list looked through before anything of it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.columns import Field, guess_columns, is_identity_number, is_mailing_list
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Permission, StopReason, SubjectState
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_day
from gdprdesk.imports.source import Grid
from gdprdesk.services.contacts import normalise, org_number
from gdprdesk.services.entering import check_entered, checked_name, is_visible
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.people_columns import remarks, taken_columns
from gdprdesk.services.registry import query
from gdprdesk.services.stop_list import Normal, StopRow, stopped
from gdprdesk.services.unsubscribing import StandingYes, standing_yes

_SAMPLE = 50
_MOST_SHOWN = 200
_SAYS_NO = {"0", "no", "nej", "nei", "false", "falskt", "usant"}
Contacts = tuple[tuple[ContactKind, str, str], ...]


class RowState(StrEnum):
    """What the review found about a row.

    One that is stopped stays out: by the stop list, or because letters do not reach her. One that
    is unsubscribed is of a newsletter reader who is none any more, which is all that is saved.
    """

    NEW = "new"
    DUPLICATE = "duplicate"
    WRONG = "wrong"
    STOPPED = "stopped"
    UNSUBSCRIBED = "unsubscribed"


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
        reason: Why it is wrong or stays out, whom it may be a duplicate of, or what to mind, as a
            sentence.
        known_ref: The person already in the register it may be.
        choice: What is suggested: people who only share an address or number stay two people.
        said_no_on: When she unsubscribed from letters, if the list says so.
        bounced: Whether the list says that letters to her come back.
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
    said_no_on: date | None = None
    bounced: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether the user may choose to take it in."""
        return self.state in {RowState.NEW, RowState.DUPLICATE}

    @property
    def emails(self) -> tuple[str, ...]:
        """The e-mail addresses, as they are compared."""
        return tuple(normal for kind, normal in self.normals if kind is ContactKind.EMAIL)

    @property
    def normals(self) -> tuple[Normal, ...]:
        """The addresses and numbers that are compared."""
        return tuple((kind, normal) for kind, _value, normal in self.contacts if normal)


@dataclass(frozen=True, repr=False)
class ImportReview:
    """What would come of a list; nothing has been saved.

    Attributes:
        fields: What each column was taken for.
        remarks: What was left out of the whole list, and why.
        of_readers: Whether it is a list of newsletter readers, and of nobody else.
    """

    fields: tuple[Field, ...]
    rows: tuple[ImportRow, ...]
    remarks: tuple[str, ...]
    of_readers: bool = False

    def count(self, state: RowState) -> int:
        """Return how many rows were found to be so."""
        return sum(row.state is state for row in self.rows)


@dataclass(repr=False)
class _Known:
    """The people that rows are compared with; grows by the rows that come before."""

    by_contact: dict[str, list[tuple[str, SubjectRef | None, int]]] = field(default_factory=dict)
    by_name: dict[str, list[tuple[str, SubjectRef | None, int]]] = field(default_factory=dict)
    only_stored: set[SubjectRef] = field(default_factory=set)


@query("import.review", needs=Permission.EXPORT_ALL)
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
    of_readers = is_mailing_list(grid.header)
    named = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY}
    named |= {Field.EMAIL} if of_readers else set()
    if not named & set(chosen):
        raise DomainError(_("Say which column holds the names. Nothing was saved."))
    reader = _Reader(
        controller_of(read).country, today_of(read), taken_columns(read, chosen), of_readers
    )
    rows = [
        reader.read(number, cells)
        for number, cells in enumerate(grid.rows, grid.first_row_number)
        if any(cell.strip() for cell in cells)
    ]
    judged = _Judge(read, rows, of_readers=of_readers).judge_all(rows)
    said = remarks(grid, chosen, reader.taken, of_readers=of_readers)
    return ImportReview(chosen, tuple(judged), tuple(said), of_readers)


@dataclass(frozen=True)
class _Reader:
    """Makes of the cells of a row what the register would hold of it."""

    country: str
    today: date
    taken: tuple[Field, ...]
    of_readers: bool

    def read(self, number: int, cells: tuple[str, ...]) -> ImportRow:
        """Return a row that is new, or wrong."""
        entries = _entries(self.taken, cells)
        name = _name(entries)
        if self.of_readers and not name:
            name = _first(entries, Field.EMAIL)
        try:
            row = ImportRow(
                number,
                RowState.NEW,
                _checked_name(name),
                tuple(_contacts(entries, self.country)),
                company=_first(entries, Field.COMPANY),
                org_number=org_number(_first(entries, Field.ORG_NUMBER), self.country),
                note="\n".join(entries.get(Field.NOTE, [])),
                said_no_on=self._said_no_on(_first(entries, Field.UNSUBSCRIBED)),
                bounced=bool(_first(entries, Field.BOUNCED)),
            )
            check_entered(row)
        except DomainError as error:
            shown = "".join(letter for letter in name if letter.isprintable())[:_MOST_SHOWN]
            return ImportRow(number, RowState.WRONG, shown, (), reason=str(error))
        return row

    def _said_no_on(self, cell: str) -> date | None:
        """Return when she unsubscribed: today, if the list only says that she has."""
        if not cell or cell.casefold() in _SAYS_NO:
            return None
        try:
            day = date.fromisoformat(cell[:10])
        except ValueError:
            return self.today
        return min(day, self.today)


class _Judge:
    """Compares rows with the stop list, with the people in the register and with each other."""

    def __init__(self, read: Session, rows: Sequence[ImportRow], *, of_readers: bool) -> None:
        normals = (one for row in rows for one in row.normals)
        self._stops: Mapping[Normal, tuple[StopRow, ...]] = stopped(read, normals)
        self._yes: Mapping[str, tuple[StandingYes, ...]] = standing_yes(read)
        self._known = _known(read)
        self._of_readers = of_readers

    def judge_all(self, rows: Sequence[ImportRow]) -> Iterator[ImportRow]:
        """Walk the rows with what was found about each."""
        for row in rows:
            judged = row if row.state is RowState.WRONG else self._judge(row)
            if judged.can_be_taken:
                _remember(self._known, judged)
            yield judged

    def _judge(self, row: ImportRow) -> ImportRow:
        out = self._left_out(row)
        if out:
            return replace(row, state=RowState.STOPPED, reason=out, choice=Choice.SKIP)
        no = self._no_to_letters(row)
        if self._of_readers and row.said_no_on is not None:
            return replace(row, state=RowState.UNSUBSCRIBED, reason=no, choice=Choice.SKIP)
        compared = _compared(row, self._known)
        if compared.known_ref in self._known.only_stored:
            return _spared(compared)
        return replace(compared, reason=" ".join(filter(None, (compared.reason, no))))

    def _left_out(self, row: ImportRow) -> str:
        """Return why a row stays out, or nothing if it may come in."""
        erased = self._stop_of(row, StopReason.ERASED)
        if erased is not None:
            return say_erased(erased.made_on)
        if row.bounced:
            return _(
                "Left out: letters to this address come back. If she is a customer, ask her for "
                "the right one."
            )
        refused = self._stop_of(row, StopReason.UNSUBSCRIBED)
        if self._of_readers and refused is not None and row.said_no_on is None:
            return _(
                "Left out: said no to newsletters on {day}. She gets none until she says yes again."
            ).format(day=format_day(refused.made_on))
        newer = self._newer_yes(row)
        if self._of_readers and newer is not None:
            return _(
                "Left out: she said yes again on {day}, after she unsubscribed. Nothing changes."
            ).format(day=format_day(newer.decided_on))
        return ""

    def _no_to_letters(self, row: ImportRow) -> str:
        """Return what to mind of somebody who wants no letters, or nothing."""
        refused = self._stop_of(row, StopReason.UNSUBSCRIBED)
        if row.said_no_on is not None and self._newer_yes(row) is None:
            return _(
                "Unsubscribed on {day}: a yes is taken back, and the address goes on the stop list."
            ).format(day=format_day(row.said_no_on))
        if refused is not None:
            return _(
                "Said no to newsletters on {day}: comes in, but gets none until she says yes again."
            ).format(day=format_day(refused.made_on))
        return ""

    def _newer_yes(self, row: ImportRow) -> StandingYes | None:
        since = row.said_no_on
        if since is None:
            return None
        said = (one for _kind, normal in row.normals for one in self._yes.get(normal, ()))
        return next((one for one in said if one.decided_on > since), None)

    def _stop_of(self, row: ImportRow, reason: StopReason) -> StopRow | None:
        found = (one for normal in row.normals for one in self._stops.get(normal, ()))
        return next((one for one in found if one.reason is reason), None)


def _spared(row: ImportRow) -> ImportRow:
    """Return a row about somebody whose data are only stored: nothing is added to them, Art. 18."""
    if row.choice is not Choice.MERGE:
        return replace(row, known_ref=None)
    out = _("Left out: the data of {name} are only stored for now.").format(name=row.name)
    return replace(row, state=RowState.STOPPED, reason=out, choice=Choice.SKIP)


def say_erased(day: date) -> str:
    """Return why somebody who was erased does not come back with a list."""
    return _("Left out: erased at her own request on {day}. She can still order herself.").format(
        day=format_day(day)
    )


def _entries(fields: tuple[Field, ...], cells: tuple[str, ...]) -> dict[Field, list[str]]:
    entries: dict[Field, list[str]] = {}
    for one, cell in zip(fields, cells, strict=True):
        value = " ".join(cell.split())
        if value:
            entries.setdefault(one, []).append(value)
    return entries


def _name(entries: dict[Field, list[str]]) -> str:
    parts = (_first(entries, Field.FIRST_NAME), _first(entries, Field.LAST_NAME))
    whole = " ".join(part for part in parts if part)
    return _first(entries, Field.NAME) or whole or _first(entries, Field.COMPANY)


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
    return replace(row, state=RowState.DUPLICATE, reason=where, known_ref=ref, choice=choice)


def _known(read: Session) -> _Known:
    known = _Known()
    active = DataSubject.state == SubjectState.ACTIVE
    people = select(DataSubject.name, DataSubject.ref, DataSubject.restricted_on).where(active)
    for name, ref, restricted_on in read.execute(people):
        known.by_name.setdefault(fold(name), []).append((name, ref, 0))
        if restricted_on is not None:
            known.only_stored.add(ref)
    contacts = (
        select(DataSubject.name, DataSubject.ref, ContactDetail.normal)
        .join(ContactDetail, ContactDetail.subject_id == DataSubject.id)
        .where(active, ContactDetail.normal != "")
    )
    for name, ref, normal in read.execute(contacts):
        known.by_contact.setdefault(normal, []).append((name, ref, 0))
    return known


def _remember(known: _Known, row: ImportRow) -> None:
    entry = (row.name, None, row.number)
    known.by_name.setdefault(fold(row.name), []).append(entry)
    for _kind, _value, normal in row.contacts:
        if normal:
            known.by_contact.setdefault(normal, []).append(entry)


def _first(entries: dict[Field, list[str]], one: Field) -> str:
    return next(iter(entries.get(one, [])), "")
