"""Nothing that is held is ever over, whatever the rules, the records and the day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.domain.activities import RetentionRule
from gdprdesk.domain.base import PersonalRecord, RecordRef
from gdprdesk.domain.due import due_of_person, latest_start
from gdprdesk.domain.holds import Hold
from gdprdesk.domain.retention import Relation, held_until, last_activity
from gdprdesk.domain.terms import BookingState, HoldGround, Reason, Start, Unit
from tests.builders import TODAY
from tests.domain.records import RULES, booking, consent, contact, diet, invoice, law, note

days = st.dates(date(1995, 1, 1), date(2060, 1, 1))
records = st.lists(
    st.one_of(
        st.builds(invoice, days, st.none() | days, st.sampled_from(["", "Fortnox"])),
        st.builds(booking, st.sampled_from(list(BookingState)), recorded_on=days),
        st.builds(contact),
        st.builds(note, days),
        st.builds(diet, st.none() | days),
        st.builds(consent, st.none() | days),
    ),
    max_size=6,
)
rules = st.builds(
    RetentionRule,
    st.sampled_from(list(Start)),
    st.integers(0, 200),
    st.sampled_from(list(Unit)),
    st.sampled_from([None, "bookkeeping"]),
    most=st.none(),
)
rulebooks = st.fixed_dictionaries(
    {key: st.lists(rules, min_size=1, max_size=3).map(tuple) for key in RULES}
)
countries = st.sampled_from(["SE", "NO"])


def hold(target: RecordRef | None = None) -> Hold:
    return Hold(
        subject_id=1,
        activity_id=1,
        recorded_on=TODAY,
        ground=HoldGround.RESTRICTION,
        why="",
        placed_by="owner",
        review_on=TODAY,
        target=target,
    )


def relation(found: list[PersonalRecord], ended_on: date | None = None) -> Relation:
    return Relation(last_activity(found, TODAY), ended_on)


@given(records, rulebooks, countries, days, st.none() | days)
def test_nothing_held_by_law_or_claim_or_hand_is_ever_over(found, rulebook, country, today, ended):
    known = law(country)
    kept_by_hand = found[:1]
    all_of_her = [*found, *(hold(one.ref) for one in kept_by_hand)]
    due, _waiting = due_of_person(all_of_her, rulebook, known, relation(found, ended), today)
    for item in due:
        until = held_until(item.record, rulebook[item.record.activity_id], known, today)
        assert until is None or until < today
        assert item.record.needed_for() is None
        assert item.record not in kept_by_hand
        assert item.until < today


@given(records, rulebooks, countries, days)
def test_a_hold_on_the_person_keeps_everything(found, rulebook, country, today):
    due, waiting = due_of_person(
        [*found, hold()], rulebook, law(country), relation(found, today), today
    )
    assert due == []
    assert {item.reason for item in waiting} <= {Reason.RESTRICTED}


@given(records, rulebooks, countries, days, st.integers(1, 4000))
def test_what_is_over_stays_over_as_long_as_nothing_happens(found, rulebook, country, today, more):
    known, later = law(country), today + timedelta(days=more)
    earlier, _ = due_of_person(found, rulebook, known, relation(found), today)
    now, _ = due_of_person(found, rulebook, known, relation(found), later)
    assert {item.record for item in earlier} <= {item.record for item in now}


@given(records, rulebooks, countries, days)
def test_whatever_is_over_started_early_enough_to_be_looked_at(found, rulebook, country, today):
    known = law(country)
    due, _ = due_of_person(found, rulebook, known, relation(found, today), today)
    for item in due:
        record, rule = item.record, rulebook[item.record.activity_id][0]
        oldest = min(
            day
            for day in (
                record.recorded_on,
                record.active_on(),
                record.started_on(rule.start) or date.max,
            )
        )
        assert oldest <= latest_start(rule, known, today)
