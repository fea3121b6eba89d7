"""A child on her page, the places of her yes, and the day she turns 18."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.terms import ConsentMethod, Decision, Kinship
from gdprdesk.services.consent_forms import find_form, read_signed
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, record_consent
from gdprdesk.services.guardians import add_guardian, list_guardians
from gdprdesk.services.notes import load_draft
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.consent_part import ConsentPartForm
from gdprdesk_ui.dialogs.consent_scan import ScanForm, keep_scan
from gdprdesk_ui.dialogs.draft import PAUSE_MS
from gdprdesk_ui.dialogs.guardian_form import GuardianForm
from gdprdesk_ui.pages.consents.page import ConsentsPage
from gdprdesk_ui.pages.person.page import PersonPage
from gdprdesk_ui.pages.today.page import TodayPage
from gdprdesk_ui.reopening import reopen
from tests.builders import TODAY, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write

BORN = date(2008, 12, 4)


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


def photo(desk):
    return next(one for one in desk.ask(list_consent_texts) if one.purpose == "photo")


def says_yes(desk, ref, *channels: str, given_by: str = ""):
    return desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=photo(desk).ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.ORALLY,
        channels=channels,
        given_by=given_by,
    )


def standing(desk, ref):
    return next(one for one in desk.ask(consents_of, subject_ref=ref) if one.purpose == "photo")


def card_of(window, ref):
    window.open_page("person", subject_ref=ref)
    return window.findChild(PersonPage).consents


def test_a_guardian_is_written_on_the_page_of_the_child(desk, window, qtbot) -> None:
    elsa = person(desk, "Elsa Ek")
    card = card_of(window, elsa)
    assert card.guardians.add_button.accessibleName() == "She is a child…"
    click(qtbot, card.guardians.add_button)
    form = dialog(qtbot, window, GuardianForm)
    assert nameless(form) == []
    write(form.name, "Maria Ek")
    press(qtbot, Qt.Key.Key_Return)
    assert form.isVisible()  # when she was born is not known
    form.born.set_day(BORN)
    write(form.reach, "070-174 06 11")
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    (row,) = desk.ask(list_guardians, subject_ref=elsa)
    assert (row.name, row.of_age_on) == ("Maria Ek", date(2026, 12, 4))
    qtbot.waitUntil(lambda: len(card.guardians.change_buttons) == 1)
    click(qtbot, card.guardians.change_buttons[0])
    form = dialog(qtbot, window, GuardianForm)
    assert (form.name.text(), form.reach.text()) == ("Maria Ek", "070-174 06 11")
    form.kinship.set_value(Kinship.APPOINTED)
    form.asked_too.set_day(TODAY)
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    (row,) = desk.ask(list_guardians, subject_ref=elsa)
    assert (row.kinship, row.asked_too_on) == (Kinship.APPOINTED, TODAY)
    qtbot.waitUntil(lambda: len(card.guardians.change_buttons) == 1)
    click(qtbot, card.guardians.change_buttons[0])
    form = dialog(qtbot, window, GuardianForm)
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.remove_button)
    assert desk.ask(list_guardians, subject_ref=elsa) == ()


def test_a_half_written_guardian_is_there_again_after_a_lock(desk, window, qtbot) -> None:
    elsa = person(desk, "Elsa Ek")
    desk.run(add_guardian, subject_ref=elsa, name="Maria Ek", born_on=BORN)
    click(qtbot, card_of(window, elsa).guardians.add_button)
    form = dialog(qtbot, window, GuardianForm)
    write(form.name, "Per Ek")
    name = f"guardian:{elsa}"
    qtbot.waitUntil(
        lambda: bool(desk.ask(load_draft, form=name, subject_ref=None)), timeout=PAUSE_MS * 20
    )
    form.hide()
    reopen(window.context, name, None)
    assert dialog(qtbot, window, GuardianForm).name.text() == "Per Ek"


def test_the_places_of_a_yes_are_shown_and_one_is_taken_back(desk, window, qtbot) -> None:
    karin = person(desk)
    says_yes(desk, karin, "Instagram", "Tryck")
    row = card_of(window, karin).rows["photo"]
    assert "Instagram, Tryck" in row.sentence.text()
    click(qtbot, row.part_button)
    form = dialog(qtbot, window, ConsentPartForm)
    assert nameless(form) == []
    assert [*form.channels.boxes] == ["Instagram", "Tryck"]
    click(qtbot, form.verb_button)
    assert form.isVisible()  # nothing is ticked beforehand
    form.channels.boxes["Tryck"].setChecked(True)
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    assert standing(desk, karin).channels == ("Instagram",)
    qtbot.waitUntil(lambda: "Tryck" not in row.sentence.text())
    assert not row.part_button.isVisible()


def test_all_places_are_taken_back_at_once_on_the_page_of_consents(desk, window, qtbot) -> None:
    karin = person(desk)
    says_yes(desk, karin, "Instagram", "Tryck")
    window.open_page("consents", purpose="photo")
    page = window.findChild(ConsentsPage)
    page.table.selectRow(0)
    click(qtbot, page.withdraw_button)
    form = dialog(qtbot, window, ConsentPartForm)
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.all_button)
    assert standing(desk, karin).decision is Decision.WITHDRAWN


def words_of(row) -> str:
    return " ".join(label.text() for label in row.findChildren(QLabel))


def task_about_18(page):
    return next(one for one in page.tasks.rows if "18" in words_of(one))


def test_today_says_who_turns_18_and_her_page_that_she_is_asked_anew(
    desk, window, qtbot, clock
) -> None:
    elsa = person(desk, "Elsa Ek")
    desk.run(add_guardian, subject_ref=elsa, name="Maria Ek", born_on=BORN)
    says_yes(desk, elsa, "Instagram", given_by="Maria Ek")
    window.open_page("today")
    page = window.findChild(TodayPage)
    assert "Elsa Ek turns 18 on 4 Dec" in words_of(task_about_18(page))
    clock.go_to(date(2026, 12, 4))
    page.refresh()
    assert "Elsa Ek turned 18" in words_of(task_about_18(page))
    click(qtbot, task_about_18(page).button)
    card = window.findChild(PersonPage).consents
    assert card.rows["photo"].ask_button.isVisibleTo(card)
    assert "ask her anew" in card.rows["photo"].sentence.text()


def test_a_scan_finds_its_answer_by_the_code(desk, window, qtbot, tmp_path) -> None:
    karin = person(desk)
    code = karin[:12] + photo(desk).ref[:4]
    scan = tmp_path / "scan.jpg"
    Image.new("RGB", (400, 560), "beige").save(scan)
    window.open_page("consents", purpose="photo")
    click(qtbot, window.findChild(ConsentsPage).scan_button)
    form = dialog(qtbot, window, ScanForm)
    assert nameless(form) == []
    assert not form.verb_button.isEnabled()
    ask.next_answer(scan)
    click(qtbot, form.choose_button)
    write(form.code, code)
    form.code.editingFinished.emit()
    assert "not written down yet" in form.written.text()
    assert form.answer.isVisible()
    ref = says_yes(desk, karin, "Instagram")
    form.code.editingFinished.emit()
    assert form.whose.text() == "Karin Holm, Foto"
    assert form.written.text() == "Written down: Yes: Instagram. The scan is kept with it."
    assert not form.answer.isVisible()
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    with Image.open(BytesIO(desk.ask(read_signed, ref=ref).content)) as kept:
        assert kept.size == (400, 560)
    assert desk.ask(find_form, code=code).consent_ref == ref


def scanned(qtbot, window, tmp_path, code: str) -> ScanForm:
    scan = tmp_path / "scan.jpg"
    Image.new("RGB", (400, 560), "beige").save(scan)
    keep_scan(window.context)
    form: ScanForm = dialog(qtbot, window, ScanForm)
    form.take(scan)
    write(form.code, code)
    form.code.editingFinished.emit()
    return form


def test_what_stands_on_a_form_is_written_down_with_its_scan(desk, window, qtbot, tmp_path) -> None:
    karin = person(desk)
    window.open_page("consents", purpose="photo")
    form = scanned(qtbot, window, tmp_path, karin[:12] + photo(desk).ref[:4])
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form.isVisible()  # nothing is chosen beforehand
    click(qtbot, form.answer.answer.buttons[Decision.GIVEN])
    click(qtbot, form.verb_button)
    assert form.isVisible()  # nor any place
    form.answer.channels.boxes["Instagram"].setChecked(True)
    form.answer.day.set_day(TODAY - timedelta(days=3))
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    now = next(one for one in desk.ask(consents_of, subject_ref=karin) if one.purpose == "photo")
    assert (now.decision, now.channels) == (Decision.GIVEN, ("Instagram",))
    assert (now.method, now.is_signed) == (ConsentMethod.SIGNATURE, True)
    assert now.decided_on == TODAY - timedelta(days=3)


@pytest.mark.parametrize("answer", [Decision.REFUSED, Decision.PENDING])
def test_a_form_that_says_something_else_is_a_new_answer(
    desk, window, qtbot, tmp_path, answer
) -> None:
    karin = person(desk)
    if answer is Decision.REFUSED:
        says_yes(desk, karin, "Instagram")
    window.open_page("consents", purpose="photo")
    form = scanned(qtbot, window, tmp_path, karin[:12] + photo(desk).ref[:4])
    if answer is Decision.REFUSED:
        click(qtbot, form.other_button)
    click(qtbot, form.answer.answer.buttons[answer])
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    now = next(one for one in desk.ask(consents_of, subject_ref=karin) if one.purpose == "photo")
    assert (now.decision, now.channels, now.is_signed) == (answer, (), True)


def test_a_form_of_a_child_says_who_signed_it(desk, window, qtbot, tmp_path) -> None:
    elsa = person(desk, "Elsa Ek")
    desk.run(add_guardian, subject_ref=elsa, name="Maria Ek", born_on=BORN)
    window.open_page("consents", purpose="photo")
    form = scanned(qtbot, window, tmp_path, elsa[:12] + photo(desk).ref[:4])
    assert form.answer.who.values() == ("Maria Ek", "")
    click(qtbot, form.answer.answer.buttons[Decision.REFUSED])
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)
    now = next(one for one in desk.ask(consents_of, subject_ref=elsa) if one.purpose == "photo")
    assert now.given_by == "Maria Ek"


def test_what_is_no_scan_is_said_above_the_form(desk, window, qtbot, tmp_path) -> None:
    ref = says_yes(desk, person(desk), "Instagram")
    (tmp_path / "scan.pdf").write_text("no pdf")
    window.open_page("consents")
    keep_scan(window.context, ref)
    form = dialog(qtbot, window, ScanForm)
    form.take(tmp_path / "scan.pdf")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(form.problem.isVisible)
    assert form.isVisible()
