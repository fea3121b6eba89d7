"""Who says yes or no for the person shown, if she is a child."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.guardians import GuardianRow, list_guardians
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.guardian_form import edit_guardian
from gdprdesk_ui.widgets import Button, Label, ListRow, clear, column, row


class GuardianRows(QWidget):
    """The guardians of a child, at the foot of her consents; for all others one quiet button.

    Attributes:
        add_button: Writes down a guardian.
        change_buttons: Change each of them, in their order.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._ref: SubjectRef | None = None
        self.change_buttons: list[Button] = []
        self.add_button = Button("", "link", "baby", size="small", on_click=self._add)
        self._until = Label("", "small", "muted", wrap=True)
        self._rows = column(spacing=6)
        self.setLayout(column(self._rows, self._until, row(self.add_button, None), spacing=6))

    def show_person(self, ref: SubjectRef) -> None:
        """Show who says yes or no for a person."""
        self._ref = ref
        rows = self._context.desk.ask(list_guardians, subject_ref=ref)
        clear(self._rows)
        self.change_buttons = []
        for one in rows:
            change = Button(_("Change"), size="small", on_click=partial(self._change, one))
            change.setAccessibleDescription(one.name)
            self.change_buttons.append(change)
            self._rows.addWidget(
                ListRow("baby", one.name or _("Erased"), _words(one), change, strong=False)
            )
        self._until.setVisible(bool(rows))
        self.add_button.setText(_("Another guardian…") if rows else _("She is a child…"))
        if rows:
            self._say_until(rows[0])

    def _say_until(self, one: GuardianRow) -> None:
        day = format_day(one.of_age_on)
        said = (
            _("She turned 18 on {day} and answers herself: what was said before counts no more.")
            if one.of_age_on <= self._context.today
            else _("Until {day}, when she turns 18. What was said for her ends then.")
        )
        self._until.setText(said.format(day=day))

    def _add(self) -> None:
        if self._ref is not None:
            edit_guardian(self._context, self._ref)

    def _change(self, one: GuardianRow) -> None:
        if self._ref is not None:
            edit_guardian(self._context, self._ref, one)


def _words(one: GuardianRow) -> str:
    asked = (
        _("she was asked, too, {day}").format(day=format_day(one.asked_too_on))
        if one.asked_too_on
        else ""
    )
    return "  \N{MIDDLE DOT}  ".join(part for part in (say(one.kinship), one.reach, asked) if part)
