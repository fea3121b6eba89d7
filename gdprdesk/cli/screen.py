"""Words, tables and progress bars for people at a terminal."""

from __future__ import annotations

import dataclasses
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from gdprdesk.cli.answers import Answer, listed, plain
from gdprdesk.domain.terms import say
from gdprdesk.exports import Document
from gdprdesk.exports.document import Fields, Kind, Paragraph
from gdprdesk.exports.document import Table as DocumentTable
from gdprdesk.i18n import _, format_amount, format_day, format_moment
from gdprdesk.services.paging import Page

_WIDTH_OF_A_FILE = 160
_UNSEEN = {"Cc", "Cf", "Cs"}


def console_for(stream: TextIO) -> Console:
    """Return a console that prints text as it is: nothing in it is markup, nothing is cut off."""
    width = None if stream.isatty() else _WIDTH_OF_A_FILE
    return Console(
        file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False
    )


def visible(text: str) -> str:
    """Return a text without the characters that could steer a terminal or hide what is there."""
    kept = (c if c in "\n\t" or unicodedata.category(c) not in _UNSEEN else "\ufffd" for c in text)
    return "".join(kept)


def shown(value: Any) -> str:
    """Return one value as people read it in the language spoken."""
    for kinds, form in _FORMS:
        if isinstance(value, kinds):
            return form(value)
    if dataclasses.is_dataclass(value) or isinstance(value, Mapping):
        return ", ".join(f"{key}: {shown(one)}" for key, one in _fields(value))
    return visible(str(value))


def show_table(
    console: Console, headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str = ""
) -> None:
    """Print rows under headings; numbers stand to the right."""
    table = Table(title=Text(title) if title else None, title_justify="left", box=None)
    made = [tuple(row) for row in rows]
    for place, heading in enumerate(headings):
        numbers = any(isinstance(row[place], Decimal) for row in made)
        table.add_column(
            Text(heading, style="bold"), justify="right" if numbers else "left", overflow="fold"
        )
    for row in made:
        table.add_row(*(Text(shown(cell)) for cell in row))
    console.print(table)


def show_lines(console: Console, lines: Iterable[tuple[str, Any]]) -> None:
    """Print labelled lines."""
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column(style="bold", overflow="fold", max_width=40)
    grid.add_column(overflow="fold")
    for label, value in lines:
        grid.add_row(Text(visible(label)), Text(shown(value)))
    console.print(grid)


def show_heading(console: Console, words: str) -> None:
    """Print a heading with space above it."""
    console.print()
    console.print(Text(visible(words), style="bold underline"))


def show_words(console: Console, words: str, style: str = "") -> None:
    """Print a sentence."""
    console.print(Text(visible(words), style=style))


def show_document(console: Console, document: Document) -> None:
    """Print a report."""
    console.print(Text(visible(document.title), style="bold"))
    show_words(console, document.subtitle, "dim")
    for section in document.sections:
        show_heading(console, section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                show_words(console, block.text, "dim" if block.muted else "")
            elif isinstance(block, Fields):
                show_lines(console, block.lines)
                console.print()
            else:
                _show_document_table(console, block)


def answer_of(value: Any) -> Answer:
    """Return the answer that any result of the core is."""
    if isinstance(value, Page):
        return Answer(
            listed(value.rows, value.total), lambda console: _show_rows(console, value.rows)
        )
    if isinstance(value, tuple):
        return Answer(listed(value), lambda console: _show_rows(console, value))
    return Answer(plain(value), lambda console: _show_any(console, value))


class Bar:
    """A progress bar on standard error, if somebody looks at it."""

    def __init__(self, progress: Progress, words: str) -> None:
        self._progress = progress
        self._task: TaskID = progress.add_task(words, total=None)

    def step(self, done: int, total: int, text: str = "") -> None:
        """Draw how far the work is."""
        self._progress.update(
            self._task, completed=done, total=total or None, description=text or None
        )


@contextmanager
def watched(words: str) -> Iterator[Bar]:
    """Show a bar on standard error while the work lasts; nothing if that is no terminal."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        yield Bar(bar, words)


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


def _show_any(console: Console, value: Any) -> None:
    if isinstance(value, Document):
        show_document(console, value)
    elif dataclasses.is_dataclass(value) or isinstance(value, Mapping):
        show_lines(console, _fields(value))
    else:
        show_words(console, _("Done.") if value is None else shown(value))


def _show_rows(console: Console, rows: Sequence[Any]) -> None:
    if rows and dataclasses.is_dataclass(rows[0]):
        headings = [one.name for one in dataclasses.fields(rows[0])]
        show_table(console, headings, ([one for _name, one in _fields(row)] for row in rows))
    elif rows:
        show_words(console, "\n".join(shown(row) for row in rows))
    else:
        show_words(console, _("Nothing"))


def _show_document_table(console: Console, table: DocumentTable) -> None:
    titles = [column.title for column in table.columns]
    if table.cards:
        for row in table.rows:
            show_lines(console, zip(titles, row, strict=True))
            console.print()
        return
    money = [column.kind is Kind.MONEY for column in table.columns]
    rows = [*table.rows, *([table.total] if table.total else [])]
    show_table(
        console,
        titles,
        (
            [
                Decimal(cell) if is_money and isinstance(cell, int) else cell
                for cell, is_money in zip(row, money, strict=True)
            ]
            for row in rows
        ),
    )
