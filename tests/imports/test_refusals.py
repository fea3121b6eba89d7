"""Files that are no list, are broken, or are made to harm: a sentence each, and soon."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.i18n import language
from gdprdesk.imports import Limits, read_grid
from gdprdesk.imports.child import parse
from gdprdesk.imports.source import USUAL_LIMITS
from gdprdesk.jobs import SILENT, Cancelled, Progress
from tests.imports.builders import (
    DATA,
    HEADER,
    HEADING_AND_ONE,
    csv_bytes,
    customers,
    million_rows_of_xml,
    pack,
    save_by_openpyxl,
    workbook_parts,
)

SOON = 5.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.xlsx"


@pytest.fixture(autouse=True)
def _in_a_moment_and_with_no_process_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def refused(path: Path, *, limits: Limits = USUAL_LIMITS, progress: Progress = SILENT) -> str:
    """Return the sentence, and see that it came soon."""
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError) as caught:
        read_grid(path, limits=limits, progress=progress)
    assert time.monotonic() - begun < SOON
    sentence = str(caught.value)
    assert sentence.endswith("Nothing was taken in.")
    return sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "not a list"),
        (b"\xef\xbb\xbf  <html><table><tr><td>Namn", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "web page"),
        (b"{\\rtf1\\ansi Namn}", "text document"),
        (b"BEGIN:VCARD\r\nFN:Bo\r\n", "No card in this address book can be read"),
        (b"PK\x03\x04" + bytes(60), "damaged"),
        (b"Namn;Ort\r\n" + b"Bo;Lund\r\n" * 50 + b"\x00", "not a list"),
        (b"Namn;Ort\x01\x02;Bo;Lund", "not a list"),
        (b"\xff\xfeN\x00a\x00m\x00\xd8", "damaged"),
        (b"Namn;Ort\r\n", "no list in the file"),
        (b";;;\r\n\r\n", "no list in the file"),
        (b"Namn;Ort\r\nBo;" + b"x" * 100_001, "B2"),
    ],
)
def test_what_is_no_list_is_named(path, content, words) -> None:
    path.write_bytes(content)
    assert words in refused(path)


@pytest.mark.parametrize(
    ("name", "words"), [("old_excel.xls", r"(.xls)"), ("password.xlsx", "password")]
)
def test_workbooks_that_cannot_be_read_are_named(name, words) -> None:
    assert words in refused(DATA / name)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("content.xml", "LibreOffice"),
        ("Index/Document.iwa", "Numbers"),
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", "Word"),
        ("subscribed.csv", "Unpack it"),
    ],
)
def test_other_packed_files_are_named(path, part, words) -> None:
    assert words in refused(pack(path, {part: b"x"}))


def test_the_sentence_is_in_the_language_of_the_screen() -> None:
    path = DATA / "old_excel.xls"
    with language("sv"), pytest.raises(UnreadableFileError) as here:
        parse(path, limits=USUAL_LIMITS)
    with language("sv"), pytest.raises(UnreadableFileError) as from_the_process:
        read_grid(path)
    assert str(from_the_process.value) == str(here.value)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path) -> None:
    assert "folder" in refused(tmp_path)
    assert "not there" in refused(tmp_path / "gone.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_file_that_never_ends_is_not_opened(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in refused(tmp_path / "pipe")


def test_a_file_beyond_the_size_limit_is_not_read(path) -> None:
    with path.open("wb") as opened:
        opened.truncate(51 * 1024 * 1024)
    assert "larger than 50 MB" in refused(path)


def test_a_zip_bomb_is_refused_by_what_it_claims(path) -> None:
    parts = workbook_parts() | {"xl/media/image1.png": bytes(30 * 1024 * 1024)}
    assert "far too large" in refused(pack(path, parts))


def test_a_bomb_beside_a_large_picture_is_refused(path) -> None:
    picture = os.urandom(1024 * 1024)
    bomb = bytes(30 * 1024 * 1024)
    parts = workbook_parts() | {"xl/media/image1.png": picture, "xl/styles.xml": bomb}
    assert "far too large" in refused(pack(path, parts))


def test_parts_that_are_large_together_are_refused(path) -> None:
    pack(path, workbook_parts())
    assert "far too large" in refused(path, limits=Limits(unpacked_bytes=1_000))


def test_a_workbook_in_a_sealed_zip_is_refused(path) -> None:
    pack(path, workbook_parts())
    plain, sealed = b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    path.write_bytes(path.read_bytes().replace(plain, sealed))
    assert "password" in refused(path)


def test_the_strict_kind_of_workbook_is_named(path) -> None:
    parts = workbook_parts()
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    strictly = {name: part.replace(usual, strict) for name, part in parts.items()}
    assert "Strict Open XML" in refused(pack(path, strictly))


def test_more_than_two_thousand_parts_are_refused(path) -> None:
    parts = workbook_parts() | {f"xl/media/{number}.png": b"x" for number in range(2_000)}
    assert "far too large" in refused(pack(path, parts))


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
def test_xml_that_defines_entities_is_refused(path, part, code) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'
    parts = workbook_parts()
    xml = parts[part].decode().replace('<?xml version="1.0"?>', "").replace("Åsa", "&l9;")
    parts[part] = f'<?xml version="1.0" encoding="{code}"?>{bomb}{xml}'.encode(code)
    assert "no spreadsheet program writes" in refused(pack(path, parts))


def test_xml_that_fetches_another_file_is_refused(path, tmp_path) -> None:
    (tmp_path / "secret").write_text("hemligt")
    fetching = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    rows = '<row><c t="inlineStr"><is><t>&s;</t></is></c></row>'
    parts = workbook_parts(rows, prologue=" " * 70_000 + fetching)
    assert "damaged" in refused(pack(path, parts))


def test_the_xml_library_is_the_safe_one() -> None:
    assert openpyxl.DEFUSEDXML


def test_a_cell_at_the_far_corner_of_the_sheet_is_refused(path) -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    parts = workbook_parts(HEADING_AND_ONE + corner, dimension='<dimension ref="A1:XFD1048576"/>')
    assert "more than 100000 rows" in refused(pack(path, parts))


def test_a_row_number_that_no_sheet_has_is_refused(path) -> None:
    rows = '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'
    assert "more than 100000 rows" in refused(pack(path, workbook_parts(rows)))


def test_a_million_rows_are_refused_soon(path) -> None:
    pack(path, workbook_parts(million_rows_of_xml()))
    assert "more than 100000 rows" in refused(path)
    path.write_bytes(b"Namn;Ort\r\n" + b"Bo;Lund\r\n" * 1_000_000)
    assert "more than 100000 rows" in refused(path)


def test_each_limit_has_its_sentence(path) -> None:
    path.write_bytes(csv_bytes([HEADER, *customers(9)]))
    assert "Row 1 has more than 7 columns" in refused(path, limits=Limits(columns=7))
    assert "more than 9 rows" in refused(path, limits=Limits(rows=9))
    assert "The cell H1" in refused(path, limits=Limits(cell_characters=5))
    assert "holds too much" in refused(path, limits=Limits(cells=79))
    assert "holds too much" in refused(path, limits=Limits(characters=200))
    assert len(read_grid(path, limits=Limits(rows=10, columns=8, cells=80)).rows) == 9


def test_a_very_long_cell_is_no_quotation_mark(path) -> None:
    path.write_bytes(b"Namn;Ort\r\nBo;Lund\r\nAda;" + b"x" * 150_000)
    assert "A cell in line 3 of the file holds more than 100000 letters" in refused(path)
    path.write_bytes(b'Namn;Ort\r\nBo;Lund\r\nAda;"' + b"x\r\n" * 50_000)
    assert "A quotation mark in line 3 of the file" in refused(path)


def test_a_list_that_takes_too_long_is_stopped(path) -> None:
    path.write_bytes(csv_bytes([HEADER, *customers(90_000)]))
    assert "takes too long" in refused(path, limits=Limits(seconds=0.01))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to such a limit")
def test_a_list_that_needs_too_much_memory_is_stopped(path) -> None:
    path.write_bytes(csv_bytes([HEADER, *customers(90_000)]))
    assert "memory" in refused(path, limits=Limits(memory_bytes=96 * 1024 * 1024))


class _Acting:
    """A progress that does something once the reading is on its way."""

    def __init__(self, act) -> None:
        self.steps: list[tuple[int, int]] = []
        self._act = act

    def step(self, done: int, total: int, text: str = "") -> None:  # noqa: ARG002
        self.steps.append((done, total))
        if done:
            self._act()


def test_progress_is_told_and_the_user_can_stop(path) -> None:
    def stop() -> None:
        raise Cancelled

    path.write_bytes(csv_bytes([HEADER, *customers(2_000)]))
    watching = _Acting(lambda: None)
    read_grid(path, progress=watching)
    assert watching.steps[-1] == (2_000, 2_002)
    with pytest.raises(Cancelled):
        read_grid(path, progress=_Acting(stop))


def test_the_death_of_the_reading_process_is_a_sentence(path) -> None:
    def kill() -> None:
        for child in multiprocessing.active_children():
            child.kill()

    save_by_openpyxl(path, [HEADER, *customers(9_000)])
    assert "damaged, or needs more memory" in refused(path, progress=_Acting(kill))


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "list"


def grid_or_sentence(path: Path) -> None:
    """See that a file gives one or the other and nothing else."""
    with suppress(UnreadableFileError):
        grid = parse(path, limits=USUAL_LIMITS)
        assert {len(row) for row in grid.rows} == {len(grid.header)}


@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=300))
def test_random_bytes_give_a_grid_or_a_sentence(fuzzed, content) -> None:
    fuzzed.write_bytes(content)
    grid_or_sentence(fuzzed)


@settings(deadline=None, max_examples=300)
@given(content=st.text("abÅ;,\t\"'=\n\r\x1a\x0b\x1c\u2028\x85", max_size=60))
def test_odd_text_gives_a_grid_or_a_sentence(fuzzed, content) -> None:
    fuzzed.write_text(content, encoding="utf-8", newline="")
    grid_or_sentence(fuzzed)


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, doubled or lost."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed))
        kind = chance.randrange(3)
        if kind == 0:
            changed[place] = chance.randrange(256)
        elif kind == 1:
            del changed[place : place + chance.randint(1, 40)]
        else:
            changed[place:place] = changed[place : place + chance.randint(1, 40)]
    return bytes(changed)


@settings(deadline=None, max_examples=200)
@given(chance=st.randoms(use_true_random=False))
@pytest.mark.parametrize(
    "name", ["excel_windows.csv", "libreoffice.xlsx", "old_excel.xls", "password.xlsx"]
)
def test_files_with_broken_bytes_give_a_grid_or_a_sentence(fuzzed, name, chance) -> None:
    fuzzed.write_bytes(_mutated((DATA / name).read_bytes(), chance))
    grid_or_sentence(fuzzed)


@settings(deadline=None, max_examples=200)
@given(chance=st.randoms(use_true_random=False))
def test_workbooks_with_broken_parts_give_a_grid_or_a_sentence(fuzzed, chance) -> None:
    with zipfile.ZipFile(DATA / "libreoffice.xlsx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    part = chance.choice(sorted(parts))
    pack(fuzzed, parts | {part: _mutated(parts[part], chance)})
    grid_or_sentence(fuzzed)
