"""The head of a letter on paper: the sender at the right, the addressee where the window is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from reportlab.lib.units import mm

from gdprdesk.exports.document import LetterHead
from gdprdesk.exports.pages import Group, Strip, Text
from gdprdesk.exports.typeset import MUTED, REGULAR, SEMIBOLD, Style, printable, wrap

BODY = Style(REGULAR, 10, 14.5)
STRONG = Style(SEMIBOLD, 10, 14.5)
SUBJECT = Style(SEMIBOLD, 12, 16.5)

_ADDRESSEE = Style(REGULAR, 10, 12.5)
_NAME = Style(SEMIBOLD, 10, 12.5)
_NOTE = Style(REGULAR, 9, 12.5, MUTED)

# The windows at the left of E65, C65 and C5 envelopes share 44 to 70 mm from the top of the page
# and 15 to 110 mm from its left edge; nothing else may show down to 80 mm.
_ABOVE_THE_WINDOW = 6  # lines below the margin of the page
_BEFORE_THE_SUBJECT = 15
_WINDOW = 88 * mm
_SENDER_FROM = 110 * mm


def letter_head(head: LetterHead, width: float) -> Group:
    """Return the head of a letter on a page whose text is so many points wide.

    The texts must be drawn with the margins of a page; nothing of them is cut: what is longer
    than the window wraps, and what has more lines pushes the letter down.
    """
    left = [("", _ADDRESSEE)] * _ABOVE_THE_WINDOW
    left += _lines(head.addressee, _ADDRESSEE, _WINDOW)
    name, *rest = (*head.sender, "")
    right = _lines([name], _NAME, width - _SENDER_FROM)
    right += _lines([*rest, *head.notes], _NOTE, width - _SENDER_FROM)
    strips = [
        Strip(_ADDRESSEE.leading, tuple(_texts(own, others)))
        for own, others in zip_longest(left, right)
    ]
    strips += [Strip(_ADDRESSEE.leading)] * (_BEFORE_THE_SUBJECT - len(strips))
    return Group(strips)


_Line = tuple[str, Style]


def _lines(texts: Sequence[str], style: Style, width: float) -> list[_Line]:
    return [(line, style) for text in texts for line in wrap(printable(text), style, width)]


def _texts(left: _Line | None, right: _Line | None) -> list[Text]:
    beside = ((0.0, left), (_SENDER_FROM, right))
    return [Text(x, *line) for x, line in beside if line is not None and line[0]]
