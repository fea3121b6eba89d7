"""Calls and messages: of somebody or nobody, found by digits, tied to an order, gone in time."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import BookingState, Channel, Direction, RestrictionGround
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.calls import (
    CallRow,
    add_call,
    link_call,
    list_calls,
    match_caller,
    order_from_call,
    remove_call,
    set_caller,
    update_call,
)
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.persons import show_subject
from gdprdesk.services.restriction import restrict_person
from tests.builders import TODAY, Clock, order, person


def call(desk: Desk, number: str = "", **known: Any) -> RecordRef:
    return desk.run(add_call, number=number, **known)


def rows(desk: Desk, **wanted: Any) -> list[CallRow]:
    page = desk.ask(list_calls, **wanted)
    assert page.total == len(page.rows)
    return list(page.rows)


def test_a_call_says_everything_that_was_written_down(desk: Desk) -> None:
    karin = person(desk, phone="070-174 06 45")
    cake = order(desk, karin)
    call(
        desk,
        "0701740645",
        summary="About the cake",
        channel=Channel.SMS,
        direction=Direction.OUT,
        called_on=TODAY - timedelta(days=1),
        called_at=time(9, 30),
        minutes=4,
        subject_ref=karin,
        booking_ref=cake,
    )
    [row] = rows(desk)
    assert (row.on, row.at, row.minutes) == (TODAY - timedelta(days=1), time(9, 30), 4)
    assert (row.number, row.who, row.booking_number) == ("070-174 06 45", "Karin Holm", "1001")
    assert (row.channel, row.direction) == (Channel.SMS, Direction.OUT)
    assert rows(desk, booking_ref=cake) == rows(desk, subject_ref=karin) == [row]


@pytest.mark.parametrize("typed", ["17406", "070-174", "+46 70", "about", "holm", "070 174 06 45"])
def test_it_is_found_by_digits_and_words(desk: Desk, typed: str) -> None:
    karin = person(desk)
    found = call(desk, "070-174 06 45", summary="Something about a cake", subject_ref=karin)
    call(desk, "0470-123 45", summary="Nothing")
    assert [one.ref for one in rows(desk, search=typed)] == [found]


def test_a_number_is_matched_with_who_has_it_or_with_nobody(desk: Desk) -> None:
    karin = person(desk, phone="070-174 06 45", email="karin@example.com")
    for typed in ("+46701740645", "0701740645", "KARIN@example.com"):
        assert [one.ref for one in desk.ask(match_caller, number=typed)] == [karin]
    for typed in ("", "hidden", "0470-123 45", "12"):
        assert desk.ask(match_caller, number=typed) == ()


@pytest.mark.parametrize("typed", ["Hidden number", "112", "Anna on Messenger", "00"])
def test_what_is_no_number_is_kept_as_it_is_typed(desk: Desk, typed: str) -> None:
    call(desk, f" {typed} ")
    assert rows(desk)[0].number == typed


def test_what_cannot_be_right_is_refused(desk: Desk) -> None:
    with pytest.raises(DomainError, match="who it was, or what"):
        call(desk, "  ", summary=" ")
    with pytest.raises(DomainError, match="not come yet"):
        call(desk, "1", called_on=TODAY + timedelta(days=1))
    with pytest.raises(DomainError, match="at most a day"):
        call(desk, "1", minutes=1441)
    with pytest.raises(NotFoundError):
        call(desk, "1", booking_ref=RecordRef("gone"))
    assert rows(desk) == []


def test_an_order_is_made_of_it_once_and_both_know_it(desk: Desk) -> None:
    karin = person(desk)
    ref = call(desk, summary="A cake for ten", channel=Channel.MESSENGER, subject_ref=karin)
    cake = desk.run(order_from_call, ref=ref, wanted_on=TODAY)
    made = desk.ask(show_booking, ref=cake)
    assert (made.row.what, made.row.subject_ref, made.channel) == (
        "A cake for ten", karin, Channel.MESSENGER,
    )  # fmt: skip
    assert made.row.state is BookingState.ENQUIRY
    assert [one.ref for one in rows(desk, booking_ref=cake)] == [ref]
    with pytest.raises(DomainError, match="order already"):
        desk.run(order_from_call, ref=ref)
    desk.undo()
    assert rows(desk)[0].booking_ref is None
    with pytest.raises(DomainError, match="what is ordered"):
        desk.run(order_from_call, ref=call(desk, "1"))


def test_it_is_changed_tied_and_taken_away(desk: Desk) -> None:
    karin = person(desk)
    cake = order(desk)
    ref = call(desk, "070-174 06 45", summary="Cake", minutes=3)
    desk.run(update_call, ref=ref, number="0470-123 45", called_at=time(8), minutes=0)
    desk.run(set_caller, ref=ref, subject_ref=karin)
    desk.run(link_call, ref=ref, booking_ref=cake)
    [row] = rows(desk, search="047012345")
    assert (row.summary, row.minutes, row.at, row.who) == ("Cake", 0, time(8), "Karin Holm")
    assert row.booking_ref == cake
    desk.run(link_call, ref=ref, booking_ref=None)
    desk.run(set_caller, ref=ref, subject_ref=None)
    assert (rows(desk)[0].who, rows(desk)[0].booking_ref) == ("", None)
    desk.run(remove_call, ref=ref)
    assert rows(desk) == []


def test_calls_of_somebody_and_of_nobody_leave_after_four_months(desk: Desk, clock: Clock) -> None:
    karin = person(desk, phone="070-174 06 45")
    order(desk, karin)
    call(desk, summary="Hers", subject_ref=karin)
    call(desk, "0470-123 45")
    why = {one.activity: one.until for one in desk.ask(show_subject, subject_ref=karin).why}
    assert why["Samtal och meddelanden"] == date(2027, 3, 21)
    clock.go_to(date(2027, 3, 21))
    desk.run(carry_out_clean_up)
    assert len(rows(desk)) == 2
    clock.go_to(date(2027, 3, 22))
    desk.run(carry_out_clean_up)
    assert rows(desk) == []
    assert desk.ask(show_subject, subject_ref=karin).name == "Karin Holm"


def test_whose_data_are_only_stored_is_neither_named_nor_quoted(desk: Desk) -> None:
    karin = person(desk, phone="070-174 06 45")
    call(desk, "0701740645", summary="About the cake", subject_ref=karin)
    desk.run(restrict_person, subject_ref=karin, ground=RestrictionGround.ACCURACY, why="Fel")
    [row] = rows(desk)
    assert (row.who, row.number, row.summary) == ("(only stored)", "", "")
    assert row.subject_ref == karin


def test_her_calls_are_hidden_with_her_and_go_with_her(desk: Desk) -> None:
    karin = person(desk)
    call(desk, summary="Hers", subject_ref=karin)
    call(desk, summary="Nobody's")
    desk.run(stage_erasure, subject_ref=karin)
    assert [one.summary for one in rows(desk)] == ["Nobody's"]
    desk.run(erase_subject, subject_ref=karin)
    assert [one.summary for one in rows(desk)] == ["Nobody's"]
