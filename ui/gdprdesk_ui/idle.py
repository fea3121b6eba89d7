"""Lock when nobody is there."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from gdprdesk.clock import Clock

WARNED_BEFORE = timedelta(seconds=60)

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleLock(QObject):
    """Counts how long nobody has touched keyboard or mouse.

    It goes by the clock on the wall, so that a computer that slept is locked when it wakes; the
    key or click that wakes it does nothing else. It listens to windows, where input arrives, not
    to the whole program: a filter for every event would make each page half as slow again.

    Signals:
        counting_down: The seconds left, each second of the last minute.
        awake: Somebody came back during the last minute.
        expired: The time is out. Sent once.
    """

    counting_down = Signal(int)
    awake = Signal()
    expired = Signal()

    def __init__(
        self, minutes: int, clock: Clock, app: QGuiApplication, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock, self._app = clock, app
        self._limit = timedelta(minutes=minutes)
        self._last: datetime = clock()
        self._warning = self._over = False
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to count."""
        self._app.focusWindowChanged.connect(self._watch)
        self._watch(self._app.focusWindow())
        self._last = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Count no longer."""
        if self._timer.isActive():
            self._timer.stop()
            self._app.focusWindowChanged.disconnect(self._watch)

    def set_minutes(self, minutes: int) -> None:
        """Change how long it waits; 0 is for ever."""
        self._limit = timedelta(minutes=minutes)

    def tick(self) -> None:
        """Look at the clock. Called each second."""
        if self._over or not self._limit:
            return
        left = self._limit - self._idle()
        if left <= timedelta(0):
            self._over = True
            self.stop()
            self.expired.emit()
        elif left <= WARNED_BEFORE:
            self._warning = True
            self.counting_down.emit(int(left.total_seconds()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._timer.isActive() or event.type() not in _SIGNS_OF_LIFE:
            return False
        self.tick()
        if self._over:
            return True
        self._last = self._clock()
        if self._warning:
            self._warning = False
            self.awake.emit()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _idle(self) -> timedelta:
        """Return for how long; a clock set back counts from then."""
        now = self._clock()
        self._last = min(self._last, now)
        return now - self._last
