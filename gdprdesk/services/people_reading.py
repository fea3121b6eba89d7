"""What the cells of a row say: a person with her contact details and notes, or an order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.columns import OF_AN_ORDER, Field, is_identity_number
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BookingState, ContactKind
from gdprdesk.domain.text import digits
from gdprdesk.i18n import _
from gdprdesk.services.contacts import normalise, org_number
from gdprdesk.services.entering import check_entered, checked_name, is_visible
from gdprdesk.services.stop_list import Normal

_MOST_SHOWN = 200
_LONGEST_NOTE = 10_000
_SAYS_NO = {"0", "no", "nej", "nei", "false", "falskt", "usant"}
# How people write two addresses or numbers in one cell; three colons are Google's.
_SEVERAL = re.compile(r" ::: | ?[;,] ?| / | (?:eller|och|og|or) ")
_FEWEST_DIGITS = 6
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y%m%d")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)?")
_LONGEST_VISIT = 24 * 60
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
class OrderSeed:
    """An order as a list of bookings says it; `minutes` is how long a visit is."""

    what: str
    on: date | None
    at: time | None
    minutes: int | None
    state: BookingState


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
        order: What she ordered, if the list is one of bookings; then she may have no name.
    """

    number: int
    state: RowState
    name: str
    contacts: Contacts
    company: str = ""
    org_number: str = ""
    notes: tuple[str, ...] = ()
    reason: str = ""
    known_ref: SubjectRef | None = None
    choice: Choice = Choice.ADD
    said_no_on: date | None = None
    bounced: bool = False
    order: OrderSeed | None = None

    @property
    def can_be_taken(self) -> bool:
        """Whether the user may choose to take it in."""
        return self.state in {RowState.NEW, RowState.DUPLICATE}

    @property
    def emails(self) -> tuple[str, ...]:
        """The e-mail addresses, as they are compared."""
        return tuple(normal for kind, normal in self.normals if kind is ContactKind.EMAIL)

    @cached_property
    def normals(self) -> tuple[Normal, ...]:
        """The addresses and numbers that are compared."""
        return tuple((kind, normal) for kind, _value, normal in self.contacts if normal)


@dataclass(repr=False)
class _Cells:
    """The cells of a row by what they hold, and the addresses that belong together.

    Attributes:
        whole: Whether an address stands in one cell, so that the next one is another.
    """

    whole: bool = False
    values: dict[Field, list[str]] = field(default_factory=dict)
    addresses: list[dict[Field, list[str]]] = field(default_factory=list)

    def first(self, one: Field) -> str:
        """Return the first cell that holds something, or nothing."""
        return next(iter(self.values.get(one, [])), "")

    def add(self, one: Field, cell: str) -> None:
        """Take in a cell."""
        if one is Field.NOTE:
            value = "\n".join(line.rstrip() for line in cell.splitlines()).strip()
        else:
            value = " ".join(cell.split())
        if not value:
            return
        if one in _OF_AN_ADDRESS:
            self._add_to_address(one, value)
        self.values.setdefault(one, []).extend(_each(one, value))

    def _add_to_address(self, one: Field, value: str) -> None:
        """Go on with an address, or begin the next: that of her work after that of her home."""
        now = self.addresses[-1] if self.addresses else {}
        whole = Field.ADDRESS in now and (self.whole or len(now) > 1)
        if not now or (whole if one is Field.ADDRESS else one in now):
            now = {}
            self.addresses.append(now)
        now.setdefault(one, []).append(value)


def _each(one: Field, value: str) -> list[str]:
    """Return the addresses or numbers of a cell; what is none when it is cut stays whole."""
    parts = [part for part in _SEVERAL.split(value) if part]
    if one is Field.EMAIL:
        return parts if all("@" in part for part in parts) else [value]
    if one is Field.PHONE:
        return parts if all(len(digits(part)) >= _FEWEST_DIGITS for part in parts) else [value]
    return [value]


_OF_AN_ADDRESS = (Field.ADDRESS, Field.POSTCODE, Field.CITY)


@dataclass(frozen=True, repr=False)
class RowReader:
    """Makes of the cells of a row what the register would hold of it.

    Attributes:
        country: Of the business, for the numbers of its phones.
        taken: What is taken of each column.
        of_readers: Whether the list is of newsletter readers, who may have no name.
        own: Whether the list is one that this program wrote: an address or a note in each cell.
        own_email: That of the business, which is no customer's.
    """

    country: str
    today: date
    taken: tuple[Field, ...]
    of_readers: bool = False
    own: bool = False
    own_email: str = ""

    def read(self, number: int, cells: tuple[str, ...]) -> ImportRow:
        """Return a row that is new, or wrong."""
        found = _Cells(whole=self.own)
        for one, cell in zip(self.taken, cells, strict=True):
            found.add(one, cell)
        if self.own_email and found.first(Field.EMAIL).casefold() == self.own_email:
            found.values.pop(Field.EMAIL)
            found.values.pop(Field.NAME, None)
        name = _name(found)
        if self.of_readers and not name:
            name = found.first(Field.EMAIL)
        number_of_company = found.first(Field.ORG_NUMBER)
        if is_identity_number(number_of_company):
            number_of_company = ""  # a private person, beside the companies of the list
        try:
            order = self._order(found)
            row = ImportRow(
                number,
                RowState.NEW,
                name if order and not name else _checked_name(name),
                tuple(self._contacts(found)),
                company=found.first(Field.COMPANY) or (name if number_of_company else ""),
                org_number=org_number(number_of_company, self.country),
                notes=tuple(self._notes(found)),
                said_no_on=self._said_no_on(found.first(Field.UNSUBSCRIBED)),
                bounced=bool(found.first(Field.BOUNCED)),
                order=order,
            )
            check_entered(row)
        except DomainError as error:
            shown = "".join(letter for letter in name if letter.isprintable())[:_MOST_SHOWN]
            return ImportRow(number, RowState.WRONG, shown, (), reason=str(error))
        return row

    def _contacts(self, found: _Cells) -> Iterator[tuple[ContactKind, str, str]]:
        for one, kind in ((Field.EMAIL, ContactKind.EMAIL), (Field.PHONE, ContactKind.PHONE)):
            for value in found.values.get(one, []):
                yield (kind, *normalise(kind, value, self.country))
        for address in found.addresses:
            town = " ".join((*address.get(Field.POSTCODE, []), *address.get(Field.CITY, [])))
            lines = (*address.get(Field.ADDRESS, []), town)
            yield (ContactKind.ADDRESS, ", ".join(filter(None, lines)), "")
        for value in found.values.get(Field.CUSTOMER_NUMBER, []):
            yield (ContactKind.OTHER, _("Customer number {number}").format(number=value), "")
        for value in found.values.get(Field.OTHER_CONTACT, []):
            yield (ContactKind.OTHER, value, "")

    def _notes(self, found: _Cells) -> Iterator[str]:
        """Walk the notes: one that is longer than the register takes becomes several."""
        notes = found.values.get(Field.NOTE, [])
        for note in notes if self.own else ["\n".join(notes)]:
            for begin in range(0, len(note), _LONGEST_NOTE):
                yield note[begin : begin + _LONGEST_NOTE]

    def _said_no_on(self, cell: str) -> date | None:
        """Return when she unsubscribed: today, if the list only says that she has."""
        if not cell or cell.casefold() in _SAYS_NO:
            return None
        try:
            day = date.fromisoformat(cell[:10])
        except ValueError:
            return self.today
        return min(day, self.today)

    def _order(self, found: _Cells) -> OrderSeed | None:
        if not OF_AN_ORDER & found.values.keys():
            return None
        what, said_on = found.first(Field.ORDER), found.first(Field.ORDER_DAY)
        if not what:
            raise DomainError(_("The row does not say what is ordered."))
        on = _day(said_on)
        if said_on and on is None:
            raise DomainError(_("Write the day like this: 2026-11-22"))
        at = _clock(found.first(Field.ORDER_TIME) or said_on[10:])
        minutes = found.first(Field.ORDER_MINUTES)
        long = int(minutes) if minutes.isdecimal() and int(minutes) <= _LONGEST_VISIT else None
        return OrderSeed(what, on, at, long or None, self._state(found, on))

    def _state(self, found: _Cells, on: date | None) -> BookingState:
        """Return how far an order has come: what is over has been delivered, unless it says so."""
        with suppress(ValueError):
            said = BookingState(found.first(Field.ORDER_STATE).casefold())
            if said is not BookingState.CONFIRMED:
                return said
        over = on is not None and on < self.today
        return BookingState.COMPLETED if over else BookingState.CONFIRMED


def _name(found: _Cells) -> str:
    parts = (found.first(Field.FIRST_NAME), found.first(Field.LAST_NAME))
    whole = " ".join(part for part in parts if part)
    return found.first(Field.NAME) or whole or found.first(Field.COMPANY)


def _checked_name(name: str) -> str:
    if not is_visible(name):
        raise DomainError(_("The row has no name."))
    if is_identity_number(name):
        raise DomainError(_("Where the name should be, there is a personal identity number."))
    return checked_name(name)


def _day(said: str) -> date | None:
    for style in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(said[:10], style).date()  # noqa: DTZ007  (a day, no moment)
    return None


def _clock(said: str) -> time | None:
    found = _CLOCK.search(said)
    return time(int(found[1]), int(found[2])) if found else None
