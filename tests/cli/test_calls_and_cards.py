"""Calls, messages and gift cards, typed."""

from __future__ import annotations


def test_a_call_is_written_down_and_made_an_order(gdprdesk, cafe) -> None:
    said = gdprdesk(
        "calls", cafe, "add", "--number", "0470-999 88", "--summary", "Tårta för tio",
        "--channel", "sms", "--called-at", "09:30", "--json",
    )  # fmt: skip
    assert said.code == 0
    ref = said.value["ref"]
    [row] = gdprdesk("calls", cafe, "--search", "99988", "--json").value["rows"]
    assert (row["number"], row["at"], row["channel"]) == ("0470-999 88", "09:30:00", "sms")
    assert "Tårta för tio" in gdprdesk("calls", cafe, "list", "--search", "99988").out
    made = gdprdesk("calls", cafe, "order", "--ref", ref)
    assert "an enquiry as yet" in made.out
    again = gdprdesk("calls", cafe, "order", "--ref", ref)
    assert (again.code, again.out) == (1, "")
    assert "order already" in again.err
    assert "--ref" in gdprdesk("calls", cafe, "order").err


def test_a_gift_card_is_sold_used_and_stopped(gdprdesk, cafe) -> None:
    before = gdprdesk("gift-cards", cafe, "--json").value["outstanding"]
    sold = gdprdesk("gift-cards", cafe, "sell", "--amount", "500,50", "--number", "PK 9", "--json")
    assert sold.value["number"] == "PK9"
    used = gdprdesk("gift-cards", cafe, "use", "--number", "pk9", "--amount", "200", "--json")
    assert used.value == {"left": "300.50"}
    refused = gdprdesk("gift-cards", cafe, "use", "--number", "PK9", "--amount", "301")
    assert (refused.code, refused.out) == (1, "")
    assert "300.50" in refused.err
    after = gdprdesk("gift-cards", cafe, "--json").value["outstanding"]
    assert after["cards"] == before["cards"] + 1
    assert "PK9" in gdprdesk("gift-cards", cafe, "--search", "K9").out
    assert (
        "is stopped"
        in gdprdesk("gift-cards", cafe, "stop", "--number", "PK9", "--reason", "lost").out
    )
    assert gdprdesk("gift-cards", cafe, "--json").value["outstanding"] == before
    assert "PK9" in gdprdesk("gift-cards", cafe, "--all").out
    assert gdprdesk("gift-cards", cafe, "sell", "--amount", "much").code == 2
    assert "--amount" in gdprdesk("gift-cards", cafe, "sell").err
