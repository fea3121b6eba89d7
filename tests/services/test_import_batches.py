"""The whole of an import is taken back, also days later, but for what was used since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import RecordRef
from gdprdesk.domain.errors import DomainError, NotFoundError
from gdprdesk.domain.terms import RestrictionGround
from gdprdesk.imports.source import FileFormat, Grid
from gdprdesk.services.companies import list_companies
from gdprdesk.services.erasure import erase_subject
from gdprdesk.services.guardians import add_guardian
from gdprdesk.services.import_batches import list_imports, preview_take_back, take_back_import
from gdprdesk.services.log_keeping import shorten_log
from gdprdesk.services.notes import add_note
from gdprdesk.services.people_import import import_people
from gdprdesk.services.people_review import review_list
from gdprdesk.services.persons import show_subject
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import list_subjects
from tests.builders import TODAY, Clock, order, person

HEADER = ("Namn", "E-post", "Telefon", "Företag", "Anteckning")
ROWS = (
    ("Åsa Öberg", "asa@example.com", "0701740645", "Hotell Sjön", "Gillar marsipan"),
    ("Bo Ek", "bo@example.com", "", "Båtklubben", ""),
    ("Karin Holm", "karin@example.com", "0701740688", "", "Ringer sent"),
)


def take_in(desk: Desk, *rows: tuple[str, ...], file: str = "kunder.csv") -> RecordRef:
    grid = Grid(header=HEADER, rows=rows, first_row_number=2, file_format=FileFormat.CSV)
    receipt = desk.run(import_people, review=desk.ask(review_list, grid=grid), file=file)
    assert receipt.ref is not None
    return receipt.ref


def names(desk: Desk) -> list[str]:
    return [row.name for row in desk.ask(list_subjects).rows]


def test_days_later_all_of_an_import_goes_and_who_was_here_stays(desk: Desk, clock: Clock) -> None:
    karin = person(desk, "Karin Holm", email="karin@example.com")
    ref = take_in(desk, *ROWS)
    (row,) = desk.ask(list_imports)
    assert (row.file, row.made_on, row.added, row.merged) == ("kunder.csv", TODAY, 2, 1)
    clock.now += timedelta(days=9)
    plan = desk.ask(preview_take_back, ref=ref)
    assert (plan.people, plan.records, plan.companies, plan.stays) == (2, 2, 2, ())
    assert desk.run(take_back_import, ref=ref) == plan
    assert names(desk) == ["Karin Holm"]
    shown = desk.ask(show_subject, subject_ref=karin)
    assert [one.value for one in shown.contacts] == ["karin@example.com"]
    assert not shown.history
    assert desk.ask(list_companies) == ()
    assert desk.ask(list_imports) == ()
    assert desk.ask(list_subjects, search="marsipan").total == 0
    with pytest.raises(NotFoundError, match="no such import"):
        desk.run(take_back_import, ref=ref)
    desk.finish()
    assert desk.check().ok


def test_what_was_used_since_stays_and_says_why(desk: Desk, clock: Clock) -> None:
    ref = take_in(desk, *ROWS)
    bo, _karin, asa = desk.ask(list_subjects).rows
    clock.now += timedelta(days=1)
    order(desk, asa.ref)
    desk.run(add_note, subject_ref=bo.ref, text="Ringde")
    plan = desk.run(take_back_import, ref=ref)
    assert (plan.people, plan.companies) == (1, 0)
    assert sorted((one.name, one.why) for one in plan.stays) == [
        ("Bo Ek", "New note, 22 November 2026."),
        ("Åsa Öberg", "New order, 22 November 2026."),
    ]
    assert names(desk) == ["Bo Ek", "Åsa Öberg"]
    assert len(desk.ask(list_companies)) == 2


def test_who_was_erased_since_does_not_come_back_and_nobody_restricted_is_touched(
    desk: Desk,
) -> None:
    karin = person(desk, "Karin Holm", email="karin@example.com")
    ref = take_in(desk, *ROWS)
    asa = next(row for row in desk.ask(list_subjects).rows if row.name == "Åsa Öberg")
    desk.run(erase_subject, subject_ref=asa.ref)
    desk.run(restrict_person, subject_ref=karin, ground=RestrictionGround.ACCURACY, why="Fel namn")
    plan = desk.run(take_back_import, ref=ref)
    assert (plan.people, plan.records) == (1, 0)
    assert {one.why for one in plan.stays} == {"Her data are only stored for now."}
    assert names(desk) == ["Karin Holm"]
    desk.undo()
    assert names(desk) == ["Bo Ek", "Karin Holm"]


def test_the_guardian_of_a_child_stays(desk: Desk) -> None:
    ref = take_in(desk, *ROWS)
    bo = next(row.ref for row in desk.ask(list_subjects).rows if row.name == "Bo Ek")
    desk.run(
        add_guardian,
        subject_ref=person(desk, "Ida Ek"),
        name="Bo Ek",
        born_on=date(2016, 5, 4),
        guardian_ref=bo,
    )
    plan = desk.run(take_back_import, ref=ref)
    assert [(one.name, one.why) for one in plan.stays] == [("Bo Ek", "She is a child's guardian.")]
    assert names(desk) == ["Bo Ek", "Ida Ek"]


def test_an_import_that_wrote_nothing_is_not_in_the_list(desk: Desk) -> None:
    take_in(desk, ROWS[1])
    grid = Grid(header=HEADER, rows=(ROWS[1],), first_row_number=2, file_format=FileFormat.CSV)
    assert desk.run(import_people, review=desk.ask(review_list, grid=grid)).ref is None
    assert len(desk.ask(list_imports)) == 1


def test_an_undone_import_is_done_again_as_it_was(desk: Desk) -> None:
    karin = person(desk, "Karin Holm", email="karin@example.com")
    take_in(desk, *ROWS)
    here = everybody(desk)
    assert here["Karin Holm"] == (("karin@example.com", "070-174 06 88"), ("Ringer sent",))
    assert here["Åsa Öberg"] == (("asa@example.com", "070-174 06 45"), ("Gillar marsipan",))
    desk.undo()
    assert everybody(desk) == {"Karin Holm": (("karin@example.com",), ())}
    assert desk.ask(list_companies) == ()
    assert desk.ask(list_subjects, search="marsipan").total == 0
    assert desk.check().ok
    desk.redo()
    assert everybody(desk) == here
    assert [one.name for one in desk.ask(list_companies)] == ["Båtklubben", "Hotell Sjön"]
    assert desk.ask(list_subjects, search="marsipan").total == 1
    assert desk.ask(show_subject, subject_ref=karin).history
    assert desk.check().ok


def everybody(desk: Desk) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return by her name how each is reached, and what is noted about her."""
    shown = [desk.ask(show_subject, subject_ref=row.ref) for row in desk.ask(list_subjects).rows]
    return {
        one.name: (
            tuple(contact.value for contact in one.contacts),
            tuple(said.title for said in one.history),
        )
        for one in shown
    }


def test_an_undone_import_is_not_in_the_list_and_an_old_one_is_forgotten(
    desk: Desk, clock: Clock
) -> None:
    take_in(desk, ROWS[0])
    desk.undo()
    assert desk.ask(list_imports) == ()
    take_in(desk, ROWS[0], file="alt.csv")
    clock.now += timedelta(days=400)
    take_in(desk, ROWS[1], file="neu.csv")
    assert [row.file for row in desk.ask(list_imports)] == ["neu.csv"]


def test_without_the_log_nobody_can_tell_what_was_used(desk: Desk, clock: Clock) -> None:
    ref = take_in(desk, ROWS[0])
    clock.now += timedelta(days=20 * 366)
    desk.run(shorten_log)
    with pytest.raises(DomainError, match="The log does not go back to this import"):
        desk.ask(preview_take_back, ref=ref)
