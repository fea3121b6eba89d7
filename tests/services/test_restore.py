"""A backup that is put back: whole, without the erased, and nothing lost of what was there."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import (
    DamagedError,
    DomainError,
    InUseError,
    NewerVersionError,
    WrongPasswordError,
)
from gdprdesk.domain.terms import BookingState, ErasureState
from gdprdesk.services.backup_catalogue import list_copies, note_copies
from gdprdesk.services.bookings import list_bookings
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_cases import list_erasures, show_receipt
from gdprdesk.services.invoices import set_invoice_paid
from gdprdesk.services.order_changes import set_booking_paid, set_booking_state
from gdprdesk.services.registry import about
from gdprdesk.services.restoring import RestoreReceipt, note_restored
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.copy_keys import Opening
from gdprdesk.store.keys import RECOVERY
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, invoiced, order, person
from tests.pages import decrypted_pages, vault_key

VERA = "Vera Qvarnström"
OWNER = Opening("owner", PASSWORD, CHEAP)
OF_GOLDEN = "a long word"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "STICK"
    folder.mkdir()
    return folder


@pytest.fixture
def vera(desk: Desk) -> SubjectRef:
    return person(desk, VERA, phone="0701740645", email="vera@xylofon.example")


@pytest.fixture
def before(desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock) -> Path:
    """A copy of yesterday, that no erasure has reached: it is in a drawer."""
    person(desk, "Karin Ek")
    backup = desk.backup(stick).path
    (tmp_path / "drawer").mkdir()
    clock.move(days=1)
    return Path(shutil.copy(backup, tmp_path / "drawer"))


def erase(desk: Desk, ref: SubjectRef) -> None:
    desk.run(erase_subject, subject_ref=ref)
    desk.finish()
    desk.lock()


def names(folder: Path, clock: Clock, *, is_aside: bool = False) -> list[str]:
    """Open a register and return who is in it; it must be as it should be.

    One that was moved aside is not the one that this computer last saw, which is told.
    """
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock)
    try:
        wrong = ["audit_seen"] if is_aside else []
        assert [one.name for one in desk.check().checks if not one.ok] == wrong
        return [row.name for row in desk.ask(list_subjects).rows]
    finally:
        desk.lock()


def put_back(backup: Path, folder: Path, clock: Clock, opening: Opening = OWNER) -> RestoreReceipt:
    return Desk.restore(backup, folder, opening=opening, clock=clock)


# The erased


def test_whoever_was_erased_since_is_gone_before_the_register_opens(
    desk: Desk, vera: SubjectRef, before: Path, clock: Clock
) -> None:
    erase(desk, vera)
    receipt = put_back(before, desk.folder, clock)
    assert receipt.erased_again == (vera,)
    assert receipt.warnings == ()
    pages = decrypted_pages(desk.folder, vault_key(desk.folder))  # before anybody has opened it
    for word in (VERA, "vera qvarnstrom", "xylofon", "701740645"):
        assert word.encode() not in pages, word
    assert names(desk.folder, clock) == ["Karin Ek"]


def test_the_copy_was_made_before_the_first_line_of_the_ledger(
    desk: Desk, vera: SubjectRef, before: Path, clock: Clock
) -> None:
    with zipfile.ZipFile(before) as archive:
        assert "erased.ledger" not in archive.namelist()
    erase(desk, vera)
    assert put_back(before, desk.folder, clock).erased_again == (vera,)
    first = (desk.folder / "erased.ledger").read_text().splitlines()
    assert [line.split()[0] for line in first] == [vera]


def test_an_order_that_is_open_in_the_copy_keeps_nobody(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    order(desk, vera, what="Blåbärspaj")
    backup = shutil.copy(desk.backup(stick).path, tmp_path / "old.gdprdesk-backup")
    for row in desk.ask(list_bookings).rows:
        desk.run(set_booking_state, ref=row.ref, state=BookingState.COMPLETED)
        desk.run(set_booking_paid, ref=row.ref, paid_on=TODAY)
    erase(desk, vera)
    put_back(Path(backup), desk.folder, clock)
    pages = decrypted_pages(desk.folder, vault_key(desk.folder))
    assert VERA.encode() not in pages
    assert "Blåbärspaj".encode() not in pages


def test_what_a_law_keeps_of_her_stays(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    invoiced(desk, vera)
    backup = shutil.copy(desk.backup(stick).path, tmp_path / "old.gdprdesk-backup")
    erase(desk, vera)
    put_back(Path(backup), desk.folder, clock)
    assert names(desk.folder, clock) == []
    pages = decrypted_pages(desk.folder, vault_key(desk.folder))
    assert VERA.encode() in pages  # on the invoice
    assert b"xylofon" not in pages


def test_the_ledger_is_found_beside_the_copy_on_a_new_computer(
    desk: Desk, vera: SubjectRef, before: Path, tmp_path: Path, clock: Clock
) -> None:
    erase(desk, vera)
    shutil.copy(tmp_path / "STICK" / "test.erased.ledger", before.parent)
    shutil.rmtree(desk.folder)
    shutil.rmtree(tmp_path / "STICK")
    receipt = put_back(before, tmp_path / "new" / "laptop.gdprdesk", clock)
    assert receipt.erased_again == (vera,)
    assert receipt.aside is None
    assert "Erasures until 22 November 2026 are known" in receipt.warnings[0]
    assert names(receipt.folder, clock) == ["Karin Ek"]


def test_the_ledger_is_found_in_a_newer_copy_beside(
    desk: Desk, vera: SubjectRef, before: Path, tmp_path: Path, clock: Clock
) -> None:
    desk.run(erase_subject, subject_ref=vera)
    shutil.copy(desk.backup(tmp_path / "STICK").path, before.parent)
    desk.lock()
    shutil.rmtree(desk.folder)
    shutil.rmtree(tmp_path / "STICK")
    assert put_back(before, tmp_path / "new.gdprdesk", clock).erased_again == (vera,)


def test_the_ledger_is_found_at_a_place_that_the_copy_knows(
    desk: Desk, vera: SubjectRef, before: Path, tmp_path: Path, clock: Clock
) -> None:
    erase(desk, vera)
    shutil.rmtree(desk.folder)
    assert put_back(before, tmp_path / "new.gdprdesk", clock).erased_again == (vera,)


def test_with_every_ledger_lost_the_owner_is_told_what_that_means(
    desk: Desk, vera: SubjectRef, before: Path, tmp_path: Path, clock: Clock
) -> None:
    erase(desk, vera)
    shutil.rmtree(desk.folder)
    shutil.rmtree(tmp_path / "STICK")
    receipt = put_back(before, tmp_path / "new.gdprdesk", clock)
    assert receipt.erased_again == ()
    (warning,) = receipt.warnings
    assert "Erasures until 21 November 2026 are known" in warning
    assert "Whoever was erased later is back" in warning
    assert sorted(names(receipt.folder, clock)) == ["Karin Ek", VERA]


def test_receipts_speak_where_somebody_took_the_ledger_away(
    desk: Desk, vera: SubjectRef, before: Path, stick: Path, clock: Clock
) -> None:
    erase(desk, vera)
    (desk.folder / "erased.ledger").unlink()
    shutil.rmtree(stick)
    receipt = put_back(before, desk.folder, clock)
    assert receipt.erased_again == (vera,)
    assert receipt.warnings == ()


def test_a_claim_that_was_paid_since_keeps_her_in_no_copy(
    desk: Desk, vera: SubjectRef, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    invoice = invoiced(desk, vera, paid_on=None, original_in="Fortnox")
    reached = desk.backup(stick).path
    (tmp_path / "drawer").mkdir()
    unreached = Path(shutil.copy(reached, tmp_path / "drawer"))
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    assert desk.ask(show_receipt, subject_ref=vera).state is ErasureState.HELD
    desk.run(set_invoice_paid, ref=invoice, paid_on=TODAY)
    desk.finish()
    assert desk.ask(show_receipt, subject_ref=vera).state is ErasureState.DONE
    desk.lock()
    for copy in (reached, unreached):
        put_back(copy, desk.folder, clock)
        assert VERA.encode() not in decrypted_pages(desk.folder, vault_key(desk.folder))
    with zipfile.ZipFile(reached) as packed:
        packed.extractall(tmp_path / "out")
    inside = next((tmp_path / "out").rglob("register.db")).parent
    assert VERA.encode() not in decrypted_pages(inside, vault_key(desk.folder))


def test_a_changed_ledger_is_used_as_far_as_it_is_right(
    desk: Desk, vera: SubjectRef, before: Path, stick: Path, clock: Clock
) -> None:
    anna = person(desk, "Anna Berg")
    desk.run(erase_subject, subject_ref=vera)
    erase(desk, anna)
    shutil.rmtree(stick)
    (desk.folder / "register.db").write_bytes(b"lost")
    ledger = desk.folder / "erased.ledger"
    first, second = ledger.read_text().splitlines()
    ledger.write_text(f"{first}\n{second.replace(anna, anna[::-1])}\n")
    receipt = put_back(before, desk.folder, clock)
    assert receipt.erased_again == (vera,)
    assert "was changed outside the program" in receipt.warnings[0]


def test_nobody_is_erased_by_a_ledger_that_somebody_made_up(
    desk: Desk, vera: SubjectRef, before: Path, tmp_path: Path, clock: Clock
) -> None:
    desk.lock()
    shutil.rmtree(tmp_path / "STICK")
    (before.parent / "other.ledger").write_text(f"{vera} 2026-11-21 {'0' * 64}\n")
    assert put_back(before, tmp_path / "new.gdprdesk", clock).erased_again == ()


def test_an_erasure_that_was_undone_since_can_be_undone_again(
    desk: Desk, vera: SubjectRef, stick: Path, clock: Clock
) -> None:
    desk.run(stage_erasure, subject_ref=vera)
    backup = desk.backup(stick).path
    desk.run(undo_erasure, subject_ref=vera)
    clock.move(days=30)
    desk.lock()
    put_back(backup, desk.folder, clock)
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    assert again.ask(list_erasures)[0].state is ErasureState.STAGED
    again.run(undo_erasure, subject_ref=vera)
    assert [row.name for row in again.ask(list_subjects).rows] == [VERA]
    again.lock()


# What is there already


def test_the_register_that_was_there_is_kept_beside_and_erased_in(
    desk: Desk, vera: SubjectRef, before: Path, clock: Clock
) -> None:
    anna = person(desk, "Anna Berg")
    desk.lock()
    receipt = put_back(before, desk.folder, clock)
    assert receipt.aside is not None
    assert receipt.aside.parent == desk.folder.parent
    assert sorted(names(receipt.aside, clock)) == ["Anna Berg", "Karin Ek", VERA]  # last seen
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    clock.move(hours=1)
    again.run(erase_subject, subject_ref=vera)
    again.finish()
    assert again.unfinished == ()
    again.lock()
    assert VERA.encode() not in decrypted_pages(receipt.aside, vault_key(receipt.aside))
    assert sorted(names(receipt.aside, clock, is_aside=True)) == ["Anna Berg", "Karin Ek"]
    shutil.rmtree(receipt.aside)
    assert names(desk.folder, clock) == ["Karin Ek"]
    assert anna not in names(desk.folder, clock)


def test_a_register_that_is_open_is_not_replaced(desk: Desk, before: Path, clock: Clock) -> None:
    with pytest.raises(InUseError, match="open already in another window"):
        put_back(before, desk.folder, clock)
    assert sorted(one.name for one in desk.folder.parent.iterdir()) == [
        "STICK",
        "drawer",
        "test.gdprdesk",
    ]
    assert desk.check().ok


@pytest.mark.parametrize("left", [b"x" * 5000, b"", None], ids=["damaged", "empty", "gone"])
def test_a_damaged_register_is_replaced(
    desk: Desk, vera: SubjectRef, before: Path, clock: Clock, left: bytes | None
) -> None:
    erase(desk, vera)
    (desk.folder / "register.db").unlink()
    if left is not None:
        (desk.folder / "register.db").write_bytes(left)
    assert not Desk.preview_restore(before, desk.folder, opening=OWNER, clock=clock).known
    receipt = put_back(before, desk.folder, clock)
    assert receipt.erased_again == (vera,)  # its ledger is whole
    assert names(desk.folder, clock) == ["Karin Ek"]


def test_of_what_a_broken_disk_left_the_ledger_is_enough(
    desk: Desk, vera: SubjectRef, before: Path, stick: Path, clock: Clock
) -> None:
    erase(desk, vera)
    shutil.rmtree(stick)
    for name in ("register.db", "keys.json"):
        (desk.folder / name).unlink()
    assert put_back(before, desk.folder, clock).erased_again == (vera,)
    assert names(desk.folder, clock) == ["Karin Ek"]


def test_todays_password_opens_yesterdays_copy_and_the_old_one_nothing(
    desk: Desk, before: Path, clock: Clock
) -> None:
    desk.change_password(PASSWORD, "a newer word")
    desk.lock()
    put_back(before, desk.folder, clock, Opening("owner", "a newer word", CHEAP))
    with pytest.raises(WrongPasswordError):
        Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    Desk.unlock(desk.folder, password="a newer word", limits=CHEAP, clock=clock).lock()  # noqa: S106


def test_the_recovery_key_is_enough_on_a_new_laptop(
    tmp_path: Path, stick: Path, clock: Clock
) -> None:
    desk, key = Desk.create(
        tmp_path / "old.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    person(desk, "Karin Ek")
    backup = desk.backup(stick).path
    desk.lock()
    shutil.rmtree(desk.folder)
    new = tmp_path / "new.gdprdesk"
    put_back(backup, new, clock, Opening(RECOVERY, key, CHEAP))
    assert names(new, clock) == ["Karin Ek"]


# What is no good


@pytest.fixture
def locked(desk: Desk, before: Path) -> Iterator[Path]:
    """A locked register that nothing may change."""
    desk.lock()
    content = {one: one.read_bytes() for one in desk.folder.rglob("*") if one.is_file()}
    around = {one.name for one in desk.folder.parent.iterdir()}
    yield desk.folder
    assert {one: one.read_bytes() for one in desk.folder.rglob("*") if one.is_file()} == content
    assert {one.name for one in desk.folder.parent.iterdir()} == around


def change(backup: Path, **parts: bytes) -> Path:
    """Write a copy anew with other parts."""
    with zipfile.ZipFile(backup) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content |= {name.replace("_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return backup


def part(backup: Path, name: str) -> bytes:
    with zipfile.ZipFile(backup) as archive:
        return archive.read(name)


def test_a_wrong_password_is_told_as_one(locked: Path, before: Path, clock: Clock) -> None:
    with pytest.raises(WrongPasswordError, match="password is wrong"):
        put_back(before, locked, clock, Opening("owner", "another word", CHEAP))


def test_no_backup_at_all(locked: Path, before: Path, clock: Clock) -> None:
    before.write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(DamagedError, match="is no backup of this program"):
        put_back(before, locked, clock)


def test_an_ordinary_zip(locked: Path, before: Path, clock: Clock) -> None:
    with zipfile.ZipFile(before, "w") as archive:
        archive.writestr("photo.jpg", "rose")
    with pytest.raises(DamagedError, match="is no backup of this program"):
        put_back(before, locked, clock)


@pytest.mark.parametrize("left", [0.1, 0.5, 0.99])
def test_a_half_copied_one(locked: Path, before: Path, clock: Clock, left: float) -> None:
    whole = before.read_bytes()
    before.write_bytes(whole[: int(len(whole) * left)])
    with pytest.raises(DamagedError, match="Only a part of"):
        put_back(before, locked, clock)


@pytest.mark.parametrize("where", [0.02, 0.5, 0.97])
def test_a_flipped_byte(locked: Path, before: Path, clock: Clock, where: float) -> None:
    whole = bytearray(before.read_bytes())
    whole[int(len(whole) * where)] ^= 1
    before.write_bytes(whole)
    with pytest.raises(DomainError, match=r"damaged|is no backup|changed outside"):
        put_back(before, locked, clock)


def test_a_part_of_an_older_copy_is_noticed(
    locked: Path, before: Path, stick: Path, clock: Clock
) -> None:
    said = json.loads(part(before, "manifest.json"))
    said["facts"]["counts"]["booking"] = 7
    with pytest.raises(DamagedError, match="is damaged"):
        put_back(change(before, manifest_json=json.dumps(said).encode()), locked, clock)


def test_a_newer_program_made_it(locked: Path, before: Path, clock: Clock) -> None:
    said = json.loads(part(before, "manifest.json")) | {"format": 2}
    with pytest.raises(NewerVersionError, match="A newer version"):
        put_back(change(before, manifest_json=json.dumps(said).encode()), locked, clock)


@pytest.mark.parametrize("name", ["../outside", "/outside", "register.db", "C:\\outside"])
def test_a_part_that_would_land_elsewhere(
    locked: Path, before: Path, clock: Clock, name: str
) -> None:
    with zipfile.ZipFile(before, "a") as archive:
        if name == "register.db":
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr(name, "x")
        else:
            archive.writestr(name, "x")
    with pytest.raises(DamagedError, match="is no backup of this program"):
        put_back(before, locked, clock)
    assert not list(locked.parent.rglob("outside"))


def test_a_bomb_is_not_unpacked(locked: Path, before: Path, clock: Clock) -> None:
    with zipfile.ZipFile(before, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keys.json", "{}")
        archive.writestr("register.db", bytes(50_000_000))
    with pytest.raises(DamagedError, match="is no backup of this program"):
        put_back(before, locked, clock)


def test_another_registers_backup(
    locked: Path, before: Path, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    place = tmp_path / "drawer" / "other.gdprdesk"
    other, _key = Desk.create(place, business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock)
    foreign = other.backup(stick).path
    other.lock()
    with pytest.raises(DomainError, match="is a backup of another register than"):
        put_back(foreign, locked, clock)


def test_it_is_not_put_over_something_else(
    locked: Path, before: Path, tmp_path: Path, clock: Clock
) -> None:
    mine = tmp_path / "drawer" / "mine.gdprdesk"
    mine.mkdir()
    (mine / "photo.jpg").write_bytes(b"rose")
    with pytest.raises(DomainError, match="There is something else at"):
        put_back(before, mine, clock)
    with pytest.raises(DomainError, match=r"ends in \.gdprdesk"):
        put_back(before, tmp_path / "drawer" / "new", clock)
    assert (mine / "photo.jpg").read_bytes() == b"rose"


# What is lost and what comes back


def test_a_preview_says_what_is_lost_and_what_comes_back(
    desk: Desk, vera: SubjectRef, before: Path, clock: Clock
) -> None:
    anna = person(desk, "Anna Berg")
    order(desk, anna)
    desk.run(erase_subject, subject_ref=vera)
    preview = Desk.preview_restore(before, desk.folder, opening=OWNER, clock=clock)
    assert preview.made_at.date() == TODAY
    counts = {one.kind: (one.then, one.now) for one in preview.counts}
    assert counts["person"] == (2, 2)
    assert counts["booking"] == (0, 1)
    assert counts["contact_detail"] == (2, 0)
    assert preview.erased_again == (vera,)
    lost = {(one.said, one.count) for one in preview.lost}
    assert {("New person", 1), ("New order", 1), ("Erasure", 1)} <= lost
    assert {one.day for one in preview.lost} == {TODAY.replace(day=22)}
    assert preview.known
    assert {one.name for one in desk.folder.parent.iterdir()} == {
        "STICK",
        "drawer",
        "test.gdprdesk",
    }


def test_a_preview_without_a_register_says_so(
    desk: Desk, before: Path, tmp_path: Path, clock: Clock
) -> None:
    preview = Desk.preview_restore(before, tmp_path / "new.gdprdesk", opening=OWNER, clock=clock)
    assert (preview.known, preview.lost) == (False, ())
    assert {one.now for one in preview.counts} == {None}
    assert not (tmp_path / "new.gdprdesk").exists()


# Crashes


def test_a_crash_between_the_two_names_is_mended(
    desk: Desk, before: Path, tmp_path: Path, clock: Clock
) -> None:
    desk.lock()
    receipt = put_back(before, desk.folder, clock)
    receipt.folder.rename(receipt.folder.with_name("test.gdprdesk.restored"))
    assert len(names(desk.folder, clock)) == 2
    shutil.copytree(desk.folder, tmp_path / "test.gdprdesk.restored")
    assert len(names(desk.folder, clock)) == 2  # the other is a leftover
    assert not (tmp_path / "test.gdprdesk.restored").exists()


def test_what_was_found_and_put_back_is_in_the_log(desk: Desk, before: Path, clock: Clock) -> None:
    desk.lock()
    put_back(before, desk.folder, clock)
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    with again._vault.reader.connect() as connection:
        asked = "SELECT action FROM audit_entry ORDER BY id DESC LIMIT 2"
        done = connection.exec_driver_sql(asked).scalars().all()
    # and, when it was opened, what has come to the stick since
    assert done == [about(note_copies).name, about(note_restored).name]
    again.erase_in_backups()
    again.check()
    assert "STICK" in {one.place for one in again.ask(list_copies)}
    again.lock()


def test_a_copy_keeps_the_journal_key_that_its_notes_are_sealed_with(tmp_path, stick) -> None:
    """Two copies of an older register were each given one; the newer passwords open only theirs."""
    golden = Path(__file__).parent.parent / "data" / "registers" / "version-2.gdprdesk"
    held = {}
    for name in ("here", "there"):
        folder = shutil.copytree(golden, tmp_path / f"{name}.gdprdesk")
        desk = Desk.unlock(folder, password=OF_GOLDEN, limits=CHEAP)
        held[name] = desk._vault.keys
        backup = desk.backup(stick).path
        desk.lock()
    assert held["here"].vault == held["there"].vault
    assert held["here"].journal != held["there"].journal
    opening = Opening("owner", OF_GOLDEN, CHEAP)
    Desk.restore(backup, tmp_path / "here.gdprdesk", opening=opening)
    again = Desk.unlock(tmp_path / "here.gdprdesk", password=OF_GOLDEN, limits=CHEAP)
    again.lock()
    assert again._vault.keys == held["there"]
