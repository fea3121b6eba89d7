"""The letters of a request from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.texts import read_pdf

ASKED = ("--kind", "access", "--received-on", "2026-11-20", "--channel", "email")


def test_a_letter_to_print_and_to_mail(gdprdesk, cafe, somebody, tmp_path: Path) -> None:
    opened = gdprdesk("do", cafe, "request.open", "--subject-ref", somebody, *ASKED, "--json")
    letter = ("letter", "--request", opened.value["ref"], "--letter", "received")
    file = tmp_path / "letter.pdf"
    saved = gdprdesk("export", cafe, *letter, "--to", file, "--language", "en", "--json").value
    assert (saved["format"], saved["path"]) == ("pdf", str(file))
    assert "You have our answer by" in read_pdf(file)
    text = tmp_path / "letter.txt"
    more = ("--words", "Hör av dig!", "--language", "en")
    assert gdprdesk("export", cafe, *letter, "--to", text, *more).code == 0
    assert "Hör av dig!" in text.read_text("utf-8")
    shown = gdprdesk(
        *("do", cafe, "letter.show", "--request-ref", opened.value["ref"], "--letter", "received"),
        "--json",
    )
    assert str(opened.value["number"]) in shown.value["subject"]


def test_a_letter_that_does_not_fit_is_refused(gdprdesk, cafe, somebody, tmp_path: Path) -> None:
    opened = gdprdesk("do", cafe, "request.open", "--subject-ref", somebody, *ASKED, "--json")
    letter = ("letter", "--request", opened.value["ref"], "--letter", "refused")
    file = tmp_path / "letter.pdf"
    said = gdprdesk("export", cafe, *letter, "--to", file)
    assert (said.code, said.out) == (1, "")
    assert f" {opened.value['number']} " in said.err
    assert not file.exists()


def test_nothing_held_in_one_command(gdprdesk, cafe, tmp_path: Path) -> None:
    file = tmp_path / "nothing.pdf"
    stranger = ("--asker", "Xerxes Qvist", "--reply-to", "x@qvist.example")
    typed = ("do", cafe, "letter.nothing_held", *stranger, "--to", file)
    assert gdprdesk(*typed, "--language-code", "en").code == 0
    assert "we have nothing about you" in read_pdf(file)
    rows = gdprdesk("do", cafe, "request.list", "--json").value["rows"]
    (row,) = [one for one in rows if one["asker"] == "Xerxes Qvist"]
    assert row["decision"] == "nothing_held"
