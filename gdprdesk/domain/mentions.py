"""Where a text may speak of somebody: full names, e-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gdprdesk.domain.names import WORD, is_also_word, plain

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|0)\d(?:[ \-/()\N{NO-BREAK SPACE}]{0,2}\d){6,13}(?![\w])")
# After these words two or three words with capitals are most likely a person.
_BEFORE_PERSON = re.compile(
    r"\b(?:med|hos|av|från|för|åt|till|samt|mamma|pappa|mor|far|man|maken|hustrun|frun|sambon|"
    r"mannen|kona|ektemannen|samboeren|søsteren|broren|systern|brodern|dottern|sonen|datteren|"
    r"sønnen|vännen|vennen|fra|til|og|och|with|and|by|from|for|her|his|husband|wife|mother|father|"
    r"sister|brother|daughter|son|friend)\s+$",
    re.IGNORECASE,
)
_MOST_WORDS = 3


@dataclass(frozen=True, repr=False)
class Mention:
    """A place in a text that may be about somebody.

    Attributes:
        words: As they stand there.
        parts: The words of a name, folded; none if it is an address or a number.
        told: Something before it says that a person is meant.
    """

    start: int
    end: int
    words: str
    parts: tuple[str, ...] = ()
    told: bool = False


def addresses_in(text: str) -> Iterator[Mention]:
    """Walk the e-mail addresses in a text."""
    for found in _EMAIL.finditer(text):
        yield Mention(found.start(), found.end(), found.group())


def numbers_in(text: str) -> Iterator[Mention]:
    """Walk what looks like a telephone number in a text."""
    for found in _PHONE.finditer(text):
        yield Mention(found.start(), found.end(), found.group())


def names_among(text: str) -> Iterator[Mention]:
    """Walk every two or three words in a row that could be a full name, longest first."""
    words = list(WORD.finditer(text))
    for first in range(len(words)):
        for count in range(_MOST_WORDS, 1, -1):
            run = words[first : first + count]
            if len(run) == count and _stand_together(text, run):
                start, end = run[0].start(), run[-1].end()
                as_name = all(one.group()[0].isupper() for one in run)
                parts = tuple(plain(one.group()) for one in run)
                if as_name or not all(map(is_also_word, parts)):
                    told = as_name and _BEFORE_PERSON.search(text[:start]) is not None
                    yield Mention(start, end, text[start:end], parts, told)


def _stand_together(text: str, run: list[re.Match[str]]) -> bool:
    between = (text[one.end() : other.start()] for one, other in pairwise(run))
    return all(gap in {" ", "-", "\N{NO-BREAK SPACE}"} for gap in between)
