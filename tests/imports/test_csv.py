"""Text files, from the bytes to the grid."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdprdesk.domain.errors import UnreadableFileError
from gdprdesk.imports import FileFormat, read_grid
from gdprdesk.imports.child import parse
from gdprdesk.imports.source import USUAL_LIMITS, Grid
from tests.imports.builders import DATA, HEADER, csv_bytes, customers, with_empty_lines


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv") / "list.csv"


def read(path: Path, content: bytes) -> Grid:
    path.write_bytes(content)
    return parse(path, limits=USUAL_LIMITS)


def test_two_thousand_customers_as_excel_writes_them_come_in_whole(path) -> None:
    expected = customers(2_000)
    path.write_bytes(csv_bytes([HEADER, *with_empty_lines(expected)]))
    grid = read_grid(path)
    assert grid.header == HEADER
    assert [row for row in grid.rows if any(row)] == expected
    assert (grid.file_format, grid.encoding, grid.separator) == (FileFormat.CSV, "cp1252", ";")
    assert not grid.ragged_rows
    assert not grid.lost_cells


def test_empty_lines_count_so_that_row_numbers_are_those_on_the_screen() -> None:
    grid = read_grid(DATA / "excel_windows.csv")
    assert grid.first_row_number == 2
    assert grid.rows[9] == customers(24)[9]
    assert not any(grid.rows[10])
    assert grid.rows[11] == customers(24)[10]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
        ("mac_roman", "mac_roman"),
    ],
)
@pytest.mark.parametrize(
    "names",
    [
        ["Åsa Öberg", "Märta Ström"],
        ["Bjørn Sæther", "Ødegård"],
        ["ÖSTEN SÖDERSTRÖM", "André"],
        ["SÆTHER", "RØD"],
    ],
    ids=["sv", "nb", "SV", "NB"],
)
def test_letters_are_right_whatever_program_wrote_them(path, encoding, found, names) -> None:
    rows = [("Namn", "Ort"), *((name, "Luleå") for name in names)]
    grid = read(path, csv_bytes(rows, encoding=encoding))
    assert [row[0] for row in grid.rows] == names
    assert grid.encoding == found


def test_a_typographic_apostrophe_is_no_norwegian_letter(path) -> None:
    rows = [("Namn", "Ort"), ("Pat O\u2019Brien", "Lund"), ("Anderson\u2019s \u2013 bil", "Ystad")]
    assert read(path, csv_bytes(rows)).rows == tuple(rows[1:])


def test_one_broken_letter_does_not_spoil_a_utf_8_file(path) -> None:
    content = csv_bytes(
        [("Namn", "Ort"), ("Åsa Öberg", "Luleå"), ("B\u0153", "Umeå")], encoding="utf-8"
    )
    grid = read(path, content.replace("\u0153".encode(), b"\xc5"))
    assert grid.rows == (("Åsa Öberg", "Luleå"), ("B\ufffd", "Umeå"))
    assert grid.lost_cells == ("A3",)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_separator_and_line_ends_are_found(path, separator, line_end) -> None:
    lines = [
        separator.join(cells)
        for cells in (("Namn", "Adress", "Ort"), ("Åsa", '"Gatan 1; 2, upp\n|\tc/o Bo"', "Lund"))
    ]
    grid = read(path, line_end.join(lines).encode())
    assert grid.separator == separator
    assert grid.rows == (("Åsa", "Gatan 1; 2, upp\n|\tc/o Bo", "Lund"),)


def test_commas_in_amounts_are_no_separator(path) -> None:
    grid = read(path, b"Namn;Belopp\r\nAnna;1,50\r\nBo;2,75\r\nEva;3,25\r\n")
    assert grid.separator == ";"


def test_the_separator_that_the_first_line_tells_is_obeyed(path) -> None:
    grid = read(path, b"sep=,\r\nNamn,Ort;Land\r\n\xc5sa,Lund;SE\r\n")
    assert grid.header == ("Namn", "Ort;Land")
    assert grid.first_row_number == 2


@pytest.mark.parametrize("line", [b'sep="', b"sep=a", b"sep=", b"sep=\r"])
def test_a_separator_that_cannot_be_one_is_not_obeyed(path, line) -> None:
    grid = read(path, line + b"\r\nNamn;Ort\r\nBo;Lund\r\n")
    assert grid.rows == (("Bo", "Lund"),)


def test_the_mark_that_old_programs_end_a_file_with_is_no_customer(path) -> None:
    assert read(path, b"Namn;Ort\r\nBo;Lund\r\n\x1a").rows == (("Bo", "Lund"),)


def test_a_list_of_nothing_but_addresses_comes_in(path) -> None:
    grid = read(path, b"a@example.com\r\nb@example.com\r\n")
    assert grid.rows == (("a@example.com",), ("b@example.com",))
    assert read(path, b"E-post\r\nb@example.com\r\n").header == ("E-post",)


def test_uneven_rows_are_padded_and_told(path) -> None:
    grid = read(path, b"Namn;Ort\r\nBo;Lund\r\nEva\r\n\r\nOla;Oslo;extra\r\n")
    assert grid.header == ("Namn", "Ort", "")
    assert grid.rows[1:] == (("Eva", "", ""), ("", "", ""), ("Ola", "Oslo", "extra"))
    assert grid.ragged_rows == (3, 5)


def test_marks_that_programs_add_to_keep_a_cell_text_are_taken_away(path) -> None:
    content = b'Namn;Mobil;Kod\r\nBo;"=""0701234567""";\'+46701234567\r\nO\'Brien;\'70;\'\r\n'
    grid = read(path, content)
    assert grid.rows == (("Bo", "0701234567", "+46701234567"), ("O'Brien", "'70", "'"))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'Namn;Ort\nBo;Lund\nEva;"Ume\nOla;Oslo\n', 3),
        (b'Namn;Ort\nBo;"Lund" syd\nOla;Oslo\n', 2),
        (b'sep=;\nNamn;Ort\nBo;"Lund\n', 3),
    ],
)
def test_an_unclosed_quotation_mark_is_refused_with_its_line(path, content, line) -> None:
    with pytest.raises(UnreadableFileError, match=f"in line {line} of the file"):
        read(path, content)


_CELL = st.text("abcåäöÅÄÖæøÆØé 12;,\"\n\t|-@'", max_size=12).map(str.strip)


@settings(deadline=None, max_examples=100)
@given(
    rows=st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=2, max_size=8),
    separator=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8-sig", "utf-8", "utf-16"]),
)
def test_what_was_written_comes_back(path, rows, separator, encoding) -> None:
    marked = [(f"Kund {number}", *row) for number, row in enumerate(rows)]
    told = f"sep={separator}\r\n".encode(encoding)
    header = ("Namn", "E-post", "Ort", "Not")
    content = csv_bytes([header, *marked], separator=separator, encoding=encoding)
    mark_length = {"utf-8-sig": 3, "utf-16": 2}.get(encoding, 0)
    grid = read(path, told + content[mark_length:])
    assert grid.header == header
    assert [row[:1] for row in grid.rows] == [row[:1] for row in marked]
    for row, written in zip(grid.rows, marked, strict=True):
        assert row == tuple(_as_read(cell) for cell in written)


def _as_read(cell: str) -> str:
    """Return a cell without the guard that a spreadsheet needs before a sign."""
    return cell[1:] if cell[:2] in {"'-", "'@", "'\t", "'\n"} else cell
