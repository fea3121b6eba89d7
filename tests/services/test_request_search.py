"""Looking through everything for somebody who asks, and answering that nothing is held."""

from __future__ import annotations

from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    CallOutcome,
    CaseStep,
    Channel,
    IdentityCheck,
    RequestKind,
)
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.notes import add_note
from gdprdesk.services.phone_requests import answer_call, show_call_back_number
from gdprdesk.services.request_search import search_everywhere
from gdprdesk.services.requests import open_request, show_request
from tests.builders import TODAY, delivered, order, person


def asked(desk: Desk, name: str = "Vera Lundström", **said: Any) -> RecordRef:
    given = {"kind": RequestKind.ACCESS, "received_on": TODAY, "channel": Channel.EMAIL, **said}
    ref: RecordRef = desk.run(open_request, asker=name, **given).ref
    return ref


def test_it_says_what_was_looked_through(desk: Desk) -> None:
    delivered(desk, person(desk, "Karin Holm", email="karin@example.se"))
    order(desk)
    ref = asked(desk, reply_to="vera@example.se, 070-174 06 45")
    outcome = desk.ask(search_everywhere, request_ref=ref)
    assert outcome.found == ()
    assert dict(outcome.searched) == {
        "booking": 2,
        "contact_detail": 1,
        "person": 1,
        "staff_member": 1,
    }


@pytest.mark.parametrize(
    ("name", "reply_to", "kind"),
    [
        ("Vera Lundström", "", "person"),
        ("Wera Lundstrom", "", "person"),
        ("Lisa Ek", "VERA@example.se", "contact_detail"),
        ("Lisa Ek", "+46 70 174 06 45", "contact_detail"),
        ("Lisa Ek", "Storgatan 1\n0708-11 22 33", "working_note"),
        ("Anna Sjögren", "", "working_note"),
    ],
)
def test_she_is_found_by_name_spelling_address_or_number_wherever_it_stands(
    desk: Desk, name: str, reply_to: str, kind: str
) -> None:
    vera = person(desk, "Vera Lundström", email="vera@example.se", phone="0701740645")
    desk.run(add_note, text="Skicka till Anna Sjögren, 0708 112233", subject_ref=vera)
    ref = asked(desk, name, reply_to=reply_to)
    outcome = desk.ask(search_everywhere, request_ref=ref)
    assert kind in [hit.kind for hit in outcome.found]
    assert {hit.subject_ref for hit in outcome.found} == {vera}


def test_other_names_of_hers_are_looked_for_too(desk: Desk) -> None:
    person(desk, "Vera Ek")
    ref = asked(desk)
    assert desk.ask(search_everywhere, request_ref=ref).found == ()
    found = desk.ask(search_everywhere, request_ref=ref, also=("Vera Ek",)).found
    assert [(hit.name, hit.words, hit.sure) for hit in found] == [("Vera Ek", "Vera Ek", True)]


def test_what_an_erasure_left_is_found_by_her_address(desk: Desk) -> None:
    vera = person(desk, "Vera Lundström", email="vera@example.se")
    desk.run(erase_subject, subject_ref=vera)
    outcome = desk.ask(search_everywhere, request_ref=asked(desk, reply_to="vera@example.se"))
    assert outcome.found == ()
    counted = dict(outcome.searched)
    assert (outcome.stopped > 0) == ("stop_entry" in counted)
    assert (outcome.proofs > 0) == ("proof" in counted)


def test_on_the_phone_she_is_known_called_back_or_written_to(desk: Desk) -> None:
    karin = person(desk, phone="070-174 06 45", email="karin@example.se", address="Storgatan 1")
    said: dict[str, Any] = {"subject_ref": karin, "wish": "Vad har ni om mig?"}
    known = desk.run(answer_call, kind=RequestKind.ACCESS, outcome=CallOutcome.KNOWN, **said)
    file = desk.ask(show_request, request_ref=known.ref)
    assert (file.identity, known.channel) == (IdentityCheck.KNOWN_PERSON, Channel.PHONE)
    back = desk.run(answer_call, kind=RequestKind.ERASE, outcome=CallOutcome.CALL_BACK, **said)
    step = desk.ask(show_request, request_ref=back.ref).steps[-1]
    assert (step.what, back.needs_identity) == (CaseStep.CALL_BACK, True)
    assert step.note == desk.ask(show_call_back_number, subject_ref=karin) == "07•-••• •• 45"
    letter = desk.run(answer_call, kind=RequestKind.PORT, outcome=CallOutcome.LETTER, **said)
    assert (letter.reply_to, letter.needs_identity) == ("karin@example.se", False)
    with pytest.raises(DomainError, match="request 1"):
        desk.run(answer_call, kind=RequestKind.ACCESS, outcome=CallOutcome.KNOWN, **said)


@pytest.mark.parametrize("outcome", [CallOutcome.CALL_BACK, CallOutcome.LETTER])
def test_without_a_number_or_an_address_another_way_is_named(desk: Desk, outcome) -> None:
    karin = person(desk)
    with pytest.raises(DomainError, match="of Karin Holm here"):
        desk.run(answer_call, subject_ref=karin, kind=RequestKind.ACCESS, outcome=outcome)
    assert desk.ask(show_call_back_number, subject_ref=karin) == ""
