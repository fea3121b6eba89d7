"""The page of the copies: where they are made and when, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.backups import BackupCopy, BackupPlace
from gdprdesk.domain.erasure import ErasureCase
from gdprdesk.i18n import _, format_moment, format_number
from gdprdesk.services.backup_catalogue import BackupCopyRow, list_copies
from gdprdesk.services.backup_places import BackupPlaceRow, list_backup_places
from gdprdesk.services.backup_standing import list_places_to_connect, show_backup_standing
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.backup_file import choose_backup
from gdprdesk_ui.dialogs.backup_place import add_place
from gdprdesk_ui.pages.backups.deeds import back_up
from gdprdesk_ui.pages.backups.lines import CopyLine, PlaceLine
from gdprdesk_ui.pages.backups.words import BETWEEN, standing_words
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Card,
    CardHeading,
    EmptyState,
    Label,
    Line,
    PageHeading,
    clear,
    column,
    row,
)

_SHOWN = 12


class BackupsPage(Page):
    """Where copies of the register are, and until when.

    Attributes:
        copy_button: Makes a copy at every place that is connected.
        add_button: Adds a folder or stick.
        places: A line for each place.
        copies: A line for each copy shown.
        restore_button: Locks the register and puts a backup in its place.
        more_button: Shows the other copies.
        unfinished: What could not be done of itself: a daily copy, an erasure in a copy.
        empty: Shown while there is no place.
    """

    changed_kinds = frozenset({BackupCopy, BackupPlace, ErasureCase})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._all = False
        self._rows: Sequence[BackupPlaceRow] = ()
        self.places: list[PlaceLine] = []
        self.copies: list[CopyLine] = []
        self.copy_button = Button(_("Back up now"), "primary", "hard-drive", on_click=self._back_up)
        self.add_button = Button(
            _("Add a folder or stick…"), icon_name="plus", on_click=lambda: add_place(context)
        )
        self.restore_button = Button(_("Restore a backup…"), "link", on_click=self._restore)
        self.more_button = Button("", "link", on_click=self._show_all)
        self.heading = PageHeading(
            _("Backups"),
            "",
            [self.add_button, self.copy_button],
            back=(_("Settings"), lambda: context.open_page("settings")),
        )
        self._build()

    def _build(self) -> None:
        self.empty = EmptyState(
            "hard-drive",
            _("No backup yet"),
            _(
                "Put in a USB stick and press “Back up now”. It is done in seconds, and the copy "
                "is encrypted: without your password or the printed key nobody can read it."
            ),
        )
        self.unfinished = Banner("warn", _("Not everything could be done"))
        self._places, self._copies = column(spacing=14), column(spacing=10)
        self._place_card = Card(CardHeading(_("Where copies are made")), self._places, spacing=14)
        said = _(
            "A copy holds the whole register as it was, encrypted. Old ones go by themselves: at "
            "most twelve days, ten weeks and nine months are kept."
        )
        self._copy_card = Card(
            CardHeading(_("Copies"), self.restore_button),
            Label(said, "small", "muted", wrap=True),
            self._copies,
            row(self.more_button, None),
            spacing=12,
        )
        self.setLayout(
            column(
                self.heading,
                self.unfinished,
                self.empty,
                self._place_card,
                self._copy_card,
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def refresh(self) -> None:
        desk = self.context.desk
        self._rows = desk.ask(list_backup_places)
        waiting = {one.ref: one for one in desk.ask(list_places_to_connect)}
        clear(self._places)
        self.places = [PlaceLine(self.context, one, waiting.get(one.ref)) for one in self._rows]
        for number, line in enumerate(self.places):
            if number:
                self._places.addWidget(Line())
            self._places.addWidget(line)
        self._show_copies(desk.ask(list_copies))
        left = desk.unfinished
        self.unfinished.set_words(_("Not everything could be done"), "\n".join(left))
        self.unfinished.setVisible(bool(left))
        self.empty.setVisible(not self._rows)
        self._place_card.setVisible(bool(self._rows))
        self._say_standing()

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: lambda: add_place(self.context)}

    def first_focus(self) -> QWidget:
        return self.copy_button

    def _show_copies(self, copies: Sequence[BackupCopyRow]) -> None:
        clear(self._copies)
        shown = copies if self._all else copies[:_SHOWN]
        self.copies = [CopyLine(one, self.context.today) for one in shown]
        for line in self.copies:
            self._copies.addWidget(line)
        self._copy_card.setVisible(bool(copies))
        self.more_button.setText(_("Show all {count}").format(count=format_number(len(copies))))
        self.more_button.setVisible(len(copies) > len(shown))

    def _say_standing(self) -> None:
        standing = self.context.desk.ask(show_backup_standing)
        words, _tone = standing_words(standing)
        if standing.last is not None:
            last = standing.last
            words = BETWEEN.join((words, format_moment(last.made_at), last.place))
        self.heading.set_words(_("Backups"), words)

    def _back_up(self) -> None:
        here = [one.ref for one in self._rows if one.reachable and not one.automatic]
        back_up(self.context, here, self.copy_button)

    def _restore(self) -> None:
        backup = choose_backup(self)
        if backup is not None:
            self.context.restore(backup)

    def _show_all(self) -> None:
        self._all = True
        self.refresh()
