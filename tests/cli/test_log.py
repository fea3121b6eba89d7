"""Who has read what about a person, and the monthly check, on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.builders import PASSWORD


@pytest.fixture
def practice(gdprdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", PASSWORD)
    folder = tmp_path / "praxis.gdprdesk"
    gdprdesk(*("new", folder, "--name", "Självro", "--trade", "therapy", "--country", "SE"))
    return folder


@pytest.fixture
def asa(gdprdesk, practice: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Somebody whose journal was read once."""
    ref: str = gdprdesk("do", practice, "subject.register", "--name", "Åsa Öst", "--json").value
    monkeypatch.setattr("sys.stdin", io.StringIO("Hon sover dåligt."))
    gdprdesk("journal", practice, "write", "--person", ref, "--sign")
    gdprdesk("journal", practice, "read", "--person", ref, "--reason", "care")
    return ref


def test_who_has_read_is_listed_and_saved(gdprdesk, practice, asa, tmp_path) -> None:
    rows = gdprdesk("log", practice, "readings", "--person", asa, "--json").value["rows"]
    assert [(one["what"], one["reason"], one["unit"]) for one in rows] == [
        ("Read journal", "care", "Självro")
    ]
    shown = gdprdesk("log", practice, "readings", "--person", asa).out
    assert "To help the client" in " ".join(shown.split())
    typed = ("log", practice, "extract", "--person", asa, "--language", "sv")
    assert gdprdesk(*typed, "--to", tmp_path / "logg.txt").code == 0
    letter = (tmp_path / "logg.txt").read_text("utf-8")
    assert "Självro" in letter
    assert gdprdesk(*typed, "--to", tmp_path / "logg.pdf", "--names").code == 0
    assert (tmp_path / "logg.pdf").read_bytes().startswith(b"%PDF")


def test_a_month_is_checked_line_by_line_and_signed(gdprdesk, practice, asa, clock) -> None:
    early = gdprdesk("log", practice, "check", "--month", "2026-11-03")
    assert "This month is not over yet." in early.err
    clock.move(days=20)
    assert gdprdesk("log", practice, "checks", "--json").value["due"] == ["2026-11-01"]
    typed = ("--month", "2026-11-03")
    lines = gdprdesk("log", practice, "check", *typed, "--json").value["lines"]
    assert [one["whom"] for one in lines] == ["Åsa Öst"]
    number = lines[0]["reading"]["line"]
    gdprdesk("log", practice, "judge", *typed, "--line", number, "--verdict", "ok")
    assert "Åsa Öst" in gdprdesk("log", practice, "check", *typed).out
    signed = gdprdesk("log", practice, "sign", *typed, "--words", "Allt väl.")
    assert signed.out == "Signed.\n"
    assert gdprdesk("log", practice, "checks", "--json").value["due"] == []
    assert "Allt väl." in gdprdesk("log", practice, "checks").out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["readings"], "Say whom it is about, with --person."),
        (["extract", "--person", "x"], "Say where to save it, with --to."),
        (["check"], "Say which month, with --month."),
    ],
)
def test_what_is_missing_is_said(gdprdesk, practice, typed, said) -> None:
    answer = gdprdesk("log", practice, *typed)
    assert answer.code != 0
    assert said in answer.err


def test_what_the_log_is_asked_for_is_not_who_opens_the_register(gdprdesk, practice, asa) -> None:
    typed = ("do", practice, "log.list", "--json")
    actions = [one["action"] for one in gdprdesk(*typed).value["rows"]]
    assert "journal.read" in actions
    rows = gdprdesk(*typed, "--action", "journal.read").value["rows"]
    assert [one["action"] for one in rows] == ["journal.read"]
    assert gdprdesk(*typed, "--staff", "nobody").value["rows"] == []
