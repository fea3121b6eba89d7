"""What every format says of its own accord: labels, marks, the foot, that there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gdprdesk.exports.cells import clean, heading, shown
from gdprdesk.exports.document import Cell, Column, Document, Kind, Table
from gdprdesk.i18n import _, format_moment, format_money

NOTHING = "–"  # noqa: RUF001 - a dash is what people write
_MARK = " *"


def marked(title: str, column: Column) -> str:
    """Return what stands above or beside the cells of a column, marked if the law asks for it."""
    return title + _MARK if column.mandatory else title


def titles(table: Table, currency: str) -> list[str]:
    """Return what stands above the columns of a table, with its marks."""
    return [marked(heading(column, currency), column) for column in table.columns]


def shown_rows(table: Table) -> list[list[str]]:
    """Return the rows as people write them, the total last if there is one."""
    rows = [*table.rows, *([table.total] if table.total is not None else [])]
    return [
        [shown(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
        for row in rows
    ]


def card_title(number: int, table: Table, currency: str) -> str:
    """Return what stands above a card: its number, from 1, and its first cell."""
    return f"{number}  {_alone(table.rows[number - 1][0], table.columns[0].kind, currency)}"


def card_lines(
    columns: Sequence[Column], row: Sequence[Cell], currency: str
) -> list[tuple[str, str]]:
    """Return labels and cells of a row; an empty cell is a dash, so that it is seen."""
    return [
        (marked(clean(column.title), column), _alone(cell, column.kind, currency) or NOTHING)
        for column, cell in zip(columns, row, strict=True)
    ]


def total_lines(table: Table, currency: str) -> list[tuple[str, str]]:
    """Return labels and cells of the total of a table of cards, without its empty cells."""
    if table.total is None:
        return []
    lines = card_lines(table.columns, table.total, currency)
    return [(label, text) for label, text in lines if text != NOTHING]


def explanation() -> str:
    """Return what the mark means."""
    return _("* The law asks for this.")


def foot(document: Document) -> list[str]:
    """Return what stands below a document: what its marks mean, when it was made, its footer."""
    tables = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]
    marks = any(column.mandatory for table in tables for column in table.columns)
    made = _("Made {moment}").format(moment=format_moment(document.made_at))
    made = "" if document.letter else made  # a letter has its day at the head
    lines = (explanation() if marks else "", made, clean(document.footer))
    return [line for line in lines if line]


def nothing_to_list() -> str:
    """Return what stands where a table has no rows."""
    return _("There is nothing to list here.")


def _alone(cell: Cell, kind: Kind, currency: str) -> str:
    """Return a cell that stands by itself: an amount says its currency."""
    if kind is Kind.MONEY and isinstance(cell, int | Decimal):
        return format_money(Decimal(cell), currency)
    return shown(cell, kind)
