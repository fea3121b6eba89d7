"""What is refused: a sentence on standard error, nothing on standard output, nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gdprdesk.services.registry import QUERIES
from tests.builders import PASSWORD
from tests.cli.conftest import PEOPLE


def refused(said) -> str:
    assert (said.code, said.out) == (1, ""), said
    assert "Traceback" not in said.err
    assert said.err.strip()
    return str(said.err)


def left(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        ("people", "typo.gdprdesk"),
        ("do", "typo.gdprdesk", "subject.list"),
        ("export", "typo.gdprdesk", "register", "--to", "a.xlsx"),
        ("password", "typo.gdprdesk"),
        ("check", "typo.gdprdesk"),
    ],
)
def test_a_path_that_is_no_register_is_not_made_by_mistake(gdprdesk, command, tmp_path) -> None:
    assert "register" in refused(gdprdesk(*command))
    assert left(tmp_path) == []


def test_a_wrong_password(gdprdesk, cafe, monkeypatch) -> None:
    monkeypatch.setenv("GDPRDESK_PASSWORD", "another long word")
    assert "password" in refused(gdprdesk("people", cafe, "--json"))


def test_no_password_and_nobody_to_ask(gdprdesk, cafe, monkeypatch) -> None:
    monkeypatch.delenv("GDPRDESK_PASSWORD")
    assert "GDPRDESK_PASSWORD" in refused(gdprdesk("people", cafe))
    target = ("--to", "copy.zip", "--password-protect")
    said = gdprdesk("export", cafe, "person", "--person", "x", *target)
    assert "GDPRDESK_EXPORT_PASSWORD" in refused(said)


def test_somebody_who_may_not_open_it(gdprdesk, cafe) -> None:
    refused(gdprdesk("people", cafe, "--as", "Nobody"))


@pytest.mark.parametrize("how", [(), ("--preview",), ("--now",), ("--undo",)])
def test_a_person_who_is_not_there(gdprdesk, cafe, how) -> None:
    refused(gdprdesk("erase", cafe, "nobody", *how, "--json"))
    refused(gdprdesk("person", cafe, "nobody"))


def test_nothing_is_overwritten_unless_that_is_said(gdprdesk, cafe) -> None:
    target = Path("register.xlsx")
    target.write_text("mine")
    command = ("export", cafe, "register", "--to", target, "--json")
    refused(gdprdesk(*command))
    assert target.read_text() == "mine"
    assert gdprdesk(*command, "--force").value["format"] == "xlsx"
    assert target.read_bytes()[:2] == b"PK"


def test_a_register_is_never_overwritten(gdprdesk, cafe) -> None:
    before = (cafe / "register.db").read_bytes()
    refused(gdprdesk("new", cafe, "--name", "Kafé", "--country", "SE"))
    refused(gdprdesk("demo", "--people", 1, "--no-window", "--to", cafe))
    assert (cafe / "register.db").read_bytes() == before


@pytest.mark.parametrize(
    "target", ["register.pdf", "register", "no/such/folder/register.xlsx", "cafe.gdprdesk"]
)
def test_a_place_that_will_not_do(gdprdesk, cafe, target) -> None:
    before = left(cafe.parent)
    refused(gdprdesk("export", cafe, "register", "--format", "xlsx", "--to", target))
    assert left(cafe.parent) == before


@pytest.mark.parametrize("year", [0, 1, 9999, 123456])
def test_a_year_that_is_none(gdprdesk, cafe, year) -> None:
    said = gdprdesk("export", cafe, "accountant", "--year", year, "--to", "a.xlsx")
    assert "mistake" not in refused(said)


def test_a_short_new_password_changes_nothing(gdprdesk, cafe, monkeypatch) -> None:
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", "short")
    refused(gdprdesk("password", cafe))
    assert gdprdesk("people", cafe, "--json").value["total"] == PEOPLE


def test_a_demo_of_nobody_or_of_a_city(gdprdesk, tmp_path) -> None:
    for people in (0, 20_001):
        refused(gdprdesk("demo", "--people", people, "--no-window", "--to", "a.gdprdesk"))
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("unknown",),
        ("people",),
        ("people", "FILE", "--limit", "many"),
        ("people", "FILE", "--limit", "-1"),
        ("export", "FILE"),
        ("export", "FILE", "register"),
        ("export", "FILE", "person", "--to", "a.zip"),
        ("export", "FILE", "day-sheet", "--to", "a.pdf", "--day", "tomorrow"),
        ("erase", "FILE", "REF", "--now", "--undo"),
        ("new", "FILE", "--name", "x", "--country", "DK"),
        ("new", "FILE", "--name", "x", "--country", "SE", "--trade", "circus"),
        ("do", "FILE", "no.such.action"),
        ("do", "FILE", "subject.show"),
        ("backup", "FILE"),
    ],
)
def test_what_is_mistyped_ends_with_2(gdprdesk, command) -> None:
    said = gdprdesk(*command)
    assert (said.code, said.out) == (2, "")
    assert "Usage" in said.err


def test_a_mistake_of_the_program_is_a_sentence_that_names_nobody(
    gdprdesk, cafe, monkeypatch
) -> None:
    def broken(_read):
        raise KeyError("Karin Holm")

    monkeypatch.setitem(QUERIES, "subject.list", broken)
    said = refused(gdprdesk("do", cafe, "subject.list", "--json"))
    assert "KeyError at test_refusals.py:" in said
    assert "Holm" not in said


def test_ctrl_c_is_a_sentence(gdprdesk, cafe, monkeypatch) -> None:
    def stopped(_read):
        raise KeyboardInterrupt

    monkeypatch.setitem(QUERIES, "subject.list", stopped)
    assert refused(gdprdesk("do", cafe, "subject.list")) == "Stopped.\n"
    assert gdprdesk("check", cafe, "--json").value["ok"]  # and it is not locked for ever


def program(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'ui'}", "LC_ALL": "C"}
    command = [sys.executable, "-m", "gdprdesk", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, **options)  # type: ignore[call-overload,no-any-return] # noqa: S603


def test_who_reads_may_stop_reading() -> None:
    with program("--help", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_an_answer_that_cannot_be_written(example) -> None:
    new = ("new", "a.gdprdesk", "--name", "Kafé", "--country", "SE", "--json")
    with Path("/dev/full").open("wb") as full:
        running = program(*new, stdout=full, stderr=subprocess.PIPE)
        _out, said = running.communicate()
    assert running.returncode == 1
    assert b"could not be written" in said
    assert b"Traceback" not in said


def test_wrong_passwords_are_told_by_the_next_command_that_opens(
    gdprdesk, cafe, monkeypatch
) -> None:
    monkeypatch.setenv("GDPRDESK_PASSWORD", "another long word")
    for _miss in range(2):
        assert "wrong" in refused(gdprdesk("people", cafe))
    monkeypatch.setenv("GDPRDESK_PASSWORD", PASSWORD)
    said = gdprdesk("people", cafe, "--json")
    assert said.value["total"] == PEOPLE
    assert "2 wrong passwords were typed" in said.err
    assert gdprdesk("people", cafe, "--json").err == ""


def test_a_new_password_that_is_soon_guessed_changes_nothing(gdprdesk, cafe, monkeypatch) -> None:
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", "Sommar2026!")
    assert "ordinary word" in refused(gdprdesk("password", cafe))
    assert gdprdesk("people", cafe, "--json").value["total"] == PEOPLE
