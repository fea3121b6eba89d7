"""Know when the computer goes to sleep or its own screen is locked: then nobody sits here."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import time
from collections.abc import Callable
from ctypes import wintypes
from enum import Enum
from typing import Any

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)
from PySide6.QtWidgets import QWidget


class Away(Enum):
    """Why nobody sits at the computer any more."""

    SLEEP = "sleep"
    """It goes to sleep, or has slept."""
    SCREEN = "screen"
    """The system has locked its screen, or shows another user's."""


Tell = Callable[[Away], object]

_CHECK_MS = 5_000
_LEAST_NAP = 20.0
"""Seconds. Less is a clock that is put right, or a computer that had much to do."""


class SystemLock(QObject):
    """Listens to the system it runs on, for as long as a register is open.

    Where the system tells nothing, a nap is still noticed when the computer is awake again.

    Signals:
        away: Nobody sits here any more; why.
    """

    away = Signal(Away)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._naps = NapWatch(self.away.emit, parent=self)
        self._source = _listen(self.away.emit)


class NapWatch(QObject):
    """Notices that the computer has slept: the clock on the wall went on, the processor's did not.

    On Windows both go on; there the system tells it.

    Args:
        tell: Called after a nap.
        wall: Seconds by the clock on the wall.
        awake: Seconds the computer was awake.
        parent: Whose it is.
    """

    def __init__(
        self,
        tell: Tell,
        wall: Callable[[], float] = time.time,
        awake: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tell, self._wall, self._awake = tell, wall, awake
        self._apart = wall() - awake()
        self._timer = QTimer(self, interval=_CHECK_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """Compare the clocks. Called every few seconds."""
        before, self._apart = self._apart, self._wall() - self._awake()
        if self._apart - before >= _LEAST_NAP:
            self._tell(Away.SLEEP)


def _listen(tell: Tell) -> object:
    """Return what listens to this system; it does so for as long as it is kept."""
    if sys.platform == "linux":
        return BusEar(tell, QDBusConnection.sessionBus(), QDBusConnection.systemBus())
    if sys.platform == "win32":
        return WindowsEar(tell)
    return _listen_on_mac(tell) if sys.platform == "darwin" else None


# Linux

_SCREEN_SAVERS = ("freedesktop", "gnome", "cinnamon", "mate", "xfce", "kde")
_LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_HEAR: Any = SLOT("hear(QDBusMessage)")  # a str, which the stubs of Qt do not know


class BusEar(QObject):
    """Hears on the two buses of Linux what the desktop and the login service say.

    It asks the login service to wait with sleep until this process is replaced: the file that the
    service gives for that closes with it.

    Args:
        tell: Called when nobody sits here any more.
        session: The bus of the desktop.
        system: The bus of the computer.
        session_id: Which login this is.
    """

    def __init__(
        self,
        tell: Tell,
        session: QDBusConnection,
        system: QDBusConnection,
        session_id: str = os.environ.get("XDG_SESSION_ID", ""),
    ) -> None:
        super().__init__()
        self._tell, self._session_path = tell, session_path(session_id)
        self._delay: QDBusUnixFileDescriptor | None = None
        for desktop in _SCREEN_SAVERS:
            session.connect("", "", f"org.{desktop}.ScreenSaver", "ActiveChanged", self, _HEAR)
        system.connect("", _LOGIN_PATH, f"{_LOGIN}.Manager", "PrepareForSleep", self, _HEAR)
        if session_id:
            system.connect("", self._session_path, f"{_LOGIN}.Session", "Lock", self, _HEAR)
        self._ask_to_wait(system)

    @Slot(QDBusMessage)
    def hear(self, message: QDBusMessage) -> None:
        """Take a message: those that say "locked" or "about to sleep" are told."""
        member, said = message.member(), message.arguments()
        if member == "PrepareForSleep" and said == [True]:
            self._tell(Away.SLEEP)
        elif (member == "ActiveChanged" and said == [True]) or (
            member == "Lock" and message.path() == self._session_path
        ):
            self._tell(Away.SCREEN)

    def _ask_to_wait(self, system: QDBusConnection) -> None:
        if not system.isConnected():
            return
        call = QDBusMessage.createMethodCall(_LOGIN, _LOGIN_PATH, f"{_LOGIN}.Manager", "Inhibit")
        call.setArguments(["sleep", "GDPR Desk", "The register is locked first", "delay"])
        self._asked = QDBusPendingCallWatcher(system.asyncCall(call), self)
        self._asked.finished.connect(self._take_delay)

    def _take_delay(self) -> None:
        given = self._asked.reply().arguments()
        if given and isinstance(given[0], QDBusUnixFileDescriptor):
            self._delay = given[0]


def session_path(session_id: str) -> str:
    """Return where the login service keeps a session: what is no letter is written as _ and hex."""
    first, rest = session_id[:1], session_id[1:]
    written = re.sub(r"[^A-Za-z]", _as_hex, first) + re.sub(r"[^A-Za-z0-9]", _as_hex, rest)
    return f"{_LOGIN_PATH}/session/{written}"


def _as_hex(found: re.Match[str]) -> str:
    return f"_{ord(found[0]):02x}"


# Windows

_SESSION_CHANGE, _POWER_BROADCAST = 0x02B1, 0x0218
_GONE = frozenset({0x2, 0x4, 0x6, 0x7})  # console or remote disconnected, logged off, locked
_SUSPENDS = 0x4  # PBT_APMSUSPEND


class WindowsEar(QWidget):
    """A window that is never shown: Windows tells windows, and only this one takes the messages."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(self.winId()), 0)

    def nativeEvent(self, _kind: Any, message: Any) -> tuple[bool, int]:
        why = away_in(wintypes.MSG.from_address(int(message)))
        if why is not None:
            self._tell(why)
        return False, 0


def away_in(message: wintypes.MSG) -> Away | None:
    """Return why nobody sits here any more, if a message of Windows says so."""
    if message.message == _SESSION_CHANGE and message.wParam in _GONE:
        return Away.SCREEN
    if message.message == _POWER_BROADCAST and message.wParam == _SUSPENDS:
        return Away.SLEEP
    return None


# macOS

_CORE = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_LOCKED = b"com.apple.screenIsLocked"
_UTF_8, _AT_ONCE = 0x08000100, 4


def _listen_on_mac(tell: Tell) -> object:
    """Have the notification centre of macOS call back when the screen is locked."""
    core, pointer = ctypes.CDLL(_CORE), ctypes.c_void_p
    called_back = ctypes.CFUNCTYPE(None, *[pointer] * 5)(lambda *_said: tell(Away.SCREEN))
    core.CFNotificationCenterGetDistributedCenter.restype = pointer
    core.CFStringCreateWithCString.restype = pointer
    core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    core.CFNotificationCenterAddObserver.restype = None
    core.CFNotificationCenterAddObserver.argtypes = [*[pointer] * 5, ctypes.c_long]
    name = core.CFStringCreateWithCString(None, _LOCKED, _UTF_8)
    core.CFNotificationCenterAddObserver(
        core.CFNotificationCenterGetDistributedCenter(),
        None,
        ctypes.cast(called_back, pointer),
        name,
        None,
        _AT_ONCE,
    )
    return called_back
