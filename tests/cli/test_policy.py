"""Checking a policy needs no register and no password."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

POLICIES = Path(__file__).parent.parent / "data/policies"


@pytest.fixture(autouse=True)
def _no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GDPRDESK_PASSWORD")


def test_the_findings_are_a_list_of_rows(gdprdesk) -> None:
    value = gdprdesk("check-policy", POLICIES / "faulty_trading_sv.txt", "--json").value
    assert (value["language"], value["country"]) == ("sv", "SE")
    assert value["total"] == len(value["rows"])
    (old,) = [row for row in value["rows"] if row["code"] == "old_role"]
    assert old == {
        "code": "old_role",
        "kind": "outdated",
        "severity": "should",
        "title": "“personuppgiftsombud” is a word of an older law",
        "quote": "Kontakta vårt personuppgiftsombud på ombud@nordhandel.example.",
        "beside": "",
        "why": "The role it names does not exist any more.",
        "how": "Write “data protection officer” if you have one, and take the word out if you do"
        " not.",
        "article": "Article 13(1)(b) of the GDPR",
    }


def test_people_read_the_sentence_what_is_wrong_and_what_to_do(gdprdesk) -> None:
    said = gdprdesk("check-policy", POLICIES / "faulty_cafe_sv.txt")
    assert said.code == 0
    quote = "“När vi har gjort klart ett uppdrag och inte längre har behov av uppgifterna raderas"
    for words in (quote, "How long is said without a number", "Write a number", "13(2)(a)"):
        assert words in said.out
    assert "no legal advice" in said.out


def test_a_good_policy_says_so(gdprdesk) -> None:
    said = gdprdesk("check-policy", POLICIES / "good_en.html", "--country", "SE")
    assert said.code == 0
    assert said.out.strip().startswith("Nothing to put right was found.")


def test_a_text_can_come_from_the_input(gdprdesk, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Uppgifterna sparas tills vidare."))
    rows = gdprdesk("check-policy", "-", "--language", "sv", "--json").value["rows"]
    assert "retention_vague" in {row["code"] for row in rows}


def test_a_file_that_is_no_policy_is_refused(gdprdesk, tmp_path) -> None:
    (tmp_path / "cake.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    said = gdprdesk("check-policy", "cake.png")
    assert (said.code, said.out) == (1, "")
    assert "picture" in said.err
