"""What the window lends to its pages and dialogs: the register, the worker, and its voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QAbstractButton, QWidget

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import _
from gdprdesk.services.organisation import PageNames, show_page_names
from gdprdesk_ui.calls import perform
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.theme import Theme
from gdprdesk_ui.widgets.progress import ProgressStrip

R = TypeVar("R")


class Messenger(Protocol):
    """Shows a short message with at most one action."""

    def __call__(
        self,
        words: str,
        *,
        verb: str = "",
        do: Callable[[], object] | None = None,
        undoable: bool = False,
        deletion: bool = False,
    ) -> None:
        """Show a message of at most 60 characters that names the thing.

        Args:
            words: "Order 2210 is erased".
            verb: What the button says.
            do: What the button does.
            undoable: Instead of these: a button that takes back the last action.
            deletion: Stay longer, as after every deletion.
        """


@dataclass(frozen=True)
class PageContext:
    """What every page may use. The window makes it.

    Attributes:
        desk: The open register.
        operations: The worker thread. Most pages call `perform` instead.
        theme: Scheme and text size.
        window: The parent of dialogs.
        toast: Shows a short message.
        open_page: Opens a page by its key, with what it is to show.
        go_back: Opens the page shown before.
        strip: Shows what the worker does.
        set_badge: Says how many things wait at a destination: key, count, tone.
        lock: Locks the register now, without any question.
        restore: Locks the register and opens this backup, to be put back in its place.
        preferences: The settings of this computer.
    """

    desk: Desk
    operations: Operations
    theme: Theme
    window: QWidget
    toast: Messenger
    open_page: Callable[..., None]
    go_back: Callable[[], None]
    strip: ProgressStrip
    set_badge: Callable[..., None]
    lock: Callable[[], None]
    restore: Callable[[Path], None]
    preferences: Preferences = field(default_factory=Preferences)

    @property
    def names(self) -> PageNames:
        """Return what pages are called in the trade of the business."""
        return self.desk.ask(show_page_names)

    def may(self, what: Permission | Callable[..., object]) -> bool:
        """Return whether whoever works here may do or ask something."""
        return self.desk.may(what)

    def leave_out(self, needs: Permission, *widgets: QWidget) -> None:
        """Take parts out of a page for good, unless whoever works here has what they need.

        What may not be done is absent, not greyed. Whatever a page does with such a part later, it
        is never seen. Called once the page is laid out.
        """
        if not self.may(needs):
            nowhere = QWidget(self.window)
            nowhere.hide()
            for widget in widgets:
                widget.setParent(nowhere)

    @property
    def today(self) -> date:
        """Return the day it is for the register."""
        return self.desk.today

    def perform(
        self,
        call: Callable[[Operation[R]], R],
        then: Callable[[R], object] | None = None,
        *,
        doing: str = "",
        button: QAbstractButton | None = None,
        refused: Callable[[str], object] | None = None,
    ) -> Operation[R]:
        """Do something on the worker thread while the window stays alive.

        After a refusal `then` is not called. Changes refresh the page by themselves.

        Args:
            call: What to do, such as `lambda progress: desk.run(erase_subject, ...)`. It is
                given the progress to report to.
            then: What to do with the result, back in the window.
            doing: What is said while it lasts ("Saving …").
            button: The button that began it; off until it is over.
            refused: Where the sentence of a refusal is told, such as under a field; without it,
                in a dialog.
        """
        return perform(
            self.operations,
            self.window,
            call,
            then,
            doing=doing,
            button=button,
            refused=refused,
            strip=self.strip,
        )

    def save(
        self,
        call: Callable[[Operation[R]], R],
        then: Callable[[R], object] | None = None,
        button: QAbstractButton | None = None,
        refused: Callable[[str], object] | None = None,
    ) -> Operation[R]:
        """Do as `perform` does, for what is saved by a button of a form."""
        return self.perform(call, then, doing=_("Saving …"), button=button, refused=refused)
