from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gdprdesk.domain.terms import Audience, BookingState, Channel, HoldGround, RequestKind
from gdprdesk.services.activities import list_activities, review_activity
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.holds import Decision, hold_person
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.notice import publish_notice
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.services.recipients import (
    RecipientChanges,
    list_recipients_due,
    update_recipient,
)
from gdprdesk.services.requests import open_request
from gdprdesk.services.sources import add_source
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.import_people import ImportPeople
from gdprdesk_ui.dialogs.order_days import PaidForm
from gdprdesk_ui.dialogs.order_form import OrderForm
from gdprdesk_ui.pages.page import Breadth
from gdprdesk_ui.pages.today import TodayPage
from gdprdesk_ui.pages.today.cards import greeting
from gdprdesk_ui.widgets import Pill
from tests.builders import CAKE, TODAY, Clock, delivered, invoiced, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, has_focus, opened, press, write

LONG_AGO = TODAY - timedelta(days=50)


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


def titles(page: TodayPage) -> list[str]:
    return [row.button.accessibleDescription() for row in page.tasks.rows]


def task(page: TodayPage, words: str):
    return next(row for row in page.tasks.rows if words in row.button.accessibleDescription())


@pytest.mark.parametrize(
    ("hour", "said"), [(6, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_goes_by_the_clock_and_uses_the_first_name(hour: int, said: str) -> None:
    assert greeting(hour, "Maja Lind") == f"{said}, Maja"
    assert greeting(hour, "") == said


def test_an_empty_register_asks_for_the_customer_list_first(window, qtbot) -> None:
    page = window.page()
    assert titles(page)[0] == "Take in your customer list"
    assert page.orders.lines == []
    click_once_shown(qtbot, lambda: page.tasks.rows[0].button)
    assert dialog(qtbot, window, ImportPeople).isVisible()


def test_the_heading_says_the_day_and_how_much_there_is_to_do(desk, window) -> None:
    page = window.page()
    count = len(page.tasks.rows)
    assert page.heading.title.text().endswith(", Maja")
    assert page.heading.sentence.text() == f"Saturday 21 November  ·  {count} things to do"
    assert window.sidebar.buttons["today"].accessibleName() == f"Today, {count} things to do"


def test_the_page_does_not_run_away_when_it_is_shown_anew(desk, window, qtbot) -> None:
    karin = person(desk, "Karin Holm")
    for _number in range(15):
        order(desk, karin, wanted_on=TODAY)
    window.resize(1024, 640)
    window.navigate("today")
    bar = window.stack.currentWidget().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    window.page().first_focus().setFocus()
    window.page().refresh()
    assert has_focus(window.page().first_focus())
    assert bar.value() == 0


def test_what_is_late_or_unpaid_is_named(desk, clock: Clock, window, qtbot) -> None:
    clock.go_to(LONG_AGO)
    karin = person(desk, "Karin Holm")
    invoiced(desk, karin, paid_on=None)
    delivered(desk, karin, paid_on=None)
    order(desk, karin, wanted_on=LONG_AGO)
    clock.go_to(TODAY)
    window.navigate("today")
    page = window.page()
    assert titles(page)[:3] == [
        "Was order 1003 fetched?",
        "Invoice 1 is overdue",
        "Order 1002 is handed out, but not paid",
    ]
    click_once_shown(qtbot, lambda: task(page, "Invoice 1").button)
    form = dialog(qtbot, window, PaidForm)
    assert form.day.day() == TODAY
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Invoice 1 is overdue" not in titles(page))
    assert desk.ask(list_invoices).rows[0].paid_on == TODAY
    click_once_shown(qtbot, lambda: task(page, "Order 1002").button)
    click(qtbot, dialog(qtbot, window, PaidForm).verb_button)
    qtbot.waitUntil(lambda: len([one for one in titles(page) if "Order 1002" in one]) == 0)
    assert window.toast.words.text() == "Order 1002 is paid"
    click_once_shown(qtbot, lambda: task(page, "order 1003").button)
    assert window._shown[0] == "orders"
    assert window.page().order_pane.title.text() == "Order 1003"


@pytest.mark.parametrize(("days", "leads"), [(0, False), (27, True)])
def test_what_is_late_leads_but_for_a_request_whose_month_is_nearly_over(
    desk, clock: Clock, window, days, leads
) -> None:
    clock.go_to(LONG_AGO)
    invoiced(desk, person(desk, "Karin Holm"), paid_on=None)
    clock.go_to(TODAY)
    asked = TODAY - timedelta(days=days)
    desk.run(
        open_request, kind=RequestKind.ACCESS, received_on=asked, channel=Channel.PHONE,
        asker="Eva Dal",
    )  # fmt: skip
    window.navigate("today")
    shown = [one for one in titles(window.page()) if "Eva Dal" in one or "Invoice" in one]
    assert shown.index("Invoice 1 is overdue") == (len(shown) - 1 if leads else 0)
    assert len(shown) > 1


def test_many_of_a_kind_are_one_line(desk, clock: Clock, window, qtbot) -> None:
    clock.go_to(LONG_AGO)
    for _number in range(4):
        order(desk, wanted_on=LONG_AGO)
        delivered(desk, paid_on=None)
    clock.go_to(TODAY)
    window.navigate("today")
    page = window.page()
    assert "4 orders were wanted before today" in titles(page)
    click_once_shown(qtbot, lambda: task(page, "4 orders are handed out, but not paid").button)
    assert window._shown[0] == "orders"
    assert window.page().chips.key() == "unpaid"


def test_a_staged_erasure_says_how_long_it_can_be_undone(desk, clock, window, qtbot) -> None:
    karin = person(desk, "Karin Holm")
    desk.run(stage_erasure, subject_ref=karin)
    clock.move(hours=1, minutes=30)
    window.navigate("today")
    page = window.page()
    pill = task(page, "Karin Holm will be erased").findChild(Pill)
    assert pill.text() == "22 hours left"
    click_once_shown(qtbot, lambda: task(page, "Karin Holm will be erased").button)
    assert window._shown == ("erase", {"subject_ref": karin})


def test_agreements_that_are_missing_are_one_line(desk, window, qtbot) -> None:
    page = window.page()
    needing = desk.ask(list_recipients_due).agreements
    assert len(needing) > 3
    said = f"{len(needing)} suppliers have no agreement"
    assert said in titles(page)
    for row in needing[:-1]:
        changes = RecipientChanges(agreement_on=TODAY)
        desk.run(update_recipient, recipient_ref=row.ref, changes=changes)
    said = f"No agreement with {needing[-1].name}"
    qtbot.waitUntil(lambda: said in titles(page))
    click_once_shown(qtbot, lambda: task(page, said).button)
    assert window._shown[0] == "recipients"


def test_agreements_that_run_out_and_evidence_to_see(desk, window, qtbot) -> None:
    page = window.page()
    row, other = desk.ask(list_recipients_due).agreements[:2]
    changes = RecipientChanges(agreement_on=TODAY, agreement_until=TODAY + timedelta(days=9))
    desk.run(update_recipient, recipient_ref=row.ref, changes=changes)
    changes = RecipientChanges(agreement_on=TODAY, deletes_after="3 months", review_on=TODAY)
    desk.run(update_recipient, recipient_ref=other.ref, changes=changes)
    qtbot.waitUntil(lambda: f"See for yourself that {other.name} deletes" in titles(page))
    assert f"The agreement with {row.name} runs out" in titles(page)
    assert task(page, "runs out").findChild(Pill).text() == "30 Nov"
    assert f"Look through the agreement with {other.name}" in titles(page)


def test_a_row_that_lacks_something_and_one_to_look_through(desk, clock, window, qtbot) -> None:
    page = window.page()
    row = desk.ask(list_activities)[0]
    desk.run(update_activity, activity_ref=row.ref, changes=ActivityChanges(measures=()))
    said = f"{row.name} is not complete in the register"
    qtbot.waitUntil(lambda: said in titles(page))
    click_once_shown(qtbot, lambda: task(page, said).button)
    assert window._shown == ("register", {"activity_ref": row.ref})
    desk.run(review_activity, activity_ref=row.ref)
    clock.go_to(date(2027, 11, 20))
    window.navigate("today")
    assert f"Look through {row.name} again" not in titles(page)
    clock.go_to(date(2027, 11, 21))
    window.navigate("today")
    assert f"Look through {row.name} again" in titles(page)


def test_what_is_over_and_decisions_to_take_again_lead_to_the_clean_up(
    desk, clock, window, qtbot
) -> None:
    karin, olle = person(desk, "Karin Holm"), person(desk, "Olle Ek")
    delivered(desk, karin)
    delivered(desk, olle)
    decision = Decision(HoldGround.CLAIM, "Tvist", date(2027, 1, 31))
    desk.run(hold_person, subject_ref=karin, decision=decision)
    page = window.page()
    clock.go_to(date(2027, 1, 30))
    window.navigate("today")
    assert not any("to be kept" in title for title in titles(page))
    clock.go_to(date(2027, 1, 31))
    window.navigate("today")
    said = "Is it still to be kept: Everything"
    click_once_shown(qtbot, lambda: task(page, said).button)
    assert window._shown[0] == "clean_up"
    clock.go_to(date(2028, 11, 22))
    window.navigate("today")
    click_once_shown(qtbot, lambda: task(page, "1 record has reached its last day").button)
    assert window._shown[0] == "clean_up"


def test_whoever_is_to_be_told_where_her_data_came_from_is_named(
    desk, clock, window, qtbot
) -> None:
    karin = person(desk, "Karin Holm")
    desk.run(add_source, subject_ref=karin, source="Credit check")
    page = window.page()
    said = "Tell Karin Holm where you have her data from"
    qtbot.waitUntil(lambda: said in titles(page))
    assert task(page, said).findChild(Pill).text() == "Until 21 Dec"
    clock.go_to(date(2026, 12, 23))
    window.navigate("today")
    assert task(page, said).findChild(Pill).text().startswith("Was due")
    click_once_shown(qtbot, lambda: task(page, said).button)
    assert window._shown == ("person", {"subject_ref": karin})
    for number in range(3):
        desk.run(add_source, subject_ref=person(desk, f"P{number}"), source="Credit check")
    window.navigate("today")
    assert "4 people are to be told where you have their data from" in titles(page)


def test_a_published_notice_that_the_register_has_left_behind(desk, window, qtbot) -> None:
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    page, row = window.page(), desk.ask(list_activities)[0]
    said = "The privacy notice is out of date: Customers"
    assert said not in titles(page)
    desk.run(update_activity, activity_ref=row.ref, changes=ActivityChanges(purpose="Mer än förr"))
    qtbot.waitUntil(lambda: said in titles(page))
    click_once_shown(qtbot, lambda: task(page, said).button)
    assert window._shown == ("notice", {"audience": Audience.CUSTOMERS})


def test_an_order_of_today_is_handed_out_and_paid_by_one_button_each(desk, window, qtbot) -> None:
    eva = person(desk, "Eva Lindqvist")
    ref = order(desk, eva, wanted_on=TODAY, diet="nuts")
    order(desk, wanted_on=TODAY, what="Bread", lines=())
    order(desk, wanted_on=TODAY + timedelta(days=1))
    page = window.page()
    qtbot.waitUntil(lambda: len(page.orders.lines) == 2)
    first, second = page.orders.lines
    assert first.open_row.accessibleName() == "Prinsesstårta, Eva Lindqvist"
    assert second.open_row.accessibleName() == "Bread, Passer-by"
    assert not second.paid_button.isVisible()
    assert len(page.coming.rows) == 1
    click_once_shown(qtbot, lambda: page.orders.lines[0].paid_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "Order 1001 is paid")
    qtbot.waitUntil(lambda: not page.orders.lines[0].paid_button.isVisibleTo(page))
    click_once_shown(qtbot, lambda: page.orders.lines[0].hand_out_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "Order 1001 is handed out")
    row = desk.ask(show_booking, ref=ref).row
    assert (row.state, row.paid_on) == (BookingState.COMPLETED, TODAY)
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: desk.ask(show_booking, ref=ref).row.state is BookingState.CONFIRMED)
    qtbot.waitUntil(lambda: all(line.open_row.isVisible() for line in page.orders.lines))
    page.orders.lines[0].open_row.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert window.page().order_pane.title.text() == "Order 1001"


def test_the_focus_stays_on_the_page_when_its_rows_are_made_anew(desk, window, qtbot) -> None:
    page = window.page()
    assert QApplication.focusWidget() is page.tasks.rows[0].button
    person(desk)
    qtbot.waitUntil(lambda: titles(page)[0] != "Take in your customer list")
    assert QApplication.focusWidget() is page.tasks.rows[0].button


def test_a_new_order_from_today_stays_there(desk, window, qtbot) -> None:
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog(qtbot, window, OrderForm)
    write(form.what, "Cake")
    write(form.wanted.day.edit, "21/11/2026")
    click(qtbot, form.verb_button)
    page = window.page()
    qtbot.waitUntil(lambda: len(page.orders.lines) == 1)
    assert window._shown[0] == "today"


def test_the_number_in_the_navigation_is_right_from_everywhere(desk, window, qtbot) -> None:
    before = len(window.page().tasks.rows)
    window.navigate("people")
    ref = order(desk, wanted_on=date(2026, 11, 1))
    qtbot.waitUntil(
        lambda: (
            window.sidebar.buttons["today"].accessibleName() == f"Today, {before + 1} things to do"
        )
    )
    desk.run(set_booking_state, ref=ref, state=BookingState.CANCELLED)
    qtbot.waitUntil(
        lambda: window.sidebar.buttons["today"].accessibleName() == f"Today, {before} things to do"
    )


def test_what_comes_is_sorted_by_day_and_opens(desk, window, qtbot) -> None:
    karin = person(desk)
    invoiced(desk, karin, paid_on=None, due_on=TODAY + timedelta(days=9))
    order(desk, karin, wanted_on=TODAY + timedelta(days=12), what="Later", lines=(CAKE,))
    order(desk, karin, wanted_on=TODAY + timedelta(days=2), what="Soon", lines=(CAKE,))
    page = window.page()
    qtbot.waitUntil(lambda: len(page.coming.rows) == 3)
    said = [row.accessibleName() for row in page.coming.rows]
    assert said == ["Soon", "Invoice 1 is due", "Later"]
    click_once_shown(qtbot, lambda: page.coming.rows[1])
    assert window.page().invoice_pane.title.text() == "Invoice 1"


def test_the_side_goes_under_where_there_is_no_room(context, qtbot) -> None:
    page = TodayPage(context)
    qtbot.addWidget(page)
    page.refresh()
    page.resize(600, 900)
    page.set_breadth(Breadth.NARROW)
    page.show()
    assert page.standing.y() > page.tasks.y()
    page.set_breadth(Breadth.FULL)
    qtbot.waitUntil(lambda: page.standing.y() == page.tasks.y())


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, clock, context, qtbot, every_look
) -> None:
    order(desk, person(desk), wanted_on=TODAY, diet="nuts")
    page = TodayPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()
    assert page.first_focus() is page.tasks.rows[0].button


def test_who_came_back_while_her_erasure_waits_is_the_owners_to_decide(
    desk, clock, window, qtbot
) -> None:
    karin = person(desk, "Karin Holm")
    order(desk, karin)
    desk.run(stage_erasure, subject_ref=karin)
    clock.move(days=1)
    order(desk, karin, what="Bread")
    page = window.page()
    said = "Karin Holm was to be erased, but has come back"
    qtbot.waitUntil(lambda: said in titles(page))
    click_once_shown(qtbot, lambda: task(page, said).button)
    assert window._shown == ("erase", {"subject_ref": karin})


@pytest.mark.spoils
def test_a_change_without_the_program_stays_until_it_was_seen(window, desk, qtbot) -> None:
    person(desk, "Anna")
    with desk._vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE data_subject SET name = 'Eve'")
    desk.find_damage()
    window.open_page("today")
    page = window.page()
    assert task(page, "changed without the program")
    ask.next_answer(False)
    click(qtbot, task(page, "changed without").button)
    assert len(desk.log_findings) == 1
    ask.next_answer(True)
    click(qtbot, task(page, "changed without").button)
    qtbot.waitUntil(lambda: not any("changed without" in one for one in titles(window.page())))
    assert desk.log_findings == ()
