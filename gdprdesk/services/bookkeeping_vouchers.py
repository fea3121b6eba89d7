"""The vouchers of what was sold, paid and used in a time, so that no debt stays by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy.orm import Session

from gdprdesk.domain.accounts import Accounts, AccountUse
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.invoices import Invoice
from gdprdesk.domain.terms import PaidBy
from gdprdesk.domain.vouchers import Voucher, move, paid_into, sale
from gdprdesk.services.accounts import accounts_of
from gdprdesk.services.bookkeeping import Books

_ZERO = Decimal("0.00")


def vouchers_of(read: Session, books: Books, *, with_names: bool) -> list[Voucher]:
    """Return the vouchers of what was gathered, by day.

    Their texts are Swedish, as all of Swedish bookkeeping: the number of the invoice or order, and
    only if asked for the name, never what was ordered.

    Raises:
        DomainError: A line has a rate of VAT that Swedish bookkeeping does not know.
    """
    writer = _Writer(books, accounts_of(read), books.names if with_names else None)
    vouchers = [one for one in writer.all() if one.rows]
    return sorted(vouchers, key=lambda one: one.day)


class _Writer:
    """Writes the vouchers of a time; `names` are those that may be said, if any."""

    def __init__(self, books: Books, accounts: Accounts, names: dict[int, str] | None) -> None:
        self._books, self._accounts, self._names = books, accounts, names

    def all(self) -> Iterator[Voucher]:
        """Walk all of them, kind by kind."""
        yield from map(self._invoice, self._books.invoices)
        for one in self._books.paid:
            yield from self._payment(one)
        yield from map(self._order, self._books.orders)
        for order in self._books.cancelled:
            yield from self._cancelled(order)
        yield from self._cards()

    def _invoice(self, one: Invoice) -> Voucher:
        text = self._said("Faktura", one.number, one.subject_id, one.buyer_name)
        rest = AccountUse.RECEIVABLES
        return sale(one.issued_on, text, one.lines, self._accounts, rest=rest)

    def _payment(self, one: Invoice) -> Iterator[Voucher]:
        way = paid_into(self._books.ways.get(one.ref, PaidBy.TRANSFER))
        text = self._said("Betalning faktura", one.number, one.subject_id, one.buyer_name)
        day = one.paid_on or self._books.period.last
        by_card = min(self._books.by_card.get(one.ref, _ZERO), one.total)
        for amount, to in ((by_card, AccountUse.GIFT_CARDS), (one.total - by_card, way)):
            if amount:
                source = AccountUse.RECEIVABLES
                yield move(day, text, amount, self._accounts, to=to, source=source)

    def _order(self, one: Booking) -> Voucher:
        by_card = min(self._books.by_card.get(one.ref, _ZERO), one.total)
        return sale(
            one.paid_on or self._books.period.last,
            self._said("Order", one.number, one.subject_id),
            one.lines,
            self._accounts,
            into={AccountUse.GIFT_CARDS: by_card} if by_card > 0 else {},
            rest=paid_into(one.paid_by),
        )

    def _cancelled(self, one: Booking) -> Iterator[Voucher]:
        """Walk the payment of what came to nothing: it was received, and is no sale."""
        to = paid_into(one.paid_by)
        if to is not AccountUse.UNKNOWN and one.total:
            text = self._said("Avbeställd order", one.number, one.subject_id)
            day = one.paid_on or self._books.period.last
            source = AccountUse.UNKNOWN
            yield move(day, text, one.total, self._accounts, to=to, source=source)

    def _cards(self) -> Iterator[Voucher]:
        """Walk what gift cards are owed: more when one is sold, less when it is used or stopped."""
        books, owed, other = self._books, AccountUse.GIFT_CARDS, AccountUse.UNKNOWN
        for card in books.cards:
            text = self._said("Presentkort", card.number, None)
            amount = Decimal(card.amount)
            yield move(card.sold_on, text, amount, self._accounts, to=other, source=owed)
        for number, day, amount in books.loose:
            text = self._said("Använt presentkort", number, None)
            yield move(day, text, amount, self._accounts, to=owed, source=other)
        for card in books.stopped:
            text = self._said("Spärrat presentkort", card.number, None)
            day = card.voided_on or books.period.last
            yield move(day, text, card.unused, self._accounts, to=owed, source=other)

    def _said(self, what: str, number: str, owner: int | None, name: str = "") -> str:
        if self._names is None or (owner is not None and owner not in self._names):
            return f"{what} {number}"
        return f"{what} {number} {name or self._names.get(owner or 0, '')}".strip()
