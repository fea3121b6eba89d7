"""Who a made-up cafe knows and what happens there: the same for the same number of people.

Nothing here touches a register. Names, cakes and sentences come from resources/demo; a seeded
generator chooses among them, and days are counted back from the day that is given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import cycle
from random import Random
from typing import Any

from gdprdesk.domain.terms import Channel, ConsentMethod, Decision, SubjectKind
from gdprdesk.domain.text import digits, fold
from gdprdesk.resources import resource
from gdprdesk.services.law import vat_rate
from gdprdesk.services.order_lines import LineEntry

BOOKS = {"SE": "sv", "NO": "nb"}
HISTORY = 690  # days: everything in it is still within its period
_CLOSED = 0  # Mondays
_CHEAP = Decimal(110)
_MOBILES_FIRST = 0.2
_PER_PERSON = ", per person"


class Fate(StrEnum):
    """What becomes of an order."""

    OPEN = "open"
    ENQUIRY = "enquiry"
    CANCELLED = "cancelled"
    PAID = "paid"
    UNPAID = "unpaid"
    INVOICED = "invoiced"


@dataclass(frozen=True, repr=False)
class PersonPlan:
    """A made-up person; a contact has the place of a company in the list of them."""

    name: str
    joined_on: date
    email: str
    phone: str
    address: str
    kind: SubjectKind
    company: int | None
    language: str | None


@dataclass(frozen=True, repr=False, eq=False)
class OrderPlan:
    """A made-up order, unlike every other; without a person it is that of a passer-by."""

    person: int | None
    company: int | None
    what: str
    lines: tuple[LineEntry, ...]
    note: str
    diet: str
    channel: Channel
    taken_on: date
    wanted_on: date
    wanted_at: time
    fate: Fate
    invoiced_on: date | None = None
    paid_on: date | None = None


@dataclass(frozen=True, repr=False)
class ConsentPlan:
    """What a made-up person says on a day about a purpose."""

    person: int
    purpose: str
    on: date
    decision: Decision
    method: ConsentMethod
    evidence: str


@dataclass(frozen=True, repr=False)
class NotePlan:
    """What is noted about a made-up person."""

    person: int
    on: date
    text: str
    channel: Channel


@dataclass(frozen=True, repr=False)
class ExamplePlan:
    """Two years of a made-up cafe.

    Attributes:
        book: The words and names it is made of.
        people: The last of them has asked to be erased.
        erased_on: When that was done.
    """

    book: Mapping[str, Any]
    people: tuple[PersonPlan, ...]
    orders: tuple[OrderPlan, ...]
    consents: tuple[ConsentPlan, ...]
    notes: tuple[NotePlan, ...]
    pictures: tuple[tuple[int, date], ...]
    erased_on: date


def plan_example(country: str, people: int, today: date) -> ExamplePlan:
    """Return the example of a country with so many people, ending on a day."""
    return _Planner(country, people, today).plan()


def example_book(country: str) -> Mapping[str, Any]:
    """Return the made-up business of a country with its words and names."""
    return tomllib.loads(resource(f"demo/{BOOKS[country]}.toml").read_text("utf-8"))


@dataclass
class _Planner:
    country: str
    count: int
    today: date
    people: list[PersonPlan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.book = example_book(self.country)
        self.random = Random(f"{self.country} {self.count}")  # noqa: S311  (nothing secret)

    def plan(self) -> ExamplePlan:
        self.people = list(self._people())
        leaver = len(self.people) - 1
        orders = [
            *self._past_orders(leaver),
            *self._unsettled_orders(leaver),
            *self._coming_orders(),
            *self._last_orders(leaver),
        ]
        return ExamplePlan(
            book=self.book,
            people=tuple(self.people),
            orders=tuple(orders),
            consents=tuple(self._consents(leaver, orders)),
            notes=tuple(self._notes(leaver)),
            pictures=tuple(self._pictures(leaver)),
            erased_on=self._open_day(self.today - timedelta(days=40)),
        )

    def _chance(self, percent: float) -> bool:
        return self.random.random() * 100 < percent

    def _open_day(self, day: date) -> date:
        return day + timedelta(days=1) if day.weekday() == _CLOSED else day

    def _people(self) -> Iterator[PersonPlan]:
        book, random = self.book, self.random
        names = [(one, last) for one in book["women"] + book["men"] for last in book["last_names"]]
        random.shuffle(names)
        phones = self._phones()
        seen: dict[str, int] = {}
        numbers = cycle(phones)
        for place, (first, last) in zip(range(self.count + 1), cycle(names), strict=False):
            days = 400 if place == self.count else int(random.triangular(1, HISTORY, HISTORY * 0.7))
            kind, company = self._kind(place)
            has_email = kind is not SubjectKind.CUSTOMER or self._chance(72)
            yield PersonPlan(
                name=f"{first} {last}",
                joined_on=self._open_day(self.today - timedelta(days=days)),
                email=self._email(first, last, seen) if has_email else "",
                phone=next(numbers) if not has_email or self._chance(80) else "",
                address=self._address() if self._chance(35) else "",
                kind=kind,
                company=company,
                language="en" if self._chance(4) else None,
            )

    def _phones(self) -> list[str]:
        """Return every number that reaches nobody, mostly those of mobiles first."""
        mobile, *others = (list(_numbers(one)) for one in self.book["phone_ranges"])
        luck = {number: self.random.random() * _MOBILES_FIRST for number in mobile}
        luck |= {number: self.random.random() for some in others for number in some}
        return sorted(luck, key=luck.__getitem__)

    def _kind(self, place: int) -> tuple[SubjectKind, int | None]:
        if place == self.count or place % 9 not in {4, 7}:
            return SubjectKind.CUSTOMER, None
        if place % 9 == 4:  # noqa: PLR2004
            return SubjectKind.COMPANY_CONTACT, place // 9 % len(self.book["company"])
        return (SubjectKind.SUBSCRIBER if self._chance(60) else SubjectKind.CUSTOMER), None

    def _email(self, first: str, last: str, seen: dict[str, int]) -> str:
        local = ".".join(re.sub("[^a-z]", "", fold(part)) for part in (first, last))
        seen[local] = seen.get(local, 0) + 1
        more = "" if seen[local] == 1 else str(seen[local])
        return f"{local}{more}@{self.random.choice(self.book['domains'])}"

    def _address(self) -> str:
        town = self.random.choice(self.book["town"])
        street = f"{self.random.choice(self.book['streets'])} {self.random.randint(1, 60)}"
        return f"{street}, {town['postcode']} {town['name']}"

    def _past_orders(self, leaver: int) -> Iterator[OrderPlan]:
        for place, person in enumerate(self.people):
            days = (self.today - person.joined_on).days
            if person.kind is SubjectKind.SUBSCRIBER or place == leaver:
                continue
            regular = 6 if self._chance(14) else 0
            for _ in range(self.random.choice((0, 1, 1, 1, 2, 2, 3)) + regular):
                wanted = person.joined_on + timedelta(days=self.random.randint(0, max(days - 1, 0)))
                yield self._order(place, self._open_day(wanted))
        for _ in range(max(4, self.count // 20)):  # people whose names nobody asked for
            back = self.random.randint(1, HISTORY - 1)
            yield self._order(None, self._open_day(self.today - timedelta(days=back)))

    def _unsettled_orders(self, leaver: int) -> Iterator[OrderPlan]:
        """Yield what waits for money: nobody has paid, an invoice is overdue, one is not due."""
        since = self.today - timedelta(days=60)
        known = [place for place in self._customers(leaver) if self.people[place].joined_on < since]
        matters = ((5, Fate.UNPAID), (48, Fate.INVOICED), (12, Fate.INVOICED))
        for place, (days, fate) in zip(known, matters, strict=False):
            day = self._open_day(self.today - timedelta(days=days))
            yield replace(self._order(place, day, fate), paid_on=None)

    def _customers(self, leaver: int) -> list[int]:
        return [
            place
            for place, person in enumerate(self.people[:leaver])
            if person.kind is not SubjectKind.SUBSCRIBER
        ]

    def _coming_orders(self) -> Iterator[OrderPlan]:
        customers = self._customers(len(self.people) - 1)
        some = min(len(customers), max(9, self.count // 12), 60)
        for turn, place in enumerate(self.random.sample(customers, some)):
            ahead = 0 if turn % 3 == 0 else self.random.randint(1, 12)
            wanted = self.today + timedelta(days=ahead)
            fate = Fate.ENQUIRY if turn == 1 else None
            yield self._order(place, self._open_day(wanted) if ahead else wanted, fate)

    def _last_orders(self, leaver: int) -> Iterator[OrderPlan]:
        for days, fate in ((300, Fate.PAID), (120, Fate.INVOICED)):
            day = self._open_day(self.today - timedelta(days=days))
            yield self._order(leaver, day, fate)

    def _order(self, place: int | None, wanted: date, fate: Fate | None = None) -> OrderPlan:
        random, book = self.random, self.book
        person = None if place is None else self.people[place]
        joined = wanted if person is None else person.joined_on
        taken = max(min(wanted - timedelta(days=random.randint(0, 9)), self.today), joined)
        company = person.company if person else None
        fate = fate or self._fate(wanted, company, is_known=person is not None)
        lines = self._lines(min(wanted, self.today))
        is_party = len(lines) > 1
        has_diet = person is not None and wanted >= self.today and self._chance(35)
        invoiced, paid = self._payment(wanted, fate)
        return OrderPlan(
            person=place,
            company=company,
            what=random.choice(book["enquiries" if fate is Fate.ENQUIRY else "occasions"])
            if is_party or fate is Fate.ENQUIRY
            else "",
            lines=() if fate is Fate.ENQUIRY else lines,
            note=random.choice(book["order_notes"]) if self._chance(40) else "",
            diet=random.choice(book["diets"]) if has_diet else "",
            channel=random.choice(tuple(Channel)),
            taken_on=taken,
            wanted_on=wanted,
            wanted_at=time(random.randint(8, 17), random.choice((0, 15, 30, 45))),
            fate=fate,
            invoiced_on=invoiced,
            paid_on=paid,
        )

    def _fate(self, wanted: date, company: int | None, *, is_known: bool) -> Fate:
        if wanted >= self.today:
            return Fate.ENQUIRY if wanted > self.today and self._chance(15) else Fate.OPEN
        if not is_known:
            return Fate.PAID
        if self._chance(5):
            return Fate.CANCELLED
        if company is not None or self._chance(7):
            return Fate.INVOICED
        recent = (self.today - wanted).days < 60  # noqa: PLR2004
        return Fate.UNPAID if recent and self._chance(12) else Fate.PAID

    def _payment(self, wanted: date, fate: Fate) -> tuple[date | None, date | None]:
        if fate is Fate.PAID:
            return None, wanted
        if fate is not Fate.INVOICED:
            return None, None
        invoiced = min(self._open_day(wanted + timedelta(days=1)), self.today)
        paid = invoiced + timedelta(days=self.random.randint(6, 34))
        forgotten = (self.today - invoiced).days < 80 and self._chance(20)  # noqa: PLR2004
        return invoiced, paid if paid < self.today and not forgotten else None

    def _lines(self, day: date) -> tuple[LineEntry, ...]:
        wanted = self.random.choice((1, 1, 1, 2, 3))
        return tuple(
            LineEntry(
                text=product["text"],
                quantity=str(self._quantity(product)),
                price=product["price"],
                rate=str(vat_rate(self.country, product["vat"], day)),
            )
            for product in self.random.sample(self.book["product"], wanted)
        )

    def _quantity(self, product: Mapping[str, str]) -> int:
        small = Decimal(product["price"]) < _CHEAP and product["vat"] != "standard"
        many = small or product["text"].endswith(_PER_PERSON)
        return self.random.choice((6, 8, 10, 12, 15, 20, 24)) if many else 1

    def _consents(self, leaver: int, orders: Sequence[OrderPlan]) -> Iterator[ConsentPlan]:
        with_diet = {order.person: order.taken_on for order in orders if order.diet}
        for place, person in enumerate(self.people):
            for purpose, asked, yes in (
                ("newsletter", 55, 75),
                ("photo", 30, 70),
                ("sms_offers", 20, 60),
            ):
                subscribes = person.kind is SubjectKind.SUBSCRIBER and purpose == "newsletter"
                if place != leaver and (subscribes or self._chance(asked)):
                    sure = 100 if subscribes else yes
                    yield from self._decisions(place, purpose, person.joined_on, sure)
            if place in with_diet:
                yield self._consent(place, "diet", with_diet[place], Decision.GIVEN)

    def _decisions(
        self, place: int, purpose: str, joined: date, yes: float
    ) -> Iterator[ConsentPlan]:
        decision = Decision.GIVEN if self._chance(yes) else Decision.REFUSED
        recent = self.today - timedelta(days=300)  # a no and a withdrawal are kept for a year
        said = joined if decision is Decision.GIVEN else max(joined, recent)
        yield self._consent(place, purpose, said, decision)
        later = self._open_day(max(said, recent) + timedelta(days=self.random.randint(10, 280)))
        if decision is Decision.GIVEN and later < self.today and self._chance(10):
            yield self._consent(place, purpose, later, Decision.WITHDRAWN)

    def _consent(self, place: int, purpose: str, on: date, decision: Decision) -> ConsentPlan:
        given = decision is Decision.GIVEN
        how, evidence = self.random.choice([*zip(_METHODS, self.book["evidence"], strict=True)])
        if not given:
            how = ConsentMethod.UNSUBSCRIBED if decision is Decision.WITHDRAWN else how
        return ConsentPlan(place, purpose, on, decision, how, evidence if given else "")

    def _notes(self, leaver: int) -> Iterator[NotePlan]:
        for place, person in enumerate(self.people):
            if place != leaver and self._chance(30):
                days = (self.today - person.joined_on).days
                day = self.today - timedelta(days=self.random.randint(0, min(days, 300)))
                text = self.random.choice(self.book["notes"])
                yield NotePlan(place, day, text, self.random.choice(tuple(Channel)))

    def _pictures(self, leaver: int) -> Iterator[tuple[int, date]]:
        for place in self.random.sample(range(leaver), min(leaver, max(2, self.count // 40))):
            yield place, self.people[place].joined_on


_METHODS = (
    ConsentMethod.WEB_FORM,
    ConsentMethod.SIGNATURE,
    ConsentMethod.ORALLY,
    ConsentMethod.EMAIL,
    ConsentMethod.WEB_FORM,
)


def _numbers(ends: Mapping[str, str]) -> Iterator[str]:
    first, last = digits(ends["first"]), digits(ends["last"])
    for number in range(int(first), int(last) + 1):
        yield str(number).zfill(len(first))
