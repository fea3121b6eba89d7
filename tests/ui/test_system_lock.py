"""Nobody sits here any more: what the systems say, and what the program makes of it."""

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from shiboken6 import Shiboken

from gdprdesk_ui.system_lock import (
    Away,
    BusEar,
    NapWatch,
    SystemLock,
    WindowsEar,
    session_path,
)

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MINE = "/org/freedesktop/login1/session/_32"


@pytest.fixture
def told():
    return []


@pytest.fixture
def ear(told, qapp):
    """An ear on buses that do not exist, to be given messages by hand."""
    nowhere = QDBusConnection("nowhere")
    return BusEar(told.append, nowhere, nowhere, "2")


def signal(path: str, interface: str, member: str, *said: bool) -> QDBusMessage:
    made = QDBusMessage.createSignal(path, interface, member)
    made.setArguments([*said])
    return made


@pytest.mark.parametrize("desktop", ["freedesktop", "gnome", "cinnamon", "mate", "xfce", "kde"])
def test_the_screen_saver_of_every_desktop_is_heard(ear, told, desktop) -> None:
    interface = f"org.{desktop}.ScreenSaver"
    ear.hear(signal("/ScreenSaver", interface, "ActiveChanged", False))
    assert told == []
    ear.hear(signal("/ScreenSaver", interface, "ActiveChanged", True))
    assert told == [Away.SCREEN]


def test_the_computer_is_about_to_sleep_and_wakes(ear, told) -> None:
    ear.hear(signal(LOGIN_PATH, f"{LOGIN}.Manager", "PrepareForSleep", False))
    assert told == []
    ear.hear(signal(LOGIN_PATH, f"{LOGIN}.Manager", "PrepareForSleep", True))
    assert told == [Away.SLEEP]


def test_only_the_own_session_locks(ear, told) -> None:
    ear.hear(signal(session_path("3"), f"{LOGIN}.Session", "Lock"))
    assert told == []
    ear.hear(signal(MINE, f"{LOGIN}.Session", "Lock"))
    assert told == [Away.SCREEN]


@pytest.mark.parametrize(
    ("session", "written"), [("2", "_32"), ("c1", "c1"), ("42", "_342"), ("a-b", "a_2db")]
)
def test_a_session_is_found_by_its_path(session, written) -> None:
    assert session_path(session) == f"/org/freedesktop/login1/session/{written}"


def windows_says(ear: WindowsEar, message: int, word: int) -> tuple[bool, int]:
    said = wintypes.MSG(message=message, wParam=word)
    return ear.nativeEvent(b"windows_generic_MSG", Shiboken.VoidPtr(ctypes.addressof(said)))


@pytest.mark.parametrize(
    ("message", "word", "why"),
    [
        (0x02B1, 0x7, Away.SCREEN),  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
        (0x02B1, 0x2, Away.SCREEN),  # another user at this screen
        (0x02B1, 0x8, None),  # unlocked
        (0x0218, 0x4, Away.SLEEP),  # WM_POWERBROADCAST, PBT_APMSUSPEND
        (0x0218, 0x12, None),  # awake again
        (0x0200, 0x7, None),  # the mouse moves
    ],
)
def test_what_windows_says_is_understood(qtbot, told, message, word, why) -> None:
    ear = WindowsEar(told.append)
    qtbot.addWidget(ear)
    assert windows_says(ear, message, word) == (False, 0)  # Windows goes on with it
    assert told == ([why] if why else [])
    assert not ear.isVisible()


def test_a_nap_is_noticed_afterwards(told, qapp) -> None:
    now = {"wall": 1_000.0, "awake": 50.0}
    watch = NapWatch(told.append, lambda: now["wall"], lambda: now["awake"])
    now.update(wall=1_005.0, awake=55.0)
    watch.check()
    now.update(wall=1_022.0, awake=60.0)  # the clock was put right by 12 seconds
    watch.check()
    now.update(wall=900.0, awake=65.0)  # and set back
    watch.check()
    assert told == []
    now.update(wall=3_000.0, awake=70.0)
    watch.check()
    watch.check()
    assert told == [Away.SLEEP]


def test_this_system_is_listened_to(qapp) -> None:
    made = SystemLock()
    assert made._source is not None
