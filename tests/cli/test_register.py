"""The register at the command line: what goes out, what is due, and rows typed field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.texts import read_pdf


def named(answer, name):
    return next(one["ref"] for one in answer["rows"] if one["name"] == name)


@pytest.mark.parametrize(
    "what", ["register", "processor-register", "processors", "recipients", "retention", "public"]
)
def test_every_report_of_the_register_is_saved(gdprdesk, cafe, what) -> None:
    answer = gdprdesk("export", cafe, what, "--to", "a.xlsx", "--json").value
    assert (answer["format"], answer["path"]) == ("xlsx", str(Path("a.xlsx").resolve()))
    for language in ("sv", "nb"):
        command = ("export", cafe, what, "--to", f"{language}.pdf", "--language", language)
        assert gdprdesk(*command).code == 0
        assert read_pdf(Path(f"{language}.pdf"))
    assert read_pdf(Path("sv.pdf")) != read_pdf(Path("nb.pdf"))
    assert gdprdesk("export", cafe, what, "--to", "a.docx").code == 0


def test_an_agreement_is_saved_for_a_processor_and_for_nobody_else(gdprdesk, cafe) -> None:
    rows = gdprdesk("recipients", cafe, "--json").value["rows"]
    processor = next(one for one in rows if one["role"] == "processor")
    command = ("export", cafe, "agreement", "--recipient", processor["ref"])
    assert gdprdesk(*command, "--to", "avtal", "--json").code == 1
    answer = gdprdesk(*command, "--to", "avtal.docx", "--json").value
    assert answer["format"] == "docx"
    assert gdprdesk(*command, "--to", "avtal.pdf", "--json").value["format"] == "pdf"
    assert processor["name"] in read_pdf(Path("avtal.pdf"))
    authority = next(one for one in rows if one["role"] == "authority")
    said = gdprdesk("export", cafe, "agreement", "--recipient", authority["ref"], "--to", "b.pdf")
    assert (said.code, said.out) == (1, "")
    assert "made with a processor" in said.err


def test_a_row_is_typed_field_by_field(gdprdesk, cafe) -> None:
    ref = gdprdesk("activities", cafe, "--json").value["rows"][0]["ref"]
    done = gdprdesk(
        *("do", cafe, "activity.update", "--activity-ref", ref),
        *("--rule", "completed;3;months;;ask;4;Ett skäl", "--fields", "phone", "--fields", "diet"),
        *("--further-purposes", "Annat;contract;Ett avtal;recorded;1;years;"),
        *("--camera", "2;Dörren;3;yes;no", "--audiences", "web", "--review-months", "6"),
    )
    assert done.code == 0
    row = gdprdesk("do", cafe, "activity.show", "--activity-ref", ref, "--json").value
    assert row["rule"] == {
        "start": "completed",
        "count": 3,
        "unit": "months",
        "law": None,
        "at_end": "ask",
        "most": 4,
        "reason": "Ett skäl",
    }
    assert (row["fields"], row["audiences"], row["review_months"]) == (
        ["phone", "diet"],
        ["web"],
        6,
    )
    assert (row["camera"]["number"], row["camera"]["sign"], row["camera"]["sound"]) == (
        2,
        True,
        False,
    )
    assert row["further_purposes"][0]["law"] is None
    done = gdprdesk("do", cafe, "activity.update", "--activity-ref", ref, "--without-camera")
    assert done.code == 0
    row = gdprdesk("do", cafe, "activity.show", "--activity-ref", ref, "--json").value
    assert (row["camera"], row["fields"]) == (None, ["phone", "diet"])


def test_a_customer_served_is_added_and_listed(gdprdesk, cafe) -> None:
    assert gdprdesk("served", cafe, "--json").value == {"rows": [], "total": 0}
    typed = ("--name", "Salong Saxen", "--contact", "Eva", "--categories", "Lagra bokningar")
    ref = gdprdesk("do", cafe, "served.add", *typed, "--json").value
    answer = gdprdesk("served", cafe, "--json").value
    assert named(answer, "Salong Saxen") == ref
    assert answer["rows"][0]["categories"] == ["Lagra bokningar"]
    assert "Salong Saxen" in gdprdesk("served", cafe).out


def test_a_paper_goes_in_and_comes_out(gdprdesk, cafe) -> None:
    ref = gdprdesk("recipients", cafe, "--json").value["rows"][0]["ref"]
    Path("avtal.txt").write_bytes(b"Undertecknat")
    added = ("do", cafe, "recipient.add_agreement", "--recipient-ref", ref, "--path", "avtal.txt")
    assert gdprdesk(*added).code == 0
    command = ("do", cafe, "export.agreement_file", "--recipient-ref", ref, "--to", "ut.txt")
    assert gdprdesk(*command, "--json").value["format"] == "txt"
    assert Path("ut.txt").read_bytes() == b"Undertecknat"
