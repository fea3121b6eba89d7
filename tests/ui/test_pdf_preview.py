import io

import pytest
from PySide6.QtCore import Qt
from reportlab.pdfgen.canvas import Canvas

from gdprdesk_ui.widgets import PdfPreview
from tests.ui.accessibility import nameless


def pdf(*words: str) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for page in words:
        canvas.drawString(100, 700, page)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.fixture
def preview(theme, show):
    made = PdfPreview()
    made.resize(700, 600)
    made.show_pdf(pdf("One", "Two", "Three"))
    return show(made)


def test_pages_are_turned(preview, qtbot) -> None:
    assert preview.number.text() == "Page 1 of 3"
    assert not preview.before.isEnabled()
    first = preview.paper.grab().toImage()
    qtbot.mouseClick(preview.after, Qt.MouseButton.LeftButton)
    assert preview.number.text() == "Page 2 of 3"
    assert preview.paper.grab().toImage() != first
    preview.turn(+5)
    assert preview.number.text() == "Page 3 of 3"
    assert not preview.after.isEnabled()


def test_a_shorter_file_is_shown_at_its_last_page(preview) -> None:
    preview.turn(+2)
    preview.show_pdf(pdf("Only"))
    assert preview.number.text() == "Page 1 of 1"


def test_the_paper_has_the_shape_of_the_page(preview) -> None:
    paper = preview.paper
    assert paper.height() / paper.width() == pytest.approx(842 / 595, abs=0.01)
    preview.resize(500, 600)
    assert paper.height() / paper.width() == pytest.approx(842 / 595, abs=0.01)


def test_everything_has_a_name_and_is_painted(preview, every_look) -> None:
    assert nameless(preview) == []
    assert not preview.grab().isNull()


def test_an_empty_preview_is_painted_too(theme, qtbot) -> None:
    empty = PdfPreview()
    qtbot.addWidget(empty)
    assert not empty.grab().isNull()
