"""The first start of all, from nothing to an open register."""

import pytest
from PySide6.QtCore import Qt

from gdprdesk.desk import Desk
from gdprdesk.door import Door, password_advice, password_problem
from gdprdesk.services.activities import list_activities
from gdprdesk.services.first_run import Step
from gdprdesk.services.organisation import show_organisation
from gdprdesk_ui import ask
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.start.onboarding import Onboarding
from gdprdesk_ui.start.registers import RegistersPage
from gdprdesk_ui.start.window import StartWindow
from tests.builders import CHEAP, PASSWORD
from tests.ui.accessibility import nameless


@pytest.fixture
def window(theme, show, tmp_path):
    opened: list[Desk] = []
    made = StartWindow(Door(limits=CHEAP), Preferences())
    made.opened.connect(opened.append)
    show(made)
    made.show_onboarding()
    guide = made.page()
    assert isinstance(guide, Onboarding)
    guide.run.parent = tmp_path / "Documents"
    with ask.hearing_errors() as told:
        yield made
    assert told == []
    for desk in opened:
        desk.lock()
    made.close()


@pytest.fixture
def guide(window):
    return window.page()


def enter(qtbot, widget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_Return)


def go_to(guide, step: Step) -> None:
    guide.pages[Step.BUSINESS].fields["name"].setText("Kafé Lind")
    while guide.run.step < step:
        guide.go_on()


def make(qtbot, guide) -> None:
    page = guide.pages[Step.PASSWORD]
    page.new.password.edit.setText(PASSWORD)
    page.new.again.edit.setText(PASSWORD)
    with qtbot.waitSignal(guide.made):
        guide.go_on()
    qtbot.waitUntil(lambda: guide.next_button.text() == "Open the register")


def test_typing_and_enter_alone_lead_to_an_open_register(window, guide, qtbot) -> None:
    first = guide.pages[Step.BUSINESS]
    qtbot.keyClicks(first.fields["name"], "Cafe Lind")
    qtbot.keyClicks(first.fields["contact"], "Maja Lind")
    enter(qtbot, first.fields["contact"])
    assert guide.run.step is Step.TRADE
    enter(qtbot, guide.first_focus())
    enter(qtbot, guide.first_focus())
    last = guide.pages[Step.PASSWORD]
    qtbot.keyClicks(last.new.password.edit, PASSWORD)
    qtbot.keyClicks(last.new.again.edit, PASSWORD)
    with qtbot.waitSignal(guide.made) as made:
        enter(qtbot, last.new.again.edit)
    assert made.args[0].name == "Cafe Lind.gdprdesk"
    sheet = guide.page().sheet
    qtbot.waitUntil(lambda: guide.next_button.text() == "Open the register")
    assert not guide.next_button.isEnabled()
    qtbot.keyClicks(sheet.typed, sheet.key.text().replace("-", " ").lower())
    with qtbot.waitSignal(window.opened) as opened:
        enter(qtbot, sheet.typed)
    business = opened.args[0].ask(show_organisation)
    assert (business.name, business.contact) == ("Cafe Lind", "Maja Lind")


def test_without_a_name_it_goes_no_further(guide, qtbot) -> None:
    qtbot.mouseClick(guide.next_button, Qt.MouseButton.LeftButton)
    assert guide.run.step is Step.BUSINESS
    field = guide.pages[Step.BUSINESS]._form["name"]
    assert field.sentence.text() == "Write the name of the business."


def test_a_wrong_number_is_said_on_leaving_the_field(guide, qtbot) -> None:
    page = guide.pages[Step.BUSINESS]
    qtbot.keyClick(page.fields["name"], Qt.Key.Key_Tab)
    qtbot.waitUntil(page.fields["org_number"].hasFocus)
    qtbot.keyClicks(page.fields["org_number"], "556036-0794")
    qtbot.keyClick(page.fields["org_number"], Qt.Key.Key_Tab)
    assert "check digit" in page._form["org_number"].sentence.text()


def test_what_you_get_changes_as_you_choose(guide, qtbot) -> None:
    go_to(guide, Step.TRADE)
    page = guide.pages[Step.TRADE]
    before = page.lines[0][0].text()
    qtbot.mouseClick(page.chips["cameras"], Qt.MouseButton.LeftButton)
    assert (before, page.lines[0][0].text()) == (
        "17 activities in the register",
        "18 activities in the register",
    )
    qtbot.mouseClick(page.chips["newsletter"], Qt.MouseButton.LeftButton)
    assert "Newsletter" not in page.lines[2][1].text()


def test_the_review_decides_what_the_register_has(window, guide, qtbot) -> None:
    go_to(guide, Step.REVIEW)
    page = guide.pages[Step.REVIEW]
    assert page.sentence.text().startswith("17 activities are in your register")
    qtbot.mouseClick(page.cards["photos"].keep, Qt.MouseButton.LeftButton)
    assert page.sentence.text().startswith("16 activities are in your register")
    assert not page.cards["invoices"].months.isVisible()  # the law says how long
    orders = page.cards["orders"]
    orders.months.selectAll()
    qtbot.keyClicks(orders.months, "12")
    guide.go_on()
    assert orders._period.text().startswith("12 months")
    make(qtbot, guide)
    rows = guide.desk.ask(list_activities)
    assert "image" not in {row.icon for row in rows}
    assert len(rows) == 16


def test_a_period_that_is_none_is_said_and_holds_the_step(guide, qtbot) -> None:
    go_to(guide, Step.REVIEW)
    card = guide.pages[Step.REVIEW].cards["orders"]
    card.months.setText("for ever")
    enter(qtbot, card.months)
    assert card.problem.text() == "Write a number of months from 1 to 600."
    assert guide.run.step is Step.REVIEW


def test_back_and_skip(guide, qtbot) -> None:
    assert not guide.back_button.isVisible()
    assert not guide.skip_button.isVisible()
    go_to(guide, Step.TRADE)
    guide.pages[Step.TRADE].chips["cameras"].setChecked(True)
    qtbot.mouseClick(guide.skip_button, Qt.MouseButton.LeftButton)
    assert guide.run.step is Step.REVIEW
    assert "cameras" not in guide.pages[Step.REVIEW].cards
    qtbot.mouseClick(guide.back_button, Qt.MouseButton.LeftButton)
    assert not guide.pages[Step.TRADE].chips["cameras"].isChecked()
    assert guide.progress.words.text() == "Step 2 of 4  \N{MIDDLE DOT}  about 3 minutes left"


def test_a_short_password_makes_nothing(guide, qtbot, tmp_path) -> None:
    go_to(guide, Step.PASSWORD)
    qtbot.keyClicks(guide.pages[Step.PASSWORD].new.password.edit, "short")
    guide.go_on()
    assert "too short" in guide.pages[Step.PASSWORD].new._fields[0].sentence.text()
    assert not (tmp_path / "Documents").exists()


def test_a_word_on_the_password_as_it_is_typed() -> None:
    assert password_advice("").startswith("At least 10 characters")
    assert password_advice("12345678") == "2 characters to go."
    assert password_advice("aaaaaaaaaaaaaaaaaaaa").startswith("Long enough, but easy to guess")
    assert password_advice("a long word").startswith("Good.")
    assert password_advice("four words in a row") == "Strong."
    assert password_problem("four words in a row") is None


def test_a_folder_that_is_copied_to_the_cloud_is_warned_of(guide, qtbot, tmp_path) -> None:
    go_to(guide, Step.PASSWORD)
    page = guide.pages[Step.PASSWORD]
    assert page.problem.isHidden()
    ask.next_answer(tmp_path / "OneDrive")
    qtbot.mouseClick(page.place_button, Qt.MouseButton.LeftButton)
    assert page.place.text() == str(tmp_path / "OneDrive" / "Kafé Lind.gdprdesk")
    assert page.problem.title.text() == "OneDrive copies this folder to the cloud"


def test_a_place_that_cannot_be_written_is_said_and_another_can_be_chosen(
    guide, qtbot, tmp_path
) -> None:
    go_to(guide, Step.PASSWORD)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    guide.run.parent = in_the_way / "inside"
    page = guide.pages[Step.PASSWORD]
    page.new.password.edit.setText(PASSWORD)
    page.new.again.edit.setText(PASSWORD)
    guide.go_on()
    qtbot.waitUntil(lambda: not page.problem.isHidden() and guide.next_button.isEnabled())
    assert page.problem.title.text() == "The register was not made"
    guide.run.parent = tmp_path
    make(qtbot, guide)


def test_the_key_is_saved_as_a_sheet(guide, qtbot, tmp_path) -> None:
    go_to(guide, Step.PASSWORD)
    make(qtbot, guide)
    sheet = guide.page().sheet
    ask.next_answer(tmp_path / "key.pdf")
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not sheet.said.isHidden())
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
    ask.next_answer(tmp_path / "printed.pdf")
    qtbot.mouseClick(sheet.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "printed.pdf").exists)
    qtbot.waitUntil(lambda: sheet.said.text().startswith("Sent to the printer"))


def test_a_key_typed_wrong_does_not_count_but_paper_does(window, guide, qtbot) -> None:
    go_to(guide, Step.PASSWORD)
    make(qtbot, guide)
    sheet = guide.page().sheet
    with qtbot.waitActive(window):
        window.activateWindow()
    sheet.typed.setFocus()
    qtbot.keyClicks(sheet.typed, "AAAA")
    qtbot.keyClick(sheet.typed, Qt.Key.Key_Tab)
    assert "not the key" in sheet._typed_field.sentence.text()
    assert not guide.next_button.isEnabled()
    sheet.on_paper.setChecked(True)
    assert guide.next_button.isEnabled()


def test_closing_before_the_end_locks_what_was_made(window, guide, qtbot) -> None:
    go_to(guide, Step.PASSWORD)
    make(qtbot, guide)
    folder = guide.desk.folder
    window.close()
    assert window._preferences.settings.recent == (folder,)
    Desk.unlock(folder, password=PASSWORD, limits=CHEAP).lock()


def test_another_language_keeps_what_was_written(window, guide, qtbot) -> None:
    page = guide.pages[Step.BUSINESS]
    qtbot.keyClicks(page.fields["name"], "Cafe Lind")
    page.language.picked.emit("sv")
    again = window.page()
    assert again is not guide
    assert again.pages[Step.BUSINESS].fields["name"].text() == "Cafe Lind"
    assert again.pages[Step.BUSINESS].language.value() == "sv"
    assert window._preferences.settings.language == "sv"


def test_a_register_that_exists_can_be_opened_instead(window, guide, qtbot) -> None:
    qtbot.mouseClick(guide.pages[Step.BUSINESS].existing_button, Qt.MouseButton.LeftButton)
    assert isinstance(window.page(), RegistersPage)
    qtbot.mouseClick(window.page().new_button, Qt.MouseButton.LeftButton)
    assert window.page().run.step is Step.BUSINESS


def test_every_step_is_named_and_painted(window, guide, every_look) -> None:
    for step in Step:
        go_to(guide, step)
        assert nameless(window) == []
        assert not window.grab().isNull()
