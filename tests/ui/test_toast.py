import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QWidget

from gdprdesk_ui.widgets import Toast
from tests.ui.accessibility import nameless


@pytest.fixture
def toast(theme, show):
    over = QWidget()
    over.resize(600, 400)
    made = Toast(over)
    show(over)
    return made


def test_a_message_goes_by_itself(toast, qtbot) -> None:
    with qtbot.waitSignal(toast.gone):
        toast.show_message("Order 2210 is erased", milliseconds=20)
    assert toast.isHidden()


def test_undo_does_it_once_and_the_message_goes(toast, qtbot) -> None:
    done = []
    toast.show_message("Order 2210 is erased", "Undo", lambda: done.append("undone"))
    with qtbot.waitSignal(toast.gone):
        qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    assert done == ["undone"]


def test_a_message_waits_while_the_pointer_is_over_it(toast, qtbot) -> None:
    toast.show_message("Order 2210 is erased", milliseconds=200)
    inside = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(inside, inside, inside))
    assert toast.is_paused()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not toast.is_paused()
    with qtbot.waitSignal(toast.gone):
        pass


def test_a_message_waits_while_the_focus_is_in_it(toast, qtbot) -> None:
    toast.show_message("Order 2210 is erased", "Undo", lambda: None, milliseconds=200)
    toast.action.setFocus()
    assert toast.is_paused()
    toast.close_button.setFocus()
    assert toast.is_paused()
    toast.close_button.clearFocus()
    assert not toast.is_paused()


def test_a_new_message_takes_the_place_of_the_old_one(toast) -> None:
    toast.show_message("First", "Undo", lambda: None)
    toast.show_message("Second")
    assert toast.words.text() == "Second"
    assert toast.action.isHidden()


def test_it_stays_at_the_lower_left(toast) -> None:
    toast.show_message("Order 2210 is erased")
    toast.parentWidget().resize(600, 500)
    assert toast.geometry().bottom() == 500 - 24 - 1
    assert toast.x() == 24
    assert nameless(toast) == []
