"""What people ask for about their own data: opened, counted, listed, answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ErasureGround,
    RequestDecision,
    Requester,
    RequestKind,
    RequestTask,
)
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.request_handling import answer_request, decide_request
from gdprdesk.services.requests import (
    RequestRow,
    list_requests,
    open_request,
    requests_due,
    show_request,
)
from tests.builders import TODAY, Clock, invoiced, person


def asked(desk: Desk, kind: RequestKind = RequestKind.ACCESS, **said: Any) -> RequestRow:
    """Open a request that came today by e-mail, unless something else is said."""
    given: dict[str, Any] = {"received_on": desk.today, "channel": Channel.EMAIL, **said}
    if "subject_ref" not in given and "asker" not in given:
        given["asker"] = "Karin Holm"
    return desk.run(open_request, kind=kind, **given)


def promise(desk: Desk, days: int) -> None:
    desk.run(update_organisation, answer_days=days)


def test_a_request_has_its_number_its_days_and_its_first_step(desk: Desk) -> None:
    karin = person(desk)
    row = asked(desk, RequestKind.ACCESS, subject_ref=karin, wish="Vad har ni om mig?")
    assert (row.number, row.name, row.due_on) == (1, "Karin Holm", date(2026, 12, 21))
    assert (row.days_left, row.is_overdue, row.needs_identity) == (30, False, True)
    file = desk.ask(show_request, request_ref=row.ref)
    assert [step.what for step in file.steps] == [CaseStep.OPENED]
    assert [one.task for one in file.tasks] == [
        RequestTask.IDENTITY,
        RequestTask.COPY,
        RequestTask.DECIDE,
        RequestTask.ANSWER,
    ]
    assert asked(desk, RequestKind.ERASE, subject_ref=karin).number == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"asker": ""}, "Choose the person"),
        ({"asker": " ", "requester": Requester.LAWYER}, "whoever asks for her"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(desk: Desk, said: dict[str, Any], words) -> None:
    with pytest.raises(DomainError, match=words):
        asked(desk, **said)
    assert desk.ask(list_requests) == ()


def test_a_case_for_somebody_erased_is_opened_without_her(desk: Desk) -> None:
    karin = person(desk)
    invoiced(desk, karin)
    desk.run(erase_subject, subject_ref=karin)
    with pytest.raises(NotFoundError, match="without choosing her"):
        asked(desk, subject_ref=karin)
    assert asked(desk, asker="Karin Holm").subject_ref is None


def test_the_same_wish_twice_names_the_open_request(desk: Desk) -> None:
    karin = person(desk)
    asked(desk, subject_ref=karin)
    with pytest.raises(DomainError, match="request 1, to be answered by 21 December 2026"):
        asked(desk, subject_ref=karin)
    asked(desk, RequestKind.PORT, subject_ref=karin)
    asked(desk, subject_ref=person(desk, "Åsa Lind"))
    asked(desk, subject_ref=karin, requester=Requester.LAWYER, asker="Advokat Berg")
    assert asked(desk, subject_ref=karin, again=True).number == 5


def test_so_does_that_of_somebody_who_is_not_here(desk: Desk) -> None:
    asked(desk, asker="Karin  Holm")
    with pytest.raises(DomainError, match="request 1"):
        asked(desk, asker="karin holm")


def test_a_new_request_refers_to_the_old_one(desk: Desk) -> None:
    first = asked(desk, asker="Karin Holm")
    second = asked(desk, RequestKind.ERASE, asker="Karin Holm", refers_to=first.ref)
    steps = desk.ask(show_request, request_ref=second.ref).steps
    assert [(one.what, one.note) for one in steps][1:] == [(CaseStep.REFERS, "1")]
    with pytest.raises(NotFoundError):
        asked(desk, refers_to=RecordRef("none"), asker="Åsa")


def test_a_ground_belongs_to_a_wish_for_erasure(desk: Desk) -> None:
    ground = ErasureGround.WITHDRAWN
    assert asked(desk, RequestKind.ERASE, asker="A", erasure_ground=ground).erasure_ground is ground
    assert asked(desk, asker="B", erasure_ground=ground).erasure_ground is None


def test_an_earlier_promise_is_the_day_to_answer_by(desk: Desk) -> None:
    promise(desk, 10)
    row = asked(desk)
    assert (row.due_on, row.promised_on) == (date(2026, 12, 1), date(2026, 12, 1))
    assert row.law_due_on == date(2026, 12, 21)
    promise(desk, 0)
    assert desk.ask(show_request, request_ref=row.ref).row.due_on == date(2026, 12, 1)


def test_open_ones_come_first_by_their_day_and_press_more_and_more(
    desk: Desk, clock: Clock
) -> None:
    old = asked(desk, asker="A", received_on=TODAY - timedelta(days=40))
    near = asked(desk, asker="B", received_on=TODAY - timedelta(days=25))
    new = asked(desk, asker="C")
    assert [row.ref for row in desk.ask(list_requests)] == [old.ref, near.ref, new.ref]
    due = desk.ask(requests_due)
    assert [row.ref for row in due.overdue] == [old.ref]
    assert [row.ref for row in due.soon] == [near.ref]
    assert [row.ref for row in due.waiting] == [new.ref]
    assert (due.later, due.open, due.overdue[0].breaks_law) == ((), 3, True)
    clock.move(days=60)
    assert desk.ask(requests_due).open == len(desk.ask(requests_due).overdue) == 3


def test_an_answered_request_leaves_when_its_time_is_over_and_an_open_one_never(
    desk: Desk, clock: Clock
) -> None:
    done, waits = asked(desk, asker="A"), asked(desk, asker="B")
    desk.run(decide_request, request_ref=done.ref, decision=RequestDecision.TAKEN_BACK)
    desk.run(answer_request, request_ref=done.ref, answered_by=Channel.EMAIL)
    for day, left in (
        (date(2028, 11, 21), {done.ref, waits.ref}),
        (date(2028, 11, 22), {waits.ref}),
    ):
        clock.go_to(day)  # 24 months after the answer
        desk.run(carry_out_clean_up)
        assert {row.ref for row in desk.ask(list_requests)} == left


def test_whoever_is_about_to_be_erased_is_not_named_in_the_list(desk: Desk) -> None:
    karin = person(desk)
    asked(desk, RequestKind.ERASE, subject_ref=karin, reply_to="karin@example.se", wish="Bort")
    desk.run(stage_erasure, subject_ref=karin)
    (row,) = desk.ask(list_requests)
    assert (row.name, row.reply_to, row.wish, row.is_open) == ("", "", "", True)
