"""Suppliers and other recipients: the list with what is to be done, and the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from gdprdesk.domain.activities import ActivityRecipient
from gdprdesk.domain.base import RecipientRef
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_country, format_day, format_number
from gdprdesk.services.paging import Page as Rows
from gdprdesk.services.recipients import RecipientRow, list_recipients, list_recipients_due
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.recipient_catalogue import pick_recipient
from gdprdesk_ui.dialogs.recipient_form import edit_recipient, new_recipient
from gdprdesk_ui.models.cells import PillCell, TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.pages.recipients.due import Due, due_words
from gdprdesk_ui.pages.recipients.papers import Papers
from gdprdesk_ui.pages.recipients.sheet import RecipientSheet
from gdprdesk_ui.theme import scaled
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    EmptyState,
    Line,
    PageHeading,
    SearchField,
    Surface,
    Table,
    clear,
    column,
    holder,
    row,
    scrolling,
)

KEY = "recipients"
ALL, TO_DO = "all", "to_do"
_WIDTHS = [632, 412]
_SCROLL_BAR = 14


class RecipientsPage(Page):
    """Everybody who gets personal data, and what is to be arranged with each.

    Attributes:
        search: Finds by name, service or country.
        chips: All of them, or those with something to do.
        table: The recipients.
        sheet: The one chosen; None while there is none.
        pick_button: Adds from the list of known systems.
        new_button: Adds another one.
        log_button: Opens what was handed out, and the camera clips.
    """

    scrolls = False
    changed_kinds = frozenset({Recipient, ActivityRecipient})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet: RecipientSheet | None = None
        self._known: tuple[RecipientRow, ...] = ()
        self._shown: tuple[RecipientRow, ...] = ()
        self._due: Due = {}
        self._wanted: RecipientRef | None = None
        self._reading = False
        self._papers = Papers(context)
        self.pick_button = Button(
            _("Add from the list…"), "primary", "layout-list", on_click=self._pick
        )
        self.log_button = Button(
            _("Data handed out"),
            icon_name="send",
            on_click=lambda: context.open_page("disclosures"),
        )
        self.new_button = Button(_("Another…"), icon_name="plus", on_click=self._new)
        self.search = SearchField(_("Name, what they do, country …"))
        self.chips = Chips([(ALL, _("All")), (TO_DO, _("To do"))], _("Show"))
        self.model = PagedTableModel[RecipientRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Suppliers and recipients"))
        self.empty = EmptyState(
            "handshake",
            _("Nobody here"),
            _("Add everybody who gets personal data from you."),
        )
        self._build()
        self.search.searched.connect(lambda _words: self._show_rows())
        self.search.left_down.connect(self.table.setFocus)
        self.chips.chosen.connect(lambda _key: self._show_rows())
        self.table.row_chosen.connect(self._show_sheet)
        self.table.opened.connect(lambda one: edit_recipient(context, one))

    def _build(self) -> None:
        heading = PageHeading(
            _("Suppliers and recipients"),
            _("Who else gets personal data, and the agreements with them"),
            [self.log_button, self.new_button, self.pick_button],
        )
        left = Surface()
        box = column(self.table, self.empty, spacing=0)
        left.setLayout(box)
        self._sheet_box = column(spacing=0)
        self._area = scrolling(holder(self._sheet_box), ground="surface")
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(left)
        self._split.addWidget(self._area)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes(_WIDTHS)
        self._split.setChildrenCollapsible(False)
        tools = row(self.search, 6, self.chips, spacing=8, margins=(28, 0, 28, 14))
        tools.setStretch(0, 1)
        whole = column(
            row(heading, margins=(28, 22, 28, 14)), tools, Line(), self._split, spacing=0
        )
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def arrive(self, *, recipient_ref: RecipientRef | None = None, show: str = "") -> None:
        """Show a recipient, or all with something to do (`show="to_do"`)."""
        if show in (ALL, TO_DO):
            self.chips.choose(show)
        if recipient_ref is not None:
            self.chips.choose(ALL)
            self.search.clear()
            self._wanted = recipient_ref

    def refresh(self) -> None:
        self.count_waiting()
        self._show_rows()

    def count_waiting(self) -> None:
        """Say in the navigation with how many something is to be arranged."""
        desk = self.context.desk
        self._known = desk.ask(list_recipients)
        self._due = due_words(desk.ask(list_recipients_due), self.context.today)
        self.context.set_badge(KEY, len(self._due), "warn")
        self.chips.buttons[TO_DO].set_text(
            _("To do {count}").format(count=format_number(len(self._due)))
        )

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        found: dict[Command, Callable[[], object]] = {
            Command.NEW: self._new,
            Command.FIND: self.search.setFocus,
        }
        if self.table.current() is not None:
            found[Command.EDIT] = self._change
        return found

    def first_focus(self) -> QWidget | None:
        return self.table

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        self.table.set_columns_shown([0, 1, 2, 3] if breadth is Breadth.FULL else [0])
        self.table.viewport().update()

    def _columns(self) -> list[Column[RecipientRow]]:
        def who(one: RecipientRow) -> TwoLineCell:
            """Without a column of its own, what is to be done stands under the name."""
            due = "" if self.breadth is Breadth.FULL else ", ".join(self._due.get(one.ref, ()))
            return TwoLineCell(one.name, due or one.service)

        def agreement(one: RecipientRow) -> TextCell:
            if one.agreement_on is not None:
                return TextCell(format_day(one.agreement_on, short=True), tabular=True)
            asked = one.role is RecipientRole.PROCESSOR
            return TextCell(_("None") if asked else "\N{EN DASH}", "muted")

        def to_do(one: RecipientRow) -> PillCell:
            words = self._due.get(one.ref, ())
            return PillCell(words[0], "warn", "triangle-alert") if words else PillCell("")

        return [
            Column(_("Who"), lambda one: one.name, cell=who),
            Column(
                _("Country"),
                lambda one: format_country(one.country),
                cell=lambda one: TextCell(format_country(one.country), "muted"),
                width=8,
            ),
            Column(_("Agreement"), lambda one: agreement(one).text, cell=agreement, width=11),
            Column(_("To do"), lambda one: to_do(one).text, cell=to_do, width=19),
        ]

    def _fetch(self, offset: int, limit: int) -> Rows[RecipientRow]:
        return Rows(self._shown[offset : offset + limit], len(self._shown))

    def _show_rows(self) -> None:
        """Show those that are looked for; the one chosen stays chosen if it is among them."""
        words = fold(self.search.text()).split()
        only_due = self.chips.key() == TO_DO
        self._shown = tuple(
            one
            for one in self._known
            if (not only_due or one.ref in self._due)
            and all(word in _folded(one) for word in words)
        )
        current: RecipientRow | None = self.table.current()
        wanted = self._wanted or (current.ref if current else None)
        self._wanted = None
        self._reading = True
        self.model.reload()
        places = [place for place, one in enumerate(self._shown) if one.ref == wanted]
        if self._shown:
            self.table.selectRow(places[0] if places else 0)
        self._reading = False
        self.table.setVisible(bool(self._shown))
        self.empty.setVisible(not self._shown)
        self._show_sheet(self.table.current())

    def _show_sheet(self, one: RecipientRow | None) -> None:
        if self._reading:
            return
        if self.sheet is not None:
            clear(self._sheet_box)
            self.sheet = None
        self._area.setVisible(one is not None)
        if one is None:
            return
        self.sheet = RecipientSheet(one, self._due.get(one.ref, ()), self.context.today)
        self.sheet.change_wanted.connect(self._change)
        self._papers.serve(self.sheet, one)
        self._sheet_box.addWidget(self.sheet)
        self._area.setMinimumWidth(self.sheet.minimumSizeHint().width() + scaled(_SCROLL_BAR))
        self._area.verticalScrollBar().setValue(0)

    def _change(self) -> None:
        one = self.table.current()
        if one is not None:
            edit_recipient(self.context, one)

    def _new(self) -> None:
        new_recipient(self.context, self._show_new)

    def _pick(self) -> None:
        pick_recipient(self.context, self._show_new)

    def _show_new(self, ref: RecipientRef) -> None:
        self.context.open_page(KEY, recipient_ref=ref)


def _folded(one: RecipientRow) -> str:
    return fold(f"{one.name} {one.service} {format_country(one.country)}")
