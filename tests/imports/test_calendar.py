"""Calendars of booking systems: local times, what repeats, who takes part, and bombs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.clock import system_clock
from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.imports import Grid, Limits, read_grid
from gdprdesk.imports.child import parse
from gdprdesk.imports.source import FileFormat

ASA = "ATTENDEE;CN=Åsa Öberg:mailto:Asa@Example.com"
OWNER = "ORGANIZER;CN=Petra:mailto:petra@example.se"


def event(*lines: str, uid: str = "1", begins: str = "DTSTART:20260603T080000Z") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", begins, *lines, "END:VEVENT"]


def written(path: Path, *events: list[str]) -> Path:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"]
    lines += [line for one in events for line in one]
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bokningar.ics"


def rows(path: Path, *events: list[str]) -> tuple[tuple[str, ...], ...]:
    return read(path, *events).rows


def read(path: Path, *events: list[str]) -> Grid:
    return parse(written(path, *events), limits=Limits())


def test_an_event_is_an_order_with_its_local_time_and_whoever_takes_part(path) -> None:
    one = event("SUMMARY:Samtal\\, första", "DTEND:20260603T085000Z", OWNER, ASA)
    grid = read_grid(written(path, one))
    assert grid.file_format is FileFormat.CALENDAR
    assert grid.rows == (
        ("Samtal, första", "2026-06-03", "10:00", "50", "", "Åsa Öberg", "asa@example.com"),
    )
    assert grid.fields[0] == "order"


@pytest.mark.parametrize(
    ("begins", "on", "at"),
    [
        ("DTSTART:20260110T080000Z", "2026-01-10", "09:00"),  # winter
        ("DTSTART;TZID=America/New_York:20260603T200000", "2026-06-04", "02:00"),
        ("DTSTART;TZID=Europe/Oslo:20260603T080000", "2026-06-03", "08:00"),
        ("DTSTART:20260603T080000", "2026-06-03", "08:00"),  # the clock on the wall
        ("DTSTART;VALUE=DATE:20260603", "2026-06-03", ""),
    ],
)
def test_times_are_those_of_sweden_and_norway(path, begins, on, at) -> None:
    ((_what, day, clock, *_rest),) = rows(path, event("SUMMARY:Bullar", begins=begins))
    assert (day, clock) == (on, at)


def test_cancelled_and_tentative_events_say_so(path) -> None:
    events = [
        event("SUMMARY:A", "STATUS:CANCELLED"),
        event("SUMMARY:B", "STATUS:TENTATIVE", uid="2"),
        event("SUMMARY:C", "STATUS:CONFIRMED", "DURATION:PT45M", uid="3"),
    ]
    assert {row[0]: row[3:5] for row in rows(path, *events)} == {
        "A": ("", "cancelled"),
        "B": ("", "enquiry"),
        "C": ("45", ""),
    }


def test_what_repeats_is_walked_through_without_what_was_taken_out_or_moved(path) -> None:
    first = system_clock().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=14)
    stamp, week = "%Y%m%dT%H%M%SZ", timedelta(days=7)
    weekly = event(
        "SUMMARY:Yoga",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        f"EXDATE:{first + week:{stamp}}",
        begins=f"DTSTART:{first:{stamp}}",
    )
    moved = event(
        "SUMMARY:Yoga, flyttad",
        f"RECURRENCE-ID:{first + 2 * week:{stamp}}",
        begins=f"DTSTART:{first + 2 * week + timedelta(days=1):{stamp}}",
    )
    found = [(row[0], row[1]) for row in rows(path, weekly, moved)]
    assert found == [
        ("Yoga", (first).date().isoformat()),
        ("Yoga, flyttad", (first + timedelta(days=15)).date().isoformat()),
        ("Yoga", (first + 3 * week).date().isoformat()),
    ]


def test_a_series_without_end_stops_after_a_year(path) -> None:
    daily = event("SUMMARY:Brød", "RRULE:FREQ=DAILY", begins="DTSTART:20150101T060000Z")
    assert len(rows(path, daily)) == 400


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=99999999",
        "FREQ=HOURLY;UNTIL=99991231T235959Z",
    ],
)
def test_a_bomb_of_repetitions_comes_in_once(path, rule) -> None:
    grid = read(path, event("SUMMARY:Bom", f"RRULE:{rule}", begins="DTSTART:16010101T000000Z"))
    assert len(grid.rows) == 1
    assert any("several times a day" in remark for remark in grid.left_out)


def test_a_rule_that_never_comes_ends_soon(path) -> None:
    never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    one = event("SUMMARY:A", never, begins="DTSTART:16010101T000000Z")
    assert [row[0] for row in rows(path, one, event("SUMMARY:B", uid="2"))] == ["B"]


@pytest.mark.parametrize("step", ["0", "-1"])
def test_a_rule_that_never_moves_on_is_left_out_alone(path, step) -> None:
    stuck = event("SUMMARY:Fast", f"RRULE:FREQ=DAILY;INTERVAL={step}")
    grid = read(path, stuck, event("SUMMARY:Samtal", uid="2"))
    assert [row[0] for row in grid.rows] == ["Samtal"]
    assert any(": 1." in one for one in grid.left_out)


def test_whose_calendar_it_is_is_nobody_who_ordered(path) -> None:
    bo = "ATTENDEE;CN=Bo Ek:mailto:bo@example.com"
    petra = "ATTENDEE:mailto:petra@example.se"
    room = "ATTENDEE;CUTYPE=ROOM:mailto:rum@example.se"
    events = [
        event("SUMMARY:A", OWNER, petra, room, ASA),
        event("SUMMARY:B", OWNER, petra, bo, ASA, uid="2"),
        event("SUMMARY:C", "ORGANIZER:mailto:kund@example.no", petra, uid="3"),
        event("SUMMARY:D", OWNER, uid="4"),
    ]
    grid = read(path, *events)
    assert {row[0]: row[5:] for row in grid.rows} == {
        "A": ("Åsa Öberg", "asa@example.com"),
        "B": ("Bo Ek", "bo@example.com"),
        "C": ("Kund", "kund@example.no"),
        "D": ("", ""),
    }
    assert any("More who take part are left out: 1." in remark for remark in grid.left_out)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no event in this calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"\xff\x00\xfe" * 50, "calendar"),
    ],
)
def test_what_is_no_calendar_is_told(path, content, words) -> None:
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=words):
        parse(path, limits=Limits())


def test_a_calendar_with_too_many_events_is_refused(path) -> None:
    every = [event("SUMMARY:A", "RRULE:FREQ=DAILY", uid=str(number)) for number in range(3)]
    with pytest.raises(UnreadableFileError, match="more than 500 rows"):
        parse(written(path, *every), limits=Limits(rows=500))


def test_large_files_beside_an_event_are_not_read(path) -> None:
    folded = [" " + "A" * 70] * 1000
    one = event("SUMMARY:A", "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 30, *folded)
    assert [row[0] for row in rows(path, one)] == ["A"]
