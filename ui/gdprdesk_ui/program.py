"""From the first window to the last: start, unlock, work, lock, close."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from gdprdesk.domain.errors import DomainError
from gdprdesk.door import FREE_TRIES, Door, said_of_tries
from gdprdesk.i18n import _, use_language
from gdprdesk.settings import Settings
from gdprdesk_ui import ask
from gdprdesk_ui.clipboard import guarded_clipboard
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.process import Replace, replace_process
from gdprdesk_ui.qt_translator import translate_qt
from gdprdesk_ui.start.parting import PartingPage
from gdprdesk_ui.start.window import StartWindow
from gdprdesk_ui.system_lock import Away, SystemLock
from gdprdesk_ui.theme import Scheme, Theme, look

if TYPE_CHECKING:  # imported once the password is typed
    from gdprdesk.desk import Desk
    from gdprdesk_ui.main_window import MainWindow

UPKEEP_MS = 5 * 60 * 1000


class Program(QObject):
    """One window at a time, and what it leads to.

    Attributes:
        window: The window that is shown.
        parting: What is shown while a copy is made before the register is locked.
        preferences: The settings of this computer.

    Args:
        app: The application.
        theme: Its look.
        preferences: The settings of this computer.
        door: The way into a register.
        replace: Puts a new process in the place of this one, when the register is locked.
    """

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        preferences: Preferences,
        door: Door | None = None,
        replace: Replace = replace_process,
    ) -> None:
        super().__init__(app)
        self._app, self._theme, self.preferences = app, theme, preferences
        self._door, self._replace = door or Door(), replace
        self.window: QMainWindow | None = None
        self.parting: PartingPage | None = None
        self._system_lock: SystemLock | None = None
        self._is_hurried = False
        self._place = ""
        self._leave: Callable[[str], object] = self._tell
        self._speak(preferences.settings)
        theme.use(
            scheme=Scheme(preferences.settings.scheme.value),
            text_scale=preferences.settings.text_size / 100,
            high_contrast=preferences.settings.high_contrast,
        )
        theme.changed.connect(self._keep_look)
        preferences.changed.connect(self._follow)

    def start(
        self,
        register: Path | None = None,
        reason: str = "",
        password: str = "",
        *,
        place: str = "",
    ) -> None:
        """Show the first window: the register given, else the one opened last, else a new one.

        Args:
            register: The folder of a register.
            reason: Why it is locked.
            password: Its password, if it is known already (an example register).
            place: Where somebody was when it was locked, to lead her back there.
        """
        self._place = place
        window = StartWindow(self._door, self.preferences)
        window.opened.connect(self.show_desk)
        known = [register] if register else [*self.preferences.settings.recent[:1]]
        if not known:
            window.show_onboarding()
            self._show(window)
            return
        page = window.show_unlock(known[0], reason, _who(place))
        page.password.edit.setText(password)
        self._show(window)
        if password:
            page.unlock()

    def start_restore(self, backup: Path, folder: Path | None = None) -> None:
        """Show a backup that is to be put back, in the place of a register or as a new one."""
        window = StartWindow(self._door, self.preferences)
        window.opened.connect(self.show_desk)
        window.show_restore(backup, folder)
        self._show(window)

    def show_desk(self, desk: Desk, page: str = "") -> MainWindow:
        """Show the window of an open register, at a page or at the first."""
        from gdprdesk.services.organisation import show_organisation  # noqa: PLC0415
        from gdprdesk.services.staff_names import show_who_works  # noqa: PLC0415
        from gdprdesk_ui.main_window import Identity, MainWindow  # noqa: PLC0415
        from gdprdesk_ui.pages import PAGES  # noqa: PLC0415
        from gdprdesk_ui.pages.finder import find  # noqa: PLC0415

        self.preferences.remember(desk.folder)
        business, who = desk.ask(show_organisation), desk.ask(show_who_works)
        window = MainWindow(
            desk,
            pages=PAGES,
            identity=Identity(business.name, who.name or who.role, who.role),
            theme=self._theme,
            find=find,
            preferences=self.preferences,
        )
        window.lock_requested.connect(self.lock)
        window.restore_requested.connect(self.restore)
        window.closing.connect(self._close)
        window.view_changed.connect(lambda: self._rebuild("" if desk.seen_as else "staff"))
        upkeep = QTimer(window, interval=UPKEEP_MS)
        upkeep.timeout.connect(lambda: window.context.perform(lambda _progress: _tidy(desk)))
        upkeep.start()
        if page:
            window.open_page(page)
        self._show(window)
        self._listen_to_system()
        window.context.perform(desk.find_damage, partial(self._tell_damage, window))
        self._lead_back(window)
        if desk.failed_tries:
            self._tell_tries(window, desk.failed_tries)
        return window

    def _tell_tries(self, window: MainWindow, tries: Sequence[datetime]) -> None:
        """Tell of wrong passwords: in passing if they may be slips of the hand."""
        if len(tries) > FREE_TRIES:
            ask.tell_error(window, said_of_tries(tries))
        else:
            window.context.toast(said_of_tries(tries))

    def _tell_damage(self, window: MainWindow, found: tuple[str, ...]) -> None:
        """Tell at once that the file is damaged, before anybody writes on in it."""
        if found:
            ask.tell_error(window, "\n\n".join((*found, *window.context.desk.unfinished)))

    def _lead_back(self, window: MainWindow) -> None:
        """Show what was shown when the register was locked, if it was the same who locked it."""
        from gdprdesk_ui.place import Place, return_to  # noqa: PLC0415

        place, self._place = Place.read(self._place), ""
        if place is not None:
            return_to(window, place)

    def _listen_to_system(self) -> None:
        if self._system_lock is None:
            self._system_lock = SystemLock(self)
            self._system_lock.away.connect(self.take_away)

    def take_away(self, why: Away) -> None:
        """Lock because nobody sits at the computer any more, if a register is open.

        A computer that goes to sleep does not wait for a copy: it would sleep with the keys in its
        memory.
        """
        from gdprdesk_ui.main_window import MainWindow  # noqa: PLC0415

        self._is_hurried = why is Away.SLEEP
        if self.parting is not None:
            if self._is_hurried:
                self.parting.skip()
        elif isinstance(self.window, MainWindow):
            self.lock(
                _("Locked because the computer went to sleep.")
                if self._is_hurried
                else _("Locked together with the screen of the computer.")
            )

    def lock(self, reason: str = "") -> None:
        """Lock the register now: keep the drafts, close it, and put a new process here.

        Nothing is asked, and nothing that goes wrong leaves it open.
        """
        from gdprdesk_ui.place import place_in  # noqa: PLC0415

        window = self._main_window()
        folder, place = str(window.context.desk.folder), ""
        try:
            place = place_in(window).written()
        finally:
            self._lock_for(
                lambda told: ["--locked", " ".join(filter(None, (reason, told))), folder,
                              "--place", place]
            )  # fmt: skip

    def restore(self, backup: Path) -> None:
        """Lock the register, and show a backup that is to be put in its place."""
        folder = str(self._main_window().context.desk.folder)
        self._lock_for(lambda _told: ["--restore", str(backup), folder])

    def _lock_for(self, arguments: Callable[[str], Sequence[str]]) -> None:
        from gdprdesk_ui.dialogs.draft import DraftKeeper  # noqa: PLC0415

        window = self._main_window()
        self._leave = lambda told: self._replace(arguments(told))
        try:
            for keeper in window.findChildren(DraftKeeper):
                keeper.hurry()
            for shown in self._app.topLevelWidgets():  # also forms over the window
                shown.hide()
            window.operations.stop()
            window.close()
        finally:
            if self.parting is None:
                self._leave("")

    def _main_window(self) -> MainWindow:
        from gdprdesk_ui.main_window import MainWindow  # noqa: PLC0415

        assert isinstance(self.window, MainWindow)  # noqa: S101  (only it can ask for this)
        return self.window

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _close(self, geometry: QByteArray) -> None:
        """Lock the register that a window leaves, when the copies that are due have been made."""
        self.preferences.change(window=geometry.toBase64().toStdString())
        guarded_clipboard().forget()
        window, is_due = self._main_window(), False
        desk = window.context.desk
        try:
            with suppress(DomainError):
                is_due = not self._is_hurried and desk.is_backup_due(locking=True)
        finally:
            if not is_due:
                desk.lock()
        if is_due:
            self.parting = PartingPage(desk)
            self.parting.over.connect(self._part)
            self.parting.setGeometry(window.geometry())
            self.parting.show()
            self.parting.begin()

    def _part(self, told: str) -> None:
        self._leave(told)
        parting, self.parting = self.parting, None
        if parting is not None:
            parting.close()
            parting.deleteLater()

    def _tell(self, told: str) -> None:
        if told:
            ask.tell_error(self.parting, told)

    def _keep_look(self) -> None:
        self.preferences.change(
            scheme=type(self.preferences.settings.scheme)(self._theme.scheme.value),
            text_size=round(self._theme.text_scale * 100),
            high_contrast=look().high_contrast,
        )

    def _follow(self, before: Settings, now: Settings) -> None:
        if before.language != now.language:
            self._speak(now)
            self._rebuild("settings")

    def _speak(self, settings: Settings) -> None:
        use_language(settings.spoken())
        translate_qt(self._app)

    def _rebuild(self, page: str) -> None:
        """Show the same register in another language, or as somebody else sees it."""
        from gdprdesk_ui.main_window import MainWindow  # noqa: PLC0415

        old = self.window
        if isinstance(old, MainWindow):
            old.closing.disconnect(self._close)
            self.preferences.change(window=old.saveGeometry().toBase64().toStdString())
            self.show_desk(old.context.desk, page)


def _who(place: str) -> str:
    """Return who was there, without loading the pages that know the rest of a place."""
    try:
        stored = json.loads(place)
    except (RecursionError, ValueError):
        return ""
    who = stored.get("staff") if isinstance(stored, dict) else None
    return who if isinstance(who, str) else ""


def _tidy(desk: Desk) -> None:
    """Finish erasures whose time has come, and leave the file whole for a copy."""
    desk.finish()
    desk.rest()
