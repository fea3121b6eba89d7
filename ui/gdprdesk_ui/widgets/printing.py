"""Printing the very PDF that is shown and saved."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

_DOTS_PER_INCH = 300


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Print a PDF page by page, each as large as the paper; upright or on its side as it is."""
    from gdprdesk.exports.preview import page_count, render_page  # noqa: PLC0415  (loads slowly)

    pages = [
        render_page(pdf, page, round(8.27 * _DOTS_PER_INCH)) for page in range(page_count(pdf))
    ]
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
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
