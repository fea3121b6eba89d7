import subprocess
import sys

import pytest

from gdprdesk.exports import CSV, DOCX, FORMATS, HTML, JSON_TABLE, MARKDOWN, PDF, XLSX
from gdprdesk.exports.document import Format
from tests.exports.samples import document, everything, sales

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


def test_the_formats_are_listed():
    assert FORMATS == (PDF, XLSX, CSV, JSON_TABLE, DOCX, HTML, MARKDOWN)
    assert [one.suffix for one in FORMATS] == [f".{one.key}" for one in FORMATS]
    assert {one.key for one in FORMATS} == set(BEGINNINGS)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.key)
@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_each_writes_each_document(one: Format, language: str):
    for report in (everything(language), document(sales(30), language=language)):
        assert one.render(report).startswith(BEGINNINGS[one.key])


def test_heavy_libraries_wait_until_they_are_needed():
    check = f"import gdprdesk.exports, sys; print(*(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", check], check=True, capture_output=True, text=True
    )
    assert not done.stdout.strip()
