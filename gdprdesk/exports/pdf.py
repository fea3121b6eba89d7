"""Reports on paper: A4 as PDF, with every letter in it.

Every text is drawn as it is, letter by letter: there is no mark-up that a name in the register
could smuggle in, and no address that could be fetched.
"""

from __future__ import annotations

import threading

from gdprdesk.exports.blocks import Story
from gdprdesk.exports.document import Document
from gdprdesk.exports.pages import Paper
from gdprdesk.exports.typeset import load_fonts
from gdprdesk.i18n import language

ONE_AT_A_TIME = threading.Lock()
"""Held by whoever draws with reportlab: its fonts remember where they are being read."""


def render(document: Document) -> bytes:
    """Return the document as PDF, in the language it is written in."""
    with ONE_AT_A_TIME, language(document.language):
        load_fonts()
        paper = Paper(document)
        return paper.print(list(Story(document, paper.width).groups()))
