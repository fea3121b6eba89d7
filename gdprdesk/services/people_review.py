"""A customer list looked through before anything of it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.columns import OF_AN_ORDER, Field, is_mailing_list
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import ContactDetail, DataSubject
from gdprdesk.domain.terms import Permission, StopReason, SubjectState
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_day
from gdprdesk.imports.source import Grid
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.import_mappings import suggest_columns
from gdprdesk.services.import_orders import KnownOrders
from gdprdesk.services.people_columns import remarks, taken_columns
from gdprdesk.services.people_reading import Choice, ImportRow, RowReader, RowState
from gdprdesk.services.registry import query
from gdprdesk.services.stop_list import Normal, StopRow, stopped
from gdprdesk.services.unsubscribing import StandingYes, standing_yes

__all__ = ["Choice", "ImportReview", "ImportRow", "RowState", "review_list", "say_erased"]

_NAMING = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY}


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
    suggested = suggest_columns(read, grid=grid)
    chosen = fields or suggested.fields
    of_readers = suggested.of_readers or is_mailing_list(grid.header)
    named = _NAMING | OF_AN_ORDER | ({Field.EMAIL} if of_readers else set())
    if not named & set(chosen):
        raise _nobody(suggested.name if suggested.nobody else "")
    controller = controller_of(read)
    reader = RowReader(
        controller.country,
        today_of(read),
        taken_columns(read, chosen),
        of_readers,
        own=suggested.own,
        own_email=controller.email.casefold() if OF_AN_ORDER & set(chosen) else "",
    )
    rows = [
        reader.read(number, cells)
        for number, cells in enumerate(grid.rows, grid.first_row_number)
        if any(cell.strip() for cell in cells)
        and (suggested.filled is None or cells[suggested.filled].strip())  # else it is the foot
    ]
    judged = _Judge(read, rows, of_readers=of_readers).judge_all(rows)
    said = remarks(grid, chosen, reader.taken, of_readers=of_readers)
    return ImportReview(chosen, tuple(judged), tuple(said), of_readers)


def _nobody(program: str) -> DomainError:
    if program:
        return DomainError(
            _(
                "This is a list of receipts from {program}: there are no people in it. Nothing was "
                "saved. Choose a list of customers or bookings."
            ).format(program=program)
        )
    return DomainError(_("Say which column holds the names. Nothing was saved."))


class _Judge:
    """Compares rows with the stop list, with the people in the register and with each other."""

    def __init__(self, read: Session, rows: Sequence[ImportRow], *, of_readers: bool) -> None:
        normals = (one for row in rows for one in row.normals)
        self._stops: Mapping[Normal, tuple[StopRow, ...]] = stopped(read, normals)
        self._yes: Mapping[str, tuple[StandingYes, ...]] = standing_yes(read)
        self._known = _known(read)
        self._leaving = contacts_leaving(read)
        self._orders = KnownOrders(read, (row.order for row in rows if row.order))
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
        compared = self._judge_order(row) if row.order else _compared(row, self._known)
        if compared.known_ref in self._known.only_stored:
            return _spared(compared)
        return replace(compared, reason=" ".join(filter(None, (compared.reason, no))))

    def _judge_order(self, row: ImportRow) -> ImportRow:
        """Return an order with whose it is: whoever is reached so already, or has one above."""
        if row.order and self._orders.has(row.order):
            known = _("The same order is in the register already.")
            return replace(row, state=RowState.DUPLICATE, reason=known, choice=Choice.SKIP)
        normals = [normal for _kind, normal in row.normals]
        for normal in normals:
            for name, ref, number in self._known.by_contact.get(normal, []):
                if ref is not None:
                    return _duplicate(row, name, ref, number, Choice.MERGE)
        return row

    def _left_out(self, row: ImportRow) -> str:
        """Return why a row stays out, or nothing if it may come in."""
        erased = self._stop_of(row, StopReason.ERASED)
        if erased is not None:
            return say_erased(erased.made_on)
        if not self._leaving.isdisjoint(normal for _kind, normal in row.normals):
            return say_leaving()
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


def say_leaving() -> str:
    """Return why somebody who is about to be erased does not come in once more with a list."""
    return _("Left out: somebody who is reached so is about to be erased.")


def contacts_leaving(read: Session) -> set[str]:
    """Return the addresses and numbers of everybody who is about to be erased."""
    return set(
        read.scalars(
            select(ContactDetail.normal)
            .join(DataSubject, DataSubject.id == ContactDetail.subject_id)
            .where(DataSubject.state == SubjectState.STAGED, ContactDetail.normal != "")
        )
    )


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
