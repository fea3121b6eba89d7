from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from gdprdesk_ui import ask


def test_prepared_answers_are_given_in_order(theme) -> None:
    for answer in (True, False, Path("kunder.csv"), None, Path("out")):
        ask.next_answer(answer)
    assert ask.confirm_irreversible(None, "Erase now", "For good.", "Erase 14 items")
    assert not ask.confirm_irreversible(None, "Erase now", "For good.", "Erase 14 items")
    assert ask.choose_file_to_open(None, "Open", [("CSV", ["csv"])]) == Path("kunder.csv")
    assert ask.choose_file_to_save(None, "Save", "out.pdf", [("PDF", ["pdf"])]) is None
    assert ask.choose_folder(None, "Folder") == Path("out")


def test_errors_can_be_heard_instead_of_shown(theme) -> None:
    with ask.hearing_errors() as told:
        ask.tell_error(None, "The disk is full.", "OSError")
    assert told == ["The disk is full."]


@pytest.fixture
def press(qtbot):
    """Press keys in the box that opens next, and return what its buttons say."""
    said: list[str] = []

    def later(*keys: Qt.Key) -> list[str]:
        def act() -> None:
            box = QApplication.activeModalWidget()
            assert box is not None
            said.extend(button.text() for button in box.findChildren(QPushButton))
            for key in keys:
                if box.isVisible():
                    qtbot.keyClick(QApplication.focusWidget() or box, key)

        QTimer.singleShot(0, act)
        return said

    return later


def test_enter_agrees_to_nothing_and_escape_means_no(theme, press) -> None:
    said = press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert not ask.confirm_irreversible(None, "Erase now", "For good.", "Erase 14 items")
    assert set(said) == {"Erase 14 items", "Cancel"}


def test_a_deliberate_choice_agrees(theme, qtbot) -> None:
    def click() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        button = next(b for b in box.findChildren(QPushButton) if b.text() == "Erase 14 items")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, click)
    assert ask.confirm_irreversible(None, "Erase now", "For good.", "Erase 14 items")


def test_an_error_is_closed_with_one_button(theme, press, monkeypatch) -> None:
    said = press(Qt.Key.Key_Escape)
    with monkeypatch.context() as bare:
        bare.setattr(ask, "_heard", [])  # here the dialog itself is wanted
        ask.tell_error(None, "The disk is full.")
    assert said == ["Close"]
