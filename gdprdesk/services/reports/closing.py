"""The list of closing or handing over the business, to work through on paper and to keep."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.closing import Ending
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section, Table
from gdprdesk.i18n import _, format_day, format_number, language
from gdprdesk.services.closing import ClosingGroup, ClosingView, show_closing
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report


@query("report.closing", needs=Permission.REGISTER)
def closing_report(
    read: Session, *, ending: Ending = Ending.CLOSE, language_code: str = ""
) -> Document:
    """Return the whole list: each step, when it was done, and what was noted about it."""
    with language(language_code or controller_of(read).language):
        view = show_closing(read, ending=ending)
        return report(
            read,
            title=closing_title(ending),
            sections=[
                Section("", (Paragraph(_how_far(view)),)),
                *(Section(one.title, (_table(one),)) for one in view.groups),
                Section("", (Paragraph(_("It is a help, not legal advice."), muted=True),)),
            ],
            landscape=True,
        )


def closing_title(ending: Ending) -> str:
    """Return what the list is called."""
    if ending is Ending.HAND_OVER:
        return _("Handing over the business")
    return _("Closing the business")


def _how_far(view: ClosingView) -> str:
    said = _("{done} of {all} steps are done.").format(
        done=format_number(view.done), all=format_number(view.of)
    )
    if view.held_until is None:
        return said
    until = _("A law holds something in this register until {day}.")
    return " ".join((said, until.format(day=format_day(view.held_until))))


def _table(group: ClosingGroup) -> Table:
    columns = (
        Column(_("Step"), weight=1.6),
        Column(_("What to do"), weight=4),
        Column(_("Done"), Kind.DAY, weight=0.9),
        Column(_("Note"), weight=1.8),
    )
    rows: list[list[Cell]] = [
        [one.title, f"{one.text} ({one.law})" if one.law else one.text, one.done_on, one.note]
        for one in group.rows
    ]
    return Table(columns, rows, name=group.title)
