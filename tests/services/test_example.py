"""The made-up cafe never mixes with real people."""

from __future__ import annotations

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.services.example import MOST_PEOPLE, Example, live_example
from gdprdesk.services.subjects import list_subjects
from tests.builders import Clock, person


def test_only_an_empty_register_becomes_the_example(desk: Desk, clock: Clock) -> None:
    example = Example("SE", 3, desk.today)
    person(desk)
    clock.go_to(example.days[0])
    with pytest.raises(DomainError, match="Only a new, empty register"):
        desk.run(live_example, example=example)
    assert [row.name for row in desk.ask(list_subjects).rows] == ["Karin Holm"]


def test_it_is_lived_day_by_day(desk: Desk, clock: Clock) -> None:
    example = Example("SE", 5, desk.today)
    assert list(example.days) == sorted(set(example.days))
    for day in example.days:
        clock.go_to(day)
        desk.run(live_example, example=example)
    desk.finish()
    assert desk.ask(list_subjects).total >= 4
    assert desk.undo_label is None
    assert desk.check().ok


@pytest.mark.parametrize("people", [0, MOST_PEOPLE + 1])
def test_how_many_people_it_may_have(desk: Desk, people: int) -> None:
    with pytest.raises(DomainError, match="between 1 and 20000 people"):
        Example("SE", people, desk.today)
