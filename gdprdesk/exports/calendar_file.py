"""Bookings as iCalendar (RFC 5545), as every calendar program opens them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from gdprdesk.exports.cells import clean

# Central European time since 1996: Directive 2000/84/EC and the Norwegian rule that follows it.
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)
_BEGINS = (
    ("DAYLIGHT", "CEST", datetime(1996, 3, 31, 2), 3, _WINTER, _SUMMER),  # noqa: DTZ001  (local)
    ("STANDARD", "CET", datetime(1996, 10, 27, 3), 10, _SUMMER, _WINTER),  # noqa: DTZ001
)


class EventState(StrEnum):
    """How certain an event is, as the standard calls it."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, repr=False)
class Event:
    """Something on a day.

    Attributes:
        uid: The same for the same event in every file, so that a calendar has it only once.
        at: The time of the day; nothing if it is the whole day.
        minutes: How long it takes; nothing if nobody has said, or if it is the whole day.
    """

    uid: str
    title: str
    on: date
    at: time | None = None
    state: EventState = EventState.CONFIRMED
    place: str = ""
    minutes: int | None = None


def render(events: Sequence[Event], *, name: str, zone: str, made_at: datetime) -> bytes:
    """Return a calendar of the events.

    Args:
        events: What is in it.
        name: What programs call the calendar.
        zone: Where the clock of the business stands, such as Europe/Stockholm.
        made_at: When the file is made.
    """
    import icalendar  # noqa: PLC0415  (heavy, seldom)

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//gdprdesk//person//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    for one in events:
        event = icalendar.Event()
        event.add("uid", one.uid)
        event.add("dtstamp", made_at.astimezone(UTC))
        timed = one.at is not None
        begins = datetime.combine(one.on, one.at or time(), ZoneInfo(zone)) if timed else one.on
        event.add("dtstart", begins)
        if isinstance(begins, datetime) and one.minutes:
            event.add("dtend", _later(begins, one.minutes))
        event.add("summary", clean(one.title))
        event.add("status", one.state.value)
        event.add("transp", "OPAQUE" if timed else "TRANSPARENT")
        if one.place:
            event.add("location", clean(one.place))
        calendar.add_component(event)
    if any(one.at is not None for one in events):
        calendar.subcomponents.insert(0, _zone(zone))
    content: bytes = calendar.to_ical()
    return content


def _later(begins: datetime, minutes: int) -> datetime:
    """Return when it ends by the clock on the wall, also in the night the clocks are changed."""
    ends = begins.astimezone(UTC) + timedelta(minutes=minutes)
    return ends.astimezone(begins.tzinfo)


def _zone(name: str) -> Any:
    """Return when the clocks of Sweden and Norway are changed, so that no program has to know."""
    import icalendar  # noqa: PLC0415

    zone = icalendar.Timezone()
    zone.add("tzid", name)
    for kind, short, first, month, before, after in _BEGINS:
        part = icalendar.TimezoneDaylight() if kind == "DAYLIGHT" else icalendar.TimezoneStandard()
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", short)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
