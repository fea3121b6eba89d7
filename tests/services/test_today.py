"""What needs attention today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import BookingState, HoldGround
from gdprdesk.services import paging
from gdprdesk.services.activities import review_activity, show_diet_period
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.holds import Decision, hold_person
from gdprdesk.services.recipients import RecipientChanges, list_recipients, update_recipient
from gdprdesk.services.sources import add_source
from gdprdesk.services.today import list_days_with_orders, show_today
from tests.builders import TODAY, Clock, delivered, invoiced, order, person


def test_an_empty_register_asks_only_for_its_agreements(desk: Desk) -> None:
    view = desk.ask(show_today)
    assert (view.day, view.people) == (TODAY, 0)
    seen = (view.orders, view.late, view.coming, view.unpaid, view.overdue, view.next_due)
    assert not any(seen)
    assert view.complete + len(view.lacking) == view.of
    for recipient in view.recipients.agreements:
        changes = RecipientChanges(agreement_on=TODAY)
        desk.run(update_recipient, recipient_ref=recipient.ref, changes=changes)
    done = desk.ask(show_today)
    assert (done.recipients.agreements, done.lacking, done.complete) == ((), (), done.of)
    assert any(one.agreement_on for one in desk.ask(list_recipients))


def test_each_order_stands_where_it_belongs(desk: Desk, clock: Clock) -> None:
    karin = person(desk)
    late = order(desk, karin, wanted_on=TODAY - timedelta(days=1))
    today = order(desk, karin, wanted_on=TODAY)
    order(desk, karin, wanted_on=TODAY, state=BookingState.CANCELLED)
    coming = order(desk, karin, wanted_on=TODAY + timedelta(days=1))
    owed = delivered(desk, karin, paid_on=None, wanted_on=TODAY - timedelta(days=2))
    clock.move(days=-2)
    overdue = invoiced(desk, karin, paid_on=None, due_on=TODAY - timedelta(days=1))
    clock.move(days=2)
    due = invoiced(desk, karin, paid_on=None)
    view = desk.ask(show_today)
    assert [row.ref for row in view.late] == [late]
    assert [row.ref for row in view.orders] == [today]
    assert [row.ref for row in view.coming] == [coming]
    assert [row.ref for row in view.unpaid] == [owed]
    assert [row.ref for row in view.overdue] == [overdue]
    assert [row.ref for row in view.next_due] == [due]
    assert view.people == 1


def test_nothing_is_left_out_however_much_there_is(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "_AT_ONCE", 7)  # so that there are many pages
    karin = person(desk)
    clock.move(days=-9)
    oldest = invoiced(desk, karin, paid_on=None, due_on=TODAY - timedelta(days=9))
    for number in range(1, 9):
        invoiced(desk, karin, paid_on=None, due_on=TODAY - timedelta(days=number))
    clock.move(days=9)
    first_owed = delivered(desk, karin, paid_on=None, wanted_on=TODAY - timedelta(days=90))
    for _number in range(60):
        order(desk, wanted_on=TODAY)
    for number in range(1, 61):
        order(desk, wanted_on=TODAY - timedelta(days=number))
        order(desk, wanted_on=TODAY + timedelta(days=number))
    view = desk.ask(show_today)
    seen = (view.orders, view.late, view.coming, view.overdue)
    assert [len(rows) for rows in seen] == [60, 60, 60, 9]
    assert (view.overdue[0].ref, view.unpaid[0].ref) == (oldest, first_owed)
    assert view.late[0].wanted_on == TODAY - timedelta(days=60)
    assert view.coming[0].wanted_on == TODAY + timedelta(days=1)
    assert len(view.unpaid) == 1


def test_whoever_is_about_to_be_erased_stands_only_there(desk: Desk) -> None:
    karin = person(desk)
    delivered(desk, karin, paid_on=TODAY, wanted_on=TODAY)
    desk.run(stage_erasure, subject_ref=karin)
    view = desk.ask(show_today)
    assert [row.name for row in view.staged] == ["Karin Holm"]
    assert (view.orders, view.people) == ((), 0)


def test_what_is_over_and_what_is_to_be_decided_or_told(desk: Desk, clock: Clock) -> None:
    karin, olle = person(desk, "Karin Holm"), person(desk, "Olle Ek")
    delivered(desk, karin)
    desk.run(add_source, subject_ref=olle, source="Bolagsverket")
    held = desk.run(
        hold_person,
        subject_ref=olle,
        decision=Decision(HoldGround.CLAIM, "Tvist", TODAY + timedelta(days=30)),
    )
    view = desk.ask(show_today)
    assert (view.over, view.holds, view.to_review) == (0, (), ())
    assert [row.name for row in view.sources] == ["Olle Ek"]
    clock.move(days=30)
    assert [row.ref for row in desk.ask(show_today).holds] == [held]
    clock.go_to(date(2028, 11, 22))
    assert desk.ask(show_today).over == 1


def test_a_row_is_looked_through_again_a_year_after(desk: Desk, clock: Clock) -> None:
    row = desk.ask(show_today).lacking[0]
    desk.run(review_activity, activity_ref=row.ref)
    clock.go_to(date(2027, 11, 20))
    assert desk.ask(show_today).to_review == ()
    clock.go_to(date(2027, 11, 21))
    assert [one.ref for one in desk.ask(show_today).to_review] == [row.ref]


def test_days_to_choose_from(desk: Desk, clock: Clock) -> None:
    for day in (TODAY, TODAY, date(2026, 12, 24)):
        order(desk, wanted_on=day)
    order(desk)
    order(desk, wanted_on=date(2026, 12, 1), state=BookingState.ENQUIRY)
    assert desk.ask(list_days_with_orders) == (TODAY, date(2026, 12, 24))


def test_how_long_a_diet_is_kept_is_said_where_it_is_asked_for(desk: Desk) -> None:
    assert desk.ask(show_diet_period) == "7 days after the order or request was completed"
