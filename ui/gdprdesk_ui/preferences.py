"""The settings of this computer, as the window changes them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdprdesk.settings import Settings


class Preferences(QObject):
    """Holds the settings and keeps each change at once.

    Attributes:
        settings: As they are now.

    Signals:
        changed: What was there before, and what is there now.
    """

    changed = Signal(Settings, Settings)

    def __init__(self, settings: Settings | None = None, folder: Path | None = None) -> None:
        """Args are the settings to begin with, and where they are kept; None keeps nothing."""
        super().__init__()
        self.settings = settings or Settings()
        self._folder = folder

    def change(self, **values: Any) -> None:
        """Set what is given. A computer that cannot keep it has it until the program ends."""
        self._take(replace(self.settings, **values))

    def remember(self, register: Path) -> None:
        """Make a register the one opened last."""
        self._take(self.settings.opened(register))

    def forget(self, register: Path) -> None:
        """Take a register out of those opened last."""
        others = tuple(one for one in self.settings.recent if one != register)
        self.change(recent=others)

    def _take(self, now: Settings) -> None:
        before, self.settings = self.settings, now
        if before == now:
            return
        if self._folder is not None:
            with suppress(OSError):
                now.save(self._folder)
        self.changed.emit(before, now)
