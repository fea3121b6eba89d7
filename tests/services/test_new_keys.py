"""New keys: who has left opens nothing new, who stays opens everything, and copies stay of use."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import (
    DamagedError,
    DiskError,
    DomainError,
    InUseError,
    NoSpaceError,
    NotAllowedError,
    WrongPasswordError,
)
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import BuiltInRole
from gdprdesk.jobs import Cancelled
from gdprdesk.services.new_keys import change_keys, journal_key_waits
from gdprdesk.services.subjects import list_subjects, register_subject
from gdprdesk.store.engine import connect
from gdprdesk.store.keys import OWNER, RECOVERY, Keys, Secret
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk.store.vault import Vault
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person
from tests.pages import decrypted_pages
from tests.places import files_may_grow_to
from tests.sealed import NUMBER, read_sealed, write_journal, write_number
from tests.store.key_files import HERS, forge

NOTE = "Sömnproblem sedan i våras"
SEALED = [NUMBER, NOTE, str(2000 * len(NOTE.encode()))]


@pytest.fixture
def vera(desk: Desk) -> SubjectRef:
    """Somebody with a journal and an identity number."""
    ref = person(desk, "Vera Zyxkvist")
    write_number(desk, ref)
    write_journal(desk, ref, NOTE)
    return ref


@pytest.fixture
def staff(desk: Desk) -> dict[str, RecordRef]:
    """Who else may open the register: Åsa, and Karin who also reads the journal."""
    roles = {"Åsa": BuiltInRole.ASSISTANT, "Karin": BuiltInRole.PRACTITIONER}
    refs = {}
    for name, role in roles.items():
        given = desk.access.invite(name, role.value)
        desk._vault.key_file().accept(name, given.code, HERS, TODAY)
        refs[name] = given.staff_ref
    return refs


def opened(folder: Path, staff: str = OWNER, password: str = PASSWORD) -> Desk:
    return Desk.unlock(folder, staff=staff, password=password, limits=CHEAP, clock=Clock())


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


WHOLE = {"Open.gdprdesk-register", "keys.json", "register.db"}


class Stopper:
    """Stops the work at its nth step."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self, *_told: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_everybody_who_stays_opens_everything_with_what_she_had(
    desk: Desk, vera: SubjectRef, staff: dict[str, RecordRef]
) -> None:
    before, head = desk._vault.keys, desk._vault.audit_key
    assert desk.change_keys().journal
    with pytest.raises(DomainError, match="locked"):
        desk.ask(list_subjects)
    assert names(desk.folder) == WHOLE
    again = opened(desk.folder)
    assert {again._vault.key, again._vault.keys.journal}.isdisjoint({before.vault, before.journal})
    assert again._vault.audit_key == head
    assert read_sealed(again, vera) == SEALED
    assert [one for one in again.check().checks if not one.ok] == []
    assert not again.ask(journal_key_waits)
    again.lock()
    for who, said in (("Åsa", [NUMBER]), ("Karin", SEALED)):
        hers = Vault.unlock(desk.folder, staff=who, password=HERS, limits=CHEAP)
        hers.lock()
        assert hers.keys.vault == again._vault.key
        assert (hers.keys.journal is not None) == (len(said) > 1)


def test_whoever_has_left_opens_nothing_with_an_old_key_file(
    desk: Desk, vera: SubjectRef, staff: dict[str, RecordRef], tmp_path: Path
) -> None:
    shutil.copy(desk.folder / "keys.json", tmp_path / "kept.json")
    desk.access.remove(staff["Karin"])
    desk.change_keys()
    hers = Keys(tmp_path / "kept.json", CHEAP).unlock("Karin", Secret(HERS))
    with pytest.raises(Exception, match="not a database"):
        connect(desk.folder / "register.db", hers.vault)
    again = opened(desk.folder)
    old, again._vault.sealer = again._vault.sealer, type(again._vault.sealer)(hers)
    with pytest.raises(DamagedError):  # even if she is given the file opened by somebody else
        read_sealed(again, vera)
    again._vault.sealer = old
    assert read_sealed(again, vera) == SEALED
    again.lock()


def test_nothing_of_the_old_seals_is_left_in_the_new_file(desk: Desk, vera: SubjectRef) -> None:
    with desk._vault.reader.connect() as read:
        sealed = read.exec_driver_sql("SELECT text FROM journal_note").scalar_one()
        number = read.exec_driver_sql("SELECT number FROM identity_number").scalar_one()
    desk.change_keys()
    again = opened(desk.folder)
    again.lock()
    plain = decrypted_pages(desk.folder, again._vault.key)
    assert b"Vera Zyxkvist" in plain
    assert sealed not in plain
    assert number not in plain


def test_who_may_not_read_the_journal_leaves_its_key_and_that_is_told(
    desk: Desk, vera: SubjectRef, staff: dict[str, RecordRef]
) -> None:
    journal = desk._vault.keys.journal
    desk.lock()
    hers = Vault.unlock(desk.folder, staff="Åsa", password=HERS, limits=CHEAP)
    with pytest.raises(DomainError, match="may read the journal"):
        change_keys(hers, Clock(), new_recovery_key=True)
    assert not change_keys(hers, Clock()).journal
    hers.lock()
    again = opened(desk.folder)
    assert again._vault.keys.journal == journal
    assert again.ask(journal_key_waits)
    assert read_sealed(again, vera) == SEALED
    assert again.change_keys().journal
    last = opened(desk.folder)
    assert last._vault.keys.journal != journal
    assert not last.ask(journal_key_waits)
    assert read_sealed(last, vera) == SEALED
    last.lock()


def test_only_who_keeps_the_staff_changes_the_keys(desk: Desk, staff: dict[str, RecordRef]) -> None:
    desk.lock()
    hers = opened(desk.folder, "Åsa", HERS)
    before = content(desk.folder)
    with pytest.raises(NotAllowedError):
        hers.change_keys()
    hers.lock()
    assert content(desk.folder)["keys.json"] == before["keys.json"]


def test_the_printed_key_opens_as_before_unless_a_new_one_is_wanted(
    desk: Desk, vera: SubjectRef
) -> None:
    first = desk.new_recovery_key()
    assert desk.change_keys().recovery_key is None
    again = Vault.unlock(desk.folder, staff=RECOVERY, password=first, limits=CHEAP)
    made = change_keys(again, Clock(), new_recovery_key=True)
    again.lock()
    assert made.recovery_key is not None
    with pytest.raises(WrongPasswordError):
        Vault.unlock(desk.folder, staff=RECOVERY, password=first, limits=CHEAP)
    last = Vault.unlock(desk.folder, staff=RECOVERY, password=made.recovery_key, limits=CHEAP)
    assert read_sealed(Desk(last, Clock()), vera) == SEALED
    last.lock()


def test_a_change_of_who_may_read_the_journal_from_outside_stops_it(
    desk: Desk, staff: dict[str, RecordRef]
) -> None:
    karin, other = (desk._vault.key_file().find(one) for one in staff)

    def slip_in(stored: dict[str, Any]) -> None:
        one, two = stored["slots"][karin], stored["slots"][other]
        one["public"], two["public"] = two["public"], one["public"]

    forge(desk.folder / "keys.json", desk._vault.key, slip_in)
    before = content(desk.folder)["keys.json"]
    with pytest.raises(DamagedError, match="may not read the journal"):
        desk.change_keys()
    assert content(desk.folder)["keys.json"] == before
    assert still_works(desk)


# While it is done


def test_what_is_saved_meanwhile_is_refused_and_what_is_read_is_shown(
    desk: Desk, vera: SubjectRef
) -> None:
    said: list[object] = []

    class Others:
        """Do at each step what somebody else does."""

        def step(self, *_told: object) -> None:
            said.append(len(desk.ask(list_subjects).rows))
            with pytest.raises(InUseError, match="keys of the register are being changed"):
                desk.run(register_subject, name="Nobody")
            with pytest.raises(InUseError, match="keys of the register are being changed"):
                desk.rest()

    desk.change_keys(Others())
    assert set(said) == {1}
    again = opened(desk.folder)
    assert len(again.ask(list_subjects).rows) == 1
    again.lock()


def test_what_began_before_and_is_kept_afterwards_is_refused(desk: Desk) -> None:
    with UnitOfWork(desk._vault, Clock()) as work:
        work.session.add(DataSubject(name="Nobody", sort_key="", registered_on=TODAY))
        desk.change_keys()
        with pytest.raises(InUseError, match="were changed"):
            work.commit("subject.register")
    again = opened(desk.folder)
    assert not again.ask(list_subjects).rows
    again.lock()


def test_somebody_who_writes_just_now_is_waited_for_and_then_it_is_refused(desk: Desk) -> None:
    with UnitOfWork(desk._vault, Clock()) as work:
        register_subject(work, name="Vera")
        with pytest.raises(InUseError, match="busy"):
            desk.change_keys()
        work.commit("subject.register")
    assert still_works(desk)
    assert len(desk.ask(list_subjects).rows) == 2


@pytest.mark.parametrize("at", range(7))
def test_it_can_be_stopped_until_the_new_keys_count(desk: Desk, vera: SubjectRef, at: int) -> None:
    desk.rest()
    before = content(desk.folder)
    with pytest.raises(Cancelled):
        desk.change_keys(Stopper(at))
    desk.rest()
    assert content(desk.folder) == before
    assert still_works(desk)
    assert read_sealed(desk, vera) == SEALED


# What goes wrong


@pytest.mark.parametrize("room", [100, 50_000, 200_000])
def test_a_disk_that_is_full_changes_nothing(desk: Desk, vera: SubjectRef, room: int) -> None:
    before = desk._vault.key_file().generation
    with files_may_grow_to(room), pytest.raises((NoSpaceError, DiskError), match=r"whole|safe"):
        desk.change_keys()
    assert desk._vault.key_file().generation == before
    assert still_works(desk)
    assert read_sealed(desk, vera) == SEALED


def test_no_room_is_told_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 9, 1))
        with pytest.raises(NoSpaceError, match=r"\d MB are needed. The keys were not changed"):
            desk.change_keys()
    assert still_works(desk)


@pytest.mark.parametrize("name", ["fsync", "replace", "unlink"])
def test_a_disk_that_fails_at_any_step_ends_in_a_sentence_and_a_whole_register(
    desk: Desk, vera: SubjectRef, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real, calls = getattr(os, name), 0
    generations = {desk._vault.key_file().generation}
    for moment in range(100):
        calls = 0

        def failing(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            if str(args[0]).endswith("lock"):  # by then it is over
                return real(*args, **kwargs)
            calls += 1
            if calls == moment + 1:  # noqa: B023
                raise OSError(5, "the disk is worn out")
            return real(*args, **kwargs)

        with monkeypatch.context() as worn_out, suppress(DomainError):
            worn_out.setattr(os, name, failing)
            desk.change_keys()
        if not desk._vault.is_over:
            assert still_works(desk)
        desk.lock()
        desk = opened(desk.folder)
        assert names(desk.folder) - {"register.db-wal", "register.db-shm", "lock"} == WHOLE
        assert read_sealed(desk, vera) == SEALED
        generations.add(desk._vault.key_file().generation)
        if calls <= moment:
            break
    assert len(generations) > 1
    assert moment > 3
    desk.lock()


# What a crash leaves


def begun(folder: Path, kill_at: int) -> int:
    """Change the keys in a process of its own; return its number once the work begins.

    Args:
        folder: The register.
        kill_at: Before or after which of its calls to the disk it is killed; 0 for none.
    """
    ready, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        os.read(ready, 1)
        os.close(ready)
        return child
    try:
        desk = opened(folder)
        left = kill_at

        def watched(real: Any) -> Any:
            def call(*args: Any, **kwargs: Any) -> Any:
                count()
                done = real(*args, **kwargs)
                count()
                return done

            return call

        def count() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        for name in ("fsync", "replace", "unlink"):
            setattr(os, name, watched(getattr(os, name)))
        os.write(tell, b"!")
        desk.change_keys()
    finally:
        os._exit(0)


@pytest.mark.slow
def test_killed_before_and_after_each_step_the_old_or_the_new_register_is_whole(
    desk: Desk, vera: SubjectRef
) -> None:
    desk.lock()
    seen, was_killed, at = set(), True, 0
    while was_killed:
        at += 1
        _child, status = os.waitpid(begun(desk.folder, at), 0)
        was_killed = os.WIFSIGNALED(status)
        seen.add(is_whole(desk.folder, vera))
    assert at > 20
    assert len(seen) > 1


@pytest.mark.slow
def test_killed_at_50_moments_the_old_or_the_new_register_is_whole(
    desk: Desk, vera: SubjectRef
) -> None:
    for number in range(20):
        write_journal(desk, vera, f"{NOTE} {number}")
    desk.lock()
    again = opened(desk.folder)
    took = time.monotonic()
    again.change_keys()
    took = time.monotonic() - took
    found = []
    for seed in range(50):
        child = begun(desk.folder, 0)
        select.select([], [], [], random.Random(seed).uniform(0, 1.5 * took))  # noqa: S311
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found.append(is_whole(desk.folder, vera, notes=21))
    assert 2 < len(set(found)) < 50  # some were finished, some taken back


def is_whole(folder: Path, ref: SubjectRef, notes: int = 1) -> int:
    """Open a register after a crash, look whether all is there; return how many keys it has had."""
    desk = opened(folder)
    try:
        assert names(folder) - {"register.db-wal", "register.db-shm", "lock"} == WHOLE
        said = read_sealed(desk, ref)
        assert (said[:2], len(said)) == ([NUMBER, NOTE], 1 + 2 * notes)
        assert [one for one in desk.check().checks if not one.ok] == []
        return desk._vault.key_file().generation
    finally:
        desk.lock()


def test_what_lies_there_under_the_new_name_is_taken_away(desk: Desk, vera: SubjectRef) -> None:
    desk.lock()
    for name in ("register.db.next", "register.db.next-wal", "keys.json.before"):
        (desk.folder / name).write_bytes(b"something else" * 1000)
    again = opened(desk.folder)
    assert names(desk.folder).isdisjoint({"register.db.next", "keys.json.before"})
    assert read_sealed(again, vera) == SEALED
    again.change_keys()
    assert names(desk.folder) == WHOLE


@pytest.mark.parametrize("wrong", ["gone", "empty", "cut", "another", "changed"])
def test_a_new_file_that_is_not_whole_never_takes_the_place_of_the_old(
    desk: Desk, vera: SubjectRef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """As no crash leaves it, but somebody else who gets at the disk."""
    interrupt_before_the_new_name(desk, monkeypatch)
    new = desk.folder / "register.db.next"
    size = new.stat().st_size
    match wrong:
        case "gone":
            new.unlink()
        case "empty":
            new.write_bytes(b"")
        case "cut":
            os.truncate(new, size // 2)
        case "another":
            other = Vault.create(
                tmp_path / "other.gdprdesk", staff="x", password=PASSWORD, limits=CHEAP
            )[0]
            other.lock()
            shutil.copy(other.folder / "register.db", new)
        case "changed":
            with new.open("r+b") as file:
                file.seek(size - 2000)
                file.write(b"changed")
    again = opened(desk.folder)
    assert again._vault.key_file().generation == 1
    assert read_sealed(again, vera) == SEALED
    assert [one for one in again.check().checks if not one.ok] == []
    assert still_works(again)
    again.change_keys()
    assert is_whole(desk.folder, vera) == 2


def test_without_new_and_old_key_file_the_damage_is_told(
    desk: Desk, vera: SubjectRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_before_the_new_name(desk, monkeypatch)
    for name in ("register.db.next", "keys.json.before"):
        (desk.folder / name).unlink()
    before = content(desk.folder)
    with pytest.raises(DamagedError, match="damaged"):
        opened(desk.folder)
    assert content(desk.folder) == before


def test_whoever_opens_it_next_finishes_it(
    desk: Desk, vera: SubjectRef, staff: dict[str, RecordRef], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_before_the_new_name(desk, monkeypatch)
    hers = Vault.unlock(desk.folder, staff="Åsa", password=HERS, limits=CHEAP)
    hers.lock()
    assert is_whole(desk.folder, vera) == 2


def interrupt_before_the_new_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the keys, but fail when the new file is to get its name."""
    real = os.replace

    def failing(source: Any, target: Any, **kwargs: Any) -> None:
        if str(source).endswith(".next"):
            raise OSError(5, "the disk is worn out")
        real(source, target, **kwargs)

    with monkeypatch.context() as worn_out:
        worn_out.setattr(os, "replace", failing)
        with pytest.raises(DomainError):
            desk.change_keys()
    assert (desk.folder / "register.db.next").is_file()


def content(folder: Path) -> dict[str, bytes]:
    quiet = {"lock", "register.db-shm"}
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name not in quiet}


def still_works(desk: Desk) -> bool:
    before = len(desk.ask(list_subjects).rows)
    person(desk, "One more")
    person(desk, "Another") if before > 100 else None
    return len(desk.ask(list_subjects).rows) == before + 1
