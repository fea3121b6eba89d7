"""A newsletter round from the command line: out to the program, its list back, and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mailings
from tests.texts import read_pdf


@pytest.fixture
def readers(gdprdesk, cafe) -> list[str]:
    """The addresses of those who get the newsletter of the example."""
    shown = gdprdesk("do", cafe, "newsletter.readers", "--json").value["readers"]
    return [one["contact"] for one in shown]


def test_the_list_goes_out_in_two_files(gdprdesk, cafe, readers, tmp_path: Path) -> None:
    target = tmp_path / "nyhetsbrev.csv"
    said = gdprdesk(
        *("export", cafe, "newsletter", "--tool", "mailchimp", "--to", target, "--json")
    ).value
    assert list(said) == ["path", "left_path", "readers", "left", "warnings"]
    assert said["readers"] == len(readers)
    lines = target.read_text("utf-8").splitlines()
    assert lines[0] == "Email Address,First Name,Last Name"
    assert [line.partition(",")[0] for line in lines[1:]] == readers
    if said["left_path"]:
        gone = Path(said["left_path"]).read_text("utf-8").splitlines()
        assert len(gone) == said["left"] + 1
    assert "USA" in said["warnings"][0]
    again = gdprdesk("export", cafe, "newsletter", "--tool", "mailchimp", "--to", target)
    assert again.code == 1
    assert "nyhetsbrev.csv" in again.err


def test_who_left_there_is_found_and_written_down(gdprdesk, cafe, readers, tmp_path) -> None:
    export = mailings.mailchimp(
        tmp_path / "export.zip",
        [{"Email Address": one} for one in (*readers[2:], "okänd@example.com")],
        [(one, "2026-11-01") for one in readers[:2]],
    )
    looked = gdprdesk("newsletter", cafe, "compare", export, "--json").value
    assert looked["tool"] == "mailchimp"
    assert looked["applied"] is None
    assert (looked["counts"]["left"], looked["counts"]["unproven"]) == (2, 1)
    rows = {one["email"]: (one["finding"], one["left_on"]) for one in looked["rows"]}
    assert rows[readers[0]] == ("left", "2026-11-01")
    assert rows["okänd@example.com"] == ("unproven", None)
    done = gdprdesk("newsletter", cafe, "compare", export, "--apply", "--json").value
    assert done["applied"] == {"withdrawn": 2, "stopped": 0}
    shown = gdprdesk("newsletter", cafe, "compare", export).out
    assert readers[0] not in shown
    assert "okänd@example.com" in shown


def test_what_is_no_list_is_refused(gdprdesk, cafe, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Namn;Ort\nÅsa;Lund\n", "utf-8")
    said = gdprdesk("newsletter", cafe, "compare", path, "--tool", "paloma")
    assert (said.code, said.out) == (1, "")
    assert "Paloma" in said.err


def test_a_survey_is_checked_and_a_clean_copy_saved(gdprdesk, cafe, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("IP Address,Email Address,Betyg\n10.0.0.1,a@b.se,5\n10.0.0.2,,4\n", "utf-8")
    clean = tmp_path / "rent.csv"
    said = gdprdesk("newsletter", cafe, "survey", path, "--to", clean, "--json").value
    assert (said["answers"], said["anonymous"], said["left_out"]) == (2, False, 2)
    assert [one["heading"] for one in said["columns"]] == ["IP Address", "Email Address"]
    assert clean.read_text("utf-8").split() == ["Betyg", "5", "4"]
    again = gdprdesk("newsletter", cafe, "survey", clean, "--json").value
    assert again["anonymous"]
    kept = gdprdesk(
        *("newsletter", cafe, "survey", path, "--to", clean, "--keep", "ip address", "--force")
    )
    assert kept.code == 0
    assert clean.read_text("utf-8").startswith("IP Address,Betyg")


def test_what_is_to_be_done_is_saved_without_names(gdprdesk, cafe, readers, tmp_path) -> None:
    export = mailings.mailchimp(
        tmp_path / "export.zip",
        [{"Email Address": "okänd@example.com", "First Name": "Okänd", "Last Name": "Ängsö"}],
        [(readers[0], "2026-11-01")],
    )
    for name in ("todo.csv", "todo.pdf"):
        target = tmp_path / name
        assert gdprdesk("newsletter", cafe, "compare", export, "--report", target).code == 0
        text = read_pdf(target) if name.endswith("pdf") else target.read_text("utf-8-sig")
        assert "okänd@example.com" in text
        assert readers[0] in text
        assert "Ängsö" not in text
