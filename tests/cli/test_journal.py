"""The journal on the command line: text comes from a file or the input, a reason from an option."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.builders import PASSWORD
from tests.texts import read_pdf


@pytest.fixture
def practice(gdprdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", PASSWORD)
    folder = tmp_path / "praxis.gdprdesk"
    said = gdprdesk(
        *("new", folder, "--name", "Självro", "--trade", "therapy", "--country", "SE", "--json")
    )
    assert said.code == 0
    return folder


@pytest.fixture
def asa(gdprdesk, practice: Path) -> str:
    ref: str = gdprdesk("do", practice, "subject.register", "--name", "Åsa Öst", "--json").value
    return ref


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch):
    """Let a text come from the input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_note_goes_in_by_the_input_and_is_read_with_a_reason(
    gdprdesk, practice, asa, type_in, tmp_path
) -> None:
    type_in("Hon sover dåligt.\n")
    note = gdprdesk(
        *("journal", practice, "write", "--person", asa, "--minutes", "50", "--json")
    ).value["ref"]
    drafts = gdprdesk("journal", practice, "list", "--json").value
    assert [(one["ref"], one["name"], one["minutes"]) for one in drafts["rows"]] == [
        (note, "Åsa Öst", 50)
    ]
    type_in("Hon sover illa.")
    gdprdesk("journal", practice, "write", "--person", asa, "--note", note, "--sign")
    (tmp_path / "rätt.txt").write_text("Hon sover gott.", encoding="utf-8")
    said = gdprdesk(
        *("journal", practice, "correct", "--note", note),
        *("--text-file", tmp_path / "rätt.txt"),
    )
    assert said.out == "Signed.\n"
    opened = gdprdesk(
        "journal", practice, "read", "--person", asa, "--reason", "care", "--json"
    ).value
    assert [(one["row"]["kind"], one["text"]) for one in opened["notes"]] == [
        ("correction", "Hon sover gott."),
        ("note", "Hon sover illa."),
    ]
    shown = gdprdesk("journal", practice, "read", "--note", note, "--reason", "claim").out
    assert "Hon sover illa." in shown
    assert "Signed by Ägare" in shown


def test_nothing_is_read_without_a_reason(gdprdesk, practice, asa) -> None:
    said = gdprdesk("journal", practice, "read", "--person", asa)
    assert (said.code, said.out) == (1, "")
    assert "Say why you read it" in said.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["read", "--reason", "care"], "Say whose journal"),
        (["sign"], "Say which entry"),
        (["file"], "Say which file"),
        (["extract"], "Say where to save it"),
        (["write", "--person", "x", "--text-file", "nowhere"], "cannot be read"),
    ],
)
def test_what_is_missing_is_said(gdprdesk, practice, typed, said) -> None:
    answer = gdprdesk("journal", practice, *typed)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err


def test_search_extract_files_and_templates(gdprdesk, practice, asa, type_in, tmp_path) -> None:
    type_in("Ont i knät.")
    note = gdprdesk("journal", practice, "write", "--person", asa, "--sign", "--json").value["ref"]
    type_in("Ringde efteråt.")
    gdprdesk("journal", practice, "add", "--note", note)
    type_in("Ett utkast.")
    draft = gdprdesk("journal", practice, "write", "--person", asa, "--json").value["ref"]
    (tmp_path / "intyg.pdf").write_bytes(b"%PDF-1.7")
    typed = ("journal", practice, "file", "--person", asa, "--note", draft)
    assert gdprdesk(*typed, "--file", tmp_path / "intyg.pdf").out == "The file is in the journal.\n"
    found = gdprdesk("journal", practice, "search", "KNAT", "--json").value["rows"]
    assert [one["around"] for one in found] == ["Ont i knät."]
    type_in("knät")
    assert "Ont i knät." in gdprdesk("journal", practice, "search", "--person", asa).out
    assert gdprdesk("journal", practice, "discard", "--note", draft).code == 0
    type_in("Ett till.")
    more = gdprdesk("journal", practice, "write", "--person", asa, "--json").value["ref"]
    assert gdprdesk("journal", practice, "sign", "--note", more).out == "Signed.\n"
    to = tmp_path / "journal.pdf"
    gdprdesk("journal", practice, "extract", "--person", asa, "--to", to)
    assert "Ringde efteråt." in read_pdf(to)
    templates = gdprdesk("journal", practice, "templates", "--json").value["rows"]
    assert [one["name"] for one in templates] == ["Första besöket", "Återbesök"]
    listed = gdprdesk("journal", practice, "list", "--person", asa).out
    assert "Addendum" in listed


def test_a_number_is_read_by_name(gdprdesk, practice, asa) -> None:
    ref = gdprdesk(
        *("do", practice, "number.add", "--subject-ref", asa, "--number", "850101-1236"),
        *("--why", "Intyg", "--json"),
    ).value
    said = gdprdesk("do", practice, "number.read", "--ref", ref, "--reason", "identity", "--json")
    assert said.value == "19850101-1236"
