"""Which register to open: one opened before, one from a folder, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.door import Door, register_at
from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.backup_file import choose_backup
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import Button, Label, OpenRow, row


class RegistersPage(CardPage):
    """The registers of this computer.

    Signals:
        chosen: One is to be opened; its folder.
        new_wanted: A new one is to be made.
        backup_wanted: A backup is to be put back; its file.

    Attributes:
        rows: Those opened before, by their folder.
        folder_button: Asks for a folder.
        new_button: Begins a new one.
        backup_button: Asks for the file of a backup.
        problem: Why a folder will not do.
    """

    chosen = Signal(Path)
    new_wanted = Signal()
    backup_wanted = Signal(Path)

    def __init__(self, known: Sequence[Path], door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self.title.setText(_("Which register?"))
        self.sentence.setText(
            _("A register is a folder whose name ends in .gdprdesk. Keep it on this computer.")
        )
        self.rows: dict[Path, OpenRow] = {}
        for folder in known:
            made = self.rows[folder] = OpenRow("book-open", folder.stem, str(folder.parent))
            made.clicked.connect(partial(self._open_known, folder))
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        self.folder_button = Button(
            _("Open a folder…"), "primary", "folder-open", size="large", on_click=self._open_folder
        )
        self.new_button = Button(
            _("Make a new register"), "link", "plus", on_click=self.new_wanted.emit
        )
        self.backup_button = Button(
            _("Open a backup…"), "link", "history", on_click=self._open_backup
        )
        self.card.add(*self.rows.values())
        foot = row(self.new_button, None, self.backup_button)
        self.card.add(16 if known else 0, self.problem, 6, self.folder_button, 12, foot)

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the page opens."""
        return next(iter(self.rows.values()), self.folder_button)

    def _open_known(self, folder: Path) -> None:
        self._open(folder)

    def _open_folder(self) -> None:
        path = ask.choose_folder(self, _("Choose the folder of the register"))
        if path is not None:
            self._open(register_at(path))

    def _open_backup(self) -> None:
        path = choose_backup(self)
        if path is not None:
            self.backup_wanted.emit(path)

    def _open(self, folder: Path) -> None:
        try:
            self._door.staff(folder)
        except DomainError as error:
            self.problem.setText(str(error))
            self.problem.show()
        else:
            self.chosen.emit(folder)
