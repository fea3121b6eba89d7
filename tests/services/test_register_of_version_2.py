"""A register of the second version opens in this one, with everything it held.

`tests/data/registers/version-2.gdprdesk` was written by the program as it was then. In it are Karin
Holm with an invoice, a note and a yes to the newsletter; Åke Öberg, whose relation has ended, with
an order, a decision to keep and a credit check to be told of; Berit Lund erased but for her
invoice; Dag Ek to be erased when his order is finished; Elsa Falk about to be erased; a business
served no longer; a clean-up that took Gösta Alm; a snapshot of the register.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from gdprdesk.desk import Desk
from gdprdesk.domain.proofs import Proof, StopEntry
from gdprdesk.domain.requests import DataSubjectRequest
from gdprdesk.domain.terms import ErasureState
from gdprdesk.services.clean_up import list_clean_ups
from gdprdesk.services.erasure import undo_erasure
from gdprdesk.services.erasure_cases import list_erasures
from gdprdesk.services.finding import activity_for
from gdprdesk.services.holds import list_holds
from gdprdesk.services.served import list_controllers
from gdprdesk.services.snapshots import list_snapshots
from gdprdesk.services.sources import list_sources
from gdprdesk.services.subjects import list_subjects
from tests.builders import CHEAP, OLD_PASSWORD, TODAY, Clock

OLD = Path(__file__).parents[1] / "data" / "registers" / "version-2.gdprdesk"


@pytest.fixture
def older(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    folder = shutil.copytree(OLD, tmp_path / OLD.name)
    opened = Desk.unlock(folder, password=OLD_PASSWORD, limits=CHEAP, clock=clock)
    yield opened
    opened.lock()


def test_everything_is_there_and_whole(older: Desk) -> None:
    people = older.ask(list_subjects).rows
    assert [row.name for row in people] == ["Dag Ek", "Karin Holm", "Åke Öberg"]
    assert [row.name for row in older.ask(list_holds)] == ["Åke Öberg"]
    assert [row.source for row in older.ask(list_sources)] == ["Kreditupplysning"]
    (served,) = older.ask(list_controllers)
    assert (served.name, served.ended_on) == ("Kafé Nord", TODAY)
    assert [row.people for row in older.ask(list_clean_ups)] == [1]
    assert [row.name for row in older.ask(list_snapshots)] == ["Inför granskningen"]
    assert older.check().ok


def test_erasures_go_on_from_where_they_were(older: Desk, clock: Clock) -> None:
    states = {row.name: row for row in older.ask(list_erasures)}
    assert states["Dag Ek"].state is ErasureState.WAITING
    assert states[""].state is ErasureState.HELD
    elsa = states["Elsa Falk"]
    assert elsa.state is ErasureState.STAGED
    older.run(undo_erasure, subject_ref=elsa.ref)
    assert "Elsa Falk" in {row.name for row in older.ask(list_subjects).rows}
    clock.move(hours=30)
    older.finish()
    assert older.check().residue == 0


def test_what_is_new_has_its_place_in_it(older: Desk) -> None:
    with Session(older._vault.reader) as read:
        for kind in (DataSubjectRequest, Proof, StopEntry):
            assert activity_for(read, kind).key == "requests"
