r"""Lists of readers as the programs that send newsletters take them in.

CSV is UTF-8 without a mark and with commas: what these programs expect, unlike Excel. A cell that
a spreadsheet would take for a formula gets an apostrophe in front; an address does not, since the
letter would not arrive.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence

from gdprdesk.exports.cells import clean
from gdprdesk.exports.csv_file import FORMULA


def render_mailing(
    heading: Sequence[str],
    rows: Iterable[Sequence[str]],
    suffix: str,
    *,
    addresses: Collection[int] = (),
) -> bytes:
    """Return a list of readers as a file of their kind.

    Args:
        heading: The words above the columns, as the program expects them.
        rows: The cells of each reader.
        suffix: ".csv" or ".xlsx".
        addresses: Columns, counted from 0, that are written as they are.
    """
    safe = [[clean(cell) for cell in row] for row in rows]
    return _workbook(heading, safe) if suffix == ".xlsx" else _text(heading, safe, addresses)


def _text(
    heading: Sequence[str], rows: Iterable[Sequence[str]], addresses: Collection[int]
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow(
            f"'{cell}" if cell.startswith(FORMULA) and place not in addresses else cell
            for place, cell in enumerate(row)
        )
    return text.getvalue().encode()


def _workbook(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415  (heavy, seldom)

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate((heading, *rows)):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heading) - 1, 28)
    book.close()
    return content.getvalue()
