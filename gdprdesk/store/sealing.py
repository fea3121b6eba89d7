"""What is sealed once more inside the encrypted file, so that not everybody who opens it reads it.

The journal of each client has a key of its own, which is itself sealed with the key of the journal;
that key only those hold who may read the journal. Identity numbers are sealed with a key that
everybody has who opens the register: they are read on purpose, and with a line in the log.
"""

from __future__ import annotations

import secrets
from typing import Protocol

from nacl import exceptions
from nacl.secret import Aead

from gdprdesk.domain.base import Sealed, SubjectRef
from gdprdesk.domain.errors import DamagedError, DomainError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area
from gdprdesk.i18n import _
from gdprdesk.store.keys import Keyring, derive

KEY_BYTES = 32


class Person(Protocol):
    """Whose words are sealed.

    Attributes:
        ref: Binds what is sealed to her.
        sealing_key: The key of her journal, sealed; nothing while there is nothing in it.
    """

    ref: SubjectRef
    sealing_key: bytes | None


Whose = DataSubject | Person


class Sealer:
    """Seals and opens, with the keys of whoever has unlocked the register.

    Args:
        keys: What whoever has unlocked the register holds.
    """

    def __init__(self, keys: Keyring) -> None:
        self._guarded = derive(keys.vault, "guarded")
        self._journal = keys.journal
        self._of_clients: dict[tuple[str, bytes], bytes] = {}  # as long as the register is open

    @property
    def holds_journal(self) -> bool:
        """Whether the journal can be read and written with these keys."""
        return self._journal is not None

    def seal(self, subject: Whose, area: Area, plain: str | bytes) -> Sealed:
        """Return words or a file sealed for a person, and give her a key if she has none.

        Raises:
            DomainError: Whoever unlocked the register does not hold the key.
        """
        content = plain.encode() if isinstance(plain, str) else plain
        if area is Area.JOURNAL and subject.sealing_key is None:
            fresh = secrets.token_bytes(KEY_BYTES)
            subject.sealing_key = bytes(self._box().encrypt(fresh, _about(subject, "key")))
        return Sealed(bytes(Aead(self._key(subject, area)).encrypt(content, _about(subject, area))))

    def open(self, subject: Whose, area: Area, sealed: Sealed) -> bytes:
        """Return what was sealed.

        Raises:
            DomainError: Whoever unlocked the register does not hold the key.
            DamagedError: It was changed outside the program, or belongs to somebody else.
        """
        try:
            return Aead(self._key(subject, area)).decrypt(sealed.value, _about(subject, area))
        except exceptions.CryptoError:
            raise _changed() from None

    def pass_on(self, sealed: Sealed, area: Area, of: Whose, to: Whose) -> Sealed:
        """Return what was sealed for one person sealed for another, without showing it.

        Raises:
            DomainError: Whoever unlocked the register does not hold the key.
            DamagedError: It was changed outside the program, or belongs to somebody else.
        """
        return self.seal(to, area, self.open(of, area, sealed))

    def _key(self, subject: Whose, area: Area) -> bytes:
        if area is Area.GUARDED:
            return derive(self._guarded, subject.ref)
        if subject.sealing_key is None:
            raise _changed()
        known = self._of_clients.get((subject.ref, subject.sealing_key))
        try:
            key = known or self._box().decrypt(subject.sealing_key, _about(subject, "key"))
        except exceptions.CryptoError:
            raise _changed() from None
        self._of_clients[subject.ref, subject.sealing_key] = key
        return key

    def _box(self) -> Aead:
        if self._journal is None:
            raise DomainError(
                _(
                    "The journal is closed to you: only those who were given its key can read it "
                    "or write in it. Nothing was shown or changed. Ask the owner."
                )
            )
        return Aead(self._journal)


def _about(subject: Whose, what: str) -> bytes:
    return f"{what} {subject.ref}".encode()


def _changed() -> DamagedError:
    return DamagedError(
        _(
            "This was changed outside the program, so it cannot be opened any more. The rest of "
            "the register is as it was. Look for it in your newest backup."
        )
    )
