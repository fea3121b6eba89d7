"""Sticks that are full, worn out, write-protected or pulled out: a sentence, and all is whole."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.domain.base import SubjectRef, new_ref
from gdprdesk.domain.errors import (
    DamagedError,
    DiskError,
    DomainError,
    GoneError,
    NoSpaceError,
    ReadOnlyError,
)
from gdprdesk.jobs import Cancelled
from gdprdesk.store import archive as archives
from gdprdesk.store.archive import open_archive
from gdprdesk.store.backup import change_copy, make_copy, verify_copy
from gdprdesk.store.media import MARK, find_copies, mark_medium, medium_of, on_same_disk
from gdprdesk.store.vault import Vault
from tests.builders import CHEAP
from tests.places import files_may_grow_to, ordinary_user, place_of_an_ordinary_user

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WORD = "a long word"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "STICK"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """A register of some megabytes."""
    with vault.writer.begin() as connection:
        many = [(number, "x" * 1000) for number in range(2000)]
        connection.exec_driver_sql("INSERT INTO probe(id, words) VALUES(?, ?)", many)
    return vault


def assert_whole(vault: Vault, stick: Path, copies: int) -> None:
    """The register and each copy can be opened, and nothing half is left anywhere."""
    assert all(one.ok for one in vault.check())
    found = sorted(file for file in stick.iterdir() if file.suffix == ".gdprdesk-backup")
    assert len(found) == copies
    for file in found:
        verify_copy(vault, file)
    assert not [*stick.glob("*.part"), *vault.folder.glob("*.part")]


def rows(vault: Vault) -> int:
    with vault.reader.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM probe").scalar_one())


def add_row(vault: Vault) -> bool:
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(words) VALUES('more')")
    return True


class Watcher:
    """Does something once in the midst of the work."""

    def __init__(self, then: Callable[[], object], after: int = 1) -> None:
        self._then, self._left = then, after

    def step(self, done: int, total: int, text: str = "") -> None:  # noqa: ARG002
        self._left -= 1
        if self._left == 0:
            self._then()


def test_a_copy_holds_what_was_there_when_it_was_begun(filled: Vault, stick: Path) -> None:
    made = make_copy(filled, stick, NOW, Watcher(lambda: add_row(filled)))
    assert rows(filled) == 2001
    assert made.facts.counts["probe"] == made.manifest.facts.counts["probe"] == 2000
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == ["register.db", "keys.json", "manifest.json"]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert_whole(filled, stick, 1)


@pytest.mark.parametrize("after", [1, 2, 3, 5, 8])
def test_a_copy_that_is_stopped_leaves_nothing(filled: Vault, stick: Path, after: int) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_copy(filled, stick, NOW, Watcher(stop, after))
    assert_whole(filled, stick, 0)


def test_a_stick_that_is_pulled_out(filled: Vault, stick: Path) -> None:
    make_copy(filled, stick, NOW)
    away = stick.with_name("away")

    class Pulled:
        def step(self, done: int, total: int, text: str = "") -> None:  # noqa: ARG002
            if [*stick.glob("*.part")]:
                stick.rename(away)

    with pytest.raises(GoneError, match="pulled out"):
        make_copy(filled, stick, NOW, Pulled())
    for half in away.glob("*.part"):  # what is on a stick that is gone cannot be taken away now
        assert half.name.endswith(".gdprdesk-backup.part")
    away.rename(stick)
    make_copy(filled, stick, NOW)
    assert_whole(filled, stick, 2)


def test_a_write_protected_stick(filled: Vault) -> None:
    with place_of_an_ordinary_user() as place:
        folder = place / "test.gdprdesk"
        Vault.create(folder, staff="owner", password=WORD, limits=CHEAP)[0].lock()
        (place / "stick").mkdir()
        with ordinary_user(place):
            vault = Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP)
            (place / "stick").chmod(0o500)
            with pytest.raises(ReadOnlyError, match="stick or folder is write-protected"):
                make_copy(vault, place / "stick", NOW)
            (place / "stick").chmod(0o700)
            assert_whole(vault, place / "stick", 0)
            vault.lock()


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("this user may not make a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # noqa: S603, S607


def test_a_full_stick_is_refused_before_anything_is_written(
    filled: Vault, small_stick: Path
) -> None:
    make_copy(filled, small_stick, NOW)
    with pytest.raises(NoSpaceError, match=r"no room for the copy on .*: \d MB are needed"):
        make_copy(filled, small_stick, NOW)
    assert_whole(filled, small_stick, 1)
    assert not on_same_disk(filled.folder, small_stick)


def test_a_stick_that_fills_up_while_it_is_written(filled: Vault, small_stick: Path) -> None:
    def fill() -> None:
        free = shutil.disk_usage(small_stick).free
        (small_stick / "ballast").write_bytes(bytes(max(0, free - 1_000_000)))

    with pytest.raises(NoSpaceError, match="Make room there"):
        make_copy(filled, small_stick, NOW, Watcher(fill, after=2))
    (small_stick / "ballast").unlink(missing_ok=True)
    assert_whole(filled, small_stick, 0)


def test_no_room_to_prepare_is_told_of_the_right_disk(
    vault: Vault, stick: Path, small_stick: Path
) -> None:
    folder = small_stick / "other.gdprdesk"
    other = Vault.create(folder, staff="owner", password=WORD, limits=CHEAP)[0]
    free = shutil.disk_usage(small_stick).free
    (small_stick / "ballast").write_bytes(bytes(free - 500_000))
    with pytest.raises(NoSpaceError, match="The disk of the register has no room"):
        make_copy(other, stick, NOW)
    assert_whole(other, stick, 0)
    other.lock()


def test_files_that_may_not_grow(filled: Vault, stick: Path) -> None:
    size = (filled.folder / "register.db").stat().st_size
    for room in (1000, size // 2, size + 100):
        with files_may_grow_to(room), pytest.raises((NoSpaceError, DiskError), match=r"whole|safe"):
            make_copy(filled, stick, NOW)
    assert_whole(filled, stick, 0)


@pytest.mark.parametrize("moment", range(6))
def test_a_disk_that_fails_at_any_step(
    filled: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """The system refuses to make things lasting: at each of the places where it is asked to."""
    older = make_copy(filled, stick, NOW).path.read_bytes()
    calls, real = [], os.fsync

    def fsync(handle: int) -> None:
        calls.append(handle)
        if len(calls) == moment + 1:
            raise OSError(5, "the disk is worn out")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(DomainError, match=r"whole|safe"):
        make_copy(filled, stick, NOW)
    monkeypatch.undo()
    assert len(calls) == moment + 1
    found = sorted(stick.glob("*.gdprdesk-backup"))
    assert older in [file.read_bytes() for file in found]
    assert_whole(filled, stick, len(found))


def test_a_stick_that_gives_back_something_else(
    filled: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = archives._forget_what_was_read

    def wear_out(file: Any) -> None:
        real(file)
        path = Path(file.name) if isinstance(file.name, str) else next(stick.glob("*.part"))
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(archives, "_forget_what_was_read", wear_out)
    with pytest.raises(DamagedError, match="could not be read back as it was written"):
        make_copy(filled, stick, NOW)
    assert_whole(filled, stick, 0)


def test_a_damaged_register_gives_no_copy(filled: Vault, stick: Path) -> None:
    filled.truncate()
    file = filled.folder / "register.db"
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size - 2000)
        opened.write(b"damaged")
    with pytest.raises(DamagedError):
        make_copy(filled, stick, NOW)
    assert not [*stick.iterdir()]


# A copy that is changed


def test_a_copy_is_changed_as_a_whole(filled: Vault, stick: Path) -> None:
    path = make_copy(filled, stick, NOW).path
    before = path.read_bytes()
    assert change_copy(filled, path, lambda _opened: False).counts["probe"] == 2000
    assert path.read_bytes() == before
    assert change_copy(filled, path, add_row).counts["probe"] == 2001
    with open_archive(path) as archive:
        assert archive.manifest.made_at == NOW
    assert_whole(filled, stick, 1)


def test_a_change_that_fails_leaves_the_copy(
    filled: Vault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_copy(filled, stick, NOW).path
    before = path.read_bytes()

    def fail(_opened: Vault) -> bool:
        raise DomainError("no")

    with pytest.raises(DomainError, match="no"):
        change_copy(filled, path, fail)
    size = path.stat().st_size
    with files_may_grow_to(size - 1000), pytest.raises((NoSpaceError, DiskError)):
        change_copy(filled, path, add_row)
    assert path.read_bytes() == before
    assert_whole(filled, stick, 1)


def test_another_registers_copy_is_not_changed(filled: Vault, stick: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other.gdprdesk"
    other = Vault.create(folder, staff="owner", password=WORD, limits=CHEAP)[0]
    path = make_copy(other, stick, NOW).path
    with pytest.raises(DamagedError, match="another register"):
        change_copy(filled, path, add_row)
    with pytest.raises(DamagedError, match="another register"):
        verify_copy(filled, path)
    assert [*find_copies(stick, filled.register_id)] == []
    other.lock()


def test_a_copy_says_how_far_the_ledger_is_carried_out(filled: Vault, stick: Path) -> None:
    for _one in range(3):
        filled.ledger.append(SubjectRef(new_ref()), date(2026, 11, 22))
    assert make_copy(filled, stick, NOW).facts.erased_lines == 3  # none of them is there
    assert (stick / "test.erased.ledger").is_file()


def test_a_stick_is_known_again(stick: Path, tmp_path: Path) -> None:
    assert medium_of(stick) == ""
    mark = mark_medium(stick)
    assert mark_medium(stick) == medium_of(stick) == mark
    (stick / MARK).write_bytes(b"\xff\xfe")
    assert medium_of(stick) == ""


# Killed

WORK = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from gdprdesk.store.backup import change_copy, make_copy
from gdprdesk.store.keys import Limits
from gdprdesk.store.vault import Vault

limits = Limits(8192, 1, 8192, least_rounds=1)
vault = Vault.unlock(Path(sys.argv[1]), staff="owner", password="a long word", limits=limits)

def add(opened):
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(words) VALUES('more')")
    return True

print("ready", flush=True)
while True:
    copy = make_copy(vault, Path(sys.argv[2]), datetime.now(UTC))
    print(copy.path.name, flush=True)
    for _ in range(2):
        change_copy(vault, copy.path, add)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_whole_copies(filled: Vault, folder: Path, stick: Path) -> None:
    filled.lock()
    for seed in range(12):
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WORK, str(folder), str(stick)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        select.select([], [], [], random.Random(seed).uniform(0, 1.5))  # noqa: S311
        os.kill(process.pid, signal.SIGKILL)
        said = process.stdout.read().decode().split("\n")[:-1]
        process.wait()
        process.stdout.close()
        opened = Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP)
        found = {file.name for file in stick.glob("*.gdprdesk-backup")}
        assert set(said) <= found
        for name in found:
            verify_copy(opened, stick / name)
        assert not [*folder.glob("*.part")]
        opened.lock()
        for name in found:
            (stick / name).unlink()
    last = Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP)
    make_copy(last, stick, NOW)
    assert_whole(last, stick, 1)  # also what was half is gone
    last.lock()
