"""The list of a newsletter program: a CSV file, a workbook with sheets, or a zip of CSV files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath
from typing import Any

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.domain.mailing_lists import Sheet
from gdprdesk.i18n import N_, _
from gdprdesk.imports.apart import Advice, read_apart
from gdprdesk.imports.child import parse, send
from gdprdesk.imports.csv_file import read_csv
from gdprdesk.imports.source import (
    USUAL_LIMITS,
    EmptyListError,
    FileFormat,
    Grid,
    Limits,
    refusal,
)
from gdprdesk.jobs import SILENT, Progress

_OF_AN_EXPORT = Advice(
    choose=N_("Choose the file that the newsletter program gave you."),
    divide=N_("Export one audience at a time there, and try again."),
    slow=(N_("The list takes too long to read."), N_("Export it there once more, and try again.")),
    died=(
        N_("The list is damaged, or needs more memory than this computer can give."),
        N_("Export it there once more, and try again."),
    ),
)
_UNPACK = N_("Unpack it, and choose the list inside it.")
_LISTS = (".csv", ".tsv", ".txt")
_PACKED = (".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz")
_WORKBOOK = "xl/workbook.xml"
_SMALL = 1024 * 1024
_MOST_FILES = 50
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, UnicodeDecodeError, ValueError)


def read_mailing(
    path: Path, *, limits: Limits = USUAL_LIMITS, progress: Progress = SILENT
) -> tuple[Sheet, ...]:
    """Read the export of a newsletter program, in a process of its own; nothing is unpacked.

    Args:
        path: The file the user chose.
        limits: How large it may be, packed and unpacked.
        progress: Asked ten times a second whether to go on.

    Raises:
        UnreadableFileError: Why it cannot be read, and what to do, in a sentence.
        Cancelled: The user stopped it.
    """
    found = read_apart(
        read_and_send_mailing, path, limits=limits, progress=progress, advice=_OF_AN_EXPORT
    )
    return tuple(
        Sheet(name, tuple(header), tuple(map(tuple, rows))) for name, header, rows in found
    )


def read_and_send_mailing(connection: Connection, path: str, limits: Limits, language: str) -> None:
    """Read an export and send its lists, or the sentence that refuses it, through the pipe."""

    def read(progress: Progress) -> Any:
        sheets = list(parse_mailing(Path(path), limits=limits, progress=progress))
        return [[one.name, one.header, one.rows] for one in sheets]

    send(connection, read, limits, language)


def parse_mailing(
    path: Path, *, limits: Limits = USUAL_LIMITS, progress: Progress = SILENT
) -> Iterator[Sheet]:
    """Walk the lists of an export, read here and now; a list of nobody is one, too.

    Raises:
        UnreadableFileError: It cannot be read or goes beyond a limit.
    """
    if _is_packed(path):
        yield from _unpacked(path, limits, progress)
        return
    first = parse(path, limits=limits, progress=progress)
    name = first.sheet if first.file_format is FileFormat.XLSX else path.stem
    yield _sheet(name, first)
    for other in first.other_sheets:
        try:
            yield _sheet(other, parse(path, sheet=other, limits=limits, progress=progress))
        except EmptyListError:
            continue


def _is_packed(path: Path) -> bool:
    """Return whether it is a zip that is no workbook."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except _BROKEN as error:
        raise _broken() from error
    known = {_WORKBOOK, "word/document.xml", "ppt/presentation.xml", "content.xml", "Index.zip"}
    return known.isdisjoint(names)  # of those the usual reader says what they are


def _unpacked(path: Path, limits: Limits, progress: Progress) -> Iterator[Sheet]:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [one for one in packed.infolist() if not one.is_dir()]
            _check(parts, limits)
            lists = [one for one in parts if _is_list(one.filename)]
            if not lists:
                raise refusal(_("There is no list in this packed folder (zip)."), _(_UNPACK))
            for one in lists:
                content = packed.read(one)
                name = PurePosixPath(one.filename).stem
                try:
                    grid = read_csv(content, limits=limits, progress=progress)
                except EmptyListError:
                    continue
                yield _sheet(name, grid)
    except UnreadableFileError:
        raise
    except _BROKEN as error:
        raise _broken() from error


def _check(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse what is made to harm by what it claims, before any of it is unpacked."""
    if any(one.flag_bits & _ENCRYPTED for one in parts):
        raise refusal(_("The packed folder (zip) is protected by a password."), _(_UNPACK))
    if any(one.filename.casefold().endswith(_PACKED) for one in parts):
        raise refusal(_("There are packed files inside this packed folder (zip)."), _(_UNPACK))
    unpacked = sum(one.file_size for one in parts)
    swollen = any(one.file_size > max(_SMALL, limits.ratio * one.compress_size) for one in parts)
    if len(parts) > _MOST_FILES or unpacked > limits.unpacked_bytes or swollen:
        raise refusal(
            _("The packed folder (zip) would become far too large when it is unpacked."),
            _("Export one audience at a time there, and try again."),
        )


def _is_list(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__")) for part in path.parts)
    return path.suffix.casefold() in _LISTS and not hidden


def _sheet(name: str, grid: Grid) -> Sheet:
    return Sheet(name, grid.header, grid.rows)


def _broken() -> UnreadableFileError:
    return refusal(_("The packed folder (zip) is damaged."), _(_UNPACK))
