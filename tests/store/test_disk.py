"""Disks that are full, write-protected or taken away: a sentence, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from gdprdesk.domain.errors import (
    DamagedError,
    DiskError,
    DomainError,
    GoneError,
    InUseError,
    NoSpaceError,
    ReadOnlyError,
)
from gdprdesk.store.engine import FAULTS, connect, in_plain_words, sentence_for
from gdprdesk.store.keys import RECOVERY, Keys, Secret
from gdprdesk.store.vault import OPENER, Vault
from tests.builders import CHEAP
from tests.pages import vault_key
from tests.places import files_may_grow_to, ordinary_user, place_of_an_ordinary_user

WORD = "a long word"


@pytest.fixture
def place() -> Iterator[Path]:
    with place_of_an_ordinary_user() as lent:
        yield lent


def unlock(folder: Path) -> Vault:
    return Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP)


def create(folder: Path) -> None:
    Vault.create(folder, staff="owner", password=WORD, limits=CHEAP)[0].lock()


def write_many(vault: Vault, rows: int) -> None:
    with vault.writer.begin() as connection:
        many = [("x" * 1000,)] * rows
        connection.exec_driver_sql("INSERT INTO probe(words) VALUES(?)", many)


def count(vault: Vault) -> int:
    with vault.reader.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM probe").scalar_one())


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# Write-protected


def test_a_read_only_folder_is_refused_and_unchanged(place: Path) -> None:
    folder = place / "test.gdprdesk"
    create(folder)
    before = content(folder)
    with ordinary_user(place):
        folder.chmod(0o500)
        with pytest.raises(ReadOnlyError, match="write-protected"):
            unlock(folder)
        folder.chmod(0o700)
        assert content(folder) == before
        unlock(folder).lock()


def test_a_read_only_file_is_refused_and_unchanged(place: Path) -> None:
    folder = place / "test.gdprdesk"
    create(folder)
    before = content(folder)
    with ordinary_user(place):
        (folder / "register.db").chmod(0o400)
        with pytest.raises(ReadOnlyError, match="write-protected"):
            unlock(folder)
        assert content(folder) == before
        (folder / "register.db").chmod(0o600)
        unlock(folder).lock()


def test_no_register_is_made_where_one_may_not_write(place: Path) -> None:
    with ordinary_user(place):
        place.chmod(0o500)
        with pytest.raises(ReadOnlyError, match="write-protected"):
            create(place / "test.gdprdesk")
        place.chmod(0o700)
        assert not list(place.iterdir())


def test_a_password_that_cannot_be_written_leaves_the_old_one(place: Path) -> None:
    folder = place / "test.gdprdesk"
    create(folder)
    with ordinary_user(place):
        vault = unlock(folder)
        folder.chmod(0o500)
        with pytest.raises(ReadOnlyError):
            vault.change_password(WORD, "a newer word")
        folder.chmod(0o700)
        vault.lock()
        unlock(folder).lock()


# Full


def test_a_full_disk_refuses_the_change_and_keeps_the_rest(vault: Vault) -> None:
    write_many(vault, 3)
    vault.truncate()
    full = (vault.folder / "register.db").stat().st_size
    with (
        files_may_grow_to(full + 20_000),
        pytest.raises((NoSpaceError, DiskError), match="safe"),
        in_plain_words(*FAULTS),
    ):
        write_many(vault, 1000)
    assert count(vault) == 3
    write_many(vault, 1)
    assert count(vault) == 4
    assert all(result.ok for result in vault.check())


def test_a_database_that_may_not_grow_is_told_as_a_full_disk(vault: Vault) -> None:
    with vault.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(NoSpaceError, match="disk is full"), in_plain_words(*FAULTS):
        write_many(vault, 100)
    assert count(vault) == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("this user may not make a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # noqa: S603, S607


def leave_free(disk: Path, size: int) -> None:
    (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - size))


def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path) -> None:
    folder = small_disk / "test.gdprdesk"
    create(folder)
    vault = unlock(folder)
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE probe (words TEXT)")
    kept = 0

    def fill() -> None:
        nonlocal kept
        while True:
            write_many(vault, 20)
            kept += 20

    with pytest.raises((NoSpaceError, DiskError), match="safe"), in_plain_words(*FAULTS):
        fill()
    assert count(vault) == kept > 0
    with pytest.raises((NoSpaceError, DiskError)):
        vault.change_password(WORD, "a newer word")
    vault.lock()
    vault = unlock(folder)
    assert count(vault) == kept
    vault.lock()


def test_cleaning_that_finds_no_room_says_what_is_left(small_disk: Path) -> None:
    folder = small_disk / "test.gdprdesk"
    create(folder)
    vault = unlock(folder)
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE register_state SET pages_unclean = 1")
    leave_free(small_disk, 100_000)
    with pytest.raises(NoSpaceError, match="traces of it stay in the file"):
        vault.clean_pages()
    (small_disk / "ballast").unlink()
    vault.clean_pages()
    assert vault.file_residue() == 0
    vault.lock()


def test_no_half_register_is_left_when_the_disk_is_full(small_disk: Path) -> None:
    leave_free(small_disk, 100_000)
    with pytest.raises((NoSpaceError, DiskError)):
        create(small_disk / "test.gdprdesk")
    assert [file.name for file in small_disk.iterdir()] == ["ballast"]


def test_the_old_password_opens_when_the_new_one_found_no_room(vault: Vault, folder: Path) -> None:
    with files_may_grow_to(100), pytest.raises(NoSpaceError, match="disk is full"):
        vault.change_password(WORD, "a newer word")
    vault.lock()
    assert not list(folder.glob("*.part"))
    unlock(folder).lock()


# Taken away while it is open


def test_a_register_that_was_renamed_is_not_written_to(vault: Vault, folder: Path) -> None:
    vault.still_there()
    folder.rename(folder.with_name("other.gdprdesk"))
    with pytest.raises(GoneError, match="moved, renamed or deleted"):
        vault.still_there()
    with pytest.raises(GoneError):
        vault.clean_pages()


def test_what_was_saved_before_a_renaming_is_in_the_new_place(vault: Vault, folder: Path) -> None:
    write_many(vault, 3)
    moved = folder.rename(folder.with_name("other.gdprdesk"))
    vault.lock()
    opened = unlock(moved)
    assert count(opened) == 3
    opened.lock()
    assert sorted(file.name for file in moved.iterdir()) == [OPENER, "keys.json", "register.db"]


def test_a_register_that_was_deleted_is_not_made_again(vault: Vault, folder: Path) -> None:
    vault.reader.dispose()
    vault.writer.dispose()
    shutil.rmtree(folder)
    with pytest.raises(GoneError):
        vault.still_there()
    with pytest.raises(GoneError, match="cannot be reached"), in_plain_words(*FAULTS):
        vault.writer.connect()
    vault.lock()
    assert not folder.exists()


def test_a_deleted_file_is_not_made_again_empty(vault: Vault, folder: Path) -> None:
    vault.reader.dispose()
    vault.writer.dispose()
    (folder / "register.db").unlink()
    with pytest.raises(GoneError, match="cannot be reached"), in_plain_words(*FAULTS):
        vault.writer.connect()
    assert not (folder / "register.db").exists()


def test_another_file_in_its_place_is_noticed(vault: Vault, folder: Path) -> None:
    copy = folder / "copy"
    shutil.copyfile(folder / "register.db", copy)
    copy.replace(folder / "register.db")
    with pytest.raises(GoneError):
        vault.still_there()


def test_a_moved_register_opens_from_its_new_place(vault: Vault, folder: Path) -> None:
    write_many(vault, 2)
    vault.lock()
    moved = folder.parent / "å ö %23 #?.gdprdesk"
    folder.rename(moved)
    opened = unlock(moved)
    assert count(opened) == 2
    assert opened.folder == moved
    opened.lock()
    assert not folder.exists()


# What the driver says


def fault(code: int) -> DBAPIError:
    error = dbapi2.OperationalError("words of the driver")
    error.sqlite_errorcode = code
    return DBAPIError("INSERT", None, error)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, InUseError),
        (6, InUseError),
        (8, ReadOnlyError),
        (10, DiskError),
        (10 | 3 << 8, DiskError),  # SQLITE_IOERR_WRITE: the details do not matter
        (11, DamagedError),
        (13, NoSpaceError),
        (14, GoneError),
        (26, DamagedError),
        (1032, GoneError),  # SQLITE_READONLY_DBMOVED
    ],
)
def test_what_the_database_says_becomes_a_sentence(code: int, kind: type[DomainError]) -> None:
    said = sentence_for(fault(code))
    assert type(said) is kind
    assert "driver" not in str(said)
    assert type(sentence_for(fault(code).orig or ValueError())) is kind


def test_a_fault_of_the_program_is_not_excused() -> None:
    assert sentence_for(fault(19)) is None  # SQLITE_CONSTRAINT
    assert sentence_for(ValueError("words")) is None


def test_a_sentence_stays_as_it_is() -> None:
    error = DomainError("words")
    assert sentence_for(error) is error


def test_an_error_shows_no_value_of_a_person(vault: Vault) -> None:
    with pytest.raises(DBAPIError) as raised, vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(nothing) VALUES(?)", ("Vera Qvarnström",))
    assert "Vera" not in str(raised.value)


def test_a_second_writer_is_told_to_wait(vault: Vault) -> None:
    with closing(connect(vault.folder / "register.db", vault_key(vault.folder, WORD))) as second:
        second.execute("PRAGMA busy_timeout = 0")
        with vault.writer.begin(), pytest.raises(InUseError, match="busy"):  # noqa: SIM117
            with in_plain_words(*FAULTS):
                second.execute("BEGIN IMMEDIATE")


def test_names_that_the_disk_refuses_end_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="does not allow that name"):
        create(tmp_path / ("x" * 300 + ".gdprdesk"))
    assert not list(tmp_path.iterdir())


def test_the_printed_key_helps_when_the_password_is_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "test.gdprdesk"
    vault, recovery = Vault.create(folder, staff="owner", password=WORD, limits=CHEAP)
    vault.lock()
    vault = Vault.unlock(folder, staff=RECOVERY, password=recovery, limits=CHEAP)
    with pytest.raises(DomainError):
        vault.set_password("nobody", "a newer word")
    vault.set_password("owner", "a newer word")
    vault.lock()
    assert (folder / "keys.json").stat().st_mode & 0o777 == 0o600
    Keys(folder / "keys.json", CHEAP).unlock("owner", Secret("a newer word"))
