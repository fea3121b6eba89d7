"""Lines, VAT and totals. Prices are with VAT, as they stand on the board behind the counter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypedDict

_CENT = Decimal("0.01")


class Line(TypedDict):
    """What was sold; numbers as decimal text. Net and VAT are those of the whole line."""

    text: str
    quantity: str
    price: str
    rate: str
    net: str
    vat: str


def make_line(text: str, quantity: Decimal, price: Decimal, rate: Decimal) -> Line:
    """Return a line from the price of one with VAT and the rate in percent."""
    gross = _round(quantity * price)
    vat = _round(gross * rate / (100 + rate))
    return Line(
        text=text,
        quantity=_plain(quantity),
        price=str(_round(price)),
        rate=_plain(rate),
        net=str(gross - vat),
        vat=str(vat),
    )


def total(lines: Iterable[Line]) -> Decimal:
    """Return what the lines cost with VAT."""
    return sum((Decimal(line["net"]) + Decimal(line["vat"]) for line in lines), Decimal("0.00"))


def by_rate(lines: Iterable[Line]) -> dict[Decimal, tuple[Decimal, Decimal]]:
    """Return net and VAT for each rate in percent, the highest rate first."""
    sums: dict[Decimal, list[Decimal]] = defaultdict(lambda: [Decimal("0.00"), Decimal("0.00")])
    for line in lines:
        pair = sums[Decimal(line["rate"])]
        pair[0] += Decimal(line["net"])
        pair[1] += Decimal(line["vat"])
    return {rate: (sums[rate][0], sums[rate][1]) for rate in sorted(sums, reverse=True)}


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP) + 0  # an amount of nothing has no minus


def _plain(number: Decimal) -> str:
    return f"{number.normalize() + 0:f}"
