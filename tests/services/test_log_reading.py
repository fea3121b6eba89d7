"""The log is read, handed out, compared with old papers, and shortened when its time is over."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import RestrictionGround
from gdprdesk.exports.document import Table
from gdprdesk.services.files import FileFormat, export_register
from gdprdesk.services.log_anchors import verify_anchor
from gdprdesk.services.log_files import export_log, log_report
from gdprdesk.services.log_keeping import last_line_over, shorten_log
from gdprdesk.services.log_listing import list_log
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.snapshots import list_snapshots, take_snapshot
from tests.builders import CHEAP, NOON, PASSWORD, Clock, order, person
from tests.services.test_log_check import without_program
from tests.texts import read_pdf


@pytest.fixture
def karin(desk: Desk, clock: Clock) -> SubjectRef:
    clock.move(days=1)
    ref = person(desk, "Karin Holm")
    clock.move(days=1)
    order(desk, ref)
    return ref


def printed(desk: Desk, folder: Path) -> tuple[int, str]:
    """Print the register, and return what its foot says of the log."""
    desk.run(export_register, to=folder / "a.pdf", format=FileFormat.PDF, overwrite=True)
    found = re.search(r"Logg (\d+): ([0-9a-f]{12})", read_pdf(folder / "a.pdf"))
    assert found is not None
    return int(found[1]), found[2]


# Reading


def test_the_newest_line_comes_first_and_names_are_looked_up(desk: Desk, karin: SubjectRef) -> None:
    page = desk.ask(list_log, limit=2)
    assert [row.action for row in page.rows] == ["booking.add", "subject.register"]
    assert [row.label for row in page.rows] == ["New order", "New person"]
    assert page.rows[1].people == ((karin, "Karin Holm"),)
    assert page.rows[1].at == NOON + timedelta(days=1)
    assert page.total == page.rows[0].number


def test_lines_are_found_by_day_by_person_and_by_what_was_done(
    desk: Desk, karin: SubjectRef
) -> None:
    day = (NOON + timedelta(days=1)).date()
    assert [row.action for row in desk.ask(list_log, since=day, until=day).rows] == [
        "subject.register"
    ]
    person(desk, "Vera")
    hers = desk.ask(list_log, subject_ref=karin).rows
    assert [row.action for row in hers] == ["booking.add", "subject.register"]
    assert desk.ask(list_log, action="subject.register").total == 2
    assert desk.ask(list_log, action="subject.").total == 2
    assert desk.ask(list_log, staff="nobody").total == 0
    assert desk.ask(list_log, readings_only=True).total == 0


def test_the_log_is_saved_and_that_is_a_line_too(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    desk.run(export_log, to=tmp_path / "log.pdf", subject_ref=karin, format=FileFormat.PDF)
    said = read_pdf(tmp_path / "log.pdf")
    assert "Karin Holm" in said
    assert desk.ask(list_log).rows[0].action == "export.audit"
    (section,) = desk.ask(log_report, subject_ref=karin).sections
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 3  # written down, an order taken, her lines saved
    receipt = desk.run(export_log, to=tmp_path / "log.xlsx")
    assert receipt.rows == desk.ask(list_log).total - 1


def test_who_is_only_stored_has_no_name_there(desk: Desk, karin: SubjectRef) -> None:
    ground = RestrictionGround.ACCURACY
    desk.run(restrict_person, subject_ref=karin, ground=ground, why="The address is wrong")
    assert desk.ask(list_log, subject_ref=karin).rows[-1].people == ((karin, ""),)
    (section,) = desk.ask(log_report, subject_ref=karin).sections
    rows = [row for block in section.blocks if isinstance(block, Table) for row in block.rows]
    assert rows[-1][4] == karin


# Old papers


def test_an_old_paper_proves_what_came_before(
    desk: Desk, karin: SubjectRef, tmp_path: Path
) -> None:
    number, characters = printed(desk, tmp_path)
    assert desk.ask(list_log).rows[1].number == number
    person(desk, "Vera")
    typed = f" {characters[:4].upper()} {characters[4:]}".replace("0", "O")
    answer = desk.ask(verify_anchor, number=number, characters=typed)
    assert (answer.fits, answer.at) == (True, NOON + timedelta(days=2))
    assert answer.sentence.startswith("This paper was printed from this register after ")
    wrong = desk.ask(verify_anchor, number=number - 1, characters=characters)
    assert not wrong.fits
    assert "does not belong to this register as it is now" in wrong.sentence
    with pytest.raises(DomainError, match="12 characters"):
        desk.ask(verify_anchor, number=number, characters="12345")


@pytest.mark.spoils
def test_an_old_paper_shows_that_the_log_before_it_was_changed(
    desk: Desk, karin: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    number, characters = printed(desk, tmp_path)
    desk.lock()
    without_program(desk.folder, "UPDATE audit_entry SET staff = 'eve' WHERE id = 2")
    later = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
    answer = later.ask(verify_anchor, number=number, characters=characters)
    later.lock()
    assert not answer.fits
    assert "the log was changed since, outside the program: line 2" in answer.sentence


@pytest.mark.spoils
def test_a_backup_that_knows_more_than_the_register_is_told(
    desk: Desk, karin: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    desk.rest()
    old = (desk.folder / "register.db").read_bytes()
    person(desk, "Vera")
    newer = desk.backup(tmp_path).path
    with pytest.MonkeyPatch.context() as elsewhere:  # this computer has not seen it
        elsewhere.setattr("platformdirs.user_config_path", lambda *_a, **_k: tmp_path / "x")
        desk.lock()
        (desk.folder / "register.db").write_bytes(old)
        later = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP, clock=clock)
        later.backup(tmp_path)
        said = [one.sentence for one in later.check().checks if not one.ok]
        later.lock()
    assert any(one.startswith(f"The backup “{newer.name}” of ") for one in said)


# Letting go


def test_lines_go_when_the_rule_says_so_and_the_rest_is_whole(
    desk: Desk, karin: SubjectRef, clock: Clock, tmp_path: Path
) -> None:
    desk.run(take_snapshot, name="Review")
    number, characters = printed(desk, tmp_path)
    total = desk.ask(list_log).total
    clock.now = NOON.replace(year=2028) + timedelta(days=1)  # the template's own day is over
    assert desk.ask(last_line_over) == 1
    desk.run(shorten_log)
    assert desk.ask(list_log).total == total  # the first is gone, and the last says so
    assert desk._watch.look(rows=True) == ()
    clock.now = NOON.replace(year=2028) + timedelta(days=3)
    desk.run(shorten_log)
    lines = desk.ask(list_log).rows
    assert [row.action for row in lines] == ["log.shorten", "log.shorten"]
    assert desk._watch.look(rows=True) == ()
    assert [one.intact for one in desk.ask(list_snapshots)] == [True]
    gone = desk.ask(verify_anchor, number=number, characters=characters)
    assert "the log of that time is gone" in gone.sentence.lower()
    assert desk.ask(last_line_over) == 0


@pytest.mark.spoils
def test_what_shows_a_change_outside_the_program_is_not_let_go_of(
    desk: Desk, karin: SubjectRef, clock: Clock
) -> None:
    with desk._vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE data_subject SET name = 'Eve'")
    clock.now = NOON.replace(year=2028) + timedelta(days=3)
    with pytest.raises(DomainError, match="changed outside the program"):
        desk.run(shorten_log)
    assert [one.fault for one in desk._watch.look(rows=True)] == ["row_changed"]


def test_a_rule_that_is_gone_keeps_the_log(desk: Desk, clock: Clock) -> None:
    clock.move(days=4000)
    assert desk.ask(last_line_over) == 1
    with desk._vault.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE processing_activity SET key = 'x' || key")
    assert desk.ask(last_line_over) == 0
