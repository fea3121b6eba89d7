"""Visits, series, guests, ways to pay and orders of nobody in the window."""

from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt

from gdprdesk.domain.terms import BookingState, PaidBy
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.bookings import BookingFilter, list_bookings, show_booking
from gdprdesk.services.order_repeats import repeat_in_series
from gdprdesk.services.organisation import update_organisation
from gdprdesk_ui.dialogs.invoice_form import InvoiceForm
from gdprdesk_ui.dialogs.order_days import PaidForm
from gdprdesk_ui.dialogs.order_form import OrderForm, change_order, new_order
from gdprdesk_ui.dialogs.order_join import JoinForm
from gdprdesk_ui.dialogs.order_repeat import RepeatForm
from tests.builders import TODAY, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, press, write

SATURDAY = date(2026, 11, 28)


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


def only(desk):
    """Return everything about the only order."""
    (row,) = desk.ask(list_bookings).rows
    return desk.ask(show_booking, ref=row.ref)


def pane_of(window, ref):
    """Show an order, and return its pane."""
    window.open_page("orders", show="all", ref=ref)
    return window.page().order_pane


def pick(choice, value) -> None:
    choice.set_value(value)
    choice.picked.emit(value)


def test_from_enquiry_to_done_in_two_clicks_and_paid_with_a_third(desk, window, qtbot) -> None:
    ref = order(desk, state=BookingState.ENQUIRY)
    pane = pane_of(window, ref)
    click(qtbot, pane.confirm_button)
    qtbot.waitUntil(lambda: only(desk).row.state is BookingState.CONFIRMED)
    click(qtbot, pane.hand_out_button)
    qtbot.waitUntil(lambda: only(desk).row.state is BookingState.COMPLETED)
    qtbot.waitUntil(lambda: list(pane.way_buttons) == [PaidBy.SWISH, PaidBy.CARD, PaidBy.CASH])
    click_once_shown(qtbot, lambda: pane.way_buttons[PaidBy.SWISH])
    qtbot.waitUntil(lambda: only(desk).row.paid_by is PaidBy.SWISH)
    assert only(desk).row.paid_on == TODAY
    qtbot.waitUntil(lambda: window.toast.words.text() == "Order 1001 is paid")
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: only(desk).row.paid_on is None)


def test_another_way_and_day_are_asked_for(desk, window, qtbot) -> None:
    pane = pane_of(window, order(desk))
    click(qtbot, pane.paid_button)
    form = dialog(qtbot, window, PaidForm)
    pick(form.way, PaidBy.TRANSFER)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: only(desk).row.paid_by is PaidBy.TRANSFER)


def test_nobody_came_and_that_can_be_taken_back(desk, window, qtbot) -> None:
    pane = pane_of(window, order(desk, wanted_on=TODAY))
    click(qtbot, pane.no_show_button)
    qtbot.waitUntil(lambda: only(desk).row.state is BookingState.NO_SHOW)
    qtbot.waitUntil(lambda: not pane.paid_button.isVisible())
    click(qtbot, pane.confirm_button)
    qtbot.waitUntil(lambda: only(desk).row.state is BookingState.CONFIRMED)
    ahead = order(desk, wanted_on=SATURDAY)
    assert not pane_of(window, ahead).no_show_button.isVisible()


def test_a_visit_is_booked_and_a_taken_room_is_only_remarked(desk, window, qtbot) -> None:
    desk.run(update_organisation, rooms=("Rum 1",))
    order(desk, what="Massage", wanted_on=SATURDAY, wanted_at=time(10), minutes=60, room="Rum 1")
    form = new_order(window.context, lambda _ref: None)
    form = dialog(qtbot, window, OrderForm)
    assert form.visit.minutes.text() == "60"
    write(form.what, "Samtal")
    write(form.wanted.day.edit, "28/11/2026")
    write(form.wanted.time, "10:30")
    pick(form.visit.room, "Rum 1")
    assert form.visit.clashes.text().startswith("Rum 1 is booked 10:00")
    form.visit.minutes.clear()
    write(form.visit.minutes, "-5")
    click(qtbot, form.verb_button)
    assert form.visit.field.sentence.text().startswith("Write how many minutes")
    form.visit.minutes.clear()
    write(form.visit.minutes, "45")
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 2)
    row = next(row for row in desk.ask(list_bookings).rows if row.what == "Samtal")
    assert (row.minutes, row.room) == (45, "Rum 1")


def test_a_cafe_is_not_asked_about_rooms(window, qtbot) -> None:
    new_order(window.context, lambda _ref: None)
    assert not dialog(qtbot, window, OrderForm).visit.isVisible()


def test_a_first_name_and_guests_make_nobody_a_person(desk, window, qtbot) -> None:
    new_order(window.context, lambda _ref: None)
    form = dialog(qtbot, window, OrderForm)
    with qtbot.waitSignal(form.customer.search.searched):
        write(form.customer.search, "elsa")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert form.customer.customer().first_name == "elsa"
    write(form.what, "Lunch")
    click(qtbot, form.guests.add_button)
    write(form.guests.lines[0].text, "3 gluten-free")
    form.quiet.look()
    assert not form.quiet.isVisible()
    write(form.note, "She is pregnant")
    qtbot.waitUntil(form.quiet.isVisible)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 1)
    assert (only(desk).row.who, only(desk).guests) == (
        "elsa",
        ({"text": "3 gluten-free", "note": ""},),
    )


def test_she_wants_it_on_her_page(desk, window, qtbot) -> None:
    ref = order(desk, first_name="Elsa")
    elsa = person(desk, "Elsa Ek")
    pane = pane_of(window, ref)
    click(qtbot, pane.join_button)
    form = dialog(qtbot, window, JoinForm)
    click(qtbot, form.verb_button)
    assert form._field.sentence.text() == "Choose somebody from the list."
    with qtbot.waitSignal(form.customer.search.searched):
        write(form.customer.search, "elsa")
    press(qtbot, Qt.Key.Key_Return)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: only(desk).row.subject_ref == elsa)
    qtbot.waitUntil(lambda: not pane.join_button.isVisible())


def test_days_are_shown_before_they_are_saved_and_one_is_left_out(desk, window, qtbot) -> None:
    ref = order(desk, wanted_on=date(2026, 12, 11))
    pane = pane_of(window, ref)
    click(qtbot, pane.repeat_button)
    form = dialog(qtbot, window, RepeatForm)
    pick(form.how_often, form.how_often.values()[1])
    assert list(form.days) == [date(2026, 12, 11) + timedelta(days=7 * n) for n in range(1, 5)]
    christmas = form.days[date(2026, 12, 25)]
    assert christmas.text() == "Friday 25 December  ·  public holiday"
    form.times.clear()
    write(form.times, "0")
    assert form.days == {}
    form.times.clear()
    write(form.times, "3")
    form.days[date(2026, 12, 25)].click()
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings).total == 3)
    days = {row.wanted_on.isoformat() for row in desk.ask(list_bookings).rows}
    assert days == {"2026-12-11", "2026-12-18", "2027-01-01"}


def test_this_one_and_the_later_ones_are_changed_and_cancelled(desk, window, qtbot) -> None:
    ref = order(desk, wanted_on=SATURDAY)
    desk.run(repeat_in_series, ref=ref, every="week", times=2)
    change_order(window.context, ref)
    form = dialog(qtbot, window, OrderForm)
    form.what.clear()
    write(form.what, "Bulle")
    pick(form.later, True)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: {row.what for row in desk.ask(list_bookings).rows} == {"Bulle"})
    pane = pane_of(window, ref)
    assert pane.cancel_later_button.text().strip() == "Cancel it and the 2 later ones"
    click(qtbot, pane.cancel_later_button)
    qtbot.waitUntil(lambda: desk.ask(list_bookings, show=BookingFilter.OPEN).total == 0)


def test_what_is_owed_has_a_sum_under_the_list(desk, window, clock, qtbot) -> None:
    order(desk, state=BookingState.COMPLETED)
    window.open_page("orders", show="unpaid")
    said = window.page()._count.text
    qtbot.waitUntil(lambda: said() == "1 order, SEK400.00 together, the oldest since 21 Nov")


def test_where_another_system_counts_only_its_number_is_noted(desk, window, qtbot) -> None:
    rows = desk.ask(list_activities)
    activity = next(row for row in rows if row.name == "Fakturor och bokföring")
    changes = ActivityChanges(system_of_record="Fortnox")
    desk.run(update_activity, activity_ref=activity.ref, changes=changes)
    pane = pane_of(window, order(desk, person(desk)))
    assert pane.invoice_button.text().strip() == "Invoiced in Fortnox…"
    click(qtbot, pane.invoice_button)
    form = dialog(qtbot, window, InvoiceForm)
    assert form.number.text() == ""
    assert not form.elsewhere.isVisible()
    write(form.number, "F-77")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: only(desk).row.invoice_number == "F-77")
    qtbot.waitUntil(lambda: window.toast.words.text() == "Invoice F-77 is noted")
