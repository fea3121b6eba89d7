"""What counts of what was said for a child, and from when on she is asked herself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprdesk.domain.consents import Consent, allowed, refused_herself, says_yes
from gdprdesk.domain.guardians import Guardian, grown_up_on, of_age_on
from gdprdesk.domain.terms import ConsentMethod, Decision, Kinship

TODAY = date(2026, 11, 22)
BORN = st.dates(date(1900, 1, 1), date(2090, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def said(
    decided_on: date = TODAY, decision: Decision = Decision.GIVEN, *where: str, **more: Any
) -> Consent:
    return Consent(
        subject_id=1,
        activity_id=1,
        recorded_on=decided_on,
        text_id=1,
        decision=decision,
        method=ConsentMethod.SIGNATURE,
        decided_on=decided_on,
        channels=list(where),
        ended_on=None if decision is Decision.GIVEN else decided_on,
        **more,
    )


@pytest.mark.parametrize(
    ("born", "grown"),
    [
        (date(2008, 11, 22), date(2026, 11, 22)),
        (date(2008, 2, 29), date(2026, 2, 28)),  # 2026 has no such day
        (date(2010, 3, 1), date(2028, 3, 1)),
        (date(2008, 2, 28), date(2026, 2, 28)),
    ],
)
def test_the_day_she_turns_18(born: date, grown: date) -> None:
    assert of_age_on(born) == grown


@given(BORN)
def test_she_is_never_asked_too_late_nor_more_than_a_day_early(born: date) -> None:
    grown = of_age_on(born)
    assert grown.year == born.year + 18
    assert (grown.month, grown.day) <= (born.month, born.day)
    is_leap_day = (born.month, born.day) == (2, 29)
    assert ((grown.month, grown.day) == (born.month, born.day)) is not is_leap_day


@settings(deadline=None)  # the first answer made also makes the tables known
@given(decided=DAYS, grown=DAYS, today=DAYS)
def test_a_yes_from_before_18_counts_until_that_day_and_no_longer(
    decided: date, grown: date, today: date
) -> None:
    counts = says_yes([said(decided)], today, grown)
    assert counts is (today < grown or decided >= grown)
    assert says_yes([said(decided)], today)


def test_on_the_day_itself_only_what_she_says_then_counts() -> None:
    day_before = TODAY - timedelta(days=1)
    before, anew = (
        said(day_before, Decision.GIVEN, "Website", given_by="Maria Ek"),
        said(TODAY, Decision.GIVEN, "Facebook"),
    )
    assert allowed([before], day_before, TODAY) == {"Website"}
    assert allowed([before], TODAY, TODAY) == frozenset()
    assert allowed([before, anew], TODAY, TODAY) == {"Facebook"}


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_strictest_of_two_answers_that_count_wins_in_any_order(order: tuple[int, ...]) -> None:
    answers = [
        said(date(2026, 1, 1), Decision.GIVEN, "Website", "Instagram"),
        said(date(2026, 2, 1), Decision.GIVEN, "Instagram", "Print"),
        said(date(2025, 1, 1), Decision.REFUSED),
    ]
    assert allowed([answers[one] for one in order], TODAY) == {"Instagram"}


@pytest.mark.parametrize("word", [Decision.REFUSED, Decision.WITHDRAWN])
def test_a_later_no_leaves_nothing(word: Decision) -> None:
    yes, no = said(date(2026, 1, 1), Decision.GIVEN, "Website"), said(date(2026, 1, 2), word)
    assert allowed([yes, no], TODAY) == frozenset()
    assert allowed([], TODAY) == frozenset()


def test_her_own_no_stays_until_she_herself_says_yes() -> None:
    no = said(date(2026, 1, 1), Decision.REFUSED)
    hers = said(date(2026, 3, 1))
    for_her = said(date(2026, 2, 1), given_by="Maria Ek")
    assert refused_herself([no, for_her]) is no
    assert refused_herself([no, for_her, hers]) is None
    assert refused_herself([for_her]) is None


def test_of_two_days_the_earlier_one_counts() -> None:
    rows = [
        Guardian(
            subject_id=1,
            activity_id=1,
            recorded_on=TODAY,
            name="Maria Ek",
            kinship=Kinship.PARENT,
            of_age_on=day,
        )
        for day in (date(2030, 5, 2), date(2030, 5, 1))
    ]
    assert grown_up_on(rows) == date(2030, 5, 1)
    assert grown_up_on([]) is None
