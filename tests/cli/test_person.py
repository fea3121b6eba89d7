"""A person is named by words that find only her, wherever she can be named by her ref."""

from __future__ import annotations

import pytest

NAME = "Åsa Ödlund-Æbel"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("orders", "add", "--what", "Tårta", "--person"), "who"),
        (("requests", "add", "--kind", "access", "--person"), "name"),
        (("media", "add", "--title", "Tack", "--words", "Så gott", "--person"), "names"),
        (("gift-cards", "sell", "--amount", "250", "--buyer"), "buyer"),
    ],
)
def test_she_is_found_by_her_name(gdprdesk, cafe, command, told) -> None:
    gdprdesk("do", cafe, "subject.register", "--name", NAME)
    name, *typed = command
    before = gdprdesk(name, cafe, "--json").value["total"]
    refused = gdprdesk(name, cafe, *typed, "ödlund fel")
    assert (refused.code, refused.out) == (1, "")
    assert "Nobody is found by “ödlund fel”" in refused.err
    assert gdprdesk(name, cafe, *typed, "ödlund").code == 0
    found = gdprdesk(name, cafe, "--json").value
    assert found["total"] == before + 1
    assert any(row[told] in (NAME, [NAME]) for row in found["rows"])
