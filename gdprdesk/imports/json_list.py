"""A list in JSON: objects with one value under each heading, as our own customer list is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Never

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import _
from gdprdesk.imports.encoding import find_encoding
from gdprdesk.imports.source import FileFormat, Grid, Limits, refusal
from gdprdesk.imports.table import gather
from gdprdesk.jobs import Progress

_DEEPEST = 8


def read_json(content: bytes, *, limits: Limits, progress: Progress) -> Grid:
    """Return the list in a JSON file: that of our customer list, or a plain list of objects.

    Raises:
        UnreadableFileError: It is damaged, holds no list of plain objects, or too much.
    """
    encoding = find_encoding(content)
    try:
        said = json.loads(content.decode(encoding), parse_constant=_no_number)
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise refusal(
            _("The JSON file is damaged."), _("Save it once more in the program it comes from.")
        ) from None
    objects = next((some for some in _lists(said, 0) if some), None)
    if objects is None:
        raise refusal(_("There is no list in the JSON file: nothing in it is a row of values."))
    header = tuple(dict.fromkeys(key for one in objects for key in one))
    if len(header) > limits.columns:
        raise refusal(
            _("The list has more than {columns} columns.").format(columns=limits.columns),
            _("Keep only the columns about your customers, and try again."),
        )
    cells = ([_cell(one.get(key)) for key in header] for one in objects)
    rows = gather(cells, limits=limits, progress=progress, total=len(objects))
    empty = ("",) * len(header)
    return Grid(
        header=header,
        rows=tuple((row + empty)[: len(header)] for row in rows),
        first_row_number=1,
        file_format=FileFormat.JSON,
        encoding=encoding,
    )


def _lists(said: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    """Walk the lists of plain objects in a value, the outermost first."""
    if depth > _DEEPEST:
        raise _too_deep()
    if isinstance(said, list):
        if said and all(map(_is_plain, said)):
            yield said
            return
        for part in said:
            yield from _lists(part, depth + 1)
    elif isinstance(said, dict):
        for part in said.values():
            yield from _lists(part, depth + 1)


def _is_plain(said: Any) -> bool:
    return isinstance(said, dict) and not any(isinstance(v, dict | list) for v in said.values())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else str(value)


def _too_deep() -> UnreadableFileError:
    return refusal(
        _("The values in the JSON file lie too deep in each other."),
        _("A list of customers is wanted: one object for each, with plain values."),
    )


def _no_number(_said: str) -> Never:
    raise ValueError
