"""What goes wrong at the place of the copies, in the words of the user: the register is whole."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gdprdesk.domain.errors import (
    DamagedError,
    DiskError,
    DomainError,
    GoneError,
    NoSpaceError,
    ReadOnlyError,
)
from gdprdesk.i18n import _


@contextmanager
def at_place(place: Path, needed: int) -> Iterator[None]:
    """Say what a fault of a stick or folder means, and refuse at once if a copy finds no room.

    Args:
        place: The folder of the copies.
        needed: How many bytes are to be written there.
    """
    try:
        if needed and shutil.disk_usage(place).free < needed:
            raise _full(place, needed)
        yield
    except OSError as error:
        raise _BY_ERRNO.get(error.errno or 0, _failed)(place, needed) from error


def unread(place: Path) -> DamagedError:
    """Return that what was read back is not what was written."""
    said = _(
        "The copy on “{place}” could not be read back as it was written, so it was taken away: the "
        "stick or disk may be worn out. Your register and your earlier copies are whole. Make the "
        "copy somewhere else."
    )
    return DamagedError(said.format(place=place))


def _full(place: Path, needed: int) -> DomainError:
    if not needed:
        said = _(
            "There is no room on “{place}”. Nothing half was left there; your register and your "
            "earlier copies are whole. Make room there, or take another stick or disk."
        )
        return NoSpaceError(said.format(place=place))
    said = _(
        "There is no room for the copy on “{place}”: {size} MB are needed. Nothing half was left "
        "there; your register and your earlier copies are whole. Make room there, or take another "
        "stick or disk."
    )
    return NoSpaceError(said.format(place=place, size=-(-needed // 1_000_000)))


def _gone(place: Path, _needed: int) -> DomainError:
    said = _(
        "“{place}” is not there any more: the stick was pulled out, or the folder was moved. This "
        "was not finished; your register and your earlier copies are whole. Connect it again and "
        "try once more."
    )
    return GoneError(said.format(place=place))


def _not_writable(place: Path, _needed: int) -> DomainError:
    said = _(
        "Nothing may be written on “{place}”: the stick or folder is write-protected. No copy was "
        "made; your register and your earlier copies are whole. Take away the protection, or "
        "choose another folder."
    )
    return ReadOnlyError(said.format(place=place))


def _failed(place: Path, _needed: int) -> DomainError:
    said = _(
        "“{place}” could not be read or written: the stick or disk may have come loose, or is worn "
        "out. This was not finished; your register and your earlier copies are whole. Connect it "
        "again, or choose another place."
    )
    return DiskError(said.format(place=place))


_BY_ERRNO: dict[int, Callable[[Path, int], DomainError]] = {
    errno.EACCES: _not_writable,
    errno.EPERM: _not_writable,
    errno.EROFS: _not_writable,
    errno.EDQUOT: _full,
    errno.EFBIG: _full,
    errno.ENOSPC: _full,
    errno.ENOENT: _gone,
    errno.ENODEV: _gone,
    errno.ENXIO: _gone,
    errno.ENOTDIR: _gone,
    errno.ESTALE: _gone,
}
