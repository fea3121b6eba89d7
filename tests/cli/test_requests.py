"""Requests on the command line."""

from __future__ import annotations

import pytest


def test_a_request_is_written_down_listed_shown_and_answered(gdprdesk, cafe, somebody) -> None:
    before = gdprdesk("requests", cafe, "--json").value["total"]
    said = gdprdesk(
        *("requests", cafe, "add", "--kind", "access", "--received", "2026-11-19"),
        *("--channel", "letter", "--person", somebody),
    )
    assert (said.code, said.err) == (0, "")
    assert "Answer by 21 December 2026: 30 days." in said.out
    rows = gdprdesk("requests", cafe, "--open", "--json").value["rows"]
    (row,) = [one for one in rows if one["subject_ref"] == somebody]
    # 19 December 2026 is a Saturday: the law gives until Monday.
    assert (row["target_on"], row["due_on"]) == ("2026-12-19", "2026-12-21")
    assert row["ref"] in gdprdesk("requests", cafe).out
    shown = gdprdesk("requests", cafe, "show", row["ref"])
    assert "Make sure who asks" in shown.out
    for command in (
        ("request.check_identity", "--how", "known_person"),
        ("request.decide", "--decision", "granted"),
        ("request.answer", "--answered-by", "letter"),
    ):
        assert gdprdesk("do", cafe, command[0], "--request-ref", row["ref"], *command[1:]).code == 0
    assert gdprdesk("requests", cafe, "--open", "--json").value["total"] == len(rows) - 1
    assert gdprdesk("requests", cafe, "--json").value["total"] == before + 1
    file = gdprdesk("requests", cafe, "show", row["ref"], "--json").value
    assert [one["what"] for one in file["steps"]] == ["opened", "checked", "decided", "answered"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("add",), "--kind"),
        (("add", "--kind", "access"), "It does not say who asks"),
        (("add", "--kind", "erase", "--asker", "A", "--received", "2027-01-01"), "not come yet"),
        (
            ("add", "--kind", "erase", "--asker", "A", "--by", "lawyer", "--person", "x"),
            "Nobody is found",
        ),
        (("show",), "Say which request"),
        (("show", "nothing"), "not in the register"),
    ],
)
def test_what_cannot_be_is_said_on_standard_error(gdprdesk, cafe, typed, says) -> None:
    said = gdprdesk("requests", cafe, *typed)
    assert (said.code, said.out) == (1, "")
    assert says in said.err


def test_the_same_wish_twice_names_the_first(gdprdesk, cafe) -> None:
    typed = ("requests", cafe, "add", "--kind", "port", "--asker", "Vera Ek")
    assert gdprdesk(*typed).code == 0
    again = gdprdesk(*typed)
    assert again.code == 1
    assert "The same is asked for in request" in again.err
    assert gdprdesk(*typed, "--again").code == 0
