"""What is done with an order by one button; each can be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from gdprdesk.domain.terms import BookingState
from gdprdesk.i18n import _
from gdprdesk.services.bookings import BookingRow, set_booking_paid, set_booking_state
from gdprdesk_ui.context import PageContext


def hand_out(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """The order was fetched."""
    _move(context, row, BookingState.COMPLETED, _("Order {number} is handed out"), button)


def confirm(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """The order is to be made: an enquiry was answered, or it was not handed out after all."""
    _move(context, row, BookingState.CONFIRMED, _("Order {number} is confirmed"), button)


def cancel(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """The order is not wanted any more."""
    _move(context, row, BookingState.CANCELLED, _("Order {number} is cancelled"), button)


def pay_today(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """The order was paid today."""
    words = _("Order {number} is paid").format(number=row.number)
    desk, day = context.desk, context.today
    context.perform(
        lambda _progress: desk.run(set_booking_paid, ref=row.ref, paid_on=day),
        lambda _none: context.toast(words, undoable=True),
        button=button,
    )


def _move(
    context: PageContext, row: BookingRow, state: BookingState, words: str, button: QAbstractButton
) -> None:
    said, desk = words.format(number=row.number), context.desk
    context.perform(
        lambda _progress: desk.run(set_booking_state, ref=row.ref, state=state),
        lambda _none: context.toast(said, undoable=True),
        button=button,
    )
