"""vCard as phones, Outlook, Google and Apple write it: versions 2.1 to 4.0, many in a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import vobject
from vobject.base import VObjectError

from gdprdesk.domain.columns import Field
from gdprdesk.i18n import _
from gdprdesk.imports.encoding import find_encoding
from gdprdesk.imports.source import FileFormat, Grid, Limits, refusal
from gdprdesk.imports.table import gather
from gdprdesk.jobs import Progress

_BEGIN, _END = "BEGIN:VCARD", "END:VCARD"
# Pictures, sounds and keys: large, and nothing that a register of customers needs.
_LEFT_OUT = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_QUOTED = re.compile(
    r"^(?![^:]*CHARSET=)([^:\n]*);(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE | re.MULTILINE
)
_IS_QUOTED = re.compile(r"^[^:]*QUOTED-PRINTABLE", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_GROUPS = ("kind", "x-addressbookserver-kind")
_URI = re.compile(r"(?:tel|mailto):([^;?]*).*", re.IGNORECASE)
_MOST = 20
_UNREADABLE = (VObjectError, ValueError, LookupError, AttributeError, TypeError, RecursionError)


_Card = dict[Field, tuple[str, ...]]
"""What is taken of one card."""


def read_vcards(content: bytes, *, limits: Limits, progress: Progress) -> Grid:
    """Return the people of an address book, one in a row; cards nobody can read are empty rows.

    Names, company, e-mail addresses, numbers, the first street and the note are taken. Groups are
    no people.

    Raises:
        UnreadableFileError: No card can be read, or there is too much in the file.
    """
    encoding = find_encoding(content)
    texts = list(_texts(content.decode(encoding, errors="replace"), limits))
    cards: list[_Card | None] = []
    for number, text in enumerate(texts, 1):
        progress.step(number, len(texts))
        cards.append(_read(text))
    columns = list(_columns(cards))
    if not columns:
        raise refusal(
            _("No card in this address book can be read."),
            _("Save it once more in the program it comes from, and try again."),
        )
    cells = ([_cell(card, *column) for column in columns] for card in cards)
    rows = gather(cells, limits=limits, progress=progress, total=len(cards))
    empty = ("",) * len(columns)
    return Grid(
        header=tuple(
            f"{field.label} {place + 1 if place else ''}".strip() for field, place in columns
        ),
        rows=tuple((row + empty)[: len(columns)] for row in rows),
        first_row_number=1,
        file_format=FileFormat.VCARD,
        encoding=encoding,
        lost_cells=tuple(str(number) for number, card in enumerate(cards, 1) if card is None),
    )


def _texts(text: str, limits: Limits) -> Iterator[str]:
    """Walk the cards of a file as they stand there, without pictures; one in another is its part.

    So one that is damaged costs nothing but itself.
    """
    lines: list[str] = []
    depth = count = 0
    skipping = False
    for line in _whole_lines(text):
        mark = line.strip().upper()
        depth += mark == _BEGIN
        if not depth:
            continue
        skipping = _LEFT_OUT.match(line) is not None or (skipping and ":" not in line)
        if not skipping:
            lines.append(line)
        depth -= mark == _END
        if not depth:
            count += 1
            if count > limits.rows:
                raise refusal(
                    _("The address book has more than {rows} cards.").format(rows=limits.rows),
                    _("Divide it into several files, and try again."),
                )
            yield "\r\n".join([*lines, ""])
            lines = []
    if lines:
        yield "\r\n".join([*lines, ""])


def _whole_lines(text: str) -> Iterator[str]:
    """Walk the lines of a file, those that were broken in one: vobject takes its time for that."""
    parts: list[str] = []
    quoted = False
    for line in _LINE_END.split(text):
        goes_on = line[:1] in {" ", "\t"}
        if parts and quoted and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and goes_on:
            parts.append(line[1:])
        else:
            yield "".join(parts)
            parts = [line]
            quoted = _IS_QUOTED.search(line) is not None
    yield "".join(parts)


def _columns(cards: Iterable[_Card | None]) -> Iterator[tuple[Field, int]]:
    """Walk the columns that the cards need: as many for each field as one of them fills."""
    most: dict[Field, int] = {}
    for number, card in enumerate(cards, 1):
        for field, values in (card or {}).items():
            if len(values) > _MOST:
                raise refusal(
                    _("Card {number} has more than {count} numbers or addresses.").format(
                        number=number, count=_MOST
                    ),
                    _("Shorten it, and try again."),
                )
            most[field] = max(most.get(field, 0), len(values))
    for field, count in most.items():
        yield from ((field, place) for place in range(count))


def _cell(card: _Card | None, field: Field, place: int) -> str:
    values = (card or {}).get(field, ())
    return values[place] if place < len(values) else ""


def _read(text: str) -> _Card | None:
    """Return what stands in a card; None if nobody can read it.

    Old phones write no name of their letters: then they are those of Windows, if not UTF-8.
    """
    for attempt in (text, _QUOTED.sub(r"\1;CHARSET=cp1252;ENCODING=QUOTED-PRINTABLE", text)):
        try:
            (found,) = vobject.readComponents(io.StringIO(attempt, newline=""), allowQP=True)
            return _card(found)
        except _UNREADABLE:
            continue
    return None


def _card(found: Any) -> _Card:
    if any(str(one).casefold() == "group" for kind in _GROUPS for one in _values(found, kind)):
        return {}
    named = next(iter(_values(found, "n")), None)
    address = next(iter(_values(found, "adr")), None)
    company = next((_line(one[0]) for one in _values(found, "org") if one), "")
    in_parts = _line([named.given, named.family]) if named else ""
    name = next((one for one in map(_line, _values(found, "fn")) if one), in_parts)
    single = {
        Field.NAME: name,
        Field.COMPANY: "" if company == name else company,
        Field.ADDRESS: _line(address.street) if address else "",
        Field.POSTCODE: _line(address.code) if address else "",
        Field.CITY: _line(address.city) if address else "",
        Field.NOTE: "\n".join(str(one) for one in _values(found, "note")).strip(),
    }
    return {
        **{field: (value,) if value else () for field, value in single.items()},
        Field.EMAIL: _reached(found, "email"),
        Field.PHONE: _reached(found, "tel"),
    }


def _values(found: Any, name: str) -> list[Any]:
    return [line.value for line in found.contents.get(name, []) if line.value]


def _reached(found: Any, name: str) -> tuple[str, ...]:
    """Return numbers or addresses as people write them, each once."""
    plain = (_line(_URI.sub(r"\1", str(one))) for one in _values(found, name))
    return tuple(dict.fromkeys(one for one in plain if one))


def _line(value: Any) -> str:
    """Return a value as one line; the parts of a street or a name may be lists of such."""
    parts = [_line(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]
    return " ".join(" ".join(parts).split())
