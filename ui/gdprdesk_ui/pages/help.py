"""The help: what stands in resources/help, with its index at the left."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QTextBlockFormat
from PySide6.QtWidgets import QSplitter, QTextBrowser, QWidget

from gdprdesk.i18n import LANGUAGES, _, current_language
from gdprdesk.resources import resource
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.pages.page import Page
from gdprdesk_ui.theme import NEW_LOOK, font, scaled
from gdprdesk_ui.tokens import READING_WIDTH
from gdprdesk_ui.widgets import EntryList, Line, PageHeading, Surface, column, row

INDEX = "index"
_LINE = 130.0  # per cent of the height of the letters
_HEADING = re.compile(r"^## (.+)$")
_LINK = re.compile(r"^- \[(?P<title>[^]]+)\]\((?P<page>[\w-]+)\.md\)(?:: (?P<sentence>.+))?$")


def help_text(page: str) -> str:
    """Return a page of the help in the language spoken, as Markdown."""
    return resource(f"help/{_language()}/{page}.md").read_text("utf-8")


def help_index() -> list[Section]:
    """Return the groups of the index with their pages, itself first; each by its name."""
    sections: list[Section] = []
    title = ""
    entries = [Entry(_("Overview"), icon="list", key=INDEX)]
    for line in [*help_text(INDEX).splitlines(), "## end"]:
        heading, link = _HEADING.match(line), _LINK.match(line)
        if link:
            entries.append(Entry(link["title"], icon="file-text", key=link["page"]))
        if heading and title:
            sections.append(Section(title, tuple(entries)))
            entries = []
        if heading:
            title = heading[1]
    return sections


class HelpPage(Page):
    """Reads like a small book: chosen at the left, or by the links in the text.

    Attributes:
        index: The pages.
        text: The page that is read.
    """

    scrolls = False
    changed_kinds = frozenset()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page = INDEX
        self.index = EntryList(_("Help pages"), "rows")
        self.index.show_sections(help_index())
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.document().setDocumentMargin(0)
        self.text.anchorClicked.connect(self._follow)
        self.index.entry_chosen.connect(self._choose)
        surface = Surface()
        inside = row(self.text, None, margins=(32, 24, 24, 8))
        inside.setStretch(0, 100)
        surface.setLayout(inside)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.index)
        split.addWidget(surface)
        split.setHandleWidth(1)
        split.setSizes([280, 760])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        head = row(PageHeading(_("Help")), margins=(28, 22, 28, 16))
        box = column(head, Line(), split, spacing=0)
        box.setStretch(2, 1)
        self.setLayout(box)
        self._measure()
        self.show_page(INDEX)

    def arrive(self, *, page: str = INDEX) -> None:
        """Show a page by its name, such as "erase"."""
        self.show_page(page)

    def first_focus(self) -> QWidget | None:
        return self.index

    def show_page(self, page: str) -> None:
        """Read a page."""
        self._page = page
        self.text.setMarkdown(help_text(page))
        self._space_out()
        self.text.verticalScrollBar().setValue(0)
        self.index.choose(page)

    def page_shown(self) -> str:
        """Return the name of the page that is read."""
        return self._page

    def event(self, event: QEvent) -> bool:
        if event.type() in NEW_LOOK:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        self.text.document().setDefaultFont(font("body"))
        self.text.setMaximumWidth(scaled(READING_WIDTH + 60))

    def _space_out(self) -> None:
        """Give the lines and paragraphs air; Markdown says nothing of that."""
        cursor, block = self.text.textCursor(), self.text.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            shape = block.blockFormat()
            heading, item = shape.headingLevel(), block.textList() is not None
            shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(scaled(20 if heading > 1 else 0))
            shape.setBottomMargin(scaled(4 if item else 8))
            cursor.setBlockFormat(shape)
            block = block.next()

    def _choose(self, entry: Entry | None) -> None:
        if entry is not None and entry.key != self._page:
            self.show_page(str(entry.key))

    def _follow(self, link: QUrl) -> None:
        """Follow a link to another page; nothing leads out of the program."""
        page = link.path().removesuffix(".md")
        if link.isRelative() and resource(f"help/{_language()}/{page}.md").is_file():
            self.show_page(page)


def _language() -> str:
    said = current_language()
    return said if said in LANGUAGES else "en"
