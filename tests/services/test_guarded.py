"""Who has no key reads nothing, and who has one is in the log before a word is shown."""

from __future__ import annotations

import inspect
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from gdprdesk.cli.answers import to_json
from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.base import RecordRef, Sealed, SubjectRef, personal_kinds, sealed_columns
from gdprdesk.domain.errors import DamagedError, DiskError, DomainError, NoSpaceError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area, Permission, ReadReason
from gdprdesk.services.identity_numbers import add_number, change_number
from gdprdesk.services.journal_files import add_file
from gdprdesk.services.journal_reading import read_journal, search_journal
from gdprdesk.services.journal_writing import (
    add_to_note,
    correct_note,
    discard_draft,
    sign_note,
    write_note,
)
from gdprdesk.services.registry import QUERIES, READINGS, reading
from gdprdesk.store.engine import connect
from gdprdesk.store.keys import Keyring
from gdprdesk.store.reading import Reading
from gdprdesk.store.sealing import Sealer
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, person
from tests.pages import decrypted_pages
from tests.places import files_may_grow_to

THERAPY = replace(CAFE, name="Självro", trade="therapy")
MARK = "xylofon"  # in everything that is sealed, and nowhere else
NUMBER = "850101-1236"
NAME = "Åsa Kvistgren"


@dataclass(frozen=True)
class Practice:
    """A person with a journal in which every sealed text has the mark, and her identity number."""

    desk: Desk
    asa: SubjectRef
    note: RecordRef
    file: RecordRef
    number: RecordRef


@pytest.fixture(scope="session")
def _practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "test.gdprdesk"
    made, _key = Desk.create(folder, business=THERAPY, password=PASSWORD, limits=CHEAP)
    made.lock()
    return folder


@pytest.fixture
def _filled(_practice: Path) -> Path:
    """A practice that keeps a journal, in the place of the cafe."""
    return _practice


@pytest.fixture
def practice(desk: Desk, tmp_path: Path) -> Practice:
    asa = person(desk, NAME)
    note = desk.run(write_note, subject_ref=asa, text=f"Hon spelar {MARK}.")
    desk.run(write_note, subject_ref=asa, ref=note, text=f"Hon spelar {MARK} varje dag.")
    desk.run(sign_note, ref=note)
    desk.run(correct_note, ref=note, text=f"Hon spelar {MARK} ibland.")
    desk.run(add_to_note, ref=note, text=f"Ny {MARK}.", sign=False)
    desk.run(discard_draft, ref=desk.run(write_note, subject_ref=asa, text=f"Ingen {MARK}."))
    (tmp_path / f"{MARK}.pdf").write_bytes(f"%PDF-1.7 {MARK}".encode())
    file = desk.run(add_file, subject_ref=asa, path=tmp_path / f"{MARK}.pdf")
    number = desk.run(add_number, subject_ref=asa, number="850161-1233", why="Intyg")
    desk.run(change_number, ref=number, number=NUMBER)
    return Practice(desk, asa, note, file, number)


def lines(desk: Desk) -> list[tuple[str, str]]:
    asked = select(AuditEntry.action, AuditEntry.refs).order_by(AuditEntry.id)
    return desk.ask(lambda read: [(one.action, one.refs) for one in read.execute(asked)])


# Without the key


@pytest.fixture
def assistant(practice: Practice) -> Keyring:
    """What an assistant holds, who was let in without the journal."""
    vault = practice.desk._vault
    until = TODAY + timedelta(days=7)
    code = vault.key_file().invite(vault.keys, "kim", "Kim", until, journal=False)
    return vault.key_file().accept("kim", code, "five words that are long", TODAY)


def every_value(folder: Path, key: bytes) -> Iterator[bytes]:
    """Walk every value of every table, as any program shows them that has the key of the file."""
    with closing(connect(folder / "register.db", key)) as raw:
        tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in raw.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def test_with_the_keys_of_an_assistant_no_note_can_be_read(
    practice: Practice, assistant: Keyring, folder: Path
) -> None:
    practice.desk.read(search_journal, text=MARK)
    assert assistant.journal is None
    for _locked in (False, True):
        pages = decrypted_pages(folder, assistant.vault)
        for letters in ("utf-8", "utf-16-le"):
            assert MARK.encode(letters) not in pages.lower()
        assert b"850101-1236" not in pages
        assert NAME.encode() in pages  # so the pages are really those of the register
        values = b"\n".join(every_value(folder, assistant.vault))
        assert MARK.encode() not in values.lower()
        assert b"19850101" not in values
        assert NAME.encode() in values
        practice.desk.lock()


def test_the_keys_of_an_assistant_open_nothing_that_is_sealed_for_the_journal(
    practice: Practice, assistant: Keyring
) -> None:
    own, forged = Sealer(assistant), Sealer(replace(assistant, journal=bytes(32)))
    opened = 0

    def try_all(read: Any) -> None:
        nonlocal opened
        for kind in personal_kinds():
            for column, column_type in sealed_columns(kind):
                if column_type.area is not Area.JOURNAL:
                    continue
                for record in read.scalars(select(kind)):
                    subject = read.get_one(DataSubject, record.subject_id)
                    with pytest.raises(DomainError, match="closed to you"):
                        own.open(subject, Area.JOURNAL, getattr(record, column))
                    with pytest.raises(DamagedError):
                        forged.open(subject, Area.JOURNAL, getattr(record, column))
                    opened += 1

    practice.desk.ask(try_all)
    assert opened == 5  # three entries, the name of a file and the file


def test_an_assistant_opens_the_register_and_not_the_journal(
    practice: Practice, assistant: Keyring
) -> None:
    with pytest.raises(DomainError, match="closed to you"):
        Sealer(assistant).seal(
            DataSubject(name="", sort_key="", registered_on=None), Area.JOURNAL, ""
        )


def test_what_belongs_to_one_person_is_not_shown_as_anothers(practice: Practice) -> None:
    desk, bo = practice.desk, person(practice.desk, "Bo Berg")
    desk.run(write_note, subject_ref=bo, text="Bo är trött.")

    def swap(read: Any) -> None:
        subjects = {one.ref: one for one in read.scalars(select(DataSubject))}
        sealed = desk._vault.sealer.seal(subjects[bo], Area.JOURNAL, "Bo är trött.")
        with pytest.raises(DamagedError, match="changed outside the program"):
            desk._vault.sealer.open(subjects[practice.asa], Area.JOURNAL, sealed)
        with pytest.raises(DamagedError):
            desk._vault.sealer.open(subjects[bo], Area.JOURNAL, Sealed(sealed.value[:-1] + b"x"))

    desk.ask(swap)


# The line before the words

READ_AND_DIE = """
import os, signal, sys
from pathlib import Path
from gdprdesk.desk import Desk
from gdprdesk.domain.terms import ReadReason
from gdprdesk.services.journal_reading import read_journal
from gdprdesk.store.keys import Limits
from gdprdesk.store.reading import Reading
from gdprdesk.store.sealing import Sealer

desk = Desk.unlock(
    Path(sys.argv[1]), password=sys.argv[2], limits=Limits(8192, 1, 8192, least_rounds=1)
)
Sealer.open = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
print(desk.read(read_journal, subject_ref=sys.argv[3], reason=ReadReason.CARE).notes[0].text)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
def test_a_program_killed_before_it_shows_has_written_the_line(
    practice: Practice, folder: Path
) -> None:
    practice.desk.lock()
    killed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", READ_AND_DIE, str(folder), PASSWORD, practice.asa],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"")
    assert MARK.encode() not in killed.stderr
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP)
    action, refs = lines(desk)[-1]
    desk.lock()
    assert action == "journal.read"
    assert {practice.asa, practice.note} <= set(json.loads(refs))


def test_nothing_is_shown_when_the_line_finds_no_room(practice: Practice) -> None:
    desk = practice.desk
    desk.rest()
    before = lines(desk)
    with files_may_grow_to(1000), pytest.raises((NoSpaceError, DiskError), match="safe"):
        desk.read(read_journal, subject_ref=practice.asa, reason=ReadReason.CARE)
    with files_may_grow_to(1000), pytest.raises((NoSpaceError, DiskError), match="safe"):
        desk.read(search_journal, text=MARK)
    assert lines(desk) == before
    assert desk.read(search_journal, text=MARK)


# Every reading there is


def said_to(function: Any, practice: Practice, tmp_path: Path) -> dict[str, Any]:
    """Return what a reading or query is told, by the names of what it must be told."""
    known: dict[str, Any] = {
        "subject_ref": practice.asa,
        "reason": ReadReason.CHECK,
        "text": MARK,
        "number": NUMBER,
        "to": tmp_path / "out.pdf",
    }
    refs = {"read_note": practice.note, "read_number": practice.number}
    known["ref"] = refs.get(function.__name__, practice.file)
    wanted = list(inspect.signature(function).parameters.values())[1:]
    return {one.name: known[one.name] for one in wanted if one.default is one.empty}


@pytest.mark.parametrize("name", READINGS)
def test_every_reading_adds_exactly_one_line(name: str, practice: Practice, tmp_path: Path) -> None:
    before = lines(practice.desk)
    shown = practice.desk.read(READINGS[name], **said_to(READINGS[name], practice, tmp_path))
    after = lines(practice.desk)
    assert shown is not None
    assert after[: len(before)] == before
    assert [action for action, _refs in after[len(before) :]] == [name]
    assert practice.asa in after[-1][1]


def test_no_question_answers_with_what_is_sealed(practice: Practice, tmp_path: Path) -> None:
    answered = set()
    for name, query in QUERIES.items():
        with suppress(
            KeyError, DomainError, AttributeError, TypeError
        ):  # it asks of something else
            answer = practice.desk.ask(query, **said_to(query, practice, tmp_path))
            said = to_json(answer)
            assert MARK not in said, name
            assert "19850101-1236" not in said, name
            answered.add(name)
    wanted = {"journal.list", "number.list", "person.copy", "report.person", "subject.show"}
    assert wanted <= answered


def test_a_reading_that_writes_no_line_shows_nothing(practice: Practice) -> None:
    forgetful = reading("test.forgetful", "Forgetful", needs=Permission.PEOPLE)(_people)
    try:
        with pytest.raises(RuntimeError, match="not in the log"):
            practice.desk.read(forgetful)
    finally:
        del READINGS["test.forgetful"]


def _people(look: Reading) -> int:
    return look.session.scalar(select(func.count()).select_from(DataSubject)) or 0
