"""How long something is kept: so many months, or from so many to so many, after something."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.terms import Start, Unit, say
from gdprdesk.i18n import _
from gdprdesk_ui.theme import ch
from gdprdesk_ui.widgets import Choice, Label, column, holder, row

MOST = 36_500


class RuleField(QWidget):
    """A number, what it counts, and what it counts from.

    Args:
        ranged: Ask for an upper end, too, such as 3 to 4 months.

    Signals:
        changed: The user changed one of them.

    Attributes:
        count: How many; 0 keeps until the thing happens, and no longer.
        most: The upper end of a range; empty if there is none.
        unit: Days, months or years.
        start: What it counts from.
    """

    changed = Signal()

    def __init__(self, *, ranged: bool = True) -> None:
        super().__init__()
        self._law: str | None = None
        self.count, self.most = QLineEdit(), QLineEdit()
        for edit in (self.count, self.most):
            edit.setFixedWidth(ch(8))
        self.most.setAccessibleName(_("At most, if it is a range"))
        self.unit = Choice([(one, say(one)) for one in Unit])
        self.unit.setAccessibleName(_("Days, months or years"))
        self.start = Choice([(one, say(one)) for one in Start])
        self.start.setAccessibleName(_("Counted from"))
        self.start.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        upper = holder(row(Label(_("to"), "body", "muted", keep=True), self.most))
        upper.setVisible(ranged)
        after = Label(_("after"), "body", "muted", keep=True)
        line = row(self.count, upper, self.unit, after, self.start)
        line.setStretch(4, 1)
        self._asked = holder(line)
        self._by_law = Label(_("A law says how long, so it cannot be changed here."), wrap=True)
        self._by_law.hide()
        self.setLayout(column(self._asked, self._by_law, spacing=0))
        self.setFocusProxy(self.count)
        for edit in (self.count, self.most):
            edit.textEdited.connect(self.changed)
        for choice in (self.unit, self.start):
            choice.picked.connect(self.changed)

    def show_rule(self, start: Start, count: str, unit: Unit, most: str = "") -> None:
        """Show a rule; the numbers as they were typed."""
        self.start.set_value(start)
        self.count.setText(count)
        self.unit.set_value(unit)
        self.most.setText(most)

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as plain values."""
        return {
            "start": self.start.value().value,
            "count": self.count.text(),
            "unit": self.unit.value().value,
            "most": self.most.text(),
            "law": self._law,
        }

    def show_entered(self, value: dict[str, Any]) -> None:
        """Show what was entered before; where a law decides, nothing is asked."""
        start, unit = Start(value["start"]), Unit(value["unit"])
        self.show_rule(start, value["count"], unit, value["most"])
        self._law = value["law"]
        self._asked.setVisible(self._law is None)
        self._by_law.setVisible(self._law is not None)

    def rule(self) -> RetentionRule | None:
        """Return the rule, or None if its numbers cannot be read."""
        count, most = _number(self.count.text()), _number(self.most.text())
        if count is None or (most is None and self.most.text().strip()):
            return None
        return RetentionRule(self.start.value(), count, self.unit.value(), self._law, most=most)

    def problem(self) -> str | None:
        """Return what is wrong with the numbers: a check for a FormField."""
        rule = self.rule()
        if rule is None:
            return _("Write how long with a number, such as 24. With 0 it goes when that happens.")
        if rule.most is not None and rule.most < rule.count:
            return _("The range ends before it begins. Write the smaller number first.")
        return None


def rule_entered(rule: RetentionRule) -> dict[str, Any]:
    """Return a rule as a RuleField shows it."""
    return {
        "start": rule.start.value,
        "count": str(rule.count),
        "unit": rule.unit.value,
        "most": "" if rule.most is None else str(rule.most),
        "law": rule.law,
    }


def _number(typed: str) -> int | None:
    typed = typed.strip()
    return int(typed) if typed.isdecimal() and int(typed) <= MOST else None
