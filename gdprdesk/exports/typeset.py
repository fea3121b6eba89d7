"""Letters on paper: the fonts, and how a text becomes lines of a width."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from gdprdesk.exports.cells import clean
from gdprdesk.resources import resource

REGULAR = "Inter-Regular"
MEDIUM = "Inter-Medium"
SEMIBOLD = "Inter-SemiBold"
FIGURES = "InterTabular-Regular"
STRONG_FIGURES = "InterTabular-SemiBold"

INK = "#1D2320"
MUTED = "#5A625C"
SPRUCE = "#1B6A50"
HAIRLINE = "#E3DFD6"

BOX = "\u25a1"

_FORMLESS = re.compile(  # only steers other letters: soft hyphens, joiners, directions, variants
    "[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_MAY_BREAK_AFTER = re.compile(r"(?<=[-/@._:?&=+,;])")


@dataclass(frozen=True)
class Style:
    """How a text looks. Sizes in points.

    Attributes:
        leading: From one line to the next.
        spacing: Added after each letter.
    """

    font: str
    size: float
    leading: float
    colour: str = INK
    spacing: float = 0.0

    def width(self, text: str) -> float:
        """Return how wide a text is, in points."""
        drawn: float = pdfmetrics.stringWidth(text, self.font, self.size)
        return drawn + self.spacing * len(text)


@cache
def load_fonts() -> frozenset[str]:
    """Make the fonts known to reportlab and return the characters that they have."""
    for name in (REGULAR, MEDIUM, SEMIBOLD, FIGURES, STRONG_FIGURES):
        file = io.BytesIO(resource(f"fonts/{name}.ttf").read_bytes())
        pdfmetrics.registerFont(TTFont(name, file))
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph  # type: ignore[attr-defined,unused-ignore]
    return frozenset({"\n", *map(chr, known)})


def printable(text: str) -> str:
    """Return the text as the fonts can show it; a character that they lack is a box."""
    if text.isascii() and text.isprintable():
        return text
    whole = _composed(text)
    return whole.translate({ord(letter): BOX for letter in set(whole) - load_fonts()})


def unknown_letters(text: str) -> set[str]:
    """Return the characters of a text that the fonts lack."""
    return set(_composed(text)) - load_fonts()


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Return the lines of a text. Words go to the next line whole; only what is longer than a line
    is broken, after a sign such as @ or - where it has one. Nothing is left out.
    """  # noqa: D205 - one thought
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if style.width(paragraph) <= width:
            lines.append(paragraph)
        else:
            lines.extend(_filled(paragraph, style, width))
    return lines


def _composed(text: str) -> str:
    """Return the text with letters and accents in one piece and nothing that has no form."""
    return _FORMLESS.sub("", unicodedata.normalize("NFC", clean(text)).expandtabs(4))


def _filled(paragraph: str, style: Style, width: float) -> Iterator[str]:
    space = style.width(" ")
    line, used = "", 0.0
    for word in paragraph.split(" "):
        needed = style.width(word)
        if line and used + space + needed <= width:
            line, used = f"{line} {word}", used + space + needed
            continue
        if line:
            yield line
        if needed <= width:
            line, used = word, needed
        else:
            *full, line = _broken(word, style, width)
            used = style.width(line)
            yield from full
    yield line


def _broken(word: str, style: Style, width: float) -> list[str]:
    lines = [""]
    for piece in _MAY_BREAK_AFTER.split(word):
        rest = piece
        if style.width(lines[-1] + rest) <= width:
            lines[-1] += rest
            continue
        if lines[-1]:
            lines.append("")
        while style.width(rest) > width and len(rest) > 1:
            count = _fitting(rest, style, width)
            lines[-1] = rest[:count]
            lines.append("")
            rest = rest[count:]
        lines[-1] = rest
    return lines


def _fitting(word: str, style: Style, width: float) -> int:
    """Return how many of its letters fit, one at least."""
    used = 0.0
    for count, letter in enumerate(word):
        used += style.width(letter)
        if used > width:
            return max(count, 1)
    return len(word)
