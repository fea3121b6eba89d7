"""The protocol of a clean-up: what left by which rule, what was kept, and nobody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import EditionRef
from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.errors import NotFoundError
from gdprdesk.domain.terms import AtEnd, CleanUpMode, HoldGround
from gdprdesk.exports.document import Fields, Paragraph, Table
from gdprdesk.services.clean_up import Spared, carry_out_clean_up, list_clean_ups
from gdprdesk.services.clean_up_files import export_clean_up
from gdprdesk.services.clean_up_preview import show_clean_up
from gdprdesk.services.files import FileFormat
from gdprdesk.services.finding import activity_for
from gdprdesk.services.holds import Decision
from gdprdesk.services.organisation import update_organisation
from gdprdesk.services.reports.clean_up import clean_up_report
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import Clock, delivered, person, reopened

LATER = date(2028, 11, 22)


def said(desk: Desk, ref: EditionRef) -> list[str]:
    """Return every text of the protocol, in English."""
    document = desk.ask(clean_up_report, ref=ref, language_code="en")
    texts = [document.title, document.subtitle, document.footer]
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                texts += [str(cell) for row in block.rows for cell in row]
            elif isinstance(block, Fields):
                texts += [text for line in block.lines for text in line]
            elif isinstance(block, Paragraph):
                texts.append(block.text)
    return texts


def test_it_says_what_left_by_which_rule_and_what_was_kept(desk: Desk, clock: Clock) -> None:
    delivered(desk, person(desk, "Karin Holm", phone="070-174 06 45"))
    clock.go_to(LATER)
    booking, _phone = (row for group in desk.ask(show_clean_up).due for row in group.rows)
    decision = Decision(HoldGround.CLAIM, "Tvist om Karin", date(2029, 1, 1))
    run = desk.run(carry_out_clean_up, spared=(Spared(booking.ref, decision),))
    texts = said(desk, run.ref)
    for text in (
        "Maja Lind",
        "1 contact detail",
        "24 månader efter senaste beställningen eller kontakten",  # as the register is written
        "Erased",
        "A claim, or the defence against one",
        "17(3)(e)",
        booking.ref,
    ):
        assert text in texts, text
    assert any(text.startswith("Log ") for text in texts)
    assert "Karin" not in " ".join(texts)


def test_figures_that_stay_and_a_clean_up_by_itself(desk: Desk, clock: Clock) -> None:
    with UnitOfWork(desk._vault, clock) as work:
        row = activity_for(work.session, Booking)
        row.rule = replace(row.rule, at_end=AtEnd.ANONYMISE)
        work.commit("test.rule")
    delivered(desk, person(desk, "Karin Holm"))
    desk.run(update_organisation, clean_up=CleanUpMode.AUTOMATIC)
    clock.go_to(LATER)
    with reopened(desk, clock) as later:
        (run,) = later.ask(list_clean_ups)
        texts = said(later, run.ref)
    assert "Figures stay, without names" in texts
    assert "The program, by itself" in texts


def test_when_only_names_left_it_says_so(desk: Desk, clock: Clock) -> None:
    person(desk, "Bara Namn")
    clock.go_to(LATER)
    assert desk.ask(show_clean_up).names == ("Bara Namn",)
    run = desk.run(carry_out_clean_up, refs=())
    texts = said(desk, run.ref)
    assert "Only names of whom nothing else was left." in texts
    assert "Bara" not in " ".join(texts)


def test_a_clean_up_that_never_was_has_no_protocol(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.ask(clean_up_report, ref=EditionRef("nothing"))


@pytest.mark.parametrize("format_", [FileFormat.PDF, FileFormat.XLSX, FileFormat.JSON])
def test_it_is_saved_in_every_form_and_logged(
    desk: Desk, clock: Clock, tmp_path: Path, format_: FileFormat
) -> None:
    delivered(desk, person(desk, "Karin Holm"))
    clock.go_to(LATER)
    run = desk.run(carry_out_clean_up)
    target = tmp_path / f"protocol.{format_.value}"
    receipt = desk.run(export_clean_up, ref=run.ref, to=target, format=format_)
    assert receipt.path == target.resolve()
    assert b"Karin" not in target.read_bytes()
    assert desk.check().ok
