"""The example registers: always the same people, a believable past, true to their own rules."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from gdprdesk.cli.demo import make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    BookingState,
    ContactKind,
    Decision,
    ErasureState,
    FormField,
    Likeness,
    Reason,
    SubjectKind,
)
from gdprdesk.services.activities import list_activities
from gdprdesk.services.bookings import BookingFilter, list_bookings
from gdprdesk.services.calls import list_calls
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.clean_up_preview import show_clean_up
from gdprdesk.services.companies import list_companies
from gdprdesk.services.consents import list_consents
from gdprdesk.services.duplicates import list_duplicates
from gdprdesk.services.erasure_cases import list_erasures
from gdprdesk.services.example import Example, live_example
from gdprdesk.services.example_plan import plan_example
from gdprdesk.services.form_fields import CONTACT_FIELDS, allowed_fields
from gdprdesk.services.holds import list_holds
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.notes import list_attachments
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.persons import PersonFile, show_subject
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.served import list_controllers
from gdprdesk.services.sources import list_sources
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.templates import TRADES
from gdprdesk.services.today import show_today
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person

SLOW = pytest.mark.slow
PEOPLE = 45
FEW = 21  # three of them have not been heard of for years
ALL = 10_000
COUNTRIES = ("SE", "NO")
RegisterOf = Callable[[str, str], Desk]
QUICK = (("therapy", "NO"), ("dealer", "SE"), ("booking", "NO"), ("shop", "SE"))
BUSINESSES = [
    pytest.param(
        (trade, country), marks=() if trade == "cafe" or (trade, country) in QUICK else SLOW
    )
    for trade in TRADES
    for country in COUNTRIES
]
LONG_AGO = TODAY - timedelta(days=760)


def made(folder, trade, country, people) -> Desk:
    make_example(
        folder,
        trade=trade,
        country=country,
        people=people,
        password=PASSWORD,
        limits=CHEAP,
        clock=Clock(),
    )
    return Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())


@pytest.fixture(scope="module")
def register_of(tmp_path_factory) -> Iterator[RegisterOf]:
    """The example of a trade and country, made once; no test changes it."""
    opened: dict[tuple[str, str], Desk] = {}

    def of(trade, country) -> Desk:
        if (trade, country) not in opened:
            folder = tmp_path_factory.mktemp(trade) / "example.gdprdesk"
            people = PEOPLE if trade == "cafe" else FEW
            opened[trade, country] = made(folder, trade, country, people)
        return opened[trade, country]

    yield of
    for desk in opened.values():
        desk.lock()


@pytest.fixture(params=COUNTRIES)
def cafe(request, register_of: RegisterOf) -> Desk:
    return register_of("cafe", request.param)


@pytest.fixture(params=BUSINESSES, ids="-".join)
def business(request, register_of: RegisterOf) -> Desk:
    return register_of(*request.param)


@cache
def files_of(desk: Desk) -> list[PersonFile]:
    people = desk.ask(list_subjects, limit=ALL).rows
    return [desk.ask(show_subject, subject_ref=one.ref) for one in people]


def trade_and_country(desk: Desk) -> tuple[str, str]:
    known = desk.ask(show_organisation)
    return known.trade, known.country


def contents(plan) -> list[object]:
    sources = [vars(one) for one in plan.sources]
    return [plan.people, [vars(one) for one in plan.orders], plan.consents, plan.notes, sources]


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_the_same_number_of_people_are_the_same_people(trade, country) -> None:
    first, second = (plan_example(trade, country, 50, TODAY) for _ in range(2))
    assert contents(first) == contents(second)
    assert first.people != plan_example(trade, country, 51, TODAY).people[:-1]
    later = plan_example(trade, country, 50, TODAY + timedelta(days=1))
    assert [one.name for one in later.people] == [one.name for one in first.people]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 11, 22), date(2027, 1, 1)])
@pytest.mark.parametrize(("trade", "people"), [*((one, 40) for one in TRADES), ("cafe", 1)])
def test_nobody_acts_before_she_is_known_or_after_today(trade, people, day) -> None:
    plan = plan_example(trade, "SE", people, day)
    joined = [one.joined_on for one in plan.people]
    assert max(joined) <= day
    assert all(one.joined_on < one.ended_on < day for one in plan.people if one.ended_on)
    for order in plan.orders:
        assert order.taken_on <= min(order.wanted_on, day)
        assert order.person is None or joined[order.person] <= order.taken_on
        ends = [one for one in (order.invoiced_on, order.paid_on) if one]
        assert all(order.wanted_on <= one <= day for one in ends)
    said = [(one.person, one.on) for one in plan.consents]
    said += [(one.person, one.on) for one in plan.notes]
    said += [(one.person, one.on) for one in plan.sources]
    assert all(joined[who] <= on <= day for who, on in said)
    assert len(plan.people) == people + 1


def test_names_are_not_worn_out_before_there_are_thousands() -> None:
    plan = plan_example("cafe", "SE", 2_000, TODAY)
    assert len({one.name for one in plan.people}) == 2_001
    emails = [one.email for one in plan.people if one.email]
    assert len(set(emails)) == len(emails)


def test_as_many_people_as_were_asked_for(cafe) -> None:
    people = cafe.ask(list_subjects, limit=ALL)
    assert people.total == PEOPLE
    assert all(one.email or one.phone for one in people.rows)
    kinds = Counter(one.kind for one in people.rows)
    assert kinds[SubjectKind.CUSTOMER] > PEOPLE / 2
    assert kinds[SubjectKind.COMPANY_CONTACT] > 2
    assert kinds[SubjectKind.SUBSCRIBER] > 0
    assert all(one.contacts >= 0 for one in cafe.ask(list_companies))


def test_one_stands_there_twice_and_those_who_call_are_known_or_not(cafe) -> None:
    (twice,) = cafe.ask(list_duplicates).rows
    assert twice.likeness is Likeness.SURE
    calls = cafe.ask(list_calls).rows
    assert 1 < len({one.who for one in calls if one.who}) < len(calls)


def test_the_kitchen_has_something_to_do(cafe) -> None:
    today = cafe.ask(show_today)
    assert len(today.orders) >= 3
    assert len(today.coming) >= 3
    assert not today.late
    assert today.unpaid
    assert today.next_due
    assert today.overdue
    assert len(today.recipients.agreements) == 1
    assert today.complete >= today.of - 2
    openly = cafe.ask(list_bookings, show=BookingFilter.OPEN, limit=ALL).rows
    assert {one.state for one in openly} == {BookingState.CONFIRMED, BookingState.ENQUIRY}
    assert any(one.diet for one in openly)


def test_years_lie_behind_it(cafe) -> None:
    orders = cafe.ask(list_bookings, limit=ALL).rows
    states = Counter(one.state for one in orders)
    assert states[BookingState.COMPLETED] > PEOPLE
    assert states[BookingState.CANCELLED] > 0
    days = [one.wanted_on for one in orders if one.wanted_on]
    recent = [day for day in days if day > LONG_AGO]
    assert TODAY - timedelta(days=700) <= min(recent) < TODAY - timedelta(days=500)
    assert len(recent) > 0.9 * len(days)
    numbers = sorted(int(one.number) for one in orders)
    assert numbers[0] >= 1001
    invoices = cafe.ask(list_invoices, limit=ALL).rows
    assert {bool(one.paid_on) for one in invoices} == {True, False}
    by_number = sorted(invoices, key=lambda one: int(one.number))
    assert [one.issued_on for one in by_number] == sorted(one.issued_on for one in invoices)


def test_people_have_said_yes_and_no_and_changed_their_minds(cafe) -> None:
    said = Counter(
        one.decision
        for purpose in ("newsletter", "photo", "sms_offers", "diet")
        for one in cafe.ask(list_consents, purpose=purpose, limit=ALL).rows
    )
    assert said[Decision.GIVEN] > said[Decision.REFUSED] > 0
    assert said[Decision.WITHDRAWN] > 0


def test_there_are_notes_and_pictures(cafe) -> None:
    people = files_of(cafe)
    files = [one for who in people for one in cafe.ask(list_attachments, subject_ref=who.ref)]
    assert {one.media_type for one in files} == {"image/png"}
    history = [row.kind for who in people for row in who.history]
    assert Counter(history)["working_note"] > 5


def test_somebody_has_been_erased_with_a_receipt(cafe) -> None:
    (erased,) = cafe.ask(list_erasures)
    assert (erased.state, erased.name) == (ErasureState.HELD, "")


def test_every_business_knows_people_and_is_whole(business) -> None:
    (erased,) = business.ask(list_erasures)  # Norwegian law keeps the hours that are booked
    named = erased.state is ErasureState.WAITING
    assert not named or trade_and_country(business) == ("therapy", "NO")
    assert business.ask(list_subjects).total in {FEW + named, PEOPLE}
    report = business.check()
    assert (report.ok, report.residue) == (True, 0)
    assert business.ask(list_bookings).total > FEW / 2
    assert business.ask(list_invoices).total > 2


def test_no_row_of_the_register_lacks_anything_but_an_agreement(business) -> None:
    for row in business.ask(list_activities):
        assert not [one for one in row.missing if "agreement" not in one], row.name
    assert sum(1 for one in business.ask(list_recipients) if one.needs_agreement) == 1


def test_nothing_is_in_a_field_that_the_register_has_switched_off(business) -> None:
    allowed = business.ask(allowed_fields)
    used = set()
    for file in files_of(business):
        used |= {CONTACT_FIELDS[ContactKind(contact.kind)] for contact in file.contacts}
        used |= {FormField.LANGUAGE} if file.language else set()
        used |= {FormField.COMPANY} if file.company else set()
        used |= {FormField.NOTES for row in file.history if row.kind == "working_note"}
        used |= {FormField.FILES for row in file.history if row.kind == "attachment"}
    for order in business.ask(list_bookings, limit=ALL).rows:
        used |= {FormField.ORDER_NOTE} if order.note else set()
        used |= {FormField.ORDER_TIME} if order.wanted_at else set()
        used |= {FormField.DIET} if order.diet else set()
    assert FormField.EMAIL in used
    assert used <= allowed


def test_only_what_is_long_over_is_due(business) -> None:
    for one in files_of(business):
        over = [row for row in one.why if row.until and row.until < TODAY]
        assert not over or one.last_on < LONG_AGO, one.name


def test_health_is_noted_only_of_people_who_have_said_yes(register_of) -> None:
    noted = 0
    for file in files_of(register_of("therapy", "NO")):
        said = {row.purpose: row.decision for row in file.consents}
        if any(row.kind == "working_note" for row in file.history):
            noted += 1
            assert said["journal"] is Decision.GIVEN
    assert noted


def test_an_operator_names_those_it_works_for(register_of: RegisterOf) -> None:
    served = register_of("booking", "NO").ask(list_controllers)
    assert len(served) > 5
    assert {one.ended_on is None for one in served} == {True, False}
    assert not any(one.missing for one in served)
    assert not register_of("dealer", "SE").ask(list_controllers)


def test_whoever_was_checked_is_told_within_a_month(register_of) -> None:
    tasks = register_of("shop", "SE").ask(list_sources, open_only=False)
    assert any(one.told_on for one in tasks)
    assert any(one.told_on is None for one in tasks)
    assert all((one.told_on or TODAY) <= one.due_on for one in tasks)


def test_the_clean_up_has_something_to_take_to_hold_and_to_wait_for(business, tmp_path) -> None:
    folder = Path(shutil.copytree(business.folder, tmp_path / "a.gdprdesk"))
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    before = desk.ask(show_clean_up)
    assert before.due
    waiting = [row for group in before.waiting for row in group.rows]
    assert any(row.reason is Reason.CLAIM and row.hold is None for row in waiting)
    assert any(row.hold for row in waiting)
    assert len(desk.ask(list_holds)) == 1
    old = old_invoices(desk)
    desk.run(carry_out_clean_up)
    desk.finish()
    after = desk.ask(show_clean_up)
    assert not after.due
    waits = [{row.ref for one in view.waiting for row in one.rows} for view in (before, after)]
    assert waits[0] == waits[1]
    assert old > old_invoices(desk) > 0
    assert desk.check().ok
    desk.lock()


def old_invoices(desk: Desk) -> int:
    rows = desk.ask(list_invoices, limit=ALL).rows
    return sum(1 for one in rows if one.issued_on < LONG_AGO)


def test_a_register_with_people_in_it_never_becomes_the_example(desk, clock) -> None:
    person(desk)
    example = Example("cafe", "SE", 5, clock().date())
    clock.go_to(example.days[0])
    with pytest.raises(DomainError, match="empty register"):
        desk.run(live_example, example=example)
    assert desk.ask(list_subjects).total == 1


def test_an_example_that_is_stopped_leaves_nothing(tmp_path) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:  # noqa: ARG002
            if done > 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_example(
            tmp_path / "a.gdprdesk", people=3, limits=CHEAP, clock=Clock(), progress=Impatient()
        )
    assert list(tmp_path.iterdir()) == []
