"""Who has read what about a person: shown, handed out to her, and known after her erasure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import NotAllowedError
from gdprdesk.domain.terms import PatientLaw, Permission, ReadReason
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.finding import controller_of
from gdprdesk.services.identity_numbers import add_number, read_number
from gdprdesk.services.journal_reading import read_journal, read_note, search_journal
from gdprdesk.services.journal_writing import sign_note, write_note
from gdprdesk.services.letters import LetterFormat
from gdprdesk.services.onboarding import Business
from gdprdesk.services.read_log import list_readings
from gdprdesk.services.read_log_letter import export_read_log, read_log_report
from gdprdesk.services.registry import ACTIONS, action
from gdprdesk.services.staff import SeenAs
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person
from tests.texts import read_pdf

PRACTICE = Business(name="Samtalsrum Norr", trade="therapy", contact="Lena Norr")


@pytest.fixture
def practice(folder: Path, clock: Clock) -> Iterator[Desk]:
    clock.go_to(TODAY)
    made, _recovery = Desk.create(
        folder, business=PRACTICE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made
    made.lock()


@pytest.fixture
def ingrid(practice: Desk) -> SubjectRef:
    return person(practice, "Ingrid Dahl", language="sv")


def test_every_reading_of_a_person_is_told_and_no_other(
    practice: Desk, ingrid: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    asa = person(practice, "Åsa Berg")
    note = practice.run(write_note, subject_ref=ingrid, text="Sömnen")
    practice.run(write_note, subject_ref=asa, text="Arbetet")
    number = practice.run(add_number, subject_ref=ingrid, number="850101-1236", why="Intyg")
    practice.read(read_note, ref=note, reason=ReadReason.CARE)
    clock.move(hours=1)
    practice.read(read_journal, subject_ref=asa, reason=ReadReason.CARE)
    practice.read(search_journal, text="sömnen")
    practice.read(read_number, ref=number, reason=ReadReason.IDENTITY)
    practice.run(export_person, subject_ref=ingrid, to=tmp_path / "ingrid.pdf")
    rows = practice.ask(list_readings, subject_ref=ingrid)
    assert [(row.what, row.reason) for row in rows] == [
        ("Saved to a file", None),
        ("Read journal", ReadReason.REQUEST),
        ("Read identity number", ReadReason.IDENTITY),
        ("Searched journals", None),
        ("Read journal note", ReadReason.CARE),
    ]
    assert {(row.who, row.role, row.unit) for row in rows} == {
        ("Lena Norr", "Owner", "Samtalsrum Norr")
    }
    assert (rows[0].at - rows[-1].at).total_seconds() == 3600
    assert [row.line for row in rows] == sorted((row.line for row in rows), reverse=True)
    assert len(practice.ask(list_readings, subject_ref=asa)) == 1
    assert practice.ask(list_readings, subject_ref=SubjectRef("%")) == ()


def test_the_letter_names_nobody_unless_the_owner_wants_to(
    practice: Desk, ingrid: SubjectRef, tmp_path: Path
) -> None:
    note = practice.run(write_note, subject_ref=ingrid, text="Sömnen")
    practice.read(read_note, ref=note, reason=ReadReason.CARE)
    said = []
    for number, with_names in enumerate((False, True)):
        for form in LetterFormat:
            to = tmp_path / f"{number}.{form.value}"
            receipt = practice.run(
                export_read_log,
                subject_ref=ingrid,
                to=to,
                format=form,
                with_names=with_names,
                language_code="en",
            )
            assert receipt.rows == 1
            text = read_pdf(to) if form is LetterFormat.PDF else to.read_text("utf-8")
            table = text.split("log holds")[1].split("Kind regards")[0]
            said.append("Lena" in table)
            for word in ("Samtalsrum", "Owner", "To help", "2008:355"):
                assert word in " ".join(text.split())
    assert said == [False, False, True, True]
    assert len(practice.ask(list_readings, subject_ref=ingrid)) == 1  # these letters are no reading


def test_of_somebody_who_was_erased_it_is_known_without_her_name(
    practice: Desk, clock: Clock
) -> None:
    asa = person(practice, "Åsa Berg")
    number = practice.run(add_number, subject_ref=asa, number="850101-1236", why="Intyg")
    practice.read(read_number, ref=number, reason=ReadReason.IDENTITY)
    practice.run(erase_subject, subject_ref=asa)
    clock.move(days=3)
    practice.finish()
    assert [one.what for one in practice.ask(list_readings, subject_ref=asa)] == [
        "Read identity number"
    ]
    document = practice.ask(read_log_report, subject_ref=asa)
    assert document.subtitle == "Samtalsrum Norr"


def set_law(desk: Desk, law: PatientLaw) -> None:
    @action("test.set_law", "", needs=None)
    def answered(work: UnitOfWork) -> None:
        controller_of(work.session).patient_law = law

    del ACTIONS["test.set_law"]
    desk.run(answered)


@pytest.mark.parametrize("law", list(PatientLaw))
def test_her_copy_says_who_has_read_where_the_law_wants_it(
    practice: Desk, ingrid: SubjectRef, tmp_path: Path, law: PatientLaw
) -> None:
    note = practice.run(write_note, subject_ref=ingrid, text="Sömnen")
    practice.run(sign_note, ref=note)
    set_law(practice, law)
    to = tmp_path / "kopia.pdf"
    practice.run(export_person, subject_ref=ingrid, to=to, language_code="en")
    assert ("Who has read" in read_pdf(to)) is law.binds


def test_whoever_does_not_keep_the_register_does_not_see_its_log(
    practice: Desk, ingrid: SubjectRef
) -> None:
    practice.seen_as = SeenAs("", "", frozenset(Permission) - {Permission.REGISTER})
    with pytest.raises(NotAllowedError, match="You have not been given this permission"):
        practice.ask(list_readings, subject_ref=ingrid)
