"""A child's guardian says yes or no for her until she is 18, and then she is asked herself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.consents import Consent
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.guardians import Guardian
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import ConsentMethod, Decision, Kinship, RestrictionGround
from gdprdesk.services.consent_channels import allowed_channels
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import (
    consents_of,
    list_consents,
    prove_consent,
    record_consent,
    withdraw_consent,
)
from gdprdesk.services.erasure import erase_subject, stage_erasure, undo_erasure
from gdprdesk.services.guardians import (
    add_guardian,
    change_guardian,
    list_guardians,
    list_of_age,
    remove_guardian,
)
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.traces import list_traces
from tests.builders import TODAY, Clock, person, reopened

BORN = date(2008, 12, 1)
GROWN = date(2026, 12, 1)


@pytest.fixture
def elsa(desk: Desk) -> SubjectRef:
    """A girl of 17, whose mother says yes or no for her."""
    ref = person(desk, "Elsa Ek")
    desk.run(add_guardian, subject_ref=ref, name="Maria  Ek", born_on=BORN, reach="070-174 06 45")
    return ref


def say(
    desk: Desk,
    ref: SubjectRef,
    *channels: str,
    decision: Decision = Decision.GIVEN,
    language: str = "",
    **more: Any,
) -> RecordRef:
    texts = {one.purpose: one for one in desk.ask(list_consent_texts, language=language)}
    return desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts["photo"].ref,
        decision=decision,
        method=ConsentMethod.SIGNATURE,
        channels=channels,
        **more,
    )


def allowed(desk: Desk, ref: SubjectRef) -> frozenset[str]:
    def ask(read: Any) -> frozenset[str]:
        subject = read.scalars(select(DataSubject).where(DataSubject.ref == ref)).one()
        return allowed_channels(read, subject, "photo")

    return desk.ask(ask)


def standing(desk: Desk, ref: SubjectRef):
    return next(one for one in desk.ask(consents_of, subject_ref=ref) if one.purpose == "photo")


def test_a_guardian_is_written_without_the_day_the_child_was_born(
    desk: Desk, elsa: SubjectRef
) -> None:
    (row,) = desk.ask(list_guardians, subject_ref=elsa)
    assert (row.name, row.kinship, row.of_age_on) == ("Maria Ek", Kinship.PARENT, GROWN)
    father = desk.run(add_guardian, subject_ref=elsa, name="Per Ek")  # the day is known already
    desk.run(
        change_guardian,
        ref=father,
        name="Per Ek",
        kinship=Kinship.APPOINTED,
        asked_too_on=TODAY,
        born_on=BORN + timedelta(days=1),
    )
    rows = desk.ask(list_guardians, subject_ref=elsa)
    assert {one.of_age_on for one in rows} == {GROWN + timedelta(days=1)}
    assert (rows[1].kinship, rows[1].asked_too_on) == (Kinship.APPOINTED, TODAY)


def test_what_cannot_be_a_guardian_says_why(desk: Desk, elsa: SubjectRef) -> None:
    grown_up = person(desk)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "Write when Karin Holm was born"),
        ({"born_on": date(2008, 11, 21)}, "Karin Holm is 18 and answers herself"),
        ({"born_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"born_on": BORN, "guardian_ref": grown_up}, "Nobody is her own guardian"),
        ({"born_on": BORN, "asked_too_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"born_on": BORN, "name": " "}, "Enter a name"),
    )
    for said, sentence in cases:
        with pytest.raises(DomainError, match=sentence):
            desk.run(add_guardian, subject_ref=grown_up, **{"name": "Anna Holm", **said})
    assert desk.ask(list_guardians, subject_ref=grown_up) == ()


def test_her_mother_says_yes_for_her_and_that_is_the_proof(desk: Desk, elsa: SubjectRef) -> None:
    ref = say(desk, elsa, "Instagram", given_by="maria ek")
    proof = desk.ask(prove_consent, ref=ref)
    assert (proof.given_by, proof.channels) == ("Maria Ek", ("Instagram",))
    assert allowed(desk, elsa) == {"Instagram"}
    with pytest.raises(DomainError, match="Anna Ek is not written down as a guardian of Elsa Ek"):
        say(desk, elsa, "Facebook", given_by="Anna Ek")


def test_her_own_no_is_not_outweighed(desk: Desk, elsa: SubjectRef) -> None:
    say(desk, elsa, decision=Decision.REFUSED)
    with pytest.raises(DomainError, match="Elsa Ek said no herself on 21 November 2026"):
        say(desk, elsa, "Instagram", given_by="Maria Ek")
    say(desk, elsa, "Instagram")
    say(desk, elsa, "Instagram", "Facebook", given_by="Maria Ek")
    assert allowed(desk, elsa) == {"Instagram", "Facebook"}


def test_at_18_she_is_asked_anew_and_until_then_nothing_may_be_shown(
    desk: Desk, clock: Clock, elsa: SubjectRef
) -> None:
    say(desk, elsa, "Instagram", given_by="Maria Ek")
    (task,) = desk.ask(list_of_age)
    assert (task.name, task.of_age_on, task.is_grown) == ("Elsa Ek", GROWN, False)
    assert task.purposes == ("Foto",)
    clock.go_to(GROWN)
    assert allowed(desk, elsa) == frozenset()  # also before anything was tidied
    assert not standing(desk, elsa).counts
    with reopened(desk, clock) as again:
        (yes,) = again.ask(lambda read: read.scalars(select(Consent)).all())
        assert yes.ended_on == GROWN
        assert again.ask(list_consents, purpose="photo", decision=Decision.GIVEN).total == 0
        (row,) = again.ask(list_consents, purpose="photo").rows
        assert not row.counts
        assert again.ask(list_of_age)[0].is_grown
        with pytest.raises(DomainError, match="Elsa Ek is 18 and answers herself"):
            say(again, elsa, "Instagram", given_by="Maria Ek")
        say(again, elsa, "Facebook")
        assert allowed(again, elsa) == {"Facebook"}
        assert again.ask(list_of_age) == ()


@pytest.mark.parametrize("answer", [Decision.REFUSED, Decision.GIVEN])
def test_the_task_comes_a_month_before_and_goes_with_any_answer_on_the_day(
    desk: Desk, clock: Clock, answer: Decision
) -> None:
    ref = person(desk, "Elsa Ek")
    desk.run(add_guardian, subject_ref=ref, name="Maria Ek", born_on=date(2009, 3, 1))
    say(desk, ref, "Instagram", given_by="Maria Ek")
    clock.go_to(date(2027, 1, 29))
    assert desk.ask(list_of_age) == ()
    clock.go_to(date(2027, 1, 30))
    assert len(desk.ask(list_of_age)) == 1
    clock.go_to(date(2027, 3, 1))
    say(desk, ref, decision=answer)
    assert desk.ask(list_of_age) == ()


def test_one_place_is_taken_back_and_the_rest_stays(desk: Desk, elsa: SubjectRef) -> None:
    say(desk, elsa, "Instagram", "Facebook", given_by="Maria Ek", confirmed_on=TODAY)
    ref = desk.run(withdraw_consent, subject_ref=elsa, purpose="photo", channels=("Facebook",))
    assert allowed(desk, elsa) == {"Instagram"}
    left = desk.ask(prove_consent, ref=ref)
    assert (left.decision, left.given_by) == (Decision.GIVEN, "Maria Ek")
    assert left.confirmed_on == TODAY
    with pytest.raises(DomainError, match="There is no yes for Facebook to take back"):
        desk.run(withdraw_consent, subject_ref=elsa, purpose="photo", channels=("Facebook",))
    desk.run(withdraw_consent, subject_ref=elsa, purpose="photo", channels=("Instagram",))
    assert allowed(desk, elsa) == frozenset()
    assert standing(desk, elsa).decision is Decision.WITHDRAWN


def test_places_are_called_as_the_register_calls_them(desk: Desk) -> None:
    karin = person(desk)
    say(desk, karin, "Nettstedet", "Trykk", language="nb")
    assert allowed(desk, karin) == {"Webbplatsen", "Tryck"}


def test_of_whoever_is_only_stored_nothing_is_shown(desk: Desk) -> None:
    karin = person(desk)
    say(desk, karin, "Instagram")
    desk.run(
        restrict_person, subject_ref=karin, ground=RestrictionGround.ACCURACY, why="Fel adress"
    )
    assert allowed(desk, karin) == frozenset()


def test_the_day_stays_while_a_yes_that_was_said_for_her_counts(
    desk: Desk, elsa: SubjectRef
) -> None:
    say(desk, elsa, "Instagram", given_by="Maria Ek")
    (row,) = desk.ask(list_guardians, subject_ref=elsa)
    with pytest.raises(DomainError, match="still counts, and ends the day she turns 18"):
        desk.run(remove_guardian, ref=row.ref)
    desk.run(withdraw_consent, subject_ref=elsa, purpose="photo")
    desk.run(remove_guardian, ref=row.ref)
    assert desk.ask(list_guardians, subject_ref=elsa) == ()


def test_of_an_erased_guardian_only_the_proof_of_the_yes_is_left(
    desk: Desk, elsa: SubjectRef
) -> None:
    maria = person(desk, "Maria Ek", phone="070-174 06 45")
    (row,) = desk.ask(list_guardians, subject_ref=elsa)
    desk.run(
        change_guardian,
        ref=row.ref,
        name=row.name,
        kinship=row.kinship,
        reach=row.reach,
        guardian_ref=maria,
    )
    yes = say(desk, elsa, "Instagram", given_by="Maria Ek")
    found = desk.ask(list_traces, subject_ref=maria)
    (trace,) = (one for one in found.traces if one.kind == "consent")
    assert (trace.column, trace.held) == ("given_by", True)
    assert trace.ref not in found.advised
    desk.run(erase_subject, subject_ref=maria, masks=(trace.ref,))
    (row,) = desk.ask(list_guardians, subject_ref=elsa)
    assert (row.name, row.reach, row.guardian_ref) == ("", "", None)
    assert row.of_age_on == GROWN
    assert desk.ask(prove_consent, ref=yes).given_by == "Maria Ek"
    assert allowed(desk, elsa) == {"Instagram"}


def test_the_guardian_leaves_with_the_child(desk: Desk, elsa: SubjectRef) -> None:
    desk.run(erase_subject, subject_ref=elsa)
    assert desk.ask(lambda read: read.scalars(select(Guardian)).all()) == []


def test_a_guardian_who_is_about_to_be_erased_is_not_named(desk: Desk) -> None:
    child, mother = person(desk, "Ella Berg"), person(desk, "Karin Berg")
    born = TODAY.replace(year=TODAY.year - 9)
    desk.run(add_guardian, subject_ref=child, name="Karin Berg", born_on=born, guardian_ref=mother)
    desk.run(stage_erasure, subject_ref=mother)
    (row,) = desk.ask(list_guardians, subject_ref=child)
    assert (row.name, row.guardian_ref) == ("", None)
    desk.run(undo_erasure, subject_ref=mother)
    assert desk.ask(list_guardians, subject_ref=child)[0].name == "Karin Berg"
