"""A calendar of bookings becomes orders, of people who are known, new or nobody."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.columns import Field
from gdprdesk.domain.terms import BookingState
from gdprdesk.imports import read_grid
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.bookings import BookingFilter, list_bookings, show_booking
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.import_batches import take_back_import
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import Choice, ImportReview, RowState, review_list
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, person

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:1
DTSTART:20261201T080000Z
DTEND:20261201T085000Z
SUMMARY:Samtal
ORGANIZER:mailto:petra@kafe.example
ATTENDEE;CN=Karin Holm:mailto:Karin@example.com
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20260301T080000Z
DURATION:PT30M
SUMMARY:Provsmakning
ORGANIZER:mailto:petra@kafe.example
ATTENDEE;CN=Åsa Öberg:mailto:asa@example.com
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261202T080000Z
SUMMARY:Samtal två
ORGANIZER:mailto:petra@kafe.example
ATTENDEE;CN=Åsa Öberg:mailto:asa@example.com
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20261224
SUMMARY:Stängt
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART:20261224T100000Z
SUMMARY:
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "bokningar.ics"
    made.write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    return made


def review(desk: Desk, path: Path) -> ImportReview:
    return desk.ask(review_list, grid=read_grid(path))


def test_events_become_orders_of_known_new_and_no_people(desk: Desk, path: Path) -> None:
    person(desk, "Karin Holm", email="karin@example.com")
    found = review(desk, path)
    assert [(row.state, row.choice) for row in found.rows] == [
        (RowState.NEW, Choice.ADD),
        (RowState.DUPLICATE, Choice.MERGE),
        (RowState.NEW, Choice.ADD),
        (RowState.NEW, Choice.ADD),
        (RowState.WRONG, Choice.ADD),
    ]
    assert "does not say what is ordered" in found.rows[4].reason
    receipt = desk.run(import_people, review=found, file=path.name)
    assert (receipt.added, receipt.orders, receipt.merged) == (1, 4, 1)
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Karin Holm", "Åsa Öberg"]
    rows = desk.ask(list_bookings, show=BookingFilter.ALL).rows
    assert sorted((one.what, one.who, one.wanted_on, one.wanted_at, one.state) for one in rows) == [
        ("Provsmakning", "Åsa Öberg", date(2026, 3, 1), time(9), BookingState.COMPLETED),
        ("Samtal", "Karin Holm", date(2026, 12, 1), time(9), BookingState.CONFIRMED),
        ("Samtal två", "Åsa Öberg", date(2026, 12, 2), time(9), BookingState.CONFIRMED),
        ("Stängt", "", date(2026, 12, 24), None, BookingState.CANCELLED),
    ]
    past = next(one for one in rows if one.what == "Provsmakning")
    assert desk.ask(show_booking, ref=past.ref).completed_on == date(2026, 3, 1)
    assert desk.check().ok


def test_the_same_calendar_again_brings_nothing_twice(desk: Desk, path: Path) -> None:
    first = desk.run(import_people, review=review(desk, path))
    again = review(desk, path)
    told = {row.reason for row in again.rows if row.state is RowState.DUPLICATE}
    assert told == {"The same order is in the register already."}
    assert desk.run(import_people, review=again).orders == 0
    assert first.ref is not None
    assert desk.run(take_back_import, ref=first.ref).people == 2
    assert desk.ask(list_bookings, show=BookingFilter.ALL).total == 0
    assert desk.ask(list_subjects).total == 0


def test_who_was_erased_gets_no_order_by_a_calendar(desk: Desk, path: Path) -> None:
    karin = person(desk, "Karin Holm", email="karin@example.com")
    desk.run(erase_subject, subject_ref=karin)
    found = review(desk, path)
    stopped = [row.number for row in found.rows if row.state is RowState.STOPPED]
    assert len(stopped) == 1
    desk.run(import_people, review=found)
    rows = desk.ask(list_bookings, show=BookingFilter.ALL).rows
    assert "Samtal" not in {one.what for one in rows}


def test_bookings_in_a_text_table_come_in_when_their_columns_are_said(desk: Desk) -> None:
    grid = Grid(
        header=("Kund", "Tjänst", "Datum", "Tid", "Längd", "Mobil"),
        rows=(
            ("Åsa Öberg", "Klippning", "01.12.2026", "kl. 9.30", "45", "0701740645"),
            ("Åsa Öberg", "Färg", "2026-12-08 13:15", "", "x", "0701740645"),
            ("Bo Ek", "Klippning", "i morgon", "", "", ""),
        ),
        first_row_number=2,
        file_format=FileFormat.CSV,
    )
    fields = (
        Field.NAME,
        Field.ORDER,
        Field.ORDER_DAY,
        Field.ORDER_TIME,
        Field.ORDER_MINUTES,
        Field.PHONE,
    )
    found = desk.ask(review_list, grid=grid, fields=fields)
    assert "Write the day like this" in found.rows[2].reason
    receipt = desk.run(import_people, review=found)
    assert (receipt.added, receipt.orders, receipt.wrong) == (1, 2, 1)
    rows = desk.ask(list_bookings, show=BookingFilter.ALL).rows
    assert sorted((one.wanted_on or TODAY, one.wanted_at) for one in rows) == [
        (date(2026, 12, 1), time(9, 30)),
        (date(2026, 12, 8), time(13, 15)),
    ]
