"""What a cell says: as people write it, without the characters no file can hold.

What is written otherwise than it was, and nothing else is:

1. Control characters and code points that stand for no character go; tabs and ends of lines stay.
2. Ends of lines of every kind become one kind.
3. Half of a character (a surrogate alone) becomes U+FFFD, the sign for a character that got lost.
4. In a text table an apostrophe stands before what a spreadsheet would calculate or change:
   see `gdprdesk.exports.csv_file`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from gdprdesk.exports.document import Cell, Column, Kind
from gdprdesk.i18n import format_amount, format_day, format_moment, format_number

_NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"  # control characters
)
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_END_OF_LINE = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text as every format can hold it.

    Control characters go, ends of lines become one kind, and half of a character, which is what
    some programs leave when they cut a text, becomes the sign for a character that got lost.
    """
    if text.isprintable():
        return text
    text = _END_OF_LINE.sub("\n", text)
    return _NOT_TEXT.sub("", _HALF_A_CHARACTER.sub("\ufffd", text))


def shown(cell: Cell, kind: Kind) -> str:
    """Return the cell as people write it, in the language spoken."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, datetime):
        return format_moment(cell)
    if isinstance(cell, date):
        return format_day(cell, short=True)
    if kind is Kind.MONEY:
        return format_amount(Decimal(cell))
    return str(cell) if kind is Kind.TEXT else format_number(cell)


def heading(column: Column, currency: str) -> str:
    """Return what stands above a column; amounts name their currency there, once."""
    title = clean(column.title)
    return f"{title} ({currency})" if column.kind is Kind.MONEY else title
