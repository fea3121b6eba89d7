"""What a person reads on a web page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_NEVER_READ = {"script", "style", "noscript", "template", "nav", "svg", "head", "select", "button"}
_HEADING = re.compile(r"h([1-6])")
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "ul", "ol", "dl", "dt", "dd",
    "table", "tbody", "thead", "blockquote", "address", "figure", "figcaption", "form", "hr",
    "details", "summary", "li", "tr", "pre", "body", "html", "aside",
}  # fmt: skip


def text_of_html(page: str) -> str:
    """Return the text of a page: one block on a line, without menus and programs."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """A walk through a page; a page may be as broken as it likes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._unread = 0
        self._in_cell = False

    def text(self) -> str:
        """Return what was read."""
        self._end_line()
        return "\n\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _NEVER_READ:
            self._unread += 1
        elif tag == "br":
            self._line.append(" " if self._in_cell else "\n")
        elif tag in {"td", "th"}:
            self._in_cell = True
            self._line.append(" | ")
        elif (heading := _HEADING.fullmatch(tag)) and not self._in_cell:
            self._end_line()
            self._mark = "#" * int(heading[1]) + " "
        elif tag in _BLOCKS and not self._in_cell:
            self._end_line()
            self._mark = "- " if tag == "li" else self._mark

    def handle_endtag(self, tag: str) -> None:
        if tag in _NEVER_READ:
            self._unread = max(self._unread - 1, 0)
        elif tag in {"td", "th"}:
            self._in_cell = False
        elif tag == "tr":
            self._in_cell = False
            self._line.append(" |")
            self._end_line()
        elif (tag in _BLOCKS or _HEADING.fullmatch(tag)) and not self._in_cell:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._line.append(re.sub(r"\s+", " ", data))

    def _end_line(self) -> None:
        said = "".join(self._line).strip()
        if said.strip("| "):
            self._lines.append(self._mark + said)
            self._mark = ""
        self._line = []
