"""Saying no to advertising, objecting to an interest, and what every list does with it."""

from __future__ import annotations

import inspect
import json
from datetime import timedelta
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    Audience,
    Channel,
    ConsentMethod,
    Decision,
    IdentityCheck,
    RefusalGround,
    RequestDecision,
    RequestKind,
    RestrictionGround,
)
from gdprdesk.exports import JSON_TABLE, Document
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, list_consents, record_consent
from gdprdesk.services.notice_people import list_people_to_tell
from gdprdesk.services.objections import (
    object_to_marketing,
    object_to_processing,
    unsubscribe,
    weigh_objection,
)
from gdprdesk.services.registry import QUERIES
from gdprdesk.services.request_handling import check_identity
from gdprdesk.services.requests import list_requests, open_request, show_request
from gdprdesk.services.restriction import lift_restriction, restrict_person, show_standing
from gdprdesk.services.stop_list import check_stop
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, Clock, invoiced, order, person


def says_yes(desk: Desk, ref: SubjectRef, *purposes: str, on: Any = None) -> None:
    for text in desk.ask(list_consent_texts):
        if text.purpose in purposes:
            desk.run(
                record_consent,
                subject_ref=ref,
                text_ref=text.ref,
                decision=Decision.GIVEN,
                method=ConsentMethod.EMAIL,
                decided_on=on,
            )


def standing_yes(desk: Desk, ref: SubjectRef) -> set[str]:
    rows = desk.ask(consents_of, subject_ref=ref)
    return {row.purpose for row in rows if row.decision is Decision.GIVEN}


def objection(desk: Desk, ref: SubjectRef) -> Any:
    return desk.run(
        open_request,
        kind=RequestKind.OBJECT,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=ref,
    ).ref


def test_unsubscribing_is_no_request_and_says_what_stays(desk: Desk) -> None:
    karin = person(desk, email="karin@example.se")
    order(desk, karin)
    says_yes(desk, karin, "newsletter", "photo")
    receipt = desk.run(unsubscribe, subject_ref=karin, evidence="Ringde")
    assert len(receipt.ended) == 1
    assert standing_yes(desk, karin) == {"photo"}
    assert len(receipt.stays) >= 3  # how to reach her, her order, what she said
    assert desk.ask(list_requests) == ()
    assert desk.ask(check_stop, value="karin@example.se").found
    with pytest.raises(DomainError, match="gets no letters or offers"):
        desk.run(unsubscribe, subject_ref=karin)


def test_an_objection_to_advertising_is_not_weighed_and_ends_with_a_new_yes(
    desk: Desk, clock: Clock
) -> None:
    karin = person(desk, email="karin@example.se")
    says_yes(desk, karin, "newsletter")
    ref = objection(desk, karin)
    clock.move(days=2)
    desk.run(object_to_marketing, subject_ref=karin, request_ref=ref)
    assert desk.ask(show_standing, subject_ref=karin).objected_on == TODAY + timedelta(days=2)
    assert desk.ask(show_request, request_ref=ref).row.decision is RequestDecision.GRANTED
    assert standing_yes(desk, karin) == set()
    assert desk.ask(list_subjects).rows[0].objects
    with pytest.raises(DomainError, match="no advertising since"):
        desk.run(object_to_marketing, subject_ref=karin)
    clock.move(days=1)
    says_yes(desk, karin, "photo")
    assert desk.ask(show_standing, subject_ref=karin).objected_on is not None
    says_yes(desk, karin, "newsletter")
    assert desk.ask(show_standing, subject_ref=karin).objected_on is None
    assert desk.ask(check_stop, value="karin@example.se").found == ()


def test_who_was_never_asked_may_object_too_and_an_older_yes_changes_nothing(
    desk: Desk, clock: Clock
) -> None:
    karin = person(desk, email="karin@example.se")
    desk.run(object_to_marketing, subject_ref=karin)
    assert desk.ask(check_stop, value="karin@example.se").found
    clock.move(days=1)
    says_yes(desk, karin, "newsletter", on=TODAY - timedelta(days=9))
    assert desk.ask(show_standing, subject_ref=karin).objected_on == TODAY
    assert desk.ask(list_subjects, purpose="newsletter").rows == ()


@pytest.mark.parametrize("outcome", [RequestDecision.GRANTED, RequestDecision.REFUSED])
def test_an_objection_to_an_interest_rests_her_data_until_it_is_weighed(
    desk: Desk, outcome: RequestDecision
) -> None:
    karin = person(desk)
    row = desk.run(object_to_processing, subject_ref=karin, why="Jag vill inte stå i er lista")
    standing = desk.ask(show_standing, subject_ref=karin)
    assert (standing.ground, standing.request_ref) == (RestrictionGround.OBJECTION, row.ref)
    with pytest.raises(DomainError, match="Write what you weighed"):
        desk.run(weigh_objection, request_ref=row.ref, outcome=outcome, reasons=" ")
    with pytest.raises(DomainError, match="granted, or refused for compelling"):
        desk.run(
            weigh_objection,
            request_ref=row.ref,
            outcome=RequestDecision.NOTHING_HELD,
            reasons="x",
        )
    with pytest.raises(DomainError, match="not known yet who asks"):
        desk.run(weigh_objection, request_ref=row.ref, outcome=outcome, reasons="x")
    desk.run(check_identity, request_ref=row.ref, how=IdentityCheck.KNOWN_PERSON)
    weighed: dict[str, Any] = {
        "request_ref": row.ref,
        "outcome": outcome,
        "reasons": "Bedrägeri två gånger",
    }
    assert desk.run(weigh_objection, **weighed).decision is outcome
    refused = outcome is RequestDecision.REFUSED
    file = desk.ask(show_request, request_ref=row.ref)
    assert file.refusal is (RefusalGround.COMPELLING if refused else None)
    assert desk.ask(show_standing, subject_ref=karin).restricted_on == TODAY
    desk.run(lift_restriction, subject_ref=karin, told_on=TODAY)


def test_only_an_objection_is_weighed(desk: Desk) -> None:
    ref = desk.run(
        open_request,
        kind=RequestKind.ACCESS,
        received_on=TODAY,
        channel=Channel.EMAIL,
        asker="A",
    ).ref
    with pytest.raises(DomainError, match="is no objection"):
        desk.run(weigh_objection, request_ref=ref, outcome=RequestDecision.GRANTED, reasons="x")


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A register with somebody restricted, somebody who objects, and somebody as ever."""
    for name, mail in (("Rut Restrikt", "rut"), ("Olga Objekt", "olga"), ("Vera Vanlig", "vera")):
        ref = person(desk, name, email=f"{mail}@example.se", phone="0701740645")
        says_yes(desk, ref, "newsletter", "photo")
        order(desk, ref, wanted_on=TODAY, note=f"{name} ringer", diet="Nötter")
        invoiced(desk, ref, paid_on=None)
    refs = {row.name: row.ref for row in desk.ask(list_subjects).rows}
    desk.run(object_to_marketing, subject_ref=refs["Olga Objekt"])
    why: dict[str, Any] = {"ground": RestrictionGround.ACCURACY, "why": "Fel adress"}
    desk.run(restrict_person, subject_ref=refs["Rut Restrikt"], **why)
    return desk


def reports() -> list[str]:
    """Return every report that is about no single person or record."""
    found = []
    for name, function in QUERIES.items():
        needed = {
            one.name
            for one in inspect.signature(function).parameters.values()
            if one.default is one.empty
        }
        answers = inspect.signature(function, eval_str=True).return_annotation
        if answers is Document and needed <= {"read", "year", "audience", "_read"}:
            found.append(name)
    return sorted(found)


def test_there_are_reports_to_walk() -> None:
    assert {"report.day_sheet", "report.accountant", "report.register"} <= set(reports())


@pytest.mark.parametrize("name", reports())
def test_no_report_for_others_says_the_name_of_who_is_only_stored(full: Desk, name: str) -> None:
    function = QUERIES[name]
    known = inspect.signature(function).parameters
    given: dict[str, Any] = {"year": 2026, "audience": Audience.CUSTOMERS}
    document = full.ask(function, **{key: one for key, one in given.items() if key in known})
    text = JSON_TABLE.render(document).decode()
    for private in ("Rut", "rut@example.se", "Restrikt"):
        assert private not in text
    if name in {"report.day_sheet", "report.accountant"}:
        assert "Vera Vanlig" in text
        assert "(only stored)" in text or "endast" in text.casefold() or "lagra" in text.casefold()


def test_nobody_restricted_or_objecting_is_in_any_list_to_write_to(full: Desk) -> None:
    def names(rows: Any) -> list[str]:
        return [row.name for row in rows]

    assert names(full.ask(list_subjects, purpose="newsletter").rows) == ["Vera Vanlig"]
    yes = full.ask(list_consents, purpose="newsletter", decision=Decision.GIVEN)
    assert names(yes.rows) == ["Vera Vanlig"]
    photo = full.ask(list_subjects, purpose="photo").rows
    assert names(photo) == ["Olga Objekt", "Vera Vanlig"]
    texts = {text.purpose: text.yes for text in full.ask(list_consent_texts)}
    assert (texts["newsletter"], texts["photo"]) == (1, 2)
    readers = full.ask(list_people_to_tell, audience=Audience.NEWSLETTER)
    assert names(readers.rows) == ["Vera Vanlig"]
    told = full.ask(list_people_to_tell, audience=Audience.CUSTOMERS)
    assert names(told.rows) == ["Olga Objekt", "Vera Vanlig"]


def test_the_list_of_people_shows_how_each_stands(full: Desk) -> None:
    rows = full.ask(list_subjects).rows
    assert [(row.name, row.is_restricted, row.objects) for row in rows] == [
        ("Olga Objekt", False, True),
        ("Rut Restrikt", True, False),
        ("Vera Vanlig", False, False),
    ]


def test_the_kitchen_still_reads_what_she_must_not_eat(full: Desk) -> None:
    sheet = json.loads(JSON_TABLE.render(full.ask(QUERIES["report.day_sheet"])))
    assert json.dumps(sheet, ensure_ascii=False).count("Nötter") == 3
