"""Calls, messages and gift cards in the window: written down, found, made an order of, used."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gdprdesk.domain.terms import BookingState, PaidBy, SubjectKind
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.calls import add_call, list_calls
from gdprdesk.services.gift_cards import list_gift_cards, sell_gift_card, show_gift_card
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import register_subject
from gdprdesk_ui.dialogs.call_form import CallForm, change_call, log_call
from gdprdesk_ui.dialogs.gift_card_form import CardForm, SellCardForm, open_card
from gdprdesk_ui.dialogs.order_days import PaidForm, ask_order_paid
from gdprdesk_ui.pages.calls import CallsPage
from gdprdesk_ui.pages.finder import find
from gdprdesk_ui.pages.gift_cards import GiftCardsPage
from gdprdesk_ui.pages.orders import OrdersPage
from tests.builders import order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("orders")
        yield made


def test_a_call_is_logged_and_made_an_order_in_a_few_clicks(window, desk, qtbot) -> None:
    karin = person(desk, phone="070-174 06 45")
    order(desk, karin)
    window.page().refresh()
    click(qtbot, window.page().calls_button)
    page = window.page()
    assert isinstance(page, CallsPage)
    assert page.empty.isVisible()
    click(qtbot, page.new_button)
    form = dialog(qtbot, window, CallForm)
    write(form.number, "0701740645")
    qtbot.waitUntil(form.match_button.isVisible)
    assert form.match_button.text().strip() == "It was Karin Holm"
    click(qtbot, form.match_button)
    form.summary.setPlainText("En tårta för tio")
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_calls).total == 1)
    [call] = desk.ask(list_calls).rows
    assert (call.subject_ref, call.number) == (karin, "070-174 06 45")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert nameless(page) == []
    page.table.opened.emit(call)
    form = dialog(qtbot, window, CallForm)
    click(qtbot, form.order_button)
    qtbot.waitUntil(lambda: isinstance(window.page(), OrdersPage))
    [call] = desk.ask(list_calls).rows
    assert desk.ask(show_booking, ref=call.booking_ref).row.state is BookingState.ENQUIRY


def test_a_call_is_found_changed_and_removed(window, desk, qtbot) -> None:
    desk.run(add_call, number="0470-123 45", summary="Mjöl")
    desk.run(add_call, summary="Dolt")
    window.open_page("calls", search="12345")
    page = window.page()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    form = change_call(window.context, desk.ask(list_calls, search="12345").rows[0])
    form.minutes.setText("lång")
    click(qtbot, form.verb_button)
    assert desk.ask(list_calls, search="12345").rows[0].minutes is None
    form.minutes.setText("12")
    form.summary.setPlainText("Mjölet kommer")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_calls, search="kommer").total == 1)
    assert desk.ask(list_calls, search="12345").rows[0].minutes == 12
    form = change_call(window.context, desk.ask(list_calls, search="dolt").rows[0])
    click(qtbot, form.remove_button)
    qtbot.waitUntil(lambda: desk.ask(list_calls).total == 1)


def test_what_may_tell_of_health_is_asked_about_quietly(window, qtbot) -> None:
    form = log_call(window.context)
    form.summary.setPlainText("Hon är diabetiker")
    qtbot.waitUntil(form.quiet.isVisible)
    form.reject()


def test_a_card_is_sold_and_used_and_the_debt_stands_below(window, desk, qtbot) -> None:
    order(desk)
    window.page().refresh()
    click(qtbot, window.page().cards_button)
    page = window.page()
    assert isinstance(page, GiftCardsPage)
    click(qtbot, page.new_button)
    form = dialog(qtbot, window, SellCardForm)
    click(qtbot, form.verb_button)
    assert desk.ask(list_gift_cards).total == 0
    form.amount.set_amount(Decimal(500))
    write(form.number, "PK 1")
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_gift_cards).total == 1)
    qtbot.waitUntil(lambda: "500" in page.owed.text())
    assert nameless(page) == []
    form = open_card(window.context, desk.ask(show_gift_card, number="PK1"))
    form.amount.set_amount(Decimal(600))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    form.amount.set_amount(Decimal(180))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(show_gift_card, number="PK1").left == 320)
    form = open_card(window.context, desk.ask(show_gift_card, number="PK1"))
    assert nameless(form) == []
    click_once_shown(qtbot, lambda: form.back_buttons[0])
    qtbot.waitUntil(lambda: desk.ask(show_gift_card, number="PK1").left == 500)
    form = open_card(window.context, desk.ask(show_gift_card, number="PK1"))
    form.reason.setText("Lost")
    click(qtbot, form.stop_button)
    qtbot.waitUntil(lambda: desk.ask(list_gift_cards).total == 0)
    form = open_card(window.context, desk.ask(show_gift_card, number="PK1"))
    assert isinstance(form, CardForm)
    assert not form.verb_button.isVisible()
    form.reject()


def test_an_order_is_paid_with_a_card_as_far_as_it_reaches(window, desk, qtbot) -> None:
    cake = order(desk)
    desk.run(sell_gift_card, amount=Decimal(300))
    desk.run(sell_gift_card, amount=Decimal(300))
    for number in ("1001", "1002"):
        form = ask_order_paid(window.context, desk.ask(show_booking, ref=cake).row)
        assert isinstance(form, PaidForm)
        form.way.set_value(PaidBy.GIFT_CARD)
        form.way.picked.emit(PaidBy.GIFT_CARD)
        click(qtbot, form.verb_button)
        assert desk.ask(show_booking, ref=cake).row.paid_on is None
        write(form.card, number)
        left = 0 if number == "1001" else 200
        click(qtbot, form.verb_button)
        qtbot.waitUntil(
            lambda number=number, left=left: desk.ask(show_gift_card, number=number).left == left
        )
    paid = desk.ask(show_booking, ref=cake).row
    assert (paid.paid_on is not None, paid.paid_by) == (True, PaidBy.GIFT_CARD)


def test_the_order_and_the_person_lead_to_the_call(window, desk, qtbot) -> None:
    karin = person(desk)
    cake = order(desk, karin)
    ref = desk.run(add_call, summary="Tårta", subject_ref=karin, booking_ref=cake)
    window.open_page("orders", ref=cake)
    window.open_page("person", subject_ref=karin)
    window.page().history.chips.choose("calls")
    [row] = [one for one in desk.ask(show_subject, subject_ref=karin).history if one.ref == ref]
    window.page().history.opened.emit(row)
    form = dialog(qtbot, window, CallForm)
    assert form.summary.toPlainText() == "Tårta"
    form.reject()


def test_they_are_found_by_what_they_are_called(window) -> None:
    titles = [entry.title for one in find(window.context, "gift") for entry in one.entries]
    assert titles[:2] == ["Sell a gift card", "Gift cards"]


def test_suppliers_and_employees_are_a_choice_of_the_list(window, desk, qtbot) -> None:
    person(desk)
    desk.run(register_subject, name="Ulf Ek", kind=SubjectKind.SUPPLIER)
    desk.run(register_subject, name="Ebba Ros", kind=SubjectKind.EMPLOYEE)
    window.open_page("people")
    page = window.page()
    for key in ("suppliers", "employees"):
        page.chips.choose(key)
        page.chips.chosen.emit(key)
        qtbot.waitUntil(lambda: page.model.rowCount() == 1)
