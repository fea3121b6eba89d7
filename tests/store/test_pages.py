"""What is deleted is gone from every page: shown by decrypting the file ourselves."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from gdprdesk.domain.errors import InUseError
from gdprdesk.store.vault import OPENER, Vault
from tests.pages import decrypted_pages, vault_key

MARKER = "zebrafinch"
MANY = [(number, f"{MARKER}{number:05d} " + "x" * 300) for number in range(400)]


def fill(connection) -> None:
    connection.executemany("INSERT INTO probe(id, words) VALUES(?, ?)", MANY)


def markers_left(folder: Path) -> int:
    return decrypted_pages(folder, vault_key(folder, "a long word")).count(MARKER.encode())


def ask_to_clean(vault: Vault) -> None:
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE register_state SET pages_unclean = 1")


def test_a_plain_delete_leaves_words_in_the_file(vault: Vault, folder: Path) -> None:
    key = vault_key(folder, "a long word")
    connection = dbapi2.connect(str(folder / "register.db"), isolation_level=None)
    connection.set_key(f"x'{key.hex()}'")
    connection.execute("PRAGMA secure_delete = OFF")
    fill(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert markers_left(folder) >= len(MANY)
    connection.execute("DELETE FROM probe")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    assert markers_left(folder)


def test_what_is_deleted_is_overwritten_at_once(vault: Vault, folder: Path) -> None:
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(id, words) VALUES(?, ?)", MANY)
        connection.exec_driver_sql("INSERT INTO search(rowid, people) VALUES(?, ?)", MANY)
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM probe")
        connection.exec_driver_sql("DELETE FROM search")
    vault.truncate()
    assert markers_left(folder) == 0


def test_after_cleaning_nothing_deleted_is_left(vault: Vault, folder: Path) -> None:
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(id, words) VALUES(?, ?)", MANY)
        words = "INSERT INTO search(rowid, people) VALUES(?, ?)"
        connection.exec_driver_sql(words, MANY)
    assert markers_left(folder) >= len(MANY)
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE probe SET words = 'x' WHERE id < 50")
        connection.exec_driver_sql("DELETE FROM probe WHERE id >= 50")
        connection.exec_driver_sql("DELETE FROM search")
    assert markers_left(folder)
    assert vault.file_residue()
    ask_to_clean(vault)
    vault.clean_pages()
    assert markers_left(folder) == 0
    assert vault.file_residue() == 0


def test_pages_are_cleaned_only_when_asked_for_and_then_once(vault: Vault) -> None:
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM probe")
    vault.clean_pages()
    assert vault.file_residue()  # not asked for: the log is as it was
    ask_to_clean(vault)
    vault.clean_pages()
    assert vault.file_residue() == 0
    with vault.reader.connect() as connection:
        asked = connection.exec_driver_sql("SELECT pages_unclean FROM register_state")
        assert asked.scalar() == 0


def test_cleaning_that_is_disturbed_waits_and_is_not_called_done(vault: Vault) -> None:
    ask_to_clean(vault)
    with vault.reader.connect() as reading:
        reading.exec_driver_sql("SELECT * FROM register_state").fetchall()
        with pytest.raises(InUseError):
            vault.clean_pages()
        asked = reading.exec_driver_sql("SELECT pages_unclean FROM register_state")
        assert asked.scalar() == 1
    vault.clean_pages()
    assert vault.file_residue() == 0


def test_an_erasure_in_the_midst_of_cleaning_is_cleaned_as_well(vault: Vault) -> None:
    said: list[str] = []

    def clean() -> None:
        try:
            vault.clean_pages()
        except InUseError as error:
            said.append(str(error))

    for patience in range(0, 5000, 100):  # until the other comes when cleaning has begun
        ask_to_clean(vault)
        thread = threading.Thread(target=clean)
        with vault.writer.begin() as connection:
            connection.exec_driver_sql("INSERT INTO probe(words) VALUES('of another')")
            connection.exec_driver_sql("UPDATE register_state SET pages_unclean = 1")
            thread.start()
            for _moment in range(patience):
                vault.still_there()
        thread.join()
        with vault.reader.connect() as connection:
            asked = connection.exec_driver_sql("SELECT pages_unclean FROM register_state")
            assert asked.scalar() == bool(said)
        if said:
            break
    assert said[0].startswith("The register was written to meanwhile")


def test_a_copy_of_the_file_alone_is_whole_when_the_program_is_idle(vault: Vault) -> None:
    log = vault.folder / "register.db-wal"
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(words) VALUES('x')")
    assert log.stat().st_size
    vault.truncate()
    assert not log.stat().st_size


def test_idling_disturbs_nobody_who_reads(vault: Vault) -> None:
    with vault.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO probe(words) VALUES('x')")
    with vault.reader.connect() as reading:
        reading.exec_driver_sql("SELECT * FROM probe").fetchall()
        vault.truncate()
        assert reading.exec_driver_sql("SELECT words FROM probe").scalar() == "x"


def test_locking_leaves_one_file_and_no_words_beside_it(vault: Vault, folder: Path) -> None:
    vault.lock()
    assert sorted(file.name for file in folder.iterdir()) == [OPENER, "keys.json", "register.db"]
