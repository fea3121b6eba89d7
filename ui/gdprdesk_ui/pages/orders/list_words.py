"""What the page of the orders says about its list, of orders or of bookings."""

from __future__ import annotations

from datetime import date

from gdprdesk.i18n import _, format_day, format_money, format_number, ngettext
from gdprdesk.services.bookings import Owed
from gdprdesk.services.organisation import PageNames
from gdprdesk_ui.widgets import Button, EmptyState


def no_orders(names: PageNames, first: Button) -> EmptyState:
    """Return what is shown while there is no order at all."""
    return EmptyState(
        names.orders_icon,
        names.either(_("No orders yet"), _("No bookings yet")),
        names.either(
            _("Write down who wants what and when. It stands on Today until it is handed out."),
            _("Write down who comes and when. It stands on Today until it is done."),
        ),
        [first],
    )


def no_invoices() -> EmptyState:
    """Return what is shown while there is no invoice, to whoever sees nothing else."""
    return EmptyState(
        "receipt-text",
        _("No invoices yet"),
        _("An invoice is made from an order, by whoever takes orders."),
    )


def orders_words(names: PageNames, count: int) -> str:
    """Return how many orders there are."""
    said = names.either(
        ngettext("{count} order", "{count} orders", count),
        ngettext("{count} booking", "{count} bookings", count),
    )
    return said.format(count=format_number(count))


def owed_words(names: PageNames, owed: Owed, currency: str, today: date) -> str:
    """Return what is owed altogether: "3 orders, SEK1,200 together, the oldest since 3 Oct"."""
    said = orders_words(names, owed.count)
    if owed.since is None:
        return said
    return _("{orders}, {total} together, the oldest since {day}").format(
        orders=said,
        total=format_money(owed.total, currency),
        day=format_day(owed.since, short=True, today=today),
    )


def nothing_found(names: PageNames, searched: str) -> tuple[str, str]:
    """Return a title and a sentence for a list with nothing in it."""
    words = " ".join(searched.split())
    if not words:
        return _("Nothing here"), names.either(
            _("Choose All to see every order."), _("Choose All to see every booking.")
        )
    return _("No hits for “{words}”").format(words=words), names.either(
        _("Look for a part of a number, an order or a name."),
        _("Look for a part of a number, a booking or a name."),
    )


def hint_words(names: PageNames, *, is_calendar: bool) -> str:
    """Return what the keys do in the list, or in the day and the week."""
    if is_calendar:
        return names.either(
            _("Arrows move  ·  Enter opens  ·  Ctrl+N new order at the hour chosen"),
            _("Arrows move  ·  Enter opens  ·  Ctrl+N new booking at the hour chosen"),
        )
    return names.either(
        _("Enter opens  ·  Ctrl+N new order"), _("Enter opens  ·  Ctrl+N new booking")
    )
