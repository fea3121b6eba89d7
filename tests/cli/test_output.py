"""What is printed can steer no terminal, and is the same value whatever people are called."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.cli.answers import to_json
from gdprdesk.cli.letters import visible
from gdprdesk.cli.screen import Screen

RED = "\x1b[31m"
TITLE = "\x1b]0;owned\x07"
C1 = "\x9b2J"
BACKWARDS = "\u202egnp.exe"
HOSTILE = f"Åsa {BACKWARDS}"


def test_a_hostile_name_is_shown_as_text(gdprdesk, cafe) -> None:
    gdprdesk("do", cafe, "subject.register", "--name", HOSTILE, "--json")
    for arguments in (("people", cafe, "Åsa"), ("do", cafe, "subject.list", "--search", "Åsa")):
        said = gdprdesk(*arguments)
        assert said.code == 0
        assert "\u202e" not in said.out
        assert "gnp.exe" in said.out
    said = gdprdesk("people", cafe, "Åsa", "--json")
    assert "\u202e" not in said.out
    assert HOSTILE in [row["name"] for row in said.value["rows"]]


@pytest.mark.parametrize("name", [f"Åsa {RED}", f"Åsa {TITLE}", f"Åsa {C1}"])
def test_a_name_that_would_steer_the_terminal_is_not_taken(gdprdesk, cafe, name) -> None:
    said = gdprdesk("do", cafe, "subject.register", "--name", name, "--json")
    assert said.code == 1
    assert not set(said.err) & {"\x1b", "\x07", "\x9b"}
    assert gdprdesk("people", cafe, "Åsa", "--json").value["rows"] == []


@pytest.mark.parametrize("name", ["[bold]Karin[/bold]", ":smile:", "[link=x]", "100 % {name}"])
def test_no_name_is_markup(gdprdesk, cafe, name) -> None:
    gdprdesk("do", cafe, "subject.register", "--name", name, "--json")
    assert name in gdprdesk("people", cafe).out


def test_a_sentence_with_a_hostile_name_in_it(gdprdesk, cafe) -> None:
    said = gdprdesk("export", cafe, "register", "--to", f"{RED}.pdf", "--format", "xlsx")
    assert said.code == 1
    assert "\x1b" not in said.err


@given(st.text())
def test_json_is_one_line_of_visible_letters_and_loses_nothing(text) -> None:
    line = to_json({"name": text})
    assert json.loads(line)["name"] == text
    assert len(line.splitlines()) == 1
    assert not any(ord(one) < 32 or 0x7F <= ord(one) < 0xA0 for one in line)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs"])))
def test_ordinary_text_stays_as_it_is(text) -> None:
    assert visible(text) == text


def test_no_cell_is_cut_off() -> None:
    stream = io.StringIO()
    words = "å" * 500
    Screen(stream).table(["Name", "Note"], [("Karin", words)])
    assert stream.getvalue().count("å") == 500


def test_json_is_utf_8_wherever_it_goes(gdprdesk, cafe, monkeypatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert gdprdesk("recipients", cafe, "--json").code == 0
    stream.seek(0)
    assert "Försäkringskassan" in stream.buffer.read().decode("utf-8")
