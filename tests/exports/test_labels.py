"""Address labels: where they stand on the sheet, read back from the PDF, and never outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from gdprdesk.domain.errors import DomainError
from gdprdesk.exports.label_sheets import Labels, LabelSheet
from gdprdesk.exports.labels import render

MM = 72 / 25.4
# Left edge of each label across, upper edge of the first row, width and height, in millimetres.
EDGES = {
    LabelSheet.THREE_BY_SEVEN: ((7.21, 73.25, 139.29), 63.5),
    LabelSheet.TWO_BY_SEVEN: ((4.67, 106.27), 99.1),
}
TOP, HEIGHT = 15.15, 38.1
Box = tuple[str, float, float, float, float]


def _boxes(pdf: bytes) -> Iterator[tuple[int, list[Box]]]:
    """Walk the pages with what stands on each: text, left, right, upper and lower edge in mm."""
    document = PdfDocument(pdf)
    for number, page in enumerate(document):
        assert page.get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.01)
        text, found = page.get_textpage(), []
        for at in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(at)
            said = text.get_text_bounded(left, bottom, right, top)
            found.append((said, left / MM, right / MM, 297 - top / MM, 297 - bottom / MM))
        yield number, found
    document.close()


def _label_of(box: Box, sheet: LabelSheet) -> int:
    """Return the place from 1 of the label that a text is on, whole."""
    lefts, width = EDGES[sheet]
    _said, left, right, above, below = box
    row = int((above - TOP) // HEIGHT)
    (column,) = (at for at, edge in enumerate(lefts) if edge <= left and right <= edge + width)
    assert 0 <= row < 7
    assert TOP + row * HEIGHT <= above < below <= TOP + (row + 1) * HEIGHT
    return row * len(lefts) + column + 1


def _labels(
    *labels: tuple[str, ...], sheet: LabelSheet = LabelSheet.THREE_BY_SEVEN, first: int = 1
) -> bytes:
    return render(Labels(labels, "Adressetiketter", "sv", "Kafé Lind", sheet, first))


@pytest.mark.parametrize(
    ("sheet", "first", "count", "places"),
    [
        (LabelSheet.THREE_BY_SEVEN, 1, 4, [(0, 1), (0, 2), (0, 3), (0, 4)]),
        (LabelSheet.THREE_BY_SEVEN, 20, 4, [(0, 20), (0, 21), (1, 1), (1, 2)]),
        (LabelSheet.TWO_BY_SEVEN, 1, 3, [(0, 1), (0, 2), (0, 3)]),
        (LabelSheet.TWO_BY_SEVEN, 14, 2, [(0, 14), (1, 1)]),
    ],
)
def test_each_label_is_at_its_place(
    sheet: LabelSheet, first: int, count: int, places: list[tuple[int, int]]
) -> None:
    pdf = _labels(*((f"Gäst{one}",) for one in range(count)), sheet=sheet, first=first)
    found = [
        (box[0].strip(), page, _label_of(box, sheet))
        for page, boxes in _boxes(pdf)
        for box in boxes
    ]
    assert found == [(f"Gäst{one}", *place) for one, place in enumerate(places)]


@pytest.mark.parametrize("sheet", LabelSheet)
def test_a_full_sheet_is_one_page(sheet: LabelSheet) -> None:
    count = {LabelSheet.THREE_BY_SEVEN: 21, LabelSheet.TWO_BY_SEVEN: 14}[sheet]
    ((_page, boxes),) = _boxes(_labels(*[("HEH",)] * count, sheet=sheet))
    assert [_label_of(box, sheet) for box in boxes] == list(range(1, count + 1))
    lefts, _width = EDGES[sheet]
    for at, (_said, left, _right, above, below) in enumerate(boxes):
        row, column = divmod(at, len(lefts))
        assert left == pytest.approx(lefts[column] + 5.3, abs=0.2)  # an H begins 0.3 in
        assert (above + below) / 2 == pytest.approx(TOP + (row + 0.5) * HEIGHT, abs=0.2)


def test_nobody_is_an_empty_sheet() -> None:
    assert list(_boxes(_labels())) == [(0, [])]


def test_the_first_line_is_five_millimetres_from_the_edge_and_lines_are_even() -> None:
    ((_page, boxes),) = _boxes(_labels(("HEH", "HEH", "HEH")))
    assert [box[1] for box in boxes] == [
        pytest.approx(7.21 + 5.3, abs=0.2)
    ] * 3  # an H begins 0.3 in
    baselines = [box[4] for box in boxes]
    assert baselines[1] - baselines[0] == pytest.approx(10.5 * 1.25 / MM, abs=0.01)
    middle = (boxes[1][3] + boxes[1][4]) / 2
    assert middle == pytest.approx(TOP + HEIGHT / 2, abs=0.2)


def test_letters_of_the_north_are_read_back() -> None:
    document = PdfDocument(_labels(("Åsa Öström", "Ærøvegen 3", "Växjö é ü")))
    assert document[0].get_textpage().get_text_range().split("\r\n") == [
        "Åsa Öström",
        "Ærøvegen 3",
        "Växjö é ü",
    ]
    assert document.get_metadata_dict()["Title"] == "Adressetiketter"
    document.close()


def test_a_long_line_is_smaller_then_broken_and_nothing_of_it_is_lost() -> None:
    (_one, small), (_two, broken) = (
        next(_boxes(_labels((name, "Ort"))))
        for name in ("Anna Wetterström-Hallqvist Ek", "Anna Wetterström " * 5)
    )
    assert len(small) == 2
    assert small[0][4] - small[0][3] < 10.5 / MM
    assert " ".join(box[0] for box in broken).split() == ["Anna", "Wetterström"] * 5 + ["Ort"]


def test_what_is_too_much_is_cut_with_a_mark_but_the_town_stays() -> None:
    lines = ("Karin Holm", *(f"Rad {one} " + "x" * 90 for one in range(20)), "352 31 Växjö")
    ((_page, boxes),) = _boxes(_labels(lines))
    said = [box[0].strip() for box in boxes]
    assert said[0] == "Karin Holm"
    assert said[-1] == "352 31 Växjö"
    assert "…" in said[1]
    assert said[-2] == "…"


@pytest.mark.parametrize("first", [0, 22, -1])
def test_a_label_that_the_sheet_does_not_have_is_refused(first: int) -> None:
    with pytest.raises(DomainError, match="This sheet has 21 labels"):
        _labels(("Vera",), first=first)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(max_size=400), min_size=1, max_size=14),
    st.sampled_from(list(LabelSheet)),
    st.integers(1, 14),
)
def test_no_text_leaves_its_label(lines: list[str], sheet: LabelSheet, first: int) -> None:
    pages = list(_boxes(_labels(tuple(lines), sheet=sheet, first=first)))
    assert len(pages) == 1
    for box in pages[0][1]:
        assert _label_of(box, sheet) == first


@pytest.mark.parametrize(
    "text", ["W" * 3000, "Ÿ" * 500, "a b " * 2000, "\u202eabc" * 300, "□" * 99]
)
def test_a_very_long_text_stays_too(text: str) -> None:
    for sheet in LabelSheet:
        ((_page, boxes),) = _boxes(_labels((text, text, text), sheet=sheet, first=8))
        assert {_label_of(box, sheet) for box in boxes} == {8}
