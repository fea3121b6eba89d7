"""The file that says who has a register open, so that two programs never write in one.

The operating system holds a lock on it and lets go when the program ends, however it ends: a file
left by a crash stops nobody on the same computer. Another computer cannot be asked whether it
still runs, so its name and the time are shown.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path

from gdprdesk.clock import system_clock
from gdprdesk.domain.errors import InUseError
from gdprdesk.i18n import _, format_moment

NAME = "lock"
_MOST_BYTES = 4096
_FAR = 1 << 30  # Windows lets nobody read a locked byte, so one beyond the text is locked

if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _hold(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class LockFile:
    """The lock of an open register.

    Raises:
        InUseError: Another window, or another computer, has it open.
    """

    def __init__(self, folder: Path, staff: str) -> None:
        self._path = folder / NAME
        self._handle = _take(self._path)
        holder = _holder(self._handle)
        if holder and holder["computer"] != platform.node():
            os.close(self._handle)
            raise _in_use(holder)
        mine = {
            "computer": platform.node(),
            "process": os.getpid(),
            "staff": staff,
            "since": system_clock().isoformat(),
        }
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, json.dumps(mine).encode())

    @property
    def held(self) -> bool:
        """Whether the register is still ours."""
        return self._handle >= 0

    def release(self) -> None:
        """Let others open the register."""
        still_ours = _is_at(self._handle, self._path)
        if os.name != "posix":  # Windows removes no open file
            os.close(self._handle)
        if still_ours:
            self._path.unlink(missing_ok=True)
        if os.name == "posix":  # and here nobody may take it before it is removed
            os.close(self._handle)
        self._handle = -1


def _take(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        if not _hold(handle):
            holder = _holder(handle)
            os.close(handle)
            raise _in_use(holder)
        if _is_at(handle, path):
            return handle
        os.close(handle)  # its last holder removed it just now


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _holder(handle: int) -> dict[str, str]:
    """Return who wrote the file, or nothing if a crash left it half written."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        stored = json.loads(os.read(handle, _MOST_BYTES))
        holder = {name: str(stored[name]) for name in ("computer", "staff", "since")}
        datetime.fromisoformat(holder["since"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return holder


def _in_use(holder: dict[str, str]) -> InUseError:
    if not holder:
        return InUseError(_("The register is open already. Close it there first."))
    values = {
        "computer": holder["computer"],
        "name": holder["staff"],
        "time": format_moment(datetime.fromisoformat(holder["since"])),
    }
    if holder["computer"] == platform.node():
        return InUseError(
            _(
                "The register is open already in another window on this computer: {name}, since "
                "{time}. Use that window, or close it first."
            ).format(**values)
        )
    return InUseError(
        _(
            "The register is open on the computer {computer}: {name}, since {time}. Close it there "
            "first. If that computer has broken down, delete the file named lock in the folder "
            "of the register."
        ).format(**values)
    )
