"""What a command is given: what was typed, and the world it runs in."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gdprdesk.cli.letters import visible
from gdprdesk.cli.passwords import password
from gdprdesk.cli.progress import watched
from gdprdesk.cli.security_keys import TerminalAsking
from gdprdesk.clock import Clock
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.door import AtHand, Door, register_at, said_of_tries
from gdprdesk.i18n import _
from gdprdesk.store.keys import Limits, staff_in

KEY_FILE = "GDPRDESK_KEY_FILE"
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

    @property
    def at_hand(self) -> AtHand:
        """Return what can be asked beside the password: only what was named, so nothing hangs."""
        named = self.given.key_file or os.environ.get(KEY_FILE)
        asking = TerminalAsking() if self.given.security_key else None
        return AtHand(Path(named) if named else None, asking)

    @contextmanager
    def register(self) -> Iterator[Desk]:
        """Unlock the register that was named, and lock it whatever happens.

        Raises:
            DomainError: It cannot be opened; nothing is made where there is none.
        """
        staff_in(self.folder)  # so that nobody types a password for nothing
        desk = self.unlock(password())
        try:
            for found in desk.log_findings:
                sys.stderr.write(f"{visible(found.sentence)} {visible(found.advice)}\n")
            yield desk
            _back_up(desk)
        finally:
            desk.lock()

    def unlock(self, typed: str) -> Desk:
        """Unlock the register that was named, with a password; says if wrong ones were tried.

        Raises:
            DomainError: It cannot be opened; says why.
        """
        door, staff = Door(self.limits, self.clock), self.given.staff
        factors = door.secrets(self.folder, staff=staff, at_hand=self.at_hand)
        desk = door.unlock(self.folder, staff=staff, password=typed, factors=factors)
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
