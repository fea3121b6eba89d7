"""The command line as somebody with a role: what she may not do is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprdesk.desk import Desk
from gdprdesk.domain.staff import StaffMember
from gdprdesk.domain.terms import BuiltInRole
from gdprdesk.services.finding import activity_for
from gdprdesk.store.keys import FILE, OWNER, Keys, Secret
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import CHEAP, PASSWORD, TODAY, Clock, invoiced, order, person
from tests.cli.conftest import Gdprdesk

HERS = "another word, twice as long"
PETRA = "petra-slot-id"


@pytest.fixture
def with_petra(desk: Desk, clock: Clock) -> Path:
    """A cafe with an order and an invoice, and Petra, who sees to the accounts."""
    karin = person(desk, email="karin@example.se")
    order(desk, karin, diet="Nötter")
    invoiced(desk, karin)
    with UnitOfWork(desk._vault, clock) as work:
        work.session.add(
            StaffMember(
                subject_id=None,
                activity_id=activity_for(work.session, StaffMember).id,
                recorded_on=TODAY,
                staff_id=PETRA,
                name="Petra",
                role=BuiltInRole.ACCOUNTANT,
                joined_on=TODAY,
            )
        )
        work.commit("test.role")
    desk.lock()
    keys = Keys(desk.folder / FILE, CHEAP)
    code = keys.invite(keys.unlock(OWNER, Secret(PASSWORD)), PETRA, "Petra", TODAY)
    keys.accept("Petra", code, HERS, TODAY)
    return desk.folder


@pytest.fixture
def as_petra(monkeypatch: pytest.MonkeyPatch, with_petra: Path) -> Path:
    monkeypatch.setenv("GDPRDESK_PASSWORD", HERS)
    return with_petra


def test_she_does_what_she_may(gdprdesk: Gdprdesk, as_petra: Path, tmp_path: Path) -> None:
    said = gdprdesk("do", as_petra, "invoice.list", "--as", "Petra", "--json").value
    assert [row["buyer"] for row in said["rows"]] == ["Karin Holm"]
    to = tmp_path / "list.csv"
    saved = gdprdesk(
        "export", as_petra, "accountant", "--year", "2026", "--to", to, "--as", "Petra", "--json"
    )
    assert saved.value["rows"] == 1
    assert "Nötter" not in to.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "command",
    [
        ("people",),
        ("activities",),
        ("clean-up", "--preview"),
        ("export", "register", "--to", "register.xlsx"),
        ("do", "booking.add", "--what", "Bulle"),
        ("check",),
        ("backup", "copies"),
    ],
    ids=" ".join,
)
def test_a_refusal_is_a_sentence_and_nothing_is_written(
    gdprdesk: Gdprdesk, as_petra: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "copies").mkdir()
    name, *rest = command
    said = gdprdesk(name, as_petra, *rest, "--as", "Petra")
    assert (said.code, said.out) == (1, "")
    assert "You have not been given this permission" in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "register.xlsx").exists()
    assert not [*(tmp_path / "copies").iterdir()]


def test_her_password_does_not_open_as_the_owner(gdprdesk: Gdprdesk, as_petra: Path) -> None:
    said = gdprdesk("people", as_petra)
    assert said.code == 1
    assert "password is wrong" in said.err


def test_a_name_that_nobody_has_is_a_sentence(gdprdesk: Gdprdesk, as_petra: Path) -> None:
    said = gdprdesk("people", as_petra, "--as", "Nobody")
    assert (said.code, said.out) == (1, "")
    assert "Nobody" in said.err or "nobody" in said.err
