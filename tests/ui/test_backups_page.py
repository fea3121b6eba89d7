"""The copies in the window: the footer, the page, Today, and the copy made at locking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdprdesk.desk import Desk
from gdprdesk.domain.errors import DomainError
from gdprdesk.domain.terms import BackupSchedule
from gdprdesk.door import Door
from gdprdesk.services.backup_catalogue import list_copies
from gdprdesk.services.backup_places import add_backup_place, list_backup_places
from gdprdesk.services.backup_standing import list_places_to_connect, show_backup_standing
from gdprdesk.services.erasure import erase_subject
from gdprdesk_ui import ask
from gdprdesk_ui.dialogs.backup_place import BackupPlaceForm
from gdprdesk_ui.pages.backups import BackupsPage
from gdprdesk_ui.preferences import Preferences
from gdprdesk_ui.program import Program
from gdprdesk_ui.system_lock import Away
from tests.builders import CHEAP, PASSWORD, person
from tests.ui.accessibility import nameless
from tests.ui.windows import click as click_now
from tests.ui.windows import click_once_shown, dialog, has_focus, opened, press, write


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "KAFE"
    folder.mkdir()
    return folder


@pytest.fixture
def window(desk, theme, show, clock):
    with opened(desk, theme, show, clock) as made:
        yield made


@pytest.fixture
def page(window):
    window.open_page("backups")
    return window.page()


def said(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def click(qtbot, button) -> None:
    """Click a button that may have come with what has just changed."""
    qtbot.waitUntil(button.isVisible)
    click_now(qtbot, button)


def settle(qtbot) -> None:
    """Let the window take in what was done beside it."""
    qtbot.wait(1)


def footer(window) -> tuple[str, str]:
    button = window.sidebar.backup_button
    return button.accessibleName(), button.property("tone")


def test_the_footer_says_how_old_the_last_copy_is(window, desk, stick, clock, qtbot) -> None:
    assert footer(window) == ("No backup yet", "neutral")
    for name in ("Anna", "Bo", "Cia", "Dan", "Eva", "Finn"):
        person(desk, name)
    qtbot.waitUntil(lambda: footer(window) == ("No backup yet", "danger"))
    desk.backup(stick)
    qtbot.waitUntil(lambda: footer(window) == ("Last good copy: today", "neutral"))
    for days, words, tone in (
        (1, "yesterday", "neutral"),
        (6, "7 days ago", "neutral"),
        (1, "8 days ago", "warn"),
        (22, "30 days ago", "warn"),
        (1, "31 days ago", "danger"),
    ):
        clock.move(days=days)
        window.navigate("people")
        assert footer(window) == (f"Last good copy: {words}", tone)


def test_the_footer_opens_the_page_by_mouse_and_keyboard(window, qtbot) -> None:
    click(qtbot, window.sidebar.backup_button)
    assert isinstance(window.page(), BackupsPage)
    window.navigate("today")
    window.sidebar.backup_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert isinstance(window.page(), BackupsPage)
    window.go_back()
    window.open_page("settings")
    click(qtbot, window.page().file.backups_button)
    assert isinstance(window.page(), BackupsPage)


def test_the_first_copy_asks_for_a_folder_which_becomes_a_place(
    window, page, desk, stick, qtbot
) -> None:
    assert not page.empty.isHidden()
    assert has_focus(page.copy_button)
    ask.next_answer(None)
    click(qtbot, page.copy_button)
    assert desk.ask(list_backup_places) == ()
    ask.next_answer(stick)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.copies) == 1)
    assert page.empty.isHidden()
    assert "KAFE" in said(page.places[0])
    assert "Only when I ask for it" in said(page.places[0])
    assert "same disk" in said(page.places[0])
    qtbot.waitUntil(lambda: "read again" in window.toast.words.text())
    assert footer(window)[0] == "Last good copy: today"
    assert [one.name.startswith("test-") for one in stick.glob("*.gdprdesk-backup")] == [True]


def test_a_place_is_added_named_copied_to_and_changed(window, page, desk, stick, qtbot) -> None:
    ask.next_answer(stick)
    click(qtbot, page.add_button)
    form = dialog(qtbot, window, BackupPlaceForm)
    assert nameless(form) == []
    assert form.schedule.value() is BackupSchedule.DAILY
    form.name.clear()
    click(qtbot, form.verb_button)
    assert desk.ask(list_backup_places) == ()
    write(form.name, "Röda stickan")
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: len(page.places) == 1)
    assert "Röda stickan" in said(page.places[0])
    assert "Once a day" in said(page.places[0])
    click_once_shown(qtbot, lambda: page.places[0].copy_button)
    qtbot.waitUntil(lambda: len(page.copies) == 1)
    click_once_shown(qtbot, lambda: page.places[0].change_button)
    form = dialog(qtbot, window, BackupPlaceForm)
    form.schedule.set_value(BackupSchedule.AT_LOCK)
    click(qtbot, form.verb_button)
    qtbot.waitUntil(lambda: "Each time the register is locked" in said(page.places[0]))


def test_a_place_with_copies_is_removed_only_when_they_are_destroyed(
    page, desk, stick, qtbot
) -> None:
    desk.backup(stick)
    settle(qtbot)
    ask.next_answer(False)
    click_once_shown(qtbot, lambda: page.places[0].remove_button)
    qtbot.waitUntil(page.places[0].remove_button.isEnabled)
    assert len(desk.ask(list_backup_places)) == 1
    ask.next_answer(True)
    click_once_shown(qtbot, lambda: page.places[0].remove_button)
    qtbot.waitUntil(lambda: page.places == [])
    assert desk.ask(list_backup_places) == ()


def test_a_stick_in_a_drawer_is_asked_for_and_erased_in_when_it_is_back(
    window, desk, stick, qtbot, tmp_path
) -> None:
    vera = person(desk, "Vera Qvarnström")
    desk.backup(stick)
    settle(qtbot)
    drawer = shutil.move(stick, tmp_path / "drawer")
    desk.run(erase_subject, subject_ref=vera)
    desk.finish()
    [asked] = desk.ask(list_places_to_connect)
    assert (asked.name, asked.people, asked.over) == ("KAFE", 1, 0)
    window.navigate("today")
    [task] = [one for one in window.page().tasks.rows if "KAFE" in said(one)]
    assert "1 erased person is still in the copies there" in said(task)
    click(qtbot, task.button)
    page = window.page()
    assert "Not connected" in said(page.places[0])
    assert page.places[0].copy_button is None
    ask.next_answer(Path(drawer))
    click_once_shown(qtbot, lambda: page.places[0].here_button)
    qtbot.waitUntil(lambda: page.places[0].copy_button is not None)
    qtbot.waitUntil(lambda: "1 erased person is not in it" in said(page.copies[0]))
    assert desk.ask(list_places_to_connect) == ()


def test_another_stick_is_not_taken_for_the_right_one(page, desk, stick, qtbot, tmp_path) -> None:
    desk.backup(stick)
    shutil.move(stick, tmp_path / "drawer")
    other = tmp_path / "OTHER"
    other.mkdir()
    desk.run(add_backup_place, folder=other)  # so that it is marked
    settle(qtbot)
    ask.next_answer(other)
    with ask.hearing_errors() as told:
        click_once_shown(qtbot, lambda: page.places[0].here_button)
        qtbot.waitUntil(lambda: told != [])
    assert "another stick" in told[0]
    assert not desk.ask(list_backup_places)[0].reachable


def test_a_full_or_missing_place_is_told_and_all_is_whole(page, desk, stick, qtbot) -> None:
    desk.backup(stick)
    settle(qtbot)
    shutil.rmtree(stick)
    with ask.hearing_errors() as told:
        click_once_shown(qtbot, lambda: page.places[0].copy_button)
        qtbot.waitUntil(lambda: told != [])
    assert "cannot be reached" in told[0]
    assert page.copy_button.isEnabled()


def test_today_asks_for_a_copy_and_then_no_more(window, desk, stick, clock, qtbot) -> None:
    for name in ("Anna", "Bo", "Cia", "Dan", "Eva", "Finn"):
        person(desk, name)
    window.navigate("today")
    [task] = [one for one in window.page().tasks.rows if "backup" in said(one)]
    assert "There is none yet" in said(task)
    click(qtbot, task.button)
    assert isinstance(window.page(), BackupsPage)
    desk.backup(stick)
    window.navigate("today")
    assert not [one for one in window.page().tasks.rows if "backup" in said(one)]
    clock.move(days=8)
    window.navigate("people")
    window.navigate("today")
    [task] = [one for one in window.page().tasks.rows if "backup" in said(one)]
    assert "The last good one: 8 days ago, KAFE" in said(task)
    assert desk.ask(show_backup_standing).is_old


def test_a_daily_copy_that_fails_is_said_on_the_page(window, page, desk, stick, clock) -> None:
    desk.run(add_backup_place, folder=stick, schedule=BackupSchedule.DAILY)
    assert not page.unfinished.isVisible()
    old = desk.backup(stick).path
    old.write_bytes(b"damaged")
    desk.run(erase_subject, subject_ref=person(desk))
    desk.finish()
    window.navigate("people")
    window.open_page("backups")
    assert page.unfinished.isVisible()
    assert page.unfinished.sentence.text() == "\n".join(desk.unfinished)


def test_many_copies_are_shown_on_demand(page, desk, stick, clock, qtbot) -> None:
    for _copy in range(13):
        desk.backup(stick)
        clock.move(minutes=1)
    settle(qtbot)
    known = len(desk.ask(list_copies))
    assert len(page.copies) == 12
    assert known > 12
    click(qtbot, page.more_button)
    assert len(page.copies) == known


def test_everything_has_a_name_and_is_painted(window, page, desk, stick, every_look) -> None:
    person(desk)
    desk.backup(stick)
    for width in (1280, 960):
        window.resize(width, 700)
        page.refresh()
        assert not window.grab().isNull()
        assert nameless(window.page()) == []
        assert nameless(window.sidebar) == []


@pytest.fixture
def replaced() -> list[list[str]]:
    return []


@pytest.fixture
def program(qapp, theme, replaced, desk, clock):
    door = Door(limits=CHEAP, clock=clock)
    made = Program(qapp, theme, Preferences(), door, lambda given: replaced.append(list(given)))
    made.show_desk(desk)
    yield made
    if made.window is not None:
        made.window.close()
    theme.changed.disconnect(made._keep_look)


@pytest.fixture
def at_lock(desk, stick):
    desk.run(add_backup_place, folder=stick, schedule=BackupSchedule.AT_LOCK)
    return stick


def copies(place: Path) -> int:
    return len(list(place.glob("*.gdprdesk-backup")))


def test_a_computer_that_goes_to_sleep_is_locked_without_a_copy(
    program, desk, at_lock, replaced
) -> None:
    """It would sleep with the keys in its memory while the copy waits."""
    assert desk.is_backup_due(locking=True)
    program.take_away(Away.SLEEP)
    assert [one[:3] for one in replaced] == [
        ["--locked", "Locked because the computer went to sleep.", str(desk.folder)]
    ]
    assert program.parting is None
    assert copies(at_lock) == 0


def test_a_copy_under_way_is_stopped_when_the_computer_goes_to_sleep(
    program, desk, at_lock, replaced, qtbot
) -> None:
    program.lock()
    assert program.parting.isVisible()
    program.take_away(Away.SCREEN)
    assert program.parting.skip_button.isEnabled()  # the copy goes on
    program.take_away(Away.SLEEP)
    assert not program.parting.skip_button.isEnabled()  # as if it was skipped
    qtbot.waitUntil(lambda: len(replaced) == 1)


def test_a_copy_is_made_at_locking_and_then_it_is_locked(
    program, desk, at_lock, replaced, qtbot
) -> None:
    program.lock("Locked after 5 minutes without use.")
    assert program.parting.isVisible()
    assert not program.window.isVisible()
    assert nameless(program.parting) == []
    assert replaced == []
    qtbot.waitUntil(lambda: replaced != [])
    said_why = "Locked after 5 minutes without use."
    assert [one[:3] for one in replaced] == [["--locked", said_why, str(desk.folder)]]
    assert copies(at_lock) == 1
    again = Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP)
    assert len(again.ask(list_copies)) == 1
    again.lock()


@pytest.mark.usefixtures("at_lock")
def test_the_copy_at_locking_can_be_skipped(program, desk, replaced, qtbot) -> None:
    program.lock()
    qtbot.mouseClick(program.parting.skip_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: replaced != [])
    assert [one[:3] for one in replaced] == [["--locked", "", str(desk.folder)]]
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP).lock()


@pytest.mark.usefixtures("at_lock")
def test_closing_the_window_copies_too_and_what_fails_is_told(
    program, desk, replaced, qtbot, monkeypatch
) -> None:
    def refuse(_progress, *, locking):
        raise DomainError("The stick is full.")

    monkeypatch.setattr(desk, "back_up_due", refuse)
    with ask.hearing_errors() as told:
        program.window.close()
        qtbot.waitUntil(lambda: told != [])
    assert told == ["The stick is full."]
    assert replaced == []
    assert program.parting is None
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP).lock()


@pytest.mark.usefixtures("at_lock")
def test_what_fails_at_locking_is_said_on_the_next_screen(
    program, desk, replaced, qtbot, monkeypatch
) -> None:
    def fail(_progress, *, locking):
        raise RuntimeError("a bug")

    monkeypatch.setattr(desk, "back_up_due", fail)
    program.lock()
    qtbot.waitUntil(lambda: replaced != [])
    [[_locked, why, folder, *_place]] = replaced
    assert "RuntimeError" in why
    assert folder == str(desk.folder)


@pytest.mark.usefixtures("at_lock")
def test_closing_the_small_window_skips(program, desk, qtbot) -> None:
    program.window.close()
    program.parting.close()
    qtbot.waitUntil(lambda: program.parting is None)
    Desk.unlock(desk.folder, password=PASSWORD, limits=CHEAP).lock()


def test_the_page_locks_before_a_backup_is_put_back(program, desk, stick, replaced, qtbot) -> None:
    backup = desk.backup(stick).path
    program.window.open_page("backups")
    page = program.window.page()
    ask.next_answer(None)
    click(qtbot, page.restore_button)
    assert replaced == []
    ask.next_answer(backup)
    click(qtbot, page.restore_button)
    assert replaced == [["--restore", str(backup), str(desk.folder)]]
    assert not program.window.isVisible()
