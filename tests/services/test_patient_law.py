"""What the law on patients' records changes: a journal is held, and everybody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    Area,
    ErasureState,
    HoldGround,
    PatientLaw,
    ReadReason,
    Reason,
    SubjectState,
)
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.finding import activity_for, controller_of, find_any_subject
from gdprdesk.services.holds import Decision, hold_person
from gdprdesk.services.journal_end import say_on_phone
from gdprdesk.services.journal_overview import list_journals
from gdprdesk.services.journal_reading import read_journal
from gdprdesk.services.journal_writing import sign_note, write_note
from gdprdesk.services.papers import PaperChanges, add_paper, list_papers
from gdprdesk.services.patient_law import (
    answer_patient_law,
    is_patient_law_open,
    patient_law_effects,
    show_patient_law,
)
from gdprdesk.services.persons import show_subject
from gdprdesk.services.reports.proofs import receipt_report
from gdprdesk.services.shredding import shred
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, person, reopened

THERAPY = replace(CAFE, name="Självro", trade="therapy")
IN_TEN_YEARS = date(2036, 11, 21)


@pytest.fixture(scope="session")
def _practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("patients") / "test.gdprdesk"
    made, _key = Desk.create(
        folder, business=THERAPY, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    made.lock()
    return folder


@pytest.fixture
def _filled(_practice: Path) -> Path:
    """A Swedish practice that keeps a journal, in the place of the cafe."""
    return _practice


@pytest.fixture
def asa(desk: Desk) -> SubjectRef:
    return person(desk, "Åsa Öst", phone="070-111 22 33")


def note(desk: Desk, ref: SubjectRef, on: date, text: str = "Hon sover dåligt.") -> RecordRef:
    """Put an entry of a day long past into a journal."""
    with UnitOfWork(desk._vault, lambda: datetime(on.year, on.month, on.day, 12).astimezone()) as w:
        subject = find_any_subject(w.session, ref)
        entry = JournalNote(
            subject_id=subject.id,
            activity_id=activity_for(w.session, JournalNote).id,
            recorded_on=on,
            text=w.seal(subject, Area.JOURNAL, text),
            happened_on=on,
            written_at=w.now.isoformat(),
        )
        w.session.add(entry)
        w.commit("test.note")
        return entry.ref


def answer(desk: Desk, said: PatientLaw) -> None:
    desk.run(answer_patient_law, answer=said, why="Vi är kroppsterapeuter utan legitimation")


def in_norway(desk: Desk) -> None:
    with UnitOfWork(desk._vault, desk._clock) as work:
        controller_of(work.session).country = "NO"
        work.commit("test.country")


def states(desk: Desk) -> list[tuple[str, SubjectState]]:
    return desk.ask(
        lambda read: [(one.name, one.state) for one in read.scalars(select(DataSubject))]
    )


def test_nobody_is_asked_where_no_journal_is_kept(tmp_path: Path) -> None:
    made, _key = Desk.create(
        tmp_path / "cafe.gdprdesk", business=CAFE, password=PASSWORD, limits=CHEAP
    )
    assert made.ask(show_patient_law) is None
    assert not made.ask(is_patient_law_open)
    assert made.ask(say_on_phone) == ""
    with pytest.raises(DomainError, match="No journal is kept"):
        answer(made, PatientLaw.APPLIES)
    made.lock()


def test_the_answer_needs_a_reason_and_says_what_it_changes(desk: Desk) -> None:
    view = desk.ask(show_patient_law)
    assert view is not None
    assert (view.answer, view.binds, view.answered_on) == (PatientLaw.UNSURE, True, None)
    assert desk.ask(is_patient_law_open)
    with pytest.raises(DomainError, match="Write why"):
        desk.run(answer_patient_law, answer=PatientLaw.NOT, why=" ")
    answer(desk, PatientLaw.NOT)
    view = desk.ask(show_patient_law)
    assert view is not None
    assert (view.binds, view.answered_on) == (False, TODAY)
    assert view.why == "Vi är kroppsterapeuter utan legitimation"
    assert not desk.ask(is_patient_law_open)
    assert "erased with all else" in view.effects[0].text


def test_the_effects_have_the_figures_of_the_law_book(desk: Desk) -> None:
    said = desk.ask(patient_law_effects, answer=PatientLaw.APPLIES)
    by_source = {one.source: one for one in said}
    assert "at least 10 years" in by_source["Patientdatalagen (2008:355) 3 kap. 17 §"].text
    assert "at least 5 years" in by_source["HSLF-FS 2016:40 4 kap. 9 §"].text
    ordered = by_source["Patientdatalagen (2008:355) 8 kap. 4 §, ivo.se"]
    assert "Only the Health and Social Care Inspectorate (IVO)" in ordered.text
    assert ordered.read
    assert not by_source["Patientdatalagen (2008:355) 3 kap. 14 §"].read
    assert said == desk.ask(patient_law_effects, answer=PatientLaw.UNSURE)
    in_norway(desk)
    norwegian = " ".join(one.text for one in desk.ask(patient_law_effects))
    for words in ("Statsforvalteren", "Norsk helsearkiv", "10 years after the last entry"):
        assert words in norwegian
    assert "IVO" not in norwegian


def test_yes_names_the_law_in_the_register_and_no_takes_it_out(desk: Desk) -> None:
    def laws() -> dict[str, str | None]:
        return desk.ask(
            lambda read: {
                one.key: one.rule.law
                for one in read.scalars(select(ProcessingActivity))
                if one.key in {"journal", "paper", "clients"}
            }
        )

    assert set(laws().values()) == {None}
    answer(desk, PatientLaw.APPLIES)
    assert laws() == {"journal": "patient_journal", "paper": "patient_journal", "clients": None}
    answer(desk, PatientLaw.NOT)
    assert set(laws().values()) == {None}


def test_all_of_a_journal_is_held_from_its_last_entry(desk: Desk, asa: SubjectRef) -> None:
    note(desk, asa, date(2015, 3, 1))
    note(desk, asa, date(2026, 11, 21))
    preview = desk.ask(preview_erasure, subject_ref=asa)
    kept = [one for one in preview.keep if one.kind == "journal_note"]
    assert [(one.reason, one.until, one.law) for one in kept] == [
        (Reason.LAW_OBLIGES, IN_TEN_YEARS, "the Swedish Patient Data Act")
    ] * 2
    assert [one.kind for one in preview.groups] == ["contact_detail"]
    assert preview.journal_goes == ""
    assert "IVO" in preview.journal_stays
    why = {one.activity: one for one in desk.ask(show_subject, subject_ref=asa).why}
    assert (why["Journal"].until, why["Journal"].is_law) == (IN_TEN_YEARS, True)


def test_paper_of_a_journal_is_part_of_it(desk: Desk, asa: SubjectRef) -> None:
    note(desk, asa, date(2012, 3, 1))
    paper = PaperChanges(
        place="Skåp",
        box="Journaler A-Ö",
        what="Gamla anteckningar",
        subject_ref=asa,
        to_on=date(2020, 5, 4),
        journal=True,
    )
    ref = desk.run(add_paper, changes=paper)
    other = desk.run(add_paper, changes=replace(paper, box="Kvitton", journal=False))
    (row,) = desk.ask(list_papers, journals_only=True)
    assert (row.ref, row.journal, row.until, row.kept_by_law) == (
        ref,
        True,
        date(2030, 5, 4),
        True,
    )
    keep = {one.ref: one.until for one in desk.ask(preview_erasure, subject_ref=asa).keep}
    assert set(keep.values()) == {date(2030, 5, 4)}
    assert other not in keep
    with pytest.raises(DomainError, match=r"Only the Health and Social Care Inspectorate \(IVO\)"):
        desk.run(shred, what="Journal", amount="1 mapp", how="Tugg", paper=ref)
    desk.run(shred, what="Kvitton", amount="1 mapp", how="Tugg", paper=other)


def test_what_is_held_stays_readable_with_her_name_until_it_is_over(
    desk: Desk, asa: SubjectRef, clock: Clock
) -> None:
    note(desk, asa, TODAY)
    desk.run(erase_subject, subject_ref=asa)
    assert states(desk) == [("Åsa Öst", SubjectState.HELD)]
    receipt = desk.ask(show_receipt, subject_ref=asa)
    assert receipt.state is ErasureState.HELD
    assert [(one["kind"], one["until"]) for one in receipt.keep] == [("journal_note", "2036-11-21")]
    assert receipt.warned == ""
    kept = desk.read(read_journal, subject_ref=asa, reason=ReadReason.REQUEST)
    assert [one.text for one in kept.notes] == ["Hon sover dåligt."]
    assert [row.name for row in desk.ask(list_journals).rows] == ["Åsa Öst"]
    with pytest.raises(DomainError, match="has been erased"):
        desk.run(write_note, subject_ref=asa, text="En rad till")
    clock.now += timedelta(days=3653)
    with reopened(desk, clock) as later:
        assert states(later) == [("Åsa Öst", SubjectState.HELD)]
    clock.now += timedelta(days=2)
    with reopened(desk, clock) as later:
        assert states(later) == []


def test_outside_the_law_it_goes_once_it_was_read_what_that_means(
    desk: Desk, asa: SubjectRef
) -> None:
    answer(desk, PatientLaw.NOT)
    note(desk, asa, TODAY)
    warning = desk.ask(preview_erasure, subject_ref=asa).journal_goes
    assert "no history any more" in warning
    assert "1 journal note" in warning
    with pytest.raises(DomainError, match="--acknowledge-journal"):
        desk.run(stage_erasure, subject_ref=asa)
    with pytest.raises(DomainError, match="Nothing was erased"):
        desk.run(erase_subject, subject_ref=asa)
    assert states(desk) == [("Åsa Öst", SubjectState.ACTIVE)]
    staged = desk.run(stage_erasure, subject_ref=asa, acknowledge_journal=True)
    assert (staged.warned, staged.warned_by) == (warning, "owner")
    desk.run(erase_subject, subject_ref=asa)
    assert states(desk) == []
    report = desk.ask(receipt_report, subject_ref=asa, language_code="en")
    (section,) = [one for one in report.sections if "the journal goes" in one.heading]
    assert [getattr(one, "text", "") for one in section.blocks][1] == warning


def test_an_erasure_taken_back_and_asked_for_again_is_read_again(
    desk: Desk, asa: SubjectRef
) -> None:
    answer(desk, PatientLaw.NOT)
    note(desk, asa, TODAY)
    desk.run(stage_erasure, subject_ref=asa, acknowledge_journal=True)
    desk.run(undo_erasure, subject_ref=asa)
    with pytest.raises(DomainError, match="Nothing was erased"):
        desk.run(stage_erasure, subject_ref=asa)


def test_outside_the_law_it_can_be_kept_for_a_claim(desk: Desk, asa: SubjectRef) -> None:
    answer(desk, PatientLaw.NOT)
    note(desk, asa, TODAY)
    ask = Decision(HoldGround.CLAIM, "Hon har anmält en skada", date(2027, 5, 21))
    desk.run(hold_person, subject_ref=asa, decision=ask)
    preview = desk.ask(preview_erasure, subject_ref=asa)
    assert {one.kind for one in preview.keep} >= {"journal_note"}
    assert (preview.journal_goes, preview.journal_stays) == ("", "")


def test_a_copy_of_a_journal_that_another_system_keeps_is_not_held(
    desk: Desk, asa: SubjectRef
) -> None:
    note(desk, asa, TODAY)
    with UnitOfWork(desk._vault, desk._clock) as work:
        row = work.session.scalars(
            select(ProcessingActivity).where(ProcessingActivity.key == "journal")
        ).one()
        row.system_of_record = "Journalia"
        work.commit("test.elsewhere")
    assert desk.ask(preview_erasure, subject_ref=asa).keep == ()


def test_what_is_said_on_the_phone_is_the_same_for_everybody(desk: Desk) -> None:
    assert "IVO" in desk.ask(say_on_phone)
    answer(desk, PatientLaw.NOT)
    assert "cannot be brought back" in desk.ask(say_on_phone)


def test_what_was_written_and_signed_is_held_from_that_day(desk: Desk, asa: SubjectRef) -> None:
    ref = desk.run(write_note, subject_ref=asa, text="Hon sover dåligt.")
    desk.run(sign_note, ref=ref)
    (kept,) = desk.ask(preview_erasure, subject_ref=asa).keep
    assert (kept.ref, kept.until) == (ref, IN_TEN_YEARS)
