"""A backup is put back: which file, the password, what it means, and then the register is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from gdprdesk.domain.errors import WrongPasswordError
from gdprdesk.door import BACKUP_SUFFIX, Door, Opener
from gdprdesk.i18n import _, format_moment
from gdprdesk_ui import ask
from gdprdesk_ui.calls import perform
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.start.restore_preview import preview_lines
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    Fact,
    FormField,
    PasswordField,
    clear,
    column,
    holder,
    required,
    row,
)

if TYPE_CHECKING:  # heavy; imported when a backup is opened
    from gdprdesk.services.restoring import RestorePreview, RestoreReceipt

R = TypeVar("R")
_STAMP = re.compile(r"-\d{4}-\d{2}-\d{2}-\d{4}(-\d+)?$")
_REGISTER = ".gdprdesk"


def place_for(backup: Path, known: Sequence[Path], parent: Path) -> Path:
    """Return where a backup belongs: the register of its name, or a new one in a folder."""
    name = _STAMP.sub("", backup.name.removesuffix(BACKUP_SUFFIX))
    same = (folder for folder in known if folder.stem == name and folder.is_dir())
    return next(same, parent / f"{name}{_REGISTER}")


class RestorePage(CardPage):
    """Takes a backup and what opens it, shows what it means, and puts it back.

    Signals:
        unlock_wanted: The register is back and is to be opened; where, and the recovery key if
            that was used.
        back_wanted: Nothing is to be put back.

    Attributes:
        backup: The file.
        folder: Where the register is to be.
        password: Of the day of the copy, or of today.
        key: The recovery key, instead of it.
        instead_button: Asks for the other of the two.
        place_button: Chooses another place.
        look_button: Shows what would come back.
        restore_button: Puts it back.
        unlock_button: Leads to the password of the register that is back.
        back_button: Leads one step back, or stops what is being done.
        problem: Why it cannot be put back.
    """

    card_width = 560
    unlock_wanted = Signal(Path, str)
    back_wanted = Signal()

    def __init__(
        self,
        backup: Path,
        folder: Path,
        door: Door,
        operations: Operations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.backup, self.folder = backup, folder
        self._door, self._operations = door, operations
        self._given, self._wrong = Opener(), False
        self._running: Operation[RestorePreview] | Operation[RestoreReceipt] | None = None
        self.password, self.key = PasswordField(large=True), QLineEdit()
        self._password_field = FormField(
            _("Password"),
            self.password,
            check=required(self.password.text, _("Write your password.")),
            hint=_("That of today, or of the day the copy was made."),
        )
        self._key_field = FormField(
            _("Recovery key"),
            self.key,
            check=required(self.key.text, _("Write the key from the printed sheet.")),
        )
        self._key_field.hide()
        self.problem = Banner("danger", _("The backup cannot be put back"))
        self._file, self._place = (
            Fact(_("Backup"), "", wrap=True),
            Fact(_("Put back to"), "", wrap=True),
        )
        self._build_buttons()
        self._build()
        self._ask_again()

    def _build_buttons(self) -> None:
        self.instead_button = Button(_("Use the recovery key instead"), "link", on_click=self._swap)
        self.place_button = Button(_("Another place…"), "link", on_click=self._choose_place)
        self.look_button = Button(
            _("Look at the backup"), "primary", size="large", on_click=self.look
        )
        self.restore_button = Button(
            _("Put it back"), "primary", "history", size="large", on_click=self.restore
        )
        self.unlock_button = Button(
            _("Unlock"), "primary", "lock-open", size="large", on_click=self._unlock
        )
        self.back_button = Button(_("Back"), "link", "arrow-left", on_click=self._go_back)
        for edit in (self.password.edit, self.key):
            edit.returnPressed.connect(self.look)

    def _build(self) -> None:
        place = row(self._place, self.place_button)
        place.setStretch(0, 1)
        self._entry = holder(
            column(
                self._file,
                place,
                self._password_field,
                self._key_field,
                row(self.instead_button, None),
                self.look_button,
                spacing=12,
            )
        )
        self._found = column(spacing=14)
        self._preview = holder(column(self._found, 8, self.restore_button, spacing=8))
        self._words = column(spacing=12)
        self._done = holder(column(self._words, 8, self.unlock_button, spacing=8))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(_("Reading the backup …"))
        self._bar.hide()
        self.card.add(
            self.problem, 8, self._entry, self._preview, self._done, 8, self._bar,
            row(self.back_button, None),
        )  # fmt: skip

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the page opens."""
        return self.password.edit

    def look(self) -> None:
        """Show what would come back, and what would be lost."""
        field = self._password_field if self._key_field.isHidden() else self._key_field
        if not field.is_right() or not self.look_button.isEnabled():
            return
        with_key = not self._key_field.isHidden()
        self._given = (
            Opener(recovery_key=self.key.text())
            if with_key
            else Opener(password=self.password.text())
        )
        self.problem.hide()
        self._begin()
        self._running = self._follow(
            perform(
                self._operations,
                self,
                self._read,
                self._show_preview,
                doing=_("Reading the backup …"),
                button=self.look_button,
                refused=lambda said: field.show_error(said) if self._wrong else self._refuse(said),
                always=self._end,
            )
        )

    def restore(self) -> None:
        """Put the backup back."""
        if not self.restore_button.isEnabled():
            return
        self._begin()
        self._running = self._follow(
            perform(
                self._operations,
                self,
                lambda progress: self._door.restore(
                    self.backup, self.folder, given=self._given, progress=progress
                ),
                self._show_receipt,
                doing=_("Putting it back …"),
                button=self.restore_button,
                refused=self._refuse,
                always=self._end,
            )
        )

    def _read(self, progress: Operation[RestorePreview]) -> RestorePreview:
        self._wrong = False
        try:
            return self._door.preview_restore(
                self.backup, self.folder, given=self._given, progress=progress
            )
        except WrongPasswordError:
            self._wrong = True
            raise

    def _begin(self) -> None:
        self._bar.setRange(0, 0)
        self._bar.show()
        self.back_button.setText(_("Stop"))

    def _follow(self, operation: Operation[R]) -> Operation[R]:
        operation.progressed.connect(self._step)
        return operation

    def _step(self, done: int, total: int, _text: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _end(self) -> None:
        self._running = None
        self._bar.hide()
        self.back_button.setText(_("Back"))

    def _go_back(self) -> None:
        if self._running is not None:
            self._running.cancel()
        elif not self._preview.isHidden():
            self._ask_again()
        else:
            self.back_wanted.emit()

    def _refuse(self, sentence: str) -> None:
        self.problem.set_words(_("The backup cannot be put back"), sentence)
        self._show_step(self._entry)
        self.problem.show()

    def _show_step(self, step: QWidget) -> None:
        self._end()  # what is shown is over, and Back no longer stops it
        for one in (self._entry, self._preview, self._done):
            one.setVisible(one is step)
        self.problem.hide()

    def _ask_again(self) -> None:
        self.title.setText(_("Open a backup"))
        self.sentence.setText(_("Nothing is changed before you have seen what it means."))
        self._file.value.setText(str(self.backup))
        self._place.value.setText(str(self.folder))
        self._show_step(self._entry)

    def _swap(self) -> None:
        to_key = self._key_field.isHidden()
        self._key_field.setVisible(to_key)
        self._password_field.setVisible(not to_key)
        self.instead_button.setText(
            _("Use the password instead") if to_key else _("Use the recovery key instead")
        )
        (self.key if to_key else self.password.edit).setFocus()

    def _choose_place(self) -> None:
        chosen = ask.choose_folder(self, _("Choose the register to replace, or a folder for it"))
        if chosen is not None:
            name = self.folder.name
            self.folder = chosen if chosen.suffix == _REGISTER else chosen / name
            self._place.value.setText(str(self.folder))

    def _show_preview(self, preview: RestorePreview) -> None:
        made = format_moment(preview.made_at)
        self.title.setText(_("As it was {moment}").format(moment=made))
        self.sentence.setText(self.backup.name)
        _fill(self._found, preview_lines(preview, replaces=self.folder.exists()))
        self._show_step(self._preview)
        self.restore_button.setFocus()

    def _show_receipt(self, receipt: RestoreReceipt) -> None:
        self.title.setText(_("The register is back"))
        made = format_moment(receipt.made_at)
        self.sentence.setText(_("As it was {moment}").format(moment=made))
        lines: list[QWidget] = [Fact(_("Kept in"), str(receipt.folder), wrap=True)]
        if receipt.aside is not None:
            said = _(
                "It is now called {name}, in the same folder. Look whether everything is here, and "
                "then delete it: it is a copy too, with everything in it."
            ).format(name=receipt.aside.name)
            lines.append(Banner("info", _("The register that was there is kept"), said))
        lines += [Banner("warn", warning) for warning in receipt.warnings]
        _fill(self._words, lines)
        self._show_step(self._done)
        self.back_button.hide()
        self.unlock_button.setFocus()

    def _unlock(self) -> None:
        self.unlock_wanted.emit(self.folder, self._given.recovery_key)


def _fill(layout: QVBoxLayout, lines: Sequence[QWidget]) -> None:
    clear(layout)
    for line in lines:
        layout.addWidget(line)
