"""Weighing a legitimate interest and judging the risk: Articles 6(1)(f) and 35.

What was concluded before stays: a new conclusion is a new row, and the newest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.domain.activities import ProcessingActivity
from gdprdesk.domain.assessments import (
    ENOUGH_CRITERIA,
    ImpactScreening,
    LegitimateInterestAssessment,
)
from gdprdesk.domain.base import ActivityRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Permission, RiskCriterion
from gdprdesk.i18n import N_, _
from gdprdesk.services.finding import controller_of, find_activity
from gdprdesk.services.registry import action, query
from gdprdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, repr=False)
class AssessmentRow:
    """How a legitimate interest was weighed on a day."""

    purpose: str
    necessity: str
    balance: str
    outcome: str
    decided_on: date
    decided_by: str


@dataclass(frozen=True)
class ScreeningRow:
    """How the risk was judged on a day.

    Attributes:
        criteria: Which of the nine criteria are met.
        advice: What follows from so many of them, as a sentence; empty if nothing does.
    """

    criteria: tuple[RiskCriterion, ...]
    conclusion: str
    decided_on: date
    advice: str


@action("activity.weigh", N_("Weighed interest"), needs=Permission.REGISTER)
def weigh_interest(
    work: UnitOfWork,
    *,
    activity_ref: ActivityRef,
    purpose: str,
    necessity: str,
    balance: str,
    outcome: str,
    decided_by: str = "",
) -> None:
    """Write down why the interest of the business outweighs that of the people.

    The steps are those of `LegitimateInterestAssessment`; if it does not say who decides, it is
    the contact for privacy.

    Raises:
        DomainError: One of the four steps is empty.
    """
    activity = find_activity(work.session, activity_ref)
    steps = [one.strip() for one in (purpose, necessity, balance, outcome)]
    if not all(steps):
        raise DomainError(
            _(
                "Write all four steps: the interest, why it needs this, what it means for the "
                "people, and what you conclude. Nothing was saved."
            )
        )
    purpose, necessity, balance, outcome = steps
    work.mention(activity.ref)
    work.session.add(
        LegitimateInterestAssessment(
            activity_id=activity.id,
            purpose=purpose,
            necessity=necessity,
            balance=balance,
            outcome=outcome,
            decided_on=work.today,
            decided_by=decided_by.strip() or controller_of(work.session).contact,
        )
    )


@action("activity.screen", N_("Judged risk"), needs=Permission.REGISTER)
def screen_risk(
    work: UnitOfWork,
    *,
    activity_ref: ActivityRef,
    conclusion: str,
    criteria: tuple[RiskCriterion, ...] = (),
) -> None:
    """Write down which criteria of high risk a processing meets, and what is concluded.

    Raises:
        DomainError: Nothing is concluded.
    """
    activity = find_activity(work.session, activity_ref)
    met = list(dict.fromkeys(criteria))
    if not conclusion.strip():
        raise DomainError(
            " ".join(
                part
                for part in (
                    _advice(len(met)),
                    _("Write what you conclude about the risk, and why."),
                    _("Nothing was saved."),
                )
                if part
            )
        )
    work.mention(activity.ref)
    work.session.add(
        ImpactScreening(
            activity_id=activity.id,
            criteria=[one.value for one in met],
            conclusion=conclusion.strip(),
            decided_on=work.today,
        )
    )


@query("activity.screening_advice", needs=Permission.REGISTER)
def advise_on_screening(_read: Session, *, criteria: tuple[RiskCriterion, ...] = ()) -> str:
    """Return what follows when these criteria of high risk are met; empty if nothing does."""
    return _advice(len(set(criteria)))


@query("activity.assessments", needs=Permission.REGISTER)
def list_assessments(read: Session, *, activity_ref: ActivityRef) -> tuple[AssessmentRow, ...]:
    """Return how the interest behind a processing was weighed, the newest first."""
    return assessments_of(read, find_activity(read, activity_ref))


@query("activity.screenings", needs=Permission.REGISTER)
def list_screenings(read: Session, *, activity_ref: ActivityRef) -> tuple[ScreeningRow, ...]:
    """Return how the risk of a processing was judged, the newest first."""
    return screenings_of(read, find_activity(read, activity_ref))


def assessments_of(read: Session, activity: ProcessingActivity) -> tuple[AssessmentRow, ...]:
    """Return how the interest behind a processing was weighed, the newest first."""
    kind = LegitimateInterestAssessment
    found = read.scalars(
        select(kind).where(kind.activity_id == activity.id).order_by(kind.id.desc())
    )
    return tuple(
        AssessmentRow(
            purpose=one.purpose,
            necessity=one.necessity,
            balance=one.balance,
            outcome=one.outcome,
            decided_on=one.decided_on,
            decided_by=one.decided_by,
        )
        for one in found
    )


def screenings_of(read: Session, activity: ProcessingActivity) -> tuple[ScreeningRow, ...]:
    """Return how the risk of a processing was judged, the newest first."""
    kind = ImpactScreening
    found = read.scalars(
        select(kind).where(kind.activity_id == activity.id).order_by(kind.id.desc())
    )
    return tuple(
        ScreeningRow(
            criteria=tuple(RiskCriterion(met) for met in one.criteria),
            conclusion=one.conclusion,
            decided_on=one.decided_on,
            advice=_advice(len(one.criteria)),
        )
        for one in found
    )


def _advice(met: int) -> str:
    if met < ENOUGH_CRITERIA:
        return ""
    return _(
        "{count} of the nine criteria are met, so an assessment of the impact is normally needed: "
        "Article 35. The conclusion must say what was done, or why it is not needed."
    ).format(count=met)
