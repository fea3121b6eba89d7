"""The monthly check of the log: what is picked, judged, concluded and signed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.desk import Desk
from gdprdesk.domain.base import EditionRef, RecordRef
from gdprdesk.domain.errors import DomainError, NotAllowedError
from gdprdesk.domain.terms import Permission, ReadHint, ReadReason, Verdict
from gdprdesk.services.journal_reading import read_note
from gdprdesk.services.journal_writing import write_note
from gdprdesk.services.log_sample import (
    draw_sample,
    judge_reading,
    list_samples_due,
    pick,
    sample_size,
    sign_sample,
)
from gdprdesk.services.onboarding import Business
from gdprdesk.services.sample_view import list_samples, show_sample
from gdprdesk.services.staff import SeenAs
from gdprdesk.services.today import show_today
from tests.builders import CHEAP, PASSWORD, Clock, person

PRACTICE = Business(name="Samtalsrum Norr", trade="therapy", contact="Lena Norr")
OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


@pytest.fixture
def practice(folder: Path, clock: Clock) -> Iterator[Desk]:
    clock.go_to(date(2026, 9, 5))
    made, _recovery = Desk.create(
        folder, business=PRACTICE, password=PASSWORD, limits=CHEAP, clock=clock
    )
    yield made
    made.lock()


def note_about(desk: Desk, name: str) -> RecordRef:
    return desk.run(write_note, subject_ref=person(desk, name), text="Sömnen")


def read_at(desk: Desk, clock: Clock, note: RecordRef, moment: str) -> None:
    """Read a note at a moment of the clock on the wall."""
    clock.now = datetime.fromisoformat(moment).astimezone()
    desk.read(read_note, ref=note, reason=ReadReason.CARE)


@pytest.fixture
def october(practice: Desk, clock: Clock) -> EditionRef:
    """A sample of two readings, drawn in November."""
    note = note_about(practice, "Ingrid Dahl")
    for day in ("2026-10-05T12:00", "2026-10-06T12:00"):
        read_at(practice, clock, note, day)
    clock.go_to(date(2026, 11, 3))
    return practice.run(draw_sample, month=date(2026, 10, 17))


@pytest.mark.parametrize(
    ("readings", "looked_at"),
    [(1, 1), (9, 9), (10, 10), (11, 10), (200, 10), (201, 11), (1000, 50), (5000, 50)],
)
def test_at_least_ten_or_a_twentieth_and_at_most_fifty(readings: int, looked_at: int) -> None:
    assert sample_size(readings) == looked_at


@given(st.lists(st.integers(1, 20), max_size=60), st.integers(0, 60), st.integers())
def test_each_is_picked_at_most_once(weights: list[int], count: int, seed: int) -> None:
    picked = pick(weights, count, random.Random(seed))  # noqa: S311
    assert picked == sorted(set(picked))
    assert len(picked) == min(count, len(weights))
    assert set(picked) <= set(range(len(weights)))


def test_what_has_a_hint_is_picked_more_often() -> None:
    chance = random.Random(1)  # noqa: S311
    drawn = [pick([5, 1, 1, 1, 1, 1], 1, chance)[0] for _ in range(1000)]
    assert 440 < drawn.count(0) < 560  # 5 of 10


def test_hints_say_what_to_look_at_more_closely(practice: Desk, clock: Clock) -> None:
    ingrid, kari = note_about(practice, "Ingrid Dahl"), note_about(practice, "Kari Norr")
    read_at(practice, clock, ingrid, "2026-09-06T12:00")
    read_at(practice, clock, ingrid, "2026-09-07T23:30")
    read_at(practice, clock, kari, "2026-09-08T12:00")
    read_at(practice, clock, ingrid, "2026-09-28T12:00")
    clock.go_to(date(2026, 10, 2))
    ref = practice.run(draw_sample, month=SEPTEMBER)
    view = practice.ask(show_sample, sample_ref=ref)
    assert [(one.whom, one.hints) for one in view.lines] == [
        ("Ingrid Dahl", ()),
        ("Ingrid Dahl", (ReadHint.NIGHT,)),
        ("Kari Norr", (ReadHint.FAMILY_NAME,)),
        ("Ingrid Dahl", (ReadHint.NO_VISIT,)),
    ]
    assert [one.reading.who for one in view.lines] == ["Lena Norr"] * 4


def test_a_month_is_asked_for_until_it_is_signed(
    practice: Desk, clock: Clock, october: EditionRef
) -> None:
    assert practice.ask(list_samples_due) == (OCTOBER,)
    assert practice.ask(show_today).log_checks == (OCTOBER,)
    view = practice.ask(show_sample, sample_ref=october)
    assert (view.readings, view.left, view.only_own, view.month) == (2, 2, True, OCTOBER)
    first, second = (one.reading.line for one in view.lines)
    practice.run(judge_reading, sample_ref=october, line=first, verdict=Verdict.OK)
    with pytest.raises(DomainError, match="1 reading is not judged yet"):
        practice.run(sign_sample, sample_ref=october, conclusion="Allt väl")
    practice.run(
        judge_reading, sample_ref=october, line=second, verdict=Verdict.NOT_OK, words="Ingen vård"
    )
    with pytest.raises(DomainError, match="Write what came of the check"):
        practice.run(sign_sample, sample_ref=october, conclusion=" ")
    practice.run(sign_sample, sample_ref=october, conclusion="En läsning utan skäl")
    assert practice.ask(list_samples_due) == ()
    (done,) = practice.ask(list_samples)
    assert (done.signed_by, done.conclusion) == ("Lena Norr", "En läsning utan skäl")
    assert [one.words for one in done.not_right] == ["Ingen vård"]
    with pytest.raises(DomainError, match="This check is signed"):
        practice.run(judge_reading, sample_ref=october, line=first, verdict=Verdict.OK)


def test_drawing_again_draws_nothing_else(practice: Desk, october: EditionRef) -> None:
    assert practice.run(draw_sample, month=OCTOBER) == october


def test_a_month_that_is_not_over_or_without_readings_is_refused(
    practice: Desk, clock: Clock
) -> None:
    clock.go_to(date(2026, 10, 31))
    with pytest.raises(DomainError, match="This month is not over yet"):
        practice.run(draw_sample, month=OCTOBER)
    with pytest.raises(DomainError, match="Nothing guarded was read in September 2026"):
        practice.run(draw_sample, month=SEPTEMBER)
    assert practice.ask(list_samples_due) == ()


def test_what_is_not_as_it_should_be_needs_words(practice: Desk, october: EditionRef) -> None:
    line = practice.ask(show_sample, sample_ref=october).lines[0].reading.line
    for verdict in (Verdict.ASK, Verdict.NOT_OK):
        with pytest.raises(DomainError, match="Write what is to be asked"):
            practice.run(judge_reading, sample_ref=october, line=line, verdict=verdict)
    with pytest.raises(DomainError, match="This line is not in the sample"):
        practice.run(judge_reading, sample_ref=october, line=1, verdict=Verdict.OK)


def test_only_whoever_looks_after_the_staff_checks(practice: Desk, october: EditionRef) -> None:
    practice.seen_as = SeenAs("", "", frozenset(Permission) - {Permission.STAFF})
    with pytest.raises(NotAllowedError):
        practice.ask(show_sample, sample_ref=october)
    assert practice.ask(show_today).log_checks == ()
