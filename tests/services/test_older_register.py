"""A register of the first version opens in this one, with everything it held.

`tests/data/registers/version-1.gdprdesk` was written by the program as it was then: Karin Holm with
an invoice, a note and a yes to the newsletter, Åke Öberg with an order and a diet, somebody erased.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import Audience, CleanUpMode
from gdprdesk.services.activities import list_activities, show_activity
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.clean_up_preview import show_clean_up
from gdprdesk.services.holds import hold_person
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.persons import show_subject
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.subjects import list_subjects
from tests.builders import CHEAP, OLD_PASSWORD, TODAY, Clock
from tests.services.test_clean_up import keep

OLD = Path(__file__).parents[1] / "data" / "registers" / "version-1.gdprdesk"


@pytest.fixture
def older(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    folder = shutil.copytree(OLD, tmp_path / OLD.name)
    opened = Desk.unlock(folder, password=OLD_PASSWORD, limits=CHEAP, clock=clock)
    yield opened
    opened.lock()


def test_everything_is_there_and_whole(older: Desk) -> None:
    karin, ake = older.ask(list_subjects).rows
    assert (karin.name, ake.name) == ("Karin Holm", "Åke Öberg")
    assert karin.consents == ("newsletter",)
    kinds = [row.kind for row in older.ask(show_subject, subject_ref=karin.ref).history]
    assert sorted(kinds) == ["booking", "consent", "invoice", "working_note"]
    assert [one.agreement_on for one in older.ask(list_recipients) if one.agreement_on] == [TODAY]
    assert older.check().ok


def test_everybody_is_found_by_the_words_of_each_area_as_before(older: Desk) -> None:
    karin, ake = older.ask(list_subjects).rows
    (note,) = [
        row.title
        for row in older.ask(show_subject, subject_ref=karin.ref).history
        if row.kind == "working_note"
    ]
    for words, who in ((note.split()[0], karin), ("karin", karin), ("öberg", ake)):
        assert who.ref in [row.ref for row in older.ask(list_subjects, search=words).rows]


def test_a_copy_was_kept_before_anything_was_changed(older: Desk) -> None:
    (copy,) = (older.folder / "backups").iterdir()
    assert copy.name == "version-1-0001.gdprdesk-backup"


def test_its_rows_say_whom_they_are_for_and_rules_go_on_as_they_were(older: Desk) -> None:
    rows = {row.name: row for row in older.ask(list_activities)}
    assert "No privacy notice tells of it" not in {
        sentence for row in rows.values() for sentence in row.missing
    }
    orders = older.ask(show_activity, activity_ref=rows["Beställningar och bokningar"].ref)
    assert orders.audiences == (Audience.CUSTOMERS,)
    assert orders.period == "24 months after the last order or contact"
    assert orders.review_months == 12
    assert older.ask(show_organisation).clean_up is CleanUpMode.BY_HAND


def test_what_is_new_has_its_place_in_it(older: Desk, clock: Clock) -> None:
    karin, ake = older.ask(list_subjects).rows
    older.run(hold_person, subject_ref=karin.ref, decision=keep(clock))
    clock.move(days=365 * 3)
    older.finish()
    assert {row.name for group in older.ask(show_clean_up).waiting for row in group.rows} == {
        karin.name,
        ake.name,
    }
    older.run(carry_out_clean_up)
    assert len(older.ask(list_subjects).rows) == 2
