"""What is over in one activity, by its rule, ticked line by line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import AtEnd
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.clean_up_preview import DueGroup, DueRow
from gdprdesk.services.holds import Decision
from gdprdesk_ui.models.check_lines import CheckLine
from gdprdesk_ui.pages.clean_up.lines import CheckList
from gdprdesk_ui.widgets import Card, Label, Line, Pill, column, hide_unless, row


class GroupCard(Card):
    """The activity with its rule, and a box for each record.

    Signals:
        turned: Boxes are to be ticked, or not any more; the rows, and which of both.
        opened: Whom a row is about is to be shown.

    Attributes:
        group: What is shown.
        box: Ticked if all of them are, half if some are.
        lines: The records.
    """

    turned = Signal(object, bool)
    opened = Signal(object)

    def __init__(self, group: DueGroup, today: date) -> None:
        super().__init__(padding=0, spacing=0)
        self.group, self._today = group, today
        self._rows = {one.ref: one for one in group.rows}
        self.tick = QCheckBox()
        self.tick.setTristate(True)
        self.tick.setAccessibleName(_("All of {activity}").format(activity=group.activity))
        self.tick.clicked.connect(self._turn_all)
        self._count = Label("", "body", keep=True, tabular=True)
        self.lines = CheckList(group.activity)
        self.lines.turned.connect(lambda ref, on: self.turned.emit((self._rows[ref],), on))
        self.lines.opened.connect(lambda ref: self.opened.emit(self._rows[ref]))
        pills = [Pill(_("You decide"), "info", "hand")] if group.asks else []
        words = column(
            Label(group.activity, "card"),
            Label(group.rule, "small", "muted", wrap=True),
            self._figures(),
            spacing=2,
        )
        title = row(self.tick, words, spacing=2)
        heading = row(title, *pills, self._count, spacing=12, margins=(16, 14, 16, 12))
        title.setStretch(1, 1)
        heading.setStretch(0, 1)
        self.add(heading, Line(), row(self.lines, margins=(0, 2, 0, 8)))

    def show_ticks(self, ticked: set[RecordRef], kept: Mapping[RecordRef, Decision]) -> None:
        """Show which records leave, and of the others why not."""
        self.lines.show_lines([self._line(one, ticked, kept) for one in self.group.rows])
        count, of = len(self._rows.keys() & ticked), len(self._rows)
        said = ngettext("{count} record", "{count} records", of)
        if count < of:
            said = _("{count} of {all}")
        self._count.setText(said.format(count=format_number(count), all=format_number(of)))
        states = Qt.CheckState
        some = states.PartiallyChecked if count else states.Unchecked
        self.tick.setCheckState(states.Checked if count == of else some)

    def _turn_all(self) -> None:
        """Tick all if some were not; Qt has turned the box by itself, which the page sets right."""
        on = self.tick.checkState() is not Qt.CheckState.Unchecked
        self.turned.emit(self.group.rows, on)

    def _figures(self) -> Label:
        stays = self.group.rows[0].at_end is AtEnd.ANONYMISE
        words = _("Figures stay: how many in each month and for how much, without names.")
        said = Label(words if stays else "", "small", "muted", wrap=True)
        hide_unless(stays, said)
        return said

    def _line(
        self, one: DueRow, ticked: set[RecordRef], kept: Mapping[RecordRef, Decision]
    ) -> CheckLine:
        decision = kept.get(one.ref)
        if decision is not None:
            day = format_day(decision.review_on, short=True, today=self._today)
            end = _("Stays until {day}: {why}").format(day=day, why=decision.why)
            return CheckLine(one.ref, one.said, one.name, end, "warn", ticked=False)
        day = format_day(one.until, short=True, today=self._today) if one.until else ""
        end = _("Last day {day}").format(day=day)
        return CheckLine(one.ref, one.said, one.name, end, ticked=one.ref in ticked)
