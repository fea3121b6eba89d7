"""How long something is kept: so many months after something happened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.terms import Start, Unit, say
from gdprdesk.i18n import _
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Choice, Label, row

MOST = 36_500


class RuleField(QWidget):
    """A number, what it counts, and what it counts from.

    Signals:
        changed: The user changed one of the three.

    Attributes:
        count: How many; 0 keeps until the thing happens, and no longer.
        unit: Days, months or years.
        start: What it counts from.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = QLineEdit()
        self.count.setFixedWidth(ch(8))
        self.unit = Choice([(one, say(one)) for one in Unit])
        self.unit.setAccessibleName(_("Days, months or years"))
        self.start = Choice([(one, say(one)) for one in Start])
        self.start.setAccessibleName(_("Counted from"))
        self.start.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        line = row(self.count, self.unit, Label(_("after"), keep=True), self.start)
        line.setStretch(3, 1)
        self.setLayout(line)
        self.setFocusProxy(self.count)
        self.count.textEdited.connect(self.changed)
        for choice in (self.unit, self.start):
            choice.picked.connect(self.changed)

    def show_rule(self, start: Start, count: str, unit: Unit) -> None:
        """Show a rule; the count as it was typed."""
        self.start.set_value(start)
        self.count.setText(count)
        self.unit.set_value(unit)

    def rule(self) -> RetentionRule | None:
        """Return the rule, or None if the count cannot be read."""
        typed = self.count.text().strip()
        if not typed.isdecimal() or int(typed) > MOST:
            return None
        return RetentionRule(self.start.value(), int(typed), self.unit.value())

    def problem(self) -> str | None:
        """Return what is wrong with the count: a check for a FormField."""
        if self.rule() is None:
            return _("Write how long with a number, such as 24. With 0 it goes when that happens.")
        return None
