"""Taking back what was done last, and doing it again."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from gdprdesk.clock import Clock
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.store.undo import Before
from gdprdesk.store.unit_of_work import Changes, UnitOfWork
from gdprdesk.store.vault import Vault

_MOST_UNDONE = 50

Step = tuple[str, tuple[Before, ...]]
"""What an action is called, in English, and the rows as they were before it."""


class Undoing:
    """What can be taken back, and what was, while the register is open."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.undone: list[Step] = []

    def note(self, label: str, before: tuple[Before, ...]) -> None:
        """Remember an action; what was taken back before it is not done again."""
        self.done = [*self.done[1 - _MOST_UNDONE :], (label, before)]
        self.undone.clear()

    def forget(self) -> None:
        """Remember nothing of what was before."""
        self.done.clear()
        self.undone.clear()

    def undo(self, vault: Vault, clock: Clock) -> Changes:
        """Take back the last action. What was erased never comes back."""
        return _move(self.done, self.undone, UnitOfWork(vault, clock), "undo")

    def redo(self, vault: Vault, clock: Clock) -> Changes:
        """Do again what was taken back last."""
        return _move(self.undone, self.done, UnitOfWork(vault, clock), "redo")


def _move(source: list[Step], target: list[Step], transaction: UnitOfWork, name: str) -> Changes:
    if not source:
        raise DomainError(_("There is nothing to undo."))
    label, before = source.pop()
    try:
        with transaction as work:
            work.put_back(before)
            changes = work.commit(name, of_restricted=True)  # a restriction is taken back first
    except IntegrityError:
        raise DomainError(
            _("This can no longer be undone: something later depends on it.")
        ) from None
    except BaseException:
        source.append((label, before))
        raise
    target.append((label, changes.before))
    return changes
