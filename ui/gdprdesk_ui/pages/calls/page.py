"""Calls and messages: a list that is searched by digits and words, and a form for the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.calls import Call
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Direction, say
from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.calls import CallRow, list_calls
from gdprdesk.services.paging import Page as RowPage
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.call_form import change_call, log_call
from gdprdesk_ui.dialogs.wanted import write_time
from gdprdesk_ui.models.cells import TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.pages.long_list import long_list, one_of
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.widgets import (
    Button,
    EmptyState,
    Label,
    PageHeading,
    SearchField,
    Table,
    row,
)

_BETWEEN = "  \N{MIDDLE DOT}  "


class CallsPage(Page):
    """Who got in touch, when, and what it was about.

    Attributes:
        new_button: Writes down a call.
        search: Words, or digits of a number.
        table: The calls found; opening one shows it.
        empty: Shown while there is none.
    """

    scrolls = False
    changed_kinds = frozenset({Call, Booking, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ref: RecordRef | None = None
        self.new_button = Button(
            _("Log a call"), "primary", "plus", on_click=lambda: log_call(context)
        )
        self.search = SearchField(_("Number, name or what it was about …"))
        self.model = PagedTableModel[CallRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Calls and messages"))
        self.empty = EmptyState(
            "phone",
            _("No calls or messages here"),
            _("Write down who called and what it was about, and make an order of it by a click."),
        )
        self._found = one_of(self.table, self.empty)
        self._count = Label("", "small", "muted")
        self._build()
        self.search.searched.connect(lambda _words: self.refresh())
        self.search.left_down.connect(self.table.setFocus)
        self.table.opened.connect(lambda one: change_call(context, one))

    def _build(self) -> None:
        context = self.context
        heading = PageHeading(
            _("Calls and messages"),
            _("Kept for a few months, then they leave by themselves"),
            [self.new_button],
            back=(context.names.orders, lambda: context.open_page("orders")),
        )
        filters = row(self.search, None, margins=(28, 0, 28, 12))
        filters.setStretch(0, 4)
        filters.setStretch(1, 5)
        self.setLayout(long_list(heading, filters, self._found, self._count))

    def arrive(self, *, ref: RecordRef | None = None, search: str = "") -> None:
        """Show the list, and one call of it if that is said."""
        self._ref = ref
        if search:
            self.search.setText(search)

    def refresh(self) -> None:
        self.model.reload()
        total = self.context.desk.ask(list_calls, search=self.search.text(), limit=0).total
        self._found.setCurrentWidget(self.table if total else self.empty)
        said = ngettext("{count} call or message", "{count} calls and messages", total)
        self._count.setText(said.format(count=format_number(total)))
        if self._ref is not None:
            rows = self.context.desk.ask(list_calls, limit=10_000).rows
            known = next((one for one in rows if one.ref == self._ref), None)
            self._ref = None
            if known is not None:
                change_call(self.context, known)

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {
            Command.NEW: lambda: log_call(self.context),
            Command.FIND: self.search.setFocus,
        }

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        every = range(len(self.model.columns))
        self.table.set_columns_shown(every if breadth >= Breadth.FULL else every[:-1])

    def first_focus(self) -> QWidget | None:
        return self.table if self.model.rowCount() else self.new_button

    def _fetch(self, offset: int, limit: int) -> RowPage[CallRow]:
        search = self.search.text()
        return self.context.desk.ask(list_calls, search=search, offset=offset, limit=limit)

    def _columns(self) -> list[Column[CallRow]]:
        today = self.context.today
        named = self.context.names.either(_("Order"), _("Booking"))

        def who(one: CallRow) -> TwoLineCell:
            name = one.who or one.number or _("Hidden number")
            return TwoLineCell(name, one.number if one.who else "")

        def how(one: CallRow) -> TwoLineCell:
            minutes = (
                ngettext("{count} minute", "{count} minutes", one.minutes).format(count=one.minutes)
                if one.minutes
                else ""
            )
            way = say(one.channel)
            sent = _("from us") if one.direction is Direction.OUT else _("to us")
            return TwoLineCell(_BETWEEN.join((way, sent)), minutes)

        def when(one: CallRow) -> TextCell:
            day = format_day(one.on, short=True, today=today)
            return TextCell(" ".join(filter(None, (day, write_time(one.at)))), tabular=True)

        return [
            Column(_("When"), lambda one: when(one).text, cell=when, width=14),
            Column(_("Who"), lambda one: who(one).title, cell=who, width=20),
            Column(_("What it was about"), lambda one: one.summary),
            Column(_("How"), lambda one: how(one).title, cell=how, width=20),
            Column(named, lambda one: one.booking_number, width=12),
        ]
