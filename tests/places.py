"""Places where a register cannot be written: of somebody else, or full."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gdprdesk.i18n import _

_NOBODY = 65534


@contextmanager
def place_of_an_ordinary_user() -> Iterator[Path]:
    """Lend a folder that belongs to an ordinary user, and act as that user when asked to.

    The superuser is refused nothing, and pytest's own folders let nobody else in.
    """
    place = Path(tempfile.mkdtemp())
    try:
        yield place
    finally:
        for folder in (place, *place.rglob("*/")):
            folder.chmod(0o700)
        shutil.rmtree(place)


@contextmanager
def ordinary_user(place: Path) -> Iterator[None]:
    """Act as one who is not the superuser, and own everything in a place."""
    if os.geteuid() != 0:
        yield
        return
    _("")  # what Python imports late may lie where only the superuser reads
    for path in (place, *place.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY)
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@contextmanager
def files_may_grow_to(size: int) -> Iterator[None]:
    """Let no file of this program become longer, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
