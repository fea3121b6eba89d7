import os
import stat
from pathlib import Path

import pytest

from gdprdesk.exports.target import TargetError, TargetExistsError, write_file

on_posix = pytest.mark.skipif(os.name != "posix", reason="rights and limits of POSIX")


def test_a_file_is_whole_and_nothing_stays_beside_it(tmp_path: Path):
    target = tmp_path / "kopia åäö.pdf"
    write_file(target, b"x" * 100_000)
    assert target.read_bytes() == b"x" * 100_000
    assert list(tmp_path.iterdir()) == [target]


@on_posix
def test_a_file_is_for_its_user_only(tmp_path: Path):
    target = tmp_path / "kopia.pdf"
    write_file(target, b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_file_is_replaced_only_when_asked(tmp_path: Path):
    target = tmp_path / "kopia.pdf"
    target.write_bytes(b"mine")
    with pytest.raises(TargetExistsError, match=r"already a file “kopia\.pdf”"):
        write_file(target, b"new")
    assert target.read_bytes() == b"mine"
    write_file(target, b"new", overwrite=True)
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_crash_left_is_replaced(tmp_path: Path):
    (tmp_path / "kopia.pdf.part").write_bytes(b"half")
    write_file(tmp_path / "kopia.pdf", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["kopia.pdf"]


def test_a_missing_folder_is_said(tmp_path: Path):
    with pytest.raises(TargetError, match="There is no folder"):
        write_file(tmp_path / "nowhere" / "kopia.pdf", b"x")


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TargetError, match="There is no folder"):
        write_file(tmp_path / "file" / "kopia.pdf", b"x")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(TargetError, match="is a folder"):
        write_file(tmp_path / "folder", b"x", overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@on_posix
def test_a_read_only_folder_is_said(tmp_path: Path):
    folder = tmp_path if os.geteuid() else Path("/sys/kernel")  # root is refused only there
    folder_mode = stat.S_IMODE(folder.stat().st_mode)
    if os.geteuid():
        folder.chmod(0o500)
    try:
        with pytest.raises(TargetError, match="You may not write"):
            write_file(folder / "kopia.pdf", b"x")
    finally:
        if os.geteuid():
            folder.chmod(folder_mode)
    assert not (folder / "kopia.pdf.part").exists()


@on_posix
def test_a_full_disk_is_said_and_the_old_file_is_kept(tmp_path: Path):
    import resource  # noqa: PLC0415

    target = tmp_path / "kopia.pdf"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(TargetError, match="no room"):
            write_file(target, b"x" * 100_000, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 252, "a\0b"])
def test_a_name_that_no_disk_takes_is_said(tmp_path: Path, name: str):
    with pytest.raises(TargetError, match="could not be written"):
        write_file(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


@on_posix
def test_a_link_in_place_of_the_part_is_not_followed(tmp_path: Path):
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    (tmp_path / "kopia.pdf.part").symlink_to(other)
    write_file(tmp_path / "kopia.pdf", b"x")
    assert other.read_bytes() == b"mine"
    assert not (tmp_path / "kopia.pdf").is_symlink()
