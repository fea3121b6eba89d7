"""What the disk and the database say, in the words of the user."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gdprdesk.domain.errors import (
    DamagedError,
    DiskError,
    DomainError,
    GoneError,
    InUseError,
    NoSpaceError,
    ReadOnlyError,
)
from gdprdesk.i18n import _

_MOVED = 1032  # SQLITE_READONLY_DBMOVED
_PRIMARY = 0xFF  # the low byte of a code is the kind of fault, the rest its details


def sentence_for(error: BaseException) -> DomainError | None:
    """Return what a fault of the disk or the database means for the user's register.

    Knows OSError, the errors of the driver, and SQLAlchemy's around them. Returns nothing for
    an error that is a fault of the program.
    """
    if isinstance(error, DomainError):
        return error
    if isinstance(error, OSError):
        sentence = _BY_ERRNO.get(error.errno or 0)
    else:
        code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", None)
        if not isinstance(code, int):
            return None
        sentence = gone if code == _MOVED else _BY_CODE.get(code & _PRIMARY)
    return sentence() if sentence else None


@contextmanager
def in_plain_words(*kinds: type[Exception]) -> Iterator[None]:
    """Raise a sentence instead of a fault of these kinds, if there is one for it."""
    try:
        yield
    except kinds as error:
        sentence = sentence_for(error)
        if sentence is None or sentence is error:
            raise
        raise sentence from error


def damaged() -> DamagedError:
    """Return that the file cannot be trusted."""
    return DamagedError(
        _(
            "The register file is damaged, or it is not a file of this register. Nothing was "
            "changed. Put back your newest backup."
        )
    )


def gone() -> GoneError:
    """Return that the file is not where it was."""
    return GoneError(
        _(
            "The register was moved, renamed or deleted while it was open. What you did last is "
            "not saved. Put the folder back, or open the register from its new place."
        )
    )


def no_space() -> NoSpaceError:
    """Return that the disk is full."""
    return NoSpaceError(
        _(
            "The disk is full. This was not saved; everything before it is safe. Free some space "
            "and try again."
        )
    )


def read_only() -> ReadOnlyError:
    """Return that nothing can be written."""
    return ReadOnlyError(
        _(
            "The register is write-protected, so it cannot be used here. Nothing was changed. "
            "Move the folder to a place where you may save files."
        )
    )


def _busy() -> InUseError:
    return InUseError(
        _("The register is busy with other work. Nothing was changed. Try again in a moment.")
    )


def _not_writable() -> ReadOnlyError:
    """SQLCipher lets nothing be written after it has met a damaged page, and says no more."""
    return ReadOnlyError(
        _(
            "Nothing can be written in the register: it is write-protected, or a page of it is "
            "damaged. This was not saved. Close the register and open it again to see which."
        )
    )


def _disk() -> DiskError:
    return DiskError(
        _(
            "The disk could not be read or written. This was not saved; everything before it is "
            "safe. Check the disk and its space, and try again."
        )
    )


def _unreachable() -> GoneError:
    return GoneError(
        _("The register cannot be reached. Nothing was changed. Check that the disk is connected.")
    )


def _bad_name() -> DomainError:
    return DomainError(
        _("This computer does not allow that name. Choose a shorter one without special signs.")
    )


_BY_CODE: dict[int, Callable[[], DomainError]] = {
    5: _busy,  # SQLITE_BUSY
    6: _busy,  # SQLITE_LOCKED
    8: _not_writable,  # SQLITE_READONLY
    10: _disk,  # SQLITE_IOERR
    11: damaged,  # SQLITE_CORRUPT
    13: no_space,  # SQLITE_FULL
    14: _unreachable,  # SQLITE_CANTOPEN
    26: damaged,  # SQLITE_NOTADB
}

_BY_ERRNO: dict[int, Callable[[], DomainError]] = {
    errno.EACCES: read_only,
    errno.EPERM: read_only,
    errno.EROFS: read_only,
    errno.EDQUOT: no_space,
    errno.EFBIG: no_space,
    errno.ENOSPC: no_space,
    errno.EIO: _disk,
    errno.ENOENT: _unreachable,
    errno.ENOTDIR: _unreachable,
    errno.EEXIST: _unreachable,
    errno.ESTALE: _unreachable,
    errno.EINVAL: _bad_name,
    errno.ENAMETOOLONG: _bad_name,
}
