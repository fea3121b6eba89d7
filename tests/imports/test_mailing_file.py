"""Exports of newsletter programs are read whole; those made to harm end in a sentence."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.imports.mailing_file import parse_mailing, read_mailing
from gdprdesk.imports.source import USUAL_LIMITS, Limits
from gdprdesk.jobs import Cancelled
from tests import mailings

HEAD = "Email Address,First Name,Last Name\n"
SOON = 5.0


@pytest.fixture(autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def refused(path: Path, limits: Limits = USUAL_LIMITS) -> str:
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError) as caught:
        read_mailing(path, limits=limits)
    assert time.monotonic() - begun < SOON
    assert str(caught.value).endswith("Nothing was taken in.")
    return str(caught.value)


def test_every_list_of_a_zip_is_read(tmp_path: Path) -> None:
    asa = {"Email Address": "asa@example.com", "First Name": "Åsa", "Last Name": "Öberg"}
    path = mailings.mailchimp(tmp_path / "a.zip", [asa], [("bo@example.com", "2026-10-03")])
    found = read_mailing(path)
    assert [one.name.partition("_")[0] for one in found] == ["subscribed", "unsubscribed"]
    assert found[0].rows[0][:3] == ("asa@example.com", "Åsa", "Öberg")


def test_every_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = mailings.paloma(tmp_path / "a.xlsx", [], [("bo@example.com", "2026-10-03")])
    assert [one.name for one in read_mailing(path)] == ["Avregistrerade"]


def test_what_a_mac_puts_beside_a_list_is_no_list(tmp_path: Path) -> None:
    content = (HEAD + "åsa@example.com,Åsa,Öberg\n").encode()
    path = mailings.packed(
        tmp_path / "a.zip", **{"list__csv": content, "._list__csv": b"\0\1", "readme__md": b"#"}
    )
    assert [(one.name, one.rows[0][0]) for one in parse_mailing(path)] == [
        ("list", "åsa@example.com")
    ]


def test_letters_of_an_older_program_are_understood(tmp_path: Path) -> None:
    content = (HEAD + "b@a.se,Bjørn,Sæther\nc@a.se,Åke,Ström\n").encode("cp1252")
    path = mailings.packed(tmp_path / "a.zip", list__csv=content)
    assert [row[1:] for row in next(parse_mailing(path)).rows] == [
        ("Bjørn", "Sæther"),
        ("Åke", "Ström"),
    ]


def test_a_zip_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = mailings.packed(tmp_path / "bomb.zip", list__csv=b"a" * 300_000_000)
    assert path.stat().st_size < 1_000_000
    assert "far too large" in refused(path)


def test_a_zip_in_a_zip_is_refused(tmp_path: Path) -> None:
    inner = mailings.packed(tmp_path / "inner.zip", list__csv=HEAD.encode())
    path = mailings.packed(
        tmp_path / "a.zip", list__csv=HEAD.encode(), more__zip=inner.read_bytes()
    )
    assert "packed files inside" in refused(path)


def test_too_many_files_and_none_are_refused(tmp_path: Path) -> None:
    many = {f"list{number}__csv": b"" for number in range(60)}
    assert "far too large" in refused(mailings.packed(tmp_path / "many.zip", **many))
    none = mailings.packed(tmp_path / "none.zip", readme__md=b"#")
    assert "There is no list in this packed folder" in refused(none)


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    asa = [{"Email Address": f"asa{n}@example.com"} for n in range(500)]
    path = mailings.mailchimp(tmp_path / "a.zip", asa)
    content = bytearray(path.read_bytes())
    content[200:900] = bytes(700)
    path.write_bytes(content)
    assert "damaged" in refused(path)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    people = [{"Email Address": f"a{number}@example.com"} for number in range(30)]
    path = mailings.mailchimp(tmp_path / "a.zip", people)
    assert "more than 20 rows" in refused(path, replace(USUAL_LIMITS, rows=20))


def test_a_quotation_mark_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = mailings.packed(tmp_path / "a.zip", list__csv=(HEAD + 'a@b.se,"Åsa,Öberg\n').encode())
    assert "quotation mark" in refused(path)


def test_it_can_be_stopped(tmp_path: Path) -> None:
    class Stop:
        def step(self, *_how_far: object) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_mailing(mailings.mailchimp(tmp_path / "a.zip"), progress=Stop())
