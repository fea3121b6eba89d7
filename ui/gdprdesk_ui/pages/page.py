"""What a page is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from gdprdesk.domain.terms import Permission
from gdprdesk_ui.context import PageContext

__all__ = ["Breadth", "Command", "Page", "PageContext", "PageSpec"]


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

    def arrive(self, *_places: Any, **_arguments: Any) -> None:
        """Take what the page is to show, such as `subject_ref`. Comes before `refresh`.

        A page names its own arguments, all of them by keyword; the types here let it.
        """

    def refresh(self) -> None:
        """Read from the register again and show it. Called when shown and after changes."""

    def count_waiting(self) -> None:
        """Say in the navigation how many things wait here. Called after changes elsewhere."""

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
        guarded: Whether it shows a journal, which nobody sees who is shown the screen.
        needs: It is there for whoever has one of these permissions; for everybody without any.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[PageContext], Page]
    group: str = ""
    under: str = ""
    guarded: bool = False
    needs: tuple[Permission, ...] = ()
