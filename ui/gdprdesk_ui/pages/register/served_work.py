"""What is done for a business that is served: its instructions, and the end of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.instructions import InstructionRow, reopen_instruction
from gdprdesk.services.paper_files import export_instructions, export_settlement
from gdprdesk.services.served import ControllerRow, unsettle_controller
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.instruction_form import go_on_with, take
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.dialogs.settle_form import settle
from gdprdesk_ui.tokens import Token
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    GroupHeading,
    Label,
    ListRow,
    clear,
    column,
    hide_unless,
    row,
)

_BETWEEN = "  \N{MIDDLE DOT}  "
_SHOWN = 6


class InstructionLine(QWidget):
    """An instruction, with the next thing to do for it.

    Attributes:
        next_button: Writes down what was done, or answers; or shows the answer.
        reopen_button: There is more to do for it; None while it is open.
    """

    def __init__(self, context: PageContext, one: InstructionRow) -> None:
        super().__init__()
        title = f"{one.number}. {say(one.kind)}"
        verb = _("Answer…") if one.done_on else _("What was done…")
        if one.answered_on:
            verb = _("Answer")
        self.next_button = Button(verb, size="small", on_click=lambda: go_on_with(context, one))
        self.reopen_button = None
        buttons = [self.next_button]
        if one.answered_on:
            self.reopen_button = Button(
                _("Open again"), "link", on_click=lambda: _reopen(context, one)
            )
            buttons.insert(0, self.reopen_button)
        for button in buttons:
            button.setAccessibleDescription(title)
        line = ListRow(
            "circle-check" if one.answered_on else "circle-dot",
            title,
            _BETWEEN.join((one.scope, _when(one, context.today))),
            *buttons,
            tint=_tint(one),
            wrap=True,
        )
        self.setLayout(row(line, spacing=0))


class InstructionList(QWidget):
    """What a business wants done: what waits first.

    Attributes:
        new_button: Writes down a new one; not there once nothing of the business is left here.
        list_button: Saves the instructions of everybody who is served.
        more_button: Shows all of them.
        lines: A line for each that is shown.
    """

    def __init__(
        self, context: PageContext, one: ControllerRow, found: Sequence[InstructionRow]
    ) -> None:
        super().__init__()
        self._context, self._found = context, found
        self.lines: list[InstructionLine] = []
        self.new_button = Button(
            _("New instruction…"),
            icon_name="plus",
            size="small",
            on_click=lambda: take(context, one.ref, one.name),
        )
        hide_unless(one.settled_on is None, self.new_button)
        self.list_button = Button(
            _("List…"),
            icon_name="printer",
            size="small",
            on_click=lambda: save_report(context, _("Instructions"), export_instructions),
        )
        hide_unless(found, self.list_button)
        self.more_button = Button("", "link", on_click=self._show_all)
        self._lines = column(spacing=10)
        heading = row(GroupHeading(_("Instructions")), None, self.list_button, self.new_button)
        none = Label(_("No instruction has come."), "body", "muted")
        hide_unless(not found, none)
        self.setLayout(column(heading, self._lines, none, self.more_button, spacing=10))
        self._show(_SHOWN)

    def _show(self, count: int) -> None:
        clear(self._lines)
        self.lines = [InstructionLine(self._context, one) for one in self._found[:count]]
        for line in self.lines:
            self._lines.addWidget(line)
        left = len(self._found) > count
        self.more_button.setText(
            _("Show all {count}").format(count=format_number(len(self._found)))
        )
        self.more_button.setVisible(left)

    def _show_all(self) -> None:
        self._show(len(self._found))


def settling(context: PageContext, one: ControllerRow) -> list[QWidget]:
    """Return what is to be said of the end of a contract: that its data wait, or what was done."""
    if one.ended_on is None:
        return []
    if one.settled_on is None:
        button = Button(_("Returned or deleted…"), on_click=lambda: settle(context, one))
        return [
            Banner(
                "warn",
                _("The service has ended: return or delete its data"),
                _("As the customer chooses, and with a certificate. Article 28(3)(g)."),
                [button],
            )
        ]
    certificate = Button(
        _("Certificate…"), icon_name="file-check", on_click=lambda: _certify(context, one)
    )
    again = Button(_("Not done"), "link", on_click=lambda: _unsettle(context, one))
    title = _("Returned or deleted {day}").format(day=format_day(one.settled_on))
    return [Banner("accent", title, one.settled_how, [again, certificate])]


def _when(one: InstructionRow, today: date) -> str:
    day = one.answered_on or one.due_on
    said = format_day(day, short=True, today=today)
    if one.answered_on:
        return _("Answered {day}").format(day=said)
    return (_("Was due {day}") if one.is_late else _("Until {day}")).format(day=said)


def _tint(one: InstructionRow) -> Token:
    if one.answered_on:
        return "accent_text"
    return "danger_text" if one.is_late else "warn_text"


def _certify(context: PageContext, one: ControllerRow) -> None:
    name = _("Certificate {name}").format(name=one.name)
    save_report(context, name, export_settlement, controller_ref=one.ref)


def _unsettle(context: PageContext, one: ControllerRow) -> None:
    context.save(
        lambda _progress: context.desk.run(unsettle_controller, controller_ref=one.ref),
        lambda _none: context.toast(_("The contract is open again"), undoable=True),
    )


def _reopen(context: PageContext, one: InstructionRow) -> None:
    words = _("Instruction {number} is open again").format(number=one.number)
    context.save(
        lambda _progress: context.desk.run(reopen_instruction, ref=one.ref),
        lambda _none: context.toast(words, undoable=True),
    )
