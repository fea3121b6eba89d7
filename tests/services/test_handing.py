"""Each file that leaves the register: its password, what it is for, its name in the log."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path

import pytest
import pyzipper

from gdprdesk import services
from gdprdesk.desk import Desk
from gdprdesk.domain.audit import AuditEntry
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.handing import _HOLDING_OF, Handing, Holding, holding_of
from gdprdesk.domain.terms import ExportPurpose
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.files import FileFormat, export_day_sheet, export_register
from gdprdesk.services.handing import name_for_log
from gdprdesk.services.log_listing import list_log
from gdprdesk.services.people_files import ListFormat, export_people
from gdprdesk.services.registry import ACTIONS, READINGS
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import NOON, person

WORDS = "tavilo-kemura"


def test_the_log_says_what_a_file_is_for_and_what_it_is_called(desk: Desk, tmp_path: Path) -> None:
    desk.run(export_register, to=tmp_path / "till länsstyrelsen 2026.xlsx")
    row = desk.ask(list_log).rows[0]
    assert row.file_name == "till länsstyrelsen 2026.xlsx"
    assert row.purpose is ExportPurpose.AUTHORITY  # what it usually is


def test_whose_data_a_file_holds_is_known_of_exports_that_there_are() -> None:
    for module in pkgutil.iter_modules(services.__path__, "gdprdesk.services."):
        importlib.import_module(module.name)
    assert set(_HOLDING_OF) <= {*ACTIONS, *READINGS}
    assert holding_of("export.register") is Holding.NOBODY
    assert holding_of("export.accountant") is Holding.PEOPLE
    assert holding_of("export.people") is Holding.GUARDED
    assert holding_of("export.new_one") is Holding.PEOPLE  # it asks, until one knows better


def test_what_it_is_for_can_be_chosen(desk: Desk, tmp_path: Path) -> None:
    person(desk)
    with desk.handing_out(Handing(ExportPurpose.MAILING)):
        desk.run(export_people, to=tmp_path / "jul.xlsx")
    desk.run(export_people, to=tmp_path / "alla.xlsx")
    last, before = desk.ask(list_log).rows[:2]
    assert (before.purpose, last.purpose) == (ExportPurpose.MAILING, ExportPurpose.OWN_WORK)


def test_the_log_names_nobody_by_the_name_of_a_file(desk: Desk, tmp_path: Path) -> None:
    ref = person(desk, "Åsa Björk-Lind")
    desk.run(export_person, subject_ref=ref, to=tmp_path / "Kopia till Asa BJÖRK.zip")
    assert desk.ask(list_log).rows[0].file_name == "Kopia till … ….zip"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("utdrag 850709-9805.pdf", "utdrag ….pdf"),
        ("ring 070-174 06 45.csv", "ring ….csv"),
        ("karin@example.se.csv", "…"),
        ("2026-11-22 lista.csv", "2026-11-22 lista.csv"),
        ("20261122.csv", "20261122.csv"),
        ("x" * 300 + ".csv", "x" * 120),
    ],
)
def test_numbers_and_addresses_are_left_out(desk: Desk, name: str, said: str) -> None:
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        assert name_for_log(work.session, name) == said


def test_a_line_about_a_file_is_in_the_chain(desk: Desk, tmp_path: Path) -> None:
    """Somebody who changes what a file was for, or its name, breaks the log."""
    desk.run(export_register, to=tmp_path / "register.xlsx")
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        line = work.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert line is not None
        right = line.chained(b"k" * 32, "")
        line.purpose = ExportPurpose.OTHER
        assert line.chained(b"k" * 32, "") != right


def test_a_list_with_a_password_is_never_written_in_clear(desk: Desk, tmp_path: Path) -> None:
    person(desk, "Zlatan Hemlig")
    with desk.handing_out(Handing(password=WORDS)):
        desk.run(export_people, to=tmp_path / "a.xlsx")
        receipt = desk.run(export_people, to=tmp_path / "a.zip", format=ListFormat.CSV)
    assert receipt.protected
    assert receipt.remarks == ()
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["a.xlsx", "a.zip"]
    assert not [one for one in tmp_path.glob("a.*") if b"Zlatan" in one.read_bytes()]
    with pyzipper.AESZipFile(receipt.path) as archive:
        archive.setpassword(WORDS.encode())
        assert "Zlatan Hemlig" in archive.read("a.csv").decode("utf-8-sig")


def test_what_cannot_be_protected_is_not_written(desk: Desk, tmp_path: Path) -> None:
    with (
        desk.handing_out(Handing(password=WORDS)),
        pytest.raises(DomainError, match=r"end in \.zip"),
    ):
        desk.run(export_people, to=tmp_path / "a.csv", format=ListFormat.CSV)
    assert not (tmp_path / "a.csv").exists()
    with desk.handing_out(Handing(password=WORDS[:9])), pytest.raises(DomainError, match="10"):
        desk.run(export_people, to=tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    desk.run(export_people, to=tmp_path / "a.xlsx")  # the password was for the files before
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"


def test_names_without_a_password_are_remarked_upon(desk: Desk, tmp_path: Path) -> None:
    person(desk)
    for receipt in (
        desk.run(export_people, to=tmp_path / "people.xlsx"),
        desk.run(export_day_sheet, to=tmp_path / "day.pdf"),
    ):
        assert receipt.remarks == (
            "The file has no password: whoever gets hold of it can read it.",
        )
    register = desk.run(export_register, to=tmp_path / "r.json", format=FileFormat.JSON)
    assert register.remarks == ()
    assert json.loads(register.path.read_bytes())
