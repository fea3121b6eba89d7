"""Copies of the register: made, read again, let go of, and erased in."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.erasure import CopyLine, ErasureCase
from gdprdesk.domain.errors import DomainError, GoneError
from gdprdesk.domain.terms import BackupSchedule, BookingState
from gdprdesk.services.backup_catalogue import (
    copy_lines,
    last_good_copy,
    list_copies,
    list_overdue_copies,
    note_copies,
    note_on_receipts,
    remove_backup_place,
)
from gdprdesk.services.backup_places import (
    add_backup_place,
    change_backup_place,
    list_backup_places,
)
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.finding import find_any_subject
from gdprdesk.services.notes import add_note
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.registry import about
from gdprdesk.services.traces import mask_traces, search_traces
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import TODAY, Clock, invoiced, order, person, reopened
from tests.pages import decrypted_pages, vault_key

VERA = "Vera Qvarnström"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "STICK"
    folder.mkdir()
    return folder


@pytest.fixture
def vera(desk: Desk) -> SubjectRef:
    return person(desk, VERA, phone="0701740645", email="vera@xylofon.example")


def plain_pages(backup: Path, to: Path, desk: Desk) -> bytes:
    """Return every decrypted page of a copy, free pages and gaps among them."""
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(to)
    return decrypted_pages(to, vault_key(desk.folder))


def receipt_lines(desk: Desk, ref: SubjectRef) -> list[CopyLine]:
    with Session(desk._vault.reader) as read:
        asked = select(ErasureCase.copies).where(ErasureCase.subject_ref == ref)
        return list(read.scalars(asked).one())


# Made


def test_a_copy_is_made_read_again_and_catalogued(
    desk: Desk, vera: SubjectRef, stick: Path, clock: Clock
) -> None:
    assert desk.last_good_copy is None
    receipt = desk.backup(stick)
    local = f"{clock.now.astimezone():%Y-%m-%d-%H%M}"
    assert receipt.path == stick / f"test-{local}.gdprdesk-backup"
    assert receipt.size == receipt.path.stat().st_size
    assert (receipt.counts["data_subject"], receipt.counts["contact_detail"]) == (1, 2)
    assert "same disk" in receipt.notes[0]
    (row,) = desk.ask(list_copies)
    assert (row.path, row.place, row.reachable, row.gone_on) == (receipt.path, "STICK", True, None)
    assert row.until == date(2027, 7, 31)  # the latest of November, kept for nine months
    last = desk.last_good_copy
    assert last is not None
    assert (last.days, last.place) == (0, "STICK")
    assert last == desk.ask(last_good_copy)
    assert {file.name for file in stick.iterdir()} == {receipt.path.name, ".gdprdesk-medium"}


def test_the_footer_counts_days(desk: Desk, stick: Path, clock: Clock) -> None:
    desk.backup(stick)
    clock.move(days=8)
    last = desk.last_good_copy
    assert last is not None
    assert last.days == 8


def test_nothing_of_anybody_can_be_read_in_a_copy(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path
) -> None:
    receipt = desk.backup(stick)
    written = b"".join(file.read_bytes() for file in stick.iterdir())
    for word in ("Vera", "Qvarnstr", "xylofon", "0701740645", "SQLite format 3"):
        assert word.encode() not in written
    assert VERA.encode() in plain_pages(receipt.path, tmp_path / "plain", desk)


def test_two_copies_in_one_minute_are_two_files(desk: Desk, stick: Path, clock: Clock) -> None:
    first = desk.backup(stick)
    content = first.path.read_bytes()
    clock.move(hours=1 / 3600)
    second = desk.backup(stick)
    assert second.path != first.path
    assert first.path.read_bytes() == content
    assert len(desk.ask(list_copies)) == 2


def test_nothing_is_left_in_the_register_but_the_log(desk: Desk, stick: Path) -> None:
    before = {file.name for file in desk.folder.iterdir()}
    desk.backup(stick)
    assert {file.name for file in desk.folder.iterdir()} == before
    assert desk.check().ok


def test_a_copy_is_in_the_log(desk: Desk, stick: Path) -> None:
    desk.backup(stick)
    with Session(desk._vault.reader) as read:
        newest = select(AuditEntry.action).order_by(AuditEntry.id.desc())
        assert read.scalars(newest).first() == about(note_copies).name


def test_a_copy_in_the_register_itself_is_refused(desk: Desk) -> None:
    inside = desk.folder / "mine"
    inside.mkdir()
    with pytest.raises(DomainError, match="lies inside the register"):
        desk.backup(inside)
    assert not desk.ask(list_backup_places)


def test_a_folder_that_is_not_there_is_not_made(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(GoneError, match="is not there"):
        desk.backup(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_synchronised_folder_is_said(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Kafé"
    folder.mkdir()
    assert any("OneDrive" in note for note in desk.backup(folder).notes)


def test_another_stick_in_the_same_place_is_not_written_to(desk: Desk, stick: Path) -> None:
    ref = desk.run(add_backup_place, folder=stick, name="Blue stick")
    shutil.rmtree(stick)
    stick.mkdir()
    (stick / ".gdprdesk-medium").write_text("another")
    with pytest.raises(DomainError, match="“Blue stick” cannot be reached, or another stick"):
        desk.backup(ref)
    assert [file.name for file in stick.iterdir()] == [".gdprdesk-medium"]


# Places


def test_a_place_is_named_scheduled_moved_and_removed(desk: Desk, stick: Path) -> None:
    ref = desk.run(add_backup_place, folder=stick)
    with pytest.raises(DomainError, match="made there already"):
        desk.run(add_backup_place, folder=stick)
    desk.run(change_backup_place, place_ref=ref, name="Blue", schedule=BackupSchedule.DAILY)
    moved = stick.rename(stick.with_name("E"))
    assert not desk.ask(list_backup_places)[0].reachable
    desk.run(change_backup_place, place_ref=ref, folder=moved)
    (row,) = desk.ask(list_backup_places)
    assert (row.name, row.folder, row.schedule, row.reachable, row.automatic) == (
        "Blue",
        moved,
        BackupSchedule.DAILY,
        True,
        False,
    )
    desk.run(remove_backup_place, place_ref=ref)
    assert not desk.ask(list_backup_places)


def test_a_place_is_not_forgotten_while_copies_are_there(
    desk: Desk, vera: SubjectRef, stick: Path
) -> None:
    desk.backup(stick)
    (place,) = desk.ask(list_backup_places)
    with pytest.raises(DomainError, match="One copy is still on STICK"):
        desk.run(remove_backup_place, place_ref=place.ref)
    desk.run(remove_backup_place, place_ref=place.ref, copies_destroyed=True)
    assert not desk.ask(list_copies, also_gone=True)


@pytest.mark.parametrize("schedule", [BackupSchedule.DAILY, BackupSchedule.AT_LOCK])
def test_copies_are_made_when_the_schedule_says(
    desk: Desk, stick: Path, clock: Clock, schedule: BackupSchedule
) -> None:
    daily = schedule is BackupSchedule.DAILY
    desk.run(add_backup_place, folder=stick, schedule=schedule)
    assert desk.is_backup_due() is daily
    assert desk.is_backup_due(locking=True)
    desk.back_up_due(locking=True)
    assert not desk.is_backup_due(locking=True)  # nothing was done since
    clock.move(hours=1)
    person(desk)
    assert desk.is_backup_due(locking=True) is not daily  # there is one of today
    clock.move(days=1)
    desk.finish()
    assert len(desk.ask(list_copies)) == (2 if daily else 1)


def test_a_stick_that_is_not_there_holds_nothing_up(desk: Desk, stick: Path) -> None:
    desk.run(add_backup_place, folder=stick, schedule=BackupSchedule.DAILY)
    stick.rename(stick.with_name("away"))
    assert not desk.is_backup_due()
    desk.finish()
    assert desk.unfinished == ()


def test_what_comes_and_goes_on_the_stick_is_noticed(
    desk: Desk, stick: Path, clock: Clock, tmp_path: Path
) -> None:
    first = desk.backup(stick).path
    kept = shutil.copy(first, tmp_path / first.name)
    first.unlink()
    (stick / "other.gdprdesk-backup").write_bytes(b"something else")
    desk.check()
    assert desk.ask(list_copies) == ()
    assert desk.ask(list_copies, also_gone=True)[0].gone_on == TODAY
    shutil.copy(kept, stick / "found again.gdprdesk-backup")
    desk.check()
    assert [one.file for one in desk.ask(list_copies)] == ["found again.gdprdesk-backup"]
    assert (stick / "other.gdprdesk-backup").exists()


def test_the_rotation_takes_away_only_ours_and_what_is_over(
    desk: Desk, stick: Path, clock: Clock
) -> None:
    mine = stick / "photo.jpg"
    mine.write_bytes(b"rose")
    for _day in range(14):
        person(desk)
        desk.backup(stick)
        clock.move(days=1)
    files = sorted(one.file for one in desk.ask(list_copies))
    assert files == sorted(file.name for file in stick.glob("*.gdprdesk-backup"))
    # of 21 November to 4 December: twelve days, and 22 and 29 November end a week, 30 a month
    assert [name[5:15] for name in files] == [
        "2026-11-22",
        *(f"2026-11-{day}" for day in range(23, 31)),
        *(f"2026-12-0{day}" for day in range(1, 5)),
    ]
    assert mine.read_bytes() == b"rose"


# Erased in


def test_whoever_is_erased_is_erased_in_each_copy_that_can_be_reached(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    person(desk, "Karin Ek")
    receipt = desk.backup(stick)
    clock.move(hours=1)
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    assert desk.unfinished == ()
    assert receipt_lines(desk, vera) == [
        {"file": receipt.path.name, "place": "STICK", "done_on": "2026-11-21", "until": None}
    ]
    pages = plain_pages(receipt.path, tmp_path / "plain", desk)
    for word in (VERA, "vera qvarnstrom", "xylofon", "0701740645", "701740645"):
        assert word.encode() not in pages, word
    assert b"Karin Ek" in pages
    assert desk.check().ok
    assert (stick / "test.erased.ledger").read_bytes() == (
        desk.folder / "erased.ledger"
    ).read_bytes()


def test_a_copy_out_of_reach_stands_on_the_receipt_until_it_comes_back(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    file = desk.backup(stick).path.name
    drawer = stick.rename(tmp_path / "drawer")
    clock.move(hours=1)
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    line = {"file": file, "place": "STICK", "done_on": None, "until": "2027-07-31"}
    assert receipt_lines(desk, vera) == [line]
    drawer.rename(stick)
    clock.move(days=3)
    with reopened(desk, clock) as later:
        line = {"file": file, "place": "STICK", "done_on": "2026-11-24", "until": None}
        assert receipt_lines(later, vera) == [line]
        pages = plain_pages(stick / file, tmp_path / "plain", later)
        assert VERA.encode() not in pages


def test_a_copy_that_nobody_connects_is_told_when_its_day_is_over(
    desk: Desk, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    desk.backup(stick)
    stick.rename(tmp_path / "drawer")
    clock.go_to(date(2027, 7, 31))
    assert desk.ask(list_overdue_copies) == ()
    clock.move(days=1)
    assert len(desk.ask(list_overdue_copies)) == 1


def test_a_preview_names_the_copies(desk: Desk, vera: SubjectRef, stick: Path) -> None:
    file = desk.backup(stick).path.name
    with Session(desk._vault.reader, info={"folder": desk.folder}) as read:
        assert copy_lines(read) == (
            {"file": file, "place": "STICK", "done_on": None, "until": "2027-07-31"},
        )


def test_an_open_order_in_the_copy_keeps_nobody(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    order(desk, vera, what="Blåbärspaj")
    path = desk.backup(stick).path
    clock.move(hours=1)
    for row in desk.ask(list_bookings).rows:
        desk.run(set_booking_state, ref=row.ref, state=BookingState.COMPLETED)
        desk.run(set_booking_paid, ref=row.ref, paid_on=TODAY)
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    pages = plain_pages(path, tmp_path / "plain", desk)
    assert VERA.encode() not in pages
    assert "Blåbärspaj".encode() not in pages


def test_an_invoice_that_the_law_keeps_stays_in_the_copy_too(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    invoiced(desk, vera)
    path = desk.backup(stick).path
    clock.move(hours=1)
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    pages = plain_pages(path, tmp_path / "plain", desk)
    assert VERA.encode() in pages  # on the invoice
    assert b"xylofon" not in pages
    clock.go_to(date(2034, 1, 2))  # the hold is over, and the stick was in the drawer meanwhile
    desk.finish()
    assert VERA.encode() not in plain_pages(path, tmp_path / "later", desk)


def test_what_others_records_say_of_her_is_masked_in_the_copy(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    karin = person(desk, "Karin Ek")
    desk.run(add_note, subject_ref=karin, text="Hämtar för Vera Qvarnström på fredag")
    path = desk.backup(stick).path
    clock.move(hours=1)
    with UnitOfWork(desk._vault, clock) as work:
        subject = find_any_subject(work.session, vera)
        assert mask_traces(work.session, subject, search_traces(work.session, subject).advised)
        work.commit("test.mask")
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    assert b"Qvarnstr" not in plain_pages(path, tmp_path / "plain", desk)


def test_nothing_is_written_when_nobody_is_erased(desk: Desk, stick: Path) -> None:
    path = desk.backup(stick).path
    written = path.stat().st_mtime_ns
    desk.finish()
    desk.erase_in_backups()
    desk.run(note_on_receipts)
    assert path.stat().st_mtime_ns == written
