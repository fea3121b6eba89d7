"""iCalendar (RFC 5545) as Google, Outlook, Apple and booking systems write it: one row an event.

What repeats is walked through within a year back and a year ahead. Times become those of Sweden
and Norway, who keep the same clock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from gdprdesk.clock import system_clock
from gdprdesk.domain.columns import Field
from gdprdesk.i18n import _, format_number
from gdprdesk.imports.encoding import find_encoding
from gdprdesk.imports.source import FileFormat, Grid, Limits, refusal
from gdprdesk.imports.table import gather
from gdprdesk.jobs import Progress

_ZONE = ZoneInfo("Europe/Stockholm")
_AROUND = timedelta(days=366)
_MOST_OF_A_SERIES = 400
_DAY_IN_MINUTES = 24 * 60
_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_LEFT_OUT = re.compile(r"(?:ATTACH|DESCRIPTION|X-ALT-DESC)[;:]", re.IGNORECASE)
_NO_PERSON = {"ROOM", "RESOURCE"}
_STATES = {"CANCELLED": "cancelled", "TENTATIVE": "enquiry"}
_FIELDS = (
    Field.ORDER,
    Field.ORDER_DAY,
    Field.ORDER_TIME,
    Field.ORDER_MINUTES,
    Field.ORDER_STATE,
    Field.NAME,
    Field.EMAIL,
)
_UNREADABLE = (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError)

_Person = tuple[str, str]
"""An e-mail address in small letters, and the name beside it."""


@dataclass(frozen=True, repr=False)
class _Event:
    """One occurrence; `people` are those who take part, who invited them last."""

    title: str
    on: date
    at: time | None
    minutes: int | None
    state: str
    people: tuple[_Person, ...]


@dataclass
class _Left:
    """What is left out on the way."""

    unreadable: int = 0
    often: int = 0
    guests: int = 0


def read_calendar(content: bytes, *, limits: Limits, progress: Progress) -> Grid:
    """Return the events of a calendar: title, day, time, minutes and who takes part.

    Raises:
        UnreadableFileError: It is damaged, there is no event in it, or there is too much.
    """
    encoding = find_encoding(content)
    left = _Left()
    parts = list(_components(content.decode(encoding, errors="replace")))
    changed = {_changed(part) for part in parts} - {None}
    events: list[_Event] = []
    for number, part in enumerate(parts, 1):
        progress.step(number, len(parts))
        try:
            events += _occurrences(part, changed, left)
        except _UNREADABLE:
            left.unreadable += 1
    if not events:
        raise refusal(
            _("There is no event in this calendar that can be read."),
            _("Save it once more in the program it comes from, and try again."),
        )
    events.sort(key=lambda one: (one.on, one.at or time()))
    owner = _owner(events)
    cells = [_cells(one, owner, left) for one in events]
    rows = gather(cells, limits=limits, progress=progress, total=len(cells))
    empty = ("",) * len(_FIELDS)
    return Grid(
        header=tuple(field.label for field in _FIELDS),
        rows=tuple((row + empty)[: len(_FIELDS)] for row in rows),
        first_row_number=1,
        file_format=FileFormat.CALENDAR,
        encoding=encoding,
        fields=tuple(field.value for field in _FIELDS),
        left_out=tuple(_remarks(left)),
    )


def _components(text: str) -> Iterator[Any]:
    """Walk the events of a file, without what is large and nothing that an order needs."""
    from icalendar import Calendar  # noqa: PLC0415  (heavy, seldom)

    lines, skipping = [], False
    for line in re.split(r"\r\n|\r|\n", text):
        skipping = _LEFT_OUT.match(line) is not None or (skipping and line[:1] in {" ", "\t"})
        if not skipping:
            lines.append(line)
    try:
        calendars = Calendar.from_ical("\r\n".join(lines), multiple=True)
        yield from (event for one in calendars for event in one.walk("VEVENT"))
    except _UNREADABLE as error:
        raise refusal(
            _("The calendar is damaged."),
            _("Save it once more in the program it comes from, and try again."),
        ) from error


def _changed(event: Any) -> tuple[str, date] | None:
    """Return which occurrence of a series an event is written anew for."""
    when = event.get("RECURRENCE-ID")
    return (str(event.get("UID")), _local(when.dt)[0]) if when is not None else None


def _occurrences(event: Any, changed: set[Any], left: _Left) -> Iterator[_Event]:
    begins = event["DTSTART"].dt
    one = _event(event, begins)
    rule = event.get("RRULE")
    if rule is None or _changed(event) is not None:
        yield one
        return
    rule = rule[0] if isinstance(rule, list) else rule
    if _OFTEN & {str(name).upper() for name in rule.get("FREQ", [])}:
        left.often += 1
        yield one
        return
    uid, without = str(event.get("UID")), set(_exceptions(event))
    for moment in _moments(rule, begins):
        on, at = _local(moment)
        if on not in without and (uid, on) not in changed:
            yield replace(one, on=on, at=at)


def _moments(rule: Any, begins: date | datetime) -> Iterator[date | datetime]:
    """Walk when something repeats, a year back and a year ahead."""
    whole_day = not isinstance(begins, datetime)
    start = begins if isinstance(begins, datetime) else datetime.combine(begins, time())
    zone, first = start.tzinfo, start.replace(tzinfo=None)
    if min(rule.get("INTERVAL", [1])) < 1:
        raise ValueError("it would never come to its next day")
    kept = {key: value for key, value in rule.items() if key not in {*_WITHIN_A_DAY, "UNTIL"}}
    text = type(rule)(kept).to_ical().decode()
    now = system_clock().astimezone(_ZONE).replace(tzinfo=None)
    until = min([now + _AROUND, *(_until(one, zone) for one in rule.get("UNTIL", []))])
    every = rrulestr(text, dtstart=first).xafter(now - _AROUND, inc=True)
    for number, moment in enumerate(takewhile(lambda one: one <= until, every)):
        if number == _MOST_OF_A_SERIES:
            return
        yield moment.date() if whole_day else moment.replace(tzinfo=zone)


def _until(said: date | datetime, zone: Any) -> datetime:
    """Return the last moment of a series on the clock it is written in."""
    if not isinstance(said, datetime):
        return datetime.combine(said, time.max)
    return said.astimezone(zone).replace(tzinfo=None) if said.tzinfo and zone else said


def _exceptions(event: Any) -> Iterator[date]:
    said = event.get("EXDATE") or []
    for some in said if isinstance(said, list) else [said]:
        yield from (_local(one.dt)[0] for one in some.dts)


def _event(event: Any, begins: date | datetime) -> _Event:
    on, at = _local(begins)
    return _Event(
        title=" ".join(str(event.get("SUMMARY", "")).split()),
        on=on,
        at=at,
        minutes=_minutes(event, begins),
        state=_STATES.get(str(event.get("STATUS", "")).upper(), ""),
        people=tuple(_people(event)),
    )


def _local(moment: date | datetime) -> tuple[date, time | None]:
    if not isinstance(moment, datetime):
        return moment, None
    if moment.tzinfo is not None:
        moment = moment.astimezone(_ZONE)
    return moment.date(), moment.time().replace(second=0, microsecond=0)


def _minutes(event: Any, begins: date | datetime) -> int | None:
    ends = event.get("DTEND")
    long = event["DURATION"].dt if "DURATION" in event else None
    if ends is not None and isinstance(begins, datetime) and isinstance(ends.dt, datetime):
        long = ends.dt.astimezone(UTC) - begins.astimezone(UTC) if begins.tzinfo else None
        long = ends.dt - begins if long is None else long
    minutes = int(long.total_seconds() // 60) if isinstance(long, timedelta) else 0
    return minutes if 0 < minutes < _DAY_IN_MINUTES else None


def _people(event: Any) -> Iterator[_Person]:
    said = event.get("ATTENDEE") or []
    invited = said if isinstance(said, list) else [said]
    organiser = event.get("ORGANIZER")
    for one in [*invited, *([organiser] if organiser is not None and invited else [])]:
        kind, address = one.params.get("CUTYPE", ""), str(one)
        email = re.sub("^mailto:", "", address, flags=re.IGNORECASE).strip().casefold()
        if "@" in email and str(kind).upper() not in _NO_PERSON:
            name = " ".join(str(one.params.get("CN", "")).split())
            yield email, "" if "@" in name else name


def _owner(events: Iterable[_Event]) -> str:
    """Return whose calendar it is: who takes part in most of what others take part in."""
    together = [{email for email, _name in one.people} for one in events if len(one.people) > 1]
    counted = Counter(email for one in together for email in one)
    if not counted:
        return ""
    email, count = counted.most_common(1)[0]
    if count > 1:
        return email
    return next(one.people[-1][0] for one in events if len(one.people) > 1)


def _cells(event: _Event, owner: str, left: _Left) -> list[str]:
    others = [one for one in dict(event.people).items() if one[0] != owner]
    left.guests += max(len(others) - 1, 0)
    email, name = others[0] if others else ("", "")
    at = event.at.isoformat("minutes") if event.at else ""
    minutes = str(event.minutes or "")
    called = name or email.partition("@")[0].replace(".", " ").title()
    return [event.title, event.on.isoformat(), at, minutes, event.state, called, email]


def _remarks(left: _Left) -> Iterator[str]:
    yield _(
        "Of each event the title, the day, the time and one who takes part are taken. "
        "Descriptions, places, reminders and files are left out."
    )
    if left.guests:
        yield _("More who take part are left out: {count}.").format(
            count=format_number(left.guests)
        )
    if left.often:
        yield _("Events that repeat several times a day come in once: {count}.").format(
            count=format_number(left.often)
        )
    if left.unreadable:
        yield _("Events that nobody can read are left out: {count}.").format(
            count=format_number(left.unreadable)
        )
