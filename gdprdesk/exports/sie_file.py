r"""Vouchers as SIE 4I, the file that Swedish bookkeeping programs take in.

By "SIE filformat - utgåva 4B" (sie.se, "SIE typ 1-4"): code page 437, ends of lines CR LF, texts
in quotation marks with `\"` for a mark within, days as yyyymmdd, amounts with a point and two
decimals, debit above zero. Type 4I holds vouchers only; the program that reads it numbers them.

What code page 437 does not have is written with the nearest letters, or with a question mark where
there are none, and said to be so: no letter goes unnoticed. Control characters are not allowed and
go.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gdprdesk.domain.vouchers import Voucher
from gdprdesk.exports.cells import clean

CODE_PAGE = "cp437"
SUFFIX = ".si"
_SERIES = "G"
_UNKNOWN = "?"
_LONGEST = 200  # characters of a text: programs cut longer ones
_NEAREST = str.maketrans(
    {
        "ø": "ö",
        "Ø": "Ö",
        "ð": "d",
        "Ð": "D",
        "đ": "d",
        "Đ": "D",
        "þ": "th",
        "Þ": "Th",
        "ł": "l",
        "Ł": "L",
        "œ": "oe",
        "Œ": "OE",
        "–": "-",  # noqa: RUF001
        "—": "-",
        "‑": "-",  # noqa: RUF001
        "’": "'",  # noqa: RUF001
        "‘": "'",  # noqa: RUF001
        "“": '"',
        "”": '"',
        "…": "...",
        "€": "EUR",
        "©": "(c)",
        "®": "(r)",
        "\\": "/",  # before a quotation mark it would mean something else
    }
)


@dataclass(frozen=True, repr=False)
class SieFile:
    """What goes into the file.

    Attributes:
        program: Name and version of what writes it.
        made_on: When.
        name: Of the business.
        org_number: Of the business; empty if it is not known.
        year: First and last day of the financial year.
        accounts: Names of the accounts, by their numbers.
        vouchers: In the order of their days.
    """

    program: tuple[str, str]
    made_on: date
    name: str
    org_number: str
    year: tuple[date, date]
    accounts: Mapping[str, str]
    vouchers: Sequence[Voucher]


def render(file: SieFile) -> tuple[bytes, int]:
    """Return the file, and how many texts hold characters that it could not hold."""
    texts = _Texts()
    first, last = file.year
    lines = [
        "#FLAGGA 0",
        f"#PROGRAM {texts.quoted(file.program[0])} {texts.quoted(file.program[1])}",
        "#FORMAT PC8",
        f"#GEN {_day(file.made_on)}",
        "#SIETYP 4",
        *([f"#ORGNR {texts.plain(file.org_number)}"] if file.org_number else []),
        f"#FNAMN {texts.quoted(file.name)}",
        f"#RAR 0 {_day(first)} {_day(last)}",
        "#KPTYP BAS2014",
        *(f"#KONTO {one} {texts.quoted(name)}" for one, name in sorted(file.accounts.items())),
    ]
    for number, voucher in enumerate(file.vouchers, 1):
        head = f'#VER "{_SERIES}" "{number}" {_day(voucher.day)} {texts.quoted(voucher.text)}'
        lines += [f"{head} {_day(file.made_on)}", "{"]
        lines += [f"   #TRANS {account} {{}} {amount:.2f}" for account, amount in voucher.rows]
        lines.append("}")
    content = "".join(f"{line}\r\n" for line in lines).encode(CODE_PAGE)
    return content, texts.changed


class _Texts:
    """Writes texts as the file holds them, and counts those that it had to change."""

    def __init__(self) -> None:
        self.changed = 0

    def plain(self, text: str) -> str:
        written = _written(text)
        self.changed += written != text
        return written

    def quoted(self, text: str) -> str:
        return '"' + self.plain(text).replace('"', '\\"') + '"'


def _written(text: str) -> str:
    """Return a text in one line, in the nearest letters of the code page, cut at the longest."""
    line = " ".join(clean(unicodedata.normalize("NFC", text)).split())
    written = "".join(map(_nearest, line.translate(_NEAREST))).strip()
    return written[:_LONGEST].rstrip()


def _nearest(letter: str) -> str:
    """Return a character, or what is left of it without its accents; a question mark if nothing is.

    What is no character by itself, such as an accent or a joint, goes.
    """
    if _has(letter):
        return letter
    left = "".join(one for one in unicodedata.normalize("NFKD", letter) if _has(one))
    return left or ("" if unicodedata.category(letter)[0] in "CM" else _UNKNOWN)


def _has(letter: str) -> bool:
    try:
        letter.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return letter.isprintable()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
