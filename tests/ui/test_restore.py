"""A backup that is put back in the window: what it means is seen first, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from gdprdesk.desk import Desk
from gdprdesk.door import Door
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.subjects import list_subjects
from gdprdesk.settings import Settings
from gdprdesk_ui import ask
from gdprdesk_ui.app import _begin, _parser
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.start.forgotten import ForgottenPage
from gdprdesk_ui.start.registers import RegistersPage
from gdprdesk_ui.start.restore import RestorePage, place_for
from gdprdesk_ui.start.unlock import UnlockPage
from gdprdesk_ui.start.window import StartWindow
from tests.builders import CAFE, CHEAP, PASSWORD, order, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, has_focus, press, write


@pytest.fixture
def backup(desk, clock, tmp_path) -> Path:
    """A copy with Karin and Vera; since then Vera was erased and an order was taken."""
    (tmp_path / "STICK").mkdir()
    karin = person(desk, "Karin Ek")
    vera = person(desk, "Vera Qvarnström")
    (tmp_path / "drawer").mkdir()
    made = Path(shutil.copy(desk.backup(tmp_path / "STICK").path, tmp_path / "drawer"))
    clock.move(days=1)
    order(desk, karin)
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    desk.lock()
    return made


@pytest.fixture
def start(theme, show, clock, folder):
    made = StartWindow(Door(limits=CHEAP, clock=clock), Preferences(Settings(recent=(folder,))))
    show(made)
    yield made
    assert made.operations.wait()
    made.close()


@pytest.fixture
def page(start, backup, folder):
    return start.show_restore(backup, folder)


def said(widget) -> str:
    return " ".join(
        one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget) and one.text()
    )


def looked_at(page, qtbot) -> None:
    page.password.edit.clear()
    qtbot.keyClicks(page.password.edit, PASSWORD)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(page.restore_button.isVisible)


def names(folder: Path, clock, password: str = PASSWORD) -> list[str]:
    desk = Desk.unlock(folder, password=password, limits=CHEAP, clock=clock)
    try:
        return [row.name for row in desk.ask(list_subjects).rows]
    finally:
        desk.lock()


def test_what_it_means_is_seen_and_then_it_is_back_by_keyboard_alone(
    page, start, folder, clock, qtbot
) -> None:
    assert has_focus(page.password.edit)
    looked_at(page, qtbot)
    words = said(page)
    assert "As it was 21 Nov 2026" in words
    assert "What was done since, and would be lost" in words
    assert "22 Nov 2026: " in words
    assert "1 person who was erased since is erased from it" in words
    assert "moved aside" in words
    assert has_focus(page.restore_button)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(page.unlock_button.isVisible)
    assert "The register that was there is kept" in said(page)
    assert has_focus(page.unlock_button)
    press(qtbot, Qt.Key.Key_Space)
    assert isinstance(start.page(), UnlockPage)
    assert start.page().folder == folder
    assert names(folder, clock) == ["Karin Ek"]
    assert len(list(folder.parent.glob("test-before-*.gdprdesk"))) == 1


def test_a_wrong_password_stands_under_the_field(page, folder, clock, qtbot) -> None:
    click(qtbot, page.look_button)
    assert page._password_field.sentence.text() == "Write your password."
    qtbot.keyClicks(page.password.edit, "not this one")
    click(qtbot, page.look_button)
    qtbot.waitUntil(page.look_button.isEnabled)
    assert page.problem.isHidden()
    assert "password" in page._password_field.sentence.text()
    assert page.restore_button.isHidden() or not page.restore_button.isVisible()
    assert names(folder, clock) == ["Karin Ek"]


@pytest.mark.parametrize(
    "content", [b"", b"no backup at all", None], ids=["empty", "other", "half"]
)
def test_a_file_that_is_no_backup_is_told_and_nothing_changes(
    page, folder, clock, qtbot, content
) -> None:
    whole = page.backup.read_bytes()
    page.backup.write_bytes(whole[: len(whole) // 2] if content is None else content)
    qtbot.keyClicks(page.password.edit, PASSWORD)
    click(qtbot, page.look_button)
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.sentence.text()
    assert page.look_button.isEnabled()
    assert names(folder, clock) == ["Karin Ek"]


def test_the_copy_of_another_register_is_not_put_in_the_place_of_this_one(
    start, desk, tmp_path, clock, qtbot
) -> None:
    desk.lock()
    other, _key = Desk.create(
        tmp_path / "other.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    (tmp_path / "STICK").mkdir()
    foreign = other.backup(tmp_path / "STICK").path
    other.lock()
    page = start.show_restore(foreign, desk.folder)
    qtbot.keyClicks(page.password.edit, PASSWORD)
    click(qtbot, page.look_button)
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.sentence.text()
    assert names(desk.folder, clock) == []


def test_a_new_computer_needs_the_file_and_the_printed_key(start, tmp_path, clock, qtbot) -> None:
    desk, key = Desk.create(
        tmp_path / "old.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    person(desk, "Karin Ek")
    (tmp_path / "STICK").mkdir()
    backup = desk.backup(tmp_path / "STICK").path
    desk.lock()
    shutil.rmtree(tmp_path / "old.gdprdesk")
    page = start.show_restore(backup, tmp_path / "new.gdprdesk")
    click(qtbot, page.instead_button)
    assert has_focus(page.key)
    write(page.key, key)
    click(qtbot, page.look_button)
    qtbot.waitUntil(page.restore_button.isVisible)
    assert "moved aside" not in said(page)
    click(qtbot, page.restore_button)
    qtbot.waitUntil(page.unlock_button.isVisible)
    click(qtbot, page.unlock_button)
    forgotten = start.page()
    assert isinstance(forgotten, ForgottenPage)
    assert forgotten.key.text() == key
    qtbot.keyClicks(forgotten.new.password.edit, "four quite new words")
    qtbot.keyClicks(forgotten.new.again.edit, "four quite new words")
    with qtbot.waitSignal(start.opened) as opened:
        click(qtbot, forgotten.open_button)
    assert [row.name for row in opened.args[0].ask(list_subjects).rows] == ["Karin Ek"]
    opened.args[0].lock()


def test_it_can_be_stopped_and_left(page, start, folder, clock, qtbot) -> None:
    qtbot.keyClicks(page.password.edit, PASSWORD)
    page.look()
    page.back_button.click()  # says Stop while it lasts
    qtbot.waitUntil(page.look_button.isEnabled)
    assert page.back_button.text().strip() == "Back"
    looked_at(page, qtbot)
    click(qtbot, page.back_button)
    assert page.look_button.isVisible()
    click(qtbot, page.back_button)
    assert isinstance(start.page(), UnlockPage)
    assert names(folder, clock) == ["Karin Ek"]


def test_the_start_window_takes_a_backup_from_its_list_or_dropped(
    start, backup, folder, qtbot
) -> None:
    start.show_registers()
    registers = start.page()
    assert isinstance(registers, RegistersPage)
    ask.next_answer(None)
    click(qtbot, registers.backup_button)
    assert start.page() is registers
    ask.next_answer(backup)
    click(qtbot, registers.backup_button)
    assert start.page().folder == folder  # by the name of the file
    start.page().back_button.click()
    assert isinstance(start.page(), RegistersPage)
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(backup))])
    start.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            dragged,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert isinstance(start.page(), RestorePage)


def test_another_place_is_chosen(page, tmp_path, qtbot) -> None:
    ask.next_answer(tmp_path / "STICK")
    click(qtbot, page.place_button)
    assert page.folder == tmp_path / "STICK" / "test.gdprdesk"
    ask.next_answer(tmp_path / "test.gdprdesk")
    click(qtbot, page.place_button)
    assert page.folder == tmp_path / "test.gdprdesk"


def test_the_place_is_known_by_the_name_of_the_file(tmp_path) -> None:
    mine = tmp_path / "Kafé-Lind.gdprdesk"
    mine.mkdir()
    for name in ("Kafé-Lind-2026-11-21-1200", "Kafé-Lind-2026-11-21-1200-2"):
        found = place_for(Path(f"E:/{name}.gdprdesk-backup"), [mine], tmp_path / "Documents")
        assert found == mine
    other = place_for(Path("Annat-2026-11-21-1200.gdprdesk-backup"), [mine], tmp_path)
    assert other == tmp_path / "Annat.gdprdesk"


def test_everything_has_a_name_and_is_painted(page, every_look, qtbot) -> None:
    assert nameless(page) == []
    assert not page.grab().isNull()
    looked_at(page, qtbot)
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_a_double_click_and_the_open_window_lead_here(qapp, theme, backup, folder, clock):
    program: Any = Program(qapp, theme, Preferences(), Door(limits=CHEAP, clock=clock))
    given = _parser().parse_args(["--restore", str(backup), str(folder)])
    _begin(program, given, None, "")
    page = program.window.page()
    assert (page.backup, page.folder) == (backup, folder)
    _begin(program, _parser().parse_args([str(backup)]), None, "")
    page = program.window.page()
    assert page.backup == backup
    assert page.folder.name == "test.gdprdesk"
    program.window.close()
    theme.changed.disconnect(program._keep_look)
