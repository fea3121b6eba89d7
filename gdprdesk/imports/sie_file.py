r"""SIE type 4, the Swedish standard for bookkeeping files: its vouchers and their texts.

Only what names somebody can stand in is read: `#VER` with its text and the `#TRANS` lines below it.
Own reading, since no maintained and typed library for it was found on PyPI (looked for in November
2026). Source of the format: sie.se, "SIE filformat", edition 4C: code page 437 (`#FORMAT PC8`),
fields between blanks, in quotation marks if they have blanks, a quotation mark as \".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from gdprdesk.i18n import N_, _
from gdprdesk.imports.apart import Advice, read_apart
from gdprdesk.imports.child import send
from gdprdesk.imports.source import USUAL_LIMITS, Limits, refusal
from gdprdesk.jobs import SILENT, Progress

_BEGINNING = 4096
_LABEL = re.compile(rb"(?:^|\n)\s*#(FLAGGA|SIETYP|PROGRAM|FORMAT)\b", re.IGNORECASE)
_FIELD = re.compile(r'"((?:\\.|[^"\\])*)"|(\{[^}]*\})|(\S+)')
_ESCAPED = re.compile(r"\\(.)")
_TRANS = {"#TRANS", "#BTRANS", "#RTRANS"}
_LONGEST = 10_000
_EVERY = 1_000
_ADVICE = Advice(
    choose=N_("Choose the file itself."),
    divide=N_("Save one financial year at a time, and try again."),
    slow=(N_("The file takes too long to read."), N_("Save one financial year at a time.")),
    died=(
        N_("The file is damaged, or needs more memory than this computer can give."),
        N_("Save it once more in the bookkeeping program, and try again."),
    ),
)


@dataclass(frozen=True, repr=False)
class Voucher:
    """A voucher of a bookkeeping file.

    Attributes:
        series: Its series, such as A; may be empty.
        number: Its number in the series.
        on: Its day; nothing if the file has none that can be right.
        texts: What is written on it and on its lines, each once.
    """

    series: str
    number: str
    on: date | None
    texts: tuple[str, ...]


def is_sie(path: Path) -> bool:
    """Return whether a file is a bookkeeping file of the SIE standard, type 1 to 4."""
    try:
        with path.open("rb") as opened:
            return _LABEL.search(opened.read(_BEGINNING)) is not None
    except OSError:
        return False


def read_vouchers(
    path: Path, *, limits: Limits = USUAL_LIMITS, progress: Progress = SILENT
) -> tuple[Voucher, ...]:
    """Return the vouchers of a bookkeeping file, read in a process of its own.

    Raises:
        UnreadableFileError: Why it cannot be read, and what to do, in a sentence.
        Cancelled: The user stopped it.
    """
    said = read_apart(_read_and_send, path, limits=limits, progress=progress, advice=_ADVICE)
    return tuple(
        Voucher(
            one["series"],
            one["number"],
            date.fromisoformat(one["on"]) if one["on"] else None,
            tuple(one["texts"]),
        )
        for one in said
    )


def parse_sie(content: bytes, *, limits: Limits, progress: Progress) -> Iterator[Voucher]:
    """Walk the vouchers in a file.

    Raises:
        UnreadableFileError: There is no voucher in it, or too many.
    """
    lines = _decode(content).splitlines()
    head: list[str] | None = None
    texts: list[str] = []
    count = 0
    for number, line in enumerate(lines, 1):
        if number % _EVERY == 0:
            progress.step(number, len(lines))
        fields = _fields(line)
        label = fields[0].upper() if fields else ""
        if label == "#VER":
            if head is not None:
                yield _voucher(head, texts)
            head, texts, count = fields, [], count + 1
            if count > limits.rows:
                raise refusal(
                    _("The file has more than {rows} vouchers.").format(rows=limits.rows),
                    _("Save one financial year at a time."),
                )
        elif label in _TRANS and head is not None:
            texts.append(_field(fields, 5))
    if head is None:
        raise refusal(
            _("There are no vouchers in this bookkeeping file."),
            _("Save it as SIE 4 with vouchers, and try again."),
        )
    yield _voucher(head, texts)


def _read_and_send(connection: Connection, path: str, limits: Limits, language: str) -> None:
    def read(progress: Progress) -> Any:
        found = parse_sie(Path(path).read_bytes(), limits=limits, progress=progress)
        return [{**asdict(one), "on": one.on.isoformat() if one.on else ""} for one in found]

    send(connection, read, limits, language)


def _decode(content: bytes) -> str:
    """Return the text: code page 437 by the standard, but some programs write UTF-8 all the same.

    An o with a stroke is in no letter of code page 437; 850, which has the rest at the same
    places, does not spoil what a Norwegian name is.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp437").replace("\N{CENT SIGN}", "ø").replace("\N{YEN SIGN}", "Ø")


def _fields(line: str) -> list[str]:
    """Return the fields of a line; what stands in braces is one of them."""
    found = _FIELD.findall(line[:_LONGEST])
    return [
        _ESCAPED.sub(r"\1", quoted) if quoted else other or bare for quoted, other, bare in found
    ]


def _field(fields: list[str], place: int) -> str:
    return " ".join(fields[place].split()) if place < len(fields) else ""


def _voucher(head: list[str], texts: list[str]) -> Voucher:
    every = (_field(head, 4), *texts)
    return Voucher(
        series=_field(head, 1),
        number=_field(head, 2),
        on=_day(_field(head, 3)),
        texts=tuple(dict.fromkeys(one for one in every if one)),
    )


def _day(said: str) -> date | None:
    try:
        return datetime.strptime(said, "%Y%m%d").date()  # noqa: DTZ007  (a day, no moment)
    except ValueError:
        return None
