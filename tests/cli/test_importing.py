"""A customer list on the command line: looked at first, and then all of it or nothing."""

from __future__ import annotations

import pytest

from tests import lists

LIST = """\
Namn;E-post;Telefon;Ort
Åsa Öst;asa@example.se;070-174 06 45;Växjö
Östen Ek;not an address;;
;ingen@example.se;;
Åsa Öst;asa@example.se;;
Bo Ek;;070-174 06 45;
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_bytes(LIST.replace("\n", "\r\n").encode("cp1252"))
    return path


def people(gdprdesk, cafe) -> int:
    return int(gdprdesk("people", cafe, "--json").value["total"])


def test_a_look_saves_nothing_and_explains_every_row(gdprdesk, cafe, source) -> None:
    before = people(gdprdesk, cafe)
    answer = gdprdesk("import", cafe, source, "--dry-run", "--json").value
    assert answer["columns"] == [
        {"column": "Namn", "field": "name"},
        {"column": "E-post", "field": "email"},
        {"column": "Telefon", "field": "phone"},
        {"column": "Ort", "field": "city"},
    ]
    assert (answer["saved"], answer["total"], answer["new"]) == (False, 5, 1)
    assert [(one["row"], one["name"]) for one in answer["wrong"]] == [(3, "Östen Ek"), (4, "")]
    assert all(one["reason"] for one in answer["wrong"])
    assert [(one["row"], one["choice"]) for one in answer["duplicates"]] == [
        (5, "skip"),
        (6, "add"),  # who only shares a number is somebody else
    ]
    assert people(gdprdesk, cafe) == before


def test_the_list_is_saved_and_the_counts_are_told(gdprdesk, cafe, source) -> None:
    before = people(gdprdesk, cafe)
    answer = gdprdesk("import", cafe, source, "--json").value
    told = [answer[one] for one in ("saved", "added", "merged", "skipped")]
    assert told == [True, 2, 0, 1]
    assert people(gdprdesk, cafe) == before + 2
    again = gdprdesk("import", cafe, source, "--json").value
    assert [again[one] for one in ("added", "merged")] == [0, 3]


@pytest.mark.parametrize(("choice", "added"), [("add", 3), ("skip", 1), ("merge", 1)])
def test_what_becomes_of_duplicates_can_be_said(gdprdesk, cafe, source, choice, added) -> None:
    answer = gdprdesk("import", cafe, source, "--duplicates", choice, "--json").value
    assert answer["added"] == added


def test_columns_are_named_by_heading_or_letter(gdprdesk, cafe, source) -> None:
    answer = gdprdesk(
        *("import", cafe, source, "--mapping", "ort=note, C=ignore", "--dry-run", "--json")
    ).value
    assert [one["field"] for one in answer["columns"]] == ["name", "email", "ignore", "note"]
    answer = gdprdesk("import", cafe, source, "--mapping", "Ort=name", "--dry-run", "--json").value
    assert [one["field"] for one in answer["columns"]] == ["ignore", "email", "phone", "name"]


@pytest.mark.parametrize("mapping", ["Shoe size=name", "Namn=shoe size", "Namn", "=name"])
def test_a_column_or_field_that_is_none(gdprdesk, cafe, source, mapping) -> None:
    said = gdprdesk("import", cafe, source, "--mapping", mapping)
    assert (said.code, said.out) == (1, "")
    assert "Namn" in said.err or "email" in said.err


def test_people_read_the_wrong_rows_with_their_numbers(gdprdesk, cafe, source) -> None:
    said = gdprdesk("import", cafe, source, "--dry-run")
    assert said.code == 0
    assert "1 new, 2 perhaps here already, 2 wrong." in said.out
    assert "name@example.com" in said.out  # how to write an address
    assert "Nothing is saved" in said.out
    assert "2 added, 0 completed, 1 skipped." in gdprdesk("import", cafe, source).out


def test_a_file_that_is_no_list(gdprdesk, cafe, tmp_path) -> None:
    for name, content in (("a.xlsx", b"PK\x03\x04"), ("b.csv", b""), ("c.pdf", b"%PDF-1.7\n")):
        path = tmp_path / name
        path.write_bytes(content)
        said = gdprdesk("import", cafe, path, "--json")
        assert (said.code, said.out) == (1, "")
    assert gdprdesk("import", cafe, "missing.csv").code == 1


def test_whoever_stands_on_a_bought_list_is_to_be_told(gdprdesk, cafe, source) -> None:
    gdprdesk("import", cafe, source, "--from", "Adressbyrån", "--json")
    rows = gdprdesk("do", cafe, "source.list", "--json").value["rows"]
    assert [(row["name"], row["source"]) for row in rows] == [
        ("Åsa Öst", "Adressbyrån"),
        ("Bo Ek", "Adressbyrån"),
    ]


@pytest.fixture
def erased(gdprdesk, cafe):
    """Åsa was a customer, and has been erased."""
    known = ("--email", "asa@example.se", "--phone", "070-174 06 45")
    ref = gdprdesk("do", cafe, "subject.register", "--name", "Åsa Öst", *known, "--json").value
    assert gdprdesk("erase", cafe, ref, "--now", "--json").value["state"] == "done"


FILES = {
    "xlsx": lambda place: lists.workbook(place / "a.xlsx", ("Åsa Öst", "ASA@example.se", "")),
    "mailchimp": lambda place: lists.mailchimp(
        place / "a.csv", lists.SUBSCRIBED, {"Email Address": "asa@example.se"}
    ),
    "vcard": lambda place: lists.address_book(place / "a.vcf", ("Åsa", "", "+46 70 174 06 45")),
}


@pytest.mark.usefixtures("erased")
@pytest.mark.parametrize("kind", FILES)
def test_whoever_was_erased_stays_out_and_people_read_why(gdprdesk, cafe, tmp_path, kind) -> None:
    before, source = people(gdprdesk, cafe), FILES[kind](tmp_path)
    answer = gdprdesk("import", cafe, source, "--dry-run", "--json").value
    (row,) = answer["stopped"]
    assert row["reason"] == (
        "Left out: erased at her own request on 21 November 2026. She can still order herself."
    )
    said = gdprdesk("import", cafe, source, "--dry-run")
    assert "Left out on purpose" in said.out
    assert "erased at her own request on" in said.out
    assert gdprdesk("import", cafe, source, "--duplicates", "add", "--json").value["added"] == 0
    assert people(gdprdesk, cafe) == before


@pytest.mark.usefixtures("erased")
def test_the_stop_list_is_asked_left_and_filled_by_name_of_the_action(gdprdesk, cafe) -> None:
    def reasons():
        value = gdprdesk("do", cafe, "stop_list.check", "--value", "asa@example.se", "--json").value
        return [row["reason"] for row in value["found"]]

    assert reasons() == ["erased"]
    assert gdprdesk("do", cafe, "stop_list.remove", "--value", "asa@example.se").code == 0
    assert reasons() == []
    assert gdprdesk("do", cafe, "stop_list.add", "--value", "asa@example.se").code == 0
    assert reasons() == ["unsubscribed"]
    again = gdprdesk("do", cafe, "stop_list.remove", "--value", "bo@example.se")
    assert (again.code, again.out) == (1, "")
    assert "bo@example.se is not on the stop list" in again.err


def test_who_unsubscribed_in_mailchimp_is_told_apart(gdprdesk, cafe, tmp_path) -> None:
    gone = {"Email Address": "asa@example.se", "UNSUB_TIME": "2026-03-03 10:11:12"}
    source = lists.mailchimp(tmp_path / "u.csv", lists.UNSUBSCRIBED, gone)
    said = gdprdesk("import", cafe, source, "--dry-run")
    assert "Want no letters any more" in said.out
    assert "Unsubscribed on 3 March 2026" in said.out
    assert gdprdesk("import", cafe, source, "--json").value["unsubscribed"][0]["row"] == 2
    with_her = lists.workbook(tmp_path / "k.xlsx", ("Åsa Öst", "asa@example.se", ""))
    (row,) = gdprdesk("import", cafe, with_her, "--json").value["to_mind"]
    assert "gets none until she says yes again" in row["reason"]


def test_the_readers_of_a_newsletter_are_saved(gdprdesk, cafe, tmp_path) -> None:
    path = tmp_path / "readers.csv"
    answer = gdprdesk("export", cafe, "newsletter", "--to", path, "--json").value
    assert answer["rows"] == len(path.read_text("utf-8-sig").splitlines()) - 1 > 0
    gone = path.read_text("utf-8-sig").splitlines()[1].split(";")[0]
    gdprdesk("do", cafe, "stop_list.add", "--value", gone)
    fewer = gdprdesk("export", cafe, "newsletter", "--to", path, "--force", "--json").value
    assert fewer["rows"] == answer["rows"] - 1
    assert gdprdesk("export", cafe, "newsletter", "--to", path, "--purpose", "photo").code == 1


def test_a_saved_matching_is_named_and_an_import_is_taken_back(gdprdesk, cafe, source) -> None:
    before = people(gdprdesk, cafe)
    headings = ("Namn", "E-post", "Telefon", "Ort")
    typed = [part for one in headings for part in ("--headings", one)]
    fields = [part for one in ("name", "email", "ignore", "note") for part in ("--fields", one)]
    done = gdprdesk("do", cafe, "import.save_mapping", "--name", "Kassa", *typed, *fields)
    assert done.code == 0, done.err
    answer = gdprdesk("import", cafe, source, "--mapping", "kassa", "--json").value
    assert [one["field"] for one in answer["columns"]] == ["name", "email", "ignore", "note"]
    (listed,) = gdprdesk("do", cafe, "import.batches", "--json").value["rows"]
    assert (listed["ref"], listed["file"]) == (answer["import"], "customers.csv")
    done = gdprdesk("do", cafe, "import.take_back", "--ref", answer["import"], "--json").value
    assert (done["people"], done["stays"]) == (answer["added"], [])
    assert people(gdprdesk, cafe) == before
    said = gdprdesk("import", cafe, source, "--mapping", "till")
    assert (said.code, said.out) == (1, "")


def test_a_bookkeeping_file_tells_who_is_named_and_saves_nothing(gdprdesk, cafe, tmp_path) -> None:
    known = gdprdesk("people", cafe, "--json").value["rows"][0]
    path = tmp_path / "2026.se"
    path.write_bytes(
        f'#FLAGGA 0\r\n#SIETYP 4\r\n#VER A 7 20260105 "Tårta {known["name"]}"\r\n'.encode("cp437")
    )
    for command in ("import", "vouchers"):
        answer = gdprdesk(command, cafe, path, "--json").value
        assert next((one["voucher"], one["name"]) for one in answer["rows"]) == (
            "A 7",
            known["name"],
        )
    assert f"[{known['name']}]" in gdprdesk("vouchers", cafe, path).out
