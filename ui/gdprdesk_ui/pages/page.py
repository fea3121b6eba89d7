"""What a page is, and what it is given to work with."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Any, ClassVar, Protocol, TypeVar

from PySide6.QtWidgets import QAbstractButton, QWidget

from gdprdesk.desk import Desk
from gdprdesk.i18n import _
from gdprdesk_ui import ask
from gdprdesk_ui.operations import Operation, Operations
from gdprdesk_ui.theme import Theme
from gdprdesk_ui.widgets.buttons import Button
from gdprdesk_ui.widgets.progress import ProgressStrip

R = TypeVar("R")


class Command(Enum):
    """What a page may be able to do by a shortcut and the menu."""

    NEW = "new"
    FIND = "find"
    PRINT = "print"
    EXPORT = "export"
    EDIT = "edit"
    ERASE = "erase"
    PREVIOUS = "previous"
    NEXT = "next"


class Breadth(IntEnum):
    """How much room a page has, in relation to the size of its text."""

    NARROW = 900
    """Cards that stand beside others go under them."""
    COMPACT = 1180
    """The sidebar is a rail of icons; preview panes are hidden."""
    FULL = 1181
    """There is room for everything."""


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
    ) -> Operation[R]:
        """Do something on the worker thread while the window stays alive.

        A refusal is told in a dialog and `then` is not called. Changes refresh the page by
        themselves.

        Args:
            call: What to do, such as `lambda progress: desk.run(erase_subject, ...)`. It is
                given the progress to report to.
            then: What to do with the result, back in the window.
            doing: What is said while it lasts ("Saving …").
            button: The button that began it; off until it is over.
        """
        operation = self.operations.start(call)
        if doing:
            self.strip.watch(operation, doing)
        if button is not None:
            _hold(button, operation, doing)
        if then is not None:
            operation.succeeded.connect(then)
        operation.refused.connect(lambda sentence: ask.tell_error(self.window, sentence))
        operation.crashed.connect(self._tell_bug)
        return operation

    def save(
        self,
        call: Callable[[Operation[R]], R],
        then: Callable[[R], object] | None = None,
        button: QAbstractButton | None = None,
    ) -> Operation[R]:
        """Do as `perform` does, for what is saved by a button of a form."""
        return self.perform(call, then, doing=_("Saving …"), button=button)

    def _tell_bug(self, error: Exception) -> None:
        """Tell of a mistake in the program: where it was, never what was in the records."""
        sentence = _(
            "Something went wrong in the program. What was begun was not kept, and your register"
            " is as it was before. Try again; if it happens again, send us the details."
        )
        where = "".join(traceback.format_tb(error.__traceback__))
        ask.tell_error(self.window, sentence, f"{type(error).__name__}\n{where}")


def _hold(button: QAbstractButton, operation: Operation[Any], doing: str) -> None:
    if isinstance(button, Button) and doing:
        button.set_busy(doing)
        operation.finished.connect(lambda: button.set_busy(None))
    else:
        button.setEnabled(False)
        operation.finished.connect(lambda: button.setEnabled(True))


class Page(QWidget):
    """One page of the window. It shows and asks; every decision is the core's.

    A page builds its widgets in `__init__`, fills them in `refresh`, and is told in `arrive`
    what it is to show.

    Attributes:
        scrolls: Whether the whole page scrolls; otherwise its parts do.
        changed_kinds: The kinds of record whose changes it shows; None for all of them.
        context: What it may use.
        breadth: How much room it has.
    """

    scrolls: ClassVar[bool] = True
    changed_kinds: ClassVar[frozenset[type] | None] = None

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.breadth = Breadth.FULL

    def arrive(self, **arguments: Any) -> None:
        """Take what the page is to show, such as `subject_ref`. Comes before `refresh`."""

    def refresh(self) -> None:
        """Read from the register again and show it. Called when shown and after changes."""

    def commands(self) -> Mapping[Command, Callable[[], object]]:
        """Return what the page can do by shortcut now."""
        return {}

    def first_focus(self) -> QWidget | None:
        """Return where the cursor is when the page opens."""
        return None

    def set_breadth(self, breadth: Breadth) -> None:
        """Hide or move what there is no room for; a page that overrides this calls it too."""
        self.breadth = breadth


@dataclass(frozen=True)
class PageSpec:
    """A page of the program, as listed in `PAGES`.

    Attributes:
        key: What other pages open it by.
        title: Its name, marked with N_.
        icon: A Lucide icon.
        factory: Makes it, when it is opened for the first time.
        group: The group in the navigation, marked with N_; "" for none.
        under: For a page that is not in the navigation: the key of the page it belongs to.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[PageContext], Page]
    group: str = ""
    under: str = ""
