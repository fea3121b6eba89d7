"""Who works with the register: invited, given a role, and let go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import RecordRef, RoleRef
from gdprdesk.domain.errors import DomainError, NotAllowedError, WrongPasswordError
from gdprdesk.domain.terms import BuiltInRole, Permission
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.permissions import permissions_of_role
from gdprdesk.services.staff import (
    StaffRow,
    list_staff,
    note_renewal,
    note_told,
    rename_staff,
    set_staff_role,
    show_seen_as,
    write_down_invited,
)
from gdprdesk.services.staff_names import show_who_works
from gdprdesk.services.staff_roles import add_role, change_role, list_roles, remove_role
from gdprdesk.services.staff_settling import settle_staff
from gdprdesk.services.subjects import list_subjects, register_subject
from gdprdesk.store.keys import OWNER, staff_in
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person

PETRAS = "five words that petra chose"
OWNERS, ASSISTANT = BuiltInRole.OWNER.value, BuiltInRole.ASSISTANT.value
ACCOUNTANT, PRACTITIONER = BuiltInRole.ACCOUNTANT.value, BuiltInRole.PRACTITIONER.value


class Register:
    """A register that is locked, and opened by one after the other."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock

    @contextmanager
    def opened(self, name: str = OWNER, password: str = "") -> Iterator[Desk]:
        """Open it for a while; Petra and whoever else was let in have Petra's password."""
        typed = password or (PASSWORD if name == OWNER else PETRAS)
        desk = Desk.unlock(self.folder, staff=name, password=typed, limits=CHEAP, clock=self.clock)
        try:
            yield desk
        finally:
            desk.lock()

    def accept(self, name: str, code: str) -> None:
        """Choose a password with a code."""
        Desk.accept(
            self.folder,
            staff=name,
            code=code,
            new_password=PETRAS,
            limits=CHEAP,
            clock=self.clock,
        ).lock()

    def let_in(self, name: str = "Petra", role: str = ASSISTANT) -> RecordRef:
        """Invite somebody, who chooses her password."""
        with self.opened() as desk:
            given = desk.access.invite(name, role)
        self.accept(name, given.code)
        return given.staff_ref


@pytest.fixture
def register(desk: Desk, folder: Path, clock: Clock) -> Register:
    """The register of a cafe, locked."""
    desk.lock()
    return Register(folder, clock)


def row(desk: Desk, name: str) -> StaffRow:
    """Return the row of whoever is called so."""
    return next(one for one in desk.ask(list_staff) if one.name == name)


def holding(folder: Path) -> dict[str, bool]:
    """Return who has a slot in the key file, and whether it holds the key of the journal."""
    return {one.name: one.holds_journal for one in staff_in(folder)}


def log(desk: Desk) -> list[str]:
    """Return what was done, the latest last."""
    return list(desk.ask(lambda read: read.scalars(select(AuditEntry.action)).all()))


def role(desk: Desk, name: str, *permissions: Permission) -> RoleRef:
    """Make a role of permissions."""
    return desk.run(add_role, name=name, permissions=permissions)


def test_whoever_makes_a_register_is_its_owner_by_name(desk: Desk) -> None:
    (owner,) = desk.ask(list_staff)
    assert (owner.name, owner.role, owner.joined_on) == ("Maja Lind", OWNERS, TODAY)
    assert owner.staff_id == desk.staff == OWNER
    assert set(owner.permissions) == set(Permission)
    assert not owner.lacks_journal_key


def test_somebody_invited_chooses_a_password_and_sees_what_her_role_lets_her(
    register: Register,
) -> None:
    with register.opened() as desk:
        person(desk, "Karin Holm")
        given = desk.access.invite("  Petra   Ek ", ASSISTANT)
        assert given.until == TODAY + timedelta(days=14)
        petra = row(desk, "Petra Ek")
        assert (petra.joined_on, petra.invited_until) == (None, given.until)
        assert log(desk)[-1] == "staff.invite"
    with pytest.raises(WrongPasswordError, match="invited and has no password yet"):
        Desk.unlock(register.folder, staff="Petra Ek", password=given.code, limits=CHEAP)
    register.accept("petra ek", given.code)
    with register.opened("Petra Ek") as hers:
        assert [one.name for one in hers.ask(list_subjects).rows] == ["Karin Holm"]
        for forbidden in (list_staff, list_roles):
            with pytest.raises(NotAllowedError, match="Staff and roles"):
                hers.ask(forbidden)
    with register.opened() as desk:
        petra = row(desk, "Petra Ek")
        assert (petra.joined_on, petra.invited_until) == (TODAY, None)


def test_a_code_opens_once_and_for_two_weeks(register: Register, clock: Clock) -> None:
    with register.opened() as desk:
        first = desk.access.invite("Petra", ASSISTANT)
        clock.go_to(first.until + timedelta(days=1))
    with pytest.raises(DomainError, match="The invitation ran out on"):
        register.accept("Petra", first.code)
    with register.opened() as desk:
        second = desk.access.renew(first.staff_ref)
        assert log(desk)[-1] == "staff.renew"
        assert second.until == clock.now.date() + timedelta(days=14)
    with pytest.raises(WrongPasswordError, match="not the one that Petra was invited with last"):
        register.accept("Petra", first.code)
    register.accept("Petra", second.code)
    with pytest.raises(WrongPasswordError, match="has a password already"):
        register.accept("Petra", second.code)


@pytest.mark.parametrize("name", ["Maja Lind", "maja  LIND", "Petra", " "])
def test_two_people_of_the_same_name_are_refused(register: Register, name: str) -> None:
    with register.opened() as desk:
        desk.access.invite("Petra", ASSISTANT)
        before = holding(register.folder)
        with pytest.raises(DomainError, match=r"works with this register already|Enter a name"):
            desk.access.invite(name, ASSISTANT)
        assert holding(register.folder) == before
        assert len(desk.ask(list_staff)) == 2


def test_the_owner_has_her_name_where_it_is_picked_once_there_is_somebody_else(
    register: Register,
) -> None:
    assert list(holding(register.folder)) == [OWNER]
    with register.opened() as desk:
        desk.access.invite("Petra", ASSISTANT)
    assert list(holding(register.folder)) == ["Maja Lind", "Petra"]
    for known_as in (OWNER, "maja lind"):
        with register.opened(known_as, PASSWORD) as desk:
            assert desk.staff == OWNER


def test_only_whoever_reads_the_journal_holds_its_key(register: Register) -> None:
    ref = register.let_in("Petra", ASSISTANT)
    register.let_in("Tove", PRACTITIONER)
    assert holding(register.folder) == {"Maja Lind": True, "Petra": False, "Tove": True}
    with register.opened() as desk:
        assert desk.access.set_role(ref, PRACTITIONER) is False
        assert holding(register.folder)["Petra"]
        assert desk.access.set_role(ref, ACCOUNTANT) is True  # she may have kept it
        assert not holding(register.folder)["Petra"]
        assert row(desk, "Petra").role == ACCOUNTANT


def test_a_role_without_its_key_shows_and_setting_it_again_gives_the_key(
    register: Register,
) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.run(set_staff_role, staff_ref=ref, role=PRACTITIONER)  # as `gdprdesk do` would
        assert row(desk, "Petra").lacks_journal_key
        desk.access.set_role(ref, PRACTITIONER)
        assert not row(desk, "Petra").lacks_journal_key


def test_a_key_without_the_role_is_taken_back_when_the_register_is_opened(
    register: Register,
) -> None:
    ref = register.let_in("Tove", PRACTITIONER)
    with register.opened() as desk:
        desk.run(set_staff_role, staff_ref=ref, role=ASSISTANT)
        assert holding(register.folder)["Tove"]
    with register.opened():
        assert not holding(register.folder)["Tove"]


def test_nobody_gives_what_she_does_not_hold(register: Register) -> None:
    with register.opened() as desk:
        leader = role(desk, "Föreståndare", Permission.PEOPLE, Permission.STAFF)
        assert {one.key for one in desk.ask(list_roles) if one.can_give} >= {OWNERS, leader}
    petra = register.let_in("Petra", leader)
    tove = register.let_in("Tove", PRACTITIONER)
    with register.opened("Petra") as desk:
        before = holding(register.folder)
        assert [one.key for one in desk.ask(list_roles) if one.can_give] == [leader]
        owner = row(desk, "Maja Lind").ref
        for forbidden in (
            lambda: desk.access.invite("Ola", ASSISTANT),
            lambda: desk.access.set_role(petra, OWNERS),
            lambda: desk.access.set_role(tove, leader),
            lambda: desk.access.remove(owner),
            lambda: desk.access.renew(tove),
            lambda: role(desk, "Allt", Permission.PEOPLE, Permission.ERASE),
            lambda: desk.run(
                change_role, role_ref=leader, name="Mer", permissions=(Permission.BACKUPS,)
            ),
        ):
            with pytest.raises(NotAllowedError, match="what you may not do yourself"):
                forbidden()
        assert holding(register.folder) == before
        assert desk.access.invite("Ola", leader).code
    with register.opened() as desk:
        assert {one.name: one.role_name for one in desk.ask(list_staff)} == {
            "Maja Lind": "Owner",
            "Petra": "Föreståndare",
            "Tove": "Practitioner",
            "Ola": "Föreståndare",
        }


def test_an_assistant_can_do_nothing_about_staff(register: Register) -> None:
    ref = register.let_in()
    with register.opened("Petra") as desk:
        before = holding(register.folder)
        for forbidden in (
            lambda: desk.access.invite("Ola", ASSISTANT),
            lambda: desk.access.set_role(ref, OWNERS),
            lambda: desk.access.rename(ref, "Chefen"),
            lambda: desk.access.renew(ref),
            lambda: desk.access.remove(ref),
            lambda: desk.look_as(OWNERS),
            lambda: desk.run(set_staff_role, staff_ref=ref, role=OWNERS),
        ):
            with pytest.raises(NotAllowedError, match="Staff and roles"):
                forbidden()
        assert holding(register.folder) == before


def test_the_last_owner_stays(register: Register) -> None:
    petra = register.let_in("Petra", OWNERS)
    with register.opened() as desk:
        owner = row(desk, "Maja Lind").ref
        invited = desk.access.invite("Ola", OWNERS).staff_ref  # has no password yet
        desk.access.set_role(petra, ASSISTANT)
        for forbidden in (
            lambda: desk.access.set_role(owner, ASSISTANT),
            lambda: desk.access.remove(owner),
        ):
            with pytest.raises(DomainError, match="is the last owner of this register"):
                forbidden()
        desk.access.remove(invited)
        assert [one.name for one in desk.ask(list_staff)] == ["Maja Lind", "Petra"]
        desk.access.set_role(petra, OWNERS)
        desk.access.set_role(owner, PRACTITIONER)  # there is another one now
        assert Permission.STAFF not in desk.permissions


def test_nobody_removes_herself_or_takes_a_code_for_herself(register: Register) -> None:
    register.let_in("Petra", OWNERS)
    with register.opened() as desk:
        own = row(desk, "Maja Lind").ref
        with pytest.raises(DomainError, match="your own access"):
            desk.access.remove(own)
        with pytest.raises(DomainError, match="This is you"):
            desk.access.renew(own)


def test_a_forgotten_password_is_replaced_by_a_new_code(register: Register) -> None:
    ref = register.let_in("Tove", PRACTITIONER)
    with register.opened() as desk:
        code = desk.access.renew(ref).code
        assert row(desk, "Tove").joined_on == TODAY  # she has worked here before
    with pytest.raises(WrongPasswordError), register.opened("Tove"):
        pass
    register.accept("Tove", code)
    with register.opened("Tove") as hers:
        assert Permission.JOURNAL_READ in hers.permissions
    assert holding(register.folder)["Tove"]


def test_a_name_is_changed_where_it_is_picked_too(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.access.rename(ref, "Petra Ek")
        with pytest.raises(DomainError, match="Maja Lind works with this register already"):
            desk.access.rename(ref, "Maja Lind")
    with register.opened("Petra Ek") as hers:
        assert hers.ask(show_organisation).name == "Kafé Lind"


def test_an_own_role_is_added_changed_and_removed(register: Register) -> None:
    with register.opened() as desk:
        key = role(desk, "Kassa", Permission.INVOICES, Permission.ORDERS)
        shown = desk.ask(list_roles)[-1]
        assert (shown.key, shown.name, shown.is_own, shown.people) == (key, "Kassa", True, 0)
        assert shown.permissions == (Permission.ORDERS, Permission.INVOICES)
        for name in ("kassa", "Owner", ""):
            with pytest.raises(DomainError, match=r"There is a role called|Enter a name"):
                role(desk, name, Permission.ORDERS)
        with pytest.raises(DomainError, match="could see nothing"):
            role(desk, "Ingenting")
    register.let_in("Petra", key)
    with register.opened() as desk:
        desk.run(change_role, role_ref=key, name="Disk", permissions=(Permission.PEOPLE,))
        assert (row(desk, "Petra").role_name, row(desk, "Petra").permissions) == (
            "Disk",
            (Permission.PEOPLE,),
        )
        with pytest.raises(DomainError, match="Petra has the role “Disk”"):
            desk.run(remove_role, role_ref=key)
        desk.access.set_role(row(desk, "Petra").ref, ASSISTANT)
        desk.run(remove_role, role_ref=key)
        assert len(desk.ask(list_roles)) == len(BuiltInRole)
        with pytest.raises(DomainError, match="There is no such role any more"):
            desk.access.invite("Ola", key)


def test_a_change_of_a_role_counts_at_once(register: Register) -> None:
    with register.opened() as desk:
        key = role(desk, "Kassa", Permission.PEOPLE)
    register.let_in("Petra", key)
    with register.opened("Petra") as hers:
        assert hers.permissions == {Permission.PEOPLE}
        with pytest.raises(NotAllowedError):
            hers.ask(list_staff)


def test_the_register_is_looked_at_as_somebody_else_would_see_it(register: Register) -> None:
    register.let_in()
    with register.opened() as desk:
        told = []
        desk.subscribe(lambda changes: told.append(changes.kinds))
        desk.look_as(ASSISTANT, "Petra")
        assert desk.seen_as is not None
        assert (desk.seen_as.name, desk.seen_as.role_name) == ("Petra", "Assistant")
        assert desk.ask(list_subjects).total == 0
        assert Permission.STAFF not in desk.permissions
        with pytest.raises(NotAllowedError):
            desk.ask(list_staff)
        for change in (
            lambda: person(desk),
            lambda: desk.access.invite("Ola", ASSISTANT),
            lambda: desk.change_password(PASSWORD, PETRAS),
            desk.new_recovery_key,
            desk.change_keys,
        ):
            with pytest.raises(NotAllowedError, match="as Petra would see it"):
                change()
        desk.look_as_myself()
        assert desk.permissions == set(Permission)
        assert person(desk)
        assert len(told) == 3


def test_undo_waits_while_the_register_is_only_looked_at(desk: Desk) -> None:
    desk.run(register_subject, name="Karin Holm")
    desk.look_as(ACCOUNTANT)
    with pytest.raises(NotAllowedError, match="as Accountant would see it"):
        desk.undo()
    desk.look_as_myself()
    desk.undo()
    assert desk.ask(list_subjects).total == 0


def test_somebody_is_told_of_the_log(desk: Desk) -> None:
    owner = row(desk, "Maja Lind").ref
    desk.run(note_told, staff_ref=owner)
    assert row(desk, "Maja Lind").told_on == TODAY
    with pytest.raises(DomainError, match="has not come yet"):
        desk.run(note_told, staff_ref=owner, on=TODAY + timedelta(days=1))


def test_a_row_is_written_only_for_a_slot_that_is_new(register: Register) -> None:
    register.let_in()
    with register.opened() as desk:
        for staff_id in ("nobody", OWNER, row(desk, "Petra").staff_id):
            with pytest.raises(DomainError, match="There is no new key for her"):
                desk.run(write_down_invited, slot=staff_id, name="Ola", role=ASSISTANT)


def test_rows_changed_by_themselves_follow_the_same_rules(register: Register) -> None:
    ref = register.let_in()
    with register.opened() as desk:
        desk.run(rename_staff, staff_ref=ref, name="Petra Ek")
        desk.run(note_renewal, staff_ref=ref)
        desk.run(settle_staff)
        assert row(desk, "Petra Ek").role == ASSISTANT
        assert desk.ask(show_seen_as, role=ACCOUNTANT).permissions == {Permission.INVOICES}
    with register.opened("Petra") as hers, pytest.raises(NotAllowedError):
        hers.run(settle_staff)


def test_whoever_has_unlocked_is_greeted_by_name_and_role(desk: Desk) -> None:
    works = desk.ask(show_who_works)
    assert (works.name, works.role) == ("Maja Lind", "Owner")


def test_whoever_may_write_in_the_journal_may_read_it(desk: Desk) -> None:
    made = desk.run(add_role, name="Writer", permissions=(Permission.JOURNAL_WRITE,))
    (role,) = (one for one in desk.ask(list_roles) if one.name == "Writer")
    assert desk.ask(lambda read: permissions_of_role(read, made)) == {
        Permission.JOURNAL_READ,
        Permission.JOURNAL_WRITE,
    }
    assert Permission.JOURNAL_WRITE in role.permissions
