"""Everything about one person as tables, one for each kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from gdprdesk.domain.base import PersonalRecord, label_of
from gdprdesk.domain.consents import Consent, ConsentText
from gdprdesk.exports.document import Cell, Column, Document, Kind, Section, Table
from gdprdesk.i18n import _
from gdprdesk.services.finding import controller_of
from gdprdesk.services.person_copy import PersonCopy
from gdprdesk.services.reports.frame import report, without_empty
from gdprdesk.services.reports.person_words import say_value, shown_columns


def as_tables(read: Session, copy: PersonCopy) -> Document:
    """Return a copy as one document with a table for each kind, in the language spoken."""
    return report(
        read,
        title=_("Your data at {name}").format(name=controller_of(read).name),
        subtitle=copy.subject.name,
        sections=[
            Section(_(kind.called[1]).capitalize(), (_table(read, copy, kind, some),))
            for kind, some in copy.of_kind()
        ],
    )


def each_table(read: Session, copy: PersonCopy) -> Iterator[tuple[type[PersonalRecord], Document]]:
    """Walk the kinds of a copy, each as a document of one table, in the language spoken."""
    for kind, some in copy.of_kind():
        title = _(kind.called[1]).capitalize()
        yield (
            kind,
            report(read, title=title, sections=[Section("", (_table(read, copy, kind, some),))]),
        )


def _table(
    read: Session, copy: PersonCopy, kind: type[PersonalRecord], some: list[PersonalRecord]
) -> Table:
    columns = list(shown_columns(kind))
    rows = [[_cell(read, copy.value(one, column)) for column in columns] for one in some]
    headings = [_(label_of(kind, column)) for column in columns]
    if kind is Consent:
        headings.append(_("The words you were asked with"))
        for row, one in zip(rows, some, strict=True):
            row.append(_words(read, one))
    if any(one.ref in copy.paths for one in some):
        headings.append(_("Lies in the copy as"))
        for row, one in zip(rows, some, strict=True):
            row.append(copy.paths[one.ref])
    return without_empty(
        [Column(name, _kind(number, rows)) for number, name in enumerate(headings)], rows
    )


def _words(read: Session, record: PersonalRecord) -> str:
    return read.get_one(ConsentText, record.text_id).text if isinstance(record, Consent) else ""


def _cell(read: Session, value: object) -> Cell:
    return value if isinstance(value, date) else say_value(read, value)


def _kind(number: int, rows: list[list[Cell]]) -> Kind:
    return Kind.DAY if any(isinstance(row[number], date) for row in rows) else Kind.TEXT
