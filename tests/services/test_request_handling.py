"""What is done about a request: who asks, more time, the decision and the answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.requests import refusal_grounds
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ExtensionReason,
    IdentityCheck,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
)
from gdprdesk.services.deadlines import answer_deadline
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.request_handling import (
    add_request_note,
    answer_request,
    check_authority,
    check_identity,
    decide_request,
    doubt_identity,
    extend_request,
)
from gdprdesk.services.requests import RequestRow, list_requests, open_request, show_request
from tests.builders import TODAY, Clock, invoiced, person

KNOWN = IdentityCheck.KNOWN_PERSON
GRANTED, REFUSED = RequestDecision.GRANTED, RequestDecision.REFUSED


def asked(desk: Desk, kind: RequestKind = RequestKind.ACCESS, **said: Any) -> RecordRef:
    given = {"received_on": desk.today, "channel": Channel.EMAIL, **said}
    if "subject_ref" not in given:
        given.setdefault("asker", "Karin Holm")
    return desk.run(open_request, kind=kind, **given).ref


def row(desk: Desk, ref: RecordRef) -> RequestRow:
    return desk.ask(show_request, request_ref=ref).row


def test_from_the_first_word_to_the_answer(desk: Desk, clock: Clock) -> None:
    ref = asked(desk, subject_ref=person(desk))
    clock.move(days=2)
    desk.run(check_identity, request_ref=ref, how=IdentityCheck.CALLED_BACK, note="070")
    desk.run(add_request_note, request_ref=ref, text="Hon vill ha allt på papper")
    desk.run(decide_request, request_ref=ref, decision=GRANTED)
    clock.move(days=1)
    answered = desk.run(answer_request, request_ref=ref, answered_by=Channel.LETTER)
    assert (answered.is_open, answered.days_left, answered.decision) == (False, None, GRANTED)
    assert answered.answered_on == TODAY + timedelta(days=3)
    file = desk.ask(show_request, request_ref=ref)
    assert (file.identity, file.checked_by) == (IdentityCheck.CALLED_BACK, "Maja Lind")
    assert [one.what for one in file.steps] == [
        CaseStep.OPENED,
        CaseStep.CHECKED,
        CaseStep.NOTE,
        CaseStep.DECIDED,
        CaseStep.ANSWERED,
    ]
    assert file.steps[1].note == "We called back a number we have: 070"
    with pytest.raises(DomainError, match="has been answered, so it stays as it is"):
        desk.run(add_request_note, request_ref=ref, text="x")
    assert [one.ref for one in desk.ask(list_requests)] == [ref]
    assert desk.ask(list_requests, open_only=True) == ()


def test_days_of_waiting_for_proof_do_not_count(desk: Desk, clock: Clock) -> None:
    desk.run(update_organisation, answer_days=30)
    ref = asked(desk)  # 21 November; the month ends on Monday 21 December
    clock.move(days=3)
    desk.run(doubt_identity, request_ref=ref, why="En ny adress, och kortet gäller inte")
    assert row(desk, ref).is_paused
    clock.move(days=5)
    waiting = row(desk, ref)
    # 21 December and five days is a Saturday and Boxing Day: Monday.
    assert (waiting.target_on, waiting.law_due_on) == (date(2026, 12, 21), date(2026, 12, 28))
    checked = desk.run(check_identity, request_ref=ref, how=IdentityCheck.ID_SHOWN)
    assert (checked.is_paused, checked.law_due_on) == (False, date(2026, 12, 28))
    assert checked.due_on == checked.promised_on == date(2026, 12, 21)
    clock.move(days=10)
    assert row(desk, ref).law_due_on == date(2026, 12, 28)


def test_a_doubt_needs_its_reason_and_its_time(desk: Desk, clock: Clock) -> None:
    ref = asked(desk)
    with pytest.raises(DomainError, match="Write why you doubt"):
        desk.run(doubt_identity, request_ref=ref, why=" ")
    with pytest.raises(DomainError, match="This day cannot be right"):
        desk.run(doubt_identity, request_ref=ref, why="x", on=TODAY - timedelta(days=1))
    clock.move(days=31)
    with pytest.raises(DomainError, match=r"over on 21 December 2026.*gives no more time"):
        desk.run(doubt_identity, request_ref=ref, why="x")
    clock.move(days=-31)
    desk.run(doubt_identity, request_ref=ref, why="x")
    with pytest.raises(DomainError, match="stands still only once"):
        desk.run(doubt_identity, request_ref=ref, why="y")
    clock.move(days=2)
    with pytest.raises(DomainError, match="from 21 November 2026 to 23 November 2026"):
        desk.run(check_identity, request_ref=ref, how=KNOWN, on=TODAY - timedelta(days=1))
    desk.run(check_identity, request_ref=ref, how=KNOWN)
    with pytest.raises(DomainError, match="made sure on 23 November 2026"):
        desk.run(check_identity, request_ref=ref, how=KNOWN)
    with pytest.raises(DomainError, match="It is known who asks"):
        desk.run(doubt_identity, request_ref=ref, why="z")


def test_more_time_is_taken_within_the_first_month_and_counts_from_receipt(
    desk: Desk, clock: Clock
) -> None:
    desk.run(update_organisation, answer_days=30)
    clock.go_to(date(2027, 1, 31))
    ref = asked(desk)
    clock.go_to(date(2027, 3, 1))  # the month ends on Sunday 28 February, so on Monday
    with pytest.raises(DomainError, match="only taken with a reason"):
        desk.run(extend_request, request_ref=ref, reason=ExtensionReason.COMPLEX, note=" ")
    before = row(desk, ref)
    assert before.extendable_until == date(2027, 3, 1)
    said: dict[str, Any] = {
        "request_ref": ref,
        "reason": ExtensionReason.COMPLEX,
        "note": "Tolv år av brev",
    }
    extended = desk.run(extend_request, **said)
    assert (extended.law_due_on, extended.extendable_until) == (date(2027, 4, 30), None)
    assert extended.promised_on == extended.due_on == before.promised_on == date(2027, 3, 2)
    with pytest.raises(DomainError, match="the law gives it once"):
        desk.run(extend_request, **said)
    clock.go_to(date(2027, 3, 3))
    late = row(desk, ref)
    assert (late.is_overdue, late.breaks_law) == (True, False)
    clock.go_to(date(2027, 5, 1))
    assert row(desk, ref).breaks_law


@pytest.mark.parametrize("told_on", [None, date(2027, 3, 2)])
def test_after_the_first_month_there_is_no_more_time(desk: Desk, clock: Clock, told_on) -> None:
    clock.go_to(date(2027, 1, 31))
    ref = asked(desk)
    clock.go_to(date(2027, 3, 2))
    with pytest.raises(DomainError, match="over on 1 March 2027"):
        desk.run(
            extend_request,
            request_ref=ref,
            reason=ExtensionReason.NUMBER,
            note="Många",
            told_on=told_on,
        )
    desk.run(
        extend_request,
        request_ref=ref,
        reason=ExtensionReason.NUMBER,
        note="Hon fick veta det i går",
        told_on=date(2027, 3, 1),
    )


@settings(max_examples=40, deadline=None)
@given(
    country=st.sampled_from(["SE", "NO"]),
    received_on=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    pause=st.integers(0, 60),
    extended=st.booleans(),
    promise=st.none() | st.integers(1, 30),
)
def test_a_pause_never_shortens_and_the_promise_never_moves(
    country: str, received_on: date, pause: int, extended: bool, promise: int | None
) -> None:
    plain = answer_deadline(country, received_on, promise_days=promise, extended=extended)
    paused = answer_deadline(
        country, received_on, promise_days=promise, extended=extended, paused_days=pause
    )
    assert paused.promise == plain.promise
    assert plain.legal <= paused.legal
    # Whole weeks move it by themselves, and holidays at Easter or Christmas by five days at most.
    assert abs((paused.legal - plain.legal).days - pause) <= 5
    once = answer_deadline(country, received_on, paused_days=pause)
    assert (
        once.legal < answer_deadline(country, received_on, paused_days=pause, extended=True).legal
    )


def test_nothing_is_granted_before_it_is_known_who_asks(desk: Desk) -> None:
    ref = asked(desk)
    for decision, ground in ((GRANTED, None), (RequestDecision.PARTLY, RefusalGround.OTHERS)):
        with pytest.raises(DomainError, match="not known yet who asks"):
            desk.run(decide_request, request_ref=ref, decision=decision, refusal=ground)
    desk.run(decide_request, request_ref=ref, decision=REFUSED, refusal=RefusalGround.IDENTITY)
    assert row(desk, ref).is_open


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("who", [Requester.SELF, Requester.LAWYER])
def test_no_refusal_tells_a_stranger_that_she_is_in_the_register(
    desk: Desk, kind: RequestKind, who: Requester
) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    ref = asked(desk, kind, subject_ref=karin, requester=who, asker="Bo Ek", reply_to="bo@ek.se")
    for ground in refusal_grounds(kind):
        refused: dict[str, Any] = {"decision": REFUSED, "refusal": ground, "note": "x"}
        if ground in {RefusalGround.UNFOUNDED, RefusalGround.IDENTITY, RefusalGround.NO_AUTHORITY}:
            desk.run(decide_request, request_ref=ref, **refused)
        else:
            with pytest.raises(DomainError, match="not known yet"):
                desk.run(decide_request, request_ref=ref, **refused)


@pytest.mark.parametrize(
    "who",
    [Requester.GUARDIAN, Requester.RELATIVE, Requester.LAWYER, Requester.INSURER, Requester.POLICE],
)
def test_who_asks_for_somebody_else_shows_first_that_he_may(desk: Desk, who: Requester) -> None:
    ref = asked(desk, subject_ref=person(desk), requester=who, asker="Bo Ek")
    assert row(desk, ref).needs_authority
    with pytest.raises(DomainError, match="whether Bo Ek may ask for her"):
        desk.run(decide_request, request_ref=ref, decision=GRANTED)
    with pytest.raises(DomainError, match="what you have seen"):
        desk.run(check_authority, request_ref=ref, how="")
    checked = desk.run(check_authority, request_ref=ref, how="Fullmakt från 3 november")
    assert not checked.needs_authority
    assert desk.run(decide_request, request_ref=ref, decision=GRANTED).decision is GRANTED
    with pytest.raises(DomainError, match="She asks herself"):
        desk.run(check_authority, request_ref=asked(desk), how="x")


def test_a_refusal_has_a_ground_of_its_right(desk: Desk) -> None:
    ref = asked(desk, RequestKind.ERASE)
    with pytest.raises(DomainError, match="needs its ground"):
        desk.run(decide_request, request_ref=ref, decision=REFUSED)
    with pytest.raises(DomainError, match="needs its ground"):
        desk.run(
            decide_request,
            request_ref=ref,
            decision=RequestDecision.TAKEN_BACK,
            refusal=RefusalGround.CLAIM,
        )
    with pytest.raises(DomainError, match="does not belong"):
        desk.run(
            decide_request, request_ref=ref, decision=REFUSED, refusal=RefusalGround.COMPELLING
        )
    with pytest.raises(DomainError, match="it is you who has to show"):
        desk.run(decide_request, request_ref=ref, decision=REFUSED, refusal=RefusalGround.UNFOUNDED)
    for kind in RequestKind:
        assert RefusalGround.UNFOUNDED in refusal_grounds(kind)


def test_a_refusal_by_law_says_from_when_it_can_be_erased(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    ref = asked(desk, RequestKind.ERASE, subject_ref=karin)
    desk.run(check_identity, request_ref=ref, how=KNOWN)
    with pytest.raises(DomainError, match="has not been erased"):
        desk.run(decide_request, request_ref=ref, decision=GRANTED)
    refused: dict[str, Any] = {
        "request_ref": ref,
        "decision": REFUSED,
        "refusal": RefusalGround.LAW_OBLIGES,
    }
    desk.run(decide_request, **refused)
    file = desk.ask(show_request, request_ref=ref)
    assert file.erasable_on == date(2034, 1, 1)  # all through 2033, the seventh year after 2026
    with pytest.raises(DomainError, match="can be erased now"):
        desk.run(decide_request, **refused, erasable_on=TODAY)


def test_an_answer_goes_after_the_request_and_after_the_decision(desk: Desk) -> None:
    ref = asked(desk, received_on=TODAY - timedelta(days=3))
    with pytest.raises(DomainError, match="not decided yet"):
        desk.run(answer_request, request_ref=ref, answered_by=Channel.EMAIL)
    desk.run(decide_request, request_ref=ref, decision=RequestDecision.TAKEN_BACK)
    for day in (TODAY - timedelta(days=4), TODAY + timedelta(days=1)):
        with pytest.raises(DomainError, match="The answer cannot have gone"):
            desk.run(answer_request, request_ref=ref, answered_by=Channel.EMAIL, on=day)
    with pytest.raises(DomainError, match="found out by searching"):
        desk.run(decide_request, request_ref=ref, decision=RequestDecision.NOTHING_HELD)
    desk.run(answer_request, request_ref=ref, answered_by=Channel.EMAIL, on=TODAY)
    assert row(desk, ref).answered_by is Channel.EMAIL
