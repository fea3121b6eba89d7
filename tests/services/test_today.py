"""What needs attention today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import BookingState
from gdprdesk.services import paging
from gdprdesk.services.activities import show_diet_period
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.recipients import RecipientChanges, list_recipients, update_recipient
from gdprdesk.services.today import list_days_with_orders, list_financial_years, show_today
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


def test_days_and_years_to_choose_from(desk: Desk, clock: Clock) -> None:
    for day in (TODAY, TODAY, date(2026, 12, 24)):
        order(desk, wanted_on=day)
    order(desk)
    order(desk, wanted_on=date(2026, 12, 1), state=BookingState.ENQUIRY)
    assert desk.ask(list_days_with_orders) == (TODAY, date(2026, 12, 24))
    assert desk.ask(list_financial_years) == ()
    karin = person(desk)
    invoiced(desk, karin)
    clock.go_to(date(2027, 1, 2))
    invoiced(desk, karin, paid_on=None)
    assert desk.ask(list_financial_years) == (2027, 2026)


def test_how_long_a_diet_is_kept_is_said_where_it_is_asked_for(desk: Desk) -> None:
    assert desk.ask(show_diet_period) == "7 days after the order or request was completed"
