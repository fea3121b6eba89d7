"""What the list of a purpose shows of each answer."""

from __future__ import annotations

from datetime import date

from gdprdesk.domain.terms import Decision, say
from gdprdesk.i18n import _, format_day
from gdprdesk.services.consents import ConsentPersonRow
from gdprdesk_ui.models.cells import PersonCell, PillCell, TextCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.tokens import Tone

_PILLS: dict[Decision, tuple[Tone, str]] = {
    Decision.GIVEN: ("accent", "check"),
    Decision.REFUSED: ("neutral", "x"),
    Decision.WITHDRAWN: ("warn", "undo-2"),
    Decision.PENDING: ("info", "hourglass"),
}


class AnswerModel(PagedTableModel[ConsentPersonRow]):
    """What people last said to a purpose."""


def answer_columns(today: date) -> list[Column[ConsentPersonRow]]:
    """Return the columns: who, what, when and how."""

    def answer(row: ConsentPersonRow) -> PillCell:
        if row.decision is Decision.GIVEN and not row.counts:
            return PillCell(_("Ask anew"), "warn", "rotate-ccw")
        return PillCell(say(row.decision), *_PILLS[row.decision])

    def day(row: ConsentPersonRow) -> TextCell:
        return TextCell(format_day(row.decided_on, short=True, today=today), "muted", tabular=True)

    return [
        Column(
            _("Name"),
            lambda row: row.name,
            cell=lambda row: PersonCell(row.name, ", ".join(row.channels) if row.counts else ""),
        ),
        Column(_("Answer"), lambda row: say(row.decision), cell=answer, width=18),
        Column(_("Day"), lambda row: day(row).text, cell=day, width=12),
        Column(
            _("How"),
            lambda row: say(row.method),
            cell=lambda row: TextCell(say(row.method), "muted"),
            width=18,
        ),
    ]
