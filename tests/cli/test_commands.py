"""What each command answers, to people and to programs."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pypdfium2
import pytest
import pyzipper

from gdprdesk.resources import resource
from tests.cli.conftest import PEOPLE
from tests.texts import read_pdf


def test_people_are_listed_by_name_with_how_to_reach_them(gdprdesk, cafe) -> None:
    answer = gdprdesk("people", cafe, "--json").value
    assert answer["total"] == len(answer["rows"]) == PEOPLE
    for row in answer["rows"]:
        assert list(row) == ["ref", "name", "email", "phone", "kept_until"]
        assert date.fromisoformat(row["kept_until"] or "2026-11-21").year in range(2017, 2040)


def test_a_search_finds_parts_of_words_and_numbers(gdprdesk, cafe) -> None:
    row = next(row for row in gdprdesk("people", cafe, "--json").value["rows"] if row["phone"])
    first, last = row["name"].split()[0], row["name"].split()[-1]
    for words in ([first[:3], last[:3]], [f"{first} {last}"], [row["phone"][-5:]]):
        assert row in gdprdesk("people", cafe, *words, "--json").value["rows"]
    assert gdprdesk("people", cafe, "qqq", "--json").value == {"rows": [], "total": 0}


def test_a_part_of_the_people(gdprdesk, cafe) -> None:
    everybody = gdprdesk("people", cafe, "--json").value["rows"]
    part = gdprdesk("people", cafe, "--offset", 5, "--limit", 3, "--json").value
    assert part == {"rows": everybody[5:8], "total": PEOPLE}


def test_people_read_a_table_with_every_name_whole(gdprdesk, cafe) -> None:
    rows = gdprdesk("people", cafe, "--json").value["rows"]
    said = gdprdesk("people", cafe)
    assert said.code == 0
    assert all(row["name"] in said.out and row["ref"] in said.out for row in rows)
    assert f"{PEOPLE} people" in said.out


def test_a_person_is_what_the_published_schema_says(gdprdesk, cafe, somebody) -> None:
    schema = json.loads(resource("schema/person.schema.json").read_text("utf-8"))
    answer = gdprdesk("person", cafe, somebody, "--json").value
    jsonschema.validate(answer, schema, format_checker=jsonschema.FormatChecker())
    assert answer["person"]["ref"] == somebody
    assert answer["records"]["booking"]


def test_a_person_is_read_in_a_language_of_choice(gdprdesk, cafe, somebody) -> None:
    said = gdprdesk("person", cafe, somebody, "--language", "en")
    assert said.code == 0
    assert "Your rights" in said.out
    name = gdprdesk("person", cafe, somebody, "--json").value["person"]["name"]
    assert name in said.out


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv", "json"])
def test_the_register_is_saved(gdprdesk, cafe, kind) -> None:
    target = Path(f"register.{kind}")
    answer = gdprdesk("export", cafe, "register", "--to", target, "--json").value
    rows = gdprdesk("activities", cafe, "--json").value["total"]
    assert answer == {
        "path": str(target.resolve()),
        "format": kind,
        "rows": rows,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }


def test_the_accountants_list_has_the_invoices_of_a_year(gdprdesk, cafe) -> None:
    invoices = gdprdesk("do", cafe, "invoice.list", "--limit", 999, "--json").value["rows"]
    for year in (2025, 2026):
        answer = gdprdesk(
            *("export", cafe, "accountant", "--year", year, "--to", f"{year}.json", "--json")
        ).value
        wanted = [row for row in invoices if row["issued_on"].startswith(str(year))]
        assert answer["rows"] == len(wanted) > 0
        table = json.loads(Path(f"{year}.json").read_text("utf-8"))["sections"][0]["content"][0]
        gross = sum(Decimal(row["total"]) for row in wanted)
        assert Decimal(table["total"]["Brutto"]) == gross


def test_without_a_year_the_accountant_gets_the_last_one_that_is_over(gdprdesk, cafe) -> None:
    for target, more in (("a.json", ()), ("b.json", ("--year", 2025))):
        assert gdprdesk("export", cafe, "accountant", "--to", target, *more).code == 0
    first, second = (json.loads(Path(name).read_text("utf-8")) for name in ("a.json", "b.json"))
    assert first["sections"] == second["sections"]


def test_a_copy_for_a_person_is_sealed_with_a_password(
    gdprdesk, cafe, somebody, monkeypatch
) -> None:
    monkeypatch.setenv("GDPRDESK_EXPORT_PASSWORD", "an open sesame")
    command = ("export", cafe, "person", "--person", somebody, "--to", "copy.zip")
    answer = gdprdesk(*command, "--password-protect", "--json").value
    person = gdprdesk("person", cafe, somebody, "--json").value
    assert answer["rows"] == sum(map(len, person["records"].values()))
    with pyzipper.AESZipFile("copy.zip") as archive:
        archive.setpassword(b"an open sesame")
        copied = json.loads(archive.read("copy.json"))
    assert copied["records"] == person["records"]


@pytest.mark.parametrize(
    ("what", "find"),
    [
        ("invoice", ("invoice.list",)),
        ("consent", ("consent.list", "--purpose", "newsletter")),
    ],
)
def test_proofs_and_invoices_are_saved_as_pdf(gdprdesk, cafe, what, find) -> None:
    name, *more = find
    ref = gdprdesk("do", cafe, name, *more, "--json").value["rows"][0]["ref"]
    gdprdesk("export", cafe, what, "--ref", ref, "--to", "a.pdf", "--json")
    assert len(pypdfium2.PdfDocument("a.pdf")) >= 1


def test_the_day_sheet_of_a_day(gdprdesk, cafe) -> None:
    day = gdprdesk("do", cafe, "today.days_with_orders", "--json").value["rows"][0]
    answer = gdprdesk("export", cafe, "day-sheet", "--day", day, "--to", "day.pdf", "--json").value
    orders = gdprdesk("do", cafe, "booking.list", "--day", day, "--json").value
    assert answer["rows"] == orders["total"] > 0


def test_labels_of_some_people_on_a_sheet_that_is_used_in_part(gdprdesk, cafe, somebody) -> None:
    person = ("do", cafe, "subject.update", "--subject-ref", somebody, "--name", "Åsa Ek")
    gdprdesk(*person, "--contacts", "address;Storgatan 1, 352 31 Växjö", "--json")
    options = ("--search", "Åsa Ek", "--sheet", "2x7", "--first", "14", "--to", "labels.pdf")
    saved = gdprdesk("export", cafe, "labels", *options, "--json").value
    assert (saved["format"], saved["rows"]) == ("pdf", 1)
    assert read_pdf(Path("labels.pdf")) == "Åsa Ek Storgatan 1 352 31 Växjö"
    said = gdprdesk("export", cafe, "labels", *options, "--force", "--first", "15")
    assert said.code == 1
    assert "This sheet has 14 labels" in said.err


def test_the_register_and_its_recipients_are_lists(gdprdesk, cafe) -> None:
    for command, column in (("activities", "legal_basis"), ("recipients", "agreement_on")):
        answer = gdprdesk(command, cafe, "--json").value
        assert answer["total"] == len(answer["rows"]) > 5
        assert all(column in row for row in answer["rows"])
        said = gdprdesk(command, cafe)
        assert all(row["name"].split()[0] in said.out for row in answer["rows"])


def test_a_check_names_everything_it_looked_at(gdprdesk, cafe) -> None:
    answer = gdprdesk("check", cafe, "--json").value
    assert (answer["ok"], answer["residue"]) == (True, 0)
    assert {"pages", "keys", "ledger", "audit_chain"} <= {one["name"] for one in answer["checks"]}
    assert all(list(one) == ["name", "ok", "sentence"] for one in answer["checks"])
    said = gdprdesk("check", cafe)
    assert said.out.count("✓") == len(answer["checks"])


def test_a_check_that_finds_something_wrong_ends_with_1_and_says_what(gdprdesk, cafe) -> None:
    ledger = cafe / "erased.ledger"
    line = ledger.read_bytes()
    ledger.write_bytes(b"a" * 20 + line[20:])
    said = gdprdesk("check", cafe, "--json")
    assert said.code == 1
    assert "ledger" in said.err


def test_options_of_every_command_stand_before_or_after_it(gdprdesk, cafe) -> None:
    answers = [
        gdprdesk(*arguments).value
        for arguments in (
            ("--json", "--as", "owner", "activities", cafe),
            ("activities", "--json", cafe, "--as", "owner"),
            ("activities", cafe, "--as", "owner", "--json"),
        )
    ]
    assert answers[0] == answers[1] == answers[2]


def test_the_version(gdprdesk) -> None:
    said = gdprdesk("--version")
    assert (said.code, said.out) == (0, "gdprdesk 0.1.0\n")


def test_help_is_in_the_language_of_the_computer_settings(gdprdesk, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "list people" in gdprdesk("--help").out
    assert "Usage: gdprdesk people" in gdprdesk("people", "--help").out
