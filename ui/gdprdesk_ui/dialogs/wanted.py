"""When an order is wanted: a day and a time, typed as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import DateField, FormField, row

_HOURS, _MINUTES = 24, 60


def read_time(text: str) -> time | None:
    """Read a time of day: "11", "11:30", "11.30" or "1130"; None if it is not one."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d\d))?", text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < _HOURS and minute < _MINUTES else None


def write_time(at: time | None) -> str:
    """Write a time of day: "11:30"; nothing for none."""
    return f"{at:%H:%M}" if at else ""


class TimeField(QLineEdit):
    """A time of day. It may be empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("11:30")
        self.editingFinished.connect(self._tidy)

    def time(self) -> time | None:
        """Return the time, or None if there is none or it cannot be read."""
        return read_time(self.text())

    def problem(self) -> str | None:
        """Return what is wrong with what was typed: a check for a FormField."""
        if not self.text().strip() or self.time():
            return None
        return _("Write the time like this: {example}").format(example="11:30")

    def _tidy(self) -> None:
        at = self.time()
        if at:
            self.setText(write_time(at))


class Wanted(QWidget):
    """The day and the time beside each other, each with what is wrong under it.

    Attributes:
        day: The day.
        time: The time of day.
        fields: Both, to be checked before saving.
    """

    def __init__(self, touched: Callable[[], object]) -> None:
        super().__init__()
        self.day = DateField()
        self.time = TimeField()
        self.day.changed.connect(touched)
        self.time.textEdited.connect(touched)
        self.fields = (
            FormField(_("Day"), self.day, check=self._day_problem),
            FormField(_("Time"), self.time, check=self.time.problem),
        )
        self.fields[1].setFixedWidth(ch(16))
        line = row(*self.fields, spacing=12)
        line.setStretch(0, 1)
        for field in self.fields:
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def show_moment(self, day: date | None, at: time | None) -> None:
        """Show a day and a time, or neither."""
        self.day.set_day(day)
        self.time.setText(write_time(at))

    def _day_problem(self) -> str | None:
        if self.time.text().strip() and not self.day.edit.text().strip():
            return _("Say which day the time is for.")
        return self.day.problem()
