"""What people ask a made-up business for, its paper, what it hands out, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import (
    BreachKind,
    BreachRisk,
    Channel,
    IdentityCheck,
    LegalBasis,
    RequestDecision,
    RequestKind,
)
from gdprdesk.services.breach_steps import close_breach, leave_unreported
from gdprdesk.services.breaches import BreachAnswers, answer_breach, start_breach
from gdprdesk.services.disclosures import hand_out
from gdprdesk.services.papers import PaperChanges, add_paper
from gdprdesk.services.request_handling import check_identity
from gdprdesk.services.requests import RequestRow, close_request, open_request
from gdprdesk.services.shredding import shred
from gdprdesk.store.unit_of_work import UnitOfWork

Words = Mapping[str, str]
Happening = Callable[[UnitOfWork, Words, SubjectRef], None]

_ANSWERED, _PRESSING, _FRESH = 120, 25, 2  # days ago


def happenings(today: date) -> Iterator[tuple[date, Happening]]:
    """Yield what happens on which day to one of the customers."""
    for days, happens in (
        (400, _paper),
        (300, _handed_out),
        (200, _breach),
        (_ANSWERED, _answered),
        (_PRESSING, _pressing),
        (_FRESH, _fresh),
    ):
        yield today - timedelta(days=days), happens


def _paper(work: UnitOfWork, words: Words, _who: SubjectRef) -> None:
    add_paper(
        work,
        changes=PaperChanges(
            place=words["place"],
            box=words["box"],
            what=words["paper"],
            from_on=work.today.replace(month=1, day=1),
            to_on=work.today,
        ),
    )
    shred(work, what=words["shredded"], amount=words["amount"], how=words["how"])


def _handed_out(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    hand_out(
        work,
        to_whom=words["authority"],
        what=words["handed_out"],
        basis=LegalBasis.LEGAL_OBLIGATION,
        channel=Channel.LETTER,
        law=words["law"],
        subject_ref=who,
    )


def _breach(work: UnitOfWork, words: Words, _who: SubjectRef) -> None:
    ref = start_breach(work, kind=BreachKind.WRONG_RECIPIENT)
    answers = BreachAnswers(
        what=words["breach"],
        data=(words["breach_data"],),
        groups=(words["breach_groups"],),
        people=1,
        consequences=words["breach_consequences"],
        measures=words["breach_measures"],
        risk=BreachRisk.UNLIKELY,
        risk_why=words["breach_why"],
        cause="",
        whereabouts="",
    )
    answer_breach(work, breach_ref=ref, answers=answers)
    leave_unreported(work, breach_ref=ref, why=words["breach_why"])
    close_breach(work, breach_ref=ref)


def _asked(work: UnitOfWork, words: Words, who: SubjectRef, kind: RequestKind) -> RequestRow:
    return open_request(
        work,
        kind=kind,
        received_on=work.today,
        channel=Channel.EMAIL,
        subject_ref=who,
        wish=words["wish" if kind is RequestKind.ACCESS else "wrong"],
    )


def _answered(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    close_request(
        work,
        request_ref=_asked(work, words, who, RequestKind.ACCESS).ref,
        decision=RequestDecision.GRANTED,
        answered_by=Channel.EMAIL,
        identity=IdentityCheck.KNOWN_ADDRESS,
    )


def _pressing(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    ref = _asked(work, words, who, RequestKind.ACCESS).ref
    check_identity(work, request_ref=ref, how=IdentityCheck.KNOWN_ADDRESS)


def _fresh(work: UnitOfWork, words: Words, who: SubjectRef) -> None:
    _asked(work, words, who, RequestKind.RECTIFY)
