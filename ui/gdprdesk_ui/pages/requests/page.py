"""The requests: those that wait for an answer by their day, then those that were answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import say
from gdprdesk.domain.text import fold
from gdprdesk.i18n import _, format_day, format_number
from gdprdesk.services.paging import Page as Rows
from gdprdesk.services.request_rows import RequestRow
from gdprdesk.services.requests import list_requests, requests_due
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.request_form import new_request
from gdprdesk_ui.models.cells import PillCell, TextCell, TwoLineCell
from gdprdesk_ui.models.paged_table import Column, PagedTableModel
from gdprdesk_ui.pages.page import Breadth, Command, Page
from gdprdesk_ui.pages.requests.words import time_left, who_asks
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    EmptyState,
    Line,
    PageHeading,
    SearchField,
    Surface,
    Table,
    column,
    row,
)

KEY = "requests"
OPEN, DONE, ALL = "open", "done", "all"


class RequestsPage(Page):
    """Everybody who has asked for something about her data, and how long there is to answer.

    Attributes:
        new_button: Writes down a new request.
        search: Finds by name, number or what is asked.
        chips: Those that wait, those that were answered, or all.
        table: The requests.
        empty: Shown while there is none.
    """

    scrolls = False
    changed_kinds = frozenset({DataSubjectRequest, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._known: tuple[RequestRow, ...] = ()
        self._shown: tuple[RequestRow, ...] = ()
        self.new_button = Button(_("New request…"), "primary", "plus", on_click=self.add)
        self.search = SearchField(_("Name, number or what is asked …"))
        self.chips = Chips(
            [(OPEN, _("To answer")), (DONE, _("Answered")), (ALL, _("All"))], _("Show")
        )
        self.model = PagedTableModel[RequestRow](self._columns(), self._fetch, self)
        self.table = Table(self.model, _("Requests"))
        self.empty = EmptyState("hand", _("Nobody waits for an answer"), "")
        self._build()
        self.search.searched.connect(lambda _words: self._show_rows())
        self.search.left_down.connect(self.table.setFocus)
        self.chips.chosen.connect(lambda _key: self._show_rows())
        self.table.opened.connect(lambda one: context.open_page("request", request_ref=one.ref))

    def _build(self) -> None:
        heading = PageHeading(
            _("Requests"),
            _("See, correct, erase: answered within a month"),
            [self.new_button],
        )
        self.empty.set_words(
            _("Nobody waits for an answer"),
            _("Write it down when somebody asks what you have, or wants it corrected or erased."),
        )
        ground = Surface()
        inside = column(self.table, self.empty, spacing=0)
        ground.setLayout(inside)
        tools = row(self.search, 6, self.chips, spacing=8, margins=(28, 0, 28, 14))
        tools.setStretch(0, 1)
        whole = column(row(heading, margins=(28, 22, 28, 14)), tools, Line(), ground, spacing=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def arrive(self, *, new: bool = False, subject_ref: SubjectRef | None = None) -> None:
        """Show the list, or write down a new request, about this person if one is named."""
        if new or subject_ref is not None:
            self.add(subject_ref)

    def refresh(self) -> None:
        self.count_waiting()
        self._show_rows()

    def count_waiting(self) -> None:
        """Say in the navigation how many press."""
        due = self.context.desk.ask(requests_due)
        self._known = self.context.desk.ask(list_requests)
        pressing = len(due.overdue) + len(due.soon)
        self.context.set_badge(KEY, pressing, "danger" if due.overdue else "warn")
        self.chips.buttons[OPEN].set_text(
            _("To answer {count}").format(count=format_number(due.open))
        )

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: self.add, Command.FIND: self.search.setFocus}

    def first_focus(self) -> QWidget | None:
        return self.table if self._shown else self.new_button

    def set_breadth(self, breadth: Breadth) -> None:
        super().set_breadth(breadth)
        self.table.set_columns_shown([0, 1, 2, 3] if breadth is Breadth.FULL else [0, 3])

    def add(self, subject_ref: SubjectRef | None = None) -> None:
        """Write down a new request, and go to it."""
        new_request(
            self.context,
            lambda one: self.context.open_page("request", request_ref=one.ref),
            subject_ref,
        )

    def _columns(self) -> list[Column[RequestRow]]:
        today = self.context.today

        def left(one: RequestRow) -> PillCell:
            words, tone = time_left(one, today)
            return PillCell(words, tone, "clock" if one.is_open else "check")

        return [
            Column(_("Who"), who_asks, cell=lambda one: TwoLineCell(who_asks(one), say(one.kind))),
            Column(
                _("Came"),
                lambda one: format_day(one.received_on),
                cell=lambda one: TextCell(
                    format_day(one.received_on, short=True, today=today), "muted", tabular=True
                ),
                width=11,
            ),
            Column(
                _("Answer by"),
                lambda one: format_day(one.due_on),
                cell=lambda one: TextCell(
                    format_day(one.due_on, short=True, today=today), tabular=True
                ),
                width=11,
            ),
            Column(_("Time"), lambda one: time_left(one, today)[0], cell=left, width=22),
        ]

    def _fetch(self, offset: int, limit: int) -> Rows[RequestRow]:
        return Rows(self._shown[offset : offset + limit], len(self._shown))

    def _show_rows(self) -> None:
        words, key = fold(self.search.text()).split(), self.chips.key()
        self._shown = tuple(
            one
            for one in self._known
            if (key == ALL or one.is_open == (key == OPEN))
            and all(word in _folded(one) for word in words)
        )
        self.model.reload()
        self.table.setVisible(bool(self._shown))
        self.empty.setVisible(not self._shown)


def _folded(one: RequestRow) -> str:
    return fold(f"{who_asks(one)} {one.number} {say(one.kind)} {one.wish}")
