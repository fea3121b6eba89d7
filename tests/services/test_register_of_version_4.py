"""A register of the fourth version opens in this one, with everything it held.

`tests/data/registers/version-4.gdprdesk` was written by the program as it was then: Karin Holm with
an invoice, a note, a journal and an identity number, and Mia, who is an assistant.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.services.bookings import BookingFilter, list_bookings
from gdprdesk.services.subjects import list_subjects
from tests.builders import CHEAP, PASSWORD, Clock
from tests.sealed import NUMBER, read_sealed

HERS = "mia-has-a-long-password"
OLD = Path(__file__).parents[1] / "data" / "registers" / "version-4.gdprdesk"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return shutil.copytree(OLD, tmp_path / OLD.name)


def test_everything_is_there_and_whole(older: Path, clock: Clock) -> None:
    desk = Desk.unlock(older, password=PASSWORD, limits=CHEAP, clock=clock)
    karin = next(one for one in desk.ask(list_subjects).rows if one.name == "Karin Holm")
    assert read_sealed(desk, karin.ref)[:2] == [NUMBER, "Sov dåligt i våras"]
    orders = desk.ask(list_bookings, show=BookingFilter.ALL).rows
    assert {one.who for one in orders} >= {"Karin Holm", "Åke Öberg"}
    assert desk.check().ok
    assert desk.find_damage() == ()
    desk.lock()


def test_a_colleague_opens_it_with_the_password_she_had(older: Path, clock: Clock) -> None:
    desk = Desk.unlock(older, staff="Mia", password=HERS, limits=CHEAP, clock=clock)
    assert desk.ask(list_subjects).total > 0
    desk.lock()
