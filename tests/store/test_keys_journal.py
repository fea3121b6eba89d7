"""The journal key, who may read with it, what a colleague with a tool may try, and new keys."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, PublicKey, SealedBox

from gdprdesk.domain.errors import DamagedError, DomainError, WrongPasswordError
from gdprdesk.store.keys import OWNER, RECOVERY, Keyring, Keys, Secret
from gdprdesk.store.vault import Vault
from tests.builders import CHEAP, NOON, TODAY
from tests.store.key_files import HERS, NEWER, WORD, add, content_of, forge

REGISTERS = Path(__file__).parent.parent / "data" / "registers"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def made(path: Path) -> tuple[Keys, Keyring, str]:
    return Keys.create(path, "Maria Lind", WORD, CHEAP)


def readers(keys: Keys) -> set[str]:
    return {one.name for one in keys.staff if one.holds_journal}


# Granted and taken back


def test_the_owner_and_the_printed_key_read_the_journal_and_nobody_else(path, made) -> None:
    keys, keyring, recovery = made
    add(keys, keyring, "Åsa")
    add(keys, keyring, "Karin", journal=True)
    opened = Keys(path, CHEAP)
    assert opened.unlock("Åsa", Secret(HERS)) == Keyring(keyring.vault)
    for staff, word in [(OWNER, WORD), ("Karin", HERS), (RECOVERY, recovery)]:
        assert opened.unlock(staff, Secret(word)) == keyring
    assert len({keyring.vault, keyring.journal, keyring.mark}) == 3
    assert readers(opened) == {"Maria Lind", "Karin"}


def test_the_journal_is_granted_to_somebody_who_is_not_there_and_taken_back(path, made) -> None:
    keys, keyring, _recovery = made
    add(keys, keyring, "Åsa")
    keys.grant_journal(keyring, "Åsa")
    assert Keys(path, CHEAP).unlock("Åsa", Secret(HERS)) == keyring
    keys.revoke_journal(keyring, "Åsa")
    assert Keys(path, CHEAP).unlock("Åsa", Secret(HERS)) == Keyring(keyring.vault)
    assert readers(keys) == {"Maria Lind"}


def test_nobody_grants_what_she_does_not_hold(path, made) -> None:
    keys, keyring, _recovery = made
    add(keys, keyring, "Åsa")
    hers, before = keys.unlock("Åsa", Secret(HERS)), path.read_bytes()
    for change_it in (
        lambda: keys.grant_journal(hers, "Åsa"),
        lambda: keys.invite(hers, "7f3a", "Karin", TODAY, journal=True),
        lambda: keys.new_recovery_key(hers),  # it could open less than the one before
        lambda: keys.set_password(hers, OWNER, NEWER),  # so could the owner
    ):
        with pytest.raises(DomainError, match="Only somebody who may read the journal"):
            change_it()
    assert path.read_bytes() == before
    keys.revoke_journal(hers, OWNER)  # she may take, not give: an owner need not read notes
    assert keys.unlock(OWNER, Secret(WORD)) == Keyring(keyring.vault)


def test_what_she_holds_stays_with_a_new_password(path, made) -> None:
    keys, keyring, recovery = made
    add(keys, keyring, "Åsa")
    add(keys, keyring, "Karin", journal=True)
    for name in ("Åsa", "Karin"):
        before = keys.unlock(name, Secret(HERS))
        keys.change_password(name, Secret(HERS), NEWER)
        assert Keys(path, CHEAP).unlock(name, Secret(NEWER)) == before
        keys.set_password(keys.unlock(RECOVERY, Secret(recovery)), name, WORD)
        assert Keys(path, CHEAP).unlock(name, Secret(WORD)) == before
    keys.grant_journal(keyring, "Åsa")


def test_the_fingerprint_is_hers_and_changes_with_her_keys(path, made) -> None:
    keys, keyring, _recovery = made
    slot = add(keys, keyring, "Åsa")
    first = keys.fingerprint(slot)
    assert [len(group) for group in first.split("-")] == [4, 4, 4, 4]
    assert first == Keys(path).fingerprint("Åsa") != keys.fingerprint(OWNER)
    keys.change_password(slot, Secret(HERS), NEWER)
    assert keys.fingerprint(slot) != first


# What a colleague may try who opens the register and writes a tool of her own


def public_of(private: PrivateKey) -> str:
    return base64.b64encode(bytes(private.public_key)).decode()


def sealed_to(public: str, key: bytes) -> str:
    return base64.b64encode(SealedBox(PublicKey(base64.b64decode(public))).encrypt(key)).decode()


def test_a_public_key_slipped_in_among_the_readers_is_never_granted_anything(path, made) -> None:
    keys, keyring, _recovery = made
    add(keys, keyring, "Åsa")
    add(keys, keyring, "Karin", journal=True)

    def swap(content: dict[str, Any]) -> None:
        content["slots"]["karin"]["public"] = public_of(PrivateKey.generate())

    forge(path, keyring.vault, swap)
    before, keys = path.read_bytes(), Keys(path, CHEAP)
    assert keys.unlock(OWNER, Secret(WORD)) == keyring  # who still can mend it
    for change_it in (
        lambda: keys.grant_journal(keyring, "Åsa"),
        lambda: keys.invite(keyring, "7f3a", "Sara", TODAY, journal=True),
        lambda: keys.rotate(keyring.renewed(journal=True), NOON),
    ):
        with pytest.raises(DamagedError, match="may not read the journal has changed"):
            change_it()
    assert path.read_bytes() == before


def test_another_journal_key_is_not_taken_for_the_true_one(path, made) -> None:
    """Or all notes written from now on could be read by whoever made it."""
    keys, keyring, _recovery = made
    add(keys, keyring, "Åsa")
    forger, own = Keys(path, CHEAP), Keyring(keyring.vault).with_journal()
    forged = forger._content.slots[OWNER].granted_journal(own)

    def put_in(content: dict[str, Any]) -> None:
        slot = content["slots"][OWNER]
        slot["grants"]["journal"] = base64.b64encode(forged.journal).decode()
        slot["vouched"] = base64.b64encode(forged.vouched).decode()

    forge(path, keyring.vault, put_in)
    with pytest.raises(DamagedError, match="may not read the journal has changed"):
        Keys(path, CHEAP).unlock(OWNER, Secret(WORD))


def test_a_journal_taken_out_of_the_file_is_missed(path, made) -> None:
    keys, keyring, recovery = made

    def take_out(content: dict[str, Any]) -> None:
        for slot in content["slots"].values():
            slot["grants"].pop("journal")
            slot["vouched"] = ""

    forge(path, keyring.vault, take_out)
    keys = Keys(path, CHEAP)
    for staff, word in [(OWNER, WORD), (RECOVERY, recovery)]:
        held = keys.unlock(staff, Secret(word))
        with pytest.raises(DamagedError, match="may not read the journal has changed"):
            keys.complete(held, staff, Secret(word))


def swapped(content: dict[str, Any]) -> None:
    grants = content["slots"][OWNER]["grants"]
    grants["vault"], grants["journal"] = grants["journal"], grants["vault"]


def of_another(content: dict[str, Any]) -> None:
    content["slots"][OWNER]["grants"] = content["slots"][RECOVERY]["grants"]


def not_vouched(content: dict[str, Any]) -> None:
    content["slots"][OWNER]["vouched"] = content["slots"][RECOVERY]["vouched"]


def too_short(content: dict[str, Any]) -> None:
    slot = content["slots"][OWNER]
    slot["grants"]["vault"] = sealed_to(slot["public"], b"short")


def too_long(content: dict[str, Any]) -> None:
    slot = content["slots"][OWNER]
    slot["grants"]["vault"] = sealed_to(slot["public"], bytes(65))


def no_key_at_all(content: dict[str, Any]) -> None:
    content["slots"]["åsa"]["public"] = "AAAA"


@pytest.mark.parametrize("edit", [swapped, of_another, not_vouched, too_short, too_long])
def test_swapped_grants_end_in_a_sentence(path, made, edit) -> None:
    forge(path, made[1].vault, edit)
    with pytest.raises(DamagedError, match=r"keys\.json"):
        Keys(path, CHEAP).unlock(OWNER, Secret(WORD))


def test_what_is_no_public_key_ends_in_a_sentence(path, made) -> None:
    keys, keyring, _recovery = made
    add(keys, keyring, "Åsa")
    forge(path, keyring.vault, no_key_at_all)
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP).grant_journal(keyring, "Åsa")


# Registers and copies of earlier versions


@pytest.mark.parametrize("version", ["version-1", "version-2", "version-3"])
def test_an_older_register_gets_its_journal_key_when_its_owner_opens_it(tmp_path, version) -> None:
    folder = tmp_path / f"{version}.gdprdesk"
    shutil.copytree(REGISTERS / folder.name, folder)
    path, before = folder / "keys.json", content_of(REGISTERS / folder.name / "keys.json")
    assert before["format"] == 1
    vault = Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP)
    assert vault.keys.journal is not None
    recovery = vault.new_recovery_key()
    vault.lock()
    content = content_of(path)
    assert content["format"] == 2
    assert content["slots"]["owner"]["public"] == before["slots"]["owner"]["public"]
    again = Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP)
    again.lock()
    assert again.keys == vault.keys
    assert Keys(path, CHEAP).unlock(RECOVERY, Secret(recovery)) == vault.keys
    assert content_of(path) == content  # nothing is written twice


def test_the_printed_key_of_an_older_register_opens_the_journal_too(tmp_path) -> None:
    path = tmp_path / "keys.json"
    shutil.copy(REGISTERS / "version-2.gdprdesk" / "keys.json", path)
    keys = Keys(path, CHEAP)
    keyring = keys.unlock(OWNER, Secret(WORD))
    keys.new_recovery_key(keyring)  # there is no journal yet
    recovery = keys.new_recovery_key(keyring)
    held = keys.complete(keyring, RECOVERY, Secret(recovery))
    assert keys.unlock(OWNER, Secret(WORD)) == held == keys.unlock(RECOVERY, Secret(recovery))


def test_only_the_owner_makes_the_journal_key_of_an_older_register(tmp_path) -> None:
    path = tmp_path / "keys.json"
    shutil.copy(REGISTERS / "version-1.gdprdesk" / "keys.json", path)
    keys = Keys(path, CHEAP)
    keyring = keys.unlock(OWNER, Secret(WORD))
    add(keys, keyring, "Åsa")
    assert keys.complete(keyring, "Åsa", Secret(HERS)) == keyring
    held = keys.complete(keyring, OWNER, Secret(WORD))
    assert held.journal is not None
    assert keys.complete(held, OWNER, Secret(WORD)) == held
    assert keys.unlock("Åsa", Secret(HERS)) == Keyring(keyring.vault)


def test_a_key_file_of_the_first_format_that_was_changed_is_seen(tmp_path) -> None:
    path = tmp_path / "keys.json"
    content = content_of(REGISTERS / "version-1.gdprdesk" / "keys.json")
    content["slots"]["owner"]["note"] = "added"
    path.write_text(json.dumps(content))
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP).unlock(OWNER, Secret(WORD))


def test_a_key_file_tells_whether_it_opens_the_journal_of_another(path, made) -> None:
    keys, keyring, _recovery = made
    older = Keys(REGISTERS / "version-1.gdprdesk" / "keys.json")
    assert keys.opens_journal_of(older)  # which has none
    assert not older.opens_journal_of(keys)
    add(keys, keyring, "Åsa")
    before = Keys(path, CHEAP)
    keys.change_password("Åsa", Secret(HERS), NEWER)  # who does not hold it
    assert keys.opens_journal_of(before)
    keys.rotate(keyring.renewed(journal=False), NOON)
    assert keys.opens_journal_of(before)
    keys.forget_previous(keys.unlock(OWNER, Secret(WORD)))
    keys.rotate(keys.unlock(OWNER, Secret(WORD)).renewed(journal=True), NOON)
    assert not keys.opens_journal_of(before)


# New keys


@pytest.mark.parametrize("journal", [True, False])
def test_new_keys_let_everybody_in_with_the_passwords_they_have(path, made, journal) -> None:
    keys, old, recovery = made
    add(keys, old, "Åsa")
    add(keys, old, "Karin", journal=True)
    code = keys.invite(old, "7f3a", "Sara", TODAY, journal=True)
    new = old.renewed(journal=journal)
    assert new.vault != old.vault
    assert (new.journal == old.journal) is not journal
    assert new.previous == old
    keys.rotate(new, NOON)
    opened = Keys(path, CHEAP)
    assert opened.generation == 2
    for staff, word in [(OWNER, WORD), ("Karin", HERS), (RECOVERY, recovery)]:
        assert opened.unlock(staff, Secret(word)) == new
    assert opened.accept("Sara", code, HERS, TODAY) == new
    only_vault = Keyring(new.vault, previous=Keyring(old.vault))
    assert opened.unlock("Åsa", Secret(HERS)) == only_vault
    with pytest.raises(DamagedError):
        opened.verify(old.vault)


def test_the_keys_before_are_forgotten_once_the_new_file_is_there(path, made) -> None:
    keys, old, _recovery = made
    new = old.renewed(journal=True)
    keys.rotate(new, NOON)
    with pytest.raises(ValueError, match="2"):
        keys.rotate(new.renewed(journal=True), NOON)  # the file of the first keys would be lost
    keys.forget_previous(new)
    held = Keys(path, CHEAP).unlock(OWNER, Secret(WORD))
    assert held == Keyring(new.vault, new.journal, new.mark)
    assert content_of(path)["previous"] == {}
    keys.rotate(held.renewed(journal=True), NOON)
    assert Keys(path, CHEAP).generation == 3


def test_new_keys_without_the_journal_leave_the_journal_as_it_is(path, made) -> None:
    keys, old, _recovery = made
    add(keys, old, "Åsa")
    hers = keys.unlock("Åsa", Secret(HERS))
    keys.rotate(hers.renewed(journal=True), NOON)  # which she does not hold
    opened = Keys(path, CHEAP)
    held = opened.unlock(OWNER, Secret(WORD))
    assert (held.journal, held.mark, held.previous) == (old.journal, old.mark, old)
    opened.grant_journal(held, "Åsa")


def test_whoever_was_removed_gets_no_new_key_with_an_old_file(path, made, tmp_path) -> None:
    keys, old, _recovery = made
    add(keys, old, "Åsa", journal=True)
    kept = tmp_path / "kept.json"
    shutil.copy(path, kept)
    keys.remove(old, "Åsa")
    new = old.renewed(journal=True)
    keys.rotate(new, NOON)
    hers = Keys(kept, CHEAP).unlock("Åsa", Secret(HERS))
    assert {hers.vault, hers.journal}.isdisjoint({new.vault, new.journal})
    with pytest.raises(DamagedError):
        Keys(path, CHEAP).verify(hers.vault)


@pytest.mark.parametrize("part", ["vault", "journal"])
def test_keys_before_that_were_changed_end_in_a_sentence(path, made, part) -> None:
    keys, old, _recovery = made
    new = old.renewed(journal=True)
    keys.rotate(new, NOON)

    def spoil(content: dict[str, Any]) -> None:
        content["previous"][part] = base64.b64encode(bytes(72)).decode()

    forge(path, new.vault, spoil)
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP).unlock(OWNER, Secret(WORD))


@given(st.data())
def test_whoever_holds_what_is_what_was_said(tmp_path_factory, data) -> None:
    """Any order of changes: everybody holds what the last word about her was."""
    path = tmp_path_factory.mktemp("any") / "keys.json"
    keys, keyring, _recovery = Keys.create(path, "Maria", WORD, CHEAP)
    expected: dict[str, bool] = {}
    for _step in range(data.draw(st.integers(1, 6))):
        name = data.draw(st.sampled_from(["åsa", "karin"]))
        what = data.draw(st.sampled_from(["add", "remove", "grant", "revoke", "rotate"]))
        if what == "rotate":
            keyring = keyring.renewed(journal=data.draw(st.booleans()))
            keys.rotate(keyring, NOON)
            keys.forget_previous(keyring)
            keyring = keys.unlock(OWNER, Secret(WORD))
        elif what == "add" and name not in expected:
            expected[name] = data.draw(st.booleans())
            add(keys, keyring, name, journal=expected[name])
        elif what == "remove" and expected.pop(name, None) is not None:
            keys.remove(keyring, name)
        elif what in {"grant", "revoke"} and name in expected:
            expected[name] = what == "grant"
            (keys.grant_journal if expected[name] else keys.revoke_journal)(keyring, name)
    opened = Keys(path, CHEAP)
    assert {one.id for one in opened.staff} == {OWNER, *expected}
    for name, reads in expected.items():
        assert opened.unlock(name, Secret(HERS)) == (keyring if reads else Keyring(keyring.vault))


CHANGER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from gdprdesk.store.keys import Keys, Limits, Secret
path, words = Path(sys.argv[1]), ["a long word", "a newer word"]
keys = Keys(path, Limits(8192, 1, 8192, least_rounds=1))
while True:
    print("begun anew", flush=True)
    for old, new in (words, words[::-1]):
        keys.change_password("owner", Secret(old), new)
        keyring = keys.unlock("owner", Secret(new)).renewed(journal=True)
        keys.rotate(keyring, datetime.now(UTC))
        keys.forget_previous(keyring)
"""


def test_a_kill_at_any_moment_leaves_a_file_that_one_password_opens(path, made) -> None:
    seen = set()
    for moment in range(16):
        command = [sys.executable, "-c", CHANGER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603
            assert process.stdout is not None
            for _line in range(1 + moment % 4):
                process.stdout.readline()
            os.kill(process.pid, signal.SIGKILL)
        keys, held = Keys(path, CHEAP), {}
        for word in (WORD, NEWER):
            with suppress(WrongPasswordError):
                held[word] = keys.unlock(OWNER, Secret(word))
        ((word, keyring),) = held.items()
        assert keyring.journal is not None
        if keyring.previous:
            keys.forget_previous(keyring)
        keys.set_password(keyring, OWNER, WORD)  # which the next one begins with
        seen.add(keys.generation)
    assert len(seen) > 1
