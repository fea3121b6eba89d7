"""Printing the very PDF that is shown and saved."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

_DOTS_PER_INCH = 300
_SMALL = 700
"""Points: a page whose longer side is shorter is smaller than A4."""


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Print a PDF page by page, each as large as the paper; upright or on its side as it is.

    A small page, such as a slip, keeps its size and stands at the upper left of a larger paper.
    """
    from gdprdesk.exports.preview import (  # noqa: PLC0415  (loads slowly)
        page_count,
        page_size,
        render_page,
    )

    pages = [
        render_page(pdf, page, round(8.27 * _DOTS_PER_INCH)) for page in range(page_count(pdf))
    ]
    is_small = bool(pages) and max(page_size(pdf, 0)) < _SMALL
    printer.setFullPage(True)
    lying = bool(pages) and pages[0].width > pages[0].height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    )
    with QPainter(printer) as painter:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            image = QImage(
                page.dots, page.width, page.height, page.stride, QImage.Format.Format_RGB32
            )
            paper = printer.pageRect(QPrinter.Unit.DevicePixel)
            width = paper.width()
            if is_small:
                width = min(width, page_size(pdf, number)[0] / 72 * printer.resolution())
            height = paper.height() if not is_small else width * page.height / page.width
            painter.drawImage(QRectF(0, 0, width, height), image)
