"""Whose journals there are, what is not signed yet, and what is found in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _, format_day
from gdprdesk.services.journal import NoteRow, list_drafts
from gdprdesk.services.journal_overview import JournalRow, list_journals
from gdprdesk.services.journal_reading import NoteFound, search_journal
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.models.cells import PersonCell, PillCell, TextCell
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.pages.journal.begin import choose_client
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Card,
    EmptyState,
    EntryList,
    Label,
    Line,
    PageHeading,
    SearchField,
    Table,
    column,
    holder,
    row,
)


class JournalPage(Page):
    """All journals, the latest entry first. What the entries say is searched in memory only.

    Attributes:
        new_button: Begins a note about somebody.
        search: What is sought in what the entries say; Enter searches.
        table: Whose journals there are.
        drafts: What nobody has signed yet.
        found: In which entries the words stand.
    """

    scrolls: ClassVar[bool] = False
    changed_kinds = frozenset({JournalNote, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.new_button = Button(_("New note"), "primary", "notebook-pen", on_click=self._begin)
        if Permission.JOURNAL_WRITE not in context.desk.permissions:
            self.new_button.hide()
        self.search = SearchField(_("Search in what the notes say, and press Enter"))
        self.model = PagedTableModel[JournalRow](
            [
                Column(_("Name"), lambda r: r.name, cell=lambda r: PersonCell(r.name, "")),
                Column(
                    _("Last visit"),
                    lambda r: format_day(r.last_on, short=True, today=context.today),
                    cell=lambda r: TextCell(
                        format_day(r.last_on, short=True, today=context.today), tabular=True
                    ),
                    width=14,
                ),
                Column(
                    _("Notes"),
                    lambda r: str(r.entries),
                    cell=lambda r: TextCell(str(r.entries), tabular=True, right=True),
                    width=13,
                ),
                Column(
                    _("Not signed"),
                    _drafts,
                    cell=lambda r: PillCell(_drafts(r), "warn") if r.drafts else TextCell(""),
                    width=14,
                ),
            ],
            lambda offset, limit: context.desk.ask(list_journals, offset=offset, limit=limit),
            self,
        )
        self.table = Table(self.model, _("Journals"))
        self.drafts = EntryList(_("Not signed"), "rows")
        self.found = EntryList(_("Found in the journals"), "rows")
        self._connect()
        self._build()

    def _connect(self) -> None:
        self.search.returnPressed.connect(self._search)
        self.search.textChanged.connect(self._forget_found)
        self.table.opened.connect(self._open)
        self.drafts.opened.connect(lambda entry: self._open_note(entry.key))
        self.found.opened.connect(lambda entry: self._open_note(entry.key))

    def _build(self) -> None:
        self._none = EmptyState(
            "notebook-pen",
            _("No journal yet"),
            _(
                "What you write about a client is sealed with a key that only those have who may "
                "read the journal. That somebody has read it is written down each time."
            ),
        )
        self._waiting = Card(Label(_("Not signed"), "card"), self.drafts)
        self._finds = Card(Label(_("Found in the journals"), "card"), self.found)
        head = PageHeading(
            _("Journal"), _("Only those who were given its key can read it."), [self.new_button]
        )
        box = column(
            row(head, margins=(28, 22, 28, 12)),
            row(self.search, margins=(28, 0, 28, 12)),
            holder(row(self._finds, margins=(28, 0, 28, 12))),
            holder(row(self._waiting, margins=(28, 0, 28, 12))),
            Line(),
            self.table,
            self._none,
            spacing=0,
        )
        box.setStretch(box.count() - 2, 1)
        self._finds.hide()
        self.setLayout(box)

    def refresh(self) -> None:
        self.model.reload()
        drafts = self.context.desk.ask(list_drafts, days=0)
        self.drafts.show_sections([Section("", tuple(self._draft(one) for one in drafts))])
        self.drafts.setFixedHeight(min(self.drafts.content_height(), self.height() // 3) + 2)
        self._waiting.setVisible(bool(drafts))
        none = not self.model.rowCount() and not drafts
        self._none.setVisible(none)
        self.table.setVisible(not none)

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: self._begin, Command.FIND: self.search.setFocus}

    def first_focus(self) -> QWidget | None:
        return self.search

    def _draft(self, one: NoteRow) -> Entry:
        day = format_day(one.happened_on, short=True, today=self.context.today)
        return Entry(one.name, one.author, avatar=one.name, end=day, key=one)

    def _open(self, one: JournalRow) -> None:
        self.context.open_page("client_journal", subject_ref=one.subject_ref)

    def _open_note(self, one: NoteRow) -> None:
        self.context.open_page("client_journal", subject_ref=one.subject_ref, note_ref=one.ref)

    def _begin(self) -> None:
        choose_client(
            self.context,
            lambda ref: self.context.open_page("client_journal", subject_ref=ref, new=True),
        )

    def _search(self) -> None:
        desk, text = self.context.desk, self.search.text()
        if text.strip():
            self.context.perform(
                lambda _progress: desk.read(search_journal, text=text),
                self._show_found,
                doing=_("Searching …"),
            )

    def _show_found(self, found: tuple[NoteFound, ...]) -> None:
        entries = tuple(
            Entry(
                one.row.name,
                " ".join(one.around.split()),
                avatar=one.row.name,
                end=format_day(one.row.happened_on, short=True, today=self.context.today),
                key=one.row,
            )
            for one in found
        )
        nothing = Entry(_("Nothing found in the journals"), icon="search")
        self.found.show_sections([Section("", entries or (nothing,))])
        self.found.setFixedHeight(min(self.found.content_height(), self.height() // 2) + 2)
        self._finds.show()

    def _forget_found(self) -> None:
        """Show no words any more that were found for something else."""
        self.found.show_sections([])
        self._finds.hide()


def _drafts(one: JournalRow) -> str:
    return str(one.drafts) if one.drafts else ""
