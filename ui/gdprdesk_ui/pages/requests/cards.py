"""The cards of a request: the way to the answer, what was asked, who is told, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.terms import Requester, RequestTask, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.request_rows import RequestFile, StepRow
from gdprdesk.services.telling import tell_recipient
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.widgets import Button, Card, CardHeading, Fact, Icon, Label, ListRow, clear, column


class WayCard(Card):
    """What is to be done, in order: ticked with its day, or waiting.

    Signals:
        wanted: The step whose button was pressed.

    Attributes:
        button: Does the next step; None when nothing is left.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(CardHeading(_("The way to the answer")), spacing=10)
        self.button: Button | None = None
        self._rows = column(spacing=10)
        self.add(self._rows)

    def show_file(self, file: RequestFile) -> None:
        """Show the steps of a request; the first that is not done has the button."""
        clear(self._rows)
        self.button = None
        for task in file.tasks:
            done = task.done_on is not None
            sign = Icon("circle-check" if done else "circle", "accent" if done else "muted", 18)
            day = format_day(task.done_on) if task.done_on else ""
            by_itself = task.task is RequestTask.TELL
            right: list[Button] = []
            if not done and self.button is None and file.row.is_open and not by_itself:
                self.button = Button(_VERBS[task.task](), "primary", size="small")
                self.button.clicked.connect(partial(self._want, task.task))
                right = [self.button]
            self._rows.addWidget(ListRow(sign, say(task.task), day, *right, strong=bool(right)))

    def _want(self, task: RequestTask, _clicked: bool = False) -> None:
        self.wanted.emit(task)


class AskedCard(Card):
    """What was asked, how it came, who asks, and the days that count."""

    def __init__(self) -> None:
        super().__init__(CardHeading(_("What was asked")), spacing=10)
        self._facts = column(spacing=10)
        self.add(self._facts)

    def show_file(self, file: RequestFile, today: date) -> None:
        """Show the facts of a request; what is empty is left out."""
        clear(self._facts)
        one = file.row
        came = f"{format_day(one.received_on, short=True, today=today)}, {say(one.channel)}"
        asker = say(one.requester) if one.requester is not Requester.SELF else ""
        facts = (
            (_("In her words"), one.wish),
            (_("Came"), came),
            (_("Asked by"), ", ".join(filter(None, (one.asker, asker)))),
            (_("Answer to"), one.reply_to),
            (_("Work towards"), format_day(one.target_on)),
            (_("The law's last day"), format_day(one.law_due_on)),
            (_("Your own promise"), format_day(one.promised_on) if one.promised_on else ""),
            (
                _("Who asks"),
                _joined(say(file.identity) if file.identity else "", file.identity_note),
            ),
            (_("Why it was doubted"), file.doubt),
            (_("Authority"), file.authority),
            (
                _("More time because"),
                _joined(say(file.extension) if file.extension else "", file.extension_note),
            ),
            (
                _("Not done because"),
                _joined(say(file.refusal) if file.refusal else "", file.refusal_note),
            ),
            (_("Can be erased from"), format_day(file.erasable_on) if file.erasable_on else ""),
            (
                _("Corrected"),
                "\n".join(
                    f"{each['old']} \N{RIGHTWARDS ARROW} {each['new']}" for each in file.corrections
                ),
            ),
        )
        for caption, value in facts:
            if value:
                self._facts.addWidget(Fact(caption, value, wrap=True))


class ToldCard(Card):
    """Who got the data by the register and is to be told of what was done: Article 19.

    Attributes:
        buttons: One for each that is still to be told, by name.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("To be told")), spacing=10)
        self._context = context
        self._ref: RecordRef | None = None
        self.buttons: dict[str, Button] = {}
        self._rows = column(spacing=10)
        self.add(Label(_("They got her data. Tell them what was done."), "small", "muted"))
        self.add(self._rows)

    def show_file(self, file: RequestFile) -> None:
        """Show the recipients of a request."""
        clear(self._rows)
        self.buttons, self._ref = {}, file.row.ref
        for one in file.told:
            day = one["told_on"]
            right: list[Button] = []
            if day is None:
                button = Button(_("Told"), icon_name="check", size="small")
                button.clicked.connect(partial(self._tell, one["recipient"]))
                button.setAccessibleDescription(one["recipient"])
                self.buttons[one["recipient"]] = button
                right = [button]
            said = format_day(date.fromisoformat(day)) if day else ""
            sign = "circle-check" if day else "handshake"
            self._rows.addWidget(ListRow(sign, one["recipient"], said, *right))
        self.setVisible(bool(file.told))

    def _tell(self, recipient: str, _clicked: bool = False) -> None:
        ref = self._ref
        if ref is not None:
            self._context.save(
                lambda _operation: self._context.desk.run(
                    tell_recipient, request_ref=ref, recipient=recipient
                ),
                lambda _row: self._context.toast(
                    _("{name} is told").format(name=recipient), undoable=True
                ),
            )


class HistoryCard(Card):
    """Everything that happened in a request, the newest first."""

    def __init__(self) -> None:
        super().__init__(CardHeading(_("History")), spacing=10)
        self._rows = column(spacing=10)
        self.add(self._rows)

    def show_steps(self, steps: Sequence[StepRow], today: date) -> None:
        """Show the steps."""
        clear(self._rows)
        for step in reversed(steps):
            day = Label(
                format_day(step.on, short=True, today=today),
                "small",
                "muted",
                keep=True,
                tabular=True,
            )
            self._rows.addWidget(ListRow("circle-dot", step.said, step.note, day, wrap=True))


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)


_VERBS = {
    RequestTask.IDENTITY: lambda: _("Write down…"),
    RequestTask.AUTHORITY: lambda: _("Write down…"),
    RequestTask.COPY: lambda: _("Make the copy…"),
    RequestTask.TAKE_ALONG: lambda: _("Make the copy…"),
    RequestTask.CORRECT: lambda: _("Put it right…"),
    RequestTask.ERASE: lambda: _("See what goes…"),
    RequestTask.RESTRICT: lambda: _("Only store…"),
    RequestTask.OBJECTION: lambda: _("Write down…"),
    RequestTask.COMPLAINT: lambda: _("Write down…"),
    RequestTask.DECIDE: lambda: _("Decide…"),
    RequestTask.ANSWER: lambda: _("The answer has gone…"),
}
