import io
import re
import zipfile
from datetime import UTC

import docx
import pytest
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdprdesk.exports import DOCX
from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import Document, Paragraph, Section
from tests.exports.samples import HOSTILE, MADE, document, notice, sales, saying


def _read(report: Document) -> Word:
    return docx.Document(io.BytesIO(DOCX.render(report)))


def _parts(report: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(DOCX.render(report))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _of(word: Word, style: str) -> list[str]:
    return [line.text for line in word.paragraphs if line.style and line.style.name == style]


def test_a_notice_has_real_headings_points_and_tables():
    word = _read(notice())
    assert _of(word, "Title") == ["How we treat your data"]
    assert _of(word, "Heading 1") == ["In short", "Why and how long", "Cookies", "More"]
    assert _of(word, "Heading 2") == ["Orders", "Newsletter", "1  Beställningar", "2  Nyhetsbrev"]
    assert _of(word, "List Bullet") == ["Copy", "Erase\nat once", "Åsa"]
    labelled, table, *_cards = word.tables
    assert [cell.text for cell in labelled.rows[0].cells] == ["Kept", "Six months"]
    assert [cell.text for cell in table.rows[0].cells] == [
        *("Paid on", "Sold *", "Gross (SEK)", "Pieces")
    ]
    assert table.rows[-1].cells[2].text == "2,482.00"
    assert len(word.tables) == 4


def test_a_long_table_repeats_its_header_and_keeps_its_rows_whole():
    (table,) = _read(document(sales(40))).tables
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, *[False] * 41]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


@pytest.mark.parametrize(("code", "tag"), [("sv", "sv-SE"), ("nb", "nb-NO"), ("en", "en-GB")])
def test_it_is_spelled_in_its_language(code: str, tag: str):
    word = _read(notice(code))
    langs = [one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))]
    assert langs
    assert set(langs) == {tag}
    assert word.core_properties.language == tag


def test_it_names_the_organisation_and_nobody_else():
    said = _read(notice()).core_properties
    assert (said.title, said.author) == ("How we treat your data", "Kafé Lind AB")
    assert said.last_modified_by == "Kafé Lind AB"
    assert said.comments == "Anchor 4f2a"
    assert said.created == said.modified == MADE.astimezone(UTC)
    parts = _parts(notice())
    assert not [name for name in parts if re.search("thumbnail|app.xml|customXml|Effects", name)]
    assert b"python-docx" not in b"".join(parts.values())


@pytest.mark.parametrize("landscape", [False, True])
def test_it_is_printed_on_a4(landscape: bool):
    (section,) = _read(notice(landscape=landscape)).sections
    sides = [side.mm for side in (section.page_width, section.page_height) if side]
    assert sides == pytest.approx([297, 210] if landscape else [210, 297], abs=0.1)
    wanted = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    assert section.orientation is wanted


def test_pages_are_numbered_and_all_but_the_first_named():
    (section,) = _read(notice("sv")).sections
    assert section.header.paragraphs[0].text == "How we treat your data\tKafé Lind AB"
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    for foot in (section.footer, section.first_page_footer):
        line = foot.paragraphs[0]
        fields = [one.get(qn("w:instr")) for one in line._p.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        shown = "".join(str(one.text) for one in line._p.iter(qn("w:t")))
        assert shown.endswith("Sida 1 av 1")
        assert "Anchor 4f2a" in shown


def test_a_text_brings_no_field_link_or_picture():
    parts = _parts(document(*[Paragraph(text) for text in HOSTILE]))
    assert not any(b'TargetMode="External"' in part for part in parts.values())
    body = parts["word/document.xml"]
    for forbidden in (b"fldSimple", b"instrText", b"hyperlink", b"w:drawing", b"w:object"):
        assert forbidden not in body
    assert all(name.endswith((".xml", ".rels")) for name in parts)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=40))
@example("half \ud83d, nul \x00, \ufffe and \u2028")
@example('<w:p/> ]]> & "')
@example("=1+1")
def test_a_text_comes_back(text: str):
    word = _read(saying(text))
    assert _of(word, "List Bullet") == [clean(text)] * 2
    assert word.tables[0].rows[0].cells[0].text == clean(text)


def test_properties_too_long_for_word_are_shortened():
    long = Document("t" * 900, "s" * 900, "en", [Section("", [])], MADE, organisation="o" * 900)
    said = _read(long).core_properties
    assert (said.title, said.author) == ("t" * 255, "o" * 255)
