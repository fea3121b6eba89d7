"""What the accountant's pack leaves to the accountant: how much, where it stands, what to book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from gdprdesk.domain.accounts import AccountUse
from gdprdesk.domain.bookings import Booking
from gdprdesk.i18n import _, format_money, ngettext
from gdprdesk.services.accounts import accounts_of
from gdprdesk.services.bookkeeping import Books
from gdprdesk.services.finding import controller_of

_ZERO = Decimal("0.00")


def remarks_of(read: Session, books: Books) -> tuple[str, ...]:
    """Return what is not in the pack, or is left to the accountant, in sentences.

    Where vouchers are written they name the accounts: Sweden.
    """
    controller = controller_of(read)
    if controller.country == "SE":
        known = accounts_of(read)
        owed, other = (known.number(one) for one in (AccountUse.GIFT_CARDS, AccountUse.UNKNOWN))
        left = _with_accounts(books, controller.currency, owed, other)
    else:
        left = _by_hand(books, controller.currency)
    return (*_left_out(books), *_unwanted(books, controller.currency), *left)


def _left_out(books: Books) -> Iterator[str]:
    if books.elsewhere:
        said = ngettext(
            "{count} invoice is left out: another system has the original and books it.",
            "{count} invoices are left out: another system has the originals and books them.",
            books.elsewhere,
        )
        yield said.format(count=books.elsewhere)
    if books.hides_orders:
        yield _("Orders and gift cards are left out, since you may not see orders.")
    if books.gone and not books.hides_orders:
        said = ngettext(
            "{count} order of this time has left the register, and what was paid for it is not in "
            "this. Save the pack every month, before orders leave.",
            "{count} orders of this time have left the register, and what was paid for them is "
            "not in this. Save the pack every month, before orders leave.",
            books.gone,
        )
        yield said.format(count=books.gone)


def _unwanted(books: Books, currency: str) -> Iterator[str]:
    if books.unwanted:
        said = ngettext(
            "{count} invoice is of an order that was cancelled: {numbers}, {amount}. It stays "
            "booked as a sale, and as owed unless it is paid, until a credit note is booked.",
            "{count} invoices are of orders that were cancelled: {numbers}, {amount}. They stay "
            "booked as sales, and as owed unless they are paid, until credit notes are booked.",
            len(books.unwanted),
        )
        amount = format_money(sum((one.total for one in books.unwanted), _ZERO), currency)
        numbers = ", ".join(one.number for one in books.unwanted)
        yield said.format(count=len(books.unwanted), numbers=numbers, amount=amount)


def _with_accounts(books: Books, currency: str, owed: str, other: str) -> Iterator[str]:
    """Walk what stands where, and from where to where to book it."""
    known = [one for one in books.cancelled if one.paid_by is not None]
    if known:
        said = ngettext(
            "{count} order was paid and then cancelled: {amount}. It stands on account {other}, "
            "not among the sales. Book it from there as a sale with VAT if it is kept, or to the "
            "account it was paid back from.",
            "{count} orders were paid and then cancelled: {amount}. It stands on account {other}, "
            "not among the sales. Book it from there as a sale with VAT if it is kept, or to the "
            "account it was paid back from.",
            len(known),
        )
        yield said.format(count=len(known), amount=_paid(known, currency), other=other)
    yield from _cancelled([one for one in books.cancelled if one.paid_by is None], currency)
    if books.stopped:
        said = ngettext(
            "{count} gift card was stopped with {amount} on it. That is taken from account {owed} "
            "and stands on {other}: book it from there as other income if it is kept, or to the "
            "account it was paid back from.",
            "{count} gift cards were stopped with {amount} on them. That is taken from account "
            "{owed} and stands on {other}: book it from there as other income if it is kept, or "
            "to the account it was paid back from.",
            len(books.stopped),
        )
        amount = format_money(sum((one.unused for one in books.stopped), _ZERO), currency)
        yield said.format(count=len(books.stopped), amount=amount, owed=owed, other=other)
    if books.run_out:
        said = ngettext(
            "{count} gift card ran out with {amount} on it, which still stands on account {owed}. "
            "If it is not taken any more, book it from there as other income.",
            "{count} gift cards ran out with {amount} on them, which still stands on account "
            "{owed}. If they are not taken any more, book it from there as other income.",
            len(books.run_out),
        )
        amount = format_money(sum((one.unused for one in books.run_out), _ZERO), currency)
        yield said.format(count=len(books.run_out), amount=amount, owed=owed)
    if books.loose:
        yield _(
            "{amount} was paid with gift cards for what no order here says. It is taken from "
            "account {owed} and stands on {other}: book it from there as a sale with its VAT, "
            "unless the cash register has it already."
        ).format(amount=_loose(books, currency), owed=owed, other=other)


def _by_hand(books: Books, currency: str) -> Iterator[str]:
    """Walk what has to be booked where the pack writes no vouchers."""
    yield from _cancelled(books.cancelled, currency)
    cards = [*books.stopped, *books.run_out]
    if cards:
        said = ngettext(
            "{count} gift card was stopped or ran out with {amount} on it. Book by hand what "
            "becomes of that money.",
            "{count} gift cards were stopped or ran out with {amount} on them. Book by hand what "
            "becomes of that money.",
            len(cards),
        )
        amount = format_money(sum((one.unused for one in cards), _ZERO), currency)
        yield said.format(count=len(cards), amount=amount)
    if books.loose:
        yield _(
            "{amount} was paid with gift cards for what no order here says. Book that sale by "
            "hand, unless the cash register has it already."
        ).format(amount=_loose(books, currency))


def _cancelled(orders: Sequence[Booking], currency: str) -> Iterator[str]:
    if orders:
        said = ngettext(
            "{count} order was paid and then cancelled, and is not among the sales: {amount}. "
            "Book by hand what was kept or paid back.",
            "{count} orders were paid and then cancelled, and are not among the sales: {amount}. "
            "Book by hand what was kept or paid back.",
            len(orders),
        )
        yield said.format(count=len(orders), amount=_paid(orders, currency))


def _paid(orders: Sequence[Booking], currency: str) -> str:
    return format_money(sum((one.total for one in orders), _ZERO), currency)


def _loose(books: Books, currency: str) -> str:
    return format_money(sum((amount for _number, _day, amount in books.loose), _ZERO), currency)
