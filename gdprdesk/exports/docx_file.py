"""Documents for Word and LibreOffice, to be worked on: real headings, lists and tables.

The file is made in memory, and names the organisation and nobody else. Every text is text: a field,
a link or a macro cannot come in with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Length, Pt
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph as Lines

from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import (
    Block,
    Document,
    Fields,
    Kind,
    Paragraph,
    Points,
    Section,
    Table,
)
from gdprdesk.exports.sheet_rules import column_widths
from gdprdesk.exports.word_styles import MUTED, TABLE, element, new_word
from gdprdesk.exports.wording import (
    card_lines,
    card_title,
    foot,
    nothing_to_list,
    shown_rows,
    titles,
    total_lines,
)
from gdprdesk.i18n import _, language

_LANGUAGES = {"sv": "sv-SE", "nb": "nb-NO"}
_LANGUAGE_ELSEWHERE = "en-GB"
_NUMBERS = (Kind.MONEY, Kind.NUMBER)
_LABEL = 0.3  # of the width
_PADDING = 3.0  # characters: the room beside the text of a cell
_KEPT_WHOLE = 1_200  # characters: so many labelled lines are half a page, and stay on one
_LONGEST_PROPERTY = 255
_PAGE, _PAGES = "\x01", "\x02"  # no text holds these


def render(document: Document) -> bytes:
    """Return the document as a Word file, in the language it is written in."""
    with language(document.language):
        return _Writer(document).render()


class _Writer:
    """A Word document being written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._currency = document.currency
        self._language = _LANGUAGES.get(document.language, _LANGUAGE_ELSEWHERE)
        self._word, self._width = new_word(self._language, landscape=document.landscape)

    def render(self) -> bytes:
        document, word = self._document, self._word
        self._set_properties()
        self._write_margins()
        word.add_paragraph(clean(document.title), "Title")
        if document.subtitle:
            word.add_paragraph(clean(document.subtitle), "Subtitle")
        for section in document.sections:
            self._write_section(section)
        file = io.BytesIO()
        word.save(file)
        return file.getvalue()

    def _write_section(self, section: Section) -> None:
        if section.heading:
            self._word.add_heading(clean(section.heading), section.level)
        for block in section.blocks:
            self._write_block(block, section.level + 1)

    def _write_block(self, block: Block, level: int) -> None:
        if isinstance(block, Paragraph):
            self._write_paragraph(block)
        elif isinstance(block, Points):
            for item in block.items:
                self._word.add_paragraph(clean(item), "List Bullet")
        elif isinstance(block, Fields):
            self._write_labelled(block.lines)
        elif not block.rows:
            self._write_paragraph(Paragraph(nothing_to_list(), muted=True))
        elif block.cards:
            for number, row in enumerate(block.rows, start=1):
                self._word.add_heading(card_title(number, block, self._currency), level)
                self._write_labelled(card_lines(block.columns[1:], row[1:], self._currency))
            self._write_labelled(total_lines(block, self._currency))
        else:
            self._write_table(block)

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        run = self._word.add_paragraph().add_run(clean(paragraph.text))
        run.bold = paragraph.strong or paragraph.code or None
        if paragraph.muted:
            run.font.color.rgb = MUTED
        if paragraph.code:
            run.font.size = Pt(16)

    def _write_labelled(self, lines: Sequence[tuple[str, str]]) -> None:
        if not lines:
            return
        label_width = Length(round(self._width * _LABEL))
        grid = self._grid([label_width, Length(self._width - label_width)])
        short = sum(len(label) + len(text) for label, text in lines) <= _KEPT_WHOLE
        for number, (label, text) in enumerate(lines, start=1):
            first, second = _new_row(grid)
            first.paragraph_format.keep_with_next = (short and number < len(lines)) or None
            first.add_run(clean(label)).font.color.rgb = MUTED
            second.add_run(clean(text))
        self._leave_room()

    def _write_table(self, table: Table) -> None:
        heads = titles(table, self._currency)
        wanted = [width + _PADDING for width in column_widths(table, heads)]
        grid = self._grid([Length(round(self._width * one / sum(wanted))) for one in wanted])
        for number, texts in enumerate([heads, *shown_rows(table)]):
            is_head, is_total = number == 0, number > len(table.rows)
            lines = _new_row(grid, repeated=is_head)
            for line, text, column in zip(lines, texts, table.columns, strict=True):
                line.add_run(text).bold = is_head or is_total or None
                line.paragraph_format.keep_with_next = is_head or None
                if column.kind in _NUMBERS:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._leave_room()

    def _grid(self, widths: Sequence[Length]) -> Grid:
        grid: Grid = self._word.add_table(rows=0, cols=len(widths))
        grid.style = TABLE
        grid.autofit = False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        return grid

    def _leave_room(self) -> None:
        """Part a table from what follows, which would else become one with it."""
        self._word.add_paragraph().paragraph_format.line_spacing = Pt(6)

    def _write_margins(self) -> None:
        """Write head and foot: the first page, which has the title, needs no head."""
        document, section = self._document, self._word.sections[0]
        section.different_first_page_header_footer = True
        head = section.header.paragraphs[0]
        self._end_at_the_margin(head)
        head.add_run(f"{_one_line(document.title)}\t{_one_line(document.organisation)}")
        for margin in (section.first_page_footer, section.footer):
            margin.paragraphs[0].style = "Footer"
            self._write_foot(margin.paragraphs[0])

    def _write_foot(self, line: Lines) -> None:
        self._end_at_the_margin(line)
        line.add_run(" · ".join(_one_line(text) for text in foot(self._document)) + "\t")
        numbered = _("Page {page} of {pages}").format(page=_PAGE, pages=_PAGES)
        for part in re.split(f"([{_PAGE}{_PAGES}])", numbered):
            run = line.add_run({_PAGE: "1", _PAGES: "1"}.get(part, part))
            if part in {_PAGE, _PAGES}:
                field = element("w:fldSimple", instr="PAGE" if part == _PAGE else "NUMPAGES")
                run._r.addprevious(field)  # noqa: SLF001 - the library has no words for fields
                field.append(run._r)  # noqa: SLF001

    def _end_at_the_margin(self, line: Lines) -> None:
        """Let what follows a tab end at the right margin."""
        line.paragraph_format.tab_stops.add_tab_stop(self._width, WD_TAB_ALIGNMENT.RIGHT)

    def _set_properties(self) -> None:
        document, said = self._document, self._word.core_properties
        said.title = _property(document.title)
        said.subject = _property(document.subtitle)
        said.author = _property(document.organisation or document.subtitle)
        said.last_modified_by = said.author
        said.keywords = _property(", ".join(document.keywords))
        said.comments = _property(document.footer)
        said.language = self._language
        said.created = said.modified = document.made_at.astimezone(UTC).replace(tzinfo=None)


def _new_row(grid: Grid, *, repeated: bool = False) -> list[Lines]:
    """Add a row that stays on one page, and on request heads every page of the table.

    Returns:
        The empty line in each of its cells.
    """
    row = grid.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no words for these
    properties.append(element("w:cantSplit"))
    if repeated:
        properties.append(element("w:tblHeader"))
    lines = [cell.paragraphs[0] for cell in row.cells]
    for line in lines:
        line.paragraph_format.space_after = Pt(0)
    return lines


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _property(text: str) -> str:
    return _one_line(text)[:_LONGEST_PROPERTY]
