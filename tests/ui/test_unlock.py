"""The first window of the day, on real key files."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gdprdesk.clock import system_clock
from gdprdesk.desk import Desk
from gdprdesk.door import Door, register_at
from gdprdesk.settings import Settings
from gdprdesk.store.keys import FILE, OWNER, Keys
from gdprdesk.store.witness import Witness
from gdprdesk_ui import ask
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.start.forgotten import ForgottenPage
from gdprdesk_ui.start.registers import RegistersPage
from gdprdesk_ui.start.unlock import UnlockPage
from gdprdesk_ui.start.window import StartWindow
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY
from tests.ui.accessibility import nameless

NEW = "four words in a row"


@pytest.fixture
def register(tmp_path):
    """A locked register, and its recovery key."""
    folder = tmp_path / "Kafé Lind.gdprdesk"
    desk, recovery = Desk.create(folder, business=CAFE, password=PASSWORD, limits=CHEAP)
    desk.lock()
    return folder, recovery


@pytest.fixture
def start(theme, show):
    opened: list[Desk] = []

    def made(*recent: Path) -> StartWindow:
        window = StartWindow(Door(limits=CHEAP), Preferences(Settings(recent=recent)))
        window.opened.connect(opened.append)
        window.opened_desks = opened  # type: ignore[attr-defined]
        show(window)
        return window

    yield made
    for desk in opened:
        desk.lock()


def type_password(qtbot, page: UnlockPage, password: str) -> None:
    page.password.clear()
    qtbot.keyClicks(page.password.edit, password)
    qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)


def test_the_password_opens_the_register(start, register, qtbot) -> None:
    window = start()
    page = window.show_unlock(register[0])
    assert page.title.text() == "Kafé Lind"
    assert page.first_focus() is page.password.edit
    assert page.tiles == {}
    with qtbot.waitSignal(window.opened) as opened:
        type_password(qtbot, page, PASSWORD)
    assert opened.args[0].folder == register[0]


def test_a_wrong_password_is_said_under_the_field_and_can_be_mended(start, register, qtbot) -> None:
    window = start()
    page = window.show_unlock(register[0])
    type_password(qtbot, page, "a wrong word")
    qtbot.waitUntil(page.unlock_button.isEnabled)
    assert "wrong" in page._field.sentence.text()
    assert page.password.edit.selectedText() == "a wrong word"
    with qtbot.waitSignal(window.opened):
        type_password(qtbot, page, PASSWORD)


def test_no_password_asks_for_one(start, register, qtbot) -> None:
    page = start().show_unlock(register[0])
    qtbot.mouseClick(page.unlock_button, Qt.MouseButton.LeftButton)
    assert page._field.sentence.text() == "Write your password."
    qtbot.keyClicks(page.password.edit, "x")
    assert page._field.sentence.text() == ""


def test_five_misses_in_a_row_cost_a_second(start, register, qtbot) -> None:
    page = start().show_unlock(register[0])
    for _miss in range(4):
        type_password(qtbot, page, "a wrong word")
        qtbot.waitUntil(page.password.edit.isEnabled)
        assert page.unlock_button.isEnabled()
    type_password(qtbot, page, "a wrong word")
    qtbot.waitUntil(lambda: page.unlock_button.text().strip() == "Wait 1 second")
    assert not page.unlock_button.isEnabled()
    type_password(qtbot, page, PASSWORD)  # too soon: nothing happens
    assert page.password.edit.isEnabled()
    qtbot.waitUntil(page.unlock_button.isEnabled)
    assert page.unlock_button.text().strip() == "Unlock"


def test_who_closes_the_window_waits_all_the_same(start, register, qtbot) -> None:
    folder = register[0]
    for _miss in range(8):
        Witness().add_failure(Keys(folder / FILE, CHEAP).register_id, OWNER, system_clock())
    page = start().show_unlock(folder)
    assert page.unlock_button.text().strip().startswith("Wait ")
    assert not page.unlock_button.isEnabled()


def test_the_reason_of_the_lock_is_said(start, register) -> None:
    page = start().show_unlock(register[0], "Locked after 5 minutes without use.")
    assert page.sentence.text() == "Locked after 5 minutes without use."


def test_each_member_of_staff_has_a_tile_of_her_own(start, tmp_path, qtbot) -> None:
    folder = tmp_path / "Two.gdprdesk"
    folder.mkdir()
    keys, key, _recovery = Keys.create(folder / FILE, "Maria Lind", PASSWORD, CHEAP)
    keys.accept("sara", keys.invite(key, "sara", "Sara Berg", TODAY), NEW, TODAY)
    page = start().show_unlock(folder)
    assert page.chosen_staff() == OWNER
    qtbot.mouseClick(page.tiles["sara"], Qt.MouseButton.LeftButton)
    assert page.chosen_staff() == "sara"
    assert nameless(page) == []


def test_a_register_that_is_gone_is_said_and_another_is_offered(start, tmp_path, qtbot) -> None:
    window = start()
    page = window.show_unlock(tmp_path / "Gone.gdprdesk")
    assert "is not where it was" in page.problem.sentence.text()
    assert not page.password.isVisible()
    qtbot.mouseClick(page.other_button, Qt.MouseButton.LeftButton)
    assert isinstance(window.page(), RegistersPage)


def test_a_register_in_use_is_said_with_the_password_kept(start, register, qtbot) -> None:
    desk = Desk.unlock(register[0], password=PASSWORD, limits=CHEAP)
    try:
        page = start().show_unlock(register[0])
        type_password(qtbot, page, PASSWORD)
        qtbot.waitUntil(page.unlock_button.isEnabled)
        assert "open already in another window" in page._field.sentence.text()
        assert page.password.text() == PASSWORD
    finally:
        desk.lock()


def test_the_recovery_key_opens_and_gives_a_new_password(start, register, qtbot) -> None:
    folder, recovery = register
    window = start()
    qtbot.mouseClick(window.show_unlock(folder).forgotten_button, Qt.MouseButton.LeftButton)
    page = window.page()
    assert isinstance(page, ForgottenPage)
    qtbot.keyClicks(page.key, recovery)
    qtbot.keyClicks(page.new.password.edit, NEW)
    qtbot.keyClicks(page.new.again.edit, NEW)
    with qtbot.waitSignal(window.opened) as opened:
        qtbot.keyClick(page.new.again.edit, Qt.Key.Key_Return)
    opened.args[0].lock()
    Desk.unlock(folder, password=NEW, limits=CHEAP).lock()


def test_what_is_wrong_with_the_new_password_is_said_before_anything_is_done(
    start, register, qtbot
) -> None:
    window = start()
    window.show_forgotten(register[0], "owner")
    page = window.page()
    qtbot.keyClicks(page.new.password.edit, "short")
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert "printed sheet" in page._key_field.sentence.text()
    assert "too short" in page.new._fields[0].sentence.text()
    assert "differ" in page.new._fields[1].sentence.text()
    assert window.operations.wait(0)


def test_a_key_of_another_register_is_refused_under_its_field(start, register, qtbot) -> None:
    window = start()
    window.show_forgotten(register[0], "owner")
    page = window.page()
    for edit, text in ((page.key, "x"), (page.new.password.edit, NEW), (page.new.again.edit, NEW)):
        qtbot.keyClicks(edit, text)
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.open_button.isEnabled)
    assert page._key_field.sentence.text()
    qtbot.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    assert isinstance(window.page(), UnlockPage)


def test_another_register_is_chosen_from_those_before_or_a_folder(
    start, register, tmp_path, qtbot
) -> None:
    window = start(register[0])
    window.show_registers()
    page = window.page()
    assert page.first_focus() is page.rows[register[0]]
    ask.next_answer(tmp_path)
    qtbot.mouseClick(page.folder_button, Qt.MouseButton.LeftButton)
    assert "There is no register here" in page.problem.text()
    ask.next_answer(register[0])
    qtbot.mouseClick(page.folder_button, Qt.MouseButton.LeftButton)
    assert window.page().folder == register[0]
    window.show_registers()
    qtbot.keyClick(window.page().rows[register[0]], Qt.Key.Key_Space)
    assert window.page().folder == register[0]


def test_a_file_in_the_folder_means_the_register(register) -> None:
    folder = register[0]
    assert register_at(folder / "Open.gdprdesk-register") == folder
    assert register_at(folder / FILE) == folder
    assert register_at(folder) == folder


def test_every_page_is_named_and_painted(start, register, every_look, qtbot) -> None:
    window = start(register[0])
    pages = (
        lambda: window.show_unlock(register[0]),
        lambda: window.show_forgotten(register[0], "owner"),
        window.show_registers,
    )
    for show_page in pages:
        show_page()
        assert nameless(window) == []
        assert not window.grab().isNull()
