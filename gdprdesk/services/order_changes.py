"""What becomes of an order: delivered, cancelled, missed, paid, or found to be somebody's."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.bookings import Booking, DietNote
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.terms import BookingState, PaidBy, Permission
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import controller_of, find_record
from gdprdesk.services.order_taking import OPEN, Newcomer, customer_of, later_in_series
from gdprdesk.services.permissions import must, permissions_of
from gdprdesk.services.registry import action, query
from gdprdesk.store.hiding import hiding
from gdprdesk.store.unit_of_work import UnitOfWork

_COMMON = (PaidBy.CARD, PaidBy.CASH, PaidBy.TRANSFER, PaidBy.INVOICE, PaidBy.GIFT_CARD)
_OFF = (BookingState.CANCELLED, BookingState.NO_SHOW)
_BY_PHONE = {"SE": PaidBy.SWISH, "NO": PaidBy.VIPPS}


@action("booking.set_state", N_("Changed order"), of_restricted=True, needs=Permission.ORDERS)
def set_booking_state(
    work: UnitOfWork, *, ref: RecordRef, state: BookingState, later: bool = False
) -> None:
    """Confirm, deliver or cancel an order; delivering starts the clock of its erasure.

    Whoever did not come owes nothing by that. With `later`, the open orders after it in its series
    are cancelled or opened alike.

    Raises:
        DomainError: Somebody is said not to have come on a day that has not come either, or what
            is off was paid with a gift card, whose money would be lost.
    """
    booking = find_record(work.session, Booking, ref)
    if state is BookingState.NO_SHOW and booking.wanted_on and booking.wanted_on > work.today:
        raise DomainError(
            _(
                "Nobody has stayed away on a day that has not come. Nothing was changed. Cancel it "
                "if it is not wanted any more."
            )
        )
    for one in (booking, *(later_in_series(work.session, booking) if later else ())):
        _set_state(work, one, state)


def _set_state(work: UnitOfWork, booking: Booking, state: BookingState) -> None:
    if state in _OFF:
        _check_cards(work.session, booking)
    booking.state = state
    booking.completed_on = work.today if state is BookingState.COMPLETED else None
    for diet in _diets(work.session, booking):
        diet.served_on = None if state in OPEN else work.today


def _check_cards(session: Session, booking: Booking) -> None:
    """Refuse while a gift card has paid for an order, in part or whole: that money would be lost.

    Raises:
        DomainError: One has.
    """
    for card in session.scalars(select(GiftCard)):
        if any(use["booking"] == booking.ref for use in card.uses):
            raise DomainError(
                _(
                    "Order {number} was paid with gift card {card}. Nothing was changed. Open the "
                    "card and put the payment back first; then the money is on it again."
                ).format(number=booking.number, card=card.number)
            )


@action("booking.set_paid", N_("Paid order"), of_restricted=True, needs=Permission.ORDERS)
def set_booking_paid(
    work: UnitOfWork, *, ref: RecordRef, paid_on: date | None, paid_by: PaidBy | None = None
) -> None:
    """Write down on which day an order was paid, and how; no day takes it back.

    An invoice of it is paid, or open again, with it.
    """
    booking = find_record(work.session, Booking, ref)
    if paid_on is not None and paid_on > work.today:
        raise DomainError(_("Nobody has paid on a day that has not come. Look at the day again."))
    settle(work, booking, paid_on, paid_by)


def settle(
    work: UnitOfWork, booking: Booking, paid_on: date | None, paid_by: PaidBy | None
) -> None:
    """Let an order be paid or open, and its invoice as well, or she is asked to pay it again."""
    booking.paid_on = paid_on
    booking.paid_by = paid_by if paid_on else None
    with hiding(work.session, ()):  # also by whoever sees no invoices
        asked = select(Invoice).where(Invoice.ref == booking.invoice_ref)
        for invoice in work.session.scalars(asked):
            invoice.paid_on = paid_on


def is_settled(session: Session, booking: Booking) -> bool:
    """Return whether an order is paid, or its invoice is, also for whoever sees no invoices."""
    with hiding(session, ()):
        paid = select(Invoice.id).where(
            Invoice.ref == booking.invoice_ref, Invoice.paid_on.is_not(None)
        )
        return booking.paid_on is not None or session.scalar(paid) is not None


@query("booking.pay_ways", needs=Permission.ORDERS)
def list_pay_ways(read: Session) -> tuple[PaidBy, ...]:
    """Return how one can say that an order was paid, what is usual in the country first."""
    return (_BY_PHONE[controller_of(read).country], *_COMMON)


@action("booking.join_person", N_("Order given to a person"), needs=Permission.ORDERS)
def join_person(
    work: UnitOfWork,
    *,
    ref: RecordRef,
    subject_ref: SubjectRef | None = None,
    newcomer: Newcomer | None = None,
) -> None:
    """Put an order of nobody on a person's page, because she wants it there.

    Raises:
        DomainError: It has a person or a company, or nobody is named.
        NotAllowedError: Whoever does this may not see people.
    """
    must(permissions_of(work.session), Permission.PEOPLE)
    booking = find_record(work.session, Booking, ref)
    if booking.subject_id is not None or booking.company_id is not None:
        raise DomainError(_("This order is somebody's already. Nothing was changed."))
    subject = customer_of(work, subject_ref, newcomer)
    if subject is None:
        raise DomainError(_("Say whose order it is. Nothing was changed."))
    booking.subject_id, booking.first_name = subject.id, ""
    for diet in _diets(work.session, booking):
        diet.subject_id = subject.id


def _diets(session: Session, booking: Booking) -> list[DietNote]:
    return list(session.scalars(select(DietNote).where(DietNote.booking_ref == booking.ref)))
