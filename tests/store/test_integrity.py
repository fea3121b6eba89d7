"""What the check of a register finds, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.jobs import Cancelled
from gdprdesk.store.integrity import CheckResult
from gdprdesk.store.vault import Vault

NAMES = ["pages", "structure", "links", "words", "keys", "ledger"]


def write(vault: Vault, *statements: str) -> None:
    with vault.writer.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def failed(vault: Vault) -> list[str]:
    return [result.name for result in vault.check() if not result.ok]


def fill(vault: Vault) -> None:
    write(
        vault,
        "INSERT INTO probe(words) WITH RECURSIVE n(i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT hex(randomblob(99)) FROM n",
        "INSERT INTO search(rowid, people) SELECT id, substr(words, 1, 9) FROM probe",
    )
    vault.truncate()


def test_a_healthy_register_is_told_so(vault: Vault) -> None:
    fill(vault)
    results = vault.check()
    assert [result.name for result in results] == NAMES
    assert all(result.ok for result in results)
    assert results[0].sentence == "Every page of the file is as it was written."


def test_every_changed_page_is_found(vault: Vault, folder: Path) -> None:
    fill(vault)
    write(vault, "DELETE FROM probe WHERE id > 20")  # its pages are free now, and checked as well
    vault.truncate()
    vault.writer.dispose()
    vault.reader.dispose()
    file = folder / "register.db"
    size = file.stat().st_size
    for start in range(4096, size, 4096 * 3):
        with file.open("r+b") as opened:
            opened.seek(start + 100)
            byte = opened.read(1)[0]
            opened.seek(start + 100)
            opened.write(bytes([byte ^ 1]))
        assert "pages" in failed(vault), start
        with file.open("r+b") as opened:
            opened.seek(start + 100)
            opened.write(bytes([byte]))
    assert not failed(vault)


def test_a_record_of_nothing_is_found(vault: Vault) -> None:
    write(
        vault,
        "CREATE TABLE child (parent INTEGER REFERENCES probe(id) DEFERRABLE INITIALLY DEFERRED)",
    )
    raw = vault.writer.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute("INSERT INTO child VALUES(99)")
    raw.cursor().execute("PRAGMA foreign_keys = ON")
    raw.close()
    assert failed(vault) == ["links"]


def test_a_search_index_that_lost_words_is_found(vault: Vault) -> None:
    fill(vault)
    write(vault, "DELETE FROM search_data WHERE id > 10")
    assert "words" in failed(vault)


def test_changed_keys_and_a_changed_ledger_are_found(vault: Vault, folder: Path) -> None:
    keys = folder / "keys.json"
    content = keys.read_text()
    keys.write_text(content.replace('"owner"', '"other"'))
    assert failed(vault) == ["keys"]
    keys.unlink()
    assert failed(vault) == ["keys"]
    keys.write_text(content)
    (folder / "erased.ledger").write_text("abc 2026-01-01 0\n")
    assert failed(vault) == ["ledger"]


def test_the_check_tells_how_far_it_is_and_can_be_stopped(vault: Vault) -> None:
    class Watched:
        def __init__(self) -> None:
            self.steps: list[tuple[int, int]] = []

        def step(self, done: int, total: int, text: str = "") -> None:  # noqa: ARG002
            self.steps.append((done, total))
            if done == stop_at:
                raise Cancelled

    stop_at, watched = 99, Watched()
    vault.check(watched)
    assert watched.steps == [(done, 6) for done in range(7)]
    stop_at = 2
    with pytest.raises(Cancelled):
        vault.check(Watched())
    assert not failed(vault)


def test_a_result_says_what_was_found() -> None:
    result = CheckResult("pages", ok=False, sentence="words")
    assert (result.name, result.ok, result.sentence) == ("pages", False, "words")
