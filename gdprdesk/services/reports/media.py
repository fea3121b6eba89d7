"""What has to be taken down, to be ticked by hand, and what is published where."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.terms import Permission, say
from gdprdesk.exports.document import (
    Cell,
    Column,
    Document,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.take_down import TakeDownRow, list_shown, list_take_downs

_BOX = "\N{BALLOT BOX}"


@query("report.shown", needs=Permission.CONSENTS)
def shown_report(read: Session, *, language_code: str = "") -> Document:
    """Return what has to be taken down and what is or was published where."""
    with language(language_code or controller_of(read).language):
        coming_down = list_take_downs(read)
        nothing = Paragraph(_("Nothing has to be taken down."), muted=True)
        points = Points([_said(one) for one in coming_down], _BOX)
        return report(
            read,
            title=_("What is published where"),
            sections=[
                Section(_("To take down"), [points if coming_down else nothing]),
                Section(_("Published"), [_table(read)]),
            ],
            landscape=True,
        )


def _said(row: TakeDownRow) -> str:
    where = ", ".join(part for part in (row.channel, row.link) if part)
    return _("“{title}”: {where}, since {day}. Because {reason}.").format(
        title=row.title, where=where, day=format_day(row.on), reason=say(row.reason)
    )


def _table(read: Session) -> Table:
    columns = [
        Column(_("What"), weight=1.6),
        Column(_("Who is in it"), weight=1.6),
        Column(_("Where")),
        Column(_("Address"), weight=2),
        Column(_("Published on"), Kind.DAY),
        Column(_("Taken down on"), Kind.DAY),
    ]
    rows: list[tuple[Cell, ...]] = [
        (one.title, ", ".join(one.names), one.channel, one.link, one.on, one.down_on)
        for one in list_shown(read)
    ]
    return Table(columns, rows)
