"""Letting go in the window: by rule and ticked, with a reason for what stays, and a protocol."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from gdprdesk.domain.bookings import Booking
from gdprdesk.domain.terms import AtEnd, BookingState, CleanUpMode, HoldGround
from gdprdesk.services.clean_up import carry_out_clean_up, list_clean_ups
from gdprdesk.services.clean_up_preview import count_due, show_clean_up
from gdprdesk.services.finding import activity_for
from gdprdesk.services.holds import Decision, hold_person, list_holds
from gdprdesk.services.notes import load_draft
from gdprdesk.services.organisation import show_organisation
from gdprdesk.services.subjects import list_subjects
from gdprdesk.store.unit_of_work import UnitOfWork
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.hold import HoldForm
from gdprdesk_ui.pages.clean_up import CleanUpPage
from gdprdesk_ui.pages.clean_up.group import GroupCard
from gdprdesk_ui.widgets import ListRow
from tests.builders import delivered, order, person
from tests.texts import read_pdf
from tests.ui.accessibility import nameless
from tests.ui.windows import click, click_once_shown, dialog, has_focus, opened, press, write

LATER = date(2028, 11, 22)
"""The day after orders of TODAY have reached their last day."""


@pytest.fixture
def karin(desk, clock):
    """Karin has a phone and an order, Olle an order that he never paid; their time is over."""
    ref = person(desk, "Karin Holm", phone="070-174 06 45")
    delivered(desk, ref)
    delivered(desk, person(desk, "Olle Ek"), paid_on=None)
    clock.go_to(LATER)
    return ref


@pytest.fixture
def window(desk, karin, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        made.open_page("clean_up")
        yield made


@pytest.fixture
def page(window):
    return window.page()


def lines(card: GroupCard):
    model = card.lines.model
    return [model.data(model.index(n), model.LINE) for n in range(model.rowCount())]


def ticks(card: GroupCard) -> list[bool]:
    return [line.ticked for line in lines(card)]


def names(desk) -> list[str]:
    return [row.name for row in desk.ask(list_subjects).rows]


def turn(qtbot, card: GroupCard, line: int) -> None:
    """Click the box of a line."""
    view = card.lines.view
    at = view.visualRect(view.model().index(line, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def keep(qtbot, window, why: str = "Tvist om tårtan") -> None:
    """Answer why something stays."""
    form = dialog(qtbot, window, HoldForm)
    write(form.why, why)
    click(qtbot, form.verb_button)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def erased(qtbot, desk, page, *, runs: int = 1) -> None:
    ask.next_answer(True)
    click(qtbot, page.erase_button)
    qtbot.waitUntil(lambda: len(desk.ask(list_clean_ups)) == runs)
    qtbot.waitUntil(page.erase_button.isEnabled)


def test_the_yearly_clean_up_is_two_clicks_from_today(desk, window, qtbot) -> None:
    """Task 8: Go through, then Erase; all is ticked, and the protocol is a click away."""
    window.navigate("today")
    said = "2 records have reached their last day"
    found = window.page().tasks.rows
    (today,) = [row for row in found if row.button.accessibleDescription() == said]
    click(qtbot, today.button)
    page = window.page()
    assert window._shown[0] == "clean_up"
    assert page.erase_button.accessibleName() == "Erase 2 records"
    erased(qtbot, desk, page)
    qtbot.waitUntil(lambda: window.toast.words.text() == "2 records are erased")
    assert window.toast.action.text() == "Protocol…"
    assert names(desk) == ["Olle Ek"]
    assert desk.ask(count_due) == 0
    assert desk.undo_label is None


def test_it_is_grouped_by_rule_and_all_ticked(page) -> None:
    (card,) = page.groups
    assert card.group.activity == "Beställningar och bokningar"
    assert ticks(card) == [True, True]
    assert card.tick.checkState() is Qt.CheckState.Checked
    assert [line.spoken() for line in lines(card)] == [
        "Order 1001, Karin Holm, Last day 21 Nov",
        "Contact detail, Karin Holm, Last day 21 Nov",
    ]
    assert page.heading.sentence.text() == (
        "2 records have reached their last day by the rules of the register. "
        "With them 1 person leaves altogether."
    )


def test_what_is_unticked_needs_a_reason_and_stays(page, window, desk, qtbot) -> None:
    (card,) = page.groups
    turn(qtbot, card, 0)
    form = dialog(qtbot, window, HoldForm)
    assert form.review.day() == date(2029, 2, 22)
    click(qtbot, form.verb_button)
    assert form.isVisible()  # no reason was written
    write(form.why, "Tvist om tårtan")
    write(form.review.edit, "x")
    click(qtbot, form.verb_button)
    assert form.isVisible()
    form.review.set_day(date(2029, 12, 1))
    click(qtbot, form.verb_button)
    assert form.isVisible()  # more than a year
    form.review.set_day(date(2029, 1, 31))
    form.grounds[HoldGround.RUNNING].setChecked(True)
    click(qtbot, form.verb_button)
    assert ticks(card) == [False, True]
    assert card.tick.checkState() is Qt.CheckState.PartiallyChecked
    assert lines(card)[0].end == "Stays until 31 Jan 2029: Tvist om tårtan"
    assert page.erase_button.accessibleName() == "Erase 1 record"
    erased(qtbot, desk, page)
    (hold,) = desk.ask(list_holds)
    assert (hold.said, hold.ground, hold.why) == (
        "Order 1001", HoldGround.RUNNING, "Tvist om tårtan",
    )  # fmt: skip
    (run,) = desk.ask(list_clean_ups)
    assert [(one["kind"], one["ground"]) for one in run.spared] == [("booking", "running")]


def test_who_thinks_better_of_it_ticks_again_or_cancels(page, window, desk, qtbot) -> None:
    (card,) = page.groups
    turn(qtbot, card, 0)
    dialog(qtbot, window, HoldForm).reject()
    assert ticks(card) == [True, True]
    turn(qtbot, card, 0)
    keep(qtbot, window)
    assert ticks(card) == [False, True]
    turn(qtbot, card, 0)
    assert ticks(card) == [True, True]
    assert desk.ask(list_holds) == ()


def test_a_whole_rule_is_kept_or_ticked_by_its_own_box(page, window, qtbot) -> None:
    (card,) = page.groups
    assert has_focus(card.tick)
    press(qtbot, Qt.Key.Key_Space)
    keep(qtbot, window)
    assert ticks(card) == [False, False]
    assert card.tick.checkState() is Qt.CheckState.Unchecked
    assert page.erase_button.accessibleName() == "Erase 0 records"
    card.tick.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert ticks(card) == [True, True]
    assert card.tick.checkState() is Qt.CheckState.Checked


def test_the_keyboard_turns_a_line_and_opens_whom_it_is_about(page, window, karin, qtbot) -> None:
    (card,) = page.groups
    press(qtbot, Qt.Key.Key_Tab)
    assert has_focus(card.lines.view)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    keep(qtbot, window)
    assert ticks(card) == [True, False]
    card.lines.view.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert window._shown == ("person", {"subject_ref": karin})


def test_a_decision_on_the_way_outlives_a_lock(page, window, desk, context, qtbot) -> None:
    (card,) = page.groups
    turn(qtbot, card, 0)
    keep(qtbot, window)
    page._draft.hurry()
    qtbot.waitUntil(lambda: bool(desk.ask(load_draft, form="clean_up")))
    again = CleanUpPage(context)
    qtbot.addWidget(again)
    again.refresh()
    assert ticks(again.groups[0]) == [False, True]
    assert lines(again.groups[0])[0].end.endswith("Tvist om tårtan")


def test_nothing_is_erased_without_the_last_yes(page, desk, qtbot) -> None:
    ask.next_answer(False)
    click(qtbot, page.erase_button)
    assert desk.ask(list_clean_ups) == ()
    assert len(names(desk)) == 2


def test_what_is_asked_about_starts_unticked(desk, karin, clock, context, qtbot) -> None:
    with UnitOfWork(desk._vault, clock) as work:
        row = activity_for(work.session, Booking)
        row.rule = replace(row.rule, at_end=AtEnd.ASK)
        work.commit("test.rule")
    page = CleanUpPage(context)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    (card,) = page.groups
    assert ticks(card) == [False, False]
    assert not page.erase_button.isEnabled()
    turn(qtbot, card, 0)
    assert ticks(card) == [True, False]
    turn(qtbot, card, 0)  # no reason is asked for: it was never said to leave
    assert ticks(card) == [False, False]
    card.tick.click()
    assert page.erase_button.accessibleName() == "Erase 2 records"


def test_what_stays_says_why(page) -> None:
    waiting = page.kept.waiting.model
    said = [waiting.data(waiting.index(n)) for n in range(waiting.rowCount())]
    assert said == ["Order 1002, Olle Ek, Not paid yet"]
    assert page.kept.holds == []


def test_a_decision_is_taken_back_or_taken_again(page, window, desk, karin, qtbot) -> None:
    decision = Decision(HoldGround.CLAIM, "Tvist", LATER + timedelta(days=30))
    desk.run(hold_person, subject_ref=karin, decision=decision)
    qtbot.waitUntil(lambda: len(page.kept.holds) == 1)
    assert page.groups == []
    qtbot.waitUntil(page.kept.holds[0].renew_button.isVisible)
    click_once_shown(qtbot, lambda: page.kept.holds[0].renew_button)
    form = dialog(qtbot, window, HoldForm)
    assert form.why.toPlainText() == "Tvist"
    form.review.set_day(date(2029, 6, 1))
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: desk.ask(list_holds)[0].review_on == date(2029, 6, 1))
    qtbot.waitUntil(page.kept.holds[0].lift_button.isVisible)
    click_once_shown(qtbot, lambda: page.kept.holds[0].lift_button)
    qtbot.waitUntil(lambda: len(page.groups) == 1)
    assert desk.ask(list_holds) == ()
    click(qtbot, window.toast.action)
    qtbot.waitUntil(lambda: len(desk.ask(list_holds)) == 1)


def test_the_protocol_is_saved_and_names_nobody(page, window, desk, qtbot, tmp_path) -> None:
    erased(qtbot, desk, page)
    target = tmp_path / "protocol.pdf"
    qtbot.waitUntil(lambda: len(page.done.buttons) == 1)
    qtbot.waitUntil(page.done.buttons[0].isVisible)
    ask.next_answer(target)
    click(qtbot, page.done.buttons[0])
    qtbot.waitUntil(lambda: window.toast.words.text() == "protocol.pdf is saved")
    text = read_pdf(target.read_bytes())
    assert "Karin" not in text
    assert "Holm" not in text
    assert "1 beställning" in text


def test_when_nothing_is_over_it_says_so(page, desk, qtbot) -> None:
    erased(qtbot, desk, page)
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.title.text() == "Nothing is over today"
    assert not page.erase_button.isVisible()
    assert page.done.findChildren(ListRow)[0].sentence.text() == (
        "2 records  ·  1 person  ·  by hand"
    )


def test_a_name_of_whom_nothing_else_is_left_goes_too(desk, clock, theme, show, qtbot) -> None:
    person(desk, "Bara Namn")
    clock.go_to(LATER)
    with opened(desk, theme, show, clock) as window:
        window.open_page("clean_up")
        page = window.page()
        assert page.groups == []
        assert page.erase_button.accessibleName() == "Erase 1 record"
        erased(qtbot, desk, page)
    assert names(desk) == []


def test_hundreds_are_shown_a_few_at_first_and_all_when_asked_for(
    desk, clock, theme, show, qtbot
) -> None:
    whole = 300
    with UnitOfWork(desk._vault, clock) as work:
        activity = activity_for(work.session, Booking).id
        for number in range(whole):
            work.session.add(
                Booking(
                    subject_id=None,
                    activity_id=activity,
                    recorded_on=clock.now.date(),
                    number=str(number),
                    what="Bulle",
                    completed_on=clock.now.date(),
                    state=BookingState.COMPLETED,
                )
            )
        work.commit("test.many")
    clock.go_to(LATER)
    with opened(desk, theme, show, clock) as window:
        window.open_page("clean_up")
        card = window.page().groups[0]
        assert len(lines(card)) == 6
        click(qtbot, card.lines.more_button)
        assert len(lines(card)) == whole
        bar = window.page().findChild(QScrollArea).verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        press(qtbot, Qt.Key.Key_End)
        assert bar.value() > 0.9 * bar.maximum()
        assert window.page().erase_button.accessibleName() == "Erase 300 records"


def test_who_starts_it_is_chosen_in_the_settings(page, window, desk, clock, qtbot) -> None:
    click(qtbot, page.settings_button)
    business = window.page().business
    business.clean_up.set_value(CleanUpMode.AUTOMATIC)
    click(qtbot, business.save_button)
    qtbot.waitUntil(lambda: desk.ask(show_organisation).clean_up is CleanUpMode.AUTOMATIC)
    window.open_page("clean_up")
    assert "leaves by itself" in page._mode.text()


def test_everything_has_a_name_and_is_painted_in_every_look(
    desk, karin, context, qtbot, every_look
) -> None:
    order(desk, karin)
    decision = Decision(HoldGround.CLAIM, "Tvist", LATER + timedelta(days=30))
    desk.run(hold_person, subject_ref=person(desk, "Eva Ek"), decision=decision)
    desk.run(carry_out_clean_up)
    delivered(desk, None)
    context.desk._clock.go_to(LATER + timedelta(days=800))
    page = CleanUpPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert nameless(page) == []
    assert not page.grab().isNull()
    assert page.first_focus() is page.groups[0].tick
    assert desk.ask(show_clean_up).waiting
    QApplication.processEvents()
