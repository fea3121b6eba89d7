"""The yearly check: one page to sign that names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from gdprdesk.cli.demo import make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Audience, Origin, RecipientRole
from gdprdesk.exports.document import Fields
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.activities import list_activities, review_activity
from gdprdesk.services.agreements import see_evidence
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.files import FileFormat
from gdprdesk.services.notes import add_note
from gdprdesk.services.notice import publish_notice
from gdprdesk.services.recipients import list_recipients
from gdprdesk.services.register_files import export_year
from gdprdesk.services.reports.year import year_report
from gdprdesk.services.snapshots import take_snapshot
from gdprdesk.services.sources import list_sources, mark_told
from gdprdesk.services.subjects import list_subjects
from tests.builders import CHEAP, PASSWORD, Clock, invoiced, person
from tests.texts import read_pdf


def check(desk: Desk, year: int = 2026) -> Mapping[str, str]:
    """Return every line of the yearly check."""
    document = desk.ask(year_report, year=year, language_code="en")
    blocks = (block for section in document.sections for block in section.blocks)
    return {
        label: said for block in blocks if isinstance(block, Fields) for label, said in block.lines
    }


def test_a_year_in_which_nothing_was_done_says_so(desk: Desk) -> None:
    found = check(desk)
    assert found["People erased at their wish"] == "0"
    assert found["Clean-ups"] == "0"
    rows = len(desk.ask(list_activities))
    assert found["Rows looked through"] == f"0 of {rows}"
    assert found["Not looked through"].endswith(f"and {rows - 6} more")
    assert found["Snapshots of the register"] == "0"
    assert "Told that data came from others" not in found
    assert found["Signature"].startswith("....")


def test_what_was_erased_asked_and_told(desk: Desk, clock: Clock) -> None:
    gone, held, staged = person(desk, "Karin Holm"), person(desk, "Bo Ek"), person(desk, "Li Ask")
    person(desk, "Åsa Öberg", origin=Origin.OTHER, source="Bolagsverket")
    desk.run(add_note, subject_ref=gone, text="Ring på fredag")
    invoiced(desk, held)
    desk.run(erase_subject, subject_ref=gone)
    desk.run(erase_subject, subject_ref=held)
    desk.run(stage_erasure, subject_ref=staged)
    desk.run(mark_told, ref=desk.ask(list_sources)[0].ref)
    desk.run(carry_out_clean_up)
    desk.run(publish_notice, audience=Audience.CUSTOMERS)
    found = check(desk)
    assert found["People erased at their wish"] == "2"
    assert int(found["Records erased with them"]) >= 1
    assert found["Of these people, some data kept by law for now"] == "1"
    assert found["Wishes for erasure answered"] == "2 of 3"
    assert found["Told that data came from others"] == "1 of 1"
    assert found["Of these, later than the law allows"] == "0"
    assert found["Clean-ups"] == "1"
    assert found["Privacy notices published"] == "1"
    clock.go_to(date(2027, 3, 1))
    assert check(desk, 2027)["People erased at their wish"] == "0"
    assert check(desk)["Wishes for erasure answered"] == "2 of 3"


def test_what_was_looked_through_and_seen(desk: Desk) -> None:
    rows = desk.ask(list_activities)
    for row in rows[1:]:
        desk.run(review_activity, activity_ref=row.ref)
    desk.run(take_snapshot, name="Årsgenomgången")
    processors = [one for one in desk.ask(list_recipients) if one.role is RecipientRole.PROCESSOR]
    desk.run(see_evidence, recipient_ref=processors[0].ref, what="Raderingsintyg")
    found = check(desk)
    assert found["Rows looked through"] == f"{len(rows) - 1} of {len(rows)}"
    assert found["Not looked through"] == rows[0].name
    assert found["Snapshots of the register"] == "Årsgenomgången"
    assert found["Evidence seen this year"] == "1"
    assert processors[0].name in found["Agreements missing"]


def test_told_too_late_is_counted(desk: Desk, clock: Clock) -> None:
    person(desk, origin=Origin.OTHER, source="UC")
    clock.go_to(date(2027, 1, 2))
    assert check(desk)["Of these, later than the law allows"] == "1"


@pytest.mark.parametrize("year", [2017, 2027])
def test_a_year_that_cannot_be_checked(desk: Desk, year: int) -> None:
    with pytest.raises(DomainError, match="from 2018 to 2026"):
        desk.ask(year_report, year=year)


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_one_page_and_names_nobody(tmp_path: Path, code: str) -> None:
    folder = tmp_path / "example.gdprdesk"
    make_example(folder, people=60, password=PASSWORD, limits=CHEAP, clock=Clock())
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    path = tmp_path / "year.pdf"
    desk.run(export_year, year=2026, to=path, language_code=code, format=FileFormat.PDF)
    names = [row.name for row in desk.ask(list_subjects, limit=100).rows]
    desk.lock()
    pages = pypdfium2.PdfDocument(path)
    try:
        assert len(pages) == 1
    finally:
        pages.close()
    text = read_pdf(path)
    assert [name for name in names if name in text] == []
