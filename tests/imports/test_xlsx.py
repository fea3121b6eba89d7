"""Workbooks, from the file to the grid."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time

import openpyxl
import pytest

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.imports import FileFormat, read_grid
from tests.imports.builders import (
    DATA,
    HEADER,
    csv_bytes,
    customers,
    pack,
    save_by_libreoffice,
    save_by_openpyxl,
    with_empty_lines,
    workbook_parts,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "list.xlsx"


def filled(grid):
    return [row for row in grid.rows if any(row)]


def test_two_thousand_customers_by_openpyxl_come_in_whole(path) -> None:
    expected = customers(2_000)
    grid = read_grid(save_by_openpyxl(path, [HEADER, *with_empty_lines(expected)]))
    assert grid.header == HEADER
    assert filled(grid) == expected
    assert (grid.file_format, grid.sheet, grid.encoding) == (FileFormat.XLSX, "Sheet", "")


def test_empty_lines_count_so_that_row_numbers_are_those_on_the_screen(path) -> None:
    save_by_openpyxl(
        path, [("Kundlista",), (), ("Namn", "Ort"), ("Åsa", "Lund"), (), ("Bo", "Umeå")]
    )
    grid = read_grid(path)
    assert grid.first_row_number == 4
    assert grid.rows == (("Åsa", "Lund"), ("", ""), ("Bo", "Umeå"))


def test_a_list_saved_by_libreoffice_comes_in_whole() -> None:
    grid = read_grid(DATA / "libreoffice.xlsx")
    assert grid.header == HEADER
    assert filled(grid) == customers(24)
    assert len(grid.rows) == 26
    assert grid.number_columns == ()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_two_thousand_customers_saved_by_libreoffice_now_come_in_whole(tmp_path) -> None:
    expected = customers(2_000)
    source = tmp_path / "list.csv"
    source.write_bytes(csv_bytes([HEADER, *with_empty_lines(expected)], encoding="utf-8"))
    assert filled(read_grid(save_by_libreoffice(source, tmp_path))) == expected


def test_values_become_the_text_that_a_person_means(path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Namn", "Värde", "Mer"])
    for value, number_format in (
        (date(2026, 11, 22), "yyyy-mm-dd"),
        (datetime(2026, 11, 22, 14, 30), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
        (time(9, 5), "hh:mm"),
        (701234567, "General"),
        (123.0, "General"),
        (0.1 + 0.2, "General"),
        (0.25, "0%"),
        (150, "00000"),
        (701234567, r"000\-000\ 00\ 00"),
        (True, "General"),
        ("=1+1", "General"),
    ):
        sheet.append(["Åsa", value])
        sheet.cell(sheet.max_row, 2).number_format = number_format
    workbook.save(path)
    assert [row[1] for row in read_grid(path).rows] == [
        "2026-11-22",
        "2026-11-22 14:30",
        "09:05",
        "701234567",
        "123",
        "0.3",
        "25%",
        "00150",
        "0701234567",
        "TRUE",
        "",
    ]


def test_a_column_of_numbers_and_a_broken_formula_are_told(path) -> None:
    rows = [("Namn", "Mobil"), ("Åsa", 701234567), ("Bo", "#REF!"), ("Eva", "070-123")]
    grid = read_grid(save_by_openpyxl(path, rows))
    assert grid.number_columns == (1,)
    assert grid.lost_cells == ("B3",)
    assert grid.rows[1] == ("Bo", "")


def test_hidden_sheets_are_skipped_and_the_others_are_named(path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Gömd"
    workbook.active.sheet_state = "hidden"
    workbook.active.append(["Namn", "Ort"])
    workbook.active.append(["Hemlig", "Lund"])
    workbook.create_sheet("Tom")
    for title, name in (("Kunder", "Åsa"), ("Gamla", "Bo")):
        sheet = workbook.create_sheet(title)
        sheet.append(["Namn", "Ort"])
        sheet.append([name, "Umeå"])
    workbook.save(path)
    grid = read_grid(path)
    assert (grid.sheet, grid.other_sheets) == ("Kunder", ("Tom", "Gamla"))
    assert read_grid(path, sheet="Gamla").rows == (("Bo", "Umeå"),)
    with pytest.raises(UnreadableFileError, match="Tom, Kunder, Gamla"):
        read_grid(path, sheet="Gömd")


def test_a_list_without_a_heading_keeps_its_first_customer(path) -> None:
    rows = [("Åsa Öberg", "asa@example.com"), ("Bo Ek", "bo@example.com")]
    grid = read_grid(save_by_openpyxl(path, rows))
    assert grid.header == ("", "")
    assert grid.rows == tuple(rows)
    assert grid.first_row_number == 1
    assert grid.column_label(1) == "Column B"


def test_the_heading_is_found_below_title_and_date(path) -> None:
    rows = [("Kundlista", "Utskriven 2026-11-22"), (), ("Namn", "E-post"), ("Åsa", "a@example.com")]
    grid = read_grid(save_by_openpyxl(path, rows))
    assert grid.header == ("Namn", "E-post")
    assert grid.first_row_number == 4


def test_a_letter_in_two_parts_is_the_same_letter(path) -> None:
    grid = read_grid(save_by_openpyxl(path, [("Namn", "Ort"), ("A\u030asa", " Lund\u00a0")]))
    assert grid.rows == (("Åsa", "Lund"),)


def test_a_sheet_that_claims_to_be_huge_is_read_for_what_it_holds(path) -> None:
    claim = '<dimension ref="A1:XFD1048576"/>'
    grid = read_grid(pack(path, workbook_parts(dimension=claim)))
    assert grid.rows == (("Åsa", "Lund"),)


@pytest.mark.parametrize("rows", [[], [("Namn", "Ort")], [(), ()]])
def test_a_workbook_without_customers_is_refused(path, rows) -> None:
    with pytest.raises(UnreadableFileError, match="no list in the workbook"):
        read_grid(save_by_openpyxl(path, rows))


def test_the_name_of_the_file_does_not_matter(tmp_path) -> None:
    path = tmp_path / "list.csv"
    shutil.copy(DATA / "libreoffice.xlsx", path)
    assert read_grid(path).file_format is FileFormat.XLSX
