import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdprdesk.exports import CSV, JSON_TABLE
from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import Column, Kind, Points, Table
from gdprdesk.exports.json_file import render_value
from tests.exports.samples import HOSTILE, document, everything, notice, sales, texts

ANY_TEXT = st.text(st.characters(), max_size=60)


def _rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_table_opens_right_in_swedish_excel():
    content = CSV.render(document(sales(2), language="sv"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "Paid on;Sold;Gross (SEK);Pieces",
        "2026-01-01;begin0 smörgåstårta med räkor och lax till mottagningen end0;1240,50;0",
        "2026-01-02;begin1 smörgåstårta med räkor och lax till mottagningen end1;1241,50;1",
        "Sum;;2482,00;",
        "",
    ]


def test_amounts_have_a_point_in_english():
    assert _rows(CSV.render(document(sales(1), language="en")))[1][2] == "1240.50"


def test_a_negative_amount_is_a_number_and_a_moment_has_no_zone():
    at = datetime(2026, 11, 21, 9, 24, tzinfo=UTC)
    table = Table([Column("N", Kind.MONEY), Column("M", Kind.MOMENT)], [(Decimal("-12.5"), at)])
    clock = at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    assert _rows(CSV.render(document(table, language="nb")))[1] == ["-12,50", clock]


def test_several_parts_follow_under_their_headings():
    rows = _rows(CSV.render(everything()))
    assert rows[:6] == [
        ["Everything"],
        ["Kafé Lind AB"],
        [],
        ["Words"],
        ["Label", "Says this"],
        ["Read me"],
    ]
    assert rows[-2:] == [["Text"], ["alone"]]


def test_no_text_is_a_formula_for_a_spreadsheet():
    for row in _rows(CSV.render(document(texts(*HOSTILE))))[1:]:
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_a_text_comes_back_from_csv(cells: list[str]):
    table = Table([Column("c")] * len(cells), [cells])
    rows = _rows(CSV.render(document(table)))
    formulas = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
    expected = [clean(cell) for cell in cells]
    expected = [f"'{cell}" if cell.startswith(formulas) else cell for cell in expected]
    assert rows[1] == expected or (expected == [""] and rows[1] == [""])


def test_a_table_is_objects_in_json():
    read = json.loads(JSON_TABLE.render(document(sales(1))))
    assert read["title"] == "Report of Åsa & Sons"
    assert read["currency"] == "SEK"
    (table,) = read["sections"][0]["content"]
    assert table["rows"] == [
        {
            "Paid on": "2026-01-01",
            "Sold": "begin0 smörgåstårta med räkor och lax till mottagningen end0",
            "Gross": "1240.50",
            "Pieces": 0,
        }
    ]
    assert table["total"]["Gross"] == "1240.50"


def test_columns_of_one_name_are_kept_apart_in_json():
    table = Table([Column("a"), Column("a"), Column("a (2)")], [("1", "2", "3")])
    rows = json.loads(JSON_TABLE.render(document(table)))["sections"][0]["content"][0]["rows"]
    assert rows == [{"a": "1", "a (2)": "2", "a (2) (2)": "3"}]


def test_every_block_is_in_json():
    words, parts = json.loads(JSON_TABLE.render(everything()))["sections"]
    assert words["content"] == [
        {"fields": [{"label": "Label", "text": "Says this"}]},
        {"text": "Read me"},
    ]
    assert len(parts["content"]) == 2


def test_points_are_lines_in_csv_and_lists_in_json():
    assert ["Erase\nat once"] in _rows(CSV.render(notice()))
    sections = json.loads(JSON_TABLE.render(notice()))["sections"]
    assert sections[0]["content"][1] == {"points": ["Copy", "Erase\nat once"]}
    assert [one["level"] for one in sections] == [1, 1, 2, 2, 1, 1]


def test_a_point_is_no_formula():
    assert _rows(CSV.render(document(Points(["=1+1"]))))[-1] == ["'=1+1"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
@example({"half": "\ud83d", "control": "\x00\u2028"})
def test_a_value_comes_back_from_json(value: object):
    assert json.loads(render_value(value).decode("utf-8")) == value


@given(st.dates(), st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_days_and_amounts_come_back_from_json_exactly(day: date, amount: Decimal):
    read = json.loads(render_value({"day": day, "amount": amount}))
    assert date.fromisoformat(read["day"]) == day
    assert Decimal(read["amount"]) == amount


def test_json_is_for_eyes_too_and_refuses_what_it_cannot_say():
    assert render_value({"å": [1]}) == '{\n  "å": [\n    1\n  ]\n}\n'.encode()
    with pytest.raises(TypeError, match="set"):
        render_value({"x": {1, 2}})
    with pytest.raises(ValueError, match="not JSON compliant"):
        render_value(float("nan"))
