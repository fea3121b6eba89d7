from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gdprdesk.domain.terms import BookingState
from gdprdesk.services.bookings import list_bookings, show_booking
from gdprdesk.services.invoices import list_invoices
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.invoice_form import InvoiceForm
from gdprdesk_ui.dialogs.order_days import PaidForm
from gdprdesk_ui.dialogs.order_form import OrderForm
from gdprdesk_ui.dialogs.order_repeat import RepeatForm
from gdprdesk_ui.pages.orders import OrdersPage
from tests.builders import TODAY, delivered, invoiced, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("orders")
        yield made


@pytest.fixture
def filled(desk):
    """Karin's open order 1001, Anders's unpaid 1002, and 1003 with Karin's invoice 1."""
    karin = person(desk, "Karin Holm", address="Kyrkogatan 4")
    order(desk, karin, wanted_on=TODAY, diet="nuts", note="pink")
    delivered(desk, person(desk, "Anders Nyberg"), paid_on=None)
    invoiced(desk, karin, paid_on=None)
    return desk


def numbers(page: OrdersPage) -> list[str]:
    model = page.lists._model()
    return [str(model.index(line, 0).data()) for line in range(model.rowCount())]


def test_no_orders_yet(window, qtbot) -> None:
    page = window.page()
    assert page.empty.isVisible()
    assert QApplication.focusWidget() is page.first_button
    click(qtbot, page.first_button)
    form = dialog(qtbot, window, OrderForm)
    write(form.what, "Cake")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])
    assert page.order_pane.title.text() == "Order 1001"


def test_the_chips_show_some_of_them(filled, window, qtbot) -> None:
    page = window.page()
    assert numbers(page) == ["1001"]
    for key, expected in (
        ("unpaid", ["1002"]),
        ("done", ["1003", "1002"]),
        ("all", ["1003", "1002", "1001"]),
        ("invoices", ["1"]),
    ):
        click(qtbot, page.chips.buttons[key])
        assert numbers(page) == expected
    assert page.chips.buttons["unpaid"].accessibleName() == "Unpaid 1"


def test_a_search_finds_by_name_and_number(filled, window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.chips.buttons["all"])
    with qtbot.waitSignal(page.search.searched):
        write(page.search, "nyberg")
    assert numbers(page) == ["1002"]
    click(qtbot, page.chips.buttons["invoices"])
    assert numbers(page) == []
    assert page.lists.no_hit.title.text() == "No hits for “nyberg”"
    page.search.setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert numbers(page) == ["1"]


def test_the_pane_shows_everything_about_the_order(filled, window) -> None:
    pane = window.page().order_pane
    said = {label.text() for label in pane.findChildren(type(pane.title)) if label.isVisible()}
    assert {"Order 1001", "Prinsesstårta", "nuts", "pink", "21 Nov", "In person"} <= said
    assert {"1 × Prinsesstårta", "SEK400.00"} <= said  # noqa: RUF001


def test_an_order_stays_in_view_until_it_is_handed_out_and_paid(filled, window, qtbot) -> None:
    page = window.page()
    ref = page._ref
    click(qtbot, page.order_pane.hand_out_button)
    qtbot.waitUntil(lambda: numbers(page) == [])
    assert page.order_pane.title.text() == "Order 1001"
    assert not page.order_pane.hand_out_button.isVisible()
    click(qtbot, page.order_pane.paid_button)
    form = dialog(qtbot, window, PaidForm)
    form.day.edit.clear()
    write(form.day.edit, "40/11/2026")
    click(qtbot, form.verb_button)
    assert form._field.sentence.text() == "Write the day like this: 31/12/2026"
    form.day.edit.clear()
    write(form.day.edit, "20/11/2026")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: filled.ask(show_booking, ref=ref).row.paid_on is not None)
    assert filled.ask(show_booking, ref=ref).row.paid_on == TODAY - timedelta(days=1)
    qtbot.waitUntil(lambda: window.toast.words.text() == "Order 1001 is paid")
    click(qtbot, page.order_pane.paid_button)
    again = dialog(qtbot, window, PaidForm)
    again.day.edit.clear()
    click(qtbot, again.verb_button)
    qtbot.waitUntil(lambda: filled.ask(show_booking, ref=ref).row.paid_on is None)


def test_an_order_is_cancelled_and_opened_again(filled, window, qtbot) -> None:
    page = window.page()
    ref = page._ref
    click(qtbot, page.order_pane.cancel_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "Order 1001 is cancelled")
    qtbot.waitUntil(page.order_pane.confirm_button.isVisible)
    assert not page.order_pane.paid_button.isVisible()
    click(qtbot, page.order_pane.confirm_button)
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])
    assert filled.ask(show_booking, ref=ref).row.state is BookingState.CONFIRMED


def test_an_enquiry_is_confirmed(desk, window, qtbot) -> None:
    order(desk, state=BookingState.ENQUIRY)
    page = window.page()
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])
    assert page.order_pane.confirm_button.text().strip() == "Confirm"
    click(qtbot, page.order_pane.confirm_button)
    qtbot.waitUntil(page.order_pane.hand_out_button.isVisible)


def test_an_order_is_repeated_for_another_day(filled, window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.order_pane.repeat_button)
    form = dialog(qtbot, window, RepeatForm)
    write(form.wanted.day.edit, "28/11/2026")
    write(form.wanted.time, "9")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.order_pane.title.text() == "Order 1004")
    row = filled.ask(show_booking, ref=page._ref).row
    assert (row.what, row.wanted_on.isoformat()) == ("Prinsesstårta", "2026-11-28")
    assert row.diet == ""
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: page.order_pane.title.text() == "Order 1001")


def test_an_invoice_is_made_paid_and_saved(filled, window, qtbot, tmp_path) -> None:
    page = window.page()
    click(qtbot, page.order_pane.invoice_button)
    form = dialog(qtbot, window, InvoiceForm)
    assert (form.number.text(), form.address.toPlainText()) == ("2", "Kyrkogatan 4")
    assert form.due.day() == TODAY + timedelta(days=30)
    form.number.clear()
    write(form.number, "1")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form._number_field.sentence.text().startswith("There is already"))
    form.number.clear()
    write(form.number, "F-2")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.invoice_pane.title.text() == "Invoice F-2")
    assert page.chips.key() == "invoices"
    click(qtbot, page.invoice_pane.paid_button)
    click(qtbot, dialog(qtbot, window, PaidForm).verb_button)
    qtbot.waitUntil(lambda: filled.ask(list_invoices, search="F-2").rows[0].paid_on == TODAY)
    path = tmp_path / "F-2.pdf"
    ask.next_answer(path)
    click(qtbot, page.invoice_pane.save_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "F-2.pdf is saved")
    assert path.read_bytes().startswith(b"%PDF")
    assert page.invoice_pane.person_button is not None
    click(qtbot, page.invoice_pane.person_button)
    assert window.page().heading.title.text() == "Karin Holm"


def test_an_original_in_another_system_needs_its_name(filled, window, qtbot) -> None:
    click(qtbot, window.page().order_pane.invoice_button)
    form = dialog(qtbot, window, InvoiceForm)
    assert not form._original_field.isVisible()
    form.elsewhere.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    form.due.edit.clear()
    click(qtbot, form.verb_button)
    assert form._original_field.sentence.text() == "Write what the other system is called."
    assert form._due_field.sentence.text() == "Write the day it is to be paid."
    form.due.set_day(TODAY)
    write(form.original_in, "Fortnox")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: filled.ask(list_invoices).total == 2)
    assert filled.ask(list_invoices).rows[0].original_in == "Fortnox"


def test_an_order_leads_to_its_invoice_and_back(filled, window, qtbot) -> None:
    page = window.page()
    done = filled.ask(list_bookings, search="1003").rows[0]
    window.open_page("orders", show="all", ref=done.ref)
    assert page.order_pane.invoice_button.text().strip() == "Show the invoice"
    assert not page.order_pane.paid_button.isVisible()
    click(qtbot, page.order_pane.invoice_button)
    assert page.invoice_pane.title.text() == "Invoice 1"
    window.go_back()
    assert page.order_pane.title.text() == "Order 1003"


def test_a_passer_by_gets_no_invoice(desk, window, qtbot) -> None:
    order(desk)
    page = window.page()
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])
    assert not page.order_pane.invoice_button.isVisible()
    assert page.order_pane.person_button is None


def test_where_there_is_little_room_the_order_takes_the_place_of_the_list(
    filled, window, qtbot
) -> None:
    page = window.page()
    window.resize(1024, 700)
    assert page.lists.orders.isVisible()
    assert not page.order_pane.isVisible()
    page.lists.orders.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert page.order_pane.isVisible()
    assert not page.lists.orders.isVisible()
    assert QApplication.focusWidget() is page.order_pane.back_button
    press(qtbot, Qt.Key.Key_Escape)
    assert page.lists.orders.isVisible()
    window.resize(1280, 800)
    assert page.order_pane.isVisible()


def test_the_keyboard_reaches_the_verbs_and_the_day_sheet(filled, window, qtbot) -> None:
    page = window.page()
    assert QApplication.focusWidget() is page.search
    press(qtbot, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.lists.orders
    press(qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.order_pane.hand_out_button
    press(qtbot, Qt.Key.Key_F2)
    dialog(qtbot, window, OrderForm).reject()
    click(qtbot, page.sheet_button)
    assert window._shown == ("reports", {"report": "day_sheet"})


def test_what_another_page_changes_is_seen_and_what_is_gone_is_not(filled, window, qtbot) -> None:
    page = window.page()
    filled.run(set_booking_state, ref=page._ref, state=BookingState.COMPLETED)
    qtbot.waitUntil(lambda: numbers(page) == [])
    filled.undo()
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])


def test_a_new_order_for_a_person_begins_with_her(filled, window, qtbot) -> None:
    anders = filled.ask(list_bookings, search="anders").rows[0].subject_ref
    window.open_page("orders", new=True, subject_ref=anders)
    form = dialog(qtbot, window, OrderForm)
    assert form.customer.customer().subject_ref == anders
    assert QApplication.focusWidget() is form.what
    form.reject()


def test_everything_has_a_name_and_is_painted_in_every_look(
    filled, context, qtbot, every_look
) -> None:
    page = OrdersPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()
    page.chips.choose("invoices")
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_the_models_keep_qts_contract(filled, context, qtbot, qtmodeltester) -> None:
    page = OrdersPage(context)
    qtbot.addWidget(page)
    page.refresh()
    qtmodeltester.check(page.lists.orders.model())
    page.chips.choose("invoices")
    qtmodeltester.check(page.lists.invoices.model())
