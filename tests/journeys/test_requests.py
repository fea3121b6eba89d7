"""What the five businesses promise to whoever asks, done from the first word to the answer.

Each test is one item of a policy, by its number. The register is that of the trade and the country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import (
    CaseStep,
    Channel,
    ConsentMethod,
    Decision,
    ErasureState,
    HoldGround,
    IdentityCheck,
    LetterKind,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    RequestTask,
    RestrictionGround,
)
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.corrections import correct_name, correct_record, list_correctable
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.holds import Decision as ToKeep
from gdprdesk.services.holds import hold_records, lift_hold, list_holds
from gdprdesk.services.invoices import set_invoice_paid
from gdprdesk.services.letters import letter_text
from gdprdesk.services.objections import object_to_marketing, unsubscribe
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.request_handling import (
    answer_request,
    check_authority,
    check_identity,
    decide_request,
)
from gdprdesk.services.requests import list_requests, open_request, requests_due, show_request
from gdprdesk.services.restriction import lift_restriction, restrict_person
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.telling import tell_recipient
from tests.builders import TODAY, Clock, invoiced, person
from tests.journeys.conftest import new_register

pytestmark = pytest.mark.journey

Opened = Callable[[str, str, str], Desk]


@pytest.fixture
def register_of(folder: Path) -> Iterator[Opened]:
    """Open a register of a trade, a country and a language."""
    opened: list[Desk] = []

    def register(*wanted: str) -> Desk:
        opened.append(new_register(folder, *wanted))
        return opened[-1]

    yield register
    for one in opened:
        one.lock()


def asks(desk: Desk, ref: SubjectRef, kind: RequestKind, **said: Any) -> RecordRef:
    """Take a request by e-mail from an address that is known."""
    given: dict[str, Any] = {"received_on": desk.today, "channel": Channel.EMAIL, **said}
    row = desk.run(open_request, kind=kind, subject_ref=ref, **given)
    desk.run(check_identity, request_ref=row.ref, how=IdentityCheck.KNOWN_ADDRESS)
    return row.ref


def answered(desk: Desk, ref: RecordRef, decision: RequestDecision, **said: Any) -> None:
    desk.run(decide_request, request_ref=ref, decision=decision, **said)
    desk.run(answer_request, request_ref=ref, answered_by=Channel.EMAIL)


def tasks(desk: Desk, ref: RecordRef) -> list[RequestTask]:
    return [one.task for one in desk.ask(show_request, request_ref=ref).tasks]


def test_000_20_she_sees_what_is_kept_and_then_has_it_erased(
    register_of: Opened, tmp_path: Path
) -> None:
    desk = register_of("cafe", "SE", "sv")
    karin = person(desk, email="karin@example.se")
    see = asks(desk, karin, RequestKind.ACCESS)
    desk.run(export_person, subject_ref=karin, to=tmp_path / "karin.zip")
    answered(desk, see, RequestDecision.GRANTED)
    go = asks(desk, karin, RequestKind.ERASE)
    desk.run(erase_subject, subject_ref=karin, request_ref=go)
    desk.finish()
    assert desk.ask(show_receipt, subject_ref=karin).state is ErasureState.DONE
    assert desk.ask(list_requests, open_only=True) == ()
    assert desk.ask(list_subjects).rows == ()


def test_nothing_is_handed_out_or_erased_before_it_is_known_who_asks(
    register_of: Opened, tmp_path: Path
) -> None:
    desk = register_of("cafe", "SE", "sv")
    karin = person(desk, email="karin@example.se")
    said: dict[str, Any] = {"received_on": TODAY, "channel": Channel.LETTER, "subject_ref": karin}
    hers = desk.run(open_request, kind=RequestKind.ACCESS, **said)
    lawyer: dict[str, Any] = {"requester": Requester.LAWYER, "asker": "Advokat Berg"}
    his = desk.run(open_request, kind=RequestKind.ERASE, **lawyer, **said)
    to = tmp_path / "karin.zip"
    with pytest.raises(DomainError, match="not known yet who asks"):
        desk.run(export_person, subject_ref=karin, to=to, request_ref=hers.ref)
    assert not to.exists()
    with pytest.raises(DomainError, match="whether Advokat Berg may ask"):
        desk.run(erase_subject, subject_ref=karin, request_ref=his.ref)
    assert [row.ref for row in desk.ask(list_subjects).rows] == [karin]
    desk.run(check_authority, request_ref=his.ref, how="Fullmakt")
    desk.run(erase_subject, subject_ref=karin, request_ref=his.ref)
    desk.run(check_identity, request_ref=hers.ref, how=IdentityCheck.KNOWN_ADDRESS)
    desk.run(export_person, subject_ref=karin, to=to, request_ref=hers.ref)


def test_000_21_an_open_payment_refuses_until_it_is_ended_by_hand(register_of: Opened) -> None:
    desk = register_of("cafe", "SE", "sv")
    karin = person(desk, email="karin@example.se")
    owed = invoiced(desk, karin, paid_on=None)
    review = TODAY + timedelta(days=90)
    claim = ToKeep(HoldGround.CLAIM, "Fakturan är inte betald", review)
    (hold,) = desk.run(hold_records, refs=(owed,), decision=claim)
    ref = asks(desk, karin, RequestKind.ERASE)
    answered(desk, ref, RequestDecision.REFUSED, refusal=RefusalGround.CLAIM)
    said = desk.ask(letter_text, request_ref=ref, letter=LetterKind.REFUSED)
    assert "17.3 e" in said.body or "17(3)(e)" in said.body
    desk.run(set_invoice_paid, ref=owed, paid_on=TODAY)
    desk.run(lift_hold, ref=hold)
    assert desk.ask(list_holds) == ()


def test_000_22_the_bookkeeping_refuses_with_ground_day_and_authority(register_of: Opened) -> None:
    desk = register_of("cafe", "SE", "sv")
    karin = person(desk, email="karin@example.se")
    invoiced(desk, karin)
    ref = asks(desk, karin, RequestKind.ERASE)
    answered(desk, ref, RequestDecision.REFUSED, refusal=RefusalGround.LAW_OBLIGES)
    assert desk.ask(show_request, request_ref=ref).erasable_on == date(2034, 1, 1)
    body = desk.ask(letter_text, request_ref=ref, letter=LetterKind.REFUSED).body
    for words in ("1 januari 2034", "Integritetsskyddsmyndigheten"):
        assert words in body


def test_001_16_six_kinds_each_with_its_own_steps(register_of: Opened) -> None:
    desk = register_of("therapy", "SE", "sv")
    client = person(desk, "Vera Ek", email="vera@example.se")
    own = {
        RequestKind.ACCESS: RequestTask.COPY,
        RequestKind.RECTIFY: RequestTask.CORRECT,
        RequestKind.PORT: RequestTask.TAKE_ALONG,
        RequestKind.RESTRICT: RequestTask.RESTRICT,
        RequestKind.OBJECT: RequestTask.OBJECTION,
        RequestKind.ERASE: RequestTask.ERASE,
    }
    refs = {kind: asks(desk, client, kind) for kind in own}
    for kind, task in own.items():
        assert tasks(desk, refs[kind]) == [
            RequestTask.IDENTITY,
            task,
            RequestTask.DECIDE,
            RequestTask.ANSWER,
        ]
    desk.run(correct_name, request_ref=refs[RequestKind.RECTIFY], new="Vera Ekh")
    desk.run(
        restrict_person,
        subject_ref=client,
        ground=RestrictionGround.ACCURACY,
        why="Adressen är fel",
        request_ref=refs[RequestKind.RESTRICT],
    )
    desk.run(object_to_marketing, subject_ref=client, request_ref=refs[RequestKind.OBJECT])
    for kind in (RequestKind.RECTIFY, RequestKind.RESTRICT, RequestKind.OBJECT):
        answered(desk, refs[kind], RequestDecision.GRANTED)
    desk.run(lift_restriction, subject_ref=client, told_on=desk.today)
    done = desk.ask(show_request, request_ref=refs[RequestKind.OBJECT]).steps
    assert CaseStep.OBJECTED in [one.what for one in done]


def test_002_24_a_correction_keeps_both_values_and_others_are_told(register_of: Opened) -> None:
    desk = register_of("dealer", "NO", "nb")
    kari = person(desk, "Kari Nes", email="kari@exmaple.no")
    ref = asks(desk, kari, RequestKind.RECTIFY)
    rows = desk.ask(list_correctable, request_ref=ref)
    assert rows[0].value == "Kari Nes"
    mail = next(row for row in rows if row.value == "kari@exmaple.no")
    assert mail.record_ref is not None
    desk.run(
        correct_record,
        request_ref=ref,
        record_ref=mail.record_ref,
        column=mail.column,
        new="kari@example.no",
    )
    file = desk.ask(show_request, request_ref=ref)
    assert [(one["old"], one["new"]) for one in file.corrections] == [
        ("kari@exmaple.no", "kari@example.no")
    ]
    assert file.told
    answered(desk, ref, RequestDecision.GRANTED)
    assert [row.ref for row in desk.ask(requests_due).to_tell] == [ref]
    for one in file.told:
        desk.run(tell_recipient, request_ref=ref, recipient=one["recipient"])
    assert desk.ask(requests_due).to_tell == ()


def test_002_25_thirty_days_is_what_was_promised_and_what_counts(
    folder: Path, clock: Clock
) -> None:
    made = new_register(folder, "dealer", "NO", "nb")
    assert made.ask(show_organisation).answer_days == 30
    kari = person(made, "Kari Nes")
    said: dict[str, Any] = {
        "kind": RequestKind.ACCESS,
        "subject_ref": kari,
        "channel": Channel.PHONE,
    }
    row = made.run(open_request, received_on=date(2026, 7, 1), **said)
    assert (row.due_on, row.law_due_on) == (date(2026, 7, 31), date(2026, 8, 3))
    assert [one.ref for one in made.ask(requests_due).overdue] == [row.ref]
    made.lock()


def test_003_12_who_asks_to_erase_the_account_gets_an_answer_in_time(register_of: Opened) -> None:
    desk = register_of("booking", "SE", "sv")
    vera = person(desk, "Vera Ek", email="vera@example.se")
    invoiced(desk, vera)
    ref = asks(desk, vera, RequestKind.ERASE, wish="Radera mitt konto")
    desk.run(erase_subject, subject_ref=vera, request_ref=ref)
    desk.finish()
    receipt = desk.ask(show_receipt, subject_ref=vera)
    assert receipt.state is ErasureState.HELD  # the invoice, seven years
    assert desk.ask(list_requests, open_only=True) == ()


def test_004_15_a_yes_is_taken_back_on_the_phone_without_a_request(register_of: Opened) -> None:
    desk = register_of("shop", "SE", "sv")
    vera = person(desk, "Vera Ek", email="vera@example.se")
    texts = desk.ask(list_consent_texts)
    for text in texts:
        desk.run(
            record_consent,
            subject_ref=vera,
            text_ref=text.ref,
            decision=Decision.GIVEN,
            method=ConsentMethod.WEB_FORM,
        )
    receipt = desk.run(unsubscribe, subject_ref=vera)
    assert receipt.ended
    assert receipt.stays
    assert desk.ask(list_requests) == ()
    with pytest.raises(DomainError, match="gets no letters"):
        desk.run(unsubscribe, subject_ref=vera)


@pytest.mark.parametrize(
    "kind",
    [RequestKind.ACCESS, RequestKind.RECTIFY, RequestKind.ERASE],
    ids=lambda kind: kind.value,
)
def test_004_17_to_see_to_correct_and_to_erase(
    register_of: Opened, tmp_path: Path, kind: RequestKind
) -> None:
    desk = register_of("shop", "SE", "sv")
    vera = person(desk, "Vera Ek", email="vera@example.se")
    ref = asks(desk, vera, kind)
    if kind is RequestKind.ACCESS:
        desk.run(export_person, subject_ref=vera, to=tmp_path / "vera.zip")
        assert (tmp_path / "vera.zip").stat().st_size > 0
    elif kind is RequestKind.RECTIFY:
        desk.run(correct_name, request_ref=ref, new="Vera Ekh")
        assert desk.ask(list_subjects).rows[0].name == "Vera Ekh"
    if kind is RequestKind.ERASE:
        desk.run(erase_subject, subject_ref=vera, request_ref=ref)
        assert desk.ask(list_subjects).rows == ()
    else:
        answered(desk, ref, RequestDecision.GRANTED)
    assert desk.ask(requests_due).open == 0
