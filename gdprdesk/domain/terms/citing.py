"""How the regulation is referred to, as the language spoken writes it."""

from __future__ import annotations

import re

from gdprdesk.i18n import _


def cite(article: str) -> str:
    """Return a reference to the regulation, such as "6(1)(b)", as the language writes it."""
    if article.isdecimal():
        return article
    number, paragraph, *letters = re.findall(r"\w+", article)
    said = _("{article}({paragraph})({letter})") if letters else _("{article}({paragraph})")
    return said.format(article=number, paragraph=paragraph, letter="".join(letters))
