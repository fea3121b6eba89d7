"""A moment: a day and a time of day beside each other."""

from __future__ import annotations

from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.dialogs.wanted import TimeField, write_time
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import DateField, row

_TIME_DIGITS = 12


class MomentField(QWidget):
    """A moment by the clock on the wall. It may be empty.

    Signals:
        changed: The user wrote another day or time.

    Attributes:
        day: The day.
        time: The time of day.
    """

    changed = Signal()

    def __init__(self, moment: datetime | None = None) -> None:
        super().__init__()
        self.day, self.time = DateField(), TimeField()
        self.time.setFixedWidth(ch(_TIME_DIGITS))
        self.time.setAccessibleName(_("Time of day"))
        self.day.changed.connect(self.changed)
        self.time.textEdited.connect(self.changed)
        line = row(self.day, self.time, spacing=8)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFocusProxy(self.day.edit)
        self.set_moment(moment)

    def moment(self) -> datetime | None:
        """Return the moment; without a time of day that of midnight; None without a day."""
        day = self.day.day()
        if day is None:
            return None
        return datetime.combine(day, self.time.time() or time.min).astimezone()

    def set_moment(self, moment: datetime | None) -> None:
        """Show a moment, or none."""
        here = moment.astimezone() if moment else None
        self.day.set_day(here.date() if here else None)
        self.time.setText(write_time(here.time()) if here else "")

    def problem(self) -> str | None:
        """Return what is wrong with what was typed: a check for a FormField."""
        if self.time.text().strip() and not self.day.edit.text().strip():
            return _("Say which day the time is for.")
        return self.day.problem() or self.time.problem()

    def entered(self) -> str:
        """Return what was entered, as a plain value."""
        moment = self.moment()
        return moment.isoformat() if moment else ""

    def show_entered(self, value: str) -> None:
        """Show what was entered before."""
        self.set_moment(datetime.fromisoformat(value) if value else None)
