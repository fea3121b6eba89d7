"""The letters of a made-up business: who has yet to confirm, and which program got the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.terms import ConsentMethod, Decision, LegalBasis
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent
from gdprdesk.services.example_plan import ConsentPlan, ExamplePlan
from gdprdesk.services.existing_customers import add_existing_customer, uses_the_exception
from gdprdesk.services.newsletter import NEWSLETTER, find_words, list_readers
from gdprdesk.services.newsletter_export import Mailing, note_handover, usual_tool
from gdprdesk.store.unit_of_work import UnitOfWork

People = Mapping[int, SubjectRef]
Happening = Callable[[UnitOfWork], None]

_HANDED_OVER, _SIGNED_UP, _BOUGHT = 40, 4, 20  # days ago
_SOME = 3


def happenings(plan: ExamplePlan, today: date, people: People) -> Iterator[tuple[date, Happening]]:
    """Yield what happens on which day, if the business sends a newsletter.

    Args:
        plan: All that happens in the business.
        today: Its last day.
        people: Who is in the register by then; filled as they come.
    """
    if any(one.purpose == NEWSLETTER for one in plan.consents):
        yield today - timedelta(days=_HANDED_OVER), _hand_over
        yield today - timedelta(days=_SIGNED_UP), partial(_sign_up, plan=plan, people=people)
        written = partial(_write_to_customers, plan=plan, people=people)
        yield today - timedelta(days=_BOUGHT), written


def confirmed_on(work: UnitOfWork, consent: ConsentPlan) -> date | None:
    """Return when somebody confirmed her sign-up from her own address; only forms ask for that."""
    asked = consent.purpose == NEWSLETTER and consent.method is ConsentMethod.WEB_FORM
    return work.today if asked and consent.decision is Decision.GIVEN else None


def _hand_over(work: UnitOfWork) -> None:
    """Make a list for the program that the register names."""
    found = list_readers(work.session)
    words = find_words(work.session, NEWSLETTER)
    tool = usual_tool(work.session)
    mailing = Mailing(tool, NEWSLETTER, found.title, words.activity_id, LegalBasis.CONSENT)
    note_handover(work, mailing, len(found.readers), 0, f"{found.title}{tool.suffix}")


def _sign_up(work: UnitOfWork, plan: ExamplePlan, people: People) -> None:
    """Let some customers sign up who have not been asked; they have yet to confirm."""
    words = {one.purpose: one.ref for one in list_consent_texts(work.session)}
    for number in _unasked(plan, people)[:_SOME]:
        record_consent(
            work,
            subject_ref=people[number],
            text_ref=words[NEWSLETTER],
            decision=Decision.PENDING,
            method=ConsentMethod.WEB_FORM,
        )


def _write_to_customers(work: UnitOfWork, plan: ExamplePlan, people: People) -> None:
    """Let some who have bought get letters as customers, where the register says so."""
    if not uses_the_exception(work.session):
        return
    bought = {
        one.person: one.lines[0].text
        for one in plan.orders
        if one.person is not None and one.lines and one.taken_on <= work.today
    }
    asked = _unasked(plan, people)[_SOME:]
    for number in [one for one in asked if one in bought][:_SOME]:
        add_existing_customer(
            work,
            subject_ref=people[number],
            bought=bought[number],
            bought_on=work.today,
            told_on=work.today,
        )


def _unasked(plan: ExamplePlan, people: People) -> list[int]:
    """Return the customers with an address whom nobody has asked about letters."""
    asked = {
        one.person
        for one in plan.consents
        if one.purpose == NEWSLETTER or one.decision is not Decision.GIVEN
    }
    return [
        number
        for number, person in enumerate(plan.people[:-1])
        if number in people and number not in asked and person.email and person.ended_on is None
    ]
