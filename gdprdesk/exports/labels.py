"""Address labels as PDF: each text at its label, and never outside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from gdprdesk.exports.cells import clean
from gdprdesk.exports.label_sheets import SIZES, Labels, SheetSize
from gdprdesk.exports.pdf import ONE_AT_A_TIME
from gdprdesk.exports.typeset import REGULAR, Style, load_fonts, printable, wrap

_ACROSS = 5 * mm  # kept free at both sides of a label: printers pull the paper a little askew
_DOWN = 3 * mm
_STYLES = [Style(REGULAR, size, size * 1.25) for size in (10.5, 10, 9.5, 9, 8.5, 8, 7.5)]
_MORE = "…"


def render(labels: Labels) -> bytes:
    """Return the labels as PDF, on as many sheets as they take."""
    with ONE_AT_A_TIME:
        load_fonts()
        return _drawn(labels)


def _drawn(labels: Labels) -> bytes:
    file = io.BytesIO()
    canvas = _canvas(labels, file)
    size = SIZES[labels.sheet]
    for place, lines in enumerate(labels.labels, start=labels.first - 1):
        if place % size.count == 0 and place >= size.count:
            canvas.showPage()
        _draw(canvas, lines, size, place % size.count)
    canvas.showPage()  # also where there is nobody: a sheet without a label is a page
    canvas.save()
    return file.getvalue()


def _canvas(labels: Labels, file: io.BytesIO) -> Canvas:
    first_font: Any = REGULAR  # its types ask for a number
    canvas = Canvas(file, pagesize=A4, lang=labels.language, initialFontName=first_font)
    canvas.setTitle(clean(labels.title))
    canvas.setAuthor(clean(labels.organisation))
    canvas.setCreator("GDPR Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")  # else the labels are missed
    return canvas


def _draw(canvas: Canvas, lines: Sequence[str], size: SheetSize, place: int) -> None:
    """Draw one label, its text in the middle between its upper and lower edge."""
    row, column = divmod(place, size.across)
    room = size.width * mm - 2 * _ACROSS, size.height * mm - 2 * _DOWN
    style, fitted = _fitted(lines, *room)
    left = (size.side + column * size.pitch) * mm + _ACROSS
    middle = A4[1] - (size.top + (row + 0.5) * size.height) * mm
    text = canvas.beginText()
    text.setFont(style.font, style.size, style.leading)
    text.setFillColor(HexColor(style.colour))
    above = middle + len(fitted) * style.leading / 2
    text.setTextOrigin(left, above - style.leading / 2 - 0.36 * style.size)
    for line in fitted:
        text.textLine(line)
    canvas.drawText(text)


def _fitted(lines: Sequence[str], width: float, height: float) -> tuple[Style, Sequence[str]]:
    """Return the lines as they fit: smaller rather than broken, broken rather than cut."""
    shown = [line for one in lines if (line := " ".join(printable(one).split()))]
    for style in _STYLES:
        is_low = len(shown) * style.leading <= height
        if is_low and all(style.width(line) <= width for line in shown):
            return style, shown
    for style in _STYLES:
        broken = [part for line in shown for part in wrap(line, style, width)]
        if len(broken) * style.leading <= height:
            return style, broken
    smallest = _STYLES[-1]
    return smallest, list(_cut(shown, smallest, width, int(height // smallest.leading)))


def _cut(lines: Sequence[str], style: Style, width: float, most: int) -> Iterator[str]:
    """Walk what there is room for: the last line always, since it names the town."""
    too_many = len(lines) > most
    kept = [*lines[: most - 2], _MORE, lines[-1]] if too_many else lines
    for line in kept:
        if style.width(line) <= width:
            yield line
        else:
            yield wrap(line, style, width - style.width(_MORE))[0] + _MORE
