"""The end of a journal that the law binds: only by decision, and exactly what that says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.journal import DestructionDecision, DestructionTest, JournalNote
from gdprdesk.domain.terms import (
    Channel,
    DestructionAsker,
    IdentityCheck,
    LetterKind,
    PatientLaw,
    RequestKind,
)
from gdprdesk.services.destruction import (
    decide_destruction,
    destroy_journal,
    list_decisions,
    list_journal_parts,
    record_order,
)
from gdprdesk.services.erasure_preview import preview_erasure
from gdprdesk.services.finding import controller_of
from gdprdesk.services.journal_files import add_file
from gdprdesk.services.journal_writing import write_note
from gdprdesk.services.letters import letter_text, letters_of
from gdprdesk.services.papers import PaperChanges, add_paper
from gdprdesk.services.patient_law import answer_patient_law
from gdprdesk.services.replay import destroy_again
from gdprdesk.services.request_handling import check_identity
from gdprdesk.services.requests import open_request
from gdprdesk.services.shredding import shred
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, person

THERAPY = replace(CAFE, name="Självro", trade="therapy")
DAY = date(2026, 11, 2)
NUMBER = "12.4.3-1234/2026"


@pytest.fixture(scope="session")
def _practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("destruction") / "test.gdprdesk"
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
def norway(desk: Desk) -> Desk:
    with UnitOfWork(desk._vault, desk._clock) as work:
        controller_of(work.session).country = "NO"
        work.commit("test.country")
    return desk


@pytest.fixture
def asa(desk: Desk) -> SubjectRef:
    return person(desk, "Åsa Öst")


def write(desk: Desk, ref: SubjectRef, text: str = "Hon sover dåligt.") -> RecordRef:
    return desk.run(write_note, subject_ref=ref, text=text)


def left(desk: Desk) -> set[RecordRef]:
    return set(desk.ask(lambda read: read.scalars(select(JournalNote.ref)).all()))


def ordered(desk: Desk, ref: SubjectRef, *refs: RecordRef, granted: bool = True) -> RecordRef:
    return desk.run(
        record_order,
        subject_ref=ref,
        granted=granted,
        decided_on=DAY,
        case_number=NUMBER,
        refs=refs,
    )


def test_exactly_what_the_authority_orders_is_destroyed(desk: Desk, asa: SubjectRef) -> None:
    first, second, third = (write(desk, asa, text) for text in ("Ett", "Två", "Tre"))
    decision = ordered(desk, asa, second)
    receipt = desk.run(destroy_journal, ref=decision)
    assert receipt.destroyed == (("journal_note", 1),)
    assert left(desk) == {first, third}
    (row,) = desk.ask(list_decisions, subject_ref=asa)
    assert (row.granted, row.decided_by, row.case_number) == (True, "IVO", NUMBER)
    assert (row.entries, row.decided_on, row.carried_out_on) == (1, DAY, TODAY)
    with pytest.raises(DomainError, match="has been carried out"):
        desk.run(destroy_journal, ref=decision)


def test_a_file_of_a_note_goes_with_it(desk: Desk, asa: SubjectRef, tmp_path: Path) -> None:
    note = write(desk, asa)
    plan = tmp_path / "plan.png"
    Image.new("RGB", (2, 2)).save(plan)
    desk.run(add_file, subject_ref=asa, path=plan, note_ref=note)
    assert len(desk.ask(list_journal_parts, subject_ref=asa)) == 2
    receipt = desk.run(destroy_journal, ref=ordered(desk, asa, note))
    assert dict(receipt.destroyed) == {"journal_note": 1, "journal_file": 1}
    assert desk.ask(list_journal_parts, subject_ref=asa) == ()


def test_what_was_refused_is_kept(desk: Desk, asa: SubjectRef) -> None:
    note = write(desk, asa)
    decision = ordered(desk, asa, granted=False)
    with pytest.raises(DomainError, match="is to be kept"):
        desk.run(destroy_journal, ref=decision)
    assert left(desk) == {note}


def test_without_a_decision_nothing_is_destroyed(desk: Desk, asa: SubjectRef) -> None:
    write(desk, asa)
    with pytest.raises(NotFoundError, match="not in the register"):
        desk.run(destroy_journal, ref=RecordRef("nothing"))
    with pytest.raises(DomainError, match="number that stands on IVO's decision"):
        desk.run(record_order, subject_ref=asa, granted=True, decided_on=DAY, case_number=" ")
    with pytest.raises(DomainError, match="has not come"):
        desk.run(
            record_order,
            subject_ref=asa,
            granted=True,
            decided_on=date(2026, 11, 22),
            case_number=NUMBER,
        )
    with pytest.raises(NotFoundError, match="no such part in the journal of Åsa Öst"):
        ordered(desk, asa, write(desk, person(desk, "Bo Ek")))
    with pytest.raises(DomainError, match=r"Only the Health and Social Care Inspectorate \(IVO\)"):
        desk.run(
            decide_destruction,
            subject_ref=asa,
            test=DestructionTest(asked_by=DestructionAsker.CLIENT, harmless=True),
            why="Hon vill",
        )


def test_outside_the_law_nobody_decides(desk: Desk, asa: SubjectRef) -> None:
    write(desk, asa)
    desk.run(answer_patient_law, answer=PatientLaw.NOT, why="Ingen legitimation")
    with pytest.raises(DomainError, match="erase her on her page"):
        ordered(desk, asa)


def test_a_decision_on_the_whole_lets_the_paper_be_shredded(desk: Desk, asa: SubjectRef) -> None:
    write(desk, asa)
    paper = desk.run(
        add_paper,
        changes=PaperChanges(
            place="Skåp",
            box="Mapp 3",
            what="Gamla anteckningar",
            subject_ref=asa,
            to_on=date(2020, 5, 4),
            journal=True,
        ),
    )
    with pytest.raises(DomainError, match="only by that decision"):
        desk.run(shred, what="Journal", amount="1 mapp", how="Tugg", paper=paper)
    receipt = desk.run(destroy_journal, ref=ordered(desk, asa))
    assert receipt.papers == ("Skåp",)
    assert left(desk) == set()
    desk.run(shred, what="Journal", amount="1 mapp", how="Tugg", paper=paper)
    preview = desk.ask(preview_erasure, subject_ref=asa)
    assert preview.keep == ()


def test_what_was_destroyed_is_destroyed_in_an_older_copy_too(
    desk: Desk, asa: SubjectRef, clock: Clock
) -> None:
    gone, stays = write(desk, asa, "Ett"), write(desk, asa, "Två")
    assert destroy_again(desk._vault, clock, (SubjectRef("another"),)) == 0
    assert destroy_again(desk._vault, clock, (asa, SubjectRef(gone))) == 1
    assert left(desk) == {stays}


def test_what_was_destroyed_is_in_the_ledger_and_the_check_is_content(
    desk: Desk, asa: SubjectRef
) -> None:
    note = write(desk, asa)
    desk.run(destroy_journal, ref=ordered(desk, asa))
    desk.finish()
    assert str(note) in {str(line.ref) for line in desk._vault.ledger.lines()}
    assert desk.check().ok


@pytest.mark.parametrize(
    ("found", "granted"),
    [
        ({"harmless", "wrong", "burden"}, True),
        ({"harmless", "wrong"}, False),
        ({"harmless", "burden"}, False),
        ({"harmless", "unneeded"}, True),
        ({"wrong", "burden", "unneeded"}, False),
        ({"harmless"}, False),
    ],
)
def test_in_norway_the_outcome_follows_from_the_test(
    norway: Desk, asa: SubjectRef, found: set[str], granted: bool
) -> None:
    note = write(norway, asa)
    said = {one: one in found for one in ("wrong", "burden", "unneeded")}
    test = DestructionTest(asked_by=DestructionAsker.CLIENT, harmless="harmless" in found, **said)

    def decide(why: str) -> RecordRef:
        return norway.run(decide_destruction, subject_ref=asa, test=test, refs=(note,), why=why)

    with pytest.raises(DomainError, match="Write your reasons"):
        decide("")
    ref = decide("Feil person")
    (row,) = norway.ask(list_decisions, subject_ref=asa)
    assert (row.granted, row.decided_on, row.why) == (granted, TODAY, "Feil person")
    kept = norway.ask(lambda read: read.scalars(select(DestructionDecision.test)).one())
    assert kept == test.answers()
    if granted:
        norway.run(destroy_journal, ref=ref)
    else:
        with pytest.raises(DomainError, match="Statsforvalteren"):
            norway.run(destroy_journal, ref=ref)
    assert (note in left(norway)) is not granted


def asked(desk: Desk, ref: SubjectRef) -> RecordRef:
    """Open her request to have it all erased; it is known that it is she."""
    opened = desk.run(
        open_request,
        kind=RequestKind.ERASE,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=ref,
    )
    desk.run(check_identity, request_ref=opened.ref, how=IdentityCheck.KNOWN_PERSON)
    return opened.ref


def letter(desk: Desk, request: RecordRef, kind: LetterKind) -> str:
    assert kind in desk.ask(letters_of, request_ref=request)
    return desk.ask(letter_text, request_ref=request, letter=kind, language_code="en").body


def test_the_letter_says_how_to_apply_to_the_authority(desk: Desk, asa: SubjectRef) -> None:
    request = asked(desk, asa)
    assert LetterKind.JOURNAL_TO_AUTHORITY not in desk.ask(letters_of, request_ref=request)
    write(desk, asa)
    text = letter(desk, request, LetterKind.JOURNAL_TO_AUTHORITY)
    for words in ("at least 10 years", "21 November 2036", "Apply at ivo.se", "All three"):
        assert words in text
    erased = letter(desk, request, LetterKind.ERASED)
    assert "Your name stays with the journal" in erased
    ordered(desk, asa, granted=False)
    assert LetterKind.JOURNAL_TO_AUTHORITY not in desk.ask(letters_of, request_ref=request)
    kept = letter(desk, request, LetterKind.JOURNAL_KEPT)
    assert f"IVO has decided on 2 November 2026 ({NUMBER}) that this is kept" in kept


def test_the_letter_says_what_was_destroyed(desk: Desk, asa: SubjectRef) -> None:
    note, _other, request = write(desk, asa), write(desk, asa), asked(desk, asa)
    decision = ordered(desk, asa, note)
    assert "We do it now" in letter(desk, request, LetterKind.JOURNAL_DESTROYED)
    desk.run(destroy_journal, ref=decision)
    text = letter(desk, request, LetterKind.JOURNAL_DESTROYED)
    assert "that this is destroyed: 1 part of your journal." in text
    assert "That was done on 21 November 2026." in text


def test_a_refusal_in_norway_gives_reasons_and_where_to_appeal(
    norway: Desk, asa: SubjectRef
) -> None:
    write(norway, asa)
    request = asked(norway, asa)
    test = DestructionTest(asked_by=DestructionAsker.CLIENT, harmless=False, unneeded=True)
    norway.run(decide_destruction, subject_ref=asa, test=test, why="Saken er hos tilsynet")
    text = letter(norway, request, LetterKind.JOURNAL_KEPT)
    assert "Public interests speak against destroying it." in text
    assert "Our reasons: Saken er hos tilsynet" in text
    assert "You can appeal to Statsforvalteren" in text
    assert "IVO" not in text


def test_in_norway_no_authority_is_asked(norway: Desk, asa: SubjectRef) -> None:
    write(norway, asa)
    with pytest.raises(DomainError, match="You decide yourself"):
        ordered(norway, asa)
