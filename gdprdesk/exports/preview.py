"""Pages of a PDF as pictures: what the window shows is the very file that will be saved."""

from __future__ import annotations

import threading
from typing import NamedTuple

import pypdfium2

_one_at_a_time = threading.Lock()  # PDFium knows no threads


class Picture(NamedTuple):
    """A picture, four bytes for each dot: blue, green, red and one that means nothing.

    Attributes:
        width: In dots.
        height: In dots.
        stride: Bytes from one row to the next.
        dots: Row after row from above.
    """

    width: int
    height: int
    stride: int
    dots: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages there are."""
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_size(pdf: bytes, page: int) -> tuple[float, float]:
    """Return how wide and high a page is, in points."""
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        width, height = document[page].get_size()
        return width, height


def render_page(pdf: bytes, page: int, width: int) -> Picture:
    """Return a page as a picture.

    Args:
        pdf: The file.
        page: Which, from 0.
        width: Of the picture, in dots; the height follows.
    """
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        opened = document[page]
        bitmap = opened.render(scale=width / opened.get_width(), prefer_bgrx=True)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
