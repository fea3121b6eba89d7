import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from gdprdesk.exports import PDF
from gdprdesk.exports.document import Column, Document, Fields, Kind, Paragraph, Section, Table
from gdprdesk.exports.typeset import FIGURES, REGULAR, Style, load_fonts, wrap
from gdprdesk.i18n import _, language
from tests.exports.samples import (
    HOSTILE,
    MADE,
    activities,
    document,
    everything,
    notice,
    pages,
    sales,
    texts,
    words,
)


def test_every_block_is_on_the_paper():
    text = " ".join(pages(PDF.render(everything())))
    for said in (
        "Everything",
        "Words",
        "Label",
        "Says this",
        "Read me",
        "Sales",
        "begin2",
        "alone",
    ):
        assert said in text


def test_letters_of_the_north_come_back():
    text = "åäö ÅÄÖ æø ÆØ ŋ ŧ š ž č đ é ü – — “ ” € − ✓"  # noqa: RUF001
    assert text in pages(PDF.render(document(Paragraph(text))))[0]


def test_it_says_who_made_it_and_in_which_language():
    pdf = PDF.render(document(Paragraph("x"), language="sv"))
    with pypdfium2.PdfDocument(pdf) as opened:
        said = opened.get_metadata_dict()
    assert said["Title"] == "Report of Åsa & Sons"
    assert said["Author"] == "Kafé Lind AB"
    assert b"/Lang (sv)" in pdf


def test_all_its_fonts_are_inside():
    fonts = set(re.findall(rb"/BaseFont /(\S+)", PDF.render(everything())))
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Inter\S*", font) for font in fonts)


def test_words_of_the_page_are_in_the_language_of_the_document():
    for code in ("sv", "nb", "en"):
        with language(code):
            expected = _("Page {page} of {pages}").format(page=1, pages=1)
        assert expected in pages(PDF.render(document(Paragraph("x"), language=code)))[0]


def test_a_long_table_has_its_header_on_every_page():
    read = pages(PDF.render(document(sales(200))))
    assert len(read) > 3
    for number, page in enumerate(read, start=1):
        assert "Paid on" in page
        assert "Gross (SEK)" in page
        assert f"Page {number} of {len(read)}" in page
        assert "Anchor 4f2a 91bc" in page
        assert "Report of Åsa & Sons" in page
    assert all("Kafé Lind AB" in page for page in read)
    assert "begin199" in read[-1]


def test_a_row_stays_on_one_page():
    read = pages(PDF.render(document(sales(300))))
    for index in range(300):
        on = [page for page in read if f"begin{index} " in page]
        assert len(on) == 1
        assert f"end{index}" in on[0]


def test_the_total_stands_below_the_last_row_on_its_page():
    for lines in range(1, 30):
        above = Paragraph("\n".join(["above"] * lines))
        last = pages(PDF.render(document(above, sales(12))))[-1]
        assert "begin11 " in last
        assert "Sum" in last


def test_amounts_are_written_as_people_write_them():
    swedish = pages(PDF.render(document(sales(1), language="sv")))[0]
    assert "1 240,50" in swedish.replace("\xa0", " ")
    assert "1 jan. 2026" in swedish
    assert "1,240.50" in pages(PDF.render(document(sales(1))))[0]


def test_figures_stand_below_each_other():
    load_fonts()
    tabular = Style(FIGURES, 10, 12)
    assert tabular.width("111.11") == pytest.approx(tabular.width("888.88"))
    plain = Style(REGULAR, 10, 12)
    assert plain.width("111.11") < plain.width("888.88")


def test_a_cell_longer_than_pages_is_not_cut():
    long = [f"ord{index}" for index in range(6000)]
    table = Table([Column("Short"), Column("Long")], [("first", " ".join(long)), ("next", "x")])
    read = pages(PDF.render(document(table)))
    assert len(read) > 5
    assert [found for page in read for found in re.findall(r"ord\d+", page)] == long
    assert all("Short" in page for page in read)


def test_a_word_longer_than_its_column_is_broken_and_whole():
    word = "x" * 400 + "slutet"
    address = "a.very.long.address.of.somebody@a.very.long.company.name.example"
    columns = [Column(str(index)) for index in range(8)]
    table = Table(columns, [[word, address, *["y"] * 6]])
    read = words(" ".join(pages(PDF.render(document(table)))))
    assert read.count("x") >= 400
    with_signs = wrap(address, Style(REGULAR, 8, 10), 60)
    assert "".join(with_signs) == address
    assert all(line[-1] in ".@" for line in with_signs[:-1])


def test_cards_are_numbered_blocks_of_labelled_lines():
    page = pages(PDF.render(document(activities())))[0]
    assert re.search(r"1\s+Beställningar", page)
    assert re.search(r"2\s+Nyhetsbrev", page)
    assert page.count("Purpose") == 2
    assert "–" in page  # noqa: RUF001 - what is missing is seen


def test_a_card_is_moved_to_the_next_page_rather_than_parted():
    columns = [Column("Activity"), *[Column(f"Line {index}") for index in range(9)]]
    rows = [[f"Name{row}", *[f"cell{row}x{index}x" for index in range(9)]] for row in range(20)]
    read = pages(PDF.render(document(Table(columns, rows, cards=True))))
    for row in range(20):
        page = next(page for page in read if f"Name{row}\r" in page or f"Name{row}\n" in page)
        assert all(f"cell{row}x{index}x" in page for index in range(9))
    assert "continued" not in " ".join(read)


def test_a_card_longer_than_a_page_says_that_it_goes_on():
    long = "\n".join(f"row{index}" for index in range(150))
    read = pages(
        PDF.render(
            document(
                texts("x"),
                Table([Column("Activity"), Column("Text")], [("Journal", long)], cards=True),
            )
        )
    )
    assert re.findall(r"row\d+", " ".join(read)) == [f"row{index}" for index in range(150)]
    assert "1 Journal (continued)" in " ".join(" ".join(read[-1].split()).split())


def test_a_heading_is_never_alone_at_the_foot():
    for count in range(20, 60):
        sections = [
            Section("Before", [Paragraph("\n".join(["line"] * 7))] * (count // 7)),
            Section("", [Paragraph("\n".join(["line"] * (count % 7 + 1)))]),
            Section("The heading", [texts("The row")]),
        ]
        read = pages(PDF.render(Document("T", "", "en", sections, MADE)))
        page = next(page for page in read if "The heading" in page)
        assert "The row" in page


def test_an_empty_table_says_so():
    assert "There is nothing to list here." in pages(PDF.render(document(texts())))[0]


def test_a_hostile_text_is_only_text():
    for cards in (False, True):
        pdf = PDF.render(document(texts(*HOSTILE, cards=cards), Paragraph("\n".join(HOSTILE))))
        for forbidden in (b"/Subtype /Image", b"/URI", b"/JavaScript", b"/Launch"):
            assert forbidden not in pdf
        read = words(" ".join(pages(pdf)))
        for text in HOSTILE:
            kept = re.sub("[\x00-\x1f\u202e]", "", text.replace("\ud83d", "\u25a1"))
            assert words(kept) in read


def test_a_character_that_the_font_lacks_is_a_box_and_said():
    page = " ".join(pages(PDF.render(document(Paragraph("王小明 and 😀"))))[0].split())
    assert "□□□ and □" in page
    assert "lacks 4 of its characters" in page
    assert "lacks" not in pages(PDF.render(document(Paragraph("Åsa Öberg"))))[0]


def test_an_accent_of_its_own_becomes_one_letter():
    assert "Zoë Åsa" in pages(PDF.render(document(Paragraph("Zoe\u0308 A\u030asa"))))[0]


def test_a_page_may_lie_on_its_side():
    with pypdfium2.PdfDocument(PDF.render(document(sales(2), landscape=True))) as opened:
        width, height = opened[0].get_size()
    assert (round(width), round(height)) == (842, 595)


def test_a_code_is_large():
    key = "7KQ4M-P2XWN-8RTFA-J3D9C-VB6HE-5YLGS"
    assert key in pages(PDF.render(document(Paragraph(key, code=True))))[0]


def test_labelled_lines_keep_long_labels_and_texts():
    label, text = "En mycket lång etikett " * 8, "ett långt svar " * 200
    read = words(" ".join(pages(PDF.render(document(Fields([(label, text)]))))))
    assert read.count("etikett") == 8
    assert read.count("svar") == 200


def test_an_amount_is_broken_last_of_all():
    columns = [Column("Personuppgiftsansvarig"), *[Column("Bruttobelopp", Kind.MONEY)] * 7]
    table = Table(columns, [["Personuppgiftsbiträde", *[Decimal("1234567.89")] * 7]])
    read = " ".join(pages(PDF.render(document(table))))
    assert read.count("1,234,567.89") == 7
    assert "Personuppgiftsbiträde" not in read
    assert "ppgiftsbiträde" in words(read)


def test_more_columns_than_a_page_can_hold_lose_nothing():
    table = Table([Column("Belopp", Kind.MONEY)] * 20, [[Decimal("1234567.89")] * 20])
    read = words(" ".join(pages(PDF.render(document(table)))))
    assert sum(map(read.count, "1234567")) >= 140


def test_cells_of_another_kind_than_their_column_are_shown_all_the_same():
    table = Table(
        [Column("When", Kind.DAY), Column("Amount", Kind.MONEY), Column("Text")],
        [("unknown", "on request", date(2026, 2, 3)), (None, None, 2026)],
    )
    page = pages(PDF.render(document(table)))[0]
    for said in ("unknown", "on request", "3 Feb 2026", "2026"):
        assert said in page


def _place(pdf: bytes, text: str, page: int = 0) -> list[tuple[int, int]]:
    """Return where a text begins each time it stands on a page: from the left, from below."""
    places = []
    with pypdfium2.PdfDocument(pdf) as opened:
        letters = opened[page].get_textpage()
        found = letters.search(text, match_case=True)
        while hit := found.get_next():
            left, bottom, *_rest = letters.get_charbox(hit[0], loose=True)
            places.append((round(left), round(bottom)))
    return places


def _register(*rows: list[str], landscape: bool = True) -> bytes:
    labels = [Column(f"Label{index}", mandatory=index == 1) for index in range(1, 5)]
    return PDF.render(
        document(Table([Column("Name"), *labels], rows, cards=True), landscape=landscape)
    )


def test_on_its_side_a_card_has_two_lines_beside_each_other():
    pdf = _register(["First", "a", "b", "c", "d"])
    (one,), (two,), (three,), (four,) = (_place(pdf, f"Label{index}") for index in "1234")
    assert one[1] == two[1] > three[1] == four[1]
    assert one[0] == three[0] < two[0] == four[0]
    upright = _register(["First", "a", "b", "c", "d"], landscape=False)
    heights = [_place(upright, f"Label{index}")[0][1] for index in "1234"]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 4


def test_all_cards_have_their_lines_in_the_same_places():
    long = "a long sentence about what is done and why it is done " * 9
    pdf = _register(["First", long, "b", "c", "d"], ["Second", "a", "b", "c", "d"])
    places = [_place(pdf, f"Label{index}") for index in "1234"]
    assert all(first[0] == second[0] for first, second in places)
    for card in (0, 1):
        assert places[0][card][1] > places[1][card][1] > places[2][card][1] == places[3][card][1]


def test_what_the_law_asks_for_is_marked_and_explained_on_every_page():
    read = pages(_register(*[["Name", "a" * 900, "b" * 900, "c", "d"]] * 9))
    assert len(read) > 2
    for page in read:
        assert "Label1 *" in page
        assert "Label2 *" not in page
        assert "* The law asks for this." in page
    assert "The law asks" not in pages(PDF.render(document(texts("x"))))[0]


def test_a_line_of_a_card_longer_than_a_page_stays_in_one_piece():
    rows = [f"begin{index} " + "words " * 130 + f"end{index}" for index in range(40)]
    columns = [Column("Name"), *[Column(f"Label{index}x") for index in range(40)]]
    read = pages(PDF.render(document(Table(columns, [["One", *rows]], cards=True))))
    assert len(read) > 4
    for index in range(40):
        (on,) = [page for page in read if f"begin{index} " in page]
        assert f"end{index}" in on.replace("\r\n", " ")


def test_sub_headings_and_points_are_on_the_paper():
    pdf = PDF.render(notice())
    assert _place(pdf, "•")[0][0] < _place(pdf, "Copy")[0][0] == _place(pdf, "at once")[0][0]
    with pypdfium2.PdfDocument(pdf) as opened:
        outline = [entry.get_title() for entry in opened.get_toc()]
    assert outline == ["In short", "Why and how long", "Cookies", "More"]


def test_rows_that_are_one_and_the_same_are_parted_all_the_same():
    row = ("alike", Decimal(1))
    columns = [Column("Text"), Column("Amount", Kind.MONEY)]
    table = Table(columns, [row] * 60, total=("Sum", Decimal(60)))
    first = pages(PDF.render(document(Paragraph("\n".join(["line"] * 7)), table)))[0]
    assert "alike" in first


@pytest.fixture
def _hasty_threads() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_hasty_threads")
def test_several_documents_may_be_written_at_once():
    report = document(sales(80), Paragraph("王"))
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(PDF.render, [report] * 24))
    assert len({tuple(pages(pdf)) for pdf in made}) == 1
