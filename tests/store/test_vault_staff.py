"""An open register and who opened it: by name, by invitation, with what is plugged in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.domain.errors import (
    DomainError,
    InUseError,
    MissingFactorError,
    WrongPasswordError,
)
from gdprdesk.domain.terms import FactorKind
from gdprdesk.door import Door
from gdprdesk.store.keys import NO_FACTORS, Factor, Keyring
from gdprdesk.store.vault import Vault
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock
from tests.store.key_files import HERS, WORD

LONG, LONGER = "anchor-mild-tempo-grape-oval", "tempo-oval-anchor-grape-mild"
STICK = FactorKind.KEY_FILE


def accept(folder: Path, code: str) -> Vault:
    return Vault.accept(folder, staff="Åsa", code=code, password=HERS, today=TODAY, limits=CHEAP)


def unlock(
    folder: Path,
    staff: str,
    password: str,
    factors: Mapping[FactorKind, bytes] = NO_FACTORS,
) -> Vault:
    return Vault.unlock(folder, staff=staff, password=password, factors=factors, limits=CHEAP)


def test_who_has_opened_it_is_known_by_her_slot(vault: Vault, folder: Path) -> None:
    code = vault.key_file().invite(vault.keys, "7f3a", "Åsa", TODAY)
    vault.lock()
    hers = accept(folder, code)
    assert (hers.staff, hers.keys) == ("7f3a", Keyring(vault.key))
    hers.lock()
    again = unlock(folder, "åsa", HERS)
    assert (again.staff, again.keys) == ("7f3a", hers.keys)
    assert again.audit_key == vault.audit_key
    again.lock()


def test_nobody_accepts_while_the_register_is_open(vault: Vault, folder: Path) -> None:
    code = vault.key_file().invite(vault.keys, "7f3a", "Åsa", TODAY)
    before = (folder / "keys.json").read_bytes()
    with pytest.raises(InUseError):
        accept(folder, code)
    assert (folder / "keys.json").read_bytes() == before
    vault.lock()
    with pytest.raises(WrongPasswordError):
        accept(folder, code[:-4] + "AAAA")
    assert not (folder / "lock").exists()
    accept(folder, code).lock()


def test_who_has_it_open_is_said_by_name(vault: Vault, folder: Path) -> None:
    vault.key_file().rename(vault.keys, "owner", "Maria Lind")
    vault.lock()
    opened = unlock(folder, "owner", WORD)
    assert '"Maria Lind"' in (folder / "lock").read_text()
    opened.lock()


def test_a_factor_of_her_own_is_needed_from_now_on(vault: Vault, folder: Path) -> None:
    given = {STICK: b"what the stick gives"}
    with pytest.raises(WrongPasswordError):
        vault.set_factors("another word", {STICK: Factor(given[STICK])})
    vault.set_factors(WORD, {STICK: Factor(given[STICK])})
    with pytest.raises(MissingFactorError):
        vault.change_password(WORD, HERS)
    vault.change_password(WORD, HERS, given)
    vault.lock()
    with pytest.raises(MissingFactorError):
        unlock(folder, "owner", HERS)
    opened = unlock(folder, "owner", HERS, factors=given)
    assert opened.keys == vault.keys
    opened.set_factors(HERS, {}, given)
    opened.lock()
    unlock(folder, "owner", HERS).lock()


def test_the_door_shows_who_may_come_in_and_lets_them_in(folder: Path) -> None:
    clock = Clock()
    door = Door(CHEAP, clock)
    desk, recovery = door.create(folder, business=CAFE, password=PASSWORD)
    desk.lock()
    vault = unlock(folder, "owner", PASSWORD)
    code = vault.key_file().invite(vault.keys, "7f3a", "Åsa", TODAY + timedelta(days=7))
    vault.lock()
    assert [(one.id, one.name, one.holds_journal) for one in door.staff(folder)] == [
        ("owner", "owner", True),
        ("7f3a", "Åsa", False),
    ]
    clock.move(days=8)
    with pytest.raises(DomainError, match="ran out"):
        door.accept(folder, staff="7f3a", code=code, new_password=LONG)
    clock.move(days=-1)
    stick = Factor(b"her stick")
    door.accept(folder, staff="7f3a", code=code, new_password=LONG, factors={STICK: stick}).lock()
    with pytest.raises(MissingFactorError):
        door.unlock(folder, staff="Åsa", password=LONG)
    door.unlock(folder, staff="Åsa", password=LONG, factors={STICK: stick.secret}).lock()
    door.unlock_with_recovery_key(
        folder, staff="7f3a", recovery_key=recovery, new_password=LONGER
    ).lock()
    door.unlock(folder, staff="7f3a", password=LONGER).lock()
