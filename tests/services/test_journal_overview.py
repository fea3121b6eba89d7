"""Whose journals there are, who can read them, and what the log says was done with one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import ReadReason
from gdprdesk.services.journal_overview import (
    list_journal_events,
    list_journals,
    list_readers,
    name_in_journal,
)
from gdprdesk.services.journal_reading import read_journal, search_journal
from gdprdesk.services.journal_writing import sign_note, write_note
from gdprdesk.services.onboarding import Business
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, person


@pytest.fixture
def practice(folder: Path, clock: Clock) -> Iterator[Desk]:
    clock.go_to(TODAY)
    made, _recovery = Desk.create(
        folder,
        business=Business(name="Samtalsrum Norr", trade="therapy", contact="Lena Norr"),
        password=PASSWORD,
        limits=CHEAP,
        clock=clock,
    )
    yield made
    made.lock()


def test_the_journal_with_the_latest_entry_is_the_first(practice: Desk) -> None:
    ingrid, asa = person(practice, "Ingrid Dahl"), person(practice, "Åsa Berg")
    person(practice, "Bo Utan")
    early = TODAY - timedelta(days=9)
    first = practice.run(write_note, subject_ref=ingrid, text="Först", happened_on=early)
    practice.run(sign_note, ref=first)
    practice.run(write_note, subject_ref=ingrid, text="Sedan", happened_on=early)
    practice.run(write_note, subject_ref=asa, text="I dag")
    found = practice.ask(list_journals)
    assert found.total == 2
    assert [(row.name, row.last_on, row.entries, row.drafts) for row in found.rows] == [
        ("Åsa Berg", TODAY, 1, 1),
        ("Ingrid Dahl", early, 2, 1),
    ]
    assert practice.ask(name_in_journal, subject_ref=ingrid) == "Ingrid Dahl"


def test_whoever_made_the_register_can_read(practice: Desk) -> None:
    assert [(row.name, row.can_read) for row in practice.ask(list_readers)] == [("Lena Norr", True)]


def test_what_was_done_with_a_journal_is_told_the_latest_first(practice: Desk) -> None:
    ingrid, asa = person(practice, "Ingrid Dahl"), person(practice, "Åsa Berg")
    practice.run(write_note, subject_ref=ingrid, text="Sömnen")
    practice.run(write_note, subject_ref=asa, text="Arbetet")
    practice.read(read_journal, subject_ref=ingrid, reason=ReadReason.CARE)
    practice.read(search_journal, text="arbetet")
    events = practice.ask(list_journal_events, subject_ref=ingrid)
    assert [(one.what, one.is_reading, one.reason) for one in events] == [
        ("Read journal", True, ReadReason.CARE),
        ("Journal note", False, None),
    ]
    assert [one.who for one in events] == ["Lena Norr"] * 2
    assert len(practice.ask(list_journal_events, subject_ref=ingrid, limit=1)) == 1
