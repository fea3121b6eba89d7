"""A young customer of the example: her mother said yes to pictures for her, and soon she is 18."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.guardians import OF_AGE
from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.resources import resource
from gdprdesk.services.consent_texts import ConsentTextRow
from gdprdesk.services.consents import record_consent
from gdprdesk.services.example_plan import ConsentPlan, ExamplePlan
from gdprdesk.services.finding import find_subject
from gdprdesk.services.guardians import add_guardian
from gdprdesk.store.unit_of_work import UnitOfWork

SHOWN: Final = ("photo", "testimonial")
"""What a picture of somebody, or her words, are shown for; a trade has one of them or none."""
_ASKED_BEFORE, _IN = timedelta(days=40), timedelta(days=12)


def choose_child(plan: ExamplePlan, today: date) -> int | None:
    """Return which customer is the young one: somebody who was asked for nothing that is shown."""
    return next(_not_asked(plan, plan.consents, today), None)


def ask_mother(
    work: UnitOfWork, child: SubjectRef, text: ConsentTextRow, mother: str, today: date
) -> None:
    """Write down who answers for a child, and what she signed at the counter."""
    born = today + _IN
    name = f"{mother} {find_subject(work.session, child).name.split()[-1]}"
    add_guardian(
        work,
        subject_ref=child,
        name=name,
        born_on=born.replace(year=born.year - OF_AGE, day=min(born.day, 28)),
        asked_too_on=work.today,
    )
    record_consent(
        work,
        subject_ref=child,
        text_ref=text.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.SIGNATURE,
        channels=text.channels[:2],
        given_by=name,
        signature=resource("demo/signature.png").read_bytes(),
    )


def asked_on(today: date) -> date:
    """Return the day her mother was asked."""
    return today - _ASKED_BEFORE


def _not_asked(plan: ExamplePlan, said: Iterable[ConsentPlan], today: date) -> Iterator[int]:
    asked = {one.person for one in said if one.purpose in SHOWN}
    for number, person in enumerate(plan.people[:-1]):
        is_customer = person.ended_on is None and person.company is None
        if is_customer and number not in asked and person.joined_on < asked_on(today):
            yield number
