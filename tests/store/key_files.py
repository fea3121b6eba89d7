"""Key files for tests: more people in them, and what somebody may have done to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gdprdesk.store.keys import Keyring, Keys
from tests.builders import TODAY

WORD, NEWER = "a long word", "a newer word"  # of the owner
HERS = "her own word"  # of everybody who was added


def add(keys: Keys, keyring: Keyring, name: str, password: str = HERS, **given: bool) -> str:
    """Invite somebody who accepts at once; returns her slot."""
    slot = name.casefold()
    keys.accept(slot, keys.invite(keyring, slot, name, TODAY, **given), password, TODAY)
    return slot


def content_of(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content


def change(path: Path, *place: str, value: object) -> None:
    """Change a key file as somebody does who knows its check sum, but not its keys."""
    content = inner = content_of(path)
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    path.write_text(json.dumps(check_summed(content)))


def forge(path: Path, vault_key: bytes, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change a key file as somebody does who holds the vault key and writes a tool of his own."""
    content = content_of(path)
    edit(content)
    body = {name: value for name, value in content.items() if name not in {"mac", "check_sum"}}
    key = _keyed(b"keys", vault_key)
    content["mac"] = _keyed(_canonical(body), key).hex()
    path.write_text(json.dumps(check_summed(content)))


def check_summed(content: dict[str, Any]) -> dict[str, Any]:
    signed = {name: value for name, value in content.items() if name != "check_sum"}
    return {**signed, "check_sum": hashlib.blake2b(_canonical(signed), digest_size=16).hexdigest()}


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _keyed(what: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(what, key=key, digest_size=32).digest()
