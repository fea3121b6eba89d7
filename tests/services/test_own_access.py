"""What somebody opens the register with, changed by herself, with sticks made of software."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import (
    DomainError,
    GoneError,
    MissingFactorError,
    NotAllowedError,
    WrongPasswordError,
)
from gdprdesk.domain.terms import BuiltInRole, FactorKind
from gdprdesk.door import AtHand, Door
from gdprdesk.jobs import Cancelled
from gdprdesk.services.own_access import OwnFactors
from tests.builders import CHEAP, PASSWORD
from tests.security_keys import Hand, plugged_in

NEW = "four words in a row"


def gathered(folder: Path, at_hand: AtHand) -> dict[FactorKind, bytes]:
    door = Door(CHEAP)
    return {
        kind: door.secret(folder, staff="owner", kind=kind, at_hand=at_hand)
        for kind in door.staff(folder)[0].factors
    }


def opens(folder: Path, at_hand: AtHand, password: str = PASSWORD) -> None:
    factors = gathered(folder, at_hand)
    Door(CHEAP).unlock(folder, staff="owner", password=password, factors=factors).lock()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "mine.gdprdesk-key"


def test_a_key_file_is_needed_until_it_is_no_more(desk, stick) -> None:
    own, at_hand = desk.own_access, AtHand(stick)
    assert own.factors() == OwnFactors(key_file=False, security_keys=())
    own.make_key_file(PASSWORD, stick)
    assert own.factors().kinds == (FactorKind.KEY_FILE,)
    desk.lock()
    with pytest.raises(MissingFactorError):
        Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP)
    opens(desk.folder, at_hand)
    with pytest.raises(GoneError):
        gathered(desk.folder, AtHand(stick.with_name("not there")))
    again = Desk.unlock(
        desk.folder, password=PASSWORD, factors=gathered(desk.folder, at_hand), limits=CHEAP
    )
    again.change_password(PASSWORD, NEW, at_hand)
    again.own_access.stop_key_file(NEW, at_hand)
    again.lock()
    assert stick.exists()
    Desk.unlock(desk.folder, password=NEW, limits=CHEAP).lock()


def test_a_wrong_password_changes_nothing_and_leaves_no_file(desk, stick) -> None:
    with pytest.raises(WrongPasswordError):
        desk.own_access.make_key_file("a wrong word", stick)
    assert not stick.exists()
    stick.write_bytes(b"my own")
    with pytest.raises(DomainError, match="left as it is"):
        desk.own_access.make_key_file(PASSWORD, stick)
    assert stick.read_bytes() == b"my own"
    with pytest.raises(WrongPasswordError):
        desk.own_access.prove("a wrong word")
    assert not desk.own_access.factors().kinds


def test_a_key_file_made_before_can_be_used_here_too(desk, stick) -> None:
    own = desk.own_access
    own.make_key_file(PASSWORD, stick)
    own.stop_key_file(PASSWORD, AtHand(stick))
    own.use_key_file(PASSWORD, stick)
    assert own.factors().key_file
    desk.lock()
    opens(desk.folder, AtHand(stick))


def test_where_a_key_file_protects_little_is_said(desk) -> None:
    said = desk.own_access.weakness_of_place(desk.folder / "a.gdprdesk-key")
    assert said is not None
    assert "folder of the register" in said


def test_a_security_key_is_added_another_too_and_each_opens(desk) -> None:
    own = desk.own_access
    with plugged_in() as first:
        own.add_security_key(PASSWORD, AtHand(asking=Hand()))
    assert own.factors().security_keys == ("1",)
    with plugged_in(first) as sticks:
        second = sticks.another()
        own.add_security_key(PASSWORD, AtHand(asking=Hand(on_next=lambda: sticks.take(second))))
    assert own.factors().security_keys == ("1", "2")
    desk.lock()
    for stick in (first.device, second):
        with plugged_in(stick):
            opens(desk.folder, AtHand(asking=Hand()))
    with pytest.raises(MissingFactorError):
        gathered(desk.folder, AtHand())


def test_a_security_key_that_is_removed_opens_nothing_and_the_last_is_needed_no_more(desk) -> None:
    own = desk.own_access
    with plugged_in() as sticks:
        own.add_security_key(PASSWORD, AtHand(asking=Hand()))
        with pytest.raises(DomainError, match="no security key with this number"):
            own.remove_security_key(PASSWORD, "2", AtHand(asking=Hand()))
        with pytest.raises(WrongPasswordError):
            own.remove_security_key("a wrong word", "1", AtHand(asking=Hand()))
        own.remove_security_key(PASSWORD, "1", AtHand(asking=Hand()))
    assert sticks.device.touches == 4  # twice to add it, and once for each password
    assert not own.factors().kinds


def test_who_gives_up_is_told_nothing(desk) -> None:
    with plugged_in() as sticks:
        sticks.device.touched = False
        with pytest.raises(DomainError, match="not touched in time"):
            desk.own_access.add_security_key(PASSWORD, AtHand(asking=Hand()))
        with pytest.raises(Cancelled):
            desk.own_access.add_security_key(PASSWORD, AtHand(asking=Hand(gives_up=True)))
    assert not desk.own_access.factors().kinds


def test_who_lets_nobody_in_prints_no_key_that_would(desk) -> None:
    invited = desk.access.invite("Petra", BuiltInRole.ASSISTANT)
    desk.lock()
    petra = Desk.accept(
        desk.folder, staff="Petra", code=invited.code, new_password=NEW, limits=CHEAP
    )
    try:
        with pytest.raises(NotAllowedError):
            petra.new_recovery_key()
    finally:
        petra.lock()
