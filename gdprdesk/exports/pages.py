"""Strips of text to pages: nothing is cut, a heading is never alone, a row stays in one piece."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from gdprdesk.exports.cells import clean
from gdprdesk.exports.document import Document, PaperSize, Picture
from gdprdesk.exports.typeset import (
    HAIRLINE,
    MUTED,
    REGULAR,
    SEMIBOLD,
    Style,
    printable,
    wrap,
)
from gdprdesk.exports.wording import foot
from gdprdesk.i18n import _

_SIZES = {PaperSize.A4: A4, PaperSize.A5: A5}
_SIDE = 18 * mm
_HEAD = 20 * mm
_FOOT = 10 * mm
_RUNNING_HEAD = 10 * mm
_MARGINALIA = Style(REGULAR, 7.5, 10.5, MUTED)
_RUNNING_TITLE = Style(SEMIBOLD, 7.5, 10.5, MUTED)
_ROUNDING = 0.01  # points
_ENOUGH_TO_BEGIN = 60.0  # points: so much of a block too long for one page must fit under the last


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at a place: its left end, or its right end, in points from the margin.

    Attributes:
        down: How far it begins below the other texts of its strip.
    """

    x: float
    text: str
    style: Style
    right: bool = False
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle, in points from the margin and from the head of its strip."""

    x: float
    down: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Strip:
    """As much of a page as is never cut: one line of text, or of several columns.

    Attributes:
        height: All of it, in points.
        texts: What stands in it.
        above: The part of the height that is above the text.
        rule: The colour of a line along its lower edge.
        rule_width: Of that line.
        outline: Its entry in the table of contents of the file.
        together: How high it is with the strips below it that belong on its page, in points.
        picture: A picture at its left, with its width; as high as the strip.
        areas: What is drawn under its texts.
    """

    height: float
    texts: Sequence[Text] = ()
    above: float = 0.0
    rule: str = ""
    rule_width: float = 0.4
    outline: str = ""
    together: float = 0.0
    picture: tuple[bytes, float] | None = None
    areas: Sequence[Area] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Strips that stay on one page wherever a page can hold them.

    Attributes:
        strips: From above to below.
        above: The distance to what is above it, none at the head of a page.
        glued: The next group must begin on the same page.
        header: What is repeated when a page begins with this group or within it.
    """

    strips: Sequence[Strip]
    above: float = 0.0
    glued: bool = False
    header: Sequence[Strip] = ()

    @property
    def height(self) -> float:
        """Its height with the distance above it."""
        return self.above + sum(strip.height for strip in self.strips)


Page = list[tuple[float, Strip]]
"""The strips of a page, each with its distance from the head of the text, in points."""


class _Pages:
    """The pages filled so far."""

    def __init__(self, height: float) -> None:
        self.pages: list[Page] = [[]]
        self._height = height + _ROUNDING
        self._at = 0.0

    def add(self, chain: Sequence[Group]) -> None:
        needed = sum(group.height for group in chain)
        left = self._height - self._at
        fits_on_one = needed + sum(s.height for s in chain[0].header) <= self._height
        last = chain[-1]
        beginning = needed - last.height + last.above + self._room_to_begin(last.strips[0], last)
        if self._at and needed > left and (fits_on_one or left < max(beginning, _ENOUGH_TO_BEGIN)):
            self._turn(chain[0].header)
        for group in chain:
            self._at += group.above if self._at else 0.0
            for strip in group.strips:
                room = self._room_to_begin(strip, group)
                if self._at and self._at + room > self._height:
                    self._turn(group.header)
                self._place(strip)

    def _room_to_begin(self, strip: Strip, group: Group) -> float:
        """Return what must be left of a page for a strip of the group to stand there."""
        together = max(strip.height, strip.together)
        fits_on_one = together + sum(one.height for one in group.header) <= self._height
        return together if fits_on_one else strip.height

    def _turn(self, header: Sequence[Strip]) -> None:
        self.pages.append([])
        self._at = 0.0
        for strip in header:
            self._place(strip)

    def _place(self, strip: Strip) -> None:
        self.pages[-1].append((self._at, strip))
        self._at += strip.height


def paginate(groups: Sequence[Group], height: float) -> list[Page]:
    """Return the pages, each so many points high."""
    pages = _Pages(height)
    for chain in _chains(groups):
        pages.add(chain)
    return pages.pages


class Paper:
    """Sheets of paper with head and foot.

    Attributes:
        width: Of the text, in points.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        upright = _SIZES[document.paper]
        self._size = landscape(upright) if document.landscape else upright
        self.width = self._size[0] - 2 * _SIDE
        note = " · ".join(printable(line) for line in foot(document))
        self._note = wrap(note, _MARGINALIA, self.width - 36 * mm)

    def print(self, groups: Sequence[Group]) -> bytes:
        """Return the PDF with the groups on as many pages as they take."""
        foot = _FOOT + len(self._note) * _MARGINALIA.leading
        pages = paginate(groups, self._size[1] - _HEAD - foot)
        file = io.BytesIO()
        canvas = self._canvas(file)
        for number, page in enumerate(pages, start=1):
            head = self._head() if number > 1 else []
            self._draw(canvas, [*head, *page, *self._foot(number, len(pages))])
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def _canvas(self, file: io.BytesIO) -> Canvas:
        document = self._document
        first_font: Any = REGULAR  # its types ask for a number
        canvas = Canvas(
            file, pagesize=self._size, lang=document.language, initialFontName=first_font
        )
        canvas.setTitle(clean(document.title))
        canvas.setAuthor(clean(document.organisation or document.subtitle))
        canvas.setSubject(clean(document.subtitle))
        canvas.setKeywords(clean(", ".join(document.keywords)))
        canvas.setCreator("GDPR Desk")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    def _head(self) -> Page:
        """Return title and organisation; a title too long for the line is whole on page one."""
        right = _one_line(self._document.organisation, _MARGINALIA, self.width / 2)
        left_width = self.width - _MARGINALIA.width(right) - 6 * mm
        left = _one_line(self._document.title, _RUNNING_TITLE, left_width)
        texts = (
            Text(0, left, _RUNNING_TITLE),
            Text(self.width, right, _MARGINALIA, right=True),
        )
        return [(_RUNNING_HEAD - _HEAD, Strip(14.5, texts, rule=HAIRLINE))]

    def _foot(self, number: int, count: int) -> Page:
        numbered = _("Page {page} of {pages}").format(page=number, pages=count)
        page_number = Text(self.width, numbered, _MARGINALIA, right=True)
        strips = [Strip(_MARGINALIA.leading, (Text(0, line, _MARGINALIA),)) for line in self._note]
        top = self._size[1] - _HEAD - _FOOT - len(strips) * _MARGINALIA.leading + 1
        return [
            (top, Strip(_MARGINALIA.leading, (page_number,))),
            *((top + i * _MARGINALIA.leading, strip) for i, strip in enumerate(strips)),
        ]

    def _draw(self, canvas: Canvas, page: Page) -> None:
        """Draw strips, each at its distance from the head of the text."""
        head = self._size[1] - _HEAD
        for at, strip in page:
            for area in strip.areas:
                canvas.setFillColor(_colour(area.colour))
                y = head - at - area.down - area.height
                canvas.rect(_SIDE + area.x, y, area.width, area.height, stroke=0, fill=1)
            if strip.rule:
                canvas.setStrokeColor(_colour(strip.rule))
                canvas.setLineWidth(strip.rule_width)
                y = head - at - strip.height
                canvas.line(_SIDE, y, _SIDE + self.width, y)
            if strip.picture:
                content, width = strip.picture
                canvas.drawImage(
                    ImageReader(io.BytesIO(content)),
                    _SIDE,
                    head - at - strip.height,
                    width,
                    strip.height,
                    mask="auto",
                )
            if strip.outline:
                key = f"{canvas.getPageNumber()}-{at:.1f}"
                canvas.bookmarkHorizontal(key, 0, head - at)
                canvas.addOutlineEntry(strip.outline, key)
        drawn = canvas.beginText()
        style: Style | None = None
        for at, strip in page:
            for text in strip.texts:
                if style is None or text.style != style:
                    style = text.style
                    drawn.setFont(style.font, style.size)
                    drawn.setFillColor(_colour(style.colour))
                    drawn.setCharSpace(style.spacing)
                x = text.x - (style.width(text.text) if text.right else 0.0)
                middle = style.leading / 2 + 0.36 * style.size  # half a capital below the middle
                drawn.setTextOrigin(_SIDE + x, head - at - strip.above - text.down - middle)
                drawn.textOut(text.text)
        canvas.drawText(drawn)


def picture_strip(picture: Picture, width: float) -> Strip | None:
    """Return a picture as high as it may be, and no wider than the text; None if it is damaged."""
    try:
        across, high = ImageReader(io.BytesIO(picture.content)).getSize()
    except OSError:
        return None
    scale = min(picture.height * mm / high, width / across)
    return Strip(high * scale, picture=(picture.content, across * scale))


@cache
def _colour(code: str) -> Color:
    return HexColor(code)


def _one_line(text: str, style: Style, width: float) -> str:
    first, *more = wrap(printable(text).replace("\n", " "), style, width)
    return f"{first}…" if more else first


def _chains(groups: Sequence[Group]) -> Iterator[list[Group]]:
    chain: list[Group] = []
    for group in groups:
        chain.append(group)
        if not group.glued:
            yield chain
            chain = []
    if chain:
        yield chain
