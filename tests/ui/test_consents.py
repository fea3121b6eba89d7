from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from gdprdesk.desk import Desk
from gdprdesk.domain.terms import ConsentMethod, ContactKind, Decision
from gdprdesk.services.consent_texts import list_consent_texts
from gdprdesk.services.consents import list_consents, record_consent
from gdprdesk.services.onboarding import Business
from gdprdesk.services.subjects import add_contact
from gdprdesk.services.unsubscribing import refuse_letters
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.consent import ConsentForm
from gdprdesk_ui.dialogs.consent_words import ConsentWordsForm
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.pages.consents import ConsentsPage
from tests.builders import CHEAP, PASSWORD, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, save_as

CONTROL = Qt.KeyboardModifier.ControlModifier


def answered(desk, name: str, purpose: str, decision=Decision.GIVEN, **said: Any):
    text = next(one for one in desk.ask(list_consent_texts) if one.purpose == purpose)
    ref = person(desk, name)
    desk.run(
        record_consent,
        subject_ref=ref,
        text_ref=text.ref,
        decision=decision,
        method=ConsentMethod.ORALLY,
        **said,
    )
    return ref


@pytest.fixture
def filled(desk):
    """Karin and Örjan say yes to the newsletter, Berit said no."""
    answered(desk, "Karin Holm", "newsletter", evidence="Maja heard it")
    answered(desk, "Örjan Ek", "newsletter", decided_on=date(2025, 3, 3))
    answered(desk, "Berit Åkesson", "newsletter", Decision.REFUSED)
    return desk


@pytest.fixture
def window(filled, theme, show, clock):
    with opened(filled, theme, show, clock) as made:
        made.open_page("consents", purpose="newsletter")
        yield made


def names(page) -> list[str]:
    return [page.model.row(number).name for number in range(page.model.rowCount())]


def choose(page, name: str) -> None:
    page.table.selectRow(names(page).index(name))


def spoken(page, column: int) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.model.index(row, column).data(role) for row in range(page.model.rowCount())]


def test_the_model_keeps_qts_contract(filled, context, qtbot, qtmodeltester) -> None:
    page = ConsentsPage(context)
    qtbot.addWidget(page)
    page.arrive(purpose="newsletter")
    page.refresh()
    assert page.model.rowCount() == 3
    qtmodeltester.check(page.model)


def test_everything_has_a_name_and_is_painted_in_every_look(
    filled, context, qtbot, every_look
) -> None:
    page = ConsentsPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()


def test_a_purpose_shows_its_words_and_every_answer(window, qtbot) -> None:
    page = window.page()
    assert page.purposes.current().detail == "2 say yes"
    assert page.name.text() == "Nyhetsbrev"
    assert page.version.text() == "version 1"
    assert page.words.toPlainText().startswith("Ja, Kafé Lind får skicka sitt nyhetsbrev")
    assert names(page) == ["Berit Åkesson", "Karin Holm", "Örjan Ek"]
    assert spoken(page, 1) == ["No", "Yes", "Yes"]
    assert spoken(page, 2) == ["21 Nov", "21 Nov", "3 Mar 2025"]
    assert spoken(page, 3) == ["Orally"] * 3
    page.language.set_value("en")
    page.language.picked.emit("en")
    assert page.words.toPlainText().startswith("Yes, Kafé Lind may")


def test_the_chips_show_some_answers(window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.chips.buttons["given"])
    assert names(page) == ["Karin Holm", "Örjan Ek"]
    click(qtbot, page.chips.buttons["refused"])
    assert names(page) == ["Berit Åkesson"]
    assert not page.withdraw_button.isEnabled()
    click(qtbot, page.chips.buttons["withdrawn"])
    assert names(page) == []
    assert page.nobody.isVisible()
    assert not page.proof_button.isEnabled()


def test_arrows_go_from_purpose_to_purpose(window, qtbot) -> None:
    page = window.page()
    before = page.name.text()
    page.purposes.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert page.name.text() != before
    assert names(page) == []
    assert page.nobody.title.text() == "Nobody has been asked yet"
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    form = dialog(qtbot, window, ConsentForm)
    assert form.purpose.value() == page.purposes.current().key


def test_a_yes_is_taken_back_and_the_toast_undoes_it(window, qtbot) -> None:
    page = window.page()
    choose(page, "Karin Holm")
    click(qtbot, page.withdraw_button)
    qtbot.waitUntil(lambda: spoken(page, 1) == ["No", "Withdrawn", "Yes"])
    assert page.table.current().name == "Karin Holm"
    assert not page.withdraw_button.isEnabled()
    qtbot.waitUntil(window.toast.isVisible)
    assert page.purposes.current().detail == "1 says yes"
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: spoken(page, 1) == ["No", "Yes", "Yes"])
    assert page.withdraw_button.isEnabled()


def test_enter_opens_the_person(window, qtbot) -> None:
    page = window.page()
    choose(page, "Karin Holm")
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert window.page().heading.title.text() == "Karin Holm"


def test_the_proof_says_who_said_what_to_which_words(window, qtbot, tmp_path) -> None:
    page, to = window.page(), tmp_path / "proof.pdf"
    choose(page, "Karin Holm")
    click(qtbot, page.proof_button)
    save_as(qtbot, window, to)
    qtbot.waitUntil(window.toast.isVisible)
    said = read_pdf(to)
    assert "Karin Holm" in said
    assert "Maja heard it" in said
    assert "Ja, Kafé Lind får skicka sitt nyhetsbrev" in said


def test_a_proof_that_is_not_wanted_is_not_written(window, qtbot) -> None:
    page = window.page()
    choose(page, "Karin Holm")
    click(qtbot, page.proof_button)
    form = dialog(qtbot, window, SaveGuarded)
    ask.next_answer(None)  # nowhere after all
    click(qtbot, form.verb_button)
    assert form.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not form.isVisible())


def test_new_words_are_a_new_version_and_old_answers_keep_theirs(
    window, filled, qtbot, tmp_path
) -> None:
    page = window.page()
    click(qtbot, page.words_button)
    form = dialog(qtbot, window, ConsentWordsForm)
    assert nameless(form) == []
    click(qtbot, form.verb_button)
    assert form._field.sentence.text() == "These are the words in use now."
    form.words.setPlainText("Ja till ett brev i veckan.")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: page.version.text() == "version 2")
    assert page.words.toPlainText() == "Ja till ett brev i veckan."
    assert names(page) == ["Berit Åkesson", "Karin Holm", "Örjan Ek"]
    to = tmp_path / "proof.pdf"
    choose(page, "Karin Holm")
    click(qtbot, page.proof_button)
    save_as(qtbot, window, to)
    assert "Ja, Kafé Lind får skicka" in read_pdf(to)


def test_somebody_elses_answer_is_seen_at_once(window, filled, qtbot) -> None:
    page = window.page()
    answered(filled, "Åke Ö", "newsletter")
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    assert filled.ask(list_consents, purpose="newsletter").total == 4


def test_without_a_purpose_there_is_nothing_to_answer(tmp_path, theme, show, clock, qtbot) -> None:
    business = Business(name="Kafé Lind", extras=(), left_out=("diet",))
    desk, _key = Desk.create(
        tmp_path / "x.gdprdesk", business=business, password=PASSWORD, limits=CHEAP, clock=clock
    )
    with opened(desk, theme, show, clock) as window:
        window.open_page("consents")
        page = window.page()
        assert not page.new_button.isVisible()
        assert not page.purposes.isVisible()
        assert page.commands() == {}
        assert nameless(page) == []
    desk.lock()


def test_the_readers_are_saved_without_those_who_said_no(window, filled, qtbot, tmp_path) -> None:
    page = window.page()
    for name, number in (("Karin Holm", "0701740645"), ("Örjan Ek", "0701740646")):
        ref = answered(filled, name, "sms_offers")
        filled.run(add_contact, subject_ref=ref, kind=ContactKind.PHONE, value=number)
    filled.run(refuse_letters, value="0701740645")
    page.arrive(purpose="sms_offers")
    page.refresh()
    path = tmp_path / "readers.csv"
    click(qtbot, page.letters.readers_button)
    assert dialog(qtbot, window, SaveGuarded).guard.protect.isChecked()  # everybody's numbers
    save_as(qtbot, window, path)
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.words.text() == "1 saved, 1 left out"
    assert "070-174 06 46" in path.read_text("utf-8-sig")
    assert "070-174 06 45" not in path.read_text("utf-8-sig")
    page.arrive(purpose="photo")
    page.refresh()
    assert not page.letters.isVisible()
