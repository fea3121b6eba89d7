"""Consents: three states, exact words, proof, and a withdrawal as easy as the yes: Article 7."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ConsentTextRef, RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.services.consent_texts import list_consent_texts, replace_consent_text
from gdprdesk.services.consents import (
    ConsentRow,
    consents_of,
    list_consents,
    prove_consent,
    record_consent,
    withdraw_consent,
)
from gdprdesk.services.erasure import stage_erasure
from gdprdesk.services.files import export_consent
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, Clock, person
from tests.texts import read_pdf


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    return person(desk)


def words(desk: Desk, purpose: str = "newsletter") -> ConsentTextRef:
    return next(one.ref for one in desk.ask(list_consent_texts) if one.purpose == purpose)


def say(
    desk: Desk,
    who: SubjectRef,
    decision: Decision = Decision.GIVEN,
    *,
    on: date | None = None,
    purpose: str = "newsletter",
) -> RecordRef:
    return desk.run(
        record_consent,
        subject_ref=who,
        text_ref=words(desk, purpose),
        decision=decision,
        method=ConsentMethod.SIGNATURE,
        evidence="Papper i pärmen",
        decided_on=on,
    )


def standing(desk: Desk, who: SubjectRef, purpose: str = "newsletter") -> ConsentRow:
    return next(row for row in desk.ask(consents_of, subject_ref=who) if row.purpose == purpose)


def yes(desk: Desk, purpose: str = "newsletter") -> int:
    return next(one.yes for one in desk.ask(list_consent_texts) if one.purpose == purpose)


def test_whoever_was_not_asked_has_said_nothing(desk: Desk, karin: SubjectRef) -> None:
    assert {row.decision for row in desk.ask(consents_of, subject_ref=karin)} == {None}
    assert desk.ask(list_consents, purpose="newsletter").total == 0


def test_yes_no_and_withdrawn(desk: Desk, karin: SubjectRef, clock: Clock) -> None:
    for decision, count in (
        (Decision.REFUSED, 0),
        (Decision.GIVEN, 1),
        (Decision.WITHDRAWN, 0),
        (Decision.GIVEN, 1),
    ):
        clock.move(days=1)
        say(desk, karin, decision)
        assert standing(desk, karin).decision is decision
        assert yes(desk) == count
    (row,) = desk.ask(list_consents, purpose="newsletter").rows
    assert (row.name, row.decision, row.decided_on) == ("Karin Holm", Decision.GIVEN, desk.today)
    assert desk.ask(list_subjects).rows[0].consents == ("newsletter",)


def test_a_yes_is_taken_back_for_one_purpose_only(desk: Desk, karin: SubjectRef) -> None:
    say(desk, karin)
    say(desk, karin, purpose="photo")
    desk.run(withdraw_consent, subject_ref=karin, purpose="newsletter")
    assert standing(desk, karin).decision is Decision.WITHDRAWN
    assert standing(desk, karin, "photo").decision is Decision.GIVEN
    assert [desk.ask(list_subjects, purpose=one).total for one in ("newsletter", "photo")] == [0, 1]


def test_what_was_said_is_kept_a_year_after_it_stopped_to_count(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    say(desk, karin)
    assert desk.ask(list_subjects).rows[0].kept_until is None
    clock.move(days=10)
    desk.run(withdraw_consent, subject_ref=karin, purpose="newsletter")
    assert desk.ask(list_subjects).rows[0].kept_until == date(2027, 12, 1)
    no = person(desk, "Anna")
    say(desk, no, Decision.REFUSED)
    assert desk.ask(list_subjects).rows[0].kept_until == date(2027, 12, 1)


@pytest.mark.parametrize("before", [None, Decision.REFUSED, Decision.WITHDRAWN])
def test_only_a_yes_can_be_taken_back(desk: Desk, karin: SubjectRef, before) -> None:
    if before is Decision.WITHDRAWN:
        say(desk, karin)
    if before is not None:
        say(desk, karin, before)
    for attempt in (
        lambda: say(desk, karin, Decision.WITHDRAWN),
        lambda: desk.run(withdraw_consent, subject_ref=karin, purpose="newsletter"),
    ):
        with pytest.raises(DomainError, match="no yes to take back"):
            attempt()


def test_the_day_cannot_be_in_the_future_nor_before_what_was_said_last(
    desk: Desk, karin: SubjectRef
) -> None:
    with pytest.raises(DomainError, match="has not come"):
        say(desk, karin, on=TODAY + timedelta(days=1))
    say(desk, karin, Decision.REFUSED, on=TODAY - timedelta(days=5))
    with pytest.raises(DomainError, match="after that day"):
        say(desk, karin, on=TODAY - timedelta(days=6))
    assert yes(desk) == 0
    say(desk, karin, on=TODAY - timedelta(days=5))
    assert yes(desk) == 1


def test_new_words_leave_what_was_said_to_the_old(desk: Desk, karin: SubjectRef) -> None:
    old = desk.ask(list_consent_texts)
    said = say(desk, karin)
    desk.run(replace_consent_text, text_ref=words(desk), text=" Får vi skriva oftare? ")
    new = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    assert (new.text, new.version, new.yes) == ("Får vi skriva oftare?", "2", 1)
    proof = desk.ask(prove_consent, ref=said)
    assert proof.text == next(one.text for one in old if one.purpose == "newsletter")
    assert proof.version == "1"
    again = desk.ask(prove_consent, ref=say(desk, person(desk, "Bo")))
    assert (again.text, again.version) == ("Får vi skriva oftare?", "2")


def test_empty_words_are_refused(desk: Desk) -> None:
    with pytest.raises(DomainError, match="Write the words"):
        desk.run(replace_consent_text, text_ref=words(desk), text=" ")
    with pytest.raises(NotFoundError, match="consent text is not"):
        desk.run(replace_consent_text, text_ref=ConsentTextRef("none"), text="x")


def test_the_words_name_the_business_in_each_language(desk: Desk) -> None:
    for code in ("sv", "nb", "en"):
        texts = desk.ask(list_consent_texts, language=code)
        assert {one.purpose for one in texts} == {"newsletter", "photo", "sms_offers", "diet"}
        assert all(one.language == code and "Kafé Lind" in one.text for one in texts)


def test_the_proof_says_who_what_when_and_how(
    desk: Desk, karin: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    said = say(desk, karin, purpose="photo")
    clock.move(days=30)
    desk.run(withdraw_consent, subject_ref=karin, purpose="photo", evidence="Ringde")
    proof = desk.ask(prove_consent, ref=said)
    assert (proof.decision, proof.decided_on, proof.ended_on) == (
        Decision.GIVEN,
        TODAY,
        TODAY + timedelta(days=30),
    )
    file = tmp_path / "proof.pdf"
    desk.run(export_consent, ref=said, to=file)
    text = read_pdf(file)
    assert " ".join(proof.text.split())[:60] in text
    for said_there in ("Karin Holm", "Papper i pärmen", "21 november 2026", "21 december 2026"):
        assert said_there in text
    withdrawn = desk.ask(prove_consent, ref=standing(desk, karin, "photo").ref)  # type: ignore[arg-type]
    assert (withdrawn.decision, withdrawn.evidence) == (Decision.WITHDRAWN, "Ringde")


def test_the_list_of_a_purpose_leaves_hidden_people_out(desk: Desk, karin: SubjectRef) -> None:
    say(desk, karin)
    say(desk, person(desk, "Anna"))
    say(desk, person(desk, "Nej-sägaren"), Decision.REFUSED)
    listed = desk.ask(list_consents, purpose="newsletter", decision=Decision.GIVEN)
    assert [row.name for row in listed.rows] == ["Anna", "Karin Holm"]
    desk.run(stage_erasure, subject_ref=karin)
    assert desk.ask(list_consents, purpose="newsletter").total == 2
    assert yes(desk) == 1


def test_a_place_that_the_words_do_not_name_is_refused(desk: Desk, karin: SubjectRef) -> None:
    for purpose, place in (("photo", "Tiktok"), ("newsletter", "Instagram")):
        with pytest.raises(DomainError, match=f"not asked about this: {place}"):
            desk.run(
                record_consent,
                subject_ref=karin,
                text_ref=words(desk, purpose),
                decision=Decision.GIVEN,
                method=ConsentMethod.ORALLY,
                channels=(place,),
            )
        assert standing(desk, karin, purpose).decision is None
