"""Requests in every state that a letter may be written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef, SubjectRef
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.terms import (
    Channel,
    ExtensionReason,
    LetterKind,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    RestrictionGround,
)
from gdprdesk.services.finding import activity_for, find_any_subject
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import NOON, TODAY

ASKED, DUE, LATER = date(2026, 11, 20), date(2026, 12, 21), date(2027, 2, 22)
KNOWN: dict[str, Any] = {"checked_on": TODAY}
ANSWERED: dict[str, Any] = {**KNOWN, "answered_on": TODAY}
_numbers = count(7001)


def open_case(desk: Desk, subject_ref: SubjectRef | None = None, **said: Any) -> RecordRef:
    """Write a request into the register as it stands at some time of its life."""
    given = {
        "number": next(_numbers),
        "kind": RequestKind.ACCESS,
        "channel": Channel.EMAIL,
        "received_on": ASKED,
        "due_on": DUE,
        **said,
    }
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        about = find_any_subject(work.session, subject_ref) if subject_ref else None
        request = DataSubjectRequest(
            subject_id=about.id if about else None,
            activity_id=activity_for(work.session, DataSubjectRequest).id,
            recorded_on=TODAY,
            **given,
        )
        work.session.add(request)
        work.commit("test.case", of_restricted=True)
        return request.ref


def restrict(desk: Desk, subject_ref: SubjectRef, ground: RestrictionGround) -> None:
    """Only store the data of a person since today."""
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        subject = find_any_subject(work.session, subject_ref)
        subject.restricted_on, subject.restriction = TODAY, ground
        work.commit("test.restrict", of_restricted=True)


@dataclass(frozen=True)
class Sample:
    """A case that a letter fits; `about` says whether the register knows the person."""

    letter: LetterKind
    said: dict[str, Any]
    about: bool = True


def _answered(kind: RequestKind, decision: RequestDecision, **more: Any) -> dict[str, Any]:
    return {**ANSWERED, "kind": kind, "decision": decision, **more}


_DONE, _NO = RequestDecision.GRANTED, RequestDecision.REFUSED
_LAW = {"refusal": RefusalGround.LAW_OBLIGES, "erasable_on": date(2034, 1, 1)}
_STRANGER = {"asker": "Ove Dahl", "reply_to": "ove@example.org"}

SAMPLES = (
    Sample(LetterKind.RECEIVED, {}),
    Sample(LetterKind.WHO_ARE_YOU, {"doubted_on": TODAY, "doubt": "Adressen är ny."}),
    Sample(LetterKind.NO_AUTHORITY, {"requester": Requester.LAWYER, **_STRANGER}),
    Sample(
        LetterKind.EXTENSION,
        {
            **KNOWN,
            "extended_on": TODAY,
            "extension": ExtensionReason.COMPLEX,
            "extension_note": "Papper i arkivet.",
            "due_on": LATER,
            "promised_on": date(2026, 12, 20),
        },
    ),
    Sample(
        LetterKind.NOTHING_HELD,
        {
            **_answered(RequestKind.ACCESS, RequestDecision.NOTHING_HELD),
            **_STRANGER,
            "searched": {"booking": 214, "invoice": 31},
        },
        about=False,
    ),
    Sample(LetterKind.COPY_ENCLOSED, _answered(RequestKind.ACCESS, _DONE)),
    Sample(LetterKind.CORRECTED, _answered(RequestKind.RECTIFY, _DONE)),
    Sample(LetterKind.ERASED, {**KNOWN, "kind": RequestKind.ERASE}),
    Sample(LetterKind.RESTRICTED, _answered(RequestKind.RESTRICT, _DONE)),
    Sample(LetterKind.LIFTED, _answered(RequestKind.RESTRICT, _DONE)),
    Sample(LetterKind.OBJECTION_UPHELD, _answered(RequestKind.OBJECT, _DONE)),
    Sample(
        LetterKind.OBJECTION_REFUSED,
        _answered(RequestKind.OBJECT, _NO, refusal=RefusalGround.COMPELLING),
    ),
    Sample(LetterKind.PARTLY, _answered(RequestKind.ERASE, RequestDecision.PARTLY, **_LAW)),
    Sample(LetterKind.REFUSED, _answered(RequestKind.ERASE, _NO, **_LAW)),
    Sample(LetterKind.COMPLAINT_ANSWER, _answered(RequestKind.COMPLAINT, _DONE)),
    Sample(LetterKind.TAKEN_BACK, _answered(RequestKind.ERASE, RequestDecision.TAKEN_BACK)),
)
