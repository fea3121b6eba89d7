"""A key file: made once, known again, refused when it is damaged, lost or another's."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from gdprdesk.domain.errors import (
    DiskError,
    DomainError,
    GoneError,
    NewerVersionError,
    UnreadableFileError,
    WrongPasswordError,
)
from gdprdesk.domain.terms import FactorKind
from gdprdesk.store import second_factor
from gdprdesk.store.keys import Keys, Secret
from gdprdesk.store.second_factor import is_beside, make_key_file, read_key_file
from tests.builders import CHEAP

WORD = "a long word"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_key_file_gives_the_same_each_time_and_each_another(stick) -> None:
    one, other = make_key_file(stick / "a.gdprdesk-key"), make_key_file(stick / "b.gdprdesk-key")
    assert read_key_file(stick / "a.gdprdesk-key", one.needs) == one.secret
    assert len(one.secret) == 32
    assert one.secret != other.secret
    assert one.needs != other.needs


def test_what_it_gives_is_the_digest_of_the_key_that_is_written(stick) -> None:
    made = make_key_file(stick / "a.gdprdesk-key")
    header, key, _check, end = (stick / "a.gdprdesk-key").read_text().split("\n")
    assert (header, end) == ("gdprdesk key file 1", "")
    assert made.secret == hashlib.sha256(bytes.fromhex(key.replace("-", ""))).digest()
    assert not any(part in key.lower() for part in made.needs.values())


@pytest.mark.skipif(os.name != "posix", reason="modes are of Unix")
def test_nobody_else_on_the_computer_can_read_it(stick) -> None:
    make_key_file(stick / "a.gdprdesk-key")
    assert (stick / "a.gdprdesk-key").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_never_written_over(stick) -> None:
    path = stick / "a.gdprdesk-key"
    made = make_key_file(path)
    with pytest.raises(DomainError, match="left as it is"):
        make_key_file(path)
    assert read_key_file(path, made.needs) == made.secret


def test_it_opens_a_register_beside_the_password_and_no_other_key_file_does(
    tmp_path, stick
) -> None:
    keys, _keyring, _recovery = Keys.create(tmp_path / "keys.json", "owner", WORD, CHEAP)
    factor = make_key_file(stick / "a.gdprdesk-key")
    other = make_key_file(stick / "b.gdprdesk-key")
    keys.set_factors("owner", Secret(WORD), {FactorKind.KEY_FILE: factor})
    again = Keys(tmp_path / "keys.json", CHEAP)
    needs = next(iter(again.staff)).factors[FactorKind.KEY_FILE]
    given = read_key_file(stick / "a.gdprdesk-key", needs)
    again.unlock("owner", Secret(WORD, {FactorKind.KEY_FILE: given}))
    with pytest.raises(DomainError, match="not the one of this register"):
        read_key_file(stick / "b.gdprdesk-key", needs)
    with pytest.raises(WrongPasswordError, match="Key file on a stick"):
        again.unlock("owner", Secret(WORD, {FactorKind.KEY_FILE: other.secret}))


@pytest.mark.parametrize("place", range(20, 100, 3))
def test_a_file_with_one_wrong_letter_is_known_as_damaged(stick, place) -> None:
    path = stick / "a.gdprdesk-key"
    needs = make_key_file(path).needs
    content = bytearray(path.read_bytes())
    content[place] = ord("0") if content[place] != ord("0") else ord("1")
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_key_file(path, needs)


def test_a_file_that_was_cut_off_is_known_as_damaged(stick) -> None:
    path = stick / "a.gdprdesk-key"
    make_key_file(path)
    whole = path.read_bytes()
    for length in (20, 50, len(whole) - 3):
        path.write_bytes(whole[:length])
        with pytest.raises(UnreadableFileError, match="damaged"):
            read_key_file(path, {})


def test_a_file_that_was_sent_through_windows_is_still_read(stick) -> None:
    path = stick / "a.gdprdesk-key"
    made = make_key_file(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_key_file(path, made.needs) == made.secret


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"gdprdesk", b"x" * 2_000_000])
def test_any_other_file_is_no_key_file(stick, content) -> None:
    path = stick / "photo.png"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"photo\.png is no key file"):
        read_key_file(path, {})


def test_a_key_file_of_a_newer_version_is_said_to_be_one(stick) -> None:
    path = stick / "a.gdprdesk-key"
    path.write_text("gdprdesk key file 2\n...")
    with pytest.raises(NewerVersionError, match="newer version"):
        read_key_file(path, {})


def test_a_lost_key_file_names_the_way_in_that_is_left(stick) -> None:
    for path in (stick / "gone.gdprdesk-key", stick):
        with pytest.raises(GoneError, match="recovery key") as lost:
            read_key_file(path, {})
        assert str(path) in str(lost.value)


def test_where_nothing_can_be_written_there_is_no_half_key_file(stick, monkeypatch) -> None:
    with pytest.raises(DiskError, match="Nothing was changed"):
        make_key_file(stick / "gone" / "a.gdprdesk-key")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskError, match="has room"):
        make_key_file(stick / "a.gdprdesk-key")
    assert list(stick.iterdir()) == []


def test_where_a_key_file_protects_little(tmp_path, stick) -> None:
    register, backups = tmp_path / "a" / "Lind.gdprdesk", tmp_path / "usb" / "copies"
    cloud = tmp_path / "OneDrive - Lind" / "keys"
    for folder in (register / "backups", backups / "old", cloud):
        folder.mkdir(parents=True)
    name = "me.gdprdesk-key"
    said = {
        register / name: "in the folder of the register",
        register / "backups" / name: "in the folder of the register",
        register.parent / name: "beside the register",
        backups / name: "copies of the register",
        backups / "old" / name: "copies of the register",
        cloud / name: "OneDrive - Lind copies the key file to the cloud",
        stick / name: "same drive",
    }
    for place, words in said.items():
        assert words in str(is_beside(register, place, [backups])), place


def test_a_key_file_on_another_drive_lies_well(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(second_factor, "_on_one_drive", lambda _one, _other: False)
    assert is_beside(tmp_path / "a.gdprdesk", tmp_path / "usb" / "me.gdprdesk-key") is None
    other = Path("/dev/shm/key")  # noqa: S108  (a file system of its own)
    if other.parent.is_dir() and other.parent.stat().st_dev != tmp_path.stat().st_dev:
        monkeypatch.undo()
        assert is_beside(tmp_path / "a.gdprdesk", other) is None
