"""Who may open a register, typed: invited, given a role, and let go."""

from __future__ import annotations

import pytest

from tests.builders import PASSWORD

PETRAS = "five words that petra chose"


@pytest.fixture
def petra(gdprdesk, cafe, monkeypatch) -> str:
    """Somebody who has been invited as assistant and has chosen a password; her ref."""
    given = gdprdesk(
        "staff", cafe, "invite", "--name", "Petra Ek", "--role", "Assistant", "--json"
    ).value
    assert given["name"] == "Petra Ek"
    monkeypatch.setenv("GDPRDESK_CODE", given["code"].lower())
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", PETRAS)
    assert gdprdesk("accept", cafe, "--as", "petra ek", "--json").value == {"accepted": True}
    return str(given["staff_ref"])


def test_somebody_is_invited_and_opens_the_register_with_a_password_of_her_own(
    gdprdesk, cafe, petra, monkeypatch
) -> None:
    again = gdprdesk("accept", cafe, "--as", "Petra Ek")
    assert (again.code, again.out) == (1, "")
    assert "has a password already" in again.err
    monkeypatch.setenv("GDPRDESK_PASSWORD", PETRAS)
    assert gdprdesk("people", cafe, "--as", "Petra Ek", "--json").value["total"]
    refused = gdprdesk("staff", cafe, "--as", "Petra Ek")
    assert (refused.code, refused.out) == (1, "")
    assert "Staff and roles" in refused.err
    monkeypatch.setenv("GDPRDESK_PASSWORD", PASSWORD)
    rows = gdprdesk("staff", cafe, "list", "--json").value["rows"]
    assert [(one["name"], one["role"]) for one in rows][1:] == [("Petra Ek", "assistant")]
    assert "Petra Ek" in gdprdesk("staff", cafe).out


def test_a_code_is_shown_once_with_what_to_do_with_it(gdprdesk, cafe) -> None:
    said = gdprdesk("staff", cafe, "invite", "--name", "Petra", "--role", "accountant")
    assert said.code == 0
    assert "One-time code for Petra: " in said.out
    assert "gdprdesk accept FILE --as NAME" in said.out
    assert "invited until 5 December 2026" in gdprdesk("staff", cafe).out
    first = said.out.split("Petra: ")[1].split()[0]
    assert first not in gdprdesk("staff", cafe, "renew", "--who", "petra").out


def test_a_role_is_given_and_taken(gdprdesk, cafe, petra) -> None:
    changed = gdprdesk("staff", cafe, "role", "--who", petra, "--role", "practitioner", "--json")
    assert changed.value == {"changed": True, "wants_new_keys": False}
    said = gdprdesk("staff", cafe, "role", "--who", "Petra Ek", "--role", "Assistant")
    assert "change the keys" in said.out
    roles = gdprdesk("staff", cafe, "roles", "--json").value["rows"]
    assert [(one["key"], one["people"]) for one in roles] == [
        ("owner", 1),
        ("practitioner", 0),
        ("assistant", 1),
        ("accountant", 0),
    ]
    assert "See and change people" in gdprdesk("staff", cafe, "roles").out


def test_whoever_is_let_go_leaves_a_list_that_is_ticked(gdprdesk, cafe, petra) -> None:
    gone = gdprdesk("staff", cafe, "remove", "--who", "Petra Ek", "--json").value
    assert gone["leaving"]["rows"][0]["key"] == "access"
    ticked = gdprdesk(
        *("staff", cafe, "leaving", "--who", "Petra Ek", "--done", "phone"),
        *("--note", "iPhone 12", "--json"),
    ).value["rows"][0]
    phone = next(one for one in ticked["rows"] if one["key"] == "phone")
    assert (phone["done_on"], phone["note"]) == ("2026-11-21", "iPhone 12")
    said = gdprdesk("staff", cafe, "leaving").out
    assert "Petra Ek left on" in said
    assert "iPhone 12" in said


def test_an_invitation_is_withdrawn(gdprdesk, cafe) -> None:
    gdprdesk("staff", cafe, "invite", "--name", "Petra", "--role", "assistant")
    assert "withdrawn" in gdprdesk("staff", cafe, "remove", "--who", "Petra").out
    assert "Nobody has left" in gdprdesk("staff", cafe, "leaving").out


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("invite", "--name", "Petra"), "Say who is invited with --name"),
        (("invite", "--name", "Petra", "--role", "king"), "There is no role called king"),
        (("role", "--who", "Petra"), "Say which role with --role"),
        (("role", "--role", "owner"), "Say who is meant with --who"),
        (("remove", "--who", "Petra"), "Nobody called Petra works with this register"),
        (("remove", "--who", "OWN"), "last owner"),
    ],
)
def test_what_is_missing_or_may_not_be_is_a_sentence(gdprdesk, cafe, typed, sentence) -> None:
    own = gdprdesk("staff", cafe, "--json").value["rows"][0]["ref"]
    said = gdprdesk("staff", cafe, *(own if one == "OWN" else one for one in typed))
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err


def test_without_a_code_nothing_is_accepted(gdprdesk, cafe, monkeypatch) -> None:
    gdprdesk("staff", cafe, "invite", "--name", "Petra", "--role", "assistant")
    said = gdprdesk("accept", cafe, "--as", "Petra")
    assert said.code == 1
    assert "GDPRDESK_CODE" in said.err
    monkeypatch.setenv("GDPRDESK_CODE", "AAAA-BBBB")
    monkeypatch.setenv("GDPRDESK_NEW_PASSWORD", PETRAS)
    assert "typing fault in the one-time code" in gdprdesk("accept", cafe, "--as", "Petra").err
