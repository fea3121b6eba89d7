"""New keys for the whole register, so that whoever has left or found a copy opens nothing new."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.clock import Clock
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.register import RegisterState
from gdprdesk.domain.terms import Permission
from gdprdesk.i18n import N_, _
from gdprdesk.jobs import SILENT, Progress
from gdprdesk.services.registry import about, action, query
from gdprdesk.services.staff_leaving import tick_keys
from gdprdesk.store.keys import Keyring, must_hold_journal
from gdprdesk.store.rotation import change_keys as write_under_new_keys
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk.store.vault import Vault


@dataclass(frozen=True, repr=False)
class NewKeys:
    """A register under new keys; it is locked.

    Attributes:
        journal: Whether the key of the journal is a new one too; if not, it waits for somebody who
            may read the journal.
        recovery_key: The new recovery key to print, if one was wanted; if not, the printed one
            opens the register as before.
    """

    journal: bool
    recovery_key: str | None


@action("keys.change", N_("Changed the keys"), undoable=False, needs=Permission.STAFF)
def note_keys_changed(work: UnitOfWork, *, journal: bool) -> None:
    """Write down that the register has new keys, also in the lists of those who have left.

    Args:
        work: The unit of work.
        journal: Whether the key of the journal is new too.
    """
    work.session.scalars(select(RegisterState)).one().journal_key_waits = not journal
    if journal:
        tick_keys(work)


@query("keys.journal_waits", needs=Permission.STAFF)
def journal_key_waits(read: Session) -> bool:
    """Return whether somebody who may read the journal is to change the keys once more.

    Whoever changed them last may not, so that the key of the journal stayed as it was.
    """
    return read.scalars(select(RegisterState.journal_key_waits)).one()


def change_keys(
    vault: Vault, clock: Clock, *, new_recovery_key: bool = False, progress: Progress = SILENT
) -> NewKeys:
    """Write the register anew under new keys, and give them to everybody who may open it.

    Args:
        vault: The register; it has to be locked afterwards if it `is_over`.
        clock: What time it is.
        new_recovery_key: Whether the printed key is to open nothing any more.
        progress: Is told how far it is; may stop it until the new keys count.

    Raises:
        DomainError: It could not be done; says what that means.
    """
    if new_recovery_key:
        must_hold_journal(vault.keys)
    journal = vault.keys.journal is not None
    new = write_under_new_keys(vault, clock(), partial(_note, clock, journal), progress)
    return NewKeys(journal, _recovery_key(vault, new) if new_recovery_key else None)


def _note(clock: Clock, journal: bool, renewed: Vault) -> None:
    with UnitOfWork(renewed, clock) as work:
        note_keys_changed(work, journal=journal)
        work.commit(about(note_keys_changed).name)


def _recovery_key(vault: Vault, new: Keyring) -> str:
    try:
        return vault.key_file().new_recovery_key(new)
    except DomainError as error:
        said = _(
            "The keys are changed, but the printed recovery key is still the old one: {problem} "
            "Open the register again, and make a new recovery key in the settings."
        )
        raise DomainError(said.format(problem=error)) from error
