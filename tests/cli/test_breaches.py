"""Breaches on the command line."""

from pathlib import Path

from tests.builders import NOON


def add(gdprdesk, cafe, *more: str):
    return gdprdesk("breaches", cafe, "add", "--kind", "stolen_computer", *more)


def test_a_breach_is_written_down_listed_and_saved(gdprdesk, cafe) -> None:
    before = gdprdesk("breaches", cafe, "--json").value["rows"]
    known = f"{NOON.astimezone():%Y-%m-%dT%H:%M}"
    made = add(gdprdesk, cafe, "--known-at", known, "--json").value
    assert (made["row"]["clock"]["left"], made["row"]["tasks"]) == (72, ["report"])
    row, *others = gdprdesk("breaches", cafe, "--json").value["rows"]  # its clock runs: first
    assert [one["ref"] for one in others] == [one["ref"] for one in before]
    assert (row["ref"], row["number"]) == (made["row"]["ref"], made["row"]["number"])
    said = gdprdesk("breaches", cafe)
    assert "Stolen or lost computer" in said.out
    assert "72 h left" in said.out
    ref = row["ref"]
    for what, name in (("breach", "one.pdf"), ("breach-letter", "letter.docx")):
        saved = gdprdesk("export", cafe, what, "--breach", ref, "--to", name, "--json").value
        assert Path(saved["path"]).stat().st_size > 1_000
    log = gdprdesk("export", cafe, "breaches", "--to", "log.csv", "--json").value
    assert log["rows"] == len(before) + 1


def test_letters_to_people_and_customers(gdprdesk, cafe, somebody) -> None:
    ref = add(gdprdesk, cafe, "--json").value["row"]["ref"]
    chosen = gdprdesk(
        *("do", cafe, "breach.choose_people", "--breach-ref", ref),
        *("--subject-refs", somebody, "--json"),
    )
    assert chosen.value == 1
    to = ("--breach", ref, "--to")
    letter = ("export", cafe, "breach-letter", *to, "hers.pdf", "--person", somebody)
    assert gdprdesk(*letter).code == 0
    assert gdprdesk("export", cafe, "breach-letters", *to, "all.zip", "--json").value["rows"] == 1
    said = gdprdesk("export", cafe, "breach-letter", *to, "x.pdf", "--controller", "nobody")
    assert (said.code, said.out) == (1, "")
    assert "does not concern this customer" in said.err


def test_what_is_missing_or_wrong_is_a_sentence(gdprdesk, cafe) -> None:
    said = gdprdesk("breaches", cafe, "add")
    assert (said.code, said.out) == (1, "")
    assert "--kind" in said.err
    said = add(gdprdesk, cafe, "--known-at", "2027-01-01T08:00")
    assert (said.code, said.out) == (1, "")
    assert "This moment has not come yet" in said.err
    said = add(gdprdesk, cafe, "--known-at", "yesterday")
    assert said.code == 2
    assert "2026-11-22T14:30" in said.err


def test_answers_are_typed_one_by_one(gdprdesk, cafe) -> None:
    ref = add(gdprdesk, cafe, "--json").value["row"]["ref"]
    answers = ("--encrypted", "--facts", "locked", "--facts", "copy", "--people", "412")
    gdprdesk("do", cafe, "breach.answer", "--breach-ref", ref, *answers)
    one = gdprdesk("do", cafe, "breach.show", "--breach-ref", ref, "--json").value
    assert (one["encrypted"], one["facts"]) == (True, ["locked", "copy"])
    assert one["proposal"]["risk"] == "unlikely"
    assert one["row"]["people"] == 412
