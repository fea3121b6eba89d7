from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.recipients import SubProcessor
from gdprdesk.domain.terms import RecipientRole
from gdprdesk.services.activities import list_activities
from gdprdesk.services.activity_changes import ActivityChanges, update_activity
from gdprdesk.services.agreements import read_agreement
from gdprdesk.services.recipients import (
    RecipientChanges,
    add_recipient,
    list_recipients,
    show_recipient,
    update_recipient,
)
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.evidence_form import EvidenceForm
from gdprdesk_ui.dialogs.recipient_catalogue import RecipientCatalogue
from gdprdesk_ui.dialogs.recipient_form import RecipientForm
from gdprdesk_ui.pages.recipients import RecipientsPage
from tests.builders import TODAY
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write

CONTROL = Qt.KeyboardModifier.ControlModifier
SMS = "Sms-tjänsten"


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("recipients")
        yield made


def known(desk, name: str):
    return next(one for one in desk.ask(list_recipients) if one.name == name)


def show_one(desk, window, qtbot, name):
    window.open_page("recipients", recipient_ref=known(desk, name).ref)
    qtbot.waitUntil(window.page().sheet.isVisible)
    return window.page()


def words(page) -> list[str]:
    return [one.text() for one in page.sheet.findChildren(QLabel)]


def column(page, number: int) -> list[str]:
    model = page.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def only(desk, **said: Any):
    """A recipient of her own that gets the data of a row."""
    ref = desk.run(add_recipient, name="Firman", role=RecipientRole.PROCESSOR, **said)
    row = desk.ask(list_activities)[0].ref
    desk.run(update_activity, activity_ref=row, changes=ActivityChanges(recipients=(ref,)))
    return ref


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, context, qtbot, every_look
) -> None:
    page = RecipientsPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_it_is_in_the_navigation_with_how_many_wait(desk, window) -> None:
    page = window.page()
    assert isinstance(page, RecipientsPage)
    due = [row for row in column(page, 3) if row]
    assert "Agreement missing" in due
    assert page.chips.buttons["to_do"].text() == f"To do {len(due)}"


def test_what_is_to_be_done_is_found_by_itself(desk, window, qtbot) -> None:
    page = window.page()
    whole = page.model.rowCount()
    click(qtbot, page.chips.buttons["to_do"])
    assert SMS in column(page, 0)
    assert page.model.rowCount() < whole
    assert all(column(page, 3))
    window.open_page("recipients", show="all")
    assert page.model.rowCount() == whole


def test_one_is_found_by_what_it_does(desk, window, qtbot) -> None:
    press(qtbot, Qt.Key.Key_F, CONTROL)
    page = window.page()
    write(page.search, "ireland")
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < 5)
    assert set(column(page, 1)) == {"Ireland"}
    write(page.search, "xyz")
    qtbot.waitUntil(page.empty.isVisible)
    assert page.sheet is None
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.isVisible)
    press(qtbot, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_the_sheet_tells_everything(desk, window, qtbot) -> None:
    only(
        desk,
        country="US",
        service="Skickar post",
        gets="Namn",
        mechanism="Standardavtalsklausuler",
        task="Skriv till dem",
        contact="privacy@firman.example",
        deletes_after="3-4 månader",
        agreement_on=date(2025, 1, 5),
        agreement_until=date(2026, 12, 1),
        sub_processors=(SubProcessor(name="Molnet", country="IE", service="Servrar"),),
    )
    page = show_one(desk, window, qtbot, "Firman")
    said = words(page)
    for wanted in (
        "Skickar post", "Namn", "Standardavtalsklausuler", "Skriv till dem", "Molnet", "Ireland",
        "privacy@firman.example", "3-4 månader", "Since 5 Jan 2025", "Until 1 Dec 2026",
        "Not kept here", "No day is set", "Nothing yet",
    ):  # fmt: skip
        assert wanted in said
    assert page.sheet.due.title.text() == "Agreement ends 1 Dec. See that it deletes."


def test_an_agreement_is_put_in_saved_again_and_taken_out(desk, window, qtbot, tmp_path) -> None:
    signed, copy = tmp_path / "avtal.pdf", tmp_path / "kopia.pdf"
    signed.write_bytes(b"%PDF-1.7 undertecknat")
    page = show_one(desk, window, qtbot, SMS)
    ask.next_answer(signed)
    click(qtbot, page.sheet.file_button)
    qtbot.waitUntil(lambda: page.sheet.copy_button is not None)
    assert "avtal.pdf" in words(page)
    ref = known(desk, SMS).ref
    assert desk.ask(read_agreement, recipient_ref=ref).content == signed.read_bytes()
    ask.next_answer(copy)
    click(qtbot, page.sheet.copy_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "kopia.pdf is saved")
    assert copy.read_bytes() == signed.read_bytes()
    page.sheet.without_file_wanted.emit()
    qtbot.waitUntil(lambda: page.sheet.copy_button is None)
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: page.sheet.copy_button is not None)


def test_an_agreement_to_sign_is_written(desk, window, qtbot, tmp_path) -> None:
    page, to = show_one(desk, window, qtbot, SMS), tmp_path / "avtal.pdf"
    ask.next_answer(to)
    click(qtbot, page.sheet.agreement_button)
    qtbot.waitUntil(lambda: window.toast.words.text() == "avtal.pdf is saved")
    assert SMS in read_pdf(to)


def test_what_was_seen_is_written_down(desk, window, qtbot) -> None:
    only(desk, deletes_after="30 dagar", agreement_on=TODAY)
    page = show_one(desk, window, qtbot, "Firman")
    assert page.sheet.due.title.text() == "See that it deletes."
    click(qtbot, page.sheet.evidence_button)
    form = dialog(qtbot, window, EvidenceForm)
    assert nameless(form) == []
    form.day.set_day(date(2026, 11, 22))
    click(qtbot, form.verb_button)
    assert form._fields[0].sentence.text().startswith("Write what you have seen")
    assert form._fields[1].sentence.text() == "Nobody has seen this on a day that has not come."
    form.what.setPlainText("Loggen var tom")
    form.day.set_day(date(2026, 11, 20))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Loggen var tom" in words(page))
    assert page.sheet.due is None
    assert "20 Nov 2026" in words(page)


def test_a_review_counts_for_a_year(desk, window, qtbot) -> None:
    page = show_one(desk, window, qtbot, SMS)
    click(qtbot, page.sheet.review_button)
    qtbot.waitUntil(lambda: "By 21 Nov 2027" in words(page))
    assert known(desk, SMS).review_on == date(2027, 11, 21)


def test_a_system_of_the_list_is_added_with_what_is_known(desk, window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.pick_button)
    form = dialog(qtbot, window, RecipientCatalogue)
    assert nameless(form) == []
    write(form.search, "fortnox")
    qtbot.waitUntil(lambda: form.systems.current() and form.systems.current().title == "Fortnox")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Fortnox" in words(page))
    assert page.table.current().name == "Fortnox"
    click(qtbot, page.pick_button)
    form = dialog(qtbot, window, RecipientCatalogue)
    write(form.search, "fortnox")
    qtbot.waitUntil(lambda: not form.verb_button.isEnabled())
    write(form.search, "qqq")
    qtbot.waitUntil(lambda: form.systems.current() is None)
    assert not form.verb_button.isEnabled()


def test_everything_about_one_is_changed(desk, window, qtbot) -> None:
    page = show_one(desk, window, qtbot, SMS)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_F2)
    form = dialog(qtbot, window, RecipientForm)
    assert nameless(form) == []
    form.until.set_day(date(2026, 1, 1))
    click(qtbot, form.verb_button)
    assert form.isVisible()
    form.agreement.set_day(date(2025, 1, 1))
    form.until.set_day(date(2030, 1, 1))
    form.review.set_day(date(2027, 5, 5))
    form.contact.setText("hej@sms.example")
    form.deletes_after.setText("en vecka")
    click(qtbot, form.others.add_button)
    part = form.others.parts[0]
    part.controls["service"].setText("Server")
    click(qtbot, form.verb_button)
    assert form.isVisible()
    part.controls["name"].setText("Molnet")
    part.controls["country"].set_value("NO")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Molnet" in words(page))
    now = known(desk, SMS)
    assert (now.agreement_on, now.agreement_until) == (date(2025, 1, 1), date(2030, 1, 1))
    assert (now.review_on, now.contact) == (date(2027, 5, 5), "hej@sms.example")
    assert now.deletes_after == "en vecka"
    assert now.sub_processors == ({"name": "Molnet", "country": "NO", "service": "Server"},)
    page.sheet.change_button.click()
    form = dialog(qtbot, window, RecipientForm)
    form.until.set_day(None)
    form.review.set_day(None)
    click(qtbot, form.others.parts[0].remove_button)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Molnet" not in words(page))
    now = desk.ask(show_recipient, recipient_ref=now.ref)
    assert (now.agreement_until, now.review_on, now.sub_processors) == (None, None, ())


def test_one_that_nobody_names_is_removed_and_comes_back(desk, window, qtbot) -> None:
    desk.run(add_recipient, name="Firman", role=RecipientRole.AUTHORITY)
    page = show_one(desk, window, qtbot, "Firman")
    click(qtbot, page.sheet.remove_button)
    qtbot.waitUntil(lambda: "Firman" not in column(page, 0))
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: "Firman" in column(page, 0))
    assert not show_one(desk, window, qtbot, SMS).sheet.remove_button.isVisible()


def test_what_changes_elsewhere_is_seen_and_the_choice_stays(desk, window, qtbot) -> None:
    page = show_one(desk, window, qtbot, SMS)
    changes = RecipientChanges(agreement_on=TODAY)
    desk.run(update_recipient, recipient_ref=known(desk, SMS).ref, changes=changes)
    qtbot.waitUntil(lambda: page.sheet.due is None)
    assert page.table.current().name == SMS


def test_a_new_one_is_asked_for_by_keyboard(desk, window, qtbot) -> None:
    assert window.page().table.hasFocus()
    press(qtbot, Qt.Key.Key_N, CONTROL)
    form = dialog(qtbot, window, RecipientForm)
    write(form.name, "Firman & Co")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Firman & Co" in words(window.page()))
