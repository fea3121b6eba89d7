"""What is done with an order by one button; each can be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from gdprdesk.domain.terms import BookingState, PaidBy
from gdprdesk.i18n import _
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk_ui.context import PageContext


def hand_out(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """The order was fetched, or the visit is over."""
    words = context.names.either(_("Order {number} is handed out"), _("Booking {number} is done"))
    _move(context, row, BookingState.COMPLETED, words, button)


def confirm(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """The order is to be made: an enquiry was answered, or it was not handed out after all."""
    words = context.names.either(
        _("Order {number} is confirmed"), _("Booking {number} is confirmed")
    )
    _move(context, row, BookingState.CONFIRMED, words, button)


def cancel(
    context: PageContext, row: BookingRow, button: QAbstractButton, *, later: bool = False
) -> None:
    """The order is not wanted any more; nor are the later ones of its series, if that is said."""
    either = context.names.either
    words = (
        either(_("{number} and the later orders are cancelled"),
               _("{number} and the later bookings are cancelled"))
        if later
        else either(_("Order {number} is cancelled"), _("Booking {number} is cancelled"))
    )  # fmt: skip
    _move(context, row, BookingState.CANCELLED, words, button, later=later)


def note_no_show(context: PageContext, row: BookingRow, button: QAbstractButton) -> None:
    """Nobody came. That costs nobody anything."""
    words = context.names.either(
        _("Order {number} was not fetched"), _("Booking {number}: did not come")
    )
    _move(context, row, BookingState.NO_SHOW, words, button)


def pay_today(
    context: PageContext, row: BookingRow, button: QAbstractButton, way: PaidBy | None = None
) -> None:
    """The order was paid today."""
    said = context.names.either(_("Order {number} is paid"), _("Booking {number} is paid"))
    desk, day = context.desk, context.today
    context.perform(
        lambda _progress: desk.run(set_booking_paid, ref=row.ref, paid_on=day, paid_by=way),
        lambda _none: context.toast(said.format(number=row.number), undoable=True),
        button=button,
    )


def _move(
    context: PageContext,
    row: BookingRow,
    state: BookingState,
    words: str,
    button: QAbstractButton,
    *,
    later: bool = False,
) -> None:
    said, desk = words.format(number=row.number), context.desk
    context.perform(
        lambda _progress: desk.run(set_booking_state, ref=row.ref, state=state, later=later),
        lambda _none: context.toast(said, undoable=True),
        button=button,
    )
