"""Reports as Excel workbooks, made in memory.

A text is always a text, whatever it begins with: never a formula, a link or a number. Days, moments
and amounts are real ones, so that they sort and add up.
"""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports.cells import clean, shown
from gdprdesk.exports.document import (
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.exports.sheet_charts import add_chart
from gdprdesk.exports.sheet_rules import (
    column_widths,
    fits_in_cell,
    is_exact,
    line_count,
    pages_across,
    pieces,
    printed,
    sheet_name,
    wall_clock,
)
from gdprdesk.exports.wording import explanation, foot, nothing_to_list, titles
from gdprdesk.i18n import _, format_moment, language

_ROWS = 1_048_576  # of a sheet
_AS_TEXT = 255  # characters: Excel shows longer cells in its text format as ####
_HIGHEST = 409.0  # points: of a row
_SEEN_LETTERS = 4_000  # of a cell: more of them are never seen in a row of that height
_FIRST_YEAR = 1900

_HEAD_ROOM = 3.0  # characters: bold letters, an indent and the button of the filter
_LEAST_WIDTH = 60.0
_EMPTY_WIDTH = 8.43  # of a column that is left as it is
_LABEL_WIDTH, _TEXT_WIDTH = 32.0, 90.0
_WIDE = 180.0  # characters: lines over several columns end on the first page

_DAY = {"sv": "yyyy-mm-dd", "nb": "dd.mm.yyyy"}
_DAY_ELSEWHERE = "d mmm yyyy"
_INK, _MUTED, _SPRUCE, _HAIRLINE, _TINT = "#1D2320", "#5A625C", "#1B6A50", "#E3DFD6", "#EAF1ED"
_LINES = {"bottom": 1, "bottom_color": _HAIRLINE, "right": 1, "right_color": _HAIRLINE}


def render(document: Document) -> bytes:
    """Return the document as a workbook, in the language it is written in.

    A document of one table is one sheet: title, table, then whatever else it says. One of several
    has a sheet for each, and a first one for what is not in tables.

    Raises:
        DomainError: A table has more rows than a sheet can hold.
    """
    with language(document.language):
        return _Book(document).render()


class _Book:
    """A workbook being written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._file = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def render(self) -> bytes:
        document = self._document
        tables = [
            (section, block)
            for section in document.sections
            for block in section.blocks
            if isinstance(block, Table)
        ]
        alone = len(tables) == 1
        if not tables or (not alone and any(map(_has_words, document.sections))):
            overview = self._sheet(document.title)
            overview.write_overview()
            overview.write_foot()
        for section, table in tables:
            sheet = self._sheet(table.name or section.heading or document.title)
            sheet.write_table("" if alone else section.heading, table)
            if alone:
                sheet.write_sections(document.sections)
            sheet.write_foot()
        self._set_properties()
        self.book.close()
        return self._file.getvalue()

    def _sheet(self, name: str) -> _Sheet:
        made = self.book.add_worksheet(sheet_name(name, self._names))
        return _Sheet(made, self._document, self)

    def style(self, **properties: object) -> Format:
        """Return the format with these properties, made once."""
        look = {"font_size": 10, "font_color": _INK, "valign": "top", **properties}
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]

    def _set_properties(self) -> None:
        document = self._document
        self.book.set_properties(
            {
                "title": clean(document.title),
                "subject": clean(document.subtitle),
                "author": clean(document.organisation or document.subtitle),
                "keywords": clean(", ".join(document.keywords)),
                "comments": clean(document.footer),
                "created": document.made_at.astimezone(UTC).replace(tzinfo=None),
            }
        )


class _Sheet:
    """A sheet being written, row after row."""

    def __init__(self, sheet: Worksheet, document: Document, book: _Book) -> None:
        self._sheet = sheet
        self._document = document
        self._book = book
        self._row = 0
        self._widths = [_LABEL_WIDTH, _TEXT_WIDTH]
        self._day = _DAY.get(document.language, _DAY_ELSEWHERE)
        self._set_up_print()

    def write_table(self, title: str, table: Table) -> None:
        """Write the titles of document and table, header, rows and total."""
        columns = table.columns
        heads = titles(table, self._document.currency)
        self._set_widths(column_widths(table, heads))
        self._write_title()
        if title:
            self._write_wide(title, bold=True, font_size=12)
        if any(column.mandatory for column in columns):
            self._write_wide(explanation(), color=_SPRUCE)
        self._row += 1
        head = self._row
        for index, (column, text) in enumerate(zip(columns, heads, strict=True)):
            self._sheet.write_string(head, index, text, self._header_style(column))
        narrower = [max(width - _HEAD_ROOM, 1.0) for width in self._widths]
        self._set_height(max(map(line_count, heads, narrower)))
        self._row += 1
        for row in table.rows:
            self._write_row(columns, row, whole=table.records)
        self._sheet.freeze_panes(head + 1, 0)
        self._sheet.autofilter(head, 0, max(self._row - 1, head), len(columns) - 1)
        self._sheet.repeat_rows(head)
        if not table.rows:
            self._write_wide(nothing_to_list(), color=_MUTED)
        if table.chart is not None and table.rows:
            add_chart(self._book.book, self._sheet, table, heads, head)
        if table.total is not None:
            self._write_row(columns, table.total, bold=True, top=1, top_color=_INK)

    def write_overview(self) -> None:
        """Write title, subtitle and all that is not in tables, as two columns."""
        self._set_widths(self._widths)
        self._write_title()
        self.write_sections(self._document.sections)

    def write_sections(self, sections: Sequence[Section]) -> None:
        """Write what is not in tables, under the headings."""
        for section in sections:
            if not _has_words(section):
                continue
            self._row += 1
            if section.heading:
                size = 12 if section.level == 1 else 11
                self._write_wide(section.heading, bold=True, font_size=size)
            for block in section.blocks:
                if isinstance(block, Fields):
                    self._write_fields(block)
                elif isinstance(block, Points):
                    for item in block.items:
                        self._write_wide(f"•  {item}")
                elif isinstance(block, Paragraph):
                    color = _MUTED if block.muted else _INK
                    self._write_wide(block.text, bold=block.strong or block.code, color=color)

    def write_foot(self) -> None:
        """Write when it was made, and the footer."""
        self._row += 1
        made = _("Made {moment}").format(moment=format_moment(self._document.made_at))
        for text in (made, self._document.footer):
            if text:
                self._write_wide(text, color=_MUTED)

    def _write_title(self) -> None:
        self._write_wide(self._document.title, bold=True, font_size=15)
        if self._document.subtitle:
            self._write_wide(self._document.subtitle, color=_MUTED)

    def _write_fields(self, fields: Fields) -> None:
        label_style = self._book.style(
            font_color=_MUTED, text_wrap=True, bottom=1, bottom_color=_HAIRLINE
        )
        style = self._book.style(text_wrap=True, bottom=1, bottom_color=_HAIRLINE)
        last = self._wide - 1
        width = sum(self._widths[1 : last + 1])
        for label, text in fields.lines:
            for index, piece in enumerate(pieces(clean(text), width)):
                self._check_room()
                if index == 0:
                    self._sheet.write_string(self._row, 0, clean(label), label_style)
                if last > 1:
                    self._sheet.merge_range(self._row, 1, self._row, last, "", style)
                self._sheet.write_string(self._row, 1, piece, style)
                lines = line_count(piece, width)
                self._set_height(max(lines, line_count(label, self._widths[0])))
                self._row += 1

    def _write_wide(
        self, text: str, *, bold: bool = False, color: str = _INK, font_size: int = 10
    ) -> None:
        """Write a text over several columns. Excel finds no height for merged cells: it is set."""
        style = self._book.style(bold=bold, font_color=color, font_size=font_size, text_wrap=True)
        width = sum(self._widths[: self._wide]) * 10 / font_size
        for piece in pieces(clean(text), width):
            self._check_room()
            self._sheet.merge_range(self._row, 0, self._row, self._wide - 1, "", style)
            self._sheet.write_string(self._row, 0, piece, style)
            self._set_height(line_count(piece, width), font_size)
            self._row += 1

    def _set_height(self, lines: int, font_size: int = 10) -> None:
        """Set the height of the row: not every program finds it by itself."""
        self._sheet.set_row(self._row, min(lines * font_size * 1.3 + 2, _HIGHEST))

    def _write_row(
        self, columns: Sequence[Column], row: Sequence[Cell], *, whole: bool = False, **look: object
    ) -> None:
        """Write cells; what a cell cannot hold goes on in the rows below, unless it stays whole."""
        parts = [
            self._parts(cell, width, whole=whole)
            for cell, width in zip(row, self._widths, strict=False)
        ]
        look = {**_LINES, **look}
        for depth in range(max(map(len, parts), default=1)):
            self._check_room()
            lines = 1
            for index, (column, part) in enumerate(zip(columns, parts, strict=True)):
                cell = part[depth] if depth < len(part) else None
                self._write_cell(index, cell, column.kind, look)
                if isinstance(cell, str):
                    lines = max(lines, line_count(cell[:_SEEN_LETTERS], self._widths[index]))
            if lines > 1:
                self._set_height(lines)
            self._row += 1

    def _parts(self, cell: Cell, width: float, *, whole: bool) -> list[Cell]:
        """Return a cell as the parts of it that go below each other.

        Raises:
            DomainError: It must stay whole, and Excel cannot hold it.
        """
        if not isinstance(cell, str):
            return [cell]
        text = clean(cell)
        if not whole:
            return list(pieces(text, width))
        if not fits_in_cell(text):
            raise DomainError(
                _(
                    "One text is longer than what a cell of Excel can hold. Nothing was saved. "
                    "Save the list as CSV or JSON, which hold all of it."
                )
            )
        return [text]

    def _write_cell(self, index: int, cell: Cell, kind: Kind, look: dict[str, object]) -> None:
        row, style, sheet = self._row, self._book.style, self._sheet
        if cell is None or cell == "":
            sheet.write_blank(row, index, None, style(**look))
        elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            moment = isinstance(cell, datetime)
            number_format = f"{self._day} hh:mm" if moment else self._day
            sheet.write_datetime(
                row, index, wall_clock(cell), style(num_format=number_format, align="left", **look)
            )
        elif isinstance(cell, int | Decimal) and kind is not Kind.TEXT and is_exact(cell):
            plain = "#,##0" if isinstance(cell, int) else "General"
            number_format = "#,##0.00" if kind is Kind.MONEY else plain
            sheet.write_number(
                row, index, float(cell), style(num_format=number_format, **_side(kind), **look)
            )
        else:
            text = shown(cell, Kind.TEXT) if not isinstance(cell, date) else cell.isoformat()
            as_text = {"num_format": "@"} if len(text) <= _AS_TEXT else {}
            look = {**look, **_side(kind), **as_text}
            written = style(quote_prefix=True, text_wrap=True, **look)
            sheet.write_string(row, index, text, written)

    def _header_style(self, column: Column) -> Format:
        return self._book.style(
            bold=True,
            font_color=_SPRUCE if column.mandatory else _INK,
            bg_color=_TINT,
            bottom=1,
            bottom_color=_SPRUCE,
            text_wrap=True,
            **_side(column.kind),
        )

    def _set_widths(self, widths: Sequence[float]) -> None:
        """Set the widths; a narrow table borrows empty columns for the lines around it."""
        for index, width in enumerate(widths):
            self._sheet.set_column(index, index, width)
        missing = max(_LEAST_WIDTH - sum(widths), 0.0)
        self._widths = [*widths, *[_EMPTY_WIDTH] * math.ceil(missing / _EMPTY_WIDTH)]
        within = sum(at <= _WIDE for at in itertools.accumulate(self._widths))
        self._wide = max(within, 2)  # columns that lines of text go over
        across = pages_across(widths)
        self._sheet.fit_to_pages(across, 0)
        if across > 1:
            self._sheet.repeat_columns("A:A")

    def _set_up_print(self) -> None:
        document, sheet = self._document, self._sheet
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
        sheet.set_header(
            f"&L&8 {printed(document.title, 100)}&R&8 {printed(document.organisation, 80)}"
        )
        numbered = _("Page {page} of {pages}").format(page="&P", pages="&N")
        said = " · ".join(foot(document))
        sheet.set_footer(f"&L&8 {printed(said, 150)}&R&8 {numbered}")
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _check_room(self) -> None:
        if self._row >= _ROWS:
            raise DomainError(
                _(
                    "This list has more rows than an Excel sheet can hold ({count}). Nothing was"
                    " saved. Save it as CSV, or take a shorter time."
                ).format(count=_ROWS)
            )


def _has_words(section: Section) -> bool:
    """Tell whether the section says anything beside its tables; a bare heading does."""
    return not section.blocks or any(not isinstance(block, Table) for block in section.blocks)


def _side(kind: Kind) -> dict[str, object]:
    """Return how cells lie: numbers to the right, off the column after them."""
    if kind in {Kind.MONEY, Kind.NUMBER}:
        return {"align": "right", "indent": 1}
    return {"align": "left"}
