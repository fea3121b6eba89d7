"""Figures that are drawn: on paper as shapes, in a workbook as charts bound to their cells."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprdesk.exports import CSV, DOCX, HTML, JSON_TABLE, MARKDOWN, PDF, XLSX
from gdprdesk.exports.chart_colours import COLOURS
from gdprdesk.exports.charts import draw, scale
from gdprdesk.exports.document import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Document,
    Kind,
    Section,
    Table,
)
from gdprdesk.exports.pages import Area
from gdprdesk.exports.typeset import load_fonts
from tests.texts import read_pdf

WIDTH = 493.0
ROWS: list[list[Cell]] = [["Jan", 4, 2], ["Feb", 10, 0], ["Mar", 0, 6]]


def table(kind: ChartKind, rows: list[list[Cell]] = ROWS, of: Kind = Kind.NUMBER) -> Table:
    columns = [Column("Month"), Column("Paid", of), Column("Not paid", of)]
    return Table(columns, rows, name="Sold", chart=Chart(kind, (1, 2)))


def document(*tables: Table) -> Document:
    return Document(
        title="The year",
        subtitle="Kafé Lind",
        language="en",
        sections=[Section(one.name, (one,)) for one in tables],
        made_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
    )


def bars(kind: ChartKind, rows: list[list[Cell]] = ROWS) -> list[Area]:
    load_fonts()
    made = table(kind, rows)
    assert made.chart
    strip = draw(made, made.chart, WIDTH, "SEK")
    for area in strip.areas:
        assert area.x >= -0.01
        assert area.x + area.width <= WIDTH + 0.5
        assert area.down >= -0.3
        assert area.down + area.height <= strip.height + 0.01
    legend = 7.0  # the squares of the legend
    own = [one for one in strip.areas if one.colour in COLOURS]
    return [one for one in own if (one.width, one.height) != (legend, legend)]


def test_bars_are_as_high_as_their_figures_from_nothing() -> None:
    drawn = bars(ChartKind.BARS)
    heights = [round(one.height, 3) for one in drawn]
    assert [one.colour for one in drawn] == [COLOURS[0], COLOURS[1], COLOURS[0], COLOURS[1]]
    four, two, ten, six = heights  # a figure of nothing has no bar
    assert four == pytest.approx(2 * two)
    assert ten == pytest.approx(2.5 * four)
    assert six == pytest.approx(3 * two)
    assert len({round(one.down + one.height, 3) for one in drawn}) == 1  # all stand on the line


def test_what_is_stacked_stands_on_each_other() -> None:
    lower, upper, *_rest = bars(ChartKind.STACKED)
    assert lower.x == upper.x
    assert upper.down + upper.height == pytest.approx(lower.down)
    assert lower.height == pytest.approx(2 * upper.height)


def test_what_lies_goes_on_where_the_part_before_ends() -> None:
    first, second, *_rest = bars(ChartKind.ROWS)
    assert first.down == second.down
    assert second.x == pytest.approx(first.x + first.width)
    assert first.width == pytest.approx(2 * second.width)


@pytest.mark.parametrize("kind", ChartKind)
def test_paper_has_shapes_and_no_picture(kind: ChartKind) -> None:
    pdf = PDF.render(document(table(kind)))
    with pypdfium2.PdfDocument(pdf) as opened:
        kinds = {one.type for one in opened[0].get_objects()}
    assert pdfium.FPDF_PAGEOBJ_PATH in kinds
    assert pdfium.FPDF_PAGEOBJ_IMAGE not in kinds
    said = read_pdf(pdf)
    for word in ("Paid", "Not paid", "Jan", "10"):
        assert word in said


def test_amounts_are_said_as_people_write_them() -> None:
    rows: list[list[Cell]] = [["Jan", Decimal("12345.60"), Decimal(0)]]
    said = read_pdf(PDF.render(document(table(ChartKind.STACKED, rows, Kind.MONEY))))
    assert "12,346" in said  # above the bar
    assert "12,345.60" in said  # in the table


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize(
    "rows",
    [
        [["Jan", 0, 0]],
        [["A name that is far too long for the place that it has under its bar " * 3, 1, 1]],
        [["\x00<b>&", None, "?"]],
        [[f"Row {number}", 10**9, 3] for number in range(60)],
    ],
)
def test_nothing_leaves_the_paper(kind: ChartKind, rows: list[list[Cell]]) -> None:
    bars(kind, rows)
    assert PDF.render(document(table(kind, rows)))


@given(st.floats(0, 1e12))
def test_a_scale_is_round_and_holds_the_highest(highest: float) -> None:
    top, step = scale(highest)
    assert top >= highest * 0.999_999
    assert 1 <= round(top / step) <= 6
    assert f"{step:.0e}"[0] in "125"


@pytest.mark.parametrize(
    ("kind", "called", "grouping"),
    [
        (ChartKind.BARS, "col", "clustered"),
        (ChartKind.STACKED, "col", "stacked"),
        (ChartKind.ROWS, "bar", "stacked"),
    ],
)
def test_a_workbook_draws_its_own_cells(kind: ChartKind, called: str, grouping: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(XLSX.render(document(table(kind)))))
    (sheet,) = book.worksheets
    (chart,) = sheet._charts
    assert (chart.type, chart.grouping) == (called, grouping)
    head = next(cell.row for cell in sheet["A"] if cell.value == "Month")
    first, last = head + 1, head + 3
    assert [one.val.numRef.f for one in chart.series] == [
        f"Sold!$B${first}:$B${last}",
        f"Sold!$C${first}:$C${last}",
    ]
    assert {one.cat.strRef.f for one in chart.series} == {f"Sold!$A${first}:$A${last}"}
    assert chart.y_axis.scaling.min == 0


def test_a_table_that_is_not_drawn_has_no_chart() -> None:
    plain = Table([Column("Month"), Column("Paid", Kind.NUMBER)], [["Jan", 1]], name="Sold")
    book = openpyxl.load_workbook(io.BytesIO(XLSX.render(document(plain))))
    assert book.worksheets[0]._charts == []
    empty = table(ChartKind.BARS, [])
    book = openpyxl.load_workbook(io.BytesIO(XLSX.render(document(empty))))
    assert book.worksheets[0]._charts == []
    assert "nothing to list" in read_pdf(PDF.render(document(empty)))


def test_other_formats_have_the_table_alone() -> None:
    drawn = document(table(ChartKind.BARS))
    for one in (CSV, JSON_TABLE, HTML, MARKDOWN):
        said = one.render(drawn).decode()
        for word in ("Month", "Jan", "10"):
            assert word in said
    assert DOCX.render(drawn)
