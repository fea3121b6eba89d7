"""What somebody types and plugs in to open a register, and the keys she then holds."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self

from gdprdesk.domain.terms import FactorKind

KEY_BYTES = 32
NO_FACTORS: Mapping[FactorKind, Any] = MappingProxyType({})
"""No second factor: the password alone."""


def derive(key: bytes, label: str) -> bytes:
    """Return the key (32 bytes) for one use of a key."""
    return hashlib.blake2b(label.encode(), key=key, digest_size=KEY_BYTES).digest()


@dataclass(frozen=True, repr=False)
class Secret:
    """What opens a slot.

    Attributes:
        password: The password, the printed recovery key or a one-time code, as it was typed.
        factors: What each second factor gave that was there; more than are needed do no harm.
    """

    password: str
    factors: Mapping[FactorKind, bytes] = field(default_factory=lambda: NO_FACTORS)


@dataclass(frozen=True, repr=False)
class Factor:
    """A second factor that is needed from now on.

    Attributes:
        secret: What it gives: the same bytes each time.
        needs: What must be known to ask for it again, such as the number of a security key.
            Stands in the key file for everybody to read.
    """

    secret: bytes
    needs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Keyring:
    """The keys that somebody holds who has opened a register.

    Attributes:
        vault: Opens the file (32 bytes).
        journal: Opens what is sealed as journal (32 bytes); nothing if she may not read it.
        mark: Tells the true journal key from one that was slipped in (32 bytes). It goes with the
            journal key and stays when that is changed.
        previous: What was held before the keys were changed, until the file is written anew.
    """

    vault: bytes
    journal: bytes | None = None
    mark: bytes | None = None
    previous: Keyring | None = None

    @classmethod
    def new(cls) -> Self:
        """Return the keys of a new register."""
        return cls(secrets.token_bytes(KEY_BYTES)).with_journal()

    def with_journal(self) -> Self:
        """Return these keys with a new journal key, for a register that has none."""
        journal, mark = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
        return replace(self, journal=journal, mark=mark)

    def renewed(self, *, journal: bool) -> Self:
        """Return new keys that remember these as `previous`; nothing is written.

        The file is written anew with them, and then `Keys.rotate` lets everybody in with them.

        Args:
            journal: Also the journal key, if it is held.
        """
        renewed = replace(
            self,
            vault=secrets.token_bytes(KEY_BYTES),
            previous=replace(self, previous=None),
        )
        if journal and self.journal is not None:
            return replace(renewed, journal=secrets.token_bytes(KEY_BYTES))
        return renewed
