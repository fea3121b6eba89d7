"""What a workbook claims to hold, looked at before any of it is parsed."""

from __future__ import annotations

import re
import zipfile

from gdprdesk.i18n import _
from gdprdesk.imports.source import SAVE_AS, Limits, refusal
from gdprdesk.imports.table import too_many_rows

_CHUNK = 256 * 1024
_PROLOGUE = 64 * 1024
_SMALL_PART = 1024 * 1024
_ENCRYPTED = 0x1
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_ROW = re.compile(rb"<(?:\w{1,8}:)?row[\s>]")
_LONGEST_MARK = 16


def check_package(packed: zipfile.ZipFile, limits: Limits) -> int:
    """Refuse a workbook that is made to harm or is too large; return its rows with something in.

    Args:
        packed: the workbook, opened as the zip file it is.
        limits: what is allowed.

    Raises:
        UnreadableFileError: its parts claim too much, are sealed, hold definitions of their own
            (entities that grow without end or fetch other files), or a sheet has too many rows.
    """
    parts = packed.infolist()
    _check_sizes(parts, limits)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise refusal(_("The workbook is protected by a password."), _(SAVE_AS))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_prologue(packed, part)
    sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
    return max((_count_rows(packed, part, limits) for part in sheets), default=0)


def _check_sizes(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > max(_SMALL_PART, limits.ratio * part.compress_size) for part in parts
    )
    if len(parts) > limits.entries or unpacked > limits.unpacked_bytes or swollen:
        raise refusal(
            _("The workbook would become far too large when it is unpacked."),
            _("Copy the list alone into a new workbook, save it, and try again."),
        )


def _check_prologue(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with packed.open(part) as opened:
        prologue = opened.read(_PROLOGUE)
    if any(mark in prologue for mark in _DOCTYPE):
        raise refusal(_("The workbook holds parts that no spreadsheet program writes."), _(SAVE_AS))
    if part.filename == "xl/workbook.xml" and _STRICT in prologue:
        raise refusal(
            _("The workbook is in the format called Strict Open XML."),
            _("Save it in Excel as an ordinary workbook (.xlsx), and try again."),
        )


def _count_rows(packed: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> int:
    """Return how many rows of a sheet hold a value; a million of them are seen in a moment."""
    count, filled, tail = 0, False, b""
    with packed.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            rest, *rows = _ROW.split(tail + chunk)
            filled |= _has_value(rest)
            for row in rows:
                count += filled
                filled = _has_value(row)
            tail = (rows[-1] if rows else rest)[-_LONGEST_MARK:]
            if count > limits.rows:
                raise too_many_rows(limits)
    return count + filled


def _has_value(row: bytes) -> bool:
    return b"v>" in row or b"is>" in row
