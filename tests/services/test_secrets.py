"""What is known of a person stands in the register and in the file the user chose: nowhere else."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.subjects import DataSubject
from gdprdesk.services.copy_files import export_person
from gdprdesk.services.files import (
    FileFormat,
    export_accountant,
    export_register,
)
from gdprdesk.services.notes import add_attachment, add_note
from gdprdesk.services.order_lines import LineEntry
from gdprdesk.services.order_taking import add_booking
from gdprdesk.services.subjects import (
    find_duplicates,
    list_subjects,
    register_subject,
    update_subject,
)
from tests.builders import PASSWORD, Clock, invoiced, person, reopened

MARKERS = ("Zyxkvist", "zyxkvist@example.com", "Xylofontårta", "picture-of-zyx")


def live(desk: Desk, place: Path) -> None:
    """Do everything that writes something about a person."""
    ref = person(desk, "Vera Zyxkvist", email="zyxkvist@example.com", phone="0701740645")
    desk.run(add_note, subject_ref=ref, text="Vill ha Xylofontårta")
    invoiced(desk, ref)
    picture = place / "given.png"
    picture.write_bytes(b"picture-of-zyx" * 5000)
    desk.run(add_attachment, subject_ref=ref, path=picture)
    picture.unlink()
    desk.ask(list_subjects, search="zyxkvist")
    for suffix in ("zip", "pdf", "json"):
        desk.run(export_person, subject_ref=ref, to=place / f"copy.{suffix}")
    for kind in (FileFormat.XLSX, FileFormat.PDF, FileFormat.CSV, FileFormat.JSON):
        desk.run(export_accountant, year=2026, to=place / f"list.{kind}", format=kind)
        desk.run(export_register, to=place / f"register.{kind}", format=kind)


def holding(place: Path, *but: str) -> list[str]:
    """Return the files below a folder that hold a marker, but for those named."""
    files = [file for file in place.rglob("*") if file.is_file() and file.name not in but]
    return [
        file.name
        for file in files
        if any(marker.encode() in file.read_bytes() for marker in MARKERS)
    ]


def test_nothing_is_written_but_the_register_and_the_chosen_files(
    desk: Desk, folder: Path, tmp_path: Path, clock: Clock
) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    live(desk, chosen)
    assert {file.name for file in chosen.iterdir()} == {
        f"{name}.{suffix}"
        for name, suffixes in (
            ("copy", ("zip", "pdf", "json")),
            ("list", ("xlsx", "pdf", "csv", "json")),
            ("register", ("xlsx", "pdf", "csv", "json")),
        )
        for suffix in suffixes
    }
    assert holding(folder) == []
    with reopened(desk, clock) as later:
        assert later.ask(list_subjects, search="zyxkvist").total == 1
    assert holding(folder) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chosen", folder.name]


def test_the_temporary_folder_stays_empty(tmp_path: Path) -> None:
    scratch, chosen = tmp_path / "scratch", tmp_path / "chosen"
    scratch.mkdir()
    chosen.mkdir()
    code = (
        "import sys; from pathlib import Path\n"
        "from gdprdesk.desk import Desk\n"
        "from tests.builders import CAFE, CHEAP, PASSWORD, Clock\n"
        "from tests.services.test_secrets import live\n"
        "place = Path(sys.argv[1])\n"
        "desk, _ = Desk.create(place / 'x.gdprdesk', business=CAFE, password=PASSWORD,"
        " limits=CHEAP, clock=Clock())\n"
        "live(desk, place); desk.lock()"
    )
    root = Path(__file__).parents[2]
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(scratch))
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, str(chosen)],
        check=True,
        cwd=root,
        env={**os.environ, **places, "PYTHONPATH": os.pathsep.join(map(str, (root, root / "ui")))},
    )
    assert list(scratch.rglob("*")) == []
    assert (chosen / "copy.zip").exists()


def test_no_log_holds_a_person(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    live(desk, tmp_path)
    assert not [marker for marker in (*MARKERS, PASSWORD) if marker in caplog.text]


def twice(desk: Desk) -> None:
    with desk._vault.writer.begin() as connection:
        values: dict[str, Any] = {
            "ref": "same",
            "name": "Vera Zyxkvist",
            "sort_key": "Xylofontårta",
            "kind": "CUSTOMER",
            "state": "ACTIVE",
            "former_refs": [],
        }
        connection.execute(insert(DataSubject), [values, values])


def nowhere(desk: Desk) -> None:
    with desk._vault.writer.begin() as connection:
        connection.execute(text("SELECT :x FROM nothing"), {"x": MARKERS[0]})


@pytest.mark.parametrize("fault", [twice, nowhere])
def test_no_fault_of_the_database_shows_a_person(desk: Desk, fault: Any) -> None:
    with pytest.raises(Exception, match=r"hidden due to hide_parameters") as caught:
        fault(desk)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert not [marker for marker in MARKERS if marker in shown]


@pytest.mark.parametrize(
    "refused",
    [
        lambda desk: desk.run(register_subject, name="Zyxkvist" * 50),
        lambda desk: desk.run(register_subject, name="Vera", email="zyxkvist@example.com@"),
        lambda desk: desk.run(register_subject, name="Vera", phone="Xylofontårta"),
        lambda desk: desk.run(update_subject, subject_ref="Zyxkvist", name="Vera"),
        lambda desk: desk.run(
            add_booking, what="", lines=(LineEntry("Xylofontårta", "Zyxkvist", "1", "1"),)
        ),
    ],
)
def test_no_refusal_repeats_what_was_typed(desk: Desk, refused: Any) -> None:
    with pytest.raises(DomainError) as caught:
        refused(desk)
    shown = "".join(traceback.format_exception_only(caught.value))
    assert not [marker for marker in MARKERS if marker in shown]
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_no_answer_shows_a_person_when_it_is_printed(desk: Desk) -> None:
    person(desk, "Vera Zyxkvist")
    answers = (desk.ask(list_subjects), *desk.ask(find_duplicates, name="vera zyxkvist"))
    assert "Zyxkvist" not in repr(answers)
