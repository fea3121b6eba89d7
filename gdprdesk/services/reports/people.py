"""The customer list: everybody in the register, or those who are looked for, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.subjects import Company, ContactDetail, DataSubject
from gdprdesk.domain.terms import ContactKind, Permission, SubjectKind, say
from gdprdesk.exports.document import Cell, Column, Document, Kind, Section, Table
from gdprdesk.i18n import _, language, ngettext
from gdprdesk.services.finding import controller_of
from gdprdesk.services.registry import query
from gdprdesk.services.reports.frame import report
from gdprdesk.services.standing import in_use
from gdprdesk.services.subjects import people_found

_AT_ONCE = 500
_NOTE_LETTERS = 30_000  # of a cell: Excel holds 32,767, fewer if they are emoji
_NOTE_BYTES = 2 * _NOTE_LETTERS

_Texts = dict[int | None, list[str]]


@query("report.people", needs=Permission.EXPORT_ALL)
def people_report(
    read: Session,
    *,
    search: str = "",
    kind: SubjectKind | None = None,
    purpose: str = "",
    notes: bool = False,
    language_code: str = "",
) -> Document:
    """Return the customer list: one row a person, each of her addresses and numbers in a column.

    Whose data are only stored (Article 18) is left out, and the list says how many these are. Who
    gets no advertising is marked with the day. No diets, no orders, no journal, no identity number.

    Args:
        read: The open register.
        search: As on the page of people: beginnings of words, or digits of a number.
        kind: Only these.
        purpose: Only who says yes to this, and whose data may be used for it.
        notes: Whether the notes about each go with it. One that is longer than what a cell can
            hold goes on in the next column.
        language_code: The language of the headings; without one, that of the business.
    """
    with language(language_code or controller_of(read).language):
        found = people_found(read, search=search, kind=kind, purpose=purpose)
        left_out = read.scalar(
            select(func.count())
            .select_from(DataSubject)
            .where(DataSubject.id.in_(found), ~in_use())
        )
        wanted = select(DataSubject.id).where(DataSubject.id.in_(found), in_use())
        ids = read.scalars(wanted.order_by(DataSubject.sort_key, DataSubject.id)).all()
        return report(
            read,
            title=_("Customer list"),
            subtitle=_said(len(ids), left_out or 0),
            sections=[Section("", (_table(read, ids, notes=notes),))],
            landscape=True,
        )


def _said(count: int, left_out: int) -> str:
    words = [ngettext("{count} person", "{count} people", count).format(count=count)]
    if left_out:
        words.append(
            ngettext(
                "{count} more is left out, since her data are only stored for now",
                "{count} more are left out, since their data are only stored for now",
                left_out,
            ).format(count=left_out)
        )
    return "; ".join(words)


def _table(read: Session, ids: Sequence[int], *, notes: bool) -> Table:
    contacts = _contacts(read)
    written: _Texts = _notes(read) if notes else {}
    groups: list[tuple[Column, _Texts]] = [
        (Column(say(kind), weight=1.4), contacts[kind]) for kind in ContactKind
    ]
    groups.append((Column(_("Note"), weight=3.0), written))
    known = set(ids)
    widths = [
        max((len(said) for who, said in texts.items() if who in known), default=0)
        for _column, texts in groups
    ]
    columns = [*_first_columns(), *_numbered(groups, widths)]
    rows: list[list[Cell]] = []
    for row, own in _people(read, ids):
        cells: list[Cell] = [*row]
        for (_column, texts), width in zip(groups, widths, strict=True):
            said = texts.get(own, [])
            cells += [*said, *[None] * (width - len(said))]
        rows.append(cells)
    return Table(columns=columns, rows=rows, name=_("People"), records=True)


def _first_columns() -> list[Column]:
    return [
        Column(_("Name"), weight=1.6),
        Column(_("What she is to you")),
        Column(_("Company"), weight=1.4),
        Column(_("Org. number")),
        Column(_("In the register since"), Kind.DAY),
        Column(_("No advertising since"), Kind.DAY),
    ]


def _numbered(groups: Sequence[tuple[Column, _Texts]], widths: Sequence[int]) -> Iterator[Column]:
    """Walk the columns of a kind: "Phone", "Phone 2"."""
    for (column, _texts), width in zip(groups, widths, strict=True):
        for number in range(1, width + 1):
            title = column.title if number == 1 else f"{column.title} {number}"
            yield Column(title, weight=column.weight)


def _people(read: Session, ids: Sequence[int]) -> Iterator[tuple[list[Cell], int]]:
    """Walk what is known of each person herself, with her key in the file."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        asked = (
            select(DataSubject, Company.name, Company.org_number)
            .outerjoin(Company, Company.id == DataSubject.company_id)
            .where(DataSubject.id.in_(some))
        )
        rows = {who.id: (who, name, number) for who, name, number in read.execute(asked)}
        for one in some:
            who, company, number = rows[one]
            known: list[Cell] = [who.name, say(who.kind), company or None, number or None]
            yield [*known, who.registered_on, who.objected_on], one
        read.expunge_all()


def _contacts(read: Session) -> dict[ContactKind, _Texts]:
    found: dict[ContactKind, _Texts] = {kind: {} for kind in ContactKind}
    asked = select(ContactDetail.subject_id, ContactDetail.kind, ContactDetail.value)
    for who, kind, value in read.execute(asked.order_by(ContactDetail.id)):
        found[kind].setdefault(who, []).append(value)
    return found


def _notes(read: Session) -> _Texts:
    found: _Texts = {}
    asked = select(WorkingNote.subject_id, WorkingNote.text).order_by(WorkingNote.id)
    for who, text in read.execute(asked):
        found.setdefault(who, []).extend(_cells_of(text))
    return found


def _cells_of(text: str) -> Iterator[str]:
    """Walk the parts of a text that each fit in a cell."""
    while len(text.encode("utf-16-le", "surrogatepass")) > _NOTE_BYTES:
        part = text[:_NOTE_LETTERS]
        while len(part.encode("utf-16-le", "surrogatepass")) > _NOTE_BYTES:
            part = part[: len(part) // 2]
        yield part
        text = text[len(part) :]
    yield text
