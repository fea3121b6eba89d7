"""The window: navigation, pages, shortcuts, messages and the idle lock. It knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from gdprdesk.clock import Clock, system_clock
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DamagedError, DomainError
from gdprdesk.i18n import _, ngettext
from gdprdesk.services.backup_standing import show_backup_standing
from gdprdesk.settings import Settings
from gdprdesk_ui import ask
from gdprdesk_ui.destinations import Destinations
from gdprdesk_ui.idle import IdleLock
from gdprdesk_ui.menus import FieldUndo, MenuBar, fill
from gdprdesk_ui.models.entries import Entry, Section
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.pages.backups.words import standing_words
from gdprdesk_ui.pages.page import Breadth, Command, Page, PageContext, PageSpec
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.screen_guard import ScreenGuard
from gdprdesk_ui.seen_as import own_view_button, seen_as_banner
from gdprdesk_ui.theme import Theme
from gdprdesk_ui.widgets.command_palette import CommandPalette
from gdprdesk_ui.widgets.layout import column, holder, row, scrolling
from gdprdesk_ui.widgets.progress import ProgressStrip
from gdprdesk_ui.widgets.sidebar import Sidebar
from gdprdesk_ui.widgets.toast import SHOWN_AFTER_DELETION_MS, SHOWN_MS, Toast

SMALLEST, USUAL = QSize(960, 640), QSize(1280, 800)

Finder = Callable[[PageContext, str], Sequence[Section]]
"""Finds people, orders and actions by words; the key of each entry opens or does it."""


@dataclass(frozen=True)
class Identity:
    """Whose register this is and who works in it: what the sidebar shows."""

    business: str
    user: str
    role: str


class _Bridge(QObject):
    """Carries what the desk says, on its worker thread, to the thread of the window."""

    changed = Signal(object)


class MainWindow(QMainWindow):
    """One window with all pages of an open register.

    Signals:
        lock_requested: The register is to be locked now, without any question; why, as a
            sentence for the next screen.
        restore_requested: The register is to be locked and this backup put in its place.
        page_shown: Another page is shown; its key.
        closing: The window goes; its geometry, to be given to the next one.
        view_changed: The register is looked at as somebody else now, or as oneself again.

    Attributes:
        own_view: Leads back from looking at the register as somebody else; None if one does not.
    """

    lock_requested = Signal(str)
    restore_requested = Signal(Path)
    page_shown = Signal(str)
    closing = Signal(QByteArray)
    view_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        pages: Sequence[PageSpec],
        identity: Identity,
        theme: Theme,
        find: Finder | None = None,
        preferences: Preferences | None = None,
        clock: Clock = system_clock,
    ) -> None:
        super().__init__()
        self._places = Destinations(pages, desk)
        self._specs = self._places.specs
        self._theme, self._find = theme, find
        preferences = preferences or Preferences()
        settings = preferences.settings
        self._closed = False  # then the register may be locked, and nothing is asked any more
        self._pages: dict[str, Page] = {}
        self._areas: dict[str, QWidget] = {}
        self._shown: tuple[str, dict[str, Any]] | None = None
        self._before: list[tuple[str, dict[str, Any]]] = []
        self.setWindowTitle(f"{identity.business} – GDPR Desk")  # noqa: RUF001
        self.operations = Operations(self)
        self.sidebar = Sidebar(
            self._places.shown(),
            business=identity.business,
            user=identity.user,
            role=identity.role,
            with_settings="settings" in self._specs,
        )
        self.stack = QStackedWidget()
        self.strip = ProgressStrip()
        self._seen_as = desk.seen_as
        self.own_view = own_view_button(desk)
        self._build()
        self.context = PageContext(
            desk=desk,
            operations=self.operations,
            theme=theme,
            window=self,
            toast=self._toast,
            open_page=self.open_page,
            go_back=self.go_back,
            strip=self.strip,
            set_badge=self.sidebar.set_badge,
            lock=self.lock,
            restore=self.restore,
            preferences=preferences,
        )
        self.palette_overlay = CommandPalette(self._ground, self._find_anything)
        self.menus = MenuBar(self)
        self._field_undo = FieldUndo(theme.app, self)
        fill(self.menus, self, theme, self._places.shown(), frozenset(self._specs))
        self._listen(desk)
        self.screen_guard = ScreenGuard(theme.app, parent=self)
        self.idle = IdleLock(settings.lock_after_minutes, clock, theme.app, self)
        self._watch_idleness(preferences)
        self.setMinimumSize(SMALLEST)
        geometry = QByteArray.fromBase64(settings.window.encode())
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(USUAL)
        self.navigate(next(iter(self._specs)))

    # what it is made of

    def _build(self) -> None:
        above = []
        if self._seen_as is not None and self.own_view is not None:
            above = [seen_as_banner(self._seen_as, self.own_view)]
        content = holder(column(*above, self.stack, self.strip, spacing=0))
        self._ground = holder(row(self.sidebar, content, spacing=0))
        self._ground.setObjectName("canvas")
        self._ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCentralWidget(self._ground)
        self.toast = Toast(content)
        self.sidebar.chosen.connect(self.navigate)
        self.sidebar.search_wanted.connect(self.search)
        self.sidebar.settings_wanted.connect(lambda: self.open_page("settings"))
        self.sidebar.backups_wanted.connect(lambda: self.open_page("backups"))
        self.sidebar.lock_wanted.connect(self.lock)
        self._theme.changed.connect(self._fit)

    # pages

    def page(self) -> Page:
        """Return the page that is shown."""
        assert self._shown is not None  # noqa: S101  (the first page opens with the window)
        return self._pages[self._shown[0]]

    def has_page(self, key: str) -> bool:
        """Return whether there is such a page for whoever unlocked the register."""
        return key in self._specs

    def place(self) -> tuple[str, dict[str, Any]]:
        """Return the key of the page that is shown, and what it was opened with."""
        assert self._shown is not None  # noqa: S101  (as above)
        return self._shown

    def open_page(self, key: str, **arguments: Any) -> None:
        """Open a page, with what it is to show; Back returns to the one before."""
        before = self._shown
        if self._show(key, arguments) and before is not None and before != (key, arguments):
            page, given = before  # a new thing is asked for once, not again on the way back
            self._before.append((page, {name: given[name] for name in given if name != "new"}))

    def go_back(self) -> None:
        """Open the page shown before this one, or the one it belongs to."""
        while self._before:
            if self._show(*self._before.pop()):
                return
        if self._shown is not None and self._specs[self._shown[0]].under:
            self._show(self._specs[self._shown[0]].under, {})

    def navigate(self, key: str) -> None:
        """Open a destination of the navigation; Back leads nowhere from there."""
        self._before.clear()
        self._show(key, {})

    def _show(self, key: str, arguments: dict[str, Any]) -> bool:
        if key not in self._specs:  # whoever works here may not see it
            return False
        page = self._pages.get(key) or self._make(key)
        try:
            page.arrive(**arguments)
            page.refresh()
        except DamagedError as error:
            ask.tell_error(self, str(error))
            return False
        except DomainError as error:
            self._toast(str(error))
            return False
        self._shown = (key, arguments)
        self._guard_screen()
        self.stack.setCurrentWidget(self._areas[key])
        self.sidebar.set_current(self._specs[key].under or key)
        self.menus.offer(page.commands())
        first = page.first_focus() or page
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_backup()
        self.page_shown.emit(key)
        return True

    def _make(self, key: str) -> Page:
        page = self._pages[key] = self._specs[key].factory(self.context)
        page.setObjectName("canvas")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setAccessibleName(self._places.title(key))
        self._areas[key] = scrolling(page) if page.scrolls else page
        self.stack.addWidget(self._areas[key])
        page.set_breadth(self._breadth())
        return page

    def _listen(self, desk: Desk) -> None:
        bridge = _Bridge(self)
        self._unsubscribe = desk.subscribe(lambda changes: bridge.changed.emit(changes.kinds))
        bridge.changed.connect(self._take_changes)

    def _take_changes(self, kinds: frozenset[type]) -> None:
        if self._closed:
            return
        if self.context.desk.seen_as is not self._seen_as:
            self.view_changed.emit()
            return
        page = self.page()
        if page.changed_kinds is None or kinds & page.changed_kinds:
            try:
                page.refresh()
            except DomainError:  # what it shows is gone
                self.go_back()
        for other in self._pages.values():
            if other is not self.page():
                other.count_waiting()
        self.menus.offer(self.page().commands())
        self._show_backup()

    def _show_backup(self) -> None:
        if "backups" in self._specs:
            standing = self.context.desk.ask(show_backup_standing)
            self.sidebar.set_backup(*standing_words(standing))

    # what can be done everywhere

    def run_command(self, command: Command) -> None:
        """Do what the page shown now has for this command, if it has it."""
        do = self.page().commands().get(command)
        if do is not None:
            do()

    def search(self) -> None:
        """Open "Search or do"."""
        self.palette_overlay.open()

    def undo(self) -> None:
        """Take back the last action and say which."""
        label = self.context.desk.undo_label
        if label:
            self._go_through(self.context.desk.undo, _("Undone: {action}").format(action=label))

    def redo(self) -> None:
        """Do again what was taken back."""
        label = self.context.desk.redo_label
        if label:
            self._go_through(self.context.desk.redo, _("Done again: {action}").format(action=label))

    def _go_through(self, move: Callable[[], None], words: str) -> None:
        self.context.perform(lambda _progress: move(), lambda _done: self._toast(words))

    def lock(self) -> None:
        """Ask for the lock, now and unconditionally."""
        self.idle.stop()
        self.lock_requested.emit("")

    def restore(self, backup: Path) -> None:
        """Ask for a backup to be put in the place of this register, which is locked first."""
        self.idle.stop()
        self.restore_requested.emit(backup)

    def _toast(
        self,
        words: str,
        *,
        verb: str = "",
        do: Callable[[], object] | None = None,
        undoable: bool = False,
        deletion: bool = False,
    ) -> None:
        stay = SHOWN_AFTER_DELETION_MS if deletion else SHOWN_MS
        if undoable:
            verb, do = _("Undo"), self.undo
        self.toast.show_message(words, verb, do, milliseconds=stay)

    def _find_anything(self, words: str) -> list[Section]:
        needle = words.casefold()
        places = tuple(
            Entry(place.title, icon=place.icon, key=partial(self.navigate, place.key))
            for place in self._places.shown()
            if needle in place.title.casefold()
        )
        found = list(self._find(self.context, words)) if self._find else []
        return [*found, Section(_("Go to"), places)]

    def _watch_idleness(self, preferences: Preferences) -> None:
        preferences.changed.connect(self._take_preferences)
        self.idle.counting_down.connect(self.sidebar.set_countdown)
        self.idle.awake.connect(lambda: self.sidebar.set_countdown(None))
        self.idle.expired.connect(lambda: self._lock_idle(preferences.settings.lock_after_minutes))
        self.idle.start()

    def _take_preferences(self, _before: Settings, now: Settings) -> None:
        self.idle.set_minutes(now.lock_after_minutes)
        self._guard_screen()

    def _guard_screen(self) -> None:
        """Hide from shared screens what the page shows, if it is a journal."""
        is_guarded = self._shown is not None and self._specs[self._shown[0]].guarded
        wanted = self.context.preferences.settings.hide_from_sharing
        self.screen_guard.turn(on=is_guarded and wanted)

    def _lock_idle(self, minutes: int) -> None:
        said = ngettext(
            "Locked after {minutes} minute without use.",
            "Locked after {minutes} minutes without use.",
            minutes,
        )
        self.lock_requested.emit(said.format(minutes=minutes))

    # room

    def _breadth(self) -> Breadth:
        room = self.width() / self._theme.text_scale
        if room < Breadth.NARROW:
            return Breadth.NARROW
        return Breadth.COMPACT if room < Breadth.COMPACT else Breadth.FULL

    def _fit(self) -> None:
        if self._closed:
            return
        breadth = self._breadth()
        if self.sidebar.is_rail() != (breadth < Breadth.FULL):
            self.sidebar.set_rail(on=breadth < Breadth.FULL)
        for page in self._pages.values():
            if page.breadth is not breadth:
                page.set_breadth(breadth)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.menus.alt_alone = event.key() == Qt.Key.Key_Alt
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and self.menus.alt_alone:
            self.menus.toggle()
        super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closed = True
        self.idle.stop()
        for waiting in self.findChildren(QTimer):  # a search, say, that was typed just now
            waiting.stop()
        self._unsubscribe()
        self.operations.wait()
        self.closing.emit(self.saveGeometry())
        super().closeEvent(event)
