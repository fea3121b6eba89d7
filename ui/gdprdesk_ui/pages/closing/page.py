"""The list of closing or handing over the business: what is to be done, and what has been."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from gdprdesk.domain.closing import Ending
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.closing import ClosingGroup, ClosingRow, show_closing, untick_step
from gdprdesk.services.paper_files import export_closing
from gdprdesk.services.reports.closing import closing_title
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.closing_step import do_step
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    Chips,
    Label,
    ListRow,
    PageHeading,
    clear,
    column,
    row,
)

_BETWEEN = "  \N{MIDDLE DOT}  "
_BAR_WIDTH = 200


class StepLine(QWidget):
    """A step: what it is, what is to be done, and when it was.

    Attributes:
        done_button: Writes down that it is done; or changes day and note.
        undo_button: It is not done after all; None while it is open.
        go_button: Opens the page where it is done; None where it is done outside.
    """

    def __init__(self, context: PageContext, step: ClosingRow) -> None:
        super().__init__()
        is_done = step.done_on is not None
        self.done_button = Button(
            _("Change…") if is_done else _("Done…"),
            size="small",
            on_click=lambda: do_step(context, step),
        )
        self.undo_button = None
        self.go_button = None
        buttons = [self.done_button]
        if is_done:
            self.undo_button = Button(
                _("Not done"), "link", on_click=lambda: _untick(context, step)
            )
            buttons.insert(0, self.undo_button)
        elif step.page:
            self.go_button = Button(
                _("Go there"), "link", on_click=lambda: context.open_page(step.page)
            )
            buttons.insert(0, self.go_button)
        for button in buttons:
            button.setAccessibleDescription(step.title)
        line = ListRow(
            "circle-check" if is_done else "circle",
            step.title,
            _said(step, context),
            *buttons,
            tint="accent_text" if is_done else "muted",
            strong=not is_done,
            wrap=True,
        )
        self.setLayout(row(line, spacing=0))


class ClosingPage(Page):
    """Everything that ends with the business, in the order it is best done.

    Attributes:
        chips: Whether it closes or is handed over.
        save_button: Saves the list as PDF.
        progress: How many steps are done.
        lines: A line for each step.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lines: dict[str, StepLine] = {}
        self.save_button = Button(_("Save the list…"), icon_name="printer", on_click=self._save)
        self.heading = PageHeading(
            _("Close or hand over the business"),
            _("What goes, what is kept where, and who is told. A help, not legal advice."),
            [self.save_button],
            back=(_("Settings"), lambda: context.open_page("settings")),
        )
        self.chips = Chips([(one.value, closing_title(one)) for one in Ending], _("How it ends"))
        self.chips.chosen.connect(lambda _key: self.refresh())
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedWidth(scaled(_BAR_WIDTH))
        self._far = Label("", "small", "muted")
        self._cards = column(spacing=16)
        self.setLayout(
            column(
                self.heading,
                row(self.chips, 12, self.progress, self._far, None),
                self._cards,
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    @property
    def ending(self) -> Ending:
        """Return how the business ends."""
        return Ending(self.chips.key())

    def refresh(self) -> None:
        view = self.context.desk.ask(show_closing, ending=self.ending)
        said = _("{done} of {all} done").format(
            done=format_number(view.done), all=format_number(view.of)
        )
        self._far.setText(said)
        self.progress.setMaximum(view.of)
        self.progress.setValue(view.done)
        self.progress.setAccessibleName(said)
        focused = self._focused()
        clear(self._cards)
        self.lines = {}
        for group in view.groups:
            self._cards.addWidget(self._card(group))
        if focused in self.lines:
            self.lines[focused].done_button.setFocus()

    def _focused(self) -> str:
        """Return the step in which the cursor is, so that it stays there."""
        now = QApplication.focusWidget()
        return next((key for key, line in self.lines.items() if now and line.isAncestorOf(now)), "")

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.PRINT: self._save}

    def first_focus(self) -> QWidget:
        return self.chips.buttons[self.chips.key()]

    def _card(self, group: ClosingGroup) -> Card:
        done = sum(one.done_on is not None for one in group.rows)
        words = _("{done} of {all} done").format(
            done=format_number(done), all=format_number(len(group.rows))
        )
        card = Card(CardHeading(group.title, Label(words, "small", "muted")), spacing=14)
        for step in group.rows:
            self.lines[step.key] = StepLine(self.context, step)
            card.add(self.lines[step.key])
        return card

    def _save(self) -> None:
        name = closing_title(self.ending)
        save_report(self.context, name, export_closing, ending=self.ending)


def _said(step: ClosingRow, context: PageContext) -> str:
    if step.done_on is None:
        return f"{step.text} ({step.law})" if step.law else step.text
    day = format_day(step.done_on, short=True, today=context.today)
    return _BETWEEN.join(part for part in (_("Done {day}").format(day=day), step.note) if part)


def _untick(context: PageContext, step: ClosingRow) -> None:
    context.save(
        lambda _progress: context.desk.run(untick_step, key=step.key),
        lambda _none: context.toast(_("The step is open again"), undoable=True),
    )
