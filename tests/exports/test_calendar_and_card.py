"""Calendars and address books, as the standards write them and as the libraries read them back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.exports import calendar_file, card_file
from gdprdesk.exports.calendar_file import Event, EventState
from gdprdesk.exports.card_file import Card
from gdprdesk.exports.cells import clean

MADE_AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOSTILE = 'Åsa; "Öl", \\ och\r\nEND:VEVENT\x00\u2028BEGIN:VALARM ' + "å" * 60


def calendar(*events: Event, zone: str = "Europe/Stockholm") -> bytes:
    return calendar_file.render(events, name="Kafé Lind", zone=zone, made_at=MADE_AT)


def assert_written_as_the_standard_says(content: bytes) -> None:
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert not [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line]
    content.decode()  # no letter is cut in half by a fold
    assert not [line for line in lines if any(sign < 32 and sign != 9 for sign in line)]


def test_a_timed_order_stands_at_the_clock_of_the_business() -> None:
    content = calendar(Event("a1@gdprdesk", "Tårta", date(2026, 7, 4), time(14, 30)))
    assert_written_as_the_standard_says(content)
    text = content.decode()
    assert "DTSTART;TZID=Europe/Stockholm:20260704T143000\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm\r\n" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "UID:a1@gdprdesk\r\n" in text
    assert "STATUS:CONFIRMED\r\n" in text
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    begins = event.decoded("dtstart")
    assert begins.utcoffset() == timedelta(hours=2)  # summer time
    assert begins.astimezone(UTC) == datetime(2026, 7, 4, 12, 30, tzinfo=UTC)


def test_an_order_without_a_time_is_the_whole_day_and_needs_no_zone() -> None:
    content = calendar(Event("b", "Tårta", date(2026, 12, 1), state=EventState.CANCELLED))
    assert b"DTSTART;VALUE=DATE:20261201\r\n" in content
    assert b"STATUS:CANCELLED\r\n" in content
    assert b"VTIMEZONE" not in content


def test_norway_has_its_own_zone() -> None:
    content = calendar(Event("c", "Kake", date(2026, 12, 1), time(9)), zone="Europe/Oslo")
    assert b"TZID:Europe/Oslo\r\n" in content
    assert b"DTSTART;TZID=Europe/Oslo:20261201T090000\r\n" in content


def test_a_hostile_title_is_only_a_title() -> None:
    content = calendar(Event("d", HOSTILE, date(2026, 12, 1), place=HOSTILE))
    assert_written_as_the_standard_says(content)
    parts = [one.name for one in icalendar.Calendar.from_ical(content).walk()]
    assert parts == ["VCALENDAR", "VEVENT"]
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]).startswith('Åsa; "Öl", \\ och')
    assert b'SUMMARY:\xc3\x85sa\\; "\xc3\x96l"\\, \\\\ och\\nEND:VEVENT' in content


@given(title=st.text(min_size=1, max_size=120))
def test_any_title_is_written_as_the_standard_says(title: str) -> None:
    content = calendar(Event("e", title, date(2026, 12, 1), time(9)))
    assert_written_as_the_standard_says(content)
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 1


def test_a_card_says_who_she_is_and_how_to_reach_her() -> None:
    card = Card(
        "r1",
        "Karin Maria Holm",
        phones=("070-174 06 45",),
        emails=("karin@example.com",),
        addresses=("Gatan 1, 352 30 Växjö", "Bryggegata 3, 0250 Oslo", "Bara en gata"),
        others=("Kundnummer 7",),
        organisation="Hotell Sjön",
    )
    content = card_file.render(card, made_at=MADE_AT)
    assert_written_as_the_standard_says(content)
    lines = content.decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    for line in (
        "N:Holm;Karin Maria;;;",
        "FN:Karin Maria Holm",
        "TEL:070-174 06 45",
        "EMAIL:karin@example.com",
        "ADR:;;Gatan 1;Växjö;;352 30;",
        "ADR:;;Bryggegata 3;Oslo;;0250;",
        "ADR:;;Bara en gata;;;;",
        "NOTE:Kundnummer 7",
        "ORG:Hotell Sjön",
        "UID:urn:gdprdesk:r1",
    ):
        assert line in lines
    read = vobject.readOne(content.decode())
    assert read.n.value.family == "Holm"


@pytest.mark.parametrize("name", [HOSTILE, "Madonna", "Åsa\nEND:VCARD\nBEGIN:VCARD"])
def test_a_hostile_name_is_only_a_name(name: str) -> None:
    content = card_file.render(
        Card("r", name, (name,), (name,), (name,), (name,), name), made_at=MADE_AT
    )
    assert_written_as_the_standard_says(content)
    assert content.count(b"\r\nEND:VCARD") == 1
    (read,) = vobject.readComponents(content.decode())
    assert read.fn.value == " ".join(clean(name).split())


@given(name=st.text(min_size=1, max_size=80).filter(lambda text: text.strip()))
def test_any_name_is_written_as_the_standard_says(name: str) -> None:
    content = card_file.render(Card("r", name, organisation=name), made_at=MADE_AT)
    assert_written_as_the_standard_says(content)
    assert len(list(vobject.readComponents(content.decode()))) == 1
