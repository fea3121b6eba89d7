"""A register that was kept elsewhere, typed in as one command; snapshots and the yearly check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.builders import csv_bytes, save_by_openpyxl
from tests.texts import read_pdf

ROWS = (
    ("Registerförteckning",),
    ("Behandling", "Ändamål", "Rättslig grund", "Gallringstid", "Mottagare", "Ärendenummer"),
    ("Kurser", "Hålla kurser", "Avtal", "24 månader efter senaste kontakt", "Kursplats AB", "17"),
    ("Specialkost och allergier", "Annat", "Samtycke", "så länge det behövs", "", ""),
    ("Personal", "", "", "", "", ""),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small register as a workbook."""
    return save_by_openpyxl(tmp_path / "forteckning.xlsx", ROWS)


def names(gdprdesk, cafe) -> list[str]:
    return [row["name"] for row in gdprdesk("activities", cafe, "--json").value["rows"]]


def test_a_look_first_tells_what_every_column_is_and_saves_nothing(gdprdesk, cafe, source) -> None:
    before = names(gdprdesk, cafe)
    answer = gdprdesk("import-register", cafe, source, "--dry-run", "--json").value
    assert (answer["saved"], answer["added"], answer["wrong"]) == (False, 0, 1)
    assert [one["field"] for one in answer["columns"]] == [
        "name",
        "purpose",
        "legal_basis",
        "period",
        "recipients",
        "ignore",
    ]
    states = [(row["row"], row["state"], row["name"]) for row in answer["rows"]]
    assert states == [
        (3, "new", "Kurser"),
        (4, "exists", "Specialkost och allergier"),
        (5, "wrong", "Personal"),
    ]
    assert answer["rows"][0]["left"] == [{"column": "Ärendenummer", "text": "17"}]
    assert answer["new_recipients"] == ["Kursplats AB"]
    assert names(gdprdesk, cafe) == before


def test_it_is_saved_and_known_rows_stay_unless_told_otherwise(gdprdesk, cafe, source) -> None:
    before = names(gdprdesk, cafe)
    answer = gdprdesk("import-register", cafe, source, "--json").value
    assert [answer[one] for one in ("added", "updated", "skipped", "wrong")] == [1, 0, 1, 1]
    assert names(gdprdesk, cafe) == [*before, "Kurser"]
    answer = gdprdesk("import-register", cafe, source, "--known", "update", "--json").value
    assert [answer[one] for one in ("added", "updated", "skipped")] == [0, 2, 0]


def test_people_read_what_is_to_be_looked_at(gdprdesk, cafe, source) -> None:
    said = gdprdesk("import-register", cafe, source, "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert "1 new, 1 here already, 1 wrong." in said.out
    assert "Kursplats AB" in said.out
    assert "nothing but a name" in said.out
    assert "Nothing is saved" in said.out
    assert "1 added, 0 filled in, 1 left" in gdprdesk("import-register", cafe, source).out


def test_foreign_columns_are_mapped_by_hand(gdprdesk, cafe, tmp_path) -> None:
    path = tmp_path / "suomi.csv"
    path.write_bytes(csv_bytes([("Nimi", "Tarkoitus"), ("Palkat", "Maksaa palkat")]))
    said = gdprdesk("import-register", cafe, path)
    assert (said.code, said.out) == (1, "")
    assert "Nimi, Tarkoitus" in said.err
    mapped = gdprdesk(
        *("import-register", cafe, path, "--mapping", "Nimi=name,B=purpose", "--json")
    ).value
    assert mapped["added"] == 1
    assert gdprdesk("import-register", cafe, path, "--mapping", "Nimi=shoe").code == 1
    assert gdprdesk("import-register", cafe, tmp_path / "gone.xlsx").code == 1


def test_snapshots_and_their_difference_are_saved(gdprdesk, cafe) -> None:
    ref = gdprdesk("do", cafe, "snapshot.take", "--name", "Före", "--json").value
    gdprdesk("do", cafe, "organisation.update", "--contact", "Siv Lind")
    assert gdprdesk("export", cafe, "snapshot", "--ref", ref, "--to", "a.xlsx").code == 0
    said = gdprdesk(
        *("export", cafe, "difference", "--older", ref, "--to", "b.pdf", "--language", "en")
    )
    assert said.code == 0
    assert "Siv Lind" in read_pdf(Path("b.pdf"))
    assert gdprdesk("export", cafe, "difference", "--older", ref, "--to", "b.docx").code == 0


def test_the_yearly_check_and_the_letter_are_saved(gdprdesk, cafe, somebody) -> None:
    command = ("export", cafe, "year", "--language", "en", "--to", "year.pdf")
    assert gdprdesk(*command, "--json").value["format"] == "pdf"
    assert "Yearly check of data protection 2026" in read_pdf(Path("year.pdf"))
    assert gdprdesk(*command, "--force", "--year", 2016).code == 1
    added = ("do", cafe, "source.add", "--subject-ref", somebody, "--source", "UC", "--json")
    ref = gdprdesk(*added).value
    assert gdprdesk("export", cafe, "source-letter", "--ref", ref, "--to", "l.docx").code == 0
    assert gdprdesk("do", cafe, "source.told", "--ref", ref, "--how", "email").code == 0
    assert gdprdesk("do", cafe, "source.list", "--json").value["rows"] == []
