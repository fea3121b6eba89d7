"""What was handed out, and which camera clips are kept, as a report."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gdprdesk.domain.terms import Permission, say
from gdprdesk.exports.document import Cell, Column, Document, Kind, Paragraph, Section
from gdprdesk.i18n import _, language
from gdprdesk.services.clips import list_clips
from gdprdesk.services.disclosures import DisclosureRow, list_disclosures
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report, without_empty


@query("report.disclosures", needs=Permission.REGISTER)
def disclosures_report(read: Session, *, language_code: str = "") -> Document:
    """Return what was handed out, to whom and by which law, and the camera clips that are kept."""
    with language(language_code or controller_of(read).language):
        sections = [_handed_out(list_disclosures(read))]
        if list_clips(read):
            sections.append(_clips(read))
        return report(read, title=_("Data handed out"), sections=sections, landscape=True)


def _handed_out(found: tuple[DisclosureRow, ...]) -> Section:
    heading = _("Data handed out")
    if not found:
        return Section(heading, (Paragraph(_("Nothing was handed out.")),))
    columns = (
        Column(_("When"), Kind.DAY),
        Column(_("To whom"), weight=1.6),
        Column(_("What"), weight=2.4),
        Column(_("Whom it is about"), weight=1.3),
        Column(_("Ground"), weight=1.5),
        Column(_("Law or decision"), weight=1.8),
        Column(_("How"), weight=1.1),
        Column(_("Camera"), weight=1.1),
    )
    rows: list[list[Cell]] = [
        [
            one.disclosed_on,
            one.to_whom,
            one.what,
            one.name,
            f"{say(one.basis)}, {one.basis.article}",
            one.law,
            say(one.channel),
            one.camera,
        ]
        for one in found
    ]
    return Section(heading, (without_empty(columns, rows),))


def _clips(read: Session) -> Section:
    columns = (
        Column(_("Camera"), weight=1.4),
        Column(_("Begins"), weight=1.4),
        Column(_("Ends"), weight=1.4),
        Column(_("Why it is kept"), weight=2.4),
        Column(_("Whom it is about"), weight=1.3),
        Column(_("Handed out to"), weight=1.6),
        Column(_("Kept until"), Kind.DAY),
    )
    rows: list[list[Cell]] = [
        [
            one.camera,
            one.from_at,
            one.to_at,
            one.why,
            one.name,
            "; ".join(one.handed_out),
            one.release_on,
        ]
        for one in list_clips(read)
    ]
    return Section(_("Camera clips that are kept"), (without_empty(columns, rows),))
