"""The example register: always the same people, a believable past, and nothing that is due."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gdprdesk.cli.demo import make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BookingState, Decision, ErasureState, SubjectKind
from gdprdesk.services.activities import list_activities
from gdprdesk.services.bookings import BookingFilter, list_bookings
from gdprdesk.services.companies import list_companies
from gdprdesk.services.consents import list_consents
from gdprdesk.services.erasure import list_erasures
from gdprdesk.services.example import Example, live_example
from gdprdesk.services.example_plan import plan_example
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.notes import list_attachments
from gdprdesk.services.persons import show_subject
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.today import show_today
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person

PEOPLE = 60
ALL = 10_000


@pytest.fixture(scope="module", params=["SE", "NO"])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param) / "example.gdprdesk"
    make_example(
        folder,
        country=request.param,
        people=PEOPLE,
        password=PASSWORD,
        limits=CHEAP,
        clock=Clock(),
    )
    return folder


@pytest.fixture
def cafe(made, tmp_path) -> Iterator[Desk]:
    folder = Path(shutil.copytree(made, tmp_path / "cafe.gdprdesk"))
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    yield desk
    desk.lock()


def contents(plan) -> list[object]:
    return [plan.people, [vars(one) for one in plan.orders], plan.consents, plan.notes]


@pytest.mark.parametrize("country", ["SE", "NO"])
def test_the_same_number_of_people_are_the_same_people(country) -> None:
    first, second = (plan_example(country, 50, TODAY) for _ in range(2))
    assert contents(first) == contents(second)
    assert first.people != plan_example(country, 51, TODAY).people[:-1]
    later = plan_example(country, 50, TODAY + timedelta(days=1))
    assert [one.name for one in later.people] == [one.name for one in first.people]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 11, 23), date(2027, 1, 1)])
@pytest.mark.parametrize("people", [1, 2, 700])
def test_nobody_acts_before_she_is_known_or_after_today(day, people) -> None:
    plan = plan_example("SE", people, day)
    joined = [one.joined_on for one in plan.people]
    assert max(joined) <= day
    for order in plan.orders:
        assert order.taken_on <= min(order.wanted_on, day)
        assert order.person is None or joined[order.person] <= order.taken_on
        ends = [one for one in (order.invoiced_on, order.paid_on) if one]
        assert all(order.wanted_on <= one <= day for one in ends)
    said = [(one.person, one.on) for one in plan.consents]
    said += [(one.person, one.on) for one in plan.notes]
    assert all(joined[who] <= on <= day for who, on in said)
    assert len(plan.people) == people + 1


def test_names_are_not_worn_out_before_there_are_thousands() -> None:
    plan = plan_example("SE", 2_000, TODAY)
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


def test_the_kitchen_has_something_to_do(cafe) -> None:
    today = cafe.ask(show_today)
    assert len(today.orders) >= 3
    assert len(today.coming) >= 3
    assert not today.late
    assert today.unpaid
    assert today.next_due
    assert today.overdue
    assert len(today.agreements) == 1
    assert today.complete >= today.of - 2
    openly = cafe.ask(list_bookings, show=BookingFilter.OPEN, limit=ALL).rows
    assert {one.state for one in openly} == {BookingState.CONFIRMED, BookingState.ENQUIRY}
    assert any(one.diet for one in openly)


def test_two_years_lie_behind_it(cafe) -> None:
    orders = cafe.ask(list_bookings, limit=ALL).rows
    states = Counter(one.state for one in orders)
    assert states[BookingState.COMPLETED] > PEOPLE
    assert states[BookingState.CANCELLED] > 0
    days = [one.wanted_on for one in orders if one.wanted_on]
    assert TODAY - timedelta(days=700) <= min(days) < TODAY - timedelta(days=500)
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
    people = [one.ref for one in cafe.ask(list_subjects, limit=ALL).rows]
    files = [one for ref in people for one in cafe.ask(list_attachments, subject_ref=ref)]
    assert {one.media_type for one in files} == {"image/png"}
    history = [
        one.kind for ref in people for one in cafe.ask(show_subject, subject_ref=ref).history
    ]
    assert Counter(history)["working_note"] > 5


def test_somebody_has_been_erased_with_a_receipt(cafe) -> None:
    (erased,) = cafe.ask(list_erasures)
    assert (erased.state, erased.name) == (ErasureState.HELD, "")


def test_nothing_is_kept_longer_than_the_register_says(cafe) -> None:
    people = cafe.ask(list_subjects, limit=ALL).rows
    assert all(one.kept_until is None or one.kept_until >= TODAY for one in people)
    for one in people:
        why = cafe.ask(show_subject, subject_ref=one.ref).why
        assert all(row.until is None or row.until >= TODAY for row in why)


def test_the_register_is_whole(cafe) -> None:
    report = cafe.check()
    assert (report.ok, report.residue) == (True, 0)
    assert len(cafe.ask(list_activities)) > 10
    assert sum(1 for one in cafe.ask(list_recipients) if one.agreement_on) >= 3


def test_a_register_with_people_in_it_never_becomes_the_example(desk, clock) -> None:
    person(desk)
    example = Example("SE", 5, clock().date())
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
