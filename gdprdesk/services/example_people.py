"""Whom a made-up business knows: the same people for the same number of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from gdprdesk.domain.terms import SubjectKind
from gdprdesk.domain.text import digits, fold

HISTORY = 690  # days: everything in it is still within its period
_LONG_AGO = (3013, 1218, 1918, 2435, 852, 1522, 944)  # days: past a period, or held by a law
_FORMER = 2  # of nine
_ENDED_AFTER = 60  # days
_MOBILES_FIRST = 0.2
_MANY = 12  # of whom one may stand there twice


@dataclass(frozen=True, repr=False)
class PersonPlan:
    """A made-up person.

    Attributes:
        company: Where she works: the place in the list of companies and suppliers.
        ended_on: When she and the business had done with each other; nothing if they have not.
    """

    name: str
    joined_on: date
    email: str
    phone: str
    address: str
    kind: SubjectKind
    company: int | None
    language: str | None
    ended_on: date | None = None

    @property
    def buys(self) -> bool:
        """Whether she orders anything these days."""
        return self.ended_on is None and self.kind not in _NEVER_BUY


_NEVER_BUY = {SubjectKind.SUBSCRIBER, SubjectKind.SUPPLIER}


@dataclass(frozen=True, repr=False)
class Calendar:
    """The days on which a made-up business is open, as seen from today."""

    today: date
    closed: tuple[int, ...]

    def open_day(self, day: date) -> date:
        """Return the day itself or, if the business is closed, the last before or next after."""
        step = timedelta(days=1 if day > self.today else -1)
        while day.weekday() in self.closed:
            day += step
        return day

    def back(self, days: int) -> date:
        """Return an open day about so many days ago."""
        return self.open_day(self.today - timedelta(days=days))


def plan_people(
    book: Mapping[str, Any], count: int, calendar: Calendar, random: Random
) -> tuple[PersonPlan, ...]:
    """Return so many people of a book, and one more who has asked to be erased."""
    return _with_a_double(tuple(_People(book, count, calendar, random).plan()))


@dataclass(frozen=True, repr=False)
class _People:
    book: Mapping[str, Any]
    count: int
    calendar: Calendar
    random: Random
    seen: dict[str, int] = field(default_factory=dict)

    def plan(self) -> Iterator[PersonPlan]:
        book, random = self.book, self.random
        names = [(one, last) for one in book["women"] + book["men"] for last in book["last_names"]]
        random.shuffle(names)
        numbers = cycle(self._phones())
        companies = cycle(range(len(book["company"])))
        suppliers = cycle(range(len(book["company"]), len(list_companies(book))))
        for place, (first, last) in zip(range(self.count + 1), cycle(names), strict=False):
            kind = self._kind(place)
            joined, ended = self._known(place)
            has_email = kind is not SubjectKind.CUSTOMER or self._chance(72)
            company = {SubjectKind.COMPANY_CONTACT: companies, SubjectKind.SUPPLIER: suppliers}
            yield PersonPlan(
                name=f"{first} {last}",
                joined_on=joined,
                email=self._email(first, last) if has_email else "",
                phone=next(numbers) if not has_email or self._chance(80) else "",
                address=self._address() if self._chance(35) else "",
                kind=kind,
                company=next(company[kind]) if kind in company else None,
                language="en" if self._chance(4) else None,
                ended_on=ended,
            )

    def _chance(self, percent: float) -> bool:
        return self.random.random() * 100 < percent

    def _kind(self, place: int) -> SubjectKind:
        turns = self.book["people"]
        return (
            SubjectKind.CUSTOMER if place == self.count else SubjectKind(turns[place % len(turns)])
        )

    def _known(self, place: int) -> tuple[date, date | None]:
        """Return since when a person is known, and until when if that is over."""
        turn, of_nine = divmod(place, len(self.book["people"]))
        if place == self.count:
            return self.calendar.back(400), None
        if of_nine == _FORMER:
            joined = self.calendar.back(_LONG_AGO[turn % len(_LONG_AGO)])
            return joined, joined + timedelta(days=_ENDED_AFTER)
        days = int(self.random.triangular(1, HISTORY, HISTORY * 0.7))
        return self.calendar.back(days), None

    def _phones(self) -> list[str]:
        """Return every number that reaches nobody, mostly those of mobiles first."""
        mobile, *others = (list(_numbers(one)) for one in self.book["phone_ranges"])
        luck = {number: self.random.random() * _MOBILES_FIRST for number in mobile}
        luck |= {number: self.random.random() for some in others for number in some}
        return sorted(luck, key=luck.__getitem__)

    def _email(self, first: str, last: str) -> str:
        local = ".".join(re.sub("[^a-z]", "", fold(part)) for part in (first, last))
        self.seen[local] = self.seen.get(local, 0) + 1
        more = "" if self.seen[local] == 1 else str(self.seen[local])
        return f"{local}{more}@{self.random.choice(self.book['domains'])}"

    def _address(self) -> str:
        town = self.random.choice(self.book["town"])
        street = f"{self.random.choice(self.book['streets'])} {self.random.randint(1, 60)}"
        return f"{street}, {town['postcode']} {town['name']}"


def _with_a_double(people: tuple[PersonPlan, ...]) -> tuple[PersonPlan, ...]:
    """Let one customer stand there twice: the second time by her number, family name first."""
    rows = [place for place, one in enumerate(people[:-1]) if one.buys and one.company is None]
    reached = [place for place in rows if people[place].phone]
    if len(reached) < _MANY:
        return people
    place, again = reached[len(reached) // 2 :][:2]
    first, _space, last = people[place].name.partition(" ")
    twice = replace(people[again], name=f"{last}, {first}", phone=people[place].phone, email="")
    return (*people[:again], twice, *people[again + 1 :])


def list_companies(book: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Return the companies that a made-up business knows, those it sells to first."""
    return [*book["company"], *book.get("supplier", ())]


def _numbers(ends: Mapping[str, str]) -> Iterator[str]:
    first, last = digits(ends["first"]), digits(ends["last"])
    for number in range(int(first), int(last) + 1):
        yield str(number).zfill(len(first))
