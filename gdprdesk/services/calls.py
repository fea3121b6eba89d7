"""Calls and messages: written down, tied to a person and an order, and found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.calls import Call
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    BookingState,
    Channel,
    ContactKind,
    Direction,
    Permission,
    SubjectState,
)
from gdprdesk.domain.text import digits, is_number
from gdprdesk.i18n import N_, _
from gdprdesk.services.contacts import normalise
from gdprdesk.services.finding import activity_for, controller_of, find_record, find_subject
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.paging import Page, window
from gdprdesk.services.permissions import may
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import only_stored
from gdprdesk.services.subjects import DuplicateRow, find_duplicates
from gdprdesk.store.search import containing
from gdprdesk.store.unit_of_work import UnitOfWork

_LONGEST_CALL = 24 * 60


@dataclass(frozen=True, repr=False)
class CallRow:
    """A call or a message as a list shows it.

    Attributes:
        who: Whom it is of, if that is known; subject_ref leads to her page, for whoever may. If
            her data are only stored it says so, and number and summary are empty.
        booking_ref: The order it is tied to, with its number.
    """

    ref: RecordRef
    on: date
    at: time | None
    channel: Channel
    direction: Direction
    number: str
    who: str
    subject_ref: SubjectRef | None
    minutes: int | None
    summary: str
    booking_ref: RecordRef | None
    booking_number: str


@action("call.add", N_("New call or message"), needs=Permission.ORDERS)
def add_call(
    work: UnitOfWork,
    *,
    number: str = "",
    summary: str = "",
    channel: Channel = Channel.PHONE,
    direction: Direction = Direction.IN,
    called_on: date | None = None,
    called_at: time | None = None,
    minutes: int | None = None,
    subject_ref: SubjectRef | None = None,
    booking_ref: RecordRef | None = None,
) -> RecordRef:
    """Write down a call or a message, of somebody in the register or of nobody.

    Raises:
        DomainError: It says neither who nor what, the day has not come, or it took longer than
            a day.
    """
    subject = find_subject(work.session, subject_ref) if subject_ref else None
    if not (number.strip() or summary.strip() or subject):
        raise DomainError(_("Write who it was, or what it was about. Nothing was saved."))
    if booking_ref is not None:
        find_record(work.session, Booking, booking_ref)
    _check(called_on, minutes, work.today)
    shown, normal = _compared(work.session, number)
    call = Call(
        subject_id=subject.id if subject else None,
        activity_id=activity_for(work.session, Call).id,
        recorded_on=work.today,
        called_on=called_on or work.today,
        channel=channel,
        direction=direction,
        number=shown,
        normal=normal,
        called_at=called_at,
        minutes=minutes,
        summary=summary.strip(),
        booking_ref=booking_ref,
    )
    work.session.add(call)
    return call.ref


@action("call.update", N_("Changed call or message"), needs=Permission.ORDERS)
def update_call(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    number: str | None = None,
    summary: str | None = None,
    channel: Channel | None = None,
    direction: Direction | None = None,
    called_on: date | None = None,
    called_at: time | None = None,
    minutes: int | None = None,
) -> None:
    """Change a call or a message; what is not given stays."""
    call = find_record(work.session, Call, ref)
    _check(called_on, minutes, work.today)
    if number is not None:
        call.number, call.normal = _compared(work.session, number)
    if summary is not None:
        call.summary = summary.strip()
    call.channel, call.direction = channel or call.channel, direction or call.direction
    call.called_on, call.called_at = called_on or call.called_on, called_at or call.called_at
    call.minutes = call.minutes if minutes is None else minutes


@action("call.set_person", N_("Changed call or message"), needs=Permission.PEOPLE)
def set_caller(work: UnitOfWork, *, ref: RecordRef, subject_ref: SubjectRef | None) -> None:
    """Say whom a call was of, or that nobody knows."""
    call = find_record(work.session, Call, ref)
    call.subject_id = find_subject(work.session, subject_ref).id if subject_ref else None


@action("call.link", N_("Call tied to order"), needs=Permission.ORDERS)
def link_call(work: UnitOfWork, *, ref: RecordRef, booking_ref: RecordRef | None) -> None:
    """Tie a call to the order it was about; none: it is about no order."""
    call = find_record(work.session, Call, ref)
    if booking_ref is not None:
        find_record(work.session, Booking, booking_ref)
    call.booking_ref = booking_ref


@action("call.make_order", N_("New order"), needs=Permission.ORDERS)
def order_from_call(
    work: UnitOfWork, *, ref: RecordRef, what: str = "", wanted_on: date | None = None
) -> RecordRef:
    """Make an order of a call, an enquiry as yet, of whoever called; the two are tied.

    Args:
        work: The transaction.
        ref: The call.
        what: What is ordered; without it, what the call was about.
        wanted_on: For which day.

    Raises:
        DomainError: It has become an order already, or says nothing of what is wanted.
    """
    call = find_record(work.session, Call, ref)
    if call.booking_ref is not None:
        raise DomainError(_("This has become an order already. Nothing was changed."))
    caller = work.session.get(DataSubject, call.subject_id) if call.subject_id else None
    made = add_booking(
        work,
        what=what or call.summary,
        subject_ref=caller.ref if caller else None,
        channel=call.channel,
        wanted_on=wanted_on,
        state=BookingState.ENQUIRY,
    )
    call.booking_ref = made
    return made


@action("call.remove", N_("Removed call or message"), needs=Permission.ORDERS)
def remove_call(work: UnitOfWork, *, ref: RecordRef) -> None:
    """Take a call or a message out of the register."""
    work.session.delete(find_record(work.session, Call, ref))


@query("call.match", needs=Permission.PEOPLE)
def match_caller(read: Session, *, number: str) -> tuple[DuplicateRow, ...]:
    """Return who in the register has a number or address: she, or somebody who shares it."""
    kind = _kind_of(number)
    if kind is ContactKind.EMAIL:
        return find_duplicates(read, email=number)
    return find_duplicates(read, phone=number) if kind is ContactKind.PHONE else ()


@query("call.list", needs=Permission.ORDERS)
def list_calls(
    read: Session,
    *,
    search: str = "",
    subject_ref: SubjectRef | None = None,
    booking_ref: RecordRef | None = None,
    offset: int = 0,
    limit: int = 50,
) -> Page[CallRow]:
    """Return one page of the calls and messages, the latest first.

    Args:
        read: The open register.
        search: Words of the number, the summary or the name; or three or more digits of a number.
        subject_ref: Only of this person.
        booking_ref: Only about this order.
        offset: How many rows come before the page.
        limit: How many rows the page has.
    """
    conditions: list[ColumnElement[bool]] = [
        DataSubject.id.is_(None) | (DataSubject.state == SubjectState.ACTIVE)
    ]
    if subject_ref is not None:
        conditions.append(Call.subject_id == find_subject(read, subject_ref).id)
    if booking_ref is not None:
        conditions.append(Call.booking_ref == booking_ref)
    if search.strip():
        conditions.append(_found_by(read, search))
    found = _joined().where(*conditions)
    total = read.scalar(select(func.count()).select_from(found.subquery())) or 0
    first, count = window(offset, limit)
    latest = (Call.called_on.desc(), Call.called_at.desc(), Call.id.desc())
    rows = read.execute(found.order_by(*latest).offset(first).limit(count))
    with_people = may(read, Permission.PEOPLE)
    return Page(tuple(_row(one, with_people=with_people) for one in rows), total)


def _row(found: Any, *, with_people: bool) -> CallRow:
    call, subject_ref, name, booking_number, restricted_on = found
    is_stored = restricted_on is not None
    return CallRow(
        ref=call.ref,
        on=call.called_on,
        at=call.called_at,
        channel=call.channel,
        direction=call.direction,
        number="" if is_stored else call.number,
        who=only_stored() if is_stored else (name or "") if with_people else "",
        subject_ref=subject_ref if with_people else None,
        minutes=call.minutes,
        summary="" if is_stored else call.summary,
        booking_ref=call.booking_ref if booking_number else None,
        booking_number=booking_number or "",
    )


def _joined() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Call,
            DataSubject.ref,
            DataSubject.name,
            Booking.number.label("booking_number"),
            DataSubject.restricted_on,
        )
        .outerjoin(DataSubject, DataSubject.id == Call.subject_id)
        .outerjoin(Booking, Booking.ref == Call.booking_ref)
    )


def _found_by(read: Session, search: str) -> ColumnElement[bool]:
    typed = digits(search)
    if is_number(search.strip()):
        bare = func.replace(func.replace(Call.number, "-", ""), " ", "")
        return or_(bare.contains(typed), Call.normal.contains(typed), Booking.number == typed)
    names = (DataSubject.name,) if may(read, Permission.PEOPLE) else ()
    return containing(search, Call.number, Call.summary, *names)


def _kind_of(number: str) -> ContactKind | None:
    if "@" in number:
        return ContactKind.EMAIL
    return ContactKind.PHONE if digits(number) else None


def _compared(session: Session, number: str) -> tuple[str, str]:
    """Return a number or address as people read it and as it is compared; anything is a number.

    A hidden number, an inside number and a name on Messenger are kept as they are typed.
    """
    kind, typed = _kind_of(number), " ".join(number.split())
    if kind is None:
        return typed, ""
    try:
        return normalise(kind, typed, controller_of(session).country)
    except DomainError:
        return typed, ""


def _check(called_on: date | None, minutes: int | None, today: date) -> None:
    if called_on is not None and called_on > today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if minutes is not None and not 0 <= minutes <= _LONGEST_CALL:
        raise DomainError(_("A call takes at most a day. Nothing was saved. Look at the minutes."))
