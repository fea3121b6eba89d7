"""Where copies lie: whether it is still the same stick, and what is found on it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gdprdesk.domain.base import new_ref
from gdprdesk.domain.errors import DomainError
from gdprdesk.store.archive import SUFFIX, Manifest, open_archive
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


@dataclass(frozen=True)
class FoundLedger:
    """A ledger of the erased that was found; not verified.

    Attributes:
        made_on: When it was as it is, if that is known.
    """

    path: Path
    content: bytes
    made_on: date | None = None


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


def find_copies(
    place: Path, register_id: str, but_not: Collection[str] = ()
) -> Iterator[FoundCopy]:
    """Walk the copies of a register in a folder, whoever made them; others are left alone.

    Args:
        place: The folder.
        register_id: Whose copies.
        but_not: The names of files that need not be opened.
    """
    for path in sorted(one for one in place.glob("*" + SUFFIX) if one.name not in but_not):
        with suppress(DomainError, OSError), open_archive(path) as archive:
            if archive.manifest.register_id == register_id:
                yield FoundCopy(path, path.stat().st_size, archive.manifest)


def ledgers_in(place: Path, register_id: str) -> Iterator[FoundLedger]:
    """Walk the ledgers of the erased in a folder: beside copies, and inside copies of a register.

    Those beside may be another register's.
    """
    for path in sorted(place.glob("*.ledger")):
        with suppress(OSError):
            yield FoundLedger(path, path.read_bytes())
    for copy in find_copies(place, register_id):
        with suppress(DomainError, OSError):
            with open_archive(copy.path) as archive:
                content = archive.ledger()
            yield FoundLedger(copy.path, content, copy.manifest.made_at.astimezone().date())
