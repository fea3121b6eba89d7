import io
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from gdprdesk.exports import CSV, DOCX, FORMATS, HTML, JSON_TABLE, MARKDOWN, PDF, XLSX
from gdprdesk.exports.document import Document, Format
from tests.exports.samples import document, everything, notice, pages, sales, saying, words

HEAVY = ("reportlab", "xlsxwriter", "pypdfium2", "pyzipper", "openpyxl", "babel", "docx", "lxml")
BEGINNINGS = {
    "pdf": b"%PDF-",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
    "docx": b"PK",
    "html": b"<!DOCTYPE html>",
    "md": b"# ",
}


def _text(one: Format, report: Document) -> str:
    """Return what a file says, without spaces and separators of thousands."""
    content = one.render(report)
    if one is PDF:
        said = pages(content)
    elif one is XLSX:
        book = openpyxl.load_workbook(io.BytesIO(content))
        said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    elif one is DOCX:
        said = [str(part.text) for part in docx.Document(io.BytesIO(content)).element.body.iter()]
    else:
        said = [content.decode("utf-8")]
    return words(" ".join(said)).replace(",", "")


def test_the_formats_are_listed():
    assert FORMATS == (PDF, XLSX, CSV, JSON_TABLE, DOCX, HTML, MARKDOWN)
    assert [one.suffix for one in FORMATS] == [f".{one.key}" for one in FORMATS]
    assert {one.key for one in FORMATS} == set(BEGINNINGS)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.key)
@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_each_writes_each_document(one: Format, language: str):
    for report in (
        everything(language),
        notice(language),
        document(sales(30), language=language),
    ):
        assert one.render(report).startswith(BEGINNINGS[one.key])


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.key)
def test_each_says_every_word(one: Format):
    text = _text(one, notice())
    for said in ("We keep little.", "Copy", "at once", "Why and how long", "Orders", "Six months"):
        assert words(said) in text
    for said in ("Newsletter", "Only if you said yes.", "2482", "Nyhetsbrev", "Small", "7KQ4M"):
        assert words(said) in text


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.key)
def test_each_can_say_nothing_at_all(one: Format):
    assert one.render(saying(""))


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.key)
def test_nothing_is_written_beside_the_file(one: Format, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    monkeypatch.chdir(tmp_path)
    assert one.render(document(sales(300)))
    assert not list(tmp_path.iterdir())


def test_heavy_libraries_wait_until_they_are_needed():
    check = f"import gdprdesk.exports, sys; print(*(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", check], check=True, capture_output=True, text=True
    )
    assert not done.stdout.strip()
