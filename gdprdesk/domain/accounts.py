"""The bookkeeping accounts of sales, VAT and payments, by the Swedish BAS plan of accounts.

The numbers are those of BAS (bas.se, "Kontoplaner"): 1510, 1910, 1930, 2421, 2611, 2621, 2631,
2999, 3001-3004 and 3740 as the plan names them; 1580 for card payments on their way. An
accountant may want others: each can be changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import N_, _

_NUMBER = re.compile(r"[1-8][0-9]{3}")


class AccountUse(StrEnum):
    """What an account is for."""

    RECEIVABLES = "receivables"
    CASH = "cash"
    CARD = "card"
    SWISH = "swish"
    BANK = "bank"
    GIFT_CARDS = "gift_cards"
    UNKNOWN = "unknown"
    SALES_25 = "sales_25"
    SALES_12 = "sales_12"
    SALES_6 = "sales_6"
    SALES_0 = "sales_0"
    VAT_25 = "vat_25"
    VAT_12 = "vat_12"
    VAT_6 = "vat_6"
    ROUNDING = "rounding"

    @property
    def label(self) -> str:
        """Return what it is for, in the language spoken."""
        return _(_LABELS[self])


_LABELS: Final = {
    AccountUse.RECEIVABLES: N_("Invoices that are not paid yet"),
    AccountUse.CASH: N_("Paid in cash"),
    AccountUse.CARD: N_("Paid by card"),
    AccountUse.SWISH: N_("Paid by Swish"),
    AccountUse.BANK: N_("Paid to the bank account"),
    AccountUse.GIFT_CARDS: N_("Gift cards that are not used yet"),
    AccountUse.UNKNOWN: N_("Paid, not known how"),
    AccountUse.SALES_25: N_("Sales with 25 % VAT"),
    AccountUse.SALES_12: N_("Sales with 12 % VAT"),
    AccountUse.SALES_6: N_("Sales with 6 % VAT"),
    AccountUse.SALES_0: N_("Sales without VAT"),
    AccountUse.VAT_25: N_("VAT of 25 %"),
    AccountUse.VAT_12: N_("VAT of 12 %"),
    AccountUse.VAT_6: N_("VAT of 6 %"),
    AccountUse.ROUNDING: N_("Rounding"),
}

# Number and name, as Swedish books have them; the name goes into the file for the accountant.
USUAL: Final[Mapping[AccountUse, tuple[str, str]]] = {
    AccountUse.RECEIVABLES: ("1510", "Kundfordringar"),
    AccountUse.CASH: ("1910", "Kassa"),
    AccountUse.CARD: ("1580", "Fordringar för kontokort och kuponger"),
    AccountUse.SWISH: ("1930", "Företagskonto"),
    AccountUse.BANK: ("1930", "Företagskonto"),
    AccountUse.GIFT_CARDS: ("2421", "Ej inlösta presentkort"),
    AccountUse.UNKNOWN: ("2999", "OBS-konto"),
    AccountUse.SALES_25: ("3001", "Försäljning inom Sverige, 25 % moms"),
    AccountUse.SALES_12: ("3002", "Försäljning inom Sverige, 12 % moms"),
    AccountUse.SALES_6: ("3003", "Försäljning inom Sverige, 6 % moms"),
    AccountUse.SALES_0: ("3004", "Försäljning inom Sverige, momsfri"),
    AccountUse.VAT_25: ("2611", "Utgående moms på försäljning inom Sverige, 25 %"),
    AccountUse.VAT_12: ("2621", "Utgående moms på försäljning inom Sverige, 12 %"),
    AccountUse.VAT_6: ("2631", "Utgående moms på försäljning inom Sverige, 6 %"),
    AccountUse.ROUNDING: ("3740", "Öres- och kronutjämning"),
}
_OF_RATE: Final = {
    Decimal(25): (AccountUse.SALES_25, AccountUse.VAT_25),
    Decimal(12): (AccountUse.SALES_12, AccountUse.VAT_12),
    Decimal(6): (AccountUse.SALES_6, AccountUse.VAT_6),
    Decimal(0): (AccountUse.SALES_0, None),
}


class Accounts:
    """The accounts of a business: its own where it chose one, else the usual."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self._numbers = {use: chosen.get(use) or USUAL[use][0] for use in AccountUse}

    def number(self, use: AccountUse) -> str:
        """Return the number of the account."""
        return self._numbers[use]

    def names(self) -> dict[str, str]:
        """Return what each account is called in a Swedish plan, by its number."""
        return {self._numbers[use]: name for use, (_usual, name) in USUAL.items()}

    def of_rate(self, rate: Decimal) -> tuple[str, str | None]:
        """Return the accounts of sales and of VAT for a rate in percent; no VAT account for 0.

        Raises:
            DomainError: Swedish bookkeeping knows no such rate.
        """
        found = _OF_RATE.get(rate)
        if found is None:
            raise DomainError(
                _(
                    "There is no account for sales with {rate} % VAT: in Sweden VAT is 25, 12, 6 "
                    "or 0 %. Nothing was saved. Look at the prices of that time, and correct them."
                ).format(rate=f"{rate.normalize():f}")
            )
        sales, vat = found
        return self._numbers[sales], self._numbers[vat] if vat else None


def checked_account(number: str) -> str:
    """Return the number of an account as it is kept; nothing for the usual one.

    Raises:
        DomainError: It is no number of the BAS plan.
    """
    plain = number.strip()
    if plain and not _NUMBER.fullmatch(plain):
        raise DomainError(
            _(
                "“{number}” is no account. Nothing was saved. Accounts of the BAS plan have four "
                "digits, such as 3001: ask your accountant if you are unsure."
            ).format(number=plain)
        )
    return plain
