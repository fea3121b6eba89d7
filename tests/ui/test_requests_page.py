"""Requests in the window: written down, taken step by step to the answer, and never forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from gdprdesk.domain.terms import (
    Channel,
    ConsentMethod,
    Decision,
    RefusalGround,
    RequestDecision,
    Requester,
    RequestKind,
    RequestTask,
    RestrictionGround,
)
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import consents_of, record_consent
from gdprdesk.services.requests import list_requests, open_request, show_request
from gdprdesk.services.restriction import restrict_person, show_standing
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.request_form import RequestForm
from gdprdesk_ui.dialogs.request_letter import LetterForm
from gdprdesk_ui.dialogs.request_steps import (
    AnswerForm,
    AuthorityForm,
    DecisionForm,
    DoubtForm,
    ExtensionForm,
    IdentityForm,
)
from gdprdesk_ui.dialogs.request_work import (
    CorrectionForm,
    LiftForm,
    ObjectionForm,
    RestrictionForm,
)
from tests.builders import TODAY, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write


@pytest.fixture
def karin(desk):
    return person(desk, "Karin Holm", email="karin@example.se", phone="070-174 06 45")


@pytest.fixture
def window(desk, karin, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


def asked(desk, kind=RequestKind.ACCESS, **more: Any):
    said = {"received_on": TODAY, "channel": Channel.EMAIL, "kind": kind, **more}
    return desk.run(open_request, **said)


def case(window, one):
    window.open_page("request", request_ref=one.ref)
    return window.page()


def decisions(desk, who):
    return {one.decision for one in desk.ask(consents_of, subject_ref=who)}


def row_now(desk, one):
    return desk.ask(show_request, request_ref=one.ref).row


def test_a_request_is_written_down_about_somebody_known(qtbot, window, desk, karin) -> None:
    window.open_page("person", subject_ref=karin)
    click(qtbot, window.page().request_button)
    form = dialog(qtbot, window, RequestForm)
    assert form.person.ref == karin
    form.kind.set_value(RequestKind.RECTIFY)
    write(form.wish, "Fel nummer")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: bool(desk.ask(list_requests)))
    (one,) = desk.ask(list_requests)
    assert (one.kind, one.subject_ref, one.wish) == (RequestKind.RECTIFY, karin, "Fel nummer")
    qtbot.waitUntil(lambda: window.page().heading.title.text() == "Karin Holm")


def test_whoever_is_in_no_register_needs_a_name(qtbot, window, desk) -> None:
    window.open_page("requests")
    click(qtbot, window.page().new_button)
    form = dialog(qtbot, window, RequestForm)
    click(qtbot, form.verb_button)
    assert desk.ask(list_requests) == ()
    write(form.asker, "Berit Lund")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: bool(desk.ask(list_requests)))
    (one,) = desk.ask(list_requests)
    assert (one.name, one.subject_ref) == ("Berit Lund", None)


def test_to_stop_newsletters_needs_no_case(qtbot, window, desk, karin) -> None:
    words = next(one for one in desk.ask(list_consent_texts) if one.purpose == "newsletter")
    desk.run(
        record_consent,
        subject_ref=karin,
        text_ref=words.ref,
        decision=Decision.GIVEN,
        method=ConsentMethod.EMAIL,
    )
    window.open_page("requests", subject_ref=karin)
    form = dialog(qtbot, window, RequestForm)
    assert not form.only_letters.isVisible()
    form.kind.set_value(RequestKind.ERASE)
    form.kind.picked.emit(RequestKind.ERASE)
    click(qtbot, form.only_letters)
    qtbot.waitUntil(lambda: Decision.WITHDRAWN in decisions(desk, karin))
    assert desk.ask(list_requests) == ()


def test_somebody_on_the_phone_is_called_back(qtbot, window, desk, karin) -> None:
    window.open_page("requests", subject_ref=karin)
    form = dialog(qtbot, window, RequestForm)
    form.channel.set_value(Channel.PHONE)
    form.channel.picked.emit(Channel.PHONE)
    known, back, letter = form.calls.values()
    assert known.isVisible()
    assert back.text().endswith("45")
    assert letter.isVisible()
    back.setChecked(True)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: bool(desk.ask(list_requests)))
    (one,) = desk.ask(list_requests)
    assert one.needs_identity
    steps = desk.ask(show_request, request_ref=one.ref).steps
    assert "call_back" in {step.what.value for step in steps}


def test_a_case_is_taken_to_its_answer(qtbot, window, desk, karin) -> None:
    one = asked(desk, RequestKind.COMPLAINT, subject_ref=karin)
    page = case(window, one)
    click(qtbot, page.way.button)
    click(qtbot, dialog(qtbot, window, IdentityForm).verb_button)
    qtbot.waitUntil(lambda: not row_now(desk, one).needs_identity)
    page.way.wanted.emit(RequestTask.DECIDE)
    click(qtbot, dialog(qtbot, window, DecisionForm).verb_button)
    qtbot.waitUntil(lambda: row_now(desk, one).decision is RequestDecision.GRANTED)
    page.way.wanted.emit(RequestTask.ANSWER)
    click(qtbot, dialog(qtbot, window, AnswerForm).verb_button)
    qtbot.waitUntil(lambda: not row_now(desk, one).is_open)
    qtbot.waitUntil(lambda: page.way.button is None)


def test_a_refusal_says_on_which_ground(qtbot, window, desk, karin) -> None:
    one = asked(desk, subject_ref=karin)
    page = case(window, one)
    click(qtbot, page.decide_button)
    form = dialog(qtbot, window, DecisionForm)
    assert not form.ground.isVisible()
    form.decision.set_value(RequestDecision.REFUSED)
    form.decision.picked.emit(RequestDecision.REFUSED)
    assert form.ground.isVisible()
    form.ground.set_value(RefusalGround.UNFOUNDED)
    write(form.note, "Femte gangen i ar")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: row_now(desk, one).decision is RequestDecision.REFUSED)


def test_doubt_stops_the_law_and_more_time_is_told(qtbot, window, desk, karin) -> None:
    one = asked(desk, subject_ref=karin)
    page = case(window, one)
    click(qtbot, page.doubt_button)
    form = dialog(qtbot, window, DoubtForm)
    click(qtbot, form.verb_button)
    assert not row_now(desk, one).is_paused  # it is not said why
    write(form.why, "En ny adress")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: row_now(desk, one).is_paused)
    qtbot.waitUntil(lambda: not page.doubt_button.isVisible())
    click(qtbot, page.more_time_button)
    longer = dialog(qtbot, window, ExtensionForm)
    write(longer.note, "Nio ars bestallningar")
    click(qtbot, longer.verb_button)
    qtbot.waitUntil(lambda: row_now(desk, one).extended_on == TODAY)


def test_somebody_elses_authority_comes_first(qtbot, window, desk, karin) -> None:
    one = asked(desk, subject_ref=karin, requester=Requester.LAWYER, asker="Advokat Ek")
    page = case(window, one)
    click(qtbot, page.way.button)
    form = dialog(qtbot, window, AuthorityForm)
    click(qtbot, form.verb_button)
    assert row_now(desk, one).needs_authority
    write(form.how, "Fullmakt")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: not row_now(desk, one).needs_authority)


def known(qtbot, window, page) -> None:
    click(qtbot, page.way.button)
    click(qtbot, dialog(qtbot, window, IdentityForm).verb_button)
    qtbot.waitUntil(lambda: page.way.button is not None and not page.doubt_button.isVisible())


def test_a_correction_keeps_both_values(qtbot, window, desk, karin) -> None:
    one = asked(desk, RequestKind.RECTIFY, subject_ref=karin)
    page = case(window, one)
    known(qtbot, window, page)
    click(qtbot, page.way.button)
    form = dialog(qtbot, window, CorrectionForm)
    assert form.new.text() == "Karin Holm"
    form.new.clear()
    write(form.new, "Karin Holmgren")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: row_now(desk, one).name == "Karin Holmgren")
    (kept,) = desk.ask(show_request, request_ref=one.ref).corrections
    assert (kept["old"], kept["new"]) == ("Karin Holm", "Karin Holmgren")


def test_her_data_are_only_stored(qtbot, window, desk, karin) -> None:
    one = asked(desk, RequestKind.RESTRICT, subject_ref=karin)
    page = case(window, one)
    known(qtbot, window, page)
    click(qtbot, page.way.button)
    form = dialog(qtbot, window, RestrictionForm)
    write(form.why, "Adressen stammer inte")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(
        lambda: desk.ask(show_standing, subject_ref=karin).ground is RestrictionGround.ACCURACY
    )


def test_what_is_only_stored_is_used_again_when_she_was_told(qtbot, window, desk, karin) -> None:
    one = asked(desk, RequestKind.RESTRICT, subject_ref=karin)
    ground = RestrictionGround.CLAIM
    desk.run(restrict_person, subject_ref=karin, ground=ground, why="Tvist", request_ref=one.ref)
    window.open_page("person", subject_ref=karin)
    page = window.page()
    assert page.stored.isVisible()
    page._lift()
    click(qtbot, dialog(qtbot, window, LiftForm).verb_button)
    qtbot.waitUntil(lambda: not page.stored.isVisible())
    assert desk.ask(show_standing, subject_ref=karin).restricted_on is None


def test_advertising_ends_at_once(qtbot, window, desk, karin) -> None:
    one = asked(desk, RequestKind.OBJECT, subject_ref=karin)
    page = case(window, one)
    known(qtbot, window, page)
    click(qtbot, page.way.button)
    click(qtbot, dialog(qtbot, window, ObjectionForm).verb_button)
    qtbot.waitUntil(lambda: desk.ask(show_standing, subject_ref=karin).objected_on == TODAY)


def test_a_letter_is_read_copied_and_saved(qtbot, window, desk, karin, tmp_path) -> None:
    one = asked(desk, subject_ref=karin)
    page = case(window, one)
    click(qtbot, page.letter_button)
    form = dialog(qtbot, window, LetterForm)
    assert f"{one.number}" in form.text.toPlainText()
    write(form.own_words, "Ring garna")
    assert "Ring garna" in form.text.toPlainText()
    ask.next_answer(tmp_path / "brev.pdf")
    click(qtbot, form.verb_button)
    qtbot.waitUntil((tmp_path / "brev.pdf").exists)
    qtbot.waitUntil(lambda: window.findChildren(LetterForm) == [])
    assert "Ring garna" in read_pdf(tmp_path / "brev.pdf")


def test_nothing_is_held_in_one_click(qtbot, window, desk, tmp_path) -> None:
    one = asked(desk, asker="Zoltan Quist")
    page = case(window, one)
    ask.next_answer(tmp_path / "inget.pdf")
    click(qtbot, page.nothing.answer_button)
    qtbot.waitUntil(lambda: row_now(desk, one).decision is RequestDecision.NOTHING_HELD)
    assert "Zoltan Quist" in read_pdf(tmp_path / "inget.pdf")


def test_somebody_of_that_name_is_shown_first(qtbot, window, desk, karin, tmp_path) -> None:
    one = asked(desk, asker="Karin Holm")
    page = case(window, one)
    click(qtbot, page.nothing.answer_button)
    qtbot.waitUntil(page.nothing.none_button.isVisible)
    assert row_now(desk, one).is_open
    ask.next_answer(tmp_path / "inget.pdf")
    click(qtbot, page.nothing.none_button)
    qtbot.waitUntil(lambda: not row_now(desk, one).is_open)


def test_what_is_late_stands_first_on_the_first_page(qtbot, window, desk, karin, clock) -> None:
    asked(desk, subject_ref=karin)
    clock.go_to(TODAY + timedelta(days=40))
    window.open_page("today")
    first = window.page().tasks.rows[0]
    assert first.button.accessibleDescription() == "Answer Karin Holm"
    window.open_page("requests")
    page = window.page()
    assert page.model.data(page.model.index(0, 3)).endswith("late")


def test_the_list_is_searched_and_opened_by_keyboard(qtbot, window, desk, karin) -> None:
    asked(desk, subject_ref=karin)
    asked(desk, asker="Berit Lund")
    window.open_page("requests")
    page = window.page()
    assert page.model.rowCount() == 2
    page.search.setFocus()
    write(page.search, "berit")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.setFocus()
    page.table.selectRow(0)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().heading.title.text() == "Berit Lund")


@pytest.fixture
def painted(desk, karin, every_look, show, clock):
    asked(desk, RequestKind.RECTIFY, subject_ref=karin, wish="Numret ar fel")
    with opened(desk, every_look, show, clock) as made:
        yield made


def test_everything_has_a_name_and_is_painted_in_every_look(qtbot, desk, painted) -> None:
    (one,) = desk.ask(list_requests)
    painted.open_page("requests")
    assert nameless(painted.page()) == []
    painted.page().grab()
    page = case(painted, one)
    assert nameless(page) == []
    page.grab()
    painted.open_page("requests", new=True)
    form = dialog(qtbot, painted, RequestForm)
    assert nameless(form) == []
    form.grab()
