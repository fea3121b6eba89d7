"""A signed form as it was scanned or photographed: a PDF, or the picture alone.

A camera writes into a photo where and when it was taken and with which telephone. A picture is
therefore written anew from its dots, in a process of its own: whatever the file does to that, the
program lives on.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import SignedAs
from gdprdesk.i18n import N_, _
from gdprdesk.imports.apart import Advice, read_apart
from gdprdesk.imports.child import send
from gdprdesk.imports.journal_file import take_file
from gdprdesk.imports.source import Limits, refusal
from gdprdesk.jobs import SILENT, Progress

SCAN_LIMITS: Final = Limits(file_bytes=15 * 1024 * 1024, seconds=60)
_AGAIN = N_("Scan the form once more as PDF, JPEG or PNG, and choose that file.")
_OF_SCAN = Advice(
    choose=N_("Choose the scan itself: a PDF, JPEG or PNG."),
    divide=N_("Scan it in shades of grey or with fewer dots, and try again."),
    slow=(N_("The file takes too long to read."), _AGAIN),
    died=(N_("The file is damaged, or needs more memory than this computer can give."), _AGAIN),
)
_BEGINS: Final = {
    b"%PDF-": SignedAs.PDF,
    b"\x89PNG\r\n\x1a\n": SignedAs.PNG,
    b"\xff\xd8\xff": SignedAs.JPEG,
}


@dataclass(frozen=True, repr=False)
class Scan:
    """A signed form as it is kept."""

    content: bytes
    kind: SignedAs


def read_scan(path: Path, *, limits: Limits = SCAN_LIMITS, progress: Progress = SILENT) -> Scan:
    """Return what is kept of a scan, whatever the name of its file says.

    Args:
        path: The file the user chose.
        limits: How large it may be.
        progress: Asked ten times a second whether to go on.

    Raises:
        UnreadableFileError: Why it cannot be read, and what to do, in a sentence.
        Cancelled: The user stopped it.
    """
    kind, content = read_apart(
        read_and_send_scan, path, limits=limits, progress=progress, advice=_OF_SCAN
    )
    return Scan(base64.b64decode(content), SignedAs(kind))


def read_and_send_scan(connection: Connection, path: str, limits: Limits, language: str) -> None:
    """Read a scan and send what is kept, or the sentence that refuses it, through the pipe."""

    def read(_progress: Progress) -> list[str]:
        scan = take_scan(Path(path).read_bytes())
        return [scan.kind.value, base64.b64encode(scan.content).decode()]

    send(connection, read, limits, language)


def take_scan(content: bytes) -> Scan:
    """Return what is kept of a scan, read here and now.

    Raises:
        UnreadableFileError: It is neither a PDF, a JPEG nor a PNG, or a damaged picture.
    """
    kind = kind_of_scan(content)
    if kind is None:
        raise refusal(_("This is no PDF, JPEG or PNG, whatever its name says."), _(_AGAIN))
    if kind is SignedAs.PDF:
        return Scan(content, kind)
    try:
        return Scan(take_file(content).content, kind)
    except DomainError:
        raise refusal(_("This picture is damaged, or far too large."), _(_AGAIN)) from None


def kind_of_scan(content: bytes) -> SignedAs | None:
    """Return what a file is by how it begins; nothing if it is none that is kept."""
    return next((kind for begins, kind in _BEGINS.items() if content.startswith(begins)), None)
