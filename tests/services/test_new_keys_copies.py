"""Copies of before the keys were changed: checked, erased in, put back and at last forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import WrongPasswordError
from gdprdesk.domain.terms import BuiltInRole
from gdprdesk.services.backups import BackupReceipt
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.restoring import preview_restore, restore
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.copy_keys import Opening
from gdprdesk.store.keys import OWNER, Keys, Secret
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person
from tests.sealed import NUMBER, read_sealed, write_journal, write_number
from tests.store.key_files import HERS

NOTE = "Sömnproblem sedan i våras"
LATER = "five words that came later"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "STICK"
    made.mkdir()
    return made


@pytest.fixture
def vera(desk: Desk) -> SubjectRef:
    """Somebody with a journal and an identity number."""
    ref = person(desk, "Vera Zyxkvist")
    write_number(desk, ref)
    write_journal(desk, ref, NOTE)
    return ref


@pytest.fixture
def anna(desk: Desk) -> SubjectRef:
    """Somebody of whom nothing has to be kept."""
    return person(desk, "Anna Berg")


@pytest.fixture
def karin(desk: Desk) -> RecordRef:
    """Somebody who reads the journal."""
    given = desk.access.invite("Karin", BuiltInRole.PRACTITIONER.value)
    desk._vault.key_file().accept("Karin", given.code, HERS, TODAY)
    return given.staff_ref


@pytest.fixture
def older(
    desk: Desk, vera: SubjectRef, anna: SubjectRef, karin: RecordRef, stick: Path
) -> BackupReceipt:
    """A copy that Karin could open, after which she left and the keys were changed; locked."""
    made = desk.backup(stick)
    desk.access.remove(karin)
    desk.change_keys()
    return made


def opened(folder: Path, password: str = PASSWORD) -> Desk:
    return Desk.unlock(folder, staff=OWNER, password=password, limits=CHEAP, clock=Clock())


def with_(password: str, staff: str = OWNER) -> Opening:
    return Opening(staff, password, CHEAP)


def test_an_older_copy_is_checked_and_erased_in(
    desk: Desk, anna: SubjectRef, older: BackupReceipt, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.gdprdesk"
    again = opened(desk.folder)
    assert again.check().ok
    assert people_in(older.path, elsewhere) == 2
    again.run(erase_subject, subject_ref=anna)
    again.finish()
    assert again.unfinished == ()
    assert again.check().ok
    again.lock()
    assert people_in(older.path, elsewhere) == 1


def people_in(backup: Path, place: Path) -> int:
    """Return how many people a copy holds, before any ledger is carried out."""
    seen = preview_restore(backup, place, opening=with_(PASSWORD), clock=Clock())
    return next(one.then for one in seen.counts if one.kind == "person")


def test_an_older_copy_is_put_back_under_the_keys_of_today(
    desk: Desk, vera: SubjectRef, older: BackupReceipt
) -> None:
    again = opened(desk.folder)
    today = again._vault.keys
    person(again, "Came later")
    again.lock()
    seen = preview_restore(older.path, desk.folder, opening=with_(PASSWORD), clock=Clock())
    assert seen.known
    assert seen.warnings == ()
    done = restore(older.path, desk.folder, opening=with_(PASSWORD), clock=Clock())
    assert done.warnings == ()
    back = opened(desk.folder)
    assert back._vault.keys == today
    assert [one.name for one in back.ask(list_subjects).rows] == ["Anna Berg", "Vera Zyxkvist"]
    assert read_sealed(back, vera)[:2] == [NUMBER, NOTE]
    assert back.check().ok
    back.lock()
    with pytest.raises(WrongPasswordError):
        Desk.unlock(desk.folder, staff="Karin", password=HERS, limits=CHEAP)


def test_the_password_of_today_opens_a_copy_of_before_two_changes(
    desk: Desk, vera: SubjectRef, older: BackupReceipt
) -> None:
    for words in (LATER, f"{LATER} still"):
        again = opened(desk.folder, PASSWORD if words == LATER else LATER)
        again.change_password(PASSWORD if words == LATER else LATER, words)
        again.change_keys()
    restore(older.path, desk.folder, opening=with_(f"{LATER} still"), clock=Clock())
    back = opened(desk.folder, f"{LATER} still")
    assert read_sealed(back, vera)[:2] == [NUMBER, NOTE]
    assert back._vault.key_file().generation == 4
    back.lock()


def test_a_password_of_then_alone_puts_it_back_as_it_was_and_says_what_that_means(
    desk: Desk, vera: SubjectRef, older: BackupReceipt
) -> None:
    again = opened(desk.folder)
    again.change_password(PASSWORD, LATER)
    again.lock()
    done = restore(older.path, desk.folder, opening=with_(PASSWORD), clock=Clock())
    assert any("only the passwords of that time" in one for one in done.warnings)
    back = opened(desk.folder)
    assert read_sealed(back, vera)[:2] == [NUMBER, NOTE]
    back.lock()


def test_a_new_laptop_opens_an_older_copy_with_the_password_of_that_time(
    older: BackupReceipt, vera: SubjectRef, tmp_path: Path
) -> None:
    place = tmp_path / "new.gdprdesk"
    restore(older.path, place, opening=with_(PASSWORD), clock=Clock())
    back = opened(place)
    assert read_sealed(back, vera)[:2] == [NUMBER, NOTE]
    back.lock()


def test_old_keys_are_kept_as_long_as_a_copy_needs_them(
    desk: Desk, older: BackupReceipt, stick: Path, clock: Clock
) -> None:
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    file = again._vault.key_file()
    assert file.oldest_change is not None
    clock.move(hours=1)
    again.backup(stick)
    assert again._vault.key_file().oldest_change is not None
    older.path.unlink()
    again.backup(stick)
    assert again._vault.key_file().oldest_change is None
    again.lock()
    assert Keys(desk.folder / "keys.json", CHEAP).unlock(OWNER, Secret(PASSWORD)).vault
