"""One slot of the key file: a key pair, locked with a secret, and the keys granted to it.

What locks a slot is bound to its register, its id, its figures, its public key and its factors: no
part of it can be put in another slot or register.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from nacl import exceptions
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from gdprdesk.domain.errors import DamagedError, MissingFactorError, WrongPasswordError
from gdprdesk.domain.terms import FactorKind, say
from gdprdesk.i18n import _
from gdprdesk.store.keys.keyring import KEY_BYTES, Keyring, Secret, derive
from gdprdesk.store.keys.limits import SALT_BYTES, Limits
from gdprdesk.store.recovery import in_groups, read_code, read_recovery_key

RECOVERY = "(recovery)"

_FINGERPRINT_BYTES = 10
_REFUSED = (exceptions.CryptoError, exceptions.TypeError, exceptions.ValueError)


@dataclass(frozen=True, repr=False)
class StoredSlot:
    """How one member of staff, or the recovery key, gets at the keys.

    Attributes:
        register_id: Which register it is of.
        id: Which slot it is; never changes.
        name: What people call her.
        memory: Bytes that her password costs; 0 where a random code needs no stretching.
        rounds: Passes over them.
        salt: Random, new with each password.
        public: What is granted to her is sealed to it.
        private: Its other half and the journal's mark, sealed with her secret.
        vault: The vault key, sealed to her.
        journal: The journal key and its mark, sealed to her; empty if she may not read it.
        vouched: The seal of a holder of the journal key under her right to it.
        factors: What is needed beside the password, and what each needs to be asked for.
        invited_until: The last day of her one-time code; nothing once she has a password.
    """

    register_id: str
    id: str
    name: str
    memory: int = 0
    rounds: int = 0
    salt: bytes = b""
    public: bytes = b""
    private: bytes = b""
    vault: bytes = b""
    journal: bytes = b""
    vouched: bytes = b""
    factors: Mapping[FactorKind, Mapping[str, str]] = field(default_factory=dict)
    invited_until: date | None = None

    def locked(self, secret: Secret, keyring: Keyring, limits: Limits, *, journal: bool) -> Self:
        """Return this slot with a new key pair, locked with a secret, and its keys granted anew.

        A new pair each time, so that an old password with an old copy of the file opens nothing
        that is granted later.
        """
        private = PrivateKey.generate()
        slot = replace(
            self,
            salt=secrets.token_bytes(SALT_BYTES),
            public=bytes(private.public_key),
            journal=b"",
            vouched=b"",
        ).granted(keyring)
        if not journal:
            return slot.wrapped(private, b"", secret, limits)
        slot = slot.granted_journal(keyring)
        return slot.wrapped(private, keyring.mark or b"", secret, limits)

    def wrapped(self, private: PrivateKey, mark: bytes, secret: Secret, limits: Limits) -> Self:
        """Return this slot with its private key, and the journal's mark, locked with a secret."""
        box = Aead(self._locking_key(secret, limits))
        return replace(self, private=box.encrypt(bytes(private) + mark, self._about()))

    def opened(self, secret: Secret, limits: Limits) -> tuple[PrivateKey, bytes]:
        """Return the private key, and the mark of the journal if it was known when this was locked.

        Raises:
            WrongPasswordError: It is not the secret of this slot.
            MissingFactorError: Something is needed beside the password.
            DamagedError: The slot was changed outside the program.
        """
        box = Aead(self._locking_key(secret, limits))
        try:
            content = box.decrypt(self.private, self._about())
        except _REFUSED:
            raise WrongPasswordError(self._wrong()) from None
        return PrivateKey(content[:KEY_BYTES]), content[KEY_BYTES:]

    def keyring(self, private: PrivateKey, mark: bytes) -> Keyring:
        """Return what is granted to this slot.

        Raises:
            DamagedError: A grant is another's, or was made by somebody who does not hold the key.
        """
        box = SealedBox(private)
        try:
            vault = box.decrypt(self.vault)
            granted = box.decrypt(self.journal) if self.journal else b""
        except _REFUSED:
            raise changed_outside() from None
        journal, its_mark = granted[:KEY_BYTES], granted[KEY_BYTES:]
        if len(vault) != KEY_BYTES or len(granted) not in {0, 2 * KEY_BYTES}:
            raise changed_outside()
        if not granted:
            return Keyring(vault)
        if mark not in {b"", its_mark} or not self.is_vouched(journal):
            raise slipped_in()
        return Keyring(vault, journal, its_mark)

    def granted(self, keyring: Keyring) -> Self:
        """Return this slot with the vault key sealed to it."""
        return replace(self, vault=self._sealed(keyring.vault))

    def granted_journal(self, keyring: Keyring) -> Self:
        """Return this slot with the journal key sealed to it and vouched for."""
        if keyring.journal is None or keyring.mark is None:
            raise ValueError(self.id)
        sealed = self._sealed(keyring.journal + keyring.mark)
        return replace(self, journal=sealed, vouched=self._vouch(keyring.journal))

    def is_vouched(self, journal: bytes) -> bool:
        """Return whether a holder of the journal key has let this very public key read it."""
        return secrets.compare_digest(self.vouched, self._vouch(journal))

    @property
    def fingerprint(self) -> str:
        """What two people compare by telephone, to know that a public key is hers: 80 bits."""
        what = f"{self.register_id} {self.id} ".encode() + self.public
        digest = hashlib.blake2b(what, digest_size=_FINGERPRINT_BYTES).digest()
        return in_groups(base64.b32encode(digest).decode())

    def _sealed(self, key: bytes) -> bytes:
        try:
            return SealedBox(PublicKey(self.public)).encrypt(key)
        except _REFUSED:  # written by a holder of the vault key, but not by this program
            raise changed_outside() from None

    def _vouch(self, journal: bytes) -> bytes:
        what = json.dumps([self.register_id, self.id, self.public.hex()]).encode()
        key = derive(journal, "vouched")
        return hashlib.blake2b(what, key=key, digest_size=KEY_BYTES).digest()

    def _locking_key(self, secret: Secret, limits: Limits) -> bytes:
        salt = base64.b64encode(self.salt).decode()
        if self.id == RECOVERY:  # random enough to need no stretching, whatever the file says
            return derive(read_recovery_key(secret.password), "recovery " + salt)
        if self.invited_until:
            return derive(read_code(secret.password), "invitation " + salt)
        for kind in self.factors:
            if kind not in secret.factors:
                raise missing_factor(kind)
        key = limits.stretch(secret.password, self.salt, self.memory, self.rounds)
        if not self.factors:
            return key
        given = json.dumps({kind: secret.factors[kind].hex() for kind in sorted(self.factors)})
        mixed = hashlib.blake2b(given.encode(), digest_size=KEY_BYTES).digest()
        return hashlib.blake2b(key, key=mixed, digest_size=KEY_BYTES).digest()

    def _about(self) -> bytes:
        about = [self.register_id, self.id, self.memory, self.rounds]
        about += [self.salt.hex(), self.public.hex()]
        needs = {kind: dict(needs) for kind, needs in self.factors.items()}
        return json.dumps([*about, needs] if needs else about, sort_keys=True).encode()

    def _wrong(self) -> str:
        if self.id == RECOVERY:
            return _(
                "This recovery key opens another register, or a newer one has been printed since. "
                "Look for the newest one of this register."
            )
        if self.invited_until:
            return _(
                "This one-time code is not the one that {name} was invited with last. Ask whoever "
                "invited you for the newest one."
            ).format(name=self.name)
        if self.factors:
            return _(
                "Either the password is wrong, or this is not the right one: {factors}. Try again; "
                "capital and small letters differ."
            ).format(factors=", ".join(say(kind) for kind in self.factors))
        return _("The password is wrong. Try again; capital and small letters differ.")


def missing_factor(kind: FactorKind) -> MissingFactorError:
    """Return that something is needed beside the password."""
    return MissingFactorError(_MISSING[kind]())


def changed_outside() -> DamagedError:
    """Return that the key file cannot be trusted."""
    return DamagedError(
        _(
            "The file keys.json was changed outside the program, so it cannot be "
            "trusted. Put it back from your newest backup."
        )
    )


def slipped_in() -> DamagedError:
    """Return that somebody without the journal key has changed who may read the journal."""
    return DamagedError(
        _(
            "Somebody who may not read the journal has changed in keys.json who may read it. "
            "Nothing was opened or changed. Put the file back from your newest backup, change the "
            "keys, and find out who it was."
        )
    )


_MISSING = {
    FactorKind.KEY_FILE: lambda: _(
        "Your key file is needed beside the password. Nothing was changed. Connect the stick it is "
        "on, and choose the file."
    ),
    FactorKind.SECURITY_KEY: lambda: _(
        "Your security key is needed beside the password. Nothing was changed. Connect it, and "
        "touch it when it blinks."
    ),
}
