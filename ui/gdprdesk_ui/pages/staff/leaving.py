"""What to see to when somebody quits, step by step."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.staff import StaffMember
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.staff_leaving import (
    LeavingRow,
    LeavingView,
    show_leaving,
    untick_leaving,
)
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.leaving_step import do_leaving_step
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import Button, Card, Label, ListRow, PageHeading, clear, column, row

_BETWEEN = "  \N{MIDDLE DOT}  "
_BAR_WIDTH = 200
_PHOTOS = "photos"


class LeavingLine(QWidget):
    """A step: what it is, what is to be done, and who did it when.

    Attributes:
        done_button: Writes down that it is done; or changes day and note.
        undo_button: It is not done after all; None while it is open.
        go_button: Opens the page where it is done; None where it is done outside.
    """

    def __init__(self, page: LeavingPage, view: LeavingView, step: LeavingRow) -> None:
        super().__init__()
        context, is_done = page.context, step.done_on is not None
        self.done_button = Button(
            _("Change…") if is_done else _("Done…"),
            size="small",
            on_click=lambda: do_leaving_step(context, view.ref, step),
        )
        self.undo_button = self.go_button = None
        buttons = [self.done_button]
        if is_done:
            self.undo_button = Button(
                _("Not done"), "link", on_click=lambda: page.untick(view, step)
            )
            buttons.insert(0, self.undo_button)
        elif where := _where(view, step):
            self.go_button = Button(
                _("Go there"), "link", on_click=lambda: context.open_page(where[0], **where[1])
            )
            buttons.insert(0, self.go_button)
        for button in buttons:
            button.setAccessibleDescription(step.title)
        line = ListRow(
            "circle-check" if is_done else "circle",
            step.title,
            _said(context, step),
            *buttons,
            tint="accent_text" if is_done else "muted",
            strong=not is_done,
            wrap=True,
        )
        self.setLayout(row(line, spacing=0))


class LeavingPage(Page):
    """The list of one who has left, until all of it is ticked.

    Attributes:
        progress: How many steps are done.
        lines: A line for each step, by its key.
    """

    changed_kinds = frozenset({StaffMember})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: RecordRef | None = None
        self.lines: dict[str, LeavingLine] = {}
        self.heading = PageHeading(
            "", "", [], back=(_("Users"), lambda: context.open_page("staff"))
        )
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedWidth(scaled(_BAR_WIDTH))
        self._far = Label("", "small", "muted")
        self._steps = column(spacing=14)
        self.setLayout(
            column(
                self.heading,
                row(self.progress, 8, self._far, None),
                Card(self._steps),
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def arrive(self, *, staff_ref: RecordRef | None = None) -> None:
        self._ref = staff_ref

    def refresh(self) -> None:
        if self._ref is None:
            nobody = _("Nobody has left of whom something is to be seen to.")
            self.heading.set_words(_("Leaving"), nobody)
            return
        view = self.context.desk.ask(show_leaving, staff_ref=self._ref)
        until = format_day(view.left_on, short=True, today=self.context.today)
        parts = [
            view.role_name,
            _("left {day}").format(day=until),
            _("what is open stands on Today too"),
        ]
        self.heading.set_words(_("{name} has left").format(name=view.name), _BETWEEN.join(parts))
        said = _("{done} of {all} done").format(
            done=format_number(view.done), all=format_number(len(view.rows))
        )
        self._far.setText(said)
        self.progress.setMaximum(len(view.rows))
        self.progress.setValue(view.done)
        self.progress.setAccessibleName(said)
        now = QApplication.focusWidget()
        focused = next((k for k, line in self.lines.items() if now and line.isAncestorOf(now)), "")
        clear(self._steps)
        self.lines = {one.key: LeavingLine(self, view, one) for one in view.rows}
        for line in self.lines.values():
            self._steps.addWidget(line)
        if focused in self.lines:
            self.lines[focused].done_button.setFocus()

    def first_focus(self) -> QWidget | None:
        return next((one.done_button for one in self.lines.values()), None)

    def untick(self, view: LeavingView, step: LeavingRow) -> None:
        """Open a step again."""
        self.context.save(
            lambda _progress: self.context.desk.run(
                untick_leaving, staff_ref=view.ref, key=step.key
            ),
            lambda _none: self.context.toast(_("The step is open again"), undoable=True),
        )


def _where(view: LeavingView, step: LeavingRow) -> tuple[str, dict[str, Any]] | None:
    """Return the page on which a step is done; pictures of herself are on her own page."""
    if step.key == _PHOTOS and view.subject_ref is not None:
        return "person", {"subject_ref": view.subject_ref}
    return (step.page, {}) if step.page else None


def _said(context: PageContext, step: LeavingRow) -> str:
    if step.done_on is None:
        return step.text
    day = format_day(step.done_on, short=True, today=context.today)
    done = _("Done {day} by {name}").format(day=day, name=step.done_by)
    return _BETWEEN.join(part for part in (done, step.note) if part)
