"""Saving the customer list and the accountant's pack: what for, with which password, where."""

import io
from datetime import date

import msoffcrypto
import pytest
import pyzipper
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from gdprdesk.domain.accounts import AccountUse
from gdprdesk.domain.terms import ExportPurpose
from gdprdesk.services.accounts import show_accounts
from gdprdesk.services.log_listing import list_log
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.pages.reports import ReportsPage
from gdprdesk_ui.pages.settings import SettingsPage
from tests.builders import TODAY, delivered, invoiced, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, save_as

WORDS = "tavilo-kemura"


@pytest.fixture
def window(desk, theme, show, clock):
    invoiced(desk, person(desk, "Karin Holm", phone="0701740645"))
    with opened(desk, theme, show, clock) as made:
        made.navigate("reports")
        yield made


def asked(qtbot, window, key):
    """Choose a report, and begin to save it."""
    page = window.page()
    assert isinstance(page, ReportsPage)
    click(qtbot, page.choices[key])
    assert not page.excel_button.isVisible()
    click(qtbot, page.save_button)
    return dialog(qtbot, window, SaveGuarded)


def closed(window) -> bool:
    """Close the dialog where it says something of the file it saved; returns whether it is gone."""
    form = next((one for one in window.findChildren(SaveGuarded) if one.isVisible()), None)
    if form is not None and form.saved is not None:
        form.reject()
    return form is None


def test_the_customer_list_is_protected_unless_one_says_otherwise(window, qtbot, tmp_path) -> None:
    form = asked(qtbot, window, "people")
    assert nameless(form) == []
    assert form.guard.protect.isChecked()
    click(qtbot, form.verb_button)
    assert "Write a password" in form.guard.password_field.sentence.text()
    click(qtbot, form.guard.suggest_button)
    words = form.guard.password.text()
    form.purpose.set_value(ExportPurpose.MAILING)
    ask.next_answer(tmp_path / "list.xlsx")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    file, opened_file = (
        msoffcrypto.OfficeFile(io.BytesIO((tmp_path / "list.xlsx").read_bytes())),
        io.BytesIO(),
    )
    file.load_key(password=words)
    file.decrypt(opened_file)
    row = window.context.desk.ask(list_log).rows[0]
    assert (row.purpose, row.file_name) == (ExportPurpose.MAILING, "list.xlsx")
    assert form.saved is not None
    assert form.saved.folder_button.text().strip() == "Show in folder"


def test_a_list_without_a_password_is_warned_of(window, qtbot, tmp_path) -> None:
    form = asked(qtbot, window, "people")
    form.kind.set_value("csv")
    form.guard.protect.setChecked(False)
    assert form.guard.unguarded.isVisible()
    ask.next_answer(tmp_path / "list.csv")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    assert form.saved is not None
    assert "no password" in form.saved.sentence.text()
    assert "Karin Holm" in (tmp_path / "list.csv").read_text("utf-8-sig")


def test_what_the_accountant_gets_in_three_clicks(window, qtbot, tmp_path) -> None:
    form = asked(qtbot, window, "accountant_pack")
    assert not form.guard.protect.isChecked()
    assert not form.guard.unguarded.isVisible()
    ask.next_answer(tmp_path / "pack.zip")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.words.text() == "pack.zip is saved")
    with pyzipper.AESZipFile(tmp_path / "pack.zip") as archive:
        assert any(name.endswith(".si") for name in archive.namelist())


def test_a_month_with_names_and_a_password(desk, window, qtbot, tmp_path, clock) -> None:
    clock.go_to(date(2026, 10, 5))
    invoiced(desk, person(desk, "Anders Nyberg"), number="301", paid_on=date(2026, 10, 5))
    clock.go_to(TODAY)
    page = window.page()
    click(qtbot, page.choices["accountant_pack"])
    assert page.promise.text().startswith("Names nobody")
    pack = page.pack
    assert pack.period.values()[0] is None  # the whole year first
    pack.period.set_value(date(2026, 10, 1))
    pack.period.picked.emit(date(2026, 10, 1))
    click(qtbot, pack.names.box)
    qtbot.waitUntil(lambda: "301" in read_pdf(page._pdf) and "Nyberg" in read_pdf(page._pdf))
    assert "Karin" not in read_pdf(page._pdf)  # she bought in November
    assert page.promise.text().startswith("Names the customers")
    form = asked(qtbot, window, "accountant_pack")
    assert form._saving.name == "For the accountant 2026-10"
    to = tmp_path / "october.zip"
    save_as(qtbot, window, to, password=WORDS)
    qtbot.waitUntil(lambda: form.saved is not None)
    with pyzipper.AESZipFile(to) as archive:
        with pytest.raises(RuntimeError, match="password"):
            archive.read("2026-10.si")
        archive.setpassword(WORDS.encode())
        vouchers = archive.read("2026-10.si").decode("cp437")
        book = next(one for one in archive.namelist() if one.endswith(".xlsx"))
        cells = {
            cell.value
            for sheet in load_workbook(io.BytesIO(archive.read(book)))
            for row in sheet
            for cell in row
        }
        paper = next(one for one in archive.namelist() if one.endswith(".pdf"))
        assert "Anders Nyberg" in read_pdf(archive.read(paper))
    assert "Faktura 301 Anders Nyberg" in vouchers
    assert "Karin" not in vouchers
    assert "Anders Nyberg" in cells
    assert desk.ask(list_log).rows[0].purpose is ExportPurpose.BOOKKEEPING


def test_only_the_vouchers_leave_out_or_take_in_as_chosen(desk, window, qtbot, tmp_path) -> None:
    delivered(desk, person(desk, "Elif Demir"))
    invoiced(desk, person(desk, "Olle Ek"), number="F-77", original_in="Fortnox")
    page = window.page()
    click(qtbot, page.choices["accountant_pack"])
    said = {}
    for name, boxes in (
        ("usual", ()),
        ("elsewhere", (page.pack.elsewhere.box,)),
        ("bare", (page.pack.elsewhere.box, page.pack.orders.box)),
    ):
        for box in boxes:
            click(qtbot, box)
        form = asked(qtbot, window, "accountant_pack")
        form.kind.set_value("si")
        to = tmp_path / f"{name}.si"
        save_as(qtbot, window, to)
        said[name] = to.read_bytes().decode("cp437")
        qtbot.waitUntil(lambda: closed(window))
    assert "F-77" not in said["usual"]
    assert "Order" in said["usual"]
    assert "F-77" in said["elsewhere"]
    assert "Order" not in said["bare"]
    assert "F-77" not in said["bare"]


def test_a_list_with_names_can_have_a_password_and_one_without_asks_nothing(
    desk, window, qtbot, tmp_path
) -> None:
    page = window.page()
    click(qtbot, page.choices["accountant"])
    click(qtbot, page.excel_button)
    form = dialog(qtbot, window, SaveGuarded)
    assert form.kind.values() == ("xlsx", "pdf")  # as which button was clicked
    assert not form.guard.protect.isChecked()
    to = tmp_path / "invoices.xlsx"
    save_as(qtbot, window, to, password=WORDS)
    qtbot.waitUntil(lambda: form.saved is not None)
    file, bare = msoffcrypto.OfficeFile(io.BytesIO(to.read_bytes())), io.BytesIO()
    assert file.is_encrypted()
    file.load_key(password=WORDS)
    file.decrypt(bare)
    assert "Karin Holm" in {cell.value for row in load_workbook(bare).active for cell in row}
    form.reject()
    click(qtbot, page.choices["register"])
    ask.next_answer(tmp_path / "register.xlsx")
    click(qtbot, page.pdf_button)  # the name decides
    qtbot.waitUntil(lambda: window.toast.words.text() == "register.xlsx is saved")
    assert load_workbook(tmp_path / "register.xlsx").sheetnames
    assert not any(one.isVisible() for one in window.findChildren(SaveGuarded))
    assert desk.ask(list_log).rows[0].purpose is ExportPurpose.AUTHORITY


def test_the_log_is_saved_with_a_password(desk, window, qtbot, tmp_path) -> None:
    window.open_page("log")
    press(qtbot, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = dialog(qtbot, window, SaveGuarded)
    assert form.title.text() == "Log"
    form.kind.set_value("pdf")
    form.purpose.set_value(ExportPurpose.OTHER)
    to = tmp_path / "log.pdf"
    save_as(qtbot, window, to, password=WORDS)
    qtbot.waitUntil(lambda: form.saved is not None)
    paper = PdfReader(to)
    assert paper.is_encrypted
    assert paper.decrypt(WORDS)
    row = desk.ask(list_log).rows[0]
    assert (row.purpose, row.file_name) == (ExportPurpose.OTHER, "log.pdf")


def test_an_account_is_chosen_in_the_settings(window, qtbot) -> None:
    window.navigate("settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    card = page.bookkeeping
    card.numbers[AccountUse.CASH].setText("19")
    click(qtbot, card.save_button)
    qtbot.waitUntil(lambda: "no account" in card.problem.text() and card.save_button.isEnabled())
    card.numbers[AccountUse.CASH].setText("1911")
    click(qtbot, card.save_button)

    def cash():
        rows = window.context.desk.ask(show_accounts)
        return next(one.number for one in rows if one.use is AccountUse.CASH)

    qtbot.waitUntil(lambda: cash() == "1911")
