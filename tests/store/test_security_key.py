"""A security key as second factor, tried with sticks made of software."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gdprdesk.domain.errors import DamagedError, DomainError, GoneError, WrongPasswordError
from gdprdesk.domain.terms import FactorKind
from gdprdesk.store import security_key
from gdprdesk.store.keys import Factor, Keys, Secret
from gdprdesk.store.security_key import Owner, Stick, connected_stick
from tests.builders import CHEAP

pytest.importorskip("fido2")
from tests.fake_stick import FakeStick

MAJA = Owner("a" * 32, "owner")
SARA = Owner("a" * 32, "b" * 32)
WORD = "a long word"


class Asked:
    """Somebody at the screen, who counts how often she is asked for something."""

    def __init__(self, *pins: str | None) -> None:
        self.touches = 0
        self.pins = list(pins)

    def touch(self) -> None:
        self.touches += 1

    def pin(self) -> str | None:
        return self.pins.pop(0)


def stick_of(device: FakeStick, *pins: str | None) -> Stick:
    return Stick.of(device, Asked(*pins))


def test_a_stick_gives_the_same_each_time_it_is_touched() -> None:
    device, asked = FakeStick(), Asked()
    factor = Stick.of(device, asked).add(MAJA)
    assert (asked.touches, device.touches) == (2, 2)
    for _time in range(2):
        assert Stick.of(device, asked).secret(MAJA, factor.needs) == factor.secret
    assert len(factor.secret) == 32
    assert device.touches == 4


def test_each_of_several_sticks_gives_the_same_and_a_third_nothing() -> None:
    first, second, third = FakeStick(), FakeStick(), FakeStick()
    one = stick_of(first).add(MAJA)
    both = stick_of(second).add(MAJA, one)
    assert (list(one.needs), list(both.needs)) == (["1"], ["1", "2"])
    assert both.secret == one.secret
    for device in (first, second):
        assert stick_of(device).secret(MAJA, both.needs) == one.secret
    with pytest.raises(DomainError, match="none of your security keys"):
        stick_of(third).secret(MAJA, both.needs)


def test_what_is_kept_of_a_stick_says_nothing_without_it() -> None:
    factor = stick_of(FakeStick()).add(MAJA)
    assert factor.secret.hex() not in json.dumps(dict(factor.needs))
    kept = json.loads(factor.needs["1"])
    assert set(kept) == {"credential", "salt", "sealed", "with_pin"}
    assert len(kept["salt"]) == 64


def test_a_stick_opens_a_register_beside_the_password(tmp_path) -> None:
    keys, _keyring, _recovery = Keys.create(tmp_path / "keys.json", "owner", WORD, CHEAP)
    device, maja = FakeStick(pin="1234"), Owner(keys.register_id, "owner")
    factor = stick_of(device, "1234", "1234").add(maja)
    keys.set_factors("owner", Secret(WORD), {FactorKind.SECURITY_KEY: factor})
    again = Keys(tmp_path / "keys.json", CHEAP)
    needs = next(iter(again.staff)).factors[FactorKind.SECURITY_KEY]
    given = stick_of(device, "1234").secret(maja, needs)
    again.unlock("owner", Secret(WORD, {FactorKind.SECURITY_KEY: given}))
    with pytest.raises(WrongPasswordError):
        again.unlock("owner", Secret(WORD, {FactorKind.SECURITY_KEY: bytes(32)}))


def test_the_same_stick_is_another_for_another_person() -> None:
    device = FakeStick()
    maja, sara = stick_of(device).add(MAJA), stick_of(device).add(SARA)
    assert maja.secret != sara.secret
    with pytest.raises(DomainError, match="of another register"):
        stick_of(device).secret(SARA, maja.needs)


def test_a_stick_is_added_once() -> None:
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    with pytest.raises(DomainError, match="already"):
        stick_of(device).add(MAJA, factor)


def test_a_stick_with_a_pin_asks_for_it() -> None:
    device = FakeStick(pin="1234")
    factor = stick_of(device, "1234", "1234").add(MAJA)
    assert stick_of(device, "1234").secret(MAJA, factor.needs) == factor.secret
    with pytest.raises(DomainError, match="PIN of the security key is wrong"):
        stick_of(device, "4321").secret(MAJA, factor.needs)
    with pytest.raises(DomainError, match="Without its PIN"):
        stick_of(device, None).secret(MAJA, factor.needs)
    assert stick_of(device, "1234").secret(MAJA, factor.needs) == factor.secret


def test_a_stick_whose_pin_was_wrong_too_often_is_said_to_be_locked() -> None:
    device = FakeStick(pin="1234")
    factor = stick_of(device, "1234", "1234").add(MAJA)
    for _time in range(7):
        with pytest.raises(DomainError, match="is wrong"):
            stick_of(device, "0000").secret(MAJA, factor.needs)
    with pytest.raises(DomainError, match="locked itself for good"):
        stick_of(device, "0000").secret(MAJA, factor.needs)


def test_a_stick_that_gets_a_pin_later_still_opens() -> None:
    """A stick has an answer for each case: the one of the first day is asked for."""
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    device.pin = "1234"
    assert stick_of(device).secret(MAJA, factor.needs) == factor.secret


def test_sticks_with_and_without_a_pin_go_together() -> None:
    plain, guarded = FakeStick(), FakeStick(pin="1234")
    factor = stick_of(guarded, "1234", "1234").add(MAJA, stick_of(plain).add(MAJA))
    assert stick_of(plain).secret(MAJA, factor.needs) == factor.secret
    assert stick_of(guarded, "1234").secret(MAJA, factor.needs) == factor.secret
    plain.pin = "1111"
    assert stick_of(plain, "1111").secret(MAJA, factor.needs) == factor.secret


def test_a_stick_that_was_reset_is_none_of_hers() -> None:
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    device._known.clear()
    with pytest.raises(DomainError, match="none of your security keys"):
        stick_of(device).secret(MAJA, factor.needs)


def test_a_stick_that_answers_otherwise_is_told_from_a_wrong_password() -> None:
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    for answers in device._known.values():
        answers[False] = bytes(32)
    with pytest.raises(DomainError, match="answers otherwise"):
        stick_of(device).secret(MAJA, factor.needs)


def test_a_stick_that_nobody_touches() -> None:
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    device.touched = False
    with pytest.raises(DomainError, match="not touched in time"):
        stick_of(device).secret(MAJA, factor.needs)
    with pytest.raises(DomainError, match="not touched in time"):
        stick_of(device).add(SARA)


def test_who_waits_for_a_touch_can_give_up() -> None:
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    stick = stick_of(device)
    stick.give_up()
    with pytest.raises(DomainError, match="not touched"):
        stick.secret(MAJA, factor.needs)
    assert device.touches == 2


def test_a_stick_that_is_taken_out() -> None:
    device = FakeStick()
    factor = stick_of(device).add(MAJA)
    stick = stick_of(device)
    device.plugged_in = False
    for attempt in (lambda: stick.secret(MAJA, factor.needs), lambda: stick.add(SARA)):
        with pytest.raises(GoneError, match="was removed"):
            attempt()
    with pytest.raises(GoneError, match="was removed"):
        stick_of(device)


def test_a_stick_that_only_signs_in_cannot_be_added() -> None:
    with pytest.raises(DomainError, match="only signs in"):
        stick_of(FakeStick(extensions=())).add(MAJA)


def test_a_stick_that_lost_its_pin_is_refused() -> None:
    device = FakeStick(pin="1234")
    factor = stick_of(device, "1234", "1234").add(MAJA)
    device.pin = ""
    with pytest.raises(DomainError, match="it has no PIN although it had one"):
        stick_of(device).secret(MAJA, factor.needs)


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"credential": "x"}', "null"])
def test_what_is_kept_may_be_damaged(kept) -> None:
    with pytest.raises(DamagedError, match="recovery key"):
        stick_of(FakeStick()).secret(MAJA, {"1": kept})
    with pytest.raises(DamagedError, match="recovery key"):
        stick_of(FakeStick()).add(MAJA, Factor(bytes(32), {"1": kept}))


def plug_in(monkeypatch: pytest.MonkeyPatch, *devices: FakeStick) -> None:
    monkeypatch.setattr("fido2.hid.CtapHidDevice.list_devices", lambda: iter(devices))


def test_the_one_stick_that_is_plugged_in_is_taken_and_let_go(monkeypatch) -> None:
    device = FakeStick()
    plug_in(monkeypatch, device)
    with connected_stick(Asked()) as stick:
        factor = stick.add(MAJA)
    assert device.closed
    with connected_stick(Asked()) as stick:
        assert stick.secret(MAJA, factor.needs) == factor.secret


def test_none_and_several_sticks_are_refused(monkeypatch) -> None:
    plug_in(monkeypatch)
    with pytest.raises(GoneError, match="No security key is plugged in"), connected_stick(Asked()):
        pytest.fail("there is none")
    several = FakeStick(), FakeStick()
    plug_in(monkeypatch, *several)
    with pytest.raises(DomainError, match="Several"), connected_stick(Asked()):
        pytest.fail("which one?")
    assert all(device.closed for device in several)


def test_a_program_without_the_library_says_so(monkeypatch) -> None:
    monkeypatch.setattr(security_key, "find_spec", lambda _name: None)
    with (
        pytest.raises(DomainError, match="without what security keys need"),
        connected_stick(Asked()),
    ):
        pytest.fail("nothing to speak with")


def test_the_library_is_loaded_only_when_a_stick_is_needed() -> None:
    code = "import sys, gdprdesk.store.security_key; sys.exit('fido2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
