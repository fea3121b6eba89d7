"""Where copies lie: whether it is still the same stick, and what is found on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gdprdesk.domain.base import new_ref
from gdprdesk.domain.errors import DomainError
from gdprdesk.store.archive import SUFFIX, Archive, Manifest, open_archive
from gdprdesk.store.files import replace_file

MARK = ".gdprdesk-medium"  # a random word; without it any stick at E: would be taken for the right
_LONGEST = 100


@dataclass(frozen=True)
class FoundCopy:
    """A copy of a register that was found in a folder; not verified.

    Attributes:
        size: In bytes.
    """

    path: Path
    size: int
    manifest: Manifest


def medium_of(place: Path) -> str:
    """Return what tells this stick from others, or nothing if it was never marked."""
    try:
        return (place / MARK).read_bytes()[:_LONGEST].decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def mark_medium(place: Path) -> str:
    """Return what tells this stick from others; write it there if nothing does.

    Raises:
        OSError: Nothing can be written there.
    """
    known = medium_of(place)
    if not known:
        known = new_ref()
        replace_file(place / MARK, known.encode())
    return known


def on_same_disk(one: Path, other: Path) -> bool:
    """Return whether two folders lie on one disk, so that both are lost with it."""
    try:
        return os.stat(one).st_dev == os.stat(other).st_dev  # noqa: PTH116
    except OSError:
        return False


def find_copies(place: Path, register_id: str) -> Iterator[FoundCopy]:
    """Walk the copies of a register in a folder, whoever made them; others are left alone."""
    for path in sorted(place.glob("*" + SUFFIX)):
        with suppress(DomainError, OSError), open_archive(path) as archive:
            if archive.manifest.register_id == register_id:
                yield FoundCopy(path, path.stat().st_size, archive.manifest)


def ledgers_in(place: Path, register_id: str) -> Iterator[tuple[Path, bytes]]:
    """Walk the ledgers of the erased in a folder: beside copies, and inside copies of a register.

    Those beside may be another register's.
    """
    for path in sorted((*place.glob("*.ledger"), *place.glob("*" + SUFFIX))):
        with suppress(DomainError, OSError):
            if path.suffix != SUFFIX:
                yield path, path.read_bytes()
                continue
            with open_archive(path) as archive:
                content = _ledger_of(archive, register_id)
            yield path, content


def _ledger_of(archive: Archive, register_id: str) -> bytes:
    return archive.ledger() if archive.manifest.register_id == register_id else b""
