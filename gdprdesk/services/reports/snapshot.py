"""A frozen register on paper, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.differences import Change, FieldChange, RowChange
from gdprdesk.domain.terms import Permission
from gdprdesk.exports.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.i18n import _, format_day, language
from gdprdesk.services.finding import controller_of, today_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.snapshots import (
    Difference,
    SnapshotRow,
    compare_snapshots,
    field_label,
    kind_label,
    show_snapshot,
)

_BETWEEN = " … "


@query("report.snapshot", needs=Permission.REGISTER)
def snapshot_report(read: Session, *, ref: EditionRef, language_code: str = "") -> Document:
    """Return a snapshot as it was frozen: its own words, the labels in the language asked for."""
    with language(language_code or controller_of(read).language):
        detail = show_snapshot(read, ref=ref)
        sections: list[Section] = [Section("", (Paragraph(_trust(detail.row), muted=True),))]
        sections += [
            Section(f"{view.kind}: {view.name}", (Fields(view.lines),)) for view in detail.rows
        ]
        title = _("The register on {day}").format(day=format_day(detail.row.taken_on))
        return report(read, title=title, subtitle=_named(detail.row), sections=sections)


@query("report.difference", needs=Permission.REGISTER)
def difference_report(
    read: Session, *, older: EditionRef, newer: EditionRef | None = None, language_code: str = ""
) -> Document:
    """Return what changed from one snapshot to another, or to the register of today."""
    with language(language_code or controller_of(read).language):
        found = compare_snapshots(read, older=older, newer=newer)
        sections = [Section("", (Paragraph(_summary(found.rows)),)), *_sections(found)]
        until = found.newer.taken_on if found.newer else today_of(read)
        subtitle = _("From {older} to {newer}").format(
            older=format_day(found.older.taken_on), newer=format_day(until)
        )
        title = _("What changed in the register")
        return report(read, title=title, subtitle=subtitle, sections=sections, landscape=True)


def _sections(found: Difference) -> Iterator[Section]:
    changed = [one for one in found.rows if one.change is Change.CHANGED]
    if changed:
        yield Section(_("Changed"), (_changes(changed),))
    for change, heading in ((Change.ADDED, _("New")), (Change.GONE, _("Gone"))):
        names = [
            f"{kind_label(one.row)}: {one.row['name']}"
            for one in found.rows
            if one.change is change
        ]
        if names:
            block: Block = Points(names)
            yield Section(heading, (block,))


def _changes(changed: Iterable[RowChange]) -> Table:
    rows: list[list[Cell]] = [
        [
            one.row["name"],
            field_label(field.field),
            field.before or _("Nothing"),
            field.after or _("Nothing"),
            _words(field, Change.GONE),
            _words(field, Change.ADDED),
        ]
        for one in changed
        for field in one.fields
    ]
    return Table(
        columns=[
            Column(_("Row"), weight=1.4),
            Column(_("What"), weight=1.0),
            Column(_("Before"), weight=2.4),
            Column(_("Now"), weight=2.4),
            Column(_("Words that went"), weight=1.3),
            Column(_("Words that came"), weight=1.3),
        ],
        rows=rows,
        name=_("Changed"),
    )


def _words(field: FieldChange, change: Change) -> str:
    """Return only the words of a text that came or went; nothing if all of it is new or gone."""
    if not field.before or not field.after:
        return ""
    return _BETWEEN.join(one.text.strip() for one in field.words if one.change is change)


def _summary(rows: tuple[RowChange, ...]) -> str:
    if not rows:
        return _("Nothing has changed.")
    counts = {change: sum(one.change is change for one in rows) for change in Change}
    said = _("Rows changed: {changed}. New: {added}. Gone: {gone}.")
    return said.format(
        changed=counts[Change.CHANGED], added=counts[Change.ADDED], gone=counts[Change.GONE]
    )


def _named(row: SnapshotRow) -> str:
    return _("{name}, frozen on {day}").format(name=row.name, day=format_day(row.taken_on))


def _trust(row: SnapshotRow) -> str:
    if row.intact:
        return _("It is word for word what was frozen on that day: the log has its digest.")
    return _("It is not what the log says was frozen on that day. Somebody has changed the file.")
