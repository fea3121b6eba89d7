"""Interests are weighed and risks judged; what was concluded before stays to be read."""

from __future__ import annotations

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import ActivityRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import LegalBasis, RiskCriterion
from gdprdesk.services.activities import (
    list_activities,
    register_activity,
    remove_activity,
    show_activity,
)
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.assessments import (
    advise_on_screening,
    list_assessments,
    list_screenings,
    screen_risk,
    weigh_interest,
)
from tests.builders import TODAY, Clock

STEPS = {
    "purpose": "Hålla kontakten",
    "necessity": "Det går inte utan",
    "balance": "De räknar med det",
    "outcome": "Vårt intresse väger tyngre",
}


@pytest.fixture
def courses(desk: Desk) -> ActivityRef:
    return desk.run(
        register_activity,
        name="Kurser",
        purpose="Håller kurser",
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
    )


def missing(desk: Desk) -> tuple[str, ...]:
    return next(one.missing for one in desk.ask(list_activities) if one.name == "Kurser")


def test_an_interest_that_was_weighed_is_missing_no_more(
    desk: Desk, courses: ActivityRef, clock: Clock
) -> None:
    assert "The legitimate interest has not been weighed" in missing(desk)
    desk.run(weigh_interest, activity_ref=courses, **STEPS)
    assert "The legitimate interest has not been weighed" not in missing(desk)
    clock.move(days=400)
    again = {**STEPS, "outcome": " Det väger ännu "}
    desk.run(weigh_interest, activity_ref=courses, decided_by="Kim", **again)
    newest, oldest = desk.ask(list_assessments, activity_ref=courses)
    assert (newest.outcome, newest.decided_by) == ("Det väger ännu", "Kim")
    assert (oldest.outcome, oldest.decided_by) == (STEPS["outcome"], "Maja Lind")
    assert (oldest.decided_on, (newest.decided_on - TODAY).days) == (TODAY, 400)
    assert desk.ask(show_activity, activity_ref=courses).assessment == newest


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_written(desk: Desk, courses: ActivityRef, step: str) -> None:
    with pytest.raises(DomainError, match="Write all four steps"):
        desk.run(weigh_interest, activity_ref=courses, **{**STEPS, step: " "})
    assert desk.ask(list_assessments, activity_ref=courses) == ()


def test_a_risk_that_was_judged_is_missing_no_more(desk: Desk, courses: ActivityRef) -> None:
    changes = ActivityChanges(profiling="Vi gissar", objection="Säg till")
    desk.run(update_activity, activity_ref=courses, changes=changes)
    assert "The risk has not been judged" in missing(desk)
    one = (RiskCriterion.SCORING,)
    desk.run(screen_risk, activity_ref=courses, criteria=one, conclusion=" Liten risk ")
    assert "The risk has not been judged" not in missing(desk)
    (judged,) = desk.ask(list_screenings, activity_ref=courses)
    assert (judged.criteria, judged.conclusion, judged.advice) == (one, "Liten risk", "")
    assert desk.ask(show_activity, activity_ref=courses).screening == judged


def test_two_criteria_normally_ask_for_an_assessment(desk: Desk, courses: ActivityRef) -> None:
    both = (RiskCriterion.SCORING, RiskCriterion.VULNERABLE)
    advice = desk.ask(advise_on_screening, criteria=(*both, RiskCriterion.SCORING))
    assert advice.startswith("2 of the nine criteria are met, so an assessment of the impact")
    assert desk.ask(advise_on_screening, criteria=both[:1]) == ""
    with pytest.raises(DomainError, match=r"must say what was done.*Nothing was saved"):
        desk.run(screen_risk, activity_ref=courses, criteria=both, conclusion=" ")
    with pytest.raises(DomainError, match=r"^Write what you conclude"):
        desk.run(screen_risk, activity_ref=courses, conclusion="")
    desk.run(screen_risk, activity_ref=courses, criteria=(*both, both[0]), conclusion="Gjord")
    (judged,) = desk.ask(list_screenings, activity_ref=courses)
    assert (judged.criteria, judged.advice) == (both, advice)


def test_what_was_concluded_goes_with_its_row_and_comes_back(
    desk: Desk, courses: ActivityRef
) -> None:
    desk.run(weigh_interest, activity_ref=courses, **STEPS)
    desk.undo()
    assert desk.ask(list_assessments, activity_ref=courses) == ()
    desk.redo()
    desk.run(remove_activity, activity_ref=courses)
    with pytest.raises(NotFoundError):
        desk.ask(list_assessments, activity_ref=courses)
