"""A key file on a stick: something to have, beside the password to know.

Only files that this program made are taken. Any other file, a photo say, may be known to somebody
else, be changed by the program it belongs to, or be tidied away; and of a file of our own it can be
told at once whether it is damaged or another's. A key file is text:

    gdprdesk key file 1
    KKKKKKKK-KKKKKKKK-KKKKKKKK-KKKKKKKK-KKKKKKKK-KKKKKKKK-KKKKKKKK-KKKKKKKK
    CCCCCCCC

32 random bytes and a check sum of them, in hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from gdprdesk.domain.errors import (
    DiskError,
    DomainError,
    GoneError,
    NewerVersionError,
    UnreadableFileError,
)
from gdprdesk.i18n import _
from gdprdesk.store.files import PRIVATE_NEW, sync_folder
from gdprdesk.store.keys import Factor
from gdprdesk.store.places import synced_by

SUFFIX = ".gdprdesk-key"
"""How a key file ends that this program suggests a name for."""

_HEADER, _VERSION = "gdprdesk key file ", "1"
_KEY_BYTES, _GROUP, _CHECK_BYTES = 32, 8, 4
_LONGEST = 1000
_ID = "file"


def make_key_file(path: Path) -> Factor:
    """Write a new key file, and return what it gives and how it is known again.

    Raises:
        DomainError: There is a file already, which is left alone, or none can be written.
    """
    key = secrets.token_bytes(_KEY_BYTES)
    digits = key.hex().upper()
    groups = (digits[begin : begin + _GROUP] for begin in range(0, len(digits), _GROUP))
    lines = (_HEADER + _VERSION, "-".join(groups), _check_sum(key), "")
    try:
        _write_new(path, "\n".join(lines).encode())
    except FileExistsError:
        raise DomainError(
            _(
                "There is a file of this name already, and it may be the key to another register. "
                "It was left as it is. Choose another name."
            )
        ) from None
    except OSError:
        raise DiskError(
            _(
                "The key file could not be saved there. Nothing was changed. See whether the stick "
                "is connected, has room and may be written, and try again."
            )
        ) from None
    return Factor(_secret_of(key), {_ID: _id_of(key)})


def read_key_file(path: Path, needs: Mapping[str, str]) -> bytes:
    """Return what a key file gives (32 bytes), if it is the one that was chosen.

    Args:
        path: The file.
        needs: How it is known again; empty where that is not known.

    Raises:
        GoneError: It is not there, or cannot be read.
        UnreadableFileError: It is no key file, or a damaged one.
        DomainError: It is the key file of somebody else or of another register.
    """
    key = _read(path)
    if needs.get(_ID, _id_of(key)) != _id_of(key):
        raise DomainError(
            _(
                "{name} is a key file, but not the one of this register and person. Nothing was "
                "changed. Choose the one that was made for it."
            ).format(name=path.name)
        )
    return _secret_of(key)


def known_key_file(path: Path) -> Factor:
    """Return what a key file that is there already gives and how it is known again.

    Raises:
        DomainError: It is not there, no key file, or a damaged one.
    """
    key = _read(path)
    return Factor(_secret_of(key), {_ID: _id_of(key)})


def is_beside(register: Path, key_file: Path, backups: Iterable[Path] = ()) -> str | None:
    """Return why a key file protects little where it lies, or nothing if it lies well.

    Args:
        register: The folder of the register.
        key_file: The key file.
        backups: The folders that copies of the register are made in.
    """
    folder, place = register.resolve(), key_file.resolve().parent
    if place == folder or folder in place.parents:
        return _(
            "The key file lies in the folder of the register: whoever takes the register takes "
            "the key along, and so does every copy of the folder. Move it to a stick."
        )
    if place == folder.parent:
        return _(
            "The key file lies beside the register, where whoever takes the one finds the other. "
            "Move it to a stick."
        )
    if any(copy == place or copy in place.parents for copy in (one.resolve() for one in backups)):
        return _(
            "The key file lies where the copies of the register are: whoever finds a copy finds "
            "the key to it. Keep it on a stick of its own."
        )
    service = synced_by(place)
    if service:
        return _(
            "{service} copies the key file to the cloud, so that it is no longer something only "
            "you have. Keep it on a stick."
        ).format(service=service)
    if _on_one_drive(folder, place):
        return _(
            "The key file lies on the same drive as the register: whoever takes the computer has "
            "both. Keep it on a stick that you take along."
        )
    return None


def _on_one_drive(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:  # the stick is not connected, so it is another
        return False


def _write_new(path: Path, content: bytes) -> None:
    made = os.open(path, PRIVATE_NEW, 0o600)
    try:
        with open(made, "wb") as file:  # noqa: PTH123  (it is open already)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # half a key would be taken for a damaged one
        raise
    sync_folder(path.parent)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST)
    except OSError:
        raise GoneError(
            _(
                "The key file cannot be read: {path}. Nothing was changed. Connect the stick it is "
                "on, or choose the file anew. If it is lost, open the register with the printed "
                "recovery key."
            ).format(path=path)
        ) from None
    lines = content.decode("ascii", "replace").split("\n")
    header = lines[0].rstrip("\r")
    if not header.startswith(_HEADER):
        raise UnreadableFileError(
            _(
                "{name} is no key file of this program. Nothing was changed. Choose the file that "
                "was made when you turned the key file on."
            ).format(name=path.name)
        )
    if header != _HEADER + _VERSION:
        raise NewerVersionError(
            _(
                "A newer version of this program made the key file. Nothing was changed. Install "
                "the newest version to use it."
            )
        )
    return _key_in(lines[1:], path)


def _key_in(lines: list[str], path: Path) -> bytes:
    try:
        key = bytes.fromhex(lines[0].replace("-", ""))
        good = len(key) == _KEY_BYTES and lines[1].strip() == _check_sum(key)
    except (ValueError, IndexError):
        good, key = False, b""
    if not good:
        raise UnreadableFileError(
            _(
                "The key file {name} is damaged, so it opens nothing. Nothing was changed. Use the "
                "copy you keep of it, or open the register with the printed recovery key."
            ).format(name=path.name)
        )
    return key


def _check_sum(key: bytes) -> str:
    return hashlib.sha256(b"check " + key).hexdigest()[: 2 * _CHECK_BYTES].upper()


def _secret_of(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _id_of(key: bytes) -> str:
    """Return what tells a key from others and nothing about it."""
    return hashlib.sha256(b"id " + key).hexdigest()[:16]
