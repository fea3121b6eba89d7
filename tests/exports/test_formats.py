import subprocess
import sys

import pytest

from gdprdesk.exports import CSV, FORMATS, JSON_TABLE, PDF, XLSX
from gdprdesk.exports.document import Format
from tests.exports.samples import document, everything, sales

HEAVY = ("reportlab", "xlsxwriter", "pypdfium2", "pyzipper", "openpyxl", "babel")
BEGINNINGS = {"pdf": b"%PDF-", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}


def test_the_formats_are_listed():
    assert FORMATS == (PDF, XLSX, CSV, JSON_TABLE)
    assert [one.suffix for one in FORMATS] == [".pdf", ".xlsx", ".csv", ".json"]


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
