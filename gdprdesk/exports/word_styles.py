"""How a Word document looks, and what of the library's template it does without."""

from __future__ import annotations

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

MUTED = RGBColor.from_string("5A625C")
TABLE = "Table Grid"

_INK, _SPRUCE = RGBColor.from_string("1D2320"), RGBColor.from_string("1B6A50")
_HAIRLINE = "E3DFD6"
_FONT = "Calibri"
_STYLES = {  # points, colour, bold, points above and below
    "Normal": (10.5, _INK, False, 0, 5),
    "Title": (20, _INK, True, 0, 2),
    "Subtitle": (10.5, MUTED, False, 0, 8),
    "Heading 1": (14, _INK, True, 16, 4),
    "Heading 2": (11.5, _INK, True, 11, 3),
    "Heading 3": (10.5, _SPRUCE, True, 9, 2),
    "List Bullet": (10.5, _INK, False, 0, 3),
    "Header": (8.5, MUTED, False, 0, 0),
    "Footer": (8.5, MUTED, False, 0, 0),
}
_OF_ITS_OWN = ("w:pBdr", "w:numPr", "w:contextualSpacing", "w:tabs")  # what the template adds
_SIDE, _TOP, _MARGINALIA = Mm(20), Mm(22), Mm(10)
_OF_THE_MAKER = {
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}


def new_word(code: str, *, landscape: bool) -> tuple[Word, Length]:
    """Return an empty document on A4 in our styles, and the width of its text.

    Args:
        code: The language, such as sv-SE, for spelling and for those who hear it read.
        landscape: Whether the page lies on its side.
    """
    word = docx.Document()
    _forget_the_maker(word)
    _set_language(word, code)
    _set_styles(word)
    return word, _set_page(word, landscape=landscape)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML, for what the library has no words for."""
    return OxmlElement(tag, attrs={qn(f"w:{name}"): value for name, value in attributes.items()})


def _forget_the_maker(word: Word) -> None:
    """Take out what names the program and the day the template was made with."""
    for holder in (word.part.package, word.part):
        rels = holder.rels if holder else {}
        for key in [key for key, rel in rels.items() if rel.reltype in _OF_THE_MAKER]:
            del rels[key]


def _set_language(word: Word, code: str) -> None:
    for root in (word.styles.element, word.settings.element):
        for tag in ("w:lang", "w:themeFontLang"):
            for found in root.iter(qn(tag)):
                found.set(qn("w:val"), code)


def _set_styles(word: Word) -> None:
    for style in list(word.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in {TABLE, "Normal Table"}:
            style.delete()  # a hundred of them, most of the size of the file
    for fonts in list(word.styles.element.iter(qn("w:rFonts"))):
        fonts.attrib.clear()  # they name fonts of a theme
        for letters in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{letters}"), _FONT)
    for name, (size, colour, bold, above, below) in _STYLES.items():
        style = word.styles[name]
        if isinstance(style, ParagraphStyle):
            _clear(style)
            style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, colour
            style.paragraph_format.space_before = Pt(above)
            style.paragraph_format.space_after = Pt(below)
            style.paragraph_format.line_spacing = 1.12
    _set_table_style(word)


def _clear(style: ParagraphStyle) -> None:
    for tag in _OF_ITS_OWN:
        for found in list(style.element.iter(qn(tag))):
            if style.name != "List Bullet" or tag != "w:numPr":
                found.getparent().remove(found)
    letters = style.element.find(qn("w:rPr"))
    if letters is not None:
        style.element.remove(letters)


def _set_table_style(word: Word) -> None:
    """Leave only fine lines below the rows, and some room around the text."""
    table = word.styles[TABLE].element
    for side in next(table.iter(qn("w:tblBorders"))):
        shown = side.tag in {qn("w:bottom"), qn("w:insideH")}
        side.set(qn("w:val"), "single" if shown else "nil")
        side.set(qn("w:color"), _HAIRLINE)
    for side in next(table.iter(qn("w:tblCellMar"))):
        upright = side.tag in {qn("w:top"), qn("w:bottom")}
        side.set(qn("w:w"), "45" if upright else "0" if side.tag == qn("w:left") else "160")


def _set_page(word: Word, *, landscape: bool) -> Length:
    section = word.sections[0]
    sides = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = _TOP
    section.header_distance = section.footer_distance = _MARGINALIA
    return Length(sides[0] - 2 * _SIDE)
