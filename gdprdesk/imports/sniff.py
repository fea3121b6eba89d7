"""What a file is, by its content: its name may say anything."""

from __future__ import annotations

import zipfile
from pathlib import Path

from gdprdesk.i18n import N_, _
from gdprdesk.imports.source import SAVE_AS, FileFormat, damaged, refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_KINDS = (
    (
        "EncryptedPackage",
        N_("The workbook is protected by a password."),
        N_("Open it in Excel, remove the password, save it, and try again."),
    ),
    ("WordDocument", N_("This is a Word document, not a list."), SAVE_AS),
    ("Workbook", N_("This is a workbook in the old Excel format (.xls)."), SAVE_AS),
    ("Book", N_("This is a workbook in the old Excel format (.xls)."), SAVE_AS),
)
_PARTS = (
    ("xl/workbook.bin", N_("This is a binary Excel workbook (.xlsb).")),
    ("word/document.xml", N_("This is a Word document, not a list.")),
    ("ppt/presentation.xml", N_("This is a presentation, not a list.")),
    ("Index/Document.iwa", N_("This is a file from Numbers.")),
    ("Index.zip", N_("This is a file from Numbers.")),
    ("content.xml", N_("This is a file from LibreOffice or OpenOffice.")),
)
_BEGINNINGS = (
    (b"%PDF", N_("This is a PDF, where a list cannot be read safely.")),
    (b"\x89PNG", N_("This is a picture, not a list.")),
    (b"\xff\xd8\xff", N_("This is a picture, not a list.")),
    (b"GIF8", N_("This is a picture, not a list.")),
    (b"{\\rtf", N_("This is a text document, not a list.")),
    (b"<", N_("This is a web page or another file for programs, not a list.")),
)
_BEGIN_FORMATS = (
    (b"BEGIN:VCARD", FileFormat.VCARD),
    (b"BEGIN:VCALENDAR", FileFormat.CALENDAR),
    (b"{", FileFormat.JSON),
    (b"[", FileFormat.JSON),
)
_ENOUGH = 64


def recognise(path: Path) -> FileFormat:
    """Return what kind of list the file is, or say what else it is.

    Raises:
        UnreadableFileError: it is neither, with what it is and what to do.
    """
    with path.open("rb") as opened:
        beginning = opened.read(_ENOUGH)
    if beginning.startswith(_OLE):
        _refuse_old_office(path)
    if beginning.startswith(_ZIP):
        _refuse_unless_workbook(path)
        return FileFormat.XLSX
    plain = beginning.translate(None, b"\0\xef\xbb\xbf\xfe\xff").lstrip().upper()
    if not plain.startswith(b"{\\RTF"):
        for mark, found in _BEGIN_FORMATS:
            if plain.startswith(mark):
                return found
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, sentence in _BEGINNINGS:
        if text.upper().startswith(mark.upper()):
            raise refusal(_(sentence), _(SAVE_AS))
    return FileFormat.CSV


def _refuse_old_office(path: Path) -> None:
    content = path.read_bytes()
    for entry, sentence, advice in _OLE_KINDS:
        if entry.encode("utf-16-le") in content:
            raise refusal(_(sentence), _(advice))
    raise refusal(_("This file is not a list that can be read."), _(SAVE_AS))


def _refuse_unless_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise damaged() from error
    if "xl/workbook.xml" in names:
        return
    for part, sentence in _PARTS:
        if part in names:
            raise refusal(_(sentence), _(SAVE_AS))
    raise refusal(
        _("This is a packed folder (zip)."),
        _("Unpack it, and choose the list inside it."),
    )
