"""Letting go from the command line: shown, done, and proved by a protocol."""

from __future__ import annotations

from datetime import date

from tests.builders import Clock
from tests.texts import read_pdf


def said(gdprdesk, cafe, *more: str):
    return gdprdesk("clean-up", cafe, *more, "--json").value


def test_a_preview_says_what_is_over_and_changes_nothing(gdprdesk, cafe) -> None:
    answer = said(gdprdesk, cafe, "--preview")
    assert list(answer) == ["day", "records", "people", "soon", "due", "waiting", "by_hand", "done"]
    assert answer["done"] is None
    due = [row for group in answer["due"] for row in group["rows"]]
    assert len(due) >= answer["records"] > 0
    assert all(row["until"] < answer["day"] for row in due)
    assert all(row["reason"] for group in answer["waiting"] for row in group["rows"])
    assert said(gdprdesk, cafe, "--preview") == answer


def test_what_is_over_leaves_once_and_the_protocol_names_nobody(gdprdesk, cafe, tmp_path) -> None:
    before = said(gdprdesk, cafe, "--preview")
    names = {row["name"] for group in before["due"] for row in group["rows"] if row["name"]}
    done = said(gdprdesk, cafe)["done"]
    assert sum(line["count"] for line in done["cleaned"]) == before["records"]
    assert done["people"] == before["people"]
    again = said(gdprdesk, cafe)
    assert (again["records"], again["due"], again["done"]) == (0, [], None)
    target = tmp_path / "protocol.pdf"
    receipt = gdprdesk("export", cafe, "clean-up", "--ref", done["ref"], "--to", target, "--json")
    assert receipt.value["format"] == "pdf"
    text = " ".join(read_pdf(target).split())
    assert done["ref"] in text
    for name in names:
        assert name not in text


def test_people_are_told_in_words(gdprdesk, cafe, clock: Clock) -> None:
    count = said(gdprdesk, cafe, "--preview")["records"]
    answer = gdprdesk("clean-up", cafe)
    assert answer.code == 0
    assert f"{count} records have left the register." in answer.out
    assert "Nothing is over today." in gdprdesk("clean-up", cafe).out
    clock.go_to(date(2040, 1, 1))
    answer = gdprdesk("clean-up", cafe, "--preview")
    assert "Nothing is over today." not in answer.out
    assert "have left" not in answer.out


def test_a_protocol_that_does_not_exist_is_refused(gdprdesk, cafe, tmp_path) -> None:
    target = tmp_path / "protocol.pdf"
    answer = gdprdesk("export", cafe, "clean-up", "--ref", "nothing", "--to", target)
    assert answer.code == 1
    assert "Den gallringen finns inte i registret" in answer.err
    assert not target.exists()
