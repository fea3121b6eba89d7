"""Gift cards: sold by number, used in parts, and what becomes of them when the buyer is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import BookingState, PaidBy, RestrictionGround
from gdprdesk.exports import PDF
from gdprdesk.services.bookings import show_booking, sum_owed
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_cases import find_case, show_receipt
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.files import export_receipt
from gdprdesk.services.gift_cards import (
    GiftCardRow,
    list_gift_cards,
    pay_with_card,
    sell_gift_card,
    set_buyer,
    set_last_day,
    show_gift_card,
    show_outstanding,
    take_back_use,
    use_gift_card,
    void_gift_card,
)
from gdprdesk.services.invoices import issue_invoice, set_invoice_paid, show_invoice
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.order_taking import update_booking
from gdprdesk.services.reports.orders import invoice_report
from gdprdesk.services.reports.slip import order_slip
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAKE, NOON, TODAY, Clock, order, person
from tests.pages import decrypted_pages, vault_key
from tests.texts import read_pdf


def sell(desk: Desk, amount: str = "500", **known: Any) -> RecordRef:
    return desk.run(sell_gift_card, amount=Decimal(amount), **known)


def cards(desk: Desk, **wanted: Any) -> list[tuple[str, Decimal]]:
    page = desk.ask(list_gift_cards, **wanted)
    assert page.total == len(page.rows)
    return [(one.number, one.left) for one in page.rows]


def shown(desk: Desk, number: str = "1001") -> GiftCardRow:
    return desk.ask(show_gift_card, number=number)


def test_cards_are_counted_and_a_printed_number_is_kept(desk: Desk) -> None:
    sell(desk)
    sell(desk, "250", number=" pk 17 ")
    sell(desk, "100", number="1005")
    sell(desk, "100")
    assert [number for number, _left in cards(desk)] == ["1006", "1005", "PK17", "1001"]
    with pytest.raises(DomainError, match="gift card PK17 already"):
        sell(desk, number="Pk17")
    assert cards(desk, search="17") == [("PK17", Decimal("250.00"))]
    assert desk.ask(show_outstanding).left == Decimal("950.00")


def test_an_order_is_paid_with_a_part_of_it_and_says_so(desk: Desk) -> None:
    sell(desk)
    cake = order(desk)
    assert desk.run(use_gift_card, number="1001", amount=Decimal(400), booking_ref=cake) == Decimal(
        "100.00"
    )
    [use] = shown(desk).uses
    assert (use.on, use.amount, use.booking_ref, use.order_number) == (
        TODAY, Decimal("400.00"), cake, "1001",
    )  # fmt: skip
    with pytest.raises(DomainError, match=r"only 100\.00 left"):
        desk.run(use_gift_card, number="1001", amount=Decimal("100.01"))
    assert desk.run(take_back_use, ref=shown(desk).ref, place=0) == Decimal("500.00")
    desk.undo()
    assert shown(desk).left == Decimal("100.00")


def test_what_is_put_back_on_a_card_has_paid_for_nothing(desk: Desk) -> None:
    sell(desk)
    cake = order(desk)
    desk.run(pay_with_card, ref=cake, number="1001")
    assert desk.ask(show_booking, ref=cake).row.paid_on == TODAY
    desk.run(take_back_use, ref=shown(desk).ref, place=0)
    row = desk.ask(show_booking, ref=cake).row
    assert (row.paid_on, row.paid_by, shown(desk).left) == (None, None, Decimal("500.00"))
    desk.undo()
    assert desk.ask(show_booking, ref=cake).row.paid_by is PaidBy.GIFT_CARD


def test_an_invoice_that_a_card_paid_is_paid_until_that_is_taken_back(desk: Desk) -> None:
    sell(desk)
    cake = order(desk, person(desk))
    ref = desk.run(issue_invoice, booking_ref=cake)
    desk.run(pay_with_card, ref=cake, number="1001")
    assert desk.ask(show_invoice, ref=ref).row.paid_on == TODAY
    desk.run(take_back_use, ref=shown(desk).ref, place=0)
    assert desk.ask(show_invoice, ref=ref).row.paid_on is None


def test_what_the_rest_was_paid_with_pays_no_more_when_the_card_is_put_back(desk: Desk) -> None:
    sell(desk, "100")
    cake = order(desk)  # 400 kr
    desk.run(pay_with_card, ref=cake, number="1001")
    desk.run(set_booking_paid, ref=cake, paid_on=TODAY, paid_by=PaidBy.SWISH)
    desk.run(take_back_use, ref=shown(desk).ref, place=0)
    assert desk.ask(show_booking, ref=cake).row.paid_on is None


def test_what_a_card_has_paid_is_not_asked_for_again(desk: Desk) -> None:
    sell(desk, "100")
    cake = order(desk, what="Tårta")  # 400 kr
    desk.run(pay_with_card, ref=cake, number="1001")
    assert desk.ask(show_booking, ref=cake).row.to_pay == Decimal("300.00")
    slip = PDF.render(desk.ask(order_slip, ref=cake, language_code="en"))
    assert "To pay: SEK300.00" in read_pdf(slip)
    desk.run(set_booking_state, ref=cake, state=BookingState.COMPLETED)
    assert desk.ask(sum_owed).total == Decimal("300.00")
    desk.run(set_booking_paid, ref=cake, paid_on=TODAY, paid_by=PaidBy.SWISH)
    assert desk.ask(show_booking, ref=cake).row.to_pay == Decimal(0)


def test_an_invoice_asks_for_what_a_card_has_left_of_it(desk: Desk) -> None:
    sell(desk, "100")
    cake = order(desk, person(desk))  # 400 kr
    desk.run(pay_with_card, ref=cake, number="1001")
    ref = desk.run(issue_invoice, booking_ref=cake)
    said = read_pdf(PDF.render(desk.ask(invoice_report, ref=ref, language_code="en")))
    assert "To pay: SEK300.00" in said


def test_a_card_does_not_pay_what_was_paid_by_invoice(desk: Desk) -> None:
    sell(desk)
    cake = order(desk, person(desk))
    desk.run(set_invoice_paid, ref=desk.run(issue_invoice, booking_ref=cake), paid_on=TODAY)
    with pytest.raises(DomainError, match="nothing left to pay"):
        desk.run(pay_with_card, ref=cake, number="1001")
    assert shown(desk).left == Decimal("500.00")


def test_no_more_is_taken_from_a_card_than_an_order_costs(desk: Desk) -> None:
    sell(desk)
    cake = order(desk)  # 400 kr
    with pytest.raises(DomainError, match="nothing left to pay"):
        desk.run(use_gift_card, number="1001", amount=Decimal(401), booking_ref=cake)
    desk.run(pay_with_card, ref=cake, number="1001")
    with pytest.raises(DomainError, match=r"have paid 400\.00 of order 1001"):
        desk.run(update_booking, ref=cake, lines=(replace(CAKE, price="300"),))
    desk.run(update_booking, ref=cake, lines=(replace(CAKE, price="450"),))
    assert shown(desk).left == Decimal("100.00")


@pytest.mark.parametrize("amount", ["500", "150"])  # all of it, and a part
@pytest.mark.parametrize("state", [BookingState.CANCELLED, BookingState.NO_SHOW])
def test_the_money_of_a_card_is_put_back_before_an_order_is_off(
    desk: Desk, amount: str, state: BookingState
) -> None:
    sell(desk, amount)
    cake = order(desk)
    desk.run(pay_with_card, ref=cake, number="1001")
    with pytest.raises(DomainError, match="Order 1001 was paid with gift card 1001"):
        desk.run(set_booking_state, ref=cake, state=state)
    assert desk.ask(show_booking, ref=cake).row.state is BookingState.CONFIRMED
    desk.run(take_back_use, ref=shown(desk).ref, place=0)
    desk.run(set_booking_state, ref=cake, state=state)
    assert shown(desk).left == Decimal(amount)


def test_nothing_is_taken_from_a_card_for_what_was_cancelled(desk: Desk) -> None:
    sell(desk)
    cake = order(desk)
    desk.run(set_booking_state, ref=cake, state=BookingState.CANCELLED)
    with pytest.raises(DomainError, match="nothing left to pay"):
        desk.run(pay_with_card, ref=cake, number="1001")
    assert shown(desk).left == Decimal("500.00")


def test_a_buyer_whose_data_are_only_stored_is_not_named(desk: Desk) -> None:
    sell(desk, subject_ref=(karin := person(desk)))
    assert shown(desk).buyer == "Karin Holm"
    desk.run(restrict_person, subject_ref=karin, ground=RestrictionGround.ACCURACY, why="Fel")
    assert [one.buyer for one in desk.ask(list_gift_cards).rows] == ["(only stored)"]


def test_a_number_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no gift card 9"):
        desk.run(use_gift_card, number="9", amount=Decimal(1))
    with pytest.raises(DomainError, match="not come yet"):
        sell(desk, sold_on=TODAY + timedelta(days=1))
    with pytest.raises(DomainError, match="before it is sold"):
        sell(desk, valid_until=TODAY - timedelta(days=1))


def test_a_stopped_card_and_one_that_has_run_out_are_owed_no_more(desk: Desk, clock: Clock) -> None:
    lost = sell(desk)
    sell(desk, "300", valid_until=TODAY)
    desk.run(void_gift_card, ref=lost, reason="stolen")
    assert desk.ask(show_outstanding).left == Decimal("300.00")
    clock.move(days=1)
    assert desk.ask(show_outstanding).cards == 0
    assert cards(desk) == []
    assert len(cards(desk, open_only=False)) == 2
    desk.run(set_last_day, ref=shown(desk, "1002").ref, valid_until=None)
    assert cards(desk) == [("1002", Decimal("300.00"))]


def test_the_buyer_can_be_named_and_forgotten(desk: Desk) -> None:
    karin = person(desk)
    ref = sell(desk, subject_ref=karin)
    assert shown(desk).buyer == "Karin Holm"
    assert cards(desk, search="holm") == [("1001", Decimal("500.00"))]
    desk.run(set_buyer, ref=ref, subject_ref=None)
    assert (shown(desk).buyer, shown(desk).subject_ref) == ("", None)


def test_with_money_on_it_it_stays_by_its_number_when_the_buyer_is_erased(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    karin = person(desk)
    sell(desk, subject_ref=karin)
    sell(desk, "50", subject_ref=karin)
    desk.run(use_gift_card, number="1001", amount=Decimal(200))
    desk.run(use_gift_card, number="1002", amount=Decimal(50))
    sentence = "Gift card 1001 has SEK300.00 left. It stays, by its number and without her name."
    said = ("A gift card with SEK300.00 on it stays, by its number and without her name.",)
    preview = desk.ask(preview_erasure, subject_ref=karin)
    assert preview.cards == (sentence,)
    assert preview.released == 0
    assert preview.keep == ()
    assert [one.said for one in preview.groups] == ["1 gift card"]
    desk.run(stage_erasure, subject_ref=karin)
    assert desk.ask(show_receipt, subject_ref=karin).cards == said
    assert shown(desk).buyer == ""
    desk.run(undo_erasure, subject_ref=karin)
    assert shown(desk).buyer == "Karin Holm"
    desk.run(erase_subject, subject_ref=karin)
    receipt = desk.ask(show_receipt, subject_ref=karin)
    assert receipt.cards == said
    assert dict(receipt.erased) == {"gift_card": 1}
    desk.finish()
    assert cards(desk, open_only=False) == [("1001", Decimal("300.00"))]
    assert shown(desk).subject_ref is None
    assert b"holm" not in decrypted_pages(desk.folder, vault_key(desk.folder)).lower()
    path = tmp_path / "receipt.pdf"
    desk.run(export_receipt, subject_ref=karin, to=path)
    assert "1001" not in read_pdf(path)


def test_the_proof_of_an_erasure_keeps_no_number_that_may_be_a_name(desk: Desk) -> None:
    karin = person(desk)
    sell(desk, number="karin-50-år", subject_ref=karin)
    desk.run(erase_subject, subject_ref=karin)
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        case = find_case(work.session, karin)
        assert case is not None
        assert case.cards == [{"left": "500.00"}]


def test_what_was_used_between_asking_and_erasing_is_not_promised(desk: Desk) -> None:
    karin = person(desk)
    sell(desk, subject_ref=karin)
    desk.run(stage_erasure, subject_ref=karin)
    desk.run(use_gift_card, number="1001", amount=Decimal(500))
    desk.run(erase_subject, subject_ref=karin)
    assert desk.ask(show_receipt, subject_ref=karin).cards == ()
    assert cards(desk, open_only=False) == []


def test_nobodys_card_leaves_when_its_time_after_the_last_use_is_over(
    desk: Desk, clock: Clock
) -> None:
    sell(desk)
    sell(desk, "80", valid_until=date(2027, 11, 21))
    clock.go_to(date(2030, 1, 1))
    desk.run(carry_out_clean_up)
    assert [number for number, _left in cards(desk, open_only=False)] == ["1001"]
    desk.run(use_gift_card, number="1001", amount=Decimal(500))
    clock.go_to(date(2032, 1, 1))  # the rule of the cafe: 24 months after the last activity
    desk.run(carry_out_clean_up)
    assert cards(desk, open_only=False) == [("1001", Decimal("0.00"))]
    clock.go_to(date(2032, 1, 2))
    desk.run(carry_out_clean_up)
    assert cards(desk, open_only=False) == []


def test_the_buyer_leaves_by_the_rules_and_her_card_stays(desk: Desk, clock: Clock) -> None:
    karin = person(desk, phone="070-174 06 45")
    sell(desk, subject_ref=karin)
    clock.go_to(date(2029, 1, 1))
    desk.run(carry_out_clean_up)
    assert desk.ask(list_subjects).total == 0
    assert cards(desk) == [("1001", Decimal("500.00"))]


def test_a_number_once_given_is_not_given_again(desk: Desk) -> None:
    ref = sell(desk)
    desk.run(void_gift_card, ref=ref, reason="by mistake")
    desk.undo()
    karin = person(desk)
    desk.run(set_buyer, ref=ref, subject_ref=karin)
    desk.run(use_gift_card, number="1001", amount=Decimal(500))
    desk.run(erase_subject, subject_ref=karin)
    sell(desk)
    assert cards(desk) == [("1002", Decimal("500.00"))]
