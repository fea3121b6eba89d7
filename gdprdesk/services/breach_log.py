"""The log of all breaches, and everything that is known of one: Article 33(5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gdprdesk.domain.base import ActivityRef, BreachRef, ControllerRef
from gdprdesk.domain.breach_rules import (
    RiskProposal,
    RiskReason,
    answered,
    blanks_in,
    is_for_others,
    lacks_of,
    must_be_reported,
    must_tell_people,
    propose_risk,
    tasks_of,
)
from gdprdesk.domain.breaches import Breach, BreachNotice
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import (
    BreachEffect,
    BreachFact,
    BreachKind,
    BreachQuestion,
    BreachRisk,
    BreachTask,
    Permission,
    SubjectState,
)
from gdprdesk.i18n import _, current_language
from gdprdesk.services.breach_cases import BreachCase, case_of
from gdprdesk.services.breach_clock import BreachClock, clock_of, from_risk, moment_of
from gdprdesk.services.breach_finding import find_breach
from gdprdesk.services.finding import now_of, today_of
from gdprdesk.services.registry import query
from gdprdesk.services.served import ControllerRow, list_controllers


@dataclass(frozen=True, repr=False)
class BreachRow:
    """A breach as the log shows it.

    Attributes:
        clock: How much of the time to report it is left.
        tasks: What is still to be done, the most pressing first; nothing when it is closed.
        untold: How many of the chosen people are not told yet.
        is_supplement_late: Whether the day to send the rest has passed.
    """

    ref: BreachRef
    number: int
    kind: BreachKind
    what: str
    clock: BreachClock
    people: int | None
    risk: BreachRisk | None
    reported_at: datetime | None
    not_reported: str
    authority_case: str
    supplement_due: date | None
    is_supplement_late: bool
    people_told_on: date | None
    untold: int
    tasks: tuple[BreachTask, ...]
    closed_on: date | None


@dataclass(frozen=True, repr=False)
class BreachStep:
    """Something that is to be done first, and when it was."""

    key: str
    words: str
    done_at: datetime | None


@dataclass(frozen=True, repr=False)
class BreachDeed:
    """Something that was done so far."""

    at: datetime
    what: str
    step: str


@dataclass(frozen=True, repr=False)
class ToldRow:
    """A business that is served, and when it was told; nothing while it was not."""

    controller: ControllerRow
    told_at: datetime | None


@dataclass(frozen=True, repr=False)
class BreachDetail:
    """A breach with its answers, what is proposed, and what it still lacks.

    The fields that are not told here are those of `Breach`.

    Attributes:
        answered: Which of the five questions are answered.
        case: The ready case it began from, in the language spoken.
        steps: What to do first.
        deeds: What was done so far, the earliest first.
        proposal: How great the risk looks, and why; the sentences are in the language spoken.
        must_report: Whether the law wants the authority told.
        must_tell: Whether the law wants the people concerned told.
        chosen: How many people were chosen from the register.
        controllers: The businesses served that it concerns.
        blanks: What is still to be filled in within the ready texts.
        lacks: What must be there before it can be closed, each a sentence.
    """

    row: BreachRow
    began_at: datetime | None
    ended_at: datetime | None
    cause: str
    effects: tuple[BreachEffect, ...]
    data: tuple[str, ...]
    groups: tuple[str, ...]
    activities: tuple[ActivityRef, ...]
    whereabouts: str
    consequences: str
    measures: str
    encrypted: bool | None
    facts: tuple[BreachFact, ...]
    risk_why: str
    late: str
    supplemented_on: date | None
    told_how: str
    not_told: str
    answered: tuple[BreachQuestion, ...]
    case: BreachCase
    steps: tuple[BreachStep, ...]
    deeds: tuple[BreachDeed, ...]
    proposal: RiskProposal
    must_report: bool
    must_tell: bool
    chosen: int
    controllers: tuple[ToldRow, ...]
    blanks: tuple[str, ...]
    lacks: tuple[str, ...]


@query("breach.list", needs=Permission.REGISTER)
def list_breaches(read: Session, *, open_only: bool = False) -> tuple[BreachRow, ...]:
    """Return the log of all breaches: first the open ones, the most pressing first."""
    found = select(Breach).order_by(Breach.closed_on.desc(), Breach.known_at)
    if open_only:
        found = found.where(Breach.closed_on.is_(None))
    untold = _untold(read)
    rows = [row_of(read, one, untold) for one in read.scalars(found)]
    return tuple(sorted(rows, key=_urgency))


def _urgency(row: BreachRow) -> int:
    """Return the place among the others: by what is to be done first, what is closed last."""
    order = list(BreachTask)
    return order.index(row.tasks[0]) if row.tasks else len(order)


@query("breach.show", needs=Permission.REGISTER)
def show_breach(read: Session, *, breach_ref: BreachRef) -> BreachDetail:
    """Return a breach with its answers, what is proposed, and what it still lacks."""
    breach = find_breach(read, breach_ref)
    row = row_of(read, breach, _untold(read))
    case = case_of(breach.kind, current_language())
    least = from_risk(read, breach)
    lacking = lacks_of(breach, least, row.untold, is_late=row.clock.was_late)
    ticked = {one["step"]: one["at"] for one in breach.done if one["step"]}
    proposal = propose_risk(breach)
    return BreachDetail(
        row=row,
        began_at=moment_of(breach.began_at),
        ended_at=moment_of(breach.ended_at),
        cause=breach.cause,
        effects=tuple(BreachEffect(one) for one in breach.effects),
        data=tuple(breach.data),
        groups=tuple(breach.groups),
        activities=tuple(ActivityRef(one) for one in breach.activities),
        whereabouts=breach.whereabouts,
        consequences=breach.consequences,
        measures=breach.measures,
        encrypted=breach.encrypted,
        facts=tuple(BreachFact(one) for one in breach.facts),
        risk_why=breach.risk_why,
        late=breach.late,
        supplemented_on=breach.supplemented_on,
        told_how=breach.told_how,
        not_told=breach.not_told,
        answered=answered(breach),
        case=case,
        steps=tuple(BreachStep(s.key, s.words, moment_of(ticked.get(s.key))) for s in case.steps),
        deeds=tuple(
            BreachDeed(datetime.fromisoformat(one["at"]), one["what"], one["step"])
            for one in sorted(breach.done, key=lambda one: one["at"])
        ),
        proposal=RiskProposal(
            proposal.risk,
            tuple(RiskReason(_(one.words), one.lowers) for one in proposal.reasons),
        ),
        must_report=must_be_reported(breach, least),
        must_tell=must_tell_people(breach),
        chosen=_chosen(read, breach),
        controllers=_controllers(read, breach),
        blanks=blanks_in(breach),
        lacks=tuple(_(sentence) for sentence in lacking),
    )


@query("breach.cases", needs=None)
def list_breach_cases(_read: Session) -> tuple[BreachCase, ...]:
    """Return the ready cases, in the language spoken."""
    return tuple(case_of(kind, current_language()) for kind in BreachKind)


def row_of(read: Session, breach: Breach, untold: Mapping[str, int]) -> BreachRow:
    """Return a breach as the log shows it, with how many are not told yet, by breach."""
    waiting = untold.get(breach.ref, 0)
    due = breach.supplement_due
    return BreachRow(
        ref=breach.ref,
        number=breach.number,
        kind=breach.kind,
        what=breach.what,
        clock=clock_of(read, breach, now_of(read), for_others=is_for_others(breach)),
        people=breach.people,
        risk=breach.risk,
        reported_at=moment_of(breach.reported_at),
        not_reported=breach.not_reported,
        authority_case=breach.authority_case,
        supplement_due=due,
        is_supplement_late=due is not None
        and breach.supplemented_on is None
        and due < today_of(read),
        people_told_on=breach.people_told_on,
        untold=waiting,
        tasks=tasks_of(breach, waiting),
        closed_on=breach.closed_on,
    )


def untold_of(read: Session, breach: Breach) -> int:
    """Return how many of the people a breach concerns were chosen and not told yet."""
    return _untold(read).get(breach.ref, 0)


def _untold(read: Session) -> dict[str, int]:
    found = select(BreachNotice.breach, func.count()).where(BreachNotice.told_on.is_(None))
    waiting = found.where(_of_people_shown()).group_by(BreachNotice.breach)
    return dict(read.execute(waiting).all())


def _chosen(read: Session, breach: Breach) -> int:
    found = select(func.count()).select_from(BreachNotice).where(_of_people_shown())
    return read.scalar(found.where(BreachNotice.breach == breach.ref)) or 0


def _of_people_shown() -> ColumnElement[bool]:
    """Return what is true of the notices of people who are not about to be erased."""
    shown = select(DataSubject.id).where(DataSubject.state == SubjectState.ACTIVE)
    return BreachNotice.subject_id.in_(shown)


def _controllers(read: Session, breach: Breach) -> tuple[ToldRow, ...]:
    if not breach.controllers:
        return ()
    known = {one.ref: one for one in list_controllers(read)}
    return tuple(
        ToldRow(known[ControllerRef(one["controller"])], moment_of(one["told_at"]))
        for one in breach.controllers
    )
