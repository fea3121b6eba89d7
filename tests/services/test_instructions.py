"""What customers served ask for, and the end of a contract: promises 003.12 and 003.13."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ControllerRef, RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import RequestKind
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.files import FileFormat
from gdprdesk.services.instructions import (
    InstructionRow,
    answer_instruction,
    carry_out_instruction,
    list_instructions,
    move_instruction,
    reopen_instruction,
    show_instruction,
    take_instruction,
)
from gdprdesk.services.onboarding import Business
from gdprdesk.services.paper_files import export_answer, export_instructions, export_settlement
from gdprdesk.services.reports.instructions import (
    answer_report,
    instructions_report,
    settlement_report,
    show_answer,
)
from gdprdesk.services.served import (
    ControllerChanges,
    add_controller,
    end_controller,
    list_to_settle,
    settle_controller,
    show_controller,
    unsettle_controller,
    update_controller,
)
from gdprdesk.services.today import show_today
from tests.builders import CHEAP, PASSWORD, TODAY, Clock
from tests.texts import read_pdf

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
SCOPE = "Radera kontot 4711"


@pytest.fixture
def operator(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The register of a booking service."""
    business = Business(
        name="BokaNu AB", trade="booking", contact="Ola Ek", email="ola@boka.example"
    )
    folder = tmp_path / "operator.gdprdesk"
    opened, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield opened
    opened.lock()


@pytest.fixture
def salon(operator: Desk) -> ControllerRef:
    """A business that the booking service serves."""
    changes = ControllerChanges(name="Salong Saxen", contact="eva@saxen.example")
    return operator.run(add_controller, changes=changes)


def taken(desk: Desk, controller: ControllerRef, **said: Any) -> RecordRef:
    known = {"kind": RequestKind.ERASE, "scope": SCOPE, **said}
    return desk.run(take_instruction, controller_ref=controller, **known)


def closed(desk: Desk, ref: RecordRef) -> None:
    desk.run(carry_out_instruction, ref=ref, how="Kontot är raderat, kvitton sparas i sju år.")
    desk.run(answer_instruction, ref=ref)


def waiting(desk: Desk) -> list[InstructionRow]:
    return [*desk.ask(show_today).instructions]


def test_an_instruction_is_taken_carried_out_and_answered(
    operator: Desk, salon: ControllerRef, clock: Clock
) -> None:
    ref = taken(operator, salon)
    (row,) = waiting(operator)
    assert (row.number, row.controller, row.contact, row.scope) == (
        1,
        "Salong Saxen",
        "eva@saxen.example",
        SCOPE,
    )
    assert (row.received_on, row.due_on, row.is_late) == (TODAY, date(2026, 12, 5), False)
    clock.go_to(date(2026, 12, 6))
    assert waiting(operator)[0].is_late
    closed(operator, ref)
    assert waiting(operator) == []
    row = operator.ask(show_instruction, ref=ref)
    assert (row.done_on, row.answered_on, row.is_late) == (
        date(2026, 12, 6),
        date(2026, 12, 6),
        False,
    )


def test_what_waits_comes_first_and_numbers_are_never_given_twice(
    operator: Desk, salon: ControllerRef
) -> None:
    first = taken(operator, salon, due_on=TOMORROW)
    taken(operator, salon, received_on=YESTERDAY)
    taken(operator, salon, due_on=TODAY, kind=RequestKind.ACCESS)
    closed(operator, first)
    assert [one.number for one in operator.ask(list_instructions)] == [3, 2, 1]
    assert [one.number for one in operator.ask(list_instructions, controller_ref=salon)] == [
        3,
        2,
        1,
    ]
    other = operator.run(add_controller, changes=ControllerChanges(name="Ateljén"))
    assert operator.ask(list_instructions, controller_ref=other) == ()
    operator.run(reopen_instruction, ref=first)
    assert {one.number for one in waiting(operator)} == {1, 2, 3}
    operator.run(move_instruction, ref=first, due_on=TODAY)
    assert operator.ask(show_instruction, ref=first).due_on == TODAY


def test_it_is_kept_until_it_is_answered_and_then_leaves_by_its_row(
    operator: Desk, salon: ControllerRef, clock: Clock
) -> None:
    ref = taken(operator, salon)
    clock.go_to(date(2032, 1, 1))
    operator.run(carry_out_clean_up)
    assert len(waiting(operator)) == 1
    closed(operator, ref)
    operator.run(carry_out_clean_up)
    assert len(operator.ask(list_instructions)) == 1
    clock.go_to(date(2036, 1, 2))
    operator.run(carry_out_clean_up)
    assert operator.ask(list_instructions) == ()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"scope": " "}, "what is to be done"),
        ({"received_on": TOMORROW}, "has not come yet"),
        ({"due_on": YESTERDAY}, "due before it came"),
        ({"controller_ref": ControllerRef("nobody")}, "not in the register any more"),
    ],
)
def test_an_instruction_that_cannot_be_right_is_refused(
    operator: Desk, salon: ControllerRef, said: dict[str, Any], sentence: str
) -> None:
    known = {"kind": RequestKind.ERASE, "scope": SCOPE, "controller_ref": salon, **said}
    with pytest.raises(DomainError, match=sentence):
        operator.run(take_instruction, **known)
    assert operator.ask(list_instructions) == ()


def test_the_steps_have_their_order(operator: Desk, salon: ControllerRef) -> None:
    ref = taken(operator, salon)
    with pytest.raises(DomainError, match="first what was done"):
        operator.run(answer_instruction, ref=ref)
    with pytest.raises(DomainError, match="what was done"):
        operator.run(carry_out_instruction, ref=ref, how="")
    for day in (TOMORROW, YESTERDAY):
        with pytest.raises(DomainError, match="out of order"):
            operator.run(carry_out_instruction, ref=ref, how="x", on=day)
    with pytest.raises(DomainError, match="nothing to answer yet"):
        operator.ask(show_answer, ref=ref)
    closed(operator, ref)
    with pytest.raises(DomainError, match="has been answered"):
        operator.run(carry_out_instruction, ref=ref, how="x")
    with pytest.raises(NotFoundError):
        operator.ask(show_instruction, ref=RecordRef("nothing"))


def test_the_answer_is_a_mail_and_a_letter(
    operator: Desk, salon: ControllerRef, tmp_path: Path
) -> None:
    ref = taken(operator, salon)
    closed(operator, ref)
    text = operator.ask(show_answer, ref=ref, language_code="en")
    assert (text.to, text.subject) == (
        "eva@saxen.example",
        "Answer to your instruction number 1",
    )
    for said in (SCOPE, "Kontot är raderat", "Ola Ek", "Article 17"):
        assert said in text.body
    target = tmp_path / "answer.pdf"
    operator.run(export_answer, ref=ref, to=target, language_code="en")
    printed = " ".join(read_pdf(target).split())
    for said in ("Salong Saxen", SCOPE, "kvitton sparas", "Article 28(3)(a)"):
        assert said in printed
    assert operator.ask(answer_report, ref=ref, language_code="nb").language == "nb"
    assert operator.ask(instructions_report).landscape
    log = tmp_path / "log.pdf"
    assert operator.run(export_instructions, to=log, format=FileFormat.PDF).rows == 1
    assert SCOPE in " ".join(read_pdf(log).split())


def test_an_ended_contract_is_a_task_until_the_data_are_gone(
    operator: Desk, salon: ControllerRef, tmp_path: Path
) -> None:
    assert operator.ask(list_to_settle) == ()
    operator.run(end_controller, controller_ref=salon, ended_on=YESTERDAY)
    assert [one.name for one in operator.ask(show_today).to_settle] == ["Salong Saxen"]
    with pytest.raises(DomainError, match="nothing to certify"):
        operator.run(export_settlement, controller_ref=salon, to=tmp_path / "no.pdf")
    operator.run(settle_controller, controller_ref=salon, how="Fil lämnad, sedan raderat. Logg 77.")
    assert operator.ask(show_today).to_settle == ()
    row = operator.ask(show_controller, controller_ref=salon)
    assert (row.settled_on, row.settled_how) == (TODAY, "Fil lämnad, sedan raderat. Logg 77.")
    certificate = operator.ask(settlement_report, controller_ref=salon, language_code="en")
    assert certificate.title == "Certificate: personal data returned or deleted"
    target = tmp_path / "certificate.pdf"
    operator.run(export_settlement, controller_ref=salon, to=target, language_code="en")
    printed = " ".join(read_pdf(target).split())
    for said in ("BokaNu AB", "Salong Saxen", "Logg 77", "Article 28(3)(g)"):
        assert said in printed
    with pytest.raises(DomainError, match="returned or deleted when the service ended"):
        taken(operator, salon)
    operator.run(unsettle_controller, controller_ref=salon)
    assert len(operator.ask(list_to_settle)) == 1
    operator.run(settle_controller, controller_ref=salon, how="Raderat")
    goes_on = ControllerChanges(goes_on=True)
    operator.run(update_controller, controller_ref=salon, changes=goes_on)
    row = operator.ask(show_controller, controller_ref=salon)
    assert (row.ended_on, row.settled_on, row.settled_how) == (None, None, "")


def test_a_contract_is_not_settled_out_of_order(operator: Desk, salon: ControllerRef) -> None:
    with pytest.raises(DomainError, match="still runs"):
        operator.run(settle_controller, controller_ref=salon, how="Raderat")
    operator.run(end_controller, controller_ref=salon, ended_on=TODAY)
    with pytest.raises(DomainError, match="how it can be shown"):
        operator.run(settle_controller, controller_ref=salon, how=" ")
    for day in (YESTERDAY, TOMORROW):
        with pytest.raises(DomainError, match="from the end of the service until today"):
            operator.run(settle_controller, controller_ref=salon, how="Raderat", on=day)
    ref = taken(operator, salon)
    with pytest.raises(DomainError, match="still waits for the answer"):
        operator.run(settle_controller, controller_ref=salon, how="Raderat")
    closed(operator, ref)
    operator.run(settle_controller, controller_ref=salon, how="Raderat")
