"""Paper, disclosures, instructions and closing from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.texts import read_pdf


def did(gdprdesk, cafe, name: str, *said: str):
    answer = gdprdesk("do", cafe, name, *said, "--json")
    assert answer.code == 0, answer.err
    return answer.value


def test_paper_is_listed_shredded_and_both_lists_are_saved(gdprdesk, cafe, tmp_path: Path) -> None:
    ref = did(
        *(gdprdesk, cafe, "paper.add", "--place", "Skåpet", "--box", "Låda 3"),
        *("--what", "Beställningar", "--to-on", "2020-01-31"),
    )
    due = did(gdprdesk, cafe, "paper.list", "--due-only")
    assert [row["box"] for row in due["rows"]] == ["Låda 3"]
    preview = gdprdesk("clean-up", cafe, "--preview", "--json").value
    assert [row["kind"] for row in preview["by_hand"]] == ["paper_file"]
    for what in ("papers", "shredding"):
        assert gdprdesk("export", cafe, what, "--to", tmp_path / f"{what}.pdf").code == 0
    assert "Låda 3" in read_pdf(tmp_path / "papers.pdf")
    said = ("--what", "Lappar", "--amount", "1 låda", "--how", "Strimlare", "--paper", ref)
    tomorrow = gdprdesk("do", cafe, "paper.shred", *said, "--done-on", "2099-01-01")
    assert (tomorrow.code, tomorrow.out) == (1, "")
    did(gdprdesk, cafe, "paper.shred", *said)
    assert ref not in [row["ref"] for row in did(gdprdesk, cafe, "paper.list")["rows"]]
    log = tmp_path / "log.json"
    assert gdprdesk("export", cafe, "shredding", "--to", log).code == 0
    assert "Lappar" in log.read_text("utf-8")


def test_what_was_handed_out_is_saved_as_a_sheet(gdprdesk, cafe, tmp_path: Path) -> None:
    said = ("--to-whom", "Polisen", "--what", "Namn", "--channel", "email")
    refused = gdprdesk("do", cafe, "disclosure.add", *said, "--basis", "legal_obligation")
    assert (refused.code, refused.out) == (1, "")
    did(gdprdesk, cafe, "disclosure.add", *said, "--basis", "legal_obligation", "--law", "RB 27")
    target = tmp_path / "log.csv"
    assert gdprdesk("export", cafe, "disclosures", "--to", target).code == 0
    assert "RB 27" in target.read_text("utf-8-sig")


def test_an_instruction_is_answered_and_the_list_saved(gdprdesk, cafe, tmp_path: Path) -> None:
    salon = did(gdprdesk, cafe, "served.add", "--name", "Salong Saxen")
    ref = did(
        *(gdprdesk, cafe, "instruction.take", "--controller-ref", salon),
        *("--kind", "erase", "--scope", "Radera konto 4711"),
    )
    did(gdprdesk, cafe, "instruction.done", "--ref", ref, "--how", "Raderat")
    target = tmp_path / "answer.pdf"
    did(gdprdesk, cafe, "export.instruction_answer", "--ref", ref, "--to", str(target))
    assert "Radera konto 4711" in " ".join(read_pdf(target).split())
    did(gdprdesk, cafe, "instruction.answered", "--ref", ref)
    target = tmp_path / "instructions.xlsx"
    receipt = gdprdesk("export", cafe, "instructions", "--to", target, "--json")
    assert (receipt.value["format"], receipt.value["rows"]) == ("xlsx", 1)


@pytest.mark.parametrize("ending", ["close", "hand_over"])
def test_the_closing_list_is_saved(gdprdesk, cafe, tmp_path: Path, ending: str) -> None:
    did(gdprdesk, cafe, "closing.tick", "--key", "books", "--note", "Hos byrån")
    target = tmp_path / "list.pdf"
    said = gdprdesk("export", cafe, "closing", "--ending", ending, "--to", target, "--json")
    assert said.value["format"] == "pdf"
    assert "Hos byrån" in " ".join(read_pdf(target).split())
