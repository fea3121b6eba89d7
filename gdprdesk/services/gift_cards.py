"""Gift cards: sold, used, stopped; and how much is still to be honoured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.gift_cards import GiftCard, checked_amount
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BookingState, PaidBy, Permission, SubjectState
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import activity_for, find_record, find_subject, today_of
from gdprdesk.services.numbering import give_number, is_number_taken, use_number
from gdprdesk.services.order_changes import is_settled, settle
from gdprdesk.services.order_taking import paid_by_cards
from gdprdesk.services.paging import Page, window
from gdprdesk.services.permissions import may
from gdprdesk.services.registry import action, query
from gdprdesk.services.standing import only_stored
from gdprdesk.store.search import containing
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class UseRow:
    """What was paid with a card; the number of the order is empty if it is gone, or was none."""

    on: date
    amount: Decimal
    booking_ref: RecordRef | None
    order_number: str


@dataclass(frozen=True, repr=False)
class GiftCardRow:
    """A gift card as a list shows it.

    Attributes:
        left: What has not been used of it.
        buyer: Who bought it, if that was written down, for whoever may see people; if her data
            are only stored, that.
        is_usable: Whether something can be paid with it today.
        void_reason: Why it is stopped; empty if it is not.
    """

    ref: RecordRef
    number: str
    amount: Decimal
    left: Decimal
    sold_on: date
    valid_until: date | None
    is_usable: bool
    voided_on: date | None
    void_reason: str
    buyer: str
    subject_ref: SubjectRef | None
    uses: tuple[UseRow, ...]


@dataclass(frozen=True, repr=False)
class Outstanding:
    """What the business still owes to whoever has a card: how many cards, and how much in all."""

    cards: int
    left: Decimal


@action("gift_card.sell", N_("Sold gift card"), needs=Permission.ORDERS)
def sell_gift_card(
    work: UnitOfWork,
    *,
    amount: Decimal,
    number: str = "",
    sold_on: date | None = None,
    valid_until: date | None = None,
    subject_ref: SubjectRef | None = None,
) -> RecordRef:
    """Write down a gift card that was sold, by its number; whose it is need not be known.

    Args:
        work: The transaction.
        amount: What it is worth.
        number: As it stands on a printed card; without it the register counts.
        sold_on: When; today, if nothing is said.
        valid_until: The last day it may be used, if the business sets one.
        subject_ref: Who bought it, if she wants that to be known.

    Raises:
        DomainError: There is such a card already, or a day or the amount cannot be right.
    """
    subject = find_subject(work.session, subject_ref) if subject_ref else None
    day = sold_on or work.today
    _check_days(day, valid_until, work.today)
    card = GiftCard(
        subject_id=subject.id if subject else None,
        activity_id=activity_for(work.session, GiftCard).id,
        recorded_on=work.today,
        number=_number(work.session, number),
        amount=str(checked_amount(amount)),
        sold_on=day,
        valid_until=valid_until,
    )
    work.session.add(card)
    return card.ref


@action("gift_card.use", N_("Used gift card"), of_restricted=True, needs=Permission.ORDERS)
def use_gift_card(
    work: UnitOfWork, *, number: str, amount: Decimal, booking_ref: RecordRef | None = None
) -> Decimal:
    """Pay with a gift card, at most what is left on it; return what is left then.

    Raises:
        DomainError: There is no such card, it is stopped or has run out, there is less on it, or
            less of the order is to be paid.
    """
    card = _by_number(work.session, number)
    if booking_ref is not None and amount > _to_pay(work.session, booking_ref):
        raise _nothing_to_pay()
    card.use(amount, work.today, booking_ref)
    return card.left


@action("gift_card.pay_order", N_("Paid order"), of_restricted=True, needs=Permission.ORDERS)
def pay_with_card(work: UnitOfWork, *, ref: RecordRef, number: str) -> Decimal:
    """Pay an order with a gift card, as far as it reaches; return what is still to be paid.

    If nothing is, the order is paid today.

    Raises:
        DomainError: There is nothing to pay, or nothing can be paid with this card.
    """
    booking, card = find_record(work.session, Booking, ref), _by_number(work.session, number)
    to_pay = _to_pay(work.session, ref)
    if to_pay <= 0:
        raise _nothing_to_pay()
    taken = min(to_pay, card.left) or to_pay
    card.use(taken, work.today, ref)
    if taken == to_pay:
        settle(work, booking, work.today, PaidBy.GIFT_CARD)
    return to_pay - taken


@action(
    "gift_card.take_back",
    N_("Use of gift card taken back"),
    of_restricted=True,
    needs=Permission.ORDERS,
)
def take_back_use(work: UnitOfWork, *, ref: RecordRef, place: int) -> Decimal:
    """Put back what one use took from a card, the first being 0; return what is left then.

    An order that the card had paid, in part or whole, is not paid any more.
    """
    card = find_record(work.session, GiftCard, ref)
    use = card.take_back(place)
    paid = select(Booking).where(Booking.ref == use["booking"], Booking.paid_on.is_not(None))
    for booking in work.session.scalars(paid):
        settle(work, booking, None, None)
    return card.left


@action("gift_card.void", N_("Stopped gift card"), of_restricted=True, needs=Permission.ORDERS)
def void_gift_card(work: UnitOfWork, *, ref: RecordRef, reason: str) -> None:
    """Stop a card that is lost or was sold by mistake; nothing can be paid with it any more."""
    find_record(work.session, GiftCard, ref).void(work.today, reason)


@action("gift_card.extend", N_("Changed gift card"), of_restricted=True, needs=Permission.ORDERS)
def set_last_day(work: UnitOfWork, *, ref: RecordRef, valid_until: date | None) -> None:
    """Choose until when a card may be used; no day: without end."""
    card = find_record(work.session, GiftCard, ref)
    _check_days(card.sold_on, valid_until, work.today)
    card.valid_until = valid_until


@action("gift_card.set_buyer", N_("Changed gift card"), needs=Permission.PEOPLE)
def set_buyer(work: UnitOfWork, *, ref: RecordRef, subject_ref: SubjectRef | None) -> None:
    """Write down who bought a card, or take her name away: the number is enough."""
    card = find_record(work.session, GiftCard, ref)
    card.subject_id = find_subject(work.session, subject_ref).id if subject_ref else None


@query("gift_card.list", needs=Permission.ORDERS)
def list_gift_cards(
    read: Session, *, search: str = "", open_only: bool = True, offset: int = 0, limit: int = 50
) -> Page[GiftCardRow]:
    """Return one page of the gift cards, the latest sold first.

    Args:
        read: The open register.
        search: A part of the number, or of the name of who bought it.
        open_only: Leave out what is used up, stopped or has run out.
        offset: How many rows come before the page.
        limit: How many rows the page has.
    """
    found = _joined().order_by(GiftCard.sold_on.desc(), GiftCard.id.desc())
    if search.strip():
        names = (DataSubject.name,) if may(read, Permission.PEOPLE) else ()
        found = found.where(containing(search, GiftCard.number, *names))
    rows = _rows(read, found)
    shown = [row for row in rows if row.is_usable or not open_only]
    first, count = window(offset, limit)
    return Page(tuple(shown[first : first + count]), len(shown))


@query("gift_card.show", needs=Permission.ORDERS)
def show_gift_card(read: Session, *, number: str) -> GiftCardRow:
    """Return the card of a number.

    Raises:
        NotFoundError: There is none.
    """
    card = _by_number(read, number)
    return next(iter(_rows(read, _joined().where(GiftCard.id == card.id))))


@query("gift_card.outstanding", needs=Permission.ORDERS)
def show_outstanding(read: Session) -> Outstanding:
    """Return what is left on all cards that can be used today: a debt, which the books show."""
    today = today_of(read)
    usable = [one.left for one in read.scalars(select(GiftCard)) if one.is_usable(today)]
    return Outstanding(len(usable), sum(usable, Decimal("0.00")))


def _number(session: Session, typed: str) -> str:
    number = "".join(typed.split()).upper()
    if not number:
        return give_number(session, GiftCard)
    if is_number_taken(session, GiftCard, number):
        raise DomainError(
            _(
                "There is a gift card {number} already. Nothing was saved. Look at the number."
            ).format(number=number)
        )
    return use_number(session, GiftCard, number)


def _to_pay(session: Session, ref: RecordRef) -> Decimal:
    """Return what of an order is still to be paid; nothing if it, or its invoice, is paid."""
    booking = find_record(session, Booking, ref)
    if booking.state is BookingState.CANCELLED or is_settled(session, booking):
        return Decimal("0.00")
    return booking.total - paid_by_cards(session, ref)


def _nothing_to_pay() -> DomainError:
    return DomainError(_("There is nothing left to pay of this. Nothing was changed."))


def _by_number(session: Session, typed: str) -> GiftCard:
    number = "".join(typed.split()).upper()
    card = session.scalar(select(GiftCard).where(GiftCard.number == number))
    if card is None:
        raise NotFoundError(
            _("There is no gift card {number}. Nothing was changed. Look at the number.").format(
                number=number
            )
        )
    return card


def _check_days(sold_on: date, valid_until: date | None, today: date) -> None:
    if sold_on > today:
        raise DomainError(_("This day has not come yet. Nothing was saved."))
    if valid_until is not None and valid_until < sold_on:
        raise DomainError(_("A card cannot end before it is sold. Nothing was saved."))


def _joined() -> Select[*tuple[Any, ...]]:
    return select(GiftCard, DataSubject.ref, DataSubject.name, DataSubject.restricted_on).outerjoin(
        DataSubject,
        (DataSubject.id == GiftCard.subject_id) & (DataSubject.state == SubjectState.ACTIVE),
    )


def _rows(read: Session, found: Select[*tuple[Any, ...]]) -> list[GiftCardRow]:
    known = read.execute(found).all()
    numbers = _order_numbers(read, (one[0] for one in known))
    today, with_people = today_of(read), may(read, Permission.PEOPLE)
    return [
        GiftCardRow(
            ref=card.ref,
            number=card.number,
            amount=Decimal(card.amount),
            left=card.left,
            sold_on=card.sold_on,
            valid_until=card.valid_until,
            is_usable=card.is_usable(today),
            voided_on=card.voided_on,
            void_reason=card.void_reason,
            buyer=_buyer(name, restricted_on) if with_people else "",
            subject_ref=subject_ref if with_people else None,
            uses=tuple(
                UseRow(
                    on=date.fromisoformat(use["on"]),
                    amount=Decimal(use["amount"]),
                    booking_ref=use["booking"],
                    order_number=numbers.get(use["booking"], ""),
                )
                for use in card.uses
            ),
        )
        for card, subject_ref, name, restricted_on in known
    ]


def _buyer(name: str | None, restricted_on: date | None) -> str:
    return only_stored() if restricted_on is not None else name or ""


def _order_numbers(read: Session, cards: Iterable[GiftCard]) -> Mapping[RecordRef | None, str]:
    refs = {use["booking"] for card in cards for use in card.uses if use["booking"]}
    found = select(Booking.ref, Booking.number).where(Booking.ref.in_(refs))
    return dict(read.execute(found).all()) if refs else {}
