"""What happens in a made-up business: the same for the same number of people.

Nothing here touches a register. What is sold and said comes from resources/demo; a seeded generator
chooses among it, and days are counted back from the day that is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from gdprdesk.domain.terms import Channel, ConsentMethod, Decision, SubjectKind
from gdprdesk.services.example_book import example_book
from gdprdesk.services.example_people import HISTORY, Calendar, PersonPlan, plan_people
from gdprdesk.services.law import vat_rate
from gdprdesk.services.order_lines import LineEntry

_FORGOTTEN = 1  # of those long gone: who never paid
_TOLD_AFTER = 25  # days


class Fate(StrEnum):
    """What becomes of an order."""

    OPEN = "open"
    ENQUIRY = "enquiry"
    CANCELLED = "cancelled"
    PAID = "paid"
    UNPAID = "unpaid"
    INVOICED = "invoiced"


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
    wanted_at: time | None
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


@dataclass(frozen=True, repr=False, eq=False)
class SourcePlan:
    """That data about a made-up person came from somebody else, and when she was told."""

    person: int
    on: date
    told_on: date | None


@dataclass(frozen=True, repr=False)
class ExamplePlan:
    """Some years of a made-up business.

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
    sources: tuple[SourcePlan, ...]
    erased_on: date


def plan_example(trade: str, country: str, people: int, today: date) -> ExamplePlan:
    """Return the example of a trade in a country with so many people, ending on a day."""
    return _Planner(trade, country, people, today).plan()


class _Planner:
    def __init__(self, trade: str, country: str, count: int, today: date) -> None:
        self.country, self.count, self.today = country, count, today
        self.book = example_book(trade, country)
        self.random = Random(f"{trade} {country} {count}")  # noqa: S311  (nothing secret)
        self.calendar = Calendar(today, tuple(self.book["closed"]))
        self.people = plan_people(self.book, count, self.calendar, self.random)

    def plan(self) -> ExamplePlan:
        leaver = len(self.people) - 1
        orders = [
            *self._past_orders(leaver),
            *self._unsettled_orders(leaver),
            *self._coming_orders(leaver),
            *self._last_orders(leaver),
        ]
        consents = tuple(self._consents(leaver, orders))
        return ExamplePlan(
            book=self.book,
            people=self.people,
            orders=tuple(orders),
            consents=consents,
            notes=tuple(self._notes(leaver, consents)),
            pictures=tuple(self._pictures(leaver)),
            sources=tuple(self._sources(leaver, orders)),
            erased_on=self.calendar.back(40),
        )

    def _chance(self, percent: float) -> bool:
        return self.random.random() * 100 < percent

    def _past_orders(self, leaver: int) -> Iterator[OrderPlan]:
        former = 0
        for place, person in enumerate(self.people[:leaver]):
            if person.ended_on:
                order = self._order(place, self.calendar.open_day(person.joined_on), Fate.INVOICED)
                yield replace(order, paid_on=None) if former == _FORGOTTEN else order
                former += 1
            if not person.buys:
                continue
            days = max((self.today - person.joined_on).days - 1, 0)
            regular = 6 if self._chance(self.book["regulars"]) else 0
            for _ in range(self.random.choice((0, 1, 1, 1, 2, 2, 3)) + regular):
                wanted = person.joined_on + timedelta(days=self.random.randint(0, days))
                yield self._order(place, self.calendar.open_day(wanted))
        if self.book["strangers"]:
            for _ in range(max(4, self.count // 20)):  # people whose names nobody asked for
                yield self._order(None, self.calendar.back(self.random.randint(1, HISTORY - 1)))

    def _unsettled_orders(self, leaver: int) -> Iterator[OrderPlan]:
        """Yield what waits for money: nobody has paid, an invoice is overdue, one is not due."""
        since = self.today - timedelta(days=60)
        known = [place for place in self._customers(leaver) if self.people[place].joined_on < since]
        matters = ((5, Fate.UNPAID), (48, Fate.INVOICED), (12, Fate.INVOICED))
        for place, (days, fate) in zip(known, matters, strict=False):
            yield replace(self._order(place, self.calendar.back(days), fate), paid_on=None)

    def _customers(self, leaver: int) -> list[int]:
        return [place for place, person in enumerate(self.people[:leaver]) if person.buys]

    def _coming_orders(self, leaver: int) -> Iterator[OrderPlan]:
        customers = self._customers(leaver)
        some = min(len(customers), max(9, self.count // 12), 60)
        for turn, place in enumerate(self.random.sample(customers, some)):
            ahead = 0 if turn % 3 == 0 else self.random.randint(1, 12)
            wanted = self.today + timedelta(days=ahead)
            fate = Fate.ENQUIRY if turn == 1 else None
            yield self._order(place, self.calendar.open_day(wanted) if ahead else wanted, fate)

    def _last_orders(self, leaver: int) -> Iterator[OrderPlan]:
        for days, fate in ((300, Fate.PAID), (120, Fate.INVOICED)):
            yield self._order(leaver, self.calendar.back(days), fate)

    def _order(self, place: int | None, wanted: date, fate: Fate | None = None) -> OrderPlan:
        random, book = self.random, self.book
        person = None if place is None else self.people[place]
        joined = wanted if person is None else person.joined_on
        ahead = timedelta(days=random.randint(0, book["ahead"]))
        taken = max(min(wanted - ahead, self.today), joined)
        company = person.company if person else None
        fate = fate or self._fate(wanted, company, is_known=person is not None)
        lines = self._lines(min(wanted, self.today))
        is_party = len(lines) > 1
        asks_diet = "diets" in book and person is not None and wanted >= self.today
        invoiced, paid = self._payment(wanted, fate)
        return OrderPlan(
            person=place,
            company=company,
            what=random.choice(book["enquiries" if fate is Fate.ENQUIRY else "occasions"])
            if is_party or fate is Fate.ENQUIRY
            else "",
            lines=() if fate is Fate.ENQUIRY else lines,
            note=random.choice(book["order_notes"]) if self._chance(40) else "",
            diet=random.choice(book["diets"]) if asks_diet and self._chance(35) else "",
            channel=self._channel(),
            taken_on=taken,
            wanted_on=wanted,
            wanted_at=self._time(),
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
        if company is not None or self._chance(self.book["invoiced"]):
            return Fate.INVOICED
        recent = (self.today - wanted).days < 60  # noqa: PLR2004
        return Fate.UNPAID if recent and self._chance(12) else Fate.PAID

    def _payment(self, wanted: date, fate: Fate) -> tuple[date | None, date | None]:
        if fate is Fate.PAID:
            return None, wanted
        if fate is not Fate.INVOICED:
            return None, None
        invoiced = min(self.calendar.open_day(wanted + timedelta(days=1)), self.today)
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

    def _quantity(self, product: Mapping[str, Any]) -> int:
        return self.random.choice((6, 8, 10, 12, 15, 20, 24)) if product.get("many") else 1

    def _time(self) -> time | None:
        if "opens" not in self.book:
            return None
        hour = self.random.randint(self.book["opens"], self.book["closes"])
        return time(hour, self.random.choice((0, 15, 30, 45)))

    def _channel(self) -> Channel:
        return Channel(self.random.choice(self.book["channels"]))

    def _consents(self, leaver: int, orders: Sequence[OrderPlan]) -> Iterator[ConsentPlan]:
        with_diet = {order.person: order.taken_on for order in orders if order.diet}
        needed = self.book.get("needed")
        for place, person in enumerate(self.people[:leaver]):
            if needed and person.kind is SubjectKind.CUSTOMER:
                yield from self._decisions(place, person, needed, 90)
            for asked in self.book["consent"]:
                purpose = asked["purpose"]
                subscribes = person.kind is SubjectKind.SUBSCRIBER and purpose == "newsletter"
                if subscribes or self._chance(asked["asked"]):
                    sure = 100 if subscribes else asked["yes"]
                    yield from self._decisions(place, person, purpose, sure)
            if place in with_diet:
                yield self._consent(place, "diet", with_diet[place], Decision.GIVEN)

    def _decisions(
        self, place: int, person: PersonPlan, purpose: str, yes: float
    ) -> Iterator[ConsentPlan]:
        given = self._chance(yes)
        recent = self.today - timedelta(days=300)  # a no and a withdrawal are kept for a year
        asked = person.joined_on if given or person.ended_on else max(person.joined_on, recent)
        yield self._consent(place, purpose, asked, Decision.GIVEN if given else Decision.REFUSED)
        later = max(asked, recent) + timedelta(days=self.random.randint(10, 280))
        changed = person.ended_on or self.calendar.open_day(later)
        if given and changed < self.today and (person.ended_on or self._chance(10)):
            yield self._consent(place, purpose, changed, Decision.WITHDRAWN)

    def _consent(self, place: int, purpose: str, on: date, decision: Decision) -> ConsentPlan:
        given = decision is Decision.GIVEN
        how, evidence = self.random.choice([*zip(_METHODS, self.book["evidence"], strict=True)])
        if not given:
            how = ConsentMethod.UNSUBSCRIBED if decision is Decision.WITHDRAWN else how
        return ConsentPlan(place, purpose, on, decision, how, evidence if given else "")

    def _notes(self, leaver: int, consents: Sequence[ConsentPlan]) -> Iterator[NotePlan]:
        needed = self.book.get("needed")
        said = {one.person: one.decision for one in consents if one.purpose == needed}
        for place, person in enumerate(self.people[:leaver]):
            may = needed is None or said.get(place) is Decision.GIVEN
            if may and self._chance(30):
                days = min((self.today - person.joined_on).days, self.book["noted"])
                day = self.today - timedelta(days=self.random.randint(0, days))
                text = self.random.choice(self.book["notes"])
                yield NotePlan(place, person.ended_on or day, text, self._channel())

    def _pictures(self, leaver: int) -> Iterator[tuple[int, date]]:
        if "picture" in self.book:
            customers = self._customers(leaver)
            some = min(len(customers), max(2, self.count // 40))
            for place in self.random.sample(customers, some):
                yield place, self.people[place].joined_on

    def _sources(self, leaver: int, orders: Sequence[OrderPlan]) -> Iterator[SourcePlan]:
        """Yield credit checks, where there are any; of the last she is still to be told."""
        if "source" not in self.book:
            return
        for order in orders:
            if order.fate is Fate.INVOICED and order.person is not None and order.company is None:
                told = order.taken_on + timedelta(days=_TOLD_AFTER)
                yield SourcePlan(order.person, order.taken_on, told if told <= self.today else None)
        day = self.calendar.back(12)
        for place in self._customers(leaver):
            if self.people[place].company is None and self.people[place].joined_on <= day:
                yield SourcePlan(place, day, None)
                return


_METHODS = (
    ConsentMethod.WEB_FORM,
    ConsentMethod.SIGNATURE,
    ConsentMethod.ORALLY,
    ConsentMethod.EMAIL,
    ConsentMethod.WEB_FORM,
)
