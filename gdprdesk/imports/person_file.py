"""A person's copy as it was handed out, opened again: copy.json alone or the zip it lies in."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Never

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _
from gdprdesk.imports.source import refusal

COPY = "copy.json"
_FORMAT = "gdprdesk-person"
_VERSION = 1
_LARGEST_COPY = 100 << 20
_LARGEST_FILE = 25 << 20
_ENCRYPTED = 0x1
_BEGINNING = 4096
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)


class SealedCopyError(DomainError):
    """The copy has a password, and none or a wrong one was given."""


@dataclass(frozen=True, repr=False)
class PersonPackage:
    """A copy that was read, and where its files are.

    Attributes:
        source: The zip, or copy.json with its files beside it.
        copied: What copy.json says.
        password: Of the zip; nothing if it has none.
    """

    source: Path
    copied: Mapping[str, Any]
    password: str | None = None

    def content(self, path: str) -> bytes:
        """Return a file of the copy.

        Raises:
            UnreadableFileError: It is not there, too large or damaged.
        """
        parts = PurePosixPath(path).parts
        if not parts or ".." in parts or path.startswith("/") or re.search(r"[\\:\0]", path):
            raise _missing(path)
        try:
            if zipfile.is_zipfile(self.source):
                return _unpacked(self.source, path, self.password, _LARGEST_FILE)
            return _beside(self.source.parent, parts)
        except (FileNotFoundError, KeyError):
            raise _missing(path) from None
        except _UNREADABLE:
            raise _damaged() from None


def is_person_copy(path: Path) -> bool:
    """Return whether a file is a person's copy, and not a list of people."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                return COPY in packed.namelist()
        with path.open("rb") as file:
            return _FORMAT.encode() in file.read(_BEGINNING)
    except _UNREADABLE:
        return False


def is_sealed(path: Path) -> bool:
    """Return whether a copy can only be opened with a password."""
    try:
        with zipfile.ZipFile(path) as packed:
            return bool(packed.getinfo(COPY).flag_bits & _ENCRYPTED)
    except (KeyError, *_UNREADABLE):
        return False


def open_person(path: Path, *, password: str | None = None) -> PersonPackage:
    """Read a person's copy; nothing of it is written anywhere on the way.

    Raises:
        SealedCopyError: It has a password, and this is not it.
        UnreadableFileError: It is no copy of a person, too large, damaged or of a newer version.
    """
    try:
        if zipfile.is_zipfile(path):
            content = _unpacked(path, COPY, password, _LARGEST_COPY)
        elif path.stat().st_size > _LARGEST_COPY:
            raise _too_large()
        else:
            content = path.read_bytes()
        copied = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (KeyError, RecursionError):
        raise _no_copy() from None
    except _UNREADABLE:
        raise _damaged() from None
    if not isinstance(copied, dict) or copied.get("format") != _FORMAT:
        raise _no_copy()
    if copied.get("version") != _VERSION:
        raise refusal(
            _("This copy was made by a newer version of the program."),
            _("Install the newest version first."),
        )
    return PersonPackage(path, copied, password)


def _unpacked(source: Path, name: str, password: str | None, most: int) -> bytes:
    import pyzipper  # noqa: PLC0415  (heavy, seldom)

    with pyzipper.AESZipFile(source) as packed:
        entry = packed.getinfo(name)
        if entry.file_size > most:
            raise _too_large()
        if entry.flag_bits & _ENCRYPTED and not password:
            raise SealedCopyError(_("The copy has a password. Nothing was taken in. Type it."))
        try:
            with packed.open(entry, pwd=password.encode() if password else None) as file:
                content: bytes = file.read(most + 1)
        except RuntimeError:
            raise SealedCopyError(
                _("This is not the password of the copy. Nothing was taken in. Try again.")
            ) from None
    if len(content) > most:
        raise _too_large()
    return content


def _beside(folder: Path, parts: tuple[str, ...]) -> bytes:
    file = folder.joinpath(*parts).resolve()
    if not file.is_relative_to(folder.resolve()) or file.stat().st_size > _LARGEST_FILE:
        raise FileNotFoundError
    return file.read_bytes()


def _no_number(_said: str) -> Never:
    raise ValueError


def _missing(path: str) -> DomainError:
    return refusal(
        _("The file “{path}” that belongs to the copy is not there.").format(path=path),
        _("Choose the whole zip, or unpack all of it, so that nothing is lost."),
    )


def _damaged() -> DomainError:
    return refusal(_("The copy cannot be read: it is damaged."), _("Ask for it once more."))


def _too_large() -> DomainError:
    return refusal(_("The copy is larger than any that this program makes."))


def _no_copy() -> DomainError:
    return refusal(
        _("This is no copy of a person."),
        _("Choose the zip that was handed out, or the copy.json in it."),
    )
