"""The calendar of orders: which day, when, with whom and where, and what of it goes elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import icalendar
import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotAllowedError
from gdprdesk.domain.terms import BookingState, Channel, Permission, RestrictionGround
from gdprdesk.i18n import language
from gdprdesk.services.companies import add_company
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.invoices import issue_invoice
from gdprdesk.services.order_calendar import (
    OrderSlot,
    show_order_calendar,
    week_of,
)
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.services.order_files import export_calendar, export_week_sheet
from gdprdesk.services.order_taking import update_booking
from gdprdesk.services.reports.week import slot_time, week_sheet
from gdprdesk.services.restriction import restrict_person
from tests.builders import TODAY, Clock, delivered, order, person
from tests.roles import as_role
from tests.texts import read_pdf

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)  # the week of TODAY, a Saturday
HOSTILE = 'Åsa; "Öl", \\ och\nEND:VEVENT\nBEGIN:VALARM ' + "å" * 60


def slots(desk: Desk, since: date = MONDAY, until: date = SUNDAY) -> list[OrderSlot]:
    return list(desk.ask(show_order_calendar, since=since, until=until).slots)


def events(path: Path) -> list[icalendar.Component]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_the_week_of_a_day_begins_on_a_monday() -> None:
    assert week_of(TODAY) == (MONDAY, SUNDAY)
    assert week_of(MONDAY) == week_of(SUNDAY) == (MONDAY, SUNDAY)


def test_every_day_is_there_with_its_holiday(desk: Desk) -> None:
    with language("sv"):
        view = desk.ask(show_order_calendar, since=date(2026, 12, 24), until=date(2026, 12, 27))
    assert [(one.day.day, one.holiday) for one in view.days] == [
        (24, ""),
        (25, "Juldagen"),
        (26, "Annandag jul"),
        (27, ""),
    ]


def test_what_has_no_time_stands_first_then_by_time(desk: Desk) -> None:
    order(desk, what="Late", wanted_on=TODAY, wanted_at=time(15))
    order(desk, what="Some time", wanted_on=TODAY)
    order(desk, what="Early", wanted_on=TODAY, wanted_at=time(8, 30))
    order(desk, what="Next week", wanted_on=date(2026, 11, 23))
    order(desk, what="No day")
    assert [one.title for one in slots(desk)] == ["Some time", "Early", "Late"]


def test_whose_it_is_how_far_it_has_come_and_whether_it_is_paid(desk: Desk) -> None:
    karin = person(desk)
    hotel = desk.run(add_company, name="Hotell Sjön")
    order(desk, karin, wanted_on=MONDAY)
    order(desk, company_ref=hotel, wanted_on=date(2026, 11, 17))
    paid = delivered(desk, karin, wanted_on=date(2026, 11, 18))
    ref = delivered(desk, karin, paid_on=None, wanted_on=date(2026, 11, 19))
    desk.run(issue_invoice, booking_ref=ref)
    cancelled = order(desk, karin, wanted_on=date(2026, 11, 20))
    desk.run(set_booking_state, ref=cancelled, state=BookingState.CANCELLED)
    shown = slots(desk)
    assert [one.who for one in shown] == ["Karin Holm", "Hotell Sjön", "Karin Holm", "Karin Holm"]
    assert [one.is_paid for one in shown] == [False, False, True, True]
    assert shown[2].ref == paid
    assert shown[2].state is BookingState.COMPLETED


def test_who_is_about_to_be_erased_is_not_in_it(desk: Desk) -> None:
    karin = person(desk)
    order(desk, karin, wanted_on=TODAY, state=BookingState.ENQUIRY)
    desk.run(stage_erasure, subject_ref=karin)
    assert slots(desk) == []


def test_whose_data_are_only_stored_is_not_named(desk: Desk, clock: Clock) -> None:
    karin = person(desk)
    order(desk, karin, wanted_on=TODAY)
    desk.run(
        restrict_person,
        subject_ref=karin,
        ground=RestrictionGround.ACCURACY,
        why="Adressen stämmer inte",
    )
    (one,) = slots(desk)
    assert one.is_restricted
    assert "Karin" not in one.who


def test_names_are_for_whoever_may_see_people(desk: Desk, clock: Clock) -> None:
    order(desk, person(desk), wanted_on=TODAY)
    with as_role(desk, clock, (Permission.ORDERS,)) as hers:
        (one,) = slots(hers)
        assert (one.title, one.who) == ("Prinsesstårta", "")
        assert "Karin" not in str(hers.ask(week_sheet))


@pytest.mark.parametrize(
    ("since", "until"), [(SUNDAY, MONDAY), (date(2026, 1, 1), date(2027, 12, 31))]
)
def test_days_that_make_no_sense_are_refused(desk: Desk, since: date, until: date) -> None:
    with pytest.raises(DomainError, match="Nothing was shown"):
        slots(desk, since, until)


def test_a_calendar_without_names_says_only_when(desk: Desk, tmp_path: Path) -> None:
    ref = order(desk, person(desk), what="Tårta", wanted_on=TODAY, wanted_at=time(14))
    order(desk, person(desk, "Anders Nyberg"), what="Bullar", wanted_on=TODAY, diet="nötter")
    to = tmp_path / "week.ics"
    receipt = desk.run(export_calendar, since=MONDAY, until=SUNDAY, to=to, language_code="en")
    assert receipt.rows == 2
    whole, timed = events(to)
    assert str(timed["summary"]) == "Order 14:00"
    assert str(timed["uid"]) == f"{ref}@gdprdesk"
    assert timed.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 21, 13, tzinfo=UTC)
    assert whole.decoded("dtstart") == TODAY
    for word in ("Karin", "Anders", "Tårta", "Bullar", "nötter"):
        assert word not in to.read_text("utf-8")


def test_the_same_order_has_the_same_name_in_every_file(desk: Desk, tmp_path: Path) -> None:
    ref = order(desk, wanted_on=TODAY)
    for name in ("a", "b"):
        desk.run(export_calendar, since=MONDAY, until=SUNDAY, to=tmp_path / f"{name}.ics")
    desk.run(update_booking, ref=ref, wanted_at=time(9))
    desk.run(export_calendar, since=MONDAY, until=SUNDAY, to=tmp_path / "c.ics")
    uids = {str(one["uid"]) for name in "abc" for one in events(tmp_path / f"{name}.ics")}
    assert uids == {f"{ref}@gdprdesk"}


def test_a_calendar_with_names_tells_no_diet(desk: Desk, tmp_path: Path) -> None:
    karin = person(desk)
    order(desk, karin, what="Cake for 12", wanted_on=MONDAY, note="Hemlig")
    order(desk, karin, what="Glutenfri tårta", wanted_on=TODAY)
    order(desk, karin, what="Tårta utan mandelmassa", wanted_on=SUNDAY, diet="mandelmassa")
    to = tmp_path / "week.ics"
    desk.run(export_calendar, since=MONDAY, until=SUNDAY, to=to, with_names=True)
    assert [str(one["summary"]) for one in events(to)] == [
        "Cake for 12 – Karin Holm",  # noqa: RUF001
        "Beställning 1002 – Karin Holm",  # noqa: RUF001
        "Beställning 1003 – Karin Holm",  # noqa: RUF001
    ]
    assert "Hemlig" not in to.read_text("utf-8")


def test_names_are_not_exported_by_who_may_not_see_them(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    order(desk, person(desk), wanted_on=TODAY)
    to = tmp_path / "week.ics"
    with as_role(desk, clock, (Permission.ORDERS,)) as hers:
        with pytest.raises(NotAllowedError):
            hers.run(export_calendar, since=MONDAY, until=SUNDAY, to=to, with_names=True)
        assert not to.exists()
        hers.run(export_calendar, since=MONDAY, until=SUNDAY, to=to)
    assert len(events(to)) == 1


def test_whose_data_are_only_stored_is_a_time_alone(desk: Desk, tmp_path: Path) -> None:
    karin = person(desk)
    order(desk, karin, what="Tårta", wanted_on=TODAY, wanted_at=time(14))
    desk.run(
        restrict_person,
        subject_ref=karin,
        ground=RestrictionGround.ACCURACY,
        why="Adressen stämmer inte",
    )
    to = tmp_path / "week.ics"
    desk.run(
        export_calendar, since=MONDAY, until=SUNDAY, to=to, with_names=True, language_code="en"
    )
    assert [str(one["summary"]) for one in events(to)] == ["Order 14:00"]


def test_hostile_texts_stay_texts(desk: Desk, tmp_path: Path) -> None:
    order(desk, person(desk, "=1+1; BEGIN:VEVENT"), what=HOSTILE, wanted_on=TODAY)
    to = tmp_path / "week.ics"
    desk.run(export_calendar, since=MONDAY, until=SUNDAY, to=to, with_names=True)
    assert len(events(to)) == 1
    assert not [line for line in to.read_bytes().split(b"\r\n") if len(line) > 75]


def test_the_week_on_paper(desk: Desk, tmp_path: Path) -> None:
    order(desk, person(desk), what="Glutenfri tårta", wanted_on=TODAY, wanted_at=time(14))
    order(desk, what="Bullar", wanted_on=TODAY, diet="sesamfrön", note="Ring på bakdörren")
    to = tmp_path / "week.pdf"
    desk.run(export_week_sheet, to=to, day=TODAY, language_code="en")
    said = read_pdf(to)
    for word in ("Week 47", "Saturday 21 November", "2 orders", "Karin Holm", "Bullar", "14:00"):
        assert word in said
    for word in ("Glutenfri", "sesam", "bakdörren"):
        assert word not in said


def test_the_end_of_a_visit_is_said_if_it_is_known() -> None:
    def at(begins: time | None, minutes: int | None) -> str:
        slot = OrderSlot(
            ref=RecordRef("r"), number="1", title="", who="", day=TODAY, at=begins, minutes=minutes,
            practitioner="", room="", state=BookingState.CONFIRMED, channel=Channel.PHONE,
            is_paid=False, is_restricted=False,
        )  # fmt: skip
        return slot_time(slot)

    assert at(time(14), 50) == "14:00–14:50"  # noqa: RUF001
    assert at(time(23, 30), 45) == "23:30–00:15"  # noqa: RUF001
    assert (at(time(9, 5), None), at(None, 50)) == ("09:05", "")
