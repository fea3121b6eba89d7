"""What a breach demands, and how great its risk looks."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gdprdesk.domain.breach_rules import (
    ABOUT_DATA,
    ABOUT_LOSS,
    answered,
    blanks_in,
    lacks_of,
    must_be_reported,
    propose_risk,
    tasks_of,
)
from gdprdesk.domain.breaches import Breach, ToldController
from gdprdesk.domain.deadlines import breach_deadline
from gdprdesk.domain.terms import (
    BreachEffect,
    BreachFact,
    BreachKind,
    BreachQuestion,
    BreachRisk,
    BreachTask,
)

STOCKHOLM, OSLO = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Oslo")
KNOWN = "2026-11-20T12:10:00+00:00"
FACT = BreachFact
ALL = [BreachEffect.CONFIDENTIALITY, BreachEffect.AVAILABILITY]


def breach(
    kind: BreachKind = BreachKind.STOLEN_COMPUTER,
    *facts: BreachFact,
    effects: list[BreachEffect] = ALL,
    **known: Any,
) -> Breach:
    made = Breach(number=1, kind=kind, known_at=KNOWN, effects=[one.value for one in effects])
    made.facts = [one.value for one in facts]
    for field, value in known.items():
        setattr(made, field, value)
    return made


def complete(**known: Any) -> Breach:
    """Return a breach of which everything is written down but what was done about it."""
    said = {
        "what": "A laptop was taken.",
        "data": ["Names"],
        "groups": ["Customers"],
        "people": 412,
        "consequences": "Fraud.",
        "measures": "Passwords were changed.",
        "risk": BreachRisk.UNLIKELY,
        "risk_why": "Locked and encrypted.",
    }
    return breach(**{**said, **known})


def lacking(made: Breach, untold: int = 0, *, is_late: bool = False) -> tuple[str, ...]:
    return lacks_of(made, BreachRisk.RISK, untold, is_late=is_late)


# The examples of the European Data Protection Board, and those of the brief, worked by hand.
@pytest.mark.parametrize(
    ("kind", "facts", "encrypted", "effects", "risk"),
    [
        # A stolen computer, locked and encrypted, with a backup: nobody is harmed.
        (BreachKind.STOLEN_COMPUTER, [FACT.LOCKED, FACT.COPY], True, ALL, BreachRisk.UNLIKELY),
        # The same with health data in the sealed register: still nobody can read them.
        (
            BreachKind.STOLEN_COMPUTER,
            [FACT.LOCKED, FACT.COPY, FACT.SENSITIVE],
            True,
            ALL,
            BreachRisk.UNLIKELY,
        ),
        # Health notes that can be read.
        (BreachKind.STOLEN_COMPUTER, [FACT.COPY, FACT.SENSITIVE], False, ALL, BreachRisk.HIGH),
        # Encrypted, but open on the screen when it went.
        (BreachKind.STOLEN_COMPUTER, [FACT.COPY], True, ALL, BreachRisk.RISK),
        # Sealed, but the only copy: what was ordered is lost; what is about health even more so.
        (BreachKind.STOLEN_COMPUTER, [FACT.LOCKED], True, ALL, BreachRisk.RISK),
        (BreachKind.STOLEN_COMPUTER, [FACT.LOCKED, FACT.SENSITIVE], True, ALL, BreachRisk.HIGH),
        # A mail to a stranger; to somebody known who has deleted it; with health data in it.
        (BreachKind.WRONG_RECIPIENT, [], None, ALL[:1], BreachRisk.RISK),
        (
            BreachKind.WRONG_RECIPIENT,
            [FACT.DELETED, FACT.TRUSTED],
            False,
            ALL[:1],
            BreachRisk.UNLIKELY,
        ),
        (
            BreachKind.WRONG_RECIPIENT,
            [FACT.DELETED, FACT.TRUSTED, FACT.SENSITIVE],
            False,
            ALL[:1],
            BreachRisk.RISK,
        ),
        (BreachKind.WRONG_RECIPIENT, [FACT.DELETED], False, ALL[:1], BreachRisk.RISK),
        (BreachKind.WRONG_RECIPIENT, [FACT.SENSITIVE], False, ALL[:1], BreachRisk.HIGH),
        # An encrypted backup stick; one that is not, with identity numbers; one that came back.
        (BreachKind.LOST_BACKUP, [], True, ALL[:1], BreachRisk.UNLIKELY),
        (BreachKind.LOST_BACKUP, [FACT.IDENTITY], False, ALL[:1], BreachRisk.HIGH),
        (BreachKind.LOST_BACKUP, [FACT.RETURNED], False, ALL[:1], BreachRisk.UNLIKELY),
        # Ransomware: a backup and nothing copied out; a backup only; neither, with health data.
        (BreachKind.RANSOMWARE, [FACT.COPY, FACT.NOT_TAKEN], False, ALL, BreachRisk.UNLIKELY),
        (BreachKind.RANSOMWARE, [FACT.COPY], False, ALL, BreachRisk.RISK),
        (BreachKind.RANSOMWARE, [FACT.NOT_TAKEN], False, ALL, BreachRisk.RISK),
        (BreachKind.RANSOMWARE, [FACT.SENSITIVE], None, ALL, BreachRisk.HIGH),
        # Papers with a customer's passwords.
        (BreachKind.LOST_PAPER, [FACT.COPY, FACT.SECRETS], False, ALL, BreachRisk.HIGH),
        # A colleague who had no business there, and keeps it secret.
        (BreachKind.WRONG_ACCESS, [FACT.TRUSTED, FACT.DELETED], None, ALL[:1], BreachRisk.UNLIKELY),
    ],
)
def test_the_risk_that_is_proposed(kind, facts, encrypted, effects, risk) -> None:
    proposal = propose_risk(breach(kind, *facts, effects=effects, encrypted=encrypted))
    assert proposal.risk is risk
    assert proposal.reasons


def test_the_reasons_speak_for_and_against() -> None:
    made = breach(BreachKind.STOLEN_COMPUTER, FACT.LOCKED, FACT.COPY, encrypted=True, people=412)
    assert [(one.words, one.lowers) for one in propose_risk(made).reasons] == [
        ("Nobody can read it without a key, and the key is safe", True),
        ("It was locked or switched off when it went", True),
        ("There is a copy of everything that was lost", True),
    ]
    made = breach(BreachKind.LOST_PAPER, FACT.SENSITIVE, people=1_000)
    assert [(one.words, one.lowers) for one in propose_risk(made).reasons] == [
        ("You do not know whether it can be read, so we reckon that it can", False),
        ("Health or other sensitive data are among it", False),
        ("There is no copy of what was lost", False),
        ("It concerns very many people", False),
    ]


@pytest.mark.parametrize("kind", BreachKind)
@pytest.mark.parametrize("encrypted", [None, False, True])
def test_what_is_grave_never_makes_the_risk_smaller_and_what_is_good_never_greater(
    kind, encrypted
) -> None:
    good, grave = ABOUT_LOSS[kind], ABOUT_DATA
    for facts in [c for n in range(len(good) + 1) for c in combinations(good, n)]:
        plain = propose_risk(breach(kind, *facts, encrypted=encrypted)).risk
        for bad in grave:
            worse = propose_risk(breach(kind, *facts, bad, encrypted=encrypted)).risk
            assert worse.reaches(plain), (facts, bad)
        for more in set(good) - set(facts):
            better = propose_risk(breach(kind, *facts, more, encrypted=encrypted)).risk
            assert plain.reaches(better), (facts, more)


@pytest.mark.parametrize(
    ("known", "due", "zone"),
    [
        # From a Friday over the weekend: hours, not working days.
        ("2026-11-20T13:10", "2026-11-23T13:10", STOCKHOLM),
        # Over Christmas.
        ("2026-12-24T08:00", "2026-12-27T08:00", OSLO),
        # The clocks go forward on 2026-03-29 and back on 2026-10-25: 72 hours all the same.
        ("2026-03-27T13:10", "2026-03-30T14:10", STOCKHOLM),
        ("2026-10-23T13:10", "2026-10-26T12:10", OSLO),
    ],
)
def test_72_hours_by_the_clock(known, due, zone) -> None:
    begins = datetime.fromisoformat(known).replace(tzinfo=zone)
    found = breach_deadline(begins, 72)
    assert found == datetime.fromisoformat(due).replace(tzinfo=zone)
    assert found.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=72)


def test_what_is_to_be_done_comes_in_order() -> None:
    made = complete(risk=BreachRisk.HIGH, supplement_due=date(2026, 12, 18))
    made.controllers = [ToldController(controller="x", told_at=None)]
    assert tasks_of(made, 0) == (
        BreachTask.REPORT,
        BreachTask.TELL_CONTROLLERS,
        BreachTask.TELL_PEOPLE,
        BreachTask.SUPPLEMENT,
    )
    made.reported_at, made.people_told_on = KNOWN, date(2026, 11, 21)
    made.supplemented_on = date(2026, 12, 1)
    made.controllers = [ToldController(controller="x", told_at=KNOWN)]
    assert tasks_of(made, 0) == (BreachTask.FINISH,)
    assert tasks_of(made, 3) == (BreachTask.TELL_PEOPLE,)
    made.closed_on = date(2026, 12, 2)
    assert tasks_of(made, 3) == ()


def test_everything_that_is_missing_is_said() -> None:
    assert len(lacking(breach())) == 9
    assert lacking(complete()) == ("It does not say why the authority is not told",)
    assert lacking(complete(not_reported="Locked.")) == ()
    assert lacking(complete(risk=BreachRisk.RISK)) == ("The authority is not told",)
    reported = complete(risk=BreachRisk.RISK, reported_at=KNOWN)
    assert lacking(reported) == ()
    assert lacking(reported, is_late=True) == ("It does not say why it was reported late",)
    high = complete(risk=BreachRisk.HIGH, reported_at=KNOWN)
    assert lacking(high) == ("The people concerned are not told",)
    high.not_told = "The key is safe."
    assert lacking(high) == ()
    blank = complete(not_reported="Locked.", what="Taken at [place].")
    assert lacking(blank) == ("A text still has a blank in square brackets",)
    assert blanks_in(blank) == ("[place]",)


def test_a_processor_leaves_the_report_to_those_it_serves() -> None:
    made = complete(risk=None, risk_why="")
    made.facts = [BreachFact.FOR_OTHERS.value]
    made.controllers = [ToldController(controller="x", told_at=None)]
    assert tasks_of(made, 0) == (BreachTask.TELL_CONTROLLERS,)
    assert not must_be_reported(made, BreachRisk.RISK)
    assert lacking(made) == ("Customers you process data for are not told",)
    made.controllers = [ToldController(controller="x", told_at=KNOWN)]
    assert lacking(made) == ()


def test_only_what_the_law_wants_is_to_be_reported() -> None:
    assert must_be_reported(breach(), BreachRisk.RISK)  # not judged yet
    for risk, by_today, by_the_proposal in (
        (BreachRisk.UNLIKELY, False, False),
        (BreachRisk.RISK, True, False),
        (BreachRisk.HIGH, True, True),
    ):
        made = complete(risk=risk)
        assert must_be_reported(made, BreachRisk.RISK) is by_today
        assert must_be_reported(made, BreachRisk.HIGH) is by_the_proposal


def test_which_of_the_five_questions_are_answered() -> None:
    assert answered(breach()) == ()
    made = complete(cause="The car was open.", whereabouts="Not known.", encrypted=True)
    assert answered(made) == tuple(BreachQuestion)
    made.whereabouts = "With [whom]."
    made.people, made.risk_why = None, ""
    assert answered(made) == (BreachQuestion.CONSEQUENCES, BreachQuestion.MEASURES)
    made.facts = [BreachFact.FOR_OTHERS.value]
    assert BreachQuestion.RISK in answered(made)
