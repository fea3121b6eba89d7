r"""Reports as text tables that Excel opens right.

UTF-8 with a mark at the beginning, semicolons, CRLF. Days are ISO. An amount has a decimal comma in
a Swedish or Norwegian document, since Excel takes `12.50` for a text or a day there, and a point in
an English one; never a separator of thousands.

A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
line end) gets an apostrophe in front; in a list of records also one that it would take for a number
and change, such as `007`. Programs that read values take JSON, where nothing is added.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from gdprdesk.exports.cells import clean, heading
from gdprdesk.exports.document import (
    Cell,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.i18n import language

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001

_CHANGED_NUMBER = re.compile(r"0\d+|\d{12,}")  # its zero would go, or its last digits


def render(document: Document) -> bytes:
    """Return the document as a text table.

    A document of one table is its header, rows and total and nothing else. In others each section
    follows under its heading, with an empty line between.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    comma = document.language in {"sv", "nb"}
    with language(document.language):
        for row in _rows(document):
            writer.writerow([_written(cell, kind, comma=comma) for cell, kind in row])
    return text.getvalue().encode("utf-8-sig")


_Row = Sequence[tuple[Cell, Kind]]


def _rows(document: Document) -> Iterator[_Row]:
    blocks = [block for section in document.sections for block in section.blocks]
    if len(blocks) == 1 and isinstance(blocks[0], Table):
        yield from _table(blocks[0], document.currency)
        return
    yield from _lines(document.title, document.subtitle)
    for section in document.sections:
        yield []
        yield from _section(section, document.currency)


def _section(section: Section, currency: str) -> Iterator[_Row]:
    yield from _lines(section.heading)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _table(block, currency)
        elif isinstance(block, Fields):
            yield from ([(label, Kind.TEXT), (text, Kind.TEXT)] for label, text in block.lines)
        elif isinstance(block, Paragraph):
            yield from _lines(block.text)
        elif isinstance(block, Points):
            yield from _lines(*block.items)


def _lines(*texts: str) -> Iterator[_Row]:
    yield from ([(text, Kind.TEXT)] for text in texts if text)


def _table(table: Table, currency: str) -> Iterator[_Row]:
    kinds = [column.kind for column in table.columns]
    yield [(heading(column, currency), Kind.TEXT) for column in table.columns]
    for row in table.rows:
        cells = map(_kept_number, row) if table.records else row
        yield list(zip(cells, kinds, strict=True))
    if table.total is not None:
        yield list(zip(table.total, kinds, strict=True))


def _kept_number(cell: Cell) -> Cell:
    is_changed = isinstance(cell, str) and _CHANGED_NUMBER.fullmatch(cell)
    return f"'{cell}" if is_changed else cell


def _written(cell: Cell, kind: Kind, *, comma: bool) -> str:
    """Return a cell without adornment. Only a text can be a formula: minus twelve is a number."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = clean(cell)
        return f"'{text}" if text.startswith(FORMULA) else text
    if isinstance(cell, datetime):
        return cell.astimezone().replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    number = f"{Decimal(cell):.2f}" if kind is Kind.MONEY else f"{Decimal(cell):f}"
    return number.replace(".", ",") if comma else number
