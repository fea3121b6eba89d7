"""The lines of an order, as they are typed and as they are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.money import Line, make_line
from gdprdesk.i18n import _

_AMOUNT = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")


@dataclass(frozen=True, repr=False)
class LineEntry:
    """A line as the user types it: the price of one with VAT, the rate in percent."""

    text: str
    quantity: str
    price: str
    rate: str


def make_lines(entries: tuple[LineEntry, ...]) -> list[Line]:
    """Return the lines a user typed, with net and VAT worked out.

    Raises:
        DomainError: A number cannot be read, or a line has no text.
    """
    return [_line(entry) for entry in entries]


def _line(entry: LineEntry) -> Line:
    if not entry.text.strip():
        raise DomainError(_("Every line needs a text that says what was sold."))
    quantity, price, rate = (_number(n) for n in (entry.quantity, entry.price, entry.rate))
    if not 0 <= rate < 100:  # noqa: PLR2004
        raise DomainError(_("VAT is a number of percent between 0 and 100, such as 12."))
    return make_line(entry.text.strip(), quantity, price, rate)


def _number(typed: str) -> Decimal:
    plain = "".join(typed.split()).replace("\u2212", "-").replace(",", ".")
    if not _AMOUNT.fullmatch(plain):
        raise DomainError(_("Write amounts with digits only, such as 45 or 45,50."))
    return Decimal(plain)
