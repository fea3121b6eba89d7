"""The first window of the day: who it is, and her password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.door import Door, Slot
from gdprdesk.i18n import _, ngettext
from gdprdesk_ui.calls import perform
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import Banner, Button, ChoiceTile, FormField, PasswordField, row
from gdprdesk_ui.widgets.layout import column, holder

OWNER = "owner"


def staff_label(name: str) -> str:
    """Return how a member of staff is called on the screen."""
    return _("Owner") if name == OWNER else name


class UnlockPage(CardPage):
    """Opens one register.

    Signals:
        opened: The register is open; the desk.
        forgotten: The password is forgotten; whose it is.
        other_wanted: Another register is to be opened.

    Attributes:
        password: Where it is typed.
        unlock_button: Opens the register.
        forgotten_button: Leads to the recovery key.
        other_button: Leads to other registers.
        tiles: Who opens it, by slot; empty where there is one only.
    """

    opened = Signal(object)
    forgotten = Signal(str)
    other_wanted = Signal()

    def __init__(
        self,
        folder: Path,
        door: Door,
        operations: Operations,
        *,
        reason: str = "",
        lock_after_minutes: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Args are the register, the way in, the worker, and why it was locked."""
        super().__init__(parent)
        self.folder, self._door, self._operations = folder, door, operations
        self._left = 0
        self._wrong: str | None = None
        self._prepared = False
        self.title.setText(folder.stem)
        self.sentence.setText(reason or _("Unlock to see your customers' details"))
        self.password = PasswordField(large=True)
        self._field = FormField(_("Password"), self.password, check=lambda: self._wrong)
        self.unlock_button = Button(
            _("Unlock"), "primary", "lock-open", size="large", on_click=self.unlock
        )
        self.forgotten_button = Button(
            _("Forgot your password?"),
            "link",
            on_click=lambda: self.forgotten.emit(self.chosen_staff()),
        )
        self.other_button = Button(
            _("Open another register"), "link", on_click=self.other_wanted.emit
        )
        self.problem = Banner("danger", _("The register cannot be opened"), "")
        self.tiles: dict[str, ChoiceTile] = {}
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName(_("Unlocking …"))
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._tick)
        self.password.edit.returnPressed.connect(self.unlock)
        self.password.edit.textEdited.connect(self._take_key)
        self._staff = self._known_staff()
        self._build(lock_after_minutes)
        if self._staff:
            self._hold()

    def _known_staff(self) -> tuple[Slot, ...]:
        try:
            return self._door.staff(self.folder)
        except DomainError as error:
            self.sentence.hide()
            self.problem.set_words(_("The register cannot be opened"), str(error))
            return ()

    def _build(self, lock_after_minutes: int) -> None:
        if len(self._staff) > 1:
            self.tiles = {
                one.id: ChoiceTile(staff_label(one.name), "", person=staff_label(one.name))
                for one in self._staff
            }
            self.tiles[self._staff[0].id].setChecked(True)
            grid = QGridLayout()
            grid.setSpacing(10)
            for number, tile in enumerate(self.tiles.values()):
                grid.addWidget(tile, number // 2, number % 2)
                tile.clicked.connect(self._hold)
            self.card.add(grid, 16)
        quiet = self._busy.sizePolicy()
        quiet.setRetainSizeWhenHidden(True)
        self._busy.setSizePolicy(quiet)
        self._busy.hide()
        self._entry = holder(
            column(self._field, 16, self.unlock_button, 6, self._busy, 8, spacing=0)
        )
        self._entry.setVisible(bool(self._staff))
        self.problem.setVisible(not self._staff)
        self.forgotten_button.setVisible(bool(self._staff))
        links = row(self.forgotten_button, None, self.other_button)
        self.card.add(self._entry, self.problem, links)
        if lock_after_minutes:
            said = ngettext(
                "Locks itself after {count} minute", "Locks itself after {count} minutes",
                lock_after_minutes,
            )  # fmt: skip
            self.add_to_foot(said.format(count=lock_after_minutes))

    def first_focus(self) -> QWidget:
        """Return where the cursor is when the page opens."""
        return self.password.edit if self._staff else self.other_button

    def chosen_staff(self) -> str:
        """Return the slot of whoever wants to open the register."""
        chosen = (slot for slot, tile in self.tiles.items() if tile.isChecked())
        return next(chosen, self._staff[0].id)

    def unlock(self) -> None:
        """Try the password, unless it is tried already or there is still to wait."""
        password = self.password.text()
        if self._left or not self.password.edit.isEnabled():
            return
        if not password:
            self._say(_("Write your password."))
            return
        staff = self.chosen_staff()
        self._say(None)
        self.password.edit.setEnabled(False)
        self._busy.show()
        perform(
            self._operations,
            self,
            lambda _progress: self._door.unlock(self.folder, staff=staff, password=password),
            self.opened.emit,
            doing=_("Unlocking …"),
            button=self.unlock_button,
            refused=self._refuse,
            always=self._end,
        )

    def _take_key(self, _text: str) -> None:
        self._say(None)
        if not self._prepared:
            self._prepared = True
            perform(self._operations, self, lambda _progress: self._door.prepare())

    def _end(self) -> None:
        self._busy.hide()
        self.password.edit.setEnabled(True)
        self.password.edit.setFocus()
        self._hold()

    def _hold(self) -> None:
        """Let the one chosen wait if she must, after several wrong passwords."""
        self._left = self._door.seconds_left(self.folder, self.chosen_staff())
        if self._left:
            self.unlock_button.setEnabled(False)
            self._wait.start()
            self._say_wait()
        else:
            self._let_go()

    def _refuse(self, sentence: str) -> None:
        self.password.edit.selectAll()
        self._say(sentence)

    def _say(self, wrong: str | None) -> None:
        self._wrong = wrong
        self._field.show_error(wrong)

    def _tick(self) -> None:
        self._left -= 1
        if self._left:
            self._say_wait()
        else:
            self._let_go()

    def _let_go(self) -> None:
        self._wait.stop()
        self.unlock_button.setText(_("Unlock"))
        self.unlock_button.setEnabled(True)

    def _say_wait(self) -> None:
        said = ngettext("Wait {count} second", "Wait {count} seconds", self._left)
        self.unlock_button.setText(said.format(count=self._left))
