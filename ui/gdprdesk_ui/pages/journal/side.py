"""Beside an entry: who can read the journal, and who has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gdprdesk.domain.terms import say
from gdprdesk.i18n import _, format_moment
from gdprdesk.services.journal_overview import JournalEvent, ReaderRow
from gdprdesk_ui.widgets import (
    Avatar,
    Button,
    Card,
    Icon,
    Label,
    Line,
    clear,
    column,
    holder,
    row,
    scrolling,
)


class SideCard(Card):
    """Who can read, and what was read and written.

    Attributes:
        log_button: Shows all of it, to be handed out.
    """

    def __init__(self) -> None:
        self.log_button = Button(_("Show the whole log"), "link")
        self._readers, self._events = column(spacing=8), column(spacing=8)
        super().__init__(
            Label(_("Who can read"), "card"),
            holder(self._readers),
            Line(),
            Label(_("Read and changed"), "card"),
            scrolling(holder(column(self._events, None)), ground="surface"),
            row(self.log_button, None),
        )
        self.box.setStretch(self.box.count() - 2, 1)

    def show_readers(self, readers: Sequence[ReaderRow]) -> None:
        """Show who can read the journal, and who cannot."""
        clear(self._readers)
        for one in readers:
            said = _("Can read") if one.can_read else _("Cannot read")
            sign = Icon("circle-check", "accent") if one.can_read else Icon("lock", "muted")
            words = column(Label(one.name, "body"), Label(said, "small", "muted"), spacing=0)
            self._readers.addLayout(row(Avatar(one.name, 28), holder(words), None, sign))

    def show_events(self, events: Sequence[JournalEvent]) -> None:
        """Show what was done with the journal, the latest first."""
        clear(self._events)
        for one in events:
            why = f" ({say(one.reason)})" if one.reason else ""
            done = _("{who}: {what}").format(who=one.who, what=one.what) + why
            self._events.addWidget(
                holder(
                    column(
                        Label(format_moment(datetime.fromisoformat(one.at)), "small", "muted"),
                        Label(done, "body", wrap=True),
                        spacing=0,
                    )
                )
            )
        if not events:
            self._events.addWidget(Label(_("Nothing yet."), "body", "muted"))
