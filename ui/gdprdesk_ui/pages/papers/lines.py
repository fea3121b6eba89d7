"""A folder or box of paper as a line, with what is done to it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _, format_day
from gdprdesk.services.papers import PaperRow
from gdprdesk.services.shredding import ShreddingRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.paper_form import edit_paper, shred_paper
from gdprdesk_ui.widgets import Button, ListRow, Pill, row

BETWEEN = "  \N{MIDDLE DOT}  "


class PaperLine(QWidget):
    """A folder or box.

    Attributes:
        shred_button: Writes down that it was shredded.
        change_button: Changes what is known of it; None where only shredding is offered.
    """

    def __init__(self, context: PageContext, paper: PaperRow, *, may_change: bool = True) -> None:
        super().__init__()
        self.shred_button = Button(
            _("Shredded…"), size="small", on_click=lambda: shred_paper(context, paper)
        )
        self.change_button = None
        buttons = [self.shred_button]
        if may_change:
            self.change_button = Button(
                _("Change…"), size="small", on_click=lambda: edit_paper(context, paper)
            )
            buttons.insert(0, self.change_button)
        for button in buttons:
            button.setAccessibleDescription(paper.box)
        pills = [Pill(_("Shred it"), "warn", "clock")] if paper.is_due and may_change else []
        if paper.journal:
            pills.append(Pill(_("Journal on paper"), "neutral", "notebook-pen"))
        sign = "archive" if paper.subject_ref is None else "user"
        line = ListRow(
            sign,
            BETWEEN.join(part for part in (paper.box, paper.what, paper.name) if part),
            paper_words(paper, context.today),
            *pills,
            *buttons,
            wrap=True,
        )
        self.setLayout(row(line, spacing=0))


def paper_words(paper: PaperRow, today: date) -> str:
    """Return where paper lies, from when it is, and how long it is kept."""
    parts = [paper.place, _span(paper)]
    if paper.until is not None:
        day = format_day(paper.until, short=True, today=today)
        words = _("Kept until {day}, by law") if paper.kept_by_law else _("Kept until {day}")
        parts.append(words.format(day=day))
    elif paper.to_on is None:
        parts.append(_("Still filled"))
    return BETWEEN.join(part for part in parts if part)


def shredding_words(one: ShreddingRow) -> str:
    """Return how much was destroyed, how, by whom, and for which erasure."""
    parts = [one.amount, one.how, one.done_by]
    if one.digitised_by:
        parts.append(_("scan checked by {name}").format(name=one.digitised_by))
    if one.subject_ref:
        parts.append(_("for an erasure"))
    return BETWEEN.join(parts)


def _span(paper: PaperRow) -> str:
    if paper.from_on is not None and paper.to_on is not None:
        begins, ends = format_day(paper.from_on, short=True), format_day(paper.to_on, short=True)
        return f"{begins} \N{EN DASH} {ends}"
    if paper.from_on is not None:
        return _("since {day}").format(day=format_day(paper.from_on, short=True))
    if paper.to_on is not None:
        return _("up to {day}").format(day=format_day(paper.to_on, short=True))
    return ""
