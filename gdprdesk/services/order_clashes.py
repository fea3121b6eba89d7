"""Who and what a visit takes up: rooms, those who receive, and what is booked then already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, Permission, SubjectState
from gdprdesk.domain.visits import ends_at, overlap
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.staff_names import staff_name
from gdprdesk.services.staff_rows import working
from gdprdesk.services.templates import template
from gdprdesk.store.hiding import hiding

_TAKES_TIME = (BookingState.ENQUIRY, BookingState.CONFIRMED, BookingState.COMPLETED)


@dataclass(frozen=True, repr=False)
class Clash:
    """Another visit at the same time. It is a remark: the business knows why.

    Attributes:
        ref: The other order.
        sentence: Who or what is booked then, and until when.
    """

    ref: RecordRef
    sentence: str


@dataclass(frozen=True, repr=False)
class Receiver:
    """Somebody who can receive a visitor, as the key file knows her and by name."""

    staff_id: str
    name: str


@dataclass(frozen=True, repr=False)
class VisitChoices:
    """What can be chosen for a visit.

    Attributes:
        has_visits: The business has visits at all, so that a form asks for these.
        receivers: Who works here.
        rooms: The rooms there are.
    """

    has_visits: bool
    receivers: tuple[Receiver, ...]
    rooms: tuple[str, ...]


@query("booking.visit_choices", needs=Permission.ORDERS)
def list_visit_choices(read: Session) -> VisitChoices:
    """Return who can receive visitors, and where."""
    own = controller_of(read)
    with hiding(read, ()):  # a name to choose is not the list of the staff
        receivers = tuple(Receiver(one.staff_id, one.name) for one in working(read))
    has_visits = template(own.trade)["pages"]["visits"] or bool(own.rooms)
    return VisitChoices(has_visits, receivers, tuple(own.rooms))


@query("booking.clashes", needs=Permission.ORDERS)
def list_clashes(
    read: Session,
    *,
    wanted_on: date,
    wanted_at: time,
    minutes: int = 0,
    practitioner: str = "",
    room: str = "",
    apart_from: RecordRef | None = None,
) -> tuple[Clash, ...]:
    """Return what else is booked with somebody or in a room at a time.

    Args:
        read: The open register.
        wanted_on: The day.
        wanted_at: When it begins.
        minutes: How long it is.
        practitioner: Who receives; empty for anybody, who is never booked twice.
        room: Where.
        apart_from: The order that is being changed.
    """
    return clashes_of(
        read,
        wanted_on,
        wanted_at,
        minutes,
        practitioner=practitioner,
        room=room,
        apart_from=apart_from,
    )


def clashes_of(
    read: Session,
    day: date,
    at: time,
    minutes: int | None,
    *,
    practitioner: str = "",
    room: str = "",
    apart_from: RecordRef | None = None,
) -> tuple[Clash, ...]:
    """Return what else is booked with somebody or in a room at a time of a day."""
    same = [
        column == value
        for column, value in ((Booking.practitioner, practitioner), (Booking.room, room))
        if value
    ]
    if not same:
        return ()
    hidden = select(DataSubject.id).where(DataSubject.state != SubjectState.ACTIVE)
    found = read.scalars(
        select(Booking)
        .where(
            or_(*same),
            Booking.wanted_on == day,
            Booking.wanted_at.is_not(None),
            Booking.state.in_(_TAKES_TIME),
            Booking.ref != (apart_from or ""),
            or_(Booking.subject_id.is_(None), Booking.subject_id.not_in(hidden)),
        )
        .order_by(Booking.wanted_at, Booking.id)
    )
    return tuple(
        Clash(one.ref, _said(read, one, practitioner, room))
        for one in found
        if one.wanted_at and overlap(at, minutes or 0, one.wanted_at, one.minutes or 0)
    )


def _said(read: Session, other: Booking, practitioner: str, room: str) -> str:
    with_whom = practitioner and other.practitioner == practitioner
    who = staff_name(read, practitioner) if with_whom else room
    start = other.wanted_at or time()
    end = ends_at(start, other.minutes or 0)
    hours = f"{start:%H:%M}\N{EN DASH}{end:%H:%M}" if other.minutes else f"{start:%H:%M}"
    return _("{who} is booked {hours} already: {number}, {what}").format(
        who=who, hours=hours, number=other.number, what=other.what
    )
