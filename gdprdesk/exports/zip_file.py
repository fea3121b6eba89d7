"""Several files in one, protected by a password if the user wants."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\ud800-\udfff\ufffe\uffff]')
_STEERING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST = 120  # characters of a name; at most four bytes each, and a folder has its own path
_LONGEST_SUFFIX = 12
_FIRST_YEAR = 1980


def pack(
    files: Sequence[tuple[str, bytes]], *, password: str | None = None, made_at: datetime
) -> bytes:
    """Return a zip of the files, made in memory.

    Args:
        files: Names, with `/` between folder and file, and contents.
        password: To protect it with; None for none.
        made_at: The date of every file in it.

    Raises:
        DomainError: The password is empty.
    """
    target = io.BytesIO()
    names = safe_names([name for name, _content in files])
    contents = (content for _name, content in files)
    pack_into(target, zip(names, contents, strict=True), password=password, made_at=made_at)
    return target.getvalue()


def pack_into(
    target: BinaryIO,
    files: Iterable[tuple[str, bytes]],
    *,
    password: str | None = None,
    made_at: datetime,
) -> None:
    """Write a zip of the files, holding no more than one of them in memory.

    With a password every file is encrypted with AES-256, as 7-Zip, WinZip and macOS' Keka open it.
    **Names are not encrypted**: the caller gives names that say nothing about a person.

    Args:
        target: Where it is written; it can be written at any place.
        files: Safe names, no two the same, and contents.
        password: To protect it with; None for none.
        made_at: The date of every file in it.

    Raises:
        DomainError: The password is empty.
    """
    if password == "":
        raise DomainError(
            _("The password is empty. Nothing was saved. Choose one, or none at all.")
        )
    import pyzipper  # noqa: PLC0415

    made = made_at.astimezone()
    stamp = (max(made.year, _FIRST_YEAR), made.month, made.day, made.hour, made.minute, made.second)
    encryption = None if password is None else pyzipper.WZ_AES
    with pyzipper.AESZipFile(
        target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=encryption
    ) as archive:
        if password is not None:
            archive.setpassword(password.encode())
        for name, content in files:
            entry = archive.zipinfo_cls(name, stamp)
            entry.compress_type = pyzipper.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)


def safe_names(names: Sequence[str]) -> list[str]:
    """Return names that Windows, macOS and Linux can unpack, no two the same to any of them."""
    taken: set[str] = set()
    unique = []
    for wanted in names:
        safe = _safe(wanted)
        stem, dot, suffix = safe.rpartition(".")
        if not stem or len(suffix) > _LONGEST_SUFFIX or "/" in suffix:
            stem, dot, suffix = safe, "", ""
        name, count = safe, 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem} ({count}){dot}{suffix}"
        taken.add(name.casefold())
        unique.append(name)
    return unique


def _safe(name: str) -> str:
    """Return a path inside the zip: no way out of it, no name that a system keeps to itself."""
    parts = [_safe_part(part) for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part) or "file"


def _safe_part(part: str) -> str:
    plain = _STEERING.sub("", unicodedata.normalize("NFC", part))
    plain = _FORBIDDEN.sub("_", plain).strip(" ").rstrip(". ")
    if len(plain) > _LONGEST:
        stem, dot, suffix = plain.rpartition(".")
        if not stem or len(suffix) > _LONGEST_SUFFIX:
            stem, dot, suffix = plain, "", ""
        plain = stem[: _LONGEST - len(dot + suffix)].rstrip(". ") + dot + suffix
    return f"_{plain}" if _RESERVED.match(plain) else plain
