"""Copies of the register from the command line: made, kept up, and put back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.services.backup_catalogue import list_copies
from tests.builders import CHEAP, OLD_PASSWORD, PASSWORD


@pytest.fixture
def backup(gdprdesk, cafe, tmp_path) -> Path:
    (tmp_path / "stick").mkdir()
    return Path(gdprdesk("backup", cafe, "stick", "--json").value["path"])


def test_a_backup_is_made_and_checked(gdprdesk, cafe, backup) -> None:
    assert backup.parent == Path.cwd() / "stick"
    said = gdprdesk("backup", cafe, "stick")
    assert said.code == 0
    assert "was made and read again" in said.out
    assert "same disk" in said.out
    checks = {one["name"]: one for one in gdprdesk("check", cafe, "--json").value["checks"]}
    assert checks["backup"]["sentence"].startswith("The last good backup was made")
    assert checks["backup_copies"] == {
        "name": "backup_copies",
        "ok": True,
        "sentence": "2 backups were opened and are whole.",
    }


def test_a_check_says_that_there_is_none(gdprdesk, cafe) -> None:
    said = gdprdesk("check", cafe)
    assert said.code == 0
    assert "No backup of the register has been made yet." in said.out


def test_a_check_says_which_is_damaged(gdprdesk, cafe, backup) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    said = gdprdesk("check", cafe)
    assert said.code == 1
    assert f"“{backup.name}” is damaged" in said.err


def test_a_folder_that_is_not_there(gdprdesk, cafe) -> None:
    said = gdprdesk("backup", cafe, "nowhere", "--json")
    assert (said.code, said.out) == (1, "")
    assert "is not there" in said.err
    assert "your register is whole" in said.err


def test_whoever_is_erased_is_erased_in_the_backup(gdprdesk, cafe, somebody, backup) -> None:
    before = backup.read_bytes()
    for row in gdprdesk("do", cafe, "booking.list", "--limit", 999, "--json").value["rows"]:
        if row["subject_ref"] == somebody and row["state"] in {"confirmed", "enquiry"}:
            said = ("do", cafe, "booking.set_state", "--ref", row["ref"], "--state", "cancelled")
            assert gdprdesk(*said).code == 0
    assert gdprdesk("erase", cafe, somebody, "--now", "--json").value["state"] in {"done", "held"}
    assert backup.read_bytes() != before
    copy = Path("copy.gdprdesk")
    assert gdprdesk("restore", backup, copy, "--json").value["erased_again"] == []
    assert gdprdesk("person", copy, somebody).code == 1


def test_a_copy_is_made_at_the_end_of_a_command_if_the_schedule_says(
    gdprdesk, cafe, tmp_path
) -> None:
    (tmp_path / "stick").mkdir()
    add = ("do", cafe, "backup.add_place", "--folder", "stick", "--schedule", "at_lock")
    assert gdprdesk(*add).code == 0
    assert len(list(Path("stick").glob("*.gdprdesk-backup"))) == 1
    assert gdprdesk("people", cafe).code == 0  # changes nothing
    assert len(list(Path("stick").glob("*.gdprdesk-backup"))) == 1
    rows = gdprdesk("do", cafe, "backup.copies", "--json").value["rows"]
    assert [row["place"] for row in rows] == ["stick"]


def test_a_preview_and_a_restore(gdprdesk, cafe, somebody, backup) -> None:
    add = ("do", cafe, "note.add", "--subject-ref", somebody, "--text", "Ringde om tårtan")
    assert gdprdesk(*add).code == 0
    said = gdprdesk("restore", backup, cafe, "--preview", "--json").value
    assert [(one["said"], one["count"]) for one in said["lost"]] == [("New note", 1)]
    assert said["known"]
    text = gdprdesk("restore", backup, cafe, "--preview").out
    assert "Nothing was changed" in text
    assert "New note" in text
    done = gdprdesk("restore", backup, cafe)
    assert done.code == 0
    assert "before" in done.out
    assert "Delete it when you have seen" in " ".join(done.out.split())
    assert gdprdesk("do", cafe, "subject.show", "--subject-ref", somebody).code == 0
    assert "Ringde om tårtan" not in gdprdesk("person", cafe, somebody).out


def test_the_recovery_key_puts_a_backup_back(gdprdesk, cafe, monkeypatch, tmp_path) -> None:
    desk = Desk.unlock(cafe, password=PASSWORD, limits=CHEAP)
    key = desk.new_recovery_key()
    (tmp_path / "stick").mkdir()
    backup = desk.backup(tmp_path / "stick").path
    desk.lock()
    shutil.rmtree(cafe)
    monkeypatch.setenv("GDPRDESK_RECOVERY_KEY", key)
    said = gdprdesk("restore", backup, "new.gdprdesk", "--recovery-key", "--json").value
    assert said["aside"] is None
    assert gdprdesk("people", "new.gdprdesk", "--json").value["total"] > 0


def test_what_is_no_backup_is_refused(gdprdesk, cafe) -> None:
    Path("photo.jpg").write_bytes(b"rose")
    for wrong, words in (
        ("photo.jpg", "is no backup of this program"),
        ("nothing.gdprdesk-backup", "There is no backup at nothing.gdprdesk-backup"),
    ):
        said = gdprdesk("restore", wrong, cafe, "--json")
        assert (said.code, said.out) == (1, "")
        assert words in said.err


def test_the_copy_before_an_update_is_looked_through_too(
    gdprdesk, tmp_path, clock, monkeypatch
) -> None:
    monkeypatch.setenv("GDPRDESK_PASSWORD", OLD_PASSWORD)
    data = Path(__file__).parents[1] / "data" / "registers" / "version-1.gdprdesk"
    folder = Path(shutil.copytree(data, tmp_path / "old.gdprdesk"))
    karin, ake = gdprdesk("people", folder, "--json").value["rows"]
    backup = folder / "backups" / "old-0001.gdprdesk-backup"
    before = backup.read_bytes()
    clock.move(days=40)
    gdprdesk("erase", folder, karin["ref"], "--now")
    desk = Desk.unlock(folder, password=OLD_PASSWORD, limits=CHEAP, clock=clock)
    (row,) = desk.ask(list_copies)
    assert (row.path, row.automatic, row.erased_lines) == (backup, True, 2)
    assert desk.last_good_copy is None  # it is lost with the register
    assert desk.unfinished == ()
    assert desk.check().ok
    desk.lock()
    assert backup.read_bytes() != before
    again = Path("again.gdprdesk")
    assert gdprdesk("restore", backup, again, "--json").value["erased_again"] == []
    names = [one["name"] for one in gdprdesk("people", again, "--json").value["rows"]]
    assert names == [ake["name"]]
