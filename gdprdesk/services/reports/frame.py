"""What every report says about itself: whose it is, when it was made, where the log stood."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.audit import AuditEntry
from gdprdesk.exports.document import Cell, Column, Document, Section, Table
from gdprdesk.i18n import _, current_language
from gdprdesk.services.finding import controller_of, now_of

_ANCHOR_LENGTH = 12


def report(
    read: Session,
    *,
    title: str,
    sections: Sequence[Section],
    subtitle: str = "",
    landscape: bool = False,
) -> Document:
    """Return a document in the language spoken, with the name of the business under its title."""
    controller = controller_of(read)
    return Document(
        title=title,
        subtitle=subtitle or controller.name,
        language=current_language(),
        sections=tuple(sections),
        made_at=now_of(read),
        footer=_anchor(read),
        landscape=landscape,
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


def _anchor(read: Session) -> str:
    """Return where the log stood: a later file in which it stands otherwise was changed."""
    newest = read.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    if newest is None:
        return ""
    return _("Log {number}: {digest}").format(
        number=newest.id, digest=newest.digest[:_ANCHOR_LENGTH]
    )
