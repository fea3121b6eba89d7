"""Who may put a backup in the place of a register: it gives nobody back what she may no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import NotAllowedError
from gdprdesk.domain.terms import BuiltInRole, Permission
from gdprdesk.services.staff import list_staff
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.copy_keys import Opening
from gdprdesk.store.keys import OWNER
from tests.builders import CHEAP, PASSWORD, Clock, person

PETRAS = "korv lampa tegel fjord vante"


@pytest.fixture
def copy(desk: Desk, tmp_path: Path, clock: Clock) -> Path:
    """A copy of the day when Petra looked after everything; then she became an assistant."""
    invitation = desk.access.invite("Petra", BuiltInRole.OWNER.value)
    folder = desk.folder
    desk.lock()
    opened(folder, clock, accept=invitation.code).lock()
    owner = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock)
    stick = tmp_path / "STICK"
    stick.mkdir()
    made = owner.backup(stick)
    clock.move(hours=1)
    person(owner, "Karin Holm")
    owner.access.set_role(invitation.staff_ref, BuiltInRole.ASSISTANT.value)
    owner.lock()
    return made.path


def opened(folder: Path, clock: Clock, accept: str = "") -> Desk:
    if accept:
        return Desk.accept(
            folder, staff="Petra", code=accept, new_password=PETRAS, limits=CHEAP, clock=clock
        )
    return Desk.unlock(folder, staff="Petra", password=PETRAS, limits=CHEAP, clock=clock)


def test_a_copy_does_not_give_back_what_somebody_may_no_more(
    copy: Path, folder: Path, clock: Clock
) -> None:
    with pytest.raises(NotAllowedError, match="looks after the backups"):
        Desk.restore(copy, folder, opening=Opening("Petra", PETRAS, CHEAP), clock=clock)
    petra = opened(folder, clock)
    assert Permission.BACKUPS not in petra.permissions
    assert [row.name for row in petra.ask(list_subjects).rows] == ["Karin Holm"]
    petra.lock()


def test_neither_after_the_keys_were_changed(copy: Path, folder: Path, clock: Clock) -> None:
    owner = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock)
    owner.change_keys()
    with pytest.raises(NotAllowedError):
        Desk.restore(copy, folder, opening=Opening("Petra", PETRAS, CHEAP), clock=clock)


def test_nor_to_somebody_who_has_left(copy: Path, folder: Path, clock: Clock) -> None:
    owner = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock)
    (petra,) = (one for one in owner.ask(list_staff) if one.name == "Petra")
    owner.access.remove(petra.ref)
    owner.lock()
    with pytest.raises(NotAllowedError):
        Desk.restore(copy, folder, opening=Opening("Petra", PETRAS, CHEAP), clock=clock)


def test_the_owner_puts_it_back(copy: Path, folder: Path, clock: Clock) -> None:
    Desk.restore(copy, folder, opening=Opening(OWNER, PASSWORD, CHEAP), clock=clock)
    owner = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock)
    assert owner.ask(list_subjects).total == 0
    owner.lock()
