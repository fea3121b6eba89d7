"""Notes, files kept inside the register, and half-written forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Channel
from gdprdesk.services.files import export_attachment
from gdprdesk.services.notes import (
    add_attachment,
    add_note,
    list_attachments,
    load_draft,
    read_attachment,
    remove_attachment,
    save_draft,
    update_note,
)
from gdprdesk.services.persons import show_subject
from gdprdesk.services.subjects import list_subjects
from tests.builders import Clock, person, reopened
from tests.pages import decrypted_pages, vault_key

MEGABYTE = 1 << 20


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    return person(desk)


def pages(desk: Desk) -> bytes:
    desk.rest()
    return decrypted_pages(desk.folder, vault_key(desk.folder))


def log_lines(desk: Desk) -> int:
    count = desk.ask(lambda read: read.scalar(select(func.count()).select_from(AuditEntry)))
    assert count
    return count


def test_a_note_is_written_found_changed_and_taken_away(desk: Desk, karin: SubjectRef) -> None:
    ref = desk.run(add_note, subject_ref=karin, text=" Gillar marsipan ", channel=Channel.PHONE)
    (row,) = desk.ask(show_subject, subject_ref=karin).history
    assert (row.title, row.channel) == ("Gillar marsipan", Channel.PHONE)
    assert desk.ask(list_subjects, search="marsi").total == 1
    desk.run(update_note, ref=ref, text="Gillar nougat")
    assert desk.ask(list_subjects, search="marsi").total == 0
    desk.run(update_note, ref=ref, text=" ")
    assert desk.ask(show_subject, subject_ref=karin).history == ()
    with pytest.raises(DomainError, match="Write the note first"):
        desk.run(add_note, subject_ref=karin, text=" ")


def test_a_note_that_was_taken_away_leaves_no_trace(desk: Desk, karin: SubjectRef) -> None:
    ref = desk.run(add_note, subject_ref=karin, text="Zebratårta")
    desk.run(update_note, ref=ref, text="")
    desk.finish()
    assert "Zebratårta".encode() not in pages(desk)


def test_a_file_lives_in_the_register_and_nowhere_else(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    file = tmp_path / "Räksmörgås.png"
    file.write_bytes(b"planted-picture" * 1000)
    ref = desk.run(add_attachment, subject_ref=karin, path=file)
    file.unlink()
    (row,) = desk.ask(list_attachments, subject_ref=karin)
    assert (row.file_name, row.media_type, row.size) == ("Räksmörgås.png", "image/png", 15_000)
    assert desk.ask(read_attachment, ref=ref).content == b"planted-picture" * 1000
    assert b"planted-picture" in pages(desk)
    for path in desk.folder.rglob("*"):
        assert not path.is_file() or b"planted-picture" not in path.read_bytes()
    copied = tmp_path / "copy.png"
    desk.run(export_attachment, ref=ref, to=copied)
    assert copied.read_bytes() == b"planted-picture" * 1000


def test_a_removed_file_leaves_nothing(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"planted-picture" * 100_000)
    ref = desk.run(add_attachment, subject_ref=karin, path=file)
    full = (desk.folder / "register.db").stat().st_size
    desk.run(remove_attachment, ref=ref)
    desk.finish()
    assert b"planted-picture" not in pages(desk)
    assert (desk.folder / "register.db").stat().st_size < full + 100_000
    assert desk.check().ok


@pytest.mark.parametrize(("size", "fits"), [(25 * MEGABYTE, True), (25 * MEGABYTE + 1, False)])
def test_a_file_has_at_most_25_megabytes(
    desk: Desk, karin: SubjectRef, tmp_path: Path, size: int, fits: bool
) -> None:
    file = tmp_path / "film.mp4"
    with file.open("wb") as opened:
        opened.truncate(size)
    if fits:
        desk.run(add_attachment, subject_ref=karin, path=file)
    else:
        with pytest.raises(DomainError, match="larger than 25 MB"):
            desk.run(add_attachment, subject_ref=karin, path=file)
    assert len(desk.ask(list_attachments, subject_ref=karin)) == fits


def test_a_file_that_is_not_there_is_said(desk: Desk, karin: SubjectRef, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(DomainError, match="cannot be read"):
            desk.run(add_attachment, subject_ref=karin, path=path)


def test_a_half_written_form_survives_the_lock(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    lines = log_lines(desk)
    desk.run(save_draft, form="person", entered={"name": "Ås"})
    desk.run(save_draft, form="person", entered={"name": "Åsa"})
    desk.run(save_draft, form="order", entered={"what": "Tårta"}, subject_ref=karin)
    assert log_lines(desk) == lines
    with reopened(desk, clock) as later:
        assert later.ask(load_draft, form="person") == {"name": "Åsa"}
        assert later.ask(load_draft, form="order", subject_ref=karin) == {"what": "Tårta"}
        assert later.ask(load_draft, form="order") == {}
        later.run(save_draft, form="person", entered={})
        assert later.ask(load_draft, form="person") == {}
        assert later.check().ok


def test_a_half_written_form_is_forgotten_after_seven_days(desk: Desk, clock: Clock) -> None:
    desk.run(save_draft, form="person", entered={"name": "Zebra"})
    clock.move(days=7)
    desk.finish()
    assert desk.ask(load_draft, form="person") == {"name": "Zebra"}
    clock.move(days=1)
    desk.finish()
    assert desk.ask(load_draft, form="person") == {}
    assert b"Zebra" not in pages(desk)
