"""The figures of a table as a chart of the workbook, beside the table and bound to its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gdprdesk.exports.chart_colours import COLOURS
from gdprdesk.exports.document import ChartKind, Table

_KINDS: dict[ChartKind, dict[str, str]] = {
    ChartKind.BARS: {"type": "column"},
    ChartKind.STACKED: {"type": "column", "subtype": "stacked"},
    ChartKind.ROWS: {"type": "bar", "subtype": "stacked"},
}
_SIZE = {"width": 620, "height": 340}
_WORDS = {"name": "Inter", "size": 9, "color": "#1D2320", "bold": False}


def add_chart(
    book: Workbook, sheet: Worksheet, table: Table, heads: Sequence[str], head: int
) -> None:
    """Put the drawing of a table at its right; it follows when somebody changes a figure.

    Args:
        book: The workbook.
        sheet: The sheet the table stands on.
        table: The table.
        heads: What stands above its columns.
        head: The row of these, from 0.
    """
    if table.chart is None:
        return
    chart: Any = book.add_chart(_KINDS[table.chart.kind])
    first, last, name = head + 1, head + len(table.rows), sheet.get_name()
    for number, colour in zip(table.chart.columns, COLOURS, strict=False):
        chart.add_series(
            {
                "name": [name, head, number],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, number, last, number],
                "fill": {"color": colour},
                "border": {"none": True},
                "gap": 60,
            }
        )
    is_lying = table.chart.kind is ChartKind.ROWS
    figures = {"min": 0, "num_font": _WORDS, "num_format": "#,##0", "line": {"none": True}}
    figures["major_gridlines"] = {"visible": True, "line": {"color": "#E3DFD6", "width": 0.75}}
    names = {"num_font": _WORDS, "reverse": is_lying, "line": {"color": "#1D2320"}}
    if is_lying:  # the first row is to be the uppermost bar, and the scale to be under the last
        chart.set_y_axis(names)
        chart.set_x_axis({**figures, "label_position": "high"})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(figures)
    only = len(table.chart.columns) == 1
    chart.set_title({"none": True} if not only else {"name": heads[table.chart.columns[0]]})
    chart.set_legend({"none": True} if only else {"position": "top", "font": _WORDS})
    chart.set_size(_SIZE)
    sheet.insert_chart(head, len(table.columns) + 1, chart, {"description": heads[0]})
