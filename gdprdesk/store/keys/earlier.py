"""Keys of before they were changed, which copies made until then still need.

Each is sealed with today's key of the same kind: whoever opens the register opens its older copies,
and whoever may read the journal reads what they hold of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nacl import exceptions
from nacl.secret import Aead

from gdprdesk.store.keys.keyring import KEY_BYTES, Keyring
from gdprdesk.store.keys.slots import changed_outside


@dataclass(frozen=True, repr=False)
class EarlierKeys:
    """The keys of before one change.

    Attributes:
        until: When they were changed, in UTC; a copy that was made later does not need them.
        vault: The vault key, sealed with today's.
        journal: The journal key, sealed with today's; empty if that is still the same.
    """

    until: datetime
    vault: bytes
    journal: bytes = b""

    def opened(self, today: Keyring, about: str) -> Keyring:
        """Return what whoever holds today's keys held then.

        Args:
            today: Her keys.
            about: Of which register it is.

        Raises:
            DamagedError: Somebody has changed it who holds the vault key, but not the journal's.
        """
        try:
            vault = Aead(today.vault).decrypt(self.vault, _about(about, "vault"))
            journal = today.journal
            if journal is not None and self.journal:
                journal = Aead(journal).decrypt(self.journal, _about(about, "journal"))
        except (exceptions.CryptoError, exceptions.ValueError):
            raise changed_outside() from None
        if {len(vault), len(journal or vault)} != {KEY_BYTES}:
            raise changed_outside()
        return replace(today, vault=vault, journal=journal, previous=None)


def kept_for_copies(
    known: Sequence[EarlierKeys], old: Keyring, new: Keyring, about: str, until: datetime
) -> tuple[EarlierKeys, ...]:
    """Return all earlier keys sealed with new ones, and the old ones with them.

    Args:
        known: Those sealed with the old keys, the oldest first.
        old: What is changed.
        new: What replaces it; the journal key is the same if it is not held.
        about: Of which register they are.
        until: The moment.
    """
    opened = [(one.until, one.opened(old, about), one.journal) for one in known]
    return tuple(
        EarlierKeys(
            moment,
            Aead(new.vault).encrypt(keys.vault, _about(about, "vault")),
            _sealed_journal(keys, new, about) if old.journal else before,
        )
        for moment, keys, before in [*opened, (until, old, b"")]
    )


def _sealed_journal(keys: Keyring, new: Keyring, about: str) -> bytes:
    if new.journal is None or keys.journal is None or keys.journal == new.journal:
        return b""
    return bytes(Aead(new.journal).encrypt(keys.journal, _about(about, "journal")))


def _about(register: str, name: str) -> bytes:
    return f"{register} earlier {name}".encode()
