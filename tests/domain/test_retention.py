"""Until when things are kept, and how a rule is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import PersonalRecord
from gdprdesk.domain.retention import (
    Relation,
    describe_length,
    describe_rule,
    held_until,
    kept_of_person,
    kept_until,
    last_activity,
    person_kept_until,
)
from gdprdesk.domain.terms import BookingState, Start, Unit
from gdprdesk.i18n import language
from tests.builders import TODAY
from tests.domain.records import (
    CONSENTS,
    DIETS,
    HOLD,
    ORDERS,
    RULES,
    booking,
    consent,
    diet,
    invoice,
    law,
    note,
)

days = st.dates(date(1995, 1, 1), date(2100, 1, 1))
rules = st.builds(
    RetentionRule,
    st.just(Start.RECORDED),
    st.integers(0, 600),
    st.sampled_from(list(Unit)),
    st.sampled_from([None, "bookkeeping"]),
)


@pytest.mark.parametrize(
    ("count", "unit", "start", "end"),
    [
        (0, Unit.DAYS, date(2026, 11, 21), date(2026, 11, 21)),
        (7, Unit.DAYS, date(2026, 12, 28), date(2027, 1, 4)),
        (1, Unit.MONTHS, date(2026, 1, 31), date(2026, 2, 28)),
        (1, Unit.MONTHS, date(2024, 1, 31), date(2024, 2, 29)),
        (24, Unit.MONTHS, date(2026, 11, 21), date(2028, 11, 21)),
        (1, Unit.YEARS, date(2024, 2, 29), date(2025, 2, 28)),
        (4, Unit.YEARS, date(2024, 2, 29), date(2028, 2, 29)),
        (700, Unit.DAYS, date(9999, 12, 30), date.max),
        (24, Unit.MONTHS, date(9999, 12, 30), date(9999, 12, 30)),
    ],
)
def test_periods_count_on_the_calendar(count: int, unit: Unit, start: date, end: date) -> None:
    assert RetentionRule(Start.RECORDED, count, unit).after(start) == end


def test_an_order_is_kept_for_two_years_after_the_last_one() -> None:
    old = booking(recorded_on=date(2020, 5, 1), completed_on=date(2020, 5, 2))
    kept = kept_until(old, (ORDERS,), law(), Relation(date(2026, 11, 21)), TODAY)
    assert (kept.until, kept.held) == (date(2028, 11, 21), False)


@pytest.mark.parametrize(
    ("served_on", "wanted_on", "until"),
    [
        (TODAY, None, date(2026, 11, 28)),
        (TODAY, date(2026, 12, 24), date(2026, 11, 28)),
        (None, date(2026, 12, 24), date(2026, 12, 31)),
        (None, None, date(2026, 11, 28)),
    ],
)
def test_a_diet_lives_for_a_week_after_it_was_served_or_wanted_or_said(
    served_on: date | None, wanted_on: date | None, until: date
) -> None:
    kept = kept_until(diet(served_on, wanted_on), (DIETS,), law(), Relation(TODAY), TODAY)
    assert kept.until == until


def test_what_was_never_delivered_ends_when_it_was_wanted() -> None:
    rule = RetentionRule(Start.COMPLETED, 1, Unit.MONTHS)
    for state in (BookingState.CANCELLED, BookingState.ENQUIRY):
        wanted = booking(state, recorded_on=date(2026, 1, 5), wanted_on=date(2026, 3, 31))
        assert kept_until(wanted, (rule,), law(), Relation(TODAY), TODAY).until == date(2026, 4, 30)
        asked = booking(state, recorded_on=date(2026, 1, 5))
        assert kept_until(asked, (rule,), law(), Relation(TODAY), TODAY).until == date(2026, 2, 5)
    running = booking(BookingState.CONFIRMED)
    assert kept_until(running, (rule,), law(), Relation(TODAY), TODAY).until is None


def test_a_consent_is_kept_while_it_counts_and_a_year_longer_as_proof() -> None:
    assert kept_until(consent(), (CONSENTS,), law(), Relation(TODAY), TODAY).until is None
    ended = consent(ended_on=date(2026, 2, 28))
    assert kept_until(ended, (CONSENTS,), law(), Relation(TODAY), TODAY).until == date(2027, 2, 28)


def test_the_law_goes_before_the_own_limit_but_not_for_a_copy() -> None:
    kept = kept_until(invoice(date(2026, 3, 1)), (HOLD,), law(), Relation(TODAY), TODAY)
    assert (kept.until, kept.held) == (date(2033, 12, 31), True)
    copied = kept_until(
        invoice(date(2026, 3, 1), original_in="Fortnox"), (HOLD,), law(), Relation(TODAY), TODAY
    )
    assert (copied.until, copied.held) == (date(2028, 12, 31), False)


def test_a_hold_that_has_not_begun_has_no_end_yet() -> None:
    rule = RetentionRule(Start.COMPLETED, 1, Unit.MONTHS, "bookkeeping")
    running = booking(BookingState.CONFIRMED)
    assert held_until(running, (rule,), law(), TODAY) == date.max
    kept = kept_until(running, (rule,), law(), Relation(TODAY), TODAY)
    assert (kept.until, kept.held) == (None, True)


@given(days, days, rules, st.sampled_from(["SE", "NO"]), st.integers(1, 12))
def test_nothing_leaves_before_its_hold_ends(
    day: date, today: date, rule: RetentionRule, country: str, month: int
) -> None:
    known = law(country, month)
    record = note(day)
    held = held_until(record, (rule,), known, today)
    until = kept_until(record, (rule,), known, Relation(day), today).until
    assert until is not None
    assert until >= day
    assert held is None or until >= held


@given(days, days, rules, st.integers(1, 12))
def test_what_begins_later_never_leaves_earlier(
    one: date, other: date, rule: RetentionRule, month: int
) -> None:
    early, late = sorted((one, other))
    first = kept_until(note(early), (rule,), law("SE", month), Relation(early), TODAY).until
    last = kept_until(note(late), (rule,), law("SE", month), Relation(late), TODAY).until
    assert first is not None
    assert last is not None
    assert first <= last


@given(st.lists(days, min_size=1), days)
def test_a_person_leaves_with_the_last_of_her_data(found: list[date], since: date) -> None:
    records = [note(day) for day in found]
    latest = last_activity(records, since)
    assert latest == max(found)
    assert person_kept_until(records, RULES, law(), Relation(latest), TODAY) == ORDERS.after(latest)
    assume(max(found) < date(2090, 1, 1))
    held: list[PersonalRecord] = [*records, invoice(latest)]
    until = person_kept_until(held, RULES, law(), Relation(latest), TODAY)
    assert until is not None
    assert until > ORDERS.after(latest) - timedelta(days=1)


def test_while_one_thing_is_open_nobody_knows_when_she_leaves() -> None:
    found: list[PersonalRecord] = [note(), consent()]
    assert person_kept_until(found, RULES, law(), Relation(TODAY), TODAY) is None
    assert person_kept_until([], RULES, law(), Relation(TODAY), TODAY) is None


THROUGH = (
    "7 years after the end of the calendar year in which the financial year ended "
    "(the Bookkeeping Act)"
)


@pytest.mark.parametrize(
    ("rule", "country", "said"),
    [
        (
            HOLD,
            "SE",
            THROUGH,
        ),
        (HOLD, "NO", "5 years after the end of the financial year (the Bookkeeping Act)"),
        (ORDERS, "SE", "24 months after the last order or contact"),
        (DIETS, "SE", "7 days after the order or request was completed"),
        (RetentionRule(Start.RECORDED, 1, Unit.YEARS), "SE", "1 year after it was written down"),
        (RetentionRule(Start.RECORDED, 60, Unit.MONTHS), "SE", "5 years after it was written down"),
        (RetentionRule(Start.RELATION_ENDED, 0, Unit.DAYS), "SE", "Until the relation ended"),
    ],
)
def test_a_rule_is_said_in_words(rule: RetentionRule, country: str, said: str) -> None:
    with language("en"):
        assert describe_rule(rule, law(country), TODAY) == said


@pytest.mark.parametrize(
    ("rules", "country", "said"),
    [
        ((HOLD,), "SE", "7 years, by law"),
        ((HOLD,), "NO", "5 years, by law"),
        ((ORDERS,), "SE", "24 months"),
        ((DIETS, ORDERS), "SE", "24 months"),
        ((ORDERS, HOLD), "SE", "7 years, by law"),
        ((replace(DIETS, count=3, unit=Unit.MONTHS, most=4),), "SE", "3\N{EN DASH}4 months"),
        ((RetentionRule(Start.RELATION_ENDED, 0, Unit.DAYS),), "SE", "Until the relation ended"),
    ],
)
def test_the_longest_time_is_said_in_two_words(
    rules: tuple[RetentionRule, ...], country: str, said: str
) -> None:
    with language("en"):
        assert describe_length(rules, law(country), TODAY) == said


def test_a_rule_is_said_in_every_language() -> None:
    with language("sv"):
        assert "bokföringslagen" in describe_rule(HOLD, law(), TODAY)
    with language("nb"):
        assert "bokføringsloven" in describe_rule(HOLD, law(), TODAY)


def test_a_yes_is_kept_as_long_as_what_it_allows() -> None:
    said = consent(ended_on=TODAY)
    said.activity_id = 3
    allergy = diet(wanted_on=date(2026, 12, 11))
    found = kept_of_person([said, allergy], RULES, law(), Relation(TODAY), TODAY)
    assert found[allergy].until == date(2026, 12, 18)
    assert found[said].until == date(2026, 12, 18)
    alone = kept_of_person([said], RULES, law(), Relation(TODAY), TODAY)
    assert alone[said].until == date(2026, 11, 28)
