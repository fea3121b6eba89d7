"""The first window of the day: who it is, and her password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.door import AtHand, Door, Slot
from gdprdesk.i18n import _, ngettext
from gdprdesk_ui.calls import perform
from gdprdesk_ui.dialogs.factor_fields import FactorFields
from gdprdesk_ui.operations import Operations
from gdprdesk_ui.start.card_page import CardPage
from gdprdesk_ui.widgets import (
    Banner,
    Button,
    ChoiceTile,
    FormField,
    Label,
    PasswordField,
    column,
    holder,
    row,
)

if TYPE_CHECKING:  # imported by the door, when it is opened
    from gdprdesk.desk import Desk

OWNER = "owner"


def staff_label(name: str) -> str:
    """Return how a member of staff is called on the screen."""
    return _("Owner") if name == OWNER else name


class UnlockPage(CardPage):
    """Opens one register.

    Signals:
        opened: The register is open; the desk.
        forgotten: The password or what is needed beside it is lost; whose it is.
        invited: Somebody opens it for the first time, with a one-time code; who.
        other_wanted: Another register is to be opened.

    Attributes:
        password: Where it is typed.
        factors: What the one chosen needs beside it.
        unlock_button: Opens the register.
        accept_button: Leads to the one-time code, for who is invited.
        forgotten_button: Leads to the recovery key.
        other_button: Leads to other registers.
        tiles: Who opens it, by slot; empty where there is one only.
    """

    opened = Signal(object)
    forgotten = Signal(str)
    invited = Signal(str)
    other_wanted = Signal()

    def __init__(
        self,
        folder: Path,
        door: Door,
        operations: Operations,
        *,
        reason: str = "",
        staff: str = "",
        key_file: Path | None = None,
        lock_after_minutes: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Begin.

        Args:
            folder: The register.
            door: The way in.
            operations: The worker.
            reason: Why it was locked.
            staff: The slot of whoever opens it most likely.
            key_file: Where the key file was last.
            lock_after_minutes: When it locks itself.
            parent: The parent.
        """
        super().__init__(parent)
        self.folder, self._door, self._operations = folder, door, operations
        self._left = 0
        self._wrong: str | None = None
        self._asked: FactorKind | None = None
        self._prepared = False
        self.title.setText(folder.stem)
        self.sentence.setText(reason or _("Unlock to see your customers' details"))
        self.password = PasswordField(large=True)
        self._field = FormField(_("Password"), self.password, check=lambda: self._wrong)
        self.factors = FactorFields(key_file)
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
        self.accept_button = Button(
            _("Use the one-time code"), "primary", "key-round", size="large",
            on_click=lambda: self.invited.emit(self.chosen_staff()),
        )  # fmt: skip
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
            if staff in self.tiles:
                self.tiles[staff].setChecked(True)
            self._take_choice()

    def _known_staff(self) -> tuple[Slot, ...]:
        try:
            return self._door.staff(self.folder)
        except DomainError as error:
            self.sentence.hide()
            self.problem.set_words(_("The register cannot be opened"), str(error))
            return ()

    def _build(self, lock_after_minutes: int) -> None:
        if len(self._staff) > 1:
            self.tiles = {one.id: _tile(one) for one in self._staff}
            self.tiles[self._staff[0].id].setChecked(True)
            grid = QGridLayout()
            grid.setSpacing(10)
            for number, tile in enumerate(self.tiles.values()):
                grid.addWidget(tile, number // 2, number % 2)
                tile.clicked.connect(self._take_choice)
            self.card.add(grid, 16)
        quiet = self._busy.sizePolicy()
        quiet.setRetainSizeWhenHidden(True)
        self._busy.setSizePolicy(quiet)
        self._busy.hide()
        self._entry = holder(
            column(self._field, 16, self.factors, self.unlock_button, 6, self._busy, 8, spacing=0)
        )
        self.factors.setContentsMargins(0, 0, 0, 16)
        self._first_time = Label("", wrap=True)
        self._accept = holder(column(self._first_time, 16, self.accept_button, 14, spacing=0))
        self._entry.setVisible(bool(self._staff))
        self._accept.hide()
        self.problem.setVisible(not self._staff)
        self.forgotten_button.setVisible(bool(self._staff))
        links = row(self.forgotten_button, None, self.other_button)
        self.card.add(self._entry, self._accept, self.problem, links)
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
        slot, at_hand = self._slot(), self.factors.at_hand()
        self._say(None)
        self.password.edit.setEnabled(False)
        self._busy.show()
        perform(
            self._operations,
            self,
            lambda _progress: self._open(slot, password, at_hand),
            self.opened.emit,
            doing=_("Unlocking …"),
            button=self.unlock_button,
            refused=self._refuse,
            always=self._end,
        )

    def _open(self, slot: Slot, password: str, at_hand: AtHand) -> Desk:
        """Ask each factor that is needed, and open the register; on the worker."""
        given: dict[FactorKind, bytes] = {}
        for kind in slot.factors:
            self._asked = kind
            given[kind] = self._door.secret(self.folder, staff=slot.id, kind=kind, at_hand=at_hand)
        self._asked = None
        return self._door.unlock(self.folder, staff=slot.id, password=password, factors=given)

    def _slot(self) -> Slot:
        chosen = self.chosen_staff()
        return next(one for one in self._staff if one.id == chosen)

    def _take_choice(self) -> None:
        """Ask the one chosen for what she needs, and for nothing else."""
        slot = self._slot()
        self.factors.prompt.stop()
        self.factors.need(tuple(slot.factors))
        is_invited = slot.invited_until is not None
        self._entry.setHidden(is_invited)
        self._accept.setVisible(is_invited)
        self._first_time.setText(
            _(
                "{name} is invited. The first time, the register opens with the one-time code, "
                "and a password is chosen."
            ).format(name=slot.name)
        )
        self.forgotten_button.setHidden(is_invited)
        self.forgotten_button.setText(
            _("Lost your password or key?") if slot.factors else _("Forgot your password?")
        )
        self._hold()

    def _take_key(self, _text: str) -> None:
        self._say(None)
        if not self._prepared:
            self._prepared = True
            perform(self._operations, self, lambda _progress: self._door.prepare())

    def _end(self) -> None:
        self._busy.hide()
        self.factors.prompt.rest()
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
        if self._asked is not None:
            self.factors.say(self._asked, sentence)
            return
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


def _tile(slot: Slot) -> ChoiceTile:
    """Return what somebody is chosen by."""
    name, sentence = staff_label(slot.name), ""
    if slot.invited_until is not None:
        sentence = _("Invited")
    elif slot.id == OWNER and name != staff_label(OWNER):
        sentence = staff_label(OWNER)
    return ChoiceTile(name, sentence, person=name)
