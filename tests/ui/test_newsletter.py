"""A newsletter round in the window: exported in four clicks, compared, customers and surveys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gdprdesk.desk import Desk
from gdprdesk.domain.base import SubjectRef
from gdprdesk.domain.list_comparison import Finding
from gdprdesk.domain.mailing_lists import MailingTool
from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import record_consent, withdraw_consent
from gdprdesk.services.disclosures import list_disclosures
from gdprdesk.services.existing_customers import list_existing_customers
from gdprdesk.services.newsletter import list_readers
from gdprdesk.services.onboarding import Business
from gdprdesk.services.templates import usual_extras
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.existing_customers import AddCustomer, CustomersDialog
from gdprdesk_ui.dialogs.newsletter_compare import CompareReaders
from gdprdesk_ui.dialogs.newsletter_export import ExportReaders
from gdprdesk_ui.dialogs.survey_check import SurveyDialog
from tests import mailings
from tests.builders import CHEAP, PASSWORD, TODAY, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, save_as


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as one:
        yield one


def reader(desk, name: str, email: str) -> SubjectRef:
    ref = person(desk, name, email=email)
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts["newsletter"],
        decision=Decision.GIVEN,
        method=ConsentMethod.WEB_FORM,
        decided_on=TODAY - timedelta(days=60),
    )
    return ref


def letters(window):
    window.open_page("consents", purpose="newsletter")
    return window.page().letters


def test_readers_are_exported_in_four_clicks(window, desk, qtbot, tmp_path: Path) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    left = reader(desk, "Bo Ek", "bo@example.com")
    desk.run(withdraw_consent, subject_ref=left, purpose="newsletter")
    click(qtbot, letters(window).export_button)
    form = dialog(qtbot, window, ExportReaders)
    assert nameless(form) == []
    assert form.tool.value() is MailingTool.MAILCHIMP
    assert form.counts.text() == "1 of 2 has said yes; 1 has taken it back."
    ask.next_answer(tmp_path / "Nyhetsbrev.csv")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.saved is not None)
    assert (tmp_path / "Nyhetsbrev.csv").exists()
    assert len(list(tmp_path.glob("Nyhetsbrev - *.csv"))) == 1
    assert len(desk.ask(list_disclosures)) == 1
    click(qtbot, form.verb_button)
    click(qtbot, letters(window).export_button)
    again = dialog(qtbot, window, ExportReaders)
    assert again.counts.text().endswith("0 get it no more since last time.")


def test_who_left_there_is_written_down_with_one_button(
    window, desk, qtbot, tmp_path: Path
) -> None:
    for name, email in (("Åsa Öberg", "asa@example.com"), ("Bo Ek", "bo@example.com")):
        reader(desk, name, email)
    path = mailings.mailchimp(
        tmp_path / "m.zip",
        [{"Email Address": "okänd@example.com"}],
        [("asa@example.com", "2026-11-01"), ("bo@example.com", "2026-11-02")],
    )
    click(qtbot, letters(window).compare_button)
    form = dialog(qtbot, window, CompareReaders)
    assert nameless(form) == []
    ask.next_answer(path)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: form.found.isVisible() and form.verb_button.isEnabled(), timeout=15_000)
    assert form.verb_button.text() == "Write down that 2 left"
    index = form.model.index(1)
    form.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert form.verb_button.text() == "Write down that 1 left"
    form.found.choose(Finding.UNPROVEN.value)
    assert form.model.index(0).data().startswith("okänd@example.com")
    click(qtbot, form.report_button)
    save_as(qtbot, window, tmp_path / "todo.pdf")
    form.activateWindow()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_readers).readers) == 1)
    assert desk.ask(list_readers).readers[0].name == "Bo Ek"


def test_a_sign_up_is_confirmed(window, desk, qtbot) -> None:
    ref = person(desk, "Åsa Öberg", email="asa@example.com")
    texts = {one.purpose: one.ref for one in desk.ask(list_consent_texts)}
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=texts["newsletter"],
        decision=Decision.PENDING,
        method=ConsentMethod.WEB_FORM,
    )
    window.open_page("consents", purpose="newsletter")
    page = window.page()
    page.chips.choose(Decision.PENDING.value)
    page.table.selectRow(0)
    click(qtbot, page.confirm_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_readers).readers) == 1)
    qtbot.waitUntil(lambda: not page.confirm_button.isVisible())


def test_a_file_that_is_no_list_is_explained(window, desk, qtbot, tmp_path: Path) -> None:
    reader(desk, "Åsa Öberg", "asa@example.com")
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    click(qtbot, letters(window).compare_button)
    form = dialog(qtbot, window, CompareReaders)
    form.read(path)
    qtbot.waitUntil(form.problem.isVisible, timeout=15_000)
    assert "no list" in form.problem.title.text()


def test_offers_to_numbers_have_no_program(window, desk) -> None:
    window.open_page("consents", purpose="sms_offers")
    tools = window.page().letters
    assert tools.readers_button.isVisible()
    assert not tools.export_button.isVisible()
    window.open_page("consents", purpose="photo")
    assert not window.page().letters.isVisible()


def test_without_the_exception_there_is_no_button_for_it(window) -> None:
    window.open_page("consents")
    more = window.page().more
    assert not more.customers_button.isVisible()
    assert more.survey_button.isVisible()


def test_a_survey_is_checked_and_cleaned(window, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("IP Address,Betyg,Fritt\n10.0.0.1,5,Bra\n10.0.0.2,4,a@b.se\n", "utf-8")
    window.open_page("consents")
    click(qtbot, window.page().more.survey_button)
    form = dialog(qtbot, window, SurveyDialog)
    assert nameless(form) == []
    ask.next_answer(path)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.broken.isVisible, timeout=15_000)
    assert list(form.boxes) == [0, 2]
    form.boxes[2].setChecked(False)
    ask.next_answer(tmp_path / "rent.csv")
    click(qtbot, form.verb_button)
    qtbot.waitUntil((tmp_path / "rent.csv").exists)
    assert (tmp_path / "rent.csv").read_text().split() == ["Betyg,Fritt", "5,Bra", "4,a@b.se"]


def test_a_customer_is_added_and_says_no(theme, show, clock, qtbot, tmp_path: Path) -> None:
    business = Business(
        name="Kafé Lind",
        trade="cafe",
        contact="Maja Lind",
        extras=(*usual_extras("cafe"), "customer_letters"),
    )
    desk, _key = Desk.create(
        tmp_path / "c.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    person(desk, "Åsa Öberg", email="asa@example.com")
    with opened(desk, theme, show, clock) as window:
        window.open_page("consents")
        click(qtbot, window.page().more.customers_button)
        form = dialog(qtbot, window, CustomersDialog)
        assert nameless(form) == []
        assert form.nobody.isVisible()
        click(qtbot, form.add_button)
        adding = dialog(qtbot, window, AddCustomer)
        adding.person.search.setText("åsa")
        adding.person._take_first()
        click(qtbot, adding.verb_button)
        assert not desk.ask(list_existing_customers)  # it does not say what she bought
        adding.bought.setText("Tårta")
        click(qtbot, adding.verb_button)
        qtbot.waitUntil(form.customers.isVisible, timeout=15_000)
        ask.next_answer(tmp_path / "kunder.csv")
        click(qtbot, form.verb_button)
        qtbot.waitUntil((tmp_path / "kunder.csv").exists, timeout=15_000)
        form.customers.choose_first()
        click(qtbot, form.no_button)
        qtbot.waitUntil(lambda: not desk.ask(list_existing_customers)[0].reached, timeout=15_000)
        qtbot.waitUntil(lambda: not form.no_button.isEnabled(), timeout=15_000)
    desk.lock()
