import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from gdprdesk_ui.idle import IdleLock


@pytest.fixture
def idle(clock, qapp):
    made = IdleLock(5, clock, qapp)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def field(show):
    return show(QLineEdit())


def type_a(field: QLineEdit) -> None:
    """Press a key as the system does: the window gets it, and hands it to the field."""
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)


def test_it_warns_for_a_minute_and_then_expires_once(idle, clock, qtbot) -> None:
    clock.move(minutes=3, seconds=59)
    with qtbot.assertNotEmitted(idle.counting_down):
        idle.tick()
    clock.move(seconds=16)
    with qtbot.waitSignal(idle.counting_down) as counting:
        idle.tick()
    assert counting.args == [45]
    clock.move(seconds=45)
    with qtbot.waitSignal(idle.expired):
        idle.tick()
    with qtbot.assertNotEmitted(idle.expired):
        idle.tick()


def test_a_key_keeps_it_open(idle, clock, qtbot, field) -> None:
    clock.move(minutes=4, seconds=30)
    idle.tick()
    with qtbot.waitSignal(idle.awake):
        type_a(field)
    clock.move(minutes=4, seconds=30)
    with qtbot.assertNotEmitted(idle.expired):
        idle.tick()


def test_the_key_that_wakes_a_computer_does_nothing_but_lock(idle, clock, qtbot, field) -> None:
    clock.move(hours=8)
    with qtbot.waitSignal(idle.expired):
        type_a(field)
    assert field.text() == ""


def test_a_clock_set_back_counts_from_then(idle, clock, qtbot) -> None:
    clock.move(hours=-1)
    idle.tick()
    clock.move(minutes=5)
    with qtbot.waitSignal(idle.expired):
        idle.tick()


def test_the_time_can_be_changed(idle, clock, qtbot) -> None:
    idle.set_minutes(10)
    clock.move(minutes=6)
    with qtbot.assertNotEmitted(idle.expired):
        idle.tick()
