"""A register of an older program: changed as a whole, with a copy first, or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from gdprdesk.domain.errors import DamagedError, DiskError, NoSpaceError
from gdprdesk.store.engine import connect, open_for_migration
from gdprdesk.store.migrations import VERSIONS, newest, upgrade
from gdprdesk.store.schema import create_tables
from gdprdesk.store.vault import Vault
from tests.builders import CHEAP
from tests.pages import vault_key
from tests.places import files_may_grow_to
from tests.schema import lines_to_change

KEY = b"k" * 32
WORD = "a long word"
NEXT = newest() + 1
MODULE = """
import sqlalchemy as sa
from alembic import op
revision = "{number:04d}"
down_revision = "{before:04d}"

def upgrade():
{change}
"""
REBUILD = """
    with op.batch_alter_table("probe", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="red"))
"""

MUCH = """
    op.execute("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
               "INSERT INTO probe(id, words) SELECT i, hex(randomblob(500)) FROM n")
"""


@pytest.fixture
def old(vault: Vault) -> Path:
    """A locked register with parents and children, of the version before the next."""
    with vault.writer.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES probe(id) ON DELETE CASCADE)"
        )
        connection.exec_driver_sql("INSERT INTO probe(id, words) VALUES(1, 'kept')")
        connection.exec_driver_sql("INSERT INTO child VALUES(1)")
        connection.exec_driver_sql("INSERT INTO search(rowid, people) VALUES(1, 'kept')")
    vault.lock()
    return vault.folder


def versions(tmp_path: Path, change: str) -> Path:
    """Return the changes of a program that is one change newer."""
    folder = tmp_path / "newer program %" / "versions"
    shutil.copytree(VERSIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    add(folder, NEXT, change)
    return folder


def add(folder: Path, number: int, change: str) -> None:
    module = MODULE.format(number=number, before=number - 1, change=change)
    (folder / f"v{number:04d}_change.py").write_text(module)


def unlock(folder: Path, changes: Path = VERSIONS) -> Vault:
    return Vault.unlock(folder, staff="owner", password=WORD, limits=CHEAP, versions=changes)


def ask(folder: Path, question: str) -> Any:
    with closing(connect(folder / "register.db", vault_key(folder, WORD))) as connection:
        return connection.execute(question).fetchone()[0]


def assert_unchanged(folder: Path) -> None:
    assert ask(folder, "PRAGMA user_version") == newest()
    unlock(folder).lock()
    assert ask(folder, "SELECT words FROM probe") == "kept"


def test_a_change_keeps_children_words_and_a_copy_that_opens(old: Path, tmp_path: Path) -> None:
    changes = versions(tmp_path, REBUILD)
    vault = unlock(old, changes)
    with vault.reader.connect() as connection:
        for question, answer in [
            ("SELECT words || colour FROM probe", "keptred"),
            ("SELECT count(*) FROM child", 1),
            ("SELECT rowid FROM search WHERE search MATCH 'kept'", 1),
            ("PRAGMA user_version", NEXT),
        ]:
            assert connection.exec_driver_sql(question).scalar() == answer
    assert all(result.ok for result in vault.check())
    vault.lock()
    [copy] = (old / "backups").iterdir()
    assert copy.name == f"test-{NEXT - 1:04d}.gdprdesk-backup"
    restored = tmp_path / "restored.gdprdesk"
    with zipfile.ZipFile(copy) as archive:
        archive.extractall(restored)
    assert_unchanged(restored)


def test_a_change_is_made_once(old: Path, tmp_path: Path) -> None:
    changes = versions(tmp_path, REBUILD)
    unlock(old, changes).lock()
    [copy] = (old / "backups").iterdir()
    written = copy.stat().st_mtime_ns
    unlock(old, changes).lock()
    assert copy.stat().st_mtime_ns == written
    assert ask(old, "SELECT colour FROM probe") == "red"


def test_several_changes_are_made_in_order(old: Path, tmp_path: Path) -> None:
    changes = versions(tmp_path, REBUILD)
    add(changes, NEXT + 1, "    op.execute(\"UPDATE probe SET colour = 'blue'\")")
    unlock(old, changes).lock()
    assert ask(old, "SELECT colour FROM probe") == "blue"
    assert ask(old, "PRAGMA user_version") == NEXT + 1


def test_a_change_that_fails_changes_nothing(old: Path, tmp_path: Path) -> None:
    changes = versions(tmp_path, REBUILD + "    raise RuntimeError('in the midst of it')\n")
    with pytest.raises(RuntimeError, match="in the midst"):
        unlock(old, changes)
    assert_unchanged(old)


def test_a_change_that_leaves_a_record_of_nothing_is_taken_back(old: Path, tmp_path: Path) -> None:
    changes = versions(tmp_path, "    op.execute('DELETE FROM probe')\n")
    with pytest.raises(DamagedError):
        unlock(old, changes)
    assert_unchanged(old)


def test_a_damaged_register_is_not_changed_and_not_copied(old: Path, tmp_path: Path) -> None:
    file = old / "register.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:-1000] + bytes([whole[-1000] ^ 1]) + whole[-999:])
    with pytest.raises(DamagedError):
        unlock(old, versions(tmp_path, REBUILD))
    assert not (old / "backups").exists()
    file.write_bytes(whole)
    assert_unchanged(old)


@pytest.mark.parametrize(("room", "copies"), [(-100_000, 0), (50_000, 1)])
def test_a_full_disk_leaves_the_register_as_it_was(
    old: Path, tmp_path: Path, room: int, copies: int
) -> None:
    changes = versions(tmp_path, MUCH)
    size = (old / "register.db").stat().st_size
    with files_may_grow_to(size + room), pytest.raises((NoSpaceError, DiskError)):
        unlock(old, changes)
    assert len(list((old / "backups").iterdir())) == copies
    assert_unchanged(old)


def test_opening_a_register_of_this_version_loads_no_tool_for_changes(old: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from gdprdesk.store.keys import Limits\n"
        "from gdprdesk.store.vault import Vault\n"
        "cheap = Limits(8192, 1, 8192, least_rounds=1)\n"
        "Vault.unlock(Path(sys.argv[1]), staff='owner', password='a long word',\n"
        "             limits=cheap).lock()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(old)], check=True)  # noqa: S603


# The changes that are there


def empty_file(file: Path) -> Engine:
    connect(file, KEY, new=True).close()
    return open_for_migration(file, KEY)


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Engine]:
    engine = empty_file(tmp_path / "migrated.db")
    with engine.begin() as connection:
        upgrade(connection, VERSIONS, 0)
    yield engine
    engine.dispose()


def test_the_changes_lead_to_the_tables_of_the_program(migrated: Engine) -> None:
    with migrated.connect() as connection:
        lines = lines_to_change(connection)
    assert not lines, f"The tables have changed. A new module in versions has to do:\n{lines}"


def test_every_table_of_the_domain_is_made_in_a_new_register() -> None:
    code = (
        "import pkgutil, importlib\n"
        "from gdprdesk import domain\n"
        "from gdprdesk.store.schema import TABLES\n"
        "made = set(TABLES.tables)\n"
        "for module in pkgutil.iter_modules(domain.__path__, 'gdprdesk.domain.'):\n"
        "    importlib.import_module(module.name)\n"
        "assert set(TABLES.tables) == made, set(TABLES.tables) - made"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


def test_a_changed_table_is_noticed(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.exec_driver_sql("DROP TABLE register_state")
        assert "create_table('register_state'" in lines_to_change(connection)


def test_the_word_index_is_the_same_by_either_way(migrated: Engine, tmp_path: Path) -> None:
    def index(connection: Connection) -> list[Any]:
        found = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE name LIKE 'search%' ORDER BY name"
        )
        settings = connection.exec_driver_sql("SELECT k, v FROM search_config ORDER BY k")
        return [*found.scalars(), *map(tuple, settings)]

    created = empty_file(tmp_path / "created.db")
    with created.begin() as connection, migrated.connect() as other:
        create_tables(connection)
        assert index(connection) == index(other)
    created.dispose()


def test_the_changes_are_numbered_without_a_gap() -> None:
    names = sorted(file.stem for file in VERSIONS.glob("v*.py"))
    assert [name[1:5] for name in names] == [f"{n:04d}" for n in range(1, newest() + 1)]
