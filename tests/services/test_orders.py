"""Orders: taken, changed, delivered, paid, repeated, and who still owes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BookingState, Channel
from gdprdesk.services.bookings import BookingFilter, BookingRow, list_bookings, show_booking
from gdprdesk.services.companies import add_company
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.order_repeats import repeat_booking
from gdprdesk.services.order_taking import Newcomer, add_booking, update_booking
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, Clock, delivered, invoiced, order, person

SATURDAY = date(2026, 11, 28)


def rows(desk: Desk, show: BookingFilter = BookingFilter.ALL, **given: object) -> list[BookingRow]:
    return list(desk.ask(list_bookings, show=show, **given).rows)  # type: ignore[arg-type]


def test_an_order_with_lines_of_different_rates(desk: Desk) -> None:
    lines = (
        LineEntry("Prinsesstårta", "2", "400,00", "12"),
        LineEntry("Vin", "1", "1 250.50", "25"),
    )
    ref = order(
        desk,
        person(desk),
        lines=lines,
        note=" Rosa ",
        channel=Channel.MESSENGER,
        wanted_on=SATURDAY,
        wanted_at=time(14),
    )
    shown = desk.ask(show_booking, ref=ref)
    # 800 with 12 % is 714.29 + 85.71; 1250.50 with 25 % is 1000.40 + 250.10.
    assert [(line["net"], line["vat"]) for line in shown.lines] == [
        ("714.29", "85.71"),
        ("1000.40", "250.10"),
    ]
    assert (shown.row.total, shown.row.number) == (Decimal("2050.50"), "1001")
    assert (shown.row.note, shown.channel, shown.row.wanted_at) == (
        "Rosa",
        Channel.MESSENGER,
        time(14),
    )
    assert shown.row.state is BookingState.CONFIRMED


def test_numbers_are_counted(desk: Desk) -> None:
    for _again in range(3):
        order(desk)
    assert sorted(row.number for row in rows(desk)) == ["1001", "1002", "1003"]


def test_the_number_of_an_erased_order_is_not_given_again(desk: Desk) -> None:
    karin = person(desk)
    delivered(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    order(desk)
    assert [row.number for row in rows(desk)] == ["1002"]


def test_the_number_of_an_order_taken_back_and_done_again_is_its_own(desk: Desk) -> None:
    order(desk)
    desk.undo()
    desk.redo()
    order(desk)
    assert sorted(row.number for row in rows(desk)) == ["1001", "1002"]


def test_without_words_an_order_is_called_by_its_lines(desk: Desk) -> None:
    order(desk, what=" ")
    assert rows(desk)[0].what == "Prinsesstårta"


@pytest.mark.parametrize(
    ("what", "line", "sentence"),
    [
        (" ", None, "Write what is ordered"),
        ("Tårta", LineEntry(" ", "1", "1", "12"), "needs a text"),
        ("Tårta", LineEntry("x", "två", "1", "12"), "digits only"),
        ("Tårta", LineEntry("x", "1", "", "12"), "digits only"),
        ("Tårta", LineEntry("x", "1", "NaN", "12"), "digits only"),
        ("Tårta", LineEntry("x", "1", "1e99", "12"), "digits only"),
        ("Tårta", LineEntry("x", "1e-999999", "1", "12"), "digits only"),
        ("Tårta", LineEntry("x", "1", "1", "100"), "between 0 and 100"),
        ("Tårta", LineEntry("x", "1", "1", "-1"), "between 0 and 100"),
    ],
)
def test_what_cannot_be_right_is_refused(
    desk: Desk, what: str, line: LineEntry | None, sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        desk.run(add_booking, what=what, lines=(line,) if line else ())
    assert rows(desk) == []


def test_whose_it_is(desk: Desk) -> None:
    hotel = desk.run(add_company, name="Hotell Sjön")
    order(desk)
    order(desk, person(desk))
    order(desk, company_ref=hotel)
    order(desk, person(desk, "Anna"), company_ref=hotel)
    assert sorted(row.who for row in rows(desk)) == ["", "Hotell Sjön", "Hotell Sjön", "Karin Holm"]


def test_an_order_is_changed(desk: Desk) -> None:
    ref = order(desk, person(desk), diet="nötter")
    cheaper = LineEntry("Tårta", "1", "300", "12")
    desk.run(
        update_booking,
        ref=ref,
        what="Liten tårta",
        lines=(cheaper,),
        diet="",
        wanted_on=SATURDAY,
    )
    row = desk.ask(show_booking, ref=ref).row
    assert (row.what, row.total, row.wanted_on, row.diet) == (
        "Liten tårta",
        Decimal("300.00"),
        SATURDAY,
        "",
    )


def test_what_is_not_given_stays_as_it_is(desk: Desk) -> None:
    ref = order(
        desk,
        diet="nötter",
        note="Rosa",
        channel=Channel.MESSENGER,
        wanted_on=SATURDAY,
        wanted_at=time(14),
    )
    before = desk.ask(show_booking, ref=ref)
    desk.run(update_booking, ref=ref)
    assert desk.ask(show_booking, ref=ref) == before
    desk.run(update_booking, ref=ref, what="Grön tårta")
    after = desk.ask(show_booking, ref=ref)
    assert after == replace(before, row=replace(before.row, what="Grön tårta"))


def test_what_is_empty_goes(desk: Desk) -> None:
    ref = order(desk, diet="nötter", note="Rosa", wanted_on=SATURDAY, wanted_at=time(14))
    desk.run(update_booking, ref=ref, no_time=True)
    assert desk.ask(show_booking, ref=ref).row.wanted_on == SATURDAY
    desk.run(update_booking, ref=ref, lines=(), note="", diet=" ", no_day=True)
    shown = desk.ask(show_booking, ref=ref)
    assert (shown.lines, shown.row.note, shown.row.diet) == ((), "", "")
    assert (shown.row.wanted_on, shown.row.wanted_at) == (None, None)
    with pytest.raises(DomainError, match="Write what is ordered"):
        desk.run(update_booking, ref=ref, what=" ")


def test_what_was_invoiced_keeps_its_lines(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    (row,) = rows(desk)
    with pytest.raises(DomainError, match="lines stay as they are"):
        desk.run(update_booking, ref=row.ref, what="Tårta", lines=())
    assert rows(desk)[0].total == Decimal("400.00")


def test_delivering_starts_the_clocks(desk: Desk, clock: Clock) -> None:
    ref = order(desk, person(desk), diet="nötter")
    clock.move(days=2)
    desk.run(set_booking_state, ref=ref, state=BookingState.COMPLETED)
    assert desk.ask(show_booking, ref=ref).completed_on == desk.today
    clock.move(days=7)
    desk.finish()
    assert desk.ask(show_booking, ref=ref).row.diet == "nötter"
    clock.move(days=1)
    desk.finish()
    assert desk.ask(show_booking, ref=ref).row.diet == ""


@pytest.mark.parametrize("state", [BookingState.CONFIRMED, BookingState.ENQUIRY])
def test_taking_delivery_back_stops_the_clocks(desk: Desk, clock: Clock, state) -> None:
    ref = order(desk, person(desk), diet="nötter", wanted_on=TODAY + timedelta(days=60))
    desk.run(set_booking_state, ref=ref, state=BookingState.COMPLETED)
    desk.run(set_booking_state, ref=ref, state=state)
    clock.move(days=30)
    desk.finish()
    shown = desk.ask(show_booking, ref=ref)
    assert (shown.row.diet, shown.completed_on) == ("nötter", None)


def test_the_diet_of_a_cancelled_order_goes_too(desk: Desk, clock: Clock) -> None:
    ref = order(desk, person(desk), diet="nötter")
    desk.run(set_booking_state, ref=ref, state=BookingState.CANCELLED)
    clock.move(days=8)
    desk.finish()
    assert desk.ask(show_booking, ref=ref).row.diet == ""


@pytest.mark.parametrize("wanted_on", [SATURDAY, None])
@pytest.mark.parametrize("passer_by", [True, False])
def test_a_diet_goes_a_week_after_its_day_though_nobody_says_delivered(
    desk: Desk, clock: Clock, wanted_on: date | None, *, passer_by: bool
) -> None:
    subject = None if passer_by else person(desk)
    ref = order(desk, subject, diet="nötter", wanted_on=wanted_on)
    last = (wanted_on or TODAY) + timedelta(days=7)
    for day, diet in ((last, "nötter"), (last + timedelta(days=1), "")):
        clock.go_to(day)
        desk.finish()
        assert desk.ask(show_booking, ref=ref).row.diet == diet


def test_a_diet_follows_the_day_of_its_order(desk: Desk, clock: Clock) -> None:
    ref = order(desk, diet="nötter", wanted_on=TODAY)
    desk.run(update_booking, ref=ref, wanted_on=SATURDAY)
    clock.go_to(SATURDAY + timedelta(days=7))
    desk.finish()
    assert desk.ask(show_booking, ref=ref).row.diet == "nötter"
    clock.move(days=1)
    desk.finish()
    assert desk.ask(show_booking, ref=ref).row.diet == ""


def test_nobody_has_paid_tomorrow(desk: Desk) -> None:
    ref = delivered(desk, paid_on=None)
    with pytest.raises(DomainError, match="has not come"):
        desk.run(set_booking_paid, ref=ref, paid_on=TODAY + timedelta(days=1))
    assert desk.ask(show_booking, ref=ref).row.paid_on is None


def test_a_diet_said_later_and_changed(desk: Desk) -> None:
    ref = order(desk, person(desk))
    for diet in ("nötter", "gluten", "gluten"):
        desk.run(update_booking, ref=ref, what="Tårta", diet=diet)
        assert desk.ask(show_booking, ref=ref).row.diet == diet


def test_who_still_owes(desk: Desk) -> None:
    karin = person(desk)
    owed = delivered(desk, karin, paid_on=None)
    delivered(desk, karin)
    delivered(desk, karin, paid_on=None, lines=())  # nothing to pay
    invoiced(desk, karin, paid_on=None)
    order(desk, karin)
    assert [row.ref for row in rows(desk, BookingFilter.UNPAID)] == [owed]
    desk.run(set_booking_paid, ref=owed, paid_on=TODAY)
    assert rows(desk, BookingFilter.UNPAID) == []
    desk.run(set_booking_paid, ref=owed, paid_on=None)
    assert len(rows(desk, BookingFilter.UNPAID)) == 1


def test_the_open_ones_come_by_the_day_they_are_wanted(desk: Desk) -> None:
    later = order(desk, wanted_on=SATURDAY)
    evening = order(desk, wanted_on=TODAY, wanted_at=time(17))
    morning = order(desk, wanted_on=TODAY, wanted_at=time(8))
    undated = order(desk)
    delivered(desk, wanted_on=TODAY)
    order(desk, wanted_on=TODAY, state=BookingState.CANCELLED)
    shown = [row.ref for row in rows(desk, BookingFilter.OPEN)]
    assert shown == [morning, evening, later, undated]
    assert [row.ref for row in rows(desk, day=SATURDAY)] == [later]
    assert len(rows(desk, BookingFilter.DONE)) == 1


@pytest.mark.parametrize("search", ["1001", "karin", "prinsesstarta", "TÅRTA holm"])
def test_an_order_is_found(desk: Desk, search: str) -> None:
    order(desk, person(desk))
    order(desk, what="Bullar", lines=())
    assert [row.number for row in rows(desk, search=search)] == ["1001"]


def test_a_percent_sign_is_no_wildcard(desk: Desk) -> None:
    order(desk, what="100 % bullar")
    order(desk, what="1000 bullar")
    assert len(rows(desk, search="0 %")) == 1


def test_the_same_again_but_diets_are_asked_for_anew(desk: Desk) -> None:
    karin = person(desk)
    old = delivered(desk, karin, note="Rosa", diet="nötter")
    new = desk.run(repeat_booking, ref=old, wanted_on=SATURDAY, wanted_at=time(9))
    shown = desk.ask(show_booking, ref=new)
    assert (shown.row.number, shown.row.what, shown.row.note) == ("1002", "Prinsesstårta", "Rosa")
    assert (shown.row.state, shown.row.paid_on) == (BookingState.CONFIRMED, None)
    assert (shown.row.diet, shown.row.wanted_on) == ("", SATURDAY)
    assert shown.lines == desk.ask(show_booking, ref=old).lines
    assert len(desk.ask(show_subject, subject_ref=karin).history) == 2


def test_a_newcomer_becomes_a_person_with_her_first_order(desk: Desk) -> None:
    newcomer = Newcomer("Åsa Öberg", phone="070-174 06 45", email="asa@example.se")
    ref = order(desk, newcomer=newcomer)
    row = desk.ask(show_booking, ref=ref).row
    (person_row,) = desk.ask(list_subjects, search="asa@example.se").rows
    assert (row.who, row.subject_ref) == ("Åsa Öberg", person_row.ref)
    desk.undo()
    assert desk.ask(list_subjects).total == 0
    assert rows(desk) == []


def test_a_newcomer_with_a_bad_number_leaves_no_order(desk: Desk) -> None:
    with pytest.raises(DomainError, match="phone number"):
        order(desk, newcomer=Newcomer("Åsa Öberg", phone="not a number"))
    assert rows(desk) == []
    assert desk.ask(list_subjects).total == 0
