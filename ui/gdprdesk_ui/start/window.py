"""The window before a register is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from gdprdesk.door import BACKUP_SUFFIX, Door
from gdprdesk.i18n import current_language
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.start.accept import AcceptPage
from gdprdesk_ui.start.forgotten import ForgottenPage
from gdprdesk_ui.start.registers import RegistersPage
from gdprdesk_ui.start.restore import RestorePage, place_for
from gdprdesk_ui.start.unlock import OWNER, UnlockPage

if TYPE_CHECKING:  # imported when it is needed
    from gdprdesk.desk import Desk
    from gdprdesk.services.first_run import FirstRun
    from gdprdesk_ui.start.onboarding import Onboarding

SMALLEST, USUAL = QSize(960, 640), QSize(1280, 800)


class StartWindow(QMainWindow):
    """Shows one page at a time, until a register is open.

    Signals:
        opened: The register is open; the desk.
    """

    opened = Signal(object)

    def __init__(self, door: Door, preferences: Preferences) -> None:
        super().__init__()
        self._door, self._preferences = door, preferences
        self.setWindowTitle("GDPR Desk")
        self.operations = Operations(self)
        self._guide: Onboarding | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        place = QByteArray.fromBase64(preferences.settings.window.encode())
        if place.isEmpty() or not self.restoreGeometry(place):
            self.resize(USUAL)

    def page(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._stack.currentWidget()

    def show_unlock(self, folder: Path, reason: str = "", staff: str = "") -> UnlockPage:
        """Ask for the password of a register.

        Args:
            folder: The register.
            reason: Why it is locked, where it was not by the user herself.
            staff: The slot of whoever locked it.
        """
        page = UnlockPage(
            folder,
            self._door,
            self.operations,
            reason=reason,
            staff=staff,
            key_file=self._preferences.settings.key_file,
            lock_after_minutes=self._preferences.settings.lock_after_minutes,
        )
        page.opened.connect(lambda desk: self._open_with(page.factors.key_file, desk))
        page.invited.connect(lambda staff: self.show_accept(folder, staff))
        page.other_wanted.connect(self.show_registers)
        page.forgotten.connect(lambda staff: self.show_forgotten(folder, staff))
        self._show(page, page.first_focus())
        return page

    def _open_with(self, key_file: Path | None, desk: Desk) -> None:
        """Remember where the key file was that opened the register."""
        self._preferences.change(key_file=key_file)
        self.opened.emit(desk)

    def show_accept(self, folder: Path, staff: str) -> AcceptPage:
        """Ask whoever is invited for her one-time code and a password of her own."""
        page = AcceptPage(folder, staff, self._door, self.operations)
        page.opened.connect(self.opened)
        page.back_wanted.connect(lambda: self.show_unlock(folder, staff=staff))
        self._show(page, page.first_focus())
        return page

    def show_forgotten(self, folder: Path, staff: str) -> ForgottenPage:
        """Ask for the recovery key of a register."""
        page = ForgottenPage(folder, staff, self._door, self.operations)
        page.opened.connect(self.opened)
        page.back_wanted.connect(lambda: self.show_unlock(folder))
        self._show(page, page.first_focus())
        return page

    def show_restore(self, backup: Path, folder: Path | None = None) -> RestorePage:
        """Put a backup back.

        Args:
            backup: The file.
            folder: Where the register is to be; nothing to find it by the name of the file.
        """
        known = self._preferences.settings.recent
        place = folder or place_for(backup, known, _documents())
        page = RestorePage(backup, place, self._door, self.operations)
        page.unlock_wanted.connect(self._unlock_restored)
        page.back_wanted.connect(
            lambda: self.show_unlock(folder) if folder else self.show_registers()
        )
        self._show(page, page.first_focus())
        return page

    def _unlock_restored(self, folder: Path, recovery_key: str) -> None:
        if recovery_key:
            self.show_forgotten(folder, OWNER).key.setText(recovery_key)
        else:
            self.show_unlock(folder)

    def show_registers(self) -> None:
        """Ask which register to open."""
        page = RegistersPage(self._preferences.settings.recent, self._door)
        page.chosen.connect(self.show_unlock)
        page.new_wanted.connect(self.show_onboarding)
        page.backup_wanted.connect(self.show_restore)
        self._show(page, page.first_focus())

    def show_onboarding(self) -> None:
        """Make a new register, in four steps."""
        from gdprdesk_ui.start.onboarding import first_run  # noqa: PLC0415  (once in a life)

        self._show_guide(first_run(self._door, current_language(), _documents()))

    def _show_guide(self, run: FirstRun) -> None:
        from gdprdesk_ui.start.onboarding import Onboarding  # noqa: PLC0415

        guide = Onboarding(run, self._door, self.operations)
        guide.opened.connect(self.opened)
        guide.made.connect(self._preferences.remember)
        guide.existing_wanted.connect(self.show_registers)
        guide.language_chosen.connect(lambda code: self._speak(code, run))
        self._guide = guide
        self._show(guide, guide.first_focus())

    def _speak(self, language: str, run: FirstRun) -> None:
        """Begin again in another language, with what was written."""
        self._preferences.change(language=language)
        self._show_guide(run)

    def _show(self, page: QWidget, first: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _backup_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        backup = _backup_in(event.mimeData())
        if backup is not None:
            event.acceptProposedAction()
            self.show_restore(backup)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stack.hide()  # whoever waits for a security key gives up
        self.operations.wait()
        if self._guide is not None:
            self._guide.abandon()
        super().closeEvent(event)


def _documents() -> Path:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents))


def _backup_in(dragged: QMimeData) -> Path | None:
    """Return the backup that is dragged here, if it is one."""
    paths = (Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix == BACKUP_SUFFIX), None)
