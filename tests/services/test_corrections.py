"""Putting right what is wrong about a person, with both values kept."""

from __future__ import annotations

from datetime import date
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
    HoldGround,
    IdentityCheck,
    RequestKind,
    RestrictionGround,
)
from gdprdesk.services.bookings import show_booking
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.corrections import correct_name, correct_record, list_correctable
from gdprdesk.services.holds import Decision as ToKeep
from gdprdesk.services.holds import hold_person
from gdprdesk.services.notes import add_note
from gdprdesk.services.persons import show_subject
from gdprdesk.services.request_handling import check_identity
from gdprdesk.services.requests import open_request, show_request
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, invoiced, order, person


def wrong(desk: Desk, karin: SubjectRef, *, known: bool = True, **said: Any) -> RecordRef:
    """Open a request to have something corrected, from somebody who is known."""
    given = {"kind": RequestKind.RECTIFY, "received_on": TODAY, "channel": Channel.PHONE, **said}
    ref: RecordRef = desk.run(open_request, subject_ref=karin, **given).ref
    if known:
        desk.run(check_identity, request_ref=ref, how=IdentityCheck.KNOWN_PERSON)
    return ref


def cell(desk: Desk, ref: RecordRef, column: str) -> RecordRef:
    """Return the record of a person in which a column stands."""
    rows = desk.ask(list_correctable, request_ref=ref)
    found = next(row.record_ref for row in rows if row.column == column and row.record_ref)
    assert found is not None
    return found


def test_an_address_is_put_right_compared_anew_and_both_values_are_kept(desk: Desk) -> None:
    karin = person(desk, email="karin@exmaple.se")
    ref = wrong(desk, karin)
    mail = cell(desk, ref, "value")
    desk.run(
        correct_record, request_ref=ref, record_ref=mail, column="value", new="Karin@example.se "
    )
    file = desk.ask(show_request, request_ref=ref)
    assert file.corrections == (
        {"record": mail, "column": "value", "old": "karin@exmaple.se", "new": "Karin@example.se"},
    )
    assert [row.ref for row in desk.ask(list_subjects, search="karin@example.se").rows] == [karin]
    assert desk.ask(list_subjects, search="exmaple").rows == ()
    assert file.steps[-1].what is CaseStep.CORRECTED
    assert file.told
    assert file.row.untold == len(file.told)


def test_a_name_a_day_and_a_text_are_put_right(desk: Desk) -> None:
    karin = person(desk)
    cake = order(desk, karin, wanted_on=date(2026, 12, 1), note="Ring på")
    ref = wrong(desk, karin)
    desk.run(correct_name, request_ref=ref, new=" Karin  Holmén")
    for column, new in (
        ("wanted_on", "2026-12-03"),
        ("note", "Ring inte på"),
        ("wanted_at", "14:30"),
    ):
        desk.run(correct_record, request_ref=ref, record_ref=cake, column=column, new=new)
    desk.run(correct_record, request_ref=ref, record_ref=cake, column="wanted_at", new="")
    row = desk.ask(show_booking, ref=cake).row
    assert (row.wanted_on, row.note, row.wanted_at) == (date(2026, 12, 3), "Ring inte på", None)
    assert row.who == desk.ask(show_subject, subject_ref=karin).name == "Karin Holmén"
    said = [
        (one["column"], one["old"], one["new"])
        for one in desk.ask(show_request, request_ref=ref).corrections
    ]
    assert said == [
        ("name", "Karin Holm", "Karin Holmén"),
        ("wanted_on", "2026-12-01", "2026-12-03"),
        ("note", "Ring på", "Ring inte på"),
        ("wanted_at", "", "14:30:00"),
        ("wanted_at", "14:30:00", ""),
    ]


@pytest.mark.parametrize(
    ("column", "new", "words"),
    [
        ("wanted_on", "3/12", "2026-11-22"),
        ("what", " ", "erased, not corrected"),
        ("what", "Prinsesstårta", "says already"),
        ("lines", "[]", "Change it where it stands"),
        ("state", "done", "Change it where it stands"),
        ("recorded_on", "2020-01-01", "Change it where it stands"),
    ],
)
def test_what_is_no_such_value_is_refused(desk: Desk, column: str, new: str, words: str) -> None:
    karin = person(desk)
    cake = order(desk, karin)
    ref = wrong(desk, karin)
    with pytest.raises(DomainError, match=words):
        desk.run(correct_record, request_ref=ref, record_ref=cake, column=column, new=new)
    assert desk.ask(show_request, request_ref=ref).corrections == ()


def test_invoices_consents_and_own_papers_stay_as_they_are(desk: Desk) -> None:
    karin = person(desk)
    invoice = invoiced(desk, karin)
    text = desk.ask(list_consent_texts)[0]
    consent = desk.run(
        record_consent,
        subject_ref=karin,
        text_ref=text.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.ORALLY,
    )
    keep = ToKeep(HoldGround.CLAIM, "Tvist", date(2027, 1, 1))
    hold = desk.run(hold_person, subject_ref=karin, decision=keep)
    ref = wrong(desk, karin)
    for record, column, words in (
        (invoice, "buyer_name", "credit note"),
        (consent, "decided_on", "kept as she said it"),
        (hold, "why", "your own note"),
        (ref, "wish", "your own note"),
    ):
        with pytest.raises(DomainError, match=words):
            desk.run(correct_record, request_ref=ref, record_ref=record, column=column, new="x")
    refs = {row.record_ref for row in desk.ask(list_correctable, request_ref=ref)}
    assert not refs & {invoice, consent, hold, ref}


def test_only_her_own_records_after_it_is_known_who_asks(desk: Desk) -> None:
    karin, maja = person(desk), person(desk, "Maja Lind")
    note = desk.run(add_note, text="Hennes", subject_ref=maja)
    ref = wrong(desk, karin, known=False)
    said: dict[str, Any] = {"request_ref": ref, "record_ref": note, "column": "text", "new": "x"}
    with pytest.raises(DomainError, match="not known yet who asks"):
        desk.run(correct_record, **said)
    desk.run(check_identity, request_ref=ref, how=IdentityCheck.KNOWN_PERSON)
    with pytest.raises(DomainError, match="not about Karin Holm"):
        desk.run(correct_record, **said)
    other = wrong(desk, karin, kind=RequestKind.ACCESS)
    with pytest.raises(DomainError, match="does not ask to correct"):
        desk.run(correct_name, request_ref=other, new="Karin Ek")
    stranger = desk.run(
        open_request,
        kind=RequestKind.RECTIFY,
        received_on=TODAY,
        channel=Channel.WEB,
        asker="Okänd",
    )
    assert desk.ask(list_correctable, request_ref=stranger.ref) == ()


def test_what_is_only_stored_since_it_is_wrong_can_be_put_right(desk: Desk) -> None:
    karin = person(desk)
    ref = wrong(desk, karin)
    desk.run(
        restrict_person,
        subject_ref=karin,
        ground=RestrictionGround.ACCURACY,
        why="Namnet är fel",
        request_ref=ref,
    )
    desk.run(correct_name, request_ref=ref, new="Karin Ek")
    assert desk.ask(show_subject, subject_ref=karin).name == "Karin Ek"
