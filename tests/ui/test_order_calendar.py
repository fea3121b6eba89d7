"""The day and the week of orders: seen, walked through by keys, opened, begun, printed, saved."""

from datetime import date, time, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.terms import BookingState
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.order_changes import set_booking_state
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.calendar_file import CalendarFile
from gdprdesk_ui.dialogs.order_form import OrderForm
from gdprdesk_ui.pages.orders import OrdersPage
from gdprdesk_ui.pages.orders.calendar_view import CalendarView
from gdprdesk_ui.pages.orders.lanes import lanes
from gdprdesk_ui.pages.orders.slot_button import SlotButton
from gdprdesk_ui.widgets import Label
from tests.builders import TODAY, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, has_focus, opened, press, write

MONDAY = TODAY - timedelta(days=TODAY.weekday())


@pytest.fixture
def filled(desk):
    """On Saturday a cake at 14:00 for Karin, buns at 14:15, and bread that has no time."""
    order(desk, person(desk), what="Cake", wanted_on=TODAY, wanted_at=time(14))
    order(desk, what="Buns", wanted_on=TODAY, wanted_at=time(14, 15))
    order(desk, what="Bread", wanted_on=TODAY)
    order(desk, what="Coffee", wanted_on=MONDAY, wanted_at=time(9))
    return desk


@pytest.fixture
def window(filled, theme, show, clock):
    with opened(filled, theme, show, clock) as made:
        made.resize(1280, 800)
        made.navigate("orders")
        yield made


@pytest.fixture
def page(window, qtbot):
    click(qtbot, window.page().views.buttons["week"])
    return window.page()


def slot(page: OrdersPage, title: str) -> SlotButton:
    return next(one for one in page.calendar.grid.slots() if one.slot.title == title)


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.accessibleName()


def test_the_week_has_all_its_orders_side_by_side(page) -> None:
    heads = [one.column.title for one in page.calendar.heads.heads]
    assert heads == ["Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"]
    assert [one.slot.title for one in page.calendar.grid.slots()] == [
        "Coffee",
        "Bread",
        "Cake",
        "Buns",
    ]
    assert page.calendar.title.text() == "16–22 Nov 2026"  # noqa: RUF001
    assert page.calendar.week.text() == "Week 47"
    bread, cake, buns = (slot(page, one).geometry() for one in ("Bread", "Cake", "Buns"))
    assert not cake.intersects(buns)
    assert bread.bottom() < cake.top() < buns.top()
    assert cake.right() < buns.left()
    assert cake.width() < bread.width()
    assert not page._filters.isVisible()


def test_a_screen_reader_hears_when_what_and_whose(page) -> None:
    assert slot(page, "Cake").accessibleName() == (
        "Saturday 21 November, 14:00, Cake, Karin Holm, Confirmed"
    )
    assert nameless(page) == []
    assert page.calendar.heads.heads[5].accessibleName() == (
        "Saturday 21 November, today, 3 orders"
    )


def test_the_arrows_walk_through_orders_and_free_hours(page, qtbot) -> None:
    page.calendar.first_focus().setFocus()
    page.calendar.grid.stand_on(TODAY)
    press(qtbot, Qt.Key.Key_Home)
    assert focused() == "Monday 16 November, 08:00, free"
    press(qtbot, Qt.Key.Key_Down)
    assert focused().startswith("Monday 16 November, 09:00, Coffee")
    press(qtbot, Qt.Key.Key_Right)
    assert focused() == "Tuesday 17 November, 09:00, free"
    press(qtbot, Qt.Key.Key_End)
    assert focused() == "Sunday 22 November, 09:00, free"
    press(qtbot, Qt.Key.Key_Left)
    for _step in range(5):
        press(qtbot, Qt.Key.Key_Down)
    assert has_focus(slot(page, "Cake"))
    press(qtbot, Qt.Key.Key_Down)
    assert has_focus(slot(page, "Buns"))
    for _step in range(8):
        press(qtbot, Qt.Key.Key_Up)
    assert has_focus(slot(page, "Bread"))  # above the hours


def test_beyond_the_last_day_is_the_next_week(page, qtbot) -> None:
    page.calendar.first_focus().setFocus()
    press(qtbot, Qt.Key.Key_End)
    press(qtbot, Qt.Key.Key_Right)
    assert focused() == "Monday 23 November, 08:00, free"
    assert page.calendar.title.text() == "23–29 Nov 2026"  # noqa: RUF001
    assert page._count.text() == "0 orders"
    press(qtbot, Qt.Key.Key_Left)
    assert page.calendar.title.text() == "16–22 Nov 2026"  # noqa: RUF001
    press(qtbot, Qt.Key.Key_PageUp)
    assert page.calendar.title.text() == "9–15 Nov 2026"  # noqa: RUF001
    click(qtbot, page.calendar.today_button)
    assert page.calendar.grid.day() == TODAY
    assert not page.calendar.today_button.isEnabled()


def test_only_the_place_of_the_cursor_is_reached_by_tab(page, qtbot) -> None:
    page.calendar.first_focus().setFocus()
    page.calendar.grid.stand_on(MONDAY)
    press(qtbot, Qt.Key.Key_Down)
    tab = Qt.FocusPolicy.TabFocus
    reached = [one for one in page.calendar.grid.slots() if one.focusPolicy() & tab]
    assert [one.slot.title for one in reached] == ["Coffee"]
    assert not page.calendar.grid.focusPolicy() & tab


def test_enter_opens_an_order_beside_the_calendar_and_closes_it(page, qtbot) -> None:
    assert not page.order_pane.isVisible()
    slot(page, "Cake").setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert page.order_pane.title.text() == "Order 1001"
    assert page.order_pane.isVisible()
    click(qtbot, slot(page, "Cake"))
    assert not page.order_pane.isVisible()


def test_what_is_done_with_it_is_seen_at_once(page, filled, qtbot) -> None:
    click(qtbot, slot(page, "Cake"))
    page.order_pane.cancel_button.click()
    left = ["Coffee", "Bread", "Buns"]
    qtbot.waitUntil(lambda: [one.slot.title for one in page.calendar.grid.slots()] == left)
    assert page._count.text() == "3 orders"


def test_a_new_order_begins_at_the_hour_chosen(page, window, filled, qtbot) -> None:
    page.calendar.grid.stand_on(MONDAY + timedelta(days=1))
    page.calendar.first_focus().setFocus()
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    form = dialog(qtbot, window, OrderForm)
    assert (form.wanted.day.day(), form.wanted.time.text()) == (date(2026, 11, 17), "10:00")
    write(form.what, "Tea")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: slot(page, "Tea").slot.at == time(10))
    assert page.order_pane.title.text() == "Order 1005"


def test_a_double_click_begins_an_order_there(page, window, qtbot) -> None:
    grid = page.calendar.grid
    x = (grid.left_of(2) + grid.left_of(3)) // 2
    at = QPointF(x, grid._y(11 * 60 + 30)).toPoint()
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    form = dialog(qtbot, window, OrderForm)
    assert (form.wanted.day.day(), form.wanted.time.text()) == (date(2026, 11, 18), "11:00")


def test_a_click_on_a_day_of_the_week_opens_it(page, qtbot) -> None:
    click(qtbot, page.calendar.heads.heads[0])
    assert page.views.key() == "day"
    assert page.calendar.title.text() == "Monday 16 November"
    assert [one.slot.title for one in page.calendar.grid.slots()] == ["Coffee"]
    click(qtbot, page.calendar.after)
    assert page.calendar.title.text() == "Tuesday 17 November"
    click(qtbot, page.views.buttons["list"])
    assert page._filters.isVisible()
    assert page.order_pane.isVisible()


def test_those_who_receive_visitors_have_a_column_each(filled, context, show, clock) -> None:
    rooms = {"Cake": "Blue", "Buns": "Green", "Bread": ""}
    with UnitOfWork(filled._vault, clock) as work:
        for one in work.session.scalars(select(Booking)):
            one.room = rooms.get(one.what, "")
            one.minutes = 50
        work.commit("booking.update")
    view = show(CalendarView(context))
    view.look_at("day", TODAY)
    titles = [(one.column.title, len(one.column.slots)) for one in view.heads.heads]
    assert titles == [("Blue", 1), ("Green", 1), ("No room", 1)]
    assert nameless(view) == []


def test_holidays_are_named(context, show) -> None:
    view = show(CalendarView(context))
    view.look_at("week", date(2026, 12, 25))
    assert [one.column.sentence for one in view.heads.heads[4:6]] == [
        "Christmas Day",
        "Second Day of Christmas",
    ]
    view.look_at("day", date(2026, 12, 25))
    assert view.title.text() == "Friday 25 December  ·  Christmas Day"


def test_it_can_be_painted_in_every_look(filled, every_look, context, show) -> None:
    enquiry = order(filled, what="Wedding", wanted_on=TODAY, state=BookingState.ENQUIRY)
    assert enquiry
    for row in filled.ask(list_bookings).rows:
        if row.what == "Coffee":
            filled.run(set_booking_state, ref=row.ref, state=BookingState.NO_SHOW)
    view = show(CalendarView(context))
    view.resize(700, 500)
    for span in ("week", "day"):
        view.look_at(span, TODAY)
        assert not view.grab().isNull()
    assert view.grid.now_line() is not None


def test_the_week_is_printed_and_saved_for_a_calendar(page, window, qtbot, tmp_path) -> None:
    click(qtbot, page.calendar.save_button)
    form = dialog(qtbot, window, CalendarFile)
    assert (form.since.day(), form.until.day()) == (MONDAY, MONDAY + timedelta(days=6))
    assert not form.with_names.isChecked()
    assert not form.warning.isVisible()
    form.with_names.setChecked(True)
    assert form.warning.isVisible()
    form.with_names.setChecked(False)
    to = tmp_path / "week.ics"
    ask.next_answer(to)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(to.exists)
    found = icalendar.Calendar.from_ical(to.read_bytes()).walk("VEVENT")
    assert len(found) == 4
    assert b"Karin" not in to.read_bytes()
    click(qtbot, page.sheet_button)
    qtbot.waitUntil(lambda: window.page() is not page)
    assert window.page().choices["week_sheet"].isChecked()


def test_the_last_day_may_not_be_before_the_first(context, show) -> None:
    form = show(CalendarFile(context, TODAY, TODAY - timedelta(days=1)))
    form.verb_button.click()
    said = [one.text() for one in form.findChildren(Label) if one.isVisible()]
    assert "The last day is before the first." in said


@given(
    st.lists(
        st.tuples(st.integers(0, 1400), st.integers(1, 300)).map(lambda one: (one[0], sum(one))),
        max_size=40,
    ).map(sorted)
)
def test_nothing_in_the_calendar_lies_over_anything_else(spans) -> None:
    found = lanes(spans)
    assert len(found) == len(spans)
    for (begin, end), lane in zip(spans, found, strict=True):
        assert 0 <= lane.number < lane.of
        for (other_begin, other_end), other in zip(spans, found, strict=True):
            overlap = begin < other_end and other_begin < end
            if overlap and (begin, end, lane) is not (other_begin, other_end, other):
                assert lane.of == other.of


@given(st.lists(st.tuples(st.integers(0, 1400), st.integers(1, 300)), max_size=30).map(sorted))
def test_two_in_a_lane_never_overlap(pairs) -> None:
    spans = [(begin, begin + length) for begin, length in pairs]
    found = lanes(spans)
    for first in range(len(spans)):
        for second in range(first + 1, len(spans)):
            if found[first].number == found[second].number:
                assert spans[first][1] <= spans[second][0] or spans[second][1] <= spans[first][0]
