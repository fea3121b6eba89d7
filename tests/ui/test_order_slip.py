"""The slip of an order: chosen, seen, saved, printed at its own size."""

from datetime import time

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from gdprdesk.exports import PDF
from gdprdesk.services.reports.slip import SlipCopy, order_slip
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.order_slip import OrderSlip
from gdprdesk_ui.widgets.printing import print_pdf
from tests.builders import TODAY, order, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened


@pytest.fixture
def cake(desk):
    karin = person(desk, phone="070-174 06 45")
    return order(desk, karin, wanted_on=TODAY, wanted_at=time(11), diet="nuts", note="pink")


@pytest.fixture
def form(desk, cake, theme, show, clock, qtbot):  # noqa: PLR0917  (fixtures)
    with opened(desk, theme, show, clock) as window:
        window.navigate("orders")
        click(qtbot, window.page().order_pane.slip_button)
        yield dialog(qtbot, window, OrderSlip)


def test_it_is_chosen_seen_and_saved(form, qtbot, tmp_path) -> None:
    assert form.copy() is SlipCopy.CUSTOMER
    assert nameless(form) == []
    assert not form.with_diet.isEnabled()
    assert "Karin" not in read_pdf(form._pdf)
    form.copies[SlipCopy.SHOP].setChecked(True)
    assert "Karin Holm" in read_pdf(form._pdf)
    form.copies[SlipCopy.KITCHEN].setChecked(True)
    assert "nuts" not in read_pdf(form._pdf)
    form.with_diet.setChecked(True)
    assert "nuts" in read_pdf(form._pdf)
    to = tmp_path / "slip.pdf"
    ask.next_answer(to)
    click(qtbot, form.save_button)
    qtbot.waitUntil(to.exists)
    assert "nuts" in read_pdf(to)
    form.copies[SlipCopy.SHOP].setChecked(True)  # the tick for the kitchen is not for others
    assert "nuts" not in read_pdf(form._pdf)


def test_it_is_printed_at_its_own_size_on_a_larger_paper(desk, cake, qapp, tmp_path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_pdf(PDF.render(desk.ask(order_slip, ref=cake)), printer)
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as printed:
        assert [round(side / 72 * 25.4) for side in printed[0].get_size()] == [210, 297]
        picture = printed[0].render(scale=1).to_pil().convert("L").point(lambda dot: dot < 128)
    box = picture.getbbox()
    assert box is not None
    assert box[2] / 72 * 25.4 < 148  # nothing right of the slip
    assert box[3] / 72 * 25.4 < 210
