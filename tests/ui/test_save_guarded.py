"""Saving the customer list and the accountant's pack: what for, with which password, where."""

import io

import msoffcrypto
import pytest
import pyzipper

from gdprdesk.domain.accounts import AccountUse
from gdprdesk.domain.terms import ExportPurpose
from gdprdesk.services.accounts import show_accounts
from gdprdesk.services.log_listing import list_log
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.pages.reports import ReportsPage
from gdprdesk_ui.pages.settings import SettingsPage
from tests.builders import invoiced, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened


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


def test_the_customer_list_is_protected_unless_one_says_otherwise(window, qtbot, tmp_path) -> None:
    form = asked(qtbot, window, "people")
    assert nameless(form) == []
    assert form.protect.isChecked()
    click(qtbot, form.verb_button)
    assert "Write a password" in form._password_field.sentence.text()
    click(qtbot, form.suggest_button)
    words = form.password.text()
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
    form.protect.setChecked(False)
    assert form.unguarded.isVisible()
    ask.next_answer(tmp_path / "list.csv")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    assert form.saved is not None
    assert "no password" in form.saved.sentence.text()
    assert "Karin Holm" in (tmp_path / "list.csv").read_text("utf-8-sig")


def test_the_pack_for_the_accountant_in_three_clicks(window, qtbot, tmp_path) -> None:
    form = asked(qtbot, window, "accountant_pack")
    assert not form.protect.isChecked()
    assert not form.unguarded.isVisible()
    ask.next_answer(tmp_path / "pack.zip")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    with pyzipper.AESZipFile(tmp_path / "pack.zip") as archive:
        assert any(name.endswith(".si") for name in archive.namelist())


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
