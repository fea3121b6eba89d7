"""What is copied from a guarded field: marked for every system, and gone in ten seconds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QMenu

from gdprdesk_ui import clipboard
from gdprdesk_ui.clipboard import copy_guarded, guarded_clipboard
from gdprdesk_ui.widgets import GuardedArea, GuardedText

NUMBER = "19850101-2384"


@pytest.fixture
def board(qapp):
    made = QGuiApplication.clipboard()
    made.clear()
    yield made
    guarded_clipboard().forget()
    made.clear()


def let_time_pass() -> None:
    """Let the ten seconds be over."""
    guarded_clipboard()._wait.timeout.emit()


def test_it_is_marked_for_the_histories_of_every_system(board) -> None:
    copy_guarded(NUMBER)
    copied = board.mimeData()
    assert copied.text() == NUMBER
    assert copied.data("x-kde-passwordManagerHint") == b"secret"
    for name in (
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
    ):
        assert copied.data(name) == b"\0\0\0\0"


def test_it_is_gone_after_ten_seconds(board) -> None:
    copy_guarded(NUMBER)
    wait = guarded_clipboard()._wait
    assert wait.isActive()
    assert wait.isSingleShot()
    assert wait.interval() == clipboard.KEPT_MS == 10_000
    let_time_pass()
    assert board.text() == ""


def test_the_ten_seconds_are_real(board, qtbot) -> None:
    wait = guarded_clipboard()._wait
    wait.setInterval(1)
    try:
        copy_guarded(NUMBER)
        qtbot.waitUntil(lambda: board.text() == "")
    finally:
        wait.setInterval(clipboard.KEPT_MS)


def test_what_was_copied_since_stays(board) -> None:
    copy_guarded(NUMBER)
    board.setText("a recipe")
    let_time_pass()
    assert board.text() == "a recipe"


def test_a_second_value_has_its_own_ten_seconds(board) -> None:
    copy_guarded(NUMBER)
    copy_guarded("a note")
    let_time_pass()
    assert board.text() == ""


def test_the_keyboard_copies_a_value_with_care(board, show, qtbot) -> None:
    value = show(GuardedText(NUMBER))
    value.setFocus()
    qtbot.keyClick(value, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert board.mimeData().hasFormat("x-kde-passwordManagerHint")
    let_time_pass()
    assert board.text() == ""


def test_its_menu_does_too_and_says_for_how_long(board, show, qtbot) -> None:
    value = show(GuardedText(NUMBER))
    menu = value.menu()
    assert [one.text() for one in menu.actions()] == ["Copy for 10 seconds"]
    menu.actions()[0].trigger()
    assert board.text() == NUMBER
    assert board.mimeData().hasFormat("x-kde-passwordManagerHint")
    menu.close()
    qtbot.waitUntil(lambda: not value.findChildren(QMenu))


def test_the_mouse_marks_nothing_that_every_program_could_read(show) -> None:
    value = show(GuardedText(NUMBER))
    assert not value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert value.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_text_that_is_marked_and_copied_goes_again(board, show, qtbot) -> None:
    area = show(GuardedArea())
    area.setPlainText("first line\nsecond line")
    area.moveCursor(QTextCursor.MoveOperation.End)
    area.selectAll()
    qtbot.keyClick(area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert board.text() == "first line\nsecond line"
    assert board.mimeData().hasFormat("x-kde-passwordManagerHint")
    let_time_pass()
    assert board.text() == ""


def test_what_is_cut_goes_as_well(board, show, qtbot) -> None:
    area = show(GuardedArea())
    area.setPlainText("a note")
    area.selectAll()
    qtbot.keyClick(area, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert (area.toPlainText(), board.text()) == ("", "a note")
    let_time_pass()
    assert board.text() == ""
