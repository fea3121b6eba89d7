"""The log of breaches, with the button for when something has happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.breaches import Breach, BreachNotice
from gdprdesk.i18n import _
from gdprdesk.services.breach_files import export_breaches
from gdprdesk.services.breach_log import BreachRow, list_breaches
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.save_guarded import SHEET_FIRST, save_report
from gdprdesk_ui.pages.breaches.start import StartCard
from gdprdesk_ui.pages.breaches.words import clock_pill, sentence_of, title_of, tone_of
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Card,
    CardHeading,
    EmptyState,
    IconTile,
    OpenRow,
    PageHeading,
    clear,
    column,
    row,
)

KEY = "breaches"
MINUTE_MS = 60_000


class BreachesPage(Page):
    """All breaches, the most pressing first; each opens by a click.

    Attributes:
        new_button: Something has happened: shows the ready cases.
        log_button: Saves the log of them all.
        start: The ready cases.
        rows: A row for each breach, in the order shown.
        empty: Shown while nothing has happened.
    """

    changed_kinds = frozenset({Breach, BreachNotice})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.new_button = Button(
            _("Something has happened"), "primary", "siren", on_click=self.begin
        )
        self.log_button = Button(_("Save the log…"), icon_name="download", on_click=self._save)
        self.start = StartCard(context)
        self.start.hide()
        self.start.started.connect(self._open_new)
        self.rows: list[OpenRow] = []
        self.empty = EmptyState(
            "shield-check",
            _("Nothing has happened"),
            _(
                "A computer is stolen, a mail goes to the wrong person, a stick is lost: write it "
                "down here at once. The time to tell the authority is short."
            ),
        )
        self._open, self._closed = Card(padding=8, spacing=2), Card(padding=8, spacing=2)
        sentence = _("What has gone wrong with personal data, also what is not reported")
        heading = PageHeading(_("Breaches"), sentence, [self.log_button, self.new_button])
        self.setLayout(
            column(
                heading,
                self.start,
                self._open,
                self._closed,
                self.empty,
                None,
                spacing=16,
                margins=(32, 26, 32, 26),
            )
        )
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    def arrive(self, *, new: bool = False) -> None:
        """Show the log; `new` offers the ready cases at once."""
        self.start.hide()
        if new:
            self.begin()

    def refresh(self) -> None:
        rows = self.count_breaches()
        self.rows = []
        self._fill(self._open, _("Not closed yet"), [one for one in rows if one.closed_on is None])
        self._fill(self._closed, _("Closed"), [one for one in rows if one.closed_on is not None])
        self.empty.setVisible(not rows and self.start.isHidden())
        self.log_button.setVisible(bool(rows))

    def count_waiting(self) -> None:
        """Say in the navigation how many breaches are open."""
        self.count_breaches()

    def count_breaches(self) -> Sequence[BreachRow]:
        """Return all breaches, and say in the navigation how many are open."""
        rows = self.context.desk.ask(list_breaches)
        waiting = [one for one in rows if one.closed_on is None]
        tone = "danger" if any(tone_of(one) == "danger" for one in waiting) else "warn"
        self.context.set_badge(KEY, len(waiting), tone)
        return rows

    def commands(self) -> Mapping[Any, Callable[[], object]]:
        return {Command.NEW: self.begin, Command.EXPORT: self._save}

    def first_focus(self) -> QWidget | None:
        return self.rows[0] if self.rows else self.new_button

    def begin(self) -> None:
        """Offer the ready cases."""
        self.start.begin()
        self.start.show()
        self.empty.hide()
        next(iter(self.start.tiles.values())).setFocus()

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def _fill(self, card: Card, title: str, rows: Sequence[BreachRow]) -> None:
        clear(card.box)
        card.setVisible(bool(rows))
        if rows:
            card.add(row(CardHeading(title), margins=(8, 6, 8, 4)))
        for one in rows:
            sign = IconTile("siren", tone_of(one))
            shown = OpenRow(sign, title_of(one), sentence_of(one), clock_pill(one))
            shown.clicked.connect(partial(self.context.open_page, "breach", breach_ref=one.ref))
            self.rows.append(shown)
            card.add(shown)

    def _open_new(self, ref: object) -> None:
        self.start.hide()
        self.context.open_page("breach", breach_ref=ref)

    def _save(self) -> None:
        save_report(
            self.context,
            _("Log of breaches"),
            export_breaches,
            *SHEET_FIRST,
            button=self.log_button,
        )
