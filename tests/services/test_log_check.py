"""Whoever changes the file without the program is found out, and told what was done since when.

Each test opens the encrypted file with the key and without the program, does one thing to it, and
looks at what the register says when it is opened and checked.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.i18n import format_moment
from gdprdesk.services.log_findings import accept_findings
from gdprdesk.services.subjects import register_subject
from gdprdesk.store.copy_keys import Opening
from gdprdesk.store.engine import connect
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CHEAP, NOON, OLD_PASSWORD, PASSWORD, Clock, delivered, order, person
from tests.pages import PAGE, vault_key


@pytest.fixture
def busy(desk: Desk, clock: Clock) -> Iterator[Desk]:
    """A register of three days: the template, then Anna, then Karin with an order, each at noon.

    Its log: 1 the template, 2 Anna, 3 Karin, 4 her order, 5 delivered, 6 paid.
    """
    clock.move(days=1)
    person(desk, "Anna")
    clock.move(days=1)
    delivered(desk, person(desk, "Karin"))
    clock.move(days=1)
    yield desk
    desk.lock()


pytestmark = pytest.mark.spoils


def at(day: int) -> str:
    """Return noon of a day as people write it."""
    return format_moment(NOON + timedelta(days=day - NOON.day))


def without_program(folder: Path, *statements: str) -> None:
    """Change a closed register as any tool does that can open it."""
    with closing(connect(folder / "register.db", vault_key(folder))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def opened(folder: Path, clock: Clock) -> Desk:
    return Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=clock)


def found(desk: Desk, clock: Clock, *statements: str) -> list[str]:
    """Lock a register, change it without the program, and return what is said after that."""
    desk.lock()
    without_program(desk.folder, *statements)
    later = opened(desk.folder, clock)
    try:
        later.find_damage()
        return [one.sentence for one in later.log_findings]
    finally:
        later.lock()


def test_a_register_in_use_has_nothing_to_tell(busy: Desk, clock: Clock) -> None:
    assert found(busy, clock) == []


# The log


def test_a_line_that_was_taken_out(busy: Desk, clock: Clock) -> None:
    said = found(busy, clock, "DELETE FROM audit_entry WHERE id = 3")
    assert said[0] == (
        "Line 3 of the log is missing: it was taken out outside the program. The lines before, "
        f"until {at(22)}, are as they were written."
    )


def test_a_line_that_was_taken_out_and_the_gap_closed(busy: Desk, clock: Clock) -> None:
    said = found(
        busy,
        clock,
        "DELETE FROM audit_entry WHERE id = 3",
        "UPDATE audit_entry SET id = -id WHERE id > 3",
        "UPDATE audit_entry SET id = -id - 1 WHERE id < 0",
    )
    assert said[0].startswith("Line 3 of the log was changed outside the program.")
    assert any(one.startswith("The end of the log is missing: line 6") for one in said)


@pytest.mark.parametrize("column", ["at", "staff", "action", "refs", "digest", "changed"])
def test_a_line_that_was_changed(busy: Desk, clock: Clock, column: str) -> None:
    change = f"UPDATE audit_entry SET {column} = '[\"2026\"]' WHERE id = 4"  # noqa: S608
    said = found(busy, clock, change)
    assert said[0] == (
        "Line 4 of the log was changed outside the program. The lines before, until "
        f"{at(23)}, are as they were written."
    )


def test_lines_that_changed_places(busy: Desk, clock: Clock) -> None:
    said = found(
        busy,
        clock,
        "UPDATE audit_entry SET id = -1 WHERE id = 2",
        "UPDATE audit_entry SET id = 2 WHERE id = 5",
        "UPDATE audit_entry SET id = 5 WHERE id = -1",
    )
    assert [one.split(".")[0] for one in said if "swapped" in one] == [
        "Line 2 of the log stands in a wrong place: lines were swapped",
        "Line 5 of the log stands in a wrong place: lines were swapped",
    ]
    assert f"until {at(21)}" in said[0]


def test_a_line_that_was_put_in(busy: Desk, clock: Clock) -> None:
    said = found(
        busy,
        clock,
        "UPDATE audit_entry SET id = -id WHERE id > 3",
        "UPDATE audit_entry SET id = 1 - id WHERE id < 0",
        "INSERT INTO audit_entry (id, at, staff, action, refs, digest, changed) SELECT 4, at, "
        "staff, action, refs, digest, changed FROM audit_entry WHERE id = 2",
    )
    assert said[0] == (
        "Line 4 of the log was put in outside the program. The lines before, until "
        f"{at(23)}, are as they were written."
    )


def test_the_end_that_was_cut_off(busy: Desk, clock: Clock) -> None:
    said = found(busy, clock, "DELETE FROM audit_entry WHERE id > 4")
    assert (
        "The end of the log is missing: 2 lines from 5 on were cut off, but what they did is "
        f"there. The lines before, until {at(23)}, are as they were written."
    ) in said
    assert any("than what this computer last saw" in one for one in said)


def test_a_log_that_was_emptied(busy: Desk, clock: Clock) -> None:
    said = found(busy, clock, "DELETE FROM audit_entry")
    assert any("lines from 1 on were cut off" in one for one in said)


# The rows


def test_a_row_that_was_changed(busy: Desk, clock: Clock) -> None:
    said = found(busy, clock, "UPDATE data_subject SET name = 'Eve' WHERE name = 'Anna'")
    assert said == [
        f"Changed outside the program: one person. The program last wrote this {at(22)}."
    ]


@pytest.mark.parametrize("change", ["id = 999", "subject_id = 1", "paid_on = NULL"])
def test_an_order_that_is_hers_no_more(busy: Desk, clock: Clock, change: str) -> None:
    assert found(busy, clock, f"UPDATE booking SET {change}") == [  # noqa: S608
        f"Changed outside the program: 1 order. The program last wrote this {at(23)}."
    ]


def test_a_row_that_was_put_in(busy: Desk, clock: Clock) -> None:
    note = (
        "INSERT INTO working_note (ref, subject_id, activity_id, recorded_on, text, channel) "
        "SELECT 'x', id, 1, '2026-11-21', 'y', 'IN_PERSON' FROM data_subject WHERE name = 'Anna'"
    )
    said = ["Put in outside the program, the log does not know it: 1 note."]
    assert found(busy, clock, note) == said
    forged = "INSERT INTO row_seal VALUES ('x', 2, x'00112233445566778899aabbccddeeff')"
    assert found(busy, clock, forged) == said


def test_a_row_that_was_taken_out_with_its_seal_or_without(busy: Desk, clock: Clock) -> None:
    gone = found(busy, clock, "DELETE FROM booking")
    assert len(gone) == 1
    assert gone[0].startswith("Something that “")
    assert gone[0].endswith(f"The program last wrote this {at(23)}.")
    seals = (
        "DELETE FROM row_seal WHERE ref NOT IN "
        "(SELECT ref FROM data_subject UNION SELECT ref FROM staff_member)"
    )
    assert found(busy, clock, seals) == gone


def test_a_seal_that_was_taken_off(busy: Desk, clock: Clock) -> None:
    said = found(busy, clock, "DELETE FROM row_seal")
    assert {one.split(":")[0] for one in said} == {
        "An old part of the file was mixed with a newer one"
    }


# Older files


def test_a_whole_old_file(busy: Desk, clock: Clock, tmp_path: Path) -> None:
    busy.lock()
    old = shutil.copytree(busy.folder, tmp_path / "old")
    clock.move(days=1)
    later = opened(busy.folder, clock)
    person(later, "Vera")
    order(later)
    later.lock()
    shutil.rmtree(busy.folder)
    shutil.copytree(old, busy.folder)
    again = opened(busy.folder, clock)
    try:
        (row,) = again.log_findings
        assert row.sentence == (
            f"This register is older than what this computer last saw, {at(25)}: 2 actions "
            f"are missing at the end. It ends {at(23)}."
        )
        person(again, "Zara")  # she may go on working, and is told until she has seen it
        assert again.check().ok is False
        again.lock()
        again = opened(busy.folder, clock)
        (row,) = again.log_findings
        again.run(accept_findings, keys=(row.key,))
        assert again.log_findings == ()
        again.lock()
        again = opened(busy.folder, clock)
        assert again.log_findings == ()
        assert again.check().ok
    finally:
        again.lock()


def test_an_old_file_in_which_somebody_went_on(busy: Desk, clock: Clock, tmp_path: Path) -> None:
    busy.lock()
    old = shutil.copytree(busy.folder, tmp_path / "other.gdprdesk")
    later = opened(busy.folder, clock)
    person(later, "Vera")
    later.lock()
    other = opened(old, clock)
    person(other, "Zara")
    person(other, "Zora")
    (row,) = other.log_findings
    other.lock()
    assert row.sentence.startswith("This register is older than what this computer last saw")
    other = opened(old, clock)
    (row,) = other.log_findings
    other.lock()
    assert "somebody went on working in an older copy" in row.sentence


@pytest.mark.parametrize("table", ["booking", "data_subject", "row_seal", "audit_entry"])
def test_a_table_of_an_older_file(busy: Desk, clock: Clock, tmp_path: Path, table: str) -> None:
    busy.lock()
    old = shutil.copy(busy.folder / "register.db", tmp_path / "old.db")
    later = opened(busy.folder, clock)
    order(later, person(later, "Vera"))
    later.lock()
    key = vault_key(busy.folder).hex()
    without_program(
        busy.folder,
        "PRAGMA foreign_keys = OFF",
        f"ATTACH '{old}' AS old KEY \"x'{key}'\"",
        f"DELETE FROM {table}",  # noqa: S608
        f"INSERT INTO {table} SELECT * FROM old.{table}",  # noqa: S608
        "DETACH old",
    )
    again = opened(busy.folder, clock)
    try:
        report = again.check()
        wrong = {one.name for one in report.checks if not one.ok}
        assert wrong & {"audit_tables", "links"}
        again.find_damage()
        if "links" not in wrong:
            assert any("2026" in one.sentence for one in again.log_findings)
    finally:
        again.lock()


def test_half_an_old_file(busy: Desk, clock: Clock, tmp_path: Path) -> None:
    """The first half of the pages is of yesterday, the second of today."""
    for number in range(40):
        person(busy, f"Person {number}")
    busy.lock()
    old = (busy.folder / "register.db").read_bytes()
    later = opened(busy.folder, clock)
    for number in range(40):
        order(later, person(later, f"Later {number}"))
    later.lock()
    new = (busy.folder / "register.db").read_bytes()
    half = len(old) // PAGE // 2 * PAGE
    (busy.folder / "register.db").write_bytes(old[:half] + new[half:])
    try:
        again = opened(busy.folder, clock)
    except DomainError:
        return  # so damaged that it is not opened at all
    try:
        assert again.find_damage()
    finally:
        again.lock()


# What must not alarm


def test_a_backup_that_was_put_back_is_known(busy: Desk, clock: Clock, tmp_path: Path) -> None:
    backup = busy.backup(tmp_path).path
    clock.move(days=1)
    person(busy, "Vera")
    busy.lock()
    clock.move(hours=1)
    Desk.restore(backup, busy.folder, opening=Opening("owner", PASSWORD, CHEAP), clock=clock)
    again = opened(busy.folder, clock)
    try:
        assert again.log_findings == ()
        assert again.check().ok
    finally:
        again.lock()


def test_a_new_computer_has_seen_nothing_yet(
    busy: Desk, clock: Clock, tmp_path: Path, monkeypatch
) -> None:
    busy.lock()
    old = shutil.copytree(busy.folder, tmp_path / "old")
    later = opened(busy.folder, clock)
    person(later, "Vera")
    later.lock()
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_names, **_more: elsewhere)
    again = opened(old, clock)
    assert again.log_findings == ()
    again.lock()
    assert opened_and_found(busy.folder, clock) == []  # and now it has


def opened_and_found(folder: Path, clock: Clock) -> list[Any]:
    desk = opened(folder, clock)
    try:
        return list(desk.log_findings)
    finally:
        desk.lock()


def test_an_action_without_a_line_cannot_change_what_is_about_people(desk: Desk) -> None:
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        register_subject(work, name="Vera")
        with pytest.raises(RuntimeError, match="with a line in the log"):
            work.commit("draft.save", logged=False)


def test_a_register_of_an_earlier_version_is_tied_to_its_log_when_it_is_opened(
    tmp_path: Path, clock: Clock
) -> None:
    old = Path(__file__).parents[1] / "data" / "registers" / "version-3.gdprdesk"
    folder = shutil.copytree(old, tmp_path / old.name)
    desk = Desk.unlock(folder, password=OLD_PASSWORD, limits=CHEAP, clock=clock)
    with desk._vault.reader.connect() as connection:
        lines = connection.exec_driver_sql(
            "SELECT action FROM audit_entry WHERE changed IS NOT NULL ORDER BY id"
        ).all()
    assert lines[0][0] == "log.seal"
    assert desk.find_damage() == ()
    with desk._vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE contact_detail SET value = value || 'x'")
    assert any("Changed outside the program" in one for one in desk.find_damage())
    desk.lock()
