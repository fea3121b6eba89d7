"""What is over is found by asking about few; it is the same as looking at everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gdprdesk.cli.demo import make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.base import PersonalRecord, personal_kinds
from gdprdesk.domain.due import due_of_person
from gdprdesk.domain.retention import Relation
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.domain.terms import SubjectState
from gdprdesk.services.due import find_due
from gdprdesk.services.finding import records_of, relation_to, rules_of
from gdprdesk.services.law import law_of
from gdprdesk.services.subjects import end_relation, list_subjects
from tests.builders import CHEAP, PASSWORD, TODAY, Clock


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A register of years, in which some relations have ended."""
    folder = tmp_path_factory.mktemp("due") / "example.gdprdesk"
    make_example(folder, people=30, password=PASSWORD, limits=CHEAP, clock=Clock())
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    for row in desk.ask(list_subjects).rows[::3]:
        desk.run(end_relation, subject_ref=row.ref, on=TODAY)
    yield desk
    desk.lock()


def everybody(read: Session) -> Iterator[tuple[list[PersonalRecord], Relation]]:
    """Walk everybody and everything that is nobody's, however young."""
    for subject in read.scalars(
        select(DataSubject).where(DataSubject.state == SubjectState.ACTIVE)
    ):
        records = records_of(read, subject)
        yield records, relation_to(read, subject, records)
    for kind in personal_kinds():
        if not kind.accompanies:
            for record in read.scalars(select(kind).where(kind.subject_id.is_(None))):
                yield [record], Relation(record.active_on(), record.active_on())


@pytest.mark.parametrize("later", [0, 1, 45, 365, 731, 1100, 2600, 4000])
def test_asking_about_few_finds_what_looking_at_everybody_does(lived_in: Desk, later: int) -> None:
    day: date = TODAY + timedelta(days=later)
    with Session(lived_in._vault.reader, info={"today": day, "now": lived_in.now}) as read:
        rules, law = rules_of(read), law_of(read)
        due, waiting = set(), set()
        for records, relation in everybody(read):
            over, held = due_of_person(records, rules, law, relation, day)
            due |= {(item.record.ref, item.until) for item in over}
            waiting |= {(item.record.ref, item.reason) for item in held}
        found = list(find_due(read, day))
        assert {(item.record.ref, item.until) for one in found for item in one.due} == due
        assert {(one.record.ref, one.reason) for some in found for one in some.waiting} == waiting
        assert due
