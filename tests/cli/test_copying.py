"""A person's copy on the command line: out of one register, into another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import pyzipper

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.services.notes import add_note
from tests.builders import CAFE, CHEAP, PASSWORD, Clock, delivered, person
from tests.cli.conftest import Gdprdesk

SEALED = "a very long password"


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Path:
    """The folder of an empty register."""
    folder = tmp_path / "other.gdprdesk"
    Desk.create(folder, business=CAFE, password=PASSWORD, limits=CHEAP, clock=clock)[0].lock()
    return folder


@pytest.fixture
def karin(desk: Desk) -> SubjectRef:
    """Somebody in whose note another is named; the register is locked again."""
    person(desk, "Anna Nyberg")
    ref = person(desk, email="karin@example.com")
    delivered(desk, ref)
    desk.run(add_note, subject_ref=ref, text="Ring Anna Nyberg")
    desk.lock()
    return ref


def test_a_copy_goes_out_sealed_and_comes_in_elsewhere(
    gdprdesk: Gdprdesk, folder: Path, other: Path, karin: SubjectRef, monkeypatch
) -> None:
    monkeypatch.setenv("GDPRDESK_EXPORT_PASSWORD", SEALED)
    export = ("export", folder, "person", "--person", karin, "--to", "copy.zip")
    answer = gdprdesk(*export, "--password-protect", "--json").value
    assert set(answer) == {"path", "format", "rows", "sha256"}
    assert (answer["format"], answer["rows"]) == ("zip", 3)
    looked = gdprdesk("import", other, "copy.zip", "--dry-run", "--json").value
    assert (looked["saved"], looked["name"], looked["person"]) == (False, "Karin Holm", None)
    taken = gdprdesk("import", other, "copy.zip", "--json").value
    assert (taken["saved"], taken["person"], taken["added"]) == (True, karin, 1)
    again = gdprdesk("import", other, "copy.zip", "--json")
    assert (again.code, again.out) == (1, "")
    assert "in the register already" in again.err
    one, two = (gdprdesk("person", place, karin, "--json").value for place in (folder, other))
    assert (one["person"], one["records"]) == (two["person"], two["records"])


@pytest.mark.parametrize("kind", ["zip", "pdf", "json", "csv", "ics", "vcf"])
def test_every_format_and_what_is_to_know_about_it(
    gdprdesk: Gdprdesk, folder: Path, karin: SubjectRef, kind: str
) -> None:
    to = f"copy.{kind}"
    export = ("export", folder, "person", "--person", karin, "--to", to, "--format", kind)
    said = gdprdesk(*export, "--json")
    assert said.value["format"] == kind
    assert "no password" in said.err
    assert "1 place names somebody else" in said.err
    refused = gdprdesk(*export[:-1], "zip" if kind == "pdf" else "pdf", "--force")
    assert (refused.code, refused.out) == (1, "")
    assert "must end in" in refused.err


def test_others_are_listed_and_masked(gdprdesk: Gdprdesk, folder: Path, karin: SubjectRef) -> None:
    (one,) = gdprdesk("do", folder, "person.others", "--subject-ref", karin, "--json").value["rows"]
    assert (one["words"], one["before"]) == ("Anna Nyberg", "Ring ")
    mask = f"{one['record']};Anna Nyberg;It is hers"
    said = gdprdesk(
        *("export", folder, "person", "--person", karin, "--to", "copy.json"),
        *("--mask", mask, "--json"),
    )
    assert said.code == 0
    assert "somebody else" not in said.err
    copied = json.loads(Path("copy.json").read_text("utf-8"))
    assert copied["records"]["working_note"][0]["text"] == "Ring [maskerat]"
    assert copied["masked"] == [{"record": one["record"], "reason": "It is hers"}]


def test_only_what_she_gave_is_taken_along(
    gdprdesk: Gdprdesk, folder: Path, karin: SubjectRef
) -> None:
    to = ("--to", "copy.zip", "--portable", "--language", "en")
    gdprdesk("export", folder, "person", "--person", karin, *to)
    with pyzipper.AESZipFile("copy.zip") as packed:
        copied = json.loads(packed.read("copy.json"))
        readme = packed.read("readme.txt").decode("utf-8-sig")
        assert "copy.pdf" not in packed.namelist()
    assert copied["scope"] == "portable"
    assert copied["left_out"] == {"working_note": 1}
    assert "Not in here: 1 note" in readme
