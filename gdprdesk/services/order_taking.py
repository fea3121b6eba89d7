"""Orders and visits, as they are taken and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import CompanyRef, RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking, Guest
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.money import Line
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, Channel, FormField, Permission
from gdprdesk.i18n import N_, _, format_amount
from gdprdesk.services.diets import change_diet
from gdprdesk.services.finding import activity_for, find_company, find_record, find_subject
from gdprdesk.services.form_fields import require_field
from gdprdesk.services.numbering import give_number
from gdprdesk.services.order_lines import LineEntry, make_lines
from gdprdesk.services.permissions import must, permissions_of
from gdprdesk.services.registry import action
from gdprdesk.services.subjects import register_subject
from gdprdesk.store.unit_of_work import UnitOfWork

T = TypeVar("T")

_MOST_MINUTES = 24 * 60
_MOST_GUESTS = 500
_LONGEST_NAME = 60
OPEN = (BookingState.ENQUIRY, BookingState.CONFIRMED)


@dataclass(frozen=True, repr=False)
class Newcomer:
    """Somebody who orders for the first time, and how to reach her."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, repr=False)
class GuestEntry:
    """A line under a group's order: "3 gluten-free portions", and a remark. It is no person."""

    text: str
    note: str = ""


@action("booking.add", N_("New order"), needs=Permission.ORDERS)
def add_booking(
    work: UnitOfWork,
    *,
    what: str,
    subject_ref: SubjectRef | None = None,
    company_ref: CompanyRef | None = None,
    newcomer: Newcomer | None = None,
    first_name: str = "",
    lines: tuple[LineEntry, ...] = (),
    guests: tuple[GuestEntry, ...] = (),
    note: str = "",
    diet: str = "",
    channel: Channel = Channel.IN_PERSON,
    wanted_on: date | None = None,
    wanted_at: time | None = None,
    minutes: int | None = None,
    practitioner: str = "",
    room: str = "",
    state: BookingState = BookingState.CONFIRMED,
) -> RecordRef:
    """Write down an order of a person, a company or a passer-by.

    A newcomer becomes a person in the register together with her order; a first name alone makes
    nobody a person. A special diet is health data: give it only after the guest has said yes to
    its being kept.

    Raises:
        DomainError: It says nothing, or a length, a name or an amount cannot be right.
        NotAllowedError: It has a newcomer or a diet, and whoever does this may not see such.
    """
    subject = customer_of(work, subject_ref, newcomer)
    company = find_company(work.session, company_ref) if company_ref else None
    require_order_fields(work.session, None, note, wanted_at)
    made = make_lines(lines)
    booking = Booking(
        subject_id=subject.id if subject else None,
        activity_id=activity_for(work.session, Booking).id,
        recorded_on=work.today,
        number=give_number(work.session, Booking),
        what=_checked_what(what, made),
        first_name="" if subject or company else _checked_first_name(first_name),
        note=note.strip(),
        lines=made,
        guests=_made_guests(guests),
        channel=channel,
        state=state,
        wanted_on=wanted_on,
        wanted_at=wanted_at,
        minutes=_checked_minutes(minutes),
        practitioner=practitioner.strip(),
        room=_plain(room),
        completed_on=work.today if state is BookingState.COMPLETED else None,
        company_id=company.id if company else None,
    )
    work.session.add(booking)
    change_diet(work.session, booking, diet)
    return booking.ref


@action("booking.update", N_("Changed order"), needs=Permission.ORDERS)
def update_booking(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    what: str | None = None,
    first_name: str | None = None,
    lines: tuple[LineEntry, ...] | None = None,
    guests: tuple[GuestEntry, ...] | None = None,
    note: str | None = None,
    diet: str | None = None,
    channel: Channel | None = None,
    wanted_on: date | None = None,
    wanted_at: time | None = None,
    minutes: int | None = None,
    practitioner: str | None = None,
    room: str | None = None,
    no_day: bool = False,
    no_time: bool = False,
    later: bool = False,
) -> None:
    """Change an order; what is not given stays as it is, what is empty goes.

    Args:
        work: The transaction.
        ref: The order.
        what: What it is about; nothing calls it by its lines.
        first_name: What a passer-by calls herself.
        lines: All its lines. What an invoice was made from can no longer change them.
        guests: All who come along, as lines of the order.
        note: What else the kitchen has to know.
        diet: What must not be in it; a new text only after the guest has said yes to it.
        channel: How it came.
        wanted_on: For which day.
        wanted_at: At what time.
        minutes: How long the visit is; 0 for what is only fetched.
        practitioner: Who receives the visitor; empty for anybody.
        room: Where; empty for anywhere.
        no_day: It is not known any more for which day.
        no_time: It is not known any more at what time.
        later: The later ones of its series change alike, and move by as many days. Their diets
            stay: each is asked for by itself.

    Raises:
        DomainError: The lines of an invoiced order are changed, it has neither text nor lines, or
            it would cost less than gift cards have paid of it.
    """
    booking = find_record(work.session, Booking, ref)
    require_order_fields(work.session, booking, note or "", wanted_at)
    made = None if lines is None else make_lines(lines)
    given: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "first_name": (first_name, _checked_first_name),
        "guests": (guests, _made_guests),
        "note": (note, str.strip),
        "channel": (channel, Channel),
        "wanted_at": (wanted_at, _same),
        "minutes": (minutes, _checked_minutes),
        "practitioner": (practitioner, str.strip),
        "room": (room, _plain),
    }
    changed = {name: make(value) for name, (value, make) in given.items() if value is not None}
    if no_time:
        changed["wanted_at"] = None
    following = later_in_series(work.session, booking) if later else ()
    for one in (booking, *following):
        _change(one, changed, what, made if one is booking or one.invoice_ref is None else None)
        if made is not None:
            _check_paid(work.session, one)
    before = booking.wanted_on
    after = None if no_day else wanted_on or before
    booking.wanted_on = after
    if before is not None and after is not None:
        _move(following, after - before)
    change_diet(work.session, booking, diet)


def later_in_series(session: Session, booking: Booking) -> tuple[Booking, ...]:
    """Return the open orders of a series after one of them."""
    if booking.series_ref is None or booking.wanted_on is None:
        return ()
    found = select(Booking).where(
        Booking.series_ref == booking.series_ref,
        Booking.wanted_on > booking.wanted_on,
        Booking.state.in_(OPEN),
    )
    return tuple(session.scalars(found.order_by(Booking.wanted_on)))


def paid_by_cards(session: Session, ref: RecordRef) -> Decimal:
    """Return what gift cards have paid of an order."""
    return all_paid_by_cards(session)[ref]


def all_paid_by_cards(session: Session) -> defaultdict[RecordRef, Decimal]:
    """Return what gift cards have paid of each order, by its ref."""
    paid = defaultdict[RecordRef, Decimal](lambda: Decimal("0.00"))
    for uses in session.scalars(select(GiftCard.uses)):
        for use in uses:
            if use["booking"] is not None:
                paid[use["booking"]] += Decimal(use["amount"])
    return paid


def require_order_fields(
    session: Session, known: Booking | None, note: str, wanted_at: time | None
) -> None:
    """Refuse a new note or time of an order if the register does not allow it."""
    if note.strip() and (known is None or note.strip() != known.note):
        require_field(session, FormField.ORDER_NOTE)
    if wanted_at is not None and (known is None or wanted_at != known.wanted_at):
        require_field(session, FormField.ORDER_TIME)


def customer_of(
    work: UnitOfWork, subject_ref: SubjectRef | None, newcomer: Newcomer | None
) -> DataSubject | None:
    """Return whose order it is; a newcomer becomes a person now."""
    if newcomer is not None:
        must(permissions_of(work.session), Permission.PEOPLE)
        subject_ref = register_subject(
            work, name=newcomer.name, phone=newcomer.phone, email=newcomer.email
        )
    return find_subject(work.session, subject_ref) if subject_ref else None


def _change(
    booking: Booking, changed: Mapping[str, Any], what: str | None, lines: list[Line] | None
) -> None:
    if lines is not None:
        _change_lines(booking, lines)
    if what is not None:
        booking.what = _checked_what(what, booking.lines)
    for name, value in changed.items():
        setattr(booking, name, value)


def _move(bookings: Iterable[Booking], by: timedelta) -> None:
    for one in bookings:
        if one.wanted_on is not None:
            one.wanted_on += by


def _made_guests(entries: tuple[GuestEntry, ...]) -> list[Guest]:
    """Return who comes along; a line without words is none."""
    plain = [(_plain(one.text), _plain(one.note)) for one in entries]
    made = [Guest(text=text, note=note) for text, note in plain if text or note]
    if len(made) > _MOST_GUESTS:
        raise DomainError(
            _(
                "A group has at most {count} lines. Nothing was saved. Write portions, such as "
                "“12 vegetarian”, instead of one line for each guest."
            ).format(count=_MOST_GUESTS)
        )
    return made


def _checked_first_name(name: str) -> str:
    plain = _plain(name)
    if len(plain) > _LONGEST_NAME:
        raise DomainError(_("A first name has at most 60 letters. Nothing was saved. Shorten it."))
    return plain


def _checked_minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 0 <= minutes <= _MOST_MINUTES:
        raise DomainError(
            _(
                "A visit is between 1 minute and 24 hours long. Nothing was saved. Write the "
                "minutes, such as 60, or leave it empty."
            )
        )
    return minutes or None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _same(value: T) -> T:
    return value


def _checked_what(what: str, lines: list[Line]) -> str:
    said = _plain(what) or ", ".join(line["text"] for line in lines)
    if not said:
        raise DomainError(_("Write what is ordered."))
    return said


def _change_lines(booking: Booking, lines: list[Line]) -> None:
    if booking.invoice_ref is not None and lines != booking.lines:
        raise DomainError(
            _(
                "This order has an invoice, so its lines stay as they are. Nothing was changed. "
                "Write a new order for what is to be added."
            )
        )
    booking.lines = lines


def _check_paid(session: Session, booking: Booking) -> None:
    """Refuse that an order costs less than gift cards have paid of it: the rest would be lost."""
    paid = paid_by_cards(session, booking.ref)
    if booking.total < paid:
        raise DomainError(
            _(
                "Gift cards have paid {paid} of order {number}, and it would cost {total}. Nothing "
                "was changed. Open the card and put the payment back first."
            ).format(
                paid=format_amount(paid),
                number=booking.number,
                total=format_amount(booking.total),
            )
        )
