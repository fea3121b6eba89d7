from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.services.consents import consents_of, prove_consent
from gdprdesk.services.notes import load_draft
from gdprdesk.services.subjects import update_subject
from gdprdesk_ui.dialogs.consent import ConsentForm, ask_consent
from gdprdesk_ui.dialogs.draft import PAUSE_MS
from tests.builders import TODAY, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("consents")
        yield made


def asked(qtbot, window, ref=None, purpose=""):
    ask_consent(window.context, ref, purpose)
    return dialog(qtbot, window, ConsentForm)


def standing(desk, ref, purpose):
    return next(one for one in desk.ask(consents_of, subject_ref=ref) if one.purpose == purpose)


def saved(qtbot, form) -> None:
    with qtbot.waitSignal(form.accepted):
        click(qtbot, form.verb_button)


def test_a_yes_with_its_proof(desk, window, qtbot) -> None:
    karin = person(desk)
    form = asked(qtbot, window, karin, "newsletter")
    assert form.sentence.text() == "What Karin Holm said, and to which words."
    assert form.words.text().startswith("Ja, Kafé Lind får skicka sitt nyhetsbrev")
    assert not form.channels.isVisible()
    assert nameless(form) == []
    click(qtbot, form.answer.buttons[Decision.GIVEN])
    form.method.set_value(ConsentMethod.ORALLY)
    write(form.evidence, "Maja hörde det")
    form.day.set_day(TODAY - timedelta(days=2))
    saved(qtbot, form)
    now = standing(desk, karin, "newsletter")
    proof = desk.ask(prove_consent, ref=now.ref)
    assert (proof.decision, proof.method) == (Decision.GIVEN, ConsentMethod.ORALLY)
    assert (proof.evidence, proof.decided_on) == ("Maja hörde det", TODAY - timedelta(days=2))
    assert (proof.language, proof.text) == ("sv", form.words.text())
    assert window.toast.isVisible()
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: standing(desk, karin, "newsletter").decision is None)


def test_nothing_is_answered_beforehand(desk, window, qtbot) -> None:
    form = asked(qtbot, window, person(desk), "newsletter")
    assert form.answer.answer() is None
    form.evidence.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert form.isVisible()
    assert "Choose yes or no." in shown_errors(form)
    assert form.answer.buttons[Decision.GIVEN].hasFocus()


def shown_errors(form) -> list[str]:
    return [one.sentence.text() for one in form._fields if one.sentence.isVisible()]


def test_a_yes_to_photos_says_where_and_a_no_does_not(desk, window, qtbot) -> None:
    karin = person(desk)
    form = asked(qtbot, window, karin, "photo")
    click(qtbot, form.answer.buttons[Decision.GIVEN])
    click(qtbot, form.verb_button)
    assert shown_errors(form) == ["Tick at least one place, or the answer is no."]
    first = next(iter(form.channels.boxes))
    form.channels.boxes[first].setChecked(True)
    saved(qtbot, form)
    assert standing(desk, karin, "photo").channels == (first,)
    form = asked(qtbot, window, karin, "photo")
    click(qtbot, form.answer.buttons[Decision.REFUSED])
    saved(qtbot, form)
    now = standing(desk, karin, "photo")
    assert (now.decision, now.channels) == (Decision.REFUSED, ())


def test_places_stay_ticked_where_another_purpose_or_language_has_them(desk, window, qtbot) -> None:
    form = asked(qtbot, window, person(desk), "photo")
    form.channels.boxes["Instagram"].setChecked(True)
    form.language.set_value("en")
    form.language.picked.emit("en")
    assert form.channels.ticked() == ("Instagram",)
    form.purpose.set_value("newsletter")
    form.purpose.picked.emit("newsletter")
    assert not form.channels.isVisible()
    assert form.channels.ticked() == ()


def test_she_is_asked_in_her_own_language(desk, window, qtbot) -> None:
    karin = person(desk)
    desk.run(update_subject, subject_ref=karin, language="en")
    form = asked(qtbot, window, karin, "newsletter")
    assert form.language.value() == "en"
    assert form.words.text().startswith("Yes, Kafé Lind may")
    click(qtbot, form.answer.buttons[Decision.GIVEN])
    saved(qtbot, form)
    ref = standing(desk, karin, "newsletter").ref
    assert desk.ask(prove_consent, ref=ref).language == "en"


def test_the_person_is_found_by_typing(desk, window, qtbot) -> None:
    person(desk, "Anders Nyberg")
    karin = person(desk)
    form = asked(qtbot, window)
    click(qtbot, form.verb_button)
    assert "Choose the person who was asked." in shown_errors(form)
    write(form.picker.search, "kar")
    press(qtbot, Qt.Key.Key_Return)
    assert form.picker.ref == karin
    click(qtbot, form.answer.buttons[Decision.REFUSED])
    saved(qtbot, form)
    assert standing(desk, karin, form.purpose.value()).decision is Decision.REFUSED


def test_a_day_to_come_is_refused(desk, window, qtbot) -> None:
    form = asked(qtbot, window, person(desk), "newsletter")
    click(qtbot, form.answer.buttons[Decision.GIVEN])
    form.day.set_day(TODAY + timedelta(days=1))
    click(qtbot, form.verb_button)
    assert shown_errors(form) == ["This day has not come yet."]
    form.day.set_day(None)
    click(qtbot, form.verb_button)
    assert shown_errors(form) == ["Write the day it was said."]


def test_what_was_entered_is_kept_until_it_is_saved_or_given_up(desk, window, qtbot) -> None:
    karin = person(desk)

    def kept():
        return desk.ask(load_draft, form="consent", subject_ref=karin)

    form = asked(qtbot, window, karin, "photo")
    click(qtbot, form.answer.buttons[Decision.GIVEN])
    form.channels.boxes["Instagram"].setChecked(True)
    write(form.evidence, "On paper")
    qtbot.waitUntil(lambda: kept().get("evidence") == "On paper", timeout=PAUSE_MS * 3)
    form.hide()  # as when the register is locked
    other = asked(qtbot, window, karin, "newsletter")
    assert other.answer.answer() is None
    other.hide()
    again = asked(qtbot, window, karin)
    assert again.purpose.value() == "photo"
    assert again.answer.answer() is Decision.GIVEN
    assert again.channels.ticked() == ("Instagram",)
    assert again.evidence.text() == "On paper"
    click(qtbot, again.cancel_button)
    qtbot.waitUntil(lambda: kept() == {})
