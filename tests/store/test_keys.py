"""The key file: passwords, the printed key, and what somebody may have done to the file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprdesk.domain.errors import (
    DamagedError,
    DomainError,
    NewerVersionError,
    WrongPasswordError,
)
from gdprdesk.store.keys import RECOVERY, Keyring, Keys, Limits, Secret, calibrate, staff_in
from gdprdesk.store.recovery import new_recovery_key, read_recovery_key
from tests.builders import CHEAP
from tests.store.key_files import NEWER, WORD, add, change, check_summed, content_of, forge

MIB = 1 << 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def made(path: Path) -> tuple[Keys, Keyring, str]:
    return Keys.create(path, "owner", WORD, CHEAP)


def test_every_member_of_staff_and_the_printed_key_open_the_same(path, made) -> None:
    keys, keyring, recovery = made
    add(keys, keyring, "Åsa", "her own word")
    keys.set_password(keyring, "owner", NEWER)
    opened = Keys(path, CHEAP)
    for staff, word in [("Åsa", "her own word"), ("owner", NEWER), (RECOVERY, recovery)]:
        assert opened.unlock(staff, Secret(word)).vault == keyring.vault
    assert [(one.id, one.name) for one in staff_in(path.parent)] == [
        ("owner", "owner"),
        ("åsa", "Åsa"),
    ]
    with pytest.raises(WrongPasswordError):
        opened.unlock("owner", Secret(WORD))


def test_a_wrong_password_and_an_unknown_name_are_told_apart(made) -> None:
    keys = made[0]
    with pytest.raises(WrongPasswordError, match="password is wrong"):
        keys.unlock("owner", Secret("another word"))
    with pytest.raises(WrongPasswordError, match="Nobody called Karin"):
        keys.unlock("Karin", Secret(WORD))


def test_the_same_letters_typed_on_another_computer_open_too(path) -> None:
    keys, keyring, _recovery = Keys.create(path, "owner", "Gråbo kaffebröd", CHEAP)
    assert keys.unlock("owner", Secret("Gra\u030abo kaffebro\u0308d")) == keyring


@pytest.mark.parametrize("word", ["", "short", "123456789", "         9"])
def test_a_short_password_is_refused_and_nothing_is_written(path, word) -> None:
    with pytest.raises(DomainError, match="at least 10 characters"):
        Keys.create(path, "owner", word, CHEAP)
    assert not path.exists()


@pytest.mark.parametrize("name", ["", "  ", RECOVERY])
def test_a_password_belongs_to_somebody(path, name) -> None:
    with pytest.raises(DomainError, match="who the password belongs to"):
        Keys.create(path, name, WORD, CHEAP)


def test_only_the_owner_of_the_computer_may_read_the_keys(path, made) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


# The printed key


def test_the_printed_key_is_eight_groups_of_four(made) -> None:
    assert re.fullmatch(r"([A-Z2-7]{4}-){7}[A-Z2-7]{4}", made[2])


@given(st.data())
def test_the_printed_key_is_understood_in_any_way_of_typing_it(data) -> None:
    printed = new_recovery_key()
    confused = {"O": "O0", "I": "I1", "B": "B8"}
    typed = "".join(
        data.draw(st.sampled_from(confused.get(letter, letter + letter.lower())))
        for letter in printed.replace("-", "")
    )
    between = data.draw(st.sampled_from(["", "-", " ", " - "]))
    assert read_recovery_key(between.join(typed)) == read_recovery_key(printed)


@given(st.integers(0, 31), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_letter_is_a_typing_fault(place, letter) -> None:
    letters = new_recovery_key().replace("-", "")
    mistyped = letters[:place] + letter + letters[place + 1 :]
    if mistyped != letters:
        with pytest.raises(WrongPasswordError, match="typing fault"):
            read_recovery_key(mistyped)


@given(st.text())
def test_any_text_for_a_printed_key_ends_in_a_sentence(text) -> None:
    with pytest.raises(WrongPasswordError, match="typing fault"):
        read_recovery_key(text)


def test_the_printed_key_of_another_register_is_not_called_a_typing_fault(made) -> None:
    with pytest.raises(WrongPasswordError, match="another register"):
        made[0].unlock(RECOVERY, Secret(new_recovery_key()))


def test_a_new_printed_key_replaces_the_old_one(made) -> None:
    keys, keyring, old = made
    new = keys.new_recovery_key(keyring)
    assert keys.unlock(RECOVERY, Secret(new)) == keyring
    with pytest.raises(WrongPasswordError, match="newer one"):
        keys.unlock(RECOVERY, Secret(old))


# How much work a password costs


@pytest.mark.parametrize(
    ("seconds_for_64_mib", "expected"),
    [(0.10, 256), (0.174, 256), (0.20, 128), (0.34, 128), (0.36, 64), (30.0, 64)],
)
def test_a_slow_computer_gets_less_memory_but_never_too_little(
    seconds_for_64_mib: float, expected: int
) -> None:
    def measure(memory: int, rounds: int) -> float:
        assert rounds == 3
        return seconds_for_64_mib * memory / (64 * MIB)

    assert calibrate(Limits(), measure) == expected * MIB


def test_what_this_computer_measures_is_within_the_limits(path) -> None:
    keys, keyring, _recovery = Keys.create(path, "owner", WORD)
    slot = json.loads(path.read_text())["slots"]["owner"]
    assert 64 * MIB <= slot["memory"] <= 256 * MIB
    assert slot["rounds"] == 3
    assert keys.unlock("owner", Secret(WORD)) == keyring


def test_a_new_password_is_not_cheaper_than_the_one_before(path) -> None:
    dear = Limits(memory=1 << 20, rounds=1, least_memory=1 << 20, least_rounds=1)
    _keys, keyring, _recovery = Keys.create(path, "owner", WORD, dear)
    keys = Keys(path, CHEAP)
    change(path, "slots", "owner", "memory", value=8192)  # unsigned: must not be believed
    with pytest.raises(DamagedError):
        Keys(path, CHEAP).set_password(keyring, "owner", NEWER)
    add(keys, keyring, "Åsa", NEWER)
    assert content_of(path)["slots"]["åsa"]["memory"] == 1 << 20
    forge(path, keyring.vault, lambda content: content["slots"]["åsa"].update(memory=1 << 21))
    keys = Keys(path, CHEAP)
    add(keys, keyring, "Karin", NEWER)
    assert content_of(path)["slots"]["karin"]["memory"] == 1 << 21


@pytest.mark.parametrize(
    ("part", "value"),
    [("memory", 1 << 41), ("memory", 32 * MIB), ("memory", -1), ("rounds", 2), ("rounds", 13)],
)
def test_a_key_file_may_not_ask_for_too_much_or_too_little(path, made, part, value) -> None:
    change(path, "slots", "owner", "memory", value=64 * MIB)
    change(path, "slots", "owner", "rounds", value=3)
    change(path, "slots", "owner", part, value=value)
    with pytest.raises(DamagedError, match="more or less work"):
        Keys(path).unlock("owner", Secret(WORD))


def test_a_computer_without_memory_says_so() -> None:
    code = (
        "import resource; from pathlib import Path; import sys\n"
        "from gdprdesk.domain.errors import DomainError\n"
        "from gdprdesk.store.keys import Keys, Limits\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))\n"
        "most = 1 << 30\n"
        "limits = Limits(most, 1, most, most, 1)\n"
        "try: Keys.create(Path(sys.argv[1]), 'owner', 'a long word', limits)\n"
        "except DomainError as error: print(error)"
    )
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, "nowhere.json"], check=True, capture_output=True, text=True
    ).stdout
    assert "not enough free memory" in said
    assert "1024 MB" in said


# What somebody may have done to the file


def test_a_missing_key_file_is_named(tmp_path) -> None:
    (tmp_path / "register.db").write_bytes(b"")
    with pytest.raises(DamagedError, match=r"keys\.json is missing"):
        staff_in(tmp_path)


def test_a_folder_with_nothing_in_it_is_no_register(tmp_path) -> None:
    for folder in (tmp_path, tmp_path / "no such folder"):
        with pytest.raises(DomainError, match="There is no register here"):
            staff_in(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 200_000])
def test_a_damaged_key_file_is_named(path, content) -> None:
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=r"keys\.json is damaged"):
        Keys(path, CHEAP)


def test_a_huge_key_file_is_not_read(path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(DamagedError, match=r"keys\.json is damaged"):
        Keys(path, CHEAP)


def test_a_key_file_of_a_newer_program_is_refused(path, made) -> None:
    change(path, "format", value=3)
    with pytest.raises(NewerVersionError):
        Keys(path, CHEAP)


def test_a_slot_added_from_outside_is_seen(path, made) -> None:
    slot = json.loads(path.read_text())["slots"]["owner"]
    change(path, "slots", "stranger", value={**slot, "public": "AAAA" * 10 + "AA=="})
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP).unlock("owner", Secret(WORD))


def test_a_slot_copied_under_another_id_is_seen(path, made) -> None:
    slot = json.loads(path.read_text())["slots"]["owner"]
    change(path, "slots", "stranger", value=slot)
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP)


def test_a_slot_taken_away_from_outside_is_seen(path, made) -> None:
    content = json.loads(path.read_text())
    del content["slots"][RECOVERY]
    path.write_text(json.dumps(check_summed(content)))
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP).unlock("owner", Secret(WORD))


@pytest.mark.parametrize("part", ["salt", "public", "private"])
def test_a_broken_file_is_told_from_a_wrong_password(path, made, part) -> None:
    content = json.loads(path.read_text())
    content["slots"]["owner"][part] = "AAAA" + content["slots"]["owner"][part][4:]
    path.write_text(json.dumps(content))
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP)


def test_another_register_cannot_be_put_in_its_place(path, made) -> None:
    change(path, "register_id", value="0" * 32)
    with pytest.raises(WrongPasswordError):
        Keys(path, CHEAP).unlock("owner", Secret(WORD))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PLACES = st.sampled_from(
    [
        ("format",),
        ("register_id",),
        ("mac",),
        ("slots",),
        ("slots", "owner"),
        *(
            ("slots", "owner", part)
            for part in (
                *("name", "memory", "rounds", "salt", "public", "private"),
                *("grants", "vouched", "factors", "invited_until"),
            )
        ),
        ("slots", "owner", "grants", "vault"),
        ("slots", "owner", "grants", "journal"),
        ("slots", "owner", "factors", "key_file"),
        ("slots", "(recovery)"),
        ("generation",),
        ("previous",),
        ("previous", "vault"),
        ("earlier",),
    ]
)


@given(PLACES, VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_any_value_anywhere_in_the_key_file_ends_in_a_sentence(tmp_path, place, value) -> None:
    path = tmp_path / "keys.json"
    if not path.exists():
        Keys.create(path, "owner", WORD, CHEAP)
    whole = path.read_bytes()
    before = json.loads(whole)
    change(path, *place, value=value)
    try:
        if json.loads(path.read_text()) != before:
            with pytest.raises(DomainError):
                Keys(path, CHEAP).unlock("owner", Secret(WORD))
    finally:
        path.write_bytes(whole)


def test_asking_for_names_and_unlocking_imports_no_database(path, made) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from gdprdesk.store.keys import Keys, Limits, Secret, staff_in\n"
        "path = Path(sys.argv[1])\n"
        "assert [one.name for one in staff_in(path.parent)] == ['owner']\n"
        "secret = Secret('a long word')\n"
        "Keys(path, Limits(8192, 1, 8192, least_rounds=1)).unlock('owner', secret)\n"
        "assert not {'sqlalchemy', 'sqlcipher3', 'alembic', 'babel'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)  # noqa: S603
