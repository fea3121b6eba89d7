"""The text of keys.json: read as a stranger may have left it, and written.

Format 1 knew neither names apart from ids, nor the journal, second factors and invitations. It is
read as it was written, and written anew with the next change.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from gdprdesk.domain.errors import DamagedError, GoneError, NewerVersionError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.i18n import _
from gdprdesk.store.faults import in_plain_words
from gdprdesk.store.keys.earlier import EarlierKeys
from gdprdesk.store.keys.keyring import derive
from gdprdesk.store.keys.slots import RECOVERY, StoredSlot, changed_outside

FILE = "keys.json"
MOST_SLOTS = 250

_FORMAT = 2
_MOST_BYTES = 1 << 20  # a key file has about 1 KB for each member of staff
_CHECK_SUM_BYTES = 16


@dataclass(frozen=True)
class Slot:
    """Who may open a register; nothing secret.

    Attributes:
        id: Which slot it is.
        name: What people call her.
        invited_until: The last day of her one-time code; nothing once she has a password.
        factors: What is needed beside the password, and what each needs to be asked for.
        holds_journal: Whether she may read the journal.
    """

    id: str
    name: str
    invited_until: date | None
    factors: Mapping[FactorKind, Mapping[str, str]]
    holds_journal: bool


@dataclass(frozen=True, repr=False)
class Content:
    """What keys.json says.

    Attributes:
        register_id: Which register it opens.
        slots: Who may open it, by id, in the order they were added.
        generation: How many times the vault key was changed, and one.
        journal: Which journal key is granted in it, by a number that says nothing about the key;
            empty if there is none.
        previous: The keys before, each sealed under the one that replaced it, by name; empty once
            the file of the register is written anew.
        earlier: What older copies of the register need, the oldest first.
        body: The JSON that is signed, as it was read.
        mac: Its seal under the vault key.
    """

    register_id: str
    slots: Mapping[str, StoredSlot]
    generation: int
    journal: str
    previous: Mapping[str, bytes]
    earlier: tuple[EarlierKeys, ...]
    body: Mapping[str, Any]
    mac: bytes

    @classmethod
    def made(
        cls,
        register_id: str,
        slots: Mapping[str, StoredSlot],
        vault_key: bytes,
        *,
        generation: int = 1,
        journal: str = "",
        previous: Mapping[str, bytes] = MappingProxyType({}),
        earlier: tuple[EarlierKeys, ...] = (),
    ) -> Self:
        """Return new content, signed."""
        body = {
            "format": _FORMAT,
            "register_id": register_id,
            "generation": generation,
            "journal": journal,
            "slots": {one.id: _stored(one) for one in slots.values()},
            "previous": {name: _text(key) for name, key in previous.items()},
            "earlier": [_stored_earlier(one) for one in earlier],
        }
        mac = _mac(body, vault_key)
        return cls(register_id, slots, generation, journal, previous, earlier, body, mac)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what a key file says; whether it is to be believed, the vault key knows.

        Raises:
            DamagedError: It is missing, or is not as this program writes it.
            NewerVersionError: A newer program wrote it.
        """
        try:
            with in_plain_words(OSError), path.open("rb") as file:
                text = file.read(_MOST_BYTES)  # a longer one ends in the midst of it: damaged
            return cls._read(json.loads(text))
        except GoneError:
            raise DamagedError(
                _(
                    "The file keys.json is missing, and without it nobody can open the register. "
                    "Put it back from your newest backup."
                )
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise DamagedError(
                _("The file keys.json is damaged. Put it back from your newest backup.")
            ) from None

    @classmethod
    def _read(cls, stored: dict[str, Any]) -> Self:
        if stored["format"] > _FORMAT:
            raise NewerVersionError(
                _(
                    "A newer version of this program made the register. Nothing was changed. "
                    "Install the newest version to open it."
                )
            )
        is_first = _number(stored["format"]) == 1
        if not is_first and stored.pop("check_sum") != _check_sum(stored):
            raise changed_outside()
        body = {name: value for name, value in stored.items() if name != "mac"}
        register_id = _words(body["register_id"])
        read = _slot_of_first_format if is_first else _slot
        slots = {name: read(register_id, name, one) for name, one in body["slots"].items()}
        if len(slots) > MOST_SLOTS:
            raise ValueError
        if len({one.public for one in slots.values()}) < len(slots):  # one was copied
            raise changed_outside()
        mac = bytes.fromhex(stored["mac"])
        if is_first:
            return cls(register_id, slots, 1, "", {}, (), body, mac)
        generation, journal = _number(body["generation"]), _words(body["journal"])
        previous = {name: _bytes(key) for name, key in body["previous"].items()}
        earlier = tuple(map(_earlier, body["earlier"]))
        return cls(register_id, slots, generation, journal, previous, earlier, body, mac)

    def written(self) -> bytes:
        """Return the text of the file."""
        signed = {**self.body, "mac": self.mac.hex()}
        return json.dumps({**signed, "check_sum": _check_sum(signed)}, indent=1).encode()

    def verify(self, vault_key: bytes) -> None:
        """Refuse what somebody has changed who does not hold the vault key."""
        if not secrets.compare_digest(self.mac, _mac(self.body, vault_key)):
            raise changed_outside()

    def shown(self) -> tuple[Slot, ...]:
        """Return who may open the register, in the order they were added."""
        return tuple(
            Slot(one.id, one.name, one.invited_until, one.factors, bool(one.journal))
            for one in self.slots.values()
            if one.id != RECOVERY
        )


def _slot(register_id: str, slot_id: str, stored: dict[str, Any]) -> StoredSlot:
    grants, last_day = stored["grants"], stored["invited_until"]
    factors = {
        FactorKind(kind): {_words(name): _words(value) for name, value in needs.items()}
        for kind, needs in stored["factors"].items()
    }
    return StoredSlot(
        register_id,
        slot_id,
        name=_words(stored["name"]),
        memory=_number(stored["memory"]),
        rounds=_number(stored["rounds"]),
        salt=_bytes(stored["salt"]),
        public=_bytes(stored["public"]),
        private=_bytes(stored["private"]),
        vault=_bytes(grants["vault"]),
        journal=_bytes(grants.get("journal", "")),
        vouched=_bytes(stored["vouched"]),
        factors=factors,
        invited_until=date.fromisoformat(last_day) if last_day != "" else None,
    )


def _slot_of_first_format(register_id: str, name: str, stored: dict[str, Any]) -> StoredSlot:
    return StoredSlot(
        register_id,
        name,
        name=name,
        memory=_number(stored["memory"]),
        rounds=_number(stored["rounds"]),
        salt=_bytes(stored["salt"]),
        public=_bytes(stored["public"]),
        private=_bytes(stored["private"]),
        vault=_bytes(stored["vault_key"]),
    )


def _stored(slot: StoredSlot) -> dict[str, Any]:
    grants = {"vault": slot.vault, "journal": slot.journal}
    return {
        "name": slot.name,
        "memory": slot.memory,
        "rounds": slot.rounds,
        "salt": _text(slot.salt),
        "public": _text(slot.public),
        "private": _text(slot.private),
        "grants": {name: _text(key) for name, key in grants.items() if key},
        "vouched": _text(slot.vouched),
        "factors": {kind.value: dict(needs) for kind, needs in slot.factors.items()},
        "invited_until": slot.invited_until.isoformat() if slot.invited_until else "",
    }


def _earlier(stored: dict[str, Any]) -> EarlierKeys:
    until = datetime.fromisoformat(stored["until"])
    if until.tzinfo is None:  # it could not be compared with the moment of a copy
        raise ValueError
    return EarlierKeys(until, _bytes(stored["vault"]), _bytes(stored["journal"]))


def _stored_earlier(keys: EarlierKeys) -> dict[str, Any]:
    return {
        "until": keys.until.isoformat(),
        "vault": _text(keys.vault),
        "journal": _text(keys.journal),
    }


def _mac(body: Mapping[str, Any], vault_key: bytes) -> bytes:
    key = derive(vault_key, "keys")
    return hashlib.blake2b(_canonical(body), key=key, digest_size=32).digest()


def _check_sum(signed: Mapping[str, Any]) -> str:
    """Return what tells a broken file before anybody is told that her password is wrong."""
    return hashlib.blake2b(_canonical(signed), digest_size=_CHECK_SUM_BYTES).hexdigest()


def _canonical(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True).encode()


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a letter can be neither shown nor written
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
