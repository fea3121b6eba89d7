"""Visits and who receives them, orders that come again, and those of nobody."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BookingState, Every, PaidBy
from gdprdesk.services.bookings import BookingFilter, list_bookings, show_booking, sum_owed
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.order_changes import (
    join_person,
    list_pay_ways,
    set_booking_paid,
    set_booking_state,
)
from gdprdesk.services.order_clashes import list_clashes, list_visit_choices
from gdprdesk.services.order_repeats import plan_repeats, repeat_in_series
from gdprdesk.services.order_taking import GuestEntry, Newcomer, update_booking
from gdprdesk.services.organisation import show_organisation, update_organisation
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, Clock, delivered, invoiced, order, person

SATURDAY = date(2026, 11, 28)


def wanted(desk: Desk) -> list[str]:
    """Return for which days there are open orders, the first first."""
    rows = desk.ask(list_bookings, show=BookingFilter.OPEN, limit=200).rows
    return [f"{row.wanted_on:%m-%d}" for row in rows if row.wanted_on]


def series(desk: Desk, **said: Any) -> RecordRef:
    """Take an order of a Saturday that comes again three times, every week."""
    ref = order(desk, wanted_on=SATURDAY, **said)
    desk.run(repeat_in_series, ref=ref, every=Every.WEEK, times=3)
    return ref


# visits


def test_a_visit_has_a_length_somebody_who_receives_and_a_room(desk: Desk) -> None:
    (owner,) = desk.ask(list_visit_choices).receivers
    assert owner.name == "Maja Lind"
    ref = order(desk, minutes=60, practitioner=owner.staff_id, room=" Rum  1 ")
    row = desk.ask(show_booking, ref=ref).row
    assert (row.minutes, row.receiver, row.room) == (60, "Maja Lind", "Rum 1")
    desk.run(update_booking, ref=ref, minutes=0, practitioner="", room="")
    row = desk.ask(show_booking, ref=ref).row
    assert (row.minutes, row.receiver, row.room) == (None, "", "")


def test_rooms_make_a_business_one_with_visits(desk: Desk) -> None:
    assert not desk.ask(list_visit_choices).has_visits
    desk.run(update_organisation, rooms=("Rum 1",))
    choices = desk.ask(list_visit_choices)
    assert (choices.has_visits, choices.rooms) == (True, ("Rum 1",))


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_length_that_cannot_be_is_refused(desk: Desk, minutes: int) -> None:
    with pytest.raises(DomainError, match="between 1 minute and 24 hours"):
        order(desk, minutes=minutes)
    assert desk.ask(list_bookings).total == 0


def test_the_same_room_at_the_same_time_is_a_remark_and_no_refusal(desk: Desk) -> None:
    first = order(
        desk, what="Massage", wanted_on=SATURDAY, wanted_at=time(10), minutes=60, room="1"
    )
    second = order(desk, wanted_on=SATURDAY, wanted_at=time(10, 30), room="1")
    asked: dict[str, Any] = {"wanted_on": SATURDAY, "wanted_at": time(10, 30), "room": "1"}
    (clash,) = desk.ask(list_clashes, apart_from=second, **asked)
    assert clash.ref == first
    assert clash.sentence == "1 is booked 10:00\N{EN DASH}11:00 already: 1001, Massage"
    assert desk.ask(list_clashes, wanted_on=SATURDAY, wanted_at=time(11), room="1") == ()
    assert desk.ask(list_clashes, wanted_on=SATURDAY, wanted_at=time(10)) == ()
    desk.run(set_booking_state, ref=first, state=BookingState.CANCELLED)
    assert desk.ask(list_clashes, apart_from=second, **asked) == ()


# again and again


def test_the_days_are_shown_first_with_holidays_and_clashes(desk: Desk) -> None:
    ref = order(desk, wanted_on=date(2026, 12, 11), wanted_at=time(9), room="1")
    other = order(desk, wanted_on=date(2026, 12, 18), wanted_at=time(9), room="1")
    planned = desk.ask(plan_repeats, ref=ref, every=Every.WEEK, until=date(2027, 1, 1))
    # 25 December and 1 January are public holidays in Sweden, 18 December is none.
    assert [(one.day.day, one.is_holiday) for one in planned] == [
        (18, False),
        (25, True),
        (1, True),
    ]
    assert [clash.ref for clash in planned[0].clashes] == [other]
    assert desk.ask(list_bookings).total == 2


def test_each_is_an_order_of_its_own_and_skipped_days_have_none(desk: Desk) -> None:
    karin = person(desk)
    ref = order(desk, karin, wanted_on=SATURDAY, diet="Nötter", minutes=30, room="1")
    skipped = (SATURDAY + timedelta(days=14),)
    made = desk.run(repeat_in_series, ref=ref, every=Every.WEEK, times=3, skipped=skipped)
    rows = [desk.ask(show_booking, ref=one).row for one in made]
    assert [(row.number, row.wanted_on, row.diet) for row in rows] == [
        ("1002", date(2026, 12, 5), ""),
        ("1003", date(2026, 12, 19), ""),
    ]
    assert {(row.series_ref, row.subject_ref, row.minutes, row.room) for row in rows} == {
        (ref, karin, 30, "1")
    }
    assert desk.ask(show_booking, ref=ref).later == 2
    again = desk.run(repeat_in_series, ref=ref, every=Every.WEEK, times=3)
    assert [desk.ask(show_booking, ref=one).row.wanted_on for one in again] == list(skipped)
    desk.undo()
    desk.undo()
    assert wanted(desk) == ["11-28"]


def test_a_series_at_the_end_of_months_stays_there_when_it_goes_on(desk: Desk) -> None:
    ref = order(desk, wanted_on=date(2027, 1, 31))
    february, march = desk.run(repeat_in_series, ref=ref, every=Every.MONTH, times=2)
    days = [one.day for one in desk.ask(plan_repeats, ref=february, every=Every.MONTH, times=2)]
    assert days == [date(2027, 3, 31), date(2027, 4, 30)]
    (april,) = desk.run(repeat_in_series, ref=february, every=Every.MONTH, times=2)
    assert desk.ask(show_booking, ref=march).row.wanted_on == date(2027, 3, 31)
    assert desk.ask(show_booking, ref=april).row.wanted_on == date(2027, 4, 30)
    alone = order(desk, wanted_on=date(2027, 2, 28))
    days = [one.day for one in desk.ask(plan_repeats, ref=alone, every=Every.MONTH, times=1)]
    assert days == [date(2027, 3, 28)]


def test_what_cannot_be_repeated_is_refused(desk: Desk) -> None:
    without = order(desk)
    with pytest.raises(DomainError, match="without a day"):
        desk.ask(plan_repeats, ref=without, every=Every.WEEK, times=2)
    ref = order(desk, wanted_on=SATURDAY)
    for times in (0, 105):
        with pytest.raises(DomainError, match="between 1 and 104"):
            desk.run(repeat_in_series, ref=ref, every=Every.WEEK, times=times)
    with pytest.raises(DomainError, match="not after the day"):
        desk.run(repeat_in_series, ref=ref, every=Every.WEEK, until=SATURDAY)
    with pytest.raises(DomainError, match="No day is left"):
        desk.run(repeat_in_series, ref=ref, every=Every.MONTH, until=SATURDAY + timedelta(days=9))
    assert desk.ask(list_bookings).total == 2


def test_this_one_and_the_later_ones_are_cancelled_together(desk: Desk) -> None:
    ref = series(desk)
    third = next(
        row.ref for row in desk.ask(list_bookings).rows if row.wanted_on == date(2026, 12, 12)
    )
    desk.run(set_booking_state, ref=third, state=BookingState.CANCELLED, later=True)
    assert wanted(desk) == ["11-28", "12-05"]
    desk.undo()
    desk.run(set_booking_state, ref=ref, state=BookingState.CANCELLED)
    assert wanted(desk) == ["12-05", "12-12", "12-19"]


def test_a_change_goes_for_this_one_or_for_the_later_ones_too(desk: Desk) -> None:
    ref = series(desk)
    desk.run(update_booking, ref=ref, what="Kladdkaka")
    desk.run(
        update_booking,
        ref=ref,
        wanted_on=SATURDAY + timedelta(days=1),
        wanted_at=time(9),
        later=True,
    )
    rows = desk.ask(list_bookings, show=BookingFilter.OPEN).rows
    assert [row.what for row in rows] == ["Kladdkaka", *["Prinsesstårta"] * 3]
    assert wanted(desk) == ["11-29", "12-06", "12-13", "12-20"]
    assert {row.wanted_at for row in rows} == {time(9)}


# nobody's


def test_a_first_name_makes_nobody_a_person(desk: Desk) -> None:
    ref = order(desk, first_name=" Elsa ", wanted_on=SATURDAY)
    shown = desk.ask(show_booking, ref=ref)
    assert (shown.row.who, shown.first_name, shown.row.subject_ref) == ("Elsa", "Elsa", None)
    assert desk.ask(list_subjects).total == 0
    assert [row.ref for row in desk.ask(list_bookings, search="elsa").rows] == [ref]


def test_an_order_of_nobody_leaves_thirty_days_after_its_day(desk: Desk, clock: Clock) -> None:
    done = delivered(desk, first_name="Elsa", wanted_on=TODAY)
    waiting = order(desk, first_name="Olle", wanted_on=TODAY)
    assert desk.ask(show_booking, ref=done).kept_until == TODAY + timedelta(days=30)
    assert desk.ask(show_booking, ref=waiting).kept_until is None
    clock.move(days=30)
    desk.run(carry_out_clean_up)
    assert desk.ask(list_bookings).total == 2
    clock.move(days=1)
    desk.run(carry_out_clean_up)
    assert [row.ref for row in desk.ask(list_bookings).rows] == [waiting]


def test_she_gets_it_on_her_page_because_she_asks_and_then_it_stays(
    desk: Desk, clock: Clock
) -> None:
    ref = delivered(desk, first_name="Elsa", diet="Nötter")
    elsa = person(desk, "Elsa Ek")
    desk.run(join_person, ref=ref, subject_ref=elsa)
    shown = desk.ask(show_booking, ref=ref)
    assert (shown.row.who, shown.first_name, shown.kept_until) == ("Elsa Ek", "", None)
    assert {row.kind for row in desk.ask(show_subject, subject_ref=elsa).history} >= {"booking"}
    with pytest.raises(DomainError, match="somebody's already"):
        desk.run(join_person, ref=ref, subject_ref=elsa)
    clock.move(days=40)
    desk.run(carry_out_clean_up)
    assert desk.ask(list_bookings).total == 1


def test_a_newcomer_can_be_whose_it_is_and_nobody_cannot(desk: Desk) -> None:
    ref = order(desk, first_name="Elsa")
    with pytest.raises(DomainError, match="whose order"):
        desk.run(join_person, ref=ref)
    desk.run(join_person, ref=ref, newcomer=Newcomer("Elsa Ek", "070-174 06 05"))
    assert desk.ask(show_booking, ref=ref).row.who == "Elsa Ek"


def test_guests_are_lines_of_the_order_and_not_people(desk: Desk) -> None:
    guests = (GuestEntry(" 10  vanliga "), GuestEntry("3 glutenfria", "eget fat"), GuestEntry(" "))
    ref = order(desk, guests=guests)
    assert desk.ask(show_booking, ref=ref).guests == (
        {"text": "10 vanliga", "note": ""},
        {"text": "3 glutenfria", "note": "eget fat"},
    )
    assert desk.ask(list_subjects).total == 0
    with pytest.raises(DomainError, match="at most 500 lines"):
        desk.run(update_booking, ref=ref, guests=(GuestEntry("1"),) * 501)


# missed and paid


def test_nobody_owes_anything_for_not_coming(desk: Desk) -> None:
    ref = order(desk, wanted_on=TODAY, diet="Nötter")
    desk.run(set_booking_state, ref=ref, state=BookingState.NO_SHOW)
    shown = desk.ask(show_booking, ref=ref).row
    assert (shown.state, shown.is_unpaid) == (BookingState.NO_SHOW, False)
    assert desk.ask(sum_owed).count == 0
    desk.undo()
    assert desk.ask(show_booking, ref=ref).row.state is BookingState.CONFIRMED
    ahead = order(desk, wanted_on=SATURDAY)
    with pytest.raises(DomainError, match="a day that has not come"):
        desk.run(set_booking_state, ref=ahead, state=BookingState.NO_SHOW)


def test_how_it_was_paid_is_a_note_that_goes_with_the_day(desk: Desk) -> None:
    assert desk.ask(list_pay_ways)[0] is PaidBy.SWISH
    ref = delivered(desk, paid_on=None)
    desk.run(set_booking_paid, ref=ref, paid_on=TODAY, paid_by=PaidBy.SWISH)
    assert desk.ask(show_booking, ref=ref).row.paid_by is PaidBy.SWISH
    desk.run(set_booking_paid, ref=ref, paid_on=None, paid_by=PaidBy.SWISH)
    assert desk.ask(show_booking, ref=ref).row.paid_by is None


def test_what_is_owed_has_a_sum_and_an_age(desk: Desk, clock: Clock) -> None:
    assert desk.ask(sum_owed).since is None
    delivered(desk, paid_on=None)
    clock.move(days=3)
    delivered(desk, paid_on=None)
    invoiced(desk, person(desk), paid_on=None)
    owed = desk.ask(sum_owed)
    assert (owed.count, owed.total, owed.since) == (2, Decimal("800.00"), TODAY)


def test_the_first_line_of_a_cafe_has_the_rate_of_food(desk: Desk, clock: Clock) -> None:
    # Sweden: 6 % from April 2026 to the end of 2027, 12 % after that.
    assert desk.ask(show_organisation).usual_vat == "6"
    clock.go_to(date(2028, 1, 3))
    assert desk.ask(show_organisation).usual_vat == "12"
