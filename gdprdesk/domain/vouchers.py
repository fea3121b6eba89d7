"""Sales and payments as vouchers: debit above zero, credit below, and both the same to the öre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from gdprdesk.domain.accounts import Accounts, AccountUse
from gdprdesk.domain.money import Line, by_rate
from gdprdesk.domain.terms import PaidBy

_CENT = Decimal("0.01")
_PAID_BY = {
    PaidBy.CASH: AccountUse.CASH,
    PaidBy.CARD: AccountUse.CARD,
    PaidBy.SWISH: AccountUse.SWISH,
    PaidBy.VIPPS: AccountUse.BANK,
    PaidBy.TRANSFER: AccountUse.BANK,
    PaidBy.INVOICE: AccountUse.BANK,
    PaidBy.GIFT_CARD: AccountUse.GIFT_CARDS,
}


@dataclass(frozen=True, repr=False)
class Voucher:
    """A bookkeeping entry.

    Attributes:
        day: When it happened.
        text: What it is, such as the number of an invoice.
        rows: Accounts and amounts, those above zero are debit; they add up to nothing.
    """

    day: date
    text: str
    rows: Sequence[tuple[str, Decimal]]


def paid_into(paid_by: PaidBy | None) -> AccountUse:
    """Return what a payment goes to, by how it was paid."""
    return _PAID_BY[paid_by] if paid_by else AccountUse.UNKNOWN


def sale(
    day: date,
    text: str,
    lines: Iterable[Line],
    accounts: Accounts,
    *,
    rest: AccountUse,
    into: Mapping[AccountUse, Decimal] = MappingProxyType({}),
) -> Voucher:
    """Return the voucher of a sale.

    Args:
        day: When it happened.
        text: What it is.
        lines: What was sold, each with net and VAT.
        accounts: Those of the business.
        rest: Where it went, such as to what customers still owe, but for what is in `into`.
        into: What a part of it was paid with, such as a gift card.

    Raises:
        DomainError: A line has a rate of VAT that Swedish bookkeeping does not know.
    """
    earned = defaultdict[str, Decimal](Decimal)
    for rate, (net, vat) in by_rate(lines).items():
        sales, of_vat = accounts.of_rate(rate)
        earned[sales] -= net
        if of_vat is not None:
            earned[of_vat] -= vat
    debits = defaultdict[str, Decimal](Decimal)
    left = -sum(earned.values(), Decimal(0)).quantize(_CENT, ROUND_HALF_UP)
    for use, amount in into.items():
        debits[accounts.number(use)] += amount
        left -= amount
    debits[accounts.number(rest)] += left
    return _balanced(day, text, [*debits.items(), *earned.items()], accounts)


def move(
    day: date,
    text: str,
    amount: Decimal,
    accounts: Accounts,
    *,
    to: AccountUse,
    source: AccountUse,
) -> Voucher:
    """Return the voucher of money that goes from one account to another, such as a payment."""
    rows = [(accounts.number(to), amount), (accounts.number(source), -amount)]
    return _balanced(day, text, rows, accounts)


def _balanced(
    day: date, text: str, rows: Iterable[tuple[str, Decimal]], accounts: Accounts
) -> Voucher:
    """Return a voucher in whole öre; what rounding leaves over goes to its own account."""
    whole = [(number, amount.quantize(_CENT, ROUND_HALF_UP)) for number, amount in rows]
    over = sum((amount for _number, amount in whole), Decimal(0))
    if over:
        whole.append((accounts.number(AccountUse.ROUNDING), -over))
    return Voucher(day, text, [(number, amount) for number, amount in whole if amount])
