from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from gdprdesk.domain.terms import ExportPurpose
from gdprdesk.exports.label_sheets import LabelSheet
from gdprdesk.services.log_listing import list_log
from gdprdesk.services.objections import object_to_marketing
from gdprdesk.services.served import ControllerChanges, add_controller
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.pages.reports import ReportsPage
from tests.builders import TODAY, invoiced, order, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, save_as

WORDS = "tavilo-kemura"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("reports")
        yield made


@pytest.fixture
def two_years(desk, clock):
    """An invoice of May 2025 and one of today."""
    clock.go_to(date(2025, 5, 5))
    invoiced(desk, person(desk, "Anders Nyberg"), number="101", paid_on=None)
    clock.go_to(TODAY)
    invoiced(desk, person(desk, "Karin Holm"), number="202")


def shown(qtbot, page: ReportsPage, tmp_path, words: str) -> None:
    """Wait until the very PDF that is shown says these words."""

    def says() -> bool:
        file = tmp_path / "shown.pdf"
        file.write_bytes(page._pdf)
        return bool(page._pdf) and words in read_pdf(file)

    qtbot.waitUntil(says, timeout=10_000)


def choose(qtbot, page: ReportsPage, key: str) -> None:
    click(qtbot, page.choices[key])


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, context, operations, qtbot, every_look
) -> None:
    page = ReportsPage(context)
    qtbot.addWidget(page)
    for key in page.choices:
        page.arrive(report=key)
        page.refresh()
        assert nameless(page) == []
        assert not page.grab().isNull()
    assert operations.wait()


def test_the_register_is_shown_as_it_is_printed(window, qtbot, tmp_path) -> None:
    page = window.page()
    shown(qtbot, page, tmp_path, "Beställningar och bokningar")
    assert page.heading.title.text() == "Record of processing"
    assert page.preview.number.text().startswith("Page 1 of ")
    assert page.promise.text() == "Holds no customer's name."
    assert not page.year_field.isVisible()
    page.language.set_value("en")
    page.language.picked.emit("en")
    shown(qtbot, page, tmp_path, "Orders and bookings")


def test_what_is_saved_is_what_was_shown(window, qtbot, tmp_path) -> None:
    page, pdf, sheet = window.page(), tmp_path / "r.pdf", tmp_path / "r.xlsx"
    shown(qtbot, page, tmp_path, "Beställningar och bokningar")
    ask.next_answer(pdf)
    click(qtbot, page.pdf_button)
    qtbot.waitUntil(pdf.exists)
    qtbot.waitUntil(lambda: window.toast.words.text() == "r.pdf is saved")
    assert "Beställningar och bokningar" in read_pdf(pdf)
    ask.next_answer(sheet)
    press(qtbot, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: window.toast.words.text() == "r.xlsx is saved")
    assert load_workbook(sheet).sheetnames
    ask.next_answer(None)
    click(qtbot, page.pdf_button)


def test_the_accountant_gets_the_year_that_is_chosen(two_years, window, qtbot, tmp_path) -> None:
    window.open_page("reports", report="accountant")
    page = window.page()
    assert page.choices["accountant"].isChecked()
    qtbot.waitUntil(page.year_field.isVisible)
    assert page.year.value() == 2025  # the last year that is over
    shown(qtbot, page, tmp_path, "101")
    page.year.set_value(2026)
    page.year.picked.emit(2026)
    shown(qtbot, page, tmp_path, "202")
    page.year.set_value(2025)
    page.year.picked.emit(2025)
    shown(qtbot, page, tmp_path, "101")
    to = tmp_path / "year.xlsx"
    click(qtbot, page.excel_button)
    save_as(qtbot, window, to)
    qtbot.waitUntil(lambda: window.toast.words.text() == "year.xlsx is saved")
    cells = {str(cell.value) for row in load_workbook(to).active for cell in row}
    assert "101" in cells
    assert "202" not in cells


def test_the_day_sheet_is_of_the_day_that_is_written(desk, window, qtbot, tmp_path) -> None:
    order(desk, person(desk), what="Budapestrulle", wanted_on=TODAY)
    order(desk, person(desk, "Elif"), what="Kanelbullar", wanted_on=date(2026, 11, 30))
    page = window.page()
    choose(qtbot, page, "day_sheet")
    qtbot.waitUntil(page.day_field.isVisible)
    shown(qtbot, page, tmp_path, "Budapestrulle")
    page.day.edit.setText("30")
    page.day.changed.emit()
    shown(qtbot, page, tmp_path, "Budapestrulle")
    page.day.set_day(date(2026, 11, 30))
    page.day.changed.emit()
    shown(qtbot, page, tmp_path, "Kanelbullar")
    to = tmp_path / "day.pdf"
    click(qtbot, page.pdf_button)
    assert dialog(qtbot, window, SaveGuarded).guard.protect.isChecked()  # names beside diets
    save_as(qtbot, window, to, password=WORDS)
    paper = PdfReader(to)
    assert paper.is_encrypted
    assert paper.decrypt(WORDS)
    assert "Kanelbullar" in paper.pages[0].extract_text()


def test_it_is_printed_as_it_is_shown(window, qtbot, tmp_path) -> None:
    page, paper = window.page(), tmp_path / "paper.pdf"
    shown(qtbot, page, tmp_path, "Beställningar och bokningar")
    ask.next_answer(None)
    click(qtbot, page.print_button)
    ask.next_answer(paper)
    press(qtbot, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: paper.exists() and paper.stat().st_size > 0)
    assert window.operations.wait()
    assert paper.read_bytes().startswith(b"%PDF")


def test_arrows_choose_the_report(window, qtbot) -> None:
    page = window.page()
    assert page.choices["register"].hasFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert page.choices["processors"].isChecked()
    assert page.heading.title.text() == "Processors"
    assert window.operations.wait()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("processors", "Sms-tjänsten"),
        ("retention", "Hur länge uppgifter sparas"),
        ("public", "Beställningar och bokningar"),
    ],
)
def test_each_report_on_the_register_is_shown_and_saved(
    window, qtbot, tmp_path, key, words
) -> None:
    page, to = window.page(), tmp_path / f"{key}.pdf"
    choose(qtbot, page, key)
    shown(qtbot, page, tmp_path, words)
    ask.next_answer(to)
    click(qtbot, page.pdf_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == f"{key}.pdf is saved")
    assert words in read_pdf(to)
    assert not page.year_field.isVisible()


def test_the_yearly_check_is_of_the_year_that_is_chosen(window, qtbot, tmp_path) -> None:
    window.open_page("reports", report="year")
    page, to = window.page(), tmp_path / "year.pdf"
    qtbot.waitUntil(page.checked_field.isVisible)
    shown(qtbot, page, tmp_path, "2026")
    page.checked_year.set_value(2025)
    page.checked_year.picked.emit(2025)
    shown(qtbot, page, tmp_path, "2025")
    ask.next_answer(to)
    click(qtbot, page.pdf_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "year.pdf is saved")
    assert "2025" in read_pdf(to)


def test_those_served_have_a_report_once_there_are_any(desk, window, qtbot, tmp_path) -> None:
    page = window.page()
    shown(qtbot, page, tmp_path, "Beställningar och bokningar")
    assert not page.choices["processor_register"].isVisible()
    desk.run(add_controller, changes=ControllerChanges(name="Salong Klipp"))
    qtbot.waitUntil(page.choices["processor_register"].isVisible)
    choose(qtbot, page, "processor_register")
    shown(qtbot, page, tmp_path, "Salong Klipp")


def test_labels_are_shown_and_saved_as_chosen(desk, window, qtbot, tmp_path) -> None:
    for name in ("Karin Holm", "Eva Lind"):
        ref = person(desk, name, address="Kyrkogatan 4, 352 31 Växjö")
    desk.run(object_to_marketing, subject_ref=ref)
    page = window.page()
    assert not page.labels.isVisible()
    choose(qtbot, page, "labels")
    shown(qtbot, page, tmp_path, "Karin Holm Kyrkogatan 4 352 31 Växjö")
    qtbot.waitUntil(page.labels.isVisible)
    assert page.remarks.text() == "1 person is left out: she gets no advertising."
    page.labels.used_for.set_value(ExportPurpose.OWN_WORK)
    page.labels.sheet.set_value(LabelSheet.TWO_BY_SEVEN)
    page.labels.sheet.picked.emit(LabelSheet.TWO_BY_SEVEN)
    assert page.labels.first.values() == tuple(range(1, 15))
    page.labels.first.set_value(14)
    page.labels.first.picked.emit(14)
    shown(qtbot, page, tmp_path, "Eva Lind Kyrkogatan 4 352 31 Växjö Karin Holm")
    qtbot.waitUntil(lambda: page.preview.number.text() == "Page 1 of 2")
    assert not page.remarks.isVisible()
    click(qtbot, page.save_button)
    form = dialog(qtbot, window, SaveGuarded)
    assert not form.purpose.isEnabled()
    form.guard.protect.setChecked(False)
    ask.next_answer(tmp_path / "labels.pdf")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    assert read_pdf(tmp_path / "labels.pdf") == read_pdf(page._pdf)
    assert desk.ask(list_log).rows[0].purpose is ExportPurpose.OWN_WORK
