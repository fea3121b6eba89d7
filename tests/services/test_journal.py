"""The journal: sealed, signed, corrected beside the old, and read by way of the log."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.permissions import EVERYTHING, JOURNAL
from gdprdesk.domain.requests import Masking
from gdprdesk.domain.terms import NoteKind, ReadReason
from gdprdesk.exports.document import Document, Paragraph
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.journal import list_drafts, list_notes
from gdprdesk.services.journal_extract import export_journal, journal_report
from gdprdesk.services.journal_files import add_file, export_journal_file, read_file, remove_file
from gdprdesk.services.journal_reading import read_journal, read_note, search_journal
from gdprdesk.services.journal_templates import (
    add_template,
    add_usual_templates,
    change_template,
    list_templates,
    remove_template,
)
from gdprdesk.services.journal_traces import list_journal_traces
from gdprdesk.services.journal_writing import (
    add_to_note,
    correct_note,
    discard_draft,
    link_note,
    sign_note,
    write_note,
)
from gdprdesk.services.person_json import person_copy
from gdprdesk.services.reports.proofs import receipt_report
from gdprdesk.services.third_parties import others_in_journal
from gdprdesk.services.today import show_today
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, order, person
from tests.texts import read_pdf

THERAPY = replace(CAFE, name="Självro", trade="therapy")
CARE = ReadReason.CARE


@pytest.fixture(scope="session")
def _practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "test.gdprdesk"
    made, _key = Desk.create(folder, business=THERAPY, password=PASSWORD, limits=CHEAP)
    made.lock()
    return folder


@pytest.fixture
def _filled(_practice: Path) -> Path:
    """A practice that keeps a journal, in the place of the cafe."""
    return _practice


@pytest.fixture
def asa(desk: Desk) -> SubjectRef:
    return person(desk, "Åsa Öst")


def write(desk: Desk, ref: SubjectRef, text: str = "Hon sover dåligt.") -> RecordRef:
    return desk.run(write_note, subject_ref=ref, text=text)


def signed(desk: Desk, ref: SubjectRef, text: str = "Hon sover dåligt.") -> RecordRef:
    note = write(desk, ref, text)
    desk.run(sign_note, ref=note)
    return note


def texts(desk: Desk, ref: SubjectRef) -> list[str]:
    opened = desk.read(read_journal, subject_ref=ref, reason=CARE)
    return [one.text for one in opened.notes]


def log(desk: Desk) -> list[AuditEntry]:
    return desk.ask(lambda read: list(read.scalars(select(AuditEntry).order_by(AuditEntry.id))))


def test_a_draft_is_gone_on_with_and_signed(desk: Desk, asa: SubjectRef, clock: Clock) -> None:
    note = desk.run(write_note, subject_ref=asa, text=" Hon sover dåligt. ", minutes=50)
    clock.move(hours=1)
    assert desk.run(write_note, subject_ref=asa, ref=note, text="Hon sover illa.") == note
    (row,) = desk.ask(list_notes, subject_ref=asa)
    assert (row.kind, row.happened_on, row.minutes, row.is_signed) == (
        NoteKind.NOTE,
        TODAY,
        50,
        False,
    )
    assert row.written_at == "2026-11-21T13:00:00+00:00"
    assert (row.author, row.signer) == ("Maja Lind", "")
    clock.move(hours=1)
    desk.run(sign_note, ref=note)
    (row,) = desk.ask(list_notes, subject_ref=asa)
    assert (row.signer, row.signed_at) == ("Maja Lind", "2026-11-21T14:00:00+00:00")
    assert texts(desk, asa) == ["Hon sover illa."]


def test_what_is_signed_is_never_changed_again(desk: Desk, asa: SubjectRef) -> None:
    note = signed(desk, asa)
    with pytest.raises(DomainError, match="signed, so it stays as it is"):
        desk.run(write_note, subject_ref=asa, ref=note, text="Något annat.")
    with pytest.raises(DomainError, match="signed, so it stays as it is"):
        desk.run(discard_draft, ref=note)
    with pytest.raises(DomainError, match="signed already, by Maja Lind"):
        desk.run(sign_note, ref=note)
    assert texts(desk, asa) == ["Hon sover dåligt."]


def test_a_correction_leaves_the_old_text_to_be_read(
    desk: Desk, asa: SubjectRef, clock: Clock
) -> None:
    note = signed(desk, asa)
    clock.move(days=9)
    wrong = desk.run(correct_note, ref=note, text="Hon sover gott.")
    more = desk.run(add_to_note, ref=note, text="Ringde efteråt.")
    rows = {row.ref: row for row in desk.ask(list_notes, subject_ref=asa)}
    assert rows[note].corrected
    assert (rows[wrong].kind, rows[wrong].about) == (NoteKind.CORRECTION, note)
    assert (rows[more].kind, rows[more].about) == (NoteKind.ADDENDUM, note)
    assert rows[wrong].is_signed
    assert rows[wrong].happened_on == TODAY + timedelta(days=9)
    assert texts(desk, asa) == ["Ringde efteråt.", "Hon sover gott.", "Hon sover dåligt."]


def test_a_correction_can_be_a_draft_first(desk: Desk, asa: SubjectRef) -> None:
    note = signed(desk, asa)
    draft = desk.run(correct_note, ref=note, text="Hon sov", sign=False)
    assert not next(r for r in desk.ask(list_notes, subject_ref=asa) if r.ref == note).corrected
    desk.run(write_note, subject_ref=asa, ref=draft, text="Hon sov gott.")
    desk.run(sign_note, ref=draft)
    rows = {row.ref: row for row in desk.ask(list_notes, subject_ref=asa)}
    assert (rows[draft].kind, rows[note].corrected) == (NoteKind.CORRECTION, True)


def test_a_draft_is_changed_and_not_corrected(desk: Desk, asa: SubjectRef) -> None:
    note = write(desk, asa)
    for change in (correct_note, add_to_note):
        with pytest.raises(DomainError, match="still a draft"):
            desk.run(change, ref=note, text="Nej.")


def test_the_draft_of_a_colleague_is_hers_but_can_be_signed(
    desk: Desk, asa: SubjectRef, clock: Clock
) -> None:
    note = write(desk, asa)
    with UnitOfWork(desk._vault, clock) as work:
        work.session.scalars(select(JournalNote)).one().written_by = "Kim"
        work.commit("test.plant")
    with pytest.raises(DomainError, match="begun by Kim, so only Kim goes on"):
        desk.run(write_note, subject_ref=asa, ref=note, text="x")
    with pytest.raises(DomainError, match="begun by Kim, so only Kim goes on"):
        desk.run(discard_draft, ref=note)
    desk.run(sign_note, ref=note)
    (row,) = desk.ask(list_notes, subject_ref=asa)
    assert (row.author, row.signer) == ("Kim", "Maja Lind")


def test_a_thrown_away_draft_takes_its_files_and_comes_back_by_undo(
    desk: Desk, asa: SubjectRef, photo: Path
) -> None:
    note = write(desk, asa)
    file = desk.run(add_file, subject_ref=asa, path=photo, note_ref=note)
    desk.run(discard_draft, ref=note)
    assert desk.ask(list_notes, subject_ref=asa) == ()
    with pytest.raises(NotFoundError):
        desk.read(read_file, ref=file, reason=CARE)
    desk.undo()
    assert texts(desk, asa) == ["Hon sover dåligt."]
    assert desk.read(read_file, ref=file, reason=CARE).row.file_name == "sår.jpg"


def test_nothing_of_the_journal_is_undone_but_a_thrown_away_draft(
    desk: Desk, asa: SubjectRef, photo: Path
) -> None:
    desk.forget_undo()
    note = signed(desk, asa)
    desk.run(correct_note, ref=note, text="Nej.")
    desk.run(add_to_note, ref=note, text="Och mer.")
    desk.run(add_file, subject_ref=asa, path=photo)
    assert desk.undo_label is None


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_an_empty_note_is_no_note(desk: Desk, asa: SubjectRef, text: str) -> None:
    with pytest.raises(DomainError, match="Write the note first"):
        write(desk, asa, text)


def test_a_note_is_about_a_day_that_has_been_and_a_time_that_can_be(
    desk: Desk, asa: SubjectRef
) -> None:
    with pytest.raises(DomainError, match="yet to come"):
        desk.run(write_note, subject_ref=asa, text="x", happened_on=TODAY + timedelta(days=1))
    for minutes in (0, -5, 1441):
        with pytest.raises(DomainError, match="from 1 to 1440"):
            desk.run(write_note, subject_ref=asa, text="x", minutes=minutes)
    assert desk.ask(list_notes, subject_ref=asa) == ()


def test_a_note_belongs_to_a_booking_and_takes_its_day(desk: Desk, asa: SubjectRef) -> None:
    visit = order(desk, asa, what="Samtal", wanted_on=date(2026, 11, 18))
    later = order(desk, asa, what="Samtal", wanted_on=date(2026, 12, 2))
    note = desk.run(write_note, subject_ref=asa, text="x", booking_ref=visit)
    (row,) = desk.ask(list_notes, subject_ref=asa)
    assert (row.booking_ref, row.booking, row.happened_on) == (visit, "1001", date(2026, 11, 18))
    desk.run(link_note, ref=note, booking_ref=later)
    (row,) = desk.ask(list_notes, subject_ref=asa)
    assert (row.booking, row.happened_on) == ("1002", TODAY)
    desk.run(link_note, ref=note)
    (row,) = desk.ask(list_notes, subject_ref=asa)
    assert (row.booking_ref, row.booking) == (None, "")
    other = order(desk, person(desk, "Bo Berg"), what="Samtal")
    with pytest.raises(DomainError, match="somebody else's"):
        desk.run(link_note, ref=note, booking_ref=other)


def test_a_draft_of_another_journal_is_not_gone_on_with(desk: Desk, asa: SubjectRef) -> None:
    note = write(desk, asa)
    with pytest.raises(DomainError, match="somebody else's journal"):
        desk.run(write_note, subject_ref=person(desk, "Bo Berg"), ref=note, text="x")


def test_a_draft_that_nobody_signs_is_told_of(desk: Desk, asa: SubjectRef, clock: Clock) -> None:
    note = write(desk, asa)
    signed(desk, asa)
    assert desk.ask(list_drafts) == ()
    clock.move(days=3)
    (row,) = desk.ask(list_drafts)
    assert (row.ref, row.name) == (note, "Åsa Öst")
    assert [one.ref for one in desk.ask(show_today).journal_drafts] == [note]
    desk.run(stage_erasure, subject_ref=asa)
    assert desk.ask(list_drafts) == ()


# Reading


def test_each_reading_is_one_line_with_its_reason(
    desk: Desk, asa: SubjectRef, photo: Path, tmp_path: Path
) -> None:
    note = signed(desk, asa)
    file = desk.run(add_file, subject_ref=asa, path=photo)
    before = len(log(desk))
    desk.read(read_journal, subject_ref=asa, reason=CARE)
    desk.read(read_note, ref=note, reason=ReadReason.CLAIM)
    desk.read(read_file, ref=file, reason=ReadReason.CHECK)
    desk.read(export_journal_file, ref=file, to=tmp_path / "a.jpg", reason=ReadReason.REQUEST)
    lines = log(desk)[before:]
    assert [(one.action, one.reason) for one in lines] == [
        ("journal.read", ReadReason.CARE),
        ("journal.read_note", ReadReason.CLAIM),
        ("journal.read_file", ReadReason.CHECK),
        ("journal.export_file", ReadReason.REQUEST),
    ]
    refs = [set(json.loads(one.refs)) for one in lines]
    assert refs == [{asa, note, file}, {asa, note}, {asa, file}, {asa, file}]


def test_opening_an_empty_journal_is_logged_too(desk: Desk, asa: SubjectRef) -> None:
    assert texts(desk, asa) == []
    assert (log(desk)[-1].action, json.loads(log(desk)[-1].refs)) == ("journal.read", [asa])


# Searching


def test_a_search_finds_parts_of_words_however_they_are_spelt(desk: Desk, asa: SubjectRef) -> None:
    note = signed(desk, asa, "Hon har ont i knät. SÖMNEN är dålig.")
    bo = person(desk, "Bo Berg")
    other = signed(desk, bo, "Sömnlös i två veckor.")
    found = desk.read(search_journal, text="somn")
    assert [one.row.ref for one in found] == [other, note]
    assert [one.around[one.start : one.end] for one in found] == ["Sömn", "SÖMN"]
    assert [one.row.ref for one in desk.read(search_journal, text="sömn knät")] == [note]
    assert desk.read(search_journal, text="axel") == ()


def test_a_search_logs_whose_words_are_shown_and_no_word_of_it(desk: Desk, asa: SubjectRef) -> None:
    note, bo = signed(desk, asa, "Ont i knät."), person(desk, "Bo Berg")
    signed(desk, bo, "Mår bra.")
    desk.read(search_journal, text="knät")
    assert (log(desk)[-1].action, set(json.loads(log(desk)[-1].refs))) == (
        "journal.search",
        {asa, note},
    )
    assert desk.read(search_journal, text="knät", subject_ref=bo) == ()
    assert json.loads(log(desk)[-1].refs) == [bo]
    with pytest.raises(DomainError, match="Type a word"):
        desk.read(search_journal, text=" - ")
    assert not [one for one in log(desk) if "knät" in str(vars(one))]


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [("Læreren æra", "aera", "æra"), ("å" * 90 + "ßa", "ssa", "ßa"), ("ﬁnt", "fin", "ﬁn")],
)
def test_what_is_found_is_shown_where_it_stands(
    desk: Desk, asa: SubjectRef, text: str, word: str, shown: str
) -> None:
    signed(desk, asa, text)
    (one,) = desk.read(search_journal, text=word)
    assert one.around[one.start : one.end] == shown


# Files


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a phone takes it: lying on its side, and telling where and with what."""
    path = tmp_path / "sår.jpeg"
    picture, exif = Image.new("RGB", (60, 40), "red"), Image.Exif()
    exif[0x0112] = 6  # to be turned
    exif[0x010F] = "Telefonmakaren"
    exif.get_ifd(0x8825)[2] = (57.0, 52.0, 37.0)
    picture.save(path, exif=exif, comment=b"taget hemma hos henne")
    assert b"Telefonmakaren" in path.read_bytes()
    return path


def test_of_a_photo_only_the_picture_is_kept(desk: Desk, asa: SubjectRef, photo: Path) -> None:
    ref = desk.run(add_file, subject_ref=asa, path=photo)
    opened = desk.read(read_file, ref=ref, reason=CARE)
    assert (opened.row.file_name, opened.row.media_type) == ("sår.jpg", "image/jpeg")
    assert opened.row.size == len(opened.content)
    assert b"Telefonmakaren" not in opened.content
    assert b"taget hemma" not in opened.content
    with Image.open(BytesIO(opened.content)) as kept:
        assert not kept.getexif()
        assert kept.size == (40, 60)
        assert "comment" not in kept.info


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
def test_other_photos_become_png(
    desk: Desk, asa: SubjectRef, tmp_path: Path, kind: str, mode: str
) -> None:
    path = tmp_path / f"bild.{kind.lower()}"
    Image.new("RGBA", (5, 4), "blue").convert(mode).save(path, kind)
    opened = desk.read(read_file, ref=desk.run(add_file, subject_ref=asa, path=path), reason=CARE)
    assert (opened.row.file_name, opened.row.media_type) == ("bild.png", "image/png")
    with Image.open(BytesIO(opened.content)) as kept:
        assert (kept.format, kept.size) == ("PNG", (5, 4))


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"%PDF-1.7 ...", "fil.pdf", "application/pdf"),
        (b"ID3\x04 ...", "fil.mp3", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypM4A ... soun ...", "fil.m4a", "audio/mp4"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "fil.wav", "audio/wav"),
        (b"OggS ...", "fil.ogg", "audio/ogg"),
        (b"fLaC ...", "fil.flac", "audio/flac"),
    ],
)
def test_recordings_and_papers_are_kept_as_they_are(
    desk: Desk, tmp_path: Path, content: bytes, name: str, media_type: str
) -> None:
    (tmp_path / "fil.dat").write_bytes(content)
    ref = desk.run(add_file, subject_ref=person(desk), path=tmp_path / "fil.dat")
    opened = desk.read(read_file, ref=ref, reason=CARE)
    assert (opened.content, opened.row.media_type) == (content, media_type)
    assert opened.row.file_name == name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ a program", "takes photos"),
        (b"\x00\x00\x00\x20ftypisom vide soun", "takes photos"),
        (b"\x00\x00\x00\x20ftypheic", "takes photos"),
        (b"\x89PNG\r\n\x1a\n", "takes photos"),
        (b"", "takes photos"),
    ],
)
def test_anything_else_is_refused(
    desk: Desk, asa: SubjectRef, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(DomainError, match=said):
        desk.run(add_file, subject_ref=asa, path=tmp_path / "a")


def test_a_damaged_or_enormous_photo_is_refused(
    desk: Desk, asa: SubjectRef, photo: Path, tmp_path: Path
) -> None:
    whole = photo.read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DomainError, match="damaged"):
        desk.run(add_file, subject_ref=asa, path=tmp_path / "cut.jpg")
    Image.new("1", (20_000, 10_000)).save(tmp_path / "huge.png")
    with pytest.raises(DomainError, match="more dots"):
        desk.run(add_file, subject_ref=asa, path=tmp_path / "huge.png")


def test_a_file_of_the_journal_stays_and_that_of_a_draft_can_be_taken_out(
    desk: Desk, asa: SubjectRef, photo: Path
) -> None:
    note = write(desk, asa)
    file = desk.run(add_file, subject_ref=asa, path=photo, note_ref=note)
    assert desk.ask(list_notes, subject_ref=asa)[0].files == 1
    desk.run(remove_file, ref=file)
    assert desk.ask(list_notes, subject_ref=asa)[0].files == 0
    file = desk.run(add_file, subject_ref=asa, path=photo, note_ref=note)
    loose = desk.run(add_file, subject_ref=asa, path=photo)
    desk.run(sign_note, ref=note)
    with pytest.raises(DomainError, match="signed, so it stays"):
        desk.run(remove_file, ref=file)
    with pytest.raises(DomainError, match="part of the journal"):
        desk.run(remove_file, ref=loose)
    with pytest.raises(DomainError, match="signed, so it stays"):
        desk.run(add_file, subject_ref=asa, path=photo, note_ref=note)
    opened = desk.read(read_journal, subject_ref=asa, reason=CARE)
    assert [one.ref for one in opened.notes[0].files] == [file]
    assert [one.ref for one in opened.files] == [loose]


def test_a_file_belongs_to_an_entry_of_the_same_journal(
    desk: Desk, asa: SubjectRef, photo: Path
) -> None:
    with pytest.raises(DomainError, match="somebody else's journal"):
        desk.run(
            add_file, subject_ref=person(desk, "Bo Berg"), path=photo, note_ref=write(desk, asa)
        )


def test_a_file_can_be_saved_and_is_not_written_over(
    desk: Desk, asa: SubjectRef, photo: Path, tmp_path: Path
) -> None:
    file = desk.run(add_file, subject_ref=asa, path=photo)
    to = tmp_path / "ut.jpg"
    receipt = desk.read(export_journal_file, ref=file, to=to, reason=CARE)
    assert to.read_bytes() == desk.read(read_file, ref=file, reason=CARE).content
    assert (receipt.path, receipt.rows) == (to, 1)
    with pytest.raises(DomainError):
        desk.read(export_journal_file, ref=file, to=to, reason=CARE)


# Templates


def test_a_practice_begins_with_templates_and_has_its_own(desk: Desk) -> None:
    rows = desk.ask(list_templates)
    assert [one.name for one in rows] == ["Första besöket", "Återbesök"]
    assert rows[1].text.startswith("\nSedan sist:") or rows[1].text.startswith("Sedan sist:")
    ref = desk.run(add_template, name="Telefonsamtal", text="Vem ringde:")
    with pytest.raises(DomainError, match="another template of this name"):
        desk.run(add_template, name=" Återbesök ", text="x")
    with pytest.raises(DomainError, match="Write the note first"):
        desk.run(add_template, name="Tom", text=" ")
    desk.run(change_template, ref=ref, name="Telefonsamtal", text="Vad hon sa:")
    assert desk.ask(list_templates)[2].text == "Vad hon sa:"
    desk.run(remove_template, ref=rows[0].ref)
    assert desk.run(add_usual_templates) == 1
    assert {one.name for one in desk.ask(list_templates)} == {
        "Första besöket",
        "Återbesök",
        "Telefonsamtal",
    }
    desk.run(remove_template, ref=ref)
    with pytest.raises(NotFoundError):
        desk.run(change_template, ref=ref, name="x", text="x")


# What she is given


def test_her_journal_is_printed_with_what_was_corrected(
    desk: Desk, asa: SubjectRef, photo: Path, tmp_path: Path, clock: Clock
) -> None:
    note = desk.run(write_note, subject_ref=asa, text="Hon sover dåligt.\n\nÄter lite.", minutes=50)
    desk.run(add_file, subject_ref=asa, path=photo, note_ref=note)
    desk.run(sign_note, ref=note)
    clock.move(days=1)
    desk.run(correct_note, ref=note, text="Hon sover gott.")
    write(desk, asa, "Ett utkast.")
    before = len(log(desk))
    to = tmp_path / "journal.pdf"
    receipt = desk.read(export_journal, subject_ref=asa, to=to, language_code="en")
    assert [one.action for one in log(desk)[before:]] == ["journal.export"]
    text = " ".join(read_pdf(to).split())
    assert receipt.format == "pdf"
    wanted = ["Åsa Öst", "Note, 21 November 2026", "50 minutes", "Maja Lind, 21 Nov 2026"]
    wanted += ["Hon sover dåligt.", "Äter lite.", "sår.jpg", "This is the text as it was."]
    wanted += ["Correction, 22 November 2026", "Hon sover gott.", "Not signed: a draft"]
    wanted += ["Ett utkast."]
    places = [text.find(one) for one in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert text.index("Hon sover gott.") > text.index("Hon sover dåligt.")
    assert text.index("Hon sover gott.") < text.index("Ett utkast.")


def test_an_empty_journal_is_printed_as_empty(desk: Desk, asa: SubjectRef) -> None:
    shown = desk.read(journal_report, subject_ref=asa, reason=CARE, language_code="en")
    assert [one.heading for one in shown.sections] == ["Journal"]
    assert log(desk)[-1].action == "journal.report"


# Her copy of everything


def test_her_copy_has_her_journal_after_a_line_in_the_log(
    desk: Desk, asa: SubjectRef, photo: Path, tmp_path: Path
) -> None:
    note = signed(desk, asa)
    desk.run(add_file, subject_ref=asa, path=photo)
    before = len(log(desk))
    desk.run(export_person, subject_ref=asa, to=tmp_path / "copy.zip")
    lines = log(desk)[before:]
    assert [(one.action, one.reason) for one in lines] == [
        ("journal.read", ReadReason.REQUEST),
        ("export.person", None),
    ]
    assert note in lines[0].refs
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        copied = json.loads(packed.read("copy.json"))
        assert packed.read("files/sår.jpg").startswith(b"\xff\xd8")
    assert copied["records"]["journal_note"][0]["text"] == "Hon sover dåligt."
    assert copied["left_out"] == {}


def test_what_is_not_saved_leaves_the_journal_closed_and_says_so(
    desk: Desk, asa: SubjectRef
) -> None:
    signed(desk, asa)
    before = len(log(desk))
    copied = desk.ask(person_copy, subject_ref=asa)
    assert "journal_note" not in copied["records"]
    assert copied["left_out"] == {"journal_note": 1}
    assert len(log(desk)) == before


def test_a_calendar_opens_no_journal(desk: Desk, asa: SubjectRef, tmp_path: Path) -> None:
    signed(desk, asa)
    before = len(log(desk))
    desk.run(export_person, subject_ref=asa, to=tmp_path / "her.ics")
    assert [one.action for one in log(desk)[before:]] == ["export.person"]


def test_words_about_others_are_masked_in_her_journal_too(
    desk: Desk, asa: SubjectRef, tmp_path: Path
) -> None:
    note = signed(desk, asa, "Hon bråkar med Bo Berg och sin syster Ylva.")
    person(desk, "Bo Berg")
    (other,) = desk.read(others_in_journal, subject_ref=asa)
    assert (other.record, other.words, other.who) == (note, "Bo Berg", "Bo Berg")
    assert log(desk)[-1].action == "journal.others"
    mask = Masking(record=note, words="Ylva", reason="Systern vet inget.")
    desk.run(export_person, subject_ref=asa, to=tmp_path / "copy.json", masked=(mask,))
    copied = (tmp_path / "copy.json").read_text("utf-8-sig")
    assert "Ylva" not in copied
    assert "Hon bråkar med Bo Berg och sin syster [" in copied
    wrong = Masking(record=note, words="Kerstin", reason="Systern vet inget.")
    with pytest.raises(DomainError, match="does not stand in that record"):
        desk.run(export_person, subject_ref=asa, to=tmp_path / "b.json", masked=(wrong,))


# Erasing somebody whom journals of others speak of


def test_journals_that_speak_of_her_are_shown_before_she_is_erased(
    desk: Desk, asa: SubjectRef
) -> None:
    bo = person(desk, "Bo Berg")
    about_her = signed(desk, bo, "Bråkar med Åsa Östs familj. Hon heter Åsa Öst.")
    signed(desk, bo, "Mår bra.")
    signed(desk, asa, "Åsa Öst mår bra.")
    (one,) = desk.read(list_journal_traces, subject_ref=asa)
    assert (one.row.ref, one.row.name) == (about_her, "Bo Berg")
    assert "Åsa Öst" in one.around[one.start : one.end]
    assert set(json.loads(log(desk)[-1].refs)) == {asa, bo, about_her}


def test_an_erasure_says_that_journals_were_searched_and_stay(
    desk: Desk, asa: SubjectRef, clock: Clock
) -> None:
    bo = person(desk, "Bo Berg")
    signed(desk, bo, "Bråkar med Åsa Öst.")
    before = len(log(desk))
    staged = desk.run(stage_erasure, subject_ref=asa)
    assert dict(staged.searched)["journal_note"] == 1
    assert staged.found == 1
    assert [one.action for one in log(desk)[before:]] == [
        "journal.traces",
        "erasure.stage",
    ]
    clock.move(days=2)
    desk.finish()
    receipt = desk.ask(receipt_report, subject_ref=asa, language_code="en")
    assert "a signed entry is never changed" in words_of(receipt)
    assert texts(desk, bo) == ["Bråkar med Åsa Öst."]


def test_who_may_not_read_journals_says_so_in_the_receipt(
    desk: Desk, asa: SubjectRef, clock: Clock
) -> None:
    signed(desk, person(desk, "Bo Berg"), "Bråkar med Åsa Öst.")
    before = len(log(desk))
    with UnitOfWork(desk._vault, clock, EVERYTHING - JOURNAL) as work:
        stage_erasure(work, subject_ref=asa)
        work.commit("erasure.stage")
    assert [one.action for one in log(desk)[before:]] == ["erasure.stage"]
    receipt = desk.ask(receipt_report, subject_ref=asa, language_code="en")
    assert "Not searched: the journals of others" in words_of(receipt)


def words_of(document: Document) -> str:
    blocks = [block for section in document.sections for block in section.blocks]
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))
