"""Whether a register lies on this computer, on a network drive, or in a folder that is synced."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import _

_SYNCED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "jottacloud",
)
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs"})
_MOUNTS = Path("/proc/mounts")


def synced_by(folder: Path) -> str | None:
    """Return the folder of a synchronising service that a register would lie in, if any.

    Such a service copies the file while it is in use, also half written, and keeps older
    versions in which an erased person is still there.
    """
    for place in (folder, *folder.parents):
        if place.name.casefold().startswith(_SYNCED):
            return place.name
    return None


def refuse_network(folder: Path) -> None:
    """Refuse a network drive: two computers would write over each other there.

    Raises:
        DomainError: The folder is on a network drive.
    """
    if _on_network(folder.resolve()):
        raise DomainError(
            _(
                "This folder is on a network drive, where a register can be damaged. Keep it on "
                "this computer's own disk, and your backups on the network drive."
            )
        )


def is_network_mount(table: str, folder: Path) -> bool:
    """Return whether a table of mounts, as Linux writes it, has a folder on a network drive."""
    rows = [line.split() for line in table.splitlines()]
    mounts = [(_unescaped(row[1]), row[2]) for row in rows]
    around = [(len(place.parts), kind) for place, kind in mounts if folder.is_relative_to(place)]
    nearest = max((depth for depth, _kind in around), default=0)
    kinds = [kind for depth, kind in around if depth == nearest]
    return bool(kinds) and kinds[-1] in _NETWORK  # the last mount on a place hides the others


def _unescaped(place: str) -> Path:
    return Path(os.fsdecode(os.fsencode(place).decode("unicode_escape").encode("latin-1")))


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        remote = 4  # DRIVE_REMOTE
        return ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # not Linux: nothing is known
        return False
    return is_network_mount(table, folder)
