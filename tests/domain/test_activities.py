"""What a row of the register still lacks, and what leaves the EEA."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gdprdesk.domain.activities import (
    Camera,
    Category,
    FurtherPurpose,
    ProcessingActivity,
    RetentionRule,
    Weighed,
    missing,
    to_arrange,
    transfers,
)
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import LegalBasis, RecipientRole, SpecialCondition, Start, Unit
from tests.builders import TODAY
from tests.domain.records import ORDERS

INTEREST = LegalBasis.LEGITIMATE_INTEREST
SPARES = FurtherPurpose(
    purpose="Reservdelar",
    legal_basis=INTEREST,
    basis_note="",
    start=Start.LAST_ACTIVITY,
    count=24,
    unit=Unit.MONTHS,
    law=None,
)
CAMERA = Camera(number=2, places="Entrén", days=7, sign=True, sound=False)
HEALTH = Category(text="Allergier", special=True)


def months(count: int, **said: Any) -> RetentionRule:
    return RetentionRule(Start.LAST_ACTIVITY, count, Unit.MONTHS, **said)


def activity(**said: Any) -> ProcessingActivity:
    whole = {
        "name": "Beställningar",
        "purpose": "Leverera",
        "legal_basis": LegalBasis.CONTRACT,
        "rule": ORDERS,
        "subjects": ["Kunder"],
        "categories": [Category(text="Namn", special=False)],
        "measures": ["Låst"],
        "audiences": ["customers"],
    }
    return ProcessingActivity(**{**whole, **said})


def recipient(country: str = "SE", **said: Any) -> Recipient:
    whole = {"name": "x", "role": RecipientRole.CONTROLLER, **said}
    return Recipient(country=country, **whole)


def test_a_whole_row_lacks_nothing() -> None:
    agreed = recipient("US", mechanism="DPF", role=RecipientRole.PROCESSOR, agreement_on=TODAY)
    assert missing(activity(), [recipient(), agreed], Weighed()) == ()
    assert to_arrange(activity(), [recipient(), agreed], TODAY) == ()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"purpose": " "}, "The purpose is missing"),
        ({"subjects": []}, "It does not say whose data it is"),
        ({"categories": []}, "It does not say which data"),
        ({"measures": []}, "The protection is missing"),
        ({"categories": [HEALTH]}, "Sensitive data need a condition of Article 9"),
        ({"audiences": []}, "No privacy notice tells of it"),
        ({"legal_basis": INTEREST}, "The legitimate interest has not been weighed"),
        ({"further_purposes": [SPARES]}, "The legitimate interest has not been weighed"),
        ({"camera": CAMERA}, "The risk has not been judged"),
        ({"automated_decision": "Kredit nekas"}, "The risk has not been judged"),
        (
            {"joint_controller": "Centrumföreningen"},
            "It does not say who of the two controllers answers for what",
        ),
        ({"rule": months(37)}, "Such a long time needs a reason"),
    ],
)
def test_each_thing_that_is_missing_is_said(said: dict[str, Any], sentence: str) -> None:
    assert missing(activity(**said), [], Weighed()) == (sentence,)


@pytest.mark.parametrize(
    "said",
    [
        {"legal_basis": INTEREST},
        {"camera": CAMERA},
        {"profiling": "Vad de köper", "objection": "Ett mejl räcker"},
        {"joint_controller": "Centrumföreningen", "joint_arrangement": "De svarar"},
        {"rule": months(36)},
        {"rule": months(180, reason="Maskinerna lever så länge")},
        {"rule": months(180, law="bookkeeping")},
    ],
)
def test_what_has_been_weighed_or_explained_is_complete(said: dict[str, Any]) -> None:
    assert missing(activity(**said), [], Weighed(interest=True, risk=True)) == ()


def test_whoever_is_profiled_is_told_how_to_object() -> None:
    lacks = missing(activity(profiling="Vad de köper"), [], Weighed(risk=True))
    assert lacks == ("It does not say how a person objects to being profiled",)


def test_health_with_its_condition_is_complete() -> None:
    condition = SpecialCondition.EXPLICIT_CONSENT
    assert missing(activity(categories=[HEALTH], special_condition=condition), [], Weighed()) == ()


def test_a_transfer_needs_a_safeguard() -> None:
    lacks = missing(activity(), [recipient(), recipient("US")], Weighed())
    assert lacks == ("A transfer outside the EEA has no safeguard",)


PROCESSOR = {"role": RecipientRole.PROCESSOR}
RAN_OUT = {"agreement_on": TODAY.replace(year=2024), "agreement_until": TODAY - timedelta(days=1)}


@pytest.mark.parametrize(
    ("said", "paper", "sentence"),
    [
        ({}, {}, "A processor agreement is missing"),
        ({}, RAN_OUT, "A processor agreement has run out"),
        (
            {"reviewed_on": TODAY.replace(year=2025)},
            {"agreement_on": TODAY},
            "It is time to look through it again",
        ),
    ],
)
def test_what_is_to_be_arranged_is_no_gap_in_the_row(
    said: dict[str, Any], paper: dict[str, Any], sentence: str
) -> None:
    row, one = activity(**said), recipient(**PROCESSOR, **paper)
    assert missing(row, [one], Weighed()) == ()
    assert to_arrange(row, [one], TODAY) == (sentence,)


@pytest.mark.parametrize(("months_between", "due"), [(12, True), (13, False)])
def test_a_row_is_looked_through_in_its_own_cycle(months_between: int, *, due: bool) -> None:
    row = activity(reviewed_on=TODAY.replace(year=2025), review_months=months_between)
    assert bool(to_arrange(row, [], TODAY)) is due


def test_norway_iceland_and_liechtenstein_are_no_transfer() -> None:
    there = [recipient(country) for country in ("NO", "IS", "LI", "SE", "DE")]
    abroad = [recipient(country) for country in ("US", "GB", "CH")]
    assert transfers([*there, *abroad]) == tuple(abroad)
