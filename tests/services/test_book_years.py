"""Which financial years there are to hand over, and which of them is the usual one."""

from datetime import date
from decimal import Decimal

from gdprdesk.desk import Desk
from gdprdesk.services.book_years import show_book_years
from gdprdesk.services.gift_cards import sell_gift_card
from gdprdesk.services.organisation import update_organisation
from tests.builders import Clock, delivered, invoiced, person


def _years(desk: Desk) -> list[int]:
    return [one.ends_in for one in desk.ask(show_book_years).years]


def test_the_running_year_is_offered_before_anything_was_sold(desk: Desk) -> None:
    found = desk.ask(show_book_years)
    assert found.usual == 2026
    assert [(one.ends_in, one.is_over, len(one.months)) for one in found.years] == [
        (2026, False, 11)  # it is November
    ]


def test_the_last_year_that_is_over_is_handed_over_next(desk: Desk, clock: Clock) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    assert desk.ask(show_book_years).usual == 2026  # there is no other
    clock.go_to(date(2027, 1, 2))
    invoiced(desk, karin, paid_on=None)
    found = desk.ask(show_book_years)
    assert (_years(desk), found.usual) == ([2027, 2026], 2026)
    assert found.years[0].months == (date(2027, 1, 1),)
    assert found.years[1].months[0] == date(2026, 1, 1)
    assert found.years[1].months[-1] == date(2026, 12, 1)


def test_orders_paid_at_once_and_gift_cards_are_to_be_booked_too(desk: Desk, clock: Clock) -> None:
    delivered(desk, paid_on=date(2025, 3, 1))
    assert _years(desk) == [2025]
    clock.go_to(date(2024, 6, 1))
    desk.run(sell_gift_card, amount=Decimal(500))
    clock.go_to(date(2026, 11, 21))
    assert _years(desk) == [2025, 2024]


def test_a_year_that_ends_in_summer(desk: Desk, clock: Clock) -> None:
    desk.run(update_organisation, year_ends_in=6)
    clock.go_to(date(2026, 6, 30))
    invoiced(desk, person(desk), paid_on=None)
    clock.go_to(date(2026, 7, 1))
    invoiced(desk, person(desk, "Elif"), paid_on=None)
    found = desk.ask(show_book_years)
    assert [(one.ends_in, one.is_over) for one in found.years] == [(2027, False), (2026, True)]
    assert found.usual == 2026
    assert found.years[0].months == (date(2026, 7, 1),)
    assert (found.years[1].months[0], found.years[1].months[-1]) == (
        date(2025, 7, 1),
        date(2026, 6, 1),
    )
