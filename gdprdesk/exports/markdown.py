"""Documents as Markdown: CommonMark with tables, for a web site or a text editor.

No text becomes markup: whatever would begin a list, a heading, a link or HTML has a backslash
before it, so that a reader sees the sign itself. There is no HTML in the file at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
from gdprdesk.exports.wording import (
    card_lines,
    card_title,
    foot,
    nothing_to_list,
    shown_rows,
    titles,
    total_lines,
)
from gdprdesk.i18n import language

_ALWAYS = re.compile(r"([\\`*_{}\[\]<>#|~&$^])")  # $ and ^ mean something to some readers only
_AT_THE_BEGINNING = re.compile(r"^(\d{0,9})([-+=:.)])")  # points, rules, underlined headings
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")  # some readers link it
_NUMBERS = (Kind.MONEY, Kind.NUMBER)
_NEXT_LINE = "\\\n"


def render(document: Document) -> bytes:
    """Return the document as Markdown, in the language it is written in."""
    with language(document.language):
        parts = [part for part in _parts(document) if part]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _parts(document: Document) -> Iterator[str]:
    yield _heading(document.title, 1)
    yield _lines(document.subtitle)
    for section in document.sections:
        yield from _section(section, document.currency)
    yield "---"
    yield _NEXT_LINE.join(_one_line(line) for line in foot(document))


def _section(section: Section, currency: str) -> Iterator[str]:
    yield _heading(section.heading, section.level + 1)
    for block in section.blocks:
        yield from _block(block, currency, section.level + 2)


def _block(block: Block, currency: str, level: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block)
    elif isinstance(block, Points):
        yield "\n".join(f"- {_lines(item, indent='  ')}" for item in block.items)
    elif isinstance(block, Fields):
        yield _labelled(block.lines)
    elif not block.rows:
        yield _one_line(nothing_to_list())
    elif block.cards:
        for number, row in enumerate(block.rows, start=1):
            yield _heading(card_title(number, block, currency), level)
            yield _labelled(card_lines(block.columns[1:], row[1:], currency))
        yield _labelled(total_lines(block, currency))
    else:
        yield _table(block, currency)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    """Yield the text, as several paragraphs where it has empty lines."""
    for text in re.split(r"\n\s*\n", clean(paragraph.text)):
        lines = _lines(text)
        yield _strong(lines) if paragraph.strong or paragraph.code else lines


def _labelled(lines: Sequence[tuple[str, str]]) -> str:
    return _NEXT_LINE.join(
        f"{_strong(_one_line(f'{label}:'))} {_lines(text)}".strip() for label, text in lines
    )


def _table(table: Table, currency: str) -> str:
    rule = ["---:" if column.kind in _NUMBERS else "---" for column in table.columns]
    rows = [[_one_line(text) for text in row] for row in shown_rows(table)]
    head = [_one_line(title) for title in titles(table, currency)]
    if table.total is not None:
        rows[-1] = [_strong(text) for text in rows[-1]]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _heading(text: str, level: int) -> str:
    line = _one_line(text)
    return f"{'#' * level} {line}" if line else ""


def _strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _lines(text: str, indent: str = "") -> str:
    """Return a text with its lines kept, but for empty ones, which would end the paragraph."""
    escaped = (_escaped(line) for line in clean(text).split("\n"))
    return (_NEXT_LINE + indent).join(line for line in escaped if line)


def _one_line(text: str) -> str:
    return _escaped(" ".join(clean(text).split("\n")))


def _escaped(line: str) -> str:
    """Return a line of text that no reader of Markdown takes for anything else."""
    plain = _ALWAYS.sub(r"\\\1", line.strip())
    plain = _AT_THE_BEGINNING.sub(r"\1\\\2", plain)
    return _ADDRESS.sub(r"\1\3\\\2\4", plain)
