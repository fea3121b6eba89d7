"""A security key, asked for on the terminal."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable

from gdprdesk.i18n import _


class TerminalAsking:
    """Says on standard error what a security key waits for; Ctrl+C gives up.

    Attributes:
        given_up: Never: Ctrl+C ends the command.
    """

    given_up = False

    def begin(self, give_up: Callable[[], None]) -> None:
        """Need nothing: Ctrl+C ends the waiting."""

    def touch(self) -> None:
        """Say that it blinks."""
        sys.stderr.write(f"{_('Touch your security key now: it blinks.')}\n")

    def pin(self) -> str | None:
        """Return the PIN that is typed; nothing where nobody can be asked."""
        if not _is_somebody_there():
            return None
        return getpass.getpass(_("PIN of the security key: ")) or None

    def next_stick(self) -> bool:
        """Wait until the new one is plugged in."""
        if not _is_somebody_there():
            return False
        sys.stderr.write(_("Take that one out, plug in the new one, and press Enter. "))
        sys.stderr.flush()
        return bool(sys.stdin.readline())


def _is_somebody_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
