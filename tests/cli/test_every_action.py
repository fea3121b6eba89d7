"""Any action or query by its name, made from its signature."""

from __future__ import annotations

import inspect
from argparse import ArgumentTypeError
from datetime import date, time
from pathlib import Path

import pytest

from gdprdesk.cli.naming import INSTEAD
from gdprdesk.cli.signatures import can_be_typed, day, parameters, text, whole
from gdprdesk.services.registry import ACTIONS, QUERIES

FUNCTIONS = {**ACTIONS, **QUERIES}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_action_and_query_is_there_with_its_help(gdprdesk, name, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    said = gdprdesk("do", "FILE", name, "--help")
    assert said.code == 0
    assert (inspect.getdoc(FUNCTIONS[name]) or "").partition("\n")[0].strip() in said.out
    if can_be_typed(FUNCTIONS[name]):
        for one in parameters(FUNCTIONS[name]):
            assert f"--{one.name.replace('_', '-')}" in said.out


def test_what_cannot_be_typed_names_the_command_for_it(gdprdesk, cafe) -> None:
    assert {name for name in FUNCTIONS if not can_be_typed(FUNCTIONS[name])} == set(INSTEAD)
    for name, command in INSTEAD.items():
        said = gdprdesk("do", cafe, name)
        assert (said.code, said.out) == (1, "")
        assert f"gdprdesk {command}" in said.err
        assert gdprdesk(command.split()[0], "--help").code == 0


def test_an_order_with_everything_that_can_be_typed(gdprdesk, cafe, somebody) -> None:
    ref = gdprdesk(
        *("do", cafe, "booking.add", "--subject-ref", somebody, "--what", "Dop, 25 personer"),
        *("--lines", "Prinsesstårta;2;395;6", "--lines", "Kaffe;1,5;190,50;12"),
        *("--wanted-on", "2026-12-01", "--wanted-at", "14:30", "--channel", "phone", "--json"),
    ).value
    order = gdprdesk("do", cafe, "booking.show", "--ref", ref, "--json").value
    assert order["row"]["what"] == "Dop, 25 personer"
    assert (order["row"]["wanted_on"], order["row"]["wanted_at"]) == ("2026-12-01", "14:30:00")
    assert order["row"]["total"] == "1075.75"  # 2 of 395 and 1.5 of 190.50
    assert order["channel"] == "phone"
    assert [line["text"] for line in order["lines"]] == ["Prinsesstårta", "Kaffe"]


def test_contacts_are_typed_in_parts(gdprdesk, cafe, somebody) -> None:
    gdprdesk(
        *("do", cafe, "subject.update", "--subject-ref", somebody),
        *("--contacts", "phone;070-174 06 45", "--contacts", "email;åsa@example.se", "--json"),
    )
    person = gdprdesk("do", cafe, "subject.show", "--subject-ref", somebody, "--json").value
    assert [(one["kind"], one["value"]) for one in person["contacts"]] == [
        ("phone", "070-174 06 45"),
        ("email", "åsa@example.se"),
    ]


def test_categories_and_lists_of_text(gdprdesk, cafe) -> None:
    ref = gdprdesk("activities", cafe, "--json").value["rows"][0]["ref"]
    gdprdesk(
        *("do", cafe, "activity.update", "--activity-ref", ref, "--subjects", "Gäster"),
        *("--categories", "Namn;no", "--categories", "Allergier;yes", "--json"),
    )
    row = gdprdesk("do", cafe, "activity.show", "--activity-ref", ref, "--json").value
    assert row["subjects"] == ["Gäster"]
    assert row["categories"] == [
        {"text": "Namn", "special": False},
        {"text": "Allergier", "special": True},
    ]


def test_a_half_filled_form_is_typed_as_json(gdprdesk, cafe) -> None:
    typed = '{"name": "Åsa"}'
    gdprdesk("do", cafe, "draft.save", "--form", "person", "--entered", typed, "--json")
    answer = gdprdesk("do", cafe, "draft.load", "--form", "person", "--json").value
    assert answer == {"name": "Åsa"}


def test_switches(gdprdesk, cafe) -> None:
    everything = gdprdesk("do", cafe, "invoice.list", "--limit", 999, "--json").value
    unpaid = gdprdesk("do", cafe, "invoice.list", "--unpaid", "--limit", 999, "--json").value
    assert unpaid["rows"] == [row for row in everything["rows"] if not row["paid_on"]]


def test_a_file_goes_in_and_comes_out(gdprdesk, cafe, somebody) -> None:
    Path("note.txt").write_bytes(b"rose")
    command = ("do", cafe, "attachment.add", "--subject-ref", somebody, "--path", "note.txt")
    ref = gdprdesk(*command, "--json").value
    assert gdprdesk("do", cafe, "export.attachment", "--ref", ref, "--to", "back.txt").code == 0
    assert Path("back.txt").read_bytes() == b"rose"
    content = gdprdesk("do", cafe, "attachment.read", "--ref", ref, "--json").value["content"]
    assert content == "cm9zZQ=="


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_query_that_needs_nothing_is_shown_to_people_too(gdprdesk, cafe, name) -> None:
    function = QUERIES[name]
    if any(one.default is one.empty for one in parameters(function)):
        return
    for more in ((), ("--json",)):
        said = gdprdesk("do", cafe, name, *more)
        assert (said.code, said.err) == (0, "")
        assert said.out


@pytest.mark.parametrize(
    ("option", "typed", "says"),
    [
        ("--wanted-on", "1/12", "2026-11-22"),
        ("--wanted-at", "half past", "14:30"),
        ("--channel", "pigeon", "in_person, phone"),
        ("--lines", "Kaffe", "TEXT;QUANTITY;PRICE;RATE"),
        ("--lines", "Kaffe;1;2;3;4", "TEXT;QUANTITY;PRICE;RATE"),
    ],
)
def test_what_cannot_be_read_is_said_how_to_write(gdprdesk, cafe, option, typed, says) -> None:
    said = gdprdesk("do", cafe, "booking.add", "--what", "x", option, typed)
    assert said.code == 2
    assert says in said.err


def test_values() -> None:
    assert day("2026-02-28") == date(2026, 2, 28)
    assert whole("0") == 0
    assert time.fromisoformat("08:15") == time(8, 15)
    for read, typed in ((day, "2026-02-30"), (whole, "1.5"), (whole, "9" * 10), (text, "\udce9")):
        with pytest.raises(ArgumentTypeError):
            read(typed)


def test_a_password_is_never_an_option(gdprdesk) -> None:
    assert "--password" not in gdprdesk("do", "FILE", "export.person", "--help").out
