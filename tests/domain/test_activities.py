"""What a row of the register still lacks, and what leaves the EEA."""

from __future__ import annotations

from typing import Any

import pytest

from gdprdesk.domain.activities import Category, ProcessingActivity, missing, transfers
from gdprdesk.domain.recipients import Recipient
from gdprdesk.domain.terms import LegalBasis, RecipientRole, SpecialCondition
from tests.builders import TODAY
from tests.domain.records import ORDERS

HEALTH = Category(text="Allergier", special=True)


def activity(**said: Any) -> ProcessingActivity:
    whole = {
        "name": "Beställningar",
        "purpose": "Leverera",
        "legal_basis": LegalBasis.CONTRACT,
        "rule": ORDERS,
        "subjects": ["Kunder"],
        "categories": [Category(text="Namn", special=False)],
        "measures": ["Låst"],
    }
    return ProcessingActivity(**{**whole, **said})


def recipient(country: str = "SE", **said: Any) -> Recipient:
    whole = {"name": "x", "role": RecipientRole.CONTROLLER, **said}
    return Recipient(country=country, **whole)


def test_a_whole_row_lacks_nothing() -> None:
    agreed = recipient("US", mechanism="DPF", role=RecipientRole.PROCESSOR, agreement_on=TODAY)
    assert missing(activity(), [recipient(), agreed]) == ()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"purpose": " "}, "The purpose is missing"),
        ({"subjects": []}, "It does not say whose data it is"),
        ({"categories": []}, "It does not say which data"),
        ({"measures": []}, "The protection is missing"),
        ({"categories": [HEALTH]}, "Sensitive data need a condition of Article 9"),
    ],
)
def test_each_thing_that_is_missing_is_said(said: dict[str, Any], sentence: str) -> None:
    assert missing(activity(**said), []) == (sentence,)


def test_health_with_its_condition_is_complete() -> None:
    condition = SpecialCondition.EXPLICIT_CONSENT
    assert missing(activity(categories=[HEALTH], special_condition=condition), []) == ()


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (recipient("US"), "A transfer outside the EEA has no safeguard"),
        (recipient(role=RecipientRole.PROCESSOR), "A processor agreement is missing"),
    ],
)
def test_recipients_without_their_papers(one: Recipient, sentence: str) -> None:
    assert missing(activity(), [recipient(), one]) == (sentence,)


def test_norway_iceland_and_liechtenstein_are_no_transfer() -> None:
    there = [recipient(country) for country in ("NO", "IS", "LI", "SE", "DE")]
    abroad = [recipient(country) for country in ("US", "GB", "CH")]
    assert transfers([*there, *abroad]) == tuple(abroad)
