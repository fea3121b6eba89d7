"""Hide windows from whoever sees the screen over the internet, while a journal is shown."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow

from gdprdesk_ui import objective_c

CAN_HIDE = sys.platform in {"win32", "darwin"}
"""Whether this system lets a program hide its windows. Linux does not."""

Hide = Callable[[int, bool], object]
"""Hides the window of this number, or shows it again."""

_SHOWN, _ONLY_ON_THE_MONITOR, _EXCLUDED = 0x00, 0x01, 0x11  # WDA_* of Windows
_SHARED_WITH_NOBODY, _READ_BY_OTHERS = 0, 1  # NSWindowSharingType


def hide_window(number: int, hidden: bool) -> None:
    """Ask the system to leave a window out of pictures and films of the screen."""
    if sys.platform == "win32":
        affinity = ctypes.windll.user32.SetWindowDisplayAffinity
        affinity.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
        if not affinity(number, _EXCLUDED if hidden else _SHOWN) and hidden:
            affinity(number, _ONLY_ON_THE_MONITOR)  # before Windows 10 of 2020: it is black there
    elif sys.platform == "darwin":
        window = objective_c.send(number, b"window")
        kind = ctypes.c_ulong(_SHARED_WITH_NOBODY if hidden else _READ_BY_OTHERS)
        objective_c.send(window, b"setSharingType:", kind)


class ScreenGuard(QObject):
    """Hides every window of the program, also those that open while it is on.

    Args:
        app: Whose windows.
        hide: Hides one of them.
        parent: Whose it is.
    """

    def __init__(
        self, app: QGuiApplication, hide: Hide = hide_window, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._hide, self._is_on = app, hide, False
        app.focusWindowChanged.connect(self._take_window)

    def turn(self, *, on: bool) -> None:
        """Hide the windows, or show them again."""
        if on != self._is_on:
            self._is_on = on
            for window in self._app.topLevelWindows():
                self._hide(window.winId(), on)

    def _take_window(self, window: QWindow | None) -> None:
        if self._is_on and window is not None:
            self._hide(window.winId(), True)  # noqa: FBT003
