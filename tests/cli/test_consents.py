"""Consents, typed: who says yes to what, an answer written down, taken back and proved."""

from __future__ import annotations

import pytest

PHOTO = ("--purpose", "photo")


@pytest.fixture
def her(gdprdesk, cafe):
    """Somebody who was never asked anything, found by her name."""
    gdprdesk("do", cafe, "subject.register", "--name", "Åsa Ödlund-Æbel", "--language", "en")
    return ("--person", "ödlund")


def test_a_yes_is_written_down_taken_back_for_a_place_and_proved(gdprdesk, cafe, her) -> None:
    places = ("--place", "Website", "--place", "Instagram", "--evidence", "in the binder")
    yes = ("record", *her, *PHOTO, "--decision", "given", *places, "--method", "signature")
    ref = gdprdesk("consents", cafe, *yes, "--json").value["ref"]
    said = gdprdesk("consents", cafe, "prove", *her, *PHOTO, "--json").value
    assert said == gdprdesk("consents", cafe, "prove", "--ref", ref, "--json").value
    assert (said["name"], said["language"], said["method"]) == (
        "Åsa Ödlund-Æbel",
        "en",  # the words are those of her own language
        "signature",
    )
    shown = gdprdesk("consents", cafe, "prove", *her, *PHOTO).out
    assert "in the binder" in shown
    assert said["text"].splitlines()[0][:60] in shown
    assert gdprdesk("consents", cafe, "withdraw", *her, *PHOTO, "--place", "Website").code == 0
    [row] = gdprdesk("consents", cafe, *her, *PHOTO, "--json").value["rows"]
    assert (row["decision"], row["channels"], row["counts"]) == ("given", ["Instagram"], True)
    assert "stays as proof" in gdprdesk("consents", cafe, "withdraw", *her, *PHOTO).out
    again = gdprdesk("consents", cafe, "withdraw", *her, *PHOTO)
    assert (again.code, again.out) == (1, "")
    assert "no yes to take back" in again.err
    [row] = gdprdesk("consents", cafe, *her, "--decision", "withdrawn", "--json").value["rows"]
    assert (row["purpose"], row["counts"]) == ("photo", False)


def test_the_lists_tell_what_is_asked_who_answered_and_where_one_stands(
    gdprdesk, cafe, her
) -> None:
    asked = gdprdesk("consents", cafe, "--json").value["rows"]
    assert {one["purpose"] for one in asked} == {"diet", "newsletter", "photo", "sms_offers"}
    yes = gdprdesk("consents", cafe, "list", *PHOTO, "--decision", "given", "--json").value
    assert yes["total"] == next(one["yes"] for one in asked if one["purpose"] == "photo")
    assert {row["decision"] for row in yes["rows"]} == {"given"}
    assert all(row["name"] in gdprdesk("consents", cafe, *PHOTO).out for row in yes["rows"])
    told = gdprdesk("consents", cafe, *her).out
    assert told.startswith("Åsa Ödlund-Æbel")
    assert told.count("Not asked yet") == len(asked)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("record", *PHOTO), "--decision"),
        (("record", "--decision", "given", *PHOTO), "--person"),
        (("record", "--decision", "given", "--person", "ödlund"), "--purpose"),
        (("record", "--decision", "given", "--person", "ödlund", *PHOTO), "--place: Website"),
        (
            ("record", "--decision", "given", "--person", "ödlund", *PHOTO, "--place", "Tiktok"),
            "not asked about this: Tiktok",
        ),
        (("prove", "--person", "ödlund", *PHOTO), "never asked"),
        (("list", "--purpose", "tattoos"), "newsletter"),
        (("list", "--person", "nobody at all"), "Nobody is found by “nobody at all”"),
        (("list", "--person", "070"), "people are found"),
        (("list", "--person", "a" * 26), "not in the register"),
    ],
)
def test_what_cannot_be_is_said_on_standard_error(gdprdesk, cafe, her, typed, says) -> None:
    before = gdprdesk("consents", cafe, *her, "--json").value
    said = gdprdesk("consents", cafe, *typed)
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert gdprdesk("consents", cafe, *her, "--json").value == before
