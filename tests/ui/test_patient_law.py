"""The law on patients' records in the window: the answer, the warning, the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from gdprdesk.desk import Desk
from gdprdesk.domain.journal import JournalNote
from gdprdesk.domain.terms import PatientLaw
from gdprdesk.i18n import use_language
from gdprdesk.services.destruction import list_decisions
from gdprdesk.services.erasure_cases import list_erasures, show_receipt
from gdprdesk.services.finding import controller_of
from gdprdesk.services.journal_writing import write_note
from gdprdesk.services.papers import list_papers
from gdprdesk.services.patient_law import answer_patient_law, show_patient_law
from gdprdesk.services.today import show_today
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.journal_decision import JournalDecisionForm
from gdprdesk_ui.dialogs.paper_form import PaperForm
from gdprdesk_ui.pages.erase.page import ErasePage
from gdprdesk_ui.pages.settings import SettingsPage
from tests.builders import CAFE, CHEAP, PASSWORD, Clock, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, write


@pytest.fixture(scope="session")
def _practice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("practice") / "test.gdprdesk"
    business = replace(CAFE, name="Självro", trade="therapy")
    made, _key = Desk.create(
        folder, business=business, password=PASSWORD, limits=CHEAP, clock=Clock()
    )
    made.lock()
    return folder


@pytest.fixture
def _filled(_practice):
    """A practice that keeps a journal, in the place of the cafe."""
    return _practice


@pytest.fixture(autouse=True)
def _english():
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def asa(desk):
    ref = person(desk, "Åsa Öst", phone="0701740645")
    desk.run(write_note, subject_ref=ref, text="Hon sover dåligt.")
    return ref


def erase_page(context, show, ref):
    made = ErasePage(context)
    made.resize(1040, 1200)
    made.arrive(subject_ref=ref)
    made.refresh()
    return show(made)


def words(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def test_the_answer_shows_what_it_changes_and_needs_a_reason(context, show, qtbot, desk) -> None:
    page = SettingsPage(context)
    page.resize(1040, 1200)
    page.refresh()
    card = show(page).patient_law
    assert "Not answered yet" in words(card)
    assert "Patientdatalagen (2008:355) 3 kap. 17 §, as others tell it" in words(card)
    assert desk.ask(show_today).patient_law_open
    card.answer.set_value(PatientLaw.NOT)
    card.answer.activated.emit(card.answer.currentIndex())
    assert "erased with all else" in card.effects[0].text()
    click(qtbot, card.save_button)
    assert desk.ask(show_patient_law).answered_on is None
    card.why.setPlainText("Ingen legitimation")
    click(qtbot, card.save_button)
    qtbot.waitUntil(lambda: desk.ask(show_patient_law).answer is PatientLaw.NOT)
    assert desk.ask(show_patient_law).why == "Ingen legitimation"
    assert not desk.ask(show_today).patient_law_open
    assert nameless(card) == []


def test_erasing_waits_until_the_warning_was_read(context, show, qtbot, desk, asa) -> None:
    desk.run(answer_patient_law, answer=PatientLaw.NOT, why="Ingen legitimation")
    page = erase_page(context, show, asa)
    qtbot.waitUntil(lambda: page.preview._looked)
    assert "no history any more" in words(page)
    assert not page.preview.erase_button.isEnabled()
    page.preview.acknowledged.click()
    click(qtbot, page.preview.erase_button)
    qtbot.waitUntil(lambda: desk.ask(list_erasures) != ())
    assert "no history any more" in desk.ask(show_receipt, subject_ref=asa).warned


def test_the_decision_is_written_down_and_carried_out(context, show, qtbot, desk, asa) -> None:
    page = erase_page(context, show, asa)
    assert "Only the Health and Social Care Inspectorate (IVO)" in words(page)
    form = JournalDecisionForm(context, asa, "Åsa Öst", "")
    form.open()
    click(qtbot, form.verb_button)
    assert desk.ask(list_decisions, subject_ref=asa) == ()
    write(form.number, "12.4")
    form.day.set_day(date(2026, 11, 2))
    (box,) = form.parts.boxes.values()
    box.click()
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_decisions, subject_ref=asa)) == 1)
    (row,) = desk.ask(list_decisions, subject_ref=asa)
    assert (row.granted, row.entries, row.case_number) == (True, 1, "12.4")
    again = JournalDecisionForm(context, asa, "Åsa Öst", "")
    again.open()
    ask.next_answer(True)
    click(qtbot, again.destroy_buttons[row.ref])
    qtbot.waitUntil(
        lambda: desk.ask(lambda read: read.scalars(select(JournalNote.ref)).all()) == []
    )


def test_in_norway_the_test_is_answered_box_by_box(context, qtbot, desk, asa) -> None:
    with UnitOfWork(desk._vault, desk._clock) as work:
        controller_of(work.session).country = "NO"
        work.commit("test.country")
    form = JournalDecisionForm(context, asa, "Åsa Öst", "")
    form.open()
    assert nameless(form) == []
    for name in ("harmless", "unneeded"):
        form.found[name].click()
    form.why.setPlainText("Står i feil journal")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_decisions, subject_ref=asa)) == 1)
    (row,) = desk.ask(list_decisions, subject_ref=asa)
    assert (row.granted, row.entries, row.why) == (True, 0, "Står i feil journal")


def test_a_journal_on_paper_is_ticked(context, qtbot, desk) -> None:
    form = PaperForm(context)
    form.open()
    for edit, said in ((form.place, "Skåp"), (form.box, "Journaler A"), (form.what, "Journaler")):
        write(edit, said)
    form.journal.click()
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: [one.box for one in desk.ask(list_papers, journals_only=True)] != [])
