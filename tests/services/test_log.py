"""The log is one chain with the tables, and a check finds whatever was changed outside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.services.checking import CheckReport
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.subjects import register_subject
from tests.builders import Clock, delivered, invoiced, person, reopened

pytestmark = pytest.mark.spoils

ENTRIES = (
    "SELECT id, at, staff, action, refs, digest, changed, reason, purpose, file_name "
    "FROM audit_entry ORDER BY id"
)


def log(desk: Desk) -> list[Any]:
    return desk.ask(lambda read: list(read.execute(text(ENTRIES)).all()))


def spoil(desk: Desk, statement: str, *values: Any) -> CheckReport:
    """Change the file as somebody with the key and without the program would, and look."""
    with desk._vault.writer.begin() as connection:
        connection.exec_driver_sql(statement, values)
    return desk.check()


def failed(report: CheckReport) -> set[str]:
    return {check.name for check in report.checks if not check.ok}


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A register in which some things have happened."""
    for name in ("Anna", "Karin"):
        delivered(desk, person(desk, name))
    desk.run(erase_subject, subject_ref=person(desk, "Vera"))
    desk.finish()
    return desk


def test_every_action_has_its_line_with_refs_and_no_names(desk: Desk, tmp_path) -> None:
    karin = person(desk, phone="0701740645")
    desk.run(export_person, subject_ref=karin, to=tmp_path / "copy.pdf")
    last = log(desk)[-2:]
    assert [entry.action for entry in last] == ["subject.register", "export.person"]
    assert karin in json.loads(last[0].refs)
    assert json.loads(last[1].refs) == [karin]
    assert {entry.staff for entry in last} == {"owner"}
    assert "Karin" not in str(log(desk))


def test_what_was_refused_has_no_line(desk: Desk) -> None:
    before = log(desk)
    with pytest.raises(DomainError):
        desk.run(register_subject, name="")
    assert log(desk) == before


def test_a_register_in_use_is_as_it_should_be(busy: Desk, clock: Clock) -> None:
    report = busy.check()
    assert (report.ok, report.residue, failed(report)) == (True, 0, set())
    with reopened(busy, clock) as later:
        assert later.check().ok


@pytest.mark.parametrize("column", ["at", "staff", "action", "refs", "digest"])
def test_any_entry_that_was_changed_is_found(busy: Desk, column: str) -> None:
    change = f"UPDATE audit_entry SET {column} = ? WHERE id = ?"  # noqa: S608  (a word of ours)
    for entry in log(busy):
        was = getattr(entry, column)
        assert "audit_chain" in failed(spoil(busy, change, was + "x", entry.id))
        assert spoil(busy, change, was, entry.id).ok


def test_any_entry_that_was_taken_out_is_found(busy: Desk) -> None:
    for entry in log(busy)[:-1]:
        assert "audit_chain" in failed(
            spoil(busy, "DELETE FROM audit_entry WHERE id = ?", entry.id)
        )
        assert spoil(
            busy, "INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *entry
        ).ok


def test_entries_that_changed_places_are_found(busy: Desk) -> None:
    one, other = log(busy)[1:3]
    move = "UPDATE audit_entry SET id = ? WHERE id = ?"
    for to, whose in ((-1, one.id), (one.id, other.id)):
        spoil(busy, move, to, whose)
    assert "audit_chain" in failed(spoil(busy, move, other.id, -1))


def test_a_record_that_the_log_does_not_know_is_found(busy: Desk) -> None:
    report = spoil(busy, "UPDATE booking SET ref = 'smuggled' WHERE number = '1001'")
    assert failed(report) == {"audit_tables"}


def test_a_log_that_is_older_than_its_records_is_found(busy: Desk) -> None:
    person(busy, "Zara")
    report = spoil(busy, "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")
    assert failed(report) == {"audit_tables"}


def test_traces_of_the_erased_are_counted(busy: Desk) -> None:
    (ref,) = busy._vault.ledger.refs()
    change = "UPDATE data_subject SET ref = ? WHERE name = 'Anna'"
    assert spoil(busy, change, ref).residue == 2  # she and her order
    assert spoil(busy, change, "somebody").residue == 0
    assert spoil(busy, "INSERT INTO search(rowid, people) VALUES(999, 'vera')").residue == 1


def test_a_step_that_was_not_done_is_counted_until_it_is(busy: Desk) -> None:
    with busy._vault.reader.connect() as reading:
        reading.execute(text("SELECT * FROM data_subject")).fetchall()
        assert spoil(busy, "UPDATE erasure_case SET cleaned_at = NULL").residue
    assert busy.check().residue == 0


def test_a_kept_invoice_is_no_trace_but_a_note_beside_it_is(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    desk.finish()
    assert desk.check().residue == 0
    note = (
        "INSERT INTO working_note (ref, subject_id, activity_id, recorded_on, text, channel) "
        "SELECT 'x', id, 1, '2026-11-21', 'y', 'IN_PERSON' FROM data_subject"
    )
    assert spoil(desk, note).residue == 1
    assert spoil(desk, "UPDATE data_subject SET name = 'Karin'").residue == 2


def test_a_damaged_file_is_told_and_not_searched(busy: Desk) -> None:
    file = busy.folder / "register.db"
    busy.rest()
    page = bytearray(file.read_bytes())
    page[-2000] ^= 1
    file.write_bytes(page)
    report = busy.check()
    assert not report.ok
    assert report.residue is None
    assert "pages" in failed(report)
