"""The yearly check: one page to sign that names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from gdprdesk.cli.demo import make_example
from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import Audience, LegalBasis, Origin, RecipientRole
from gdprdesk.exports.document import Fields
from gdprdesk.i18n import LANGUAGES
from gdprdesk.services.activities import list_activities, register_activity, review_activity
from gdprdesk.services.agreements import see_evidence
from gdprdesk.services.clean_up import carry_out_clean_up
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.notes import add_note
from gdprdesk.services.notice import publish_notice
from gdprdesk.services.recipients import (
    RecipientChanges,
    list_recipients,
    update_recipient,
)
from gdprdesk.services.register_files import export_year
from gdprdesk.services.reports.year import year_report
from gdprdesk.services.snapshots import take_snapshot
from gdprdesk.services.sources import list_sources, mark_told
from gdprdesk.services.subjects import list_subjects
from gdprdesk.services.templates import TRADES, extras_of
from tests.builders import CAFE, CHEAP, PASSWORD, TODAY, Clock, invoiced, person
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
    assert found["People, at their wish"].startswith("0, with 0 records.")
    assert found["Clean-ups"].startswith("0. 0 records left")
    rows = len(desk.ask(list_activities))
    assert found["Rows looked through"] == f"0 of {rows}"
    assert found["Not looked through"].endswith(f"and {rows - 4} more")
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
    # Her note, and his order; his invoice stays.
    assert found["People, at their wish"] == (
        "2, with 2 records. Of 1 of them some data are kept by law."
    )
    assert found["Wishes for erasure answered"] == "2 of 3"
    assert found["Told that data came from others"] == "1 of 1, 0 later than the law allows"
    assert found["Clean-ups"].startswith("0. 0 records left"), "one that found nothing is none"
    assert found["Privacy notices"] == "1 published, people were told of 0"
    clock.go_to(date(2027, 3, 1))
    assert check(desk, 2027)["People, at their wish"].startswith("0, with")
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
    found = check(desk)["Told that data came from others"]
    assert found == "0 of 1, 1 later than the law allows"


@pytest.mark.parametrize("year", [2017, 2027])
def test_a_year_that_cannot_be_checked(desk: Desk, year: int) -> None:
    with pytest.raises(DomainError, match="from 2018 to 2026"):
        desk.ask(year_report, year=year)


def pages_of(desk: Desk, path: Path, code: str) -> int:
    """Save the yearly check as PDF and count its pages."""
    desk.run(export_year, year=2026, to=path, language_code=code, overwrite=True)
    opened = pypdfium2.PdfDocument(path)
    try:
        return len(opened)
    finally:
        opened.close()


def test_it_names_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "example.gdprdesk"
    make_example(folder, people=60, password=PASSWORD, limits=CHEAP, clock=Clock())
    desk = Desk.unlock(folder, password=PASSWORD, limits=CHEAP, clock=Clock())
    assert pages_of(desk, tmp_path / "year.pdf", "en") == 1
    names = [row.name for row in desk.ask(list_subjects, limit=100).rows]
    desk.lock()
    text = read_pdf(tmp_path / "year.pdf")
    assert len(names) > 50
    assert [name for name in names if name in text] == []


@pytest.mark.parametrize("trade", TRADES)
def test_it_is_one_page_however_much_is_to_be_told(tmp_path: Path, trade: str) -> None:
    business = replace(CAFE, trade=trade, extras=extras_of(trade))
    clock = Clock()
    desk, _key = Desk.create(
        tmp_path / "a.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    karin = person(desk, origin=Origin.OTHER, source="UC")
    for name in ("Inför årsgenomgången", "Efter flytten", "Efter bytet av bokföringsprogram"):
        desk.run(take_snapshot, name=name)
    for number in range(6):
        desk.run(
            register_activity,
            name=f"En behandling med ett ganska långt namn, nummer {number}",
            purpose="Se hur sidan blir full",
            legal_basis=LegalBasis.CONTRACT,
        )
    for row in desk.ask(list_recipients):
        agreed = RecipientChanges(agreement_on=date(2020, 1, 1), agreement_until=TODAY)
        desk.run(update_recipient, recipient_ref=row.ref, changes=agreed)
    desk.run(erase_subject, subject_ref=karin)
    clock.go_to(date(2026, 12, 31))
    assert {pages_of(desk, tmp_path / "a.pdf", code) for code in LANGUAGES} == {1}
    desk.lock()
