"""Personal data breaches: that something has happened, and the five answers about it.

Article 33(5): every breach is written down, also one that is not reported. What is written says
how many and what, never who.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from gdprdesk.domain.base import ActivityRef, BreachRef
from gdprdesk.domain.breach_rules import must_be_reported
from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BreachEffect, BreachFact, BreachKind, BreachRisk
from gdprdesk.i18n import N_, _
from gdprdesk.services.breach_cases import case_of
from gdprdesk.services.breach_clock import from_risk, kept_moment, moment_of, not_after
from gdprdesk.services.breach_finding import find_open_breach
from gdprdesk.services.finding import controller_of
from gdprdesk.services.numbering import give_case_number
from gdprdesk.services.registry import ByField, action
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, repr=False)
class BreachAnswers(ByField):
    """What is known of a breach; what is not given stays.

    The fields are those of `Breach`. An empty text or list takes a thing away.

    Attributes:
        unknown_protection: Nobody knows whether it can be read.
    """

    kind: BreachKind | None = None
    known_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    effects: tuple[BreachEffect, ...] | None = None
    what: str | None = None
    cause: str | None = None
    activities: tuple[ActivityRef, ...] | None = None
    data: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    people: int | None = None
    whereabouts: str | None = None
    consequences: str | None = None
    measures: str | None = None
    encrypted: bool | None = None
    unknown_protection: bool = False
    facts: tuple[BreachFact, ...] | None = None
    risk: BreachRisk | None = None
    risk_why: str | None = None


_MOMENTS = ("known_at", "began_at", "ended_at")


@action("breach.start", N_("New breach"), needs=None)
def start_breach(
    work: UnitOfWork, *, kind: BreachKind, known_at: datetime | None = None
) -> BreachRef:
    """Write down that something has happened to personal data: the clock to report it runs.

    It begins with the ready texts of its case, in the language of the business.

    Args:
        work: The transaction.
        kind: What has happened.
        known_at: When the business became aware of it; now, if nothing is said. Without a time
            zone it is by the clock on the wall.

    Raises:
        DomainError: It became known at a time that has not come.
    """
    case = case_of(kind, controller_of(work.session).language)
    breach = Breach(
        number=give_case_number(work.session),
        kind=kind,
        known_at=kept_moment(not_after(known_at or work.now, work.now)),
        effects=list(case.effects),
    )
    for field, text in case.texts.items():
        setattr(breach, field, text)
    work.session.add(breach)
    return breach.ref


@action("breach.answer", N_("Changed breach"), needs=None)
def answer_breach(work: UnitOfWork, *, breach_ref: BreachRef, answers: BreachAnswers) -> None:
    """Write down what is known of a breach; what is not given stays.

    Another kind brings its ready texts where nobody has written own ones. If the risk becomes too
    great for it, the decision not to report it falls, and the clock runs again.

    Raises:
        DomainError: It is closed, a moment has not come or is out of order, or the number of
            people is below zero.
    """
    breach = find_open_breach(work.session, breach_ref)
    if answers.people is not None and answers.people < 0:
        raise DomainError(_("The number of people cannot be below zero. Nothing was saved."))
    if answers.kind is not None:
        _change_kind(breach, answers.kind, controller_of(work.session).language)
    for field, value in _given(answers).items():
        setattr(breach, field, value)
    for field in _MOMENTS:
        moment = getattr(answers, field)
        if moment is not None:
            setattr(breach, field, kept_moment(not_after(moment, work.now)))
    _check_order(breach)
    if answers.unknown_protection:
        breach.encrypted = None
    if breach.not_reported and must_be_reported(breach, from_risk(work.session, breach)):
        breach.not_reported = ""


def _given(answers: BreachAnswers) -> dict[str, Any]:
    """Return the answers that were given, as they are kept; moments and the kind come apart."""
    apart = {*_MOMENTS, "kind", "unknown_protection"}
    said = {one.name: getattr(answers, one.name) for one in fields(answers)}
    return {
        name: _kept(value)
        for name, value in said.items()
        if name not in apart and value is not None
    }


def _kept(value: Any) -> Any:
    if isinstance(value, tuple):
        texts = (str(getattr(one, "value", one)).strip() for one in value)
        return list(dict.fromkeys(text for text in texts if text))
    return value.strip() if type(value) is str else value


def _change_kind(breach: Breach, kind: BreachKind, language: str) -> None:
    before, after = case_of(breach.kind, language), case_of(kind, language)
    for field, text in after.texts.items():
        if getattr(breach, field) in {"", before.texts[field]}:
            setattr(breach, field, text)
    if breach.effects == list(before.effects):
        breach.effects = list(after.effects)
    breach.kind = kind


def _check_order(breach: Breach) -> None:
    began, ended = moment_of(breach.began_at), moment_of(breach.ended_at)
    known = datetime.fromisoformat(breach.known_at)
    if began is not None and began > known:
        raise DomainError(
            _("It cannot have begun after you learnt of it. Nothing was saved. Look at the times.")
        )
    if began is not None and ended is not None and ended < began:
        raise DomainError(
            _("It cannot have ended before it began. Nothing was saved. Look at the times.")
        )
    reported = moment_of(breach.reported_at)
    if reported is not None and reported < known:
        raise DomainError(
            _(
                "It was reported before you say that you learnt of it. Nothing was saved. "
                "Look at the times."
            )
        )
