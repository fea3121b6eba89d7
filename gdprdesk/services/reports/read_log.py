"""Who has read what about a person, as she is told it: when, at which business, as what, and why.

HSLF-FS 2016:40 chapter 4 section 10 asks for the unit and the time; the names of those who work
there are told only if the business wants to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from gdprdesk.domain.organisation import Organisation
from gdprdesk.exports.document import Block, Column, Document, Kind, Paragraph, Section, Table
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.permissions import keeps_journal
from gdprdesk.services.read_log import ReadingRow, say_reading
from gdprdesk.services.reports.frame import report


def read_log_document(
    read: Session, rows: Sequence[ReadingRow], *, name: str, with_names: bool
) -> Document:
    """Return the log extract for one person as a document in the language spoken.

    Args:
        read: The open register.
        rows: What was read.
        name: Hers; empty if it is not known any more.
        with_names: Whether it names those who read.
    """
    law = Paragraph(_law(controller_of(read)), muted=True)
    sections = (*read_log_sections(rows, with_names=with_names), Section("", (law,)))
    return report(read, title=_title(), subtitle=name, sections=sections)


def read_log_text(read: Session, rows: Sequence[ReadingRow], *, name: str, with_names: bool) -> str:
    """Return the same as text to mail."""
    business = controller_of(read)
    lines = [say_reading(row, with_name=with_names) for row in rows]
    hello = _("Hello {name},").format(name=name) if name else _("Hello,")
    said = [_title(), hello, *_intro(rows)]
    if lines:
        said.append("\n".join(f"- {line}" for line in lines))
    signed = (business.contact, business.name, business.email, business.phone)
    regards = "\n".join((_("Kind regards,"), *(one for one in signed if one)))
    return "\n\n".join((*said, regards, _law(business))) + "\n"


def read_log_sections(rows: Sequence[ReadingRow], *, with_names: bool = False) -> Iterator[Section]:
    """Walk the parts that say who has read what."""
    blocks: list[Block] = [Paragraph(text) for text in _intro(rows)]
    if rows:
        blocks.append(_table(rows, with_names=with_names))
    yield Section(_("Who has read"), blocks)


def must_be_told(read: Session) -> bool:
    """Return whether the law on patients' records lets a person know who has read about her."""
    return keeps_journal(read) and controller_of(read).patient_law.binds


def _title() -> str:
    return _("Who has read about you")


def _intro(rows: Sequence[ReadingRow]) -> Iterator[str]:
    if not rows:
        yield _(
            "Nobody has opened what is guarded about you, such as a journal or an identity number, "
            "as far back as our log goes."
        )
        return
    yield _(
        "Each time somebody opens what is guarded about you, such as a journal or an identity "
        "number, our log notes it before it is shown. This is all that our log holds, the latest "
        "first."
    )


def _table(rows: Sequence[ReadingRow], *, with_names: bool) -> Table:
    columns = [
        Column(_("When"), Kind.MOMENT, 1.3, mandatory=True),
        Column(_("Unit"), mandatory=True),
        Column(_("Role")),
        *((Column(_("Name")),) if with_names else ()),
        Column(_("What was done"), weight=1.3),
        Column(_("Why"), weight=1.3),
    ]
    cells = [
        (
            row.at,
            row.unit,
            row.role,
            *((row.who,) if with_names else ()),
            row.what,
            row.why,
        )
        for row in rows
    ]
    return Table(columns, cells)


def _law(business: Organisation) -> str:
    if business.country == "SE" and business.patient_law.binds:
        return _(
            "You have the right to know this by chapter 8 section 5 of the Swedish Patient Data "
            "Act (2008:355). What the extract says follows HSLF-FS 2016:40, chapter 4 section 10."
        )
    return _(
        "We tell you because you should be able to see that nobody reads about you without reason."
    )
