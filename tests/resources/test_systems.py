"""The catalogue of outside systems: each text in each language, each transfer safeguarded."""

from __future__ import annotations

import pytest

from gdprdesk.domain.activities import EEA
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.templates import OWN, systems

TEXTS = ("name", "service", "gets", "mechanism", "task", "deletes_after")
# What the five real policies name, and what a small business in either country meets.
NAMED = """
fortnox spiris visma_business fiken accounting_firm zettle swish vipps stripe mailchimp mailerlite
paloma surveymonkey qlickboka loopia smode webhuset novicell phonero microsoft_365 google_analytics
meta sign_in credit_agency
"""


def test_every_system_of_the_real_policies_is_there_once() -> None:
    keys = [one["key"] for one in systems()]
    assert len(keys) == len(set(keys))
    assert set(NAMED.split()) <= set(keys)


@pytest.mark.parametrize("key", [one["key"] for one in systems()])
def test_a_system_says_what_it_is(key: str) -> None:
    row = next(one for one in systems() if one["key"] == key)
    assert set(row) <= {"key", "country", "role", *TEXTS}
    assert {"name", "service", "gets"} <= set(row)
    RecipientRole(row["role"])
    for field in set(TEXTS) & set(row):
        said = row[field]
        assert isinstance(said, str) or (
            set(said) == set(LANGUAGES) and all(text.strip() for text in said.values())
        )
    if row["country"] not in {*EEA, OWN}:
        assert row["mechanism"]
