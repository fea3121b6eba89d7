from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.services.served import list_controllers, show_served_defaults
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.controller_form import ControllerForm, EndForm
from gdprdesk_ui.pages.reports import ReportsPage
from tests.builders import TODAY
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("register")
        yield made


def words(page) -> list[str]:
    return [one.text() for one in page.served.sheet.findChildren(QLabel)]


def added(window, qtbot, name: str):
    """Add a business as a person does."""
    page = window.page()
    page.tools.served_action.trigger()
    click(qtbot, page.served.new_button)
    form = dialog(qtbot, window, ControllerForm)
    write(form.texts["name"], name)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.served.sheet is not None and name in words(page))
    return page


def test_who_serves_nobody_sees_no_tabs_and_finds_it_in_the_menu(desk, window, qtbot) -> None:
    page = window.page()
    assert desk.ask(show_served_defaults).categories == ()
    assert not page._tabs.isVisible()
    page.tools.served_action.trigger()
    assert page.served.empty.isVisible()
    assert page._tabs.isVisible()
    assert nameless(page) == []
    click(qtbot, page.tabs.buttons["own"])
    assert page.rows.isVisible()
    assert not page._tabs.isVisible()


def test_a_business_is_added_and_changed(desk, window, qtbot) -> None:
    page = added(window, qtbot, "Salong Klipp")
    assert page.served.sheet.change_button.isEnabled()
    assert page._tabs.isVisible()
    window.activateWindow()
    page.served.sheet.change_button.click()
    form = dialog(qtbot, window, ControllerForm)
    assert nameless(form) == []
    form.texts["org_number"].setText("556677-8899")
    form.texts["contact"].setText("dataskydd@klipp.example")
    form.lists["categories"].setPlainText("Bokningar\nPåminnelser")
    form.lists["measures"].setPlainText("Kryptering")
    form.agreement.set_day(date(2025, 2, 1))
    form.until.set_day(date(2025, 1, 1))
    click(qtbot, form.verb_button)
    assert form.isVisible()
    form.until.set_day(None)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Påminnelser" in words(page))
    (one,) = desk.ask(list_controllers)
    assert one.missing == ()
    assert (one.agreement_on, one.categories) == (
        date(2025, 2, 1),
        ("Bokningar", "Påminnelser"),
    )
    assert page.served.rows.current().end_icon == ("circle-check", "accent")


def test_what_the_register_refuses_stands_in_the_form(desk, window, qtbot) -> None:
    page = added(window, qtbot, "Salong Klipp")
    page.served.sheet.change_button.click()
    form = dialog(qtbot, window, ControllerForm)
    form.texts["org_number"].setText("12")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.texts["org_number"].text() == "12"
    assert desk.ask(list_controllers)[0].org_number == ""


def test_a_service_ends_and_goes_on_after_all(desk, window, qtbot) -> None:
    page = added(window, qtbot, "Salong Klipp")
    page.served.sheet.end_button.click()
    form = dialog(qtbot, window, EndForm)
    assert nameless(form) == []
    form.day.set_day(date(2027, 1, 1))
    click(qtbot, form.verb_button)
    assert form._field.sentence.text() == "Nothing has ended on a day that has not come."
    form.day.set_day(TODAY)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.served.rows.current().detail.startswith("Ended 21 Nov 2026:"))
    assert desk.ask(list_controllers)[0].ended_on == TODAY
    page.served.sheet.end_button.click()
    qtbot.waitUntil(lambda: desk.ask(list_controllers)[0].ended_on is None)


def test_the_tab_is_saved_printed_and_worked_with_by_keyboard(
    desk, window, qtbot, tmp_path
) -> None:
    page = added(window, qtbot, "Salong Klipp")
    to = tmp_path / "served.xlsx"
    ask.next_answer(to)
    click(qtbot, page.excel_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "served.xlsx is saved")
    cells = [cell.value for row in load_workbook(to).active for cell in row]
    assert "Salong Klipp" in cells
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.served.rows.setFocus()
    press(qtbot, Qt.Key.Key_N, CONTROL)
    dialog(qtbot, window, ControllerForm).reject()
    click(qtbot, page.print_button)
    assert isinstance(window.page(), ReportsPage)
