"""Values and reports as JSON, for other programs (Article 20: structured, machine-readable)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gdprdesk.exports.document import Block, Cell, Document, Fields, Points, Table


def render(document: Document) -> bytes:
    """Return the document: tables as lists of objects, with the titles of the columns as keys."""
    return render_value(
        {
            "title": document.title,
            "subtitle": document.subtitle,
            "organisation": document.organisation,
            "language": document.language,
            "made_at": document.made_at,
            "currency": document.currency,
            "sections": [
                {
                    "heading": section.heading,
                    "level": section.level,
                    "content": [_block(block) for block in section.blocks],
                }
                for section in document.sections
            ],
            "footer": document.footer,
        }
    )


def render_value(value: object) -> bytes:
    """Return a plain value as readable JSON in UTF-8.

    Days and moments are ISO, decimals are strings so that no digit is lost. Every text comes back
    as it was, half characters too.

    Raises:
        TypeError: It holds something else than texts, numbers, days, lists and objects.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain, allow_nan=False)
    return f"{text}\n".encode(
        "utf-8", "backslashreplace"
    )  # JSON writes half a character as \\ud83d


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Fields):
        return {"fields": [{"label": label, "text": text} for label, text in block.lines]}
    if isinstance(block, Points):
        return {"points": list(block.items)}
    return {"text": block.text}


def _table(table: Table) -> dict[str, object]:
    keys = _keys([column.title for column in table.columns])
    written: dict[str, object] = {"name": table.name} if table.name else {}
    written["rows"] = [_object(keys, row) for row in table.rows]
    if table.total is not None:
        written["total"] = _object(keys, table.total)
    return written


def _object(keys: Sequence[str], row: Sequence[Cell]) -> dict[str, Cell]:
    return dict(zip(keys, row, strict=True))


def _keys(titles: Sequence[str]) -> list[str]:
    """Return the titles, numbered where two are the same."""
    keys: list[str] = []
    for title in titles:
        key, count = title, 1
        while key in keys:
            count += 1
            key = f"{title} ({count})"
        keys.append(key)
    return keys
