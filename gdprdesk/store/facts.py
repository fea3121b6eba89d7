"""What a register holds in figures, and whether a copy of it is whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from gdprdesk.domain.base import SubjectRef
from gdprdesk.jobs import Progress
from gdprdesk.store import keys as key_file
from gdprdesk.store import ledger as ledger_file
from gdprdesk.store.archive import Archive, Facts, damaged_copy
from gdprdesk.store.audit_chain import digest_of_line, follow_chain, has_column, head_of
from gdprdesk.store.engine import connect, driver
from gdprdesk.store.faults import in_plain_words
from gdprdesk.store.integrity import checks_of_file, run_checks
from gdprdesk.store.keys import Keys, derive
from gdprdesk.store.ledger import follow

_NOT_COUNTED = ("sqlite_", "search")  # what the database and the word index keep for themselves


def facts_of(connection: Any, erased: tuple[SubjectRef, ...]) -> Facts:
    """Return what a register holds.

    Args:
        connection: To a file that nobody writes in, or inside a transaction.
        erased: The ledger of the erased, the first erased first.
    """
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    names = [name for (name,) in connection.execute(tables) if not name.startswith(_NOT_COUNTED)]
    head = head_of(connection.execute)
    return Facts(
        schema=_number(connection, "PRAGMA user_version"),
        counts={name: _number(connection, f'SELECT count(*) FROM "{name}"') for name in names},  # noqa: S608
        log_lines=head.line,
        log_head=head.head,
        erased_lines=_lines_done(connection, erased),
    )


def log_holds(connection: Any, audit_key: bytes, said: Facts) -> bool:
    """Return whether the log of a register is whole, and still has the line that was its last.

    Args:
        connection: To the register.
        audit_key: What it is chained with.
        said: What it held at some time.
    """
    ask = connection.execute
    if follow_chain(ask, audit_key).findings:
        return False
    return not said.log_head or digest_of_line(ask, said.log_lines) == said.log_head


def audit_key_of(connection: Any, key: bytes) -> bytes:
    """Return what the log of a register is chained with.

    Args:
        connection: To the register, of this version or an earlier one.
        key: Its vault key, from which that came in earlier versions.
    """
    kept = b""
    if has_column(connection.execute, "register_state", "audit_key"):
        (kept,) = connection.execute("SELECT audit_key FROM register_state").fetchone()
    return kept or derive(key, "audit")


def check_copy(archive: Archive, folder: Path, key: bytes, progress: Progress) -> Facts:
    """Open a copy that was unpacked, and look whether it is what it says.

    Args:
        archive: The copy.
        folder: Where its parts lie now.
        key: The vault key of the register it must be of.
        progress: Is told how far the check is.

    Returns:
        What it holds.

    Raises:
        DamagedError: A page, a table, the log, the keys, the ledger or the figures are not right.
    """
    manifest = archive.manifest
    keys = Keys(folder / key_file.FILE)
    keys.verify(key)
    file = folder / key_file.REGISTER_FILE
    with in_plain_words(driver.Error):
        checks = run_checks(checks_of_file(lambda: connect(file, key)), progress)
        with closing(connect(file, key)) as connection:
            register_id, ledger_key = connection.execute(
                "SELECT register_id, ledger_key FROM register_state"
            ).fetchone() or ("", b"")
            if {register_id, manifest.register_id} != {keys.register_id}:
                raise damaged_copy(archive.path)
            said = manifest.facts
            chained = log_holds(connection, audit_key_of(connection, key), said)
            ledger = follow(_ledger(folder), ledger_key)
            facts = facts_of(connection, tuple(line.ref for line in ledger.lines))
    if not (all(one.ok for one in checks) and chained and ledger.whole):
        raise damaged_copy(archive.path)
    if manifest.mac:  # an early version wrote no figures
        same = (facts.schema, facts.counts) == (said.schema, said.counts)
        if not (same and manifest.is_sealed_with(key)):
            raise damaged_copy(archive.path)
    return facts


def _ledger(folder: Path) -> bytes:
    path = folder / ledger_file.FILE
    return path.read_bytes() if path.is_file() else b""


def _lines_done(connection: Any, erased: tuple[SubjectRef, ...]) -> int:
    """Return how many lines of a ledger are carried out, up to the first that is not."""
    here = "SELECT ref FROM data_subject WHERE lower(state) <> 'held'"
    present: frozenset[str] = frozenset(ref for (ref,) in connection.execute(here))
    return next((n for n, ref in enumerate(erased) if ref in present), len(erased))


def _number(connection: Any, question: str) -> int:
    number: int = connection.execute(question).fetchone()[0]
    return number
