"""The clean-ups that were done, each with its protocol."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gdprdesk.i18n import _, format_day, format_number, ngettext
from gdprdesk.services.clean_up import AUTOMATIC, CleanUpRow
from gdprdesk.services.clean_up_files import export_clean_up
from gdprdesk.services.files import FileFormat
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.widgets import Button, Card, CardHeading, ListRow, clear, column

_SHOWN = 3


class DoneCard(Card):
    """What left before, when, and who started it; nobody is named.

    Attributes:
        buttons: Saves the protocol of each, the latest first.
        more_button: Shows all of them.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(CardHeading(_("Done before")), spacing=12)
        self._context = context
        self._runs: Sequence[CleanUpRow] = ()
        self._all = False
        self._rows = column(spacing=12)
        self.more_button = Button("", "link", on_click=self._show_all)
        self.buttons: list[Button] = []
        self.add(self._rows, self.more_button)

    def show_runs(self, runs: Sequence[CleanUpRow]) -> None:
        """Show the last of them."""
        self._runs = runs
        clear(self._rows)
        self.buttons = []
        for run in runs if self._all else runs[:_SHOWN]:
            button = Button(_("Protocol…"), icon_name="file-check", size="small")
            button.clicked.connect(partial(self._save, run))
            button.setAccessibleDescription(_day(run))
            self.buttons.append(button)
            self._rows.addWidget(ListRow("archive", _day(run), _figures(run), button))
        hidden = len(runs) > _SHOWN and not self._all
        self.more_button.setText(_("Show all {count}").format(count=format_number(len(runs))))
        self.more_button.setVisible(hidden)
        self.setVisible(bool(runs))

    def _show_all(self) -> None:
        self._all = True
        self.show_runs(self._runs)
        self.buttons[_SHOWN].setFocus()

    def _save(self, run: CleanUpRow, _clicked: bool = False) -> None:
        save_protocol(self._context, run)


def save_protocol(context: PageContext, run: CleanUpRow) -> None:
    """Ask where the protocol of a clean-up goes, and save it there as PDF."""
    name = _("Clean-up {day}").format(day=f"{run.done_at.astimezone():%Y-%m-%d}")
    save_report(context, name, export_clean_up, FileFormat.PDF, ref=run.ref)


def _day(run: CleanUpRow) -> str:
    return format_day(run.done_at.astimezone().date())


def _figures(run: CleanUpRow) -> str:
    records = ngettext("{count} record", "{count} records", run.records)
    people = ngettext("{count} person", "{count} people", run.people)
    who = _("by itself") if run.done_by == AUTOMATIC else _("by hand")
    parts = [records.format(count=format_number(run.records))]
    if run.people:
        parts.append(people.format(count=format_number(run.people)))
    if run.spared:
        kept = ngettext("{count} was kept", "{count} were kept", len(run.spared))
        parts.append(kept.format(count=format_number(len(run.spared))))
    return "  \N{MIDDLE DOT}  ".join([*parts, who])
