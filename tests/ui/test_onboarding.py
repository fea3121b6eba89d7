"""The first start of all, from nothing to an open register."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from gdprdesk.desk import Desk
from gdprdesk.door import Door, password_advice, password_problem
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.activities import list_activities
from gdprdesk.services.first_run import Step
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.templates import TRADES, extras_of, usual_extras
from gdprdesk_ui import ask
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.start.onboarding import Onboarding
from gdprdesk_ui.start.onboarding.key import KeyStep
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
    before = int(page.lines[0][0].text().split()[0])
    qtbot.mouseClick(page.chips["cameras"], Qt.MouseButton.LeftButton)
    assert int(page.lines[0][0].text().split()[0]) == before + 1
    assert "Newsletter" in page.lines[2][1].text()
    qtbot.mouseClick(page.chips["newsletter"], Qt.MouseButton.LeftButton)
    assert "Newsletter" not in page.lines[2][1].text()


@pytest.mark.parametrize("trade", TRADES)
def test_each_trade_has_a_tile_and_asks_for_what_it_may_have(guide, qtbot, trade) -> None:
    go_to(guide, Step.TRADE)
    page = guide.pages[Step.TRADE]
    qtbot.mouseClick(page.tiles[trade], Qt.MouseButton.LeftButton)
    assert [key for key, tile in page.tiles.items() if tile.isChecked()] == [trade]
    offered = {key for key, chip in page.chips.items() if not chip.isHidden()}
    assert offered == set(extras_of(trade))
    chosen = {key for key in offered if page.chips[key].isChecked()}
    assert chosen == set(usual_extras(trade))
    guide.go_on()
    assert guide.pages[Step.REVIEW].rows.keys() == {one.key for one in guide.run.proposal()}
    guide._back()
    assert page.tiles[trade].isChecked()


def test_arrow_keys_move_the_choice_of_trade(guide, qtbot) -> None:
    go_to(guide, Step.TRADE)
    qtbot.keyClick(guide.first_focus(), Qt.Key.Key_Down)
    assert guide.run.business.trade != "cafe"
    assert guide.first_focus().isChecked()


def test_the_review_decides_what_the_register_has(window, guide, qtbot) -> None:
    go_to(guide, Step.REVIEW)
    page = guide.pages[Step.REVIEW]
    before = int(page.sentence.text().split()[0])
    qtbot.mouseClick(page.rows["photos"].keep, Qt.MouseButton.LeftButton)
    assert page.rows["photos"].length.text() == "Left out"
    assert int(page.sentence.text().split()[0]) == before - 1
    orders = page.rows["orders"]
    assert orders.details.isHidden()
    qtbot.mouseClick(orders.more, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(orders.months, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(orders.months, "12")
    guide.go_on()
    assert orders.length.text() == "12 months"
    assert orders.periods.text().startswith("12 months after")
    make(qtbot, guide)
    rows = guide.desk.ask(list_activities)
    assert "image" not in {row.icon for row in rows}
    assert len(rows) == before - 1


def test_a_row_opens_to_what_is_weighed_and_closes_again(guide, qtbot) -> None:
    go_to(guide, Step.TRADE)
    guide.pages[Step.TRADE].chips["cameras"].click()
    guide.go_on()
    cameras = guide.pages[Step.REVIEW].rows["cameras"]
    assert cameras.more.accessibleName().startswith("More about")
    qtbot.keyClick(cameras.more, Qt.Key.Key_Space)
    said = [one.text() for one in cameras.details.findChildren(QLabel) if one.isVisible()]
    proposed = cameras.proposed
    assert {proposed.purpose, *proposed.weighed, proposed.risk, "Legitimate interest"} <= set(said)
    assert cameras.more.accessibleName().startswith("Less about")
    qtbot.keyClick(cameras.more, Qt.Key.Key_Space)
    assert not cameras.details.isVisible()


def test_what_a_law_decides_or_spans_has_no_field(guide, qtbot) -> None:
    go_to(guide, Step.TRADE)
    guide.pages[Step.TRADE].tiles["dealer"].click()
    guide.go_on()
    rows = guide.pages[Step.REVIEW].rows
    for key in ("invoices", "operator_log"):
        rows[key].more.click()
        assert not rows[key].months.isVisible()
    assert "3\N{EN DASH}4 months" in rows["operator_log"].length.text()
    guide.go_on()  # what nobody touched stays as the template has it
    assert guide.run.business.rules is None


def test_an_unusually_long_period_asks_why(guide, qtbot) -> None:
    go_to(guide, Step.REVIEW)
    orders = guide.pages[Step.REVIEW].rows["orders"]
    orders.more.click()
    assert not orders.reason.isVisible()
    qtbot.mouseDClick(orders.months, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(orders.months, "48")
    assert orders.reason.isVisible()
    guide.go_on()
    assert orders.problem.text() == "Write why it is needed so long."
    assert guide.run.step is Step.REVIEW
    qtbot.keyClicks(orders.reason, "We promise a guarantee of four years")
    guide.go_on()
    assert guide.page() is guide.pages[Step.PASSWORD]
    assert guide.run.business.rules == {"orders": 48}
    assert guide.run.business.reasons == {"orders": "We promise a guarantee of four years"}


def test_a_reason_of_the_template_is_there_to_be_read(guide, qtbot) -> None:
    go_to(guide, Step.TRADE)
    guide.pages[Step.TRADE].tiles["dealer"].click()
    guide.go_on()
    customers = guide.pages[Step.REVIEW].rows["customers"]
    customers.more.click()
    assert customers.reason.isVisible()
    assert customers.reason.toPlainText() == customers.proposed.reason


def test_what_is_not_said_of_the_business_is_told_and_holds_nothing(guide, qtbot) -> None:
    go_to(guide, Step.REVIEW)
    page = guide.pages[Step.REVIEW]
    assert "The address of the business is missing" in page.missing.sentence.text()
    guide.go_on()
    assert guide.page() is guide.pages[Step.PASSWORD]
    known = {"org_number": "556036-0793", "address": "Storgatan 1", "contact": "Maja Lind",
             "email": "maja@example.com"}  # fmt: skip
    guide.run.tell(**known)
    page.refresh()
    assert page.missing.isHidden()


def test_a_period_that_is_none_is_said_and_holds_the_step(guide, qtbot) -> None:
    go_to(guide, Step.REVIEW)
    line = guide.pages[Step.REVIEW].rows["orders"]
    line.open(on=True)
    line.months.setText("for ever")
    enter(qtbot, line.months)
    assert line.problem.text() == "Write a number of months from 1 to 600."
    assert guide.run.step is Step.REVIEW


def test_back_and_skip(guide, qtbot) -> None:
    assert not guide.back_button.isVisible()
    assert not guide.skip_button.isVisible()
    go_to(guide, Step.TRADE)
    guide.pages[Step.TRADE].chips["cameras"].click()
    qtbot.mouseClick(guide.skip_button, Qt.MouseButton.LeftButton)
    assert guide.run.step is Step.REVIEW
    assert "cameras" not in guide.pages[Step.REVIEW].rows
    qtbot.mouseClick(guide.back_button, Qt.MouseButton.LeftButton)
    assert not guide.pages[Step.TRADE].chips["cameras"].isChecked()
    assert guide.progress.words.text() == "Step 2 of 4  \N{MIDDLE DOT}  about 2 minutes left"


def test_a_short_password_makes_nothing(guide, qtbot, tmp_path) -> None:
    go_to(guide, Step.PASSWORD)
    qtbot.keyClicks(guide.pages[Step.PASSWORD].new.password.edit, "short")
    guide.go_on()
    assert "too short" in guide.pages[Step.PASSWORD].new._fields[0].sentence.text()
    assert not (tmp_path / "Documents").exists()


def test_a_word_on_the_password_as_it_is_typed() -> None:
    assert password_advice("").startswith("At least 10 characters")
    assert password_advice("12345678") == "2 characters to go."
    assert password_advice("aaaaaaaaaaaaaaaaaaaa") == "Still easy to guess."
    assert password_advice("Kafé Lind 2026", ["Kafé Lind"]) == "Still easy to guess."
    assert password_advice("four words in a row") == "Strong."
    assert password_problem("four words in a row") is None


def test_a_password_with_the_name_of_the_business_makes_nothing(guide, qtbot, tmp_path) -> None:
    go_to(guide, Step.PASSWORD)
    new = guide.pages[Step.PASSWORD].new
    new.password.edit.setText("Kafé Lind 2026")
    assert new.advice.text() == "Still easy to guess."
    guide.go_on()
    assert "name of your business" in new._fields[0].sentence.text()
    assert not (tmp_path / "Documents").exists()


def test_five_words_are_suggested_and_shown(guide, qtbot) -> None:
    go_to(guide, Step.PASSWORD)
    new = guide.pages[Step.PASSWORD].new
    qtbot.mouseClick(new.suggest_button, Qt.MouseButton.LeftButton)
    words = new.text()
    assert words.count("-") == 4
    assert new.again.text() == words
    assert {new.password.edit.echoMode(), new.again.edit.echoMode()} == {QLineEdit.EchoMode.Normal}
    assert new.advice.text() == "Strong."
    assert new.is_right()
    qtbot.mouseClick(new.suggest_button, Qt.MouseButton.LeftButton)
    assert new.text() != words
    assert new.password.edit.echoMode() == QLineEdit.EchoMode.Normal


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


LONGEST_SECONDS = 180
WORDS_A_MINUTE = 200
SECONDS_A_CLICK = 2


def words_of(shown) -> int:
    """How many words somebody meets who reads everything there is on a part of the screen."""
    texts = [one.text() for one in shown.findChildren(QLabel) if one.isVisibleTo(shown)]
    for kind in (QPushButton, QCheckBox):
        texts += [one.text() for one in shown.findChildren(kind) if one.isVisibleTo(shown)]
    texts += [one.currentText() for one in shown.findChildren(QComboBox)]
    return sum(any(sign.isalnum() for sign in word) for text in texts for word in text.split())


@pytest.mark.parametrize("said", LANGUAGES)
def test_a_reader_has_a_finished_register_in_three_minutes(window, guide, qtbot, said) -> None:
    """From the first step to the open register: each text read once, each click counted.

    Clicks: Continue, the trade, Continue, Continue, Make, and for the key Print, "I have it on
    paper", Open.
    """
    guide.pages[Step.BUSINESS].language.picked.emit(said)
    guide = window.page()
    frame = words_of(guide) - words_of(guide.page())
    clicks = len(("business", "tile", "trade", "review", "make", "print", "on paper", "open"))
    read = {}
    for trade in TRADES:
        met = words_of(guide.page())
        go_to(guide, Step.TRADE)
        guide.pages[Step.TRADE].tiles[trade].click()
        for step in (Step.TRADE, Step.REVIEW, Step.PASSWORD):
            go_to(guide, step)
            met += words_of(guide.page())
        read[trade] = met
        for _step in range(3):
            guide.back_button.click()
    go_to(guide, Step.PASSWORD)
    page = guide.pages[Step.PASSWORD]
    page.new.password.edit.setText(PASSWORD)
    page.new.again.edit.setText(PASSWORD)
    with qtbot.waitSignal(guide.made):
        guide.go_on()
    qtbot.waitUntil(lambda: isinstance(guide.page(), KeyStep))
    last = words_of(guide.page())
    words = {trade: frame + met + last for trade, met in read.items()}
    seconds = {
        trade: round(count * 60 / WORDS_A_MINUTE + clicks * SECONDS_A_CLICK)
        for trade, count in words.items()
    }
    assert max(seconds.values()) < LONGEST_SECONDS, (seconds, words)


def test_every_step_is_named_and_painted(window, guide, every_look) -> None:
    for step in Step:
        go_to(guide, step)
        assert nameless(window) == []
        assert not window.grab().isNull()
