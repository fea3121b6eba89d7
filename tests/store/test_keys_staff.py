"""Who may open a register: invited, renamed, removed, and what is needed beside a password."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.errors import (
    DamagedError,
    DomainError,
    MissingFactorError,
    WrongPasswordError,
)
from gdprdesk.domain.terms import FactorKind
from gdprdesk.store.keys import RECOVERY, Factor, Keyring, Keys, Secret, staff_in
from gdprdesk.store.recovery import new_code, new_recovery_key, read_code
from tests.builders import CHEAP, NOON, TODAY
from tests.store.key_files import HERS, NEWER, WORD, add, change, content_of

STICK, TOKEN = FactorKind.KEY_FILE, FactorKind.SECURITY_KEY
LATER = TODAY + timedelta(days=7)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def made(path: Path) -> tuple[Keys, Keyring, str]:
    return Keys.create(path, "Maria Lind", WORD, CHEAP)


def test_the_first_owner_has_a_slot_and_a_name(path, made) -> None:
    (owner,) = staff_in(path.parent)
    assert (owner.id, owner.name, owner.invited_until) == ("owner", "Maria Lind", None)
    assert (dict(owner.factors), owner.holds_journal) == ({}, True)
    for called in ("owner", "Maria Lind", "maria  LIND"):
        assert Keys(path, CHEAP).find(called) == "owner"
        assert Keys(path, CHEAP).unlock(called, Secret(WORD)) == made[1]


# Invited


def test_whoever_is_invited_chooses_a_password_of_her_own(path, made) -> None:
    keys, keyring, _recovery = made
    code = keys.invite(keyring, "7f3a", "Åsa Öst", LATER)
    shown = keys.staff[1]
    assert (shown.id, shown.name, shown.invited_until) == ("7f3a", "Åsa Öst", LATER)
    hers = Keys(path, CHEAP).accept("Åsa Öst", code.lower().replace("-", " "), HERS, LATER)
    assert hers == Keyring(keyring.vault)
    opened = Keys(path, CHEAP)
    assert opened.unlock("7f3a", Secret(HERS)) == hers
    assert opened.staff[1].invited_until is None


def test_nobody_opens_the_register_with_a_code_alone(made) -> None:
    keys, keyring, _recovery = made
    code = keys.invite(keyring, "7f3a", "Åsa", LATER)
    for typed in (code, HERS, ""):
        with pytest.raises(WrongPasswordError, match="Åsa is invited and has no password yet"):
            keys.unlock("Åsa", Secret(typed))


def test_a_code_that_has_run_out_is_refused_and_a_new_one_opens(path, made) -> None:
    keys, keyring, _recovery = made
    code = keys.invite(keyring, "7f3a", "Åsa", date(2026, 11, 28))
    before = path.read_bytes()
    with pytest.raises(DomainError, match=r"ran out on .*28.* Ask whoever invited you"):
        keys.accept("Åsa", code, HERS, date(2026, 11, 29))
    assert path.read_bytes() == before
    again = keys.invite(keyring, "7f3a", "Åsa", date(2026, 12, 6))
    with pytest.raises(WrongPasswordError, match="invited with last"):
        keys.accept("Åsa", code, HERS, date(2026, 11, 29))
    keys.accept("Åsa", again, HERS, date(2026, 11, 29))


def test_a_day_that_was_put_off_from_outside_is_seen(path, made) -> None:
    keys, keyring, _recovery = made
    code = keys.invite(keyring, "7f3a", "Åsa", TODAY)
    change(path, "slots", "7f3a", "invited_until", value="2099-01-01")
    with pytest.raises(DamagedError, match="changed outside the program"):
        Keys(path, CHEAP).accept("Åsa", code, HERS, LATER)


def test_a_code_works_once(made) -> None:
    keys, keyring, _recovery = made
    code = keys.invite(keyring, "7f3a", "Åsa", LATER)
    with pytest.raises(DomainError, match="at least 10"):
        keys.accept("Åsa", code, "short", TODAY)
    keys.accept("Åsa", code, HERS, TODAY)
    with pytest.raises(WrongPasswordError, match="has a password already"):
        keys.accept("Åsa", code, NEWER, TODAY)
    with pytest.raises(WrongPasswordError, match="password is wrong"):
        keys.unlock("Åsa", Secret(code))


def test_inviting_somebody_anew_takes_her_old_password(made) -> None:
    keys, keyring, _recovery = made
    slot = add(keys, keyring, "Åsa")
    code = keys.invite(keyring, slot, "Åsa", LATER)
    with pytest.raises(WrongPasswordError):
        keys.unlock(slot, Secret(HERS))
    keys.accept(slot, code, NEWER, TODAY)
    assert keys.unlock(slot, Secret(NEWER)).vault == keyring.vault


def test_a_code_is_six_groups_of_four() -> None:
    assert re.fullmatch(r"([A-Z2-7]{4}-){5}[A-Z2-7]{4}", new_code())


@given(st.data())
def test_a_code_is_understood_in_any_way_of_typing_it(data) -> None:
    code = new_code()
    confused = {"O": "O0", "I": "I1", "B": "B8"}
    typed = "".join(
        data.draw(st.sampled_from(confused.get(letter, letter + letter.lower())))
        for letter in code.replace("-", "")
    )
    between = data.draw(st.sampled_from(["", "-", " ", ". ", "\n"]))
    assert read_code(between.join(typed)) == read_code(code)
    assert len(read_code(code)) == 12  # 96 random bits


@given(st.text() | st.builds(new_recovery_key))
def test_any_other_text_for_a_code_is_a_typing_fault(text) -> None:
    with pytest.raises(WrongPasswordError, match="typing fault in the one-time code"):
        read_code(text)


@given(st.integers(0, 23), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_letter_of_a_code_is_a_typing_fault(place, letter) -> None:
    letters = new_code().replace("-", "")
    mistyped = letters[:place] + letter + letters[place + 1 :]
    if mistyped != letters:
        with pytest.raises(WrongPasswordError, match="typing fault"):
            read_code(mistyped)


# Names


@pytest.mark.parametrize(
    "name", ["maria lind", " Maria   Lind ", "MARIA LIND", "owner", "A\u030asa", "åsa"]
)
def test_two_people_are_never_called_the_same(made, name) -> None:
    keys, keyring, _recovery = made
    add(keys, keyring, "Åsa")
    before = keys.staff
    with pytest.raises(DomainError, match="Choose another name, such as one with a surname"):
        keys.invite(keyring, "7f3a", name, LATER)
    add(keys, keyring, "Karin")
    with pytest.raises(DomainError, match="may open this register already"):
        keys.rename(keyring, "Karin", name)
    assert keys.staff[:2] == before


@pytest.mark.parametrize("name", ["", " \t", RECOVERY])
def test_everybody_has_a_name(made, name) -> None:
    with pytest.raises(DomainError, match="who the password belongs to"):
        made[0].invite(made[1], "7f3a", name, LATER)


@pytest.mark.parametrize("name", ["x" * 101, "Å\u202esa", "\x1b[31m"])
def test_a_name_can_be_shown(made, name) -> None:
    with pytest.raises(DomainError, match="too long, or has letters that cannot be shown"):
        made[0].invite(made[1], "7f3a", name, LATER)


def test_a_name_can_change_and_the_password_stays(path, made) -> None:
    keys, keyring, _recovery = made
    keys.rename(keyring, "Maria Lind", "  Maria  Öst ")
    assert [(one.id, one.name) for one in staff_in(path.parent)] == [("owner", "Maria Öst")]
    assert Keys(path, CHEAP).unlock("Maria Öst", Secret(WORD)) == keyring
    with pytest.raises(WrongPasswordError, match="Nobody called Maria Lind"):
        keys.unlock("Maria Lind", Secret(WORD))
    keys.rename(keyring, "owner", "maria öst")  # her own name is not taken


# Removed


def test_whoever_is_removed_is_let_in_no_more(path, made) -> None:
    keys, keyring, _recovery = made
    slot = add(keys, keyring, "Åsa")
    keys.remove(keyring, "Åsa")
    assert [one.id for one in staff_in(path.parent)] == ["owner"]
    with pytest.raises(WrongPasswordError, match="Nobody called åsa"):
        Keys(path, CHEAP).unlock(slot, Secret(HERS))


def test_the_last_one_with_a_password_stays(path, made) -> None:
    keys, keyring, _recovery = made
    keys.invite(keyring, "7f3a", "Åsa", LATER)  # who has not come yet
    before = path.read_bytes()
    with pytest.raises(DomainError, match="Invite somebody first"):
        keys.remove(keyring, "owner")
    with pytest.raises(DomainError, match="Invite somebody first"):
        keys.invite(keyring, "owner", "Maria Lind", LATER)
    assert path.read_bytes() == before
    keys.remove(keyring, "7f3a")


def test_the_printed_key_is_no_member_of_staff(made) -> None:
    keys, keyring, recovery = made
    for change_it in (
        lambda: keys.remove(keyring, RECOVERY),
        lambda: keys.rename(keyring, RECOVERY, "Åsa"),
        lambda: keys.revoke_journal(keyring, RECOVERY),
        lambda: keys.set_password(keyring, RECOVERY, NEWER),
        lambda: keys.change_password(RECOVERY, Secret(recovery), NEWER),
        lambda: keys.set_factors(RECOVERY, Secret(recovery), {}),
    ):
        with pytest.raises(DomainError, match="no member of staff"):
            change_it()
    assert keys.unlock(RECOVERY, Secret(recovery)) == keyring


def test_a_register_has_room_for_many_but_not_for_any_number(path, made) -> None:
    keys, keyring, _recovery = made
    for number in range(248):  # with the owner and the printed key these are 250
        keys.invite(keyring, f"slot {number}", f"Number {number}", LATER)
    assert len(staff_in(path.parent)) == 249
    with pytest.raises(DomainError, match="249 at most"):
        keys.invite(keyring, "7f3a", "Åsa", LATER)
    content = content_of(path)
    one = content["slots"]["owner"]
    many = {f"{number}": {**one, "public": f"{number:044}"} for number in range(251)}
    change(path, "slots", value=many)
    with pytest.raises(DamagedError, match="is damaged"):
        Keys(path, CHEAP)


def test_nothing_is_changed_in_a_file_that_somebody_else_has_changed(path, made) -> None:
    keyring = made[1]
    add(made[0], keyring, "Karin")
    change(path, "slots", "owner", "name", value="Somebody else")
    before, keys = path.read_bytes(), Keys(path, CHEAP)
    for change_it in (
        lambda: keys.invite(keyring, "7f3a", "Åsa", LATER),
        lambda: keys.rename(keyring, "owner", "Åsa"),
        lambda: keys.remove(keyring, "Karin"),
        lambda: keys.revoke_journal(keyring, "owner"),
        lambda: keys.grant_journal(keyring, "owner"),
        lambda: keys.set_password(keyring, "owner", NEWER),
        lambda: keys.new_recovery_key(keyring),
        lambda: keys.rotate(keyring.renewed(journal=True), NOON),
        lambda: keys.forget_previous(keyring),
    ):
        with pytest.raises(DamagedError, match="changed outside the program"):
            change_it()
    assert path.read_bytes() == before


# What is needed beside the password


def with_factors(keys: Keys, *kinds: FactorKind) -> dict[FactorKind, bytes]:
    """Let the owner choose factors; returns what they give."""
    given = {kind: f"what the {kind} gives".encode() for kind in kinds}
    needs = {STICK: {}, TOKEN: {"credential": "a1b2", "salt": "c3d4"}}
    keys.set_factors("owner", Secret(WORD), {one: Factor(given[one], needs[one]) for one in kinds})
    return given


def test_a_second_factor_is_needed_beside_the_password(path, made) -> None:
    given = with_factors(made[0], STICK, TOKEN)
    keys = Keys(path, CHEAP)
    assert keys.unlock("owner", Secret(WORD, given)) == made[1]
    (owner,) = keys.staff
    assert owner.factors == {STICK: {}, TOKEN: {"credential": "a1b2", "salt": "c3d4"}}
    with pytest.raises(MissingFactorError, match="key file is needed"):
        keys.unlock("owner", Secret(WORD))
    with pytest.raises(MissingFactorError, match="security key is needed"):
        keys.unlock("owner", Secret(WORD, {STICK: given[STICK]}))
    for wrong in ({**given, TOKEN: b"another"}, {STICK: given[TOKEN], TOKEN: given[STICK]}):
        with pytest.raises(WrongPasswordError, match="Key file on a stick, Security key"):
            keys.unlock("owner", Secret(WORD, wrong))
    with pytest.raises(WrongPasswordError):
        keys.unlock("owner", Secret(NEWER, given))


def test_a_factor_that_nobody_asked_for_does_no_harm(made) -> None:
    assert made[0].unlock("owner", Secret(WORD, {STICK: b"a stick"})) == made[1]


def test_a_new_password_keeps_the_factors(path, made) -> None:
    keys, keyring, _recovery = made
    given = with_factors(keys, STICK)
    with pytest.raises(MissingFactorError):
        keys.change_password("owner", Secret(WORD), NEWER)
    keys.change_password("owner", Secret(WORD, given), NEWER)
    assert Keys(path, CHEAP).unlock("owner", Secret(NEWER, given)) == keyring
    with pytest.raises(MissingFactorError):
        keys.unlock("owner", Secret(NEWER))


def test_a_factor_is_let_go_only_by_whoever_has_it(path, made) -> None:
    keys, keyring, _recovery = made
    given = with_factors(keys, STICK, TOKEN)
    with pytest.raises(MissingFactorError):
        keys.set_factors("owner", Secret(WORD), {})
    left = {STICK: Factor(given[STICK])}
    keys.set_factors("owner", Secret(WORD, given), left)
    assert keys.unlock("owner", Secret(WORD, {STICK: given[STICK]})) == keyring
    keys.set_factors("owner", Secret(WORD, given), {})
    assert Keys(path, CHEAP).unlock("owner", Secret(WORD)) == keyring


def test_the_printed_key_helps_when_the_stick_is_lost(made) -> None:
    keys, _keyring, recovery = made
    with_factors(keys, STICK)
    keys.set_password(keys.unlock(RECOVERY, Secret(recovery)), "owner", NEWER)
    assert keys.unlock("owner", Secret(NEWER)).journal is not None


def test_whoever_is_invited_may_choose_a_factor_at_once(made) -> None:
    keys, keyring, _recovery = made
    code = keys.invite(keyring, "7f3a", "Åsa", LATER)
    keys.accept("Åsa", code, HERS, TODAY, {STICK: Factor(b"her stick")})
    with pytest.raises(MissingFactorError):
        keys.unlock("Åsa", Secret(HERS))
    assert keys.unlock("Åsa", Secret(HERS, {STICK: b"her stick"})).vault == keyring.vault


@pytest.mark.parametrize(
    ("factors", "sentence"),
    [
        ({}, "password is wrong"),  # taken out of the file, it is needed all the same
        ({"key_file": {"salt": "another"}}, "password is wrong"),
        ({"fingerprint": {}}, "damaged"),
        ({"key_file": {"salt": 1}}, "damaged"),
        ({"key_file": []}, "damaged"),
        ([], "damaged"),
    ],
)
def test_factors_changed_from_outside_end_in_a_sentence(path, made, factors, sentence) -> None:
    given = with_factors(made[0], STICK)
    change(path, "slots", "owner", "factors", value=factors)
    with pytest.raises(DomainError, match=sentence):
        Keys(path, CHEAP).unlock("owner", Secret(WORD, given))


def test_no_secret_shows_itself(path, made) -> None:
    keys, keyring, _recovery = made
    keys.invite(keyring, "7f3a", "Åsa", LATER)
    factor, secret = Factor(b"her stick"), Secret("a long word", {STICK: b"her stick"})
    for one in (keyring, factor, secret):
        assert "object at" in repr(one)
    told = json.dumps([(one.id, one.name, dict(one.factors)) for one in keys.staff])
    assert keyring.vault.hex() not in told
