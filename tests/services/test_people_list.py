"""The customer list: what is in it, who is not, and that no text of it comes to life."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.notes import WorkingNote
from gdprdesk.domain.terms import ContactKind, RestrictionGround, SubjectKind
from gdprdesk.exports import CSV, XLSX
from gdprdesk.exports.document import Column, Document, Section, Table
from gdprdesk.services.finding import activity_for, find_subject
from gdprdesk.services.notes import add_note
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.people_files import ListFormat, export_people
from gdprdesk.services.reports.people import people_report
from gdprdesk.services.restriction import restrict_person
from gdprdesk.services.subjects import add_contact
from gdprdesk.store.unit_of_work import UnitOfWork
from tests.builders import NOON, TODAY, person


def _rows(file: Path) -> list[dict[str, object]]:
    """Return the rows of the workbook by the heading above each cell."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(values) if row[0] == "Namn")
    names = [str(one) for one in values[head] if one]
    below = (row for row in values[head + 1 :] if row[1])  # the foot is one cell wide
    return [dict(zip(names, row, strict=False)) for row in below]


def _karin(desk: Desk) -> SubjectRef:
    ref = person(desk, "Karin Holm", email="karin@example.se", phone="0701740645")
    desk.run(add_contact, subject_ref=ref, kind=ContactKind.PHONE, value="08-123 456 78")
    desk.run(add_contact, subject_ref=ref, kind=ContactKind.ADDRESS, value="Storgatan 1, Växjö")
    return ref


def _write_long_note(desk: Desk, ref: SubjectRef, text: str) -> None:
    """Write a note as a list that is taken in can hold it: no form takes one so long."""
    with UnitOfWork(desk._vault, lambda: NOON) as work:
        note = WorkingNote(
            subject_id=find_subject(work.session, ref).id,
            activity_id=activity_for(work.session, WorkingNote).id,
            recorded_on=TODAY,
            text=text,
        )
        work.session.add(note)
        work.commit("note.add")


def test_each_address_and_number_has_a_column(desk: Desk, tmp_path: Path) -> None:
    _karin(desk)
    person(desk, "Åsa Ek", kind=SubjectKind.SUPPLIER)
    receipt = desk.run(export_people, to=tmp_path / "list.xlsx")
    rows = _rows(receipt.path)
    assert receipt.rows == 2
    assert rows[0]["Namn"] == "Karin Holm"
    assert rows[0]["E-post"] == "karin@example.se"
    assert rows[0]["Telefon"] == "070-174 06 45"
    assert rows[0]["Telefon 2"] == "08-123 456 78"
    assert rows[0]["Adress"] == "Storgatan 1, Växjö"
    assert rows[1]["Namn"] == "Åsa Ek"
    assert rows[1]["Telefon"] is None


def test_the_list_is_of_those_looked_for(desk: Desk, tmp_path: Path) -> None:
    _karin(desk)
    person(desk, "Åsa Ek", kind=SubjectKind.SUPPLIER)
    by_word = desk.ask(people_report, search="kar")
    by_kind = desk.ask(people_report, kind=SubjectKind.SUPPLIER)
    assert [row[0] for row in _table(by_word).rows] == ["Karin Holm"]
    assert [row[0] for row in _table(by_kind).rows] == ["Åsa Ek"]


def test_who_is_only_stored_is_counted_but_not_named(desk: Desk, tmp_path: Path) -> None:
    _karin(desk)
    other = person(desk, "Berit Alm")
    desk.run(
        restrict_person, subject_ref=other, ground=RestrictionGround.ACCURACY, why="Fel adress"
    )
    report = desk.ask(people_report, language_code="en")
    assert [row[0] for row in _table(report).rows] == ["Karin Holm"]
    assert "1 person" in report.subtitle
    assert "1 more is left out" in report.subtitle


def test_who_gets_no_advertising_is_marked(desk: Desk) -> None:
    ref = _karin(desk)
    desk.run(object_to_marketing, subject_ref=ref)
    table = _table(desk.ask(people_report, language_code="en"))
    at = [column.title for column in table.columns].index("No advertising since")
    assert table.rows[0][at] == TODAY


def test_notes_go_along_only_if_asked_for_and_nothing_of_them_is_cut(
    desk: Desk, tmp_path: Path
) -> None:
    ref = _karin(desk)
    long = "Ring före åtta. 🎂" * 2500  # 40,000 characters, more than a cell of Excel holds
    desk.run(add_note, subject_ref=ref, text="=1+1")
    _write_long_note(desk, ref, long)
    bare = desk.run(export_people, to=tmp_path / "bare.csv", format=ListFormat.CSV)
    assert "Ring" not in bare.path.read_text("utf-8-sig")
    full = desk.run(export_people, to=tmp_path / "full.xlsx", notes=True)
    (row,) = _rows(full.path)
    written = [str(text) for name, text in row.items() if name.startswith("Anteckning") and text]
    assert written[0] == "=1+1"
    assert "".join(written[1:]) == long


def test_json_holds_the_same_people(desk: Desk, tmp_path: Path) -> None:
    _karin(desk)
    receipt = desk.run(export_people, to=tmp_path / "list.json", format=ListFormat.JSON)
    (section,) = json.loads(receipt.path.read_bytes())["sections"]
    (row,) = section["content"][0]["rows"]
    assert (row["Namn"], row["Telefon 2"]) == ("Karin Holm", "08-123 456 78")


def test_a_number_that_is_a_text_stays_one_in_a_text_table() -> None:
    rows = list(csv.reader(io.StringIO(_csv("0701740645", "12", "007", "1" * 12)), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["'0701740645", "12", "'007", "'" + "1" * 12]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(), max_size=60).filter(str.strip))
def test_no_text_of_a_list_becomes_a_formula(text: str) -> None:
    """Neither in the workbook nor in the text table, whatever it begins with."""
    book = openpyxl.load_workbook(io.BytesIO(XLSX.render(_document(text))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    first = list(csv.reader(io.StringIO(_csv(text), newline=""), delimiter=";"))[1][0]
    assert not first.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_text_that_no_cell_holds_is_refused_not_cut() -> None:
    with pytest.raises(DomainError, match="Save the list as CSV"):
        XLSX.render(_document("x" * 40_000))


def _document(*texts: str) -> Document:
    table = Table([Column("Namn")], [[one] for one in texts], records=True)
    return Document("List", "", "en", [Section("", [table])], NOON)


def _csv(*texts: str) -> str:
    return CSV.render(_document(*texts)).decode("utf-8-sig")


def _table(document: Document) -> Table:
    table = document.sections[0].blocks[0]
    assert isinstance(table, Table)
    return table
