"""Lines, VAT and totals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.money import Line, by_rate, make_line, total

amounts = st.decimals("-1e8", "1e8", places=2)
quantities = st.decimals("-1000", "1000", places=3)
rates = st.sampled_from([Decimal(rate) for rate in ("0", "6", "12", "15", "25", "11.11")])
lines = st.builds(make_line, st.just("x"), quantities, amounts, rates)


@pytest.mark.parametrize(
    ("quantity", "price", "rate", "net", "vat"),
    [
        ("1", "400", "12", "357.14", "42.86"),
        ("2", "32", "6", "60.38", "3.62"),
        ("1", "100", "25", "80.00", "20.00"),
        ("1", "100", "0", "100.00", "0.00"),
        ("3", "0.10", "25", "0.24", "0.06"),
        ("0.5", "89.90", "12", "40.13", "4.82"),  # gross 44.95
        ("-1", "400", "12", "-357.14", "-42.86"),
        ("-1", "0.01", "12", "-0.01", "0.00"),
        ("1", "-0.001", "12", "0.00", "0.00"),
    ],
)
def test_net_and_vat_of_a_price_with_vat(
    quantity: str, price: str, rate: str, net: str, vat: str
) -> None:
    line = make_line("x", Decimal(quantity), Decimal(price), Decimal(rate))
    assert (line["net"], line["vat"]) == (net, vat)


def test_numbers_are_written_plainly() -> None:
    line = make_line("Tårta", Decimal("10.0"), Decimal("1E+2"), Decimal("25.00"))
    assert line == Line(
        text="Tårta", quantity="10", price="100.00", rate="25", net="800.00", vat="200.00"
    )


@given(st.builds(make_line, st.just("x"), quantities, st.decimals("-1", "1", places=4), rates))
def test_nothing_has_no_minus(line: Line) -> None:
    numbers = [line["quantity"], line["price"], line["rate"], line["net"], line["vat"]]
    assert not [said for said in numbers if said.startswith("-") and not Decimal(said)]


@given(quantities, amounts, rates)
def test_net_and_vat_are_the_price(quantity: Decimal, price: Decimal, rate: Decimal) -> None:
    line = make_line("x", quantity, price, rate)
    gross = Decimal(line["net"]) + Decimal(line["vat"])
    assert gross == total([line])
    assert abs(gross - quantity * price) <= Decimal("0.005")
    assert abs(Decimal(line["vat"]) * (100 + rate) - gross * rate) <= Decimal("0.005") * (
        100 + rate
    )


@given(st.lists(lines))
def test_the_sums_by_rate_are_the_total(some: list[Line]) -> None:
    sums = by_rate(some)
    assert sum((net + vat for net, vat in sums.values()), Decimal(0)) == total(some)
    assert list(sums) == sorted(sums, reverse=True)
    assert set(sums) == {Decimal(line["rate"]) for line in some}


def test_nothing_costs_nothing() -> None:
    assert total([]) == Decimal("0.00")
    assert by_rate([]) == {}
