"""What the window calls the people and their orders follows from the trade."""

import pytest
from PySide6.QtWidgets import QLabel

from gdprdesk.desk import Desk
from gdprdesk.i18n import use_language
from gdprdesk.services.onboarding import Business
from gdprdesk.services.reports.slip import SlipCopy
from gdprdesk_ui.dialogs.order_slip import print_slip
from gdprdesk_ui.models.entries import EntryModel
from tests.builders import CHEAP, PASSWORD, TODAY, order, person
from tests.ui.windows import opened


@pytest.fixture
def desk(folder):
    therapist = Business("Hälsan", trade="therapy", language="en")
    desk, _recovery = Desk.create(folder, business=therapist, password=PASSWORD, limits=CHEAP)
    yield desk
    desk.lock()


NAMES = [
    ("en", "Clients", "Bookings"),
    ("sv", "Klienter", "Bokningar"),
    ("nb", "Klienter", "Timeavtaler"),
]


@pytest.mark.parametrize("names", NAMES, ids=[said for said, *_names in NAMES])
def test_a_therapist_has_clients_and_bookings_wherever_pages_are_named(
    desk, theme, show, clock, names
) -> None:
    said, people, orders = names
    use_language(said)
    try:
        with opened(desk, theme, show, clock) as window:
            places = {one.key: one for one in window._places.shown()}
            assert (places["people"].title, places["orders"].title) == (people, orders)
            assert places["orders"].icon == "calendar-check"
            for key, name in (("people", people), ("orders", orders)):
                window.navigate(key)
                assert window.page().accessibleName() == name
                assert name in {one.text() for one in window.page().findChildren(QLabel)}
            assert people in window.menus.lines
            assert [one.title for one in window._find_anything(people)[-1].entries] == [people]
    finally:
        use_language("en")


def test_the_list_and_the_week_of_a_therapist_speak_of_bookings(desk, theme, show, clock) -> None:
    client = person(desk)
    order(desk, client, what="First visit", wanted_on=TODAY)
    with opened(desk, theme, show, clock) as window:
        window.open_page("orders")
        said = {one.text() for one in window.page().findChildren(QLabel)}
        assert "Enter opens  ·  Ctrl+N new booking" in said
        window.open_page("orders", view="week", day=TODAY)
        said = {one.text() for one in window.page().findChildren(QLabel)}
        assert "Arrows move  ·  Enter opens  ·  Ctrl+N new booking at the hour chosen" in said
        assert "1 booking" in said
        window.open_page("person", subject_ref=client)
        shown = window.page().history.list.entries
        found = (shown.index(line).data(EntryModel.ENTRY) for line in range(shown.rowCount()))
        titles = [one.title for one in found if one is not None]
        assert any(one.startswith("Booking ") and "First visit" in one for one in titles)


def test_the_slip_of_a_therapist_is_of_a_booking_and_for_no_kitchen(
    desk, theme, show, clock, qtbot
) -> None:
    ref = order(desk, person(desk, "Siri Ek"), what="Samtal", wanted_on=TODAY)
    with opened(desk, theme, show, clock) as window:
        form = print_slip(window.context, ref, "1001")
        assert form.accessibleName() == "The slip of booking 1001"
        shown = [copy for copy, choice in form.copies.items() if choice.isVisible()]
        assert shown == [SlipCopy.CUSTOMER, SlipCopy.SHOP]
        assert not form.with_diet.isVisible()
        form.reject()
