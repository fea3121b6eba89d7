"""Small files written so that a crash leaves the old one or the new one, never a half."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

PART = ".part"
RESTORED = ".restored"  # a register that is whole and waits for its name
PRIVATE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file as one step, readable by its owner alone, safe on the disk on return."""
    part = path.with_name(path.name + PART)
    try:
        part.unlink(missing_ok=True)
        with open(os.open(part, PRIVATE_NEW, 0o600), "wb") as file:  # noqa: PTH123
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make a file that another has written safe on the disk."""
    opened = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(folder: Path) -> None:
    """Make new and renamed files of a folder safe on the disk; Windows does it by itself."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def remove_parts(folder: Path) -> None:
    """Remove what a crash left half written: it may hold an old password's wrapping."""
    for part in folder.glob("*" + PART):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def finish_replacing(folder: Path) -> None:
    """Give a restored register its name if a crash came before it had one.

    If the register that it was to replace is still in its place, that one stays.
    """
    ready = folder.with_name(folder.name + RESTORED)
    if not ready.is_dir():
        return
    if folder.exists():
        shutil.rmtree(ready, ignore_errors=True)
        return
    ready.rename(folder)
    sync_folder(folder.parent)
