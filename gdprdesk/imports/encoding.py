"""How the letters of a text file are written, told by which reading gives words people have."""

from __future__ import annotations

import codecs
import re
from itertools import islice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 is first tried strictly; here it stands for a file of which some bytes are broken.
# The letters of code page 437 are those of 850, which has ø and Ø as well.
_CANDIDATES = ("cp1252", "utf-8", "cp850", "mac_roman")
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SAMPLE = 5_000
_OURS = set("åäöæøÅÄÖÆØéÉ")
_KNOWN = _OURS | set("üÜèêëáàâíóòôúñçðþÁÍÓÚÑÇßščžŠŽ")
_KNOWN |= set("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\u2022°§®©\xa0\xb4·½²£«»")
_OURS_COUNT, _OTHERS_COUNT = 3, -2
_HALF = 0.4


def find_encoding(content: bytes) -> str:
    """Return the name of the encoding: by its mark, else UTF-8 if it is, else the likeliest.

    Text without a mark that is no UTF-8 was written by an older program on Windows (cp1252),
    in DOS or a cash register (cp850), or on a Mac (mac_roman).
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if silent := _utf_16_without_mark(content[:4_000]):
        return silent
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        words = [found[0] for found in islice(_WORD.finditer(content), _SAMPLE)]
        return max(_CANDIDATES, key=lambda name: _likelihood(words, name))
    return "utf-8"


def _utf_16_without_mark(sample: bytes) -> str:
    half = len(sample) // 2
    if half and sample[1::2].count(0) > _HALF * half and not sample[::2].count(0):
        return "utf-16-le"
    if half and sample[::2].count(0) > _HALF * half and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _likelihood(words: list[bytes], name: str) -> int:
    return sum(_word_likelihood(word.decode(name, errors="replace")) for word in words)


def _word_likelihood(word: str) -> int:
    """Return how likely a word is; a capital inside a word of small letters is none."""
    likelihood = 0
    for place, letter in enumerate(word):
        misplaced = place > 0 and letter.isupper() and not word.isupper()
        if misplaced or not (letter.isascii() or letter in _KNOWN):
            likelihood += _OTHERS_COUNT
        elif letter in _OURS:
            likelihood += _OURS_COUNT
    return likelihood
