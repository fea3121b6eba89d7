"""Orders on the command line."""

from __future__ import annotations

import pytest


def test_an_order_is_taken_done_paid_and_listed(gdprdesk, cafe) -> None:
    before = gdprdesk("orders", cafe, "--open", "--json").value["total"]
    row = gdprdesk(
        *("orders", cafe, "add", "--what", "Tårta", "--first-name", "Elsa", "--enquiry"),
        *("--line", "Tårta;1;400;6", "--guest", "3 glutenfria;eget fat", "--channel", "sms"),
        *("--day", "2026-11-21", "--at", "10:00", "--until", "11:30", "--json"),
    ).value
    assert (row["state"], row["who"], row["channel"], row["minutes"]) == (
        "enquiry", "Elsa", "sms", 90,
    )  # fmt: skip
    number = row["number"]
    assert gdprdesk("orders", cafe, "--open", "--json").value["total"] == before + 1
    assert gdprdesk("orders", cafe, "done", number).out == f"Order {number}: Completed\n"
    unpaid = gdprdesk("orders", cafe, "--unpaid")
    assert number in unpaid.out
    assert "altogether, the oldest since" in unpaid.out
    paid = gdprdesk("orders", cafe, "paid", number, "--by", "swish")
    assert paid.out == f"Order {number}: Completed, paid 21 Nov 2026 (Swish)\n"
    of_day = gdprdesk("orders", cafe, "--day", "2026-11-21", "--json").value["rows"]
    assert row["ref"] in {one["ref"] for one in of_day}
    assert gdprdesk("orders", cafe, "--limit", "2", "--json").value["rows"][1]


def test_an_order_comes_again_but_on_days_that_are_skipped(gdprdesk, cafe) -> None:
    new = ("orders", cafe, "add", "--what", "Fika", "--day", "2026-12-11", "--json")
    row = gdprdesk(*new).value
    again = ("orders", cafe, "repeat", row["number"], "--every", "week", "--times", "3")
    planned = gdprdesk(*again, "--preview", "--json").value["rows"]
    assert [(one["day"], one["is_holiday"]) for one in planned] == [
        ("2026-12-18", False),
        ("2026-12-25", True),
        ("2027-01-01", True),
    ]
    assert "public holiday" in gdprdesk(*again, "--preview").out
    made = gdprdesk(*again, "--skip", "2026-12-25", "--skip", "2027-01-01")
    assert made.out == "1 order is saved\n"
    cancelled = gdprdesk("orders", cafe, "cancel", row["ref"], "--later", "--json").value
    assert cancelled["state"] == "cancelled"
    of_day = gdprdesk("orders", cafe, "--day", "2026-12-18", "--search", "Fika", "--json").value
    assert [one["state"] for one in of_day["rows"]] == ["cancelled"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("done",), "Say which order"),
        (("done", "999999"), "no order with this number"),
        (("add",), "Write what is ordered"),
        (("add", "--what", "x", "--until", "11:00"), "--at"),
        (("add", "--what", "x", "--at", "12:00", "--until", "11:00"), "end before it begins"),
        (("add", "--what", "x", "--minutes", "1441"), "between 1 minute and 24 hours"),
        (("repeat", "1001"), "--every"),
    ],
)
def test_what_cannot_be_is_said_on_standard_error(gdprdesk, cafe, typed, says) -> None:
    said = gdprdesk("orders", cafe, *typed)
    assert (said.code, said.out) == (1, "")
    assert says in said.err


def test_minutes_below_zero_are_no_number_of_minutes(gdprdesk, cafe) -> None:
    said = gdprdesk("orders", cafe, "add", "--what", "x", "--minutes", "-5")
    assert said.code == 2


def test_nobody_stays_away_from_a_day_that_has_not_come(gdprdesk, cafe) -> None:
    new = ("orders", cafe, "add", "--what", "Fika", "--day", "2026-12-11", "--json")
    number = gdprdesk(*new).value["number"]
    said = gdprdesk("orders", cafe, "no-show", number)
    assert (said.code, said.out) == (1, "")
    assert "a day that has not come" in said.err
