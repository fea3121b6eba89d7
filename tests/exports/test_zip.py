import io
import zipfile
from datetime import UTC, datetime

import pytest
import pyzipper
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports.zip_file import pack

MADE = datetime(2026, 11, 21, 9, 24, 30, tzinfo=UTC)
PASSWORD = "hemligt åäö 😀"  # noqa: S105


def _names(*names: str) -> list[str]:
    content = pack([(name, b"x") for name in names], made_at=MADE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_files_come_out_as_they_went_in():
    files = [("kopia.pdf", b"%PDF"), ("bilagor/åäö.jpg", bytes(range(256)) * 99)]
    content = pack(files, made_at=MADE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [(entry, archive.read(entry)) for entry in archive.namelist()] == files
        local = MADE.astimezone()
        assert {entry.date_time for entry in archive.infolist()} == {
            (2026, local.month, local.day, local.hour, local.minute, 30)
        }
    assert pack(files, made_at=MADE) == content


def test_a_protected_file_opens_with_its_password_only():
    content = pack([("kopia.txt", b"Maria Lind")], password=PASSWORD, made_at=MADE)
    assert b"Maria Lind" not in content
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        assert archive.read("kopia.txt", pwd=PASSWORD.encode()) == b"Maria Lind"
        assert archive.infolist()[0].wz_aes_strength == pyzipper.zipfile_aes.WZ_AES_V1 + 2
        for wrong in (None, b"wrong", b""):
            with pytest.raises(RuntimeError):
                archive.read("kopia.txt", pwd=wrong)


def test_an_empty_password_is_no_protection_and_refused():
    with pytest.raises(DomainError, match="password is empty"):
        pack([("a", b"x")], password="", made_at=MADE)


def test_no_name_leads_out_of_the_folder():
    assert _names("../../etc/passwd", "/abs", "C:\\Windows\\x.dll", "..", "a/./../b") == [
        "etc/passwd",
        "abs",
        "C_/Windows/x.dll",
        "file",
        "a/b",
    ]


def test_no_name_is_one_that_windows_keeps():
    assert _names("con", "NUL.txt", "Lpt1.pdf", "console.txt", "end. ", 'a<b>:"|?*c') == [
        "_con",
        "_NUL.txt",
        "_Lpt1.pdf",
        "console.txt",
        "end",
        "a_b______c",
    ]


def test_names_differ_for_systems_that_ignore_case():
    assert _names("Åsa.pdf", "åsa.PDF", "A\u030asa.pdf", "note", "NOTE") == [
        "Åsa.pdf",
        "åsa (2).PDF",
        "Åsa (3).pdf",
        "note",
        "NOTE (2)",
    ]


def test_a_long_name_keeps_its_ending():
    (name,) = _names("x" * 300 + ".pdf")
    assert len(name) == 120
    assert name.endswith(".pdf")


@given(st.lists(st.text(st.characters(), max_size=40), max_size=6))
def test_any_names_make_a_sound_zip(names: list[str]):
    content = pack([(name, name.encode("utf-8", "replace")) for name in names], made_at=MADE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.namelist()
        assert archive.testzip() is None
    assert len({name.casefold() for name in written}) == len(names)
    for name in written:
        assert name
        assert not name.startswith("/")
        assert not {"..", "", "."} & set(name.split("/"))


def test_a_date_before_zip_knows_dates_is_its_first():
    content = pack([("a", b"x")], made_at=datetime(1975, 5, 6, 12, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.infolist()[0].date_time[:3] == (1980, 5, 6)
