"""The breaches: from the first click to the last, with the clock beside it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gdprdesk.domain.terms import BreachFact, BreachKind, BreachQuestion, BreachRisk, Channel
from gdprdesk.services.breach_log import list_breaches, show_breach
from gdprdesk.services.breach_people import (
    choose_people,
    list_concerned,
)
from gdprdesk.services.breach_steps import leave_unreported, report_breach
from gdprdesk.services.breaches import start_breach
from gdprdesk.services.served import ControllerChanges, add_controller
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.breach_answers import (
    ConsequencesForm,
    MeasuresForm,
    RiskForm,
    WhatForm,
)
from gdprdesk_ui.dialogs.breach_data import DataForm
from gdprdesk_ui.dialogs.breach_people import ChoosePeople, LetterDialog, ToldForm
from gdprdesk_ui.dialogs.breach_report import FormToCopy, ReportForm
from gdprdesk_ui.dialogs.reason import ReasonForm
from gdprdesk_ui.dialogs.save_guarded import SaveGuarded
from gdprdesk_ui.pages.breach import BreachPage
from gdprdesk_ui.pages.breach.people import ChooseServed
from gdprdesk_ui.pages.breaches import BreachesPage
from tests.breaches import answer, told
from tests.builders import NOON, delivered, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, opened, press, save_as, write

WORDS = "tavilo-kemura"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.navigate("breaches")
        yield made


def one_of(desk):
    [row] = desk.ask(list_breaches)
    return desk.ask(show_breach, breach_ref=row.ref)


def at(window, ref):
    window.open_page("breach", breach_ref=ref)
    return window.page()


def tick(qtbot, box) -> None:
    """Tick a box by keyboard: its middle may lie beside its words."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def appears(qtbot, window, kind) -> None:
    """Wait until a form is shown, which the worker opens when it has saved another one."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))


def rewrite(edit, words: str) -> None:
    """Type over what stands in a field."""
    edit.clear()
    write(edit, words)


def said(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, context, qtbot, every_look
) -> None:
    karin = person(desk, "Karin Holm", email="karin@example.se")
    desk.run(add_controller, changes=ControllerChanges(name="Salong Vera"))
    ref = told(desk, risk=BreachRisk.HIGH)
    desk.run(choose_people, breach_ref=ref, subject_refs=(karin,))
    log, page = BreachesPage(context), BreachPage(context)
    page.arrive(breach_ref=ref)
    for made in (log, page):
        qtbot.addWidget(made)
        made.refresh()
        assert nameless(made) == []
        assert not made.grab().isNull()
    log.begin()
    assert nameless(log) == []


def test_one_click_on_what_has_happened_starts_the_clock(desk, window, qtbot) -> None:
    page = window.page()
    assert page.empty.isVisible()
    click(qtbot, page.new_button)
    assert page.start.known.moment() == NOON
    click(qtbot, page.start.tiles[BreachKind.STOLEN_COMPUTER])
    qtbot.waitUntil(lambda: isinstance(window.page(), BreachPage))
    page = window.page()
    assert page.heading.title.text() == "1: Stolen or lost computer"
    assert page.clock.ring.accessibleName() == "72 h of 72 left"
    assert window.sidebar is not None
    assert page.steps.next_button is page.steps.buttons[BreachQuestion.WHAT.value]


def test_a_moment_that_has_not_come_is_refused(desk, window, qtbot) -> None:
    page = window.page()
    click(qtbot, page.new_button)
    page.start.known.set_moment(NOON + timedelta(days=2))
    with ask.hearing_errors() as heard:
        click(qtbot, page.start.tiles[BreachKind.OTHER])
        qtbot.waitUntil(lambda: bool(heard))
    assert "has not come yet" in str(heard)
    assert desk.ask(list_breaches) == ()
    page.start.known.time.setText("half past")
    click(qtbot, page.start.tiles[BreachKind.OTHER])
    assert "11:30" in " ".join(said(page.start))


def test_the_five_answers_lead_to_each_other(desk, window, qtbot) -> None:
    delivered(desk, person(desk, "Karin Holm"))
    page = at(window, desk.run(start_breach, kind=BreachKind.STOLEN_COMPUTER))
    click(qtbot, page.steps.next_button)
    what = dialog(qtbot, window, WhatForm)
    rewrite(what.what, "Datorn togs ur bilen.")
    rewrite(what.cause, "Bilen var olåst.")
    click(qtbot, what.verb_button)
    appears(qtbot, window, DataForm)
    data = dialog(qtbot, window, DataForm)
    assert data.people.text() == "1"  # the whole register is on a stolen computer
    assert data.activities.ticked()
    for box in data.activities.boxes.values():
        if box.isChecked():
            tick(qtbot, box)
    assert (data.people.text(), data.groups.toPlainText()) == ("0", "")
    data.groups.setPlainText("Grannar")
    tick(qtbot, next(iter(data.activities.boxes.values())))
    assert data.groups.toPlainText().splitlines()[-1] == "Grannar"
    rewrite(data.people, "många")
    click(qtbot, data.verb_button)
    assert "Write a whole number, such as 412." in said(data)
    rewrite(data.people, "412")
    click(qtbot, data.verb_button)
    appears(qtbot, window, ConsequencesForm)
    third = dialog(qtbot, window, ConsequencesForm)
    third.readable.set_value("no")
    for fact in (BreachFact.LOCKED, BreachFact.COPY):
        tick(qtbot, third.facts.boxes[fact])
    click(qtbot, third.verb_button)
    appears(qtbot, window, MeasuresForm)
    fourth = dialog(qtbot, window, MeasuresForm)
    rewrite(fourth.measures, "Lösenord är bytta.")
    click(qtbot, fourth.verb_button)
    appears(qtbot, window, RiskForm)
    risk = dialog(qtbot, window, RiskForm)
    assert risk.risk.value() is BreachRisk.UNLIKELY
    assert "There is a copy of everything that was lost" in risk.why.toPlainText()
    click(qtbot, risk.verb_button)
    qtbot.waitUntil(lambda: one_of(desk).answered == tuple(BreachQuestion))
    one = one_of(desk)
    assert (one.row.people, one.groups[-1], one.encrypted) == (412, "Grannar", True)
    qtbot.waitUntil(lambda: page.steps.next_button is page.steps.buttons["report"])


def test_what_is_half_written_is_there_again(desk, window, qtbot) -> None:
    page = at(window, desk.run(start_breach, kind=BreachKind.OTHER))
    page.steps.answer(BreachQuestion.WHAT)
    form = dialog(qtbot, window, WhatForm)
    rewrite(form.what, "Något med mejlen")
    form._draft.keep()
    window.operations.wait()
    form.deleteLater()
    form.close = lambda: True  # locked away, not cancelled
    qtbot.waitUntil(lambda: True)
    page.steps.answer(BreachQuestion.WHAT)
    again = dialog(qtbot, window, WhatForm)
    assert again.what.toPlainText() == "Något med mejlen"
    again.reject()
    form.reject()
    window.operations.wait()


def test_the_form_is_copied_field_by_field_and_the_report_written_down(
    desk, window, qtbot, clock
) -> None:
    page = at(window, told(desk, risk=BreachRisk.RISK))
    click(qtbot, page.steps.buttons["report"])
    form = dialog(qtbot, window, FormToCopy)
    click(qtbot, form.copy_buttons["what"])
    assert QGuiApplication.clipboard().text() == "Datorn togs ur bilen."
    assert form.copy_buttons["what"].text().strip() == "Copied"
    click(qtbot, form.verb_button)
    report = dialog(qtbot, window, ReportForm)
    rewrite(report.case, "IMY-2026-7")
    tick(qtbot, report.more)
    click(qtbot, report.verb_button)
    qtbot.waitUntil(lambda: one_of(desk).row.reported_at is not None)
    qtbot.waitUntil(lambda: "rest" in page.steps.buttons and page.steps.buttons["rest"].isVisible())
    assert not page.clock.ring.isVisible()
    click(qtbot, page.steps.buttons["rest"])
    qtbot.waitUntil(lambda: one_of(desk).supplemented_on is not None)
    qtbot.waitUntil(lambda: page.steps.next_button is None)
    click(qtbot, page.close_button)
    qtbot.waitUntil(lambda: one_of(desk).row.closed_on is not None)
    qtbot.waitUntil(page.reopen_button.isVisible)
    assert page.steps.buttons == {}
    click(qtbot, page.reopen_button)
    qtbot.waitUntil(page.close_button.isVisible)


def test_late_asks_why_and_says_what_is_wrong_above_the_fields(desk, window, qtbot, clock) -> None:
    page = at(window, told(desk, risk=BreachRisk.RISK))
    clock.move(hours=73)
    page.refresh()
    assert page.clock.ring.accessibleName() == "1 h late"
    ReportForm(page.context, one_of(desk)).open()
    report = dialog(qtbot, window, ReportForm)
    assert report.late.isVisible()
    click(qtbot, report.verb_button)
    qtbot.waitUntil(report.problem.isVisible)
    assert "Write why it took longer" in report.problem.title.text()
    rewrite(report.late, "Vi märkte det för sent.")
    click(qtbot, report.verb_button)
    qtbot.waitUntil(lambda: one_of(desk).row.clock.was_late)


def test_why_it_is_not_reported_is_written_down(desk, window, qtbot) -> None:
    page = at(window, told(desk))
    [need_not] = page.steps.more["report"]
    click(qtbot, need_not)
    form = dialog(qtbot, window, ReasonForm)
    assert form.why.toPlainText() == "Registret är krypterat och var låst."
    rewrite(form.why, "")
    click(qtbot, form.verb_button)
    assert "Write why the authority need not be told." in said(form)
    rewrite(form.why, "Krypterad och låst.")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: one_of(desk).row.not_reported == "Krypterad och låst.")


def test_closing_too_early_says_what_is_missing(desk, window, qtbot) -> None:
    page = at(window, desk.run(start_breach, kind=BreachKind.OTHER))
    with ask.hearing_errors() as heard:
        click(qtbot, page.close_button)
        qtbot.waitUntil(lambda: bool(heard))
    assert "It does not say which data it concerns" in str(heard)


def test_what_to_do_first_is_ticked_and_what_was_done_added(desk, window, qtbot, clock) -> None:
    page = at(window, desk.run(start_breach, kind=BreachKind.STOLEN_COMPUTER))
    tick(qtbot, page.first.boxes["police"])
    qtbot.waitUntil(lambda: [deed.step for deed in one_of(desk).deeds] == ["police"])
    write(page.deeds.edit, "Ringde försäkringsbolaget")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(one_of(desk).deeds) == 2)
    qtbot.waitUntil(lambda: "Ringde försäkringsbolaget" in said(page.deeds))
    assert page.deeds.edit.text() == ""


def test_people_are_chosen_written_to_and_told(desk, window, qtbot, tmp_path) -> None:
    person(desk, "Karin Holm", email="karin@example.se")
    page = at(window, told(desk, risk=BreachRisk.HIGH))
    click(qtbot, page.steps.buttons["people"])
    choose = dialog(qtbot, window, ChoosePeople)
    write(choose.picker.search, "Karin")
    qtbot.waitUntil(choose.picker.matches.isVisible)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: one_of(desk).chosen == 1)
    qtbot.waitUntil(page.people.letters_button.isVisible)
    click(qtbot, page.people.addresses_button)
    assert QGuiApplication.clipboard().text() == "karin@example.se"
    click(qtbot, page.people.letters_button)
    form = dialog(qtbot, window, SaveGuarded)
    assert form.guard.protect.isChecked()  # each letter names somebody
    save_as(qtbot, window, tmp_path / "letters.zip", password=WORDS)
    qtbot.waitUntil(lambda: form.saved is not None)
    form.reject()
    click(qtbot, page.people.notice_button)
    letter = dialog(qtbot, window, LetterDialog)
    click(qtbot, letter.copy_button)
    assert QGuiApplication.clipboard().text().startswith("Till dig som är")
    letter.spoken.set_value("en")
    letter.spoken.picked.emit("en")
    assert "Your own sentences are not translated" in letter.warning.title.text()
    ask.next_answer(tmp_path / "notice.pdf")
    click(qtbot, letter.verb_button)
    qtbot.waitUntil((tmp_path / "notice.pdf").is_file)
    assert "To you who are or were a customer of ours" in read_pdf(tmp_path / "notice.pdf")
    window.operations.wait()
    click(qtbot, page.people.told_button)
    told_form = dialog(qtbot, window, ToldForm)
    told_form.by.set_value(Channel.PHONE)
    click(qtbot, told_form.verb_button)
    qtbot.waitUntil(lambda: one_of(desk).row.people_told_on is not None)
    [row] = desk.ask(list_concerned, breach_ref=one_of(desk).row.ref)
    assert row.told_by is Channel.PHONE


@pytest.mark.parametrize(("place", "holds"), [(0, "told_how"), (1, "not_told")])
def test_told_by_a_notice_or_not_at_all_with_the_reason(desk, window, qtbot, place, holds) -> None:
    page = at(window, told(desk, risk=BreachRisk.HIGH))
    click(qtbot, page.steps.more["people"][place])
    form = dialog(qtbot, window, ReasonForm)
    rewrite(form.why, "På webbplatsen.")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: getattr(one_of(desk), holds) == "På webbplatsen.")


def test_those_served_are_told(desk, window, qtbot) -> None:
    served = desk.run(add_controller, changes=ControllerChanges(name="Salong Vera"))
    page = at(window, told(desk))
    click(qtbot, page.served.choose_button)
    choose = dialog(qtbot, window, ChooseServed)
    tick(qtbot, choose.served.boxes[served])
    click(qtbot, choose.verb_button)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.served.told_buttons.values()))
    click_once_shown(qtbot, lambda: page.served.told_buttons[served])
    qtbot.waitUntil(lambda: one_of(desk).controllers[0].told_at == NOON)


def test_a_name_in_a_text_is_pointed_out(desk, window) -> None:
    person(desk, "Karin Holm")
    ref = told(desk)
    page = at(window, ref)
    assert not page.named.isVisible()
    answer(desk, ref, what="Mejlet till Karin Holm kom fel.")
    page.refresh()
    assert page.named.isVisible()
    assert "Karin Holm" in page.named.title.text()


def test_the_clock_goes_on_by_itself(desk, window, qtbot, clock) -> None:
    ref = desk.run(start_breach, kind=BreachKind.OTHER)
    window.page().refresh()
    clock.move(hours=21, minutes=14)
    window.page()._minute.timeout.emit()
    qtbot.waitUntil(lambda: "50 h left" in said(window.page()))
    page = at(window, ref)
    clock.move(hours=2)
    page._minute.timeout.emit()
    assert page.clock.ring.accessibleName() == "48 h of 72 left"


def test_the_log_is_saved_and_a_row_opened_by_keyboard(desk, window, qtbot, tmp_path) -> None:
    ref = told(desk)
    desk.run(leave_unreported, breach_ref=ref, why="Krypterad.")
    window.page().refresh()
    for suffix in ("xlsx", "pdf"):
        ask.next_answer(tmp_path / f"log.{suffix}")
        press(qtbot, Qt.Key.Key_E, CONTROL)
        qtbot.waitUntil((tmp_path / f"log.{suffix}").is_file)
        window.operations.wait()
    [row] = window.page().rows
    row.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(window.page(), BreachPage))
    ask.next_answer(tmp_path / "one.pdf")
    press(qtbot, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil((tmp_path / "one.pdf").is_file)
    assert "Krypterad." in read_pdf(tmp_path / "one.pdf")
    press(qtbot, Qt.Key.Key_N, CONTROL)
    window.operations.wait()


def test_it_stands_first_on_today_with_its_clock(desk, window, qtbot, clock) -> None:
    late = told(desk, risk=BreachRisk.HIGH)
    desk.run(report_breach, breach_ref=late, whole=False)
    clock.move(hours=22)
    desk.run(start_breach, kind=BreachKind.OTHER, known_at=NOON)
    window.navigate("today")
    rows = window.page().tasks.rows
    assert [said(row)[0] for row in rows[:3]] == [
        "Report it to the authority, or write why not",
        "Tell the people concerned",
        "Send the rest to the authority",
    ]
    assert "50 h left" in said(rows[0])
    assert "Until 19 Dec" in " ".join(said(rows[2]))
    click(qtbot, rows[0].button)
    assert isinstance(window.page(), BreachPage)
