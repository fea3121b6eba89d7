"""Files that open with their password only, read by the libraries that others read them with."""

from __future__ import annotations

import io
import sys

import msoffcrypto
import openpyxl
import pytest
import pyzipper
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports import CSV, DOCX, PDF, XLSX, Format
from gdprdesk.exports.protect import protected
from tests.builders import NOON
from tests.exports.samples import everything

EVERYTHING = everything()

WORDS = "tavilo-kemura"


def _sealed(of: Format, name: str, password: str = WORDS) -> bytes:
    return protected(of.render(EVERYTHING), name, of.suffix, password, made_at=NOON)


@pytest.mark.parametrize(("of", "name"), [(XLSX, "a.xlsx"), (DOCX, "a.docx")])
def test_an_office_file_opens_with_its_password_and_no_other(of: Format, name: str) -> None:
    sealed = _sealed(of, name)
    assert sealed[:4] == b"\xd0\xcf\x11\xe0"  # a compound file: what Office shows a prompt for
    file, opened = msoffcrypto.OfficeFile(io.BytesIO(sealed)), io.BytesIO()
    file.load_key(password=WORDS, verify_password=True)
    file.decrypt(opened, verify_integrity=True)
    assert opened.getvalue()[:2] == b"PK"
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        file.load_key(password=WORDS.upper(), verify_password=True)


def test_a_workbook_is_the_same_behind_its_password() -> None:
    file, opened = msoffcrypto.OfficeFile(io.BytesIO(_sealed(XLSX, "a.xlsx"))), io.BytesIO()
    file.load_key(password=WORDS)
    file.decrypt(opened)
    assert openpyxl.load_workbook(opened).sheetnames


def test_a_pdf_opens_with_its_password_and_no_other() -> None:
    sealed = _sealed(PDF, "a.pdf")
    shut = PdfReader(io.BytesIO(sealed))
    with pytest.raises(FileNotDecryptedError):
        shut.pages[0].extract_text()
    opened = PdfReader(io.BytesIO(sealed), password=WORDS)
    assert EVERYTHING.title in opened.pages[0].extract_text()
    assert b"/AESV3" in sealed  # AES with 256 bits


def test_whatever_has_no_password_of_its_own_goes_into_a_zip() -> None:
    with pytest.raises(DomainError, match=r"Let its name end in \.zip"):
        _sealed(CSV, "a.csv")
    with pyzipper.AESZipFile(io.BytesIO(_sealed(CSV, "list.ZIP"))) as archive:
        archive.setpassword(WORDS.encode())
        assert archive.namelist() == ["list.csv"]
        assert archive.read("list.csv") == CSV.render(EVERYTHING)
    with pyzipper.AESZipFile(io.BytesIO(_sealed(CSV, "list.zip"))) as archive:
        archive.setpassword(b"another word")
        with pytest.raises(RuntimeError, match="Bad password"):
            archive.read("list.csv")


def test_a_password_that_is_soon_guessed_is_refused() -> None:
    with pytest.raises(DomainError, match="at least 10"):
        _sealed(XLSX, "a.xlsx", "short")


@pytest.mark.parametrize(("missing", "of"), [("msoffcrypto.format.ooxml", XLSX), ("pypdf", PDF)])
def test_without_the_extra_a_sentence_offers_the_zip(
    missing: str, of: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(DomainError, match=r"not installed.*end in \.zip"):
        _sealed(of, f"a{of.suffix}")
    assert _sealed(of, "a.zip")
