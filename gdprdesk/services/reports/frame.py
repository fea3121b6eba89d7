"""What every report says about itself: whose it is, when it was made, where the log stood."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from gdprdesk.exports.document import Cell, Column, Document, PaperSize, Section, Table
from gdprdesk.i18n import current_language
from gdprdesk.services.finding import controller_of, now_of
from gdprdesk.services.log_anchors import log_anchor


def report(
    read: Session,
    *,
    title: str,
    sections: Sequence[Section],
    subtitle: str = "",
    landscape: bool = False,
    paper: PaperSize = PaperSize.A4,
) -> Document:
    """Return a document in the language spoken, with the name of the business under its title."""
    controller = controller_of(read)
    return Document(
        title=title,
        subtitle=subtitle or controller.name,
        language=current_language(),
        sections=tuple(sections),
        made_at=now_of(read),
        footer=log_anchor(read),
        landscape=landscape,
        paper=paper,
        currency=controller.currency,
        organisation=controller.name,
    )


def without_empty(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table:
    """Return a table without the columns that no row says anything in, if no law asks for them."""
    kept = [
        number
        for number, column in enumerate(columns)
        if column.mandatory or any(row[number] for row in rows)
    ]
    return Table(
        columns=[columns[number] for number in kept],
        rows=[[row[number] for number in kept] for row in rows],
    )
