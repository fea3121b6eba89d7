"""All pictures, recordings and references, each with whether it may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.consents import Consent
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.media import Appearance, Media
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.i18n import _, format_number, ngettext
from gdprdesk.services.media_files import export_shown
from gdprdesk.services.media_view import MediaFilter, MediaRow, list_media, read_preview
from gdprdesk_ui.context import PageContext
from gdprdesk_ui.dialogs.media_form import new_media
from gdprdesk_ui.dialogs.save_guarded import save_report
from gdprdesk_ui.pages.media.tile import MediaTile
from gdprdesk_ui.pages.page import Command, Page
from gdprdesk_ui.widgets import (
    Button,
    Chips,
    EmptyState,
    FlowLayout,
    PageHeading,
    clear,
    column,
    holder,
)

_AT_ONCE = 24


class PicturesPage(Page):
    """A grid of small pictures; a press opens one.

    Attributes:
        new_button: Takes in a new one.
        list_button: Saves what is published where.
        chips: Which of them.
        tiles: Those shown.
        more_button: Shows more of them.
        empty: Shown where there are none; takes a file that is dropped.
    """

    changed_kinds = frozenset({Media, Appearance, Consent, Guardian, DataSubject})

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._most = _AT_ONCE
        self.tiles: list[MediaTile] = []
        self.new_button = Button(
            _("New picture or reference"), "primary", "plus", on_click=self._new
        )
        self.list_button = Button(
            _("What is published where…"), icon_name="file-text", on_click=self._save
        )
        self.chips = _which()
        self.more_button = Button("", "link", on_click=self._show_more)
        self.empty = EmptyState(
            "images",
            "",
            _("Drop a picture here, or choose one under “New picture or reference”."),
            footnote=_("It stays in this register. When and where it was taken is left out."),
            takes_files=True,
        )
        self.empty.dropped.connect(self._take)
        self.setAcceptDrops(True)
        self._build()
        self.chips.chosen.connect(lambda _key: self.refresh())

    def _build(self) -> None:
        heading = PageHeading(
            _("Pictures and references"),
            _("Who is in them, where they may be shown, and where they are"),
            [self.list_button, self.new_button],
            back=(_("Consents"), lambda: self.context.open_page("consents")),
        )
        self._grid = FlowLayout()
        self._holder = holder(self._grid)
        self.setLayout(
            column(
                heading,
                self.chips,
                self._holder,
                self.more_button,
                self.empty,
                None,
                spacing=16,
                margins=(28, 16, 28, 20),
            )
        )

    def arrive(self, *, show: str = "") -> None:
        """Show some of them: "take_down" is what has to come down."""
        self._most = _AT_ONCE
        if show:
            self.chips.choose(show)

    def refresh(self) -> None:
        desk = self.context.desk
        found = desk.ask(list_media, show=MediaFilter(self.chips.key()), limit=self._most)
        clear(self._grid)
        self.tiles = [self._tile(one) for one in found.rows]
        for tile in self.tiles:
            self._grid.addWidget(tile)
        self._holder.setVisible(bool(self.tiles))
        self.empty.setVisible(not self.tiles)
        every = self.chips.key() == MediaFilter.ALL.value
        self.empty.title.setText(_("No pictures yet") if every else _("None of them"))
        self.list_button.setEnabled(bool(self.tiles) or not every)
        left = found.total - len(self.tiles)
        self.more_button.setVisible(left > 0)
        more = ngettext("Show {count} more", "Show {count} more", left)
        self.more_button.setText(more.format(count=format_number(left)))

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        return {Command.NEW: self._new, Command.EXPORT: self._save}

    def first_focus(self) -> QWidget | None:
        return self.tiles[0] if self.tiles else self.new_button

    def _tile(self, one: MediaRow) -> MediaTile:
        desk = self.context.desk
        tile = MediaTile(one, desk.ask(read_preview, ref=one.ref) if one.has_preview else b"")
        tile.clicked.connect(partial(self.context.open_page, "picture", ref=one.ref))
        return tile

    def _new(self) -> None:
        new_media(self.context)

    def _take(self, path: Path) -> None:
        new_media(self.context, path)

    def _show_more(self) -> None:
        self._most += _AT_ONCE
        self.refresh()

    def _save(self) -> None:
        save_report(self.context, _("What is published where"), export_shown)


def _which() -> Chips:
    return Chips(
        [
            (MediaFilter.ALL.value, _("All")),
            (MediaFilter.SHOWN.value, _("Published")),
            (MediaFilter.TAKE_DOWN.value, _("To take down")),
            (MediaFilter.NOT_SHOWN.value, _("Not published")),
        ],
        _("Which pictures"),
    )
