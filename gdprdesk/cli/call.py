"""What a command is given: what was typed, and the world it runs in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gdprdesk.cli.letters import visible
from gdprdesk.cli.passwords import password
from gdprdesk.cli.progress import watched
from gdprdesk.clock import Clock
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.door import Door, register_at, said_of_tries
from gdprdesk.i18n import _
from gdprdesk.store.keys import Limits, staff_in

OpenWindow = Callable[[Path, str], int]


@dataclass(frozen=True, repr=False)
class Call:
    """A command as it was typed.

    Attributes:
        given: The arguments by name.
        limits: How much work a password costs; tests take less.
        clock: What time it is.
        open_window: Opens the window on a register with its password, where there is a window.
    """

    given: Namespace
    limits: Limits | None
    clock: Clock
    open_window: OpenWindow | None

    @property
    def folder(self) -> Path:
        """Return the folder of the register that was named."""
        folder: Path = register_at(self.given.file)
        return folder

    @contextmanager
    def register(self) -> Iterator[Desk]:
        """Unlock the register that was named, and lock it whatever happens.

        Raises:
            DomainError: It cannot be opened; nothing is made where there is none.
        """
        staff_in(self.folder)  # so that nobody types a password for nothing
        desk = self.unlock(password())
        try:
            yield desk
            _back_up(desk)
        finally:
            desk.lock()

    def unlock(self, typed: str) -> Desk:
        """Unlock the register that was named, with a password; says if wrong ones were tried.

        Raises:
            DomainError: It cannot be opened; says why.
        """
        door = Door(self.limits, self.clock)
        desk = door.unlock(self.folder, staff=self.given.staff, password=typed)
        if desk.failed_tries:
            sys.stderr.write(f"{said_of_tries(desk.failed_tries)}\n")
        return desk


def _back_up(desk: Desk) -> None:
    """Make the copies that are due; what was asked for is done also if a stick is full."""
    try:
        if desk.is_backup_due(locking=True):
            with watched(_("Copying …")) as bar:
                desk.back_up_due(bar, locking=True)
    except DomainError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
