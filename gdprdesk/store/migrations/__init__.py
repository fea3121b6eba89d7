"""Changes of the tables from one version of the program to the next, with Alembic.

The file itself says which change it has seen last, in SQLite's `user_version`. Each change is a
module in `versions` with the number as its Alembic revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from gdprdesk.clock import system_clock
from gdprdesk.domain.errors import NewerVersionError
from gdprdesk.i18n import _
from gdprdesk.jobs import SILENT
from gdprdesk.store.archive import SUFFIX, Manifest, describe, open_archive, write_archive
from gdprdesk.store.engine import connect, open_for_migration, truncate_wal
from gdprdesk.store.facts import facts_of
from gdprdesk.store.faults import damaged
from gdprdesk.store.files import PART, sync_folder
from gdprdesk.store.keys import FILE, REGISTER_FILE, Keys
from gdprdesk.store.search import fill_index

VERSIONS = Path(__file__).parent / "versions"
BACKUPS = "backups"


def newest(versions: Path = VERSIONS) -> int:
    """Return the number of the last change that this program knows."""
    return max(int(file.stem[1:5]) for file in versions.glob("v[0-9][0-9][0-9][0-9]_*.py"))


def migrate(folder: Path, key: bytes, versions: Path = VERSIONS) -> Path | None:
    """Bring the register in a folder to this version: all of it, or nothing.

    Returns:
        The copy of the register as it was, or nothing if it is of this version.

    Raises:
        NewerVersionError: A newer program wrote it. This one does not know all it holds, so that
            its exports and erasures would be incomplete.
        DamagedError: The file has to be whole before and after.
    """
    file = folder / REGISTER_FILE
    connection = connect(file, key)
    try:
        number, target = connection.execute("PRAGMA user_version").fetchone()[0], newest(versions)
        if number == target:
            return None
        if number < 1 or not _is_ours(connection):
            raise damaged()
        if number > target:
            raise NewerVersionError(
                _(
                    "A newer version of this program has used the register. Nothing was changed. "
                    "Install the newest version to open it."
                )
            )
        _must_be_whole(connection)
        truncate_wal(connection)  # or refuse: closing alone may leave something beside the file
    finally:
        connection.close()
    copy = _copy(folder, key, number)
    _change(file, key, versions, number)
    return copy


def upgrade(connection: Connection, versions: Path, number: int) -> None:
    """Do every change after a number, in the transaction of a connection."""
    from alembic.operations import Operations  # noqa: PLC0415  (only when there is a change)
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    scripts = ScriptDirectory(str(versions.parent), version_locations=[str(versions)])
    known = f"{number:04d}" if number else "base"
    changes = list(scripts.iterate_revisions("head", known))
    with Operations.context(MigrationContext.configure(connection)):
        for change in reversed(changes):
            change.module.upgrade()


def _change(file: Path, key: bytes, versions: Path, number: int) -> None:
    engine = open_for_migration(file, key)
    try:
        with engine.begin() as connection:
            upgrade(connection, versions, number)
            fill_index(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise damaged()
            connection.exec_driver_sql(f"PRAGMA user_version = {newest(versions):d}")
    finally:
        engine.dispose()


def _is_ours(connection: Any) -> bool:
    ours = "SELECT 1 FROM sqlite_schema WHERE name = 'register_state'"
    return connection.execute(ours).fetchone() is not None


def _must_be_whole(connection: Any) -> None:
    broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if broken or connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise damaged()


def _copy(folder: Path, key: bytes, number: int) -> Path:
    """Keep the register as it is, encrypted as it is, in one file; read it again to be sure."""
    backups = folder / BACKUPS
    backups.mkdir(mode=0o700, exist_ok=True)
    copy = backups / f"{folder.stem}-{number:04d}{SUFFIX}"
    part = copy.with_name(copy.name + PART)
    try:
        written = write_archive(part, folder, partial(_described, folder, key), SILENT)
        with open_archive(part) as archive:
            if archive.digests() != written.parts:
                raise damaged()
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(backups)
    return copy


def _described(folder: Path, key: bytes, parts: Mapping[str, str]) -> Manifest:
    with closing(connect(folder / REGISTER_FILE, key)) as connection:
        facts = facts_of(connection, ())
    return describe(key, Keys(folder / FILE).register_id, system_clock(), facts, parts)
