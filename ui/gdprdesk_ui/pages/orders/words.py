"""How an order and an invoice are said and shown."""

from __future__ import annotations

from datetime import date, time

from gdprdesk.domain.terms import BookingState, say
from gdprdesk.i18n import _, format_amount, format_day, ngettext
from gdprdesk.services.bookings import BookingRow
from gdprdesk.services.invoices import InvoiceRow
from gdprdesk_ui.dialogs.wanted import write_time
from gdprdesk_ui.models.cells import PillCell

_LONGEST_DIET = 18
_FALLEN = frozenset({BookingState.CANCELLED, BookingState.NO_SHOW})


def wanted_words(day: date | None, at: time | None, today: date) -> str:
    """Return when an order is wanted: "21 Nov 11:30"; empty if nobody has said."""
    said = format_day(day, short=True, today=today) if day else ""
    return " ".join(part for part in (said, write_time(at)) if part)


def paid_words(row: BookingRow, today: date) -> str:
    """Return when an order was paid, and how: "21 Nov, Swish"."""
    if row.paid_on is None and row.to_pay < row.total:
        return _("{amount} is still to be paid").format(amount=format_amount(row.to_pay))
    if row.paid_on is None:
        return _("No")
    day = format_day(row.paid_on, short=True, today=today)
    return f"{day}, {say(row.paid_by)}" if row.paid_by else day


def order_pill(row: BookingRow, today: date) -> PillCell:
    """Return how far an order has come, or what is wrong with it."""
    if row.state is BookingState.COMPLETED and row.is_unpaid:
        return PillCell(_not_paid(row, today), "warn", "banknote")
    if row.state is BookingState.CONFIRMED and row.wanted_on and row.wanted_on < today:
        late = _("Not marked") if row.minutes or row.practitioner else _("Not fetched")
        return PillCell(late, "danger", "clock")
    if row.is_invoiced and row.state not in _FALLEN:
        numbered = _("Invoice {number}").format(number=row.invoice_number)
        said = numbered if row.invoice_number else _("Invoice")
        return PillCell(said, "neutral", "receipt-text")
    if row.paid_on and row.state not in _FALLEN:
        return PillCell(_("Paid"), "accent", "check")
    tones: dict[BookingState, PillCell] = {
        BookingState.ENQUIRY: PillCell(say(row.state), "info", "message-circle"),
        BookingState.CONFIRMED: PillCell(say(row.state), "info", "calendar-check"),
        BookingState.COMPLETED: PillCell(say(row.state), "accent", "check"),
        BookingState.CANCELLED: PillCell(say(row.state), "neutral", "ban"),
        BookingState.NO_SHOW: PillCell(say(row.state), "neutral", "user-x"),
    }
    return tones[row.state]


def _not_paid(row: BookingRow, today: date) -> str:
    """Return that an order is not paid, and since how many days."""
    days = (today - row.completed_on).days if row.completed_on else 0
    if not days:
        return _("Not paid")
    return ngettext("Not paid, {count} day", "Not paid, {count} days", days).format(count=days)


def invoice_pill(row: InvoiceRow) -> PillCell:
    """Return whether an invoice is paid, due or overdue."""
    if row.paid_on:
        return PillCell(_("Paid"), "accent", "check")
    if row.is_overdue:
        return PillCell(_("Overdue"), "danger", "clock")
    return PillCell(_("Not paid yet"), "neutral", "receipt-text")


def diet_words(diet: str) -> str:
    """Return a diet for a pill; a long one is only said to be there."""
    return diet if len(diet) <= _LONGEST_DIET else _("Special diet")
