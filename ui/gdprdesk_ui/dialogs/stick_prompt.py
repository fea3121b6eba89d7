"""What a security key waits for: to be touched, its PIN, or that another is plugged in."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.widgets import (
    Button,
    Card,
    FormField,
    Icon,
    Label,
    PasswordField,
    column,
    holder,
    required,
    row,
)


class Wanted(Enum):
    """What the security key, or the worker that asks it, waits for."""

    TOUCH = auto()
    PIN = auto()
    NEXT = auto()


class StickAsking(QObject):
    """Asks somebody in the window, from the worker thread, which waits for her answer.

    Signals:
        wants: What is waited for.

    Attributes:
        given_up: Whether she has given up.
    """

    wants = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.given_up = False
        self._answers: SimpleQueue[str | None] = SimpleQueue()
        self._give_up: Callable[[], None] = lambda: None

    def begin(self, give_up: Callable[[], None]) -> None:
        """Take what ends the waiting for a touch."""
        self._give_up = give_up
        if self.given_up:
            give_up()

    def touch(self) -> None:
        """Say that the stick blinks."""
        self.wants.emit(Wanted.TOUCH)

    def pin(self) -> str | None:
        """Return the PIN that is written, or nothing."""
        return self._ask(Wanted.PIN)

    def next_stick(self) -> bool:
        """Wait until another stick is plugged in."""
        return self._ask(Wanted.NEXT) is not None

    def answer(self, text: str) -> None:
        """Let the worker go on, with what was written."""
        self._answers.put(text)

    def stop(self) -> None:
        """Let the worker give up, whatever it waits for."""
        self.given_up = True
        self._give_up()
        self._answers.put(None)

    def _ask(self, wanted: Wanted) -> str | None:
        if self.given_up:
            return None
        self.wants.emit(wanted)
        return self._answers.get()


class StickPrompt(QWidget):
    """Says in the window what the security key waits for. Hidden with the window, it gives up.

    Attributes:
        words: What is to be done.
        pin: Where the PIN is written.
        go_button: Goes on, once the PIN is written or another stick is plugged in.
        stop_button: Gives up.
        problem: Why the security key gave nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking: StickAsking | None = None
        self._wanted = Wanted.TOUCH
        self.words = Label("", "small", wrap=True)
        self.pin = PasswordField()
        self._pin_field = FormField(
            _("PIN of the security key"),
            self.pin,
            check=required(self.pin.text, _("Write the PIN of the security key.")),
        )
        self.pin.edit.returnPressed.connect(self._go)
        self.go_button = Button(_("Continue"), size="small", on_click=self._go)
        self.stop_button = Button(_("Stop waiting"), "link", on_click=self.stop)
        self.problem = Label("", "small", "danger", wrap=True)
        self.problem.hide()
        said = row(Icon("usb", "accent_text", 18), self.words, spacing=10)
        said.setStretch(1, 1)
        self._verbs = holder(row(None, self.stop_button, self.go_button, spacing=12))
        self.setLayout(
            column(
                Card(said, self._pin_field, self._verbs, padding=12, spacing=10, sunken=True),
                self.problem,
                spacing=6,
            )
        )
        self.rest()

    def asking(self) -> StickAsking:
        """Return how a security key is asked from now on."""
        asking = self._asking = StickAsking()
        asking.wants.connect(self._show)
        self.problem.hide()
        return asking

    def rest(self) -> None:
        """Wait for nothing any more."""
        self._asking = None
        self.pin.clear()
        self._pin_field.hide()
        self._verbs.hide()
        self.words.setText(_("Plug in your security key. It is to be touched when it blinks."))

    def stop(self) -> None:
        """Give up waiting."""
        if self._asking is not None:
            self._asking.stop()

    def say_problem(self, sentence: str) -> None:
        """Say why the security key gave nothing."""
        self.problem.setText(sentence)
        self.problem.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.stop()

    def _show(self, wanted: Wanted) -> None:
        if self._asking is None:  # it is over
            return
        self._wanted = wanted
        words = {
            Wanted.TOUCH: _("Touch your security key now: it blinks."),
            Wanted.PIN: _("Your security key wants its PIN before it is touched."),
            Wanted.NEXT: _("Take that security key out, plug in the new one, and go on."),
        }
        self.words.setText(words[wanted])
        self._pin_field.setVisible(wanted is Wanted.PIN)
        self.go_button.setVisible(wanted is not Wanted.TOUCH)
        self._verbs.show()
        if wanted is Wanted.PIN:
            self.pin.clear()
            self.pin.edit.setFocus()
        else:
            (self.stop_button if wanted is Wanted.TOUCH else self.go_button).setFocus()

    def _go(self) -> None:
        if self._asking is None or (self._wanted is Wanted.PIN and not self._pin_field.is_right()):
            return
        text = self.pin.text() if self._wanted is Wanted.PIN else ""
        self._verbs.hide()
        self._pin_field.hide()
        self._asking.answer(text)
