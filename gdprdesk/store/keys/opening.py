"""Opening a register with the key file, and replacing the file as one step."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from nacl import exceptions
from nacl.secret import Aead

from gdprdesk.domain.errors import DamagedError, DomainError, WrongPasswordError
from gdprdesk.i18n import _
from gdprdesk.store.faults import in_plain_words
from gdprdesk.store.files import replace_file
from gdprdesk.store.keys.content import Content, Slot
from gdprdesk.store.keys.earlier import EarlierKeys
from gdprdesk.store.keys.keyring import KEY_BYTES, Keyring, Secret, derive
from gdprdesk.store.keys.limits import Limits
from gdprdesk.store.keys.slots import StoredSlot, changed_outside, slipped_in


class KeyFile:
    """The key file of one register: who may open it, and what she then holds.

    Attributes:
        register_id: Which register it opens.
    """

    def __init__(
        self, path: Path, limits: Limits | None = None, content: Content | None = None
    ) -> None:
        self._path = path
        self._limits = limits or Limits()
        self._content = content or Content.read(path)
        self.register_id = self._content.register_id

    @property
    def staff(self) -> tuple[Slot, ...]:
        """Who may open the register, in the order they were added."""
        return self._content.shown()

    @property
    def generation(self) -> int:
        """How many vault keys the register has had."""
        return self._content.generation

    def find(self, staff: str) -> str:
        """Return the id of whoever is meant by an id or a name.

        Raises:
            WrongPasswordError: Nobody is.
        """
        return self._slot(staff).id

    def name(self, staff: str) -> str:
        """Return what people call whoever has a slot; her id if an older copy knows her not yet."""
        slots = self._content.slots
        return slots[staff].name if staff in slots else staff

    def fingerprint(self, staff: str) -> str:
        """Return what two people compare by telephone before one grants the other the journal."""
        return self._slot(staff).fingerprint

    def unlock(self, staff: str, secret: Secret) -> Keyring:
        """Return the keys that a member of staff, or the recovery key, holds.

        Args:
            staff: The id of her slot, or her name; RECOVERY for the printed key.
            secret: What she typed and plugged in.

        Raises:
            WrongPasswordError: It is not her secret, or she has no password yet.
            MissingFactorError: Something is needed beside the password.
            DamagedError: The key file was changed outside the program.
        """
        slot = self._slot(staff)
        if slot.invited_until:
            raise WrongPasswordError(
                _(
                    "{name} is invited and has no password yet. Choose one with the one-time code."
                ).format(name=slot.name)
            )
        return self._open(slot, secret)

    def opens_journal_of(self, other: KeyFile) -> bool:
        """Return whether what was sealed as journal beside another key file opens with this one."""
        return other._content.journal in {"", self._content.journal}

    def earlier(self, keyring: Keyring) -> tuple[Keyring, ...]:
        """Return what opens the copies that were made before the keys were changed, newest first.

        Raises:
            DamagedError: It was changed by somebody who does not hold all of the keys.
        """
        kept = reversed(self._content.earlier)
        return tuple(one.opened(keyring, self.register_id) for one in kept)

    def keys_of_copy(self, copy: KeyFile, keyring: Keyring) -> Keyring | None:
        """Return what opens a copy: what is held today or was until a change; nothing if neither.

        Args:
            copy: The key file of the copy.
            keyring: What is held today.
        """
        known = (keyring, *self.earlier(keyring))
        return next((one for one in known if copy.is_signed_with(one.vault)), None)

    @property
    def oldest_change(self) -> datetime | None:
        """When the keys were changed that the oldest copies need; nothing if none needs any."""
        return min((one.until for one in self._content.earlier), default=None)

    def is_signed_with(self, vault_key: bytes) -> bool:
        """Return whether the holder of a vault key wrote the file."""
        try:
            self.verify(vault_key)
        except DamagedError:
            return False
        return True

    def verify(self, vault_key: bytes) -> None:
        """Refuse a key file that was changed by somebody who does not hold the vault key."""
        self._content.verify(vault_key)

    def _slot(self, staff: str) -> StoredSlot:
        slots = self._content.slots
        if staff in slots:
            return slots[staff]
        called = [one for one in slots.values() if folded(one.name) == folded(staff)]
        if len(called) != 1:
            raise WrongPasswordError(
                _("Nobody called {name} may open this register.").format(name=staff)
            )
        return called[0]

    def _open(self, slot: StoredSlot, secret: Secret) -> Keyring:
        keyring = slot.keyring(*slot.opened(secret, self._limits))
        self.verify(keyring.vault)
        return replace(keyring, previous=self._previous(keyring))

    def _previous(self, keyring: Keyring) -> Keyring | None:
        """Return the keys of the file that lies there until the new one has its place."""
        sealed = self._content.previous
        if not sealed:
            return None
        try:
            vault = Aead(keyring.vault).decrypt(sealed["vault"], self._about("vault"))
            if keyring.journal is None or "journal" not in sealed:
                return replace(keyring, vault=vault)
            journal = Aead(keyring.journal).decrypt(sealed["journal"], self._about("journal"))
        except (exceptions.CryptoError, exceptions.ValueError, KeyError):
            raise changed_outside() from None
        if {len(vault), len(journal)} != {KEY_BYTES}:
            raise changed_outside()
        return replace(keyring, vault=vault, journal=journal)

    def _about(self, name: str) -> bytes:
        return f"{self.register_id} previous {name}".encode()

    def _must_be_vouched(self, journal: bytes) -> None:
        """Refuse to go on if somebody without the journal key has changed who may read it."""
        readers = (one for one in self._content.slots.values() if one.journal)
        if not all(one.is_vouched(journal) for one in readers):
            raise slipped_in()

    def _put(self, keyring: Keyring, *changed: StoredSlot) -> None:
        """Write the file with some slots that are new or changed."""
        self.verify(keyring.vault)
        slots = {**self._content.slots, **{one.id: one for one in changed}}
        self._write(keyring, slots.values())

    def _write(
        self,
        keyring: Keyring,
        slots: Iterable[StoredSlot],
        *,
        generation: int | None = None,
        previous: Mapping[str, bytes] | None = None,
        earlier: tuple[EarlierKeys, ...] | None = None,
    ) -> None:
        before = self._content
        content = Content.made(
            self.register_id,
            {one.id: one for one in slots},
            keyring.vault,
            generation=before.generation if generation is None else generation,
            journal=number_of(keyring.journal) if keyring.journal else before.journal,
            previous=before.previous if previous is None else previous,
            earlier=before.earlier if earlier is None else earlier,
        )
        with in_plain_words(OSError):
            replace_file(self._path, content.written())
        self._content = content


def number_of(journal: bytes) -> str:
    """Return a number by which a journal key is known, and that says nothing about it."""
    return derive(journal, "number").hex()


def folded(name: str) -> str:
    """Return a name so that two that people read as the same are the same."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def must_hold_journal(keyring: Keyring) -> bytes:
    """Return the journal key, which nobody can grant or change who does not hold it.

    Raises:
        DomainError: It is not held.
    """
    if keyring.journal is None:
        raise DomainError(
            _(
                "Only somebody who may read the journal can do this. Nothing was changed. Ask her, "
                "or open the register with the printed recovery key."
            )
        )
    return keyring.journal
