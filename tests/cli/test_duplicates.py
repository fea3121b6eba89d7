"""People who stand in the register twice, on the command line."""

from __future__ import annotations


def test_two_are_listed_looked_at_and_made_one(gdprdesk, cafe) -> None:
    refs = [
        gdprdesk(
            *("do", cafe, "subject.register", "--name", name, "--phone", "070-174 06 99", "--json")
        ).value
        for name in ("Maj Qvarnström", "Maj Kvarnström")
    ]
    one, other = (found if isinstance(found, str) else found["value"] for found in refs)
    rows = gdprdesk("duplicates", cafe, "--json").value["rows"]
    (row,) = [found for found in rows if {found["one_ref"], found["other_ref"]} == {one, other}]
    assert row["likeness"] == "likely"
    assert "Maj Kvarnström" in gdprdesk("duplicates", cafe).out
    seen = gdprdesk("duplicates", cafe, "--merge", one, other, "--preview")
    assert "Goes over to Maj Qvarnström" in seen.out
    assert len(gdprdesk("duplicates", cafe, "--json").value["rows"]) == len(rows)
    assert "They are one person now." in gdprdesk("duplicates", cafe, "--merge", one, other).out
    assert len(gdprdesk("duplicates", cafe, "--json").value["rows"]) == len(rows) - 1
    assert gdprdesk("person", cafe, other).code == 1


def test_two_are_told_apart(gdprdesk, cafe, somebody) -> None:
    again = gdprdesk("duplicates", cafe, "--apart", somebody, somebody)
    assert (again.code, again.out) == (1, "")
    assert "one and the same person" in again.err
