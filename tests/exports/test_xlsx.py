import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports import XLSX, sheet_rules, xlsx
from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import (
    Cell,
    Column,
    Document,
    Fields,
    Kind,
    Paragraph,
    Section,
    Table,
)
from tests.exports.samples import (
    HOSTILE,
    MADE,
    activities,
    document,
    everything,
    notice,
    sales,
    texts,
)


def _open(report: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(XLSX.render(report)))


def _only_sheet(report: Document):
    book = _open(report)
    assert len(book.sheetnames) == 1
    return book[book.sheetnames[0]]


def _row_of(sheet, text: str):
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_one_table_is_one_sheet_with_its_title_above():
    sheet = _only_sheet(document(Paragraph("A note"), sales(2), Fields([("Who", "Maria")])))
    assert sheet.title == "First part"
    assert sheet["A1"].value == "Report of Åsa & Sons"
    assert sheet["A2"].value == "Kafé Lind AB, 556000-0000"
    head = _row_of(sheet, "Paid on")
    assert [cell.value for cell in sheet[head]][:4] == [
        "Paid on",
        "Sold *",
        "Gross (SEK)",
        "Pieces",
    ]
    assert _row_of(sheet, "A note") > _row_of(sheet, "Sum") > head
    assert sheet.cell(_row_of(sheet, "Who"), 2).value == "Maria"
    assert _row_of(sheet, "Anchor 4f2a 91bc") == sheet.max_row


def test_days_amounts_and_numbers_are_real():
    sheet = _only_sheet(document(sales(2), language="sv"))
    head = _row_of(sheet, "Paid on")
    day, _text, gross, pieces = sheet[head + 2][:4]
    assert day.value == datetime(2026, 1, 2)  # noqa: DTZ001 - Excel knows no zones
    assert day.number_format == "yyyy-mm-dd"
    assert gross.value == 1241.5
    assert gross.number_format == "#,##0.00"
    assert pieces.value == 1
    total = sheet.cell(head + 3, 3)
    assert total.value == 2482
    assert total.font.bold


def test_days_are_written_as_in_the_country():
    formats = {}
    for language in ("sv", "nb", "en"):
        sheet = _only_sheet(document(sales(1), language=language))
        formats[language] = sheet.cell(_row_of(sheet, "Paid on") + 1, 1).number_format
    assert formats == {"sv": "yyyy-mm-dd", "nb": "dd.mm.yyyy", "en": "d mmm yyyy"}


def test_the_sheet_is_ready_to_read_and_print():
    sheet = _only_sheet(document(sales(30)))
    head = _row_of(sheet, "Paid on")
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:D{head + 30}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in {None, 1}
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.oddFooter.right.text.strip() == "Page &P of &N"
    assert sheet.oddFooter.left.text.strip().startswith("* The law asks for this. · Made")
    assert sheet.oddHeader.left.text.strip() == "Report of Åsa && Sons"
    assert 30 < sheet.column_dimensions["B"].width <= 49


def test_what_the_law_asks_for_is_marked_and_explained():
    sheet = _only_sheet(document(activities()))
    head = _row_of(sheet, "Activity *")
    assert sheet.cell(head, 2).value == "Purpose *"
    assert sheet.cell(head, 3).value == "Outside"
    assert sheet.cell(head, 1).font.color.rgb != sheet.cell(head, 3).font.color.rgb
    assert _row_of(sheet, "* The law asks for this.") < head


def test_several_tables_are_several_sheets_after_one_for_the_words():
    book = _open(everything())
    assert book.sheetnames == ["Everything", "Sales", "Sales (2)"]
    first = book["Everything"]
    assert first.cell(_row_of(first, "Label"), 2).value == "Says this"
    assert _row_of(first, "Read me") > _row_of(first, "Words")
    assert [book["Sales (2)"].cell(row, 1).value for row in (1, 2, 3)] == [
        "Everything",
        "Kafé Lind AB",
        "Sales",
    ]


def test_a_document_without_a_table_is_one_sheet():
    sheet = _only_sheet(document(Paragraph("Only words")))
    assert _row_of(sheet, "Only words")


def test_an_empty_table_says_so():
    sheet = _only_sheet(document(texts()))
    assert _row_of(sheet, "There is nothing to list here.") == _row_of(sheet, "Text") + 1


def test_a_text_is_never_anything_else():
    content = XLSX.render(document(texts(*HOSTILE), Fields([(text, text) for text in HOSTILE])))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = {name: parts.read(name) for name in parts.namelist()}
    sheets = b"".join(part for name, part in xml.items() if "worksheets" in name)
    assert b"<f" not in sheets
    assert b't="e"' not in sheets
    assert b"hyperlink" not in sheets.lower()
    assert not any("externalLink" in name for name in xml)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head = _row_of(sheet, "Text")
    written = [sheet.cell(head + 1 + index, 1) for index in range(len(HOSTILE))]
    for cell, text in zip(written, HOSTILE, strict=True):
        assert cell.data_type == "s"
        assert cell.value == clean(text)
        assert cell.quotePrefix


def test_a_number_that_excel_would_change_is_a_text():
    numbers: list[Cell] = [Decimal(1234567890123456), Decimal("NaN"), Decimal("1E+400"), 10**20]
    table = Table([Column("N", Kind.NUMBER)], [[number] for number in numbers])
    sheet = _only_sheet(document(table))
    head = _row_of(sheet, "N")
    assert [sheet.cell(head + 1 + i, 1).data_type for i in range(4)] == ["s"] * 4
    assert sheet.cell(head + 1, 1).value == "1234567890123456"


def test_a_day_before_excel_is_a_text():
    table = Table([Column("D", Kind.DAY)], [[date(1871, 5, 1)], [date(1900, 1, 1)]])
    sheet = _only_sheet(document(table))
    head = _row_of(sheet, "D")
    assert sheet.cell(head + 1, 1).value == "1871-05-01"
    assert sheet.cell(head + 2, 1).is_date


def test_a_moment_is_by_the_clock_on_the_wall():
    elsewhere = MADE.astimezone(timezone(timedelta(hours=7)))
    sheet = _only_sheet(document(Table([Column("M", Kind.MOMENT)], [[elsewhere]])))
    cell = sheet.cell(_row_of(sheet, "M") + 1, 1)
    assert cell.value == MADE.astimezone().replace(tzinfo=None)
    assert cell.number_format == "d mmm yyyy hh:mm"


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_too_long_for_a_cell_goes_on_below(letter: str):
    long = letter * 40_000
    table = Table([Column("Name"), Column("Note")], [("Åsa", long), ("Bo", "short")])
    sheet = _only_sheet(document(table))
    head = _row_of(sheet, "Name")
    last = _row_of(sheet, "Bo")
    notes = [sheet.cell(row, 2).value for row in range(head + 1, last)]
    assert "".join(note.removesuffix(" (continued in the row below)") for note in notes) == long
    assert all(note.endswith("(continued in the row below)") for note in notes[:-1])
    assert all(len(note.encode("utf-16-le")) // 2 <= 32_767 for note in notes)
    names = [sheet.cell(row, 1).value for row in range(head + 1, last)]
    assert names == ["Åsa", *[None] * (len(notes) - 1)]


def test_no_row_is_higher_than_excel_can_show():
    said = " ".join(f"word{index}" for index in range(2_000))
    report = document(Table([Column("Name"), Column("Note")], [("Åsa", said)]), Paragraph(said))
    sheet = _only_sheet(report)
    notes = "".join(
        str(cell.value).removesuffix("(continued in the row below)")
        for row in sheet.iter_rows(min_row=_row_of(sheet, "Name"))
        for cell in row
        if "word" in str(cell.value)
    )
    assert re.findall(r"word\d+", notes) == said.split() * 2
    assert max(sheet.row_dimensions[row].height or 0 for row in range(1, 90)) < 408


def test_names_of_sheets_are_such_as_excel_allows():
    taken: set[str] = set()
    wanted = ["a/b:c*d?e[f]g\\h", "'quoted'", "", "History", "x" * 40, "X" * 40, "😀" * 20]
    names = [sheet_rules.sheet_name(name, taken) for name in wanted]
    assert names[:4] == ["a b c d e f g h", "quoted", "1", "History_"]
    assert names[4] == "x" * 31
    assert names[5] == "X" * 27 + " (2)"
    assert names[6] == "😀" * 15


def test_a_list_longer_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 20)
    XLSX.render(document(sales(5)))
    with pytest.raises(DomainError, match="more rows"):
        XLSX.render(document(sales(30)))


def test_a_head_full_of_commands_is_only_text():
    report = Document(
        "&" * 300, "", "en", [Section("", [texts("x")])], MADE, organisation="&P" * 99
    )
    header = _only_sheet(report).oddHeader
    assert len(header.left.text + header.right.text) < 250
    assert set(header.left.text.strip()) == {"&", "…"}


def test_sub_headings_and_points_stand_on_the_sheet():
    book = _open(notice())
    first = book["How we treat your data"]
    said = [row[0].value for row in first.iter_rows() if row[0].value]
    assert [text for text in said if "•" in text] == ["•  Copy", "•  Erase\nat once", "•  Åsa"]
    why, orders = said.index("Why and how long"), said.index("Orders")
    assert orders == why + 1
    sizes = [first.cell(_row_of(first, text), 1).font.size for text in said[why : orders + 1]]
    assert sizes == [12, 11]


def _wide(count: int) -> Table:
    columns = [Column(f"Processing{index}") for index in range(count)]
    long = "Names, addresses and what they ordered. " * 4
    return Table(columns, [[long] * count] * 3)


def test_what_is_too_wide_to_be_read_is_printed_on_two_pages():
    for count, across in ((16, None), (30, 2)):
        sheet = _only_sheet(document(_wide(count)))
        assert sheet.page_setup.fitToWidth in {across, across or 1}
        assert bool(sheet.print_title_cols) is (across == 2)
        merged = [cells for cells in sheet.merged_cells.ranges if cells.min_row == 1]
        assert sum(_widths(sheet)[: merged[0].max_col]) <= 200


def _widths(sheet) -> list[float]:
    """Return the width of each column; openpyxl names only the first of equal ones."""
    widths = {}
    for dimension in sheet.column_dimensions.values():
        for index in range(dimension.min, dimension.max + 1):
            widths[index] = dimension.width
    return [width for _index, width in sorted(widths.items())]


def test_a_column_with_more_to_say_is_wider():
    little, much = "little said here " * 2, "much more is said here " * 15
    columns = [Column("A"), *[Column(f"Between {index}") for index in range(10)], Column("Z")]
    sheet = _only_sheet(document(Table(columns, [[little, *[little] * 10, much]] * 4)))
    widths = _widths(sheet)
    assert widths[11] > widths[0] * 1.5
    assert sum(widths) < 290


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this computer")
def test_libreoffice_reads_the_same_and_calculates_nothing(tmp_path: Path):
    book = tmp_path / "hostile.xlsx"
    book.write_bytes(XLSX.render(document(texts(*HOSTILE))))
    subprocess.run(  # noqa: S603
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "fods",
            "--outdir",
            str(tmp_path),
            str(book),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    read = (tmp_path / "hostile.fods").read_text("utf-8")
    assert "table:formula" not in read
    assert 'value-type="float"' not in read
    for text in ("0701234567", "1E5", "=1+1", "#REF!", "00123"):
        assert re.search(rf"<text:p>{re.escape(text)}</text:p>", read)
