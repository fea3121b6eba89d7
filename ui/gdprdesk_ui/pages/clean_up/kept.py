"""What stays although its time is over: by a decision, or because something is still open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.clean_up_preview import DueGroup
from gdprdesk.services.holds import HoldRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.hold import ask_to_renew, lift, what_is_held
from gdprdesk_ui.models.check_lines import CheckLine
from gdprdesk_ui.pages.clean_up.lines import CheckList
from gdprdesk_ui.widgets import Button, Card, CardHeading, Icon, Label, Line, clear, column, row
from gdprdesk_ui.widgets.layout import add

_SHOWN, _MORE = 4, 40


class HoldLine(QWidget):
    """A decision to keep something, to be taken back or taken again.

    Attributes:
        lift_button: The rules decide again.
        renew_button: It is kept on.
    """

    def __init__(self, context: PageContext, hold: HoldRow, *, narrow: bool = False) -> None:
        """Make it; a narrow one has its buttons under the words."""
        super().__init__()
        self.lift_button = Button(_("Keep no longer"), size="small")
        self.lift_button.clicked.connect(partial(self._lift, context, hold))
        self.renew_button = Button(_("Keep on…"), size="small")
        self.renew_button.clicked.connect(lambda: ask_to_renew(context, hold))
        for button in (self.lift_button, self.renew_button):
            button.setAccessibleDescription(what_is_held(hold))
        is_due = hold.review_on <= context.today
        day = format_day(hold.review_on, short=True, today=context.today)
        again = Label(
            _("Decide again {day}").format(day=day),
            "small",
            "warn" if is_due else "muted",
            keep=True,
            tabular=True,
        )
        words = column(
            Label(what_is_held(hold)),
            Label(f"{say(hold.ground)}: {hold.why}", "small", "muted", wrap=True),
            spacing=1,
        )
        sign = Icon("hand", "warn_text" if is_due else "muted")
        buttons = row(self.renew_button, self.lift_button, spacing=10)
        line = row(sign, words, spacing=10)
        if narrow:
            buttons.addStretch(1)
            for part in (again, 6, buttons):
                add(words, part)
        else:
            for part in (again, 4, buttons):
                add(line, part)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)

    @staticmethod
    def _lift(context: PageContext, hold: HoldRow, _clicked: bool = False) -> None:
        lift(context, hold)


class KeptCard(Card):
    """What stays, and why; quiet, since nothing is to be done about most of it.

    Signals:
        opened: Whom a line is about is to be shown.

    Attributes:
        holds: A line for each decision shown.
        waiting: What waits for something that is still open.
        more_button: Shows more decisions.
    """

    opened = Signal(object)

    def __init__(self, context: PageContext) -> None:
        heading = CardHeading(_("What stays, and why"))
        super().__init__(row(heading, margins=(16, 14, 16, 10)), padding=0, spacing=0)
        self._context = context
        self._shown = _SHOWN
        self._rows: Sequence[HoldRow] = ()
        self.holds: list[HoldLine] = []
        self._lines = column(spacing=12, margins=(16, 0, 16, 14))
        self.more_button = Button("", "link", on_click=self._show_more)
        self.waiting = CheckList(_("What stays, and why"))
        self.waiting.opened.connect(self.opened)
        self._between = Line()
        self.add(self._lines, self._between, self.waiting, 8)

    def show_kept(self, holds: Sequence[HoldRow], waiting: Sequence[DueGroup]) -> None:
        """Show the decisions, and what waits by itself."""
        self._rows = holds
        self._show_holds()
        lines = [
            CheckLine(one.subject_ref, one.said, one.name, say(one.reason))
            for group in waiting
            for one in group.rows
            if one.reason is not None and one.hold is None
        ]
        self.waiting.show_lines(lines)
        self.waiting.setVisible(bool(lines))
        self._between.setVisible(bool(lines and holds))
        self.setVisible(bool(holds or lines))

    def _show_holds(self) -> None:
        self._lines.removeWidget(self.more_button)
        clear(self._lines)
        shown = self._rows if len(self._rows) <= self._shown + 1 else self._rows[: self._shown]
        self.holds = [HoldLine(self._context, one) for one in shown]
        for line in self.holds:
            self._lines.addWidget(line)
        left = len(self._rows) - len(shown)
        self.more_button.setText(_("{count} more").format(count=format_number(left)))
        self.more_button.setVisible(left > 0)
        self._lines.addWidget(self.more_button)

    def _show_more(self) -> None:
        at = len(self.holds)
        self._shown += _MORE
        self._show_holds()
        self.holds[at].renew_button.setFocus()
