"""A gift card is worth what is left of it: never less than nothing, never more than it was."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.gift_cards import GiftCard, Use, checked_amount
from gdprdesk.domain.terms import Reason, Start
from tests.builders import TODAY

AMOUNTS = st.decimals(min_value=Decimal(-5), max_value=Decimal(600), places=2)
STEPS = st.lists(st.one_of(AMOUNTS, st.integers(-1, 12), st.just("stop")), max_size=25)


def card(amount: str = "500.00", **known: Any) -> GiftCard:
    said = {"sold_on": TODAY, **known}
    return GiftCard(
        subject_id=None, activity_id=1, recorded_on=TODAY, number="1001", amount=amount, **said
    )


@given(STEPS)
def test_whatever_is_used_and_taken_back_something_between_nothing_and_all_is_left(steps) -> None:
    one = card()
    for step in steps:
        before = one.left
        try:
            if isinstance(step, Decimal):
                one.use(step, TODAY)
                assert one.left == before - step
            elif isinstance(step, int):
                one.take_back(step)
            else:
                one.void(TODAY, "lost")
        except DomainError:
            assert one.left == before
        assert 0 <= one.left <= Decimal(500)
        used = sum((Decimal(use["amount"]) for use in one.uses), Decimal(0))
        assert one.voided_on or one.left == 500 - used


def test_a_part_is_used_and_the_rest_is_left() -> None:
    one = card()
    one.use(Decimal("199.50"), TODAY)
    assert one.left == Decimal("300.50")
    one.use(Decimal("300.50"), TODAY)
    assert not one.is_open


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "0.005", "1000000.01"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(DomainError, match="Write an amount"):
        checked_amount(Decimal(amount))


def test_more_than_is_left_is_refused_and_the_card_says_what_is() -> None:
    one = card("300.00")
    with pytest.raises(DomainError, match=r"1001 has only 300\.00 left"):
        one.use(Decimal("300.01"), TODAY)
    assert one.uses == []


@pytest.mark.parametrize(
    ("amount", "uses"),
    [
        ("much", []),
        ("-5", []),
        ("100.00", [("2026-11-21", "100.01")]),
        ("100.00", [("2026-11-21", "60.00"), ("2026-11-22", "41.00")]),
        ("100.00", [("soon", "1.00")]),
        ("100.00", [("2026-11-21", "-1.00")]),
    ],
)
def test_a_card_that_cannot_be_is_not_sound(amount: str, uses: list[tuple[str, str]]) -> None:
    assert card("100.00").is_sound
    said = [Use(on=day, amount=much, booking=None) for day, much in uses]
    assert not card(amount, uses=said).is_sound


def test_a_stopped_card_is_worth_nothing_and_says_why() -> None:
    one = card()
    one.void(TODAY, "stolen")
    assert one.left == 0
    assert one.worth() == 0
    for do in (lambda: one.use(Decimal(1), TODAY), lambda: one.void(TODAY, "again")):
        with pytest.raises(DomainError, match="stolen"):
            do()
    with pytest.raises(DomainError, match="why"):
        card().void(TODAY, "  ")


def test_a_card_is_good_on_its_last_day_and_not_after() -> None:
    one = card(valid_until=TODAY)
    one.use(Decimal(1), TODAY)
    with pytest.raises(DomainError, match="was valid until"):
        one.use(Decimal(1), TODAY + timedelta(days=1))
    with pytest.raises(DomainError, match="nothing left"):
        card("0.00").use(Decimal(1), TODAY)


def test_its_clock_begins_when_nobody_can_come_with_it_any_more() -> None:
    without_end = card(sold_on=date(2020, 1, 2))
    assert without_end.started_on(Start.RECORDED) is None
    assert without_end.needed_for() is Reason.STILL_NEEDED
    without_end.use(Decimal(500), date(2021, 3, 4))
    assert without_end.started_on(Start.RECORDED) == date(2021, 3, 4)
    assert without_end.needed_for() is None
    ending = card(sold_on=date(2020, 1, 2), valid_until=date(2022, 5, 6))
    assert ending.needed_for() is None
    assert ending.started_on(Start.COMPLETED) == ending.active_on() == date(2022, 5, 6)
    ending.void(date(2020, 2, 3), "sold by mistake")
    assert ending.active_on() == date(2020, 2, 3)


def test_with_money_on_it_it_outlives_her_and_nobody_has_to_be_reached() -> None:
    one = card()
    assert one.outlives_her()
    assert not one.wants_contact()
    assert not one.belongs_to_company()
    one.use(Decimal(500), TODAY)
    assert not one.outlives_her()
