"""How long it takes to search ten thousand notes, each opened in memory for that.

The time of the processor is asserted, which other programs do not change; it is printed
(pytest -s).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import Area
from gdprdesk.services.finding import activity_for
from gdprdesk.services.journal_reading import MOST_FOUND, search_journal
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock

pytestmark = pytest.mark.slow

PEOPLE, NOTES, WORDS, SECONDS = 1000, 10_000, 170, 1.0
SAID = (
    "hon sover dåligt om natten och orkar inte äta frukost sedan katten dog i våras spänd i axlar "
    "och nacke andas lugnt efteråt övning hemma varje dag ny tid om två veckor"
)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Desk]:
    """A practice with ten thousand notes of a thousand letters; in ten of them is a rare word."""
    said = SAID.split()
    business, chance = replace(CAFE, trade="therapy"), random.Random(1)  # noqa: S311
    desk, _key = Desk.create(
        tmp_path / "t.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    with UnitOfWork(desk._vault, Clock()) as work:
        people = [
            DataSubject(name=f"P {one}", sort_key=f"p {one}", registered_on=TODAY)
            for one in range(PEOPLE)
        ]
        work.session.add_all(people)
        work.session.flush()
        activity = activity_for(work.session, JournalNote)
        for number in range(NOTES):
            subject = people[number % PEOPLE]
            text = " ".join(chance.choices(said, k=WORDS)) + " xylofon" * (number % PEOPLE == 0)
            note = JournalNote(
                subject_id=subject.id,
                activity_id=activity.id,
                recorded_on=TODAY,
                happened_on=TODAY,
                text=work.seal(subject, Area.JOURNAL, text),
            )
            work.session.add(note)
        work.commit("test.plant")
    yield desk
    desk.lock()


@pytest.mark.parametrize(("word", "count"), [("xylofon", 10), ("axlar", MOST_FOUND), ("zz", 0)])
def test_ten_thousand_notes_are_searched_in_a_second(practice: Desk, word: str, count: int) -> None:
    practice.read(search_journal, text="warm")
    begun = time.process_time()
    assert len(practice.read(search_journal, text=word)) == count
    taken = time.process_time() - begun
    print(f"{word}: {taken:.2f} s")  # noqa: T201
    assert taken < SECONDS
