"""Words that are about nobody: whoever slipped into them is masked when she is erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.base import free_columns
from gdprdesk.domain.breaches import Breach
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.papers import DestructionRecord
from gdprdesk.domain.terms import BreachKind, Channel, IdentityCheck, Requester, RequestKind
from gdprdesk.services.backup_places import add_backup_place
from gdprdesk.services.breach_steps import note_breach
from gdprdesk.services.breaches import BreachAnswers, answer_breach, start_breach
from gdprdesk.services.erasure import erase_subject, stage_erasure
from gdprdesk.services.erasure_cases import show_receipt
from gdprdesk.services.request_handling import check_authority
from gdprdesk.services.requests import open_request
from gdprdesk.services.shredding import shred
from tests.builders import TODAY, order, person
from tests.pages import decrypted_pages, vault_key

NAME = "Karin Zettervall"


def test_a_breach_and_a_log_do_not_keep_whoever_is_erased(desk: Desk, folder: Path) -> None:
    ref = person(desk, NAME, email="karin.z@example.se")
    breach = desk.run(start_breach, kind=BreachKind.WRONG_RECIPIENT)
    answers = BreachAnswers(what=f"The mail about {NAME} went astray", data=(f"{NAME}s order",))
    desk.run(answer_breach, breach_ref=breach, answers=answers)
    desk.run(note_breach, breach_ref=breach, what="Wrote to karin.z@example.se")
    desk.run(shred, what=f"Papers of {NAME}", amount="3", how="shredder")
    desk.run(stage_erasure, subject_ref=ref, at_once=True)
    receipt = desk.run(erase_subject, subject_ref=ref)
    desk.finish()
    assert receipt.masked == 4
    left = decrypted_pages(folder, vault_key(folder))
    for word in (b"Zettervall", b"karin.z@"):
        assert word not in left


def test_what_is_written_freely_about_nobody_is_known() -> None:
    known = dict(free_columns())
    assert {"what", "measures", "done", "data"} <= set(known[Breach])
    assert set(known[DestructionRecord]) == {"what", "amount", "how"}


def test_nobody_else_grants_himself_her_erasure(desk: Desk) -> None:
    ref = person(desk, NAME)
    asked = desk.run(
        open_request,
        kind=RequestKind.ERASE,
        received_on=TODAY,
        channel=Channel.EMAIL,
        subject_ref=ref,
        requester=Requester.LAWYER,
        asker="Advokat Ek",
    )
    with pytest.raises(DomainError, match="whether Advokat Ek may ask"):
        desk.run(stage_erasure, subject_ref=ref, checked=IdentityCheck.KNOWN_PERSON)
    desk.run(check_authority, request_ref=asked.ref, how="Fullmakt")
    desk.run(stage_erasure, subject_ref=ref)


def test_a_part_that_goes_first_is_told_of_the_copies_it_is_still_in(
    desk: Desk, tmp_path: Path
) -> None:
    ref = person(desk, NAME)
    order(desk, ref)
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.backup(desk.run(add_backup_place, folder=stick))
    desk.run(erase_subject, subject_ref=ref)
    (line,) = desk.ask(show_receipt, subject_ref=ref).copies
    assert line["done_on"] is None
    assert line["until"]
