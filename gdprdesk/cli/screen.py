"""Words and tables for people at a terminal. The only module that knows rich's console."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gdprdesk.cli.letters import visible
from gdprdesk.domain.terms import say
from gdprdesk.exports import Document
from gdprdesk.exports.document import Fields, Kind, Paragraph, Points
from gdprdesk.exports.document import Table as DocumentTable
from gdprdesk.i18n import _, format_amount, format_day, format_moment
from gdprdesk.services.paging import Page

_WIDTH_OF_A_FILE = 160


class Screen:
    """Where people read an answer: text as it is, nothing in it is markup, nothing is cut off."""

    def __init__(self, stream: TextIO) -> None:
        width = None if stream.isatty() else _WIDTH_OF_A_FILE
        self._console = Console(
            file=stream, width=width, highlight=False, markup=False, emoji=False
        )

    def words(self, words: str, style: str = "") -> None:
        """Print a sentence."""
        self._console.print(Text(visible(words), style=style))

    def heading(self, words: str) -> None:
        """Print a heading with space above it."""
        self._console.print()
        self.words(words, "bold underline")

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Print rows under headings; numbers stand to the right."""
        table, made = Table(box=None), [tuple(row) for row in rows]
        for place, heading in enumerate(headings):
            numbers = any(isinstance(row[place], Decimal) for row in made)
            table.add_column(
                Text(heading, style="bold"), justify="right" if numbers else "left", overflow="fold"
            )
        for row in made:
            table.add_row(*(Text(shown(cell)) for cell in row))
        self._console.print(table)

    def lines(self, lines: Iterable[tuple[str, Any]]) -> None:
        """Print labelled lines."""
        grid = Table(box=None, show_header=False, pad_edge=False)
        grid.add_column(style="bold", overflow="fold", max_width=40)
        grid.add_column(overflow="fold")
        for label, value in lines:
            grid.add_row(Text(visible(label)), Text(shown(value)))
        self._console.print(grid)

    def document(self, document: Document) -> None:
        """Print a report."""
        self.words(document.title, "bold")
        self.words(document.subtitle, "dim")
        for section in document.sections:
            self.heading(section.heading)
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    self.words(block.text, "dim" if block.muted else "")
                elif isinstance(block, Points):
                    for item in block.items:
                        self.words(f"• {item}")
                elif isinstance(block, Fields):
                    self.lines(block.lines)
                    self._console.print()
                else:
                    self._document_table(block)

    def value(self, value: Any) -> None:
        """Print any result of the core."""
        if isinstance(value, Page):
            self._rows(value.rows)
        elif isinstance(value, tuple):
            self._rows(value)
        elif isinstance(value, Document):
            self.document(value)
        elif dataclasses.is_dataclass(value) or isinstance(value, Mapping):
            self.lines(_fields(value))
        else:
            self.words(_("Done.") if value is None else shown(value))

    def _rows(self, rows: Sequence[Any]) -> None:
        if rows and dataclasses.is_dataclass(rows[0]):
            headings = [one.name for one in dataclasses.fields(rows[0])]
            self.table(headings, ([one for _name, one in _fields(row)] for row in rows))
        else:
            self.words("\n".join(shown(row) for row in rows) or _("Nothing"))

    def _document_table(self, table: DocumentTable) -> None:
        titles = [column.title for column in table.columns]
        money = [column.kind is Kind.MONEY for column in table.columns]
        if table.cards:
            for row in table.rows:
                self.lines(zip(titles, row, strict=True))
                self._console.print()
            return
        rows = [*table.rows, *([table.total] if table.total else [])]
        self.table(
            titles,
            (
                [
                    Decimal(cell) if is_money and isinstance(cell, int) else cell
                    for cell, is_money in zip(row, money, strict=True)
                ]
                for row in rows
            ),
        )


def shown(value: Any) -> str:
    """Return one value as people read it in the language spoken."""
    for kinds, form in _FORMS:
        if isinstance(value, kinds):
            return form(value)
    if dataclasses.is_dataclass(value) or isinstance(value, Mapping):
        return ", ".join(f"{key}: {shown(one)}" for key, one in _fields(value))
    return visible(str(value))


def _said(term: Enum) -> str:
    try:
        return say(term)
    except KeyError:
        return str(term.value)


_FORMS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (NoneType, lambda _nothing: ""),
    (bool, lambda value: _("yes") if value else _("no")),
    (datetime, format_moment),
    (date, lambda day: format_day(day, short=True)),
    (time, lambda moment: moment.strftime("%H:%M")),
    (Decimal, format_amount),
    (Enum, _said),
    ((list, tuple), lambda values: ", ".join(shown(one) for one in values)),
)


def _fields(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(str(key), one) for key, one in value.items()]
    return [(one.name, getattr(value, one.name)) for one in dataclasses.fields(value)]
