"""Paper that the clean-up cannot take: somebody shreds it."""

from __future__ import annotations

from collections.abc import Sequence

from gdprdesk.i18n import _, format_number
from gdprdesk.services.papers import PaperRow
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.pages.papers.lines import PaperLine
from gdprdesk_ui.widgets import Button, Card, CardHeading, Label, clear, column

_SHOWN = 4


class PaperCard(Card):
    """What is to be taken out and shredded.

    Attributes:
        lines: A line for each folder or box shown.
        all_button: Opens the page about paper.
    """

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.all_button = Button("", "link", on_click=lambda: context.open_page("papers"))
        self._lines = column(spacing=12)
        super().__init__(
            CardHeading(_("On paper: to take out and shred"), self.all_button),
            self._lines,
            Label(_("It leaves when you write down that it is shredded."), "small", "muted"),
            spacing=12,
        )
        self.lines: list[PaperLine] = []

    def show_papers(self, papers: Sequence[PaperRow]) -> None:
        """Show what is over, the first of it."""
        clear(self._lines)
        self.lines = [PaperLine(self._context, one, may_change=False) for one in papers[:_SHOWN]]
        for line in self.lines:
            self._lines.addWidget(line)
        self.all_button.setText(_("Show all {count}").format(count=format_number(len(papers))))
        self.all_button.setVisible(len(papers) > _SHOWN)
        self.setVisible(bool(papers))
