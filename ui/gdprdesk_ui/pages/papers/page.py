"""The page about paper: what is to be shredded first, then the cabinet, then the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.papers import DestructionRecord, PaperFile
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.paper_files import export_papers, export_shredding
from gdprdesk.services.papers import PaperRow, list_papers
from gdprdesk.services.shredding import ShreddingRow, list_shredded
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.paper_form import new_paper, shred_paper
from gdprdesk_ui.dialogs.save_guarded import SHEET_FIRST, save_report
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.pages.papers.lines import PaperLine, shredding_words
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    EmptyState,
    Label,
    ListRow,
    PageHeading,
    clear,
    column,
)

_SHOWN = 12


class PapersPage(Page):
    """What lies where, what is to be taken out, and what was shredded.

    Attributes:
        new_button: Adds a folder or box.
        shred_button: Writes down that loose paper was shredded.
        print_button: Saves the list to lay into the cabinet.
        log_button: Saves the shredding log as PDF, sheet_button as a workbook.
        lines: A line for each folder and box shown.
        more_buttons: Show the rest of the cabinet, and of the log.
        empty: Shown while nothing is in the list and nothing was shredded.
    """

    changed_kinds = frozenset(
        {PaperFile, DestructionRecord, ProcessingActivity, DataSubject, Hold, ErasureCase}
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._all = {"papers": False, "log": False}
        self.lines: list[PaperLine] = []
        self.new_button = Button(
            _("New paper"), "primary", "plus", on_click=lambda: new_paper(context)
        )
        self.shred_button = Button(
            _("Paper was shredded…"), icon_name="trash-2", on_click=lambda: shred_paper(context)
        )
        self.print_button = Button(
            _("List…"), icon_name="printer", size="small", on_click=self._print
        )
        self.log_button = Button(
            _("PDF…"), icon_name="file-text", size="small", on_click=self._save_log
        )
        self.sheet_button = Button(
            _("Excel…"), icon_name="file-spreadsheet", size="small", on_click=self._save_sheet
        )
        self.more_buttons = {
            one: Button("", "link", on_click=partial(self._show_all, one)) for one in self._all
        }
        self._build()

    def _build(self) -> None:
        self.heading = PageHeading(
            _("Paper and shredding"),
            _("What lies in the cabinet, when it is to be shredded, and what was"),
            [self.shred_button, self.new_button],
            back=(_("Clean-up"), lambda: self.context.open_page("clean_up")),
        )
        self.empty = EmptyState(
            "archive",
            _("No paper in the list"),
            _("Add the folders and boxes in the locked cabinet, and you are told when to shred."),
        )
        self._papers, self._log = column(spacing=14), column(spacing=12)
        self._cabinet = Card(
            CardHeading(_("In the cabinet"), self.print_button),
            self._papers,
            self.more_buttons["papers"],
            spacing=12,
        )
        self._shredded = Card(
            CardHeading(_("Shredding log"), self.log_button, self.sheet_button),
            self._log,
            self.more_buttons["log"],
            Label(_("It names nobody."), "small", "muted"),
            spacing=12,
        )
        self.setLayout(
            column(
                self.heading,
                self.empty,
                self._cabinet,
                self._shredded,
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def refresh(self) -> None:
        papers = self.context.desk.ask(list_papers)
        log = self.context.desk.ask(list_shredded)
        self._show_papers(papers)
        self._show_log(log)
        self.empty.setVisible(not papers and not log)
        self._cabinet.setVisible(bool(papers))
        self._shredded.setVisible(bool(log))
        due = sum(one.is_due for one in papers)
        said = ngettext(
            "{count} is to be taken out and shredded",
            "{count} are to be taken out and shredded",
            due,
        ).format(count=format_number(due))
        usual = _("What lies in the cabinet, when it is to be shredded, and what was")
        self.heading.set_words(_("Paper and shredding"), said if due else usual)

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: lambda: new_paper(self.context), Command.PRINT: self._print}

    def first_focus(self) -> QWidget:
        return self.new_button

    def _show_papers(self, papers: Sequence[PaperRow]) -> None:
        clear(self._papers)
        shown = papers if self._all["papers"] else papers[:_SHOWN]
        self.lines = [PaperLine(self.context, one) for one in shown]
        for line in self.lines:
            self._papers.addWidget(line)
        self._show_more("papers", len(papers))

    def _show_log(self, log: Sequence[ShreddingRow]) -> None:
        clear(self._log)
        for one in log if self._all["log"] else log[:_SHOWN]:
            day = format_day(one.done_on, short=True, today=self.context.today)
            words = shredding_words(one)
            when = Label(day, "small", "muted", keep=True, tabular=True)
            self._log.addWidget(ListRow("file-check", one.what, words, when))
        self._show_more("log", len(log))

    def _show_more(self, what: str, count: int) -> None:
        button = self.more_buttons[what]
        button.setText(_("Show all {count}").format(count=format_number(count)))
        button.setVisible(count > _SHOWN and not self._all[what])

    def _show_all(self, what: str) -> None:
        self._all[what] = True
        self.refresh()

    def _print(self) -> None:
        save_report(self.context, _("Paper"), export_papers)

    def _save_log(self) -> None:
        save_report(self.context, _("Shredding log"), export_shredding)

    def _save_sheet(self) -> None:
        save_report(self.context, _("Shredding log"), export_shredding, *SHEET_FIRST)
