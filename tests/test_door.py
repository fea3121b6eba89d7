"""Failed tries at the door of a register: counted, slowed down, and told to who comes next."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError, TooSoonError, WrongPasswordError
from gdprdesk.door import Door, password_problem, said_of_tries
from gdprdesk.store.witness import FILE, Witness
from tests.builders import CAFE, CHEAP, NOON, PASSWORD, Clock

OWNER, WRONG, SOON = "owner", "a wrong word", "Kafé Lind 2027!"


@pytest.fixture
def door(tmp_path, clock) -> Door:
    return Door(CHEAP, clock, Witness(tmp_path / "settings"))


@pytest.fixture
def locked(desk: Desk) -> Path:
    desk.lock()
    return desk.folder


def miss(door: Door, folder: Path, times: int = 1) -> None:
    for _miss in range(times):
        with pytest.raises(WrongPasswordError):
            door.unlock(folder, staff=OWNER, password=WRONG)


def test_wrong_passwords_are_told_to_who_opens_the_register_next(door, locked, clock) -> None:
    miss(door, locked)
    clock.move(minutes=10)
    miss(door, locked)
    desk = door.unlock(locked, staff=OWNER, password=PASSWORD)
    desk.lock()
    assert desk.failed_tries == (NOON, NOON + timedelta(minutes=10))
    assert "2 wrong passwords were typed" in said_of_tries(desk.failed_tries)
    again = door.unlock(locked, staff=OWNER, password=PASSWORD)
    again.lock()
    assert again.failed_tries == ()


def test_after_five_the_next_is_not_even_tried(door, locked, clock) -> None:
    miss(door, locked, 5)
    assert door.seconds_left(locked, OWNER) == 1
    with pytest.raises(TooSoonError, match="Wait 1 second and"):
        door.unlock(locked, staff=OWNER, password=PASSWORD)
    clock.move(seconds=1)
    miss(door, locked)
    assert door.seconds_left(locked, OWNER) == 2
    clock.move(seconds=2)
    desk = door.unlock(locked, staff=OWNER, password=PASSWORD)
    desk.lock()
    assert len(desk.failed_tries) == 6
    assert door.seconds_left(locked, OWNER) == 0


def test_a_name_for_a_slot_is_counted_as_the_slot(door, locked) -> None:
    with pytest.raises(WrongPasswordError):
        door.unlock(locked, staff="OWNER", password=WRONG)
    assert len(door.witness.failures(*door._slot(locked, OWNER))) == 1


def test_who_is_unknown_and_a_register_that_is_gone_leave_no_trace(door, locked, tmp_path) -> None:
    with pytest.raises(WrongPasswordError, match="Nobody called"):
        door.unlock(locked, staff="Sven", password=WRONG)
    with pytest.raises(DomainError):
        door.unlock(tmp_path / "gone.gdprdesk", staff=OWNER, password=WRONG)
    assert door.seconds_left(tmp_path / "gone.gdprdesk", OWNER) == 0
    assert not (tmp_path / "settings" / FILE).exists()


def test_an_opened_register_leaves_the_file_alone(door, locked, tmp_path) -> None:
    door.unlock(locked, staff=OWNER, password=PASSWORD).lock()
    assert not (tmp_path / "settings").exists()


def test_no_register_is_made_with_a_password_that_is_soon_guessed(door, tmp_path) -> None:
    folder = tmp_path / "Kafé Lind.gdprdesk"
    for password in ("Sommar2026!", "Kafé Lind 2026", "MajaLind-2026"):
        with pytest.raises(DomainError, match="This password"):
            door.create(folder, business=CAFE, password=password)
        assert not folder.exists()
        assert password_problem(password, (CAFE.name, CAFE.contact)) is not None


def test_no_password_is_changed_to_one_that_is_soon_guessed(desk: Desk) -> None:
    with pytest.raises(DomainError, match="name of your business"):
        desk.change_password(PASSWORD, SOON)
    desk.lock()
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=Clock()).lock()


def test_a_forgotten_password_is_not_replaced_by_one_that_is_soon_guessed(tmp_path, clock) -> None:
    folder = tmp_path / "Lind.gdprdesk"
    desk, key = Desk.create(folder, business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock)
    desk.lock()
    with pytest.raises(DomainError, match="name of your business"):
        Desk.unlock_with_recovery_key(
            folder, recovery_key=key, new_password=SOON, limits=CHEAP, clock=clock
        )
    Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock).lock()
