"""The one file that is ever written in clear: the one the user chose."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class TargetError(DomainError):
    """The file cannot be written there."""


class TargetExistsError(TargetError):
    """There is a file of that name: the user may want to keep it."""


def write_file(target: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file whole or not at all, readable for this user only.

    Args:
        target: Where.
        content: What.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        TargetExistsError: There is one, and it may not be replaced.
        TargetError: The folder is missing, read-only or on a full disk, or the name is not one.
    """
    with writing(target, overwrite=overwrite) as file:
        file.write(content)


@contextlib.contextmanager
def writing(target: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """Write a file piece by piece, and still whole or not at all.

    It grows as `target.part` beside its place and is renamed when every byte is on the disk, so
    that a crash leaves either the old file or the new one.

    Args:
        target: Where.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        TargetExistsError: There is one, and it may not be replaced.
        TargetError: The folder is missing, read-only or on a full disk, or the name is not one.
    """
    try:
        _check_free(target, overwrite=overwrite)
        part = target.with_name(f"{target.name}.part")
        try:
            part.unlink(missing_ok=True)  # what a crash left
            with os.fdopen(os.open(part, _NEW, 0o600), "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        _make_lasting(target.parent)
    except OSError as error:
        raise _explained(error, target) from error


def _check_free(target: Path, *, overwrite: bool) -> None:
    if "\0" in str(target):
        raise OSError  # what the system says about such a name is no error of the disk
    if target.is_dir():
        raise TargetError(
            _("“{name}” is a folder. Nothing was saved. Choose the name of a file.").format(
                name=target.name
            )
        )
    if not overwrite and target.exists():
        raise TargetExistsError(
            _(
                "There is already a file “{name}” there. It is unchanged. Choose another name, or"
                " say that it may be replaced."
            ).format(name=target.name)
        )


def _make_lasting(folder: Path) -> None:
    """Put the new name itself on the disk, where the system offers that."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network folders refuse: the file is there
            os.fsync(opened)
    finally:
        os.close(opened)


def _explained(error: OSError, target: Path) -> TargetError:
    folder, name = str(target.parent), target.name
    number = error.errno
    if number in _FULL:
        sentence = _(
            "There is no room for “{name}” on that disk. Nothing was saved and your register is"
            " unchanged. Make room, or choose another place."
        )
    elif number in {errno.ENOENT, errno.ENOTDIR}:
        sentence = _(
            "There is no folder “{folder}”. Nothing was saved. Choose a folder that is there."
        )
    elif number in _REFUSED:
        sentence = _(
            "You may not write “{name}” in “{folder}”, or it is open in another program. Nothing"
            " was saved. Choose another folder, or close the other program."
        )
    else:
        sentence = _(
            "“{name}” could not be written in “{folder}”. Nothing was saved and your register is"
            " unchanged. Try a shorter name or another place."
        )
    return TargetError(sentence.format(folder=folder, name=name))
