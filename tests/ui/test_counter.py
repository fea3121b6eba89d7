"""The customer at the counter: she reads, ticks, signs and answers; nothing else is to be seen."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from gdprdesk.domain.terms import ConsentMethod, Decision
from gdprdesk.services.consent_forms import read_signed
from gdprdesk.services.consents import consents_of, prove_consent
from gdprdesk.services.guardians import add_guardian
from gdprdesk.services.notes import load_draft
from gdprdesk.services.subjects import update_subject
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.consent import ConsentForm, ask_consent
from gdprdesk_ui.dialogs.counter import Counter
from gdprdesk_ui.pages.consents.page import ConsentsPage
from gdprdesk_ui.widgets import SignaturePad
from tests.builders import TODAY, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, dialog, opened, press, write


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("consents", purpose="photo")
        yield made
        for left in made.findChildren(Counter):
            left._leave()


def sign(pad: SignaturePad, *strokes: list[tuple[int, int]]) -> None:
    """Draw with the mouse."""
    for stroke in strokes:
        first, *rest = [QPoint(*point) for point in stroke]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
        for point in rest:
            QTest.mouseMove(pad, point)
        last = rest[-1] if rest else first
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, last)


KARIN = ([(40, 90), (60, 20), (80, 90), (110, 40)], [(130, 90), (150, 60), (190, 95)])


def standing(desk, ref):
    return next(one for one in desk.ask(consents_of, subject_ref=ref) if one.purpose == "photo")


def shown(qtbot, window, ref):
    ask_consent(window.context, ref, "photo")
    form = dialog(qtbot, window, ConsentForm)
    click(qtbot, form.show_button)
    return dialog(qtbot, window, Counter)


def words_on(counter) -> str:
    kinds = [*counter.findChildren(QLabel), *counter.findChildren(QAbstractButton)]
    return " ".join(one.text() for one in kinds if one.isVisibleTo(counter))


def test_a_photo_consent_in_four_clicks(desk, window, qtbot) -> None:
    person(desk, "Anders Nyberg")
    karin = person(desk)
    page = window.findChild(ConsentsPage)
    assert page.purposes.current().key == "photo"  # the first click, beside the words
    click(qtbot, page.new_button)  # the second
    form = dialog(qtbot, window, ConsentForm)
    write(form.picker.search, "kar")
    press(qtbot, Qt.Key.Key_Return)
    click(qtbot, form.show_button)  # the third
    counter = dialog(qtbot, window, Counter)
    counter.channels.boxes["Instagram"].setChecked(True)  # from here it is she who answers
    sign(counter.pad, *KARIN)
    click(qtbot, counter.yes_button)
    assert "Instagram" in counter.thanks.text()
    press(qtbot, Qt.Key.Key_Escape)
    with qtbot.waitSignal(form.accepted):
        click(qtbot, counter.done_button)  # the fourth
    now = standing(desk, karin)
    assert (now.decision, now.channels, now.is_signed) == (Decision.GIVEN, ("Instagram",), True)
    proof = desk.ask(prove_consent, ref=now.ref)
    assert (proof.method, proof.decided_on) == (ConsentMethod.SIGNATURE, TODAY)
    with Image.open(BytesIO(desk.ask(read_signed, ref=now.ref).content)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "L")
        assert picture.width > picture.height > 100
        dark = sum(1 for dot in picture.tobytes() if dot < 128)
        assert 0.005 < dark / (picture.width * picture.height) < 0.3


def test_nothing_of_the_register_is_on_it_and_nothing_is_ticked(desk, window, qtbot) -> None:
    person(desk, "Anders Nyberg")
    counter = shown(qtbot, window, person(desk))
    assert counter.windowModality() is Qt.WindowModality.ApplicationModal
    assert counter.isFullScreen()
    assert counter.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert not [one for one in ("Anders", "Nyberg", "Karin", "Holm") if one in words_on(counter)]
    assert counter.windowTitle() == "GDPR Desk"
    assert not counter.channels.ticked()
    assert not counter.aloud.isChecked()
    assert counter.yes_button.property("kind") == counter.no_button.property("kind")
    assert counter.yes_button.sizeHint().height() == counter.no_button.sizeHint().height()
    assert counter.yes_button.width() == counter.no_button.width()
    assert nameless(counter) == []


@pytest.mark.parametrize("said", [Decision.REFUSED, None])
def test_the_register_locks_behind_her_for_whoever_wants_that(desk, window, qtbot, said) -> None:
    karin, locked = person(desk), []
    window.lock_requested.connect(lambda _why: locked.append(standing(desk, karin).decision))
    for wanted in (False, True):
        window.context.preferences.change(lock_after_counter=wanted)
        counter = shown(qtbot, window, karin)
        if said:
            click(qtbot, counter.no_button)
        press(qtbot, Qt.Key.Key_Escape)
        click(qtbot, counter.done_button if said else counter.leave_button)
        if said:
            qtbot.waitUntil(lambda: not forms_of(window))
        assert bool(locked) is wanted
        for form in forms_of(window):
            form.reject()
    assert locked == [said]


def forms_of(window) -> list[ConsentForm]:
    return [one for one in window.findChildren(ConsentForm) if one.isVisible()]


def test_it_speaks_her_language_and_the_form_the_owners(desk, window, qtbot) -> None:
    karin = person(desk)
    desk.run(update_subject, subject_ref=karin, language="nb")
    counter = shown(qtbot, window, karin)
    said = words_on(counter)
    assert "Ja, Kafé Lind kan bruke bilder og filmer der jeg er med" in said
    assert [*counter.channels.boxes] == ["Nettstedet", "Instagram", "Facebook", "Trykk"]


def test_a_yes_needs_a_place_and_a_signature_and_a_no_needs_nothing(desk, window, qtbot) -> None:
    karin = person(desk)
    desk.run(update_subject, subject_ref=karin, language="en")
    counter = shown(qtbot, window, karin)
    form = next(one for one in window.findChildren(ConsentForm) if one.isVisible())
    click(qtbot, counter.yes_button)
    assert counter.problem.text() == "Tick at least one place, or answer no."
    counter.channels.boxes["Print"].setChecked(True)
    click(qtbot, counter.yes_button)
    assert counter.problem.text() == "Sign in the field, or tick that you say it aloud."
    sign(counter.pad, [(10, 10)])  # a dot is no signature
    click(qtbot, counter.yes_button)
    assert counter.problem.text()
    click(qtbot, counter.no_button)
    counter.reject()
    with qtbot.waitSignal(form.accepted):
        click(qtbot, counter.done_button)
    now = standing(desk, karin)
    assert (now.decision, now.channels, now.is_signed) == (Decision.REFUSED, (), False)
    assert now.method is ConsentMethod.ORALLY


def test_with_the_keyboard_alone_she_says_it_aloud(desk, window, qtbot) -> None:
    karin = person(desk)
    counter = shown(qtbot, window, karin)
    form = next(one for one in window.findChildren(ConsentForm) if one.isVisible())
    assert counter.channels.boxes["Webbplatsen"].hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    for _step in range(20):
        if QApplication.focusWidget() is counter.aloud:
            break
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Space)
    assert not counter.pad.isEnabled()
    press(qtbot, Qt.Key.Key_Tab)
    assert counter.yes_button.hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Escape)
    assert counter.done_button.hasFocus()
    with qtbot.waitSignal(form.accepted):
        press(qtbot, Qt.Key.Key_Space)
    now = standing(desk, karin)
    assert (now.method, now.channels) == (ConsentMethod.ORALLY, ("Webbplatsen",))
    assert desk.ask(prove_consent, ref=now.ref).evidence.startswith("At the counter")


def test_there_is_no_way_out_but_escape_and_the_owner(desk, window, qtbot) -> None:
    counter = shown(qtbot, window, person(desk))
    assert not counter.back_strip.isVisible()
    assert not counter.close()
    assert counter.isVisible()
    click(qtbot, counter.stay_button)
    assert not counter.back_strip.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert counter.isVisible()
    assert not counter.done_button.isVisible()
    click(qtbot, counter.leave_button)
    form = dialog(qtbot, window, ConsentForm)
    assert form.isVisible()


def test_asking_again_begins_without_the_signature(desk, window, qtbot) -> None:
    counter = shown(qtbot, window, person(desk))
    counter.channels.boxes["Facebook"].setChecked(True)
    sign(counter.pad, *KARIN)
    click(qtbot, counter.yes_button)
    counter.reject()
    click(qtbot, counter.again_button)
    assert counter.pad.is_empty
    assert counter.yes_button.isVisible()


def test_after_a_lock_the_form_is_back_and_the_half_signature_is_not(desk, window, qtbot) -> None:
    karin = person(desk)
    counter = shown(qtbot, window, karin)
    sign(counter.pad, *KARIN)
    locked: list[str] = []
    window.lock_requested.connect(locked.append)
    qtbot.keyClick(counter, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked
    qtbot.waitUntil(lambda: bool(desk.ask(load_draft, form="consent", subject_ref=karin)))
    kept = desk.ask(load_draft, form="consent", subject_ref=karin)
    assert (kept["purpose"], kept["answer"], kept["channels"]) == ("photo", "", [])
    assert "signature" not in kept


def test_her_guardian_answers_for_a_child_unless_somebody_decides_otherwise(
    desk, window, qtbot
) -> None:
    elsa = person(desk, "Elsa Ek")
    desk.run(add_guardian, subject_ref=elsa, name="Maria Ek", born_on=TODAY)
    ask_consent(window.context, elsa, "photo")
    form = dialog(qtbot, window, ConsentForm)
    assert form._who.isVisible()
    assert form.who.value() == "Maria Ek"
    click(qtbot, form.show_button)
    counter = dialog(qtbot, window, Counter)
    assert "Maria Ek" in words_on(counter)
    counter.channels.boxes["Tryck"].setChecked(True)
    sign(counter.pad, *KARIN)
    click(qtbot, counter.yes_button)
    counter.reject()
    with qtbot.waitSignal(form.accepted):
        click(qtbot, counter.done_button)
    assert standing(desk, elsa).given_by == "Maria Ek"


def test_the_form_is_printed(desk, window, qtbot, tmp_path) -> None:
    karin = person(desk)
    ask_consent(window.context, karin, "photo")
    form = dialog(qtbot, window, ConsentForm)
    ask.next_answer(tmp_path / "printed.pdf")
    click(qtbot, form.print_button)
    assert window.operations.wait()
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert "Karin" not in read_pdf(tmp_path / "printed.pdf")


def test_strokes_are_taken_back_one_by_one_and_by_touch_too(qtbot, show, theme) -> None:
    pad = show(SignaturePad("Sign"))
    sign(pad, *KARIN)
    pad.undo()
    assert not pad.is_empty
    before = pad.png()
    pad.undo()
    assert pad.is_empty
    finger = QTest.createTouchDevice()
    assert isinstance(finger, QPointingDevice)
    for step, point in enumerate([(40, 90), (60, 20), (80, 90), (110, 40)]):
        touch = QTest.touchEvent(pad, finger)
        (touch.move if step else touch.press)(1, QPoint(*point), pad)
        touch.commit()
    QTest.touchEvent(pad, finger).release(1, QPoint(110, 40), pad).commit()
    assert not pad.is_empty
    assert pad.png() == before  # the same stroke, by finger or by mouse
    press(qtbot, Qt.Key.Key_Backspace)
    assert pad.is_empty


def test_it_is_painted_in_every_look(every_look, show) -> None:
    pad = show(SignaturePad("Sign"))
    sign(pad, *KARIN)
    assert not pad.grab().isNull()
