"""A preview of the very PDF that is saved and printed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdprdesk.i18n import _
from gdprdesk_ui.theme import color
from gdprdesk_ui.widgets.buttons import IconButton
from gdprdesk_ui.widgets.label import Label
from gdprdesk_ui.widgets.layout import column, row, scrolling

GREATEST_WIDTH, LEAST_WIDTH = 720, 280
_A4 = 842 / 595


class _Paper(QWidget):
    """One page, as wide as there is room for, drawn at the full sharpness of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._pdf, self._page, self._image = b"", 0, QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(GREATEST_WIDTH)

    def show_page(self, pdf: bytes, page: int) -> None:
        self._pdf, self._page = pdf, page
        self._render()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        image = self._image
        proportion = image.height() / image.width() if image.width() else _A4
        return round(width * proportion)

    def sizeHint(self) -> QSize:
        return QSize(GREATEST_WIDTH, self.heightForWidth(GREATEST_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._render()
        super().resizeEvent(event)

    def _render(self) -> None:
        from gdprdesk.exports.preview import render_page  # noqa: PLC0415  (PDFium loads slowly)

        if not self._pdf:
            return
        ratio = self.devicePixelRatioF()
        picture = render_page(self._pdf, self._page, max(1, round(self.width() * ratio)))
        wrapped = QImage(
            picture.dots,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        self._image = wrapped.copy()  # the bytes belong to the picture
        self._image.setDevicePixelRatio(ratio)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawImage(QPointF(0, 0), self._image)
            painter.setPen(color("border"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PdfPreview(QWidget):
    """Shows a PDF page by page, by buttons or Page Up and Page Down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf, self._page, self._pages = b"", 0, 0
        self.paper = _Paper()
        self.before = IconButton("chevron-left", _("Previous page"), on_click=lambda: self.turn(-1))
        self.after = IconButton("chevron-right", _("Next page"), on_click=lambda: self.turn(+1))
        self.number = Label("", "small", "muted", keep=True)
        paper_line = row(None, self.paper, None, spacing=0)
        paper_line.setStretch(1, 100)
        inside = QWidget()
        inside.setLayout(column(paper_line, None, spacing=0, margins=(24, 0, 24, 24)))
        self.area = scrolling(inside)
        self.setLayout(
            column(
                row(None, self.before, self.number, self.after, None, spacing=6,
                    margins=(0, 8, 0, 8)),
                self.area,
                spacing=0,
            )
        )  # fmt: skip
        self._show()

    def show_pdf(self, pdf: bytes) -> None:
        """Show another file, at the same page if it has one."""
        from gdprdesk.exports.preview import page_count  # noqa: PLC0415  (PDFium loads slowly)

        self._pdf, self._pages = pdf, page_count(pdf)
        self._page = min(self._page, self._pages - 1)
        self._show()

    def turn(self, pages: int) -> None:
        """Go some pages on (+1) or back (-1)."""
        self._page = max(0, min(self._page + pages, self._pages - 1))
        self.area.verticalScrollBar().setValue(0)
        self._show()

    def _show(self) -> None:
        self.paper.show_page(self._pdf, self._page)
        said = _("Page {page} of {pages}").format(page=self._page + 1, pages=self._pages)
        self.number.setText(said if self._pages else "")
        self.paper.setAccessibleName(_("Preview, page {page}").format(page=self._page + 1))
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self._pages)
